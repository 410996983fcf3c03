package engine

import (
	"slices"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// MatterLines reads the matters of a condition on m as task lines: what a figure of the statistics is made of. Arrived
// is when it began, Done when it was closed.
func (e *Engine) MatterLines(tx *db.Tx, cond, order string, args []any, offset, limit int) ([]TaskLine, int, error) {
	return pageOf(tx, "m.id", ` FROM matters m WHERE `+cond, order, args, offset, limit, func(in string) string {
		return `SELECT m.id, m.step, 'handle', m.starter_id, CASE WHEN m.state = 'closed' THEN 'done' ELSE 'open' END, m.created_at, 0, m.due_at, 0, 0,
			m.closed_at, '', ` + matterColumns + ` FROM matters m WHERE m.id IN ` + in
	})
}

// WorkLines reads the tasks of a condition on t and m.
func (e *Engine) WorkLines(tx *db.Tx, cond, order string, args []any, offset, limit int) ([]TaskLine, int, error) {
	return pageOf(tx, "t.id", ` FROM tasks t CROSS JOIN matters m WHERE m.id = t.matter_id AND `+cond, order, args, offset, limit, taskRows)
}

// taskRows reads the tasks of a list of ids with their matters.
func taskRows(in string) string {
	return `SELECT t.id, t.step, t.role, t.person_id, t.state, t.arrived_at, t.opened_at, t.due_at, t.provisional, t.urged, t.done_at, t.action, ` +
		matterColumns + ` FROM tasks t CROSS JOIN matters m WHERE t.id IN ` + in + ` AND m.id = t.matter_id`
}

// pageOf counts what a condition finds and reads a page of it: first which, from the index alone where it can be, then
// the rows of those.
func pageOf(tx *db.Tx, id, from, order string, args []any, offset, limit int, rows func(in string) string) ([]TaskLine, int, error) {
	total := 0
	if _, err := tx.Row(`SELECT COUNT(*)`+from, args, &total); err != nil || total == 0 {
		return nil, 0, err
	}
	lines, err := linesOf(tx, id, from, order, args, offset, limit, rows)
	return lines, total, err
}

// linesOf reads which tasks a condition finds, and their rows some at a time.
func linesOf(tx *db.Tx, id, from, order string, args []any, offset, limit int, rows func(in string) string) ([]TaskLine, error) {
	ids, err := readIDs(tx, `SELECT `+id+from+` ORDER BY `+order+` LIMIT ? OFFSET ?`, append(args, limit, offset))
	if err != nil {
		return nil, err
	}
	var out []TaskLine
	for part := range slices.Chunk(ids, readAtOnce) {
		in, of := db.In(part)
		lines, err := readTaskLines(tx, rows(in), of)
		if err != nil {
			return nil, err
		}
		out = append(out, inOrder(lines, part, func(l TaskLine) db.ID { return l.Task.ID })...)
	}
	return out, nil
}
