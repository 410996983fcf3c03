// Package circulation is what is special to 传阅: the hub-and-spoke route, on which a document goes from the clerk to
// one reader and back to the clerk before the next (DOC-CIR-02, DOC-CIR-04).
//
// It keeps the route in the matter's own table field, one row a reader, and never moves the matter itself: the
// definition does. Invariant: at most one row is out (sent and not back), and a reader is on the route once.
package circulation

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/workday"
)

// Effects are the named effects of the room.
func Effects() map[string]engine.Effect {
	return map[string]engine.Effect{
		"circulation-arrange":  {Act: arrange, Sets: []string{"route", "current", "left"}},
		"circulation-out":      {Act: handOut, Sets: []string{"route", "current"}},
		"circulation-skip":     {Act: skip, Sets: []string{"route"}},
		"circulation-reorder":  {Act: reorder, Sets: []string{"route"}},
		"circulation-add":      {Act: add, Sets: []string{"route", "readers"}},
		"circulation-read":     {Act: read, Sets: []string{"route"}},
		"circulation-in":       {Act: handIn, Sets: []string{"route", "left"}},
		"circulation-read-all": {Act: readAll, Sets: []string{"route"}},
		"circulation-complete": {Check: unread},
	}
}

// stop 一站 is one row of the route.
type stop = engine.Row

func route(c *engine.Case) []stop { return c.Matter.Rows("route") }

// keep stores the route with its places numbered and what hangs on it: who is next and how many are left.
func keep(c *engine.Case, stops []stop) {
	left := 0
	for i, s := range stops {
		s["ord"] = float64(i + 1)
		if s["read_at"] == nil {
			left++
		}
	}
	c.Matter.SetRows("route", stops)
	c.Matter.Fields["left"] = float64(left)
	if next := nextUnread(stops); next != nil {
		c.Matter.Fields["current"] = next["person"]
	}
}

func nextUnread(stops []stop) stop {
	for _, s := range stops {
		if s["read_at"] == nil {
			return s
		}
	}
	return nil
}

// arrange orders the readers: 传阅 by rank from the first, 传批 from the last (DOC-CIR-05).
func arrange(_ *db.Tx, c *engine.Case, _ string) error {
	people := c.World.Dir.Ranked(ids(c.Matter.Fields["readers"]))
	if c.Text("way") == "传批" {
		slices.Reverse(people)
	}
	stops := make([]stop, len(people))
	list := make([]string, len(people))
	for i, p := range people {
		stops[i] = stop{"person": p.String()}
		list[i] = p.String()
	}
	c.Matter.SetWords("readers", list)
	keep(c, stops)
	return nil
}

func handOut(_ *db.Tx, c *engine.Case, _ string) error {
	stops := route(c)
	next := nextUnread(stops)
	if next == nil {
		return errs.Refuse("没有送出", errs.Reason{Text: "名单上的人都已签阅", Clause: "DOC-CIR-06"})
	}
	next["sent_at"], next["sent_by"] = now(c), c.Actor.Person.String()
	delete(next, "skipped")
	keep(c, stops)
	return nil
}

// skip puts the next reader behind the others, with the reason; they are sent to later (DOC-CIR-04).
func skip(_ *db.Tx, c *engine.Case, _ string) error {
	stops := route(c)
	i := slices.IndexFunc(stops, func(s stop) bool { return s["read_at"] == nil })
	if i < 0 {
		return nil
	}
	skipped := stops[i]
	skipped["skipped"] = c.Opinion
	stops = append(slices.Delete(stops, i, i+1), skipped)
	keep(c, stops)
	return nil
}

func reorder(_ *db.Tx, c *engine.Case, _ string) error {
	stops := route(c)
	var order []stop
	for _, s := range stops {
		if s["read_at"] != nil {
			order = append(order, s)
		}
	}
	for _, id := range ids(c.Input["new_order"]) {
		for _, s := range stops {
			if s["person"] == id.String() && s["read_at"] == nil {
				order = append(order, s)
			}
		}
	}
	if len(order) != len(stops) {
		return errs.Refuse("没有调整", errs.Reason{Text: "新的次序要正好包括所有未阅的人，不多不少", Clause: "DOC-CIR-06", Field: "new_order"})
	}
	keep(c, order)
	return nil
}

