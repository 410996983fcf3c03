package engine

import (
	"context"
	"fmt"
	"sync"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	"github.com/chengqi-oa/chengqi/internal/record/secrecy"
	"github.com/chengqi-oa/chengqi/workday"
)

// Engine runs the procedures. Do and Create are the one door: nothing else writes a matter.
type Engine struct {
	Reach Reach // of searches

	db      *db.DB
	book    *org.Book
	model   *rulebook.Rulebook // as shipped
	rules   *rulebook.Rulebook // in force
	effects map[string]Effect
	guard   Guard
	tell    func(Event)
	cal     func(*db.Tx) (workday.Calendar, error)

	mu       sync.RWMutex
	current  *Catalogue
	revision int64
	old      map[string]*Procedure // by version
}

// Guard looks at entered text before it is stored; its reasons refuse it (state secrets, DOC-IN-04).
type Guard func(text string, of Guarded) []errs.Reason

// Guarded 受检事项 is what the guard knows of the matter a text is entered for.
type Guarded struct {
	Level       string // its secrecy, as it would be with what was entered
	NumbersOnly bool   // it is a line of a ledger that holds numbers only
}

// Event 变动 is told to others after the commit.
type Event struct {
	Matter  db.ID
	Version int64
	People  []db.ID // whose task lists changed
	Notices []Notice
	Rules   bool // procedures or clauses have changed
}

// Notice 提醒 for one person.
type Notice struct {
	ID     db.ID
	Person db.ID
	Text   string
	Clause string
	Matter db.ID
}

// Parts are what an Engine is made of.
type Parts struct {
	DB       *db.DB
	Book     *org.Book
	Rules    *rulebook.Rulebook
	Effects  map[string]Effect
	Guard    Guard
	Calendar func(*db.Tx) (workday.Calendar, error)
	Tell     func(Event)
}

// New puts an engine together; it knows no procedure before its first Refresh.
func New(p Parts) *Engine {
	e := &Engine{
		Reach: usualReach,
		db:    p.DB, book: p.Book, model: p.Rules, rules: p.Rules, effects: WithBuiltIn(p.Effects), guard: p.Guard, tell: p.Tell, cal: p.Calendar,
		current: &Catalogue{}, old: map[string]*Procedure{},
	}
	if e.tell == nil {
		e.tell = func(Event) {}
	}
	if e.cal == nil {
		e.cal = func(*db.Tx) (workday.Calendar, error) { return workday.Official(), nil }
	}
	return e
}

// WithBuiltIn adds the effects every office has.
func WithBuiltIn(effects map[string]Effect) map[string]Effect {
	all := map[string]Effect{NumberEffect: {Act: allocate}}
	for name, e := range effects {
		all[name] = e
	}
	return all
}

// Catalogue is the set of procedures in force.
func (e *Engine) Catalogue() *Catalogue {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.current
}

// World gathers what decisions look at.
func (e *Engine) World(tx *db.Tx) (World, error) {
	dir, err := e.book.Directory(tx)
	if err != nil {
		return World{}, err
	}
	cal, err := e.cal(tx)
	return World{Now: tx.Now, Dir: dir, Cal: cal, Rules: e.Rules()}, err
}

// ActorOf is a person as they may act at this moment.
func (w World) ActorOf(person db.ID) Actor {
	return Actor{Person: person, StandsIn: w.Dir.StandsInFor(person, w.Now), Leads: w.Dir.Leads(person)}
}

// Procedure finds the version a matter began with.
func (e *Engine) Procedure(tx *db.Tx, m *Matter) (*Procedure, error) {
	e.mu.RLock()
	p, old := e.current.Kind(m.Kind), e.old[m.Definition]
	e.mu.RUnlock()
	if p != nil && p.Version == m.Definition {
		return p, nil
	}
	if old != nil {
		return old, nil
	}
	var source string
	found, err := tx.Row(`SELECT source FROM procedures WHERE kind = ? AND version = ?`, []any{m.Kind, m.Definition}, &source)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("the definition %s of %s is not stored", m.Definition, m.Kind)
	}
	p, err = Reload(Proof{Rules: e.Rules(), Effects: e.effects}, m.Kind, source)
	if err != nil {
		return nil, err
	}
	e.mu.Lock()
	e.old[m.Definition] = p
	e.mu.Unlock()
	return p, nil
}

