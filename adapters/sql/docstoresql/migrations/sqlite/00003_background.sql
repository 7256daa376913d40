-- +goose Up
-- Every event that the store published, in the order in which it was recorded.
CREATE TABLE event_log (
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  id           TEXT NOT NULL UNIQUE,
  name         TEXT NOT NULL,
  aggregate    TEXT NOT NULL,
  aggregate_id TEXT NOT NULL,
  version      INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  correlation  TEXT NOT NULL,
  payload      BLOB NOT NULL
);
CREATE INDEX event_log_aggregate ON event_log (aggregate_id, seq);
CREATE INDEX event_log_name ON event_log (name, seq);

CREATE TABLE webhooks (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  url        TEXT NOT NULL,
  events     TEXT NOT NULL,
  secret     TEXT NOT NULL,
  headers    TEXT NOT NULL,
  retries    INTEGER NOT NULL,
  timeout_ms INTEGER NOT NULL,
  active     INTEGER NOT NULL,
  created    INTEGER NOT NULL,
  updated    INTEGER NOT NULL
);

CREATE TABLE webhook_deliveries (
  id         TEXT PRIMARY KEY,
  webhook_id TEXT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  event_id   TEXT NOT NULL,
  name       TEXT NOT NULL,
  body       BLOB NOT NULL,
  status     TEXT NOT NULL,
  attempts   INTEGER NOT NULL,
  next_at    INTEGER NOT NULL,
  answer     INTEGER NOT NULL,
  cause      TEXT NOT NULL,
  created    INTEGER NOT NULL,
  finished   INTEGER NOT NULL
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_at) WHERE status = 'pending';
CREATE INDEX webhook_deliveries_webhook ON webhook_deliveries (webhook_id, created);

CREATE TABLE bulk_operations (
  id          TEXT PRIMARY KEY,
  type        TEXT NOT NULL,
  status      TEXT NOT NULL,
  total       INTEGER NOT NULL,
  successful  INTEGER NOT NULL,
  failed      INTEGER NOT NULL,
  correlation TEXT NOT NULL,
  caller      TEXT NOT NULL,
  created     INTEGER NOT NULL,
  started     INTEGER NOT NULL,
  completed   INTEGER NOT NULL,
  lease       INTEGER NOT NULL
);
CREATE INDEX bulk_operations_open ON bulk_operations (created) WHERE status IN ('pending', 'processing');

CREATE TABLE bulk_items (
  operation_id TEXT NOT NULL REFERENCES bulk_operations (id) ON DELETE CASCADE,
  number       INTEGER NOT NULL,
  input        BLOB NOT NULL,
  state        TEXT NOT NULL,
  result       BLOB NOT NULL,
  code         TEXT NOT NULL,
  cause        TEXT NOT NULL,
  PRIMARY KEY (operation_id, number)
);
CREATE INDEX bulk_items_waiting ON bulk_items (operation_id, number) WHERE state = 'waiting';

-- What contents say, white space, punctuation and case left aside.
CREATE TABLE fingerprints (
  hash        TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL
);
CREATE INDEX fingerprints_fingerprint ON fingerprints (fingerprint);

CREATE TABLE lifecycle_policies (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  description TEXT NOT NULL,
  conditions  TEXT NOT NULL,
  action      TEXT NOT NULL,
  retention   INTEGER NOT NULL,
  priority    INTEGER NOT NULL,
  enabled     INTEGER NOT NULL,
  created     INTEGER NOT NULL,
  updated     INTEGER NOT NULL
);

-- Where documents stand and how they came there; both outlive the documents.
CREATE TABLE document_lifecycle (
  document_id TEXT PRIMARY KEY,
  phase       TEXT NOT NULL,
  retention   INTEGER NOT NULL,
  archival    INTEGER NOT NULL,
  deletion    INTEGER NOT NULL,
  reviewed    INTEGER NOT NULL,
  applied     TEXT NOT NULL
);

CREATE TABLE lifecycle_events (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL,
  document_id TEXT NOT NULL,
  from_phase  TEXT NOT NULL,
  to_phase    TEXT NOT NULL,
  reason      TEXT NOT NULL,
  changed_by  TEXT NOT NULL,
  at          INTEGER NOT NULL
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
