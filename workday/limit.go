package workday

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Unit 期限单位 is what a limit counts in.
type Unit uint8

// The units of the office's rules. Hours and minutes run by the clock, day and night, as reports of emergencies and
// leaks must (EMRG-06, SEC-20); working hours run only while the office is open.
const (
	NoLimit      Unit = iota // 不限
	Workdays                 // 工作日
	HalfWorkdays             // 半个工作日 (DOC-CHK-08)
	WorkHours                // 工作小时
	Days                     // 日历日
	Months                   // 月, to the same date or the month's last day
	Hours                    // 小时
	Minutes                  // 分钟
	HalfDay                  // 半日: by noon if it came in the morning, else within the day (DOC-IN-20)
	SameDay                  // 当日, 不过夜 (SUPV-03)
	Immediate                // 即办 (DOC-IN-11)
	TimeOfDay                // 某时: that time of the working day, N minutes after midnight (SEAL-28)
)

// Limit 期限 is a length of time as a rule states it: 「7个工作日」. The zero Limit is none.
type Limit struct {
	N    int
	Unit Unit
}

// unitWords are the ways of writing a unit, the canonical English and Chinese first. A unit without number has
// counted false.
var unitWords = []struct {
	unit    Unit
	counted bool
	words   []string
}{
	{NoLimit, false, []string{"none", "不限"}},
	{Workdays, true, []string{"workdays", "个工作日", "workday", "working days", "working day", "工作日"}},
	{WorkHours, true, []string{"workhours", "个工作小时", "workhour", "working hours", "working hour", "工作小时"}},
	{Days, true, []string{"days", "日", "day", "calendar days", "calendar day", "天", "个日历日", "日历日"}},
	{Months, true, []string{"months", "个月", "month", "月"}},
	{Hours, true, []string{"hours", "小时", "hour", "个小时"}},
	{Minutes, true, []string{"minutes", "分钟", "minute"}},
	{HalfDay, false, []string{"half-day", "半日", "half day", "半天"}},
	{SameDay, false, []string{"same-day", "当日", "same day", "当天"}},
	{Immediate, false, []string{"immediate", "即办", "立即", "即时", "随到随办"}},
}

// maxCount keeps a mistyped limit from walking the calendar for centuries.
const maxCount = 10000

var limitForm = regexp.MustCompile(`^(\d+(?:\.5)?|半)?\s*(.+)$`)

// ParseLimit reads a limit in English or Chinese: 7 workdays, 0.5 workday, 30 days, 24 hours, 4 workhours, 2 weeks,
// 3 months, 30 minutes, half-day, same-day, immediate, 17:30 (of the working day); 7个工作日, 半个工作日, 当日.
func ParseLimit(s string) (Limit, error) {
	text := strings.ToLower(strings.TrimSpace(s))
	if text == "" {
		return Limit{}, nil
	}
	if l, ok := uncounted(text); ok {
		return l, nil
	}
	if at, err := ParseClock(text); err == nil {
		return Limit{int(at), TimeOfDay}, nil
	}
	bad := fmt.Errorf("期限“%s”看不懂，应写作“7个工作日”“24小时”“30日”“半日”“当日”“17:30”或“即办”", s)
	m := limitForm.FindStringSubmatch(text)
	if m == nil || m[1] == "" {
		return Limit{}, bad
	}
	number, half := strings.CutSuffix(m[1], ".5")
	if m[1] == "半" {
		number, half = "0", true
	}
	n, err := strconv.Atoi(number)
	if err != nil || n > maxCount {
		return Limit{}, bad
	}
	return counted(n, half, m[2], bad)
}

// uncounted reads a limit without a number.
func uncounted(text string) (Limit, bool) {
	for _, u := range unitWords {
		if u.counted {
			continue
		}
		for _, w := range u.words {
			if w == text {
				return Limit{Unit: u.unit}, true
			}
		}
	}
	return Limit{}, false
}

// counted reads the unit after a number. Only working days come in halves; weeks become days.
func counted(n int, half bool, word string, bad error) (Limit, error) {
	switch word {
	case "week", "weeks", "周":
		n, word = 7*n, "days"
	}
	for _, u := range unitWords {
		if !u.counted {
			continue
		}
		for _, w := range u.words {
			switch {
			case w != word:
			case !half:
				return Limit{n, u.unit}, nil
			case u.unit == Workdays:
				return Limit{2*n + 1, HalfWorkdays}, nil
			}
		}
	}
	return Limit{}, bad
}

// MustLimit is ParseLimit for limits written in the program; it panics on a mistake.
func MustLimit(s string) Limit {
	l, err := ParseLimit(s)
	if err != nil {
		panic(err)
	}
	return l
}

// IsZero tells whether there is no limit.
func (l Limit) IsZero() bool { return l.Unit == NoLimit }

// String says the limit as the office does: 2个工作日.
func (l Limit) String() string { return l.write(1, "") }

// MarshalText writes the limit in the English of definitions: 2 workdays.
func (l Limit) MarshalText() ([]byte, error) { return []byte(l.write(0, " ")), nil }

// UnmarshalText reads either language.
func (l *Limit) UnmarshalText(text []byte) error {
	parsed, err := ParseLimit(string(text))
	if err != nil {
		return err
	}
	*l = parsed
	return nil
}

// write joins number and unit in the language whose canonical word stands at the index.
func (l Limit) write(language int, gap string) string {
	number, unit := strconv.Itoa(l.N), l.Unit
	if unit == TimeOfDay {
		return Clock(l.N).String()
	}
	if unit == HalfWorkdays {
		number, unit = strconv.Itoa(l.N/2)+".5", Workdays
		if l.N%2 == 0 {
			number = strconv.Itoa(l.N / 2)
		}
		if l.N == 1 && language == 1 {
			number = "半"
		}
	}
	for _, u := range unitWords {
		if u.unit != unit {
			continue
		}
		if !u.counted {
			return u.words[language]
		}
		return number + gap + u.words[language]
	}
	return ""
}
