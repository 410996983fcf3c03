package font

import "encoding/binary"

// Subset 字体子集: a font file with only the glyphs asked for, numbered 0, 1, 2 … in the order asked. Glyph 0
// must be asked for first. CFF tells a bare CFF table with CID = glyph number; otherwise it is TrueType.
type Subset struct {
	Data []byte
	CFF  bool
}

// Subset cuts the font down to the glyphs.
func (f *Font) Subset(glyphs []GID) Subset {
	if f.cff != nil {
		return Subset{f.cff.subset(f, glyphs), true}
	}
	return Subset{f.subsetTrueType(glyphs), false}
}

// subset writes a CID-keyed CFF without subroutines: every charstring is flattened.
func (c *cff) subset(f *Font, glyphs []GID) []byte {
	programs := make([][]byte, len(glyphs))
	fonts := make([]int, len(glyphs))
	used := map[int]int{} // font dictionary of the source → of the subset
	var privates []private
	for i, g := range glyphs {
		programs[i] = c.flatten(g)
		fd := c.fontOf(g)
		if _, ok := used[fd]; !ok {
			used[fd] = len(privates)
			privates = append(privates, c.privates[fd])
		}
		fonts[i] = used[fd]
	}
	fdSelect := []byte{0}
	for _, fd := range fonts {
		fdSelect = append(fdSelect, byte(fd))
	}
	charset := []byte{2, 0, 1} // one range from CID 1 on
	charset = binary.BigEndian.AppendUint16(charset, uint16(max(len(glyphs)-2, 0)))
	if len(glyphs) < 2 {
		charset = []byte{0}
	}
	out := []byte{1, 0, 4, 4}
	out = append(out, writeIndex([][]byte{[]byte(f.name)})...)
	tops := func(charsetAt, selectAt, programsAt, fontsAt int) []byte {
		var d []byte
		d = append(dictInt(dictInt(dictInt(d, 391), 392), 0), 12, 30) // ROS: Adobe, Identity, 0
		for i := range f.bbox {
			d = dictInt(d, f.bbox[i])
		}
		d = append(d, 5) // FontBBox
		if f.upm != 1000 {
			d = append(fontMatrix(d, f.upm), 12, 7)
		}
		d = append(dictInt(d, len(glyphs)), 12, 34)
		d = append(dictInt(d, charsetAt), 15)
		d = append(dictInt(d, selectAt), 12, 37)
		d = append(dictInt(d, programsAt), 17)
		return append(dictInt(d, fontsAt), 12, 36)
	}
	rest := append(writeIndex([][]byte{[]byte("Adobe"), []byte("Identity")}), writeIndex(nil)...)
	charsetAt := len(out) + len(writeIndex([][]byte{tops(0, 0, 0, 0)})) + len(rest)
	selectAt := charsetAt + len(charset)
	programsAt := selectAt + len(fdSelect)
	charstrings := writeIndex(programs)
	privateAt := programsAt + len(charstrings)
	var dicts [][]byte
	var tail []byte
	for _, p := range privates {
		d := dictInt(dictInt(nil, len(p.dict)), privateAt+len(tail))
		dicts = append(dicts, append(d, opPrivate))
		tail = append(tail, p.dict...)
	}
	out = append(out, writeIndex([][]byte{tops(charsetAt, selectAt, programsAt, privateAt+len(tail))})...)
	for _, part := range [][]byte{rest, charset, fdSelect, charstrings, tail, writeIndex(dicts)} {
		out = append(out, part...)
	}
	return out
}

// dictInt appends an operand of always five bytes, so that offsets can be filled in later.
func dictInt(b []byte, v int) []byte {
	return binary.BigEndian.AppendUint32(append(b, 29), uint32(int32(v)))
}

// fontMatrix appends the six operands 1/upm 0 0 1/upm 0 0.
func fontMatrix(b []byte, upm int) []byte {
	scale := realOperand(1 / float64(upm))
	b = append(append(b, scale...), 139, 139)
	return append(append(b, scale...), 139, 139)
}

// realOperand writes a number below one as a CFF real: ten decimals.
func realOperand(v float64) []byte {
	nibbles := []byte{10} // the point
	for range 10 {
		v *= 10
		nibbles = append(nibbles, byte(v))
		v -= float64(int(v))
	}
	nibbles = append(nibbles, 15)
	if len(nibbles)%2 == 1 {
		nibbles = append(nibbles, 15)
	}
	out := []byte{30}
	for i := 0; i < len(nibbles); i += 2 {
		out = append(out, nibbles[i]<<4|nibbles[i+1])
	}
	return out
}

func writeIndex(items [][]byte) []byte {
	out := binary.BigEndian.AppendUint16(nil, uint16(len(items)))
	if len(items) == 0 {
		return out
	}
	total := 1
	for _, it := range items {
		total += len(it)
	}
	out = append(out, 4)
	at := uint32(1)
	out = binary.BigEndian.AppendUint32(out, at)
	for _, it := range items {
		at += uint32(len(it))
		out = binary.BigEndian.AppendUint32(out, at)
	}
	for _, it := range items {
		out = append(out, it...)
	}
	return out
}
