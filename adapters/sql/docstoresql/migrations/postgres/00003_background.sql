-- +goose Up
-- Every event that the store published, in the order in which it was recorded.
CREATE TABLE event_log (
  seq          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id           text NOT NULL UNIQUE,
  name         text NOT NULL,
  aggregate    text NOT NULL,
  aggregate_id text NOT NULL,
  version      bigint NOT NULL,
  at           bigint NOT NULL,
  correlation  text NOT NULL,
  payload      bytea NOT NULL
);
CREATE INDEX event_log_aggregate ON event_log (aggregate_id, seq);
CREATE INDEX event_log_name ON event_log (name, seq);

CREATE TABLE webhooks (
  id         text COLLATE "C" PRIMARY KEY,
  name       text NOT NULL,
  url        text NOT NULL,
  events     text NOT NULL,
  secret     text NOT NULL,
  headers    text NOT NULL,
  retries    bigint NOT NULL,
  timeout_ms bigint NOT NULL,
  active     boolean NOT NULL,
  created    bigint NOT NULL,
  updated    bigint NOT NULL
);

CREATE TABLE webhook_deliveries (
  id         text COLLATE "C" PRIMARY KEY,
  webhook_id text COLLATE "C" NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  event_id   text NOT NULL,
  name       text NOT NULL,
  body       bytea NOT NULL,
  status     text NOT NULL,
  attempts   bigint NOT NULL,
  next_at    bigint NOT NULL,
  answer     bigint NOT NULL,
  cause      text NOT NULL,
  created    bigint NOT NULL,
  finished   bigint NOT NULL
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_at) WHERE status = 'pending';
CREATE INDEX webhook_deliveries_webhook ON webhook_deliveries (webhook_id, created);

CREATE TABLE bulk_operations (
  id          text COLLATE "C" PRIMARY KEY,
  type        text NOT NULL,
  status      text NOT NULL,
  total       bigint NOT NULL,
  successful  bigint NOT NULL,
  failed      bigint NOT NULL,
  correlation text NOT NULL,
  caller      text NOT NULL,
  created     bigint NOT NULL,
  started     bigint NOT NULL,
  completed   bigint NOT NULL,
  lease       bigint NOT NULL
);
CREATE INDEX bulk_operations_open ON bulk_operations (created) WHERE status IN ('pending', 'processing');

CREATE TABLE bulk_items (
  operation_id text COLLATE "C" NOT NULL REFERENCES bulk_operations (id) ON DELETE CASCADE,
  number       bigint NOT NULL,
  input        bytea NOT NULL,
  state        text NOT NULL,
  result       bytea NOT NULL,
  code         text NOT NULL,
  cause        text NOT NULL,
  PRIMARY KEY (operation_id, number)
);
CREATE INDEX bulk_items_waiting ON bulk_items (operation_id, number) WHERE state = 'waiting';

-- What contents say, white space, punctuation and case left aside.
CREATE TABLE fingerprints (
  hash        text PRIMARY KEY,
  fingerprint text NOT NULL
);
CREATE INDEX fingerprints_fingerprint ON fingerprints (fingerprint);

CREATE TABLE lifecycle_policies (
  id          text COLLATE "C" PRIMARY KEY,
  name        text NOT NULL,
  description text NOT NULL,
  conditions  text NOT NULL,
  action      text NOT NULL,
  retention   bigint NOT NULL,
  priority    bigint NOT NULL,
  enabled     boolean NOT NULL,
  created     bigint NOT NULL,
  updated     bigint NOT NULL
);

-- Where documents stand and how they came there; both outlive the documents.
CREATE TABLE document_lifecycle (
  document_id text COLLATE "C" PRIMARY KEY,
  phase       text NOT NULL,
  retention   bigint NOT NULL,
  archival    bigint NOT NULL,
  deletion    bigint NOT NULL,
  reviewed    bigint NOT NULL,
  applied     text NOT NULL
);

CREATE TABLE lifecycle_events (
  seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id          text NOT NULL,
  document_id text COLLATE "C" NOT NULL,
  from_phase  text NOT NULL,
  to_phase    text NOT NULL,
  reason      text NOT NULL,
  changed_by  text NOT NULL,
  at          bigint NOT NULL
);
CREATE INDEX lifecycle_events_document ON lifecycle_events (document_id, seq);

-- +goose Down
DROP TABLE lifecycle_events;
DROP TABLE document_lifecycle;
DROP TABLE lifecycle_policies;
DROP TABLE fingerprints;
DROP TABLE bulk_items;
DROP TABLE bulk_operations;
DROP TABLE webhook_deliveries;
DROP TABLE webhooks;
DROP TABLE event_log;
