package workday

import (
	"maps"
	"slices"
	"time"
)

// Table 年度放假安排 is what one year's holiday notice says: the days that differ from Monday to Friday.
type Table struct {
	Year     int       `json:"year"`
	Source   string    `json:"source"` // the notice, shown to the users
	Holidays []Holiday `json:"holidays"`
}

// Holiday 节日 is one item of a notice. Off days may fall in the December before (元旦 of some years).
type Holiday struct {
	Name string `json:"name"`
	Off  []Day  `json:"off"`            // 放假
	Work []Day  `json:"work,omitempty"` // 调休上班
}

// Calendar 工作日历 answers which days are worked. It is a value that never changes.
type Calendar struct {
	tables map[int]Table
	marks  map[Day]mark
	hours  OfficeHours
	roll   bool
}

// mark says how a day differs from its weekday.
type mark struct {
	name string
	work bool
}

// Info 某日情况 is what a calendar page shows of one day.
type Info struct {
	Day         Day
	Work        bool
	Holiday     string // the holiday the day off or the adjusted working day belongs to, else empty
	Adjusted    bool   // 调休: differs from Monday to Friday
	Provisional bool   // no official list for the year
}

// With gives a calendar that also knows the table, in place of an older table of the same year.
func (c Calendar) With(t Table) Calendar {
	tables := maps.Clone(c.tables)
	if tables == nil {
		tables = map[int]Table{}
	}
	tables[t.Year] = t.clone()
	c.tables = tables
	c.marks = map[Day]mark{}
	// In order of years: where a later notice speaks of the December before, it is the newer word.
	for _, year := range slices.Sorted(maps.Keys(tables)) {
		for _, h := range tables[year].Holidays {
			for _, d := range h.Off {
				c.marks[d] = mark{name: h.Name}
			}
			for _, d := range h.Work {
				c.marks[d] = mark{name: h.Name, work: true}
			}
		}
	}
	return c
}

func (t Table) clone() Table {
	holidays := make([]Holiday, len(t.Holidays))
	for i, h := range t.Holidays {
		holidays[i] = Holiday{Name: h.Name, Off: slices.Clone(h.Off), Work: slices.Clone(h.Work)}
	}
	t.Holidays = holidays
	return t
}

// WithHours gives the same calendar with the office's own timetable.
func (c Calendar) WithHours(h OfficeHours) Calendar {
	c.hours = h
	return c
}

// Rolling gives the same calendar; on true, limits in calendar days or months that end on a day off move to the next
// working day. Procedural law moves them, the petition regulation is silent, so it is the office's setting.
func (c Calendar) Rolling(roll bool) Calendar {
	c.roll = roll
	return c
}

// Hours gives the office hours in force.
func (c Calendar) Hours() OfficeHours {
	if c.hours == (OfficeHours{}) {
		return DefaultHours()
	}
	return c.hours
}

// Table gives the official list of a year, if there is one.
func (c Calendar) Table(year int) (Table, bool) {
	t, ok := c.tables[year]
	return t.clone(), ok
}

// IsWorkday tells whether the office works on the day.
func (c Calendar) IsWorkday(d Day) bool { return c.Info(d).Work }

// Info tells all about a day.
func (c Calendar) Info(d Day) Info {
	weekday := d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
	info := Info{Day: d, Work: weekday}
	if m, ok := c.marks[d]; ok {
		info.Work, info.Holiday, info.Adjusted = m.work, m.name, m.work != weekday
		return info
	}
	if _, ok := c.tables[d.Year()]; ok {
		return info
	}
	info.Provisional = true
	if name := statutory(d); name != "" {
		info.Work, info.Holiday, info.Adjusted = false, name, weekday
	}
	return info
}

// Add gives the n-th working day after the start, which is not counted itself; for a negative n, before it.
// Add(d, 0) is d, worked or not.
func (c Calendar) Add(start Day, n int) Day {
	step := Day(1)
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		start += step
		if c.IsWorkday(start) {
			n--
		}
	}
	return start
}

// Between counts the working days after a up to and including b; negative when b lies before a.
func (c Calendar) Between(a, b Day) int {
	if b < a {
		return -c.Between(b, a)
	}
	n := 0
	for d := a + 1; d <= b; d++ {
		if c.IsWorkday(d) {
			n++
		}
	}
	return n
}

// OnOrAfter gives the day itself if it is worked, else the next that is.
func (c Calendar) OnOrAfter(d Day) Day {
	for !c.IsWorkday(d) {
		d++
	}
	return d
}

// InMonth counts the working days of a month.
func (c Calendar) InMonth(year int, month time.Month) int {
	return c.Between(Date(year, month, 1)-1, Date(year, month+1, 1)-1)
}

// NthOfMonth gives the n-th working day of a month (CHRON-02), counted from its end when n is negative: -1 is the
// last (DUTY-02). It leaves the month when the month has fewer.
func (c Calendar) NthOfMonth(year int, month time.Month, n int) Day {
	if n < 0 {
		return c.Add(Date(year, month+1, 1), n)
	}
	return c.Add(Date(year, month, 1)-1, n)
}

// Provisional tells whether any day from a to b, both included, is of a year without an official list.
func (c Calendar) Provisional(a, b Day) bool {
	if b < a {
		a, b = b, a
	}
	for year := a.Year(); year <= b.Year(); year++ {
		if _, ok := c.tables[year]; !ok {
			return true
		}
	}
	return false
}
