package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

// Act 办理记录 is what the journal keeps of an action.
type Act struct {
	Version int64    `json:"version"`
	Name    string   `json:"name"`
	From    string   `json:"from,omitempty"`
	To      string   `json:"to,omitempty"`
	Opinion string   `json:"opinion,omitempty"`
	Post    string   `json:"post,omitempty"`
	Number  string   `json:"number,omitempty"`
	Custody Custody  `json:"custody,omitempty"` // if it changed
	Changes []Change `json:"changes,omitempty"`
	Given   []db.ID  `json:"given,omitempty"` // who holds it then
	ForWhom []db.ID  `json:"for,omitempty"`   // for whom it is from then on
	Took    int64    `json:"took,omitempty"`  // milliseconds since the task arrived
	Kind    string   `json:"kind,omitempty"`  // of the matter, on creation

	// What it left in the tables besides; entries of older programs do not say (imprint.go).
	State State      `json:"state,omitempty"`
	Rest  string     `json:"rest,omitempty"`
	Owed  string     `json:"owed,omitempty"`
	Files []Attached `json:"files,omitempty"`
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
		Post: c.World.Dir.PostName(c.Owner()), Changes: c.changes(), Given: m.Holders(), ForWhom: c.forWhom(),
	}
	if m.Number != c.Before.Number {
		act.Number = m.Number
	}
	if m.Custody != c.Before.Custody {
		act.Custody = m.Custody
	}
	if c.task != nil {
		act.Took = c.World.Now.Sub(c.task.Arrived).Milliseconds()
	}
	if err := c.imprinted(tx, &act); err != nil {
		return err
	}
	err := journal.Append(tx, journal.Entry{
		Chain: m.Agency, Topic: "matter", Actor: c.Actor.Person, For: c.For, Matter: m.ID, Action: c.Action.Key,
	}, act)
	if err != nil {
		return err
	}
	keepFigures(tx, c.Procedure, c.Before, m)
	for _, person := range append(act.ForWhom, c.Actor.Person) {
		if person == 0 {
			continue
		}
		if err := grantAccess(tx, m, person, c.Action.Key); err != nil {
			return err
		}
	}
	if err := index(tx, c.Procedure, c.Before, m); err != nil {
		return err
	}
	if err := e.remember(tx, c.Actor.Person, cmd, m.ID); err != nil {
		return err
	}
	return e.announce(tx, c)
}

// forWhom are those who have a part in the matter from this action on because it is for them: what is still being written
// is nobody's but the writer's.
func (c *Case) forWhom() []db.ID {
	in := func(m *Matter) []db.ID {
		if m.Step == c.Procedure.First().Key {
			return nil
		}
		return IDs(m.Fields[c.Procedure.ForWhom])
	}
	before := in(c.Before)
	return slices.DeleteFunc(in(c.Matter), func(id db.ID) bool { return slices.Contains(before, id) })
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
		text := fmt.Sprintf("%s%s：%s", c.World.Dir.Name(c.Actor.Person), c.Action.Name, c.Matter.Called(c.Procedure))
		if c.Opinion != "" {
			text += "。" + c.Opinion
		}
		for _, person := range c.Matter.Holders() {
			ev.People = append(ev.People, person)
			ev.Notices = append(ev.Notices, Notice{Person: person, Matter: c.Matter.ID, Clause: firstOf(c.Action.Basis), Text: text})
		}
	}
	if err := Notify(tx, ev.Notices...); err != nil {
		return err
	}
	tx.AfterCommit(func() { e.tell(ev) })
	return nil
}

// Notify stores notices and gives them their ids.
func Notify(tx *db.Tx, notices ...Notice) error {
	for i := range notices {
		n := &notices[i]
		n.ID = tx.NewID()
		if _, err := tx.Exec(`INSERT INTO notices (id, person_id, at, text, clause, matter_id) VALUES (?,?,?,?,?,?)`,
			n.ID, n.Person, tx.Now, n.Text, n.Clause, n.Matter); err != nil {
			return err
		}
	}
	return nil
}

// Notices reads notices by their ids.
func Notices(tx *db.Tx, ids []db.ID) ([]Notice, error) {
	var out []Notice
	in, args := db.In(ids)
	err := tx.Query(`SELECT id, person_id, text, clause, matter_id FROM notices WHERE id IN `+in+` ORDER BY id`, args, func(scan func(...any) error) error {
		var n Notice
		err := scan(&n.ID, &n.Person, &n.Text, &n.Clause, &n.Matter)
		out = append(out, n)
		return err
	})
	return out, err
}

// Opened marks that the holder has seen the task: from then on it can no longer be withdrawn under their hands. Whoever
// may not see the matter is told nothing of it (SEC-30).
func (e *Engine) Opened(ctx context.Context, matter, person db.ID) error {
	return e.db.Write(ctx, func(tx *db.Tx) error {
		_, _, w, err := e.Look(tx, person, matter)
		if err != nil {
			return err
		}
		people, args := db.In(append([]db.ID{person}, w.Dir.StandsInFor(person, tx.Now)...))
		_, err = tx.Exec(`UPDATE tasks SET opened_at = ? WHERE matter_id = ? AND state = 'open' AND opened_at = 0 AND person_id IN `+people,
			append([]any{tx.Now, matter}, args...)...)
		return err
	})
}
