package font

import (
	"encoding/binary"
	"slices"
)

// Cut makes a font file of some characters of a CFF font: how the shipped fallback was made. Characters the
// font lacks are left out.
func (f *Font) Cut(chars []rune) []byte {
	if f.cff == nil {
		return nil
	}
	shapes := map[rune]GID{}
	for _, r := range chars {
		if g := f.Glyph(r); g != 0 {
			shapes[r] = g
		}
	}
	return f.Embed(shapes)
}

// Embed makes a whole font file in which each character shows the glyph given, for formats that find glyphs by the
// characters of the text. Glyphs are numbered 1, 2, 3 … in the order of the characters.
func (f *Font) Embed(shapes map[rune]GID) []byte {
	chars := make([]rune, 0, len(shapes))
	for r := range shapes {
		chars = append(chars, r)
	}
	slices.Sort(chars)
	glyphs := []GID{0}
	for _, r := range chars {
		glyphs = append(glyphs, shapes[r])
	}
	version, tables := uint32(0x00010000), map[string][]byte(nil)
	if f.cff != nil {
		version, tables = 0x4F54544F, f.tablesCFF(glyphs)
	} else {
		tables = f.tablesTrueType(glyphs)
	}
	tables["cmap"] = writeCmap(chars)
	tables["post"] = append([]byte{0, 3, 0, 0}, make([]byte, 28)...) // glyphs have no names
	tables["name"], tables["OS/2"] = f.tables["name"], f.tables["OS/2"]
	if tables["OS/2"] == nil {
		tables["OS/2"] = f.metricsOS2(chars)
	}
	return writeSFNT(version, tables)
}

func (f *Font) tablesCFF(glyphs []GID) map[string][]byte {
	var hmtx []byte
	for _, g := range glyphs {
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(f.Advance(g)))
		hmtx = append(hmtx, f.bearing(g)...)
	}
	head, hhea := slices.Clone(f.tables["head"]), slices.Clone(f.tables["hhea"])
	binary.BigEndian.PutUint32(head[8:], 0)
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(glyphs)))
	maxp := binary.BigEndian.AppendUint16([]byte{0, 0, 0x50, 0}, uint16(len(glyphs)))
	//nolint:gocritic // the table is called so, with its space
	return map[string][]byte{"CFF ": f.cff.subset(f, glyphs), "head": head, "hhea": hhea, "maxp": maxp, "hmtx": hmtx}
}

// metricsOS2 makes the table of metrics some programs insist on: regular weight, embedding allowed.
func (f *Font) metricsOS2(chars []rune) []byte {
	t := make([]byte, 96)
	first, last := 0xFFFF, 0
	for _, r := range chars {
		first, last = min(first, int(r), 0xFFFF), max(last, min(int(r), 0xFFFF))
	}
	for at, v := range map[int]int{
		0: 3, 2: f.upm, 4: 400, 6: 5, 62: 0x40, 64: first, 66: last,
		68: f.ascent, 70: f.descent, 74: f.ascent, 76: -f.descent, 88: f.ascent, 92: ' ',
	} {
		binary.BigEndian.PutUint16(t[at:], uint16(v))
	}
	return t
}

// segment 连续区: characters in a row, drawn by glyphs in a row.
type segment struct {
	first, last rune
	glyph       int
}

// writeCmap maps characters in ascending order to glyphs 1, 2, 3 …, in format 12, and in format 4 for programs that
// know the Basic Multilingual Plane only.
func writeCmap(chars []rune) []byte {
	var all, basic []segment
	for i := 0; i < len(chars); {
		k := i
		for k+1 < len(chars) && chars[k+1] == chars[k]+1 && chars[k+1] != 0x10000 {
			k++
		}
		s := segment{chars[i], chars[k], i + 1}
		all = append(all, s)
		if s.last < 0xFFFF {
			basic = append(basic, s)
		}
		i = k + 1
	}
	full, short := cmap12(all), cmap4(append(basic, segment{0xFFFF, 0xFFFF, 0}))
	if len(short) > 0xFFFF { // its length would not fit the field
		return append([]byte{0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12}, full...)
	}
	b := []byte{0, 0, 0, 2, 0, 3, 0, 1, 0, 0, 0, 20, 0, 3, 0, 10}
	b = binary.BigEndian.AppendUint32(b, uint32(20+len(short)))
	return append(append(b, short...), full...)
}

func cmap12(segments []segment) []byte {
	b := []byte{0, 12, 0, 0}
	for _, v := range []int{16 + 12*len(segments), 0, len(segments)} {
		b = binary.BigEndian.AppendUint32(b, uint32(v))
	}
	for _, s := range segments {
		for _, v := range []int{int(s.first), int(s.last), s.glyph} {
			b = binary.BigEndian.AppendUint32(b, uint32(v))
		}
	}
	return b
}

func cmap4(segments []segment) []byte {
	n := len(segments)
	entry, search := 0, 1
	for search*2 <= n {
		search *= 2
		entry++
	}
	b := binary.BigEndian.AppendUint16(nil, 4)
	for _, v := range []int{16 + 8*n, 0, 2 * n, 2 * search, entry, 2 * (n - search)} {
		b = binary.BigEndian.AppendUint16(b, uint16(v))
	}
	column := func(value func(segment) int) {
		for _, s := range segments {
			b = binary.BigEndian.AppendUint16(b, uint16(value(s)))
		}
	}
	column(func(s segment) int { return int(s.last) })
	b = append(b, 0, 0)
	column(func(s segment) int { return int(s.first) })
	column(func(s segment) int { return s.glyph - int(s.first) })
	column(func(segment) int { return 0 })
	return b
}
