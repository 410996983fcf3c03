package engine

import (
	"maps"
	"slices"

	"github.com/expr-lang/expr/ast"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// Which lines of a form bear the star of 必填 is asked of the very rules that would refuse the form: the entries with a
// "!", and the checks that name a line or want it filled. A line is needed when the action, taken as the form stands but
// with that line left empty, would be refused for it.

// Needed tells which entries an action would refuse to go without, if it were taken with these values, and on which
// entries the answer hangs, for whoever has to ask again when one of them changes. Like decide it reads and writes nothing.
func (p *Procedure) Needed(m *Matter, act *Action, person db.ID, values map[string]any, w World) (fields, by []string, err error) {
	var entered, reckoned *Case
	if len(act.wanted) > 0 {
		entered = newCase(p, m, act, w.ActorOf(person), w)
		if _, err := entered.enter(values); err != nil { // what is wrong in itself is said when it is sent
			return nil, nil, err
		}
		if reckoned = entered.without(""); reckoned.assign() != nil {
			reckoned = nil // too little is entered yet
		}
	}
	for _, e := range act.entries(p) {
		missed := e.Required
		if w, ok := act.wanted[e.Field]; ok && w.reckons {
			missed = entered.misses(e.Field, w)
		} else if ok && reckoned != nil {
			missed = reckoned.misses(e.Field, w)
		}
		if missed {
			fields = append(fields, e.Field)
		}
	}
	return fields, act.hangs, nil
}

// want 需填 is what may ask for an entry to be filled.
type want struct {
	checks  []Check
	reckons bool // the definition reckons something else from the entry, which has to be done anew without it
}

// noteWanted notes, once the expressions of the action are compiled, which of its checks may ask for which of its entries to
// be filled, and on which entries the answer hangs.
func (a *Action) noteWanted(p *Procedure) {
	entries := a.entries(p)
	a.wanted, a.hangs, a.cells = map[string]want{}, nil, map[string][]string{}
	asked := map[string]bool{}
	for _, e := range entries {
		if f := p.Field(e.Field); f != nil && f.Type == Table {
			a.cells[e.Field] = cellsWanted(a.Checks, e.Field)
		}
		if checks := wanting(a.Checks, e.Field); len(checks) > 0 && !e.Required {
			reckons := slices.ContainsFunc(a.Set, func(s Assign) bool { return slices.Contains(s.Value.asks, e.Field) })
			a.wanted[e.Field] = want{checks, reckons}
			for _, ch := range checks {
				a.hangsOn(ch, e.Field, asked)
			}
		}
	}
	for _, e := range entries {
		if asked[e.Field] {
			a.hangs = append(a.hangs, e.Field)
		}
	}
}

// Unbegun is a matter as it would be before anything is entered, for a form that is filled in before there is one.
func (p *Procedure) Unbegun(person db.ID, w World) (*Matter, error) {
	who := w.Dir.Person(person)
	m := &Matter{
		Agency: who.Agency, Kind: p.Kind, State: Open, Step: p.First().Key, Year: w.Now.Year(), Starter: person, Unit: who.Unit,
		Created: w.Now, Fields: map[string]any{},
	}
	c := newCase(p, m, createAction, w.ActorOf(person), w)
	return c.Matter, c.defaults()
}

// NeededNow is Needed of an action on a matter, as somebody is filling in its form.
func (e *Engine) NeededNow(tx *db.Tx, person, matter db.ID, action string, values map[string]any) ([]string, error) {
	m, p, w, err := e.Look(tx, person, matter)
	if err != nil {
		return nil, err
	}
	act := p.action(m.Step, action)
	if act == nil {
		return nil, errs.New(errs.NotFound, "“%s”环节没有这个动作，请刷新后看看现在到了哪一步", p.stepName(m.Step))
	}
	if w, err = e.entered(tx, p, m, values, w.ActorOf(person), w); err != nil {
		return nil, err
	}
	fields, _, err := p.Needed(m, act, person, values, w)
	return fields, err
}

// NeededToBegin is Needed of the ordinary action of the first step, before there is a matter.
func (e *Engine) NeededToBegin(tx *db.Tx, person db.ID, kind string, values map[string]any) ([]string, error) {
	p := e.Catalogue().Kind(kind)
	if p == nil {
		return nil, errs.New(errs.NotFound, "没有“%s”这个办理程序", kind)
	}
	w, err := e.World(tx)
	if err != nil {
		return nil, err
	}
	if w, err = e.entered(tx, p, nil, values, w.ActorOf(person), w); err != nil {
		return nil, err
	}
	m, err := p.Unbegun(person, w)
	if err != nil {
		return nil, err
	}
	fields, _, err := p.Needed(m, &p.First().Actions[0], person, values, w)
	return fields, err
}

// misses tells whether one of the checks fails once the line is left empty. A check that cannot be reckoned asks nothing.
func (c *Case) misses(field string, w want) bool {
	without := c.without(field)
	if w.reckons && without.assign() != nil {
		return false
	}
	return slices.ContainsFunc(w.checks, func(ch Check) bool {
		ok, err := ch.OK.holds(without.scope())
		return err == nil && !ok
	})
}

// without is the case with an entry left empty, for a look at what it would come to.
func (c *Case) without(field string) *Case { return c.with(field, nil) }

// with is the case with something else in a field.
func (c *Case) with(field string, v any) *Case {
	other, after := *c, *c.Matter
	after.Fields, other.Input = maps.Clone(c.Matter.Fields), maps.Clone(c.Input)
	other.Matter = &after
	delete(other.Input, field)
	after.set(field, v)
	return &other
}

// hangsOn notes what a check of a line asks for besides that line, and what the action puts into it beforehand.
func (a *Action) hangsOn(ch Check, field string, asked map[string]bool) {
	for _, name := range ch.OK.asks {
		asked[name] = asked[name] || name != field
		for _, s := range a.Set {
			if s.Field != name {
				continue
			}
			for _, source := range s.Value.asks {
				asked[source] = asked[source] || source != field
			}
		}
	}
}

// wanting are the checks that may ask for a line to be filled: those that point at it and speak of it, and those that hold
// only if it is filled, or ticked, or at least so much, and so are other lines.
func wanting(checks []Check, field string) []Check {
	var out []Check
	for _, ch := range checks {
		if ch.Field == field && slices.Contains(ch.OK.asks, field) || slices.Contains(ch.OK.joined(), field) {
			out = append(out, ch)
		}
	}
	return out
}

// joined are the names that an expression wants filled side by side: a and filled(b) and c >= 1.
func (e *Expr) joined() []string {
	if e.program == nil {
		return nil
	}
	var found sideBySide
	node := e.program.Node()
	ast.Walk(&node, &found)
	return found
}

// sideBySide gathers them.
type sideBySide []string

// Visit implements ast.Visitor.
func (s *sideBySide) Visit(node *ast.Node) {
	if sides := sidesOf(*node, "and", "&&"); len(sides) > 1 {
		for _, side := range sides {
			if name := wantedBy(side, identifier); name != "" && !slices.Contains(*s, name) {
				*s = append(*s, name)
			}
		}
	}
}

// sidesOf are the conditions that an expression joins by an operator; of another, itself.
func sidesOf(node ast.Node, operator ...string) []ast.Node {
	if n, ok := node.(*ast.BinaryNode); ok && slices.Contains(operator, n.Operator) {
		return append(sidesOf(n.Left, operator...), sidesOf(n.Right, operator...)...)
	}
	return []ast.Node{node}
}

// wantedBy is the name that a condition wants filled, if that is all it says; what is a name, named tells.
func wantedBy(side ast.Node, named func(ast.Node) string) string {
	switch n := side.(type) {
	case *ast.CallNode:
		if f, ok := n.Callee.(*ast.IdentifierNode); ok && f.Value == "filled" && len(n.Arguments) == 1 {
			return wantedBy(n.Arguments[0], named)
		}
	case *ast.BinaryNode:
		if _, least := n.Right.(*ast.IntegerNode); least && (n.Operator == ">=" || n.Operator == ">") {
			return wantedBy(n.Left, named)
		}
	}
	return named(side)
}

// identifier is the name of a field.
func identifier(node ast.Node) string {
	if n, ok := node.(*ast.IdentifierNode); ok {
		return n.Value
	}
	return ""
}
