-- +goose Up
-- Links of documents, to another (target_id) or to an address outside (external).
CREATE TABLE relations (
  id        TEXT PRIMARY KEY,
  source_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  target_id TEXT REFERENCES documents (id) ON DELETE CASCADE,
  external  TEXT NOT NULL,
  type      TEXT NOT NULL,
  strength  REAL NOT NULL,
  metadata  TEXT NOT NULL,
  extracted INTEGER NOT NULL,
  created   INTEGER NOT NULL
);
CREATE UNIQUE INDEX relations_triple ON relations (source_id, type, coalesce(target_id, ''), external);
CREATE INDEX relations_target ON relations (target_id) WHERE target_id IS NOT NULL;

CREATE INDEX documents_path ON documents (json_extract(metadata, '$.path')) WHERE deleted_at = 0;

CREATE TABLE document_tags (
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  name        TEXT NOT NULL,
  category    TEXT NOT NULL,
  confidence  REAL NOT NULL,
  manual      INTEGER NOT NULL,
  created     INTEGER NOT NULL,
  PRIMARY KEY (document_id, name)
) WITHOUT ROWID;
CREATE INDEX document_tags_name ON document_tags (name, document_id);

CREATE TABLE taxonomy (
  tag         TEXT PRIMARY KEY,
  category    TEXT NOT NULL,
  description TEXT NOT NULL,
  parent      TEXT REFERENCES taxonomy (tag),
  synonyms    TEXT NOT NULL,
  created     INTEGER NOT NULL
);

CREATE TABLE analyses (
  id          TEXT PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  version     INTEGER NOT NULL,
  analyzer    TEXT NOT NULL,
  model       TEXT NOT NULL,
  prompt_hash TEXT NOT NULL,
  result      TEXT NOT NULL,
  score       REAL,
  metadata    TEXT NOT NULL,
  created     INTEGER NOT NULL
);
CREATE INDEX analyses_document ON analyses (document_id, created DESC);
CREATE INDEX analyses_created ON analyses (created DESC, id);

-- +goose Down
DROP TABLE analyses;
DROP TABLE taxonomy;
DROP TABLE document_tags;
DROP INDEX documents_path;
DROP TABLE relations;
