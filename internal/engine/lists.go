package engine

import (
	"slices"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/search"
)

// Box 待办分类 is one of the lists of the workbench.
type Box string

// The boxes of the workbench.
const (
	Todo    Box = "todo"    // what I owe
	Reading Box = "reading" // what I am to read
	Waiting Box = "waiting" // what I began and others have in hand
	Done    Box = "done"    // what I have done
	Led     Box = "led"     // what those owe whose posts I lead (ORG-02, ORG-03)
)

// TaskLine 待办行 is a task with its matter, for lists.
type TaskLine struct {
	Task
	Matter Matter
}

// TaskQuery 待办查询 says which page of which box is asked for; empty Kind and Text narrow nothing.
type TaskQuery struct {
	Box    Box
	Kind   string
	Text   string
	Sort   string    // due (default; of what is done, when) or arrived
	From   time.Time // of what is done: not before, and before To
	To     time.Time
	Offset int
	Limit  int
	// Counted is what CountTasks told in the same transaction: what is not narrowed down need not be counted again.
	Counted *Counts
}

// total is how many the box holds, if that was counted.
func (q TaskQuery) total() (int, bool) {
	if q.Counted == nil || q.Kind != "" || q.Text != "" {
		return 0, false
	}
	switch q.Box {
	case Todo:
		return q.Counted.Todo, true
	case Reading:
		return q.Counted.Reading, true
	case Waiting:
		return q.Counted.Waiting, true
	default:
		return 0, false
	}
}

// Counts 待办计数 are the figures beside the boxes of one person; Overdue and Today are part of Todo.
type Counts struct {
	Todo    int `json:"todo"`
	Overdue int `json:"overdue"`
	Today   int `json:"today"`
	Reading int `json:"reading"`
	Waiting int `json:"waiting"`
}

// Business leaves out of a list of tasks or matters the registered things that are merely there: a seal in use, a room,
// a vehicle. Their keeper holds them, but owes nothing. It is said of the table aliased row: a matter, or a task, which
// carries the kind of its matter and its step.
func (e *Engine) Business(row string) (string, []any) {
	var cond string
	var args []any
	for _, p := range e.Catalogue().gathered().things {
		cond += ` AND NOT (` + row + `.kind = ? AND ` + row + `.step = ?)`
		args = append(args, p.Kind, p.Thing)
	}
	return cond, args
}

// held is the condition that a task t is the actor's or of somebody they stand in for. What is sealed is for its holder
// alone.
func (a Actor) held() (string, []any) {
	if len(a.StandsIn) == 0 {
		return `t.person_id = ?`, []any{a.Person}
	}
	in, args := db.In(append([]db.ID{a.Person}, a.StandsIn...))
	return `t.person_id IN ` + in + ` AND (t.person_id = ? OR EXISTS (SELECT 1 FROM matters m WHERE m.id = t.matter_id AND m.sealed = 0))`,
		append(args, a.Person)
}

// led is the condition that a task t is owed by somebody whose post the actor leads, in a matter that is not sealed; of what
// several of them owe together it is the first one's. The plus keeps SQLite to the few tasks of the matter.
func (a Actor) led() (string, []any) {
	in, args := db.In(a.Leads)
	return `t.person_id IN ` + in + ` AND NOT EXISTS (SELECT 1 FROM matters m WHERE m.id = t.matter_id AND m.sealed = 1)
		AND NOT EXISTS (SELECT 1 FROM tasks o WHERE o.matter_id = t.matter_id AND o.state = 'open' AND o.role = 'handle' AND o.id < t.id
			AND +o.person_id IN ` + in + `)`, slices.Concat(args, args)
}

// CountTasks counts what a person owes.
func (e *Engine) CountTasks(tx *db.Tx, a Actor, w World) (Counts, error) {
	var c Counts
	business, kinds := e.Business("t")
	held, args := a.held()
	_, tomorrow := dayEdges(w.Now)
	err := tx.Query(`SELECT t.role, COUNT(*), COALESCE(SUM(CASE WHEN t.due_at > 0 AND t.due_at < ? THEN 1 ELSE 0 END),0),
		COALESCE(SUM(CASE WHEN t.due_at >= ? AND t.due_at < ? THEN 1 ELSE 0 END),0)
		FROM tasks t WHERE t.state = 'open' AND `+held+business+` GROUP BY t.role`,
		slices.Concat([]any{w.Now, w.Now, tomorrow}, args, kinds), func(scan func(...any) error) error {
			var role Role
			var n, over, today int
			err := scan(&role, &n, &over, &today)
			if role == Handle {
				c.Todo, c.Overdue, c.Today = n, over, today
			} else {
				c.Reading = n
			}
			return err
		})
	if err != nil {
		return c, err
	}
	c.Waiting, err = e.countWaiting(tx, a)
	return c, err
}