func add(_ *db.Tx, c *engine.Case, _ string) error {
	stops := route(c)
	list := c.Matter.Words("readers")
	before := len(list)
	for _, id := range c.World.Dir.Ranked(ids(c.Input["added"])) {
		if slices.ContainsFunc(stops, func(s stop) bool { return s["person"] == id.String() }) {
			continue
		}
		stops = append(stops, stop{"person": id.String()})
		list = append(list, id.String())
	}
	if len(list) == before {
		return errs.Refuse("没有加阅", errs.Reason{Text: "所选人员都已在名单上", Clause: "DOC-CIR-03", Field: "added"})
	}
	c.Matter.SetWords("readers", list)
	keep(c, stops)
	return nil
}

// read signs for the one reader the document is with (DOC-CIR-11: signature, time and opinion).
func read(_ *db.Tx, c *engine.Case, _ string) error {
	stops := route(c)
	for _, s := range stops {
		if s["person"] == c.Matter.Fields["current"] && s["sent_at"] != nil && s["back_at"] == nil {
			s["read_at"], s["opinion"] = now(c), signed(c)
		}
	}
	c.Matter.SetRows("route", stops)
	return nil
}

func handIn(_ *db.Tx, c *engine.Case, _ string) error {
	stops := route(c)
	for _, s := range stops {
		if s["sent_at"] != nil && s["back_at"] == nil {
			s["back_at"], s["condition"] = now(c), condition(c)
			s["stay"] = stayed(c, s)
		}
	}
	keep(c, stops)
	return nil
}

func readAll(_ *db.Tx, c *engine.Case, _ string) error {
	stops := route(c)
	for _, s := range stops {
		if s["person"] == c.Owner().String() {
			s["sent_at"], s["read_at"], s["back_at"] = c.Matter.Created.Format(time.RFC3339), now(c), now(c)
			s["opinion"], s["condition"], s["stay"] = signed(c), "完好", stayed(c, s)
		}
	}
	keep(c, stops)
	return nil
}

// unread finds who was left out before a circulation is closed (漏传, DOC-CIR-06).
func unread(_ *db.Tx, c *engine.Case, _ string) ([]errs.Reason, error) {
	var reasons []errs.Reason
	for _, s := range route(c) {
		if s["read_at"] == nil {
			name := c.World.Dir.Name(ids(s["person"])[0])
			reasons = append(reasons, errs.Reason{Text: fmt.Sprintf("漏传：%s还没有签阅", name), Clause: "DOC-CIR-06"})
		}
	}
	return reasons, nil
}

func signed(c *engine.Case) string {
	if c.For != 0 {
		return c.Opinion + "（" + c.World.Dir.Name(c.Actor.Person) + "代）"
	}
	return c.Opinion
}

func condition(c *engine.Case) string {
	s, _ := c.Input["condition"].(string)
	if note, _ := c.Input["damage_note"].(string); note != "" {
		s += "：" + note
	}
	return s
}

// stayed counts the working days a stop took, to a tenth.
func stayed(c *engine.Case, s stop) float64 {
	sent, err := time.Parse(time.RFC3339, fmt.Sprint(s["sent_at"]))
	if err != nil {
		return 0
	}
	days := c.World.Cal.Between(workday.DayOf(sent), c.World.Today())
	return math.Round(float64(days)*10) / 10
}

func now(c *engine.Case) string { return c.World.Now.Format(time.RFC3339) }

func ids(v any) []db.ID {
	var out []db.ID
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	for _, e := range list {
		s, _ := e.(string)
		if id, err := db.ParseID(s); err == nil && id != 0 {
			out = append(out, id)
		}
	}
	return out
}
