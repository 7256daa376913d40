-- +goose Up
-- The checks of projects; their numbers let one of several win that end at once.
CREATE TABLE checks (
  id          TEXT PRIMARY KEY,
  project     TEXT NOT NULL,
  number      INTEGER NOT NULL,
  root        TEXT NOT NULL,
  location    TEXT NOT NULL,
  revision    TEXT NOT NULL,
  differing   INTEGER NOT NULL,
  documents   INTEGER NOT NULL,
  facts       INTEGER NOT NULL,
  counts      TEXT NOT NULL,
  drifted     INTEGER NOT NULL,
  healed      INTEGER NOT NULL,
  opened      INTEGER NOT NULL,
  closed      INTEGER NOT NULL,
  changes     TEXT NOT NULL,
  troubles    TEXT NOT NULL,
  unread      INTEGER NOT NULL,
  caller      TEXT NOT NULL,
  correlation TEXT NOT NULL,
  started     INTEGER NOT NULL,
  finished    INTEGER NOT NULL,
  UNIQUE (project, number)
);
CREATE INDEX checks_project ON checks (project, finished);
CREATE INDEX checks_finished ON checks (finished);

-- The claims of documents, as they stand.
CREATE TABLE claims (
  id         TEXT PRIMARY KEY,
  project    TEXT NOT NULL,
  document   TEXT NOT NULL,
  first_byte INTEGER NOT NULL,
  last_byte  INTEGER NOT NULL,
  line       INTEGER NOT NULL,
  kind       INTEGER NOT NULL,
  written    TEXT NOT NULL,
  name       TEXT NOT NULL,
  value      TEXT NOT NULL,
  has_value  INTEGER NOT NULL,
  state      INTEGER NOT NULL,
  reason     TEXT NOT NULL,
  confidence REAL NOT NULL,
  fact_path  TEXT NOT NULL,
  fact_line  INTEGER NOT NULL,
  fact_value TEXT NOT NULL,
  suggestion TEXT NOT NULL,
  revision   TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  since      INTEGER NOT NULL,
  closed     INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX claims_place ON claims (project, document, first_byte, id);
CREATE INDEX claims_name ON claims (name);

-- How claims stood from check to check.
CREATE TABLE turns (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  claim      TEXT NOT NULL,
  check_id   TEXT NOT NULL,
  at         INTEGER NOT NULL,
  fresh      INTEGER NOT NULL,
  from_state INTEGER NOT NULL,
  to_state   INTEGER NOT NULL,
  closed     INTEGER NOT NULL,
  reason     TEXT NOT NULL,
  revision   TEXT NOT NULL
);
CREATE INDEX turns_claim ON turns (claim, seq);

-- The facts of the code, in the one tree that lists walk: a path is looked for among
-- all of a project, which spares every check a second index.
CREATE TABLE facts (
  project   TEXT NOT NULL,
  seq       INTEGER NOT NULL,
  kind      INTEGER NOT NULL,
  name      TEXT NOT NULL,
  value     TEXT NOT NULL,
  has_value INTEGER NOT NULL,
  scope     TEXT NOT NULL,
  path      TEXT NOT NULL,
  line      INTEGER NOT NULL,
  weak      INTEGER NOT NULL,
  PRIMARY KEY (project, name, seq)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE facts;
DROP TABLE turns;
DROP TABLE claims;
DROP TABLE checks;
