-- +goose Up
CREATE TABLE items (
    id      TEXT    NOT NULL PRIMARY KEY,
    text    TEXT    NOT NULL,
    labels  TEXT,
    version BIGINT NOT NULL
);
-- +goose Down
DROP TABLE items;
