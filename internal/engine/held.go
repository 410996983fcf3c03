package engine

import (
	"context"
	"log/slog"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/workday"
)

// The day on which a matter is held stands in a column of its own, so that what a day holds is found by an index; every
// action keeps it. Which field says it, the definition says that the matter began with: whoever names another field names it
// for what begins from then on, and nothing has to be filled again. What lasts from one time to another books it instead.

// When tells when a matter is held: the day, empty if none is named, and the moment if more than the day is known.
func (p *Procedure) When(fields map[string]any) (day string, at time.Time) {
	text, _ := fields[p.Held].(string)
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return workday.DayOf(at).String(), at
	}
	if d, err := workday.ParseDay(text); err == nil {
		return d.String(), at
	}
	return "", at
}

// heldOn is what the column holds: the day of what has been sent on and is not over.
func (p *Procedure) heldOn(m *Matter) string {
	if m.State != Open && m.State != Suspended || m.Step == p.First().Key {
		return ""
	}
	day, _ := p.When(m.Fields)
	return day
}

// heldKept is the setting that tells that the days are kept; absent: they have never been filled in.
const heldKept = "held-kept"

// KeepHeld fills in the days of an office that was there before they were kept.
func (e *Engine) KeepHeld(ctx context.Context) error {
	kept := false
	err := e.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		kept, err = tx.Row(`SELECT 1 FROM settings WHERE name = ?`, []any{heldKept}, new(int))
		return err
	})
	if kept || err != nil {
		return err
	}
	return e.FillHeld(ctx)
}

// FillHeld puts the days right. The office may work meanwhile.
func (e *Engine) FillHeld(ctx context.Context) error {
	return e.db.Write(ctx, func(tx *db.Tx) error {
		wrong, err := e.wrongHeld(tx)
		if err != nil {
			return err
		}
		for _, m := range wrong {
			if _, err := tx.Exec(`UPDATE matters SET held_on = ? WHERE id = ?`, m.Held, m.ID); err != nil {
				return err
			}
		}
		_, err = tx.Exec(`INSERT INTO settings (name, value) VALUES (?, '1') ON CONFLICT DO NOTHING`, heldKept)
		return err
	})
}

// wrongHeld reads what is under way with another day than its fields say, and gives it with the right one.
func (e *Engine) wrongHeld(tx *db.Tx) ([]*Matter, error) {
	var begun, wrong []*Matter
	const underWay = `FROM matters m WHERE m.state IN ('open','suspended')`
	err := tx.Query(`SELECT DISTINCT m.kind, m.definition `+underWay+` ORDER BY 1, 2`, nil, func(scan func(...any) error) error {
		m := &Matter{}
		begun = append(begun, m)
		return scan(&m.Kind, &m.Definition)
	})
	if err != nil {
		return nil, err
	}
	for _, of := range begun {
		p, err := e.Procedure(tx, of)
		if err != nil { // nobody can act on such a matter, which is no reason for the office not to open
			slog.Warn("definition not read", "kind", of.Kind, "version", of.Definition, "error", err)
			continue
		}
		if p.Held == "" {
			continue
		}
		list, err := readMatters(tx, `SELECT `+matterColumns+`, m.fields `+underWay+` AND m.kind = ? AND m.definition = ? ORDER BY m.id`+tx.ForUpdate(),
			[]any{of.Kind, of.Definition})
		if err != nil {
			return nil, err
		}
		for _, m := range list {
			if day := p.heldOn(m); day != m.Held {
				m.Held = day
				wrong = append(wrong, m)
			}
		}
	}
	return wrong, nil
}
