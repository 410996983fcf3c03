package workday_test

import (
	"fmt"

	"github.com/chengqi-oa/chengqi/workday"
)

func ExampleCalendar_Due() {
	cal := workday.Official()
	received := workday.Date(2026, 2, 12).At(9 * 60)
	fmt.Println(cal.Due(received, workday.MustLimit("7个工作日")))
	fmt.Println(cal.Due(received, workday.MustLimit("half-day")))
	fmt.Println(cal.Due(workday.Date(2026, 12, 30).At(9*60), workday.MustLimit("2 workdays")))
	// Output:
	// 2026年2月28日17:30
	// 2026年2月12日12:00
	// 2027年1月4日17:30（按法定节日推算）
}

func ExampleParseNotice() {
	table, problems := workday.ParseNotice([]byte("日期,安排,节日\n2030-01-01,放假,元旦\n2030-01-02,上班,元旦"))
	fmt.Println(table.Year, workday.Usable(problems))
	fmt.Println(problems[0])
	// Output:
	// 2030 false
	// 2030年1月2日是周三，本来就上班，不应列为调休上班
}
