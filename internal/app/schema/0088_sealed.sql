-- +goose Up
-- Sealed matters are few, and asked for by name: who stands in for another does not see them.
CREATE INDEX matters_sealed ON matters (id) WHERE sealed = 1;
