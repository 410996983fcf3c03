package workday_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/workday"
	"pgregory.net/rapid"
)

func day(t *testing.T, s string) workday.Day {
	t.Helper()
	d, err := workday.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAddAgainstTheOfficialLists(t *testing.T) { // OA-31
	cal := workday.Official()
	for _, c := range []struct {
		start string
		n     int
		want  string
	}{
		{"2026-02-12", 5, "2026-02-26"}, // 02-14 counts, 02-15…23 do not
		{"2026-02-13", 5, "2026-02-27"},
		{"2026-04-30", 5, "2026-05-11"}, // 05-09 counts
		{"2026-06-18", 1, "2026-06-22"},
		{"2026-09-18", 1, "2026-09-20"}, // a Sunday worked
		{"2026-09-18", 20, "2026-10-22"},
		{"2026-09-30", 5, "2026-10-13"}, // 10-10 counts
		{"2025-01-24", 5, "2025-02-07"}, // 01-26 counts
		{"2025-09-26", 5, "2025-10-10"}, // 09-28 counts
		{"2024-02-08", 5, "2024-02-21"},
		{"2026-02-26", -5, "2026-02-12"},
		{"2026-02-15", 0, "2026-02-15"},
	} {
		if got := cal.Add(day(t, c.start), c.n); got != day(t, c.want) {
			t.Errorf("%s + %d个工作日 = %v，应为%s", c.start, c.n, got, c.want)
		}
	}
}

func TestWorkdaysOfMonthsAndYears(t *testing.T) {
	cal := workday.Official()
	months := []int{21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23}
	for i, want := range months {
		if got := cal.InMonth(2026, time.Month(i+1)); got != want {
			t.Errorf("2026年%d月 %d个工作日，应为%d", i+1, got, want)
		}
	}
	for year, want := range map[int]int{2024: 251, 2025: 248, 2026: 248} {
		if got := cal.Between(workday.Date(year, 1, 1)-1, workday.Date(year, 12, 31)); got != want {
			t.Errorf("%d年 %d个工作日，应为%d", year, got, want)
		}
	}
	if got := cal.NthOfMonth(2026, 10, 3); got != workday.Date(2026, 10, 10) {
		t.Errorf("10月第3个工作日 = %v", got)
	}
	if got := cal.NthOfMonth(2026, 2, -1); got != workday.Date(2026, 2, 28) {
		t.Errorf("2月最后一个工作日 = %v", got)
	}
}

func TestBuiltInTablesAreFreeOfProblems(t *testing.T) {
	for year := 2024; year <= 2026; year++ {
		table, ok := workday.Official().Table(year)
		if !ok {
			t.Fatalf("没有%d年的安排", year)
		}
		for _, p := range table.Check() {
			t.Errorf("%d年：%v", year, p)
		}
	}
}

func TestUnpublishedYearIsProvisional(t *testing.T) { // OA-31
	cal := workday.Official()
	for _, s := range []string{
		"2027-01-01", "2027-02-05", "2027-02-08", "2027-04-05", "2027-05-01", "2027-05-02", "2027-06-09",
		"2027-09-15", "2027-10-01", "2027-10-03",
	} {
		if info := cal.Info(day(t, s)); info.Work || info.Holiday == "" || !info.Provisional {
			t.Errorf("%s：%+v，应为推算的法定节日", s, info)
		}
	}
	if !cal.IsWorkday(day(t, "2027-10-04")) || cal.IsWorkday(day(t, "2027-02-09")+4) {
		t.Error("推算年份的其余日子应按周一至周五")
	}
	if !cal.Provisional(day(t, "2026-12-31"), day(t, "2027-01-01")) || cal.Provisional(day(t, "2024-01-01"), day(t, "2026-12-31")) {
		t.Error("推算标记不对")
	}
}

func TestWithReplacesAYearAndLeavesTheOldCalendarAlone(t *testing.T) {
	old := workday.Official()
	table, _ := old.Table(2026)
	table.Holidays = append(table.Holidays, workday.Holiday{Name: "地方节日", Off: []workday.Day{workday.Date(2026, 11, 12)}})
	renewed := old.With(table)
	table.Holidays[0].Off[0] = workday.Date(2026, 7, 1) // the caller's slice is not ours
	if old.IsWorkday(workday.Date(2026, 11, 12)) == renewed.IsWorkday(workday.Date(2026, 11, 12)) {
		t.Error("新表没有生效，或旧历被改动")
	}
	if !renewed.IsWorkday(workday.Date(2026, 7, 1)) || renewed.IsWorkday(workday.Date(2026, 1, 1)) {
		t.Error("日历被调用者的切片改动")
	}
}

func TestAddAndBetweenAreInverse(t *testing.T) {
	cal := workday.Official()
	rapid.Check(t, func(t *rapid.T) {
		start := workday.Date(2023, 6, 1) + workday.Day(rapid.IntRange(0, 2000).Draw(t, "start"))
		n := rapid.IntRange(-300, 300).Draw(t, "n")
		end := cal.Add(start, n)
		if n > 0 && cal.Between(start, end) != n {
			t.Fatalf("%v 加 %d 到 %v，其间却有 %d", start, n, end, cal.Between(start, end))
		}
		if n != 0 && !cal.IsWorkday(end) {
			t.Fatalf("%v 加 %d 落在休息日 %v", start, n, end)
		}
		if n > 0 && cal.IsWorkday(start) && cal.Add(end, -n) != start {
			t.Fatalf("%v 加 %d 再减不回", start, n)
		}
		more := cal.Add(start, n+1)
		if more <= end && n >= 0 {
			t.Fatalf("多一天反而不晚：%v %v", end, more)
		}
	})
}

func TestDayTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := workday.Day(rapid.Int32Range(600000, 800000).Draw(t, "day"))
		for _, text := range []string{d.String(), d.Chinese()} {
			if back, err := workday.ParseDay(text); err != nil || back != d {
				t.Fatalf("%v → %q → %v %v", d, text, back, err)
			}
		}
		y, m, n := d.Date()
		if workday.Date(y, m, n) != d || workday.DayOf(d.At(0)) != d || workday.DayOf(d.At(23*60+59)) != d {
			t.Fatalf("%v 拆合不一", d)
		}
		if want := time.Date(y, m, n, 0, 0, 0, 0, time.UTC).Weekday(); d.Weekday() != want {
			t.Fatalf("%v 星期 %v，应为 %v", d, d.Weekday(), want)
		}
	})
}

