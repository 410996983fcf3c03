package layout

import (
	"math"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// A horizontal table stands on a turned page; its text area is the same paper, 225 wide and 156 high (8.2).
const (
	turnedLeft   = PageHeight - areaBottom
	turnedTop    = areaLeft
	turnedBottom = areaRight
)

const (
	tableSize = 12.0 // 小四: usual in tables; the standard gives none
	tableRule = 0.18
	cellPad   = 1.2

	longEntry  = 16.0 // characters; an entry longer than that may wrap
	captionGap = 2.0
	joined     = 1e-9 // rows share their rule
)

// table sets a table with all rules; its head is set in 黑体 and repeated on each page.
func (s *setter) table(t *gongwen.Table, el Element, src Source, blank float64) {
	if len(t.Rows) == 0 {
		return
	}
	left, width := areaLeft, areaWidth
	if t.Landscape {
		left, width = turnedLeft, areaHeight
	}
	columns := s.columnWidths(t, width)
	if t.Caption != "" {
		boxes := s.boxes([]span{{t.Caption, font.Hei}}, s.body())
		for _, l := range breakLines(boxes, width, 0, 0) {
			l.gap, l.indent = 0, max(0, (width-widthOf(l.boxes))/2)
			s.add(piece{height: mm(s.size3), runs: l.place(left, 0, s.body(), el, src), blank: blank, kind: headingPiece, turned: t.Landscape})
			blank = 0
		}
	}
	room := areaHeight
	if t.Landscape {
		room = areaWidth
	}
	head := s.tableRow(s.cells(t.Rows[0], columns, true), columns, left, el, src)
	repeated := head.height < room/3
	if repeated {
		room -= head.height
	}
	for i, p := range s.tableRows(t.Rows, columns, left, room, el, src) {
		p.turned = t.Landscape
		if i > 0 && repeated {
			p.repeat = &head
		}
		switch {
		case i > 0:
			p.tight = joined
		case t.Caption != "":
			p.tight = captionGap
		default:
			p.blank = blank
		}
		s.add(p)
	}
}

// columnWidths shares the width out by what the cells hold: no column narrower than a short entry such as a date,
// longer ones by the root of their length.
func (s *setter) columnWidths(t *gongwen.Table, width float64) []float64 {
	n := 0
	for _, r := range t.Rows {
		n = max(n, len(r))
	}
	want := make([]float64, n)
	least := make([]float64, n)
	em := mm(tableSize)
	total, floor := 0.0, 0.0
	for c := range n {
		for _, r := range t.Rows {
			if c < len(r) {
				w := s.fonts.Width(font.FangSong, r[c], tableSize)
				want[c] = max(want[c], w)
				least[c] = max(least[c], min(w, 10*em))
			}
		}
		least[c] += 2*cellPad + 0.5
		if want[c] += 2*cellPad + 0.5; want[c] > longEntry*em {
			want[c] = math.Sqrt(want[c] * longEntry * em)
		}
		want[c] = max(least[c], want[c])
		total, floor = total+want[c], floor+least[c]
	}
	for c := range want {
		if floor >= width || total <= width {
			want[c] *= width / total
			continue
		}
		want[c] = least[c] + (want[c]-least[c])*(width-floor)/(total-floor)
	}
	return want
}

// tableRows sets the rows; one too high for a page goes on in further rows.
func (s *setter) tableRows(rows [][]string, columns []float64, left, room float64, el Element, src Source) []piece {
	most := max(1, int((room-2*cellPad)/rowStep))
	var out []piece
	for i, row := range rows {
		cells := s.cells(row, columns, i == 0)
		for more := true; more; {
			more = false
			part := make([][]lineOf, len(cells))
			for c := range cells {
				n := min(len(cells[c]), most)
				part[c], cells[c] = cells[c][:n], cells[c][n:]
				more = more || len(cells[c]) > 0
			}
			out = append(out, s.tableRow(part, columns, left, el, src))
		}
	}
	return out
}

const rowStep = tableSize * font.PointMM * 1.35 // from line to line in a cell

// cells breaks the text of a row into the lines of its cells.
func (s *setter) cells(row []string, columns []float64, head bool) [][]lineOf {
	role := font.FangSong
	if head {
		role = font.Hei
	}
	st := s.style(font.FangSong, tableSize, Black)
	out := make([][]lineOf, len(columns))
	for c := range columns {
		if c >= len(row) {
			continue
		}
		for _, part := range strings.Split(row[c], "\n") {
			out[c] = append(out[c], breakLines(s.boxes([]span{{part, role}}, st), columns[c]-2*cellPad, 0, 0)...)
		}
	}
	return out
}

// tableRow sets one row: cells centred when short, else flush left; the row as high as its longest cell.
func (s *setter) tableRow(cells [][]lineOf, columns []float64, left float64, el Element, src Source) piece {
	st := s.style(font.FangSong, tableSize, Black)
	height := 0.0
	for _, lines := range cells {
		height = max(height, float64(len(lines))*rowStep)
	}
	height += 2 * cellPad
	p := piece{height: height, kind: bodyPiece}
	x := left
	vertical := func(x float64) {
		p.rules = append(p.rules, Rule{Element: TableRule, X1: x, Y1: 0, X2: x, Y2: height, Width: tableRule})
	}
	vertical(x)
	for c, w := range columns {
		y := (height-float64(len(cells[c]))*rowStep)/2 + (rowStep-mm(tableSize))/2
		for _, l := range cells[c] {
			l.gap = min(l.gap, 0)
			if len(cells[c]) == 1 {
				l.indent = max(0, (w-2*cellPad-widthOf(l.boxes))/2)
			}
			p.runs = append(p.runs, l.place(x+cellPad, y, st, el, src)...)
			y += rowStep
		}
		x += w
		vertical(x)
	}
	for _, y := range []float64{0, height} {
		p.rules = append(p.rules, Rule{Element: TableRule, X1: left, Y1: y, X2: x, Y2: y, Width: tableRule})
	}
	return p
}
