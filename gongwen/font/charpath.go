package font

// operate runs a one-byte operator that is no call.
func (m *machine) operate(op byte) {
	s := m.stack
	switch op {
	case 1, 3, 18, 23: // hstem, vstem, hstemhm, vstemhm
		m.takeWidth(len(s)%2 == 1)
		m.stems += len(m.stack) / 2
	case 21: // rmoveto
		m.takeWidth(len(s) > 2)
		if s = m.stack; len(s) >= 2 {
			m.move(s[0], s[1])
		}
	case 22: // hmoveto
		m.takeWidth(len(s) > 1)
		if s = m.stack; len(s) >= 1 {
			m.move(s[0], 0)
		}
	case 4: // vmoveto
		m.takeWidth(len(s) > 1)
		if s = m.stack; len(s) >= 1 {
			m.move(0, s[0])
		}
	case 5: // rlineto
		m.lines(s)
	case 6, 7: // hlineto, vlineto: alternating
		horizontal := op == 6
		for _, d := range s {
			if horizontal {
				m.line(d, 0)
			} else {
				m.line(0, d)
			}
			horizontal = !horizontal
		}
	case 8: // rrcurveto
		m.curves(s)
	case 24: // rcurveline
		if n := len(s) - 2; n >= 0 {
			m.curves(s[:n])
			m.lines(s[n:])
		}
	case 25: // rlinecurve
		if n := len(s) - 6; n >= 0 {
			m.lines(s[:n])
			m.curves(s[n:])
		}
	case 26: // vvcurveto
		m.straight(s, false)
	case 27: // hhcurveto
		m.straight(s, true)
	case 30, 31: // vhcurveto, hvcurveto
		m.alternating(s, op == 31)
	case 14: // endchar
		m.takeWidth(len(s) == 1 || len(s) == 5)
		m.done = true
	}
}

// takeWidth drops the width that may stand before the operands of the first operator.
func (m *machine) takeWidth(present bool) {
	if !m.width && present && len(m.stack) > 0 {
		m.advance = m.priv.nomW + m.stack[0]
		m.stack = m.stack[1:]
	}
	m.width = true
}

func (m *machine) step(dx, dy float64) Point {
	m.at.X += dx
	m.at.Y += dy
	return m.at
}

func (m *machine) move(dx, dy float64) {
	m.path = append(m.path, Segment{'M', [3]Point{m.step(dx, dy)}})
}

func (m *machine) line(dx, dy float64) {
	m.path = append(m.path, Segment{'L', [3]Point{m.step(dx, dy)}})
}

func (m *machine) curve(a, b, c, d, e, f float64) {
	m.path = append(m.path, Segment{'C', [3]Point{m.step(a, b), m.step(c, d), m.step(e, f)}})
}

func (m *machine) lines(s []float64) {
	for ; len(s) >= 2; s = s[2:] {
		m.line(s[0], s[1])
	}
}

func (m *machine) curves(s []float64) {
	for ; len(s) >= 6; s = s[6:] {
		m.curve(s[0], s[1], s[2], s[3], s[4], s[5])
	}
}

// straight draws curves that begin and end in one direction; an odd first operand moves across it.
func (m *machine) straight(s []float64, horizontal bool) {
	across := 0.0
	if len(s)%4 == 1 {
		across, s = s[0], s[1:]
	}
	for ; len(s) >= 4; s = s[4:] {
		if horizontal {
			m.curve(s[0], across, s[1], s[2], s[3], 0)
		} else {
			m.curve(across, s[0], s[1], s[2], 0, s[3])
		}
		across = 0
	}
}

// alternating draws curves that turn from one direction to the other; a fifth last operand bends the end.
func (m *machine) alternating(s []float64, horizontal bool) {
	for len(s) >= 4 {
		bend := 0.0
		if len(s) == 5 {
			bend = s[4]
		}
		if horizontal {
			m.curve(s[0], 0, s[1], s[2], bend, s[3])
		} else {
			m.curve(0, s[0], s[1], s[2], s[3], bend)
		}
		horizontal = !horizontal
		s = s[4:]
	}
}

// flex runs the two-byte operators that draw. Arithmetic in charstrings is obsolete and not run.
func (m *machine) flex(op byte) {
	s := m.stack
	switch {
	case op == 35 && len(s) >= 12: // flex
		m.curves(s[:12])
	case op == 34 && len(s) >= 7: // hflex
		m.curve(s[0], 0, s[1], s[2], s[3], 0)
		m.curve(s[4], 0, s[5], -s[2], s[6], 0)
	case op == 36 && len(s) >= 9: // hflex1
		m.curve(s[0], s[1], s[2], s[3], s[4], 0)
		m.curve(s[5], 0, s[6], s[7], s[8], -(s[1] + s[3] + s[7]))
	case op == 37 && len(s) >= 11: // flex1
		dx := s[0] + s[2] + s[4] + s[6] + s[8]
		dy := s[1] + s[3] + s[5] + s[7] + s[9]
		m.curve(s[0], s[1], s[2], s[3], s[4], s[5])
		if dx*dx > dy*dy {
			m.curve(s[6], s[7], s[8], s[9], s[10], -dy)
		} else {
			m.curve(s[6], s[7], s[8], s[9], -dx, s[10])
		}
	}
}
