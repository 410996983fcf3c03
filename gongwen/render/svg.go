package render

import (
	"fmt"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
	"github.com/chengqi-oa/chengqi/gongwen/svg"
)

// SVG lays a document out and draws every page as an SVG picture. Each run carries data-element, data-attachment,
// data-block and data-from, so that a page can point at the place of a finding, and its text for readers that speak.
func SVG(doc *gongwen.Document, opts Options) ([]string, error) {
	return PagesSVG(layout.Lay(doc, opts.fonts(), opts.Layout), opts)
}

// PagesSVG draws pages already laid out.
func PagesSVG(pages []layout.Page, opts Options) ([]string, error) {
	out := make([]string, len(pages))
	for i, p := range pages {
		page := svg.NewPage(layout.PageWidth, layout.PageHeight, fmt.Sprintf("第%d页", p.Number))
		if err := drawPage(page, p, opts); err != nil {
			return nil, err
		}
		out[i] = page.String()
	}
	return out, nil
}
