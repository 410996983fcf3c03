package demo

import (
	"embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/workday"
)

// courses are the everyday matters of the year, as data: for each kind what its matters have in common, the usual course
// of handling, and the matters. A value is written as a clerk would say it (a staff number, a unit's code, +3d for three
// working days on); what it becomes is the field's type. What would lie ahead of the present is left out, so that a matter
// begun shortly before it is still in hand.
//
//go:embed courses/*.yaml
var courses embed.FS

// chapter is what the courses say of one kind.
type chapter struct {
	Fields  map[string]any
	Course  []line
	Matters []struct {
		Name   string
		By     string
		At     string
		Fields map[string]any
		Course []line
		Stop   int // how many lines of the usual course are done; 0 is all
	}
}

// line 一次办理: "agree 2h 3301 同意。" is the action, how much later, by whom (else whoever holds it) and the opinion.
// With fields it is the one key of a mapping.
type line struct {
	action, after, who, opinion string
	each                        bool // by all who hold it: "receipt* 2h"
	refused                     bool // the guard of secrets turns it away: "submit! 5m"
	fields                      map[string]any
}

var lineForm = regexp.MustCompile(`^([a-z-]+)([*!]?)(?: (\d+[mhd]))?(?: (\d{4}))?(?: (.+))?$`)

// UnmarshalYAML reads a line in either of its two forms.
func (l *line) UnmarshalYAML(n *yaml.Node) error {
	said := n.Value
	if n.Kind == yaml.MappingNode && len(n.Content) == 2 {
		said = n.Content[0].Value
		if err := n.Content[1].Decode(&l.fields); err != nil {
			return err
		}
	}
	part := lineForm.FindStringSubmatch(said)
	if part == nil {
		return fmt.Errorf("line %d: %q is no action", n.Line, said)
	}
	l.action, l.after, l.who, l.opinion = part[1], part[3], part[4], part[5]
	l.each, l.refused = part[2] == "*", part[2] == "!"
	return nil
}

// everyday gives the deeds of the courses.
func (s *stage) everyday() ([]deed, error) {
	var out []deed
	files, err := courses.ReadDir("courses")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		raw, err := courses.ReadFile("courses/" + f.Name())
		if err != nil {
			return nil, err
		}
		var chapters map[string]chapter
		if err := yaml.Unmarshal(raw, &chapters); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
		for kind, c := range chapters {
			deeds, err := s.chapter(kind, c)
			if err != nil {
				return nil, fmt.Errorf("%s, %s: %w", f.Name(), kind, err)
			}
			out = append(out, deeds...)
		}
	}
	slices.SortStableFunc(out, func(a, b deed) int { return strings.Compare(a.matter, b.matter) }) // maps have no order
	return out, nil
}

func (s *stage) chapter(kind string, c chapter) (out []deed, err error) {
	p := s.Engine.Catalogue().Kind(kind)
	if p == nil {
		return nil, fmt.Errorf("no such kind")
	}
	for i, m := range c.Matters {
		told := &plan{matter: m.Name}
		if m.Name == "" {
			told.matter = fmt.Sprintf("%s-%02d", kind, i+1)
		}
		at := s.days.on(m.At)
		if m.By != "" {
			given := make(map[string]any, len(c.Fields)+len(m.Fields))
			for _, part := range []map[string]any{c.Fields, m.Fields} {
				for key, v := range part {
					given[key] = v
				}
			}
			told.begin(at, m.By, kind, s.entered(p, given, at))
		}
		course := m.Course
		if course == nil {
			course = c.Course
		}
		if m.Stop > 0 {
			course = course[:m.Stop]
		}
		for _, l := range course {
			at = s.later(at, l.after)
			told.do(at, l.who, l.action, s.entered(p, l.fields, at), s.days.prose(l.opinion, at))
			last := &told.deeds[len(told.deeds)-1]
			last.each, last.refused = l.each, l.refused
		}
		out = append(out, told.deeds...)
	}
	return out, nil
}

// later is some working minutes or hours, or working days, after a moment; without a word ten minutes.
func (s *stage) later(at time.Time, after string) time.Time {
	if after == "" {
		after = "10m"
	}
	n, _ := strconv.Atoi(after[:len(after)-1]) // the form lets only digits through
	switch after[len(after)-1] {
	case 'd':
		return s.days.cal.Add(workday.DayOf(at), n).At(clock(at.Format("15:04")))
	case 'h':
		n *= 60
	}
	return worked(s.days.cal, at, time.Duration(n)*time.Minute)
}

// entered turns written values into what the field's type asks for, so that the courses need not say it.
func (s *stage) entered(p *engine.Procedure, written map[string]any, at time.Time) fields {
	out := fields{}
	for key, v := range written {
		if f := p.Field(key); f != nil {
			v = s.entry(*f, v, at)
		}
		out[key] = v
	}
	return out
}

func (s *stage) entry(f engine.Field, v any, at time.Time) any {
	switch x := v.(type) {
	case int:
		if f.Type != engine.NumberOf && f.Type != engine.Decimal && f.Type != engine.Money {
			return s.entry(f, fmt.Sprint(x), at)
		}
	case time.Time: // as YAML reads a bare date
		return s.entry(f, x.Format(time.DateOnly), at)
	case []any:
		return s.entries(f, x, at)
	case string:
		switch f.Type {
		case engine.Person:
			return person(x)
		case engine.Unit:
			return unit(x)
		case engine.Issuer:
			return issuer(x)
		case engine.MatterOf:
			return named(x)
		case engine.DateTime:
			return s.instant(x, at).Format(time.RFC3339)
		case engine.Date:
			return workday.DayOf(s.instant(x, at)).String()
		}
		return s.days.prose(x, at)
	}
	return v
}

func (s *stage) entries(f engine.Field, list []any, at time.Time) any {
	if f.Type == engine.Table {
		out := make(rows, len(list))
		for i, row := range list {
			cells, _ := row.(map[string]any)
			out[i] = fields{}
			for key, v := range cells {
				if c := slices.IndexFunc(f.Columns, func(c engine.Field) bool { return c.Key == key }); c >= 0 {
					v = s.entry(f.Columns[c], v, at)
				}
				out[i][key] = v
			}
		}
		return out
	}
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = fmt.Sprint(v)
	}
	switch f.Type {
	case engine.People:
		return people(words)
	case engine.Units:
		return units(words)
	case engine.Issuers:
		return issuers(words)
	}
	return picks(words)
}

var (
	minutesOff = regexp.MustCompile(`^-(\d+)m$`)
	daysOff    = regexp.MustCompile(`^([+-]\d+)d(?: (\d\d:\d\d))?$`)
)

// instant gives the moment that a value means: now, -30m, +3d (working days on), +3d 09:00, 11-16 10:20 or 2026-11-16.
func (s *stage) instant(value string, at time.Time) time.Time {
	if part := minutesOff.FindStringSubmatch(value); part != nil {
		n, _ := strconv.Atoi(part[1])
		return at.Add(-time.Duration(n) * time.Minute)
	}
	if part := daysOff.FindStringSubmatch(value); part != nil {
		n, _ := strconv.Atoi(part[1])
		when := at.Format("15:04")
		if part[2] != "" {
			when = part[2]
		}
		return s.days.cal.Add(workday.DayOf(at), n).At(clock(when))
	}
	if value == "now" {
		return at
	}
	if day, err := workday.ParseDay(value); err == nil {
		return s.days.moved(day).At(clock("09:00"))
	}
	return s.days.on(value)
}
