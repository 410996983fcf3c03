-- +goose Up
-- How people come in: when a password was set and which came before it (SEC-33), what a session came from, the second
-- step of logging in.

ALTER TABLE accounts ADD COLUMN password_at BIGINT NOT NULL DEFAULT 0;

CREATE TABLE old_passwords (
  person_id BIGINT NOT NULL REFERENCES people(id),
  at        BIGINT NOT NULL,
  password  TEXT NOT NULL,
  PRIMARY KEY (person_id, at)
);

ALTER TABLE sessions ADD COLUMN agent TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN means TEXT NOT NULL DEFAULT 'password';

CREATE TABLE second_steps (
  person_id BIGINT PRIMARY KEY REFERENCES people(id),
  secret    TEXT NOT NULL,
  since     BIGINT NOT NULL DEFAULT 0,
  last_step BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE recovery_codes (
  person_id BIGINT NOT NULL REFERENCES people(id),
  digest    TEXT NOT NULL,
  used_at   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (person_id, digest)
);
