package engine

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// pressing 轻重缓急 orders what is owed: what is due today or late before what is due on a later day, what has no time
// last; within a day the more urgent first (FIRST-24). An urgent matter that comes in thus stands before the rest of the
// day at once (FIRST-28).
func (e *Engine) pressing(now time.Time) string {
	_, tomorrow := dayEdges(now)
	_, offset := now.In(db.Location).Zone()
	day := fmt.Sprintf(`CASE WHEN t.due_at = 0 THEN 9000000 WHEN t.due_at < %d THEN 0 ELSE (t.due_at + %d) / 86400000 END`, tomorrow.UnixMilli(), offset*1000)
	return day + `, ` + e.Catalogue().gathered().urgent + `t.due_at, t.id`
}

// urgencies ranks the words that definitions offer for urgency: each list begins with what can wait.
func urgencies(kept []*Procedure) string {
	ranks := map[string]int{}
	granted := map[string]int{} // how many definitions take a word for granted
	var words []string
	for _, p := range kept {
		f := p.Field(p.Urgency)
		if f == nil {
			continue
		}
		granted[strings.Trim(f.Default.Text, `"`)]++
		for i, word := range f.Options {
			ranks[word] = max(ranks[word], i)
			words = append(words, word)
		}
	}
	if len(words) == 0 {
		return ""
	}
	slices.Sort(words)
	plain := words[0] // what says nothing of urgency counts as what most definitions take for granted
	for _, word := range words {
		if granted[word] > granted[plain] {
			plain = word
		}
	}
	var b strings.Builder
	b.WriteString(`CASE t.urgency`)
	for _, word := range slices.Compact(words) {
		fmt.Fprintf(&b, ` WHEN '%s' THEN %d`, strings.ReplaceAll(word, "'", "''"), ranks[word])
	}
	fmt.Fprintf(&b, ` ELSE %d END DESC, `, ranks[plain])
	return b.String()
}
