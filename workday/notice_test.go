package workday_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/workday"
)

// notice2026 is written the way notices are, with the days of the official list.
const notice2026 = `国务院办公厅关于2026年
部分节假日安排的通知
国办发明电〔2025〕7号
关于2026年部分节假日安排的通知
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
`

// notice2024 has a wish that binds nobody, and holidays joined to the weekend.
const notice2024 = `国务院办公厅关于2024年部分节假日安排的通知
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
`

func sameDays(t *testing.T, year int, got workday.Table) {
	t.Helper()
	want, with := workday.Official(), workday.Calendar{}.With(got)
	for d := workday.Date(year, 1, 1); d.Year() == year; d++ {
		if want.IsWorkday(d) != with.IsWorkday(d) {
			t.Errorf("%s：导入的表上班=%v，官方表=%v", d.Chinese(), with.IsWorkday(d), want.IsWorkday(d))
		}
	}
}

func TestPastedNotice(t *testing.T) {
	for year, text := range map[int]string{2024: notice2024, 2026: notice2026} {
		table, problems := workday.ParseNotice([]byte(text))
		if table.Year != year || len(problems) > 0 {
			t.Errorf("%d年：读作%d年，问题%v", year, table.Year, problems)
		}
		sameDays(t, year, table)
	}
	table, _ := workday.ParseNotice([]byte(notice2026))
	if table.Source != "国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）" {
		t.Errorf("来源 %q", table.Source)
	}
}

func TestNoticeThatBeginsInDecember(t *testing.T) {
	table, _ := workday.ParseNotice([]byte("关于2023年部分节假日安排的通知\n一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。"))
	if got := table.Holidays[0].Off; len(got) != 3 || got[0] != workday.Date(2022, 12, 31) || got[2] != workday.Date(2023, 1, 2) {
		t.Errorf("%v", got)
	}
	if workday.Official().With(table).Info(workday.Date(2022, 12, 31)).Holiday != "元旦" {
		t.Error("上年12月的放假没有生效")
	}
}

func TestCSVAndJSON(t *testing.T) {
	official, _ := workday.Official().Table(2026)
	var rows strings.Builder
	rows.WriteString("\uFEFF日期,安排,节日\n")
	type listed struct {
		Name string      `json:"name"`
		Date workday.Day `json:"date"`
		Off  bool        `json:"isOffDay"`
	}
	var list []listed
	for _, h := range official.Holidays {
		for _, d := range h.Off {
			rows.WriteString(d.String() + ",放假," + h.Name + "\n")
			list = append(list, listed{h.Name, d, true})
		}
		for _, d := range h.Work {
			rows.WriteString(d.Chinese() + ", 上班," + h.Name + "\n")
			list = append(list, listed{h.Name, d, false})
		}
	}
	ours, _ := json.Marshal(official)
	theirs, _ := json.Marshal(map[string]any{"year": 2026, "papers": []string{"通知"}, "days": list})
	for _, data := range [][]byte{[]byte(rows.String()), []byte(strings.ReplaceAll(rows.String(), ",", "\t")), ours, theirs} {
		table, problems := workday.ParseNotice(data)
		if len(problems) > 0 {
			t.Errorf("%.40s：%v", data, problems)
		}
		sameDays(t, 2026, table)
	}
}

func TestNoticeMistakesAreToldInChinese(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"1月1日（周四）", "1月1日（周五）", "第5行：2026年1月1日写作周五，实为周四"},
		{"共9天", "共8天", "第6行：春节写明共8天，读出的是9天"},
		{"5月9日（周六）上班", "5月8日上班", "2026年5月8日是周五，本来就上班，不应列为调休上班"},
		{"5月9日（周六）上班", "5月3日上班", "2026年5月3日既列为放假又列为上班"},
		{"四、劳动节", "四、劳动节另行通知 ", "2026年5月1日是法定节日（劳动节），却没有列为放假"},
		{"6月19日（周五）至21日", "6月31日至21日", "“6月31日”不是一个日期"},
		{"2月28日（周六）上班", "另行通知", "工作日因放假净减15天，按法定节日应减13天，请核对有无漏行"},
	} {
		_, problems := workday.ParseNotice([]byte(strings.Replace(notice2026, c.from, c.to, 1)))
		var all []string
		for _, p := range problems {
			all = append(all, p.String())
		}
		if !strings.Contains(strings.Join(all, "\n"), c.want) {
			t.Errorf("把%q改成%q，得%q，应有%q", c.from, c.to, all, c.want)
		}
	}
	for text, want := range map[string]string{
		"":          "没有内容",
		"\xd6\xd0":  "文字编码不是UTF-8，请另存为UTF-8后再导入",
		"{":         "JSON读不懂",
		"元旦：1月1日放假": "不能确定是哪一年",
		"日期,安排\n2027-01-01,吃饭,元旦":      "第2行：“吃饭”应为“放假”或“上班”",
		"日期,安排\n2027-13-01,放假,元旦":      "第2行：“2027-13-01”不是日期",
		"2027-01-01,放假,元旦\n2027-01-02": "第2行：缺少“放假”或“上班”一栏",
	} {
		_, problems := workday.ParseNotice([]byte(text))
		if len(problems) == 0 || !strings.Contains(problems[0].String(), want) || workday.Usable(problems) {
			t.Errorf("%q：%v，应有%q", text, problems, want)
		}
	}
}

func FuzzParseNotice(f *testing.F) {
	f.Add([]byte(notice2024))
	f.Add([]byte("日期,安排\n2027-01-01,放假,元旦"))
	f.Add([]byte(`{"year":2026,"days":[{"date":"2026-01-01"}]}`))
	f.Fuzz(func(_ *testing.T, data []byte) { workday.ParseNotice(data) })
}
