-- +goose Up
CREATE TABLE sagas (
  id          text COLLATE "C" PRIMARY KEY,
  kind        text NOT NULL,
  correlation text NOT NULL,
  caller      text NOT NULL,
  steps       text NOT NULL,
  metadata    text,
  status      text NOT NULL,
  created     bigint NOT NULL,
  started     bigint NOT NULL,
  completed   bigint NOT NULL,
  deadline    bigint NOT NULL,
  error       text NOT NULL,
  version     bigint NOT NULL
);
CREATE INDEX sagas_created ON sagas (created);
CREATE INDEX sagas_correlation ON sagas (correlation);
CREATE INDEX sagas_active ON sagas (created) WHERE status IN ('started', 'compensating');

CREATE TABLE letter_retries (
  letter text COLLATE "C" PRIMARY KEY,
  count  bigint NOT NULL,
  most   bigint NOT NULL,
  at     bigint NOT NULL
);
CREATE INDEX letter_retries_at ON letter_retries (at);

-- +goose Down
DROP TABLE letter_retries;
DROP TABLE sagas;
