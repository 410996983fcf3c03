package engine

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

const alarmBatch = 200

// Ring lets the clock look at every task whose alarm has come: it warns the holder before the time, tells holder and
// director when it has passed (DOC-IN-09, DOC-IN-11), and records each in the journal. It returns how many it rang.
func (e *Engine) Ring(ctx context.Context) (int, error) {
	rung := 0
	for {
		n := 0
		err := e.db.Write(ctx, func(tx *db.Tx) error {
			var err error
			n, err = e.ringSome(tx)
			return err
		})
		rung += n
		if err != nil || n < alarmBatch {
			return rung, err
		}
	}
}

func (e *Engine) ringSome(tx *db.Tx) (int, error) {
	w, err := e.World(tx)
	if err != nil {
		return 0, err
	}
	var due []alarm
	err = tx.Query(`SELECT t.id, t.matter_id, t.person_id, t.due_at, t.alarm, t.step, m.kind, m.title, m.party, m.number, m.agency_id, m.state FROM tasks t
		JOIN matters m ON m.id = t.matter_id WHERE t.state = 'open' AND t.alarm_at > 0 AND t.alarm_at <= ?
		ORDER BY t.alarm_at LIMIT ?`+lockTasks(tx), []any{tx.Now, alarmBatch}, func(scan func(...any) error) error {
		var a alarm
		var m Matter
		var at int64
		err := scan(&a.task, &a.matter, &a.person, &at, &a.kind, &m.Step, &m.Kind, &m.Title, &m.Party, &m.Number, &a.agency, &a.state)
		p := e.Catalogue().Last(m.Kind)
		a.due, a.title = db.Time(at), m.Called(p)
		if p != nil && p.Step(m.Step) != nil {
			a.owes = p.Step(m.Step).Owes
		}
		due = append(due, a)
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, a := range due {
		if err := e.ring(tx, a, w); err != nil {
			return 0, err
		}
	}
	return len(due), nil
}

func lockTasks(tx *db.Tx) string {
	if lock := tx.ForUpdate(); lock != "" {
		return lock + " OF t SKIP LOCKED" // several servers share the alarms
	}
	return ""
}

type alarm struct {
	task, matter, person, agency db.ID
	due                          time.Time
	kind, title                  string
	owes                         string // what the step says its holder has to do, if it says so
	state                        State
}

func (e *Engine) ring(tx *db.Tx, a alarm, w World) error {
	if a.state == Suspended { // its clock stands; resuming moves the alarm
		_, err := tx.Exec(`UPDATE tasks SET alarm_at = 0 WHERE id = ?`, a.task)
		return err
	}
	next, nextKind := time.Time{}, ""
	var notices []Notice
	day := a.due.Format("1月2日15时04分")
	told := []db.ID{a.person}
	if away := w.Dir.AwayAt(a.person, tx.Now); away != nil && away.StandIn != 0 {
		told = append(told, away.StandIn)
	}
	if !a.due.After(tx.Now) {
		a.kind = "overdue" // when the clock stood over the limit, only that it is past is worth saying
	}
	if a.kind == "overdue" {
		if done, err := e.lapse(tx, a, w); done || err != nil {
			return err
		}
	}
	if a.kind == "warn" {
		next, nextKind = a.due, "overdue"
		for _, p := range told {
			notices = append(notices, Notice{Person: p, Text: fmt.Sprintf("《%s》%s到期，请抓紧%s", a.title, day, cmp.Or(a.owes, "办理")), Clause: "DOC-IN-09", Matter: a.matter})
		}
	} else {
		for _, p := range told {
			notices = append(notices, Notice{Person: p, Text: fmt.Sprintf("《%s》已于%s到期，请即%s", a.title, day, cmp.Or(a.owes, "办理")), Clause: "DOC-IN-09", Matter: a.matter})
		}
		late, err := e.escalateTo(tx, w, a)
		if err != nil {
			return err
		}
		for _, d := range late {
			notices = append(notices, Notice{Person: d, Text: fmt.Sprintf("逾期：《%s》在%s处，应于%s%s", a.title, w.Dir.Name(a.person), day, cmp.Or(a.owes, "办结")), Clause: "DOC-IN-11", Matter: a.matter})
		}
	}
	if err := Notify(tx, notices...); err != nil {
		return err
	}
	if _, err := tx.Exec(`UPDATE tasks SET alarm_at = ?, alarm = ? WHERE id = ?`, next, nextKind, a.task); err != nil {
		return err
	}
	err := journal.Append(tx, journal.Entry{Chain: a.agency, Topic: "clock", Matter: a.matter, Action: "clock-" + a.kind},
		map[string]any{"task": a.task, "holder": a.person, "due": a.due})
	if err != nil {
		return err
	}
	ev := Event{Matter: a.matter, Notices: notices}
	for _, n := range notices {
		ev.People = append(ev.People, n.Person)
	}
	tx.AfterCommit(func() { e.tell(ev) })
	return nil
}

// lapse does what the step's definition wants done by itself when its time is over (Step.Overdue), once however many hold
// it, and tells them and whoever began the matter: nobody need remember what was put off (FIRST-23, FIRST-28, PET-25). It
// tells whether it was done.
func (e *Engine) lapse(tx *db.Tx, a alarm, w World) (bool, error) {
	m, p, step, err := e.standing(tx, a)
	if err != nil || step == nil || step.Overdue == "" {
		return false, err
	}
	if !slices.ContainsFunc(m.Tasks, func(t Task) bool { return t.ID == a.task && t.State == TaskOpen }) {
		return true, nil // the alarm of another who held it has moved the matter on
	}
	act := p.action(m.Step, step.Overdue)
	err = e.follow(tx, a.matter, step.Overdue, Actor{}, w, &Matter{Fields: map[string]any{}})
	if errs.KindOf(err) == errs.Refused { // a check stands against it: the alarm rings as for any other step
		return false, nil
	}
	if err != nil {
		return false, err
	}
	told := m.Holders()
	if !slices.Contains(told, m.Starter) {
		told = append(told, m.Starter)
	}
	ev := Event{Matter: a.matter}
	for _, person := range told {
		ev.People = append(ev.People, person)
		ev.Notices = append(ev.Notices, Notice{
			Person: person, Text: fmt.Sprintf("《%s》到期没有办完，已自动%s", a.title, act.Name), Clause: firstOf(act.Basis), Matter: a.matter,
		})
	}
	tx.AfterCommit(func() { e.tell(ev) })
	return true, Notify(tx, ev.Notices...)
}

// standing is the matter an alarm rings for, with its procedure and the step it stands at, if any.
func (e *Engine) standing(tx *db.Tx, a alarm) (*Matter, *Procedure, *Step, error) {
	m, err := loadMatter(tx, a.matter)
	if err != nil || m == nil {
		return nil, nil, nil, err
	}
	p, err := e.Procedure(tx, m)
	if err != nil {
		return nil, nil, nil, err
	}
	return m, p, p.Step(m.Step), nil
}

// escalateTo: what is late is told to the directors of the office (DOC-IN-11), and to whom the step names besides.
func (e *Engine) escalateTo(tx *db.Tx, w World, a alarm) ([]db.ID, error) {
	out := slices.Clone(w.Dir.Holders(a.agency, org.Director))
	m, p, step, err := e.standing(tx, a)
	if err != nil {
		return nil, err
	}
	if step != nil && !step.Told.IsZero() {
		who, err := p.Value(step.Told, m, w)
		if err != nil {
			return nil, err
		}
		for _, id := range IDs(who) {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return slices.DeleteFunc(out, func(id db.ID) bool { return id == a.person }), nil
}
