package lint

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// amount matches a number as measured: 12, 1.5.
const amount = `[0-9]+(?:\.[0-9]+)?`

// quantityRules 数字: how numbers are written and whether they add up (GB/T 15835-2011).
func quantityRules() *chapter {
	return &chapter{"数字", "GB/T 15835-2011", []rule{
		{"N001", Warn, ByText, "汉字与阿拉伯数字混写", "", digitUnits(`([0-9])千([0-9])百`, 1000, 100)},
		{"N002", Warn, ByText, "大数混写，应以万或者亿为单位用小数", "", mixedTens},
		{"N003", Warn, ByText, "约数重复", practice, match(pattern{near: "约 近", in: inProse, expr: `(?:大约|约|将近|近)[0-9]+[^，。；0-9]{0,4}左右|(?:将近|近|大约|约)[0-9]+[多余几][个人户名家亩吨元万公处件]`})},
		{"N004", Warn, ByText, "“超过”与“以上”、“不足”与“以下”不并用", practice, match(pattern{near: "超过 不足 超", in: inProse, expr: `超过?` + amount + `[^，。；0-9]{0,6}以上|不足` + amount + `[^，。；0-9]{0,6}以下`, unless: `以上的|以上人`})},
		{"N005", Error, ByText, "减少不用倍数", practice, match(pattern{near: "减少 下降 降低 缩小 缩短", in: inProse, expr: `(?:减少|下降|降低|缩小|缩短)了?(?:近|约|了近)?(?:` + amount + `|[一二两三四五六七八九十]+)多?倍`})},
		{"N007", Warn, ByText, "概数用汉字数字", "", both(
			match(pattern{near: "几", in: inProse, expr: `[0-9]0?几[个名人次年天户家项]`}),
			adjacentNumbers(`1-9`, `次|个(?:人|月|小时)|人|天|名`, false),
		)},
		{"N009", Warn, ByText, "世纪、年代用阿拉伯数字", "", centuries},
		{"N010", Error, ByText, "年份应写全四位", "", match(pattern{near: "年", in: inProse, expr: `(?:^|[，。；（自从在])(?P<x>(?:[5-9][0-9]|0[0-9])年)(?:至今|底|初|[1-9][0-9]?月)`})},
		{"N011", Warn, ByText, "百分数用“%”", "", match(pattern{near: "百分之", in: inProse, expr: `百分之(?P<n>` + amount + `)`, fix: "${n}%"})},
		{"N012", Warn, ByText, "百分数范围，前一个百分号不省略", "", match(pattern{near: "%", in: inProse, expr: `(?:^|[^0-9A-Za-z.%—～\-])(?P<x>` + amount + `)[—～]` + amount + `%`, fix: "${x}%"})},
		{"N013", Warn, ByText, "数值范围跨“万”“亿”，前一个不省略", "", match(pattern{near: "— ～", in: inProse, expr: `(?:^|[^0-9A-Za-z.%—～\-年])(?P<x>[0-9]{1,3}(?:\.[0-9]+)?)[—～]` + amount + `(?P<u>[万亿])`, fix: "${x}${u}"})},
		{"N014", Error, ByText, "小数点前的0不省略", "", match(pattern{near: ".", in: inProse, expr: `(?:^|[^0-9A-Za-z.])(?P<x>\.[0-9]+)(?:个百分点|%|万元|亿元|元|米)`, fix: "0${x}"})},
		{"N015", Info, ByText, "千分位写法前后不一", "", thousands},
		{"N016", Error, ByText, "金额大小写不符", practice, capitalSums},
		{"N017", Error, ByText, "合计与分项之和不符", practice, both(sumsInText, sumsInTables)},
		{"N018", Warn, ByText, "构成比之和不为100%", practice, shares},
		{"N019", Info, ByText, "“两”“二”误用", practice, both(
			match(pattern{near: "二个 二名 二家 二位", in: inProse, expr: `(?:^|[^第十百千万一二三四五六七八九〇零之其初周月、“0-9])(?P<x>二)(?:个(?:月|人|小时|单位|乡|镇|村)|名|家|位)`, fix: "两"}),
			match(pattern{near: "两十", in: inProse, expr: `(?P<x>两)十`, fix: "二"}),
		)},
		{"N020", Warn, ByText, "汉字年份的“〇”不写作字母O或者“零”", "", zeroYear},
		{"N021", Warn, ByDictionary, "固定词语用汉字数字", "", match(pattern{near: "第1 3农 3公 5保 3会1课 2为", in: inText, expr: `第1书记|[“"]?3农[”"]?|“?3公”?经费|(?:^|[^0-9])5保户|3会1课|“2为”`})},
		{"N022", Warn, ByDictionary, "月日简称的写法不规范，如“五一”“3·15”", "", match(pattern{near: "假期 晚会 黄金周 节日", in: inText, expr: `(?:^|[^0-9.·])[“"]?(?:51|11|61|71|81)[”"]?(?:假期|黄金周|节日)|(?:^|[^0-9])“?315”?晚会|“(?:51|11|61|71|81|315|918)”`})},
		{"N028", Warn, ByText, "百分点与百分比混用", practice, percentPoints},
		{"N029", Info, ByLayout, "数字、发文字号、日期不拆在两行", practice, brokenNumbers},
	}}
}

