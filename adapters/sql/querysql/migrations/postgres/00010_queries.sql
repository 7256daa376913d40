-- +goose Up
CREATE TABLE queries (
  id          text COLLATE "C" PRIMARY KEY,
  body        text NOT NULL,
  structured  boolean NOT NULL,
  kind        text NOT NULL,
  intent      text NOT NULL,
  status      text NOT NULL,
  confidence  double precision NOT NULL,
  total       bigint NOT NULL,
  caller      text NOT NULL,
  correlation text NOT NULL,
  asked       bigint NOT NULL,
  took        bigint NOT NULL,
  outcome     text NOT NULL
);
CREATE INDEX queries_asked ON queries (asked DESC, id);
CREATE INDEX queries_intent ON queries (intent, asked);
CREATE INDEX queries_status ON queries (status, asked);

CREATE TABLE query_feedback (
  query   text COLLATE "C" NOT NULL REFERENCES queries (id) ON DELETE CASCADE,
  caller  text COLLATE "C" NOT NULL,
  helpful boolean NOT NULL,
  comment text NOT NULL,
  at      bigint NOT NULL,
  PRIMARY KEY (query, caller)
);

-- +goose Down
DROP TABLE query_feedback;
DROP TABLE queries;
