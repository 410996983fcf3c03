package engine

import (
	"math"

	"github.com/expr-lang/expr"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// Rate 比率 is a share that should reach a target or stay within a bound: how many of the calls put to each unit it has
// settled (TEL-12), how many errors it made in all that it handled (OTH-07).
type Rate struct {
	Key    string `yaml:"-"` // of a common one: the action it goes with
	Name   string `yaml:"name"`
	Clause string `yaml:"clause"`
	By     Expr   `yaml:"by"`     // what a line of the table is
	Of     Expr   `yaml:"of"`     // which matters count at all; empty: all but void ones
	When   Expr   `yaml:"when"`   // which of them are counted as done
	Target Expr   `yaml:"target"` // per cent; empty: none is set
	Most   Expr   `yaml:"most"`   // per cent it must not pass; empty: none is set

	// AllKinds makes the whole what each unit took up in the year, of whichever kind, instead of the matters of this one.
	AllKinds bool `yaml:"all_kinds"`

	// Part and Whole are added up instead of counting matters: the pieces found of the pieces there are (ARCH-07).
	Part  Expr `yaml:"part"`
	Whole Expr `yaml:"whole"`
}

// RateTable 比率表 is a rate worked out: a line for each value of By, the last one for all together.
type RateTable struct {
	Name   string
	Clause string
	Target float64  // 0: none
	Most   *float64 // nil: none
	Lines  []RateLine
}

// RateLine is one line of the table. Missed tells that it falls short of the target or passes the bound.
type RateLine struct {
	Name        string
	Whole, Part int
	Percent     float64
	Missed      bool
}

// Rates works out the rates of a kind over its matters of a year, as far as a person sees it.
func (e *Engine) Rates(tx *db.Tx, p *Procedure, matters []*Matter, a Actor, w World, year int) ([]*RateTable, error) {
	out := make([]*RateTable, len(p.Rates))
	for i := range p.Rates {
		r := &p.Rates[i]
		var handled []RateLine
		var err error
		if r.AllKinds {
			if handled, err = e.handled(tx, p, a, w, year); err != nil {
				return nil, err
			}
		}
		if out[i], err = p.rateTable(r, matters, handled, w); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// handled is what each unit took up in a year, of all kinds but this one, in the order of the units.
func (e *Engine) handled(tx *db.Tx, p *Procedure, a Actor, w World, year int) ([]RateLine, error) {
	figures, err := e.MatterFigures(tx, a, w, "", year, year)
	if err != nil {
		return nil, err
	}
	of := map[db.ID]int{}
	for _, f := range figures {
		if f.Kind != p.Kind {
			of[f.Unit] += f.Received
		}
	}
	var out []RateLine
	for _, u := range w.Dir.Units(w.Dir.Person(a.Person).Agency) {
		if of[u.ID] > 0 {
			out = append(out, RateLine{Name: u.Name, Whole: of[u.ID]})
		}
	}
	return out, nil
}

// rateTable works out a rate over matters; void ones count for nothing. What was handled stands for the whole of a rate of
// all kinds.
func (p *Procedure) rateTable(r *Rate, matters []*Matter, handled []RateLine, w World) (*RateTable, error) {
	out := &RateTable{Name: r.Name, Clause: r.Clause, Lines: handled}
	if err := p.aims(r, out, w); err != nil {
		return nil, err
	}
	whole, part := &Tally{By: r.By, When: r.Of, Sum: r.Whole}, &Tally{By: r.By, When: r.Of, Sum: r.Part}
	for _, m := range matters {
		if m.State == Void {
			continue
		}
		if err := p.rate(r, whole, part, m, w, out); err != nil {
			return nil, err
		}
	}
	all := RateLine{Name: "合计"}
	for i := range out.Lines {
		l := &out.Lines[i]
		all.Whole, all.Part = all.Whole+l.Whole, all.Part+l.Part
		out.reckon(l)
	}
	out.reckon(&all)
	out.Lines = append(out.Lines, all)
	return out, nil
}

// aims works out what is to be reached and what not to be passed.
func (p *Procedure) aims(r *Rate, into *RateTable, w World) error {
	none := &Matter{Fields: map[string]any{}}
	target, err := p.Value(r.Target, none, w)
	if err != nil {
		return err
	}
	into.Target, _ = plainValue(target).(float64)
	most, err := p.Value(r.Most, none, w)
	if n, ok := plainValue(most).(float64); ok {
		into.Most = &n
	}
	return err
}

func (p *Procedure) rate(r *Rate, whole, part *Tally, m *Matter, w World, into *RateTable) error {
	all, done := map[string]map[string]float64{}, map[string]map[string]float64{}
	if err := p.count(whole, m, nil, w, all); err != nil {
		return err
	}
	ok, err := r.When.IsZero(), error(nil)
	if !ok {
		ok, err = p.Holds(r.When, m, w)
	}
	if ok && err == nil {
		err = p.count(part, m, nil, w, done)
	}
	for name, across := range all {
		l := into.line(name)
		if !r.AllKinds {
			l.Whole += total(across)
		}
		l.Part += total(done[name])
	}
	return err
}

func total(across map[string]float64) int {
	sum := 0.0
	for _, n := range across {
		sum += n
	}
	return int(sum)
}

func (t *RateTable) line(name string) *RateLine {
	for i := range t.Lines {
		if t.Lines[i].Name == name {
			return &t.Lines[i]
		}
	}
	t.Lines = append(t.Lines, RateLine{Name: name})
	return &t.Lines[len(t.Lines)-1]
}

// reckon works out the share to a tenth of a per cent, one that should be small to a hundredth; a share of nothing misses
// nothing.
func (t *RateTable) reckon(l *RateLine) {
	if l.Whole == 0 {
		return
	}
	share := 100 * float64(l.Part) / float64(l.Whole)
	if t.Most != nil {
		l.Percent, l.Missed = math.Round(100*share)/100, share > *t.Most
		return
	}
	l.Percent = math.Round(10*share) / 10
	l.Missed = l.Percent < t.Target
}

// rates proves what should be reached.
func (v *prover) rates() {
	for i := range v.p.Rates {
		r := &v.p.Rates[i]
		at := "rates"
		if r.Name == "" || r.By.IsZero() || r.When.IsZero() && r.Part.IsZero() && !r.AllKinds {
			v.fault(at, "比率要写名称（name）、按什么分（by）和怎样算办成（when）")
		}
		if f := v.p.Field(r.By.Text); r.AllKinds && (f == nil || f.Type != Unit || !r.Part.IsZero()) {
			v.fault(at, "以各类事项为分母（all_kinds）的比率要按科室字段分（by），不再写分子分母（part、whole）")
		}
		if !r.Target.IsZero() && !r.Most.IsZero() {
			v.fault(at, "比率或者写应达到的（target），或者写不得超过的（most），只写一样")
		}
		if r.Part.IsZero() != r.Whole.IsZero() {
			v.fault(at, "比率的分子（part）和分母（whole）要一起写")
		}
		v.clauses(at, r.Clause)
		v.expr(at, &r.By)
		v.expr(at, &r.Of, expr.AsBool())
		v.expr(at, &r.When, expr.AsBool())
		v.expr(at, &r.Target)
		v.expr(at, &r.Most)
		v.expr(at, &r.Part)
		v.expr(at, &r.Whole)
	}
}
