package lint

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

const levelClause = "GB/T 9704-2012 7.3.3"

// numberingRules 层次序数: 一、（一）1.（1）.
func numberingRules() *chapter {
	return &chapter{"正文结构", levelClause, []rule{
		{"B001", Warn, ByText, "层次序数次序颠倒，应为一、（一）1.（1）", "", levelsInverted},
		{"B002", Info, ByText, "层次序数跳级", "", levelsSkipped},
		{"B003", Error, ByText, "“一”后用顿号", "GB/T 15834-2011", paragraphStart(`^[一二三四五六七八九十]{1,3}([.．，,])[^0-9]`, "、")},
		{"B004", Error, ByText, "带括号的序数后不加标点", "GB/T 15834-2011", paragraphStart(`^[（(](?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[）)]([、，.．])`, drop)},
		{"B005", Error, ByText, "第三层序数后用下脚点“1.”，不用顿号", "", paragraphStart(`^[0-9]{1,2}(、)`, ".")},
		{"B006", Warn, ByText, "第四层序数用全角括号“（1）”", "", halfBrackets},
		{"B007", Error, ByText, "同级序数不连续或者重号", practice, levelGaps},
		{"B008", Warn, ByText, "独立成行的层次标题末尾不加句号", "GB/T 15834-2011", headingStop},
		{"B009", Warn, ByText, "段首标题与后接正文之间缺句号", practice, headingRun},
		{"B010", Warn, ByText, "“第一”“首先”后用逗号", "GB/T 15834-2011", match(pattern{near: "第 首先 其次 再次", in: inProse, expr: `(?:^|[。；：])(?:第[一二三四五六七八九十]|首先|其次|再次)(?P<x>、)[^一二三四五六七八九十第]`, fix: "，", whole: true})},
		{"B011", Warn, ByText, "“一是、二是、三是”缺项", practice, firstlySecondly},
		{"B012", Info, ByText, "只有一个子项不必编序号", practice, onlyChild},
		{"B013", Info, ByText, "层次一般不超过四级", "", fifthLevel},
		{"B014", Warn, ByText, "文中所说的项数与实际条数不符", practice, promisedCount},
		{"B029", Warn, ByText, "层次序数不用罗马数字、英文字母", "", paragraphStart(`^((?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+|[IV]{1,4}|[A-Ha-h])[.．、])[　 ]*\p{Han}`, "")},
		{"B030", Warn, ByText, "列项末尾标点混用", "GB/T 15834-2011", mixedItemEnds},
	}}
}

// paragraphStart reports the first group of an expression at the beginning of paragraphs.
func paragraphStart(expr, fix string) finder {
	re := regexp.MustCompile(expr)
	return func(p *paper) {
		for s := range p.within(inProse) {
			m := re.FindStringSubmatchIndex(s.text)
			if m == nil || !s.plain() {
				continue
			}
			if fix == "" {
				p.at(s, m[2], m[3], "")
			} else {
				p.mend(s, m[2], m[3], "", strings.TrimPrefix(fix, drop))
			}
		}
	}
}

var halfNumber = regexp.MustCompile(`^\(([0-9]{1,2})\)`)

func halfBrackets(p *paper) {
	for s := range p.within(inProse) {
		if m := halfNumber.FindStringSubmatchIndex(s.text); m != nil && s.plain() {
			p.mend(s, 0, m[1], "", "（"+s.text[m[2]:m[3]]+"）")
		}
	}
}

// levelsInverted looks only at texts that open their numbering with 1. and then count （一） below it.
func levelsInverted(p *paper) {
	for _, text := range p.texts {
		opened, seen := 0, false
		for _, s := range text {
			switch {
			case s.level == 0 || s.level == 5:
			case opened == 0:
				opened = s.level
			case opened >= 3 && s.level == 2 && s.n == 1 && !seen:
				p.at(s, 0, s.mark, "")
				seen = true
			}
			if s.level == 1 {
				break
			}
		}
	}
}

