-- +goose Up
CREATE TABLE reports (
  id              text COLLATE "C" PRIMARY KEY,
  kind            text NOT NULL,
  format          text NOT NULL,
  template        text NOT NULL,
  title           text NOT NULL,
  status          text NOT NULL,
  failure_source  text NOT NULL,
  failure_kind    text NOT NULL,
  failure_message text NOT NULL,
  parameters      text NOT NULL,
  starts          bigint NOT NULL,
  ends            bigint NOT NULL,
  owner           text NOT NULL,
  schedule        text NOT NULL,
  correlation     text NOT NULL,
  created         bigint NOT NULL,
  took            bigint NOT NULL,
  size            bigint NOT NULL,
  hash            text NOT NULL,
  document        text NOT NULL,
  content         bytea
);
CREATE INDEX reports_created ON reports (created DESC, id);
CREATE INDEX reports_kind ON reports (kind, created);
CREATE INDEX reports_status ON reports (status, created);
CREATE INDEX reports_schedule ON reports (schedule, created);

CREATE TABLE report_schedules (
  id           text COLLATE "C" PRIMARY KEY,
  name         text COLLATE "C" NOT NULL,
  kind         text NOT NULL,
  format       text NOT NULL,
  template     text NOT NULL,
  parameters   text NOT NULL,
  charts       boolean NOT NULL,
  days         bigint NOT NULL,
  cron         text NOT NULL,
  zone         text NOT NULL,
  catch_up     text NOT NULL,
  enabled      boolean NOT NULL,
  owner        text NOT NULL,
  channel      text NOT NULL,
  address      text NOT NULL,
  next_run     bigint NOT NULL,
  occurrence   bigint NOT NULL,
  leased_until bigint NOT NULL,
  last_run     bigint NOT NULL,
  last_report  text NOT NULL,
  last_error   text NOT NULL,
  runs         bigint NOT NULL,
  failures     bigint NOT NULL,
  missed       bigint NOT NULL,
  created      bigint NOT NULL,
  updated      bigint NOT NULL,
  version      bigint NOT NULL
);
CREATE INDEX report_schedules_name ON report_schedules (name, id);
CREATE INDEX report_schedules_next ON report_schedules (enabled, next_run);

CREATE TABLE report_deliveries (
  id       text COLLATE "C" PRIMARY KEY,
  report   text NOT NULL,
  schedule text NOT NULL,
  channel  text NOT NULL,
  address  text NOT NULL,
  status   text NOT NULL,
  attempts bigint NOT NULL,
  cause    text NOT NULL,
  next_at  bigint NOT NULL,
  created  bigint NOT NULL,
  finished bigint NOT NULL,
  version  bigint NOT NULL
);
CREATE INDEX report_deliveries_created ON report_deliveries (created DESC, id);
CREATE INDEX report_deliveries_due ON report_deliveries (status, next_at);

-- +goose Down
DROP TABLE report_deliveries;
DROP TABLE report_schedules;
DROP TABLE reports;
