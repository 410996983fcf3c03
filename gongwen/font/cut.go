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
	chars = slices.Clone(chars)
	slices.Sort(chars)
	chars = slices.Compact(chars)
	glyphs := []GID{0}
	var kept []rune
	for _, r := range chars {
		if g := f.Glyph(r); g != 0 {
			glyphs = append(glyphs, g)
			kept = append(kept, r)
		}
	}
	var hmtx []byte
	for _, g := range glyphs {
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(f.Advance(g)))
		hmtx = append(hmtx, f.bearing(g)...)
	}
	head, hhea := slices.Clone(f.tables["head"]), slices.Clone(f.tables["hhea"])
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(glyphs)))
	maxp := binary.BigEndian.AppendUint16([]byte{0, 0, 0x50, 0}, uint16(len(glyphs)))
	return writeSFNT(0x4F54544F, map[string][]byte{
		"CFF ": f.cff.subset(f, glyphs), "head": head, "hhea": hhea, "maxp": maxp, "hmtx": hmtx,
		"name": f.tables["name"], "cmap": writeCmap(kept),
	})
}

// writeCmap maps characters in ascending order to glyphs 1, 2, 3 … by a subtable of format 12.
func writeCmap(chars []rune) []byte {
	var groups []byte
	n := 0
	for i := 0; i < len(chars); {
		k := i
		for k+1 < len(chars) && chars[k+1] == chars[k]+1 {
			k++
		}
		for _, v := range []uint32{uint32(chars[i]), uint32(chars[k]), uint32(i + 1)} {
			groups = binary.BigEndian.AppendUint32(groups, v)
		}
		n++
		i = k + 1
	}
	b := []byte{0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0}
	for _, v := range []uint32{uint32(16 + len(groups)), 0, uint32(n)} {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	return append(b, groups...)
}
