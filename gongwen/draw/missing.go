package draw

import (
	"fmt"
	"unicode"

	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// Run draws glyphs of one font. A character no typeface has (glyph 0) becomes a box with its code point, as
// GB 18030-2022 names more characters than any font draws and a name must not print as nothing; in the text of the
// file it stays itself, on a blank glyph. The fonts give the digits of the code.
func Run(p Page, y float64, f *font.Font, sizePt float64, glyphs []Glyph, fonts *font.Set) {
	for i, g := range glyphs {
		if g.ID != 0 {
			continue
		}
		known := make([]Glyph, len(glyphs))
		copy(known, glyphs)
		var boxes []font.Segment
		for k := i; k < len(known); k++ {
			if g := &known[k]; g.ID == 0 {
				boxes = append(boxes, codeBox(g.Rune, g.X, y, width(f, sizePt), sizePt*font.PointMM, fonts)...)
				g.ID = f.Glyph(' ')
			}
		}
		p.Glyphs(y, f, sizePt, known)
		if len(boxes) > 0 {
			p.Path(boxes)
		}
		return
	}
	if len(glyphs) > 0 {
		p.Glyphs(y, f, sizePt, glyphs)
	}
}

// width is the advance of a missing character.
func width(f *font.Font, sizePt float64) float64 {
	return float64(f.Advance(0)) / float64(f.UnitsPerEm()) * sizePt * font.PointMM
}

// codeBox gives a frame with the hexadecimal digits of a character in two lines; nothing for what is blank by nature.
func codeBox(r rune, x, y, w, em float64, fonts *font.Set) []font.Segment {
	if unicode.In(r, unicode.Z, unicode.Cc, unicode.Cf, unicode.Variation_Selector) {
		return nil
	}
	const ascent = 0.88
	left, right := x+0.06*w, x+0.94*w
	top, bottom := y-(ascent-0.06)*em, y+(1-ascent-0.06)*em
	line := 0.03 * em
	out := append(rect(left, top, right, bottom), hole(left+line, top+line, right-line, bottom-line)...)
	code := fmt.Sprintf("%04X", r)
	half := (len(code) + 1) / 2
	cell := (right - left - 4*line) / float64(half)
	height := (bottom - top - 3*line) / 2
	for i, c := range code {
		at, row := i, 0.0
		if i >= half {
			at, row = i-half, 1
		}
		base := top + line*1.2 + (row+0.88)*height
		out = append(out, digit(c, left+2*line+float64(at)*cell, base, cell, height*0.76, fonts)...)
	}
	return out
}

// digit stands a sign in a box on a baseline.
func digit(c rune, x, y, w, h float64, fonts *font.Set) []font.Segment {
	f, g := fonts.Pick(font.Hei, c)
	ink, ok := f.Ink(g)
	if !ok || ink.X1 <= ink.X0 || ink.Y1 <= ink.Y0 {
		return nil
	}
	unit := min(w*0.84/(ink.X1-ink.X0), h/(ink.Y1-ink.Y0))
	x += (w - (ink.X1-ink.X0)*unit) / 2
	segments := f.Outline(g)
	out := make([]font.Segment, len(segments))
	for i, s := range segments {
		out[i].Op = s.Op
		for k, q := range s.P {
			out[i].P[k] = font.Point{X: x + (q.X-ink.X0)*unit, Y: y - (q.Y-ink.Y0)*unit}
		}
	}
	return out
}

func rect(x0, y0, x1, y1 float64) []font.Segment {
	return polygon(font.Point{X: x0, Y: y0}, font.Point{X: x1, Y: y0}, font.Point{X: x1, Y: y1}, font.Point{X: x0, Y: y1})
}

// hole runs the other way round, so that the fill leaves it free.
func hole(x0, y0, x1, y1 float64) []font.Segment {
	return polygon(font.Point{X: x0, Y: y0}, font.Point{X: x0, Y: y1}, font.Point{X: x1, Y: y1}, font.Point{X: x1, Y: y0})
}

func polygon(points ...font.Point) []font.Segment {
	out := make([]font.Segment, len(points))
	for i, p := range points {
		out[i] = font.Segment{Op: 'L', P: [3]font.Point{p}}
	}
	out[0].Op = 'M'
	return out
}
