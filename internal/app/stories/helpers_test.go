package stories_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office/periodic"
)

// read looks into the books of the office.
func read(t *testing.T, o *apptest.Office, look func(*db.Tx) error) {
	t.Helper()
	if err := o.DB.Read(context.Background(), look); err != nil {
		t.Fatal(err)
	}
}

// book reads the register of a kind as a person's page does: all its lines, and what they refer to.
func book(t *testing.T, o *apptest.Office, who, kind string, look func(*engine.Procedure, []*engine.Matter, engine.World) error) {
	t.Helper()
	read(t, o, func(tx *db.Tx) error {
		w, err := o.Engine.World(tx)
		if err != nil {
			return err
		}
		p := o.Engine.Catalogue().Last(kind)
		lines, _, err := o.Engine.Lines(tx, p, w.ActorOf(o.Directory().ByUsername(who).ID), w, engine.LineQuery{})
		if err != nil {
			return err
		}
		if w.Refs, err = engine.Named(tx, p, lines); err != nil {
			return err
		}
		return look(p, lines, w)
	})
}

// notices are the texts of a person's reminders, one a line.
func notices(o *apptest.Office, number string) string {
	var all []string
	person := o.Directory().ByUsername(number)
	err := o.DB.Read(context.Background(), func(tx *db.Tx) error {
		return tx.Query(`SELECT text FROM notices WHERE person_id = ? ORDER BY id`, []any{person.ID}, func(scan func(...any) error) error {
			var text string
			err := scan(&text)
			all = append(all, text)
			return err
		})
	})
	if err != nil {
		return err.Error()
	}
	return strings.Join(all, "\n")
}

// forget takes a value out of a matter behind the office's back, as an older import might have left it.
func forget(o *apptest.Office, id db.ID, field string) error {
	m := o.Matter(id)
	delete(m.Fields, field)
	text, err := json.Marshal(m.Fields)
	if err != nil {
		return err
	}
	return o.DB.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE matters SET fields = ? WHERE id = ?`, string(text), id)
		return err
	})
}

// begunDuties lets the periodic duties whose time has come begin, and gives the names of all that have begun so far.
func begunDuties(t *testing.T, o *apptest.Office) map[string]bool {
	t.Helper()
	err := o.DB.Write(context.Background(), func(tx *db.Tx) error {
		_, err := periodic.Begin(tx, o.Engine, o.Duties)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	begun := map[string]bool{}
	read(t, o, func(tx *db.Tx) error {
		return tx.Query(`SELECT m.title FROM recurrences r JOIN matters m ON m.id = r.matter_id`, nil, func(scan func(...any) error) error {
			var title string
			err := scan(&title)
			name, _, _ := strings.Cut(title, "（")
			begun[name] = true
			return err
		})
	})
	return begun
}
