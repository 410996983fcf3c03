package archive

import (
	"encoding/json"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// finished reads the closed documents of a year, sealed ones left out.
func finished(tx *db.Tx, agency db.ID, year int) ([]document, error) {
	var out []document
	in, args := db.In(kinds)
	err := tx.Query(`SELECT id, kind, unit_id, number, title, party, party_number, secrecy, fields FROM matters
		WHERE agency_id = ? AND year = ? AND state = 'closed' AND sealed = 0 AND kind IN `+in+` ORDER BY id`,
		append([]any{agency, year}, args...), func(scan func(...any) error) error {
			var d document
			var fields string
			if err := scan(&d.id, &d.kind, &d.unit, &d.number, &d.title, &d.party, &d.partyNumber, &d.secrecy, &fields); err != nil {
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
