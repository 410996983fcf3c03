// Package render draws laid-out documents: as a PDF for the archive and the printer, and as SVG pages for the
// screen. Both copy the same glyphs to the same places, so the preview is the print. It decides nothing about
// where things stand; that is package layout.
//
//	file, err := render.PDF(gongwen.Parse(text), render.Options{})
//	pages, err := render.SVG(doc, render.Options{})
package render

import (
	"bytes"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/draw"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
	"github.com/chengqi-oa/chengqi/gongwen/pdf"
)

// Options say how to draw. The zero value is right for most.
type Options struct {
	Layout  layout.Options
	Fonts   *font.Set // nil: the embedded ones
	Created time.Time // the time written into a PDF; zero: none

	Watermark []string // lines drawn aslant under every page; none: no watermark
}

func (o Options) fonts() *font.Set {
	if o.Fonts != nil {
		return o.Fonts
	}
	return font.Embedded()
}

// Red is the ink of the red head: yellow 80 %, magenta 80 %.
var Red = draw.Color{R: 0.9, G: 0.16, B: 0.14}

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
		if err := drawPage(file.AddPage(layout.PageWidth, layout.PageHeight), p, opts); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	_, err := file.WriteTo(&out)
	return out.Bytes(), err
}
