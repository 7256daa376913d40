-- +goose Up
-- A text is a title with a content, kept once however many versions hold it.
-- words holds its search terms, written by the store; empty until indexed.
CREATE TABLE texts (
  seq     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  digest  text NOT NULL UNIQUE,
  title   text NOT NULL,
  content text NOT NULL,
  words   tsvector
);
CREATE INDEX texts_words ON texts USING gin (words);

CREATE TABLE documents (
  id          text COLLATE "C" PRIMARY KEY,
  text_seq    bigint NOT NULL REFERENCES texts (seq),
  hash        text NOT NULL,
  size        bigint NOT NULL,
  metadata    jsonb NOT NULL,
  correlation text NOT NULL,
  version     bigint NOT NULL,
  note        text NOT NULL,
  author      text NOT NULL,
  created_at  bigint NOT NULL,
  updated_at  bigint NOT NULL,
  deleted_at  bigint NOT NULL
);

CREATE UNIQUE INDEX documents_living_hash ON documents (hash) WHERE deleted_at = 0;
CREATE INDEX documents_updated_at ON documents (updated_at DESC, id) WHERE deleted_at = 0;
CREATE INDEX documents_correlation ON documents (correlation) WHERE correlation <> '';

CREATE TABLE versions (
  document_id text COLLATE "C" NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  number      bigint NOT NULL,
  text_seq    bigint NOT NULL REFERENCES texts (seq),
  hash        text NOT NULL,
  size        bigint NOT NULL,
  metadata    jsonb NOT NULL,
  note        text NOT NULL,
  author      text NOT NULL,
  valid_from  bigint NOT NULL,
  valid_to    bigint NOT NULL,
  deletion    bigint NOT NULL,
  PRIMARY KEY (document_id, number)
);

CREATE INDEX versions_text ON versions (text_seq);

-- The spans of a version, packed; see pack.go.
CREATE TABLE spans (
  document_id text COLLATE "C" NOT NULL,
  version     bigint NOT NULL,
  packed      bytea NOT NULL,
  PRIMARY KEY (document_id, version),
  FOREIGN KEY (document_id, version) REFERENCES versions (document_id, number) ON DELETE CASCADE
);

-- +goose Down
DROP TABLE spans;
DROP TABLE versions;
DROP TABLE documents;
DROP TABLE texts;
