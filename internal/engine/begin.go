package engine

import (
	"context"
	"fmt"
	"slices"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/secrecy"
)

// createAction is the pseudo action by which a matter comes into being; it gives the journal its first entry.
var createAction = &Action{Key: "create", Name: "立件", To: []Branch{{To: ToStay}}}

// Create begins a matter at its first step, held by the person, with whatever of the first step's fields is known.
func (e *Engine) Create(ctx context.Context, person db.ID, kind string, fields map[string]any, key string) (*Matter, error) {
	var m *Matter
	err := e.db.Write(ctx, func(tx *db.Tx) error {
		var err error
		m, err = e.CreateIn(tx, person, kind, fields, key)
		return err
	})
	return m, secrecy.Note(ctx, e.db, person, err)
}

// CreateIn is Create inside a transaction that the caller holds.
func (e *Engine) CreateIn(tx *db.Tx, person db.ID, kind string, fields map[string]any, key string) (*Matter, error) {
	w, err := e.World(tx)
	if err != nil {
		return nil, err
	}
	p := e.Catalogue().Kind(kind)
	if p == nil {
		return nil, errs.New(errs.NotFound, "没有“%s”这个办理程序", kind)
	}
	cmd := Command{Action: createAction.Key + ":" + kind, Fields: fields, Key: key}
	if done, err := e.repeated(tx, person, cmd); done != nil || err != nil {
		return done, err
	}
	for key := range fields {
		if f := p.Field(key); f != nil && f.Hidden {
			return nil, errs.Refuse("没有立件", errs.Reason{Text: "“" + f.Name + "”由系统填写", Field: key})
		}
	}
	if !p.MayStart(w, person) {
		return nil, errs.New(errs.Denied, "“%s”不由您登记或起草", p.Name)
	}
	actor := w.ActorOf(person)
	if w, err = e.entered(tx, p, nil, fields, actor, w); err != nil {
		return nil, err
	}
	return e.create(tx, p, actor, []db.ID{person}, fields, cmd, w)
}

// CreateFor begins a matter that a rule asks of a person, who holds it: nobody's wish, so nobody's right is asked.
func (e *Engine) CreateFor(tx *db.Tx, holder db.ID, kind string, fields map[string]any) (*Matter, error) {
	w, err := e.World(tx)
	if err != nil {
		return nil, err
	}
	p := e.Catalogue().Kind(kind)
	if p == nil {
		return nil, fmt.Errorf("no procedure %q", kind)
	}
	if w, err = w.carried(tx, p, fields); err != nil {
		return nil, err
	}
	return e.create(tx, p, Actor{Person: holder}, []db.ID{holder}, fields, Command{}, w)
}

// MayStart tells whether a person may begin a matter of the kind.
func (p *Procedure) MayStart(w World, person db.ID) bool {
	v := p.starters(w, person)
	if b, ok := v.(bool); ok {
		return b
	}
	actor := w.ActorOf(person)
	for _, id := range IDs(v) {
		if ok, _ := actor.Is(id); ok {
			return true
		}
	}
	return false
}

// starters is what the definition says of who may begin, as one person asks: people, or whether that one may; nil for nobody.
func (p *Procedure) starters(w World, person db.ID) any {
	who := w.Dir.Person(person)
	if who == nil {
		return nil
	}
	m := &Matter{Agency: who.Agency, Starter: person, Unit: who.Unit, Fields: map[string]any{}}
	v, err := p.Start.run(&scope{p: p, m: m, w: w, me: person, myUnit: who.Unit})
	if err != nil {
		return nil
	}
	return v
}

