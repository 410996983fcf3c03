// Package font reads the typefaces 字体 a document is set in: OpenType with CFF or TrueType outlines, single
// or in a collection. It knows glyphs, widths, ink and outlines, and cuts subsets to embed in a file. It
// does not know sizes in 号 or where text stands; that is package layout.
//
//	fonts := font.Embedded()
//	w := fonts.Width(font.FangSong, "关于做好防汛工作的通知", 16) // mm
//
// Invariant: a Font is immutable and safe for use by many goroutines; reading one never panics, however
// broken its file: a damaged glyph is an empty one.
package font

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// GID is the number of a glyph in its font; 0 is the glyph of missing characters.
type GID uint16

// PointMM is one typographic point in millimetres.
const PointMM = 25.4 / 72

// Font 字体: one face.
type Font struct {
	name    string
	tables  map[string][]byte
	upm     int
	ascent  int
	descent int
	bbox    [4]int
	glyphs  int
	hmetric int // count of full entries in hmtx
	cmap    cmap
	cff     *cff
	glyf    *glyf
}

var errShort = errors.New("字体文件不完整")

// Parse reads a font file; index tells the face of a collection.
func Parse(data []byte, index int) (*Font, error) {
	if len(data) < 12 {
		return nil, errShort
	}
	base := 0
	if string(data[:4]) == "ttcf" {
		n := int(be32(data, 8))
		if index < 0 || index >= n {
			return nil, fmt.Errorf("字体集中没有第%d个字体", index+1)
		}
		base = int(be32(data, 12+4*index))
	}
	if base+12 > len(data) {
		return nil, errShort
	}
	f := &Font{tables: map[string][]byte{}}
	for i := range int(be16(data, base+4)) {
		rec := base + 12 + 16*i
		if rec+16 > len(data) {
			return nil, errShort
		}
		off, n := int(be32(data, rec+8)), int(be32(data, rec+12))
		if off < 0 || n < 0 || off > len(data) || n > len(data)-off {
			return nil, errShort
		}
		f.tables[string(data[rec:rec+4])] = data[off : off+n : off+n]
	}
	return f, f.load()
}

func (f *Font) load() error {
	head, hhea, maxp := f.tables["head"], f.tables["hhea"], f.tables["maxp"]
	if len(head) < 54 || len(hhea) < 36 || len(maxp) < 6 {
		return errShort
	}
	f.upm = int(be16(head, 18))
	if f.upm == 0 {
		return errors.New("字体的每字单位数为零")
	}
	for i := range f.bbox {
		f.bbox[i] = int(int16(be16(head, 36+2*i)))
	}
	f.hmetric = int(be16(hhea, 34))
	f.glyphs = int(be16(maxp, 4))
	f.name = postScriptName(f.tables["name"])
	f.cmap = findCmap(f.tables["cmap"])
	var err error
	switch {
	case f.tables["CFF "] != nil:
		f.cff, err = parseCFF(f.tables["CFF "])
	case f.tables["glyf"] != nil:
		f.glyf, err = newGlyf(f.tables, f.glyphs)
	default:
		err = errors.New("字体没有轮廓")
	}
	if err != nil {
		return err
	}
	f.measure()
	return nil
}

// measure finds the em box: the square of one em around the middle of Chinese characters. What fonts say of their
// own ascent cannot be trusted: it differs by up to a third of an em from where the characters stand.
func (f *Font) measure() {
	middle, n := 0.0, 0
	for _, r := range "国中府办局市区部年日" { // characters that fill the square
		if ink, ok := f.Ink(f.Glyph(r)); ok && f.Has(r) {
			middle += (ink.Y0 + ink.Y1) / 2
			n++
		}
	}
	f.ascent = f.upm * 4 / 5
	if n > 0 {
		em := float64(f.upm)
		f.ascent = int(math.Round((middle/float64(n)/em+0.5)/0.02) * 0.02 * em)
	}
	f.descent = f.ascent - f.upm
}

// Name gives the PostScript name.
func (f *Font) Name() string { return f.name }

// CFF reports outlines of the PostScript kind (.otf) rather than TrueType (.ttf).
func (f *Font) CFF() bool { return f.cff != nil }

