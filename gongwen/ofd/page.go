package ofd

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen/draw"
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// Page 页 is one page being drawn, in millimetres from its top left corner; what is drawn later lies over what came before.
type Page struct {
	doc           *Doc
	width, height float64
	id, layer     int
	color         draw.Color
	sin, cos      float64 // of the angle the page is turned by
	x, y          float64 // the point about which it is turned
	objects       strings.Builder
}

var _ draw.Page = (*Page)(nil)

func (p *Page) content() []byte {
	return []byte(fmt.Sprintf(declaration+`<ofd:Page %s><ofd:Area><ofd:PhysicalBox>0 0 %s %s</ofd:PhysicalBox></ofd:Area>`+
		`<ofd:Content><ofd:Layer ID="%d" Type="Body">%s</ofd:Layer></ofd:Content></ofd:Page>`,
		namespace, num(p.width), num(p.height), p.layer, p.objects.String()))
}

// box is the Boundary of an object: what it draws is measured from its top left corner.
type box struct{ x, y, w, h float64 }

// frame gives the attributes by which an object stands in its place. On a turned page the Boundary is that of the
// paper, and the CTM turns what is inside.
func (p *Page) frame(b box) string {
	if p.sin == 0 {
		return fmt.Sprintf(`ID="%d" Boundary="%s %s %s %s"`, p.doc.next(), num(b.x), num(b.y), num(b.w), num(b.h))
	}
	on, corner := p.onPaper(b)
	return fmt.Sprintf(`ID="%d" Boundary="%s %s %s %s" CTM="%s %s %s %s %s %s"`, p.doc.next(), num(on.x), num(on.y), num(on.w), num(on.h),
		num(p.cos), num(-p.sin), num(p.sin), num(p.cos), num(corner.X-on.x), num(corner.Y-on.y))
}

// onPaper gives the box of the paper that a box of the turned page needs, and where its top left corner comes to lie.
func (p *Page) onPaper(b box) (on box, corner font.Point) {
	at := func(x, y float64) font.Point {
		return font.Point{X: p.x + (x-p.x)*p.cos + (y-p.y)*p.sin, Y: p.y - (x-p.x)*p.sin + (y-p.y)*p.cos}
	}
	corner = at(b.x, b.y)
	return around(0, corner, at(b.x+b.w, b.y), at(b.x, b.y+b.h), at(b.x+b.w, b.y+b.h)), corner
}

// SetColor sets the colour of what is drawn from here on.
func (p *Page) SetColor(c draw.Color) { p.color = c }

// value writes the colour as GB/T 33190 does, in whole parts of 255.
func (p *Page) value() string {
	part := func(v float64) int { return int(math.Round(v * 255)) }
	return fmt.Sprintf("%d %d %d", part(p.color.R), part(p.color.G), part(p.color.B))
}

// Glyphs draws glyphs of one font with their baseline at y.
func (p *Page) Glyphs(y float64, f *font.Font, sizePt float64, glyphs []draw.Glyph) {
	glyphs = trimmed(glyphs)
	if len(glyphs) == 0 {
		return
	}
	face := p.doc.faceFor(f, glyphs)
	size := sizePt * font.PointMM
	unit := size / float64(f.UnitsPerEm())
	first, last := glyphs[0], glyphs[len(glyphs)-1]
	up, down := float64(f.Ascent())*unit, -float64(f.Descent())*unit
	b := box{first.X, y - up, last.X + float64(f.Advance(last.ID))*unit - first.X, up + down}
	fmt.Fprintf(&p.objects, `<ofd:TextObject %s Font="%d" Size="%s">`, p.frame(b), face.id, num(size))
	if p.color != draw.Black {
		fmt.Fprintf(&p.objects, `<ofd:FillColor Value="%s"/>`, p.value())
	}
	var text strings.Builder
	for _, g := range glyphs {
		text.WriteRune(g.Rune)
	}
	fmt.Fprintf(&p.objects, `<ofd:TextCode X="0" Y="%s"`, num(up))
	if len(glyphs) > 1 {
		fmt.Fprintf(&p.objects, ` DeltaX="%s"`, advances(glyphs))
	}
	fmt.Fprintf(&p.objects, `>%s</ofd:TextCode></ofd:TextObject>`, escape(text.String()))
}

// trimmed leaves out the blanks around a text, which a reader of XML may lose, and what XML cannot write.
func trimmed(glyphs []draw.Glyph) []draw.Glyph {
	out := make([]draw.Glyph, 0, len(glyphs))
	for _, g := range glyphs {
		switch {
		case g.Rune == ' ' && len(out) == 0:
		case g.Rune < ' ', g.Rune == 0xFFFE, g.Rune == 0xFFFF, g.Rune == '\uFFFD':
		default:
			out = append(out, g)
		}
	}
	for len(out) > 0 && out[len(out)-1].Rune == ' ' {
		out = out[:len(out)-1]
	}
	return out
}

