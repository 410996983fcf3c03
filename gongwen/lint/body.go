package lint

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// bodyRules 正文结构 other than its numbering.
func bodyRules() *chapter {
	return &chapter{"正文结构", practice, []rule{
		{"B015", Info, ByText, "一句之内冒号套冒号", "GB/T 15834-2011", match(pattern{near: "如下：", in: inProse, expr: `如下：[^，。；：“《（）]{2,10}(?P<x>：)[^0-9]`})},
		{"B016", Warn, ByText, "“如下”引出列项时用冒号", "GB/T 15834-2011", belowStop},
		{"B017", Error, ByText, "残留占位符", regulation + "第二十条", placeholder},
		{"B018", Error, ByText, "文件残留修订、批注或者隐藏文字", regulation + "第二十五条", func(p *paper) {
			if s := p.opts.Source; s != nil && s.Revisions+s.Comments+s.Hidden > 0 {
				p.flag(WholeFile, "")
			}
		}},
		{"B019", Warn, ByText, "段首用半角空格代替首行缩进二字", levelClause, both(
			typed(line{expr: `^(?P<x> {2,8}|\t)\p{Han}[^：:]*[，。；][^：:]*$`, once: true}),
			match(pattern{near: "　", in: inProse, expr: `^(?P<x>[　 \t]+)\S`, whole: true, fix: drop, once: true}),
		)},
		{"B020", Info, ByText, "段落之间插有空行，或者段尾有多余空格", "", func(p *paper) {
			for s := range p.within(inProse) {
				if t := strings.TrimRight(s.text, " 　\t"); s.plain() && (len(t) < len(s.text) || t == "" && s.place.Index > 0) {
					p.mend(s, len(t), len(s.text), "", "")
				}
			}
		}},
		{"B021", Error, ByLayout, "首页必须显示正文", levelClause, firstPageBody},
		{"B022", Warn, ByText, "不得用“此页无正文”，应调整行距、字距", "GB/T 9704-2012 7.3.5.5", match(pattern{near: "无正文", in: inProse | inHead, expr: `[（(]?[此本]页无正文[）)]?`})},
		{"B023", Info, ByText, "单段过长，占满一面以上，建议分段", "", longParagraph},
		{"B024", Warn, ByText, "段落重复", "", repeated},
		{"B025", Warn, ByLayout, "层次标题字体不符：一级黑体、二级楷体、三级四级仿宋", levelClause, headingFonts},
		{"B027", Warn, ByText, "规范性文件应写明施行日期", "地方规范性文件管理规定", noStart},
		{"B028", Info, ByText, "“解释权归……”宜写作“由……负责解释”", "立法技术惯例", match(pattern{near: "解释权", in: inProse, expr: `(最终)?解释权[归由属]`})},
	}}
}

var belowInline = near("如下。", `(?:通知|请示|报告|批复|通报|决定|意见|事项|公告|通告|函告|函复|答复)如下(。)[　 ]*(?:一、|1\.|（一）|（1）)`)

// belowStop judges only a list that follows within the paragraph, or paragraphs that are mere items: sections
// of full sentences may well follow a full stop.
func belowStop(p *paper) {
	if !p.seen.may("如下。") {
		return
	}
	for _, text := range p.texts {
		for i, s := range text {
			if found := belowInline.all(p, s.text); len(found) > 0 {
				p.mend(s, found[0][2], found[0][3], "", "：")
				continue
			}
			if strings.HasSuffix(s.text, "如下。") && i+1 < len(text) && text[i+1].level > 0 && strings.HasSuffix(text[i+1].text, "；") {
				p.mend(s, len(s.text)-len("。"), len(s.text), "", "：")
			}
		}
	}
}

var blankLeft = near("× x X ＊ * 待补 待定 待填 待核 此处 请填 填写 TODO todo ??? ？？？ ___ ＿＿＿", `[×xX＊*]+[年月日号时]|[（【〔\[](待补|待定|待填|待核|此处|请填|填写)[^）】〕\]]{0,12}[）】〕\]]|(?i:TODO)|[?？]{3,}|_{3,}|＿{3,}`)

// placeholder leaves the attachments alone: forms to be filled in are full of blanks.
func placeholder(p *paper) {
	for s := range p.within(inTitle | inBody | inHead) {
		for _, m := range blankLeft.all(p, s.text) {
			if m[0] > 0 && isWord(s.text[m[0]-1]) || quotedTitle(s.text, m[0]) || quoted(s.text, m[0]) {
				continue
			}
			p.at(s, m[0], m[1], "")
		}
	}
	for _, s := range []*segment{p.part(Number), p.part(Date)} {
		if len(blankLeft.all(p, s.text)) > 0 || strings.Contains(s.text, "×") {
			p.at(s, 0, len(s.text), "")
		}
	}
}

func isWord(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

const fullPage = 22 * 28 // characters of one page (GB/T 9704-2012 5.2.3)

func longParagraph(p *paper) {
	for _, s := range p.body {
		if s.plain() && utf8.RuneCountInString(s.text) > fullPage-56 {
			p.at(s, 0, len(s.text), "")
		}
	}
}

func repeated(p *paper) {
	for _, text := range p.texts {
		seen := map[string]bool{}
		for _, s := range text {
			if !s.plain() || utf8.RuneCountInString(s.text) < 20 {
				continue
			}
			if seen[s.text] {
				p.at(s, 0, len(s.text), "")
			}
			seen[s.text] = true
		}
	}
}

var (
	ownRule = near("本办法 本规定 本细则 本规则 本条例", `本(办法|规定|细则|规则|条例)`)
	begins  = regexp.MustCompile(`施行|实施|生效|执行之日|起执行|有效期`)
)

// noStart looks at rules in articles: what calls itself 本办法 and never says from when it applies.
func noStart(p *paper) {
	if !p.is(gongwen.Notice, "") || !ownRule.may(p) {
		return
	}
	for _, text := range p.texts {
		var mention *segment
		at := 0
		for _, s := range text {
			if begins.MatchString(s.text) {
				mention = nil
				break
			}
			if found := ownRule.all(p, s.text); len(found) > 0 {
				mention, at = s, found[0][0]
			}
		}
		if mention != nil {
			p.at(mention, at, at+len("本办法"), "")
		}
	}
}
