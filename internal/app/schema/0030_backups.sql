-- +goose Up
-- The book of backups (OA-30): when each was made, what is in it, what its trial restore found. A line is never removed;
-- when its file is let go to make room, it says so.

CREATE TABLE backups (
  id         BIGINT PRIMARY KEY,
  night      TEXT NOT NULL DEFAULT '',
  folder     TEXT NOT NULL,
  file       TEXT NOT NULL,
  base       TEXT NOT NULL DEFAULT '',
  state      TEXT NOT NULL,
  fault      TEXT NOT NULL DEFAULT '',
  by_id      BIGINT NOT NULL DEFAULT 0,
  begun_at   BIGINT NOT NULL,
  alive_at   BIGINT NOT NULL,
  ended_at   BIGINT NOT NULL DEFAULT 0,
  removed_at BIGINT NOT NULL DEFAULT 0,
  stage      TEXT NOT NULL DEFAULT '',
  done       BIGINT NOT NULL DEFAULT 0,
  whole      BIGINT NOT NULL DEFAULT 0,
  size       BIGINT NOT NULL DEFAULT 0,
  files      BIGINT NOT NULL DEFAULT 0,
  kept_rows  BIGINT NOT NULL DEFAULT 0,
  entries    BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT backup_state CHECK (state IN ('running','good','failed'))
);
CREATE INDEX backups_by_state ON backups (state, ended_at);
CREATE UNIQUE INDEX backups_one_a_night ON backups (night) WHERE night <> '';
INSERT INTO settings (name, value) VALUES ('backup', '{"on":true,"at":"02:00","folder":"","keep":14}');
