package layout

import (
	"strings"
	"unicode"
)

// never is the cost of a border at which a title is not broken.
const never = 1e6

// titleBorders gives for every place between two characters what it costs to break a title there. Titles
// are broken between organ and 关于, before the quoted name of another document, after 关于 and its verb, else
// between words; not inside 《》, not before 的 and other words that lean on the one before.
func titleBorders(title []rune) []float64 {
	cost := make([]float64, len(title)+1)
	joints := joints(title)
	depth := 0
	for i := range title {
		if i > 0 {
			cost[i] = borderCost(title, i, depth, joints[i])
		}
		switch title[i] {
		case '《', '（', '“', '〈':
			depth++
		case '》', '）', '”', '〉':
			depth--
		}
	}
	return cost
}

// Words a line of a title does not begin with, and words it does not end with.
const (
	leaning  = "的之等和与及或而了着"
	reaching = "和与及或对在从向由被把将为以于关拟"
)

func borderCost(title []rune, i, depth int, at joint) float64 {
	a, b := title[i-1], title[i]
	rest, before := string(title[i:]), string(title[:i])
	switch {
	case isOpening(a) || strings.ContainsRune(noStart, b) && b != '—':
		return never
	case isLatin(a) && isLatin(b), unicode.IsDigit(a) && strings.ContainsRune(unitsAfterNumber, b):
		return never
	case strings.HasPrefix(rest, "关于"):
		if depth > 0 {
			return 2.5
		}
		return 0
	case strings.HasSuffix(before, "关于") || strings.ContainsRune("关", a) && b == '于':
		return 8
	case at.inside == 1:
		return 12
	}
	c := kindCost(at.left, at.right) + 6*at.inside
	switch {
	case a == '、' || a == '，' || a == ' ' || a == '　':
		c = 0.8
	case b == '《' || b == '“':
		c = 0.6
	case a == '》' || a == '”':
		if b == '的' {
			return 6
		}
		c = 1.2
	case strings.ContainsRune(leaning, b), strings.ContainsRune("县市省区州乡镇村", b) && unicode.Is(unicode.Han, a):
		c = 6 // also a place and its rank hold together
	case strings.HasPrefix(rest, "人民政府") || strings.HasPrefix(rest, "委员会") || strings.HasPrefix(rest, "办公室"):
		c = 5
	case betweenOrgans(before) && !strings.Contains(rest, "关于"):
		c = 1
	case isVerbAfterAbout(before) && !beginsWithVerb(rest):
		c = 1.6
	case endsWithVerb(before): // a verb stays with its object
		c = 3.5
	case strings.ContainsRune(reaching, a):
		c = 5
	case a == '的':
		c = 1.5
	}
	if depth > 0 {
		c += 2.5
	}
	if strings.Contains(rest, "关于") && depth == 0 && !betweenOrgans(before) {
		c += 4 // inside the name of the issuer
	}
	return c
}

// kindCost is what it costs to part two words by their kinds: a verb keeps its object, an adverb or adjective what
// it goes before, a numeral its unit; a noun is best parted from a verb that follows.
func kindCost(left, right byte) float64 {
	switch {
	case left == 'd', left == 'm' && (right == 'q' || right == 'n'), left == 'p', left == 'c', right == 'u':
		return 5
	case left == 'a', left == 'v' && right != 'v', right == 'q':
		return 3.2
	case left == 'v':
		return 2.6
	case right == 'v' || right == 'm' || right == 'd' || right == 'a' || right == 't':
		return 1.5
	case right == 'g':
		return 2.4
	case left == 'g':
		return 1.8
	}
	return 2
}

// betweenOrgans reports a border after the full name of one of several issuers.
func betweenOrgans(before string) bool {
	for _, end := range [...]string{"政府", "委员会", "办公室", "办公厅", "局", "厅", "委", "部"} {
		if strings.HasSuffix(before, end) {
			return true
		}
	}
	return false
}

// isVerbAfterAbout reports a border right after the verb that follows 关于: 关于印发│… 关于做好│….
func isVerbAfterAbout(before string) bool {
	_, after, ok := strings.Cut(before, "关于")
	if !ok {
		return false
	}
	for _, v := range titleVerbs {
		if after == v {
			return true
		}
	}
	return false
}

func endsWithVerb(before string) bool {
	for _, v := range titleVerbs {
		if strings.HasSuffix(before, v) {
			return true
		}
	}
	return false
}

func beginsWithVerb(rest string) bool {
	for _, v := range titleVerbs {
		if strings.HasPrefix(rest, v) {
			return true
		}
	}
	return false
}

var titleVerbs = [...]string{
	"印发", "转发", "批转", "做好", "进一步做好", "商请", "商请支持", "商请协助", "开展", "组织开展", "调整", "加强", "进一步加强", "成立", "公布", "发布",
	"召开", "表彰", "同意", "申请", "商请", "报送", "落实", "贯彻落实", "推进", "加快推进", "支持", "规范", "下达", "举办", "实施",
	"拨付", "申请拨付", "设立", "同意设立", "申报", "追加", "加快", "促进", "深化", "完善", "建立", "启动", "切实做好",
}
