-- +goose Up
-- The day on which a matter is held, for what is under way and has been sent on, kept by every action (engine/held.go), so
-- that the workbench finds what today holds without reading what the office has under way. Which field says it stands in the
-- definition each matter began with: what was there before is filled by the program when it first starts.
ALTER TABLE matters ADD COLUMN held_on TEXT NOT NULL DEFAULT '';
CREATE INDEX matters_held ON matters (agency_id, held_on) WHERE held_on <> '';

-- A series runs without a gap: what was used of it is what was given less what was struck out, which is little.
DROP INDEX numbers_used;
CREATE INDEX numbers_void ON numbers (agency_id, series, year) WHERE state = 'void';
