package demo

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/chengqi-oa/chengqi/workday"
)

// present 基准日: the sample is written as of Wednesday 18 November 2026, half past nine.
var (
	present      = workday.Date(2026, time.November, 18)
	presentClock = clock("09:30")
)

// days 平移 moves the days of the sample to another present by working days: what was three working days before the
// written present lies three working days before the day of loading.
type days struct {
	cal workday.Calendar
	to  workday.Day
}

// latestPresent is the last working day whose half past nine has come.
func latestPresent(cal workday.Calendar, now time.Time) workday.Day {
	day := workday.DayOf(now)
	for !cal.IsWorkday(day) || day.At(presentClock).After(now) {
		day--
	}
	return day
}

// moved gives the day that a written day becomes.
func (d days) moved(day workday.Day) workday.Day {
	if d.to == present {
		return day
	}
	return d.cal.Add(d.to, d.cal.Between(present, day))
}

// on gives the moment a written one becomes, such as "11-16 10:20".
func (d days) on(written string) time.Time {
	var month, day, hour, minute int
	if _, err := fmt.Sscanf(written, "%d-%d %d:%d", &month, &day, &hour, &minute); err != nil {
		panic(fmt.Sprintf("sample moment %q: %v", written, err)) // the sample is written in this package
	}
	return d.moved(workday.Date(present.Year(), time.Month(month), day)).At(workday.Clock(hour*60 + minute))
}

// date is on for a day alone, as fields hold it.
func (d days) date(written string) string {
	day, err := workday.ParseDay(written)
	if err != nil {
		panic(err)
	}
	return d.moved(day).String()
}

var writtenDate = regexp.MustCompile(`(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日`)

// nearby is how far from the written present a date in a text still belongs to the week; one further off is a fact of
// the calendar (New Year's Day) and stays.
const nearby = 35

// prose moves the dates within a text that was written at the moment given. A year is added where the reader would take
// the date for another year's.
func (d days) prose(text string, at time.Time) string {
	if d.to == present {
		return text
	}
	return writtenDate.ReplaceAllStringFunc(text, func(s string) string {
		part := writtenDate.FindStringSubmatch(s)
		year, _ := strconv.Atoi(part[1]) // the pattern lets only digits through; absent is the year of writing
		month, _ := strconv.Atoi(part[2])
		date, _ := strconv.Atoi(part[3])
		if year == 0 {
			year = present.Year()
		}
		day := workday.Date(year, time.Month(month), date)
		if day < present-nearby || day > present+nearby {
			return s
		}
		moved, movedMonth, movedDate := d.moved(day).Date()
		short := fmt.Sprintf("%d月%d日", movedMonth, movedDate)
		if part[1] != "" || moved != at.Year() {
			return fmt.Sprintf("%d年%s", moved, short)
		}
		return short
	})
}

// dated is prose over every text of a form.
func (d days) dated(f fields, at time.Time) fields {
	out := make(fields, len(f))
	for key, v := range f {
		switch x := v.(type) {
		case string:
			v = d.prose(x, at)
		case rows:
			moved := make(rows, len(x))
			for i, row := range x {
				moved[i] = d.dated(row, at)
			}
			v = moved
		}
		out[key] = v
	}
	return out
}

func clock(s string) workday.Clock {
	c, err := workday.ParseClock(s)
	if err != nil {
		panic(err)
	}
	return c
}

// worked moves an instant on by an amount of working time.
func worked(cal workday.Calendar, from time.Time, amount time.Duration) time.Time {
	h := cal.Hours()
	for day := workday.DayOf(from); ; day++ {
		if !cal.IsWorkday(day) {
			continue
		}
		for _, half := range [2][2]workday.Clock{{h.Open, h.Noon}, {h.Afternoon, h.Close}} {
			begin, end := day.At(half[0]), day.At(half[1])
			if begin.Before(from) {
				begin = from
			}
			if span := end.Sub(begin); span > 0 {
				if amount <= span {
					return begin.Add(amount)
				}
				amount -= span
			}
		}
	}
}
