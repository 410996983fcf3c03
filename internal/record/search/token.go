// Package search 全文检索 turns the office's texts into tokens a full-text index can hold, and what a user types into
// the question to ask of it.
//
// Chinese is written without spaces, so a run of characters becomes its overlapping pairs: 收文登记 is 收文, 文登,
// 登记. Both databases store the same tokens: FTS5 takes them as text (tokenize unicode61, detail none), PostgreSQL as
// array_to_tsvector(string_to_array(tokens, ' ')), whose parser would otherwise depend on the server's locale.
//
// The package reads files for their text and marks hits in a text; it decides nothing about who may see what.
//
// Invariant: every word of a text, of any length, finds the text again.
package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Tokens gives the index terms of a text, each once, separated by spaces.
func Tokens(text string) string {
	var b strings.Builder
	seen := map[string]struct{}{}
	put := func(token string) {
		if _, ok := seen[token]; ok {
			return
		}
		seen[token] = struct{}{}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(token)
	}
	for _, w := range words(text) {
		if !w.ideographic {
			put(string(w.runes))
			continue
		}
		for i := range len(w.runes) - 1 {
			put(string(w.runes[i : i+2]))
		}
		// The last character begins no pair; alone it lets a search for a single character find it.
		put(string(w.runes[len(w.runes)-1:]))
	}
	return b.String()
}

// word is a run of ideographs, or of letters and digits, in normal form.
type word struct {
	runes       []rune
	ideographic bool
}

// words cuts a text where the kind of character changes.
func words(text string) []word {
	var list []word
	var open *word
	for _, r := range reflow(text) {
		r = normal(r)
		k := kindOf(r)
		if k == mark && open != nil && !open.ideographic {
			continue // é written as e and an accent is the same word as é, and as e
		}
		if k == other || k == mark {
			open = nil
			continue
		}
		if open == nil || open.ideographic != (k == ideograph) {
			list = append(list, word{ideographic: k == ideograph})
			open = &list[len(list)-1]
		}
		open.runes = append(open.runes, r)
	}
	return list
}

// reflow undoes line breaks: a line of Chinese goes on in the next one without a space, as PDF files and pasted text
// have it in the middle of words. Other white space becomes one space.
func reflow(text string) []rune {
	var out []rune
	space, broken := false, false
	for _, r := range text {
		if unicode.IsSpace(r) {
			space, broken = true, broken || r == '\n'
			continue
		}
		if space && len(out) > 0 && !(broken && (wide(r) || wide(out[len(out)-1]))) {
			out = append(out, ' ')
		}
		space, broken = false, false
		out = append(out, r)
	}
	return out
}

// wide tells Chinese characters and their punctuation from the rest.
func wide(r rune) bool { return r >= 0x2E80 }

type kind uint8

const (
	other kind = iota
	ideograph
	letter
	mark
)

func kindOf(r rune) kind {
	switch {
	case r < 0x80:
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return letter
		}
		return other
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
		return ideograph
	case unicode.IsLetter(r), unicode.IsDigit(r):
		return letter
	case unicode.IsMark(r):
		return mark
	default:
		return other
	}
}

// normal folds case, the full-width forms typed in Chinese input and the accents of foreign names, one rune to one rune:
// SQLite's own tokenizer would fold accents, PostgreSQL would not, and both are to find the same.
func normal(r rune) rune {
	if r >= 0xFF01 && r <= 0xFF5E {
		r -= 0xFEE0
	}
	if r > 0x7F && r < 0x2E80 && unicode.IsLetter(r) {
		r, _ = utf8.DecodeRuneInString(norm.NFD.String(string(r)))
	}
	return unicode.ToLower(r)
}

// maxTerms bounds a question; a pasted paragraph is found by its beginning.
const maxTerms = 48

// Query 检索词 is a question in index terms, all of which must occur.
type Query struct {
	words []word
	terms []term
}

// term is one index term, or the beginning of one.
type term struct {
	text   string
	prefix bool
	spelt  []string // of a beginning: all terms of the index that begin so, if they are known
}

// Words are the words of a question, folded as the index folds them: letters, figures and characters, no signs.
func (q Query) Words() []string {
	out := make([]string, len(q.words))
	for i, w := range q.words {
		out[i] = string(w.runes)
	}
	return out
}

// ParseQuery reads what a user typed.
func ParseQuery(text string) Query {
	q := Query{words: words(text)}
	type key struct {
		text   string
		prefix bool
	}
	seen := map[key]bool{}
	put := func(t term) {
		if of := (key{t.text, t.prefix}); !seen[of] && len(q.terms) < maxTerms {
			seen[of] = true
			q.terms = append(q.terms, t)
		}
	}
	for _, w := range q.words {
		switch {
		case !w.ideographic:
			put(term{text: string(w.runes)})
		case len(w.runes) == 1:
			put(term{text: string(w.runes), prefix: true})
		default:
			for i := range len(w.runes) - 1 {
				put(term{text: string(w.runes[i : i+2])})
			}
		}
	}
	return q
}

// Empty tells that nothing searchable was typed; an empty question finds nothing.
func (q Query) Empty() bool { return len(q.terms) == 0 }

// In answers the question for a text whose terms are at hand, as the databases answer it.
func (q Query) In(terms []string) bool {
	for _, t := range q.terms {
		if !slices.ContainsFunc(terms, func(have string) bool {
			return have == t.text || t.prefix && strings.HasPrefix(have, t.text)
		}) {
			return false
		}
	}
	return !q.Empty()
}

// FTS5 writes the question as a MATCH expression of SQLite.
func (q Query) FTS5() string { return q.join(" AND ", `"`, "*") }

// TSQuery writes the question for PostgreSQL, to be cast: $1::tsquery.
func (q Query) TSQuery() string { return q.join(" & ", "'", ":*") }

// join quotes every term. Terms hold letters, digits and ideographs only, so that no quote needs escaping.
func (q Query) join(and, quote, prefix string) string {
	parts := make([]string, len(q.terms))
	for i, t := range q.terms {
		switch {
		case len(t.spelt) > 0: // of SQLite only
			parts[i] = `("` + strings.Join(t.spelt, `" OR "`) + `")`
		case t.prefix:
			parts[i] = quote + t.text + quote + prefix
		default:
			parts[i] = quote + t.text + quote
		}
	}
	return strings.Join(parts, and)
}
