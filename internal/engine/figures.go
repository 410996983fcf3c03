package engine

import (
	"cmp"
	"context"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// What the statistics show is kept: to count a year anew would mean to walk through it. Every action takes out what its
// matter counted for before and puts in what it counts for after; there is one reckoning, figures, for the keeping and
// for counting anew, and a property test holds the two together. What is overdue depends on the moment and is not kept.

// Figures 办理数 is how many matters came and went: in a month those of a kind and a unit, or what a person handled of
// them in a year.
type Figures struct {
	FiguresOf
	Received int
	Closed   int
	Late     int           // closed after the limit
	Worked   time.Duration // from arrival to end, all that were closed together
	Pending  int           // of those that arrived in the period, open now
	first    db.ID
}

// FiguresOf 统计对象 tells what figures are of.
type FiguresOf struct {
	Agency db.ID
	Person db.ID // whose work; 0: matters
	Period int   // a month, 202611; of a person's work the year, 202600
	Kind   string
	Unit   db.ID // of the matter
}

func (f *Figures) add(g Figures, times int) {
	f.Received += times * g.Received
	f.Closed += times * g.Closed
	f.Late += times * g.Late
	f.Worked += time.Duration(times) * g.Worked
	f.Pending += times * g.Pending
	if f.first == 0 || g.first < f.first {
		f.first = g.first
	}
}

func (f *Figures) none() bool {
	return f.Received == 0 && f.Closed == 0 && f.Late == 0 && f.Worked == 0 && f.Pending == 0
}

// figuresMap adds figures up.
type figuresMap map[FiguresOf]*Figures

func (s figuresMap) add(g Figures, times int) {
	if s[g.FiguresOf] == nil {
		s[g.FiguresOf] = &Figures{FiguresOf: g.FiguresOf}
	}
	s[g.FiguresOf].add(g, times)
}

func (s figuresMap) sorted() []*Figures {
	return slices.SortedFunc(maps.Values(s), func(a, b *Figures) int {
		return cmp.Or(cmp.Compare(a.Agency, b.Agency), cmp.Compare(a.Person, b.Person), a.Period-b.Period, cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Unit, b.Unit))
	})
}

func monthPeriod(t time.Time) int {
	t = t.In(db.Location)
	return 100*t.Year() + int(t.Month())
}

func yearPeriod(t time.Time) int { return 100 * t.In(db.Location).Year() }

// counts tells whether a matter is in the statistics at all: not what is still being filled in, what was struck out, or
// a thing that is merely there.
func (p *Procedure) counts(m *Matter) bool {
	draft := m.State == Open && m.Number == "" && m.Step == p.First().Key
	return m.ID != 0 && m.State != Void && !draft && (p.Thing == "" || m.Step != p.Thing)
}

// figures are what a matter counts for, itself and by its tasks.
func (p *Procedure) figures(m *Matter) []Figures {
	if !p.counts(m) {
		return nil
	}
	of := FiguresOf{Agency: m.Agency, Kind: m.Kind, Unit: m.Unit}
	out := passed(of, m.ID, monthPeriod, m.Created, m.Closed, m.Due, m.State == Closed, m.State == Open || m.State == Suspended)
	for i := range m.Tasks {
		t := &m.Tasks[i]
		if t.Role == Handle && (t.State == TaskOpen || t.State == TaskDone) {
			of.Person = t.Person
			out = append(out, passed(of, m.ID, yearPeriod, t.Arrived, t.Done, t.Due, t.State == TaskDone, t.State == TaskOpen)...)
		}
	}
	return out
}

// passed counts one thing in the period of its arrival and, if it is closed, in that of its end.
func passed(of FiguresOf, id db.ID, period func(time.Time) int, arrived, ended, due time.Time, closed, pending bool) []Figures {
	came := Figures{FiguresOf: of, Received: 1, first: id}
	came.Period = period(arrived)
	if pending {
		came.Pending = 1
	}
	if !closed {
		return []Figures{came}
	}
	went := Figures{FiguresOf: of, Closed: 1, Worked: ended.Sub(arrived), first: id}
	went.Period = period(ended)
	if !due.IsZero() && ended.After(due) {
		went.Late = 1
	}
	return []Figures{came, went}
}

// keepFigures takes over into the kept figures what an action changed. It is done last and after the journal, whose chain
// lets one action of an agency through at a time.
func keepFigures(tx *db.Tx, p *Procedure, before, after *Matter) {
	changed := figuresMap{}
	for times, m := range map[int]*Matter{-1: before, 1: after} {
		if !m.Sealed {
			for _, f := range p.figures(m) {
				changed.add(f, times)
			}
		}
	}
	tx.Last(func() error {
		for _, f := range changed.sorted() {
			if f.none() {
				continue
			}
			if err := f.keep(tx); err != nil {
				return err
			}
		}
		return nil
	})
}

func (f *Figures) keep(tx *db.Tx) error {
	_, err := tx.Exec(`INSERT INTO figures (agency_id, person_id, period, kind, unit_id, received, closed, late, worked_ms, pending, first_id)
		VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (agency_id, person_id, period, kind, unit_id) DO UPDATE SET
		received = figures.received + excluded.received, closed = figures.closed + excluded.closed, late = figures.late + excluded.late,
		worked_ms = figures.worked_ms + excluded.worked_ms, pending = figures.pending + excluded.pending,
		first_id = CASE WHEN excluded.first_id < figures.first_id THEN excluded.first_id ELSE figures.first_id END`,
		f.Agency, f.Person, f.Period, f.Kind, f.Unit, f.Received, f.Closed, f.Late, f.Worked.Milliseconds(), f.Pending, f.first)
	return err
}

