package engine

import (
	"encoding/json"
	"slices"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// asksCourse tells whether the books or the figures of the kind ask who handled a step: only then is it read for their lines.
func (p *Procedure) asksCourse() bool {
	asks := func(all ...Expr) bool {
		return slices.ContainsFunc(all, func(e Expr) bool { return slices.Contains(e.asks, "last") })
	}
	inColumns := func(cols []Column) bool {
		return slices.ContainsFunc(cols, func(c Column) bool { return asks(c.Value) })
	}
	return inColumns(p.Register.Columns) ||
		slices.ContainsFunc(p.Books, func(b Book) bool { return asks(b.When) || inColumns(b.Columns) }) ||
		slices.ContainsFunc(p.Tallies, func(t Tally) bool { return asks(t.When, t.By, t.Across, t.Sum) }) ||
		slices.ContainsFunc(p.Rates, func(r Rate) bool { return asks(r.By, r.Of, r.When, r.Target, r.Part, r.Whole) })
}

// loadCourses reads who handled which step of the lines of a book.
func loadCourses(tx *db.Tx, list []*Matter) error {
	for part := range slices.Chunk(list, readAtOnce) {
		byID := make(map[db.ID]*Matter, len(part))
		ids := make([]db.ID, len(part))
		for i, m := range part {
			byID[m.ID], ids[i] = m, m.ID
		}
		in, args := db.In(ids)
		err := tx.Query(`SELECT id, trail FROM matters WHERE id IN `+in, args, func(scan func(...any) error) error {
			var id db.ID
			var trail string
			if err := scan(&id, &trail); err != nil {
				return err
			}
			return json.Unmarshal([]byte(trail), &byID[id].Trail)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
