package engine

import (
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// What a rule asks of every line of a table is told twice: by a star at the head of a column that may not stay empty, and,
// when the rule refuses, by the lines and cells for which it does.

// CellsWanted are the columns of a table that must be filled in every line when the action is taken.
func (a *Action) CellsWanted(table string) []string { return a.cells[table] }

// cellsWanted are the columns that the checks want filled in every line of a table, whatever else is entered:
// all(lines, filled(.a) and .b >= 1), none(lines, .c == "" or …).
func cellsWanted(checks []Check, table string) []string {
	var out []string
	for _, ch := range checks {
		if ch.OK.program == nil {
			continue
		}
		for _, side := range sidesOf(ch.OK.program.Node(), "and", "&&") {
			of, line, every := eachLine(side)
			if of != table {
				continue
			}
			conditions, wanted := sidesOf(line, "and", "&&"), wantedBy
			if !every {
				conditions, wanted = sidesOf(line, "or", "||"), emptyBy
			}
			for _, c := range conditions {
				if column := wanted(c, cell); column != "" && !slices.Contains(out, column) {
					out = append(out, column)
				}
			}
		}
	}
	return out
}

// eachLine takes apart all(table, line), and none(table, line), which is not every.
func eachLine(node ast.Node) (table string, line ast.Node, every bool) {
	n, ok := node.(*ast.BuiltinNode)
	if !ok || n.Name != "all" && n.Name != "none" || len(n.Arguments) != 2 {
		return "", nil, false
	}
	if p, ok := n.Arguments[1].(*ast.PredicateNode); ok {
		line = p.Node
	}
	return identifier(n.Arguments[0]), line, n.Name == "all"
}

// emptyBy is the name that a condition finds empty, if that is all it says.
func emptyBy(side ast.Node, named func(ast.Node) string) string {
	switch n := side.(type) {
	case *ast.UnaryNode:
		if n.Operator == "not" || n.Operator == "!" {
			return wantedBy(n.Node, named)
		}
	case *ast.BinaryNode:
		if s, ok := n.Right.(*ast.StringNode); ok && s.Value == "" && n.Operator == "==" {
			return named(n.Left)
		}
	}
	return ""
}

// cell is the column that .column or (.column ?? "") speaks of, within what is said of every line.
func cell(node ast.Node) string {
	if n, ok := node.(*ast.BinaryNode); ok && n.Operator == "??" {
		node = n.Left
	}
	if n, ok := node.(*ast.MemberNode); ok {
		column, isText := n.Property.(*ast.StringNode)
		if _, ofLine := n.Node.(*ast.PointerNode); ofLine && isText {
			return column.Value
		}
	}
	return ""
}

// cellsAsked gathers the columns an expression asks the lines of a table for.
type cellsAsked []string

// Visit implements ast.Visitor.
func (a *cellsAsked) Visit(node *ast.Node) {
	if column := cell(*node); column != "" && !slices.Contains(*a, column) {
		*a = append(*a, column)
	}
}

// pointTo adds to a refusal where in its table it is at fault: the lines that the check refuses by themselves, though it
// has nothing against the table without any.
func (s *scope) pointTo(r *errs.Reason, ch Check) {
	f := s.p.Field(ch.Field)
	if s.c == nil || f == nil || f.Type != Table {
		return
	}
	refused := func(rows ...any) bool {
		ok, err := ch.OK.holds(s.c.with(f.Key, rows).scope())
		return err == nil && !ok
	}
	rows, _ := s.value(f.Key).([]any)
	if refused() || len(rows) == 0 {
		return
	}
	var asked cellsAsked
	node := ch.OK.program.Node()
	ast.Walk(&node, &asked)
	var lines []string
	for i, row := range rows {
		if !refused(row) {
			continue
		}
		place := s.c.placeOf(f, i)
		cells, line := f.atFault(row, asked, place)
		r.Cells, lines = append(r.Cells, cells...), append(lines, line)
	}
	r.Text += told(lines)
}

// told is the part of a refusal that names the lines: the first few.
func told(lines []string) string {
	const few = 3
	switch n := len(lines); {
	case n == 0:
		return ""
	case n > few:
		return fmt.Sprintf("（%s等，共 %d 行）", strings.Join(lines[:few], "，"), n)
	}
	return "（" + strings.Join(lines, "，") + "）"
}

// atFault are the cells of a line that a check speaks of: those left empty, else all of them.
func (f *Field) atFault(row any, asked []string, place int) (cells []errs.Cell, line string) {
	values, _ := row.(Row)
	var missing, all []errs.Cell
	var names []string
	for _, key := range asked {
		c := f.column(key)
		if c == nil || c.Hidden {
			continue
		}
		all = append(all, errs.Cell{Row: place, Column: key})
		if empty(values[key]) {
			missing, names = append(missing, errs.Cell{Row: place, Column: key}), append(names, c.Name)
		}
	}
	line = fmt.Sprintf("第 %d 行", place+1)
	switch {
	case len(missing) > 0:
		return missing, line + "缺" + strings.Join(names, "、")
	case len(all) > 0:
		return all, line
	}
	return []errs.Cell{{Row: place}}, line
}

// placeOf is where a line of a table stands in what was entered: lines without anything in them are not kept.
func (c *Case) placeOf(f *Field, kept int) int {
	entered, _ := c.entered[f.Key].([]any)
	for place, line := range entered {
		cells, _ := line.(map[string]any)
		if row, bad := f.acceptRow(cells, c.Before, c.World); bad == nil && len(row) > 0 {
			if kept == 0 {
				return place
			}
			kept--
		}
	}
	return kept
}
