-- +goose Up
-- The last run of every background job.
CREATE TABLE jobs (
    name      TEXT   NOT NULL PRIMARY KEY,
    id        TEXT   NOT NULL,
    started   INTEGER NOT NULL,
    ended     INTEGER NOT NULL DEFAULT 0,
    succeeded INTEGER NOT NULL DEFAULT 0,
    took      INTEGER NOT NULL DEFAULT 0,
    cause     TEXT   NOT NULL DEFAULT '',
    lease     INTEGER NOT NULL
);

-- +goose Down
DROP TABLE jobs;
