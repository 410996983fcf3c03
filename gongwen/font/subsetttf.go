package font

import (
	"encoding/binary"
	"slices"
	"sort"
)

// subsetTrueType writes a TrueType file of the glyphs.
func (f *Font) subsetTrueType(glyphs []GID) []byte {
	return writeSFNT(0x00010000, f.tablesTrueType(glyphs))
}

// tablesTrueType gives the tables of the glyphs and of the parts composite ones are made of.
func (f *Font) tablesTrueType(glyphs []GID) map[string][]byte {
	glyphs = slices.Clone(glyphs)
	place := make(map[GID]int, len(glyphs))
	for i, g := range glyphs {
		if _, ok := place[g]; !ok {
			place[g] = i
		}
	}
	var table, loca, hmtx []byte
	for i := 0; i < len(glyphs); i++ {
		g := glyphs[i]
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(table)))
		raw := slices.Clone(f.glyf.raw(g))
		if len(raw) >= 10 && int16(be16(raw, 0)) < 0 {
			components(raw, func(c component) {
				if _, ok := place[c.glyph]; !ok {
					place[c.glyph] = len(glyphs)
					glyphs = append(glyphs, c.glyph)
				}
				binary.BigEndian.PutUint16(raw[c.at:], uint16(place[c.glyph]))
			})
		}
		table = append(table, raw...)
		for len(table)%4 != 0 {
			table = append(table, 0)
		}
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(f.Advance(g)))
		hmtx = append(hmtx, f.bearing(g)...)
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(table)))
	head, hhea, maxp := slices.Clone(f.tables["head"]), slices.Clone(f.tables["hhea"]), slices.Clone(f.tables["maxp"])
	binary.BigEndian.PutUint16(head[50:], 1)
	binary.BigEndian.PutUint32(head[8:], 0)
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(glyphs)))
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(glyphs)))
	tables := map[string][]byte{"glyf": table, "loca": loca, "hmtx": hmtx, "head": head, "hhea": hhea, "maxp": maxp}
	for _, hints := range []string{"cvt ", "fpgm", "prep"} {
		if t := f.tables[hints]; t != nil {
			tables[hints] = t
		}
	}
	return tables
}

// bearing gives the two bytes of the left side bearing.
func (f *Font) bearing(g GID) []byte {
	at := 4*int(g) + 2
	if int(g) >= f.hmetric {
		at = 4*f.hmetric + 2*(int(g)-f.hmetric)
	}
	return binary.BigEndian.AppendUint16(nil, be16(f.tables["hmtx"], at))
}

// writeSFNT puts tables together to a font file.
func writeSFNT(version uint32, tables map[string][]byte) []byte {
	tags := make([]string, 0, len(tables))
	for tag := range tables {
		tags = append(tags, tag)
	}
	sort.Strings(tags)
	entry, rangeShift := 0, 1
	for rangeShift*2 <= len(tags) {
		rangeShift *= 2
		entry++
	}
	out := binary.BigEndian.AppendUint32(nil, version)
	for _, v := range []int{len(tags), 16 * rangeShift, entry, 16 * (len(tags) - rangeShift)} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	at := 12 + 16*len(tags)
	var body []byte
	for _, tag := range tags {
		t := tables[tag]
		out = append(out, tag...)
		for _, v := range []uint32{checksum(t), uint32(at + len(body)), uint32(len(t))} {
			out = binary.BigEndian.AppendUint32(out, v)
		}
		body = append(body, t...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	return append(out, body...)
}

func checksum(t []byte) uint32 {
	var sum uint32
	for i := 0; i < len(t); i += 4 {
		var word [4]byte
		copy(word[:], t[i:])
		sum += binary.BigEndian.Uint32(word[:])
	}
	return sum
}