func TestDayInJSONAndDatabase(t *testing.T) {
	var form struct{ A, B workday.Day }
	if err := json.Unmarshal([]byte(`{"A":"2026-02-12","B":""}`), &form); err != nil || form.A != workday.Date(2026, 2, 12) || form.B != 0 {
		t.Fatalf("%+v %v", form, err)
	}
	for _, src := range []any{"2026-02-12", []byte("2026-02-12"), time.Date(2026, 2, 12, 0, 0, 0, 0, time.UTC)} {
		var d workday.Day
		if err := d.Scan(src); err != nil || d != form.A {
			t.Errorf("Scan(%v) = %v %v", src, d, err)
		}
	}
	if v, _ := form.A.Value(); v != "2026-02-12" {
		t.Errorf("Value = %v", v)
	}
	if v, _ := form.B.Value(); v != nil {
		t.Errorf("空日期 Value = %v，应为NULL", v)
	}
	if _, err := workday.ParseDay("2026-02-30"); err == nil {
		t.Error("2月30日不应被接受")
	}
	// Half past midnight in Beijing is still yesterday in Greenwich.
	if got := workday.DayOf(time.Date(2026, 2, 12, 16, 30, 0, 0, time.UTC)); got != workday.Date(2026, 2, 13) {
		t.Errorf("北京日期 = %v", got)
	}
}

func BenchmarkDue(b *testing.B) {
	cal, from := workday.Official(), workday.Date(2026, 1, 28).At(10*60)
	limit := workday.MustLimit("15 workdays")
	for b.Loop() {
		cal.Due(from, limit)
	}
}
