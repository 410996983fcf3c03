package gathering

import (
	"encoding/json"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/workday"
)

// source 来源 is a matter that may be gathered.
type source struct {
	id, unit      db.ID
	title, number string
	fields        map[string]any
}

// lookBack bounds how long before its day a matter may have been begun.
const lookBack = 400

// registered reads the numbered matters of a kind. Days stand in the fields, where the two databases have no common
// language, so they are compared by the caller. What only its addressee may see is left out.
func registered(tx *db.Tx, agency db.ID, kind string, since workday.Day) ([]source, error) {
	var out []source
	err := tx.Query(`SELECT m.id, m.unit_id, m.title, m.number, m.fields FROM matters m WHERE m.agency_id = ? AND m.kind = ?
		AND m.number <> '' AND m.state <> 'void' AND m.sealed = 0 AND m.created_at >= ? ORDER BY m.id`,
		[]any{agency, kind, (since - lookBack).At(0)}, func(scan func(...any) error) error {
			var s source
			var fields string
			if err := scan(&s.id, &s.unit, &s.title, &s.number, &fields); err != nil {
				return err
			}
			if err := json.Unmarshal([]byte(fields), &s.fields); err != nil {
				return err
			}
			out = append(out, s)
			return nil
		})
	return out, err
}
