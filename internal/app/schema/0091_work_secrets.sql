-- +goose Up
-- Work secrets are told apart in every list, and who looked at them, printed or took a file is written down (SEC-38): in a
-- book of its own, for the journal holds what was done, and looking changes nothing.
ALTER TABLE matters ADD COLUMN work_secret INTEGER NOT NULL DEFAULT 0;

CREATE TABLE viewings (
  id        BIGINT PRIMARY KEY,
  matter_id BIGINT NOT NULL REFERENCES matters(id),
  person_id BIGINT NOT NULL,
  deed      TEXT NOT NULL,
  what      TEXT NOT NULL,
  address   TEXT NOT NULL,
  at        BIGINT NOT NULL
);
CREATE INDEX viewings_by_matter ON viewings (matter_id, id);
