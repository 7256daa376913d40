-- +goose Up
-- The places that were ingested.
CREATE TABLE places (
  id         text COLLATE "C" PRIMARY KEY,
  name       text COLLATE "C" NOT NULL,
  kind       text NOT NULL,
  identity   text NOT NULL,
  location   text NOT NULL,
  first_seen bigint NOT NULL,
  UNIQUE (kind, name)
);

-- What was known of each file when it was last ingested.
CREATE TABLE records (
  place     text COLLATE "C" NOT NULL REFERENCES places (id) ON DELETE CASCADE,
  path      text COLLATE "C" NOT NULL,
  size      bigint NOT NULL,
  stamp     text NOT NULL,
  hash      text NOT NULL,
  document  text NOT NULL,
  duplicate boolean NOT NULL,
  PRIMARY KEY (place, path)
);
CREATE INDEX records_document ON records (document);

CREATE TABLE runs (
  id          text COLLATE "C" PRIMARY KEY,
  place       text COLLATE "C" NOT NULL,
  name        text COLLATE "C" NOT NULL,
  kind        text NOT NULL,
  status      text NOT NULL,
  counts      text NOT NULL,
  failures    text NOT NULL,
  warnings    text NOT NULL,
  digest      text NOT NULL,
  cause       text NOT NULL,
  correlation text NOT NULL,
  caller      text NOT NULL,
  started     bigint NOT NULL,
  finished    bigint NOT NULL,
  lease       bigint NOT NULL
);
CREATE UNIQUE INDEX runs_running ON runs (place) WHERE status = 'running';
CREATE INDEX runs_place ON runs (place, started);
CREATE INDEX runs_started ON runs (started);

-- +goose Down
DROP TABLE runs;
DROP TABLE records;
DROP TABLE places;
