package docx

import (
	"strconv"
	"strings"
)

// endParagraph puts a paragraph that has been read into its cell or among the lines.
func (r *reader) endParagraph() {
	p := r.para
	if p == nil {
		return
	}
	r.para = nil
	if n := len(r.open); n > 0 {
		r.para, r.open = r.open[n-1], r.open[:n-1]
	}
	for i := range r.field {
		r.field[i] = true // a formula never goes on in another paragraph
	}
	if cell := r.table.current(); cell != nil {
		if text := strings.Trim(r.numbered(p), blank); text != "" {
			*cell = strings.TrimPrefix(*cell+"\n"+text, "\n")
		}
		return
	}
	r.line(p)
}

// line adds a paragraph to the lines. Those of a title are put together: officials break it by hand.
func (r *reader) line(p *paragraph) {
	lines := strings.Split(r.numbered(p), "\n")
	align, size, red := r.styles.shown(p.style)
	if p.align != "" {
		align = p.align
	}
	title := align == "center" && max(size, p.size) >= titleSize && !red && !p.red && strings.Trim(lines[0], blank) != ""
	if title {
		lines = []string{strings.Trim(strings.Join(lines, ""), blank)}
		if r.titled {
			r.file.Lines[len(r.file.Lines)-1] += lines[0]
			return
		}
	}
	r.titled = title
	for _, l := range lines {
		if l = strings.TrimRight(l, blank); l != "" && strings.ContainsRune(`|\>`, rune(l[0])) {
			l = `\0` + l // else the text form would take it for a table or a quotation
		}
		r.file.Lines = append(r.file.Lines, l)
	}
}

const blank = " \t　\u00a0"

// numbered puts the number a paragraph gets from its list or style before its text.
func (r *reader) numbered(p *paragraph) string {
	text := p.text.String()
	num, level := p.num, p.level
	if num == "" {
		var of int
		num, of = r.styles.numberOf(p.style)
		if !p.hasLevel {
			level = of
		}
	}
	if num == "" || num == "0" || strings.Trim(text, blank) == "" {
		return text
	}
	return r.numbering.next(num, level) + strings.TrimLeft(text, blank)
}

// symbol gives the character a symbol font draws; boxes and ticks are the ones forms use.
func symbol(face, code string) string {
	n, err := strconv.ParseUint(code, 16, 32)
	if err != nil {
		return ""
	}
	n &= 0xFF
	switch {
	case strings.HasPrefix(face, "Wingdings") && (n == 0xFE || n == 0x52):
		return "☑"
	case face == "Wingdings" && (n == 0x6F || n == 0x71 || n == 0xA8), face == "Wingdings 2" && n == 0xA3:
		return "□"
	case face == "Wingdings" && n == 0xFC:
		return "√"
	case face == "Symbol" && n == 0xB7, face == "Wingdings" && (n == 0x6C || n == 0x9F):
		return "·"
	}
	return "□"
}

// isRed tells the red of a head from the colour of a run.
func isRed(hex string) bool {
	n, err := strconv.ParseUint(hex, 16, 32)
	return err == nil && n>>16 > 0xA0 && n>>8&0xFF < 0x60 && n&0xFF < 0x60
}
