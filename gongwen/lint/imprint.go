package lint

import (
	"regexp"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// imprintRules 附注、版记、页码 (GB/T 9704-2012 7.3.6, 7.4, 7.5).
func imprintRules() *chapter {
	const imprint = "GB/T 9704-2012 7.4.3"
	return &chapter{"附注版记页码", imprint, []rule{
		{"F001", Error, ByText, "附注应加全角圆括号", "GB/T 9704-2012 7.3.6", both(
			typed(line{expr: `^[　 ]*(?P<x>\(?此件(?:主动公开|公开发布|依申请公开|不予公开|发至[^，。]{1,10})\)?)[　 ]*$`}),
			func(p *paper) {
				if s := p.part(Note); strings.HasPrefix(s.text, "(") || strings.HasSuffix(s.text, ")") {
					p.mend(s, 0, len(s.text), "", strings.Trim(s.text, "()（）"))
				}
			},
		)},
		{"F002", Warn, ByText, "附注应在成文日期下一行，不在版记", "GB/T 9704-2012 7.3.6", typed(line{
			expr: `^[　 ]*[（(]此件.{2,20}[）)][　 ]*$`, after: `^[　 ]*抄[　 ]?送[：:]|[0-9]日印发[　 ]*$`,
		})},
		{"F003", Error, ByText, "印发日期后缺“印发”二字", "", typed(line{
			expr: `^[　 ]*(?:印发机关[：:])?\p{Han}{2,24}(?:办公室|办公厅|局|委员会|政府|科)[　 ]+(?P<x>[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)[　 ]*$`, after: `^[　 ]*抄[　 ]?送[：:]|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日[　 ]*$`,
		})},
		{"F004", Error, ByText, "印发日期用阿拉伯数字，月、日不编虚位", "", both(
			printDateForm,
			typed(line{expr: `(?P<x>[0-9]{4}年(?:0[1-9]月[0-9]{1,2}|[0-9]{1,2}月0[1-9])日)[　 ]*印发`}),
		)},
		{"F005", Info, ByDictionary, "印发机关应为发文机关的办公厅（室）或者文秘部门", regulation + "第九条第（十七）项", func(p *paper) {
			if s := p.part(Printer); strings.HasSuffix(strings.TrimSpace(s.text), "政府") {
				p.at(s, 0, len(s.text), "")
			}
		}},
		{"F008", Warn, ByText, "页码数字左右各放一条一字线", "GB/T 9704-2012 7.5", typed(line{expr: `^[　 ]*(?P<x>[-－–] ?[0-9]{1,3} ?[-－–])[　 ]*$`, once: true})},
		{"F013", Info, ByText, "“共印××份”不是版记的必备要素，保留的应与印发机关用细线隔开", "", typed(line{expr: `^[　 ]*[（(]?(?P<x>共[　 ]*印[　 ]*[0-9×]+[　 ]*份)`})},
		{"F016", Info, ByText, "请示宜在附注处注明联系人和电话", practice, contactMissing},
	}}
}

var contact = regexp.MustCompile(`联系人|联系电话|联系方式|电话[：:]`)

func contactMissing(p *paper) {
	if p.is(gongwen.Request) && p.complete() && !contact.MatchString(p.doc.Note) && !contact.MatchString(p.joined(inBody)) {
		p.flag(Note, "")
	}
}