func (e *Engine) create(tx *db.Tx, p *Procedure, actor Actor, holders []db.ID, fields map[string]any, cmd Command, w World) (*Matter, error) {
	starter := w.Dir.Person(actor.Person)
	m := &Matter{
		ID: tx.NewID(), Agency: starter.Agency, Kind: p.Kind, Definition: p.Version, State: Open, Step: p.First().Key,
		Year: w.Now.Year(), Starter: starter.ID, Unit: starter.Unit, Created: w.Now, Custody: p.Custody, Fields: map[string]any{},
	}
	c := newCase(p, m, createAction, actor, w)
	if err := c.defaults(); err != nil {
		return nil, err
	}
	if reasons := c.enterFirst(fields); len(reasons) > 0 {
		return nil, errs.Refuse("没有立件", reasons...)
	}
	if err := e.guardInput(c); err != nil {
		return nil, err
	}
	if err := c.watermarkable(tx); err != nil {
		return nil, err
	}
	if err := c.arrive(m.Step, holders, tx.NewID); err != nil {
		return nil, err
	}
	c.target = ToStay
	if err := c.place(tx.NewID); err != nil {
		return nil, err
	}
	if err := e.keepSource(tx, p); err != nil {
		return nil, err
	}
	if _, err := saveMatter(tx, nil, c.Matter); err != nil {
		return nil, err
	}
	c.Before = &Matter{Fields: map[string]any{}}
	if err := grantAccess(tx, m, actor.Person, "starter"); err != nil {
		return nil, err
	}
	return c.Matter, e.record(tx, c, cmd)
}

func (c *Case) defaults() error {
	for i := range c.Procedure.Fields {
		f := &c.Procedure.Fields[i]
		if f.Default.IsZero() || f.Transient {
			continue
		}
		v, err := f.Default.run(c.scope())
		if err != nil {
			return err
		}
		c.Matter.set(f.Key, plainValue(v))
	}
	return nil
}

// enterFirst takes over what is known at the start: any field the first step asks for, and those of later steps that are
// the starter's own work (a clerk who signs for a document may type its title at once).
func (c *Case) enterFirst(values map[string]any) []errs.Reason {
	offered := map[string]bool{}
	for i := range c.Procedure.Steps {
		s := &c.Procedure.Steps[i]
		if i > 0 && !c.wouldHandle(s) {
			continue
		}
		for _, a := range s.Actions {
			for _, e := range a.entries(c.Procedure) {
				offered[e.Field] = true
			}
		}
	}
	var reasons []errs.Reason
	for key, given := range values {
		f := c.Procedure.Field(key)
		if f == nil || !offered[key] && !f.Hidden {
			reasons = append(reasons, errs.Reason{Text: fmt.Sprintf("“%s”不在立件时填写", c.Procedure.fieldName(key)), Field: key})
			continue
		}
		v, bad := f.accept(given, c.Matter, c.World)
		if bad != nil {
			reasons = append(reasons, *bad)
			continue
		}
		c.Input[key] = v
		if !f.Transient {
			c.Matter.set(key, v)
		}
	}
	return reasons
}

// wouldHandle tells whether a step, as things stand, would be the actor's.
func (c *Case) wouldHandle(s *Step) bool {
	who, err := s.Who.run(c.scope())
	return err == nil && slices.Contains(IDs(who), c.Actor.Person)
}

// beginLinked starts the matters that follow from an action, linked to this one: one, or one for each row of a table, so that
// what a meeting resolves becomes tasks by itself (ORG-08).
func (e *Engine) beginLinked(tx *db.Tx, c *Case) error {
	for _, b := range c.Action.Begin {
		for _, row := range rowsOf(c.Matter, b.Rows) {
			scope := c.scope()
			scope.row = row
			ok, err := b.If.holds(scope)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			if err := e.beginOne(tx, c, b, scope); err != nil {
				return err
			}
		}
	}
	return nil
}

// rowsOf are the rows of a table field; without one there is a single row that is none.
func rowsOf(m *Matter, table string) []map[string]any {
	if table == "" {
		return []map[string]any{nil}
	}
	var out []map[string]any
	list, _ := m.Fields[table].([]any)
	for _, r := range list {
		if row, ok := r.(map[string]any); ok {
			out = append(out, row)
		}
	}
	return out
}