// UnitsPerEm gives the units in which Advance, Ascent and outlines are measured.
func (f *Font) UnitsPerEm() int { return f.upm }

// Ascent and Descent give the extent of the em box above and (negative) below the baseline; together one em.
func (f *Font) Ascent() int { return f.ascent }

// Descent is the lower part of the em box, negative; see Ascent.
func (f *Font) Descent() int { return f.descent }

// BBox gives the box around all glyphs: left, bottom, right, top.
func (f *Font) BBox() [4]int { return f.bbox }

// Glyph gives the glyph of a character, 0 when the font lacks it.
func (f *Font) Glyph(r rune) GID {
	if g := f.cmap.lookup(r); int(g) < f.glyphs {
		return g
	}
	return 0
}

// Has reports whether the font can draw a character.
func (f *Font) Has(r rune) bool { return f.Glyph(r) != 0 }

// Advance gives the width of a glyph in font units.
func (f *Font) Advance(g GID) int {
	hmtx := f.tables["hmtx"]
	i := int(g)
	if i >= f.hmetric {
		i = f.hmetric - 1
	}
	if i < 0 || 4*i+2 > len(hmtx) {
		return f.upm
	}
	return int(be16(hmtx, 4*i))
}

// Width gives the length of a text in mm at a size in points.
func (f *Font) Width(s string, sizePt float64) float64 {
	units := 0
	for _, r := range s {
		units += f.Advance(f.Glyph(r))
	}
	return float64(units) / float64(f.upm) * sizePt * PointMM
}

// Ink gives the box of the marks of a glyph in font units; ok is false for a blank one.
func (f *Font) Ink(g GID) (box Box, ok bool) {
	box = Box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, s := range f.Outline(g) {
		for _, p := range s.Points() {
			box.X0, box.X1 = min(box.X0, p.X), max(box.X1, p.X)
			box.Y0, box.Y1 = min(box.Y0, p.Y), max(box.Y1, p.Y)
			ok = true
		}
	}
	return box, ok
}

// Outline gives the contours of a glyph in font units, y upwards. A damaged glyph has none.
func (f *Font) Outline(g GID) []Segment {
	if int(g) >= f.glyphs {
		return nil
	}
	if f.cff != nil {
		return f.cff.outline(g)
	}
	return f.glyf.outline(g, 0)
}

// Box is a rectangle in font units, y upwards.
type Box struct{ X0, Y0, X1, Y1 float64 }

// Point is a point in font units.
type Point struct{ X, Y float64 }

// Segment is a piece of a contour: 'M' move to P[0], 'L' line to P[0], 'Q' quadratic through P[0] to P[1],
// 'C' cubic through P[0], P[1] to P[2]. Contours are closed.
type Segment struct {
	Op byte
	P  [3]Point
}

// Points are those the operator has.
func (s Segment) Points() []Point {
	switch s.Op {
	case 'Q':
		return s.P[:2]
	case 'C':
		return s.P[:3]
	}
	return s.P[:1]
}

func be16(b []byte, i int) uint16 {
	if i < 0 || i+2 > len(b) {
		return 0
	}
	return binary.BigEndian.Uint16(b[i:])
}

func be32(b []byte, i int) uint32 {
	if i < 0 || i+4 > len(b) {
		return 0
	}
	return binary.BigEndian.Uint32(b[i:])
}

// postScriptName reads name id 6, in whichever encoding the font has it.
func postScriptName(t []byte) string {
	storage := int(be16(t, 4))
	for i := range int(be16(t, 2)) {
		rec := 6 + 12*i
		if be16(t, rec+6) != 6 {
			continue
		}
		off, n := storage+int(be16(t, rec+10)), int(be16(t, rec+8))
		if off+n > len(t) {
			continue
		}
		var name []byte
		for _, c := range t[off : off+n] {
			if c > ' ' && c < 127 && c != '/' && c != '(' && c != ')' && c != '<' && c != '>' && c != '[' && c != ']' && c != '%' {
				name = append(name, c)
			}
		}
		if len(name) > 0 {
			return string(name)
		}
	}
	return "Unnamed"
}
