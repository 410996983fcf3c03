package layout

import (
	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// setter lays out one document.
type setter struct {
	doc     *gongwen.Document
	fonts   *font.Set
	opts    Options
	size3   float64 // points
	leading float64 // between the em boxes of successive lines
	pieces  []piece
}

func newSetter(doc *gongwen.Document, fonts *font.Set, opts Options) *setter {
	s := &setter{doc: doc, fonts: fonts, opts: opts, size3: size3Office}
	if doc.Profile == gongwen.Strict {
		s.size3 = size3Strict
	}
	s.leading = pitch - mm(s.size3)
	if s.opts.MarkSize == 0 {
		s.opts.MarkSize = 42
	}
	if s.opts.RedRule == 0 {
		s.opts.RedRule = 0.5
	}
	if s.opts.TitleCharacters <= 0 {
		s.opts.TitleCharacters = 20
	}
	if s.opts.AttachmentTitleSize == 0 {
		s.opts.AttachmentTitleSize = size2
	}
	if s.opts.LetterTitleBlank == 0 {
		s.opts.LetterTitleBlank = 2
	}
	if s.opts.SealsInRow == 0 {
		s.opts.SealsInRow = 3
	}
	return s
}

// piece is what is never split between pages: a line of text, a signature, a row of a table. Its marks are
// placed from the top of its first em box.
type piece struct {
	height float64 // of its em boxes and what is between them
	blank  float64 // blank lines before it, dropped at the top of a page
	runs   []Run
	rules  []Rule
	seals  []Seal
	kind   pieceKind
	above  float64 // how far a seal may reach up over the blank lines before it
	below  float64 // how far a seal reaches down below the em boxes
	repeat *piece  // the head of a table, set again when a page begins with this row
	first  bool    // begins a paragraph
	turned bool    // stands on a page of a horizontal table
	tight  float64 // the space to the piece before it where that is not the leading, as between rows of a table
}

type pieceKind int

const (
	plainPiece     pieceKind = iota
	bodyPiece                // a line of the body
	headingPiece             // a line of a heading of level 1 or 2, not left alone at the foot of a page
	signaturePiece           // wants lines of the body on its page
)

// pages lays out everything. bodyShown tells whether page 1 shows some of the body (7.3.3).
func (s *setter) pages() (pages []Page, bodyShown bool) {
	first, top := s.head()
	s.mainText()
	main := s.paginate(top, s.firstBottom())
	bodyShown = len(s.doc.Body) == 0 || main.shows(s.pieces)
	pages = main.draw(s.pieces, first)
	for i := range s.doc.Attachments {
		s.pieces = nil
		s.attachment(i)
		more := s.paginate(areaTop, areaBottom)
		pages = append(pages, more.draw(s.pieces, Page{})...)
		main = more
	}
	pages = s.imprint(pages, main.end(s.pieces))
	number(pages, s)
	return pages, bodyShown
}

// firstBottom is how far down the text of page 1 may reach: of a letter, to 7/8 of a 三号 character above the
// lower double line (10.1).
func (s *setter) firstBottom() float64 {
	if s.doc.Layout == gongwen.Letter {
		return letterRule - letterRuleHeight/2 - mm(s.size3)*7/8
	}
	return areaBottom
}

// plan says on which page and how high every piece stands.
type plan struct {
	page   []int
	top    []float64
	repeat []bool // the head of the table stands above the piece again
	last   int
}

func (s *setter) place(top, firstBottom float64, sp spacing) plan {
	n := len(s.pieces)
	p := plan{page: make([]int, n), top: make([]float64, n), repeat: make([]bool, n)}
	page, y, bottom, fresh := 0, top, firstBottom, true
	next := func() { page, y, bottom, fresh = page+1, areaTop, areaBottom, true }
	for i, pc := range s.pieces {
		if i > 0 && (sp.breaks[i] || pc.turned != s.pieces[i-1].turned) {
			next()
		}
		scale := 1.0
		if v, ok := sp.scale[page]; ok && (pc.kind == bodyPiece || pc.kind == headingPiece || v < 1) {
			scale = v
		}
		low := bottom
		if pc.turned {
			low = turnedBottom
		}
		at := y
		if !fresh {
			at += pc.blank * pitch * min(scale, 1)
			if pc.tight == 0 {
				at += s.leading * scale
			} else {
				at += pc.tight
			}
		}
		need := pc.height + pc.below
		for k := i + 1; k < len(s.pieces) && k <= i+3 && s.pieces[k-1].kind == headingPiece; k++ {
			need += s.leading*scale + s.pieces[k].height // a heading stays with what it heads
		}
		if at+need > low+slack && (!fresh || page == 0 && top > areaTop) { // a head of many organs may fill page 1
			next()
			at = y
		}
		if fresh && pc.turned {
			at = turnedTop
		}
		if fresh && pc.above > 0 && page > 0 {
			at += pc.above // a seal that cannot reach up over the edge of the text area
		}
		if fresh && pc.repeat != nil {
			p.repeat[i] = true
			at += pc.repeat.height
		}
		p.page[i], p.top[i] = page, at
		y, fresh = at+pc.height, false
	}
	p.last = page
	return p
}

func (p plan) shows(pieces []piece) bool {
	for i, pc := range pieces {
		if p.page[i] == 0 && (pc.kind == bodyPiece || pc.kind == headingPiece) {
			return true
		}
	}
	return false
}

// end gives the lower edge of the text on the last page, seals included.
func (p plan) end(pieces []piece) float64 {
	low := areaTop
	for i, pc := range pieces {
		if p.page[i] != p.last {
			continue
		}
		if pc.turned {
			return PageHeight // nothing more fits on a turned page
		}
		low = max(low, p.top[i]+pc.height+pc.below)
	}
	return low
}

// draw puts the marks of the pieces onto pages.
func (p plan) draw(pieces []piece, first Page) []Page {
	pages := make([]Page, p.last+1)
	pages[0] = first
	for i, pc := range pieces {
		pg := &pages[p.page[i]]
		if p.repeat[i] {
			pg.put(*pc.repeat, p.top[i]-pc.repeat.height, pc.turned)
		}
		pg.put(pc, p.top[i], pc.turned)
	}
	return pages
}

// put copies the marks of a piece to its place.
func (p *Page) put(pc piece, top float64, turned bool) {
	for _, r := range pc.runs {
		r.Y += top
		r.Turned = turned
		p.Runs = append(p.Runs, r)
	}
	for _, r := range pc.rules {
		r.Y1, r.Y2, r.Turned = r.Y1+top, r.Y2+top, turned
		p.Rules = append(p.Rules, r)
	}
	for _, seal := range pc.seals {
		seal.Y += top
		p.Seals = append(p.Seals, seal)
	}
}

// add appends a piece.
func (s *setter) add(p piece) { s.pieces = append(s.pieces, p) }

// lines appends the lines of a paragraph, with blank lines before the first.
func (s *setter) lines(lines []lineOf, x float64, st style, el Element, src Source, blank float64, kind pieceKind) {
	for i, l := range lines {
		p := piece{height: mm(st.size), runs: l.place(x, 0, st, el, src), kind: kind, first: i == 0}
		if i == 0 {
			p.blank = blank
		}
		s.add(p)
	}
}
