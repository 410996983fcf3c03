// Package render draws laid-out documents: as a PDF for the archive and the printer, and as SVG pages for the
// screen. Both copy the same glyphs to the same places, so the preview is the print. It decides nothing about
// where things stand; that is package layout.
//
//	file, err := render.PDF(gongwen.Parse(text), render.Options{})
//	pages, err := render.SVG(doc, render.Options{})
package render

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
	"github.com/chengqi-oa/chengqi/gongwen/pdf"
)

// Options say how to draw. The zero value is right for most.
type Options struct {
	Layout  layout.Options
	Fonts   *font.Set // nil: the embedded ones
	Created time.Time // the time written into a PDF; zero: none
}

func (o Options) fonts() *font.Set {
	if o.Fonts != nil {
		return o.Fonts
	}
	return font.Embedded()
}

// Red is the ink of the red head: yellow 80 %, magenta 80 %.
var Red = pdf.Color{R: 0.9, G: 0.16, B: 0.14}

// PDF lays a document out and writes it as PDF/A-2b.
func PDF(doc *gongwen.Document, opts Options) ([]byte, error) {
	return PagesPDF(doc, layout.Lay(doc, opts.fonts(), opts.Layout), opts)
}

// PagesPDF writes pages already laid out.
func PagesPDF(doc *gongwen.Document, pages []layout.Page, opts Options) ([]byte, error) {
	file := pdf.New(pdf.Options{
		Title:   strings.ReplaceAll(doc.Title, "\n", ""),
		Author:  strings.Join(doc.Issuers, "、"),
		Subject: doc.Number,
		Created: opts.Created,
	})
	for _, p := range pages {
		if err := drawPage(file.AddPage(layout.PageWidth, layout.PageHeight), p, opts.fonts()); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	_, err := file.WriteTo(&out)
	return out.Bytes(), err
}

func drawPage(page *pdf.Page, p layout.Page, fonts *font.Set) error {
	// Seals go below the text: it stays legible, as under the thin ink of a real one.
	for _, s := range p.Seals {
		if err := drawSeal(page, s, fonts); err != nil {
			return fmt.Errorf("%s的印章：%w", s.Organ, err)
		}
	}
	var turnedRuns []layout.Run
	var turnedRules []layout.Rule
	for _, r := range p.Rules {
		if r.Turned {
			turnedRules = append(turnedRules, r)
			continue
		}
		drawRule(page, r, 0)
	}
	for _, r := range p.Runs {
		if r.Turned {
			turnedRuns = append(turnedRuns, r)
			continue
		}
		drawRun(page, r, 0)
	}
	if len(turnedRuns)+len(turnedRules) > 0 {
		page.Turned(0, layout.PageHeight, func() {
			for _, r := range turnedRules {
				drawRule(page, r, layout.PageHeight)
			}
			for _, r := range turnedRuns {
				drawRun(page, r, layout.PageHeight)
			}
		})
	}
	return nil
}

func drawRule(page *pdf.Page, r layout.Rule, down float64) {
	page.SetColor(ink(r.Color))
	page.Line(r.X1, r.Y1+down, r.X2, r.Y2+down, r.Width)
}

func drawRun(page *pdf.Page, r layout.Run, down float64) {
	page.SetColor(ink(r.Color))
	glyphs := make([]pdf.Glyph, len(r.Glyphs))
	for i, g := range r.Glyphs {
		glyphs[i] = pdf.Glyph{ID: g.ID, Rune: g.Rune, X: g.X}
	}
	page.Glyphs(r.Y+down, r.Font, r.Size, glyphs)
}

func ink(c layout.Color) pdf.Color {
	if c == layout.Red {
		return Red
	}
	return pdf.Black
}

func drawSeal(page *pdf.Page, s layout.Seal, fonts *font.Set) error {
	if s.Blank {
		return nil
	}
	if len(s.Image) > 0 {
		img, err := pdf.NewImage(s.Image)
		if err != nil {
			return err
		}
		page.Image(s.X-s.Diameter/2, s.Y-s.Diameter/2, s.Diameter, s.Diameter, img)
		return nil
	}
	page.SetColor(Red)
	page.Circle(s.X, s.Y, (s.Diameter-sealRing)/2, sealRing)
	page.Path(sealArt(s, fonts))
	return nil
}
