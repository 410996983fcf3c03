package archive

import (
	"encoding/json"
	"slices"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

const documentColumns = `m.id, m.kind, m.unit_id, m.number, m.title, m.party, m.party_number, m.secrecy, m.fields, m.version, m.state, m.sealed, m.custody,
	COALESCE((SELECT MAX(k.version) FROM packages k WHERE k.matter_id = m.id), 0)`

// finished reads the closed documents of a year that are in use, sealed ones left out.
func finished(tx *db.Tx, agency db.ID, year int) ([]document, error) {
	in, args := db.In(kinds)
	return readDocuments(tx, `SELECT `+documentColumns+` FROM matters m
		WHERE m.agency_id = ? AND m.year = ? AND m.state = 'closed' AND m.sealed = 0 AND m.custody = ? AND m.kind IN `+in+` ORDER BY m.id`,
		append([]any{agency, year, string(engine.InUse)}, args...))
}

// sources reads the documents that the lines of a list name, by their ids.
func sources(tx *db.Tx, list []item) (map[string]*document, error) {
	out := map[string]*document{}
	for part := range slices.Chunk(list, 500) {
		var ids []db.ID
		for _, r := range part {
			if id, err := db.ParseID(engine.TextIn(r, "source")); err == nil {
				ids = append(ids, id)
			}
		}
		in, args := db.In(ids)
		found, err := readDocuments(tx, `SELECT `+documentColumns+` FROM matters m WHERE m.id IN `+in, args)
		if err != nil {
			return nil, err
		}
		for i := range found {
			out[found[i].id.String()] = &found[i]
		}
	}
	return out, nil
}

func readDocuments(tx *db.Tx, text string, args []any) ([]document, error) {
	var out []document
	err := tx.Query(text, args, func(scan func(...any) error) error {
		var d document
		var fields string
		if err := scan(&d.id, &d.kind, &d.unit, &d.number, &d.title, &d.party, &d.partyNumber, &d.secrecy, &fields, &d.version, &d.state, &d.sealed,
			&d.custody, &d.packed); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(fields), &d.fields); err != nil {
			return err
		}
		out = append(out, d)
		return nil
	})
	return out, err
}

// inOtherFilings lists the items that stand in another filing of the agency not yet ended.
func inOtherFilings(tx *db.Tx, m *engine.Matter) (map[string]bool, error) {
	taken := map[string]bool{}
	err := tx.Query(`SELECT fields FROM matters WHERE agency_id = ? AND kind = ? AND state IN ('open', 'suspended') AND id <> ?`,
		[]any{m.Agency, m.Kind, m.ID}, func(scan func(...any) error) error {
			var text string
			if err := scan(&text); err != nil {
				return err
			}
			other := engine.Matter{}
			if err := json.Unmarshal([]byte(text), &other.Fields); err != nil {
				return err
			}
			for _, r := range items(&other) {
				source, _ := r["source"].(string)
				taken[source] = true
			}
			return nil
		})
	return taken, err
}

// nextItem is the number the next item of a class will get.
func nextItem(tx *db.Tx, agency db.ID, c class) (int, error) {
	var last int
	_, err := tx.Row(`SELECT COALESCE(MAX(seq), 0) FROM numbers WHERE agency_id = ? AND series = ? AND year = ?`,
		[]any{agency, c.prefix, c.year}, &last)
	return last + 1, err
}

// takeItem gives a number of a class away for good; the key of the table lets nobody take it twice.
func takeItem(tx *db.Tx, c *engine.Case, k class, seq int, code string) error {
	_, err := tx.Exec(`INSERT INTO numbers (agency_id, series, year, seq, text, matter_id, state, given_at, given_by)
		VALUES (?,?,?,?,?,?,'used',?,?)`, c.Matter.Agency, k.prefix, k.year, seq, code, c.Matter.ID, c.World.Now, c.Actor.Person)
	return err
}
