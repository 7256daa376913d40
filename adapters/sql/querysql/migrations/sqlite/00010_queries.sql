-- +goose Up
CREATE TABLE queries (
  id          TEXT PRIMARY KEY,
  body        TEXT NOT NULL,
  structured  INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  intent      TEXT NOT NULL,
  status      TEXT NOT NULL,
  confidence  REAL NOT NULL,
  total       INTEGER NOT NULL,
  caller      TEXT NOT NULL,
  correlation TEXT NOT NULL,
  asked       INTEGER NOT NULL,
  took        INTEGER NOT NULL,
  outcome     TEXT NOT NULL
);
CREATE INDEX queries_asked ON queries (asked DESC, id);
CREATE INDEX queries_intent ON queries (intent, asked);
CREATE INDEX queries_status ON queries (status, asked);

CREATE TABLE query_feedback (
  query   TEXT NOT NULL REFERENCES queries (id) ON DELETE CASCADE,
  caller  TEXT NOT NULL,
  helpful INTEGER NOT NULL,
  comment TEXT NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (query, caller)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE query_feedback;
DROP TABLE queries;
