package engine

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/expr-lang/expr"

	"github.com/chengqi-oa/chengqi/internal/record/sheet"
)

// reach proves that every step can be reached from the first and an end from every step. While a target is misspelt
// there is nothing to prove: that fault is told, and these would only follow from it.
func (v *prover) reach() {
	if v.misspelt {
		return
	}
	next := map[string][]string{}
	for i := range v.p.Steps {
		s := &v.p.Steps[i]
		for _, a := range s.Actions {
			for _, b := range a.To {
				next[s.Key] = append(next[s.Key], b.To)
			}
		}
		for _, a := range v.p.Always {
			if len(a.At) > 0 && !slices.Contains(a.At, s.Key) {
				continue
			}
			for _, b := range a.To {
				if v.p.Step(b.To) != nil || b.To == ToClosed && len(a.At) > 0 {
					next[s.Key] = append(next[s.Key], b.To)
				}
			}
		}
	}
	reached := closure(next, v.p.Steps[0].Key)
	for _, s := range v.p.Steps {
		if !reached[s.Key] {
			v.fault("steps."+s.Key, "环节“%s”走不到：没有哪个动作通向它", s.Name)
		}
		if !closure(next, s.Key)[ToClosed] {
			v.fault("steps."+s.Key, "环节“%s”走不到办结：要有动作最终通向 closed", s.Name)
		}
	}
}

func closure(next map[string][]string, from string) map[string]bool {
	seen := map[string]bool{from: true}
	queue := []string{from}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, to := range next[at] {
			if !seen[to] {
				seen[to] = true
				queue = append(queue, to)
			}
		}
	}
	return seen
}

// fieldsUsed proves that every field is entered or set somewhere: a field nobody can fill is a mistake.
func (v *prover) fieldsUsed() {
	used := map[string]bool{}
	each := func(acts []Action) {
		for _, a := range acts {
			for _, e := range a.Fields {
				used[e.Field] = true
			}
			for _, s := range a.Set {
				used[s.Field] = true
			}
			for _, call := range a.Do {
				for _, f := range v.proof.Effects[call.Name].Sets {
					used[f] = true
				}
			}
		}
	}
	for _, s := range v.p.Steps {
		each(s.Actions)
	}
	each(v.p.Always)
	for i := range v.p.Fields {
		f := &v.p.Fields[i]
		if !used[f.Key] && f.Default.IsZero() && !f.Hidden {
			v.fault("fields."+f.Key, "字段“%s”在任何动作里都没有填写或赋值", f.Name)
		}
	}
}

// begun proves what is begun, for each row of a table where one is named.
func (v *prover) begun(at string, b *Begin) {
	prove := func() {
		v.expr(at, &b.If, expr.AsBool())
		v.expr(at, &b.Holder)
		for j := range b.Fields {
			v.expr(at, &b.Fields[j].Value)
		}
	}
	if b.Rows == "" {
		prove()
	} else if !v.withRow(b.Rows, prove) {
		v.fault(at, "按行启动（rows）要指明一个表格字段")
	}
}

var sortKeys = []string{"", "number", "title", "party", "party_number", "created", "due", "closed"}

func (v *prover) books() {
	p := v.p
	if p.Register.Name != "" && len(p.Register.Columns) == 0 {
		v.fault("register", "登记簿要写栏目（columns）")
	}
	for _, s := range p.Register.Since {
		if p.Step(s) == nil {
			v.fault("register.since", "没有环节“%s”", s)
		}
	}
	v.columns("register.columns", p.Register.Columns)
	v.paper("register", p.Register.Paper)
	for i := range p.Books {
		b := &p.Books[i]
		v.paper(fmt.Sprintf("books.%d", i), b.Paper)
		at := fmt.Sprintf("books.%d.rows", i)
		proved := v.withRow(b.Rows, func() {
			v.expr(fmt.Sprintf("books.%d.when", i), &b.When, expr.AsBool())
			v.columns(fmt.Sprintf("books.%d.columns", i), b.Columns)
		})
		if !proved {
			v.fault(at, "分簿的行（rows）要指明一个表格字段")
		}
	}
	for i := range p.Sheets {
		v.sheet(&p.Sheets[i])
	}
}

