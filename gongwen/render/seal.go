package render

import (
	"math"

	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
)

const sealRing = 1.2 // mm, the edge of a seal

// sealArt draws a placeholder for a seal whose picture is not known: the star and the organ's name along the upper
// arc, as shapes and not as text, so that the name is not found twice in the file.
func sealArt(s layout.Seal, fonts *font.Set) []font.Segment {
	radius := s.Diameter / 2
	art := star(s.X, s.Y, radius*0.3)
	name := []rune(s.Organ)
	if len(name) == 0 {
		return art
	}
	size := min(radius*0.32, 4.2*radius/float64(len(name))*0.9)
	track := radius - sealRing - size*1.15
	span := min(math.Pi*1.4, float64(len(name))*size*1.25/track)
	step := 0.0
	if len(name) > 1 {
		step = span / float64(len(name)-1)
	}
	for i, r := range name {
		f, g := fonts.Pick(font.FangSong, r)
		angle := -span/2 + float64(i)*step
		if len(name) == 1 {
			angle = 0
		}
		art = append(art, onArc(f, g, s.X, s.Y, track, angle, size)...)
	}
	return art
}

// onArc stands a glyph on a circle, turned by an angle from its top.
func onArc(f *font.Font, g font.GID, cx, cy, track, angle, size float64) []font.Segment {
	unit := size / float64(f.UnitsPerEm())
	half := float64(f.Advance(g)) / 2
	sin, cos := math.Sin(angle), math.Cos(angle)
	outline := f.Outline(g)
	out := make([]font.Segment, len(outline))
	for i, s := range outline {
		out[i].Op = s.Op
		for k, p := range s.P {
			x, y := (p.X-half)*unit, -(track + p.Y*unit)
			out[i].P[k] = font.Point{X: cx + x*cos - y*sin, Y: cy + x*sin + y*cos}
		}
	}
	return out
}

// star gives a five-pointed star as one contour.
func star(cx, cy, r float64) []font.Segment {
	var out []font.Segment
	for i := range 10 {
		radius := r
		if i%2 == 1 {
			radius = r * 0.381966
		}
		a := float64(i) * math.Pi / 5
		op := byte('L')
		if i == 0 {
			op = 'M'
		}
		out = append(out, font.Segment{Op: op, P: [3]font.Point{{X: cx + radius*math.Sin(a), Y: cy - radius*math.Cos(a)}}})
	}
	return out
}