// beginOne begins a matter with what is known already, so that nothing is filled in twice (OA-33).
func (e *Engine) beginOne(tx *db.Tx, c *Case, b Begin, scope *scope) error {
	p := e.Catalogue().Kind(b.Kind)
	if p == nil {
		return fmt.Errorf("no procedure %q to begin", b.Kind)
	}
	fields := map[string]any{}
	for _, f := range b.Fields {
		v, err := f.Value.run(scope)
		if err != nil {
			return err
		}
		if v := plainValue(v); v != nil {
			fields[f.Field] = v
		}
	}
	actor := c.Actor
	if actor.Person == 0 {
		actor = Actor{Person: c.Matter.Starter}
	}
	holders := []db.ID{c.Owner()}
	if !b.Holder.IsZero() {
		v, err := b.Holder.run(scope)
		if err != nil {
			return err
		}
		holders = IDs(v)
	}
	world, err := c.World.carried(tx, p, fields)
	if err != nil {
		return err
	}
	child, err := e.create(tx, p, actor, holders, fields, Command{}, world)
	if err != nil {
		return err
	}
	if err := link(tx, c.Matter.ID, child.ID, b.Relation); err != nil {
		return err
	}
	if b.Submit == "" {
		return nil
	}
	as := Actor{Person: holders[0]}
	_, err = e.act(tx, p, child, as, Command{Matter: child.ID, Action: b.Submit}, c.World, nil)
	return err
}

// tellParents lets the matters that wait for this one go on.
func (e *Engine) tellParents(tx *db.Tx, child *Matter, actor Actor, w World) error {
	ids, err := parents(tx, child.ID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		parent, err := loadMatter(tx, id)
		if err != nil {
			return err
		}
		p, err := e.Procedure(tx, parent)
		if err != nil {
			return err
		}
		if key := p.closedAction(child.Kind); key != "" {
			if err := e.follow(tx, id, key, actor, w, child); err != nil {
				return err
			}
		}
	}
	return nil
}

// follow does an automatic action of a matter; one that is no longer waiting for it is left as it is.
func (e *Engine) follow(tx *db.Tx, id db.ID, key string, actor Actor, w World, child *Matter) error {
	m, err := loadMatter(tx, id)
	if err != nil || m == nil {
		return err
	}
	p, err := e.Procedure(tx, m)
	if err != nil {
		return err
	}
	if now := e.Catalogue().Kind(m.Kind); now != nil && m.State == Closed {
		p = now // its own edition has said all it had to say: what is done with it later is done by the rules of the day
	}
	act := p.action(m.Step, key)
	if act == nil || !act.Auto || !slices.Contains(act.states(), string(m.State)) {
		return nil
	}
	_, err = e.act(tx, p, m, Actor{Person: actor.Person, System: true}, Command{Matter: id, Action: key}, w, child)
	return err
}

// closedAction is what is done when a matter of the kind, begun from this procedure, is closed.
func (p *Procedure) closedAction(kind string) string {
	find := func(acts []Action) string {
		for _, a := range acts {
			for _, b := range a.Begin {
				if b.Kind == kind && b.Closed != "" {
					return b.Closed
				}
			}
		}
		return ""
	}
	for _, s := range p.Steps {
		if key := find(s.Actions); key != "" {
			return key
		}
	}
	return find(p.Always)
}

// Link ties two matters together by a relation that people name (答复、依据…).
func (e *Engine) Link(tx *db.Tx, from, to db.ID, relation string) error {
	return link(tx, from, to, relation)
}

// LinkFrom ties another matter to this one by a relation that people name, as an effect finds it.
func (c *Case) LinkFrom(tx *db.Tx, from db.ID, relation string) error {
	return link(tx, from, c.Matter.ID, relation)
}
