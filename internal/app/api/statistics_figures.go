package api

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// Figures 办理情况 is what was registered and what was finished in a year, and what is open now. What is late is told
// twice, for two lists stand behind it: finished after the limit, and still open past it.
type Figures struct {
	Received     int      `json:"received"`
	Closed       int      `json:"closed"`
	OnTime       int      `json:"on_time"`
	Late         int      `json:"late"` // closed after the limit
	Open         int      `json:"open"`
	Overdue      int      `json:"overdue"` // open after the limit
	Rate         *float64 `json:"rate"`    // 按期办结率 in per cent; null when nothing was closed
	AverageHours float64  `json:"average_hours"`

	hours float64
}

func (f *Figures) add(g Figures) {
	f.Received += g.Received
	f.Closed += g.Closed
	f.Late += g.Late
	f.Open += g.Open
	f.Overdue += g.Overdue
	f.hours += g.hours
}

// finish works out what follows from the counts.
func (f *Figures) finish() {
	f.OnTime = f.Closed - f.Late
	if f.Closed > 0 {
		rate := math.Round(1000*float64(f.OnTime)/float64(f.Closed)) / 10
		f.Rate, f.AverageHours = &rate, f.hours/float64(f.Closed)
	}
}

// figureLine is one line of a table of figures. Key is what the line is looked up by: the kind, the id of a unit or a
// person, the number of a month.
type figureLine struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	Note string `json:"note,omitempty"`
	Figures
}

// group is what the database counts together.
type group struct {
	kind  string
	unit  db.ID
	month int // of the year; 0: before it
	Figures
}

// monthOf tells the month of an instant of the year in SQL: 0 before it, 13 after it.
func monthOf(column string, year int) string {
	var b strings.Builder
	b.WriteString(`CASE`)
	for m := range 13 {
		fmt.Fprintf(&b, ` WHEN %s < %d THEN %d`, column, time.Date(year, time.Month(m+1), 1, 0, 0, 0, 0, db.Location).UnixMilli(), m)
	}
	return b.String() + ` ELSE 13 END`
}

// count counts a year and the one before it by kind, unit and month: arrivals by the month they came in, what was
// finished by the month it was finished in, what is open by the month it came in. All but what is overdue is kept.
func (c *scope) count(tx *db.Tx) (year, before []group, err error) {
	lines, err := c.engine.MatterFigures(tx, c.world.ActorOf(c.person), c.world, c.kind, c.year-1, c.year)
	if err != nil {
		return nil, nil, err
	}
	for _, f := range lines {
		year, before = append(year, groupOf(f, c.year)), append(before, groupOf(f, c.year-1))
	}
	var kinds []any
	for _, p := range c.engine.Catalogue().Kept() {
		kinds = append(kinds, p.Kind)
	}
	in, kinds := db.In(kinds) // by kind and limit, as the index of what is open lies
	err = tx.Query(`SELECT m.kind, m.unit_id, m.created_at FROM matters m WHERE `+c.cond+` AND m.kind IN `+in+` AND `+overdueNow,
		slices.Concat(c.args, kinds, []any{tx.Now}), func(scan func(...any) error) error {
			var created int64
			g := group{Figures: Figures{Overdue: 1}}
			err := scan(&g.kind, &g.unit, &created)
			came := db.Time(created)
			g.month = monthIn(100*came.Year()+int(came.Month()), c.year)
			year = append(year, g)
			g.month = monthIn(100*came.Year()+int(came.Month()), c.year-1)
			before = append(before, g)
			return err
		})
	return year, before, err
}

// groupOf is what kept figures say of a year: of other years only what is open.
func groupOf(f *engine.Figures, year int) group {
	g := group{kind: f.Kind, unit: f.Unit, month: monthIn(f.Period, year), Figures: Figures{Open: f.Pending}}
	if g.month >= 1 && g.month <= 12 {
		g.Received, g.Closed, g.Late, g.hours = f.Received, f.Closed, f.Late, f.Worked.Hours()
	}
	return g
}

// monthIn is the month of the year a period stands for: 0 before it, 13 after it.
func monthIn(period, year int) int { return min(max(period-100*year, 0), 13) }

// What the figures mean, said once for the counts and for the lines behind them.
const (
	openNow       = `m.state IN ('open','suspended')`
	overdueNow    = openNow + ` AND m.state = 'open' AND m.due_at > 0 AND m.due_at < ?`
	closedBetween = `m.state = 'closed' AND m.closed_at >= ? AND m.closed_at < ?`
	closedLate    = `m.due_at > 0 AND m.closed_at > m.due_at`
	taskDone      = `t.state = 'done' AND t.done_at >= ? AND t.done_at < ?`
	taskLate      = `t.due_at > 0 AND t.done_at > t.due_at`
	taskOverdue   = `t.state = 'open' AND t.due_at > 0 AND t.due_at < ?`
)

