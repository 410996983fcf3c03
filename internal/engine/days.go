package engine

import (
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/workday"
)

// dayText is the day of an instant as expressions hold it; no instant is no text.
func dayText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return workday.DayOf(t).String()
}

// fullDay writes the day of a date or an instant as a sentence has it, 2026年11月18日; what is no day stays as it is.
func fullDay(day string) string {
	d, err := workday.ParseDay(dayOf(day))
	if err != nil {
		return day
	}
	return d.Chinese()
}

// limitUntil is the limit that ends on a day: the day itself.
func limitUntil(day string) string {
	if _, err := workday.ParseDay(day); err != nil {
		return ""
	}
	return day
}

// dueAt reckons a limit from an instant; a day given instead of a limit ends when its office closes.
func (w World) dueAt(from time.Time, text string) (workday.Due, bool) {
	if day, err := workday.ParseDay(text); err == nil {
		return workday.Due{At: day.At(w.Cal.Hours().Close), Provisional: w.Cal.Provisional(day, day)}, true
	}
	limit, err := workday.ParseLimit(text)
	if err != nil {
		return workday.Due{}, false
	}
	return w.Cal.Due(from, limit), true
}

// workdaysSince counts the working days from a day to today; what is no day yields 0.
func (w World) workdaysSince(day string) int {
	d, err := workday.ParseDay(day)
	if err != nil {
		return 0
	}
	return w.Cal.Between(d, w.Today())
}

// minutesBetween is how many minutes lie between two instants, by the clock on the wall; what is no instant yields 0.
func minutesBetween(from, to string) int {
	a, errA := time.Parse(time.RFC3339, from)
	b, errB := time.Parse(time.RFC3339, to)
	if errA != nil || errB != nil {
		return 0
	}
	return int(b.Sub(a) / time.Minute)
}

// limitMinutes is how many minutes a limit in minutes or hours has; any other yields 0.
func limitMinutes(text string) int {
	limit, err := workday.ParseLimit(text)
	switch {
	case err == nil && limit.Unit == workday.Minutes:
		return limit.N
	case err == nil && limit.Unit == workday.Hours:
		return 60 * limit.N
	}
	return 0
}

// workdaysFrom is the day so many working days after another, or before it: a time limit reckoned backwards from the day
// something is needed (WRITE-11). What is no day yields none.
func (w World) workdaysFrom(day string, n int) string {
	d, err := workday.ParseDay(dayOf(day))
	if err != nil {
		return ""
	}
	return w.Cal.Add(d, n).String()
}

// isWorkday tells whether the office is open on a day or at an instant; what is no day is none.
func (w World) isWorkday(day string) bool {
	d, err := workday.ParseDay(dayOf(day))
	return err == nil && w.Cal.IsWorkday(d)
}

// daysUntil counts the calendar days from today to a day, never less than none.
func (w World) daysUntil(day string) int {
	d, err := workday.ParseDay(day)
	if err != nil {
		return 0
	}
	return max(0, int(d-w.Today()))
}

// daysBetween counts the calendar days from one day or instant to another; what is no day yields 0.
func daysBetween(from, until string) int {
	a, errA := workday.ParseDay(dayOf(from))
	b, errB := workday.ParseDay(dayOf(until))
	if errA != nil || errB != nil {
		return 0
	}
	return int(b - a)
}

// dayOf cuts the time off an instant.
func dayOf(instant string) string {
	day, _, _ := strings.Cut(instant, "T")
	return day
}