func levelsSkipped(p *paper) {
	for _, text := range p.texts {
		above := 0
		for _, s := range text {
			if s.level == 0 {
				continue
			}
			if above == 1 && s.level == 4 && s.n == 1 {
				p.at(s, 0, s.mark, "")
			}
			above = s.level
		}
	}
}

// levelGaps compares a number with the one before it on the same level under the same parent. A list may
// begin anew with 1 at any time, and one whose beginning is not numbered is left alone.
func levelGaps(p *paper) {
	for _, text := range p.texts {
		var last [6]int
		for _, s := range text {
			if s.kind == "center" || articleStart.MatchString(s.text) {
				last = [6]int{}
				continue
			}
			if s.level == 0 {
				continue
			}
			before := last[s.level]
			if before > 0 && s.n > 1 && s.n != before+1 {
				p.at(s, 0, s.mark, fmt.Sprintf("序数不连续：前一项为%s，本项为%s", label(s.level, before), label(s.level, s.n)))
			}
			last[s.level] = s.n
			for s.level < 5 && strings.Contains(s.text[s.mark:], bareLabel(s.level, last[s.level]+1)) {
				last[s.level]++ // （一）…（二）… in one paragraph
			}
			for deeper := s.level + 1; deeper < len(last); deeper++ {
				last[deeper] = 0
			}
		}
	}
}

var articleStart = regexp.MustCompile(`^第[一二三四五六七八九十百零0-9]+[条章节编]`)

func label(level, n int) string { return "“" + bareLabel(level, n) + "”" }

// bareLabel writes a number as its level does.
func bareLabel(level, n int) string {
	switch level {
	case 1:
		return inChinese(n) + "、"
	case 2:
		return "（" + inChinese(n) + "）"
	case 3:
		return fmt.Sprintf("%d.", n)
	case 4:
		return fmt.Sprintf("（%d）", n)
	}
	return "①②③④⑤⑥⑦⑧⑨⑩"[max(n-1, 0)%10*len("①") : (max(n-1, 0)%10+1)*len("①")]
}

// headingStop: a heading stands alone when what follows is text or a deeper level, not its sibling, and what
// precedes is no sibling either: the last sentence of a list may be followed by text.
func headingStop(p *paper) {
	for _, text := range p.texts {
		for i, s := range text[:max(len(text)-1, 0)] {
			next := text[i+1]
			alone := s.level == 1 || s.level == 2
			alone = alone && (i == 0 || text[i-1].level != s.level)
			if !alone || !strings.HasSuffix(s.text, "。") || !next.plain() || next.level > 0 && next.level <= s.level {
				continue
			}
			title := s.text[s.mark : len(s.text)-len("。")]
			if utf8.RuneCountInString(title) <= 20 && !strings.ContainsAny(title, "，。；：！？（）0123456789") && len(next.text) > len(s.text) {
				p.mend(s, len(s.text)-len("。"), len(s.text), "", "")
			}
		}
	}
}

var runOn = regexp.MustCompile(`^\p{Han}{2,14}([　 ]+)(?:(?:各|由|要|对|按)\p{Han}{3,}|\p{Han}{2,}.*[，。；])`)

func headingRun(p *paper) {
	for s := range p.within(inProse) {
		if s.level != 1 && s.level != 2 {
			continue
		}
		if m := runOn.FindStringSubmatchIndex(s.text[s.mark:]); m != nil {
			p.mend(s, s.mark+m[2], s.mark+m[3], "", "。")
		}
	}
}

var ordinalIs = regexp.MustCompile(`(?:^|[。；：，])([一二三四五六七八九十]{1,2})是`)

func firstlySecondly(p *paper) {
	if !p.seen.may("一是") {
		return
	}
	for s := range p.within(inProse) {
		last := 0
		for _, m := range ordinalIs.FindAllStringSubmatchIndex(s.text, -1) {
			n := chineseNumber(s.text[m[2]:m[3]])
			if last > 0 && n > last+1 {
				p.at(s, m[2], m[1], fmt.Sprintf("“%s是”之后应为“%s是”", inChinese(last), inChinese(last+1)))
			}
			if last > 0 || n == 1 {
				last = n
			}
		}
	}
}