// keepSource stores a definition so that matters begun with it can always be read.
func (e *Engine) keepSource(tx *db.Tx, p *Procedure) error {
	var one int
	if kept, err := tx.Row(`SELECT 1 FROM procedures WHERE kind = ? AND version = ?`, []any{p.Kind, p.Version}, &one); kept || err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO procedures (kind, version, source, loaded_at) VALUES (?,?,?,?) ON CONFLICT DO NOTHING`,
		p.Kind, p.Version, p.Source, tx.Now)
	return err
}

// Do carries out one action and returns the matter as it is then.
func (e *Engine) Do(ctx context.Context, person db.ID, cmd Command) (*Matter, error) {
	var m *Matter
	err := e.db.Write(ctx, func(tx *db.Tx) error {
		var err error
		m, err = e.DoIn(tx, person, cmd)
		return err
	})
	return m, secrecy.Note(ctx, e.db, person, err)
}

// DoIn is Do inside a transaction that the caller holds (sample data, tests of several actions at once).
func (e *Engine) DoIn(tx *db.Tx, person db.ID, cmd Command) (*Matter, error) {
	w, err := e.World(tx)
	if err != nil {
		return nil, err
	}
	m, err := loadMatter(tx, cmd.Matter)
	if err != nil {
		return nil, err
	}
	// Asked only now that the matter is ours: the same request may be under way on another server.
	if done, err := e.repeated(tx, person, cmd); done != nil || err != nil {
		return done, err
	}
	actor := w.ActorOf(person)
	p, err := e.visible(tx, m, actor, w)
	if err != nil {
		return nil, err
	}
	if w, err = e.entered(tx, p, m, cmd.Fields, actor, w); err != nil {
		return nil, err
	}
	return e.act(tx, p, m, actor, cmd, w, nil)
}

// act is the door itself.
func (e *Engine) act(tx *db.Tx, p *Procedure, m *Matter, actor Actor, cmd Command, w World, child *Matter) (*Matter, error) {
	c, err := decideWith(p, m, actor, cmd, w, child)
	if err != nil {
		return nil, err
	}
	if err := e.guardInput(c); err != nil {
		return nil, err
	}
	if err := c.watermarkable(tx); err != nil {
		return nil, err
	}
	c.follow = func(tx *db.Tx, matter db.ID, action string, facts map[string]any) error {
		return e.follow(tx, matter, action, actor, w, &Matter{ID: c.Matter.ID, Number: c.Matter.Number, Title: c.Matter.Title, Fields: facts})
	}
	c.inForce = e.Catalogue()
	if err := e.runEffects(tx, c); err != nil {
		return nil, err
	}
	if err := c.place(tx.NewID); err != nil {
		return nil, err
	}
	if err := e.closing(tx, c); err != nil {
		return nil, err
	}
	saved, err := saveMatter(tx, m, c.Matter)
	if err != nil {
		return nil, err
	}
	if !saved {
		return nil, stale(m, w)
	}
	if err := e.record(tx, c, cmd); err != nil {
		return nil, err
	}
	if err := e.beginLinked(tx, c); err != nil {
		return nil, err
	}
	if c.Matter.State == Closed && m.State != Closed {
		if err := e.tellParents(tx, c.Matter, actor, w); err != nil {
			return nil, err
		}
	}
	return c.Matter, nil
}

// closing does what the office does with every matter of the kind that is closed, whichever action closed it or changes
// it afterwards. It goes by the definition in force: a matter is put away by the rules of the day it is put away.
func (e *Engine) closing(tx *db.Tx, c *Case) error {
	if c.Matter.State != Closed {
		return nil
	}
	p := e.Catalogue().Last(c.Matter.Kind)
	if p == nil {
		return nil
	}
	for _, call := range p.Closing {
		if err := e.effects[call.Name].Act(tx, c, call.Arg); err != nil {
			return err
		}
	}
	return nil
}

func decideWith(p *Procedure, m *Matter, a Actor, cmd Command, w World, child *Matter) (*Case, error) {
	if child == nil {
		return decide(p, m, a, cmd, w)
	}
	act := p.action(m.Step, cmd.Action)
	c := newCase(p, m, act, a, w)
	c.Child = child
	if reasons, err := c.check(); err != nil || len(reasons) > 0 {
		return nil, errs.Refuse("关联事项办结后没有接着办", reasons...).Because(err)
	}
	return c, nil
}

// guardInput refuses text that must not be on a networked system.
func (e *Engine) guardInput(c *Case) error {
	if e.guard == nil {
		return nil
	}
	texts := []string{c.Opinion}
	entered := c.Input
	if _, given := entered[c.Procedure.Secrecy]; given {
		entered = c.Matter.Fields // a level given now says what may stand beside it, whenever that was written
	}
	for _, v := range entered {
		texts = append(texts, textsIn(v)...)
	}
	of := Guarded{Level: c.Text(c.Procedure.Secrecy), NumbersOnly: c.Procedure.NumbersOnly}
	for _, t := range texts {
		if reasons := e.guard(t, of); len(reasons) > 0 {
			r := secrecy.Refusal{Place: c.Procedure.Kind, Action: c.Action.Name, Number: c.Matter.Number}
			return secrecy.Refused("所填内容不能存入本系统", r, reasons)
		}
	}
	return nil
}

func textsIn(v any) []string {
	switch x := v.(type) {
	case string:
		return []string{x}
	case []any:
		var out []string
		for _, e := range x {
			out = append(out, textsIn(e)...)
		}
		return out
	case map[string]any:
		var out []string
		for _, e := range x {
			out = append(out, textsIn(e)...)
		}
		return out
	}
	return nil
}

func (e *Engine) runEffects(tx *db.Tx, c *Case) error {
	var reasons []errs.Reason
	for _, call := range c.Action.Do {
		if check := e.effects[call.Name].Check; check != nil {
			found, err := check(tx, c, call.Arg)
			if err != nil {
				return err
			}
			reasons = append(reasons, found...)
		}
	}
	if len(reasons) > 0 {
		return errs.Refuse("“"+c.Action.Name+"”没有办成", reasons...)
	}
	for _, call := range c.Action.Do {
		if act := e.effects[call.Name].Act; act != nil {
			if err := act(tx, c, call.Arg); err != nil {
				return err
			}
		}
	}
	if len(c.Action.Do) > 0 && len(c.Action.To) > 1 {
		return c.chooseTarget() // effects may have changed what the way depends on
	}
	if c.target == ToVoid {
		return voidNumbers(tx, c.Matter, c.Opinion)
	}
	return nil
}
