-- +goose Up
ALTER TABLE runs ADD COLUMN request_key TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE runs DROP COLUMN request_key;
