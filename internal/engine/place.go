package engine

import (
	"fmt"
	"slices"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/workday"
)

// place is pure: it puts the matter where the action leads, ends and opens tasks and sets the clocks. newID names
// the new tasks.
func (c *Case) place(newID func() db.ID) error {
	m := c.Matter
	var err error
	switch c.target {
	case ToStay:
	case ToRead:
		c.finish(c.task)
	case ToReaders:
		err = c.addReaders(newID)
	case ToUrge:
		c.urge()
	case ToExtend:
		c.extend()
	case ToTransfer:
		err = c.transfer(newID)
	case ToSuspend:
		m.State, m.Paused = Suspended, c.World.Now
	case ToResume:
		m.State = Open
		c.restartClock()
	case ToVoid:
		c.end(Void)
	case ToClosed:
		err = c.goOn(ToClosed, nil, newID)
	case ToUndo:
		err = c.undo(newID)
	case ToChosen:
		err = c.goBack(newID)
	default:
		err = c.goOn(c.target, nil, newID)
	}
	if err != nil {
		return err
	}
	m.Version++
	m.Changed = c.World.Now
	return c.derive()
}

// goOn leaves the present step for another, unless others still owe their part of it.
func (c *Case) goOn(to string, holders []db.ID, newID func() db.ID) error {
	m := c.Matter
	from := m.Step
	if c.task != nil {
		c.finish(c.task)
	}
	if c.Action.Each && c.othersOwe() {
		m.Trail = append(m.Trail, Hop{from, c.Action.Key, c.Actor.Person, c.For, from, c.World.Now})
		return nil
	}
	c.withdrawRest()
	if s := c.Procedure.Step(from); s != nil && s.External {
		c.restartClock()
	}
	m.Trail = append(m.Trail, Hop{from, c.Action.Key, c.Actor.Person, c.For, to, c.World.Now})
	if to == ToClosed {
		c.end(Closed)
		return nil
	}
	return c.arrive(to, holders, newID)
}

// othersOwe opens the next task of an ordered step and tells whether anyone still owes theirs.
func (c *Case) othersOwe() bool {
	m := c.Matter
	if len(m.OpenTasks(Handle)) > 0 {
		return true
	}
	for i := range m.Tasks {
		t := &m.Tasks[i]
		if t.State == TaskQueued && t.Step == m.Step {
			t.State, t.Arrived, t.changed = TaskOpen, c.World.Now, true
			c.setClock(t, c.Procedure.Step(m.Step))
			return true
		}
	}
	return false
}

// arrive opens the tasks of a step. holders overrides who the definition names: a return goes to who handled it.
func (c *Case) arrive(to string, holders []db.ID, newID func() db.ID) error {
	m := c.Matter
	step := c.Procedure.Step(to)
	m.Step = to
	if holders == nil {
		who, err := step.Who.run(c.scope())
		if err != nil {
			return err
		}
		holders = IDs(who)
	}
	holders = slices.DeleteFunc(slices.Clone(holders), func(id db.ID) bool {
		p := c.World.Dir.Person(id)
		return p == nil || !p.Active
	})
	if len(holders) == 0 {
		return errs.Refuse("“"+c.Action.Name+"”没有办成", errs.Reason{
			Text:   fmt.Sprintf("下一环节“%s”没有人可以办理：请核对所选人员，或请管理员设定岗位", step.Name),
			Clause: firstOf(step.Basis),
		})
	}
	for i, person := range holders {
		t := Task{
			ID: newID(), Step: to, Role: Handle, Person: person, State: TaskOpen, Order: i,
			Arrived: c.World.Now, GivenBy: c.Owner(), isNew: true,
		}
		if step.Mode == InOrder && i > 0 {
			t.State = TaskQueued
		} else {
			c.setClock(&t, step)
		}
		m.Tasks = append(m.Tasks, t)
	}
	if step.External {
		m.Paused = c.World.Now
	}
	return nil
}

// setClock gives a task its due time by the step's limit, else by the matter's own, and its first alarm.
func (c *Case) setClock(t *Task, step *Step) {
	t.Due, t.Warn, t.Alarm, t.AlarmKind = c.Matter.Due, time.Time{}, time.Time{}, ""
	if text, err := step.Limit.text(c.scope()); err == nil && text != "" {
		if due, ok := c.World.dueAt(c.World.Now, text); ok {
			t.Due, t.Provisional = due.At, due.Provisional
		}
	}
	if t.Due.IsZero() {
		return
	}
	// Warned one working day before it is due, or half-way where there is less than a working day.
	t.Warn = c.World.Cal.Before(t.Due, workday.MustLimit("1 workday")).At
	if !t.Warn.After(t.Arrived) {
		t.Warn = t.Arrived.Add(t.Due.Sub(t.Arrived) / 2)
	}
	t.Alarm, t.AlarmKind = t.Warn, "warn"
	if !t.Warn.After(c.World.Now) {
		t.Alarm, t.AlarmKind = t.Due, "overdue"
	}
}

