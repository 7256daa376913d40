-- +goose Up
-- The places that were ingested.
CREATE TABLE places (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  identity   TEXT NOT NULL,
  location   TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  UNIQUE (kind, name)
);

-- What was known of each file when it was last ingested.
CREATE TABLE records (
  place     TEXT NOT NULL REFERENCES places (id) ON DELETE CASCADE,
  path      TEXT NOT NULL,
  size      INTEGER NOT NULL,
  stamp     TEXT NOT NULL,
  hash      TEXT NOT NULL,
  document  TEXT NOT NULL,
  duplicate INTEGER NOT NULL,
  PRIMARY KEY (place, path)
) WITHOUT ROWID;
CREATE INDEX records_document ON records (document);

CREATE TABLE runs (
  id          TEXT PRIMARY KEY,
  place       TEXT NOT NULL,
  name        TEXT NOT NULL,
  kind        TEXT NOT NULL,
  status      TEXT NOT NULL,
  counts      TEXT NOT NULL,
  failures    TEXT NOT NULL,
  warnings    TEXT NOT NULL,
  digest      TEXT NOT NULL,
  cause       TEXT NOT NULL,
  correlation TEXT NOT NULL,
  caller      TEXT NOT NULL,
  started     INTEGER NOT NULL,
  finished    INTEGER NOT NULL,
  lease       INTEGER NOT NULL
);
CREATE UNIQUE INDEX runs_running ON runs (place) WHERE status = 'running';
CREATE INDEX runs_place ON runs (place, started);
CREATE INDEX runs_started ON runs (started);

-- +goose Down
DROP TABLE runs;
DROP TABLE records;
DROP TABLE places;
