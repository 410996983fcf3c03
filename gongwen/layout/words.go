package layout

import (
	_ "embed"
	"math"
	"sort"
	"strconv"
	"strings"
	"unicode"
)

// wordList holds lines «word weight kind», sorted; it is searched where it lies, so it costs no time to load.
//
//go:embed words/words.txt
var wordList string

const (
	longestWord = 10
	totalWeight = 180 // ten times the logarithm of all occurrences
	unknown     = 0   // weight of a character that is no word
)

// wordWeight looks a word up; kind is the letter of its kind.
func wordWeight(w string) (weight float64, kind byte, ok bool) {
	at := sort.Search(len(wordList), func(i int) bool { return lineAt(i) >= w+" " })
	f := strings.Fields(lineAt(at))
	if len(f) != 3 || f[0] != w {
		return 0, 0, false
	}
	v, err := strconv.Atoi(f[1])
	return float64(v), f[2][0], err == nil
}

// lineAt gives the first line that begins at byte i or later.
func lineAt(i int) string {
	if i > 0 {
		n := strings.IndexByte(wordList[i-1:], '\n')
		if n < 0 {
			return "\U0010FFFF"
		}
		i += n
	}
	if i >= len(wordList) {
		return "\U0010FFFF"
	}
	line, _, _ := strings.Cut(wordList[i:], "\n")
	return line
}

// segment divides a text into words so that the product of their frequencies is greatest, and gives where the
// words end.
func segment(text []rune) []int {
	best := make([]float64, len(text)+1)
	back := make([]int, len(text)+1)
	for end := 1; end <= len(text); end++ {
		best[end] = math.Inf(-1)
		for n := 1; n <= min(longestWord, end); n++ {
			weight, _, ok := wordWeight(string(text[end-n : end]))
			if !ok {
				if n > 1 {
					continue
				}
				weight = unknown
			}
			if v := best[end-n] + weight - totalWeight; v > best[end] {
				best[end], back[end] = v, end-n
			}
		}
	}
	var ends []int
	for at := len(text); at > 0; at = back[at] {
		ends = append(ends, at)
	}
	sort.Ints(ends)
	return ends
}

// joint 词间: what lies at a place in a title: how firmly it lies inside a word, 1 inside one of the list, 0.5
// between characters that are probably a word not in the list, 0 at a border; and the kinds of the words around it.
type joint struct {
	inside      float64
	left, right byte
}

func joints(title []rune) []joint {
	out := make([]joint, len(title)+1)
	for i := range out {
		out[i].inside = 1
	}
	out[0].inside = 0
	from := 0
	for _, end := range segment(title) {
		_, kind, _ := wordWeight(string(title[from:end]))
		out[from].right, out[end].left, out[end].inside = kind, kind, 0
		if end-from == 1 && from > 0 && looseCharacter(title[from]) && looseCharacter(title[from-1]) && (from == 1 || out[from-1].inside < 1) {
			out[from].inside = 0.5
		}
		from = end
	}
	return out
}

// looseCharacter reports a character that is hardly a word by itself.
func looseCharacter(r rune) bool {
	return unicode.Is(unicode.Han, r) && !strings.ContainsRune("的和与及等在对为是由向以到从被把将并或县市省区乡镇村局厅部委办", r)
}
