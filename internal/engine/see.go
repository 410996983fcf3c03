package engine

import (
	"slices"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// Who may see a matter (SEC-30) is said once, here, and twice in form: maySee for one matter and seen for lists. A property
// test holds them together.
//
// A person sees a matter if they have or had a part in it (a task, a reading, its beginning, or that it was sent on for
// them), or stand in today for someone who has, or lead the post of someone who has (ORG-02, ORG-03); or if it is of their
// own agency, not sealed, and they hold a duty that sees every matter of the kind, or head the unit it belongs to.
// Administrators see none (OA-27). What may not be seen is not found.

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
		people = append(people, a.others()...)
	}
	in, args := db.In(people)
	var one int
	return tx.Row(`SELECT 1 FROM access WHERE matter_id = ? AND kind = ? AND person_id IN `+in, append([]any{m.ID, m.Kind}, args...), &one)
}

// others are those through whom an actor sees what is not sealed: whom they stand in for, and whose posts they lead.
func (a Actor) others() []db.ID { return slices.Concat(a.StandsIn, a.Leads) }

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

// Seen is the SQL twin of maySee over a matter aliased m that has been found by other means. What is asked of the row
// itself comes first; the reader's own part is looked up only for the rows that leave it open.
func (e *Engine) Seen(a Actor, w World) (string, []any) {
	part, args := a.part()
	whole, of := e.whole(w.Dir.Person(a.Person), w)
	if whole == "" {
		return part, args
	}
	return `(` + whole + ` OR ` + part + `)`, append(of, args...)
}

// whole is that the matter m is of a kind or a unit of which a person sees everything; empty if there is none.
func (e *Engine) whole(who *org.Person, w World) (string, []any) {
	if who == nil {
		return "", nil
	}
	var whole []string
	args := []any{who.Agency}
	if kinds := e.kindsSeen(w.Dir, who); len(kinds) > 0 {
		in, more := db.In(kinds)
		whole, args = append(whole, `m.kind IN `+in), append(args, more...)
	}
	if headed := w.headed(who); len(headed) > 0 {
		in, more := db.In(headed)
		whole, args = append(whole, `m.unit_id IN `+in), append(args, more...)
	}
	if len(whole) == 0 {
		return "", nil
	}
	return `m.agency_id = ? AND m.sealed = 0 AND (` + strings.Join(whole, " OR ") + `)`, args
}

// own lists, each once, the ids of the matters the actor has a part in, or one of the others if it is not sealed; of one
// kind if it is named.
func (a Actor) own(kind string) (string, []any) {
	of, args := `SELECT x.matter_id AS id FROM access x WHERE x.person_id = ?`, []any{a.Person}
	if kind != "" {
		of, args = of+` AND x.kind = ?`, append(args, kind)
	}
	others := a.others()
	if len(others) == 0 {
		return of, args
	}
	in, more := db.In(others)
	of += ` UNION SELECT x.matter_id FROM access x WHERE x.person_id IN ` + in
	args = append(args, more...)
	if kind != "" {
		of, args = of+` AND x.kind = ?`, append(args, kind)
	}
	return of + ` AND x.matter_id NOT IN ` + sealed, args
}

// sealed lists what is sealed, which is little: it is quicker to know than to ask of each matter.
const (
	sealed   = `(SELECT s.id FROM matters s WHERE s.sealed = 1)`
	unsealed = ` AND m.id NOT IN ` + sealed
)

// part is that the actor has a part in the matter m, or one of the others has one in an unsealed matter.
func (a Actor) part() (string, []any) {
	const of = `EXISTS (SELECT 1 FROM access x WHERE x.kind = m.kind AND x.matter_id = m.id AND x.person_id `
	others := a.others()
	if len(others) == 0 {
		return of + `= ?)`, []any{a.Person}
	}
	in, args := db.In(others)
	return `(` + of + `= ?) OR m.sealed = 0 AND ` + of + `IN ` + in + `))`, append([]any{a.Person}, args...)
}

