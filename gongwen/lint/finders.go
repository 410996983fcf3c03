package lint

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// pattern 句式: a fault told by a regular expression. It is tried only near its hints, which keeps a check
// of ten thousand characters within milliseconds.
type pattern struct {
	near   string // hints separated by spaces; "0" is any digit; required
	expr   string // the group x, or y where x did not take part, is the faulty part; else all
	unless string // matches around the fault that excuse it
	in     scope  // where to look; inText unless said
	titles bool   // look inside book marks 《》 too: quoted names are otherwise not ours to change
	fix    string // template of the correction of the faulty part; empty: none is certain
	say    string // message; empty: the title of the rule
	once   bool   // report the first place of the document only
	whole  bool   // try the whole paragraph, for expressions with ^ or $
}

// drop is the correction that takes the faulty part away.
const drop = "\x00"

const reach = 96 // bytes of context on either side of a hint

func match(pt pattern) finder {
	find := near(pt.near, pt.expr)
	find.whole = pt.whole
	var unless *regexp.Regexp
	if pt.unless != "" {
		unless = regexp.MustCompile(pt.unless)
	}
	if pt.in == 0 {
		pt.in = inText
	}
	return func(p *paper) {
		if !find.may(p) {
			return
		}
		for s := range p.within(pt.in) {
			for _, m := range find.all(p, s.text) {
				i, j := find.faulty(m)
				if unless != nil && unless.MatchString(around(s.text, m[0], m[1])) || !pt.titles && quotedTitle(s.text, i) {
					continue
				}
				if pt.fix == "" {
					p.at(s, i, j, pt.say)
				} else {
					fix := string(find.re.ExpandString(nil, strings.TrimPrefix(pt.fix, drop), s.text, m))
					p.mend(s, i, j, pt.say, fix)
				}
				if pt.once {
					return
				}
			}
		}
	}
}

// search 检索: an expression that is tried near its hints only.
type search struct {
	hints []string
	re    *regexp.Regexp
	whole bool
}

func near(hints, expr string) search {
	return search{hints: strings.Fields(hints), re: regexp.MustCompile(expr)}
}

// may reports false only if nothing can be found in the document.
func (x *search) may(p *paper) bool { return slices.ContainsFunc(x.hints, p.seen.may) }

// faulty gives the group x, or y where x did not take part, or else the whole match.
func (x *search) faulty(m []int) (i, j int) {
	for _, name := range [...]string{"x", "y"} {
		if k := x.re.SubexpIndex(name); k > 0 && m[2*k] >= 0 {
			return m[2*k], m[2*k+1]
		}
	}
	return m[0], m[1]
}

// all gives the matches in a text, as FindAllStringSubmatchIndex does.
func (x *search) all(p *paper, text string) [][]int {
	var out [][]int
	done := 0
	for from, to := range x.stretches(p, text) {
		from = max(from, done)
		if from >= to {
			continue
		}
		for _, m := range x.re.FindAllStringSubmatchIndex(text[from:to], -1) {
			shift(m, from)
			done = max(done, m[1])
			out = append(out, m)
		}
	}
	return out
}

// stretches gives the parts of a text to try.
func (x *search) stretches(p *paper, text string) func(yield func(from, to int) bool) {
	return func(yield func(from, to int) bool) {
		var here []string
		for _, h := range x.hints {
			if p.seen.may(h) && indexHint(text, h, 0) >= 0 {
				here = append(here, h)
			}
		}
		switch {
		case len(here) == 0:
		case x.whole:
			yield(0, len(text))
		default:
			windows(text, here)(yield)
		}
	}
}

func shift(m []int, by int) {
	for i := range m {
		if m[i] >= 0 {
			m[i] += by
		}
	}
}

// windows gives the stretches of text around the hints, merged and cut at characters.
func windows(text string, hints []string) func(yield func(from, to int) bool) {
	return func(yield func(from, to int) bool) {
		next := make([]int, len(hints))
		for i, h := range hints {
			next[i] = indexHint(text, h, 0)
		}
		from, to := -1, -1
		for {
			k := -1
			for i, n := range next {
				if n >= 0 && (k < 0 || n < next[k]) {
					k = i
				}
			}
			if k < 0 {
				break
			}
			at := next[k]
			lo, hi := runeStart(text, max(at-reach, 0)), runeStart(text, min(at+reach, len(text)))
			switch {
			case from < 0:
				from, to = lo, hi
			case lo <= to:
				to = max(to, hi)
			default:
				if !yield(from, to) {
					return
				}
				from, to = lo, hi
			}
			next[k] = indexHint(text, hints[k], at+1)
		}
		if from >= 0 {
			yield(from, to)
		}
	}
}

