-- +goose Up
CREATE TABLE workflows (
  id          text COLLATE "C" PRIMARY KEY,
  name        text COLLATE "C" NOT NULL,
  kind        text NOT NULL,
  status      text NOT NULL,
  definition  text NOT NULL,
  tags        text NOT NULL,
  services    text NOT NULL,
  words       text NOT NULL,
  lower_name  text NOT NULL,
  structure   bigint NOT NULL,
  hash        text NOT NULL,
  version     bigint NOT NULL,
  creator     text NOT NULL,
  created     bigint NOT NULL,
  updated     bigint NOT NULL
);
CREATE UNIQUE INDEX workflows_name ON workflows (creator, name) WHERE status <> 'archived';
CREATE INDEX workflows_created ON workflows (created);

CREATE TABLE workflow_versions (
  workflow   text COLLATE "C" NOT NULL REFERENCES workflows (id) ON DELETE CASCADE,
  number     bigint NOT NULL,
  hash       text NOT NULL,
  definition text NOT NULL,
  at         bigint NOT NULL,
  PRIMARY KEY (workflow, number)
);

CREATE TABLE executions (
  id          text COLLATE "C" PRIMARY KEY,
  workflow    text COLLATE "C" NOT NULL,
  name        text COLLATE "C" NOT NULL,
  definition  text NOT NULL,
  structure   bigint NOT NULL,
  status      text NOT NULL,
  parameters  text NOT NULL,
  outcomes    text NOT NULL,
  fault       text,
  retry_of    text NOT NULL,
  caller      text NOT NULL,
  correlation text NOT NULL,
  priority    bigint NOT NULL,
  created     bigint NOT NULL,
  started     bigint NOT NULL,
  completed   bigint NOT NULL,
  version     bigint NOT NULL
);
CREATE INDEX executions_created ON executions (created);
CREATE INDEX executions_workflow ON executions (workflow, created);
CREATE INDEX executions_status ON executions (status, created);

-- +goose Down
DROP TABLE executions;
DROP TABLE workflow_versions;
DROP TABLE workflows;