// onlyChild looks at （一） without （二） before the next heading of the level above.
func onlyChild(p *paper) {
	for _, text := range p.texts {
		var child *segment
		report := func() {
			if child != nil {
				p.at(child, 0, child.mark, "")
			}
			child = nil
		}
		for _, s := range text {
			switch {
			case s.level == 1 || articleStart.MatchString(s.text) || s.kind == "center":
				report()
			case s.level == 2 && s.n == 1 && !strings.HasSuffix(s.text, "：") && !strings.Contains(s.text, "。（二）"):
				child = s
			case s.level == 2, child != nil && strings.Contains(s.text, "（二）"):
				child = nil
			}
		}
		report()
	}
}

var fifth = regexp.MustCompile(`^(①|[a-h][.．、)）])`)

func fifthLevel(p *paper) {
	for _, text := range p.texts {
		above := 0
		for _, s := range text {
			if m := fifth.FindStringIndex(s.text); m != nil && above == 4 {
				p.at(s, 0, m[1], "")
				break
			}
			if s.level > 0 {
				above = s.level
			}
		}
	}
}

var promise = regexp.MustCompile(`以下([一二两三四五六七八九十]{1,2}|[0-9]{1,2})(项|个方面|方面|点|条|类|件)[^。；：，]{0,12}[：:。]$`)

// promisedCount compares 以下三项工作 with the list that begins in the next paragraph.
func promisedCount(p *paper) {
	for _, text := range p.texts {
		for i, s := range text {
			m := promise.FindStringSubmatchIndex(s.text)
			if m == nil || i+1 >= len(text) || text[i+1].level == 0 || text[i+1].n != 1 || text[i+1].level <= s.level && s.level > 0 {
				continue
			}
			count, level := 0, text[i+1].level
			for _, item := range text[i+1:] {
				if item.level > 0 && item.level < level || item.level == level && item.n != count+1 {
					break
				}
				if item.level == level {
					count++
				}
			}
			if said := chineseNumber(s.text[m[2]:m[3]]); said != count && said > 0 {
				p.at(s, m[2], m[3], fmt.Sprintf("文中说%d项，实际列出%d项", said, count))
			}
		}
	}
}

var inlineItem = regexp.MustCompile(`（[1-9]）[^（）。；，]{1,30}([；，。])`)

// mixedItemEnds compares the ends of （1）（2）（3）, in one paragraph or in one each. The last may differ.
func mixedItemEnds(p *paper) {
	for _, text := range p.texts {
		var ends []string
		var items []*segment
		flush := func() {
			if i := odd(ends); i >= 0 {
				s := items[i]
				p.at(s, len(s.text)-len(ends[i]), len(s.text), "")
			}
			ends, items = nil, nil
		}
		for _, s := range text {
			if m := inlineItem.FindAllStringSubmatchIndex(s.text, -1); len(m) >= 3 {
				var inline []string
				for _, k := range m {
					inline = append(inline, s.text[k[2]:k[3]])
				}
				if i := odd(inline); i >= 0 {
					p.at(s, m[i][2], m[i][3], "")
				}
			}
			if s.level < 3 || len(items) > 0 && items[0].level != s.level {
				flush()
			}
			if s.level >= 3 && !strings.ContainsRune(strings.TrimRight(s.text, "。"), '。') {
				_, size := utf8.DecodeLastRuneInString(s.text)
				ends, items = append(ends, s.text[len(s.text)-size:]), append(items, s)
			}
		}
		flush()
	}
}

// odd gives the index of an item that ends with a comma among ones that end with semicolons, or -1.
func odd(ends []string) int {
	semicolons, comma := 0, -1
	for i, e := range ends[:max(len(ends)-1, 0)] {
		switch e {
		case "；":
			semicolons++
		case "，":
			comma = i
		}
	}
	if semicolons == 0 {
		return -1
	}
	return comma
}
