package engine

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/search"
)

// Box 待办分类.
type Box string

// The boxes of the workbench.
const (
	Todo    Box = "todo"    // what I owe
	Reading Box = "reading" // what I am to read
	Waiting Box = "waiting" // what I began or handed on and wait for
	Done    Box = "done"    // what I have done
)

// TaskLine 待办行 is a task with its matter, for lists.
type TaskLine struct {
	Task
	Matter Matter
}

// TaskQuery 待办查询.
type TaskQuery struct {
	Box    Box
	Kind   string
	Text   string
	Sort   string // due (default; of what is done, when) or arrived
	Offset int
	Limit  int
}

// Counts 待办计数.
type Counts struct {
	Todo    int `json:"todo"`
	Overdue int `json:"overdue"`
	Today   int `json:"today"`
	Reading int `json:"reading"`
	Waiting int `json:"waiting"`
}

func (a Actor) hats() []db.ID { return append([]db.ID{a.Person}, a.StandsIn...) }

// Business leaves out of a list of tasks or matters the registered things that are merely there: a seal in use, a room,
// a vehicle. Their keeper holds them, but owes nothing.
func (e *Engine) Business() (string, []any) {
	var cond string
	var args []any
	for _, p := range e.Catalogue().Kept() {
		if p.Thing != "" {
			cond += ` AND NOT (m.kind = ? AND m.step = ?)`
			args = append(args, p.Kind, p.Thing)
		}
	}
	return cond, args
}

