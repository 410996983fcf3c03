-- +goose Up
-- What the guard of secrets refused is few among all that was done, and read apart from it.
CREATE INDEX journal_refusals ON journal (chain, seq) WHERE topic = 'secrecy';
