-- +goose Up
-- What the statistics show is kept, not counted anew: each action changes the figures it bears on, in its own transaction
-- (engine/figures.go). Of matters by the month, 202611; of what people handled by the year, 202600. Sealed matters are in
-- none. first_id is no later than the first matter that is counted in a line.
CREATE TABLE figures (
  agency_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  period    INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  unit_id   BIGINT NOT NULL,
  received  BIGINT NOT NULL,
  closed    BIGINT NOT NULL,
  late      BIGINT NOT NULL,
  worked_ms BIGINT NOT NULL,
  pending   BIGINT NOT NULL,
  first_id  BIGINT NOT NULL,
  PRIMARY KEY (agency_id, person_id, period, kind, unit_id)
) WITHOUT ROWID; -- only sqlite
); -- only postgres
CREATE INDEX figures_pending ON figures (agency_id, person_id, period, kind, unit_id, pending, first_id) WHERE pending <> 0;

-- Documents issued in a year are counted from the index alone.
DROP INDEX numbers_by_matter;
CREATE INDEX numbers_by_matter ON numbers (matter_id, state, given_at);
