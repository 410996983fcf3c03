// Package gathering 汇集 fills a table of a matter with what other books hold of a span of days: the week's activities of
// the leaders, the month's candidates for the chronicle, what a meeting has to talk over.
//
// Definitions call it by name: gather(items,leader-activity,from,since,until) puts into the table items a row for every
// registered matter of the kind whose field from lies between the days since and until. Further words narrow and add:
// importance=重要 takes only those with that value, sort:文件 writes it into the column sort. A column takes the field of
// the same key; source, title, number, unit and day are the matter itself, what it is called, its number, its unit and its
// day. Rows typed by hand stay.
// Invariant: a matter stands in the table once, however often it is gathered, and keeps what was written beside it.
package gathering

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/workday"
)

// Effects are the named effects of the room.
func Effects() map[string]engine.Effect {
	return map[string]engine.Effect{"gather": {Act: gather}}
}

// wish is what a call asks for.
type wish struct {
	table        *engine.Field
	kind, date   string
	since, until workday.Day
	only, added  map[string]string
}

func gather(tx *db.Tx, c *engine.Case, arg string) error {
	w, err := read(c, arg)
	if err != nil {
		return err
	}
	found, err := registered(tx, c.Matter.Agency, w.kind, w.since)
	if err != nil {
		return err
	}
	rows, _ := c.Matter.Fields[w.table.Key].([]any)
	rows = slices.Clone(rows)
	for _, s := range found {
		day, ok := dayOf(s.fields[w.date])
		if !ok || day < w.since || day > w.until || !w.wants(s) {
			continue
		}
		if !slices.ContainsFunc(rows, func(r any) bool { return s.is(r) }) {
			rows = append(rows, w.row(s, day))
		}
	}
	slices.SortStableFunc(rows, func(a, b any) int { return cmp.Compare(when(a), when(b)) })
	c.Matter.Fields[w.table.Key] = rows
	return nil
}

func read(c *engine.Case, arg string) (*wish, error) {
	names := strings.Split(arg, ",")
	if len(names) < 5 {
		return nil, fmt.Errorf("gather(%s): want table,kind,date,since,until and perhaps field=value, column:text", arg)
	}
	w := &wish{table: c.Procedure.Field(names[0]), kind: names[1], date: names[2], only: map[string]string{}, added: map[string]string{}}
	if w.table == nil || w.table.Type != engine.Table {
		return nil, fmt.Errorf("gather(%s): %s is no table", arg, names[0])
	}
	var sinceOK, untilOK bool
	w.since, sinceOK = dayOf(c.Matter.Fields[names[3]])
	w.until, untilOK = dayOf(c.Matter.Fields[names[4]])
	if !sinceOK || !untilOK || w.until < w.since {
		return nil, errs.Refuse("没有汇集", errs.Reason{Text: "请填写起止日期，止不能早于起", Field: names[4]})
	}
	for _, more := range names[5:] {
		if key, value, ok := strings.Cut(more, "="); ok {
			w.only[key] = value
		} else if key, value, ok := strings.Cut(more, ":"); ok {
			w.added[key] = value
		}
	}
	return w, nil
}

func (w *wish) wants(s source) bool {
	for key, value := range w.only {
		if s.fields[key] != value {
			return false
		}
	}
	return true
}

// row copies what the table has columns for.
func (w *wish) row(s source, day workday.Day) map[string]any {
	row := map[string]any{}
	for i := range w.table.Columns {
		var v any
		switch key := w.table.Columns[i].Key; key {
		case "source":
			v = s.id.String()
		case "title":
			v = s.title
		case "number":
			v = s.number
		case "unit":
			v = s.unit.String()
		case "day":
			v = day.String()
		default:
			v = s.fields[key]
			if text := w.added[key]; text != "" {
				v = text
			}
		}
		if v != nil && v != "" {
			row[w.table.Columns[i].Key] = v
		}
	}
	return row
}

func (s source) is(row any) bool {
	r, _ := row.(map[string]any)
	return r["source"] == s.id.String()
}

// when is what a row is sorted by: its instant if it has one, else its day.
func when(row any) string {
	r, _ := row.(map[string]any)
	if from, ok := r["from"].(string); ok {
		if at, err := time.Parse(time.RFC3339, from); err == nil {
			return at.In(db.Location).Format("2006-01-02T15:04")
		}
	}
	day, _ := r["day"].(string)
	return day
}

// dayOf is the day a stored date or instant falls on.
func dayOf(v any) (workday.Day, bool) {
	text, _ := v.(string)
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return workday.DayOf(at), true
	}
	day, err := workday.ParseDay(text)
	return day, err == nil
}
