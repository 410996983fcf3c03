package workday

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	noticeYear   = regexp.MustCompile(`(20\d\d)年(?:部分)?节假日安排`)
	noticeNumber = regexp.MustCompile(`国办发(?:明电)?〔20\d\d〕\d+号`)
	// 一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。
	noticeItem = regexp.MustCompile(`^(?:[一二三四五六七八九十]+、|\d+[.．、])?\s*([\p{Han}、]{2,12})[：:]\s*(.+)$`)
	// 2月15日（农历腊月二十八、周日）, 2022年12月31日, or 23日 alone after 至.
	noticeDate  = regexp.MustCompile(`(?:(20\d\d)年)?(?:(\d{1,2})月)?(\d{1,2})日(?:[（(]([^）)]*)[）)])?`)
	noticeTotal = regexp.MustCompile(`共\s*(\d+)\s*天`)
	weekdayWord = regexp.MustCompile(`(?:周|星期)([一二三四五六日天])`)
)

// textReader reads the pasted words of a notice line by line.
type textReader struct {
	builder
	line     int
	problems []Problem
}

func parseText(text string) (Table, []Problem) {
	var r textReader
	m := noticeYear.FindStringSubmatch(text)
	if m == nil {
		return Table{}, []Problem{{Text: "没有找到“关于××××年部分节假日安排的通知”字样，不能确定是哪一年，请连标题一起粘贴"}}
	}
	r.table.Year, _ = strconv.Atoi(m[1])
	r.table.Source = fmt.Sprintf("国务院办公厅关于%d年部分节假日安排的通知", r.table.Year)
	if number := noticeNumber.FindString(text); number != "" {
		r.table.Source += "（" + number + "）"
	}
	for i, line := range strings.Split(text, "\n") {
		r.line = i + 1
		if item := noticeItem.FindStringSubmatch(strings.TrimSpace(line)); item != nil {
			r.item(item[1], item[2])
		}
	}
	return r.table, r.problems
}

// item reads one holiday. Sentences that neither give days off nor days worked, such as the wish that staff may take
// New Year's Eve as leave (the notice for 2024), bind nobody and are passed over.
func (r *textReader) item(name, text string) {
	for _, sentence := range strings.FieldsFunc(text, func(c rune) bool { return c == '。' || c == '；' }) {
		switch {
		case strings.Contains(sentence, "鼓励"):
		case strings.Contains(sentence, "放假"):
			r.off(name, sentence)
		case strings.Contains(sentence, "上班"):
			for _, d := range r.dates(sentence) {
				r.add(name, d.day, true)
			}
		}
	}
}

// off reads the days off, whose number the notice also tells.
func (r *textReader) off(name, sentence string) {
	count := 0
	for _, d := range r.dates(sentence) {
		if d.until && count > 0 {
			for last := r.lastOff(name) + 1; last <= d.day && count < 31; last++ {
				r.add(name, last, false)
				count++
			}
			continue
		}
		r.add(name, d.day, false)
		count++
	}
	m := noticeTotal.FindStringSubmatch(sentence)
	if m == nil || m[1] == strconv.Itoa(count) {
		return
	}
	r.complain("%s写明共%s天，读出的是%d天", name, m[1], count)
}

func (r *textReader) lastOff(name string) Day {
	for _, h := range r.table.Holidays {
		if h.Name == name && len(h.Off) > 0 {
			return h.Off[len(h.Off)-1]
		}
	}
	return 0
}

// foundDate is a date in a sentence; until marks the end of a range.
type foundDate struct {
	day   Day
	until bool
}

// dates reads the dates of a sentence. A date without month or year has those of the date before it.
func (r *textReader) dates(sentence string) []foundDate {
	var found []foundDate
	year, month := r.table.Year, 0
	for _, at := range noticeDate.FindAllStringSubmatchIndex(sentence, -1) {
		part := func(i int) string {
			if at[2*i] < 0 {
				return ""
			}
			return sentence[at[2*i]:at[2*i+1]]
		}
		if y, err := strconv.Atoi(part(1)); err == nil {
			year = y
		}
		if m, err := strconv.Atoi(part(2)); err == nil {
			month = m
		}
		n, _ := strconv.Atoi(part(3))
		day := Date(year, time.Month(month), n)
		if _, m, d := day.Date(); month == 0 || int(m) != month || d != n {
			r.complain("“%s”不是一个日期", part(0))
			continue
		}
		if w := weekdayWord.FindStringSubmatch(part(4)); w != nil && !sameWeekday(day, w[1]) {
			r.complain("%s写作周%s，实为%s", day.Chinese(), w[1], day.ChineseWeekday())
		}
		until := strings.HasSuffix(strings.TrimRight(sentence[:at[0]], " "), "至")
		found = append(found, foundDate{day, until})
	}
	return found
}

func sameWeekday(d Day, word string) bool {
	return weekdayNames[d.Weekday()] == strings.Replace(word, "天", "日", 1)
}

func (r *textReader) complain(format string, args ...any) {
	r.problems = append(r.problems, Problem{Line: r.line, Text: fmt.Sprintf(format, args...)})
}