// countWaiting takes what a person began that is under way and leaves out what they have in hand themselves: two short
// counts instead of a question about each matter.
func (e *Engine) countWaiting(tx *db.Tx, a Actor) (int, error) {
	business, kinds := e.Business("m")
	const mine = `m.starter_id = ? AND m.state IN ('open','suspended')`
	var begun, held int
	if _, err := tx.Row(`SELECT COUNT(*) FROM matters m WHERE `+mine+business, append([]any{a.Person}, kinds...), &begun); err != nil {
		return 0, err
	}
	if begun == 0 {
		return 0, nil
	}
	_, err := tx.Row(`SELECT COUNT(*) FROM (SELECT DISTINCT t.matter_id AS id FROM tasks t WHERE t.state = 'open' AND t.person_id = ?) h
		WHERE h.id IN (SELECT m.id FROM matters m WHERE `+mine+business+`)`, append([]any{a.Person, a.Person}, kinds...), &held)
	return begun - held, err
}

func dayEdges(now time.Time) (start, end time.Time) {
	l := now.In(db.Location)
	start = time.Date(l.Year(), l.Month(), l.Day(), 0, 0, 0, 0, db.Location)
	return start, start.AddDate(0, 0, 1)
}

// TaskPage 待办页 is one page of a box of tasks.
type TaskPage struct {
	Lines []TaskLine
	Total int
	More  bool // there is older work than was counted; Total is of the newest
}

// doneCounted is how many of the tasks one has done are counted, the newest: after ten years a clerk has done a million.
const doneCounted = 5_000

// ListTasks lists a box of a person's tasks and the number of all that match: what is owed comes to whoever owes it, in
// the order of its time (OA-02). Which tasks they are is read from the index alone; rows are read only for those shown.
func (e *Engine) ListTasks(tx *db.Tx, a Actor, q TaskQuery) (TaskPage, error) {
	var out TaskPage
	var err error
	if q.Box == Waiting {
		out.Lines, out.Total, err = e.listWaiting(tx, a, q)
		return out, err
	}
	if q.Box == Led && len(a.Leads) == 0 {
		return out, nil
	}
	cond, args := a.held()
	if q.Box == Led {
		cond, args = a.led()
	}
	order, last := e.pressing(tx.Now), ``
	business, kinds := e.Business("t")
	switch q.Box {
	case Todo, Led:
		cond, args = cond+` AND t.state = 'open' AND t.role = 'handle'`+business, append(args, kinds...)
	case Reading:
		cond, args = cond+` AND t.state = 'open' AND t.role = 'read'`+business, append(args, kinds...)
	case Done:
		// Of a matter handled more than once, the last time. The plus keeps SQLite to the few tasks of the matter.
		cond += ` AND t.state = 'done'`
		if !q.From.IsZero() {
			cond, args = cond+` AND t.done_at >= ?`, append(args, q.From)
		}
		if !q.To.IsZero() {
			cond, args = cond+` AND t.done_at < ?`, append(args, q.To)
		}
		last = ` AND NOT EXISTS (SELECT 1 FROM tasks n WHERE n.matter_id = t.matter_id AND n.state = 'done'
			AND +n.person_id = t.person_id AND n.id > t.id)`
		order = `t.done_at DESC, t.id DESC`
	}
	if q.Sort == "arrived" {
		order = `t.arrived_at DESC, t.id DESC`
	}
	cond, args = q.narrow(cond, args, tx, "t.kind", "+t.matter_id")
	if n, counted := q.total(); counted {
		out.Total = n
	} else if q.Box == Done {
		err = out.countDone(tx, ` FROM tasks t WHERE `+cond+` ORDER BY t.done_at DESC, t.id DESC`, args)
	} else {
		_, err = tx.Row(`SELECT COUNT(*) FROM tasks t WHERE `+cond, args, &out.Total)
	}
	if err != nil || out.Total == 0 {
		return out, err
	}
	out.Lines, err = linesOf(tx, "t.id", ` FROM tasks t WHERE `+cond+last, order, args, q.Offset, q.Limit, taskRows)
	return out, err
}

