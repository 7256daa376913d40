-- +goose Up
-- How the quality of all documents was.
CREATE TABLE quality_log (
  at        INTEGER PRIMARY KEY,
  documents INTEGER NOT NULL,
  flags     TEXT NOT NULL
);

-- What is purged is found by its age.
CREATE INDEX event_log_at ON event_log (at);
CREATE INDEX webhook_deliveries_created ON webhook_deliveries (created);
CREATE INDEX webhook_deliveries_finished ON webhook_deliveries (finished) WHERE status <> 'pending';
CREATE INDEX bulk_operations_completed ON bulk_operations (completed) WHERE status IN ('completed', 'failed', 'cancelled');

-- +goose Down
DROP INDEX bulk_operations_completed;
DROP INDEX webhook_deliveries_finished;
DROP INDEX webhook_deliveries_created;
DROP INDEX event_log_at;
DROP TABLE quality_log;
