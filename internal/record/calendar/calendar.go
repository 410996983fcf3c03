// Package calendar keeps the office's own working-day tables beside the official ones that are built in (OA-31).
//
// It stores tables of years; reckoning is workday's. Invariant: a table is stored only if it has no fault.
package calendar

import (
	"encoding/json"
	"sync"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/workday"
)

// Book 工作日历 caches the calendar by revision.
type Book struct {
	mu       sync.Mutex
	revision int64
	now      workday.Calendar
}

// Calendar is the working-day calendar as this transaction sees it.
func (b *Book) Calendar(tx *db.Tx) (workday.Calendar, error) {
	var revision int64
	if _, err := tx.Row(`SELECT number FROM revisions WHERE name = 'calendar'`, nil, &revision); err != nil {
		return workday.Calendar{}, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.revision == revision {
		return b.now, nil
	}
	cal := workday.Official()
	err := tx.Query(`SELECT body FROM calendar_years ORDER BY year`, nil, func(scan func(...any) error) error {
		var body string
		var table workday.Table
		if err := scan(&body); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(body), &table); err != nil {
			return err
		}
		cal = cal.With(table)
		return nil
	})
	if err != nil {
		return cal, err
	}
	b.revision, b.now = revision, cal
	return cal, nil
}

// Put stores a year's table, in place of what was there.
func Put(tx *db.Tx, table workday.Table, source string) error {
	body, err := json.Marshal(table)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT INTO calendar_years (year, body, source, at) VALUES (?,?,?,?)
		ON CONFLICT (year) DO UPDATE SET body = excluded.body, source = excluded.source, at = excluded.at`,
		table.Year, string(body), source, tx.Now); err != nil {
		return err
	}
	_, err = tx.Exec(`UPDATE revisions SET number = ? WHERE name = 'calendar'`, int64(tx.NewID()))
	return err
}
