// Package svg draws pages as SVG pictures for the screen. Glyphs are outlines, so a page looks the same on every
// machine, and the same as the PDF drawn by the same calls. It knows nothing of official documents.
//
//	page := svg.NewPage(210, 297, "第1页")
//	draw.Text(page, 28, 45, fonts, font.FangSong, 16, "临溪县人民政府")
//	picture := page.String()
//
// Invariant: every outline stands once in a picture, under an id made of its typeface and number, so that several
// pictures in one document of the browser never take each other's glyphs for their own.
package svg

import (
	"encoding/base64"
	"fmt"
	"hash/crc32"
	"html"
	"math"
	"strconv"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen/draw"
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// Page 页 is one page being drawn, in millimetres from its top left corner; what is drawn later lies over what came before.
type Page struct {
	width, height float64
	label         string
	color         string
	tag           string
	known         map[outlined]string
	defs, body    strings.Builder
}

type outlined struct {
	font  *font.Font
	glyph font.GID
}

var _ draw.Page = (*Page)(nil)

// NewPage begins a page of a size in mm with a name for readers that speak.
func NewPage(width, height float64, label string) *Page {
	return &Page{width: width, height: height, label: label, color: css(draw.Black), known: map[outlined]string{}}
}

// Tag gives what is drawn from here on attributes, as name and value by turns; without any, none.
func (p *Page) Tag(attributes ...string) {
	var b strings.Builder
	for i := 0; i+1 < len(attributes); i += 2 {
		fmt.Fprintf(&b, ` %s="%s"`, attributes[i], html.EscapeString(attributes[i+1]))
	}
	p.tag = b.String()
}

// String gives the picture.
func (p *Page) String() string {
	w, h := short(p.width), short(p.height)
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%smm" height="%smm" role="img" aria-label="%s">`+
		`<defs>%s</defs><rect width="%s" height="%s" fill="#fff"/>%s</svg>`,
		w, h, w, h, html.EscapeString(p.label), p.defs.String(), w, h, p.body.String())
}

// SetColor sets the colour of what is drawn from here on.
func (p *Page) SetColor(c draw.Color) { p.color = css(c) }

// Glyphs draws glyphs of one font with their baseline at y.
func (p *Page) Glyphs(y float64, f *font.Font, sizePt float64, glyphs []draw.Glyph) {
	if len(glyphs) == 0 {
		return
	}
	unit := sizePt * font.PointMM / float64(f.UnitsPerEm())
	var text strings.Builder
	for _, g := range glyphs {
		text.WriteRune(g.Rune)
	}
	fmt.Fprintf(&p.body, `<g%s aria-label="%s" fill="%s" transform="matrix(%s 0 0 %s 0 %s)">`,
		p.tag, html.EscapeString(text.String()), p.color, fine(unit), fine(-unit), num(y))
	for _, g := range glyphs {
		if id := p.glyph(outlined{f, g.ID}); id != "" {
			fmt.Fprintf(&p.body, `<use href="#%s" x="%s"/>`, id, strconv.FormatFloat(g.X/unit, 'f', 0, 64))
		}
	}
	p.body.WriteString(`</g>`)
}

// glyph defines an outline once a page and gives its id; a blank glyph has none.
func (p *Page) glyph(o outlined) string {
	if id, ok := p.known[o]; ok {
		return id
	}
	id := ""
	if path := pathData(o.font.Outline(o.glyph), 0); path != "" {
		face := crc32.ChecksumIEEE([]byte(o.font.Name()))
		id = fmt.Sprintf("g%s-%d", strconv.FormatUint(uint64(face), 36), o.glyph)
		fmt.Fprintf(&p.defs, `<path id="%s" d="%s"/>`, id, path)
	}
	p.known[o] = id
	return id
}

// Line draws a line of a width.
func (p *Page) Line(x1, y1, x2, y2, width float64) {
	fmt.Fprintf(&p.body, `<line%s x1="%s" y1="%s" x2="%s" y2="%s" stroke="%s" stroke-width="%s"/>`,
		p.tag, num(x1), num(y1), num(x2), num(y2), p.color, num(width))
}

// Rect draws the outline of a box.
func (p *Page) Rect(x, y, w, h, width float64) {
	fmt.Fprintf(&p.body, `<rect%s x="%s" y="%s" width="%s" height="%s" fill="none" stroke="%s" stroke-width="%s"/>`,
		p.tag, num(x), num(y), num(w), num(h), p.color, num(width))
}

// Fill fills a box with the colour.
func (p *Page) Fill(x, y, w, h float64) {
	fmt.Fprintf(&p.body, `<rect%s x="%s" y="%s" width="%s" height="%s" fill="%s"/>`, p.tag, num(x), num(y), num(w), num(h), p.color)
}

// Circle draws a circle around cx, cy.
func (p *Page) Circle(cx, cy, r, width float64) {
	fmt.Fprintf(&p.body, `<circle%s cx="%s" cy="%s" r="%s" fill="none" stroke="%s" stroke-width="%s"/>`,
		p.tag, num(cx), num(cy), num(r), p.color, num(width))
}

// Path fills contours given in mm.
func (p *Page) Path(contours []font.Segment) {
	fmt.Fprintf(&p.body, `<path%s fill="%s" d="%s"/>`, p.tag, p.color, pathData(contours, 3))
}

// Image draws a picture into a box.
func (p *Page) Image(x, y, w, h float64, img *draw.Image) {
	fmt.Fprintf(&p.body, `<image%s x="%s" y="%s" width="%s" height="%s" preserveAspectRatio="none" href="data:image/%s;base64,%s"/>`,
		p.tag, num(x), num(y), num(w), num(h), img.Format, base64.StdEncoding.EncodeToString(img.Data))
}

// Turned draws with the page turned about the point x, y by an angle in degrees, against the clock.
func (p *Page) Turned(x, y, angle float64, draw func()) {
	sin, cos := math.Sincos(angle * math.Pi / 180)
	// (X, Y) goes to (x + (X-x)cos + (Y-y)sin, y - (X-x)sin + (Y-y)cos).
	fmt.Fprintf(&p.body, `<g transform="matrix(%s %s %s %s %s %s)">`, ratio(cos), ratio(-sin), ratio(sin), ratio(cos),
		num(x-x*cos-y*sin), num(y+x*sin-y*cos))
	color := p.color
	draw()
	p.color = color
	p.body.WriteString(`</g>`)
}

func pathData(contours []font.Segment, decimals int) string {
	var b []byte
	for _, s := range contours {
		n := 1
		switch s.Op {
		case 'Q':
			n = 2
		case 'C':
			n = 3
		case 'M':
			if len(b) > 0 {
				b = append(b, 'Z')
			}
		}
		b = append(b, s.Op)
		for i, q := range s.P[:n] {
			if i > 0 {
				b = append(b, ' ')
			}
			b = strconv.AppendFloat(b, q.X, 'f', decimals, 64)
			b = append(b, ' ')
			b = strconv.AppendFloat(b, q.Y, 'f', decimals, 64)
		}
	}
	if len(b) > 0 {
		b = append(b, 'Z')
	}
	return string(b)
}

func css(c draw.Color) string {
	if c == draw.Black {
		return "#000"
	}
	return fmt.Sprintf("#%02x%02x%02x", byte(c.R*255), byte(c.G*255), byte(c.B*255))
}

func num(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }

// ratio writes a part of a turn; a quarter is whole.
func ratio(v float64) string { return short(math.Round(v*1e6)/1e6 + 0) }

func fine(v float64) string { return strconv.FormatFloat(v, 'f', 7, 64) }

func short(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
