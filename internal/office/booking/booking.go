// Package booking 预订 keeps time booked on a thing that is itself registered: a room, a vehicle.
//
// Definitions call it by name: book(thing,from,until) takes the time of the thing named by the field, release gives
// back what the matter had booked. book(thing,from,until,first) goes before others when the flag field is set: who
// stands in the way is asked to yield by their own automatic action "displaced", which may refuse. vacant, with the same
// words, takes nothing: it tells whoever asks that the time is gone, before anybody has to decide on it. Invariant: no two
// bookings in force of one thing overlap; a booking's instants are the field's, half open.
package booking

import (
	"fmt"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// Effects are the named effects of the room.
func Effects() map[string]engine.Effect {
	return map[string]engine.Effect{
		"book":    {Act: book},
		"vacant":  {Act: vacant},
		"release": {Act: release},
	}
}

// displacedAction is the automatic action by which a booking yields to one that goes before it (ROOM-02).
const displacedAction = "displaced"

// span 时段 is the time wanted of a thing.
type span struct {
	thing       db.ID
	from, until time.Time
	first       bool   // it goes before others
	field       string // which names the thing
}

// read takes the argument as thing-field,from-field,until-field and perhaps first-field.
func read(c *engine.Case, arg string) (s span, err error) {
	names := strings.Split(arg, ",")
	if len(names) != 3 && len(names) != 4 {
		return s, fmt.Errorf("booking %q: want thing,from,until or thing,from,until,first", arg)
	}
	s.field = names[0]
	if s.thing, err = db.ParseID(c.Text(names[0])); err != nil || s.thing == 0 {
		return s, errs.Refuse("没有订上", errs.Reason{Text: "请选择要预订的对象", Field: names[0]})
	}
	var fromErr, untilErr error
	s.from, fromErr = time.Parse(time.RFC3339, c.Text(names[1]))
	s.until, untilErr = time.Parse(time.RFC3339, c.Text(names[2]))
	if fromErr != nil || untilErr != nil || !s.until.After(s.from) {
		return s, errs.Refuse("没有订上", errs.Reason{Text: "请填写起止时间，止要晚于起", Field: names[2]})
	}
	s.first = len(names) == 4 && c.Matter.Fields[names[3]] == true
	return s, nil
}

func book(tx *db.Tx, c *engine.Case, arg string) error {
	s, err := read(c, arg)
	if err != nil {
		return err
	}
	if err := lock(tx, s.thing); err != nil {
		return err
	}
	if err := release(tx, c, ""); err != nil { // the matter's own earlier time is given back first
		return err
	}
	if s.first {
		if err := displace(tx, c, s); err != nil {
			return err
		}
	}
	if err := free(tx, c, s); err != nil {
		return err
	}
	// It is taken by whoever asked for it, not by whoever keeps the calendar.
	_, err = tx.Exec(`INSERT INTO bookings (id, agency_id, thing_id, matter_id, from_at, until_at, person_id) VALUES (?,?,?,?,?,?,?)`,
		tx.NewID(), c.Matter.Agency, s.thing, c.Matter.ID, s.from, s.until, c.Matter.Starter)
	return err
}

// vacant refuses a time that is taken already. What goes before others waits for whoever keeps the calendar.
func vacant(tx *db.Tx, c *engine.Case, arg string) error {
	s, err := read(c, arg)
	if err != nil || s.first {
		return err
	}
	return free(tx, c, s)
}

// lock makes two bookers of one thing wait for each other where several write at once.
func lock(tx *db.Tx, thing db.ID) error {
	var one int
	_, err := tx.Row(`SELECT 1 FROM matters WHERE id = ?`+tx.ForUpdate(), []any{thing}, &one)
	return err
}

// displace asks every matter that holds the time to yield it.
func displace(tx *db.Tx, c *engine.Case, s span) error {
	var matters []db.ID
	err := tx.Query(`SELECT DISTINCT matter_id FROM bookings WHERE thing_id = ? AND ended_at = 0 AND from_at < ? AND until_at > ? ORDER BY matter_id`,
		[]any{s.thing, s.until, s.from}, func(scan func(...any) error) error {
			var id db.ID
			err := scan(&id)
			matters = append(matters, id)
			return err
		})
	if err != nil {
		return err
	}
	for _, id := range matters {
		if err := c.Follow(tx, id, displacedAction, map[string]any{"title": c.Matter.Title}); err != nil {
			return err
		}
	}
	return nil
}

func free(tx *db.Tx, c *engine.Case, s span) error {
	var reasons []errs.Reason
	err := tx.Query(`SELECT b.from_at, b.until_at, b.person_id, m.title FROM bookings b JOIN matters m ON m.id = b.thing_id
		WHERE b.thing_id = ? AND b.ended_at = 0 AND b.from_at < ? AND b.until_at > ? ORDER BY b.from_at LIMIT 5`,
		[]any{s.thing, s.until, s.from}, func(scan func(...any) error) error {
			var start, end int64
			var by db.ID
			var name string
			err := scan(&start, &end, &by, &name)
			reasons = append(reasons, errs.Reason{
				Text:   fmt.Sprintf("%s %s至%s已由%s订用，请改时间或另选", name, db.Time(start).Format("1月2日15:04"), db.Time(end).Format("15:04"), c.World.Dir.Name(by)),
				Clause: c.Procedure.Field(s.field).Clause, Field: s.field,
			})
			return err
		})
	if err != nil {
		return err
	}
	if len(reasons) > 0 {
		return errs.Refuse("没有订上", reasons...)
	}
	return nil
}

// release ends the bookings in force of the matter, at once.
func release(tx *db.Tx, c *engine.Case, _ string) error {
	_, err := tx.Exec(`UPDATE bookings SET ended_at = ? WHERE matter_id = ? AND ended_at = 0`, tx.Now, c.Matter.ID)
	return err
}
