package demo

import (
	"encoding/json"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

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
