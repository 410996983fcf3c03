package lint

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// titleShape: lines that are all equal make a rectangle, a short one between longer ones an hourglass.
func titleShape(p *paper) {
	var widths []float64
	lines := p.spots(TextItem, Title)
	for _, s := range lines {
		widths = append(widths, s.W)
	}
	if len(widths) < 3 {
		return
	}
	const slack = cellWidth / 2
	equal, valley := true, false
	for i := 1; i < len(widths); i++ {
		equal = equal && closeTo(widths[i], widths[0], slack)
		if i+1 < len(widths) {
			valley = valley || widths[i] < widths[i-1]-slack && widths[i] < widths[i+1]-slack
		}
	}
	if equal || valley {
		p.onSpot(lines[0])
	}
}

func flushLeft(part Part) finder {
	return eachSpot(TextItem, part, func(p *paper, s spot) bool { return s.Size > 15 && !closeTo(s.X, areaLeft, 0.6) })
}

// firstPage counts the lines of an element on the first page.
func (p *paper) firstPage(part Part) int {
	n := 0
	for _, s := range p.spots(TextItem, part) {
		if s.sheet == 1 {
			n++
		}
	}
	return n
}

const manyLines = 8 // recipients that alone fill the lower half of a first page

func crowdedOut(p *paper) {
	if p.firstPage(Body) == 0 && p.firstPage(Recipients) >= manyLines {
		p.onPage(1, "", "")
	}
}

func firstPageBody(p *paper) {
	if len(p.sheets()) > 0 && p.firstPage(Body) == 0 && p.firstPage(Recipients) < manyLines && len(p.body) > 0 {
		p.onPage(1, "", "")
	}
}

func headingFonts(p *paper) {
	want := [...]string{"", "黑体", "楷体", "仿宋", "仿宋"}
	for _, s := range p.spots(TextItem, Body) {
		if s.Line == 0 && s.Level > 0 && s.Level < len(want) && !strings.Contains(s.Font, want[s.Level]) {
			p.onSpot(s)
			return
		}
	}
}

func attachmentOwnPage(p *paper) {
	main := map[int]bool{} // the pages of the text itself
	for _, s := range p.spots(TextItem, Body, Signature, Date, AttachmentNote) {
		main[s.sheet] = true
	}
	for _, a := range p.spots(TextItem, Attachment) {
		if main[a.sheet] {
			p.onSpot(a)
			return
		}
	}
}

func attachmentBeforeImprint(p *paper) {
	imprint := 0
	for _, s := range p.spots(TextItem, Printer, CopiesTo, PrintDate) {
		imprint = s.sheet
	}
	for _, a := range p.spots(TextItem, Attachment) {
		if imprint > 0 && a.sheet > imprint {
			p.onSpot(a)
			return
		}
	}
}

// attachmentThirdLine: Index 0 is the title line of an attachment, which stands on its page as line 3.
func attachmentThirdLine(p *paper) {
	for _, a := range p.spots(TextItem, Attachment) {
		if a.Level != TitleLevel || a.Line > 0 {
			continue
		}
		centre := a.X + a.W/2
		if !closeTo(a.Y, areaTop+2*cellHeight, cellHeight/2) || !closeTo(centre, areaLeft+areaWidth/2, 2) {
			p.onSpot(a)
		}
	}
}

func hangingNotes(p *paper) {
	hang := map[int]float64{}
	for _, s := range p.spots(TextItem, AttachmentNote) {
		if s.Line == 0 {
			hang[s.Index] = s.Hang
		} else if h := hang[s.Index]; h > 0 && !closeTo(s.X, h, 1) {
			p.onSpot(s)
			return
		}
	}
}

func sealMissing(p *paper) {
	signed := p.spots(TextItem, Signature)
	sealed := len(p.spots(SealItem))+len(p.spots(StampItem)) > 0
	switch p.doc.Layout {
	case gongwen.General, gongwen.Upward, gongwen.Letter:
		if len(signed) > 0 && !sealed && p.complete() {
			p.onSpot(signed[0])
		}
	}
}

func sealBlank(p *paper) {
	texts := p.spots(TextItem, Signature, Date)
	for _, seal := range p.spots(SealItem) {
		pressed := false
		for _, t := range texts {
			pressed = pressed || t.sheet == seal.sheet && t.overlaps(seal.Item)
		}
		if !pressed {
			p.onSpot(seal)
		}
	}
}

