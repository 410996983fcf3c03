-- +goose Up
-- What only one process on this database may have at a time: a job under way, a number among the nodes. The end is by
-- the database's own clock.

CREATE TABLE leases (
  name     TEXT PRIMARY KEY,
  holder   TEXT NOT NULL,
  until_at BIGINT NOT NULL
);