// headed lists the units a person heads.
func (w World) headed(who *org.Person) []db.ID {
	var out []db.ID
	for _, u := range w.Dir.Units(who.Agency) {
		if u.Head == who.ID {
			out = append(out, u.ID)
		}
	}
	return out
}

// shelf is where the matters of one kind that an actor may see are read from: the whole kind, for those whose duties let
// them see it, or else the reader's own rows. To hold a million matters against a reader who may see a thousand of them
// would cost a thousand times what it gives.
type shelf struct {
	whole bool
	from  string // tables; the matter is m
	cond  string
	args  []any
}

func (e *Engine) shelf(kind string, a Actor, w World) shelf {
	who := w.Dir.Person(a.Person)
	if slices.Contains(e.kindsSeen(w.Dir, who), kind) {
		part, args := a.part()
		return shelf{
			whole: true, from: `matters m`, cond: `m.agency_id = ? AND m.kind = ? AND (m.sealed = 0 OR ` + part + `)`,
			args: append([]any{who.Agency, kind}, args...),
		}
	}
	own, args := a.own(kind)
	if headed := w.headed(who); len(headed) > 0 {
		in, more := db.In(headed)
		own += ` UNION SELECT m.id FROM matters m WHERE m.agency_id = ? AND m.kind = ? AND m.unit_id IN ` + in + unsealed
		args = append(append(args, who.Agency, kind), more...)
	}
	return shelf{
		from: `(` + own + `) v CROSS JOIN matters m`, cond: `m.id = v.id AND m.agency_id = ? AND m.kind = ?`,
		args: append(args, who.Agency, kind),
	}
}

// openShelf is shelf for reading a book, for one who has so much of it. Who sees much of a kind, though not the whole,
// reads the book as it lies and is asked about line by line, if there is more of theirs than is worth gathering.
func (e *Engine) openShelf(kind string, a Actor, w World, much bool) shelf {
	s := e.shelf(kind, a, w)
	if s.whole || !much {
		return s
	}
	seen, args := e.Seen(a, w)
	return shelf{
		whole: true, from: `matters m`, cond: `m.agency_id = ? AND m.kind = ? AND ` + seen,
		args: append([]any{w.Dir.Person(a.Person).Agency, kind}, args...),
	}
}

// ownCount counts what is a person's own of a kind, or of the units they head, up to a number.
func (e *Engine) ownCount(tx *db.Tx, kind string, a Actor, w World, most int) (int, error) {
	who := w.Dir.Person(a.Person)
	hats, own := db.In(append([]db.ID{a.Person}, a.others()...))
	count := func(from string, args ...any) (n int, err error) {
		_, err = tx.Row(`SELECT COUNT(*) FROM (SELECT 1 FROM `+from+` LIMIT ?) few`, append(args, most), &n)
		return n, err
	}
	n, err := count(`access x WHERE x.person_id IN `+hats+` AND x.kind = ?`, append(own, kind)...)
	headed := w.headed(who)
	if err != nil || len(headed) == 0 {
		return n, err
	}
	in, units := db.In(headed)
	of, err := count(`matters m WHERE m.agency_id = ? AND m.kind = ? AND m.unit_id IN `+in, append([]any{who.Agency, kind}, units...)...)
	return n + of, err
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

// Known reads a matter for what the office does by itself, with the definition in force of its kind; none if there is none.
func (e *Engine) Known(tx *db.Tx, matter db.ID) (*Matter, *Procedure, World, error) {
	w, err := e.World(tx)
	if err != nil {
		return nil, nil, w, err
	}
	m, err := loadMatter(tx, matter)
	if err != nil || m == nil {
		return nil, nil, w, err
	}
	p := e.Catalogue().Last(m.Kind)
	if p == nil {
		if p, err = e.Procedure(tx, m); err != nil {
			return nil, nil, w, err
		}
	}
	w.Refs, err = refs(tx, p, m.Fields)
	return m, p, w, err
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
