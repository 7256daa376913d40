-- +goose Up
CREATE TABLE outbox (
    sequence     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id           TEXT    NOT NULL UNIQUE,
    name         TEXT    NOT NULL,
    aggregate    TEXT    NOT NULL,
    aggregate_id TEXT    NOT NULL,
    version      BIGINT  NOT NULL,
    at           BIGINT  NOT NULL,
    correlation  TEXT    NOT NULL,
    payload      BYTEA   NOT NULL,
    attempts     BIGINT  NOT NULL DEFAULT 0,
    cause        TEXT    NOT NULL DEFAULT '',
    due          BIGINT  NOT NULL DEFAULT 0
);
CREATE INDEX outbox_aggregate ON outbox (aggregate, aggregate_id, sequence);

CREATE TABLE dead_letters (
    id           TEXT    NOT NULL PRIMARY KEY,
    name         TEXT    NOT NULL,
    aggregate    TEXT    NOT NULL,
    aggregate_id TEXT    NOT NULL,
    version      BIGINT  NOT NULL,
    at           BIGINT  NOT NULL,
    correlation  TEXT    NOT NULL,
    payload      BYTEA   NOT NULL,
    attempts     BIGINT  NOT NULL,
    cause        TEXT    NOT NULL,
    buried       BIGINT  NOT NULL
);
CREATE INDEX dead_letters_buried ON dead_letters (buried DESC, id);

CREATE TABLE inbox (
    handler  TEXT    NOT NULL,
    event_id TEXT    NOT NULL,
    handled  BIGINT  NOT NULL,
    PRIMARY KEY (handler, event_id)
);
CREATE INDEX inbox_handled ON inbox (handled);

-- +goose Down
DROP TABLE inbox;
DROP TABLE dead_letters;
DROP TABLE outbox;
