package layout

import (
	"slices"
	"strconv"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// Rules of 版记 (7.4.1) and the place of the page number (7.5).
const (
	imprintThick  = 0.35
	imprintThin   = 0.25
	numberBelow   = 7.0
	imprintMargin = 1.5 // least blank between the text and 版记
)

// entry is one element of 版记: a list with a label, or organ and date at the two ends.
type entry struct {
	element     Element
	label, text string
	right       string
	ruled       bool // a thin line above it
}

// imprint sets 版记 at the foot of the last page, its last line on the lower edge of the text area (7.4). A
// letter has neither its lines nor 印发 (10.1).
func (s *setter) imprint(pages []Page, end float64) []Page {
	entries := s.imprintEntries()
	if len(entries) == 0 {
		return pages
	}
	letter := s.doc.Layout == gongwen.Letter
	block := s.imprintBlock(entries, letter)
	if end > s.imprintTop() {
		pages = append(pages, Page{})
	}
	if s.opts.ImprintEven && len(pages)%2 == 1 && !letter {
		pages = append(pages, Page{})
	}
	last := &pages[len(pages)-1]
	for _, r := range block.runs {
		r.Y += areaBottom - block.height
		last.Runs = append(last.Runs, r)
	}
	for _, r := range block.rules {
		r.Y1, r.Y2 = r.Y1+areaBottom-block.height, r.Y2+areaBottom-block.height
		last.Rules = append(last.Rules, r)
	}
	return pages
}

// imprintTop gives how far down the text of the last page may reach.
func (s *setter) imprintTop() float64 {
	entries := s.imprintEntries()
	if len(entries) == 0 {
		return areaBottom
	}
	return areaBottom - s.imprintBlock(entries, s.doc.Layout == gongwen.Letter).height - imprintMargin
}

func (s *setter) imprintEntries() []entry {
	d := s.doc
	var out []entry
	if d.RecipientsLast && d.Recipients != "" {
		out = append(out, entry{element: Recipients, label: "主送：", text: d.Recipients + "。"})
	}
	if d.CopiesTo != "" {
		out = append(out, entry{element: CopiesTo, label: "抄送：", text: d.CopiesTo + "。"})
	}
	if d.Layout != gongwen.Letter && (d.Printer != "" || d.PrintDate != "") {
		date := d.PrintDate
		if date != "" {
			date += "印发"
		}
		out = append(out, entry{element: Printing, text: d.Printer, right: date, ruled: len(out) > 0})
	}
	return out
}

// imprintBlock sets the elements one below the other; its own character 四号 counts as «一字».
func (s *setter) imprintBlock(entries []entry, letter bool) piece {
	st := s.style(font.FangSong, size4, Black)
	em := mm(size4)
	step := em + s.leading*0.8
	pad := s.leading * 0.4
	var p piece
	rule := func(y, width float64) {
		if !letter {
			p.rules = append(p.rules, Rule{Element: ImprintLine, X1: areaLeft, Y1: y, X2: areaRight, Y2: y, Width: width})
		}
	}
	y := 0.0
	rule(y, imprintThick)
	for _, e := range entries {
		if e.ruled {
			rule(y, imprintThin)
		}
		label := s.boxes([]span{{e.label, font.FangSong}}, st)
		hang := widthOf(label)
		boxes := slices.Concat(label, s.boxes([]span{{e.text, font.FangSong}}, st))
		for _, l := range breakLines(boxes, areaWidth-2*em, 0, hang) {
			p.runs = append(p.runs, l.place(areaLeft+em, y+pad, st, e.element, Source{Block: -1})...)
			y += step
		}
		if e.right != "" {
			right := lineOf{boxes: s.boxes([]span{{e.right, font.FangSong}}, st)}
			x := areaRight - em - widthOf(right.boxes)
			p.runs = append(p.runs, right.place(x, y-step+pad, st, e.element, Source{Block: -1})...)
		}
	}
	rule(y, imprintThick)
	p.height = y
	return p
}

// number puts the page numbers: 四号 digits between two dashes, the dashes 7 mm below the text area, one
// character from the outer edge; none on page 1 of a letter, nor on a page that holds 版记 alone, nor on the
// blank one before it (7.5, 10.1).
func number(pages []Page, s *setter) {
	for i := range pages {
		p := &pages[i]
		p.Number = i + 1
		p.Numbered = hasText(*p) && (i > 0 || s.doc.Layout != gongwen.Letter)
		if !p.Numbered {
			continue
		}
		st := s.style(font.Song, size4, Black)
		text := "— " + strconv.Itoa(p.Number) + " —"
		l := lineOf{boxes: s.boxes([]span{{text, font.Song}}, st)}
		x := areaLeft + mm(size4)
		if p.Number%2 == 1 {
			x = areaRight - mm(size4) - widthOf(l.boxes)
		}
		runs := l.place(x, 0, st, PageNumber, Source{Block: -1})
		dash := runs[0]
		dash.Glyphs = dash.Glyphs[:1]
		shift := areaBottom + numberBelow - inkTop([]Run{dash})
		for k := range runs {
			runs[k].Y += shift
		}
		p.Runs = append(p.Runs, runs...)
	}
}

// hasText reports a page with more than 版记 on it.
func hasText(p Page) bool {
	for _, r := range p.Runs {
		switch r.Element {
		case CopiesTo, Printing:
		case Recipients:
			if r.Size != size4 {
				return true
			}
		default:
			return true
		}
	}
	return len(p.Seals) > 0
}
