package layout

import "github.com/chengqi-oa/chengqi/gongwen/font"

// span is a stretch of text in one font.
type span struct {
	text string
	role font.Role
}

// box is one character with the width it takes on a line.
type box struct {
	char    rune
	role    font.Role
	font    *font.Font
	glyph   font.GID
	width   float64
	squeeze float64 // what can be taken from its blank half
	opening bool    // the blank half is the left one
	glued   bool    // no line begins with it
	rise    float64 // from the top of its em box down to its baseline, in em
}

// style is how a paragraph is set.
type style struct {
	size  float64 // points
	ratio float64 // width on the line of a character one em wide, in em
	rise  float64 // from the top of the em box down to the baseline, in em
	color Color
}

// style sets characters at their own width; the baseline is that of the role's font.
func (s *setter) style(role font.Role, size float64, color Color) style {
	f := s.fonts.Font(role)
	return style{size, 1, float64(f.Ascent()) / float64(f.UnitsPerEm()), color}
}

// body is 三号 on the cells of the text area.
func (s *setter) body() style {
	st := s.style(font.FangSong, s.size3, Black)
	st.ratio = cell / mm(s.size3)
	return st
}

func (s *setter) boxes(spans []span, st style) []box {
	var out []box
	em := mm(st.size) * st.ratio
	for _, sp := range spans {
		for _, r := range sp.text {
			f, g := s.fonts.Pick(latinRole(sp.role, r), r)
			b := box{char: r, role: sp.role, font: f, glyph: g, width: float64(f.Advance(g)) / float64(f.UnitsPerEm()) * em}
			// Letters stand on the baseline of the line, Chinese characters fill the em box, whatever font draws them.
			b.rise = st.rise
			if latinRole(sp.role, r) == sp.role {
				b.rise = float64(f.Ascent()) / float64(f.UnitsPerEm())
			}
			if b.width > 0.9*em {
				switch {
				case isOpening(r):
					b.opening, b.squeeze = true, em/2
				case isClosing(r):
					b.squeeze = em / 2
				}
			}
			out = append(out, b)
		}
	}
	return out
}

// latinRole: digits and Latin letters of the body are set in a roman face (practice; no font is prescribed).
func latinRole(role font.Role, r rune) font.Role {
	if (role == font.FangSong || role == font.Kai) && r < 0x250 && r != '·' && r != ' ' {
		return font.Roman
	}
	return role
}

func widthOf(boxes []box) float64 {
	w := 0.0
	for _, b := range boxes {
		w += b.width
	}
	return w
}

// lineOf is a line of boxes with the blank put between them.
type lineOf struct {
	boxes  []box
	from   int // number of the first box in its paragraph
	indent float64
	gap    float64 // added after every box that allows it, negative when squeezed
	last   bool
}

// place turns a line into runs whose left edge is x and whose em box begins at y.
func (l lineOf) place(x, y float64, st style, el Element, src Source) []Run {
	var runs []Run
	x += l.indent
	for i, b := range l.boxes {
		at := x
		width := b.width
		switch {
		case l.gap < 0 && b.squeeze > 0:
			width += l.gap * b.squeeze
			if b.opening {
				at += l.gap * b.squeeze
			}
		case l.gap > 0 && i+1 < len(l.boxes) && stretches(b, l.boxes[i+1]):
			width += l.gap
		}
		n := len(runs)
		if n == 0 || runs[n-1].Font != b.font || runs[n-1].Role != b.role {
			from := src
			from.From = src.From + l.from + i
			runs = append(runs, Run{Element: el, Source: from, Role: b.role, Font: b.font, Size: st.size, Color: st.color, Y: y + b.rise*mm(st.size)})
			n++
		}
		runs[n-1].Glyphs = append(runs[n-1].Glyphs, Glyph{b.glyph, b.char, at})
		x += width
	}
	return runs
}

// stretches reports whether blank may be put between two characters: not inside a number or a word.
func stretches(a, b box) bool {
	return !(isLatin(a.char) && isLatin(b.char)) && !(a.char == b.char && (a.char == '…' || a.char == '—'))
}

// justify fills or squeezes a line to a width.
func (l *lineOf) justify(width float64) {
	missing := width - l.indent - widthOf(l.boxes)
	if missing < 0 {
		room := 0.0
		for _, b := range l.boxes {
			room += b.squeeze
		}
		if room > 0 {
			l.gap = max(missing/room, -1) // the part of each blank half that is taken
		}
		return
	}
	if !l.last && missing > slack && missing < width/4 { // a line with more to fill stays ragged
		l.spread(width)
	}
}

// spread fills a line to a width by blank between its characters.
func (l *lineOf) spread(width float64) {
	gaps := 0
	for i := range len(l.boxes) - 1 {
		if stretches(l.boxes[i], l.boxes[i+1]) {
			gaps++
		}
	}
	if missing := width - l.indent - widthOf(l.boxes); gaps > 0 && missing > 0 {
		l.gap = missing / float64(gaps)
	}
}
