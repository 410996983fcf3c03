package lint

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// numberRules 发文字号 (GB/T 9704-2012 7.2.5: agency code, four-digit year in 〔〕, number without 第 or zeros).
func numberRules() *chapter {
	return &chapter{"版头", "GB/T 9704-2012 7.2.5", []rule{
		{"H001", Error, ByText, "发文字号的年份用六角括号〔〕，不用方括号", "", inNumber(`[\[［][0-9０-９]{2,4}[\]］]`, bracketYear)},
		{"H002", Error, ByText, "发文字号的年份用六角括号〔〕，不用圆括号、方头括号", "", inNumber(`[（(【「〈][0-9０-９]{2,4}[）)】」〉]`, bracketYear)},
		{"H003", Error, ByText, "发文字号的年份应写全四位", "", inNumber(`[〔\[（(【]([0-9]{2})[〕\]）)】]`, nil)},
		{"H004", Error, ByText, "发文字号的顺序号前不加“第”", "", notMinutes(inNumber(`[〕\]）)】][ 　]*(第)[ 　]*[0-9一二三四五六七八九十]+号?`, erase))},
		{"H005", Error, ByText, "发文字号的顺序号不编虚位", "", inNumber(`[〕\]）)】][ 　]*第?(0[0-9]*[1-9][0-9]*)`, func(s string) string { return strings.TrimLeft(s, "0") })},
		{"H006", Error, ByText, "发文字号缺“号”字", "", inNumber(`[〕\]）)】][ 　]*第?([0-9]+)$`, func(s string) string { return s + "号" })},
		{"H007", Error, ByText, "发文字号用阿拉伯数字半角书写", "", both(
			inNumber(`[〕\]）)】]第?([一二三四五六七八九十百]+)号`, func(s string) string { return strconv.Itoa(chineseNumber(s)) }),
			inNumber(`[０-９]+`, narrowDigits),
			typed(line{expr: `^[　 ]*\p{Han}{1,10}[〔\[（【][0-9]{4}[〕\]）】]第?(?P<x>[一二三四五六七八九十百]+)号$`, once: true}),
		)},
		{"H008", Error, ByText, "发文字号缺机关代字", "《党政机关公文处理工作条例》第九条第（五）项", notMinutes(inNumber(`^[〔\[（(【][0-9]{2,4}[〕\]）)】]`, nil))},
		{"H009", Warn, ByText, "发文字号内不留空格", practice, inNumber(`[ 　\t]+`, erase)},
		{"H010", Warn, ByText, "发文字号的年份与成文日期的年份不一致，跨年的请确认", practice, numberYear},
		{"H012", Error, ByText, "联合行文只用主办机关的发文字号", "《党政机关公文处理工作条例》第九条第（五）项", inNumber(`[〔\[（(【][0-9]{2,4}[〕\]）)】].*(\p{Han}+[〔\[（(【][0-9]{2,4}[〕\]）)】].*)$`, nil)},
		{"H013", Warn, ByText, "命令（令）编令号，作“第×号”", "GB/T 9704-2012 10.2", orderNumber},
	}}
}

// notMinutes: minutes count their issues, 〔2026〕第3号, as their office is used to.
func notMinutes(f finder) finder {
	return func(p *paper) {
		if p.doc.Layout != gongwen.Minutes {
			f(p)
		}
	}
}

func erase(string) string { return "" }

// inNumber reports the first group, or the whole match, of an expression on the 发文字号.
func inNumber(expr string, fix func(string) string) finder {
	re := regexp.MustCompile(expr)
	return func(p *paper) {
		s := p.part(Number)
		for _, m := range re.FindAllStringSubmatchIndex(s.text, -1) {
			if len(m) > 2 && m[2] >= 0 {
				m = m[2:]
			}
			if fix == nil {
				p.at(s, m[0], m[1], "")
			} else {
				p.mend(s, m[0], m[1], "", fix(s.text[m[0]:m[1]]))
			}
		}
	}
}

var wideDigits = strings.NewReplacer("０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9")

func narrowDigits(s string) string { return wideDigits.Replace(s) }

func bracketYear(s string) string {
	return "〔" + narrowDigits(strings.Trim(s, "[]［］（）()【】「」〈〉")) + "〕"
}

var numberedYear = regexp.MustCompile(`[〔\[（(【]([0-9]{4})[〕\]）)】]`)

func numberYear(p *paper) {
	s := p.part(Number)
	m := numberedYear.FindStringSubmatchIndex(s.text)
	if m != nil && p.date.valid() && number(s.text[m[2]:m[3]]) != p.date.y {
		p.at(s, m[2], m[3], "")
	}
}

var ofOrder = regexp.MustCompile(`令[〔\[（(【]([0-9]{4})`)

func orderNumber(p *paper) {
	s := p.part(Number)
	if s.text == "" || strings.HasPrefix(s.text, "第") {
		return
	}
	if p.doc.Layout == gongwen.Order || ofOrder.MatchString(s.text) {
		p.at(s, 0, len(s.text), "")
	}
}
