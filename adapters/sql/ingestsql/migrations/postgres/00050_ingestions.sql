-- +goose Up
CREATE TABLE ingestions (
  id       text COLLATE "C" PRIMARY KEY,
  address  text COLLATE "C" NOT NULL,
  kind     text NOT NULL,
  status   text NOT NULL,
  slot     bigint,
  priority bigint NOT NULL,
  request  text NOT NULL,
  run      text NOT NULL,
  source   text NOT NULL,
  retry_of text NOT NULL,
  stored     bigint NOT NULL,
  unchanged  bigint NOT NULL,
  failed     bigint NOT NULL,
  remaining  bigint NOT NULL,
  deleted    bigint NOT NULL,
  duplicates bigint NOT NULL,
  detail   text NOT NULL,
  asked    bigint NOT NULL,
  started  bigint NOT NULL,
  moved    bigint NOT NULL,
  ended    bigint NOT NULL,
  version  bigint NOT NULL
);
CREATE UNIQUE INDEX ingestions_slot ON ingestions (slot) WHERE slot IS NOT NULL;
CREATE UNIQUE INDEX ingestions_address ON ingestions (address) WHERE slot IS NOT NULL;
CREATE INDEX ingestions_turn ON ingestions (priority DESC, asked, id) WHERE status = 'queued';
CREATE INDEX ingestions_asked ON ingestions (asked DESC, id);
CREATE INDEX ingestions_status ON ingestions (status, asked);
CREATE INDEX ingestions_kind ON ingestions (kind, asked);

-- +goose Down
DROP TABLE ingestions;
