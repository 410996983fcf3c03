package render

import (
	"fmt"
	"strconv"

	"github.com/chengqi-oa/chengqi/gongwen/draw"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
)

// drawer copies one laid-out page to a page of a file.
type drawer struct {
	draw.Page
	fonts *font.Set
}

// tagger is a page that can say of what is drawn where in the document it comes from.
type tagger interface {
	Tag(attributes ...string)
}

func drawPage(page draw.Page, p layout.Page, opts Options) error {
	d := drawer{page, opts.fonts()}
	draw.Watermark(page, layout.PageWidth, layout.PageHeight, d.fonts, draw.Faint, opts.Watermark)
	// Seals go below the text: it stays legible, as under the thin ink of a real one.
	for _, s := range p.Seals {
		if err := d.seal(s); err != nil {
			return fmt.Errorf("%s的印章：%w", s.Organ, err)
		}
	}
	if d.marks(p, false, 0) {
		d.Turned(0, layout.PageHeight, 90, func() { d.marks(p, true, layout.PageHeight) })
	}
	return nil
}

// marks draws the upright or the turned rules and runs of a page, and tells whether the other ones are left.
func (d drawer) marks(p layout.Page, turned bool, down float64) (others bool) {
	for _, r := range p.Rules {
		if r.Turned != turned {
			others = true
			continue
		}
		d.tag("data-element", string(r.Element))
		d.SetColor(ink(r.Color))
		d.Line(r.X1, r.Y1+down, r.X2, r.Y2+down, r.Width)
	}
	for _, r := range p.Runs {
		if r.Turned != turned {
			others = true
			continue
		}
		d.run(r, down)
	}
	return others
}

func (d drawer) run(r layout.Run, down float64) {
	d.tag("data-element", string(r.Element), "data-attachment", strconv.Itoa(r.Source.Attachment),
		"data-block", strconv.Itoa(r.Source.Block), "data-from", strconv.Itoa(r.Source.From))
	d.SetColor(ink(r.Color))
	glyphs := make([]draw.Glyph, len(r.Glyphs))
	for i, g := range r.Glyphs {
		glyphs[i] = draw.Glyph{ID: g.ID, Rune: g.Rune, X: g.X}
	}
	draw.Run(d.Page, r.Y+down, r.Font, r.Size, glyphs, d.fonts)
}

func (d drawer) tag(attributes ...string) {
	if t, ok := d.Page.(tagger); ok {
		t.Tag(attributes...)
	}
}

func ink(c layout.Color) draw.Color {
	if c == layout.Red {
		return Red
	}
	return draw.Black
}

func (d drawer) seal(s layout.Seal) error {
	if s.Blank {
		return nil
	}
	d.tag("data-element", string(layout.SealMark), "data-organ", s.Organ)
	if len(s.Image) > 0 {
		img, err := draw.NewImage(s.Image)
		if err != nil {
			return err
		}
		d.Image(s.X-s.Diameter/2, s.Y-s.Diameter/2, s.Diameter, s.Diameter, img)
		return nil
	}
	d.SetColor(Red)
	d.Circle(s.X, s.Y, (s.Diameter-sealRing)/2, sealRing)
	d.Path(sealArt(s, d.fonts))
	return nil
}
