package engine

import (
	"slices"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// What of the kept figures a person sees is what they see of the matters (see.go). Of kinds and units they see whole the
// figures are read as they are kept; of everything else their own matters are counted, as far back as the oldest that
// bears on the years asked for. Both together are the figures of what they may see, each matter once.

// sight is what a person sees whole: all unsealed matters of the kinds, and of the units.
type sight struct {
	agency db.ID
	kinds  []string
	units  []db.ID
}

func (e *Engine) sight(who *org.Person, w World) sight {
	return sight{who.Agency, e.kindsSeen(w.Dir, who), w.headed(who)}
}

// of is the condition on a row's kind and unit that it is seen whole.
func (s sight) of(row string) (string, []any) {
	kinds, args := db.In(s.kinds)
	units, more := db.In(s.units)
	return `(` + row + `.kind IN ` + kinds + ` OR ` + row + `.unit_id IN ` + units + `)`, slices.Concat(args, more)
}

// besides is that a column holds none of a list, which may be empty.
func besides[T any](column string, list []T) (string, []any) {
	if len(list) == 0 {
		return `1 = 1`, nil
	}
	in, args := db.In(list)
	return column + ` NOT IN ` + in, args
}

// figuresQuery is what both kinds of figures are asked by.
type figuresQuery struct {
	e        *Engine
	tx       *db.Tx
	actor    Actor
	sight    sight
	kind     string
	from, to int // periods
	sum      figuresMap
}

func (e *Engine) figuresQuery(tx *db.Tx, a Actor, w World, kind string, from, to int) *figuresQuery {
	return &figuresQuery{e: e, tx: tx, actor: a, sight: e.sight(w.Dir.Person(a.Person), w), kind: kind, from: from, to: to, sum: figuresMap{}}
}

// MatterFigures are the figures of matters that came or went in the years from first to last, by the month, and of those
// from other years that are open now: of all that a person may see, or of one kind of it.
func (e *Engine) MatterFigures(tx *db.Tx, a Actor, w World, kind string, first, last int) ([]*Figures, error) {
	q := e.figuresQuery(tx, a, w, kind, 100*first+1, 100*last+12)
	seen, args := q.sight.of("f")
	if err := q.kept(`f.person_id = 0`, seen, args); err != nil {
		return nil, err
	}
	err := q.own(nil)
	return q.sum.sorted(), err
}

// WorkFigures are the figures of what people handled in a year, of the matters that one may see who looks at it.
func (e *Engine) WorkFigures(tx *db.Tx, a Actor, w World, kind string, year int, people []db.ID) ([]*Figures, error) {
	q := e.figuresQuery(tx, a, w, kind, 100*year, 100*year)
	in, who := db.In(people)
	seen, args := q.sight.of("f") // and what the reader did: in that they had a part
	if err := q.kept(`f.person_id IN `+in, `(f.person_id = ? OR `+seen+`)`, slices.Concat(who, []any{a.Person}, args)); err != nil {
		return nil, err
	}
	err := q.own(people)
	return q.sum.sorted(), err
}

// kept reads the figures that are seen whole.
func (q *figuresQuery) kept(whose, seen string, args []any) error {
	const from = `SELECT ` + figuresColumns + ` FROM figures f WHERE f.agency_id = ? AND `
	cond, given := from+whose, slices.Concat([]any{q.sight.agency}, args)
	if q.kind != "" {
		seen, given = seen+` AND f.kind = ?`, append(given, q.kind)
	}
	between := []any{q.from, q.to}
	err := readFigures(q.tx, cond+` AND `+seen+` AND f.period >= ? AND f.period <= ?`, slices.Concat(given, between), func(f Figures) { q.sum.add(f, 1) })
	if err != nil {
		return err
	}
	return readFigures(q.tx, cond+` AND `+seen+` AND f.pending <> 0 AND (f.period < ? OR f.period > ?)`, slices.Concat(given, between), func(f Figures) {
		q.sum.add(Figures{FiguresOf: f.FiguresOf, Pending: f.Pending}, 1)
	})
}

// own counts the reader's own matters that are not seen whole: of the other kinds and units, and what is sealed. With
// people it counts not the matters but the tasks these people had in them.
func (q *figuresQuery) own(people []db.ID) error {
	others := slices.DeleteFunc(slices.Clone(people), func(id db.ID) bool { return id == q.actor.Person })
	if people == nil || len(others) > 0 {
		oldest, err := q.oldest()
		if err != nil {
			return err
		}
		other, units := besides(`m.unit_id`, q.sight.units)
		for kind, id := range oldest {
			own, of := q.actor.own(kind)
			err := q.count(`(`+own+`) v`, `v.id >= ? AND m.sealed = 0 AND `+other, slices.Concat(of, []any{id}, units), others)
			if err != nil {
				return err
			}
		}
	}
	return q.count(sealed+` v`, `EXISTS (SELECT 1 FROM access x WHERE x.person_id = ? AND x.kind = m.kind AND x.matter_id = m.id)`, []any{q.actor.Person}, people)
}

// oldest tells, of every kind not seen whole, before which matter nothing bears on the periods.
func (q *figuresQuery) oldest() (map[string]db.ID, error) {
	out := map[string]db.ID{}
	other, kinds := besides(`f.kind`, q.sight.kinds)
	const from = `SELECT f.kind, MIN(f.first_id) FROM figures f WHERE f.agency_id = ? AND f.person_id = 0 AND `
	for _, in := range []struct {
		cond string
		args []any
	}{ // of the months of those years
		{`f.period >= ? AND f.period <= ?`, []any{100 * (q.from / 100), 100*(q.to/100) + 12}},
		{`f.pending <> 0`, nil},
	} {
		err := q.tx.Query(from+in.cond+` AND `+other+` GROUP BY f.kind`, slices.Concat([]any{q.sight.agency}, in.args, kinds), func(scan func(...any) error) error {
			var kind string
			var id db.ID
			err := scan(&kind, &id)
			if (q.kind == "" || q.kind == kind) && (out[kind] == 0 || id < out[kind]) {
				out[kind] = id
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// count adds up the matters of a list of ids v, or the tasks people had in them.
func (q *figuresQuery) count(list, cond string, args []any, people []db.ID) error {
	text := `SELECT m.id, m.definition, m.kind, m.state, m.step, m.number, m.unit_id, m.created_at, m.closed_at, m.due_at`
	from, where := ` FROM `+list+` CROSS JOIN matters m`, ` WHERE m.id = v.id AND `+cond+` AND m.agency_id = ?`
	given := slices.Concat(args, []any{q.sight.agency})
	if q.kind != "" {
		where, given = where+` AND m.kind = ?`, append(given, q.kind)
	}
	if people != nil {
		in, who := db.In(people)
		text += `, t.role, t.person_id, t.state, t.arrived_at, t.due_at, t.done_at`
		from, where = from+` CROSS JOIN tasks t`, where+` AND t.matter_id = m.id AND t.person_id IN `+in
		given = append(given, who...)
	}
	return q.tx.Query(text+from+where, given, func(scan func(...any) error) error {
		m := &Matter{Agency: q.sight.agency}
		var created, closed, due int64
		columns := []any{&m.ID, &m.Definition, &m.Kind, &m.State, &m.Step, &m.Number, &m.Unit, &created, &closed, &due}
		if people == nil {
			if err := scan(columns...); err != nil {
				return err
			}
		} else {
			t, err := scanWork(scan, columns...)
			if err != nil {
				return err
			}
			m.Tasks = []Task{t}
		}
		m.Created, m.Closed, m.Due = db.Time(created), db.Time(closed), db.Time(due)
		p, err := q.e.Procedure(q.tx, m)
		if err != nil {
			return err
		}
		for _, f := range p.figures(m) {
			if (f.Person != 0) == (people != nil) {
				q.take(f)
			}
		}
		return nil
	})
}

// take adds figures up; of other periods only what is open now.
func (q *figuresQuery) take(f Figures) {
	if f.Period < q.from || f.Period > q.to {
		f = Figures{FiguresOf: f.FiguresOf, Pending: f.Pending}
	}
	q.sum.add(f, 1)
}
