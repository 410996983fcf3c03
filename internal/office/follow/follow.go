// Package follow 随办 lets what is done with one matter be done with those it names: a carrier on a list of destruction is
// struck off its ledger when the list is carried out.
//
// Definitions call it by name: follow(thing,done) does the automatic action "done" of the matter that the field names,
// follow(items.carrier,done) of every matter named in a column of a table; follow(thing,done,清单) ties the two together by
// that word instead of the name of what was done. In the other's action child.NAME is a field of
// this matter, child.number its number. It keeps no books of its own. Invariant: all of them go along, or nothing is done.
package follow

import (
	"fmt"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// Effects are the named effects of the room.
func Effects() map[string]engine.Effect {
	return map[string]engine.Effect{"follow": {Act: follow}}
}

func follow(tx *db.Tx, c *engine.Case, arg string) error {
	field, action, ok := strings.Cut(arg, ",")
	if !ok {
		return fmt.Errorf("follow(%s): want field,action", arg)
	}
	action, relation, named := strings.Cut(action, ",")
	if !named {
		relation = c.Action.Name
	}
	for _, id := range namedIn(c.Matter, field) {
		before, err := version(tx, id)
		if err != nil {
			return err
		}
		if err := c.Follow(tx, id, action, c.Matter.Fields); err != nil {
			return err
		}
		after, err := version(tx, id)
		if err != nil {
			return err
		}
		if after == before {
			return stays(tx, c, id, field)
		}
		if err := c.LinkFrom(tx, id, relation); err != nil {
			return err
		}
	}
	return nil
}

// namedIn lists the matters in a field, or in a column of a table.
func namedIn(m *engine.Matter, path string) []db.ID {
	field, column, isTable := strings.Cut(path, ".")
	texts := []any{m.Fields[field]}
	if isTable {
		texts = nil
		for _, row := range m.Rows(field) {
			texts = append(texts, row[column])
		}
	}
	var out []db.ID
	for _, v := range texts {
		text, _ := v.(string)
		if id, err := db.ParseID(text); err == nil && id != 0 {
			out = append(out, id)
		}
	}
	return out
}

func version(tx *db.Tx, id db.ID) (int64, error) {
	var v int64
	_, err := tx.Row(`SELECT version FROM matters WHERE id = ?`+tx.ForUpdate(), []any{id}, &v)
	return v, err
}

// stays is the refusal when a matter that is named cannot go along: it is no longer where the action is open to it.
func stays(tx *db.Tx, c *engine.Case, id db.ID, path string) error {
	var number, title string
	if _, err := tx.Row(`SELECT number, title FROM matters WHERE id = ?`, []any{id}, &number, &title); err != nil {
		return err
	}
	field, _, _ := strings.Cut(path, ".")
	reason := errs.Reason{Text: fmt.Sprintf("%s %s现在不能随之办理，请先看它办到哪一步", number, title), Field: field}
	if len(c.Action.Basis) > 0 {
		reason.Clause = c.Action.Basis[0]
	}
	return errs.Refuse("“"+c.Action.Name+"”没有办成", reason)
}
