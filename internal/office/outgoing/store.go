package outgoing

import (
	"encoding/json"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// numberUsed tells whether the register holds the number for the matter, not voided.
func numberUsed(tx *db.Tx, matter db.ID, text string) (bool, error) {
	var one int
	return tx.Row(`SELECT 1 FROM numbers WHERE matter_id = ? AND text = ? AND state = 'used'`, []any{matter, text}, &one)
}

// NumbersUsed counts by the year the documents an issuing name has given numbers to: its own series and that of its
// letters (函). Voided numbers do not count (DOC-OUT-35).
func NumbersUsed(tx *db.Tx, agency db.ID, code string, years ...int) (map[int]int, error) {
	return engine.UsedNumbers(tx, agency, []string{code, code + "函"}, years...)
}

// issued is a document as it stands in the register.
type issued struct {
	number, title string
	fields        map[string]any
}

func issuedDocument(tx *db.Tx, agency, matter db.ID) (*issued, error) {
	var d issued
	var text string
	found, err := tx.Row(`SELECT number, title, fields FROM matters WHERE id = ? AND agency_id = ? AND state = 'closed' AND number <> ''
		AND kind IN ('outgoing', 'joint-issue')`, []any{matter, agency}, &d.number, &d.title, &text)
	if err != nil || !found {
		return nil, err
	}
	return &d, json.Unmarshal([]byte(text), &d.fields)
}

func registeredIncoming(tx *db.Tx, agency, matter db.ID) (bool, error) {
	var one int
	return tx.Row(`SELECT 1 FROM matters WHERE id = ? AND agency_id = ? AND kind = 'incoming' AND sealed = 0`, []any{matter, agency}, &one)
}
