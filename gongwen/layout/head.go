package layout

import (
	"math"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// Where the ink of the mark begins (7.2.4, 10.1–10.3).
const (
	markTop       = areaTop + 35
	markTopOrder  = areaTop + 20
	markTopLetter = 30.0
	smallestMark  = 26.0 // points; a longer name takes two lines
	tallestMark   = 80.0 // the names of many organs leave room for the body on page 1
	markStep      = 1.25 // from name to name, in em
	redLineBelow  = 4.0  // the red line below the number, or the upper double line below the mark
	letterLeft    = 20.0
	letterRight   = 190.0
	letterRule    = 277.0 // middle of the lower double line
	thickRule     = 0.8   // practice: 2¼ pt and ¾ pt with 1 pt between them
	thinRule      = 0.25
	ruleGap       = 0.35

	letterRuleHeight = thickRule + ruleGap + thinRule
)

// head sets 版头 on page 1 and gives the top of the first line below it.
func (s *setter) head() (Page, float64) {
	p := &Page{}
	mark := s.doc.MarkText()
	if len(mark) == 0 && s.doc.Number == "" {
		s.corner(p, areaTop)
		return *p, areaTop
	}
	switch s.doc.Layout {
	case gongwen.Letter:
		return *p, s.letterHead(p, mark)
	case gongwen.Order:
		s.corner(p, areaTop)
		y := s.mark(p, mark, markTopOrder) + 2*pitch
		if s.doc.Number != "" {
			s.centre(p, s.doc.Number, y, Number)
			y += mm(s.size3) + s.leading + 2*pitch
		}
		return *p, y
	}
	s.corner(p, areaTop)
	y := s.mark(p, mark, markTop) + 2*pitch
	low := y - 2*pitch
	switch {
	case s.doc.Layout == gongwen.Upward:
		low = s.signers(p, y)
	case s.doc.Number != "":
		low = inkBottom(s.centre(p, s.doc.Number, y, Number))
		y += pitch
	}
	if s.datedHead() { // minutes: the organ left, the date right above the line (10.3 leaves it to local practice)
		row := s.text(strings.Join(s.doc.Issuers, "　"), font.FangSong, areaLeft+cell, y, Signature)
		row = append(row, s.text(s.doc.Date, font.FangSong, areaRight-cell-s.width(s.doc.Date), y, Date)...)
		p.Runs = append(p.Runs, row...)
		low = inkBottom(row)
	}
	line := low + redLineBelow + s.opts.RedRule/2
	p.Rules = append(p.Rules, Rule{Element: RedLine, X1: areaLeft, Y1: line, X2: areaRight, Y2: line, Width: s.opts.RedRule, Color: Red})
	return *p, line + 2*pitch
}

// datedHead reports minutes that carry organ and date in their head instead of a signature.
func (s *setter) datedHead() bool {
	return s.doc.Layout == gongwen.Minutes && s.doc.Date != "" && len(s.doc.Signatures) == 0
}

// corner sets 份号、密级和保密期限、紧急程度 one below the other, flush left, from the line at top on (7.2.1–7.2.3). The
// secrecy level keeps the second line also without a copy number, and 工作秘密 stands where a level would.
func (s *setter) corner(p *Page, top float64) (lines int) {
	d := s.doc
	row := 0
	put := func(text string, role font.Role, el Element) {
		if text != "" {
			p.Runs = append(p.Runs, s.text(text, role, areaLeft, top+float64(row)*pitch, el)...)
			row++
		}
	}
	put(d.CopyNumber, font.FangSong, CopyNumber)
	if (d.WorkSecret || !d.Secrecy.IsZero()) && row == 0 && d.Layout != gongwen.Letter {
		row = 1
	}
	secrecy := d.Secrecy
	secrecy.Level = s.spaced(secrecy.Level)
	put(secrecy.String(), font.Hei, Secrecy)
	if d.WorkSecret {
		put(gongwen.WorkSecretMark, font.Hei, WorkSecret)
	}
	put(s.spaced(d.Urgency), font.Hei, Urgency)
	return row
}

// spaced opens a word of two characters when the office wants it so.
func (s *setter) spaced(word string) string {
	if r := []rune(word); s.opts.SpacedWords && len(r) == 2 {
		return string(r[0]) + "　" + string(r[1])
	}
	return word
}

// centre sets one line of 三号仿宋 in the middle.
func (s *setter) centre(p *Page, text string, y float64, el Element) []Run {
	runs := s.text(text, font.FangSong, areaLeft+(areaWidth-s.width(text))/2, y, el)
	p.Runs = append(p.Runs, runs...)
	return runs
}

// mark sets 发文机关标志 in red so that its ink begins at top, and gives where it ends. The size is the largest
// that fits the width; of several organs the names stand spread to one width, 文件 beside their middle.
func (s *setter) mark(p *Page, lines []string, top float64) float64 {
	if len(lines) == 0 {
		return top
	}
	suffix := ""
	joint := len(lines) > 1 && (s.doc.Layout == gongwen.General || s.doc.Layout == gongwen.Upward)
	if joint {
		suffix = "文件"
		for i, l := range lines {
			lines[i] = strings.TrimSuffix(l, suffix)
		}
	}
	size := s.opts.MarkSize
	width := func() float64 {
		w := 0.0
		for _, l := range lines {
			w = max(w, s.fonts.Width(font.Title, l, size))
		}
		if suffix != "" {
			w += s.fonts.Width(font.Title, suffix, size) + mm(size)/2
		}
		return w
	}
	if joint && len(lines) > 2 {
		size = min(size, 36, tallestMark/(markStep*float64(len(lines)))/font.PointMM)
	}
	for size > smallestMark && width() > areaWidth {
		size--
	}
	if width() > areaWidth && len(lines) == 1 {
		lines = s.halves(lines[0])
		for size = s.opts.MarkSize; size > 12 && width() > areaWidth; {
			size--
		}
	}
	for size > 12 && width() > areaWidth {
		size--
	}
	return s.setMark(p, lines, suffix, size, width(), top)
}

func (s *setter) setMark(p *Page, lines []string, suffix string, size, width, top float64) float64 {
	st := s.style(font.Title, size, Red)
	left := areaLeft + (areaWidth-width)/2
	names := 0.0
	for _, l := range lines {
		names = max(names, s.fonts.Width(font.Title, l, size))
	}
	var runs []Run
	for i, text := range lines {
		l := lineOf{boxes: s.boxes([]span{{text, font.Title}}, st)}
		if suffix != "" {
			l.spread(names)
		} else {
			l.indent = (names - widthOf(l.boxes)) / 2
		}
		runs = append(runs, l.place(left, float64(i)*mm(size)*markStep, st, Mark, Source{Block: -1})...)
	}
	if suffix != "" {
		middle := float64(len(lines)-1) * mm(size) * markStep / 2
		l := lineOf{boxes: s.boxes([]span{{suffix, font.Title}}, st)}
		runs = append(runs, l.place(left+names+mm(size)/2, middle, st, Mark, Source{Block: -1})...)
	}
	shift := top - inkTop(runs)
	if s.opts.MarkByBox {
		shift = top
	}
	for i := range runs {
		runs[i].Y += shift
	}
	p.Runs = append(p.Runs, runs...)
	return inkBottom(runs)
}

// halves breaks a very long name in two, between words.
func (s *setter) halves(name string) []string {
	runes := []rune(name)
	borders := titleBorders(runes)
	best, cost := (len(runes)+1)/2, never
	for i := 2; i < len(runes)-2; i++ {
		off := math.Abs(float64(i) - float64(len(runes))/2)
		if c := borders[i] + off; c < cost {
			best, cost = i, c
		}
	}
	return []string{string(runes[:best]), string(runes[best:])}
}

// signers sets the line of an upward document: the number one character from the left, the signers one from
// the right, two names a line, the number beside the last (7.2.5, 7.2.6). It gives the lower edge of the ink.
func (s *setter) signers(p *Page, y float64) float64 {
	d := s.doc
	st := s.body()
	widest := 0.0
	for _, name := range d.Signers {
		widest = max(widest, widthOf(s.boxes([]span{{name, font.Kai}}, st)))
	}
	perLine := min(len(d.Signers), 2)
	label := s.width("签发人：")
	left := areaRight - cell - widest*float64(perLine) - cell*float64(max(perLine-1, 0))
	var runs []Run
	if len(d.Signers) > 0 {
		runs = s.text("签发人：", font.FangSong, left-label, y, Signers)
	}
	for i, name := range d.Signers {
		x := left + float64(i%2)*(widest+cell)
		runs = append(runs, s.text(name, font.Kai, x, y+float64(i/2)*pitch, Signers)...)
	}
	last := y + float64(max(len(d.Signers)-1, 0)/2)*pitch
	number := s.text(d.Number, font.FangSong, areaLeft+cell, last, Number)
	p.Runs = append(append(p.Runs, runs...), number...)
	if len(number) == 0 {
		number = runs
	}
	if len(number) == 0 {
		return last + mm(s.size3)
	}
	return inkBottom(number)
}

// letterHead sets the head of a letter (10.1): the mark, the double line 4 mm below it, under that flush left what
// stands in the corner and flush right the number, and at the foot of the page the second double line.
func (s *setter) letterHead(p *Page, mark []string) float64 {
	y := s.mark(p, mark, markTopLetter) + redLineBelow
	rule := func(middle, width float64) {
		p.Rules = append(p.Rules, Rule{Element: RedLine, X1: letterLeft, Y1: middle, X2: letterRight, Y2: middle, Width: width, Color: Red})
	}
	rule(y+thickRule/2, thickRule)
	rule(y+thickRule+ruleGap+thinRule/2, thinRule)
	foot := letterRule - letterRuleHeight/2
	rule(foot+thinRule/2, thinRule)
	rule(foot+thinRule+ruleGap+thickRule/2, thickRule)
	y += letterRuleHeight + mm(s.size3)*7/8
	rows := s.corner(p, y)
	if s.doc.Number != "" {
		p.Runs = append(p.Runs, s.text(s.doc.Number, font.FangSong, areaRight-s.width(s.doc.Number), y, Number)...)
		rows = max(rows, 1)
	}
	return y + float64(rows+s.opts.LetterTitleBlank)*pitch
}

// inkTop and inkBottom give the edges of what is really printed of runs, which the standard measures from.
func inkTop(runs []Run) float64 {
	top := PageHeight
	eachInk(runs, func(r Run, b font.Box, unit float64) { top = min(top, r.Y-b.Y1*unit) })
	return top
}

func inkBottom(runs []Run) float64 {
	bottom := 0.0
	eachInk(runs, func(r Run, b font.Box, unit float64) { bottom = max(bottom, r.Y-b.Y0*unit) })
	return bottom
}

func eachInk(runs []Run, visit func(r Run, b font.Box, unit float64)) {
	for _, r := range runs {
		for _, g := range r.Glyphs {
			if b, ok := r.Font.Ink(g.ID); ok {
				visit(r, b, mm(r.Size)/float64(r.Font.UnitsPerEm()))
			}
		}
	}
}
