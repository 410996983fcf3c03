-- +goose Up
-- Uploads that came to nothing are let go (app/sweep): first the row, two days later the bytes, if nothing has them then.
CREATE TABLE let_go (
  digest TEXT PRIMARY KEY,
  at     BIGINT NOT NULL,
  going  INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX files_unattached ON files (uploader_id, at, size) WHERE matter_id = 0;
CREATE INDEX files_by_digest ON files (digest);
