package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// HeldBy answers the question for a text itself, as the index answers it for the text's terms (In). It makes no terms
// of what is written in Chinese: to look for a pair of characters in a long attachment costs a hundredth of that.
func (q Query) HeldBy(text string) bool {
	var whole []term
	for _, t := range q.terms {
		first, n := utf8.DecodeRuneInString(t.text)
		switch {
		case kindOf(first) != ideograph:
			whole = append(whole, t)
		case t.prefix:
			if !strings.Contains(text, t.text) { // every character begins a pair or stands last
				return false
			}
		default:
			second, _ := utf8.DecodeRuneInString(t.text[n:])
			if !beside(text, t.text[:n], first, second) {
				return false
			}
		}
	}
	return !q.Empty() && (len(whole) == 0 || Query{terms: whole}.In(strings.Fields(Tokens(text))))
}

// beside tells whether two characters stand side by side in a text, or with nothing but a line break between them (reflow).
func beside(text, lead string, first, second rune) bool {
	for {
		i := strings.Index(text, lead)
		if i < 0 {
			return false
		}
		text = text[i+len(lead):]
		broken, space := false, false
		for _, r := range text {
			if unicode.IsSpace(r) {
				space, broken = true, broken || r == '\n'
				continue
			}
			if r == second && (!space || broken && (wide(first) || wide(second))) {
				return true
			}
			break
		}
	}
}
