// Package today 今天 tells a person what this day holds for them: the meetings they call, attend or serve, and the time
// that is booked for them, of rooms, cars and leaders alike (CAL-01, RPT-07, ROOM-02, CAR-09).
//
// Whatever books time is found by its booking; what books none is held on the day that its definition names (held), which
// the engine keeps. It writes nothing. Invariant: what one may not see is not there, and of what one may see only that
// which names one.
package today

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// Entry 今天的一项 is one thing of the day. From and Until are zero where only the day is known; Where is the place, or
// else what was booked.
type Entry struct {
	Matter      db.ID
	Kind        string
	Title       string
	From, Until time.Time
	Where       string
}

// most are read of what an office has booked for a day.
const most = 500

// Of lists what a person's day holds, by time; what has no hour comes first.
func Of(tx *db.Tx, e *engine.Engine, a engine.Actor, w engine.World) ([]Entry, error) {
	booked, err := booked(tx, e, a, w)
	if err != nil {
		return nil, err
	}
	held, err := held(tx, e, a, w)
	out := slices.Concat(booked, held)
	slices.SortFunc(out, func(x, y Entry) int { return cmp.Or(x.From.Compare(y.From), cmp.Compare(x.Matter, y.Matter)) })
	return out, err
}

// line is one row of either question.
type line struct {
	Entry
	definition string // the version it began with
	starter    db.ID
	fields     map[string]any
}

func booked(tx *db.Tx, e *engine.Engine, a engine.Actor, w engine.World) ([]Entry, error) {
	var out []Entry
	seen, of := e.Seen(a, w)
	args := append([]any{w.Dir.Person(a.Person).Agency, w.Today().At(0), (w.Today() + 1).At(0)}, of...)
	err := tx.Query(`SELECT m.id, m.kind, m.definition, m.title, m.starter_id, m.fields, b.from_at, b.until_at, t.title FROM bookings b
		JOIN matters m ON m.id = b.matter_id JOIN matters t ON t.id = b.thing_id
		WHERE b.agency_id = ? AND b.until_at > ? AND b.from_at < ? AND b.ended_at = 0 AND `+seen+` ORDER BY b.until_at LIMIT ?`,
		append(args, most), func(scan func(...any) error) error {
			var from, until int64
			var thing string
			l, err := read(scan, &from, &until, &thing)
			if err != nil || !l.names(e, w, a.Person) {
				return err
			}
			l.From, l.Until, l.Where = db.Time(from), db.Time(until), cmp.Or(l.Where, thing)
			out = append(out, l.Entry)
			return nil
		})
	return out, err
}

// held reads what is called for today: begun, sent on and not over yet. The engine keeps of each on which day it is held.
func held(tx *db.Tx, e *engine.Engine, a engine.Actor, w engine.World) ([]Entry, error) {
	var lines []line
	seen, of := e.Seen(a, w)
	args := append([]any{w.Dir.Person(a.Person).Agency, w.Today()}, of...)
	err := tx.Query(`SELECT m.id, m.kind, m.definition, m.title, m.starter_id, m.fields FROM matters m
		WHERE m.agency_id = ? AND m.held_on = ? AND m.held_on <> '' AND `+seen, args, func(scan func(...any) error) error {
		l, err := read(scan)
		if err == nil && l.names(e, w, a.Person) {
			lines = append(lines, l)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	var out []Entry
	for _, l := range lines {
		p, err := e.Procedure(tx, &engine.Matter{Kind: l.Kind, Definition: l.definition})
		if err != nil {
			return nil, err
		}
		_, l.From = p.When(l.fields)
		out = append(out, l.Entry)
	}
	return out, nil
}

func read(scan func(...any) error, more ...any) (line, error) {
	var l line
	var text string
	err := scan(append([]any{&l.Matter, &l.Kind, &l.definition, &l.Title, &l.starter, &text}, more...)...)
	if err == nil {
		err = json.Unmarshal([]byte(text), &l.fields)
	}
	l.Where, _ = l.fields["place"].(string)
	return l, err
}

// names tells whether a matter speaks of a person: as the one who began it, by name, or as head of a unit it asks.
func (l line) names(e *engine.Engine, w engine.World, person db.ID) bool {
	p := e.Catalogue().Last(l.Kind)
	if p == nil || l.starter == person {
		return l.starter == person
	}
	for i := range p.Fields {
		f := &p.Fields[i]
		for _, id := range engine.IDs(l.fields[f.Key]) {
			switch f.Type {
			case engine.Person, engine.People:
				if id == person {
					return true
				}
			case engine.Units:
				if w.Dir.Head(id) == person {
					return true
				}
			}
		}
	}
	return false
}
