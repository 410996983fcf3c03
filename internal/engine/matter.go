package engine

import (
	"slices"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// State 状态 of a matter.
type State string

// The states: few, because who owes what is told by tasks.
const (
	Open      State = "open"
	Suspended State = "suspended"
	Closed    State = "closed"
	Void      State = "void"
)

// StateNames are the words users see.
var StateNames = map[State]string{Open: "办理中", Suspended: "已暂停", Closed: "已办结", Void: "已作废"}

// Custody 保管状态 tells where the papers of a document are kept; empty: nowhere, the matter is no document. It is one
// word, so that no document is in two custodies at once (ARCH-13).
type Custody string

// The custodies; a document destroyed is in none of the three any more.
const (
	InUse     Custody = "现行"
	InArchive Custody = "存档"
	Condemned Custody = "待销毁"
	Destroyed Custody = "已销毁"
)

// Custodies are they in their order.
var Custodies = []Custody{InUse, InArchive, Condemned, Destroyed}

// Matter 事项 is one thing being handled. Fields holds values by key: text and ids as strings, numbers as float64,
// flags as bool, lists as []any, tables as []any of map[string]any, days "2026-11-18", instants RFC 3339 +08:00.
type Matter struct {
	ID          db.ID
	Agency      db.ID
	Kind        string
	Definition  string // version of the procedure it began with
	Version     int64
	State       State
	Step        string
	Number      string
	Year        int
	Seq         int64
	Title       string
	Party       string
	PartyNumber string
	Secrecy     string
	WorkSecret  bool // 工作秘密 (SEC-38)
	Urgency     string
	Held        string // the day on which it is held, 2026-11-18, once it was sent on and until it is over
	Sealed      bool
	Custody     Custody
	Starter     db.ID
	Unit        db.ID
	Created     time.Time
	Changed     time.Time
	Closed      time.Time
	Due         time.Time
	Paused      time.Time // since when its clock stands
	Fields      map[string]any
	Trail       []Hop
	Tasks       []Task // all of them, oldest first
}

// Hop 经过 is one step taken: the trail tells who handled what, where a return may lead and what a withdrawal undoes.
type Hop struct {
	Step   string    `json:"step"`
	Action string    `json:"action"`
	By     db.ID     `json:"by"`
	For    db.ID     `json:"for,omitempty"`
	To     string    `json:"to"`
	At     time.Time `json:"at"`
}

// Owner is the person whose task it was, also when a stand-in acted.
func (h Hop) Owner() db.ID {
	if h.For != 0 {
		return h.For
	}
	return h.By
}

// TaskState 待办状态 of one task, apart from the state of its matter.
type TaskState string

// The task states.
const (
	TaskOpen      TaskState = "open"
	TaskQueued    TaskState = "queued" // its turn has not come
	TaskDone      TaskState = "done"
	TaskWithdrawn TaskState = "withdrawn"
)

// Role 待办性质 is what a task asks of its person.
type Role string

// The roles: to handle, or only to read.
const (
	Handle Role = "handle"
	Read   Role = "read"
)

// Task 待办: one person owes one action on one matter by a time.
type Task struct {
	ID          db.ID
	Step        string
	Role        Role
	Person      db.ID
	State       TaskState
	Order       int
	Arrived     time.Time
	Opened      time.Time
	Due         time.Time
	Provisional bool // the due time rests on a calendar year not yet announced
	Warn        time.Time
	Alarm       time.Time // when the clock next looks at it; zero: never
	AlarmKind   string
	Urged       int
	Done        time.Time
	DoneBy      db.ID
	Action      string
	GivenBy     db.ID

	changed bool // to be written
	isNew   bool
}

// Called is what people call a matter: its title, and while it has none what kind of thing came from whom, or when it began.
func (m *Matter) Called(p *Procedure) string {
	name := "事项"
	if p != nil {
		name = p.Name
	}
	switch {
	case m.Title != "":
		return m.Title
	case m.Party != "":
		return name + "（" + m.Party + "）"
	case m.Number != "":
		return name + " " + m.Number
	case !m.Created.IsZero():
		return name + m.Created.In(db.Location).Format("（1月2日新办）")
	}
	return name + "（未填标题）"
}

// OpenTasks lists the tasks of a role that are owed now.
func (m *Matter) OpenTasks(role Role) []*Task {
	var out []*Task
	for i := range m.Tasks {
		if m.Tasks[i].State == TaskOpen && m.Tasks[i].Role == role {
			out = append(out, &m.Tasks[i])
		}
	}
	return out
}

// Holders lists the people who owe something to move the matter on.
func (m *Matter) Holders() []db.ID {
	var out []db.ID
	for _, t := range m.OpenTasks(Handle) {
		if !slices.Contains(out, t.Person) {
			out = append(out, t.Person)
		}
	}
	return out
}

// lastAt lists who last handled a step: one person, or everyone of a step that several shared.
func (m *Matter) lastAt(step string) []db.ID {
	var out []db.ID
	for i := len(m.Trail) - 1; i >= 0; i-- {
		h := m.Trail[i]
		if h.Step != step {
			if len(out) > 0 {
				break
			}
			continue
		}
		if !slices.Contains(out, h.Owner()) {
			out = append(out, h.Owner())
		}
	}
	return out
}

// visited lists the steps a return may lead to: those already handled, latest first, without the present one.
func (m *Matter) visited() []string {
	var out []string
	for i := len(m.Trail) - 1; i >= 0; i-- {
		s := m.Trail[i].Step
		if s != m.Step && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// Actor 办理人 is the person acting, with those they stand in for at this moment.
type Actor struct {
	Person   db.ID
	StandsIn []db.ID
	Leads    []db.ID // whose posts they lead: they see what these have in hand, and act for none of them
	System   bool    // the clock or a linked matter acts
}

// Is tells whether the actor is, or stands in for, a person, and for whom (0: acts as themself).
func (a Actor) Is(person db.ID) (ok bool, standsFor db.ID) {
	if a.Person == person {
		return true, 0
	}
	if slices.Contains(a.StandsIn, person) {
		return true, person
	}
	return false, 0
}

// Command 办理 is the wish to do one action on one matter.
type Command struct {
	Matter  db.ID
	Action  string
	Version int64 // as the actor saw it; 0 skips the check (the system's own actions)
	Fields  map[string]any
	Opinion string
	Key     string // idempotency key: the same key acts once
}
