// Package pdf writes PDF files exactly: millimetres from the top left corner, text glyph by glyph in embedded
// subset fonts, lines, boxes, pictures. Files are PDF/A-2b (ISO 19005-2), so an archive takes them, and their
// text can be searched and copied. It knows nothing of official documents.
//
//	doc := pdf.New(pdf.Options{Title: "收文登记簿", Created: now})
//	page := doc.AddPage(210, 297)
//	fonts := font.Embedded()
//	draw.Text(page, 28, 45, fonts, font.FangSong, 16, "临溪县人民政府") // y is the baseline
//	page.Line(28, 60, 184, 60, 0.35)
//	page.Rect(28, 70, 156, 40, 0.25)
//	_, err := doc.WriteTo(w)
//
// Invariant: every character drawn carries its Unicode value, every font used is embedded, and the same calls
// give the same bytes.
package pdf

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"time"

	"github.com/chengqi-oa/chengqi/gongwen/draw"
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// Options tell what the file says about itself.
type Options struct {
	Title, Author, Subject, Keywords string
	Creator                          string    // the program; empty: 承启
	Created                          time.Time // zero: the file carries no time
}

// Doc 文件: a PDF being written.
type Doc struct {
	opts   Options
	pages  []*Page
	fonts  map[*font.Font]*face
	faces  []*face // in the order of first use, so that bytes repeat
	images []*draw.Image
}

// New starts a file.
func New(opts Options) *Doc {
	if opts.Creator == "" {
		opts.Creator = "承启"
	}
	return &Doc{opts: opts, fonts: map[*font.Font]*face{}}
}

// AddPage adds a page of a size in mm.
func (d *Doc) AddPage(width, height float64) *Page {
	p := &Page{doc: d, width: width, height: height}
	d.pages = append(d.pages, p)
	return p
}

// Page 页 is one page being drawn, in millimetres from its top left corner; what is drawn later lies over what came before.
type Page struct {
	doc           *Doc
	width, height float64
	content       []byte
	color         draw.Color
}

// SetColor sets the colour of what is drawn from here on.
func (p *Page) SetColor(c draw.Color) {
	if c == p.color {
		return
	}
	p.color = c
	for _, op := range []string{"rg", "RG"} {
		p.op(op, c.R, c.G, c.B)
	}
}

// Glyphs draws glyphs of one font with their baseline at y.
func (p *Page) Glyphs(y float64, f *font.Font, sizePt float64, glyphs []draw.Glyph) {
	if len(glyphs) == 0 {
		return
	}
	face := p.doc.face(f)
	em := sizePt * font.PointMM // mm
	p.content = fmt.Appendf(p.content, "BT /%s ", face.name)
	p.op("Tf", sizePt)
	p.op("Tm", 1, 0, 0, 1, pt(glyphs[0].X), pt(p.height-y))
	p.content = append(p.content, "[<"...)
	at := glyphs[0].X
	for _, g := range glyphs {
		// The pen moves by thousandths of the size; what is below one is carried on, not lost.
		if shift := (at - g.X) / em * 1000; shift > 0.5 || shift < -0.5 {
			p.content = append(p.content, '>')
			p.content = strconv.AppendFloat(p.content, shift, 'f', 1, 64)
			p.content = append(p.content, '<')
			at = g.X
		}
		p.content = fmt.Appendf(p.content, "%04X", face.cid(g))
		at += float64(f.Advance(g.ID)) / float64(f.UnitsPerEm()) * em
	}
	p.content = append(p.content, ">] TJ ET\n"...)
}

// Line draws a line of a width in mm.
func (p *Page) Line(x1, y1, x2, y2, width float64) {
	p.op("w", pt(width))
	p.op("m", pt(x1), pt(p.height-y1))
	p.op("l", pt(x2), pt(p.height-y2))
	p.content = append(p.content, "S\n"...)
}

// Rect draws the outline of a box whose top left corner is at x, y.
func (p *Page) Rect(x, y, w, h, width float64) {
	p.op("w", pt(width))
	p.op("re", pt(x), pt(p.height-y-h), pt(w), pt(h))
	p.content = append(p.content, "S\n"...)
}

// Fill fills a box with the colour.
func (p *Page) Fill(x, y, w, h float64) {
	p.op("re", pt(x), pt(p.height-y-h), pt(w), pt(h))
	p.content = append(p.content, "f\n"...)
}

// Circle draws a circle around cx, cy.
func (p *Page) Circle(cx, cy, r, width float64) {
	const k = 0.5522847498 // a quarter of a circle as one Bézier curve
	x, y := pt(cx), pt(p.height-cy)
	a, b := pt(r), pt(r)*k
	p.op("w", pt(width))
	p.op("m", x+a, y)
	p.op("c", x+a, y+b, x+b, y+a, x, y+a)
	p.op("c", x-b, y+a, x-a, y+b, x-a, y)
	p.op("c", x-a, y-b, x-b, y-a, x, y-a)
	p.op("c", x+b, y-a, x+a, y-b, x+a, y)
	p.content = append(p.content, "s\n"...)
}

// Path fills contours given in mm, y downwards: what an outline of a glyph becomes when it is drawn as a shape.
func (p *Page) Path(contours []font.Segment) {
	var last font.Point
	at := func(q font.Point) (x, y float64) { return pt(q.X), pt(p.height - q.Y) }
	for i, s := range contours {
		x0, y0 := at(s.P[0])
		x1, y1 := at(s.P[1])
		x2, y2 := at(s.P[2])
		switch s.Op {
		case 'M':
			if i > 0 {
				p.content = append(p.content, "h\n"...)
			}
			p.op("m", x0, y0)
			last = s.P[0]
		case 'L':
			p.op("l", x0, y0)
			last = s.P[0]
		case 'C':
			p.op("c", x0, y0, x1, y1, x2, y2)
			last = s.P[2]
		case 'Q': // raised to a cubic
			lx, ly := at(last)
			p.op("c", lx+(x0-lx)*2/3, ly+(y0-ly)*2/3, x1+(x0-x1)*2/3, y1+(y0-y1)*2/3, x1, y1)
			last = s.P[1]
		}
	}
	if len(contours) > 0 {
		p.content = append(p.content, "h f\n"...)
	}
}

// Turned draws with the page turned about the point x, y by an angle in degrees, against the clock.
func (p *Page) Turned(x, y, angle float64, draw func()) {
	px, py := pt(x), pt(p.height-y)
	sin, cos := math.Sincos(angle * math.Pi / 180)
	p.content = append(p.content, "q\n"...)
	p.op("cm", cos, sin, -sin, cos, px-px*cos+py*sin, py-px*sin-py*cos)
	color := p.color
	draw()
	p.content = append(p.content, "Q\n"...)
	p.color = color
}

// op appends an operator with its operands.
func (p *Page) op(name string, operands ...float64) {
	for _, v := range operands {
		p.content = appendNumber(p.content, v)
		p.content = append(p.content, ' ')
	}
	p.content = append(append(p.content, name...), '\n')
}

// appendNumber writes at most three decimals, a third of a micrometre.
func appendNumber(b []byte, v float64) []byte {
	b = strconv.AppendFloat(b, v, 'f', 3, 64)
	for b[len(b)-1] == '0' {
		b = b[:len(b)-1]
	}
	if b[len(b)-1] == '.' {
		b = b[:len(b)-1]
	}
	return b
}

func pt(mm float64) float64 { return mm / font.PointMM }

var (
	_ io.WriterTo = (*Doc)(nil)
	_ draw.Page   = (*Page)(nil)
)