// withRow proves what speaks of a row of a table field; false if there is no such table.
func (v *prover) withRow(field string, prove func()) bool {
	f := v.p.Field(field)
	if f == nil || f.Type != Table {
		return false
	}
	row := map[string]any{}
	for j := range f.Columns {
		row[f.Columns[j].Key] = f.Columns[j].zero()
	}
	scope, names := v.scope, v.names
	inner := maps.Clone(scope)
	inner["row"] = row
	v.within(inner)
	v.rows = f
	prove()
	v.scope, v.names, v.rows = scope, names, nil
	return true
}

func (v *prover) columns(path string, cols []Column) {
	for i := range cols {
		c := &cols[i]
		at := fmt.Sprintf("%s.%d", path, i)
		if c.Value.IsZero() || c.Name == "" {
			v.fault(at, "栏目要写名称（name）和内容（value）")
		}
		if !slices.Contains(sortKeys, c.Sort) {
			v.fault(at, "栏目“%s”不能按“%s”排序，可用：%s", c.Name, c.Sort, strings.Join(sortKeys[1:], "、"))
		}
		v.expr(at, &c.Value)
		v.amount(&c.Value)
	}
}

// amount marks what is a sum of money as it stands in a field, or one of two that a condition chooses.
func (v *prover) amount(x *Expr) {
	text := x.Text
	if _, chosen, ok := strings.Cut(text, " ? "); ok {
		text = strings.ReplaceAll(chosen, " : ", " ?? ")
	}
	x.money = slices.ContainsFunc(strings.Split(text, " ?? "), func(branch string) bool {
		key, inRow := strings.CutPrefix(strings.TrimSpace(branch), "row.")
		f := v.p.Field(key)
		if inRow && v.rows != nil {
			f = v.rows.column(key)
		}
		return f != nil && f.Type == Money
	})
}

func (v *prover) paper(at, name string) {
	if _, err := sheet.ParsePaper(name); name != "" && err != nil {
		v.fault(at, "%s", err)
	}
}

// table proves a table within a form.
func (v *prover) table(at string, c *SheetCell, besides int) {
	switch {
	case besides > 1:
		v.fault(at, "格子里的表（rows）自占一行，旁边不能再有格子")
	case !c.Value.IsZero() || len(c.Opinions) > 0:
		v.fault(at, "格子里的表（rows）只写栏目（columns），不再写 value、opinions")
	case len(c.Columns) == 0:
		v.fault(at, "格子里的表没有写栏目（columns）")
	}
	if !v.withRow(c.Rows, func() { v.columns(at, c.Columns) }) {
		v.fault(at, "格子里的表（rows）要指明一个表格字段")
	}
}

func (v *prover) sheet(s *Sheet) {
	at := "sheets." + s.Key
	v.paper(at, s.Paper)
	v.expr(at+".when", &s.When, expr.AsBool())
	for i := range s.Rows {
		span := 0
		for j := range s.Rows[i].Cells {
			c := &s.Rows[i].Cells[j]
			cell := fmt.Sprintf("%s.rows.%d.cells.%d", at, i, j)
			v.expr(cell, &c.Value)
			v.amount(&c.Value)
			if c.Rows != "" || len(c.Columns) > 0 {
				v.table(cell, c, len(s.Rows[i].Cells))
			}
			span += c.Span
			for _, step := range c.Opinions {
				if v.p.Step(step) == nil {
					v.fault(fmt.Sprintf("%s.rows.%d", at, i), "没有环节“%s”", step)
				}
			}
		}
		if span != 12 {
			v.fault(fmt.Sprintf("%s.rows.%d", at, i), "一行各格宽度（span）合计要等于 12，现在是 %d", span)
		}
	}
}
