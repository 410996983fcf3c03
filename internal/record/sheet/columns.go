package sheet

import (
	"math"
	"slices"
	"strings"
)

// strip is a part of a table that stands side by side on one page: which columns, where, how wide.
type strip struct {
	columns []int
	x       []float64 // left edges, and the right edge of the last
}

const (
	cellPad     = 1.3  // mm between a cell's line and its text
	widestWant  = 75.0 // mm that the longest titles are granted before they wrap
	centredMost = 30.0 // mm: columns whose contents are all shorter are centred
)

// strips lays the columns out across the width. A book of more columns than A4 holds goes on in a second part which
// repeats the first two columns.
func strips(columns []Column, rows []Row, paper Paper, width float64, head, body *face) []strip {
	all := make([]int, len(columns))
	for i := range all {
		all[i] = i
	}
	w, _ := paper.size()
	if len(columns) <= maxNarrow+2 || w > 300 { // 14 and the two that every book has
		return []strip{newStrip(all, columns, rows, width, head, body)}
	}
	half := (len(columns) + 2) / 2
	second := append([]int{0, 1}, all[half:]...)
	return []strip{
		newStrip(all[:half], columns, rows, width, head, body),
		newStrip(second, columns, rows, width, head, body),
	}
}

// newStrip shares the width out: every column what it cannot do without, so that no day or number is torn, the rest by
// what the definition gives it or its contents would like.
func newStrip(chosen []int, columns []Column, rows []Row, width float64, head, body *face) strip {
	need, whole, want := make([]float64, len(chosen)), make([]float64, len(chosen)), make([]float64, len(chosen))
	for i, c := range chosen {
		need[i], want[i] = measure(columns[c], c, rows, head, body)
		whole[i] = max(need[i], shortest(c, rows, body))
		if asked := columns[c].Width; asked > 0 {
			want[i] = max(asked, need[i])
		}
		want[i] = max(want[i], whole[i])
	}
	if sum(whole) <= width {
		need = whole
	}
	return strip{columns: chosen, x: edges(share(need, want, width))}
}

// shortest is the width at which no name, no word of a choice and no number with its year (假〔2026〕4号) is torn; a column
// gets it where the page has room for all.
func shortest(index int, rows []Row, body *face) float64 {
	width := 0.0
	for _, r := range rows {
		text := r.Cells[index]
		if wide := body.width(text); wide <= 4*body.em()+0.1 || strings.ContainsRune(text, '〔') && wide <= centredMost {
			width = max(width, wide+2*cellPad)
		}
	}
	return width
}

// measure gives the least width of a column and the width at which nothing wraps, save the longest tenth.
func measure(column Column, index int, rows []Row, head, body *face) (need, want float64) {
	need = 2*head.em() + 2*cellPad
	want = max(need, head.width(column.Name)+2*cellPad)
	if half := head.width(column.Name)/2 + head.em()/2 + 2*cellPad; len([]rune(column.Name)) > 2 {
		need = max(need, min(half, 4*head.em()+2*cellPad))
	}
	lengths := make([]float64, 0, len(rows))
	for _, r := range rows {
		text := r.Cells[index]
		if text == "" {
			continue
		}
		lengths = append(lengths, body.width(text))
		for _, atom := range body.atoms(text, math.Inf(1)) {
			need = max(need, min(body.width(atom), 30)+2*cellPad)
		}
	}
	if len(lengths) > 0 {
		slices.Sort(lengths)
		want = max(want, min(lengths[len(lengths)*9/10], widestWant)+2*cellPad)
	}
	return need, max(need, want)
}

// share gives widths that add up to the whole. What is left when every column has what it needs is poured in evenly
// until each has what it wants, so that dates and names stand on one line and only the long titles wrap.
func share(need, want []float64, whole float64) []float64 {
	widths := slices.Clone(need)
	needs, wants := sum(need), sum(want)
	if needs >= whole || wants <= whole { // too much for the page, or room to spare: all alike
		from, total := need, needs
		if wants <= whole {
			from, total = want, wants
		}
		for i := range widths {
			widths[i] = from[i] * whole / total
		}
		return widths
	}
	for left := whole - needs; left > 1e-6; {
		thirsty := 0
		for i := range widths {
			if widths[i] < want[i] {
				thirsty++
			}
		}
		portion := left / float64(thirsty)
		for i := range widths {
			drink := min(portion, want[i]-widths[i])
			widths[i], left = widths[i]+drink, left-drink
		}
	}
	return widths
}

func sum(list []float64) float64 {
	total := 0.0
	for _, v := range list {
		total += v
	}
	return total
}

// edges turns widths into positions from the left margin.
func edges(widths []float64) []float64 {
	x := make([]float64, len(widths)+1)
	x[0] = marginLeft
	for i, w := range widths {
		x[i+1] = x[i] + w
	}
	return x
}

// alignments settles Auto for each column.
func alignments(columns []Column, rows []Row, body *face) []Align {
	list := make([]Align, len(columns))
	for i, c := range columns {
		if list[i] = c.Align; c.Align != Auto {
			continue
		}
		list[i] = Centre
		for _, r := range rows {
			if body.width(r.Cells[i]) > centredMost {
				list[i] = Left
				break
			}
		}
	}
	return list
}
