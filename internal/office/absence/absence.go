// Package absence 外出 lets an approved leave or a notice of absence take effect: from then on the colleague named
// stands in, and everyone sees who is away.
//
// Definitions call it by name: away(person,from,until,stand_in,reason) with five fields of the matter enters the
// absence, and entered again changes it; back(person,from) ends it. Invariant: an absence entered by a matter is ended
// no later than the matter says, and ended by nobody twice.
package absence

import (
	"fmt"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// Effects are the named effects of the room.
func Effects() map[string]engine.Effect {
	return map[string]engine.Effect{
		"away": {Act: away},
		"back": {Act: back},
	}
}

func away(tx *db.Tx, c *engine.Case, arg string) error {
	names := strings.Split(arg, ",")
	if len(names) != 5 {
		return fmt.Errorf("away(%s): want person,from,until,stand_in,reason", arg)
	}
	until, err := time.Parse(time.RFC3339, c.Text(names[2]))
	if err != nil {
		return errs.Refuse("没有生效", errs.Reason{Text: "请填写返回时间", Field: names[2]})
	}
	row, err := absent(tx, c, names[0], names[1])
	if err != nil {
		return err
	}
	if !until.After(row.From) {
		return errs.Refuse("没有生效", errs.Reason{Text: "返回时间要晚于离开时间", Clause: c.Procedure.Field(names[2]).Clause, Field: names[2]})
	}
	row.Until, row.Reason, row.Ended = until, c.Text(names[4]), time.Time{}
	row.StandIn, _ = db.ParseID(c.Text(names[3])) // nobody may be named where the definition asks for nobody
	return org.Put(tx, &row)
}

func back(tx *db.Tx, c *engine.Case, arg string) error {
	names := strings.Split(arg, ",")
	if len(names) != 2 {
		return fmt.Errorf("back(%s): want person,from", arg)
	}
	row, err := absent(tx, c, names[0], names[1])
	if err != nil || row.ID == 0 || !row.Ended.IsZero() {
		return err
	}
	row.Ended = tx.Now
	return org.Put(tx, &row)
}

// absent is the person's absence from the instant named, with what stands of it already.
func absent(tx *db.Tx, c *engine.Case, personField, fromField string) (org.Away, error) {
	person, err := db.ParseID(c.Text(personField))
	if err != nil || person == 0 {
		return org.Away{}, errs.Refuse("没有生效", errs.Reason{Text: "没有写明是谁外出", Field: personField})
	}
	from, err := time.Parse(time.RFC3339, c.Text(fromField))
	if err != nil {
		return org.Away{}, errs.Refuse("没有生效", errs.Reason{Text: "请填写离开时间", Field: fromField})
	}
	row := org.Away{Person: person, From: from}
	var until, ended int64
	var standIn *int64
	found, err := tx.Row(`SELECT id, until_at, stand_in_id, reason, ended_at FROM away WHERE person_id = ? AND from_at = ? ORDER BY id DESC LIMIT 1`,
		[]any{person, from}, &row.ID, &until, &standIn, &row.Reason, &ended)
	if err != nil || !found {
		return row, err
	}
	row.Until, row.Ended = db.Time(until), db.Time(ended)
	if standIn != nil {
		row.StandIn = db.ID(*standIn)
	}
	return row, nil
}
