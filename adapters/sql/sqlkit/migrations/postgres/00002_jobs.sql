-- +goose Up
-- The last run of every background job.
CREATE TABLE jobs (
    name      TEXT   NOT NULL PRIMARY KEY,
    id        TEXT   NOT NULL,
    started   BIGINT NOT NULL,
    ended     BIGINT NOT NULL DEFAULT 0,
    succeeded BIGINT NOT NULL DEFAULT 0,
    took      BIGINT NOT NULL DEFAULT 0,
    cause     TEXT   NOT NULL DEFAULT '',
    lease     BIGINT NOT NULL
);

-- +goose Down
DROP TABLE jobs;
