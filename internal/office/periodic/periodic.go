// Package periodic 周期任务 makes the duties that come round into tasks: which day each falls on, and its matter on the
// working day it should begin. Invariant: an occurrence becomes a matter once, whatever else runs at the same time.
package periodic

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	"github.com/chengqi-oa/chengqi/workday"
)

// Kind is the procedure the tasks are matters of.
const Kind = "periodic-task"

// Duty 周期职责 is something a rule wants done again and again.
type Duty struct {
	Key    string   `yaml:"key"`
	Name   string   `yaml:"name"`
	Clause string   `yaml:"clause"`
	Holder org.Duty `yaml:"holder"`
	Every  string   `yaml:"every"`
	On     string   `yaml:"on"`
	Lead   int      `yaml:"lead"` // working days before the day
	Task   string   `yaml:"task"`
	Off    bool     `yaml:"off"` // of the office's own: the shipped one of this key is not done here

	// Begins names the procedure that has its own form for the duty; empty is a plain task.
	Begins string            `yaml:"begins"`
	Fill   map[string]string `yaml:"fill"` // its fields, as they are to begin with; {day} stands for the day
}

// OwnFile is where the office writes duties of its own, among its procedures: one with the key of a shipped duty takes its
// place, any other is added (EMRG-30: what each season brings is the office's to say).
const OwnFile = "duties.yaml"

// Load reads the shipped duties and the office's own, which may be nil, and proves them: the clause stands in the rulebook,
// the holder is a duty of a post, the days are understood, and the procedure to begin is known. Every fault is told at once.
func Load(files, own fs.FS, rules *rulebook.Rulebook, known func(kind string) bool) ([]Duty, error) {
	list, err := read(files, "duties/periodic.yaml")
	if err != nil {
		return nil, err
	}
	if own != nil {
		mine, err := read(own, OwnFile)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("本单位的周期任务（%s）读不出来：%w", OwnFile, err)
		}
		list = merge(list, mine)
	}
	var faults []error
	seen := map[string]bool{}
	for _, d := range list {
		for _, fault := range d.faults(rules, known, seen[d.Key]) {
			faults = append(faults, fmt.Errorf("周期任务 %s（%s）：%s", d.Key, d.Name, fault))
		}
		seen[d.Key] = true
	}
	return list, errors.Join(faults...)
}

func read(files fs.FS, name string) ([]Duty, error) {
	raw, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	var list struct {
		Duties []Duty `yaml:"duties"`
	}
	in := yaml.NewDecoder(bytes.NewReader(raw))
	in.KnownFields(true)
	if err := in.Decode(&list); err != nil && !errors.Is(err, io.EOF) { // nothing written yet
		return nil, err
	}
	return list.Duties, nil
}

// merge puts the office's own duties in the place of those of the same key, and the rest behind; one that is off is left out.
func merge(list, own []Duty) []Duty {
	for _, d := range own {
		at := slices.IndexFunc(list, func(l Duty) bool { return l.Key == d.Key })
		switch {
		case at < 0 && !d.Off:
			list = append(list, d)
		case at >= 0 && d.Off:
			list = slices.Delete(list, at, at+1)
		case at >= 0:
			list[at] = d
		}
	}
	return list
}

func (d Duty) faults(rules *rulebook.Rulebook, known func(kind string) bool, twice bool) []string {
	var out []string
	for _, f := range []struct {
		wrong bool
		say   string
	}{
		{d.Key == "" || d.Name == "" || d.Task == "" && d.Begins == "", "要写代号（key）、名称（name）和要求（task）"},
		{twice, "代号（key）重复"},
		{rules.Clause(d.Clause) == nil, fmt.Sprintf("制度库没有条款“%s”（clause）", d.Clause)},
		{!d.Holder.Known(), fmt.Sprintf("没有岗位职责“%s”（holder）", d.Holder)},
		{!d.dates(), fmt.Sprintf("周期“%s”（every）和日子“%s”（on）合不上，如 year 和 \"03-31\"", d.Every, d.On)},
		{d.Lead < 0 || d.Lead > 60, "提前的工作日（lead）在 0 到 60 之间"},
		{d.Begins != "" && !known(d.Begins), fmt.Sprintf("没有办理程序“%s”（begins）", d.Begins)},
	} {
		if f.wrong {
			out = append(out, f.say)
		}
	}
	return out
}

// dates tells whether the duty falls on any day.
func (d Duty) dates() bool {
	_, ok := d.next(workday.Official(), workday.Date(2026, time.January, 1))
	return ok
}

// Days lists the days a duty falls on within a span, both ends in.
func (d Duty) Days(cal workday.Calendar, from, to workday.Day) []workday.Day {
	var out []workday.Day
	for at := from; ; {
		day, ok := d.next(cal, at)
		if !ok || day > to {
			return out
		}
		out = append(out, day)
		at = day + 1
	}
}