// runeStart moves an offset back to the beginning of a character.
func runeStart(text string, i int) int {
	for i > 0 && i < len(text) && !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}

// around gives a match with some context on either side.
func around(text string, i, j int) string {
	return text[runeStart(text, max(i-36, 0)):runeStart(text, min(j+36, len(text)))]
}

// quotedTitle reports a place inside 《》 that closes in the same text.
func quotedTitle(text string, i int) bool {
	open := strings.LastIndex(text[:i], "《")
	return open >= 0 && !strings.Contains(text[open:i], "》") && strings.Contains(text[i:], "》")
}

// quoted reports a place inside “”.
func quoted(text string, i int) bool {
	open := strings.LastIndex(text[:i], "“")
	return open >= 0 && !strings.Contains(text[open:i], "”")
}

// swaps 易错字词: pairs of a wrong word and the right one.
type swaps struct {
	pairs  []string // wrong, right, wrong, right …
	but    []string // longer words in which the wrong one is innocent
	advise bool     // the right word depends on what is meant: no certain correction
}

// swap replaces wrong words by right ones, given in pairs.
func swap(pairs ...string) finder { return swaps{pairs: pairs}.find }

// swapBut is swap with the innocent words, separated by spaces.
func swapBut(innocent string, pairs ...string) finder {
	return swaps{pairs: pairs, but: strings.Fields(innocent)}.find
}

// advise points at words without a certain correction.
func advise(innocent string, wrong ...string) finder {
	var pairs []string
	for _, w := range wrong {
		pairs = append(pairs, w, "")
	}
	return swaps{pairs: pairs, but: strings.Fields(innocent), advise: true}.find
}

func (sw swaps) find(p *paper) {
	for k := 0; k+1 < len(sw.pairs); k += 2 {
		wrong, right := sw.pairs[k], sw.pairs[k+1]
		if !p.seen.may(wrong) {
			continue
		}
		for s := range p.within(inText | inTables) {
			for i := indexHint(s.text, wrong, 0); i >= 0; i = indexHint(s.text, wrong, i+len(wrong)) {
				if quotedTitle(s.text, i) || sw.innocent(s.text, wrong, i) {
					continue
				}
				if sw.advise || s.kind == "table" {
					p.at(s, i, i+len(wrong), "")
				} else {
					p.mend(s, i, i+len(wrong), "“"+wrong+"”应为“"+right+"”", right)
				}
			}
		}
	}
}

// innocent reports that the word at byte i is part of one of the innocent words.
func (sw swaps) innocent(text, wrong string, i int) bool {
	for _, b := range sw.but {
		if k := strings.Index(b, wrong); k >= 0 && i >= k && strings.HasPrefix(text[i-k:], b) {
			return true
		}
	}
	return false
}

// line 原稿行: a fault in a line as typed, for marks which the model does not keep. Without Options.Source
// the rule is silent.
type line struct {
	expr  string // a group named x, if any, is the faulty part
	say   string
	after string // only below a line that matches this
	once  bool
}

func typed(l line) finder {
	expr := regexp.MustCompile(l.expr)
	x := max(expr.SubexpIndex("x"), 0)
	var after *regexp.Regexp
	if l.after != "" {
		after = regexp.MustCompile(l.after)
	}
	return func(p *paper) {
		open := after == nil
		for i := range p.typed {
			s := &p.typed[i]
			if open {
				if m := expr.FindStringSubmatchIndex(s.text); m != nil {
					p.at(s, m[2*x], m[2*x+1], l.say)
					if l.once {
						return
					}
				}
			}
			open = open || after.MatchString(s.text)
		}
	}
}

// both runs several finders for one rule.
func both(finders ...finder) finder {
	return func(p *paper) {
		for _, f := range finders {
			f(p)
		}
	}
}
