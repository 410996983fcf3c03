package engine

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/expr-lang/expr"
)

// Tally 分项统计 counts the lines of a register by what stands in them: activities by leader and kind, errors by link.
type Tally struct {
	Name    string `yaml:"name"`
	Clause  string `yaml:"clause"`
	Rows    string `yaml:"rows"` // a table field whose rows are counted instead of matters; their values are row.KEY
	When    Expr   `yaml:"when"` // only those counted for which it holds
	By      Expr   `yaml:"by"`   // what a line of the table is; of several values each is counted
	Across  Expr   `yaml:"across"`
	Sum     Expr   `yaml:"sum"` // what is added up; empty: one for each
	Measure string `yaml:"measure"`
}

// TallyTable 分项统计表 is a tally worked out: a line for each value of By, a column for each value of Across.
type TallyTable struct {
	Name    string
	Clause  string
	Measure string
	Across  []string
	Lines   []TallyLine
}

// TallyLine is one line of the table; Cells stand in the order of Across.
type TallyLine struct {
	Name  string
	Cells []float64
	Total float64
}

// unsaid stands for what was left open.
const unsaid = "（未填）"

// Tally works out a tally over matters; void ones count for nothing.
func (p *Procedure) Tally(t *Tally, matters []*Matter, w World) (*TallyTable, error) {
	counts := map[string]map[string]float64{}
	for _, m := range matters {
		if m.State == Void {
			continue
		}
		for _, row := range rowsOf(m, t.Rows) {
			if err := p.count(t, m, row, w, counts); err != nil {
				return nil, err
			}
		}
	}
	return t.table(counts), nil
}

func (p *Procedure) count(t *Tally, m *Matter, row map[string]any, w World, into map[string]map[string]float64) error {
	scope := p.scope(m, w)
	scope.row = row
	if ok, err := t.When.holds(scope); !ok || err != nil {
		return err
	}
	n := 1.0
	if !t.Sum.IsZero() {
		v, err := t.Sum.run(scope)
		if err != nil {
			return err
		}
		switch x := v.(type) {
		case float64:
			n = x
		case int:
			n = float64(x)
		default:
			return nil // nothing to add up yet
		}
	}
	by, err := t.By.run(scope)
	if err != nil {
		return err
	}
	across, err := t.Across.run(scope)
	if err != nil {
		return err
	}
	for _, line := range w.headings(by) {
		if into[line] == nil {
			into[line] = map[string]float64{}
		}
		for _, column := range w.headings(across) {
			into[line][column] += n
		}
	}
	return nil
}

// headings are the values an expression yields, each as the office writes it.
func (w World) headings(v any) []string {
	var list []any
	switch x := v.(type) {
	case []any:
		list = x
	case []string:
		for _, s := range x {
			list = append(list, s)
		}
	default:
		list = []any{v}
	}
	var out []string
	for _, e := range list {
		text := w.names(e)
		if text == "" {
			text = ShowValue(e)
		}
		if text != "" && !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	if len(out) == 0 {
		return []string{unsaid}
	}
	return out
}

// table puts the largest line first and the columns in the order of their names; what was left open comes last.
func (t *Tally) table(counts map[string]map[string]float64) *TallyTable {
	out := &TallyTable{Name: t.Name, Clause: t.Clause, Measure: t.Measure}
	columns := map[string]bool{}
	for _, line := range counts {
		for c := range line {
			columns[c] = true
		}
	}
	if !t.Across.IsZero() {
		out.Across = slices.SortedFunc(maps.Keys(columns), unsaidLast)
	}
	for name, line := range counts {
		l := TallyLine{Name: name}
		for _, n := range line {
			l.Total += n
		}
		for _, c := range out.Across {
			l.Cells = append(l.Cells, line[c])
		}
		out.Lines = append(out.Lines, l)
	}
	slices.SortFunc(out.Lines, func(a, b TallyLine) int {
		return cmp.Or(cmp.Compare(b.Total, a.Total), unsaidLast(a.Name, b.Name))
	})
	return out
}

func unsaidLast(a, b string) int {
	if (a == unsaid) != (b == unsaid) {
		if a == unsaid {
			return 1
		}
		return -1
	}
	return cmp.Compare(a, b)
}

// tallies proves what is counted.
func (v *prover) tallies() {
	for i := range v.p.Tallies {
		t := &v.p.Tallies[i]
		at := fmt.Sprintf("tallies.%d", i)
		if t.Name == "" || t.By.IsZero() {
			v.fault(at, "分项统计要写名称（name）和按什么分（by）")
		}
		v.clauses(at, t.Clause)
		prove := func() {
			v.expr(at, &t.When, expr.AsBool())
			v.expr(at, &t.By)
			v.expr(at, &t.Across)
			v.expr(at, &t.Sum)
		}
		if t.Rows == "" {
			prove()
		} else if !v.withRow(t.Rows, prove) {
			v.fault(at, "统计的行（rows）要指明一个表格字段")
		}
	}
}
