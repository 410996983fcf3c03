package layout

// spacing bends a page: breaks are pieces that must begin a page, scale the stretch of leading on a page.
type spacing struct {
	breaks map[int]bool
	scale  map[int]float64
}

// paginate places the pieces, and bends the spacing so that the signature does not stand alone: the remedy
// the standard names instead of «此页无正文» (7.3.5.5).
func (s *setter) paginate(top, firstBottom float64) plan {
	p := s.place(top, firstBottom, spacing{})
	sign := s.signature()
	if sign <= 0 || !p.alone(sign, s.pieces) {
		return s.withImprint(p, top, firstBottom)
	}
	before := p.page[sign] - 1
	for _, squeeze := range []float64{0.92, 0.84, 0.76, 0.68} { // first try to draw it back onto the page before
		q := s.place(top, firstBottom, spacing{scale: map[int]float64{before: squeeze}})
		if !q.alone(sign, s.pieces) {
			return q
		}
	}
	for _, take := range s.company(sign) { // else give it one or two lines of the body
		from := s.bodyBefore(sign, take)
		if from <= 0 || p.page[from] != before || p.page[from-1] != before || s.pieces[from-1].kind == headingPiece {
			continue
		}
		bottom := areaBottom
		if before == 0 {
			bottom = firstBottom
		}
		used := p.top[from-1] + s.pieces[from-1].height
		gaps := 0.0
		for i := range from {
			if p.page[i] == before && (s.pieces[i].kind == bodyPiece || s.pieces[i].kind == headingPiece) {
				gaps++
			}
		}
		scale := 1 + (bottom-used)/(gaps*s.leading)
		if scale > 1.4 { // too few lines to fill the page with
			scale = 1
		}
		return s.place(top, firstBottom, spacing{map[int]bool{from: true}, map[int]float64{before: scale}})
	}
	return p
}

// withImprint draws the last page together a little when that makes room for 版记, which had else a page of
// its own.
func (s *setter) withImprint(p plan, top, firstBottom float64) plan {
	room := s.imprintTop()
	if p.end(s.pieces) <= room || p.end(s.pieces) > areaBottom {
		return p
	}
	for _, squeeze := range []float64{0.92, 0.84, 0.76, 0.68} {
		q := s.place(top, firstBottom, spacing{scale: map[int]float64{p.last: squeeze}})
		if q.last == p.last && q.end(s.pieces) <= room {
			return q
		}
	}
	return p
}

func (s *setter) signature() int {
	for i, p := range s.pieces {
		if p.kind == signaturePiece {
			return i
		}
	}
	return -1
}

// company tells how many lines of the body to give to a signature: two, or one that is a paragraph by itself, for
// the page before loses as much.
func (s *setter) company(sign int) []int {
	if last := s.bodyBefore(sign, 1); last > 0 && s.pieces[last].first {
		return []int{1, 2}
	}
	return []int{2, 1}
}

// bodyBefore gives the piece from which n lines of the body precede piece i.
func (s *setter) bodyBefore(i, n int) int {
	for i--; i > 0; i-- {
		if s.pieces[i].kind == bodyPiece || s.pieces[i].kind == headingPiece {
			if n--; n == 0 {
				return i
			}
		}
	}
	return -1
}

// alone reports a signature on a page without a line of the body.
func (p plan) alone(sign int, pieces []piece) bool {
	for i := sign - 1; i >= 0 && p.page[i] == p.page[sign]; i-- {
		if pieces[i].kind == bodyPiece || pieces[i].kind == headingPiece {
			return false
		}
	}
	return p.page[sign] > 0
}
