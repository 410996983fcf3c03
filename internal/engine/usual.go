package engine

import (
	"cmp"
	"slices"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// lately is how many of what somebody did last, and how many of what lies before them, tell what they begin as a rule.
const lately = 200

// UsualKinds 常办的 lists what somebody begins as a rule: what they began of late, the oftenest first, then what their posts
// are for, which is what not everybody in the house may begin. Who has begun nothing and is nothing in particular has none.
func (e *Engine) UsualKinds(tx *db.Tx, person db.ID, w World) ([]string, error) {
	begun := map[string]int{}
	err := tx.Query(`SELECT DISTINCT m.id, m.kind FROM (
			SELECT * FROM (SELECT t.matter_id FROM tasks t WHERE t.person_id = ? AND t.state = 'done' ORDER BY t.done_at DESC, t.id DESC LIMIT ?) done
			UNION ALL
			SELECT * FROM (SELECT t.matter_id FROM tasks t WHERE t.person_id = ? AND t.role = 'handle' AND t.state = 'open' ORDER BY t.due_at, t.id LIMIT ?) held
		) d CROSS JOIN matters m WHERE m.id = d.matter_id AND m.starter_id = ?`,
		[]any{person, lately, person, lately, person}, func(scan func(...any) error) error {
			var id db.ID
			var kind string
			err := scan(&id, &kind)
			begun[kind]++
			return err
		})
	if err != nil {
		return nil, err
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
