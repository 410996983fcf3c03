package lint

import (
	"regexp"
	"strconv"
	"strings"
)

// dateRules 成文日期 and 印发日期 (GB/T 9704-2012 7.3.5.4, 7.4.3).
func dateRules() *chapter {
	return &chapter{"署名日期印章", "GB/T 9704-2012 7.3.5.4", []rule{
		{"S001", Error, ByText, "成文日期用阿拉伯数字", "", chineseDate},
		{"S002", Error, ByText, "月、日不编虚位", "", onDate(`0([1-9])[月日号]`, "$1", true)},
		{"S003", Error, ByText, "成文日期写作“×年×月×日”，不用点、短横或者斜杠", "", dottedDate},
		{"S004", Error, ByText, "成文日期的年份应写全四位", "", onDate(`^(?:[0-9]{2}年)?[ 　]*[0-9]{1,2}[ 　]*月[ 　]*[0-9]{1,2}[ 　]*[日号]`, "", false)},
		{"S005", Error, ByText, "成文日期不存在", practice, func(p *paper) {
			if s := p.dateSegment(); p.date != (day{}) && !p.date.valid() {
				p.at(s, 0, len(s.text), "")
			}
		}},
		{"S006", Error, ByText, "成文日期的“日”不写作“号”", practice, onDate(`[0-9](号)`, "日", true)},
		{"S008", Error, ByText, "印发日期早于成文日期", practice, func(p *paper) {
			printed := readDay(p.doc.PrintDate)
			if printed.valid() && p.date.valid() && printed.compare(p.date) < 0 {
				p.flag(PrintDate, "")
			}
		}},
		{"S020", Info, ByText, "成文日期的数字间不留空格", practice, both(
			onDate(`[0-9年月]([ 　]+)[0-9年月日]`, drop, true),
			typed(line{expr: `^[　 ]*[0-9]{4}(?P<x>[ 　]+)年[ 　]*[0-9]{1,2}[ 　]*月[ 　]*[0-9]{1,2}[ 　]*日[　 ]*$`}),
		)},
	}}
}

// onDate reports the first group, or the match, of an expression on the 成文日期.
func onDate(expr, fix string, certain bool) finder {
	re := regexp.MustCompile(expr)
	return func(p *paper) {
		s := p.dateSegment()
		for _, m := range re.FindAllStringSubmatchIndex(s.text, -1) {
			whole := m
			if len(m) > 2 && m[2] >= 0 && !strings.HasPrefix(fix, "$") {
				m = m[2:]
			}
			switch {
			case !certain:
				p.at(s, m[0], m[1], "")
			case strings.HasPrefix(fix, "$"): // the zero alone goes
				p.mend(s, whole[0], whole[3], "", s.text[whole[2]:whole[3]])
			default:
				p.mend(s, m[0], m[1], "", strings.TrimPrefix(fix, drop))
			}
		}
	}
}

// chineseDate: Chinese numerals were right until 30 June 2012.
func chineseDate(p *paper) {
	s := p.dateSegment()
	m := chineseDay.FindStringIndex(s.text)
	if m == nil || p.before(2012, 7, 1) {
		return
	}
	if p.date.valid() {
		p.mend(s, m[0], m[1], "", p.date.String())
	} else {
		p.at(s, m[0], m[1], "")
	}
}

var dotted = regexp.MustCompile(`[0-9]{2,4}[.\-/－．][0-9]{1,2}[.\-/－．][0-9]{1,2}`)

func dottedDate(p *paper) {
	s := p.dateSegment()
	m := dotted.FindStringIndex(s.text)
	switch {
	case m == nil:
	case p.date.valid():
		p.mend(s, m[0], m[1], "", p.date.String())
	default:
		p.at(s, m[0], m[1], "")
	}
}

// imprintDate is the date of 印发, as kept by the model or as typed.
var imprintZero = regexp.MustCompile(`(?:年|月)(0)[1-9]`)

func printDateForm(p *paper) {
	s := p.part(PrintDate)
	for _, m := range imprintZero.FindAllStringSubmatchIndex(s.text, -1) {
		p.mend(s, m[2], m[3], "", "")
	}
	if m := chineseDay.FindStringIndex(s.text); m != nil && !p.before(2012, 7, 1) {
		if d := readDay(s.text); d.valid() {
			p.mend(s, m[0], m[1], "", d.String())
		}
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
