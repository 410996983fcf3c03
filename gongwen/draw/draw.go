// Package draw says what can be drawn on a page, whatever the page becomes: a PDF for the printer (package pdf), a
// picture for the screen (package svg), an OFD for the archive (package ofd). Whoever draws on a Page draws the same
// on all three, so what the screen shows is what prints.
//
// Lengths are millimetres from the top left corner, y downwards; sizes of type are points.
//
// Invariant: no character vanishes. One that no typeface has is shown as a box with its code (see Run).
package draw

import (
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// Page 页 is one page being drawn.
type Page interface {
	// SetColor sets the colour of what is drawn from here on; a page begins in black.
	SetColor(c Color)
	// Glyphs draws glyphs of one font with their baseline at y.
	Glyphs(y float64, f *font.Font, sizePt float64, glyphs []Glyph)
	// Line draws a line of a width.
	Line(x1, y1, x2, y2, width float64)
	// Rect draws the outline of a box whose top left corner is at x, y.
	Rect(x, y, w, h, width float64)
	// Fill fills a box with the colour.
	Fill(x, y, w, h float64)
	// Circle draws a circle around cx, cy.
	Circle(cx, cy, r, width float64)
	// Path fills contours given in mm, y downwards.
	Path(contours []font.Segment)
	// Image draws a picture into a box.
	Image(x, y, w, h float64, img *Image)
	// Turned draws with the page turned about the point x, y by an angle in degrees, against the clock. After a quarter
	// (90) what draw puts at (x+a, y+b) stands at (x+b, y-a), and its lines run upwards.
	Turned(x, y, angle float64, draw func())
}

// Color is a colour of the sRGB space, each part from 0 to 1.
type Color struct{ R, G, B float64 }

// Black is what a page begins with.
var Black = Color{}

// Glyph is one glyph placed on a line: its left edge, and the character it shows.
type Glyph struct {
	ID   font.GID
	Rune rune
	X    float64 // mm
}

// Text draws a text from x with its baseline at y in the font of a role, with other fonts for the characters it
// lacks, and gives its width.
func Text(p Page, x, y float64, fonts *font.Set, role font.Role, sizePt float64, s string) float64 {
	at := x
	var run []Glyph
	var last *font.Font
	for _, r := range s {
		f, g := fonts.Pick(role, r)
		if f != last {
			Run(p, y, last, sizePt, run, fonts)
			run, last = nil, f
		}
		run = append(run, Glyph{g, r, at})
		at += float64(f.Advance(g)) / float64(f.UnitsPerEm()) * sizePt * font.PointMM
	}
	Run(p, y, last, sizePt, run, fonts)
	return at - x
}
