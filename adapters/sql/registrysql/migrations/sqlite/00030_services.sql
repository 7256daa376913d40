-- +goose Up
CREATE TABLE registry_services (
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL,
  description  TEXT NOT NULL,
  category     TEXT NOT NULL,
  url          TEXT NOT NULL,
  openapi      TEXT NOT NULL,
  capabilities TEXT NOT NULL,
  endpoints    TEXT NOT NULL,
  depends_on   TEXT NOT NULL,
  owner        TEXT NOT NULL,
  metadata     TEXT NOT NULL,
  status       TEXT NOT NULL,
  cause        TEXT NOT NULL,
  spec_hash    TEXT NOT NULL,
  origin       TEXT NOT NULL,
  registered   INTEGER NOT NULL,
  seen         INTEGER NOT NULL,
  version      INTEGER NOT NULL
);

-- +goose Down
DROP TABLE registry_services;