// advances gives the n−1 distances between n characters; equal ones in a row in the short form g count value. They
// are taken between rounded places, so that no error adds up along the line.
func advances(glyphs []draw.Glyph) string {
	var parts []string
	count, value := 0, ""
	flush := func() {
		switch {
		case count > 2:
			parts = append(parts, "g", strconv.Itoa(count), value)
		default:
			for range count {
				parts = append(parts, value)
			}
		}
	}
	place := func(i int) float64 { return math.Round((glyphs[i].X - glyphs[0].X) * 1000) }
	for i := 1; i < len(glyphs); i++ {
		v := num((place(i) - place(i-1)) / 1000)
		if v != value {
			flush()
			count, value = 0, v
		}
		count++
	}
	flush()
	return strings.Join(parts, " ")
}

// shape adds a path inside a box.
func (p *Page) shape(b box, paint, data string) {
	name := "StrokeColor"
	if strings.Contains(paint, "Fill") {
		name = "FillColor"
	}
	fmt.Fprintf(&p.objects, `<ofd:PathObject %s %s><ofd:%s Value="%s"/><ofd:AbbreviatedData>%s</ofd:AbbreviatedData></ofd:PathObject>`,
		p.frame(b), paint, name, p.value(), data)
}

func stroke(width float64) string { return fmt.Sprintf(`LineWidth="%s"`, num(width)) }

const fill = `Stroke="false" Fill="true"`

// Line draws a line of a width.
func (p *Page) Line(x1, y1, x2, y2, width float64) {
	b := around(width/2, font.Point{X: x1, Y: y1}, font.Point{X: x2, Y: y2})
	p.shape(b, stroke(width), fmt.Sprintf("M %s %s L %s %s", num(x1-b.x), num(y1-b.y), num(x2-b.x), num(y2-b.y)))
}

// Rect draws the outline of a box.
func (p *Page) Rect(x, y, w, h, width float64) {
	b := around(width/2, font.Point{X: x, Y: y}, font.Point{X: x + w, Y: y + h})
	p.shape(b, stroke(width), rectangle(width/2, w, h))
}

// Fill fills a box with the colour.
func (p *Page) Fill(x, y, w, h float64) { p.shape(box{x, y, w, h}, fill, rectangle(0, w, h)) }

func rectangle(at, w, h float64) string {
	return fmt.Sprintf("M %s %s L %s %s L %s %s L %s %s C", num(at), num(at), num(at+w), num(at), num(at+w), num(at+h), num(at), num(at+h))
}

// Circle draws a circle around cx, cy.
func (p *Page) Circle(cx, cy, r, width float64) {
	b := around(r+width/2, font.Point{X: cx, Y: cy})
	m, radius := r+width/2, num(r)
	arc := fmt.Sprintf("A %s %s 0 0 1", radius, radius)
	p.shape(b, stroke(width), fmt.Sprintf("M %s %s %s %s %s %s %s %s C", num(m-r), num(m), arc, num(m+r), num(m), arc, num(m-r), num(m)))
}

// Path fills contours given in mm.
func (p *Page) Path(contours []font.Segment) {
	if len(contours) == 0 {
		return
	}
	var points []font.Point
	for _, s := range contours {
		points = append(points, s.Points()...)
	}
	b := around(0, points...)
	var data strings.Builder
	for i, s := range contours {
		op := s.Op
		switch op {
		case 'M':
			if i > 0 {
				data.WriteString("C ")
			}
		case 'C':
			op = 'B' // a cubic; C closes here
		}
		data.WriteByte(op)
		for _, q := range s.Points() {
			fmt.Fprintf(&data, " %s %s", num(q.X-b.x), num(q.Y-b.y))
		}
		data.WriteByte(' ')
	}
	p.shape(b, fill, data.String()+"C")
}

// Image draws a picture into a box.
func (p *Page) Image(x, y, w, h float64, img *draw.Image) {
	b, ctm := box{x, y, w, h}, fmt.Sprintf("%s 0 0 %s 0 0", num(w), num(h))
	if p.sin != 0 {
		on, corner := p.onPaper(b)
		b, ctm = on, fmt.Sprintf("%s %s %s %s %s %s", num(w*p.cos), num(-w*p.sin), num(h*p.sin), num(h*p.cos), num(corner.X-on.x), num(corner.Y-on.y))
	}
	fmt.Fprintf(&p.objects, `<ofd:ImageObject ID="%d" Boundary="%s %s %s %s" CTM="%s" ResourceID="%d"/>`,
		p.doc.next(), num(b.x), num(b.y), num(b.w), num(b.h), ctm, p.doc.picture(img).id)
}

// Turned draws with the page turned about the point x, y by an angle in degrees, against the clock.
func (p *Page) Turned(x, y, angle float64, draw func()) {
	sin, cos, px, py, color := p.sin, p.cos, p.x, p.y, p.color
	p.sin, p.cos = math.Sincos(angle * math.Pi / 180)
	p.x, p.y = x, y
	draw()
	p.sin, p.cos, p.x, p.y, p.color = sin, cos, px, py, color
}

// around gives the box of points with a margin.
func around(margin float64, points ...font.Point) box {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, q := range points {
		x0, x1 = min(x0, q.X), max(x1, q.X)
		y0, y1 = min(y0, q.Y), max(y1, q.Y)
	}
	return box{x0 - margin, y0 - margin, x1 - x0 + 2*margin, y1 - y0 + 2*margin}
}

// num writes at most four decimals.
func num(v float64) string {
	s := strconv.FormatFloat(v, 'f', 4, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" || s == "" {
		return "0"
	}
	return s
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // into memory: cannot fail
	return b.String()
}