// fold adds groups up by a key; groups without one are left out.
func fold(counted []group, key func(group) (key, name string)) []figureLine {
	at := map[string]*figureLine{}
	var order []string
	for _, g := range counted {
		k, name := key(g)
		if k == "" {
			continue
		}
		if at[k] == nil {
			at[k] = &figureLine{Key: k, Name: name}
			order = append(order, k)
		}
		at[k].add(g.Figures)
	}
	out := make([]figureLine, len(order))
	for i, k := range order {
		at[k].finish()
		out[i] = *at[k]
	}
	return out
}

func byMonth(counted []group) []figureLine {
	lines := fold(counted, func(g group) (string, string) {
		if g.month < 1 || g.month > 12 {
			return "", ""
		}
		return strconv.Itoa(g.month), ""
	})
	out := make([]figureLine, 12)
	for i := range out {
		out[i].Key = strconv.Itoa(i + 1)
		if at := slices.IndexFunc(lines, func(l figureLine) bool { return l.Key == out[i].Key }); at >= 0 {
			out[i] = lines[at]
		}
		out[i].Name = out[i].Key + "月"
	}
	return out
}

// lateFirst puts first where most is late.
func lateFirst(a, b figureLine) int {
	return cmp.Or(b.Overdue-a.Overdue, b.Late-a.Late, b.Open-a.Open, b.Closed-a.Closed, cmp.Compare(a.Key, b.Key))
}

func (c *scope) byUnit(counted []group) []figureLine {
	out := fold(counted, func(g group) (string, string) {
		if u := c.world.Dir.Unit(g.unit); u != nil {
			return g.unit.String(), u.Name
		}
		return "", ""
	})
	slices.SortFunc(out, lateFirst)
	return out
}

// byKind is in the order of the catalogue.
func (s *Server) byKind(counted []group) []figureLine {
	at := s.app.Engine.Catalogue()
	out := fold(counted, func(g group) (string, string) {
		if p := at.Last(g.kind); p != nil {
			return p.Kind, p.Name
		}
		return "", ""
	})
	slices.SortFunc(out, func(a, b figureLine) int {
		return cmp.Or(at.Last(a.Key).Order-at.Last(b.Key).Order, cmp.Compare(a.Key, b.Key))
	})
	return out
}

// byPerson counts what everyone was given and did: tasks, not matters, for a matter passes through several hands. Leaders
// and directors see everybody (ORG-25), the head of a unit its people, others themselves.
func (c *scope) byPerson(tx *db.Tx) ([]figureLine, error) {
	people := c.watched()
	lines, err := c.engine.WorkFigures(tx, c.world.ActorOf(c.person), c.world, c.kind, c.year, people)
	if err != nil {
		return nil, err
	}
	of := map[db.ID]*Figures{}
	add := func(person db.ID, f Figures) {
		if of[person] == nil {
			of[person] = &Figures{}
		}
		of[person].add(f)
	}
	for _, f := range lines {
		work := Figures{Open: f.Pending}
		if f.Period == 100*c.year {
			work.Received, work.Closed, work.Late, work.hours = f.Received, f.Closed, f.Late, f.Worked.Hours()
		}
		add(f.Person, work)
	}
	in, args := db.In(people)
	err = tx.Query(`SELECT t.person_id, COUNT(*) FROM tasks t CROSS JOIN matters m WHERE m.id = t.matter_id AND `+c.cond+` AND t.role = 'handle'
		AND t.person_id IN `+in+` AND `+taskOverdue+` GROUP BY t.person_id`, slices.Concat(c.args, args, []any{tx.Now}), func(scan func(...any) error) error {
		var id db.ID
		var f Figures
		err := scan(&id, &f.Overdue)
		add(id, f)
		return err
	})
	if err != nil {
		return nil, err
	}
	out := []figureLine{}
	for id, f := range of {
		person := c.world.Dir.Person(id)
		l := figureLine{Key: id.String(), Name: person.Name, Note: c.world.Dir.Unit(person.Unit).Name, Figures: *f}
		l.finish()
		if l.Received+l.Closed+l.Open > 0 {
			out = append(out, l)
		}
	}
	slices.SortFunc(out, lateFirst)
	return out, nil
}

// watched lists whose work a person may look into.
func (c *scope) watched() []db.ID {
	dir := c.world.Dir
	me := dir.Person(c.person)
	all := dir.Has(c.person, org.Director) || dir.Has(c.person, org.DeputyDirector) || dir.Has(c.person, org.Leader)
	head := dir.Has(c.person, org.UnitHead)
	var out []db.ID
	for _, p := range dir.People(me.Agency) {
		if p.ID == c.person || all || head && p.Unit == me.Unit {
			out = append(out, p.ID)
		}
	}
	return out
}
