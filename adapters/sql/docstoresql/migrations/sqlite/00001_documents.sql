-- +goose Up
-- A text is a title with a content, kept once however many versions hold it.
CREATE TABLE texts (
  seq     INTEGER PRIMARY KEY,
  digest  TEXT NOT NULL UNIQUE,
  title   TEXT NOT NULL,
  content TEXT NOT NULL
);

CREATE VIRTUAL TABLE texts_fts USING fts5(
  title, content, content = 'texts', content_rowid = 'seq', tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N*'"
);

CREATE TABLE documents (
  id          TEXT PRIMARY KEY,
  text_seq    INTEGER NOT NULL REFERENCES texts (seq),
  hash        TEXT NOT NULL,
  size        INTEGER NOT NULL,
  metadata    TEXT NOT NULL,
  correlation TEXT NOT NULL,
  version     INTEGER NOT NULL,
  note        TEXT NOT NULL,
  author      TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL,
  deleted_at  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE UNIQUE INDEX documents_living_hash ON documents (hash) WHERE deleted_at = 0;
CREATE INDEX documents_updated_at ON documents (updated_at DESC, id) WHERE deleted_at = 0;
CREATE INDEX documents_correlation ON documents (correlation) WHERE correlation <> '';

CREATE TABLE versions (
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  number      INTEGER NOT NULL,
  text_seq    INTEGER NOT NULL REFERENCES texts (seq),
  hash        TEXT NOT NULL,
  size        INTEGER NOT NULL,
  metadata    TEXT NOT NULL,
  note        TEXT NOT NULL,
  author      TEXT NOT NULL,
  valid_from  INTEGER NOT NULL,
  valid_to    INTEGER NOT NULL,
  deletion    INTEGER NOT NULL,
  PRIMARY KEY (document_id, number)
) WITHOUT ROWID;

CREATE INDEX versions_text ON versions (text_seq);

-- The spans of a version, packed; see pack.go.
CREATE TABLE spans (
  document_id TEXT NOT NULL,
  version     INTEGER NOT NULL,
  packed      BLOB NOT NULL,
  PRIMARY KEY (document_id, version),
  FOREIGN KEY (document_id, version) REFERENCES versions (document_id, number) ON DELETE CASCADE
) WITHOUT ROWID;

-- +goose Down
DROP TABLE spans;
DROP TABLE versions;
DROP TABLE documents;
DROP TABLE texts_fts;
DROP TABLE texts;
