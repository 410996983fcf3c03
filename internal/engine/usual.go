package engine

import (
	"cmp"
	"slices"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// lately is how many of what somebody began last, under way and closed, tell what they begin as a rule.
const lately = 100

// UsualKinds 常办的 lists what somebody begins as a rule: what they began of late, the oftenest first, then what their posts
// are for, which is what not everybody in the house may begin. Who has begun nothing and is nothing in particular has none.
func (e *Engine) UsualKinds(tx *db.Tx, person db.ID, w World) ([]string, error) {
	begun := map[string]int{}
	for _, state := range []State{Open, Closed} {
		err := tx.Query(`SELECT m.kind FROM matters m WHERE m.starter_id = ? AND m.state = ? ORDER BY m.id DESC LIMIT ?`,
			[]any{person, string(state), lately}, func(scan func(...any) error) error {
				var kind string
				err := scan(&kind)
				begun[kind]++
				return err
			})
		if err != nil {
			return nil, err
		}
	}
	var often, posts []string
	for _, p := range e.Catalogue().All() {
		switch {
		case !p.MayStart(w, person):
		case begun[p.Kind] > 0:
			often = append(often, p.Kind)
		case p.ofPosts(w, person):
			posts = append(posts, p.Kind)
		}
	}
	slices.SortStableFunc(often, func(a, b string) int { return cmp.Compare(begun[b], begun[a]) })
	return append(often, posts...), nil
}

// ofPosts tells whether only some of a person's house begin matters of the kind, for their posts.
func (p *Procedure) ofPosts(w World, person db.ID) bool {
	starters := IDs(p.starters(w, person))
	return len(starters) > 0 && slices.ContainsFunc(w.Dir.Holders(w.Dir.Person(person).Agency, org.Staff), func(id db.ID) bool {
		return !slices.Contains(starters, id)
	})
}
