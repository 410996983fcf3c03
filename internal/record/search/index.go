package search

import (
	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// Put makes the text findable under the id, in place of what was there, in the transaction of the change itself.
func Put(tx *db.Tx, id db.ID, text string) error {
	if tx.Dialect() == db.Postgres {
		_, err := tx.Exec(`INSERT INTO matter_text (id, tokens) VALUES (?, array_to_tsvector(string_to_array(CAST(? AS text), ' ')))
			ON CONFLICT (id) DO UPDATE SET tokens = excluded.tokens`, id, Tokens(text))
		return err
	}
	if _, err := tx.Exec(`DELETE FROM matter_text WHERE rowid = ?`, id); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO matter_text (rowid, tokens) VALUES (?, ?)`, id, Tokens(text))
	return err
}

// Clear empties the index before it is built anew.
func Clear(tx *db.Tx) error {
	if tx.Dialect() == db.Postgres {
		_, err := tx.Exec(`DELETE FROM matter_text`)
		return err
	}
	_, err := tx.Exec(`INSERT INTO matter_text (matter_text) VALUES ('delete-all')`)
	return err
}

// Where is the condition that a matter's text holds every word of the query: SQL over m.id and its argument.
func (q Query) Where(dialect db.Dialect) (string, any) {
	if dialect == db.Postgres {
		return `m.id IN (SELECT id FROM matter_text WHERE tokens @@ CAST(CAST(? AS text) AS tsquery))`, q.TSQuery()
	}
	return `m.id IN (SELECT rowid FROM matter_text WHERE matter_text MATCH ?)`, q.FTS5()
}
