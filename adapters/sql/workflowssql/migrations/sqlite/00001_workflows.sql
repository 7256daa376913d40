-- +goose Up
CREATE TABLE workflows (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  kind        TEXT NOT NULL,
  status      TEXT NOT NULL,
  definition  TEXT NOT NULL,
  tags        TEXT NOT NULL,
  services    TEXT NOT NULL,
  words       TEXT NOT NULL,
  lower_name  TEXT NOT NULL,
  structure   INTEGER NOT NULL,
  hash        TEXT NOT NULL,
  version     INTEGER NOT NULL,
  creator     TEXT NOT NULL,
  created     INTEGER NOT NULL,
  updated     INTEGER NOT NULL
);
CREATE UNIQUE INDEX workflows_name ON workflows (creator, name) WHERE status <> 'archived';
CREATE INDEX workflows_created ON workflows (created);

CREATE TABLE workflow_versions (
  workflow   TEXT NOT NULL REFERENCES workflows (id) ON DELETE CASCADE,
  number     INTEGER NOT NULL,
  hash       TEXT NOT NULL,
  definition TEXT NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (workflow, number)
) WITHOUT ROWID;

CREATE TABLE executions (
  id          TEXT PRIMARY KEY,
  workflow    TEXT NOT NULL,
  name        TEXT NOT NULL,
  definition  TEXT NOT NULL,
  structure   INTEGER NOT NULL,
  status      TEXT NOT NULL,
  parameters  TEXT NOT NULL,
  outcomes    TEXT NOT NULL,
  fault       TEXT,
  retry_of    TEXT NOT NULL,
  caller      TEXT NOT NULL,
  correlation TEXT NOT NULL,
  priority    INTEGER NOT NULL,
  created     INTEGER NOT NULL,
  started     INTEGER NOT NULL,
  completed   INTEGER NOT NULL,
  version     INTEGER NOT NULL
);
CREATE INDEX executions_created ON executions (created);
CREATE INDEX executions_workflow ON executions (workflow, created);
CREATE INDEX executions_status ON executions (status, created);

-- +goose Down
DROP TABLE executions;
DROP TABLE workflow_versions;
DROP TABLE workflows;
