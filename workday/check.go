package workday

import (
	"fmt"
	"time"
)

// Check holds a table against itself and against the statutory days; everything amiss is told at once.
func (t Table) Check() []Problem {
	if t.Year < 2000 || t.Year > 2100 {
		return []Problem{{Text: "没有年份，或年份不对"}}
	}
	if len(t.Holidays) == 0 {
		return []Problem{{Text: fmt.Sprintf("没有读出%d年的任何放假日期", t.Year)}}
	}
	var problems []Problem
	wrong := func(warning bool, format string, args ...any) {
		problems = append(problems, Problem{Text: fmt.Sprintf(format, args...), Warning: warning})
	}
	seen := map[Day]bool{} // day → worked
	take := func(d Day, work bool) {
		was, twice := seen[d]
		weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		switch {
		case twice && was != work:
			wrong(false, "%s既列为放假又列为上班", d.Chinese())
		case twice:
			wrong(true, "%s列了两次", d.Chinese())
		case d.Year() != t.Year && d < Date(t.Year-1, 12, 1) || d.Year() > t.Year:
			wrong(false, "%s不在%d年", d.Chinese(), t.Year)
		case work && !weekend:
			wrong(false, "%s是%s，本来就上班，不应列为调休上班", d.Chinese(), d.ChineseWeekday())
		}
		seen[d] = work
	}
	for _, h := range t.Holidays {
		for _, d := range h.Off {
			take(d, false)
		}
		for _, d := range h.Work {
			take(d, true)
		}
	}
	t.checkStatutory(seen, wrong)
	return problems
}

// checkStatutory looks for what a notice cannot leave out, and for its sum: days off on weekdays less weekends worked
// are exactly the statutory days, since those on weekends are made up. A forgotten line shows here. Local
// governments may add days of their own, hence a warning.
func (t Table) checkStatutory(seen map[Day]bool, wrong func(bool, string, ...any)) {
	balance := 0
	for d := Date(t.Year, 1, 1); d.Year() == t.Year; d++ {
		work, listed := seen[d]
		weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		switch {
		case listed && work:
			balance--
		case listed && !weekend:
			balance++
		}
		if name := statutory(d); name != "" && (listed && work || !listed && !weekend) {
			wrong(false, "%s是法定节日（%s），却没有列为放假", d.Chinese(), name)
		}
	}
	want := statutoryDays
	if t.Year < revised {
		want = statutoryDaysBefore
	}
	if balance != want {
		wrong(true, "工作日因放假净减%d天，按法定节日应减%d天，请核对有无漏行", balance, want)
	}
}
