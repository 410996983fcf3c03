package layout

import (
	"math"
	"strings"
	"unicode"
)

// Marks that must not stand at a line's end or start (GB/T 15834-2011 chapter 5).
const (
	openings = "（“‘《〈〔【［｛「『([{"
	closings = "。，、；：？！）”’》〉〕】］｝」』.,;:?!)]}%％‰℃°"
	noStart  = closings + "—…·～~-–/℃·．"
)

func isOpening(r rune) bool { return strings.ContainsRune(openings, r) }
func isClosing(r rune) bool { return strings.ContainsRune(closings, r) }

// isLatin reports characters that hold together as a word or a number.
func isLatin(r rune) bool {
	return r < 0x2000 && (unicode.IsLetter(r) || unicode.IsDigit(r)) || strings.ContainsRune(".,%/-+:@_&?=#~‰℃", r)
}

// Costs of a break, in cells of missing text it may save.
const (
	free      = 0.0
	unwelcome = 2.5 // tears a date or a document number at one of its joints
	forbidden = math.MaxFloat64
)

// units after a number that stay with it.
const unitsAfterNumber = "年月日号时分秒个项条件万亿元千百十米吨人次户家名位岁天周期届度％%℃亩里"

// longUnits are the units of two characters, and the ends of sums such as 1200万元.
const longUnits = "小时 分钟 公里 公顷 公斤 平方 立方 千米 毫米 万元 亿元 万人 万亩 万户 万吨 亿吨 余人 余个 多个"

func isLongUnit(a, b rune) bool { return strings.Contains(longUnits, string([]rune{a, b})) }

// breakCost is the cost of a line end between two characters.
func breakCost(before, a, b, after rune) float64 {
	switch {
	case isOpening(a) || strings.ContainsRune(noStart, b):
		return forbidden
	case isLatin(a) && isLatin(b):
		if strings.ContainsRune("/?&=_", a) && unicode.IsLetter(b) && unicode.IsLetter(before) { // within an address
			return unwelcome
		}
		return forbidden
	case a == '〕' && unicode.IsDigit(b): // 〔2026〕12号
		return forbidden
	case b == '〔':
		return unwelcome
	case isNumeral(a) && strings.ContainsRune(unitsAfterNumber, b):
		return forbidden
	case isNumeral(a) && isLongUnit(b, after), isNumeral(before) && isLongUnit(a, b):
		return forbidden
	case strings.ContainsRune("年月", a) && isNumeral(b) && isNumeral(before): // 2026年│3月│5日
		return unwelcome
	case a == '第' && (isNumeral(b) || strings.ContainsRune("一二三四五六七八九十", b)):
		return forbidden
	case isNumeral(b) && strings.ContainsRune("￥¥$＄", a):
		return forbidden
	}
	return free
}

func isNumeral(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

// breakLines breaks a paragraph into lines of a width. The first line has indent blank before it, the others
// have hang.
func breakLines(boxes []box, width, indent, hang float64) []lineOf {
	var lines []lineOf
	for from := 0; from < len(boxes) || len(lines) == 0; {
		in := hang
		if len(lines) == 0 {
			in = indent
		}
		to := nextBreak(boxes, from, width-in)
		l := lineOf{boxes: trimSpaces(boxes[from:to]), from: from, indent: in, last: to == len(boxes)}
		l.justify(width)
		lines = append(lines, l)
		from = to
		for from < len(boxes) && boxes[from].char == ' ' { // a blank at a break disappears
			from++
		}
		if len(boxes) == 0 {
			break
		}
	}
	return lines
}

func trimSpaces(b []box) []box {
	for len(b) > 1 && b[len(b)-1].char == ' ' {
		b = b[:len(b)-1]
	}
	return b
}

// nextBreak gives where the line from a box on ends: at the break that leaves least to fill, counting what
// tearing costs, or with a mark squeezed in.
func nextBreak(boxes []box, from int, width float64) int {
	used, room := 0.0, 0.0
	fit := from
	for fit < len(boxes) && used+boxes[fit].width <= width+slack {
		used += boxes[fit].width
		room += boxes[fit].squeeze
		fit++
	}
	if fit == len(boxes) {
		return fit
	}
	em := boxes[from].width
	if em == 0 {
		em = cell
	}
	best, cost := -1, forbidden
	// One or two characters more, if the blank halves of the marks on the line give room for them.
	extra, give := used, room
	for to := fit + 1; to <= min(fit+2, len(boxes)); to++ {
		extra += boxes[to-1].width
		give += boxes[to-1].squeeze
		if c := costAt(boxes, to); extra-give <= width+slack && c < forbidden && extra-width <= 0.7*give {
			best, cost = to, c+(extra-width)/em
			break
		}
	}
	missing := width - used
	for to := fit; to > from && missing < width/2; to-- {
		if c := costAt(boxes, to); c < forbidden && c+missing/em < cost {
			best, cost = to, c+missing/em
		}
		missing += boxes[to-1].width
	}
	if best > from {
		return best
	}
	return max(fit, from+1) // nothing fits: a word longer than the line is torn
}

// costAt is the cost of a break before box i.
func costAt(boxes []box, i int) float64 {
	if i == len(boxes) {
		return free
	}
	if boxes[i].glued {
		return forbidden
	}
	at := func(k int) rune {
		if k < 0 || k >= len(boxes) {
			return 0
		}
		return boxes[k].char
	}
	return breakCost(at(i-2), at(i-1), at(i), at(i+1))
}
