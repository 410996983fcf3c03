package engine

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// LineQuery 登记簿查询 says which lines of a register are asked for. What is left at its zero value narrows nothing.
type LineQuery struct {
	Year    int
	Unit    db.ID
	State   string
	Custody Custody
	Person  db.ID
	Text    string
	From    time.Time
	To      time.Time
	Sort    string // column sort key, "-" before it for descending
	Offset  int
	Limit   int // 0: all

	sought *sought // what Text amounts to
}

// lineOrder tells how a book is sorted. Each order lies ready in an index of the kind.
var lineOrder = map[string]string{
	"number": "m.year %[1]s, m.seq %[1]s, m.id %[1]s", "title": "m.title %[1]s, m.id %[1]s", "party": "m.party %[1]s, m.id %[1]s",
	"party_number": "m.party_number %[1]s, m.id %[1]s", "created": "m.id %[1]s", "due": "m.due_at %[1]s, m.id %[1]s",
	"closed": "m.closed_at %[1]s, m.id %[1]s",
}

func (q LineQuery) order() (key, text string) {
	key, direction := strings.TrimPrefix(q.Sort, "-"), "ASC"
	if strings.HasPrefix(q.Sort, "-") || q.Sort == "" {
		direction = "DESC"
	}
	if _, ok := lineOrder[key]; !ok {
		key = "number"
	}
	return key, fmt.Sprintf(lineOrder[key], direction)
}

// How many lines of somebody's own are gathered rather than sought in the book: to find a page, to count those of a year,
// to count those of all years, or those that a filter leaves.
const (
	ownForPage = 5_000
	ownOfYear  = 20_000
	ownOfBook  = 200_000
)

// earlyPage is a page so near the beginning of a book that it is soon reached line by line.
const earlyPage = 500

// Lines lists the matters in a kind's register that a person may see, and how many match. Which they are and how many
// is read from indexes; rows are read for the page alone.
func (e *Engine) Lines(tx *db.Tx, p *Procedure, a Actor, w World, q LineQuery) ([]*Matter, int, error) {
	own, err := e.ownCount(tx, p.Kind, a, w, ownOfBook+1)
	if err != nil {
		return nil, 0, err
	}
	if err := q.seek(tx, w.Dir.Person(a.Person).Agency, p.Kind); err != nil {
		return nil, 0, err
	}
	much := own > q.ownAtMost()
	early := own > ownForPage && !q.filtered() && q.Limit > 0 && q.Offset+q.Limit <= earlyPage // sought in the book, the page is full before long
	s := e.openShelf(p.Kind, a, w, much || early)
	var ids []db.ID
	total := 0
	if s.whole && !q.few() {
		if total, err = countLines(tx, p, e.openShelf(p.Kind, a, w, much), q); err != nil || total == 0 {
			return nil, 0, err
		}
		ids, err = lineIDs(tx, p, s, q)
	} else { // what is gathered is counted with it
		all := q
		all.Limit = 0
		ids, err = lineIDs(tx, p, s, all)
		total = len(ids)
		ids = ids[min(q.Offset, total):]
		if q.Limit > 0 {
			ids = ids[:min(q.Limit, len(ids))]
		}
	}
	if err != nil {
		return nil, 0, err
	}
	list, err := readThese(tx, ids)
	if err != nil {
		return nil, 0, err
	}
	if p.asksCourse() {
		if err := loadCourses(tx, list); err != nil {
			return nil, 0, err
		}
	}
	return list, total, loadOpenTasks(tx, list)
}

// lineIDs finds which lines of a shelf are asked for, in their order.
func lineIDs(tx *db.Tx, p *Procedure, s shelf, q LineQuery) ([]db.ID, error) {
	from, cond, args := inBook(tx, p, s, q)
	key, order := q.order()
	if q.Year != 0 && key != "number" {
		cond = strings.Replace(cond, "m.year = ?", "+m.year = ?", 1) // walk the index of the order; few years are passed over for a page
	}
	text := `SELECT m.id` + from + cond + ` ORDER BY ` + order
	if q.Limit > 0 {
		text += ` LIMIT ? OFFSET ?`
		args = append(args, q.Limit, q.Offset)
	}
	return readIDs(tx, text, args)
}

// filtered tells whether only some lines of the year or of the book are asked for.
func (q LineQuery) filtered() bool {
	return q.Unit != 0 || q.State != "" || q.Custody != "" || q.Person != 0 || q.Text != "" || !q.From.IsZero() || !q.To.IsZero()
}

func (q LineQuery) ownAtMost() int {
	if q.Year != 0 && !q.filtered() {
		return ownOfYear
	}
	return ownOfBook
}

// CountLines is how many lines of a kind's register a person may see.
func (e *Engine) CountLines(tx *db.Tx, p *Procedure, a Actor, w World, q LineQuery) (int, error) {
	if err := q.seek(tx, w.Dir.Person(a.Person).Agency, p.Kind); err != nil {
		return 0, err
	}
	most := q.ownAtMost()
	own, err := e.ownCount(tx, p.Kind, a, w, most+1)
	if err != nil {
		return 0, err
	}
	return countLines(tx, p, e.openShelf(p.Kind, a, w, own > most), q)
}

