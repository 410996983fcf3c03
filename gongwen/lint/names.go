package lint

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

const publicity = "有关宣传用语规定"

// nameRules 机构人名表述. What changes with time or place comes from the office's own registers.
func nameRules() *chapter {
	return &chapter{"机构人名表述", practice, []rule{
		{"O003", Warn, ByText, "党内职务在前，行政职务在后", "", match(pattern{near: "委副书记 委书记", in: inText, expr: `(?P<x>(?P<a>[县市区省镇乡州]长)、(?P<b>[县市区省镇乡州]委(?:副书记|书记)))(?:\p{Han}{2,3})?(?:[，。（]|主持|出席|强调|指出|率|同志|$)`, fix: "$b、$a", unless: `组成|担任`})},
		{"O004", Error, ByDictionary, "机构名称有误", regulation + "第二十条", organTypos},
		{"O005", Error, ByDictionary, "机构改革前的旧名，应用现名", regulation + "第二十条", oldOrgans(inProse)},
		{"O006", Error, ByText, "“人大主任”应为“人大常委会主任”", "", match(pattern{near: "人大", in: inText | inTables, expr: `[县市区省州旗]人大(?P<x>副?主任|办公室)(?:$|[^会])`, fix: "常委会$x"})},
		{"O007", Error, ByText, "中央与国务院并称，党中央在前", "", match(pattern{near: "国务院、", in: inText, expr: `国务院、(?:党中央|中共中央)`, fix: "党中央、国务院"})},
		{"O008", Error, ByDictionary, "固定表述的分项缺漏", "", setsComplete},
		{"O009", Error, ByDictionary, "固定表述全称有错漏", "", phrasesExact},
		{"O010", Error, ByText, "港澳台是地区，不是国家", publicity, match(pattern{near: "港 台湾 澳门", in: inText, expr: `(?:港、?澳、?台|香港|澳门|台湾)[^，。；和与及]{0,10}等(?P<x>国家|国)(?:$|[^和与及或、/（际内])`, fix: "地区"})},
		{"O011", Warn, ByDictionary, "与港澳并提用“内地”", publicity, match(pattern{near: "香港 澳门 港澳", in: inText, expr: `(?:香港|澳门|港澳)(?:地区)?[和与及、](?P<x>国内|大陆)|(?P<y>国内|大陆)[和与及](?:香港|澳门|港澳)`, fix: "内地"})},
		{"O012", Error, ByDictionary, "民族名称不当简称", "民族用语规定", match(pattern{near: "维族 哈萨族 蒙族 哈族", in: inText | inTables, expr: `(?:^|[^恩提思])(?P<x>维族|哈萨族|蒙族|哈族)`})},
		{"O013", Error, ByDictionary, "对残疾人等群体不用歧视性称谓", "《中华人民共和国残疾人保障法》", match(pattern{near: "残废 聋哑人 瞎子 弱智 呆傻", in: inText | inTables, expr: `残废人?|聋哑人|瞎子|弱智|呆傻`, unless: `伤残|致残废|聋哑人学校`})},
		{"O014", Error, ByDictionary, "行政区划已撤并，应用现名", "行政区划代码", oldPlaces},
		{"O016", Info, ByDictionary, "同名同姓的人员应注明单位或者性别", "", namesakes},
		{"O017", Error, ByDictionary, "涉台称谓不规范", publicity, match(pattern{near: "台湾政府 台湾总统 台湾国防部 台湾外交部 台湾立法院 台湾行政院 中华民国总统", in: inText, expr: `(?P<x>台湾政府|台湾总统府?|台湾国防部|台湾外交部|台湾立法院|台湾行政院|中华民国总统)`, unless: `[“"‘](台湾|中华)`})},
		{"O018", Warn, ByDictionary, "监委、法院、检察院的名称或者次序有误", "", both(
			match(pattern{near: "检察院、", in: inText, expr: `[县市区省州](?:人民)?检察院、[县市区省州](?:人民)?法院`, unless: `公安局、`}),
			match(pattern{near: "监察局", in: inText, expr: `[县市区州](?P<x>监察局)`, unless: `原[^，。；]{0,3}监察局|环境监察局|劳动监察局|安全监察局|执法监察局`}),
		)},
	}}
}

var (
	oldNames = near("环保局 环境保护局 工商局 工商行政管理局 质监局 质量技术监督局 国土局 国土资源局 卫计 卫生和计划 安监局 安全生产监督管理局 食药监局 食品药品监督管理局 国税局 国家税务局 地税局 地方税务局 农委 物价局 文广新局 旅游局", `[省市县区州旗](环保局|环境保护局|工商局|工商行政管理局|质监局|质量技术监督局|国土局|国土资源局|卫计局|卫计委|卫生和计划生育局|卫生和计划生育委员会|安监局|安全生产监督管理局|食药监局|食品药品监督管理局|国税局|国家税务局|地税局|地方税务局|农委|物价局|文广新局|旅游局)`)
	reformed = regexp.MustCompile(`原[^，。；]{0,14}$|撤销[^。]{0,20}$|合并[^。]{0,20}$`)
)