func (c *Case) finish(t *Task) {
	if t == nil {
		return
	}
	t.State, t.Done, t.DoneBy, t.Action, t.Alarm, t.changed = TaskDone, c.World.Now, c.Actor.Person, c.Action.Key, time.Time{}, true
}

// withdrawRest ends what others still owed at the step that is left; reading tasks stay.
func (c *Case) withdrawRest() {
	for i := range c.Matter.Tasks {
		t := &c.Matter.Tasks[i]
		if t.Role == Handle && (t.State == TaskOpen || t.State == TaskQueued) {
			t.State, t.Done, t.Alarm, t.changed = TaskWithdrawn, c.World.Now, time.Time{}, true
		}
	}
}

func (c *Case) end(state State) {
	c.withdrawRest()
	if state == Void {
		for _, t := range c.Matter.OpenTasks(Read) {
			t.State, t.Done, t.changed = TaskWithdrawn, c.World.Now, true
		}
	}
	c.Matter.State, c.Matter.Closed, c.Matter.Step = state, c.World.Now, ""
	c.Matter.Paused = time.Time{}
}

// restartClock moves every due time on by the working days the matter stood still.
func (c *Case) restartClock() {
	m := c.Matter
	if m.Paused.IsZero() {
		return
	}
	days := c.World.Cal.Between(workday.DayOf(m.Paused), c.World.Today())
	m.Paused = time.Time{}
	move := func(at time.Time) time.Time {
		if at.IsZero() || days <= 0 {
			return at
		}
		y, mo, d := c.World.Cal.Add(workday.DayOf(at), days).Date()
		l := at.In(db.Location)
		return time.Date(y, mo, d, l.Hour(), l.Minute(), l.Second(), 0, db.Location)
	}
	m.Due = move(m.Due)
	for _, t := range m.OpenTasks(Handle) {
		t.Due, t.Warn, t.Alarm, t.changed = move(t.Due), move(t.Warn), move(t.Alarm), true
	}
}

func (c *Case) goBack(newID func() db.ID) error {
	to, _ := c.Input["return_to"].(string)
	if !slices.Contains(c.Matter.visited(), to) || c.Procedure.Step(to) == nil {
		return errs.Refuse("没有退回", errs.Reason{Text: "只能退回已经办过的环节，请重新选择", Field: "return_to"})
	}
	return c.goOn(to, c.Matter.lastAt(to), newID)
}

// undo takes the last hop back: its maker holds the step again as before.
func (c *Case) undo(newID func() db.ID) error {
	m := c.Matter
	last := m.Trail[len(m.Trail)-1]
	m.Trail = m.Trail[:len(m.Trail)-1]
	if last.To == last.Step { // one part of a shared step
		for i := range m.Tasks {
			t := &m.Tasks[i]
			switch {
			case t.Step == last.Step && t.Person == last.Owner() && t.State == TaskDone && t.Done.Equal(last.At):
				t.State, t.Done, t.Action, t.changed = TaskOpen, time.Time{}, "", true
			case t.Step == last.Step && t.State == TaskOpen && t.Arrived.Equal(last.At):
				t.State, t.changed = TaskQueued, true
			}
		}
		return nil
	}
	c.withdrawRest()
	return c.arrive(last.Step, []db.ID{last.Owner()}, newID)
}

func (c *Case) transfer(newID func() db.ID) error {
	to := IDs(c.Input["to_person"])[0]
	if c.task == nil {
		held := c.Matter.OpenTasks(Handle)
		if len(held) == 0 {
			return errs.Refuse("没有移交", errs.Reason{Text: "此件没有在办的人，不能移交"})
		}
		c.task = held[0]
	}
	old := *c.task
	if reason := c.mayReceive(old.Person, to); reason != nil {
		return errs.Refuse("没有移交", *reason)
	}
	c.finish(c.task)
	t := Task{
		ID: newID(), Step: old.Step, Role: Handle, Person: to, State: TaskOpen, Order: old.Order, Arrived: c.World.Now,
		Due: old.Due, Provisional: old.Provisional, Warn: old.Warn, Alarm: old.Alarm, AlarmKind: old.AlarmKind,
		GivenBy: c.Owner(), isNew: true,
	}
	c.Matter.Tasks = append(c.Matter.Tasks, t)
	return nil
}

