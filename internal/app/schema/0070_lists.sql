-- +goose Up
-- Lists at a million matters: every list is read from an index that already lies in its order, and counts are taken
-- from the index alone (docs/speed.md). An index of what is open holds only what is open.

-- Who may see what is asked by kind: a register is read from the reader's own rows.
DROP INDEX access_by_matter;
ALTER TABLE access RENAME TO access_before;
CREATE TABLE access (
  matter_id BIGINT NOT NULL REFERENCES matters(id),
  person_id BIGINT NOT NULL REFERENCES people(id),
  kind      TEXT NOT NULL,
  why       TEXT NOT NULL,
  PRIMARY KEY (person_id, kind, matter_id)
) WITHOUT ROWID; -- only sqlite
); -- only postgres
INSERT INTO access (matter_id, person_id, kind, why)
  SELECT a.matter_id, a.person_id, m.kind, a.why FROM access_before a JOIN matters m ON m.id = a.matter_id;
DROP TABLE access_before;
CREATE INDEX access_by_matter ON access (matter_id, person_id);

-- Registers: the book in its order with what its filters and its count look at, and the orders it may be sorted by.
DROP INDEX matters_register;
CREATE INDEX matters_register ON matters (agency_id, kind, year, seq, id, number, state, step, sealed, unit_id);
DROP INDEX matters_by_title;
CREATE INDEX matters_by_title ON matters (agency_id, kind, title, id);
DROP INDEX matters_by_party_number;
CREATE INDEX matters_by_party_number ON matters (agency_id, kind, party_number, id);
CREATE INDEX matters_by_party ON matters (agency_id, kind, party, id);
CREATE INDEX matters_by_due ON matters (agency_id, kind, due_at, id);
CREATE INDEX matters_by_closing ON matters (agency_id, kind, closed_at, id);

-- Statistics: what came in a span of time, what was closed in it, what is open.
DROP INDEX matters_open_due;
CREATE INDEX matters_made ON matters (agency_id, created_at, kind, state, number, unit_id, sealed, closed_at, due_at, id);
CREATE INDEX matters_closed ON matters (agency_id, closed_at, kind, state, created_at, due_at, unit_id, sealed, id) WHERE state = 'closed';
CREATE INDEX matters_open ON matters (agency_id, kind, due_at, state, number, step, unit_id, sealed, created_at, id) WHERE state IN ('open','suspended');

-- The workbench: what one began, what one owes, what one has done, what the office has in hand.
DROP INDEX matters_by_starter;
CREATE INDEX matters_waiting ON matters (starter_id, due_at, changed_at, id, kind, step) WHERE state IN ('open','suspended');
DROP INDEX tasks_by_person;
CREATE INDEX tasks_open ON tasks (person_id, role, due_at, id, kind, step, matter_id) WHERE state = 'open';
CREATE INDEX tasks_of_office ON tasks (agency_id, role, person_id, due_at, kind, step) WHERE state = 'open';
DROP INDEX tasks_done;
CREATE INDEX tasks_done ON tasks (person_id, done_at, id, kind, matter_id) WHERE state = 'done';
DROP INDEX tasks_alarm;
CREATE INDEX tasks_alarm ON tasks (alarm_at) WHERE state = 'open' AND alarm_at > 0;
CREATE INDEX notices_recent ON notices (person_id, id);

-- What else grows: time booked, and the record as the auditor asks for it. Nearly all of it is about matters; what is not
-- has an index of its own.
CREATE INDEX bookings_by_time ON bookings (agency_id, until_at);
CREATE INDEX journal_by_actor ON journal (chain, actor_id, seq);
CREATE INDEX journal_by_topic ON journal (chain, topic, seq) WHERE topic <> 'matter';
