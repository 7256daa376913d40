-- +goose Up
CREATE TABLE ingestions (
  id       TEXT PRIMARY KEY,
  address  TEXT NOT NULL,
  kind     TEXT NOT NULL,
  status   TEXT NOT NULL,
  slot     INTEGER,
  priority INTEGER NOT NULL,
  request  TEXT NOT NULL,
  run      TEXT NOT NULL,
  source   TEXT NOT NULL,
  retry_of TEXT NOT NULL,
  stored     INTEGER NOT NULL,
  unchanged  INTEGER NOT NULL,
  failed     INTEGER NOT NULL,
  remaining  INTEGER NOT NULL,
  deleted    INTEGER NOT NULL,
  duplicates INTEGER NOT NULL,
  detail   TEXT NOT NULL,
  asked    INTEGER NOT NULL,
  started  INTEGER NOT NULL,
  moved    INTEGER NOT NULL,
  ended    INTEGER NOT NULL,
  version  INTEGER NOT NULL
);
CREATE UNIQUE INDEX ingestions_slot ON ingestions (slot) WHERE slot IS NOT NULL;
CREATE UNIQUE INDEX ingestions_address ON ingestions (address) WHERE slot IS NOT NULL;
CREATE INDEX ingestions_turn ON ingestions (priority DESC, asked, id) WHERE status = 'queued';
CREATE INDEX ingestions_asked ON ingestions (asked DESC, id);
CREATE INDEX ingestions_status ON ingestions (status, asked);
CREATE INDEX ingestions_kind ON ingestions (kind, asked);

-- +goose Down
DROP TABLE ingestions;
