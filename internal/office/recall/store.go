package recall

import (
	"encoding/json"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

const loanKind = "document-loan"

// held 在手文件 is a document a person has on loan or in hand.
type held struct {
	matter, person                   db.ID
	kind, title, number, partyNumber string
	fields                           map[string]any
}

// inHand reads the open loans and the incoming and circulated documents somebody holds; nobody means everybody.
func inHand(tx *db.Tx, agency, person db.ID) ([]held, error) {
	var out []held
	who, args := "", []any{agency}
	if person != 0 {
		who, args = "AND t.person_id = ?", append(args, person)
	}
	err := tx.Query(`SELECT m.id, t.person_id, m.kind, m.title, m.number, m.party_number, m.fields FROM tasks t JOIN matters m ON m.id = t.matter_id
		WHERE m.agency_id = ? `+who+` AND t.state = 'open' AND t.role = 'handle' AND m.sealed = 0
		AND (m.kind = 'document-loan' AND m.step = 'out' OR m.kind IN ('incoming', 'circulation')) ORDER BY t.person_id, m.id`,
		args, func(scan func(...any) error) error {
			var h held
			var fields string
			if err := scan(&h.matter, &h.person, &h.kind, &h.title, &h.number, &h.partyNumber, &fields); err != nil {
				return err
			}
			if err := json.Unmarshal([]byte(fields), &h.fields); err != nil {
				return err
			}
			out = append(out, h)
			return nil
		})
	return out, err
}
