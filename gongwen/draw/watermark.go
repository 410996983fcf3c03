package draw

import (
	"math"

	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// A watermark is read when it is looked for, and not when one reads: small, light, aslant, repeated over the page so that
// no part of it can be photographed without.
const (
	watermarkSize  = 11.0 // points
	watermarkLine  = 6.0  // mm from line to line
	watermarkAngle = 25.0 // degrees
	watermarkCellW = 90.0 // mm, about, of each repetition
	watermarkCellH = 60.0
)

// Faint is the ink of a watermark that lies under the text: drawn first, it leaves the page as legible as it was.
var Faint = Color{R: 0.84, G: 0.84, B: 0.84}

// Watermark 水印 draws lines of text aslant all over a page of a size in mm.
func Watermark(p Page, w, h float64, fonts *font.Set, ink Color, lines []string) {
	if len(lines) == 0 {
		return
	}
	columns, rows := max(1, math.Round(w/watermarkCellW)), max(1, math.Round(h/watermarkCellH))
	p.SetColor(ink)
	for row := range int(rows) {
		for column := range int(columns) {
			x, y := (float64(column)+0.5)*w/columns, (float64(row)+0.5)*h/rows
			p.Turned(x, y, watermarkAngle, func() {
				for i, line := range lines {
					down := (float64(i) - float64(len(lines)-1)/2) * watermarkLine
					Text(p, x-fonts.Width(font.Hei, line, watermarkSize)/2, y+down, fonts, font.Hei, watermarkSize, line)
				}
			})
		}
	}
	p.SetColor(Black)
}