// sealTop looks at the first row of seals of each page.
func sealTop(p *paper) {
	highest := map[int]spot{}
	for _, s := range p.spots(SealItem) {
		if h, ok := highest[s.sheet]; !ok || s.Y < h.Y {
			highest[s.sheet] = s
		}
	}
	for sheet := range p.sheets() {
		s, ok := highest[sheet+1]
		if !ok {
			continue
		}
		if last, ok := p.lastBody(s.sheet); ok && s.Y-last.bottom() > cellHeight+0.5 {
			p.onSpot(s)
		}
	}
}

func sealsApart(p *paper) {
	seals := p.spots(SealItem)
	for i, a := range seals {
		if a.X < areaLeft-0.1 || a.right() > areaRight+0.1 {
			p.onSpot(a)
			return
		}
		for _, b := range seals[i+1:] {
			dx, dy := a.X+a.W/2-b.X-b.W/2, a.Y+a.H/2-b.Y-b.H/2
			if a.sheet == b.sheet && math.Hypot(dx, dy) <= (a.W+b.W)/2 {
				p.onSpot(b)
				return
			}
		}
	}
}

func sealWithBody(p *paper) {
	for _, s := range p.spots(SealItem) {
		if _, ok := p.lastBody(s.sheet); !ok {
			p.onSpot(s)
			return
		}
	}
}

// dateRight leaves alone the long names for which the standard gives no room.
func dateRight(p *paper) {
	seals := p.spots(SealItem)
	for _, d := range p.spots(TextItem, Date) {
		if len(seals) == 1 && !closeTo(d.right(), areaRight-4*cellWidth, 1) && p.longestSignature() < 14 {
			p.onSpot(d)
		}
	}
}

func (p *paper) longestSignature() int {
	n := 0
	for _, s := range p.doc.Signatures {
		n = max(n, utf8.RuneCountInString(s.Organ))
	}
	return n
}

// unsealedSignature: name two characters from the right, date two characters right of the name; a date
// longer than the name takes the two characters instead.
func unsealedSignature(p *paper) {
	names, dates := p.spots(TextItem, Signature), p.spots(TextItem, Date)
	if len(p.spots(SealItem))+len(p.spots(StampItem)) > 0 || len(names) != 1 || len(dates) != 1 || p.doc.Layout == gongwen.Minutes {
		return
	}
	n, d := names[0], dates[0]
	edge := areaRight - 2*cellWidth
	normal := closeTo(n.right(), edge, 1) && closeTo(d.X-n.X, 2*cellWidth, 1)
	long := closeTo(d.right(), edge, 1) && closeTo(d.X-n.X, 2*cellWidth, 1)
	if !normal && !long {
		p.onSpot(n)
	}
}

const (
	closing = "，。、；：！？”’）》〉〕】…"
	opening = "“‘（《〈〔【"
)

func lineEdges(p *paper) {
	for _, s := range p.spots(TextItem, Body, Title, Recipients, AttachmentNote) {
		first, _ := utf8.DecodeRuneInString(s.Text)
		last, _ := utf8.DecodeLastRuneInString(s.Text)
		if s.Line > 0 && strings.ContainsRune(closing, first) && first != '…' || strings.ContainsRune(opening, last) {
			p.onSpot(s)
		}
	}
}

// eachBreak makes a rule of a test of two successive lines of one paragraph.
func eachBreak(bad func(before, after string) bool) finder {
	return func(p *paper) {
		lines := p.spots(TextItem, Body, Title)
		for i := 1; i < len(lines); i++ {
			a, b := lines[i-1], lines[i]
			if a.Part == b.Part && a.Index == b.Index && b.Line == a.Line+1 && bad(a.Text, b.Text) {
				p.onSpot(b)
			}
		}
	}
}

func brokenMarks(p *paper) {
	eachBreak(func(a, b string) bool {
		return strings.HasSuffix(a, "…") && strings.HasPrefix(b, "…") || strings.HasSuffix(a, "—") && strings.HasPrefix(b, "—")
	})(p)
}

func brokenNumbers(p *paper) {
	eachBreak(func(a, b string) bool {
		if a == "" || b == "" || a[len(a)-1] < '0' || a[len(a)-1] > '9' {
			return false
		}
		first, _ := utf8.DecodeRuneInString(b)
		return strings.ContainsRune("0123456789.%年月日号〔〕", first)
	})(p)
}
