package lint

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/chengqi-oa/chengqi/gongwen"
)

const lighter = "《整治形式主义为基层减负若干规定》"

// styleRules 减负文风. The regulation is of 6 August 2024; earlier documents are not measured by it.
func styleRules() *chapter {
	return &chapter{"减负文风", lighter, []rule{
		{"K001", Info, ByText, "综合性文件一般不超过5000字，专项文件一般不超过4000字", "", tooLong},
		{"K002", Info, ByText, "无专门必要，不要求报送贯彻落实情况或者制定配套文件", "", newer(match(pattern{near: "落实情况 贯彻情况 配套", in: inBody, expr: `(?:报送|上报|报告|报)[^，。；]{0,10}(?:贯彻落实|贯彻|落实)情况|(?:贯彻落实|贯彻|落实)情况[^，。；]{0,10}(?:报送|上报)|制定[^，。；]{0,4}配套(?:文件|措施|办法)`}))},
		{"K003", Warn, ByText, "一般性文件不提“一票否决”、责任状、创建示范、机构编制等要求", "", newer(match(pattern{near: "一票否决 责任状", in: inBody, expr: `一票否决|签订[^，。；]{0,8}责任状|层层签订[^，。；]{0,8}责任[状书]`, unless: `不得|不搞|严禁|取消|清理|禁止|不实行`}))},
		{"K004", Info, ByText, "背景、意义过长，建议开门见山", "", longPreamble},
		{"K005", Info, ByDictionary, "空泛词堆叠，应写明措施、主体和时限", regulation + "第十九条", match(pattern{near: "高度重视 狠抓落实 务求实效 精心组织 周密部署 强化措施 提高认识 加强领导 统一思想", in: inBody, expr: `(?:(?:高度重视|狠抓落实|务求实效|精心组织|周密部署|强化措施|提高认识|加强领导|统一思想|落实责任|真抓实干|齐抓共管|密切配合)[、，]?){3,}`})},
		{"K006", Info, ByText, "综合报告一般不超过5000字，专项报告一般不超过3000字", "《中国共产党重大事项请示报告条例》第二十四条（参照）", reportLength},
	}}
}

// newer runs a rule only on documents of after the regulation.
func newer(f finder) finder {
	return func(p *paper) {
		if !p.before(2024, 8, 6) {
			f(p)
		}
	}
}

// words counts the characters of the body as editors do: without blanks.
func (p *paper) words() int {
	n := 0
	for _, s := range p.body {
		for _, r := range s.text {
			if !unicode.IsSpace(r) {
				n++
			}
		}
	}
	return n
}

// tooLong uses the wider limit: the document does not say whether it is comprehensive. Rules and plans that
// are issued with a notice are not its body; Chapters show that they were pasted into it.
func tooLong(p *paper) {
	if !p.is(gongwen.Notice, gongwen.Opinion) || p.before(2024, 8, 6) || strings.Contains(p.title, "印发") {
		return
	}
	if n := p.words(); n > 5000 {
		p.flag(Title, "正文"+itoa(n)+"字：综合性文件一般不超过5000字，专项文件一般不超过4000字")
	}
}

var general = regexp.MustCompile(`工作情况|年度|综合`)

func reportLength(p *paper) {
	limit := 3000
	if general.MatchString(p.title) {
		limit = 5000
	}
	if n := p.words(); p.is(gongwen.Report) && n > limit && p.doc.Recipients != "" {
		p.flag(Title, "正文"+itoa(n)+"字，一般不超过"+itoa(limit)+"字")
	}
}

func longPreamble(p *paper) {
	before, first := 0, (*segment)(nil)
	for _, s := range p.body {
		if s.level > 0 {
			break
		}
		if first == nil {
			first = s
		}
		before += utf8.RuneCountInString(s.text)
	}
	total := p.words()
	if p.is(gongwen.Notice, gongwen.Opinion) && first != nil && before < total && before > 500 && before*10 > total {
		p.at(first, 0, len(first.text), "")
	}
}
