package engine

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// Case 办件 is one action being taken: what it was decided on and what becomes of it. Effects may change Matter.
type Case struct {
	Procedure *Procedure
	Action    *Action
	Before    *Matter
	Matter    *Matter
	Actor     Actor
	For       db.ID // whom the actor stands in for
	Opinion   string
	Input     map[string]any // accepted values, transient ones included
	World     World
	Child     *Matter // the linked matter whose end set this off

	entered map[string]any // as it came in
	target  string
	inForce *Catalogue
	follow  func(tx *db.Tx, matter db.ID, action string, facts map[string]any) error
	task    *Task // the actor's own task, if they act as holder
}

// Owner is the person in whose place the action is done.
func (c *Case) Owner() db.ID {
	if c.For != 0 {
		return c.For
	}
	return c.Actor.Person
}

// Text reads a text field of the matter.
func (c *Case) Text(field string) string {
	s, _ := c.Matter.Fields[field].(string)
	return s
}

func (c *Case) scope() *scope { return &scope{p: c.Procedure, m: c.Matter, w: c.World, c: c} }

// reads tells whether the actor owes a reading.
func (c *Case) reads() bool {
	for _, t := range c.Matter.OpenTasks(Read) {
		if ok, _ := c.Actor.Is(t.Person); ok {
			return true
		}
	}
	return false
}

// Follow does one of the automatic actions of another matter as a consequence of this case, with the facts it needs
// as child.NAME.
func (c *Case) Follow(tx *db.Tx, matter db.ID, action string, facts map[string]any) error {
	return c.follow(tx, matter, action, facts)
}

// Kind is the definition in force of another kind, for an effect that deals with its matters; nil if there is none.
func (c *Case) Kind(kind string) *Procedure {
	if c.inForce == nil {
		return nil
	}
	return c.inForce.Last(kind)
}

// decide is pure: from the matter, the wish and the world follow either the case to carry out or every reason why
// not. Nothing is read or written.
func decide(p *Procedure, m *Matter, a Actor, cmd Command, w World) (*Case, error) {
	if cmd.Version != 0 && cmd.Version != m.Version {
		return nil, stale(m, w)
	}
	act := p.action(m.Step, cmd.Action)
	if act == nil {
		return nil, errs.Refuse("现在不能这样办", errs.Reason{Text: fmt.Sprintf("“%s”环节没有这个动作，请刷新后看看现在到了哪一步", p.stepName(m.Step))})
	}
	c := newCase(p, m, act, a, w)
	c.Opinion = strings.TrimSpace(plain(cmd.Opinion, true))
	_, reasons, err := c.permitted()
	if err != nil {
		return nil, err
	}
	if len(reasons) == 0 {
		if reasons, err = c.judge(cmd.Fields); err != nil {
			return nil, err
		}
	}
	if len(reasons) > 0 {
		return nil, errs.Refuse("“"+act.Name+"”没有办成", reasons...)
	}
	return c, nil
}

// judge takes in what was entered and gives every reason against it at once, each with the clause that asks for it
// (OTH-21): what is missing or wrong in itself, and what the definition's checks have against the rest. A field that is
// already named is not named twice.
func (c *Case) judge(values map[string]any) ([]errs.Reason, error) {
	reasons, err := c.enter(values)
	if err != nil {
		return nil, err
	}
	more, err := c.check()
	if len(reasons) == 0 {
		return more, err
	}
	for _, r := range more { // an error here only says that what is missing could not be reckoned with
		named := slices.ContainsFunc(reasons, func(had errs.Reason) bool { return r.Field != "" && had.Field == r.Field })
		if !named {
			reasons = append(reasons, r)
		}
	}
	return reasons, nil
}

func newCase(p *Procedure, m *Matter, act *Action, a Actor, w World) *Case {
	c := peek(p, m, act, a, w)
	after := *m
	after.Fields = maps.Clone(m.Fields)
	after.Tasks = slices.Clone(m.Tasks)
	after.Trail = slices.Clone(m.Trail)
	c.Matter, c.Input = &after, map[string]any{}
	return c
}

