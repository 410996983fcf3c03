package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"sync"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	"github.com/chengqi-oa/chengqi/workday"
)

// Engine runs the procedures. Do and Create are the one door: nothing else writes a matter.
type Engine struct {
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
type Guard func(text string) []errs.Reason

// Event 变动 is told to others after the commit.
type Event struct {
	Matter  db.ID
	Version int64
	People  []db.ID // whose task lists changed
	Notices []Notice
}

// Notice 提醒 for one person.
type Notice struct {
	Person db.ID
	Text   string
	Clause string
	Matter db.ID
}

// Parts are what an Engine is made of.
type Parts struct {
	DB        *db.DB
	Book      *org.Book
	Rules     *rulebook.Rulebook
	Effects   map[string]Effect
	Guard     Guard
	Calendar  func(*db.Tx) (workday.Calendar, error)
	Tell      func(Event)
	Catalogue *Catalogue
}

// New puts an engine together.
func New(p Parts) *Engine {
	e := &Engine{
		db: p.DB, book: p.Book, model: p.Rules, rules: p.Rules, effects: WithBuiltIn(p.Effects), guard: p.Guard, tell: p.Tell, cal: p.Calendar,
		current: p.Catalogue, old: map[string]*Procedure{},
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
	return Actor{Person: person, StandsIn: w.Dir.StandsInFor(person, w.Now)}
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
	return m, err
}

// DoIn is Do inside a transaction that the caller holds (sample data, tests of several actions at once).
func (e *Engine) DoIn(tx *db.Tx, person db.ID, cmd Command) (*Matter, error) {
	w, err := e.World(tx)
	if err != nil {
		return nil, err
	}
	if done, err := e.repeated(tx, person, cmd); done != nil || err != nil {
		return done, err
	}
	m, err := loadMatter(tx, cmd.Matter)
	if err != nil {
		return nil, err
	}
	actor := w.ActorOf(person)
	p, err := e.visible(tx, m, actor, w)
	if err != nil {
		return nil, err
	}
	if w.Refs, err = refs(tx, p, m.Fields, cmd.Fields); err != nil {
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
	c.follow = func(tx *db.Tx, matter db.ID, action string, facts map[string]any) error {
		return e.follow(tx, matter, action, actor, w, &Matter{Fields: facts})
	}
	if err := e.runEffects(tx, c); err != nil {
		return nil, err
	}
	if err := c.place(tx.NewID); err != nil {
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
	if err := e.begin(tx, c); err != nil {
		return nil, err
	}
	if c.Matter.State == Closed && m.State != Closed {
		if err := e.tellParents(tx, c.Matter, actor, w); err != nil {
			return nil, err
		}
	}
	return c.Matter, nil
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
	for _, v := range c.Input {
		texts = append(texts, textsIn(v)...)
	}
	for _, t := range texts {
		if reasons := e.guard(t); len(reasons) > 0 {
			return errs.Refuse("所填内容不能存入本系统", reasons...)
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

// Act 办理记录 is what the journal keeps of an action.
type Act struct {
	Version int64    `json:"version"`
	Name    string   `json:"name"`
	From    string   `json:"from,omitempty"`
	To      string   `json:"to,omitempty"`
	Opinion string   `json:"opinion,omitempty"`
	Post    string   `json:"post,omitempty"`
	Number  string   `json:"number,omitempty"`
	Changes []Change `json:"changes,omitempty"`
	Given   []db.ID  `json:"given,omitempty"` // who holds it then
	Took    int64    `json:"took,omitempty"`  // milliseconds since the task arrived
	Kind    string   `json:"kind,omitempty"`  // of the matter, on creation
}

// Change 改动 of one field.
type Change struct {
	Field  string `json:"field"`
	Before any    `json:"before,omitempty"`
	After  any    `json:"after,omitempty"`
}

func (e *Engine) record(tx *db.Tx, c *Case, cmd Command) error {
	m := c.Matter
	act := Act{
		Version: m.Version, Name: c.Action.Name, From: c.Before.Step, To: m.Step, Opinion: c.Opinion,
		Post: c.World.Dir.PostName(c.Owner()), Changes: c.changes(), Given: m.Holders(),
	}
	if m.Number != c.Before.Number {
		act.Number = m.Number
	}
	if c.task != nil {
		act.Took = c.World.Now.Sub(c.task.Arrived).Milliseconds()
	}
	_, err := journal.Append(tx, journal.Entry{
		Chain: m.Agency, Topic: "matter", Actor: c.Actor.Person, For: c.For, Matter: m.ID, Action: c.Action.Key,
	}, act)
	if err != nil {
		return err
	}
	if c.Actor.Person != 0 {
		if err := grantAccess(tx, m.ID, c.Actor.Person, c.Action.Key); err != nil {
			return err
		}
	}
	if err := index(tx, c.Procedure, c.Before, m); err != nil {
		return err
	}
	if err := claimFiles(tx, c.Procedure, m, c.Actor.Person); err != nil {
		return err
	}
	if err := e.remember(tx, c.Actor.Person, cmd, m.ID); err != nil {
		return err
	}
	return e.announce(tx, c)
}

func (c *Case) changes() []Change {
	var out []Change
	for i := range c.Procedure.Fields {
		f := &c.Procedure.Fields[i]
		if f.Transient {
			if v := c.Input[f.Key]; v != nil {
				out = append(out, Change{Field: f.Key, After: v})
			}
			continue
		}
		before, after := c.Before.Fields[f.Key], c.Matter.Fields[f.Key]
		if !reflect.DeepEqual(before, after) {
			out = append(out, Change{f.Key, before, after})
		}
	}
	return out
}

// repeated answers a request seen before (a double click, a retry) with the matter as it is, doing nothing.
func (e *Engine) repeated(tx *db.Tx, person db.ID, cmd Command) (*Matter, error) {
	if cmd.Key == "" {
		return nil, nil
	}
	var request string
	var matter db.ID
	found, err := tx.Row(`SELECT request, matter_id FROM requests WHERE person_id = ? AND key = ?`, []any{person, cmd.Key}, &request, &matter)
	if err != nil || !found {
		return nil, err
	}
	if request != cmd.print() {
		return nil, errs.Refuse("请求号已经用过", errs.Reason{Text: "同一个请求号不能用于两个不同的操作，请刷新页面再办"})
	}
	return loadMatter(tx, matter)
}

func (e *Engine) remember(tx *db.Tx, person db.ID, cmd Command, matter db.ID) error {
	if cmd.Key == "" {
		return nil
	}
	_, err := tx.Exec(`INSERT INTO requests (person_id, key, request, matter_id, at) VALUES (?,?,?,?,?)`, person, cmd.Key, cmd.print(), matter, tx.Now)
	return err
}

func (cmd Command) print() string {
	fields, _ := json.Marshal(cmd.Fields) // values came from JSON
	return fmt.Sprintf("%s %s %d %s %s", cmd.Matter, cmd.Action, cmd.Version, cmd.Opinion, fields)
}

// announce leaves notices for the new holders and tells live pages after the commit.
func (e *Engine) announce(tx *db.Tx, c *Case) error {
	ev := Event{Matter: c.Matter.ID, Version: c.Matter.Version}
	for i := range c.Matter.Tasks {
		t := &c.Matter.Tasks[i]
		fresh := t.Arrived.Equal(c.World.Now) && t.State == TaskOpen
		if (fresh || t.Done.Equal(c.World.Now)) && !slices.Contains(ev.People, t.Person) {
			ev.People = append(ev.People, t.Person)
		}
	}
	if c.target == ToUrge {
		for _, person := range c.Matter.Holders() {
			ev.People = append(ev.People, person)
			ev.Notices = append(ev.Notices, Notice{
				Person: person, Matter: c.Matter.ID, Clause: "DOC-IN-10",
				Text: fmt.Sprintf("%s催办：%s", c.World.Dir.Name(c.Actor.Person), c.Matter.Title),
			})
		}
	}
	if err := Notify(tx, ev.Notices...); err != nil {
		return err
	}
	tx.AfterCommit(func() { e.tell(ev) })
	return nil
}

// Notify stores notices.
func Notify(tx *db.Tx, notices ...Notice) error {
	for _, n := range notices {
		if _, err := tx.Exec(`INSERT INTO notices (id, person_id, at, text, clause, matter_id) VALUES (?,?,?,?,?,?)`,
			tx.NewID(), n.Person, tx.Now, n.Text, n.Clause, n.Matter); err != nil {
			return err
		}
	}
	return nil
}

// Opened marks that the holder has seen the task: from then on it can no longer be withdrawn under their hands.
func (e *Engine) Opened(ctx context.Context, matter, person db.ID) error {
	return e.db.Write(ctx, func(tx *db.Tx) error {
		w, err := e.World(tx)
		if err != nil {
			return err
		}
		people, args := db.In(append([]db.ID{person}, w.Dir.StandsInFor(person, tx.Now)...))
		_, err = tx.Exec(`UPDATE tasks SET opened_at = ? WHERE matter_id = ? AND state = 'open' AND opened_at = 0 AND person_id IN `+people,
			append([]any{tx.Now, matter}, args...)...)
		return err
	})
}
