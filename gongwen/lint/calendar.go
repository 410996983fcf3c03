package lint

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// day 日期 as written in a document; the zero day is none.
type day struct{ y, m, d int }

func (x day) valid() bool {
	if x.y < 1000 || x.m < 1 || x.m > 12 || x.d < 1 {
		return false
	}
	t := x.time()
	return t.Day() == x.d && int(t.Month()) == x.m
}

func (x day) time() time.Time { return time.Date(x.y, time.Month(x.m), x.d, 0, 0, 0, 0, time.UTC) }

func (x day) compare(y day) int {
	return cmp.Or(cmp.Compare(x.y, y.y), cmp.Compare(x.m, y.m), cmp.Compare(x.d, y.d))
}

func (x day) String() string {
	return strconv.Itoa(x.y) + "年" + strconv.Itoa(x.m) + "月" + strconv.Itoa(x.d) + "日"
}

// weekday gives 一 to 日.
func (x day) weekday() string {
	return [...]string{"日", "一", "二", "三", "四", "五", "六"}[x.time().Weekday()]
}

var (
	arabicDay  = regexp.MustCompile(`([0-9]{4})\s*[年.\-/－．]\s*([0-9]{1,2})\s*[月.\-/－．]\s*([0-9]{1,2})`)
	chineseDay = regexp.MustCompile(`([〇○零OＯ0一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日`)
)

// readDay reads a date in any of the forms officials write, zero if there is none.
func readDay(s string) day {
	if m := arabicDay.FindStringSubmatch(s); m != nil {
		return day{number(m[1]), number(m[2]), number(m[3])}
	}
	if m := chineseDay.FindStringSubmatch(s); m != nil {
		return day{chineseYear(m[1]), chineseNumber(m[2]), chineseNumber(m[3])}
	}
	return day{}
}

// number reads Arabic digits; a text that is none gives 0.
func number(s string) int {
	n, err := strconv.Atoi(strings.ReplaceAll(s, ",", ""))
	if err != nil {
		return 0
	}
	return n
}

const chineseDigit = "〇一二三四五六七八九"

func chineseYear(s string) int {
	n := 0
	for _, r := range s {
		n = n*10 + max(strings.IndexRune(chineseDigit, r)/len("〇"), 0)
	}
	return n
}

// chineseNumber reads 一 to 九百九十九 and 两, and also Arabic digits; 0 if it is no number.
func chineseNumber(s string) int {
	if n := number(s); n > 0 {
		return n
	}
	total, digit := 0, 0
	for _, r := range s {
		switch i := strings.IndexRune(chineseDigit, r); {
		case r == '十':
			total, digit = total+max(digit, 1)*10, 0
		case r == '百':
			total, digit = total+max(digit, 1)*100, 0
		case r == '千':
			total, digit = total+max(digit, 1)*1000, 0
		case r == '两':
			digit = 2
		case r == '零':
		case i >= 0:
			digit = i / len("〇")
		default:
			return 0
		}
	}
	return total + digit
}

// inChinese writes 1 to 999 as 一 to 九百九十九.
func inChinese(n int) string {
	if n <= 0 || n > 999 {
		return strconv.Itoa(n)
	}
	digit := func(d int) string { return chineseDigit[d*len("〇") : (d+1)*len("〇")] }
	out := ""
	if n >= 100 {
		out = digit(n/100) + "百"
		if n%100 > 0 && n%100 < 10 {
			return out + "零" + digit(n%10)
		}
	}
	if tens := n % 100 / 10; tens > 0 {
		if tens > 1 || n >= 100 {
			out += digit(tens)
		}
		out += "十"
	}
	if n%10 > 0 {
		out += digit(n % 10)
	}
	return out
}

var markers = [...]*regexp.Regexp{ // GB/T 9704-2012 7.3.3, and the fifth level it does not know
	regexp.MustCompile(`^([一二三四五六七八九十百]+)、`),
	regexp.MustCompile(`^[（(]([一二三四五六七八九十百]+)[）)]`),
	regexp.MustCompile(`^([0-9]{1,3})[.．、](?:[^0-9]|$)`),
	regexp.MustCompile(`^[（(]([0-9]{1,3})[）)]`),
	regexp.MustCompile(`^([①②③④⑤⑥⑦⑧⑨⑩])`),
}

// numbering gives the level and number a paragraph begins with and the bytes it takes.
func numbering(text string) (level, n, size int) {
	for i, re := range markers {
		m := re.FindStringSubmatchIndex(text)
		if m == nil {
			continue
		}
		word := text[m[2]:m[3]]
		if i == 4 {
			n = strings.Index("①②③④⑤⑥⑦⑧⑨⑩", word)/len("①") + 1
		} else {
			n = chineseNumber(word)
		}
		size = m[1]
		if i == 2 { // the character after the dot was only looked at
			size = m[3]
			for _, stop := range []string{".", "．", "、"} {
				if strings.HasPrefix(text[size:], stop) {
					size += len(stop)
					break
				}
			}
		}
		return i + 1, n, size
	}
	return 0, 0, 0
}
