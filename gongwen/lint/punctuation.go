package lint

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// punctuationRules 标点 (GB/T 15834-2011).
func punctuationRules() *chapter {
	return &chapter{"标点", "GB/T 15834-2011", []rule{
		{"P001", Error, ByText, "中文语境用全角标点", "", halfWidth},
		{"P002", Warn, ByText, "并列的书名号之间不用顿号", "", match(pattern{near: "》、《", in: inText, expr: `》(?P<x>、)《`, fix: drop, titles: true})},
		{"P003", Warn, ByText, "并列的引号之间不用顿号", "", match(pattern{near: "”、“", in: inText, expr: `”(?P<x>、)“`, fix: drop})},
		{"P004", Error, ByText, "“等”前不加顿号", "", match(pattern{near: "、等", in: inText | inTables, expr: `(?P<x>、)等(?:部门|单位|地|方面|工作|问题|领域|行业|情况|多|各|有关|相关|内容|因素|人员|措施|任务|环节|活动|项目|[0-9一二三四五六七八九十]+[个项名家种]|[，。；）])`, fix: drop})},
		{"P005", Warn, ByText, "相邻数字表示概数，不加顿号", "", adjacentNumbers(`一二三四五六七八九`, `个(?:月|人|小时|工作日)|天|次|百|千|万|人|名|家|户|公里|年`, true)},
		{"P006", Warn, ByText, "“和”“与”“及”前不加顿号", "", match(pattern{near: "、和 、与 、及 、以及", in: inText, expr: `(?P<x>、)(?:和[^平谐睦解田县硕龙美合顺静气布政林为善衷声好记颐盛会]|与[^会时众日市]|及[^时格早第]|以及)`, fix: drop})},
		{"P007", Warn, ByText, "省略号用“……”", "", match(pattern{near: "... 。。。", in: inText, expr: `\p{Han}(?P<x>\.{3,6}|。{3,6})`, fix: "……"})},
		{"P008", Warn, ByText, "省略号与“等”不并用", "", match(pattern{near: "……", in: inText, expr: `……等(?:[，。；）]|\p{Han}{0,2}[，。；]|$)|[^等]等……`})},
		{"P009", Warn, ByText, "破折号用“——”", "", match(pattern{near: "-- －－", in: inText, expr: `[\p{Han}”》](?P<x>-{2,}|－－)[\p{Han}“《]`, fix: "——"})},
		{"P010", Info, ByText, "起止时间、地点用一字线“—”", "", both(
			match(pattern{near: "年", in: inText, expr: `[0-9]{4}年?(?P<x>[-~～－])[0-9]{4}(?:年|学年)`, fix: "—"}),
			match(pattern{near: "～", in: inText, expr: `\p{Han}{2}(?P<x>～)\p{Han}{2}`, fix: "—"}),
		)},
		{"P011", Info, ByText, "数值范围用一字线或者浪纹线，不用短横", "GB/T 15834-2011；GB/T 15835-2011", match(pattern{near: "-", in: inProse, expr: `(?:^|[^0-9A-Za-z.\-—/])(?P<x>(?P<a>[0-9]{1,3}(?:\.[0-9]+)?)(?P<u>万|亿|%|)-(?P<b>[0-9]{1,3}(?:\.[0-9]+)?)(?P<v>万|亿|%|))(?:元|个|名|人|天|日|公里|千米|米|吨|亩|户|家|次|岁|小时|分钟|月|倍|年|[，。；、）])`, unless: `电话|邮编|编号|GB|DA|-[0-9]+-`, fix: "${a}${v}—${b}${v}"})},
		{"P012", Warn, ByText, "引号不配对，或者用了直引号", "", quotes},
		{"P013", Error, ByText, "括号、书名号不成对", "", brackets},
		{"P014", Error, ByText, "点号连用", "", match(pattern{near: "，， 。。 、、 ；； ：： ，。 。， ；。 。； 、， ，、 、。 ：， ：。", in: inText, expr: `(?:^|[^，。、；：])(?P<x>[，、；：]{2,}|[，、；：]+。+|。[，、；：]|。。)(?:[^。]|$)`})},
		{"P015", Warn, ByText, "段末缺句末标点", "", unended},
		{"P016", Warn, ByDictionary, "证照、会议、活动名称不用书名号", "", match(pattern{near: "《营业执照 身份证》 《不动产权证书 驾驶证》 《居住证 行驶证》", in: inProse, expr: `《(营业执照|居民身份证|身份证|不动产权证书|驾驶证|机动车驾驶证|行驶证|居住证)》`, titles: true})},
		{"P017", Warn, ByText, "公文不滥用叹号、问号", practice, match(pattern{near: "！ ！ ? ？ !", in: inProse, expr: `[！!]{2,}|[？?]{2,}|[！!][？?]|[？?][！!]`})},
		{"P018", Warn, ByText, "句内括号末尾不加句号", "", match(pattern{near: "。）", in: inProse, expr: `[^。；]（[^（）。]{1,30}(?P<x>。)）\p{Han}`, fix: drop})},
		{"P019", Warn, ByText, "百分号、数字用半角", practice, match(pattern{near: "％ ０ １ ２ ３ ４ ５ ６ ７ ８ ９", in: inText, expr: `[0-9０-９]*[０-９％][0-9０-９％]*`})},
		{"P020", Info, ByText, "文中夹有空格或者制表符", practice, gaps},
		{"P021", Warn, ByLayout, "行首不得为点号、下引号、下括号，行末不得为上引号、上括号", "GB/T 15834-2011 5", lineEdges},
		{"P022", Warn, ByLayout, "省略号、破折号不得拆在两行", "GB/T 15834-2011 5", brokenMarks},
		{"P025", Info, ByText, "“例如”后列举，“等”与省略号不并用", "", match(pattern{near: "例如 比如", in: inProse, expr: `(?:例如|比如)[^。；]{1,40}(?:等+……|……等|等等等)`})},
	}}
}

