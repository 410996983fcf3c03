package engine

import (
	"slices"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/search"
)

// How many hits of a word in a book are too many to be looked up in it, so that the book is read instead and held against
// the hits; and how few of them are gathered and counted in one pass.
const (
	manyHits = 20_000
	fewHits  = 5_000
)

// sought is what lists the hits, and the condition that a line, the matter m, is one of them.
type sought struct {
	list string
	cond string
	args []any
	few  bool
}

// seek finds out what the words asked for amount to. Of one year only the hits from its first to its last matter come
// into question: ids grow with time.
func (q *LineQuery) seek(tx *db.Tx, agency db.ID, kind string) error {
	words := search.ParseQuery(q.Text)
	if words.Empty() {
		return nil
	}
	hits := words.Hits(tx.Dialect())
	where, args := hits.Where, []any{hits.Arg}
	if q.Year != 0 {
		var first, last db.ID
		_, err := tx.Row(`SELECT COALESCE(MIN(m.id), 0), COALESCE(MAX(m.id), 0) FROM matters m WHERE m.agency_id = ? AND m.kind = ? AND m.year = ?`,
			[]any{agency, kind, q.Year}, &first, &last)
		if err != nil {
			return err
		}
		where, args = where+` AND `+hits.ID+` >= ? AND `+hits.ID+` <= ?`, append(args, first, last)
	}
	n := 0
	if _, err := tx.Row(`SELECT COUNT(*) FROM (SELECT 1 FROM `+hits.From+` WHERE `+where+` LIMIT ?) few`, append(args[:len(args):len(args)], manyHits+1), &n); err != nil {
		return err
	}
	id := "m.id"
	if n > manyHits {
		id = "+m.id"
	}
	list := `(SELECT ` + hits.ID + ` AS id FROM ` + hits.From + ` WHERE ` + where + `)`
	q.sought = &sought{list, id + ` IN ` + list, args, n <= fewHits}
	return nil
}

// among is a shelf of the few hits that stand on a whole one, gone through from the hits.
func (q LineQuery) among(s shelf) (shelf, LineQuery) {
	if !s.whole || !q.few() {
		return s, q
	}
	s.from, s.cond, s.args = q.sought.list+` h CROSS JOIN `+s.from, `m.id = h.id AND `+s.cond, slices.Concat(q.sought.args, s.args)
	q.sought = nil
	return s, q
}

// few tells whether so few lines hold the words that they are gathered.
func (q LineQuery) few() bool { return q.sought != nil && q.sought.few }
