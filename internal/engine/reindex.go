package engine

import (
	"context"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/search"
)

// indexedAtOnce is how many matters share a transaction while the index is made anew.
const indexedAtOnce = 200

// Reindex makes the full-text index anew from the matters themselves and tells how far it is. The office may work
// meanwhile: what changes is indexed by the change.
func (e *Engine) Reindex(ctx context.Context, tell func(done, whole int)) error {
	whole := 0
	err := e.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := tx.Row(`SELECT COUNT(*) FROM matters`, nil, &whole); err != nil {
			return err
		}
		return search.Clear(tx)
	})
	if err != nil {
		return err
	}
	var last db.ID
	for done := 0; ; {
		n := 0
		err := e.db.Write(ctx, func(tx *db.Tx) error {
			list, err := readMatters(tx, `SELECT `+matterColumns+`, m.fields FROM matters m WHERE m.id > ? ORDER BY m.id LIMIT ?`, []any{last, indexedAtOnce})
			if err != nil {
				return err
			}
			for _, m := range list {
				p, err := e.Procedure(tx, m)
				if err != nil {
					return err
				}
				if err := index(tx, p, nil, m); err != nil {
					return err
				}
			}
			if n = len(list); n > 0 {
				last = list[n-1].ID
			}
			return nil
		})
		if err != nil {
			return err
		}
		if n == 0 {
			return nil
		}
		done += n
		tell(done, max(done, whole))
	}
}
