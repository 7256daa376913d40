-- +goose Up
CREATE TABLE registry_services (
  id           text COLLATE "C" PRIMARY KEY,
  name         text NOT NULL,
  description  text NOT NULL,
  category     text NOT NULL,
  url          text NOT NULL,
  openapi      text NOT NULL,
  capabilities text NOT NULL,
  endpoints    text NOT NULL,
  depends_on   text NOT NULL,
  owner        text NOT NULL,
  metadata     text NOT NULL,
  status       text NOT NULL,
  cause        text NOT NULL,
  spec_hash    text NOT NULL,
  origin       text NOT NULL,
  registered   bigint NOT NULL,
  seen         bigint NOT NULL,
  version      bigint NOT NULL
);

-- +goose Down
DROP TABLE registry_services;