// digitUnits finds 3千5百 and writes 3500.
func digitUnits(expr string, high, low int) finder {
	find := near("千", expr)
	return func(p *paper) {
		if !find.may(p) {
			return
		}
		for s := range p.within(inProse) {
			for _, m := range find.all(p, s.text) {
				p.mend(s, m[0], m[1], "", itoa(number(s.text[m[2]:m[3]])*high+number(s.text[m[4]:m[5]])*low))
			}
		}
	}
}

var tens = near("千", `([0-9]+)(万|亿)([0-9])千(万)?`)

// mixedTens finds 5万6千 and 3亿2千万.
func mixedTens(p *paper) {
	if !p.seen.may("千") {
		return
	}
	for s := range p.within(inProse) {
		for _, m := range tens.all(p, s.text) {
			unit := s.text[m[4]:m[5]]
			if (unit == "亿") != (m[8] >= 0) {
				continue
			}
			p.mend(s, m[0], m[1], "", s.text[m[2]:m[3]]+"."+s.text[m[6]:m[7]]+unit)
		}
	}
}

var hanYear = near("零 〇 ○ O o Ｏ", `(?:^|[^零〇○OoＯ0-9一二三四五六七八九])([一二][零〇○OoＯ0一二三四五六七八九]{3})年`)

// zeroYear: the white circle ○ was the common makeshift before fonts had 〇; old texts are not blamed for it.
func zeroYear(p *paper) {
	if !hanYear.may(p) {
		return
	}
	for s := range p.within(inText) {
		for _, m := range hanYear.all(p, s.text) {
			year := s.text[m[2]:m[3]]
			right := strings.NewReplacer("零", "〇", "○", "〇", "O", "〇", "o", "〇", "Ｏ", "〇", "0", "〇").Replace(year)
			if right == year || quotedTitle(s.text, m[2]) || strings.Contains(year, "○") && p.before(2012, 7, 1) {
				continue
			}
			p.mend(s, m[2], m[3], "", right)
		}
	}
}

var (
	century = regexp.MustCompile(`(十[五六七八九]|二十一?)世纪(?:([二三四五六七八九])十年代)?`)
	decade  = regexp.MustCompile(`(?:^|[^世纪])([五六七八九])十年代`)
)

func centuries(p *paper) {
	for _, w := range []string{"世纪", "年代"} {
		if !p.seen.may(w) {
			continue
		}
		for s := range p.within(inProse) {
			re := century
			if w == "年代" {
				re = decade
			}
			for _, m := range re.FindAllStringSubmatchIndex(s.text, -1) {
				if quoted(s.text, m[2]) || quotedTitle(s.text, m[2]) {
					continue
				}
				if w == "年代" {
					p.mend(s, m[2], m[1], "", itoa(chineseNumber(s.text[m[2]:m[3]])*10)+"年代")
					continue
				}
				fix := itoa(chineseNumber(s.text[m[2]:m[3]])) + "世纪"
				if m[4] >= 0 {
					fix += itoa(chineseNumber(s.text[m[4]:m[5]])*10) + "年代"
				}
				p.mend(s, m[0], m[1], "", fix)
			}
		}
	}
}

