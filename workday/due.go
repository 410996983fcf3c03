package workday

import "time"

// ProvisionalNote 按法定节日推算 is shown wherever a result is provisional (OA-31).
const ProvisionalNote = "按法定节日推算"

// Due 到期时刻 is when a limit ends.
type Due struct {
	At          time.Time
	Provisional bool // a year without an official list was counted
}

// Day gives the day it falls due.
func (d Due) Day() Day { return DayOf(d.At) }

// IsZero tells whether nothing falls due.
func (d Due) IsZero() bool { return d.At.IsZero() }

// String says 2026年2月26日17:30, and that it is provisional if it is.
func (d Due) String() string {
	if d.IsZero() {
		return ""
	}
	s := d.At.In(zone).Format("2006年1月2日15:04")
	if d.Provisional {
		s += "（" + ProvisionalNote + "）"
	}
	return s
}

// Due gives the instant at which a limit that starts at an instant ends, never before it. Limits in days end at the
// close of office and do not count the day they start on; limits within the day do not ask whether it is worked,
// for who is on duty handles them too.
func (c Calendar) Due(from time.Time, l Limit) Due {
	start, hours := DayOf(from), c.Hours()
	endsOn := func(end Day) Due {
		return Due{At: end.At(hours.Close), Provisional: c.Provisional(start+1, end)}
	}
	switch l.Unit {
	case Workdays:
		if l.N == 0 {
			return Due{At: c.withinDay(from)}
		}
		return endsOn(c.Add(start, l.N))
	case HalfWorkdays:
		return c.work(from, time.Duration(l.N)*hours.perDay()/2)
	case WorkHours:
		return c.work(from, time.Duration(l.N)*time.Hour)
	case Days:
		return c.calendarEnd(from, start+Day(l.N))
	case Months:
		return c.calendarEnd(from, monthsAfter(start, l.N))
	case Hours:
		return Due{At: from.Add(time.Duration(l.N) * time.Hour)}
	case Minutes:
		return Due{At: from.Add(time.Duration(l.N) * time.Minute)}
	case HalfDay:
		if noon := start.At(hours.Noon); from.Before(noon) {
			return Due{At: noon}
		}
		return Due{At: c.withinDay(from)}
	case SameDay:
		return Due{At: c.withinDay(from)}
	case Immediate:
		return Due{At: from}
	case TimeOfDay:
		return c.timeOfDay(from, Clock(l.N))
	default:
		return Due{}
	}
}

// Before gives the instant a thing must be begun so that the limit is kept until the instant at: 「会前5个工作日」,
// 「提前1小时」. Limits in days begin at the opening of office. Limits within the day begin that morning.
func (c Calendar) Before(at time.Time, l Limit) Due {
	day, hours := DayOf(at), c.Hours()
	opens := func(d Day) Due { return Due{At: d.At(hours.Open)} }
	switch l.Unit {
	case Workdays:
		begin := c.Add(day, -l.N)
		due := opens(begin)
		due.Provisional = l.N > 0 && c.Provisional(begin, day-1)
		return due
	case HalfWorkdays:
		return c.work(at, -time.Duration(l.N)*hours.perDay()/2)
	case WorkHours:
		return c.work(at, -time.Duration(l.N)*time.Hour)
	case Days:
		return opens(day - Day(l.N))
	case Months:
		return opens(monthsAfter(day, -l.N))
	case Hours:
		return Due{At: at.Add(-time.Duration(l.N) * time.Hour)}
	case Minutes:
		return Due{At: at.Add(-time.Duration(l.N) * time.Minute)}
	case HalfDay, SameDay, TimeOfDay:
		return opens(day)
	case Immediate:
		return Due{At: at}
	default:
		return Due{}
	}
}

// withinDay is the close of office, or the end of the day for what came after it.
func (c Calendar) withinDay(from time.Time) time.Time {
	day := DayOf(from)
	if closing := day.At(c.Hours().Close); !from.After(closing) {
		return closing
	}
	return later(day.At(dayEnd), from)
}

// timeOfDay is the next time it is that time on a working day.
func (c Calendar) timeOfDay(from time.Time, at Clock) Due {
	start := DayOf(from)
	day := c.OnOrAfter(start)
	if !from.Before(day.At(at)) {
		day = c.Add(day, 1)
	}
	return Due{At: day.At(at), Provisional: c.Provisional(start, day)}
}

// calendarEnd ends a limit of calendar days, on the next working day if the office rolls.
func (c Calendar) calendarEnd(from time.Time, end Day) Due {
	provisional := false
	if c.roll {
		named := end
		end = c.OnOrAfter(named)
		provisional = c.Provisional(named, end)
	}
	return Due{At: later(end.At(c.Hours().Close), from), Provisional: provisional}
}

// monthsAfter gives the same date n months on, or the last of the month that has no such date.
func monthsAfter(d Day, n int) Day {
	year, month, day := d.Date()
	last := Date(year, month+time.Month(n)+1, 1) - 1
	return min(Date(year, month+time.Month(n), 1)+Day(day-1), last)
}
