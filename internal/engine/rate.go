package engine

import (
	"math"

	"github.com/expr-lang/expr"
)

// Rate 比率 is a share that should reach a target: how many of the calls put to each unit it has settled (TEL-12).
type Rate struct {
	Key    string `yaml:"-"` // of a common one: the action it goes with
	Name   string `yaml:"name"`
	Clause string `yaml:"clause"`
	By     Expr   `yaml:"by"`     // what a line of the table is
	Of     Expr   `yaml:"of"`     // which matters count at all; empty: all but void ones
	When   Expr   `yaml:"when"`   // which of them are counted as done
	Target Expr   `yaml:"target"` // per cent; empty: none is set

	// Part and Whole are added up instead of counting matters: the pieces found of the pieces there are (ARCH-07).
	Part  Expr `yaml:"part"`
	Whole Expr `yaml:"whole"`
}

// RateTable 比率表 is a rate worked out: a line for each value of By, the last one for all together.
type RateTable struct {
	Name   string
	Clause string
	Target float64
	Lines  []RateLine
}

// RateLine is one line of the table. Low tells that it misses the target.
type RateLine struct {
	Name        string
	Whole, Part int
	Percent     float64
	Low         bool
}

// Rate works out a rate over matters; void ones count for nothing.
func (p *Procedure) Rate(r *Rate, matters []*Matter, w World) (*RateTable, error) {
	out := &RateTable{Name: r.Name, Clause: r.Clause}
	target, err := p.Value(r.Target, &Matter{Fields: map[string]any{}}, w)
	if err != nil {
		return nil, err
	}
	out.Target, _ = plainValue(target).(float64)
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
		l.reckon(out.Target)
	}
	all.reckon(out.Target)
	out.Lines = append(out.Lines, all)
	return out, nil
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
		l.Whole += total(across)
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

// reckon works out the share to a tenth of a per cent; a share of nothing misses no target.
func (l *RateLine) reckon(target float64) {
	if l.Whole == 0 {
		return
	}
	l.Percent = math.Round(1000*float64(l.Part)/float64(l.Whole)) / 10
	l.Low = l.Percent < target
}

// rates proves what should be reached.
func (v *prover) rates() {
	for i := range v.p.Rates {
		r := &v.p.Rates[i]
		at := "rates"
		if r.Name == "" || r.By.IsZero() || r.When.IsZero() && r.Part.IsZero() {
			v.fault(at, "比率要写名称（name）、按什么分（by）和怎样算办成（when）")
		}
		if r.Part.IsZero() != r.Whole.IsZero() {
			v.fault(at, "比率的分子（part）和分母（whole）要一起写")
		}
		v.clauses(at, r.Clause)
		v.expr(at, &r.By)
		v.expr(at, &r.Of, expr.AsBool())
		v.expr(at, &r.When, expr.AsBool())
		v.expr(at, &r.Target)
		v.expr(at, &r.Part)
		v.expr(at, &r.Whole)
	}
}
