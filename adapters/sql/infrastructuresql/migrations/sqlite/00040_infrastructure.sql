-- +goose Up
CREATE TABLE sagas (
  id          TEXT PRIMARY KEY,
  kind        TEXT NOT NULL,
  correlation TEXT NOT NULL,
  caller      TEXT NOT NULL,
  steps       TEXT NOT NULL,
  metadata    TEXT,
  status      TEXT NOT NULL,
  created     INTEGER NOT NULL,
  started     INTEGER NOT NULL,
  completed   INTEGER NOT NULL,
  deadline    INTEGER NOT NULL,
  error       TEXT NOT NULL,
  version     INTEGER NOT NULL
);
CREATE INDEX sagas_created ON sagas (created);
CREATE INDEX sagas_correlation ON sagas (correlation);
CREATE INDEX sagas_active ON sagas (created) WHERE status IN ('started', 'compensating');

CREATE TABLE letter_retries (
  letter TEXT PRIMARY KEY,
  count  INTEGER NOT NULL,
  most   INTEGER NOT NULL,
  at     INTEGER NOT NULL
);
CREATE INDEX letter_retries_at ON letter_retries (at);

-- +goose Down
DROP TABLE letter_retries;
DROP TABLE sagas;
