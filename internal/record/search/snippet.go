package search

import "slices"

// Piece 片段 is a stretch of a text, marked when it is what was searched for.
type Piece struct {
	Text string `json:"text"`
	Hit  bool   `json:"hit,omitempty"`
}

// stretch is a half-open range of runes.
type stretch struct{ from, to int }

// Snippet gives about width characters of the text round the place that answers most of the question, cut into
// pieces with the hits marked, so that the page draws them without parsing anything.
func Snippet(text string, q Query, width int) []Piece {
	original := reflow(text)
	folded := make([]rune, len(original))
	for i, r := range original {
		folded[i] = normal(r)
	}
	hits := q.find(folded)
	window := best(hits, len(original), width)
	return cut(original, hits, window)
}

// find lists where the words of the question stand, in order and without overlap. A word that does not stand there
// whole (its pairs stood apart) is marked by its pairs.
func (q Query) find(text []rune) []stretch {
	var hits []stretch
	for _, w := range q.words {
		found := occurrences(text, w.runes)
		if len(found) == 0 && w.ideographic {
			for i := range len(w.runes) - 1 {
				found = append(found, occurrences(text, w.runes[i:i+2])...)
			}
		}
		hits = append(hits, found...)
	}
	slices.SortFunc(hits, func(a, b stretch) int { return a.from - b.from })
	var merged []stretch
	for _, h := range hits {
		if n := len(merged); n > 0 && h.from < merged[n-1].to {
			merged[n-1].to = max(merged[n-1].to, h.to)
			continue
		}
		merged = append(merged, h)
	}
	return merged
}

func occurrences(text, word []rune) []stretch {
	var found []stretch
	for i := 0; i+len(word) <= len(text); i++ {
		if slices.Equal(text[i:i+len(word)], word) {
			found = append(found, stretch{i, i + len(word)})
			i += len(word) - 1
		}
	}
	return found
}

// best is the window with the most hit characters, some way before its first hit; the beginning when nothing hits.
func best(hits []stretch, length, width int) stretch {
	window, most := stretch{0, min(width, length)}, 0
	end, sum := 0, 0
	for i, h := range hits {
		from := max(0, h.from-width/4)
		for end < len(hits) && hits[end].to <= from+width {
			sum += hits[end].to - hits[end].from
			end++
		}
		if sum > most {
			most, window = sum, stretch{from, min(from+width, length)}
		}
		if end > i {
			sum -= h.to - h.from
		} else {
			end = i + 1
		}
	}
	if window.to == length {
		window.from = max(0, length-width)
	}
	return window
}

// cut makes the pieces of a window, with an ellipsis where the text goes on.
func cut(text []rune, hits []stretch, window stretch) []Piece {
	var pieces []Piece
	put := func(from, to int, hit bool) {
		if from < to {
			pieces = append(pieces, Piece{Text: string(text[from:to]), Hit: hit})
		}
	}
	if window.from > 0 {
		pieces = append(pieces, Piece{Text: "…"})
	}
	at := window.from
	for _, h := range hits {
		from, to := max(h.from, at), min(h.to, window.to)
		if from >= to {
			continue
		}
		put(at, from, false)
		put(from, to, true)
		at = to
	}
	put(at, window.to, false)
	if window.to < len(text) {
		pieces = append(pieces, Piece{Text: "…"})
	}
	return pieces
}
