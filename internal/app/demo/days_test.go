package demo

import (
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/workday"
)

func Test基准日取最近一个已到九时半的工作日(t *testing.T) {
	cal := workday.Official()
	for now, want := range map[string]string{
		"2026-11-18 09:30": "2026-11-18",
		"2026-11-18 09:29": "2026-11-17",
		"2026-11-22 19:00": "2026-11-20", // 星期日
		"2026-10-05 12:00": "2026-09-30", // 国庆假期
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", now, db.Location)
		if err != nil {
			t.Fatal(err)
		}
		if got := latestPresent(cal, at).String(); got != want {
			t.Errorf("%s的基准日是%s，应为%s", now, got, want)
		}
	}
}

func Test样例按工作日平移(t *testing.T) {
	d := days{cal: workday.Official(), to: workday.Date(2026, 11, 20)}
	for written, want := range map[string]string{
		"11-18 09:30": "2026-11-20 09:30",
		"11-17 15:00": "2026-11-19 15:00",
		"11-16 08:50": "2026-11-18 08:50",
		"11-12 10:00": "2026-11-16 10:00", // three working days are between, whatever the weekend
	} {
		if got := d.on(written).Format("2006-01-02 15:04"); got != want {
			t.Errorf("%s平移到%s，应为%s", written, got, want)
		}
	}
	same := days{cal: workday.Official(), to: present}
	if got := same.on("11-14 09:00").Format("01-02 15:04"); got != "11-14 09:00" { // a Saturday stays one
		t.Errorf("基准日当天装载，11-14成了%s", got)
	}
}

func Test文中的日子跟着平移(t *testing.T) {
	d := days{cal: workday.Official(), to: workday.Date(2026, 12, 30)}
	at := d.to.At(presentClock)
	for written, want := range map[string]string{
		"11月17日前报":            "12月29日前报",
		"于2026年11月20日前报":      "于2027年1月4日前报",
		"11月20日前报":            "2027年1月4日前报", // no reader shall take it for January of the year of writing
		"2027年1月1日放假，全年3月31日": "2027年1月1日放假，全年3月31日",
	} {
		if got := d.prose(written, at); got != want {
			t.Errorf("%s改成%s，应为%s", written, got, want)
		}
	}
}

func Test工作时间推移(t *testing.T) {
	from := time.Date(2026, 11, 13, 16, 30, 0, 0, db.Location) // Friday
	got := worked(workday.Official(), from, 5*time.Hour)
	if want := time.Date(2026, 11, 16, 14, 30, 0, 0, db.Location); !got.Equal(want) {
		t.Errorf("%s，应为%s", got, want)
	}
}

func Test上年数字按月相加等于全年(t *testing.T) {
	var sum month
	for _, m := range lastYearFigures().Months {
		sum = month{sum.received + m.Received, sum.issued + m.Issued}
	}
	if sum.received != 1690 || sum.issued != 316 {
		t.Errorf("上年一至十月收文%d件、发文%d件", sum.received, sum.issued)
	}
}
