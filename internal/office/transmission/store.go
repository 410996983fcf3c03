package transmission

import (
	"encoding/json"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/workday"
)

// electronic is how the ledgers call what comes and goes by the channel.
const electronic = "电子传输"

// begunBefore bounds how many days before it was sent or received a document may have been begun.
const begunBefore = 120

// ledgerLines reads what the ledgers of an agency hold of electronic documents between two days. What only its addressee
// may see, and what was voided, is left out.
func ledgerLines(tx *db.Tx, agency db.ID, since, until workday.Day) ([]*line, error) {
	var out []*line
	err := tx.Query(`SELECT id, kind, number, title, fields FROM matters WHERE agency_id = ? AND kind IN ('incoming', 'outgoing', 'joint-issue')
		AND created_at >= ? AND created_at < ? AND state <> 'void' AND sealed = 0 ORDER BY id`,
		[]any{agency, (since - begunBefore).At(0), (until + 1).At(0)}, func(scan func(...any) error) error {
			var id db.ID
			var kind, number, title, text string
			if err := scan(&id, &kind, &number, &title, &text); err != nil {
				return err
			}
			m := engine.Matter{ID: id, Kind: kind, Number: number, Title: title}
			if err := json.Unmarshal([]byte(text), &m.Fields); err != nil {
				return err
			}
			for _, l := range linesOf(&m) {
				if at, err := time.Parse(time.RFC3339, l.at); err == nil && between(at, since, until) {
					out = append(out, l)
				}
			}
			return nil
		})
	return out, err
}

// linesOf are a document's lines: itself if it came by the channel, the receivers it was sent to by the channel.
func linesOf(m *engine.Matter) []*line {
	f := m.Fields
	if m.Kind == "incoming" {
		if f["channel"] != electronic {
			return nil
		}
		return []*line{{
			direction: received, party: engine.TextIn(f, "sender"), number: engine.TextIn(f, "sender_number"), title: m.Title,
			transfer: engine.TextIn(f, "transfer_number"), at: engine.TextIn(f, "received_at"), matter: m.ID,
		}}
	}
	var out []*line
	for _, r := range m.Rows("distribution") {
		if r["channel"] == electronic {
			out = append(out, &line{
				direction: sent, party: engine.TextIn(r, "unit"), number: m.Number, title: m.Title,
				transfer: engine.TextIn(r, "transfer_number"), at: engine.TextIn(f, "sent_at"), matter: m.ID,
			})
		}
	}
	return out
}

func between(at time.Time, since, until workday.Day) bool {
	day := workday.DayOf(at)
	return since <= day && day <= until
}
