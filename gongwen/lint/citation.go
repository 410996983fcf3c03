package lint

import (
	"regexp"
	"strings"
)

// numberOf matches a document number that is cited: agency code, year, number.
const numberOf = `\p{Han}{1,10}〔[0-9]{4}〕[0-9]+号`

// citationRules 引用.
func citationRules() *chapter {
	return &chapter{"引用", practice, []rule{
		{"Q001", Warn, ByText, "引用公文先引标题，后引发文字号", "", match(pattern{near: "号《 号文《 号）《 号的《", in: inProse, expr: `(?:根据|按照|依据|落实|贯彻|执行|^|[，。；、])(?P<x>` + numberOf + `文?(?:文件)?的?《)`, titles: true})},
		{"Q002", Warn, ByText, "引用的发文字号应加圆括号", "", match(pattern{near: "》", in: inProse, expr: `》(?P<x>[^，。；、（）《》和及与或的是规]{1,10}〔[0-9]{4}〕[0-9]+号)(?:[^文]|$)`, fix: "（$1）", titles: true})},
		{"Q003", Warn, ByText, "首次引用公文应写明标题，不只写发文字号", "", numberAlone},
		{"Q004", Error, ByText, "书名号内再用书名号时用单书名号〈〉", "GB/T 15834-2011", nestedBooks(inProse)},
		{"Q007", Warn, ByText, "引用法律条款用汉字数字", "立法技术惯例", lawArticle},
		{"Q008", Warn, ByText, "简称先用后定义，或者定义后未用", "", shortName},
		{"Q010", Info, ByText, "外文缩写首次出现应注中文", practice, foreignShort},
		{"Q011", Error, ByText, "引用的发文字号年份应用六角括号〔〕", "GB/T 9704-2012 7.2.5", match(pattern{
			near: "号", in: inProse, expr: `\p{Han}{1,10}(?P<x>[（(\[【](?P<y>(?:19|20)[0-9]{2})[）)\]】])第?[0-9]+号`, fix: "〔$y〕", titles: true,
			unless: `公告[（(]|第[一二三四五六七八九十]+号`,
		})},
	}}
}

var (
	numberCited = near("〔", `(按照|按|根据|依据|执行|落实|贯彻|依照|遵照)(`+numberOf+`)(文件|文)?`)
	numberTitle = near("〔", `》[^《》]{0,3}[（(]?(`+numberOf+`)`)
)

// numberAlone: a number is free after its document has once been named with its title.
func numberAlone(p *paper) {
	if !numberCited.may(p) {
		return
	}
	named := map[string]bool{}
	for s := range p.within(inProse) {
		for _, m := range numberTitle.all(p, s.text) {
			named[s.text[m[2]:m[3]]] = true
		}
		for _, m := range numberCited.all(p, s.text) {
			cited := s.text[m[4]:m[5]]
			if strings.HasPrefix(s.text[m[1]:], "《") || strings.HasPrefix(s.text[m[1]:], "的《") || named[cited] {
				continue
			}
			named[cited] = true
			p.at(s, m[4], m[5], "")
		}
	}
}

var articleDigits = regexp.MustCompile(`(?:法|条例|规定|办法|细则|规则|章程|法典)》第([0-9]{1,3})(条)(?:第([0-9]{1,2})款)?(?:第([0-9]{1,2})项)?`)

func lawArticle(p *paper) {
	if !p.seen.may("》第") {
		return
	}
	for s := range p.within(inProse) {
		for _, m := range articleDigits.FindAllStringSubmatchIndex(s.text, -1) {
			fix := inChinese(number(s.text[m[2]:m[3]])) + "条"
			if m[6] >= 0 {
				fix += "第" + inChinese(number(s.text[m[6]:m[7]])) + "款"
			}
			if m[8] >= 0 {
				fix += "第（" + inChinese(number(s.text[m[8]:m[9]])) + "）项"
			}
			p.mend(s, m[2], m[1], "", fix)
		}
	}
}

var defines = regexp.MustCompile(`以下(?:统称|简称)：?(《[^《》]{1,20}》)`)

// shortName follows the short names of documents only: those of organs are words of the language too.
func shortName(p *paper) {
	if !p.seen.may("以下") {
		return
	}
	text := p.joined(inProse)
	for s := range p.within(inProse) {
		for _, m := range defines.FindAllStringSubmatchIndex(s.text, -1) {
			name := s.text[m[2]:m[3]]
			at := strings.Index(text, s.text[m[0]:m[1]])
			switch {
			case strings.Contains(text[:at], name):
				p.at(s, m[2], m[3], "简称"+name+"在定义之前已经使用")
			case strings.Count(text, name) == 1 && !strings.Contains(text, "本"+strings.Trim(name, "《》")):
				p.at(s, m[2], m[3], "简称"+name+"定义后未使用")
			}
		}
	}
}

var (
	capitals = regexp.MustCompile(`(?:^|[^0-9A-Za-z（(/.\-·"“—_@])([A-Z]{3,6})(?:[^0-9A-Za-z（(/.\-·_@）)”]|$)`)
	known    = " GDP CPI PPI PMI WTO APP LED KTV PDF DNA ISO USB ATM POS ETC GPS SIM VIP NBA WPS DOC PPT PPP BOT EPC BIM HIV SCI IPO APEC RCEP MBA UPS CCC COD BOD LPR AEO ICU MRI PCR ABS FDI GIS ESG CBD TOD CIM HPV RNA CCTV IPTV RFID IMAX STEM MOOC SUV DCS HTTP AAA AAAA EMS LPG LNG CNG VOC VOCS BRT "
)

// foreignShort reports the first unexplained abbreviation of a document, once.
func foreignShort(p *paper) {
	for s := range p.within(inBody) {
		if !strings.ContainsAny(s.text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
			continue
		}
		for _, m := range capitals.FindAllStringSubmatchIndex(s.text, -1) {
			word := s.text[m[2]:m[3]]
			if quotedTitle(s.text, m[2]) || strings.Contains(known, " "+word+" ") || explained(p, word) {
				continue
			}
			p.at(s, m[2], m[3], "")
			return
		}
	}
}

// explained reports an abbreviation that stands in brackets after its Chinese, or has it in brackets.
func explained(p *paper, word string) bool {
	for s := range p.within(inProse) {
		for i := strings.Index(s.text, word); i >= 0; {
			rest := s.text[i+len(word):]
			if strings.HasPrefix(rest, "（") || strings.HasPrefix(rest, "(") || strings.HasPrefix(rest, "）") || strings.HasPrefix(rest, ")") || strings.HasPrefix(rest, "，以下简称") {
				return true
			}
			k := strings.Index(rest, word)
			if k < 0 {
				break
			}
			i += len(word) + k
		}
	}
	return false
}