var (
	half = regexp.MustCompile(`[\p{Han}》”）][,;:?!]|[,;][\p{Han}《“]|\p{Han}\.(?:$|\p{Han})|\([\p{Han}《“]|[\p{Han}》”]\)`)
	full = map[byte]string{',': "，", ';': "；", ':': "：", '?': "？", '!': "！", '.': "。", '(': "（", ')': "）"}
	// numerals before a dot are a broken 一、, which is B003
	dotNumeral = regexp.MustCompile(`^[一二三四五六七八九十]{1,3}[.,]`)
)

// halfWidth reports a paragraph once, from its first to its last half-width mark: a text converted as a whole
// would otherwise bury everything else.
func halfWidth(p *paper) {
	for s := range p.within(inTitle | inProse | inNames) {
		if !strings.ContainsAny(s.text, ",;:?!.()") {
			continue
		}
		from := len(dotNumeral.FindString(s.text))
		var places []int
		for i := from; i < len(s.text); {
			m := half.FindStringIndex(s.text[i:])
			if m == nil {
				break
			}
			k := i + m[0] + strings.IndexAny(s.text[i+m[0]:i+m[1]], ",;:?!.()")
			places = append(places, k)
			i = k + 1
		}
		if len(places) == 0 {
			continue
		}
		first, last := places[0], places[len(places)-1]
		fixed := []byte(s.text[first : last+1])
		out := strings.Builder{}
		for i, b := range fixed {
			if contains(places, first+i) {
				out.WriteString(full[b])
			} else {
				out.WriteByte(b)
			}
		}
		p.mend(s, first, last+1, "", out.String())
	}
}

func contains(sorted []int, n int) bool {
	for _, k := range sorted {
		if k == n {
			return true
		}
	}
	return false
}

// adjacentNumbers finds 三、四个月: two neighbouring numerals before a measure word.
func adjacentNumbers(digits, measures string, join bool) finder {
	var hints []string // 一、二 二、三 …
	list := []rune("一二三四五六七八九")
	if !join {
		list = []rune("123456789")
	}
	for i := range list[1:] {
		hints = append(hints, string(list[i])+"、"+string(list[i+1]))
	}
	find := near(strings.Join(hints, " "), `(?:^|[^第、0-9一二三四五六七八九十百千万—\-.])(([`+digits+`])、([`+digits+`]))(?:`+measures+`)`)
	return func(p *paper) {
		if !find.may(p) {
			return
		}
		for s := range p.within(inProse) {
			for _, m := range find.all(p, s.text) {
				a, b := s.text[m[4]:m[5]], s.text[m[6]:m[7]]
				if m[2] < s.mark || chineseNumber(b) != chineseNumber(a)+1 {
					continue
				}
				fix := a + b
				if !join {
					fix = inChinese(chineseNumber(a)) + inChinese(chineseNumber(b))
				}
				p.mend(s, m[2], m[3], "", fix)
			}
		}
	}
}

// quotes judges one paragraph at a time. A quotation of several paragraphs opens each of them and closes the
// last, so an opening mark too many at the end is only reported when no later paragraph closes it.
func quotes(p *paper) {
	for s := range p.within(inTitle | inProse) {
		if n := strings.Count(s.text, `"`); n > 0 && hasHan(s.text) {
			straightQuotes(p, s, n)
		}
		open, close := strings.Count(s.text, "“"), strings.Count(s.text, "”")
		if open == close || strings.HasPrefix(s.text, "“") && open == close+1 {
			continue
		}
		if i := strings.IndexAny(s.text, "“”"); i >= 0 {
			p.at(s, i, i+len("“"), "引号不配对")
		}
	}
}

