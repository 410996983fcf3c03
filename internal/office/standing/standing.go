// Package standing 未了 holds back what somebody may not begin while something of theirs is unfinished: no new advance
// before the last one is settled (FIN-02).
//
// Definitions call it by name: none-at(step) refuses an action while the starter has another matter of the same kind
// at the step. It keeps no books of its own. Invariant: it only reads.
package standing

import (
	"fmt"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// Effects are the named effects of the room.
func Effects() map[string]engine.Effect {
	return map[string]engine.Effect{"none-at": {Check: unfinished}}
}

// unfinished lists what the starter still has at the step.
func unfinished(tx *db.Tx, c *engine.Case, step string) ([]errs.Reason, error) {
	s := c.Procedure.Step(step)
	if s == nil {
		return nil, fmt.Errorf("none-at(%s): no such step", step)
	}
	clause := ""
	if len(c.Action.Basis) > 0 {
		clause = c.Action.Basis[0]
	}
	var reasons []errs.Reason
	err := tx.Query(`SELECT number, title FROM matters WHERE agency_id = ? AND kind = ? AND starter_id = ? AND state = 'open' AND step = ?
		AND id <> ? ORDER BY id LIMIT 5`, []any{c.Matter.Agency, c.Matter.Kind, c.Matter.Starter, step, c.Matter.ID},
		func(scan func(...any) error) error {
			var number, title string
			err := scan(&number, &title)
			reasons = append(reasons, errs.Reason{Text: fmt.Sprintf("%s“%s”还在“%s”，请先办结再办新的", number, title, s.Name), Clause: clause})
			return err
		})
	return reasons, err
}
