-- +goose Up
-- What everyone in an office has in hand is counted person by person from what each owes; the index that held the same
-- once more was written by every task and read by one page.
DROP INDEX tasks_of_office;
