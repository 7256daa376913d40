-- +goose Up
-- The checks of projects; their numbers let one of several win that end at once.
CREATE TABLE checks (
  id          text COLLATE "C" PRIMARY KEY,
  project     text COLLATE "C" NOT NULL,
  number      bigint NOT NULL,
  root        text COLLATE "C" NOT NULL,
  location    text COLLATE "C" NOT NULL,
  revision    text COLLATE "C" NOT NULL,
  differing   bigint NOT NULL,
  documents   bigint NOT NULL,
  facts       bigint NOT NULL,
  counts      text COLLATE "C" NOT NULL,
  drifted     bigint NOT NULL,
  healed      bigint NOT NULL,
  opened      bigint NOT NULL,
  closed      bigint NOT NULL,
  changes     text COLLATE "C" NOT NULL,
  troubles    text COLLATE "C" NOT NULL,
  unread      bigint NOT NULL,
  caller      text COLLATE "C" NOT NULL,
  correlation text COLLATE "C" NOT NULL,
  started     bigint NOT NULL,
  finished    bigint NOT NULL,
  UNIQUE (project, number)
);
CREATE INDEX checks_project ON checks (project, finished);
CREATE INDEX checks_finished ON checks (finished);

-- The claims of documents, as they stand.
CREATE TABLE claims (
  id         text COLLATE "C" PRIMARY KEY,
  project    text COLLATE "C" NOT NULL,
  document   text COLLATE "C" NOT NULL,
  first_byte bigint NOT NULL,
  last_byte  bigint NOT NULL,
  line       bigint NOT NULL,
  kind       bigint NOT NULL,
  written    text COLLATE "C" NOT NULL,
  name       text COLLATE "C" NOT NULL,
  value      text COLLATE "C" NOT NULL,
  has_value  boolean NOT NULL,
  state      bigint NOT NULL,
  reason     text COLLATE "C" NOT NULL,
  confidence double precision NOT NULL,
  fact_path  text COLLATE "C" NOT NULL,
  fact_line  bigint NOT NULL,
  fact_value text COLLATE "C" NOT NULL,
  suggestion text COLLATE "C" NOT NULL,
  revision   text COLLATE "C" NOT NULL,
  first_seen bigint NOT NULL,
  since      bigint NOT NULL,
  closed     bigint NOT NULL
);
CREATE INDEX claims_place ON claims (project, document, first_byte, id);
CREATE INDEX claims_name ON claims (name);

-- How claims stood from check to check.
CREATE TABLE turns (
  seq        bigserial PRIMARY KEY,
  claim      text COLLATE "C" NOT NULL,
  check_id   text COLLATE "C" NOT NULL,
  at         bigint NOT NULL,
  fresh      boolean NOT NULL,
  from_state bigint NOT NULL,
  to_state   bigint NOT NULL,
  closed     boolean NOT NULL,
  reason     text COLLATE "C" NOT NULL,
  revision   text COLLATE "C" NOT NULL
);
CREATE INDEX turns_claim ON turns (claim, seq);

-- The facts of the code, in the one tree that lists walk: a path is looked for among
-- all of a project, which spares every check a second index.
CREATE TABLE facts (
  project   text COLLATE "C" NOT NULL,
  seq       bigint NOT NULL,
  kind      bigint NOT NULL,
  name      text COLLATE "C" NOT NULL,
  value     text COLLATE "C" NOT NULL,
  has_value boolean NOT NULL,
  scope     text COLLATE "C" NOT NULL,
  path      text COLLATE "C" NOT NULL,
  line      bigint NOT NULL,
  weak      boolean NOT NULL,
  PRIMARY KEY (project, name, seq)
);

-- +goose Down
DROP TABLE facts;
DROP TABLE turns;
DROP TABLE claims;
DROP TABLE checks;
