package sheet

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// face 字样 is a typeface at a size that measures text. It remembers widths and belongs to one print run.
type face struct {
	fonts *font.Set
	role  font.Role
	size  float64
	seen  map[rune]float64
}

func newFace(fonts *font.Set, role font.Role, size float64) *face {
	return &face{fonts: fonts, role: role, size: size, seen: map[rune]float64{}}
}

// em is the height of a character in mm.
func (f *face) em() float64 { return f.size * font.PointMM }

// line is the pitch of lines in a cell.
func (f *face) line() float64 { return f.em() * 1.3 }

// baseline is how far below the top of its line a text stands: 0.88 of the em box lies above the baseline.
func (f *face) baseline() float64 { return (f.line()-f.em())/2 + 0.88*f.em() }

func (f *face) rune(r rune) float64 {
	if r == ticked {
		return f.width(box)
	}
	w, ok := f.seen[r]
	if !ok {
		w = f.fonts.Width(f.role, string(r), f.size)
		f.seen[r] = w
	}
	return w
}

func (f *face) width(s string) float64 {
	w := 0.0
	for _, r := range s {
		w += f.rune(r)
	}
	return w
}

// unbroken is what a line does not end within: the year and number of a document, a Latin word, a number with its unit, a
// day; where a date does not fit on a line, it may end after the year.
var unbroken = regexp.MustCompile(`〔\d{4}〕\s?第?\d+[号期]|\d{1,2}月\d{1,2}日|[0-9A-Za-zÀ-ɏ][0-9A-Za-zÀ-ɏ.,:/%+\-_@]*[年月日号时分]?`)

// Marks that may not begin a line, and those that may not end one (GB/T 15834-2011 5).
const (
	noStart = "，。、；：？！）〕》〉」』”’…—·,.;:?!)]}%"
	noEnd   = "（〔《〈「『“‘([{"
)

// wrap breaks a text into lines no wider than the width, and keeps the line ends it has.
func (f *face) wrap(text string, width float64) []string {
	text = strings.TrimRight(strings.ReplaceAll(text, "\r", ""), "\n ")
	if text == "" {
		return nil
	}
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines = append(lines, f.wrapParagraph(paragraph, width)...)
	}
	return lines
}

func (f *face) wrapParagraph(text string, width float64) []string {
	var lines []string
	var line []string
	used := 0.0
	for _, atom := range f.atoms(text, width) {
		w := f.width(atom)
		if used+w > width+0.01 && len(line) > 0 {
			keep := breakBefore(line, atom)
			lines = append(lines, strings.TrimRight(strings.Join(line[:keep], ""), " "))
			line = append([]string{}, line[keep:]...)
			used = f.width(strings.Join(line, ""))
			if len(line) == 0 && atom == " " {
				continue
			}
		}
		line, used = append(line, atom), used+w
	}
	return append(lines, strings.Join(line, ""))
}

// breakBefore gives how many atoms of a full line stay on it when the next atom goes to a new one. Atoms go along
// with the next while it may not begin a line or they may not end one; when that empties the line, it breaks as is.
func breakBefore(line []string, next string) int {
	keep := len(line)
	for keep > 1 && (strings.Contains(noStart, next) || strings.Contains(noEnd, line[keep-1])) {
		keep--
		next = line[keep]
	}
	if strings.Contains(noStart, next) || strings.Contains(noEnd, line[keep-1]) {
		return len(line)
	}
	return keep
}

// atoms cuts a text into what stays together; what is wider than a line is cut by characters.
func (f *face) atoms(text string, width float64) []string {
	var list []string
	runes := func(s string) {
		for _, r := range s {
			if unicode.IsControl(r) {
				continue
			}
			list = append(list, string(r))
		}
	}
	at := 0
	for _, m := range unbroken.FindAllStringIndex(text, -1) {
		runes(text[at:m[0]])
		if whole := text[m[0]:m[1]]; f.width(whole) <= width {
			list = append(list, whole)
		} else {
			runes(whole)
		}
		at = m[1]
	}
	runes(text[at:])
	return list
}

// balance breaks a short text such as a column's name into lines of like length.
func (f *face) balance(text string, width float64) []string {
	lines := f.wrap(text, width)
	if len(lines) < 2 || strings.Contains(text, "\n") {
		return lines
	}
	for w := f.width(text) / float64(len(lines)); w < width; w += f.em() / 4 {
		if even := f.wrap(text, w); len(even) == len(lines) {
			return even
		}
	}
	return lines
}
