package font

import "errors"

// glyf is the table of TrueType outlines.
type glyf struct {
	data []byte
	loca []byte
	long bool
	n    int
}

func newGlyf(tables map[string][]byte, n int) (*glyf, error) {
	g := &glyf{data: tables["glyf"], loca: tables["loca"], long: be16(tables["head"], 50) == 1, n: n}
	size := 2
	if g.long {
		size = 4
	}
	if len(g.loca) < (n+1)*size {
		return nil, errors.New("字体的字形位置表不完整")
	}
	return g, nil
}

// raw gives the description of one glyph.
func (t *glyf) raw(g GID) []byte {
	if int(g) >= t.n {
		return nil
	}
	from, to := 2*int(be16(t.loca, 2*int(g))), 2*int(be16(t.loca, 2*int(g)+2))
	if t.long {
		from, to = int(be32(t.loca, 4*int(g))), int(be32(t.loca, 4*int(g)+4))
	}
	if from < 0 || to < from || to > len(t.data) {
		return nil
	}
	return t.data[from:to]
}

func (t *glyf) outline(g GID, depth int) []Segment {
	b := t.raw(g)
	if len(b) < 10 || depth > 6 {
		return nil
	}
	if n := int(int16(be16(b, 0))); n >= 0 {
		return simpleOutline(b, n)
	}
	var path []Segment
	components(b, func(c component) {
		for _, s := range t.outline(c.glyph, depth+1) {
			for i, p := range s.P {
				s.P[i] = Point{c.a*p.X + c.c*p.Y + c.dx, c.b*p.X + c.d*p.Y + c.dy}
			}
			path = append(path, s)
		}
	})
	return path
}

// component is one part of a composite glyph; at is where its number stands.
type component struct {
	glyph      GID
	at         int
	a, b, c, d float64
	dx, dy     float64
}

func components(b []byte, visit func(component)) {
	for i := 10; i+4 <= len(b); {
		flags := be16(b, i)
		c := component{glyph: GID(be16(b, i+2)), at: i + 2, a: 1, d: 1}
		i += 4
		if flags&1 != 0 {
			c.dx, c.dy = float64(int16(be16(b, i))), float64(int16(be16(b, i+2)))
			i += 4
		} else if i+2 <= len(b) {
			c.dx, c.dy = float64(int8(b[i])), float64(int8(b[i+1]))
			i += 2
		}
		fixed := func() float64 { v := float64(int16(be16(b, i))) / 16384; i += 2; return v }
		switch {
		case flags&0x8 != 0:
			c.a = fixed()
			c.d = c.a
		case flags&0x40 != 0:
			c.a = fixed()
			c.d = fixed()
		case flags&0x80 != 0:
			c.a, c.b, c.c, c.d = fixed(), fixed(), fixed(), fixed()
		}
		visit(c)
		if flags&0x20 == 0 {
			return
		}
	}
}

type glyfPoint struct {
	Point
	on bool
}

func simpleOutline(b []byte, contours int) []Segment {
	at := 10 + 2*contours
	if contours == 0 || at+2 > len(b) {
		return nil
	}
	total := int(be16(b, at-2)) + 1
	at += 2 + int(be16(b, at))
	flags := make([]byte, 0, total)
	for len(flags) < total && at < len(b) {
		f := b[at]
		at++
		flags = append(flags, f)
		if f&8 != 0 && at < len(b) {
			for k := int(b[at]); k > 0 && len(flags) < total; k-- {
				flags = append(flags, f)
			}
			at++
		}
	}
	if len(flags) < total {
		return nil
	}
	points := make([]glyfPoint, total)
	axis := func(short, same byte, set func(i, v int)) {
		v := 0
		for i, f := range flags {
			switch {
			case f&short != 0:
				if at < len(b) {
					d := int(b[at])
					if f&same == 0 {
						d = -d
					}
					v += d
				}
				at++
			case f&same == 0:
				v += int(int16(be16(b, at)))
				at += 2
			}
			set(i, v)
		}
	}
	axis(2, 16, func(i, v int) { points[i].X, points[i].on = float64(v), flags[i]&1 != 0 })
	axis(4, 32, func(i, v int) { points[i].Y = float64(v) })
	var path []Segment
	start := 0
	for c := range contours {
		end := int(be16(b, 10+2*c)) + 1
		if end > total || end < start {
			break
		}
		path = appendContour(path, points[start:end])
		start = end
	}
	return path
}

// appendContour turns the points of a contour, on and off the curve, into segments.
func appendContour(path []Segment, p []glyfPoint) []Segment {
	if len(p) < 2 {
		return path
	}
	middle := func(a, b Point) Point { return Point{(a.X + b.X) / 2, (a.Y + b.Y) / 2} }
	first := p[0].Point
	if !p[0].on {
		if last := p[len(p)-1]; last.on {
			first = last.Point
		} else {
			first = middle(p[0].Point, last.Point)
		}
	}
	path = append(path, Segment{'M', [3]Point{first}})
	var off *Point
	for i := range p {
		q := p[i]
		switch {
		case q.on && off == nil:
			path = append(path, Segment{'L', [3]Point{q.Point}})
		case q.on:
			path = append(path, Segment{'Q', [3]Point{*off, q.Point}})
			off = nil
		default:
			if off != nil {
				path = append(path, Segment{'Q', [3]Point{*off, middle(*off, q.Point)}})
			}
			off = &p[i].Point
		}
	}
	if off != nil {
		path = append(path, Segment{'Q', [3]Point{*off, first}})
	}
	return path
}
