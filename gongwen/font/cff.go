package font

import "errors"

var errCFF = errors.New("字体的CFF数据有误")

// cff is a Compact Font Format table, read where it lies (Adobe Technical Note 5176).
type cff struct {
	data        []byte
	charstrings index
	globals     index
	fdSelect    []byte
	privates    []private
}

// private is what glyphs of one font dictionary share.
type private struct {
	dict           []byte // the Private DICT without its Subrs operator
	subrs          index
	defaultW, nomW float64
}

// index is a CFF INDEX: numbered byte strings.
type index struct {
	count   int
	offSize int
	offsets []byte
	data    []byte // data[off-1] is the byte an offset names
	size    int    // of the whole INDEX
}

func readIndex(b []byte, at int) (index, error) {
	if at < 0 || at+2 > len(b) {
		return index{}, errCFF
	}
	n := int(be16(b, at))
	if n == 0 {
		return index{size: 2}, nil
	}
	if at+3 > len(b) {
		return index{}, errCFF
	}
	x := index{count: n, offSize: int(b[at+2])}
	start := at + 3 + (n+1)*x.offSize
	if x.offSize < 1 || x.offSize > 4 || start > len(b) {
		return index{}, errCFF
	}
	x.offsets, x.data = b[at+3:start], b[start:]
	end := x.offset(n)
	if end < 1 || end-1 > len(x.data) {
		return index{}, errCFF
	}
	x.size = start - at + end - 1
	return x, nil
}

func (x index) offset(i int) int {
	v := 0
	for _, c := range x.offsets[i*x.offSize : (i+1)*x.offSize] {
		v = v<<8 | int(c)
	}
	return v
}

func (x index) get(i int) []byte {
	if i < 0 || i >= x.count {
		return nil
	}
	from, to := x.offset(i), x.offset(i+1)
	if from < 1 || to < from || to-1 > len(x.data) {
		return nil
	}
	return x.data[from-1 : to-1]
}

// Operators of the dictionaries that matter here; two-byte ones are 12<<8 | second byte.
const (
	opPrivate     = 18
	opSubrs       = 19
	opDefaultW    = 20
	opNominalW    = 21
	opCharStrings = 17
	opROS         = 12<<8 | 30
	opFDArray     = 12<<8 | 36
	opFDSelect    = 12<<8 | 37
)

func parseCFF(b []byte) (*cff, error) {
	if len(b) < 4 {
		return nil, errCFF
	}
	names, err := readIndex(b, int(b[2]))
	if err != nil {
		return nil, err
	}
	tops, err := readIndex(b, int(b[2])+names.size)
	if err != nil {
		return nil, err
	}
	strings, err := readIndex(b, int(b[2])+names.size+tops.size)
	if err != nil {
		return nil, err
	}
	c := &cff{data: b}
	if c.globals, err = readIndex(b, int(b[2])+names.size+tops.size+strings.size); err != nil {
		return nil, err
	}
	top := readDict(tops.get(0))
	if c.charstrings, err = readIndex(b, top.first(opCharStrings, 0)); err != nil {
		return nil, err
	}
	if _, cid := top[opROS]; !cid {
		p, err := c.readPrivate(top)
		c.privates = []private{p}
		return c, err
	}
	return c, c.readFonts(top)
}

// readFonts reads the font dictionaries of a CID-keyed font and the table that assigns glyphs to them.
func (c *cff) readFonts(top dict) error {
	fds, err := readIndex(c.data, top.first(opFDArray, 0))
	if err != nil {
		return err
	}
	for i := range fds.count {
		p, err := c.readPrivate(readDict(fds.get(i)))
		if err != nil {
			return err
		}
		c.privates = append(c.privates, p)
	}
	at := top.first(opFDSelect, 0)
	if at <= 0 || at >= len(c.data) || len(c.privates) == 0 {
		return errCFF
	}
	c.fdSelect = c.data[at:]
	return nil
}

func (c *cff) readPrivate(d dict) (private, error) {
	v := d[opPrivate]
	if len(v) < 2 {
		return private{}, nil
	}
	size, at := int(v[0]), int(v[1])
	if at < 0 || size < 0 || at > len(c.data) || size > len(c.data)-at {
		return private{}, errCFF
	}
	raw := c.data[at : at+size]
	pd := readDict(raw)
	p := private{dict: withoutOperator(raw, opSubrs), defaultW: float64(pd.first(opDefaultW, 0)), nomW: float64(pd.first(opNominalW, 0))}
	if off, ok := pd[opSubrs]; ok && len(off) > 0 {
		var err error
		if p.subrs, err = readIndex(c.data, at+int(off[0])); err != nil {
			return private{}, err
		}
	}
	return p, nil
}

// fontOf gives the number of the font dictionary of a glyph.
func (c *cff) fontOf(g GID) int {
	s := c.fdSelect
	fd := 0
	switch {
	case len(s) == 0:
	case s[0] == 0:
		if 1+int(g) < len(s) {
			fd = int(s[1+int(g)])
		}
	case s[0] == 3:
		lo, hi := 0, int(be16(s, 1))
		for lo+1 < hi {
			if mid := (lo + hi) / 2; be16(s, 3+3*mid) <= uint16(g) {
				lo = mid
			} else {
				hi = mid
			}
		}
		if at := 3 + 3*lo + 2; at < len(s) {
			fd = int(s[at])
		}
	}
	return min(fd, len(c.privates)-1)
}

// dict is a CFF DICT: operands by operator.
type dict map[int][]float64

func (d dict) first(op, otherwise int) int {
	if v := d[op]; len(v) > 0 {
		return int(v[0])
	}
	return otherwise
}

func readDict(b []byte) dict {
	d := dict{}
	walkDict(b, func(op int, operands []float64, _ []byte) { d[op] = operands })
	return d
}

// withoutOperator copies a DICT, leaving one operator out.
func withoutOperator(b []byte, drop int) []byte {
	var out []byte
	walkDict(b, func(op int, _ []float64, raw []byte) {
		if op != drop {
			out = append(out, raw...)
		}
	})
	return out
}

// walkDict calls visit for every operator with its operands and their bytes.
func walkDict(b []byte, visit func(op int, operands []float64, raw []byte)) {
	var operands []float64
	start := 0
	for i := 0; i < len(b); {
		switch c := b[i]; {
		case c <= 21:
			op := int(c)
			i++
			if c == 12 && i < len(b) {
				op = 12<<8 | int(b[i])
				i++
			}
			visit(op, operands, b[start:i])
			operands, start = nil, i
		case c == 28:
			operands = append(operands, float64(int16(be16(b, i+1))))
			i += 3
		case c == 29:
			operands = append(operands, float64(int32(be32(b, i+1))))
			i += 5
		case c == 30: // a real: two digits a byte, ended by 15. No operand needed here is real.
			for i++; i < len(b) && b[i]&15 != 15; i++ {
			}
			i++
			operands = append(operands, 0)
		case c >= 32 && c <= 246:
			operands = append(operands, float64(int(c)-139))
			i++
		case c >= 247 && c <= 254 && i+1 < len(b):
			v := (int(c)-247)*256 + int(b[i+1]) + 108
			if c >= 251 {
				v = -(int(c)-251)*256 - int(b[i+1]) - 108
			}
			operands = append(operands, float64(v))
			i += 2
		default:
			i++
		}
	}
}
