package layout

import (
	"math"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// titleLines sets a title: 二号小标宋, centred lines broken where the meaning allows, in the shape of a
// trapezoid or a diamond (7.3.1).
func (s *setter) titleLines(title string, el Element, src Source) {
	if title == "" {
		return
	}
	size := size2
	if el == AttachmentTitle {
		size = s.opts.AttachmentTitleSize
	}
	st := s.style(font.Title, size, Black)
	var lines []string
	for _, part := range strings.Split(title, "\n") {
		lines = append(lines, s.breakTitle(part, st)...)
	}
	from := 0
	for _, text := range lines {
		for _, l := range breakLines(s.boxes([]span{{strings.Trim(text, " 　"), font.Title}}, st), areaWidth, 0, 0) {
			l.gap, l.indent = 0, max(0, (areaWidth-widthOf(l.boxes))/2)
			at := src
			at.From = from
			s.add(piece{height: mm(size), runs: l.place(areaLeft, 0, st, el, at)})
		}
		from += len([]rune(text))
	}
}

// longestTitle is how many characters a title may have for its breaks to be weighed; four full lines have 80.
const longestTitle = 90

// breakTitle divides a title that is too long for a line.
func (s *setter) breakTitle(title string, st style) []string {
	boxes := s.boxes([]span{{title, font.Title}}, st)
	em := mm(st.size)
	limit := min(areaWidth/em, float64(s.opts.TitleCharacters))
	if widthOf(boxes)/em <= limit+slack {
		return []string{title}
	}
	if len(boxes) > longestTitle {
		return []string{title} // no title; it is broken like text
	}
	borders := titleBorders([]rune(title))
	at := make([]float64, len(boxes)+1) // width up to each border, in em
	for i, b := range boxes {
		at[i+1] = at[i] + b.width/em
	}
	least := int(math.Ceil(at[len(boxes)]/limit - slack))
	var best []int
	cost := math.Inf(1)
	for n := least; n <= min(least+1, 4); n++ {
		breaks, c := bestBreaks(borders, at, n, limit)
		if c += 1.5 * float64(n-least); c < cost {
			best, cost = breaks, c
		}
	}
	if best == nil {
		return []string{title}
	}
	var lines []string
	from, runes := 0, []rune(title)
	for _, b := range append(best, len(runes)) {
		lines = append(lines, string(runes[from:b]))
		from = b
	}
	return lines
}

// bestBreaks tries every way to divide into n lines no wider than limit.
func bestBreaks(borders []float64, at []float64, n int, limit float64) (breaks []int, cost float64) {
	cost = math.Inf(1)
	chosen := make([]int, 0, n-1)
	end := len(at) - 1
	var try func(from int, sofar float64)
	try = func(from int, sofar float64) {
		if sofar >= cost {
			return
		}
		if len(chosen) == n-1 {
			if at[end]-at[from] > limit+slack {
				return
			}
			if c := sofar + shapeCost(chosen, at); c < cost {
				breaks, cost = append([]int{}, chosen...), c
			}
			return
		}
		for b := from + 2; b <= end-2 && at[b]-at[from] <= limit+slack; b++ {
			if borders[b] >= never {
				continue
			}
			chosen = append(chosen, b)
			try(b, sofar+borders[b])
			chosen = chosen[:len(chosen)-1]
		}
	}
	try(0, 0)
	return breaks, cost
}

// imbalance is what a character costs by which the longest line is longer than the shortest.
const imbalance = 0.2

// shapeCost judges the lengths of lines. Wanted are a trapezoid, each line longer than the one before or each
// shorter, or a diamond with its longest line in the middle; not a rectangle, an hourglass, or a stub.
func shapeCost(breaks []int, at []float64) float64 {
	w := make([]float64, 0, len(breaks)+1)
	from := 0
	for _, b := range append(append([]int{}, breaks...), len(at)-1) {
		w = append(w, at[b]-at[from])
		from = b
	}
	longest, shortest := 0.0, math.Inf(1)
	for _, v := range w {
		longest, shortest = max(longest, v), min(shortest, v)
	}
	cost := 0.0
	if shortest < longest/4 { // a stub of a line
		cost += 4
	}
	cost += imbalance * (longest - shortest) // even lines please, but not exactly even ones
	for i := range len(w) - 1 {
		if math.Abs(w[i+1]-w[i]) < 0.75 {
			cost += 0.6 // as a rectangle
		}
	}
	for i := 1; i+1 < len(w); i++ {
		if w[i] < w[i-1] && w[i] < w[i+1] { // an hourglass
			cost += 6
		}
	}
	return cost
}