var (
	grouped = regexp.MustCompile(`(?:^|[^0-9,.])[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?:元|万|人|户|亩|吨|平方|$)`)
	plainly = regexp.MustCompile(`(?:^|[^0-9,.〔\-])[0-9]{5,9}(?:\.[0-9]+)?(?:元|万元|人|户|亩|吨|平方)|(?:^|[^0-9,.〔\-])[1-9][0-9]{3}(?:元|万元|户|亩|吨)`)
)

func thousands(p *paper) {
	if !p.seen.may(",") {
		return
	}
	text := p.joined(inProse)
	if !plainly.MatchString(text) {
		return
	}
	for s := range p.within(inProse) {
		if m := grouped.FindStringIndex(s.text); m != nil {
			p.at(s, m[0], m[1], "")
			return
		}
	}
}

var (
	capitalFirst = regexp.MustCompile(`((?:[壹贰叁肆伍陆柒捌玖][拾佰仟]?|[拾万亿零])+)[元圆]整?（(?:小写)?[：:]?[¥￥]?([0-9,]+(?:\.0+)?)元?）`)
	capitalLast  = regexp.MustCompile(`[¥￥]?([0-9,]+(?:\.0+)?)元（(?:大写)?[：:]?(?:人民币)?((?:[壹贰叁肆伍陆柒捌玖][拾佰仟]?|[拾万亿零])+)[元圆]整?）`)
	capitals1    = strings.NewReplacer("壹", "一", "贰", "二", "叁", "三", "肆", "四", "伍", "五", "陆", "六", "柒", "七", "捌", "八", "玖", "九", "拾", "十", "佰", "百", "仟", "千")
)

// capitalNumber reads 叁万伍仟; whole sums below 亿亿.
func capitalNumber(s string) int {
	s = capitals1.Replace(s)
	total := 0
	for _, unit := range []struct {
		word string
		size int
	}{{"亿", 1e8}, {"万", 1e4}} {
		if high, low, ok := strings.Cut(s, unit.word); ok {
			total += max(chineseNumber(high), 0) * unit.size
			s = low
		}
	}
	return total + chineseNumber(s)
}

func capitalSums(p *paper) {
	if !p.seen.may("元") {
		return
	}
	for s := range p.within(inProse | inTables) {
		if !strings.ContainsAny(s.text, "壹贰叁肆伍陆柒捌玖") {
			continue
		}
		check := func(m []int, word, digits string) {
			digits, _, _ = strings.Cut(digits, ".")
			if capitalNumber(word) != number(digits) {
				p.at(s, m[0], m[1], "")
			}
		}
		for _, m := range capitalFirst.FindAllStringSubmatchIndex(s.text, -1) {
			check(m, s.text[m[2]:m[3]], s.text[m[4]:m[5]])
		}
		for _, m := range capitalLast.FindAllStringSubmatchIndex(s.text, -1) {
			check(m, s.text[m[4]:m[5]], s.text[m[2]:m[3]])
		}
	}
}

var (
	parcels = regexp.MustCompile(`((?:\p{Han}{1,12}?[0-9]+(?:\.[0-9]+)?(?:万元|亿元|元|个|人|件|处|户|次|台|名|亩)?[、，]?){2,8})[，；](?:合计|共计|总计)([0-9]+(?:\.[0-9]+)?)(万元|亿元|元|个|人|件|处|户|次|台|名|亩)?`)
	parcel  = regexp.MustCompile(`([0-9]+(?:\.[0-9]+)?)(万元|亿元|元|个|人|件|处|户|次|台|名|亩)?`)
)

