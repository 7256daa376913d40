-- +goose Up
-- Links of documents, to another (target_id) or to an address outside (external).
CREATE TABLE relations (
  id        text COLLATE "C" PRIMARY KEY,
  source_id text COLLATE "C" NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  target_id text COLLATE "C" REFERENCES documents (id) ON DELETE CASCADE,
  external  text NOT NULL,
  type      text NOT NULL,
  strength  double precision NOT NULL,
  metadata  text NOT NULL,
  extracted boolean NOT NULL,
  created   bigint NOT NULL
);
CREATE UNIQUE INDEX relations_triple ON relations (source_id, type, coalesce(target_id, ''), external);
CREATE INDEX relations_target ON relations (target_id) WHERE target_id IS NOT NULL;

CREATE INDEX documents_path ON documents USING hash ((metadata ->> 'path')) WHERE deleted_at = 0;

CREATE TABLE document_tags (
  document_id text COLLATE "C" NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  name        text COLLATE "C" NOT NULL,
  category    text COLLATE "C" NOT NULL,
  confidence  double precision NOT NULL,
  manual      boolean NOT NULL,
  created     bigint NOT NULL,
  PRIMARY KEY (document_id, name)
);
CREATE INDEX document_tags_name ON document_tags (name, document_id);

CREATE TABLE taxonomy (
  tag         text COLLATE "C" PRIMARY KEY,
  category    text NOT NULL,
  description text NOT NULL,
  parent      text COLLATE "C" REFERENCES taxonomy (tag),
  synonyms    text NOT NULL,
  created     bigint NOT NULL
);

CREATE TABLE analyses (
  id          text COLLATE "C" PRIMARY KEY,
  document_id text COLLATE "C" NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  version     bigint NOT NULL,
  analyzer    text NOT NULL,
  model       text NOT NULL,
  prompt_hash text NOT NULL,
  result      text NOT NULL,
  score       double precision,
  metadata    text NOT NULL,
  created     bigint NOT NULL
);
CREATE INDEX analyses_document ON analyses (document_id, created DESC);
CREATE INDEX analyses_created ON analyses (created DESC, id);

-- +goose Down
DROP TABLE analyses;
DROP TABLE taxonomy;
DROP TABLE document_tags;
DROP INDEX documents_path;
DROP TABLE relations;
