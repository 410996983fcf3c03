-- +goose Up
-- The full-text index read the other way: which terms stand for which matter, so that it can be held against the matters.

CREATE VIRTUAL TABLE matter_text_terms USING fts5vocab('matter_text', 'instance'); -- only sqlite
CREATE VIEW matter_text_terms AS SELECT id AS doc, unnest(tsvector_to_array(tokens)) AS term FROM matter_text; -- only postgres
