package outgoing

import (
	"fmt"
	"slices"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// countersign notes what a unit says of the draft: 同意, 有意见 or 不同意 (DOC-OUT-20). Signing again in the same round,
// after a withdrawal, replaces what was said before.
func countersign(_ *db.Tx, c *engine.Case, stance string) error {
	table, answers := c.Matter.Rows("countersigns"), c.Matter.Rows("adoptions")
	disputing, remarked := c.Matter.Words("disputing"), c.Matter.Words("remarked")
	for _, unit := range unitsOf(c) {
		sent := sentAt(c)
		table = slices.DeleteFunc(table, func(r row) bool { return engine.TextIn(r, "unit") == unit && engine.TextIn(r, "sent_at") == sent })
		table = append(table, row{
			"unit": unit, "person": c.Owner().String(), "sent_at": sent, "stance": stance, "opinion": said(c, stance), "signed_at": now(c),
		})
		is := func(s string) bool { return s == unit }
		disputing, remarked = slices.DeleteFunc(disputing, is), slices.DeleteFunc(remarked, is)
		answers = slices.DeleteFunc(answers, func(r row) bool { return engine.TextIn(r, "unit") == unit })
		switch stance {
		case "不同意":
			disputing = append(disputing, unit)
		case "有意见":
			remarked = append(remarked, unit)
		default:
			continue
		}
		answers = append(answers, row{"unit": unit, "opinion": c.Opinion})
	}
	c.Matter.SetRows("countersigns", table)
	c.Matter.SetRows("adoptions", answers)
	c.Matter.SetWords("disputing", disputing)
	c.Matter.SetWords("remarked", remarked)
	return nil
}

func said(c *engine.Case, stance string) string {
	if c.Opinion == "" {
		return stance
	}
	return c.Opinion
}

// unitsOf finds for which of the asked units the actor signs: those they head, or their own when the head handed the
// task to them.
func unitsOf(c *engine.Case) []string {
	asked := c.Matter.Words("asked")
	var mine []string
	owner := c.World.Dir.Person(c.Owner())
	for _, u := range asked {
		if c.World.Dir.Head(id(u)) == c.Owner() || owner != nil && owner.Unit == id(u) {
			mine = append(mine, u)
		}
	}
	if len(mine) > 0 {
		return mine
	}
	for _, u := range asked { // handed on to somebody of another unit: they sign for whoever gave it to them
		for _, t := range c.Matter.Tasks {
			if t.Person == c.World.Dir.Head(id(u)) && t.Step == c.Matter.Step && t.Action == "transfer" {
				return []string{u}
			}
		}
	}
	return asked[:min(1, len(asked))]
}

// sentAt is when the draft came to the actor.
func sentAt(c *engine.Case) string {
	for _, t := range c.Matter.OpenTasks(engine.Handle) {
		if t.Person == c.Owner() {
			return t.Arrived.In(db.Location).Format(time.RFC3339)
		}
	}
	return now(c)
}

// adopt takes the drafter's answer to every remark; one not followed needs its reason (DOC-OUT-20).
func adopt(_ *db.Tx, c *engine.Case, _ string) error {
	waiting := append(c.Matter.Words("disputing"), c.Matter.Words("remarked")...)
	table, given := c.Matter.Rows("countersigns"), c.Matter.Rows("adoptions")
	var answers []row
	var reasons []errs.Reason
	for _, unit := range waiting {
		name := c.World.Dir.Unit(id(unit)).Name
		i := slices.IndexFunc(given, func(r row) bool { return engine.TextIn(r, "unit") == unit })
		switch {
		case i < 0 || engine.TextIn(given[i], "adopted") == "":
			reasons = append(reasons, errs.Reason{Text: fmt.Sprintf("还没有回应%s的意见", name), Clause: "DOC-OUT-20", Field: "adoptions"})
			continue
		case engine.TextIn(given[i], "adopted") == "不采纳" && engine.TextIn(given[i], "reason") == "":
			reasons = append(reasons, errs.Reason{Text: fmt.Sprintf("不采纳%s的意见，要写理由", name), Clause: "DOC-OUT-20", Field: "adoptions"})
			continue
		}
		for j := len(table) - 1; j >= 0; j-- { // the latest thing the unit said
			if engine.TextIn(table[j], "unit") == unit {
				table[j]["adopted"] = given[i]["adopted"]
				given[i]["opinion"] = table[j]["opinion"]
				break
			}
		}
		answers = append(answers, given[i])
	}
	if len(reasons) > 0 {
		return errs.Refuse("“"+c.Action.Name+"”没有办成", reasons...)
	}
	c.Matter.SetRows("countersigns", table)
	c.Matter.SetRows("adoptions", answers)
	c.Matter.SetWords("remarked", nil)
	return nil
}
