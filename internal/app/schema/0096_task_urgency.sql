-- +goose Up
-- A task carries the urgency of its matter, so that what somebody owes is put in its order from one index.
ALTER TABLE tasks ADD COLUMN urgency TEXT NOT NULL DEFAULT '';
UPDATE tasks SET urgency = (SELECT m.urgency FROM matters m WHERE m.id = tasks.matter_id) WHERE state IN ('open', 'queued');
DROP INDEX tasks_open;
CREATE INDEX tasks_open ON tasks (person_id, role, due_at, id, kind, step, matter_id, urgency) WHERE state = 'open';
