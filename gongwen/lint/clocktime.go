package lint

import (
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// timeRules 数字: days, weekdays and hours in the text.
func timeRules() *chapter {
	return &chapter{"数字", "GB/T 15835-2011", []rule{
		{"N008", Warn, ByText, "星期用汉字数字", "", weekDigits},
		{"N023", Error, ByText, "日期与星期不符", practice, wrongWeekday},
		{"N024", Warn, ByText, "“上午、下午”与24小时制不并用", practice, match(pattern{near: "午 晚 凌晨", in: inProse | inTables, expr: `(?P<x>下午|晚上|傍晚|晚)(?:1[3-9]|2[0-3])(?:时|点|:|：)|上午(?:1[3-9]|2[0-4])(?:时|点)`})},
		{"N025", Error, ByText, "要求的时限早于成文日期", practice, pastDeadline},
		{"N026", Info, ByText, "时间应写明年月日，不用“去年”“昨日”“下周”等", practice, relativeTime},
	}}
}

var weekDigit = near("星期", `星期([1-6])(?:$|[^0-9个次天日月])`)

func weekDigits(p *paper) {
	if !weekDigit.may(p) {
		return
	}
	for s := range p.within(inProse | inTables) {
		for _, m := range weekDigit.all(p, s.text) {
			if strings.HasSuffix(s.text[:m[0]], "每") || strings.HasSuffix(s.text[:m[0]], "个") {
				continue
			}
			p.mend(s, m[2], m[3], "", inChinese(number(s.text[m[2]:m[3]])))
		}
	}
}

var dayWeek = near("星期 日（周 日周 日(周", `(?:([0-9]{4})年)?([0-9]{1,2})月([0-9]{1,2})日[（(]?(?:星期|周)([一二三四五六日天])`)

// wrongWeekday: a day without its year is wrong only if it is so in every year it may mean.
func wrongWeekday(p *paper) {
	if !dayWeek.may(p) {
		return
	}
	for s := range p.within(inText | inTables) {
		for _, m := range dayWeek.all(p, s.text) {
			d := day{number(group(s.text, m, 1)), number(group(s.text, m, 2)), number(group(s.text, m, 3))}
			said := strings.Replace(group(s.text, m, 4), "天", "日", 1)
			years := []int{d.y}
			if d.y == 0 {
				if !p.date.valid() {
					continue
				}
				years = []int{p.date.y, p.date.y + 1, p.date.y - 1}
			}
			right := ""
			for _, y := range years {
				d.y = y
				if !d.valid() || d.weekday() == said {
					right = ""
					break
				}
				right = d.weekday()
			}
			if right != "" {
				p.at(s, m[0], m[1], itoa(d.y)+"年"+itoa(d.m)+"月"+itoa(d.d)+"日是星期"+right)
			}
		}
	}
}

var deadline = near("日前 日之前 日以前 时前 ）前", `(?:请|须|应|务必|务请|要求|务于|于|在)[^，。；]{0,14}?(?:([0-9]{4})年)?([0-9]{1,2})月([0-9]{1,2})日(?:[0-9]{1,2}时)?(?:[（(][^）)]{1,6}[）)])?(?:之?前|以前)[^，。；]{0,16}?(?:报送|报|反馈|上报|提交|完成|交|送)`)

// pastDeadline looks at demands only, and without a year only at days shortly before the date.
func pastDeadline(p *paper) {
	if !p.date.valid() || !deadline.may(p) || !p.is(gongwen.Notice, gongwen.LetterKind, gongwen.Opinion, gongwen.Reply) {
		return
	}
	for _, s := range p.body {
		for _, m := range deadline.all(p, s.text) {
			d := day{number(group(s.text, m, 1)), number(group(s.text, m, 2)), number(group(s.text, m, 3))}
			stated := d.y > 0
			if !stated {
				d.y = p.date.y
			}
			if !d.valid() || d.compare(p.date) >= 0 || strings.Contains(around(s.text, m[0], m[1]), "已") {
				continue
			}
			if stated && d.y >= p.date.y-1 || p.date.time().Sub(d.time()).Hours() < 60*24 {
				p.at(s, m[0], m[1], "时限"+d.String()+"早于成文日期"+p.date.String())
			}
		}
	}
}

var relative = near("去年 前年 昨日 昨天 前天 明天 后天 上周 下周 上个月 上月 下个月 下月", `去年|前年|昨日|昨天|前天|明天|后天|上周|下周[一二三四五六日末]?|上个?月(?:底|末|[0-9])|下个?月(?:底|末|[0-9])`)

// relativeTime looks at documents to be acted upon, not at reports of a year. It leaves 近日 alone: it opens half of all
// notices and means no day; 比去年同期 is statistics.
func relativeTime(p *paper) {
	if !relative.may(p) || !p.is(gongwen.Notice, gongwen.Request, gongwen.Reply, gongwen.LetterKind, gongwen.Circular) {
		return
	}
	for _, s := range p.body {
		for _, m := range relative.all(p, s.text) {
			after := s.text[m[1]:]
			stat := strings.HasPrefix(after, "同") || strings.HasSuffix(s.text[:m[0]], "比") || strings.HasSuffix(s.text[:m[0]], "较")
			if !stat && !quoted(s.text, m[0]) && !quotedTitle(s.text, m[0]) {
				p.at(s, m[0], m[1], "")
				return
			}
		}
	}
}