// sumsInText adds up a bare enumeration that ends in 合计; anything but names and numbers makes it silent.
func sumsInText(p *paper) {
	for _, w := range []string{"合计", "共计", "总计"} {
		if !p.seen.may(w) {
			continue
		}
		for s := range p.within(inProse) {
			if !strings.Contains(s.text, w) {
				continue
			}
			for _, m := range parcels.FindAllStringSubmatchIndex(s.text, -1) {
				if !strings.HasPrefix(s.text[m[3]+len("，"):], w) {
					continue
				}
				unit, sum, same := group(s.text, m, 3), 0.0, true
				for _, k := range parcel.FindAllStringSubmatch(s.text[m[2]:m[3]], -1) {
					v, err := strconv.ParseFloat(k[1], 64)
					same = same && err == nil && k[2] == unit
					sum += v
				}
				said, err := strconv.ParseFloat(group(s.text, m, 2), 64)
				if same && err == nil && math.Abs(sum-said) > 0.051 {
					p.at(s, m[4], m[5], fmt.Sprintf("分项之和为%s，合计写作%s", trimFloat(sum), trimFloat(said)))
				}
			}
		}
	}
}

func group(text string, m []int, i int) string {
	if m[2*i] < 0 {
		return ""
	}
	return text[m[2*i]:m[2*i+1]]
}

func trimFloat(f float64) string { return strconv.FormatFloat(math.Round(f*1000)/1000, 'f', -1, 64) }

// sumsInTables adds up the columns above a last row 合计. A column with any cell that is not a number, or a
// table with subtotals, is left alone.
func sumsInTables(p *paper) {
	for s := range p.within(inTables) {
		rows := strings.Split(s.text, "\n")
		last := strings.Split(rows[len(rows)-1], "\t")
		if len(rows) < 4 || strings.Contains(s.text, "小计") || strings.Contains(s.text, "其中") || strings.Count(s.text, "合计") != 1 || !strings.Contains(bare(last[0]), "合计") {
			continue
		}
		for col := 1; col < len(last); col++ {
			said, err := strconv.ParseFloat(last[col], 64)
			sum, good := 0.0, err == nil
			for _, row := range rows[1 : len(rows)-1] {
				cells := strings.Split(row, "\t")
				if len(cells) != len(last) {
					continue // the caption, or a merged row
				}
				if v, err := strconv.ParseFloat(cells[col], 64); err == nil {
					sum += v
				} else if cells[col] != "" {
					good = good && row == rows[1] // the head
				}
			}
			if good && math.Abs(sum-said) > 0.051 {
				p.at(s, len(s.text)-len(rows[len(rows)-1]), len(s.text), fmt.Sprintf("第%d列分项之和为%s，合计写作%s", col+1, trimFloat(sum), trimFloat(said)))
			}
		}
	}
}

var shareList = regexp.MustCompile(`(?:分别占|占比分别为|比重分别为)[^，。；、]{0,8}?((?:[0-9]+(?:\.[0-9]+)?%(?:、|和|，)?){3,8})`)

func shares(p *paper) {
	if !p.seen.may("分别") {
		return
	}
	for s := range p.within(inProse) {
		for _, m := range shareList.FindAllStringSubmatchIndex(s.text, -1) {
			sum := 0.0
			for _, k := range parcel.FindAllStringSubmatch(s.text[m[2]:m[3]], -1) {
				v, err := strconv.ParseFloat(k[1], 64)
				if err == nil {
					sum += v
				}
			}
			if d := math.Abs(sum - 100); d > 0.5 && d < 12 {
				p.at(s, m[2], m[3], "构成比之和为"+trimFloat(sum)+"%")
			}
		}
	}
}

var points = near("提高 上升 增加 增长 提升 下降 降低 减少 回落", `由(`+amount+`)%(提高|上升|增加|增长|提升|下降|降低|减少|回落)了?(`+amount+`)(%)[^，。；]{0,2}到(`+amount+`)%`)

func percentPoints(p *paper) {
	if !p.seen.may("%") {
		return
	}
	for s := range p.within(inProse) {
		for _, m := range points.all(p, s.text) {
			p.mend(s, m[8], m[9], "", "个百分点")
		}
	}
}