// peek is a case that is only looked at: it stands on the matter itself.
func peek(p *Procedure, m *Matter, act *Action, a Actor, w World) *Case {
	if m.Sealed {
		a.StandsIn = nil // a sealed item is the addressee's alone
	}
	return &Case{Procedure: p, Action: act, Before: m, Matter: m, Actor: a, World: w}
}

func stale(m *Matter, w World) error {
	text := "这件刚刚有人办过，请看过最新情况再办；您填的内容仍在"
	if n := len(m.Trail); n > 0 {
		h := m.Trail[n-1]
		text = fmt.Sprintf("这件已由%s在%s办过，请看过最新情况再办；您填的内容仍在", w.Dir.Name(h.By), h.At.In(db.Location).Format("1月2日15时04分"))
	}
	return errs.New(errs.Conflict, "%s", text)
}

// permitted lists every reason why the actor may not begin this action now, whatever they would enter.
// mine tells that the actor has the right to it, whatever else stands in the way.
func (c *Case) permitted() (mine bool, reasons []errs.Reason, err error) {
	if r := c.stateAllows(); r != nil {
		return false, []errs.Reason{*r}, nil
	}
	if mine, err = c.actorMay(); err != nil {
		return false, nil, err
	}
	if !mine {
		reasons = append(reasons, c.notYours())
	}
	switch c.Action.target() {
	case ToUndo:
		reasons = append(reasons, c.undoAllows()...)
	case ToChosen:
		if len(c.Matter.visited()) == 0 {
			reasons = append(reasons, errs.Reason{Text: "此件还在第一个环节，没有可以退回的地方"})
		}
	}
	failed, err := failing(c.Action.Needs, c.scope())
	return mine, append(reasons, failed...), err
}

func (c *Case) stateAllows() *errs.Reason {
	if slices.Contains(c.Action.states(), string(c.Matter.State)) {
		if len(c.Action.At) > 0 && !slices.Contains(c.Action.At, c.Matter.Step) {
			return &errs.Reason{Text: fmt.Sprintf("现在是“%s”环节，不能“%s”", c.Procedure.stepName(c.Matter.Step), c.Action.Name)}
		}
		if c.Action.target() == ToUrge && c.heldByActorAlone() {
			return &errs.Reason{Text: "这一件在您自己手里，办了就是，不用催"}
		}
		return nil
	}
	return &errs.Reason{Text: fmt.Sprintf("此件%s，不能“%s”", StateNames[c.Matter.State], c.Action.Name)}
}

func (c *Case) heldByActorAlone() bool {
	tasks := c.Matter.OpenTasks(Handle)
	return len(tasks) > 0 && !slices.ContainsFunc(tasks, func(t *Task) bool { return t.Person != c.Actor.Person })
}

// actorMay finds by what right the actor acts and remembers their task and whom they stand in for.
func (c *Case) actorMay() (bool, error) {
	if c.Action.Auto {
		return c.Actor.System, nil
	}
	if s := c.Procedure.Step(c.Matter.Step); s != nil && !s.InPerson.IsZero() {
		own, err := s.InPerson.holds(c.scope())
		if err != nil {
			return false, err
		}
		if own {
			c.Actor.StandsIn = nil
		}
	}
	role := Handle
	if c.Action.target() == ToRead {
		role = Read
	}
	if !c.Action.Only {
		for _, t := range c.Matter.OpenTasks(role) {
			if ok, standsFor := c.Actor.Is(t.Person); ok {
				c.task, c.For = t, standsFor
				if standsFor == 0 {
					break
				}
			}
		}
		if c.task != nil {
			return true, nil
		}
	}
	if c.Action.By.IsZero() {
		return false, nil
	}
	by, err := c.Action.By.run(c.scope())
	if err != nil {
		return false, err
	}
	for _, person := range IDs(by) {
		if ok, standsFor := c.Actor.Is(person); ok {
			c.For = standsFor
			if standsFor == 0 {
				return true, nil
			}
		}
	}
	return c.For != 0, nil
}