// oldOrgans: the names ended with the reform of organs finished in the spring of 2019; texts of before, and
// mentions of what a body was formerly called, keep them. 国家税务局 lives on as 国家税务总局 only.
func oldOrgans(in scope, only ...Part) finder {
	return func(p *paper) {
		if p.before(2019, 4, 1) || !oldNames.may(p) {
			return
		}
		for s := range p.within(in) {
			if len(only) > 0 && !slices.Contains(only, s.place.Part) {
				continue
			}
			for _, m := range oldNames.all(p, s.text) {
				after := s.text[m[1]:]
				former := reformed.MatchString(s.text[:m[0]]) || quotedTitle(s.text, m[0]) || strings.HasPrefix(after, "〔")
				if !former {
					p.at(s, m[2], m[3], "")
				}
			}
		}
	}
}

var (
	doubled   = []string{"监管管理局", "管理管理局", "监督监督", "人民人民政府", "办公办公室", "财政政局", "委员员会", "教育育局"}
	organName = regexp.MustCompile(`[省市县区州][^省市县区州，。；、（）《》的和与由向对经及报]{2,14}?(?:局|委员会|办公室)`)
)

// organTypos: names with a word doubled, and names one character away from exactly one in the register.
func organTypos(p *paper) {
	advise("", doubled...)(p)
	if p.opts.Office == nil || len(p.opts.Office.Organs) == 0 {
		return
	}
	for s := range p.within(inProse) {
		for _, m := range organName.FindAllStringIndex(s.text, -1) {
			name := s.text[m[0]:m[1]]
			near, known := "", false
			for _, o := range p.opts.Office.Organs {
				tail := o
				if utf8.RuneCountInString(o) > utf8.RuneCountInString(name)+1 { // 临溪县水利局 as 县水利局
					if _, after, ok := strings.Cut(o, string([]rune(name)[:1])); ok {
						tail = string([]rune(name)[:1]) + after
					}
				}
				known = known || tail == name || o == name
				if d := distance(tail, name, 1); d == 1 {
					near = tail
				}
			}
			if !known && near != "" {
				p.at(s, m[0], m[1], "机构名称“"+name+"”疑为“"+near+"”")
			}
		}
	}
}

// distance counts the edits from one text to another, giving up beyond a limit.
func distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > limit || len(y)-len(x) > limit {
		return limit + 1
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(x); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			next := min(row[j]+1, row[j-1]+1, diagonal+cost)
			diagonal, row[j] = row[j], next
		}
	}
	return row[len(y)]
}

// setsComplete checks an enumeration of the office's own sets: “四个…”（甲、乙、丙）must name all.
func setsComplete(p *paper) {
	if p.opts.Office == nil {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(p.opts.Office.Sets)) {
		items := p.opts.Office.Sets[name]
		for s := range p.within(inProse) {
			i := strings.Index(s.text, name)
			if i < 0 {
				continue
			}
			rest := s.text[i+len(name):]
			if stop := strings.IndexAny(rest, "。；"); stop >= 0 {
				rest = rest[:stop]
			}
			named, missing := 0, []string{}
			for _, item := range items {
				if strings.Contains(rest, item) {
					named++
				} else {
					missing = append(missing, item)
				}
			}
			if named >= 2 && len(missing) > 0 {
				p.at(s, i, i+len(name), "“"+name+"”缺“"+strings.Join(missing, "”“")+"”")
			}
		}
	}
}

// phrasesExact compares the text with the office's phrases: nearly the same is a slip of the pen.
func phrasesExact(p *paper) {
	if p.opts.Office == nil {
		return
	}
	for _, phrase := range p.opts.Office.Phrases {
		want := []rune(phrase)
		if len(want) < 8 || !p.seen.may(string(want[:2])) {
			continue
		}
		for s := range p.within(inText) {
			nearPhrase(p, s, want)
		}
	}
}

func nearPhrase(p *paper, s *segment, want []rune) {
	head := string(want[:2])
	for i := indexHint(s.text, head, 0); i >= 0; i = indexHint(s.text, head, i+len(head)) {
		if strings.HasPrefix(s.text[i:], string(want)) {
			continue
		}
		rest := []rune(s.text[i:min(len(s.text), i+4*(len(want)+3))])
		best, size := len(want), 0
		for n := max(len(want)-3, 4); n <= min(len(want)+3, len(rest)); n++ {
			if d := distance(string(rest[:n]), string(want), 3); d < best {
				best, size = d, n
			}
		}
		if best >= 1 && best <= min(3, len(want)/6+1) {
			p.at(s, i, i+len(string(rest[:size])), "与固定表述“"+string(want)+"”不一致")
		}
	}
}

// oldPlaces reads the office's own table of places renamed or merged.
func oldPlaces(p *paper) {
	if p.opts.Office == nil {
		return
	}
	for _, old := range slices.Sorted(maps.Keys(p.opts.Office.Places)) {
		now := p.opts.Office.Places[old]
		for s := range p.within(inText | inHead) {
			if i := strings.Index(s.text, old); i >= 0 && !strings.HasPrefix(s.text[i:], now) && !reformed.MatchString(s.text[:i]) && !quotedTitle(s.text, i) {
				p.at(s, i, i+len(old), "“"+old+"”现为“"+now+"”")
			}
		}
	}
}

// namesakes: a name several people bear needs its unit or sex in brackets, or a post before it.
func namesakes(p *paper) {
	if p.opts.Office == nil {
		return
	}
	for _, name := range p.opts.Office.Sharing {
		for s := range p.within(inProse) {
			i := strings.Index(s.text, name)
			if i >= 0 && !strings.HasPrefix(s.text[i+len(name):], "（") {
				p.at(s, i, i+len(name), "“"+name+"”有同名同姓的人员，应注明单位或者性别")
				break
			}
		}
	}
}
