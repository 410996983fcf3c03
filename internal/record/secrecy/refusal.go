package secrecy

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

// Refusal 拦截 is one text that the guard turned away: where it was to be stored and under which clauses it was not. What
// it said is nowhere in it (SEC-29).
type Refusal struct {
	Place   string   `json:"kind"`             // the kind of the matter; draft or file where there is none yet
	Action  string   `json:"action,omitempty"` // its name
	Number  string   `json:"number,omitempty"` // of the matter, if it has one
	Clauses []string `json:"clauses"`

	Person db.ID     `json:"-"`
	At     time.Time `json:"-"`
}

func (r *Refusal) Error() string { return "the guard of secrets refused a text for " + r.Place }

// The places that are no matter yet.
const (
	Draft  = "draft"
	Upload = "file"
)

const topic = "secrecy"

// Refused is the error the user reads, which carries the refusal to where it is recorded.
func Refused(text string, r Refusal, reasons []errs.Reason) *errs.Error {
	for _, why := range reasons {
		if !slices.Contains(r.Clauses, why.Clause) {
			r.Clauses = append(r.Clauses, why.Clause)
		}
	}
	return errs.Refuse(text, reasons...).Because(&r)
}

// again is how soon the same refusal of the same person is the same one: a page saves its draft every few seconds.
const again = 10 * time.Minute

// Note records the refusal an error carries, if it carries one, and gives the error back. It writes in a transaction of
// its own: the one that was refused is gone. A refusal that cannot be recorded is the record's error instead.
func Note(ctx context.Context, d *db.DB, person db.ID, err error) error {
	var r *Refusal
	if !errors.As(err, &r) {
		return err
	}
	if noted := d.Write(ctx, func(tx *db.Tx) error { return Record(tx, person, r) }); noted != nil {
		return noted
	}
	return err
}

// Record writes a refusal into the journal of the person's agency; the same one within ten minutes is written once.
func Record(tx *db.Tx, person db.ID, r *Refusal) error {
	var agency db.ID
	if _, err := tx.Row(`SELECT agency_id FROM people WHERE id = ?`, []any{person}, &agency); err != nil {
		return err
	}
	if same, err := lately(tx, agency, person, r); same || err != nil {
		return err
	}
	return journal.Append(tx, journal.Entry{Chain: agency, Topic: topic, Actor: person, Action: "refused"}, r)
}

func lately(tx *db.Tx, agency, person db.ID, r *Refusal) (bool, error) {
	last, _, err := Refusals(tx, agency, 0, 1)
	if err != nil || len(last) == 0 {
		return false, err
	}
	before, _ := json.Marshal(last[0]) // a struct of strings
	now, _ := json.Marshal(r)
	return last[0].Person == person && tx.Now.Sub(last[0].At) < again && bytes.Equal(before, now), nil
}

// Refusals lists an agency's refusals, the newest first, and how many there are.
func Refusals(tx *db.Tx, agency db.ID, offset, limit int) (out []Refusal, total int, err error) {
	const of = ` FROM journal WHERE chain = ? AND topic = 'secrecy'`
	if _, err = tx.Row(`SELECT COUNT(*)`+of, []any{agency}, &total); err != nil || total == 0 {
		return nil, total, err
	}
	err = tx.Query(`SELECT body`+of+` ORDER BY seq DESC LIMIT ? OFFSET ?`, []any{agency, limit, offset}, func(scan func(...any) error) error {
		var body []byte
		if err := scan(&body); err != nil {
			return err
		}
		var e journal.Entry
		if err := json.Unmarshal(body, &e); err != nil {
			return err
		}
		r := Refusal{Person: e.Actor, At: e.At}
		err := json.Unmarshal(e.Content, &r)
		out = append(out, r)
		return err
	})
	return out, total, err
}