func (c *Case) notYours() errs.Reason {
	var names []string
	for _, id := range c.Matter.Holders() {
		names = append(names, c.World.Dir.Name(id))
	}
	step := c.Procedure.Step(c.Matter.Step)
	var clause string
	if step != nil && len(step.Basis) > 0 {
		clause = step.Basis[0]
	}
	if c.Action.Only || len(names) == 0 || c.Action.target() == ToRead {
		return errs.Reason{Text: fmt.Sprintf("“%s”不由您办理", c.Action.Name), Clause: clause}
	}
	return errs.Reason{Text: fmt.Sprintf("现由%s办理“%s”", strings.Join(names, "、"), c.Procedure.stepName(c.Matter.Step)), Clause: clause}
}

// undoAllows: the last action may be taken back by who did it while nobody has opened what came of it.
func (c *Case) undoAllows() []errs.Reason {
	trail := c.Matter.Trail
	if len(trail) == 0 {
		return []errs.Reason{{Text: "还没有可撤回的办理"}}
	}
	last := trail[len(trail)-1]
	mine, standsFor := c.Actor.Is(last.By)
	if ok, s := c.Actor.Is(last.Owner()); !mine && ok {
		mine, standsFor = ok, s
	}
	if !mine || last.To != c.Matter.Step {
		return []errs.Reason{{Text: "上一步不是您办的，不能撤回"}}
	}
	c.For = standsFor
	if act := c.Procedure.action(last.Step, last.Action); act != nil && act.Final {
		return []errs.Reason{{Text: fmt.Sprintf("“%s”一经办理不能撤回，确需改动的请办退回或更正", act.Name)}}
	}
	for _, t := range c.Matter.OpenTasks(Handle) {
		if !t.Opened.IsZero() && t.Person != last.Owner() {
			return []errs.Reason{{Text: fmt.Sprintf("%s已经打开此件，不能撤回，请与其联系退回", c.World.Dir.Name(t.Person))}}
		}
	}
	return nil
}

// check applies the definition's assignments, then holds the result against its checks and finds the way on.
func (c *Case) check() ([]errs.Reason, error) {
	if err := c.assign(); err != nil {
		return nil, err
	}
	reasons, err := failing(c.Action.Checks, c.scope())
	if err != nil || len(reasons) > 0 {
		return reasons, err
	}
	return nil, c.chooseTarget()
}

func (c *Case) chooseTarget() error {
	scope := c.scope()
	for _, b := range c.Action.To {
		ok, err := b.If.holds(scope)
		if err != nil {
			return err
		}
		if ok {
			c.target = b.To
			return nil
		}
	}
	return errs.Refuse("“"+c.Action.Name+"”没有办成", errs.Reason{Text: "按所填内容找不到下一环节，请联系管理员检查办理程序"})
}

func failing(checks []Check, scope *scope) ([]errs.Reason, error) {
	var reasons []errs.Reason
	for _, ch := range checks {
		ok, err := ch.OK.holds(scope)
		if err != nil {
			return nil, err
		}
		if !ok {
			r := errs.Reason{Text: ch.Say, Clause: ch.Clause, Field: ch.Field}
			scope.pointTo(&r, ch)
			reasons = append(reasons, r)
		}
	}
	return reasons, nil
}

func (m *Matter) set(field string, v any) {
	if v == nil {
		delete(m.Fields, field)
		return
	}
	m.Fields[field] = v
}

// plainValue makes what an expression yields fit for storing.
func plainValue(v any) any {
	switch x := v.(type) {
	case []string:
		out := make([]any, len(x))
		for i, s := range x {
			out[i] = s
		}
		return out
	case int:
		return float64(x)
	case int64:
		return float64(x)
	}
	if empty(v) {
		return nil
	}
	return v
}

// states lists the states of a matter in which the action is possible.
func (a *Action) states() []string {
	if len(a.In) == 0 {
		return []string{string(Open)}
	}
	return a.In
}

// target is where an action with one branch leads; of several branches, the empty string.
func (a *Action) target() string {
	if len(a.To) == 1 {
		return a.To[0].To
	}
	return ""
}

func (p *Procedure) stepName(key string) string {
	if s := p.steps[key]; s != nil {
		return s.Name
	}
	return "办结"
}

func (p *Procedure) fieldName(key string) string {
	if f := p.fields[key]; f != nil {
		return f.Name
	}
	return key
}

func firstOf(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
