-- +goose Up
-- How many numbers of a series were used in a year, for the yearly quotas: counted from the index alone.
CREATE INDEX numbers_used ON numbers (agency_id, series, year) WHERE state = 'used';
