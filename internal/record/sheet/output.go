package sheet

import (
	"fmt"
	"io"

	"github.com/chengqi-oa/chengqi/gongwen/draw"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/pdf"
	"github.com/chengqi-oa/chengqi/gongwen/svg"
)

// What prints and what the screen shows are drawn by the same calls, so a form is judged on the screen as it will lie
// on the desk.

// WritePDF prints the form.
func (f *Form) WritePDF(w io.Writer, fonts *font.Set) error {
	return writePDF(w, f.Office+f.Title, f.Printed, f.draw, fonts)
}

// Pages gives the pages of the form as SVG pictures and their size in mm.
func (f *Form) Pages(fonts *font.Set) (pages []string, width, height float64, err error) {
	return pictures(f.Title, f.paper(), f.draw, fonts)
}

// WritePDF prints the book.
func (b *Book) WritePDF(w io.Writer, fonts *font.Set) error {
	return writePDF(w, b.Office+b.Title, b.Printed, b.draw, fonts)
}

// Pages gives the pages of the book as SVG pictures and their size in mm.
func (b *Book) Pages(fonts *font.Set) (pages []string, width, height float64, err error) {
	return pictures(b.Title, b.paper(), b.draw, fonts)
}

type drawing func(add addPage, fonts *font.Set) error

func writePDF(w io.Writer, title string, printed Printed, draws drawing, fonts *font.Set) error {
	doc := pdf.New(pdf.Options{Title: title, Created: printed.At})
	if err := draws(func(w, h float64) draw.Page { return doc.AddPage(w, h) }, fonts); err != nil {
		return err
	}
	_, err := doc.WriteTo(w)
	return err
}

func pictures(title string, paper Paper, draws drawing, fonts *font.Set) ([]string, float64, float64, error) {
	var drawn []*svg.Page
	add := func(w, h float64) draw.Page {
		page := svg.NewPage(w, h, fmt.Sprintf("%s第%d页", title, len(drawn)+1))
		drawn = append(drawn, page)
		return page
	}
	if err := draws(add, fonts); err != nil {
		return nil, 0, 0, err
	}
	pages := make([]string, len(drawn))
	for i, p := range drawn {
		pages[i] = p.String()
	}
	w, h := paper.size()
	return pages, w, h, nil
}
