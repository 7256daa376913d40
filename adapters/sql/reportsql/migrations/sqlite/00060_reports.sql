-- +goose Up
CREATE TABLE reports (
  id              TEXT PRIMARY KEY,
  kind            TEXT NOT NULL,
  format          TEXT NOT NULL,
  template        TEXT NOT NULL,
  title           TEXT NOT NULL,
  status          TEXT NOT NULL,
  failure_source  TEXT NOT NULL,
  failure_kind    TEXT NOT NULL,
  failure_message TEXT NOT NULL,
  parameters      TEXT NOT NULL,
  starts          INTEGER NOT NULL,
  ends            INTEGER NOT NULL,
  owner           TEXT NOT NULL,
  schedule        TEXT NOT NULL,
  correlation     TEXT NOT NULL,
  created         INTEGER NOT NULL,
  took            INTEGER NOT NULL,
  size            INTEGER NOT NULL,
  hash            TEXT NOT NULL,
  document        TEXT NOT NULL,
  content         BLOB
);
CREATE INDEX reports_created ON reports (created DESC, id);
CREATE INDEX reports_kind ON reports (kind, created);
CREATE INDEX reports_status ON reports (status, created);
CREATE INDEX reports_schedule ON reports (schedule, created);

CREATE TABLE report_schedules (
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL,
  kind         TEXT NOT NULL,
  format       TEXT NOT NULL,
  template     TEXT NOT NULL,
  parameters   TEXT NOT NULL,
  charts       INTEGER NOT NULL,
  days         INTEGER NOT NULL,
  cron         TEXT NOT NULL,
  zone         TEXT NOT NULL,
  catch_up     TEXT NOT NULL,
  enabled      INTEGER NOT NULL,
  owner        TEXT NOT NULL,
  channel      TEXT NOT NULL,
  address      TEXT NOT NULL,
  next_run     INTEGER NOT NULL,
  occurrence   INTEGER NOT NULL,
  leased_until INTEGER NOT NULL,
  last_run     INTEGER NOT NULL,
  last_report  TEXT NOT NULL,
  last_error   TEXT NOT NULL,
  runs         INTEGER NOT NULL,
  failures     INTEGER NOT NULL,
  missed       INTEGER NOT NULL,
  created      INTEGER NOT NULL,
  updated      INTEGER NOT NULL,
  version      INTEGER NOT NULL
);
CREATE INDEX report_schedules_name ON report_schedules (name, id);
CREATE INDEX report_schedules_next ON report_schedules (enabled, next_run);

CREATE TABLE report_deliveries (
  id       TEXT PRIMARY KEY,
  report   TEXT NOT NULL,
  schedule TEXT NOT NULL,
  channel  TEXT NOT NULL,
  address  TEXT NOT NULL,
  status   TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  cause    TEXT NOT NULL,
  next_at  INTEGER NOT NULL,
  created  INTEGER NOT NULL,
  finished INTEGER NOT NULL,
  version  INTEGER NOT NULL
);
CREATE INDEX report_deliveries_created ON report_deliveries (created DESC, id);
CREATE INDEX report_deliveries_due ON report_deliveries (status, next_at);

-- +goose Down
DROP TABLE report_deliveries;
DROP TABLE report_schedules;
DROP TABLE reports;
