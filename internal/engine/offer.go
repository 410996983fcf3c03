package engine

import (
	"maps"
	"slices"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// Offer 可办动作 is an action as the interface draws it: allowed, or shown with the reasons why not.
type Offer struct {
	Action  *Action
	Allowed bool
	Reasons []errs.Reason
	Entries []Entry
	Filled  map[string]any // values to begin the form with
	Mine    bool           // the refusal, if any, is not merely that someone else holds the matter
}

// Offers lists what may be done with a matter now, the step's own actions first.
func (e *Engine) Offers(tx *db.Tx, p *Procedure, m *Matter, person db.ID, w World) ([]Offer, error) {
	var out []Offer
	actor := w.ActorOf(person)
	each := func(acts []Action) error {
		for i := range acts {
			o, err := e.offer(tx, p, m, &acts[i], actor, w)
			if err != nil {
				return err
			}
			if o != nil {
				out = append(out, *o)
			}
		}
		return nil
	}
	if s := p.Step(m.Step); s != nil {
		if err := each(s.Actions); err != nil {
			return nil, err
		}
	}
	return out, each(p.Always)
}

func (e *Engine) offer(tx *db.Tx, p *Procedure, m *Matter, act *Action, actor Actor, w World) (*Offer, error) {
	if act.Auto {
		return nil, nil
	}
	c := peek(p, m, act, actor, w)
	if c.stateAllows() != nil {
		return nil, nil // an action of another state or step is not a refusal, it is not there
	}
	if ok, err := act.When.holds(c.scope()); err != nil || !ok {
		return nil, err
	}
	mine, reasons, err := c.permitted()
	if err != nil {
		return nil, err
	}
	if len(reasons) == 0 {
		for _, call := range act.Do {
			if check := e.effects[call.Name].Check; check != nil {
				found, err := check(tx, c, call.Arg)
				if err != nil {
					return nil, err
				}
				reasons = append(reasons, found...)
			}
		}
	}
	o := &Offer{Action: act, Allowed: len(reasons) == 0, Reasons: reasons, Entries: act.entries(p), Mine: mine, Filled: map[string]any{}}
	for _, call := range act.Do {
		if fill := e.effects[call.Name].Fill; fill != nil && o.Allowed {
			maps.Copy(o.Filled, fill(c, call.Arg))
		}
	}
	return o, nil
}

// ReadsWith is the action by which what was sent for reading at a step is said to be read, if that takes a press and
// nothing else: no line to fill in, no opinion, no question asked before.
func (p *Procedure) ReadsWith(step string) string {
	offered := [][]Action{p.Always}
	if s := p.Step(step); s != nil {
		offered = [][]Action{s.Actions, p.Always}
	}
	for _, acts := range offered {
		for i := range acts {
			if a := &acts[i]; a.target() == ToRead && !a.Auto && a.bare() {
				return a.Key
			}
		}
	}
	return ""
}

// bare tells whether an action asks for nothing.
func (a *Action) bare() bool {
	return a.Opinion != "required" && a.Confirm == "" && !slices.ContainsFunc(a.Fields, func(e Entry) bool { return e.Required })
}

// ReturnTargets lists the steps a matter may be returned to, latest first.
func (p *Procedure) ReturnTargets(m *Matter) []*Step {
	var out []*Step
	for _, key := range m.visited() {
		if s := p.Step(key); s != nil && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// Value evaluates an expression of the definition over a matter, for lists and forms.
func (p *Procedure) Value(x Expr, m *Matter, w World) (any, error) { return x.shown(p.scope(m, w)) }

// Begins is what a field of a form begins with for whoever is to fill it in.
func (p *Procedure) Begins(f *Field, m *Matter, person db.ID, w World) (any, error) {
	s := p.scope(m, w)
	s.me = person
	if who := w.Dir.Person(person); who != nil {
		s.myUnit = who.Unit
	}
	return f.Default.run(s)
}

// Values evaluates register columns over a matter, and over a row of a table when there is one.
func (p *Procedure) Values(cols []Column, m *Matter, row map[string]any, w World) ([]any, error) {
	scope := p.scope(m, w)
	scope.row = row
	out := make([]any, len(cols))
	for i := range cols {
		v, err := cols[i].Value.shown(scope)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

// Holds evaluates a condition of the definition over a matter.
func (p *Procedure) Holds(x Expr, m *Matter, w World) (bool, error) {
	return x.holds(p.scope(m, w))
}

// HoldsFor evaluates a condition over a row of one of the matter's tables.
func (p *Procedure) HoldsFor(x Expr, m *Matter, row map[string]any, w World) (bool, error) {
	if x.IsZero() {
		return true, nil
	}
	scope := p.scope(m, w)
	scope.row = row
	return x.holds(scope)
}
