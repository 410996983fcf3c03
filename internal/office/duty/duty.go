// Package duty 值班 tells who is on duty now.
//
// It knows the steps and fields of the procedure duty-shift and reads its open matters; it writes nothing. What a shift
// wrote down is for those who may see its matter; who sits there, and under which leader, is no secret in the house
// (DUTY-01).
package duty

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// Shift 班次 is one that was signed in and not taken over yet. Day is written as 2026-11-18; Officer 值班员 and Leader
// 带班领导 are 0 where nobody is named.
type Shift struct {
	Matter  db.ID
	Day     string
	Name    string
	Officer db.ID
	Leader  db.ID
}

// Now lists the shifts on duty in an agency, the latest first.
func Now(tx *db.Tx, agency db.ID) ([]Shift, error) {
	var out []Shift
	err := tx.Query(`SELECT m.id, m.fields FROM matters m WHERE m.agency_id = ? AND m.kind = 'duty-shift' AND m.step IN ('on-duty','leader-sign','take-over')
		AND m.state IN ('open','suspended')`, []any{agency}, func(scan func(...any) error) error {
		var id db.ID
		var text string
		if err := scan(&id, &text); err != nil {
			return err
		}
		var f struct {
			Day     string `json:"day"`
			Shift   string `json:"shift"`
			Officer string `json:"officer"`
			Leader  string `json:"head_of_shift"`
		}
		if err := json.Unmarshal([]byte(text), &f); err != nil {
			return err
		}
		officer, _ := db.ParseID(f.Officer) // nobody, where it names nobody
		leader, _ := db.ParseID(f.Leader)
		out = append(out, Shift{id, f.Day, f.Shift, officer, leader})
		return nil
	})
	slices.SortFunc(out, func(a, b Shift) int { return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(b.Matter, a.Matter)) })
	return out, err
}
