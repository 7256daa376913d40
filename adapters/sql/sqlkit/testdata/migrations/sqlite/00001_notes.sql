-- +goose Up
CREATE TABLE notes (
    id      TEXT    NOT NULL PRIMARY KEY,
    title   TEXT    NOT NULL UNIQUE,
    parent  TEXT             REFERENCES notes (id),
    version INTEGER NOT NULL,
    at      INTEGER NOT NULL
);
-- +goose Down
DROP TABLE notes;