// mayReceive: a task is handed on only within its unit or among those who share a duty, who may handle it by right (ORG-20).
func (c *Case) mayReceive(from, to db.ID) *errs.Reason {
	dir := c.World.Dir
	a, b := dir.Person(from), dir.Person(to)
	if b == nil || !b.Active || from == to {
		return &errs.Reason{Text: "请选择另一位在岗人员", Field: "to_person"}
	}
	if a.Unit == b.Unit {
		return nil
	}
	for _, d := range dir.Duties(from) {
		if d != org.Staff && dir.Has(to, d) {
			return nil
		}
	}
	return &errs.Reason{Text: fmt.Sprintf("%s与%s不在同一科室，也没有相同岗位，不能移交", b.Name, a.Name), Clause: "ORG-20", Field: "to_person"}
}

func (c *Case) addReaders(newID func() db.ID) error {
	added := 0
	for _, id := range IDs(c.Input["add_readers"]) {
		if slices.ContainsFunc(c.Matter.Tasks, func(t Task) bool { return t.Person == id && t.Role == Read && t.State == TaskOpen }) {
			continue
		}
		t := Task{ID: newID(), Step: c.Matter.Step, Role: Read, Person: id, State: TaskOpen, Arrived: c.World.Now, GivenBy: c.Owner(), isNew: true}
		c.Matter.Tasks = append(c.Matter.Tasks, t)
		added++
	}
	if added == 0 {
		return errs.Refuse("没有加阅", errs.Reason{Text: "所选人员都已在阅", Field: "add_readers"})
	}
	return nil
}

func (c *Case) urge() {
	for _, t := range c.Matter.OpenTasks(Handle) {
		t.Urged++
		t.changed = true
	}
}

func (c *Case) extend() {
	day, _ := workday.ParseDay(fmt.Sprint(c.Input["new_due"]))
	at := day.At(c.World.Cal.Hours().Close)
	c.Matter.Due = at
	for _, t := range c.Matter.OpenTasks(Handle) {
		t.Due, t.changed = at, true
		t.Warn = c.World.Cal.Before(at, workday.MustLimit("1 workday")).At
		t.Alarm, t.AlarmKind = t.Warn, "warn"
	}
}

// derive takes what lists and registers show of a matter out of its fields.
func (c *Case) derive() error {
	m, p := c.Matter, c.Procedure
	text := func(key string) string { s, _ := m.Fields[key].(string); return s }
	m.Title, m.Secrecy, m.Urgency, m.PartyNumber = text(p.Title), text(p.Secrecy), text(p.Urgency), text(p.PartyNumber)
	m.WorkSecret, _ = m.Fields[p.WorkSecret].(bool)
	m.Held = p.heldOn(m)
	m.Party = text(p.Party)
	if f := p.Field(p.Party); f != nil && f.Type != Text {
		m.Party = c.World.names(m.Fields[p.Party])
	}
	if p.Unit != "" {
		if ids := IDs(m.Fields[p.Unit]); len(ids) > 0 {
			m.Unit = ids[0]
		}
	}
	sealed, err := p.Sealed.run(c.scope())
	if err != nil {
		return err
	}
	m.Sealed, _ = sealed.(bool)
	return c.deriveDue()
}

// deriveDue sets the limit of the whole matter when what it depends on became known or changed.
func (c *Case) deriveDue() error {
	m, p := c.Matter, c.Procedure
	if p.Limit.IsZero() || m.State != Open || c.target == ToExtend {
		return nil
	}
	before, err := p.Limit.text(p.scope(c.Before, c.World))
	if err != nil {
		return err
	}
	after, err := p.Limit.text(p.scope(m, c.World))
	if err != nil || after == "" || (after == before && !m.Due.IsZero()) {
		return err
	}
	from := m.Created
	if s, ok := m.Fields[p.LimitFrom].(string); ok {
		if t, err := time.Parse(time.RFC3339, s); err == nil {
			from = t
		}
	}
	due, ok := c.World.dueAt(from, after)
	if !ok {
		return fmt.Errorf("the limit of %s comes to %q", p.Kind, after)
	}
	m.Due = due.At
	for _, t := range m.OpenTasks(Handle) {
		if step := p.Step(t.Step); step != nil && step.Limit.IsZero() {
			c.setClock(t, step)
			t.changed = true
		}
	}
	return nil
}
