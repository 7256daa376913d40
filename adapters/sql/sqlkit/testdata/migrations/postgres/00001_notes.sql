-- +goose Up
CREATE TABLE notes (
    id      TEXT    NOT NULL PRIMARY KEY,
    title   TEXT    NOT NULL UNIQUE,
    parent  TEXT             REFERENCES notes (id),
    version BIGINT NOT NULL,
    at      BIGINT NOT NULL
);
-- +goose Down
DROP TABLE notes;