// figuresKept is the setting that tells how often the figures have been counted anew; absent: never, they are not kept yet.
const figuresKept = "figures-kept"

// KeepFigures counts the figures of an office that has none yet: one that was there before they were kept.
func (e *Engine) KeepFigures(ctx context.Context) error {
	kept := false
	err := e.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		kept, err = tx.Row(`SELECT 1 FROM settings WHERE name = ?`, []any{figuresKept}, new(int))
		return err
	})
	if kept || err != nil {
		return err
	}
	began := time.Now()
	if err := e.Recount(ctx); err != nil {
		return err
	}
	if took := time.Since(began); took > time.Second {
		slog.Info("figures counted", "took", took.Round(time.Millisecond))
	}
	return nil
}

// Recount puts the kept figures right. The office may work meanwhile: what is missing is counted as of one moment and
// added to what is kept by then. If somebody else has added it since that moment, it is not added twice.
func (e *Engine) Recount(ctx context.Context) error {
	missing, times, err := e.missingFigures(ctx)
	if err != nil {
		return err
	}
	return e.db.Write(ctx, func(tx *db.Tx) error {
		if first, err := counted(tx, times); !first || err != nil {
			return err
		}
		for _, f := range missing {
			if err := f.keep(tx); err != nil {
				return err
			}
		}
		return nil
	})
}

// counted writes down that the figures were counted once more, unless somebody else has done so meanwhile.
func counted(tx *db.Tx, times int) (first bool, err error) {
	var n int64
	if times == 0 {
		n, err = tx.Exec(`INSERT INTO settings (name, value) VALUES (?, '1') ON CONFLICT DO NOTHING`, figuresKept)
	} else {
		n, err = tx.Exec(`UPDATE settings SET value = ? WHERE name = ? AND value = ?`, strconv.Itoa(times+1), figuresKept, strconv.Itoa(times))
	}
	return n > 0, err
}

// CheckFigures holds the kept figures against the matters and tells how many lines are wrong.
func (e *Engine) CheckFigures(ctx context.Context) (wrong int, err error) {
	missing, _, err := e.missingFigures(ctx)
	return len(missing), err
}

// missingFigures is what the kept figures lack, what they have too much being less than nothing; and how often they had
// been counted by then.
func (e *Engine) missingFigures(ctx context.Context) (missing []*Figures, times int, err error) {
	err = e.db.Still(ctx, func(tx *db.Tx) error {
		missing = nil // it may be asked again
		told := "0"
		_, err := tx.Row(`SELECT value FROM settings WHERE name = ?`, []any{figuresKept}, &told)
		if err != nil {
			return err
		}
		if times, err = strconv.Atoi(told); err != nil {
			return err
		}
		counted, err := e.countFigures(tx)
		if err != nil {
			return err
		}
		late := map[FiguresOf]bool{} // that begin with a later matter than they should
		err = readFigures(tx, `SELECT `+figuresColumns+` FROM figures f`, nil, func(f Figures) {
			late[f.FiguresOf] = counted[f.FiguresOf] != nil && f.first > counted[f.FiguresOf].first
			counted.add(f, -1)
		})
		for _, f := range counted.sorted() {
			if !f.none() || late[f.FiguresOf] {
				missing = append(missing, f)
			}
		}
		return err
	})
	return missing, times, err
}

const figuresColumns = `f.agency_id, f.person_id, f.period, f.kind, f.unit_id, f.received, f.closed, f.late, f.worked_ms, f.pending, f.first_id`

func readFigures(tx *db.Tx, text string, args []any, each func(Figures)) error {
	return tx.Query(text, args, func(scan func(...any) error) error {
		var f Figures
		var worked int64
		err := scan(&f.Agency, &f.Person, &f.Period, &f.Kind, &f.Unit, &f.Received, &f.Closed, &f.Late, &worked, &f.Pending, &f.first)
		f.Worked = time.Duration(worked) * time.Millisecond
		each(f)
		return err
	})
}

// countFigures walks through all that there is.
func (e *Engine) countFigures(tx *db.Tx) (figuresMap, error) {
	out := figuresMap{}
	for last := db.ID(0); ; {
		var list []*Matter
		byID := map[db.ID]*Matter{}
		var ids []db.ID
		err := tx.Query(`SELECT `+matterColumns+` FROM matters m WHERE m.id > ? ORDER BY m.id LIMIT ?`, []any{last, readAtOnce}, func(scan func(...any) error) error {
			m := &Matter{}
			err := scanMatter(scan, m)
			list, byID[m.ID], last = append(list, m), m, m.ID
			if !m.Sealed {
				ids = append(ids, m.ID)
			}
			return err
		})
		if err != nil || len(list) == 0 {
			return out, err
		}
		in, args := db.In(ids)
		err = tx.Query(`SELECT t.matter_id, t.role, t.person_id, t.state, t.arrived_at, t.due_at, t.done_at FROM tasks t
			WHERE t.matter_id IN `+in, args, func(scan func(...any) error) error {
			var id db.ID
			t, err := scanWork(scan, &id)
			byID[id].Tasks = append(byID[id].Tasks, t)
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			p, err := e.Procedure(tx, byID[id])
			if err != nil {
				return nil, err
			}
			for _, f := range p.figures(byID[id]) {
				out.add(f, 1)
			}
		}
	}
}

// scanWork reads of a task what is counted, after what stands before it in the row.
func scanWork(scan func(...any) error, before ...any) (t Task, err error) {
	var arrived, due, done int64
	err = scan(append(before, &t.Role, &t.Person, &t.State, &arrived, &due, &done)...)
	t.Arrived, t.Due, t.Done = db.Time(arrived), db.Time(due), db.Time(done)
	return t, err
}
