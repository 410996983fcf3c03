// Package recall is what is special to 清退清点: the list of what people hold, drawn from loans and documents in hand,
// and its settling item by item.
//
// It keeps the list in the matter's own table and never moves loans or documents: they are returned in their own
// procedures. Invariant: a count ends only when every item on the list has its outcome (BORROW-08).
package recall

import (
	"fmt"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// Effects are the named effects of the room.
func Effects() map[string]engine.Effect {
	return map[string]engine.Effect{
		"recall-list":   {Act: list, Sets: []string{"items"}},
		"recall-settle": {Act: settle, Sets: []string{"items", "short"}},
	}
}

type item = engine.Row

// list writes down what the person, or everybody, has on loan or in hand (BORROW-04, BORROW-05).
func list(tx *db.Tx, c *engine.Case, _ string) error {
	person, _ := c.Matter.Fields["person"].(string)
	who, err := db.ParseID(person)
	if person != "" && err != nil {
		return err
	}
	held, err := inHand(tx, c.Matter.Agency, who)
	if err != nil {
		return err
	}
	rows := make([]item, len(held))
	for i, h := range held {
		r := item{"source": h.matter.String(), "holder": h.person.String(), "title": h.title, "state": "在办", "copies": 1.0}
		if h.kind == loanKind {
			r["state"] = "在借"
			if n, ok := h.fields["count"].(float64); ok {
				r["copies"] = n
			}
			if no, ok := h.fields["copy_number"].(string); ok {
				r["copy_number"] = no
			}
		}
		for _, n := range []string{h.partyNumber, h.number} {
			if n != "" {
				r["number"] = n
				break
			}
		}
		rows[i] = r
	}
	c.Matter.SetRows("items", rows)
	return nil
}

// settle takes the outcome of every item; what is counted short must be called so (BORROW-09).
func settle(_ *db.Tx, c *engine.Case, _ string) error {
	list, now := c.Before.Rows("items"), c.Matter.Rows("items")
	if len(list) != len(now) {
		return errs.Refuse("没有办成", errs.Reason{Text: "应清文件不能增减，请逐份注明去向", Clause: "BORROW-08", Field: "items"})
	}
	var reasons []errs.Reason
	refuse := func(i int, format string, args ...any) {
		reasons = append(reasons, errs.Reason{Text: fmt.Sprintf("第 %d 件", i+1) + fmt.Sprintf(format, args...), Clause: "BORROW-08", Field: "items"})
	}
	short := 0.0
	for i, r := range list {
		for _, key := range []string{"actual", "outcome", "note"} {
			r[key] = now[i][key]
			if r[key] == nil {
				delete(r, key)
			}
		}
		owed, found := engine.NumberIn(r, "copies"), engine.NumberIn(r, "actual")
		missing := owed - found
		switch {
		case r["outcome"] == nil:
			refuse(i, "没有注明去向")
		case r["outcome"] == "短缺" && missing <= 0:
			refuse(i, "实清份数不少，不是短缺")
		case r["outcome"] != "短缺" && missing > 0:
			refuse(i, "应清 %.0f 份、实清 %.0f 份，去向要注明短缺", owed, found)
		case missing > 0:
			short += missing
		}
	}
	if len(reasons) > 0 {
		return errs.Refuse("“"+c.Action.Name+"”没有办成", reasons...)
	}
	c.Matter.SetRows("items", list)
	c.Matter.Fields["short"] = short
	return nil
}
