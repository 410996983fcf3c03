package workday

import "time"

// Elapsed gives the working time between two instants, for statistics of how long a matter stayed with someone;
// negative when the second lies before the first. Nights, noon breaks and days off do not count.
func (c Calendar) Elapsed(from, to time.Time) time.Duration {
	if to.Before(from) {
		return -c.Elapsed(to, from)
	}
	var total time.Duration
	for day, last := DayOf(from), DayOf(to); day <= last; day++ {
		if !c.IsWorkday(day) {
			continue
		}
		for _, s := range c.Hours().spans(day) {
			begin, end := later(s.from, from), earlier(s.to, to)
			if end.After(begin) {
				total += end.Sub(begin)
			}
		}
	}
	return total
}

// work moves an instant by an amount of working time, forward or back.
func (c Calendar) work(from time.Time, amount time.Duration) Due {
	start := DayOf(from)
	day, at, left := start, from, amount
	for left != 0 {
		if c.IsWorkday(day) {
			at, left = c.workDay(day, at, left)
		}
		if left > 0 {
			day++
		} else if left < 0 {
			day--
		}
	}
	return Due{At: at, Provisional: amount != 0 && c.Provisional(start, day)}
}

// workDay spends as much of the amount as the day has left; it gives the instant reached and what remains.
func (c Calendar) workDay(day Day, at time.Time, left time.Duration) (time.Time, time.Duration) {
	spans := c.Hours().spans(day)
	if left < 0 {
		for i := len(spans) - 1; i >= 0 && left < 0; i-- {
			end := earlier(spans[i].to, at)
			if used := min(end.Sub(spans[i].from), -left); used > 0 {
				at, left = end.Add(-used), left+used
			}
		}
		return at, left
	}
	for _, s := range spans {
		begin := later(s.from, at)
		if used := min(s.to.Sub(begin), left); used > 0 {
			at, left = begin.Add(used), left-used
		}
	}
	return at, left
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
