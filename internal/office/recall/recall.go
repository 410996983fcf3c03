// Package recall is what is special to 清退清点: the list of what people hold, drawn from loans and documents in hand,
// and its settling item by item.
//
// It keeps the list in the matter's own table and never moves loans or documents: they are returned in their own
// procedures. Invariant: a count ends only when every item on the list has its outcome (BORROW-08).
package recall

import (
	"slices"

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

// settle takes the outcome of every item, which the definition has looked at, and counts what is short (BORROW-09).
func settle(_ *db.Tx, c *engine.Case, _ string) error {
	list, now := c.Before.Rows("items"), c.Matter.Rows("items")
	same := func(a, b item) bool { return a["source"] == b["source"] && a["copies"] == b["copies"] }
	if !slices.EqualFunc(list, now, same) {
		return errs.Refuse("没有办成", errs.Reason{Text: "应清文件不能增减，请逐份注明去向", Clause: "BORROW-08", Field: "items"})
	}
	short := 0.0
	for i, r := range list {
		for _, key := range []string{"actual", "outcome", "note"} {
			r[key] = now[i][key]
			if r[key] == nil {
				delete(r, key)
			}
		}
		if r["outcome"] == "短缺" {
			short += engine.NumberIn(r, "copies") - engine.NumberIn(r, "actual")
		}
	}
	c.Matter.SetRows("items", list)
	c.Matter.Fields["short"] = short
	return nil
}
