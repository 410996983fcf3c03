package apptest

import (
	"context"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// Directory is the organisation as it stands.
func (o *Office) Directory() *org.Directory {
	o.t.Helper()
	var dir *org.Directory
	o.read(func(tx *db.Tx) error {
		var err error
		dir, err = o.Book.Directory(tx)
		return err
	})
	return dir
}

func (o *Office) read(fn func(*db.Tx) error) {
	o.t.Helper()
	if err := o.DB.Read(context.Background(), fn); err != nil {
		o.t.Fatalf("读不出来：%v", err)
	}
}

func (o *Office) id(number string) db.ID {
	o.t.Helper()
	p := o.Directory().ByUsername(number)
	if p == nil {
		o.t.Fatalf("没有工号 %s", number)
	}
	return p.ID
}

// Person is the field value of a person, by staff number.
func (o *Office) Person(number string) string { o.t.Helper(); return o.id(number).String() }

// People is the field value of several people, by staff number.
func (o *Office) People(numbers ...string) []any {
	o.t.Helper()
	out := make([]any, len(numbers))
	for i, n := range numbers {
		out[i] = o.Person(n)
	}
	return out
}

// Unit is the field value of a unit, by name, of whatever agency.
func (o *Office) Unit(name string) string {
	o.t.Helper()
	dir := o.Directory()
	for _, a := range dir.Agencies() {
		for _, u := range dir.Units(a.ID) {
			if u.Name == name {
				return u.ID.String()
			}
		}
	}
	o.t.Fatalf("没有科室“%s”", name)
	return ""
}

// Units is the field value of several units, by name.
func (o *Office) Units(names ...string) []any {
	o.t.Helper()
	out := make([]any, len(names))
	for i, n := range names {
		out[i] = o.Unit(n)
	}
	return out
}

// Issuer is the field value of an issuing name, by 机关代字.
func (o *Office) Issuer(code string) string {
	o.t.Helper()
	dir := o.Directory()
	for _, a := range dir.Agencies() {
		for _, i := range dir.Issuers(a.ID) {
			if i.Code == code {
				return i.ID.String()
			}
		}
	}
	o.t.Fatalf("没有机关代字“%s”", code)
	return ""
}

// Names are the people's names, in the order given.
func (o *Office) Names(ids ...db.ID) []string {
	o.t.Helper()
	dir := o.Directory()
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = dir.Name(id)
	}
	return out
}

// Holders are the names of those who owe something to move the matter on.
func (o *Office) Holders(m db.ID) []string {
	o.t.Helper()
	return o.Names(o.Matter(m).Holders()...)
}

// Matter reads a matter as it stands, whoever may see it: it is looked at with the eyes of one who had a part in it.
func (o *Office) Matter(id db.ID) *engine.Matter {
	o.t.Helper()
	var m *engine.Matter
	o.read(func(tx *db.Tx) error {
		var someone db.ID
		_, err := tx.Row(`SELECT person_id FROM access WHERE matter_id = ? ORDER BY person_id`, []any{id}, &someone)
		if err != nil {
			return err
		}
		m, _, _, err = o.Engine.Look(tx, someone, id)
		return err
	})
	return m
}

// Away lets a person be absent from now until an instant, with a colleague standing in ("" for nobody).
func (o *Office) Away(number string, until time.Time, standIn, reason string) {
	o.t.Helper()
	a := org.Away{Person: o.id(number), From: o.Now(), Until: until, Reason: reason}
	if standIn != "" {
		a.StandIn = o.id(standIn)
	}
	err := o.DB.Write(context.Background(), func(tx *db.Tx) error { return org.Put(tx, &a) })
	if err != nil {
		o.t.Fatalf("外出没有登记：%v", err)
	}
}