// CountTasks counts what a person owes.
func (e *Engine) CountTasks(tx *db.Tx, a Actor, w World) (Counts, error) {
	var c Counts
	business, kinds := e.Business()
	in, args := db.In(a.hats())
	_, tomorrow := dayEdges(w.Now)
	err := tx.Query(`SELECT t.role, COUNT(*), COALESCE(SUM(CASE WHEN t.due_at > 0 AND t.due_at < ? THEN 1 ELSE 0 END),0),
		COALESCE(SUM(CASE WHEN t.due_at >= ? AND t.due_at < ? THEN 1 ELSE 0 END),0)
		FROM tasks t JOIN matters m ON m.id = t.matter_id WHERE t.state = 'open' AND t.person_id IN `+in+business+` GROUP BY t.role`,
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
	_, err = tx.Row(`SELECT COUNT(*) FROM matters m WHERE m.starter_id = ? AND m.state IN ('open','suspended') AND NOT EXISTS
		(SELECT 1 FROM tasks t WHERE t.matter_id = m.id AND t.state = 'open' AND t.person_id = m.starter_id)`+business, append([]any{a.Person}, kinds...), &c.Waiting)
	return c, err
}

func dayEdges(now time.Time) (start, end time.Time) {
	l := now.In(db.Location)
	start = time.Date(l.Year(), l.Month(), l.Day(), 0, 0, 0, 0, db.Location)
	return start, start.AddDate(0, 0, 1)
}

// ListTasks lists a box of a person's tasks and the number of all that match: what is owed comes to whoever owes it, in
// the order of its time (OA-02).
func (e *Engine) ListTasks(tx *db.Tx, a Actor, q TaskQuery) ([]TaskLine, int, error) {
	if q.Box == Waiting {
		return e.listWaiting(tx, a, q)
	}
	in, args := db.In(a.hats())
	cond := `t.person_id IN ` + in
	order := e.pressing(tx.Now)
	switch q.Box {
	case Todo:
		cond += ` AND t.state = 'open' AND t.role = 'handle'`
	case Reading:
		cond += ` AND t.state = 'open' AND t.role = 'read'`
	case Done:
		// Of a matter handled more than once, the last time. The plus keeps SQLite to the few tasks of the matter.
		cond += ` AND t.state = 'done' AND NOT EXISTS (SELECT 1 FROM tasks n WHERE n.matter_id = t.matter_id AND n.state = 'done'
			AND +n.person_id = t.person_id AND n.id > t.id)`
		order = `t.done_at DESC, t.id DESC`
	}
	if q.Sort == "arrived" {
		order = `t.arrived_at DESC, t.id DESC`
	}
	cond += ` AND (m.sealed = 0 OR t.person_id = ?)`
	args = append(args, a.Person)
	if q.Box == Todo {
		business, kinds := e.Business()
		cond, args = cond+business, append(args, kinds...)
	}
	cond, args = q.narrow(cond, args, tx)
	return readTaskLines(tx, ` FROM tasks t JOIN matters m ON m.id = t.matter_id WHERE `+cond, order, args, q, taskColumns)
}

func (q TaskQuery) narrow(cond string, args []any, tx *db.Tx) (string, []any) {
	if q.Kind != "" {
		cond += ` AND m.kind = ?`
		args = append(args, q.Kind)
	}
	if words := search.ParseQuery(q.Text); !words.Empty() {
		where, arg := words.Where(tx.Dialect())
		cond += ` AND ` + where
		args = append(args, arg)
	}
	return cond, args
}

func (e *Engine) listWaiting(tx *db.Tx, a Actor, q TaskQuery) ([]TaskLine, int, error) {
	cond := `m.starter_id = ? AND m.state IN ('open','suspended') AND NOT EXISTS
		(SELECT 1 FROM tasks x WHERE x.matter_id = m.id AND x.state = 'open' AND x.person_id = m.starter_id)`
	business, kinds := e.Business()
	cond, args := q.narrow(cond+business, append([]any{a.Person}, kinds...), tx)
	order := `CASE WHEN m.due_at = 0 THEN 1 ELSE 0 END, m.due_at, m.id`
	if q.Sort == "arrived" {
		order = `m.changed_at DESC, m.id DESC`
	}
	return readTaskLines(tx, ` FROM matters m WHERE `+cond, order, args, q,
		`m.id, m.step, 'handle', m.starter_id, 'open', m.changed_at, 0, m.due_at, 0, 0, 0, ''`)
}

const taskColumns = `t.id, t.step, t.role, t.person_id, t.state, t.arrived_at, t.opened_at, t.due_at, t.provisional, t.urged, t.done_at, t.action`

func readTaskLines(tx *db.Tx, from, order string, args []any, q TaskQuery, columns string) ([]TaskLine, int, error) {
	total := 0
	if _, err := tx.Row(`SELECT COUNT(*)`+from, args, &total); err != nil {
		return nil, 0, err
	}
	var out []TaskLine
	err := tx.Query(`SELECT `+columns+`, `+matterColumns+from+` ORDER BY `+order+` LIMIT ? OFFSET ?`,
		append(args, q.Limit, q.Offset), func(scan func(...any) error) error {
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
	return out, total, err
}

// LineQuery 登记簿查询.
type LineQuery struct {
	Year   int
	Unit   db.ID
	State  string
	Person db.ID
	Text   string
	From   time.Time
	To     time.Time
	Sort   string // column sort key, "-" before it for descending
	Offset int
	Limit  int // 0: all
}

var lineOrder = map[string]string{
	"number": "m.year %[1]s, m.seq %[1]s, m.id %[1]s", "title": "m.title %[1]s, m.id %[1]s", "party": "m.party %[1]s, m.id %[1]s",
	"party_number": "m.party_number %[1]s, m.id %[1]s", "created": "m.id %[1]s", "due": "m.due_at %[1]s, m.id %[1]s",
	"closed": "m.closed_at %[1]s, m.id %[1]s",
}

// Lines lists the matters in a kind's register that a person may see, and how many match.
func (e *Engine) Lines(tx *db.Tx, p *Procedure, a Actor, w World, q LineQuery) ([]*Matter, int, error) {
	who := w.Dir.Person(a.Person)
	seen, seenArgs := e.Seen(a, w)
	cond, args := `m.agency_id = ? AND m.kind = ?`, []any{who.Agency, p.Kind}
	if len(p.Register.Since) > 0 { // not in the book before it is registered; a void line stays
		in, more := db.In(p.Register.Since)
		cond += ` AND (m.step NOT IN ` + in + ` OR m.number <> '')`
		args = append(args, more...)
	}
	cond, args = q.narrow(cond, args, tx)
	cond += ` AND ` + seen
	args = append(args, seenArgs...)
	total := 0
	if _, err := tx.Row(`SELECT COUNT(*) FROM matters m WHERE `+cond, args, &total); err != nil {
		return nil, 0, err
	}
	key, direction := strings.TrimPrefix(q.Sort, "-"), "ASC"
	if strings.HasPrefix(q.Sort, "-") || q.Sort == "" {
		direction = "DESC"
	}
	order, ok := lineOrder[key]
	if !ok {
		order = lineOrder["number"]
	}
	text := `SELECT ` + matterColumns + `, m.fields FROM matters m WHERE ` + cond + ` ORDER BY ` + fmt.Sprintf(order, direction)
	if q.Limit > 0 {
		text += ` LIMIT ? OFFSET ?`
		args = append(args, q.Limit, q.Offset)
	}
	list, err := readMatters(tx, text, args)
	if err != nil {
		return nil, 0, err
	}
	return list, total, loadOpenTasks(tx, list)
}

func (q LineQuery) narrow(cond string, args []any, tx *db.Tx) (string, []any) {
	add := func(c string, v any) {
		cond += " AND " + c
		args = append(args, v)
	}
	if q.Year != 0 {
		add("m.year = ?", q.Year)
	}
	if q.Unit != 0 {
		add("m.unit_id = ?", q.Unit)
	}
	switch q.State {
	case "late":
		add("m.state = 'open' AND m.due_at > 0 AND m.due_at < ?", tx.Now)
	case "closed-late":
		cond += " AND m.state = 'closed' AND m.due_at > 0 AND m.closed_at > m.due_at"
	case "":
	default:
		add("m.state = ?", q.State)
	}
	if q.Person != 0 {
		add("m.id IN (SELECT matter_id FROM tasks WHERE person_id = ? AND role = 'handle')", q.Person)
	}
	if !q.From.IsZero() {
		add("m.created_at >= ?", q.From)
	}
	if !q.To.IsZero() {
		add("m.created_at < ?", q.To)
	}
	if words := search.ParseQuery(q.Text); !words.Empty() {
		where, arg := words.Where(tx.Dialect())
		add(where, arg)
	}
	return cond, args
}

func readMatters(tx *db.Tx, text string, args []any) ([]*Matter, error) {
	var out []*Matter
	err := tx.Query(text, args, func(scan func(...any) error) error {
		m := &Matter{}
		var fields string
		if err := scanMatter(scan, m, &fields); err != nil {
			return err
		}
		out = append(out, m)
		return json.Unmarshal([]byte(fields), &m.Fields)
	})
	return out, err
}

// loadOpenTasks adds who holds each matter, for a page of lines at a time.
func loadOpenTasks(tx *db.Tx, list []*Matter) error {
	const page = 500
	for start := 0; start < len(list); start += page {
		part := list[start:min(start+page, len(list))]
		byID := make(map[db.ID]*Matter, len(part))
		ids := make([]db.ID, 0, len(part))
		for _, m := range part {
			if m.State == Open || m.State == Suspended {
				byID[m.ID] = m
				ids = append(ids, m.ID)
			}
		}
		if len(ids) == 0 {
			continue
		}
		in, args := db.In(ids)
		err := tx.Query(`SELECT matter_id, step, role, person_id, state, arrived_at, due_at, opened_at, urged FROM tasks
			WHERE state = 'open' AND matter_id IN `+in+` ORDER BY id`, args, func(scan func(...any) error) error {
			var id db.ID
			var t Task
			var arrived, due, opened int64
			err := scan(&id, &t.Step, &t.Role, &t.Person, &t.State, &arrived, &due, &opened, &t.Urged)
			t.Arrived, t.Due, t.Opened = db.Time(arrived), db.Time(due), db.Time(opened)
			byID[id].Tasks = append(byID[id].Tasks, t)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Find lists the newest matters whose text holds the words, among those the person may see.
func (e *Engine) Find(tx *db.Tx, a Actor, w World, words search.Query, kind string, offset, limit int) ([]*Matter, int, error) {
	where, arg := words.Where(tx.Dialect())
	seen, args := e.Seen(a, w)
	cond := where + ` AND ` + seen
	args = append([]any{arg}, args...)
	if kind != "" {
		cond += ` AND m.kind = ?`
		args = append(args, kind)
	}
	total := 0
	if _, err := tx.Row(`SELECT COUNT(*) FROM matters m WHERE `+cond, args, &total); err != nil {
		return nil, 0, err
	}
	list, err := readMatters(tx, `SELECT `+matterColumns+`, m.fields FROM matters m WHERE `+cond+` ORDER BY m.id DESC LIMIT ? OFFSET ?`,
		append(args, limit, offset))
	return list, total, err
}

// SearchText is what a matter is found by, for snippets.
func (e *Engine) SearchText(tx *db.Tx, p *Procedure, m *Matter) (string, error) {
	return searchText(tx, p, m)
}

// Things lists the registered things of a kind that may be named now, by part of their name. Their names are no secret
// within the agency; who may see the entries themselves is another question.
func (e *Engine) Things(tx *db.Tx, p *Procedure, agency db.ID, part string, limit int) ([]*Matter, error) {
	return readMatters(tx, `SELECT `+matterColumns+`, m.fields FROM matters m WHERE m.agency_id = ? AND m.kind = ? AND m.state = 'open' AND m.step = ?
		AND m.sealed = 0 AND m.title LIKE ? ORDER BY m.title, m.id LIMIT ?`, []any{agency, p.Kind, p.Thing, "%" + part + "%", limit})
}

// Similar finds matters with the same number or title, to warn of a double registration while it is being typed.
func (e *Engine) Similar(tx *db.Tx, p *Procedure, a Actor, w World, title, number string, limit int) ([]*Matter, error) {
	who := w.Dir.Person(a.Person)
	seen, seenArgs := e.Seen(a, w)
	args := append([]any{who.Agency, p.Kind, number, number, title, title}, seenArgs...)
	return readMatters(tx, `SELECT `+matterColumns+`, m.fields FROM matters m WHERE m.agency_id = ? AND m.kind = ? AND m.state <> 'void'
		AND ((? <> '' AND m.party_number = ?) OR (? <> '' AND m.title = ?)) AND `+seen+` ORDER BY m.id DESC LIMIT ?`, append(args, limit))
}

// LinkOf 关联 is a matter tied to another.
type LinkOf struct {
	Relation string
	Matter   Matter
}

// Links lists the matters tied to one, in both directions, that the person may see.
func (e *Engine) Links(tx *db.Tx, a Actor, w World, id db.ID) ([]LinkOf, error) {
	if tied, err := tx.Row(`SELECT 1 FROM links WHERE from_id = ? UNION ALL SELECT 1 FROM links WHERE to_id = ?`, []any{id, id}, new(int)); !tied || err != nil {
		return nil, err // most stand alone, and asking who may see what is dear
	}
	seen, args := e.Seen(a, w)
	var out []LinkOf
	for _, q := range []string{
		`SELECT l.relation, ` + matterColumns + ` FROM links l JOIN matters m ON m.id = l.to_id WHERE l.from_id = ? AND ` + seen,
		`SELECT l.relation, ` + matterColumns + ` FROM links l JOIN matters m ON m.id = l.from_id WHERE l.to_id = ? AND ` + seen,
	} {
		err := tx.Query(q+` ORDER BY m.id`, append([]any{id}, args...), func(scan func(...any) error) error {
			var l LinkOf
			err := scanMatter(func(dest ...any) error { return scan(append([]any{&l.Relation}, dest...)...) }, &l.Matter)
			out = append(out, l)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
