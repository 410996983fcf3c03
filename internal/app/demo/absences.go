package demo

import (
	"encoding/json"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// absent 外出 of the week, with who stands in (ORG-24): S-LEAVE-01, S-ABS-02.
var absent = []struct{ who, from, until, standIn, reason string }{
	{"2202", "11-18 14:00", "11-18 17:30", "2201", "事假半天"},
	{"1002", "11-23 08:30", "11-25 17:30", "1006", "外出开会"},
}

func (s *stage) absences(tx *db.Tx) error {
	for _, a := range absent {
		who, err := s.cast.person(a.who)
		if err != nil {
			return err
		}
		standIn, err := s.cast.person(a.standIn)
		if err != nil {
			return err
		}
		row := org.Away{Person: who, From: s.days.on(a.from), Until: s.days.on(a.until), StandIn: standIn, Reason: a.reason}
		if err := org.Put(tx, &row); err != nil {
			return err
		}
	}
	return nil
}

// unfinished is the reviewer's checklist of S-OUT-02, five of eight answered and not yet sent: it is kept where the
// page keeps what is being filled in.
func (s *stage) unfinished(tx *db.Tx) error {
	who, err := s.cast.person(reviewerNumber)
	if err != nil {
		return err
	}
	matter, err := s.cast.matter(tx, "S-OUT-02")
	if err != nil {
		return err
	}
	at := s.days.to.At(presentClock).Add(-10 * time.Minute)
	value, err := json.Marshal(map[string]any{
		"saved_at": at, "content": map[string]any{"fields": map[string]any{"checklist": checklist[:5]}, "opinion": ""},
	})
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO drafts (person_id, key, value, at) VALUES (?,?,?,?)`, who, "matter:"+matter.String()+":pass", string(value), at)
	return err
}
