package search

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A question is answered for a text itself as it is for the terms the index keeps of it.
func TestATextAnswersAsItsTermsDo(t *testing.T) {
	alphabet := []rune("防汛工作通知函函件々〇한ᄀ \n\t\u3000，aéÉＡA1２〔\u0301")
	texts := rapid.StringOfN(rapid.SampledFrom(alphabet), 0, 40, -1)
	rapid.Check(t, func(t *rapid.T) {
		text := texts.Draw(t, "text")
		typed := rapid.OneOf(rapid.StringOfN(rapid.SampledFrom(alphabet), 0, 4, -1), rapid.Custom(func(t *rapid.T) string {
			runes := []rune(text)
			from := rapid.IntRange(0, len(runes)).Draw(t, "from")
			return string(runes[from:min(len(runes), from+rapid.IntRange(1, 5).Draw(t, "length"))])
		})).Draw(t, "typed")
		q := ParseQuery(typed)
		if got, want := q.HeldBy(text), q.In(strings.Fields(Tokens(text))); got != want {
			t.Fatalf("“%s”中找“%s”：%v，按检索词为%v", text, typed, got, want)
		}
	})
}
