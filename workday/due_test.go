package workday_test

import (
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/workday"
	"pgregory.net/rapid"
)

// at reads an instant in Beijing.
func at(t *testing.T, s string) time.Time {
	t.Helper()
	instant, err := time.ParseInLocation("2006-01-02 15:04", s, workday.Zone())
	if err != nil {
		t.Fatal(err)
	}
	return instant
}

func TestDue(t *testing.T) { // SUPV-03
	cal := workday.Official()
	for _, c := range []struct{ from, limit, want string }{
		{"2026-02-12 09:00", "5 workdays", "2026-02-26 17:30"},
		{"2026-02-12 23:00", "5个工作日", "2026-02-26 17:30"}, // DOC-IN-09: the day of receipt never counts
		{"2026-02-14 10:00", "1 workday", "2026-02-24 17:30"},
		{"2026-03-02 08:30", "0.5 workday", "2026-03-02 12:00"}, // DOC-CHK-08
		{"2026-03-02 10:30", "半个工作日", "2026-03-02 16:00"},
		{"2026-03-06 17:00", "0.5 workday", "2026-03-09 11:30"},
		{"2026-03-06 16:30", "4 workhours", "2026-03-09 11:30"},
		{"2026-03-07 10:00", "4 workhours", "2026-03-09 14:30"},
		{"2026-03-07 22:00", "24 hours", "2026-03-08 22:00"}, // SEC-20 runs through the weekend
		{"2026-03-07 22:00", "30 minutes", "2026-03-07 22:30"},
		{"2026-03-10 09:00", "30 days", "2026-04-09 17:30"},
		{"2026-03-10 09:00", "2 weeks", "2026-03-24 17:30"},
		{"2026-11-30 09:00", "3 months", "2027-02-28 17:30"}, // no such date: the month's last day
		{"2026-03-10 11:59", "half-day", "2026-03-10 12:00"}, // DOC-IN-20
		{"2026-03-10 12:00", "half-day", "2026-03-10 17:30"},
		{"2026-03-10 18:00", "half-day", "2026-03-10 23:59"},
		{"2026-03-10 09:00", "same-day", "2026-03-10 17:30"},
		{"2026-03-07 20:00", "当日", "2026-03-07 23:59"},
		{"2026-03-07 20:00", "immediate", "2026-03-07 20:00"},
		{"2026-03-06 09:00", "17:30", "2026-03-06 17:30"}, // SEAL-28
		{"2026-03-06 17:30", "17:30", "2026-03-09 17:30"},
		{"2026-03-07 09:00", "16:00", "2026-03-09 16:00"},
	} {
		limit := workday.MustLimit(c.limit)
		if got := cal.Due(at(t, c.from), limit); !got.At.Equal(at(t, c.want)) {
			t.Errorf("%s 起 %v：%v，应为%s", c.from, limit, got, c.want)
		}
	}
	if !cal.Due(at(t, "2026-03-07 20:00"), workday.Limit{}).IsZero() {
		t.Error("不限的不应到期")
	}
}

func TestDueSaysWhenProvisional(t *testing.T) {
	cal := workday.Official()
	for _, c := range []struct {
		from, limit string
		want        bool
	}{
		{"2026-12-24 09:00", "5 workdays", false}, // ends on 31 December
		{"2026-12-24 09:00", "6 workdays", true},
		{"2026-12-31 09:00", "24 hours", false},
		{"2026-12-31 09:00", "30 days", false}, // counts no working day
		{"2026-12-31 17:00", "4 workhours", true},
		{"2027-03-01 10:00", "same-day", false},
	} {
		if got := cal.Due(at(t, c.from), workday.MustLimit(c.limit)); got.Provisional != c.want {
			t.Errorf("%s 起 %s：推算=%v，应为%v", c.from, c.limit, got.Provisional, c.want)
		}
	}
	if got := cal.Rolling(true).Due(at(t, "2026-12-31 09:00"), workday.MustLimit("30 days")); !got.Provisional || got.String() != "2027年2月1日17:30（按法定节日推算）" {
		t.Errorf("顺延：%v", got)
	}
}

func TestBefore(t *testing.T) {
	cal := workday.Official()
	for _, c := range []struct{ at, limit, want string }{
		{"2026-03-10 14:00", "5 workdays", "2026-03-03 08:30"},
		{"2026-02-26 09:00", "1 workday", "2026-02-25 08:30"},
		{"2026-02-24 09:00", "1 workday", "2026-02-14 08:30"},
		{"2026-03-10 14:00", "1 hour", "2026-03-10 13:00"}, // MEET-13
		{"2026-03-10 14:00", "4 workhours", "2026-03-09 17:00"},
		{"2026-03-10 08:00", "1 workhour", "2026-03-09 16:30"},
		{"2026-03-31 14:00", "1 month", "2026-02-28 08:30"},
		{"2026-03-10 14:00", "same-day", "2026-03-10 08:30"},
	} {
		if got := cal.Before(at(t, c.at), workday.MustLimit(c.limit)); !got.At.Equal(at(t, c.want)) {
			t.Errorf("%s 前 %s：%v，应为%s", c.at, c.limit, got, c.want)
		}
	}
}