func straightQuotes(p *paper, s *segment, n int) {
	i, j := strings.Index(s.text, `"`), strings.LastIndex(s.text, `"`)
	if n%2 != 0 {
		p.at(s, i, i+1, "")
		return
	}
	var b strings.Builder
	opening := true
	for _, r := range s.text[i : j+1] {
		switch {
		case r != '"':
			b.WriteRune(r)
		case opening:
			b.WriteString("“")
		default:
			b.WriteString("”")
		}
		if r == '"' {
			opening = !opening
		}
	}
	p.mend(s, i, j+1, "", b.String())
}

func hasHan(s string) bool {
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			return true
		}
	}
	return false
}

var (
	pairs  = map[rune]rune{'）': '（', '》': '《', '〉': '〈', '〕': '〔', '】': '【'}
	sorted = regexp.MustCompile(`(?:^|[。；：，、\s])(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[）)]`)
)

// brackets treats full and half-width brackets as one; the ） of an enumeration such as 1） has no partner.
func brackets(p *paper) {
	for s := range p.within(inText) {
		if !strings.ContainsAny(s.text, "（）《》〈〉〔〕【】()") {
			continue
		}
		text := sorted.ReplaceAllStringFunc(s.text, func(m string) string {
			_, size := utf8.DecodeLastRuneInString(m)
			return m[:len(m)-size] + strings.Repeat(" ", size)
		})
		var stack []rune
		var at []int
		bad := -1
		for i, r := range text {
			switch r {
			case '(':
				r = '（'
			case ')':
				r = '）'
			}
			switch r {
			case '（', '《', '〈', '〔', '【':
				stack, at = append(stack, r), append(at, i)
			case '）', '》', '〉', '〕', '】':
				if n := len(stack); n > 0 && stack[n-1] == pairs[r] {
					stack, at = stack[:n-1], at[:n-1]
				} else if bad < 0 {
					bad = i
				}
			}
		}
		if bad < 0 && len(at) > 0 {
			bad = at[0]
		}
		if bad >= 0 && !(s.place.Part == Attachment && s.place.Index == 0) {
			_, size := utf8.DecodeRuneInString(s.text[bad:])
			p.at(s, bad, bad+size, "")
		}
	}
}

var saysSo = regexp.MustCompile(`^(各\p{Han}{1,6}要[^求点闻素]|特此\p{Han}{2}$|请\p{Han}{3,})|应当|必须|不得`)

// unended reports prose that breaks off: a paragraph with sentences or commas, or one that plainly orders
// something, whose last character is a Chinese one.
func unended(p *paper) {
	for _, text := range p.texts[:1] { // attachments are full of lines of tables and forms
		for i, s := range text {
			last, _ := utf8.DecodeLastRuneInString(s.text)
			if !s.plain() || !unicode.Is(unicode.Han, last) || utf8.RuneCountInString(s.text) < 6 || contactLine.MatchString(s.text) || looseDate.MatchString(s.text) {
				continue
			}
			inside := s.text[s.mark:]
			sentences := strings.Contains(inside, "。") || strings.Contains(inside, "，") && utf8.RuneCountInString(inside) > 24
			if s.level > 0 && !strings.Contains(inside, "。") || strings.ContainsAny(s.text, "\n\t　") {
				continue
			}
			if strings.Contains(inside, "：") && !strings.Contains(inside, "。") {
				continue // a line of a form, a list of names
			}
			if sentences || i > 0 && s.level == 0 && saysSo.MatchString(inside) || len(text) == 1 && saysSo.MatchString(inside) {
				p.at(s, len(s.text)-len("末"), len(s.text), "")
			}
		}
	}
}

var gap = regexp.MustCompile(`(\p{Han}+)([ 　\t]{2,}|\t)(\p{Han}{2,})`)

// gaps leaves alone what is set apart on purpose: 第一条　……, names of two characters, lines of a form.
func gaps(p *paper) {
	for s := range p.within(inBody) {
		if !s.plain() || s.level > 0 || articleStart.MatchString(s.text) || strings.Contains(s.text, "：") || utf8.RuneCountInString(s.text) > fullPage {
			continue
		}
		if !strings.Contains(s.text, "  ") && !strings.Contains(s.text, "　　") && !strings.Contains(s.text, "\t") {
			continue
		}
		m := gap.FindAllStringSubmatchIndex(s.text, -1)
		if len(m) != 1 {
			continue
		}
		left, right := utf8.RuneCountInString(s.text[m[0][2]:m[0][3]]), utf8.RuneCountInString(s.text[m[0][6]:m[0][7]])
		names := (left == 2 || left == 3) && (right == 2 || right == 3)
		if !names && (left == 1 || strings.ContainsAny(s.text, "，。；")) {
			p.mend(s, m[0][4], m[0][5], "", "")
		}
	}
}
