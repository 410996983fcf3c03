-- +goose Up
-- What registers need beyond one matter at a time: time booked on a thing, balances of things, duties that come round,
-- and the office's own editions of procedures and clauses.

CREATE TABLE bookings (
  id        BIGINT PRIMARY KEY,
  agency_id BIGINT NOT NULL,
  thing_id  BIGINT NOT NULL,
  matter_id BIGINT NOT NULL REFERENCES matters(id),
  from_at   BIGINT NOT NULL,
  until_at  BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  ended_at  BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT booking_forward CHECK (until_at > from_at)
);
CREATE INDEX bookings_by_thing ON bookings (thing_id, until_at);
CREATE INDEX bookings_by_matter ON bookings (matter_id);

CREATE TABLE stock_moves (
  id        BIGINT PRIMARY KEY,
  agency_id BIGINT NOT NULL,
  thing_id  BIGINT NOT NULL,
  matter_id BIGINT NOT NULL REFERENCES matters(id),
  quantity  BIGINT NOT NULL,
  balance   BIGINT NOT NULL,
  at        BIGINT NOT NULL,
  CONSTRAINT stock_not_negative CHECK (balance >= 0)
);
CREATE INDEX stock_by_thing ON stock_moves (thing_id, id);

CREATE TABLE recurrences (
  agency_id BIGINT NOT NULL,
  duty      TEXT NOT NULL,
  day       TEXT NOT NULL,
  matter_id BIGINT NOT NULL,
  CONSTRAINT recurrence_once PRIMARY KEY (agency_id, duty, day)
);

CREATE TABLE own_procedures (
  kind       TEXT NOT NULL,
  edition    INTEGER NOT NULL,
  source     TEXT NOT NULL,
  active     INTEGER NOT NULL,
  at         BIGINT NOT NULL,
  by_id      BIGINT NOT NULL,
  PRIMARY KEY (kind, edition)
);

CREATE TABLE own_clauses (
  id      TEXT NOT NULL,
  edition INTEGER NOT NULL,
  text    TEXT NOT NULL,
  params  TEXT NOT NULL,
  since   TEXT NOT NULL,
  reason  TEXT NOT NULL DEFAULT '',
  at      BIGINT NOT NULL,
  by_id   BIGINT NOT NULL,
  PRIMARY KEY (id, edition)
);
INSERT INTO revisions (name, number) VALUES ('rules', 1);
