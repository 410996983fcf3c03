package font

// A Type 2 charstring (Adobe Technical Note 5177) is run once for two results: the outline of the glyph, and
// the same program with its subroutines written out, so that a subset needs none.
type machine struct {
	font    *cff
	priv    *private
	stack   []float64
	flat    []byte // the program without calls
	begins  []int  // where each stacked operand begins in flat
	path    []Segment
	at      Point
	stems   int
	width   bool // the width operand has been taken
	advance float64
	done    bool
	steps   int
	depth   int
}

const (
	maxSteps = 200_000 // a glyph that runs longer is damaged
	maxDepth = 12
	maxStack = 512
)

func (c *cff) run(g GID) *machine {
	m := &machine{font: c, priv: &c.privates[c.fontOf(g)]}
	m.advance = m.priv.defaultW
	m.exec(c.charstrings.get(int(g)))
	return m
}

func (c *cff) outline(g GID) []Segment { return c.run(g).path }

// flatten gives the charstring without subroutine calls.
func (c *cff) flatten(g GID) []byte {
	m := c.run(g)
	if !m.done {
		m.flat = append(m.flat, 14)
	}
	return m.flat
}

func (m *machine) exec(b []byte) {
	if m.depth++; m.depth > maxDepth {
		m.done = true
	}
	defer func() { m.depth-- }()
	for i := 0; i < len(b) && !m.done; {
		if m.steps++; m.steps > maxSteps || len(m.stack) > maxStack {
			m.done = true
			return
		}
		c := b[i]
		n, v := number(b[i:])
		if n > 0 {
			m.stack, m.begins = append(m.stack, v), append(m.begins, len(m.flat))
			m.flat = append(m.flat, b[i:min(i+n, len(b))]...)
			i += n
			continue
		}
		i++
		switch c {
		case 10:
			m.call(m.priv.subrs)
		case 29:
			m.call(m.font.globals)
		case 11:
			return
		case 12:
			if i < len(b) {
				m.flat = append(m.flat, 12, b[i])
				m.flex(b[i])
				i++
			}
			m.clear()
		case 19, 20: // hintmask, cntrmask: as many bits as there are stems
			m.takeWidth(len(m.stack)%2 == 1)
			m.stems += len(m.stack) / 2
			n := (m.stems + 7) / 8
			m.flat = append(append(m.flat, c), b[i:min(i+n, len(b))]...)
			i += n
			m.clear()
		default:
			m.flat = append(m.flat, c)
			m.operate(c)
			m.clear()
		}
	}
}

// number decodes an operand; n is 0 for an operator.
func number(b []byte) (n int, v float64) {
	switch c := b[0]; {
	case c == 28:
		return 3, float64(int16(be16(b, 1)))
	case c >= 32 && c <= 246:
		return 1, float64(int(c) - 139)
	case c >= 247 && c <= 254 && len(b) > 1:
		if c < 251 {
			return 2, float64((int(c)-247)*256 + int(b[1]) + 108)
		}
		return 2, float64(-(int(c)-251)*256 - int(b[1]) - 108)
	case c == 255:
		return 5, float64(int32(be32(b, 1))) / 65536
	}
	return 0, 0
}

func (m *machine) clear() { m.stack, m.begins = m.stack[:0], m.begins[:0] }

// call runs a subroutine; its number disappears from the flat program.
func (m *machine) call(subrs index) {
	last := len(m.stack) - 1
	if last < 0 {
		m.done = true
		return
	}
	bias := 32768
	switch {
	case subrs.count < 1240:
		bias = 107
	case subrs.count < 33900:
		bias = 1131
	}
	n := int(m.stack[last]) + bias
	m.flat = m.flat[:m.begins[last]]
	m.stack, m.begins = m.stack[:last], m.begins[:last]
	m.exec(subrs.get(n))
}
