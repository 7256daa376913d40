-- +goose Up
CREATE TABLE alerts (
  id        TEXT PRIMARY KEY,
  rule      TEXT NOT NULL,
  service   TEXT NOT NULL,
  severity  TEXT NOT NULL,
  summary   TEXT NOT NULL,
  state     TEXT NOT NULL,
  value     REAL NOT NULL,
  threshold REAL NOT NULL,
  because   TEXT,
  explains  TEXT,
  told      INTEGER NOT NULL,
  error     TEXT NOT NULL,
  started   INTEGER NOT NULL,
  fired     INTEGER NOT NULL,
  last      INTEGER NOT NULL,
  resolved  INTEGER NOT NULL,
  alone     INTEGER NOT NULL,
  version   INTEGER NOT NULL
);
CREATE UNIQUE INDEX alerts_active ON alerts (rule, service) WHERE state <> 'resolved';
CREATE INDEX alerts_started ON alerts (started);

CREATE TABLE incidents (
  id       TEXT PRIMARY KEY,
  service  TEXT NOT NULL,
  rule     TEXT NOT NULL,
  alert    TEXT,
  title    TEXT NOT NULL,
  severity TEXT NOT NULL,
  status   TEXT NOT NULL,
  level    INTEGER NOT NULL,
  affected TEXT,
  steps    TEXT,
  timeline TEXT,
  review   TEXT NOT NULL,
  opened   INTEGER NOT NULL,
  resolved INTEGER NOT NULL,
  closed   INTEGER NOT NULL,
  version  INTEGER NOT NULL
);
CREATE UNIQUE INDEX incidents_alert ON incidents (alert);
CREATE INDEX incidents_opened ON incidents (opened);

-- +goose Down
DROP TABLE incidents;
DROP TABLE alerts;