func TestElapsed(t *testing.T) {
	cal := workday.Official()
	for _, c := range []struct {
		from, to string
		want     time.Duration
	}{
		{"2026-03-10 09:00", "2026-03-10 11:00", 2 * time.Hour},
		{"2026-03-10 11:00", "2026-03-10 15:00", 2 * time.Hour}, // the noon break
		{"2026-03-06 17:00", "2026-03-09 09:00", time.Hour},     // the weekend
		{"2026-02-14 08:30", "2026-02-24 08:30", 7 * time.Hour}, // a Saturday worked, then the festival
		{"2026-03-10 19:00", "2026-03-11 07:00", 0},
		{"2026-03-10 11:00", "2026-03-10 09:00", -2 * time.Hour},
	} {
		if got := cal.Elapsed(at(t, c.from), at(t, c.to)); got != c.want {
			t.Errorf("%s 至 %s：%v，应为%v", c.from, c.to, got, c.want)
		}
	}
}

// Whatever the limit, nothing falls due before it began, and more time never means earlier.
func TestDueNeverLiesBeforeItsStartAndGrows(t *testing.T) {
	cal := workday.Official()
	units := []workday.Unit{
		workday.Workdays, workday.HalfWorkdays, workday.WorkHours, workday.Days, workday.Months, workday.Hours,
		workday.Minutes, workday.HalfDay, workday.SameDay, workday.Immediate,
	}
	rapid.Check(t, func(t *rapid.T) {
		from := workday.Date(2025, 12, 1).At(0).Add(time.Duration(rapid.IntRange(0, 600*24*3600).Draw(t, "seconds")) * time.Second)
		unit, n := rapid.SampledFrom(units).Draw(t, "unit"), rapid.IntRange(0, 40).Draw(t, "n")
		less, more := cal.Due(from, workday.Limit{N: n, Unit: unit}), cal.Due(from, workday.Limit{N: n + 1, Unit: unit})
		if less.At.Before(from) || more.At.Before(less.At) {
			t.Fatalf("%v 起 %d、%d：%v %v", from, n, n+1, less, more)
		}
	})
}

// Working time spent is working time measured.
func TestWorkHoursAreElapsedTime(t *testing.T) {
	cal := workday.Official()
	rapid.Check(t, func(t *rapid.T) {
		from := workday.Date(2026, 1, 1).At(0).Add(time.Duration(rapid.IntRange(0, 300*24*60).Draw(t, "minutes")) * time.Minute)
		n := rapid.IntRange(0, 60).Draw(t, "hours")
		limit := workday.Limit{N: n, Unit: workday.WorkHours}
		if got := cal.Elapsed(from, cal.Due(from, limit).At); got != time.Duration(n)*time.Hour {
			t.Fatalf("%v 起 %d 个工作小时，量得 %v", from, n, got)
		}
		if got := cal.Elapsed(cal.Before(from, limit).At, from); got != time.Duration(n)*time.Hour {
			t.Fatalf("%v 前 %d 个工作小时，量得 %v", from, n, got)
		}
	})
}

func TestLimitWords(t *testing.T) {
	for _, c := range []struct{ text, chinese, stored string }{
		{"2 workdays", "2个工作日", "2 workdays"},
		{"1 Working Day", "1个工作日", "1 workdays"},
		{"0.5 workday", "半个工作日", "0.5 workdays"},
		{"1.5 workdays", "1.5个工作日", "1.5 workdays"},
		{"4 hours", "4小时", "4 hours"},
		{"4个工作小时", "4个工作小时", "4 workhours"},
		{"3 days", "3日", "3 days"},
		{"3天", "3日", "3 days"},
		{"1周", "7日", "7 days"},
		{"2个月", "2个月", "2 months"},
		{"half-day", "半日", "half-day"},
		{"same day", "当日", "same-day"},
		{"随到随办", "即办", "immediate"},
		{"", "不限", "none"},
	} {
		l, err := workday.ParseLimit(c.text)
		if err != nil {
			t.Errorf("%q：%v", c.text, err)
			continue
		}
		stored, _ := l.MarshalText()
		if l.String() != c.chinese || string(stored) != c.stored {
			t.Errorf("%q → %q、%q，应为%q、%q", c.text, l, stored, c.chinese, c.stored)
		}
		for _, again := range []string{l.String(), string(stored)} {
			if back, err := workday.ParseLimit(again); err != nil || back != l {
				t.Errorf("%q 读回 %v %v", again, back, err)
			}
		}
	}
	for _, bad := range []string{"5", "workdays", "-3 days", "0.5 hours", "99999 days", "几天", "1.7 workdays"} {
		if l, err := workday.ParseLimit(bad); err == nil {
			t.Errorf("%q 不应读作 %v", bad, l)
		}
	}
}

func TestOfficeHours(t *testing.T) {
	summer := workday.OfficeHours{Open: 8 * 60, Noon: 12 * 60, Afternoon: 15 * 60, Close: 18 * 60}
	if err := summer.Check(); err != nil {
		t.Error(err)
	}
	if (workday.OfficeHours{Open: 9 * 60, Noon: 8 * 60}).Check() == nil {
		t.Error("次序颠倒的作息应被拒绝")
	}
	got := workday.Official().WithHours(summer).Due(at(t, "2026-07-01 09:00"), workday.MustLimit("1 workday"))
	if !got.At.Equal(at(t, "2026-07-02 18:00")) {
		t.Errorf("夏季作息：%v", got)
	}
	var c workday.Clock
	if err := c.UnmarshalText([]byte("24:00")); err != nil || c.String() != "24:00" {
		t.Errorf("%v %v", c, err)
	}
}