// countDone counts the matters among the newest tasks done.
func (p *TaskPage) countDone(tx *db.Tx, from string, args []any) error {
	seen := map[[2]db.ID]bool{}
	n := 0
	err := tx.Query(`SELECT t.person_id, t.matter_id`+from+` LIMIT ?`, append(slices.Clone(args), doneCounted), func(scan func(...any) error) error {
		var of [2]db.ID
		err := scan(&of[0], &of[1])
		seen[of] = true
		n++
		return err
	})
	p.Total, p.More = len(seen), n == doneCounted
	return err
}

// narrow adds the page's filters, said of the columns that hold the kind and the id of the matter.
func (q TaskQuery) narrow(cond string, args []any, tx *db.Tx, kind, matter string) (string, []any) {
	if q.Kind != "" {
		cond += ` AND ` + kind + ` = ?`
		args = append(args, q.Kind)
	}
	words := search.ParseQuery(q.Text)
	switch {
	case words.Empty():
	case q.Box == Done:
		where, arg := words.Where(tx.Dialect(), matter)
		cond, args = cond+` AND `+where, append(args, arg)
	case q.Box == Waiting:
		named, of := namedBy(words.Words(), "m")
		cond, args = cond+named, append(args, of...)
	default:
		named, of := namedBy(words.Words(), "w")
		cond, args = cond+` AND EXISTS (SELECT 1 FROM matters w WHERE w.id = t.matter_id`+named+`)`, append(args, of...)
	}
	return cond, args
}

// mostWords of a question are held against titles; a pasted paragraph is found by its beginning.
const mostWords = 12

// namedBy is the condition that the title, a number or the sender of a matter in row holds each of the words. What is open
// with one person is little: it is looked through sooner than a common word's hits in the index of all are gathered.
func namedBy(words []string, row string) (string, []any) {
	var cond string
	var args []any
	for _, w := range words[:min(len(words), mostWords)] {
		part := "%" + w + "%" // words hold no sign that LIKE would read as its own
		cond += ` AND (LOWER(` + row + `.title) LIKE ? OR LOWER(` + row + `.number) LIKE ? OR LOWER(` + row + `.party) LIKE ? OR LOWER(` + row + `.party_number) LIKE ?)`
		args = append(args, part, part, part, part)
	}
	return cond, args
}

func (e *Engine) listWaiting(tx *db.Tx, a Actor, q TaskQuery) ([]TaskLine, int, error) {
	business, kinds := e.Business("m")
	cond, args := q.narrow(`m.starter_id = ? AND m.state IN ('open','suspended')`+business, append([]any{a.Person}, kinds...), tx, "m.kind", "+m.id")
	// The plus keeps SQLite from going through all the person's tasks for each of their matters.
	cond += ` AND NOT EXISTS (SELECT 1 FROM tasks x WHERE x.matter_id = m.id AND x.state = 'open' AND +x.person_id = m.starter_id)`
	total, counted := q.total()
	var err error
	switch {
	case counted:
	case q.Kind == "" && q.Text == "":
		total, err = e.countWaiting(tx, a)
	default:
		_, err = tx.Row(`SELECT COUNT(*) FROM matters m WHERE `+cond, args, &total)
	}
	if err != nil || total == 0 {
		return nil, 0, err
	}
	order := `CASE WHEN m.due_at = 0 THEN 1 ELSE 0 END, m.due_at, m.id`
	if q.Sort == "arrived" {
		order = `m.changed_at DESC, m.id DESC`
	}
	lines, err := linesOf(tx, "m.id", ` FROM matters m WHERE `+cond, order, args, q.Offset, q.Limit, func(in string) string {
		return `SELECT m.id, m.step, 'handle', m.starter_id, 'open', m.changed_at, 0, m.due_at, 0, 0, 0, '', ` + matterColumns + ` FROM matters m WHERE m.id IN ` + in
	})
	return lines, total, err
}

func readTaskLines(tx *db.Tx, text string, ids []any) ([]TaskLine, error) {
	out := make([]TaskLine, 0, len(ids))
	err := tx.Query(text, ids, func(scan func(...any) error) error {
		var l TaskLine
		var arrived, opened, due, done int64
		t := &l.Task
		err := scanMatter(func(dest ...any) error {
			return scan(append([]any{&t.ID, &t.Step, &t.Role, &t.Person, &t.State, &arrived, &opened, &due, &t.Provisional, &t.Urged, &done, &t.Action}, dest...)...)
		}, &l.Matter)
		t.Arrived, t.Opened, t.Due, t.Done = db.Time(arrived), db.Time(opened), db.Time(due), db.Time(done)
		out = append(out, l)
		return err
	})
	return out, err
}
