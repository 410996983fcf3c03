package layout

import (
	"math"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// sign sets 署名、成文日期、印章 in the way the document is signed (7.3.5).
func (s *setter) sign() {
	d := s.doc
	switch {
	case len(d.Signatures) == 0 && d.Date == "", s.datedHead():
	case d.Stamped():
		s.signStamped()
	case !d.Sealed() || len(d.Signatures) == 0:
		s.signPlain()
	case len(d.Signatures) == 1:
		s.signSealed()
	default:
		s.signJointly()
	}
}

// text makes the runs of one line of the body's style whose left edge is x and em box begins at y.
func (s *setter) text(text string, role font.Role, x, y float64, el Element) []Run {
	return lineOf{boxes: s.boxes([]span{{text, role}}, s.body())}.place(x, y, s.body(), el, Source{Block: -1})
}

func (s *setter) width(text string) float64 {
	return widthOf(s.boxes([]span{{text, font.FangSong}}, s.body()))
}

// signPlain: without a seal. One blank line; the organ two characters from the right; the date two characters
// right of the organ's first, or if longer than the organ two characters from the right (7.3.5.2).
func (s *setter) signPlain() {
	d := s.doc
	right := areaRight - 2*cell
	longest := 0.0
	for _, sg := range d.Signatures {
		longest = max(longest, s.width(sg.Organ))
	}
	x := max(right-longest, areaLeft)
	dateX := x + 2*cell
	if w := s.width(d.Date); w > longest {
		dateX = right - w
		x = dateX - 2*cell
	}
	var rows []piece
	row := func(text string, x float64, el Element) {
		rows = append(rows, piece{kind: signaturePiece, height: mm(s.size3), runs: s.text(text, font.FangSong, x, 0, el)})
	}
	for _, sg := range d.Signatures {
		row(sg.Organ, x, Signature)
	}
	if d.Date != "" {
		row(d.Date, dateX, Date)
	}
	rows[0].blank = 1
	s.together(rows, pitch)
}

// together adds rows of a signature as one piece, or one by one when they fill more than half a page.
func (s *setter) together(rows []piece, step float64) {
	if float64(len(rows))*step > areaHeight/2 {
		for i, p := range rows {
			if i > 0 {
				p.blank = step/pitch - 1
			}
			s.add(p)
		}
		return
	}
	whole := rows[0]
	for i, p := range rows[1:] {
		down := float64(i+1) * step
		for _, r := range p.runs {
			r.Y += down
			whole.runs = append(whole.runs, r)
		}
		for _, seal := range p.seals {
			seal.Y += down
			whole.seals = append(whole.seals, seal)
		}
		whole.height, whole.below = down+p.height, p.below
	}
	s.add(whole)
}

// seal gives the seal of an organ: its own, or the one of its place.
func (s *setter) seal(i int) gongwen.Seal {
	seals := s.doc.Seals
	seal := gongwen.Seal{}
	if i < len(seals) {
		seal = seals[i]
	}
	for _, c := range seals {
		if i < len(s.doc.Signatures) && c.Organ == s.doc.Signatures[i].Organ {
			seal = c
		}
	}
	if seal.Organ == "" && i < len(s.doc.Signatures) {
		seal.Organ = s.doc.Signatures[i].Organ
	}
	if seal.Diameter <= 0 || seal.Diameter > areaWidth {
		seal.Diameter = 42 // the size of a township government, the most common
	}
	return seal
}

// drop is how far below the middle of a seal name and date lie: «居印章中心偏下位置» (7.3.5.1).
const drop = 0.08

// blanksAbove gives the whole blank lines before name and date so that the seal, reaching up over them by
// rise, begins within one line below the text.
func (s *setter) blanksAbove(rise float64) float64 {
	return math.Max(1, math.Ceil((rise-s.leading)/pitch))
}

// signSealed: one organ. The date four characters from the right, the organ above it, centred on it; the seal
// on both, its top within one line of the text (7.3.5.1).
func (s *setter) signSealed() {
	d := s.doc
	organ, date := d.Signatures[0].Organ, d.Date
	nameW, dateW := s.width(organ), s.width(date)
	centre := areaRight - 4*cell - dateW/2
	if centre+nameW/2 > areaRight { // a name wider than that keeps two characters, and the date is centred under it
		centre = max(areaRight-2*cell-nameW/2, areaLeft+nameW/2)
	}
	seal := s.seal(0)
	middle := (pitch + mm(s.size3)) / 2
	y := middle - drop*seal.Diameter
	rise := seal.Diameter/2 - y
	p := piece{height: pitch + mm(s.size3), blank: s.blanksAbove(rise), kind: signaturePiece, above: max(rise, 0)}
	p.runs = append(s.text(organ, font.FangSong, centre-nameW/2, 0, Signature), s.text(date, font.FangSong, centre-dateW/2, pitch, Date)...)
	p.seals = []Seal{{seal.Organ, centre, y, seal.Diameter, seal.Image, s.opts.NoSealArt}}
	p.below = max(0, y+seal.Diameter/2-p.height)
	s.add(p)
}

// signJointly: several organs in rows, every seal on its own name, the last on name and date; seals neither
// overlap nor touch, and rows stay inside the text area (7.3.5.1).
func (s *setter) signJointly() {
	d := s.doc
	n := len(d.Signatures)
	widest, diameter := s.width(d.Date), 0.0
	for i, sg := range d.Signatures {
		widest = max(widest, s.width(sg.Organ)+cell)
		diameter = max(diameter, s.seal(i).Diameter)
	}
	slot := max(widest, diameter+1)
	columns := max(1, min(int(areaWidth/slot), s.opts.SealsInRow, n))
	slot = areaWidth / float64(columns)
	step := math.Ceil((diameter+1)/pitch) * pitch // from row to row
	rows := (n + columns - 1) / columns
	var all []piece
	for row := range rows {
		all = append(all, s.sealRow(row, rows, columns, slot))
	}
	s.together(all, step)
}

// sealRow sets one row of organs with their seals; the last row ends at the right, where the date belongs.
func (s *setter) sealRow(row, rows, columns int, slot float64) piece {
	d := s.doc
	n := len(d.Signatures)
	p := piece{kind: signaturePiece, height: mm(s.size3)}
	shift := 0
	if row == rows-1 {
		shift = rows*columns - n
		p.height += pitch
	}
	for i := row * columns; i < min((row+1)*columns, n); i++ {
		x := areaLeft + (float64(i%columns+shift)+0.5)*slot
		organ := d.Signatures[i].Organ
		p.runs = append(p.runs, s.text(organ, font.FangSong, x-s.width(organ)/2, 0, Signature)...)
		if i == n-1 {
			p.runs = append(p.runs, s.text(d.Date, font.FangSong, x-s.width(d.Date)/2, pitch, Date)...)
		}
		seal := s.seal(i)
		at := p.height/2 - drop*seal.Diameter // of a row all seals stand level
		p.seals = append(p.seals, Seal{seal.Organ, x, at, seal.Diameter, seal.Image, s.opts.NoSealArt})
		p.above = max(p.above, seal.Diameter/2-at)
		p.below = max(p.below, at+seal.Diameter/2-p.height)
	}
	p.blank = s.blanksAbove(p.above)
	return p
}

// signStamped: the signer's name stamp two blank lines below, four characters from the right, his office two
// characters left of it; one blank line; the date four characters from the right (7.3.5.3).
func (s *setter) signStamped() {
	d := s.doc
	stamp := s.style(font.Kai, size2, Red)
	right := areaRight - 4*cell
	widest, titles := 0.0, 0.0
	for _, sg := range d.Signatures {
		widest = max(widest, widthOf(s.boxes([]span{{sg.Name, font.Kai}}, stamp)))
		titles = max(titles, s.width(sg.Organ+sg.Title))
	}
	p := piece{blank: 2, kind: signaturePiece}
	y := 0.0
	for _, sg := range d.Signatures {
		name := lineOf{boxes: s.boxes([]span{{sg.Name, font.Kai}}, stamp)}
		p.runs = append(p.runs, name.place(right-widest, y, stamp, Stamp, Source{Block: -1})...)
		down := (mm(size2) - mm(s.size3)) / 2
		p.runs = append(p.runs, s.text(sg.Organ+sg.Title, font.FangSong, right-widest-2*cell-titles, y+down, Signature)...)
		y += mm(size2) + s.leading
	}
	if d.Date != "" {
		y += pitch
		p.runs = append(p.runs, s.text(d.Date, font.FangSong, right-s.width(d.Date), y, Date)...)
		y += pitch
	}
	p.height = y - s.leading
	s.add(p)
}