// next is the first day the duty falls on, from a day on.
func (d Duty) next(cal workday.Calendar, from workday.Day) (workday.Day, bool) {
	year, month, _ := from.Date()
	if d.Every == "week" {
		for day := from - workday.Day(6); ; day++ {
			if moved := cal.OnOrAfter(day); day.Weekday() == time.Monday && moved >= from {
				return moved, d.On == "monday"
			}
		}
	}
	step, ok := map[string]int{"month": 1, "quarter": 3, "half-year": 6, "year": 12}[d.Every]
	if !ok {
		return 0, false
	}
	for range 30 {
		if last := int(month)%step == 0; last || d.first() && (int(month)-1)%step == 0 || d.dated() {
			day, ok := d.inMonth(cal, year, month)
			if !ok {
				return 0, false
			}
			if day >= from && d.fits(month, step) {
				return day, true
			}
		}
		if month++; month > time.December {
			year, month = year+1, time.January
		}
	}
	return 0, false
}

func (d Duty) first() bool { return d.On == "first-workday" }

func (d Duty) dated() bool { _, err := time.Parse("01-02", d.On); return err == nil }

// fits tells whether a month is one of the period's: its first, its last, or the one the date names.
func (d Duty) fits(month time.Month, step int) bool {
	if at, err := time.Parse("01-02", d.On); err == nil {
		return at.Month() == month
	}
	if d.first() {
		return (int(month)-1)%step == 0
	}
	return int(month)%step == 0
}

func (d Duty) inMonth(cal workday.Calendar, year int, month time.Month) (workday.Day, bool) {
	first := workday.Date(year, month, 1)
	switch d.On {
	case "first-workday":
		return cal.OnOrAfter(first), true
	case "third-workday":
		return cal.NthOfMonth(year, month, 3), true
	case "last-workday":
		return cal.Add(workday.Date(year, month+1, 1), -1), true
	}
	at, err := time.Parse("01-02", d.On)
	if err != nil {
		return 0, false
	}
	day := workday.Date(year, at.Month(), at.Day())
	if !cal.IsWorkday(day) { // a last day that is no working day comes earlier, never later
		day = cal.Add(day, -1)
	}
	return day, true
}

// Due 应办 is one occurrence.
type Due struct {
	Duty   Duty
	Day    workday.Day
	Matter db.ID // 0: not begun yet
}

// Month lists what falls due in a month, for an agency, in order of day.
func Month(tx *db.Tx, duties []Duty, cal workday.Calendar, agency db.ID, year int, month time.Month) ([]Due, error) {
	var out []Due
	for _, d := range duties {
		for _, day := range d.Days(cal, workday.Date(year, month, 1), workday.Date(year, month+1, 1)-1) {
			due := Due{Duty: d, Day: day}
			if _, err := tx.Row(`SELECT matter_id FROM recurrences WHERE agency_id = ? AND duty = ? AND day = ?`, []any{agency, d.Key, day}, &due.Matter); err != nil {
				return nil, err
			}
			out = append(out, due)
		}
	}
	return out, nil
}

// Begin makes a matter of every occurrence whose time to begin has come, in every agency that has someone to do it.
func Begin(tx *db.Tx, e *engine.Engine, duties []Duty) (int, error) {
	w, err := e.World(tx)
	if err != nil {
		return 0, err
	}
	begun := 0
	for _, agency := range w.Dir.Agencies() {
		for _, d := range duties {
			holders := w.Dir.Holders(agency.ID, d.Holder)
			if len(holders) == 0 || len(w.Dir.Issuers(agency.ID)) < 2 {
				continue // an outside agency that only answers us keeps its own rules
			}
			for _, day := range d.Days(w.Cal, w.Today(), w.Cal.Add(w.Today(), d.Lead)) {
				n, err := begin(tx, e, agency.ID, d, day, holders[0])
				if err != nil {
					return begun, err
				}
				begun += n
			}
		}
	}
	return begun, nil
}

func begin(tx *db.Tx, e *engine.Engine, agency db.ID, d Duty, day workday.Day, holder db.ID) (int, error) {
	n, err := tx.Exec(`INSERT INTO recurrences (agency_id, duty, day, matter_id) VALUES (?,?,?,0) ON CONFLICT DO NOTHING`, agency, d.Key, day)
	if err != nil || n == 0 {
		return 0, err
	}
	kind, fields := Kind, map[string]any{
		"title": fmt.Sprintf("%s（%s）", d.Name, day.Chinese()), "task": d.Task, "clause": d.Clause, "deadline": day.String(),
	}
	if d.Begins != "" {
		kind, fields = d.Begins, map[string]any{}
		for key, value := range d.Fill {
			fields[key] = strings.ReplaceAll(value, "{day}", day.String())
		}
	}
	m, err := e.CreateFor(tx, holder, kind, fields)
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec(`UPDATE recurrences SET matter_id = ? WHERE agency_id = ? AND duty = ? AND day = ?`, m.ID, agency, d.Key, day)
	return 1, err
}
