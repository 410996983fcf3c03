package render

import (
	"encoding/base64"
	"fmt"
	"html"
	"net/http"
	"strconv"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
)

// SVG lays a document out and draws every page as an SVG picture. Glyphs are outlines, so it looks the same
// everywhere; each run carries data-element, data-attachment, data-block and data-from, so that a page can point
// at the place of a finding, and its text for readers that speak.
func SVG(doc *gongwen.Document, opts Options) ([]string, error) {
	return PagesSVG(layout.Lay(doc, opts.fonts(), opts.Layout), opts), nil
}

// PagesSVG draws pages already laid out.
func PagesSVG(pages []layout.Page, opts Options) []string {
	out := make([]string, len(pages))
	for i, p := range pages {
		d := drawing{page: p, ids: map[outlined]string{}}
		out[i] = d.draw(opts.fonts())
	}
	return out
}

type outlined struct {
	font  *font.Font
	glyph font.GID
}

type drawing struct {
	page layout.Page
	ids  map[outlined]string
	defs strings.Builder
	body strings.Builder
}

func (d *drawing) draw(fonts *font.Set) string {
	for _, s := range d.page.Seals {
		d.seal(s, fonts)
	}
	for _, turned := range []bool{false, true} {
		if turned {
			d.body.WriteString(`<g transform="matrix(0 -1 1 0 0 297)">`)
		}
		for _, r := range d.page.Rules {
			if r.Turned == turned {
				fmt.Fprintf(&d.body, `<line x1="%s" y1="%s" x2="%s" y2="%s" stroke="%s" stroke-width="%s" data-element="%s"/>`,
					num(r.X1), num(r.Y1), num(r.X2), num(r.Y2), css(r.Color), num(r.Width), r.Element)
			}
		}
		for _, r := range d.page.Runs {
			if r.Turned == turned {
				d.run(r)
			}
		}
		if turned {
			d.body.WriteString(`</g>`)
		}
	}
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297" width="210mm" height="297mm" role="img" aria-label="第%d页">`+
		`<defs>%s</defs><rect width="210" height="297" fill="#fff"/>%s</svg>`, d.page.Number, d.defs.String(), d.body.String())
}

func (d *drawing) run(r layout.Run) {
	unit := r.Size * font.PointMM / float64(r.Font.UnitsPerEm())
	fmt.Fprintf(&d.body, `<g data-element="%s" data-attachment="%d" data-block="%d" data-from="%d" aria-label="%s" fill="%s" transform="matrix(%s 0 0 %s 0 %s)">`,
		r.Element, r.Source.Attachment, r.Source.Block, r.Source.From, html.EscapeString(r.Text()), css(r.Color), fine(unit), fine(-unit), num(r.Y))
	for _, g := range r.Glyphs {
		if id := d.glyph(outlined{r.Font, g.ID}); id != "" {
			fmt.Fprintf(&d.body, `<use href="#%s" x="%s"/>`, id, strconv.FormatFloat(g.X/unit, 'f', 0, 64))
		}
	}
	d.body.WriteString(`</g>`)
}

// glyph defines the outline of a glyph once a page.
func (d *drawing) glyph(o outlined) string {
	if id, ok := d.ids[o]; ok {
		return id
	}
	path := pathData(o.font.Outline(o.glyph), 0)
	id := ""
	if path != "" {
		id = fmt.Sprintf("p%dg%d", d.page.Number, len(d.ids))
		fmt.Fprintf(&d.defs, `<path id="%s" d="%s"/>`, id, path)
	}
	d.ids[o] = id
	return id
}

func (d *drawing) seal(s layout.Seal, fonts *font.Set) {
	switch {
	case s.Blank:
	case len(s.Image) > 0:
		fmt.Fprintf(&d.body, `<image data-element="seal" x="%s" y="%s" width="%s" height="%s" href="data:%s;base64,%s"/>`,
			num(s.X-s.Diameter/2), num(s.Y-s.Diameter/2), num(s.Diameter), num(s.Diameter),
			http.DetectContentType(s.Image), base64.StdEncoding.EncodeToString(s.Image))
	default:
		fmt.Fprintf(&d.body, `<g data-element="seal" aria-label="%s"><circle cx="%s" cy="%s" r="%s" fill="none" stroke="%s" stroke-width="%s"/><path fill="%s" d="%s"/></g>`,
			html.EscapeString(s.Organ+"印章"), num(s.X), num(s.Y), num((s.Diameter-sealRing)/2), css(layout.Red), num(sealRing),
			css(layout.Red), pathData(sealArt(s, fonts), 2))
	}
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
		for i, p := range s.P[:n] {
			if i > 0 {
				b = append(b, ' ')
			}
			b = strconv.AppendFloat(b, p.X, 'f', decimals, 64)
			b = append(b, ' ')
			b = strconv.AppendFloat(b, p.Y, 'f', decimals, 64)
		}
	}
	if len(b) > 0 {
		b = append(b, 'Z')
	}
	return string(b)
}

func css(c layout.Color) string {
	if c == layout.Red {
		return fmt.Sprintf("#%02x%02x%02x", byte(Red.R*255), byte(Red.G*255), byte(Red.B*255))
	}
	return "#000"
}

func num(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }

func fine(v float64) string { return strconv.FormatFloat(v, 'f', 7, 64) }
