-- +goose Up
CREATE TABLE outbox (
    sequence     INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT    NOT NULL UNIQUE,
    name         TEXT    NOT NULL,
    aggregate    TEXT    NOT NULL,
    aggregate_id TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    correlation  TEXT    NOT NULL,
    payload      BLOB    NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    cause        TEXT    NOT NULL DEFAULT '',
    due          INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX outbox_aggregate ON outbox (aggregate, aggregate_id, sequence);

CREATE TABLE dead_letters (
    id           TEXT    NOT NULL PRIMARY KEY,
    name         TEXT    NOT NULL,
    aggregate    TEXT    NOT NULL,
    aggregate_id TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    correlation  TEXT    NOT NULL,
    payload      BLOB    NOT NULL,
    attempts     INTEGER NOT NULL,
    cause        TEXT    NOT NULL,
    buried       INTEGER NOT NULL
);
CREATE INDEX dead_letters_buried ON dead_letters (buried DESC, id);

CREATE TABLE inbox (
    handler  TEXT    NOT NULL,
    event_id TEXT    NOT NULL,
    handled  INTEGER NOT NULL,
    PRIMARY KEY (handler, event_id)
) WITHOUT ROWID;
CREATE INDEX inbox_handled ON inbox (handled);

-- +goose Down
DROP TABLE inbox;
DROP TABLE dead_letters;
DROP TABLE outbox;
