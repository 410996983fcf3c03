package engine

import "github.com/chengqi-oa/chengqi/internal/base/db"

// MatterLines reads the matters of a condition on m as task lines: what a figure of the statistics is made of. Arrived
// is when it began, Done when it was closed.
func (e *Engine) MatterLines(tx *db.Tx, cond, order string, args []any, offset, limit int) ([]TaskLine, int, error) {
	return readTaskLines(tx, ` FROM matters m WHERE `+cond, order, args, TaskQuery{Offset: offset, Limit: limit},
		`m.id, m.step, 'handle', m.starter_id, CASE WHEN m.state = 'closed' THEN 'done' ELSE 'open' END, m.created_at, 0, m.due_at, 0, 0, m.closed_at, ''`)
}

// WorkLines reads the tasks of a condition on t and m.
func (e *Engine) WorkLines(tx *db.Tx, cond, order string, args []any, offset, limit int) ([]TaskLine, int, error) {
	return readTaskLines(tx, ` FROM tasks t JOIN matters m ON m.id = t.matter_id WHERE `+cond, order, args, TaskQuery{Offset: offset, Limit: limit}, taskColumns)
}
