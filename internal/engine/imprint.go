package engine

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"slices"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/file"
)

// What an action leaves in the tables beside the fields is held by the journal as well, so that a row written past the
// door shows (OA-29): of the matter's other columns and of its tasks there is a digest in the entry, of each file that was
// attached the digest of its bytes. Digests, because the entry need not say all this twice; it must only be able to tell.
//
// What changes without an action is in none of them: that a holder has opened a task, when its alarm rings next. Nor are
// ids of tasks: a digest is of what a task says, in the order the tasks were made. A script that changes one of these
// columns in a database that is there already must take the column out here, under another name of the digest.

// Attached 附上的附件 is a file as it was when it was put into a matter.
type Attached struct {
	ID     db.ID  `json:"id"`
	Name   string `json:"name"`
	Digest string `json:"digest"`
	Of     db.ID  `json:"of,omitempty"` // the matter it belongs to, if it is another
}

// imprint 印记 is 128 bits of SM3: enough that nobody finds other values for it.
func imprint(values any) (string, error) {
	raw, err := json.Marshal(values)
	if err != nil {
		return "", err
	}
	h := sm3.Sum(raw)
	return base64.RawStdEncoding.EncodeToString(h[:16]), nil
}

// rest is the imprint of the columns that neither the entry nor the fields say.
func (m *Matter) rest() (string, error) {
	trail := slices.Clone(m.Trail)
	for i := range trail {
		trail[i].At = trail[i].At.In(db.Location).Truncate(time.Millisecond)
	}
	if trail == nil {
		trail = []Hop{}
	}
	return imprint([]any{
		m.Agency, m.Kind, m.Definition, m.Year, m.Seq, m.Party, m.Sealed, m.Starter, m.Unit, db.Millis(m.Created), db.Millis(m.Changed),
		db.Millis(m.Closed), db.Millis(m.Due), db.Millis(m.Paused), trail,
	})
}

// owed is the imprint of a matter's tasks.
func (m *Matter) owed() (string, error) {
	tasks := slices.SortedFunc(slices.Values(m.Tasks), func(a, b Task) int { return cmp.Compare(a.ID, b.ID) })
	rows := make([][]any, len(tasks))
	for i, t := range tasks {
		rows[i] = []any{
			t.Step, t.Role, t.Person, t.State, t.Order, db.Millis(t.Arrived), db.Millis(t.Due), db.Millis(t.Warn), t.Provisional, t.Urged,
			db.Millis(t.Done), t.DoneBy, t.Action, t.GivenBy,
		}
	}
	return imprint(rows)
}

// imprinted puts into an act what it leaves in the tables.
func (c *Case) imprinted(tx *db.Tx, act *Act) (err error) {
	act.State = c.Matter.State
	if act.Rest, err = c.Matter.rest(); err != nil {
		return err
	}
	if act.Owed, err = c.Matter.owed(); err != nil {
		return err
	}
	act.Files, err = c.attach(tx)
	return err
}

// attach ties the files that an action puts into the matter to it, if they belong to none yet: from then on whoever sees
// the matter sees them. It gives them as they are.
func (c *Case) attach(tx *db.Tx) ([]Attached, error) {
	stood := fileIDs(c.Procedure, c.Before.Fields)
	var out []Attached
	for _, id := range slices.Concat(fileIDs(c.Procedure, c.Matter.Fields), fileIDs(c.Procedure, c.Input)) {
		if slices.Contains(stood, id) {
			continue
		}
		stood = append(stood, id)
		if _, err := tx.Exec(`UPDATE files SET matter_id = ? WHERE id = ? AND matter_id = 0 AND uploader_id = ?`, c.Matter.ID, id, c.Actor.Person); err != nil {
			return nil, err
		}
		f, err := file.Get(tx, id)
		if err != nil {
			return nil, err
		}
		if f == nil { // carried from a matter of before there were rows of it
			continue
		}
		a := Attached{ID: id, Name: f.Name, Digest: f.Digest}
		if f.Matter != c.Matter.ID {
			a.Of = f.Matter
		}
		out = append(out, a)
	}
	return out, nil
}
