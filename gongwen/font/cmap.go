package font

import "sort"

// cmap maps characters to glyphs by the best Unicode subtable of the font, searched where it lies.
type cmap struct {
	format int
	data   []byte
}

func findCmap(t []byte) cmap {
	best := cmap{}
	for i := range int(be16(t, 2)) {
		rec := 4 + 8*i
		platform, encoding, off := be16(t, rec), be16(t, rec+2), int(be32(t, rec+4))
		unicode := platform == 0 && encoding != 5 || platform == 3 && (encoding == 1 || encoding == 10)
		if !unicode || off < 0 || off >= len(t) {
			continue
		}
		format := int(be16(t, off))
		if (format == 4 || format == 12) && format > best.format {
			best = cmap{format, t[off:]}
		}
	}
	return best
}

func (c cmap) lookup(r rune) GID {
	switch c.format {
	case 4:
		return c.lookup4(r)
	case 12:
		return c.lookup12(r)
	}
	return 0
}

func (c cmap) lookup4(r rune) GID {
	if r > 0xFFFF || r < 0 {
		return 0
	}
	n := int(be16(c.data, 6)) / 2
	ends, starts := 14, 16+2*n
	deltas, offsets := starts+2*n, starts+4*n
	i := sort.Search(n, func(i int) bool { return rune(be16(c.data, ends+2*i)) >= r })
	if i == n || rune(be16(c.data, starts+2*i)) > r {
		return 0
	}
	delta, off := be16(c.data, deltas+2*i), int(be16(c.data, offsets+2*i))
	if off == 0 {
		return GID(uint16(r) + delta)
	}
	g := be16(c.data, offsets+2*i+off+2*int(r-rune(be16(c.data, starts+2*i))))
	if g == 0 {
		return 0
	}
	return GID(g + delta)
}

func (c cmap) lookup12(r rune) GID {
	n := int(be32(c.data, 12))
	if n < 0 || n > len(c.data)/12 {
		return 0
	}
	i := sort.Search(n, func(i int) bool { return rune(be32(c.data, 16+12*i+4)) >= r })
	if i == n {
		return 0
	}
	start := rune(be32(c.data, 16+12*i))
	if r < start {
		return 0
	}
	return GID(be32(c.data, 16+12*i+8) + uint32(r-start))
}