func countLines(tx *db.Tx, p *Procedure, s shelf, q LineQuery) (total int, err error) {
	from, cond, args := inBook(tx, p, s, q)
	_, err = tx.Row(`SELECT COUNT(*)`+from+cond, args, &total)
	return total, err
}

// inBook is the condition that matters of a shelf are the lines asked for.
func inBook(tx *db.Tx, p *Procedure, s shelf, q LineQuery) (from, cond string, args []any) {
	s, q = q.among(s)
	cond, args = s.cond, s.args
	if len(p.Register.Since) > 0 { // not in the book before it is registered; a void line stays
		in, more := db.In(p.Register.Since)
		cond += ` AND (m.number <> '' OR m.step NOT IN ` + in + `)`
		args = append(args, more...)
	}
	cond, args = q.narrow(cond, args, tx, p.Kind)
	return ` FROM ` + s.from + ` WHERE `, cond, args
}

// Years lists the years of which a kind's register has lines that a person may see, the newest first.
func (e *Engine) Years(tx *db.Tx, p *Procedure, a Actor, w World) ([]int, error) {
	var out []int
	own, err := e.ownCount(tx, p.Kind, a, w, ownForPage+1)
	if err != nil {
		return nil, err
	}
	s := e.openShelf(p.Kind, a, w, own > ownForPage)
	if !s.whole {
		err := tx.Query(`SELECT DISTINCT m.year FROM `+s.from+` WHERE `+s.cond+` ORDER BY 1 DESC`, s.args, func(scan func(...any) error) error {
			var y int
			err := scan(&y)
			out = append(out, y)
			return err
		})
		return out, err
	}
	for next := math.MaxInt32; ; out = append(out, next) { // from year to year, passing over the lines of each
		found, err := tx.Row(`SELECT m.year FROM `+s.from+` WHERE `+s.cond+` AND m.year < ? ORDER BY m.year DESC LIMIT 1`, append(slices.Clone(s.args), next), &next)
		if err != nil || !found {
			return out, err
		}
	}
}

func (q LineQuery) narrow(cond string, args []any, tx *db.Tx, kind string) (string, []any) {
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
	const underWay = "m.state IN ('open','suspended')" // said so that the index of what is open is found
	switch q.State {
	case "late":
		add(underWay+" AND m.state = 'open' AND m.due_at > 0 AND m.due_at < ?", tx.Now)
	case "closed-late":
		cond += " AND m.state = 'closed' AND m.due_at > 0 AND m.closed_at > m.due_at"
	case string(Open), string(Suspended):
		add(underWay+" AND m.state = ?", q.State)
	case "":
	default:
		add("m.state = ?", q.State)
	}
	if q.Custody != "" {
		add("m.custody = ?", string(q.Custody))
	}
	if q.Person != 0 {
		add("m.id IN (SELECT x.matter_id FROM access x WHERE x.kind = ? AND x.person_id = ?)", kind)
		args = append(args, q.Person)
		add("EXISTS (SELECT 1 FROM tasks t WHERE t.matter_id = m.id AND t.person_id = ? AND t.role = 'handle')", q.Person)
	}
	if !q.From.IsZero() {
		add("m.created_at >= ?", q.From)
	}
	if !q.To.IsZero() {
		add("m.created_at < ?", q.To)
	}
	if q.sought != nil {
		cond, args = cond+" AND "+q.sought.cond, append(args, q.sought.args...)
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

func readIDs(tx *db.Tx, text string, args []any) ([]db.ID, error) {
	var out []db.ID
	err := tx.Query(text, args, func(scan func(...any) error) error {
		var id db.ID
		err := scan(&id)
		out = append(out, id)
		return err
	})
	return out, err
}

const readAtOnce = 500 // matters by one statement

// readThese reads matters in the order given.
func readThese(tx *db.Tx, ids []db.ID) ([]*Matter, error) {
	out := make([]*Matter, 0, len(ids))
	for part := range slices.Chunk(ids, readAtOnce) {
		in, args := db.In(part)
		list, err := readMatters(tx, `SELECT `+matterColumns+`, m.fields FROM matters m WHERE m.id IN `+in, args)
		if err != nil {
			return nil, err
		}
		out = append(out, inOrder(list, part, func(m *Matter) db.ID { return m.ID })...)
	}
	return out, nil
}

// inOrder puts what was read by id into the order in which the ids were found.
func inOrder[T any](list []T, ids []db.ID, idOf func(T) db.ID) []T {
	place := make(map[db.ID]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	slices.SortFunc(list, func(a, b T) int { return place[idOf(a)] - place[idOf(b)] })
	return list
}

// loadOpenTasks adds who holds each matter, for a page of lines at a time.
func loadOpenTasks(tx *db.Tx, list []*Matter) error {
	for part := range slices.Chunk(list, readAtOnce) {
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
