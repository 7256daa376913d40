-- +goose Up
CREATE TABLE alerts (
  id        text COLLATE "C" PRIMARY KEY,
  rule      text COLLATE "C" NOT NULL,
  service   text COLLATE "C" NOT NULL,
  severity  text NOT NULL,
  summary   text NOT NULL,
  state     text NOT NULL,
  value     double precision NOT NULL,
  threshold double precision NOT NULL,
  because   text,
  explains  text,
  told      boolean NOT NULL,
  error     text NOT NULL,
  started   bigint NOT NULL,
  fired     bigint NOT NULL,
  last      bigint NOT NULL,
  resolved  bigint NOT NULL,
  alone     bigint NOT NULL,
  version   bigint NOT NULL
);
CREATE UNIQUE INDEX alerts_active ON alerts (rule, service) WHERE state <> 'resolved';
CREATE INDEX alerts_started ON alerts (started);

CREATE TABLE incidents (
  id       text COLLATE "C" PRIMARY KEY,
  service  text NOT NULL,
  rule     text NOT NULL,
  alert    text,
  title    text NOT NULL,
  severity text NOT NULL,
  status   text NOT NULL,
  level    bigint NOT NULL,
  affected text,
  steps    text,
  timeline text,
  review   text NOT NULL,
  opened   bigint NOT NULL,
  resolved bigint NOT NULL,
  closed   bigint NOT NULL,
  version  bigint NOT NULL
);
CREATE UNIQUE INDEX incidents_alert ON incidents (alert);
CREATE INDEX incidents_opened ON incidents (opened);

-- +goose Down
DROP TABLE incidents;
DROP TABLE alerts;
