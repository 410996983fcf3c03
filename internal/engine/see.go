package engine

import (
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// Who may see a matter (SEC-30) is said once, here, and twice in form: maySee for one matter and seen for lists. A property
// test holds them together.
//
// A person sees a matter if they have or had a part in it (a task, a reading, its beginning), or stand in today for
// someone who has; or if it is of their own agency, not sealed, and they hold a duty that sees every matter of the
// kind, or head the unit it belongs to. Administrators see none (OA-27). What may not be seen is not found.

func (e *Engine) maySee(tx *db.Tx, m *Matter, a Actor, w World) (bool, error) {
	part, err := hasPart(tx, m, a)
	if part || err != nil {
		return part, err
	}
	who := w.Dir.Person(a.Person)
	if who == nil || who.Agency != m.Agency || m.Sealed {
		return false, nil
	}
	for _, kind := range e.kindsSeen(w.Dir, who) {
		if kind == m.Kind {
			return true, nil
		}
	}
	return w.Dir.Head(m.Unit) == a.Person, nil
}

func hasPart(tx *db.Tx, m *Matter, a Actor) (bool, error) {
	people := []db.ID{a.Person}
	if !m.Sealed {
		people = append(people, a.StandsIn...)
	}
	in, args := db.In(people)
	var one int
	return tx.Row(`SELECT 1 FROM access WHERE matter_id = ? AND person_id IN `+in, append([]any{m.ID}, args...), &one)
}

// kindsSeen lists the kinds of which a person's duties let them see everything in their agency.
func (e *Engine) kindsSeen(dir *org.Directory, who *org.Person) []string {
	var kinds []string
	for _, p := range e.Catalogue().Kept() {
		if p.SeesAll(dir, *who) {
			kinds = append(kinds, p.Kind)
		}
	}
	return kinds
}

// Seen is the SQL twin of maySee over a matter aliased m.
func (e *Engine) Seen(a Actor, w World) (string, []any) {
	mine, args := db.In([]db.ID{a.Person})
	cond := `(m.id IN (SELECT matter_id FROM access WHERE person_id IN ` + mine + `)`
	if len(a.StandsIn) > 0 {
		in, more := db.In(a.StandsIn)
		cond += ` OR (m.sealed = 0 AND m.id IN (SELECT matter_id FROM access WHERE person_id IN ` + in + `))`
		args = append(args, more...)
	}
	who := w.Dir.Person(a.Person)
	if who == nil {
		return cond + ")", args
	}
	if kinds := e.kindsSeen(w.Dir, who); len(kinds) > 0 {
		in, more := db.In(kinds)
		cond += ` OR (m.agency_id = ? AND m.sealed = 0 AND m.kind IN ` + in + `)`
		args = append(append(args, who.Agency), more...)
	}
	var headed []db.ID
	for _, u := range w.Dir.Units(who.Agency) {
		if u.Head == who.ID {
			headed = append(headed, u.ID)
		}
	}
	if len(headed) > 0 {
		in, more := db.In(headed)
		cond += ` OR (m.agency_id = ? AND m.sealed = 0 AND m.unit_id IN ` + in + `)`
		args = append(append(args, who.Agency), more...)
	}
	return cond + ")", args
}

// visible is the gate of the door: the procedure of a matter the actor may see, or not found.
func (e *Engine) visible(tx *db.Tx, m *Matter, a Actor, w World) (*Procedure, error) {
	notFound := errs.New(errs.NotFound, "没有找到这一件，或者您无权查看")
	if m == nil {
		return nil, notFound
	}
	ok, err := e.maySee(tx, m, a, w)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, notFound
	}
	return e.Procedure(tx, m)
}

// Look reads a matter for a person, with its procedure and the world it is looked at in.
func (e *Engine) Look(tx *db.Tx, person, matter db.ID) (*Matter, *Procedure, World, error) {
	w, err := e.World(tx)
	if err != nil {
		return nil, nil, w, err
	}
	m, err := loadMatter(tx, matter)
	if err != nil {
		return nil, nil, w, err
	}
	p, err := e.visible(tx, m, w.ActorOf(person), w)
	if err != nil {
		return nil, nil, w, err
	}
	w.Refs, err = refs(tx, p, m.Fields)
	return m, p, w, err
}
