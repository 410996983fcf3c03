package engine

import (
	"context"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/search"
)

// indexedAtOnce is how many matters share a transaction while the index is made anew.
const indexedAtOnce = 200

// Reindex makes the full-text index anew from the matters themselves and tells how far it is. The office may work and
// search meanwhile: each matter's terms are replaced in place, and what changes is indexed by the change.
func (e *Engine) Reindex(ctx context.Context, tell func(done, whole int)) error {
	whole := 0
	err := e.db.Read(ctx, func(tx *db.Tx) error {
		_, err := tx.Row(`SELECT COUNT(*) FROM matters`, nil, &whole)
		return err
	})
	if err != nil {
		return err
	}
	var last db.ID
	for done := 0; ; {
		var list []*Matter
		err := e.db.Write(ctx, func(tx *db.Tx) error {
			var err error
			list, err = e.indexSome(tx, last)
			return err
		})
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return e.db.Write(db.Unhurried(ctx), search.Prune)
		}
		last = list[len(list)-1].ID
		done += len(list)
		tell(done, max(done, whole))
	}
}

// indexSome holds the matters while it indexes them: an action on another server must not be overtaken by what its
// matter was before.
func (e *Engine) indexSome(tx *db.Tx, after db.ID) ([]*Matter, error) {
	list, err := readMatters(tx, `SELECT `+matterColumns+`, m.fields FROM matters m WHERE m.id > ? ORDER BY m.id LIMIT ?`+tx.ForUpdate(),
		[]any{after, indexedAtOnce})
	if err != nil {
		return nil, err
	}
	for _, m := range list {
		text, err := e.indexed(tx, m)
		if err != nil {
			return nil, err
		}
		if err := search.Put(tx, m.ID, text); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// indexed is the text a stored matter should be found by.
func (e *Engine) indexed(tx *db.Tx, m *Matter) (string, error) {
	p, err := e.Procedure(tx, m)
	if err != nil {
		return "", err
	}
	return indexText(tx, p, m)
}

// ClearIndex empties the index, for one that is damaged so that nothing can be replaced in it. Nothing is found until
// it is made anew.
func (e *Engine) ClearIndex(ctx context.Context) error {
	return e.db.Write(db.Unhurried(ctx), search.Clear)
}

// IndexCheck 索引核对 is how far the full-text index and the matters agree.
type IndexCheck struct {
	Matters  int // looked at
	Missing  int // matters that the index does not know
	Wrong    int // matters found by other words than theirs
	Orphaned int // entries that belong to no matter
}

// Sound tells whether they agree.
func (c IndexCheck) Sound() bool { return c.Missing+c.Wrong+c.Orphaned == 0 }

// CheckIndex holds the index against the matters, as of one moment; the office may work meanwhile.
func (e *Engine) CheckIndex(ctx context.Context, tell func(done, whole int)) (IndexCheck, error) {
	var c IndexCheck
	return c, e.db.Still(ctx, func(tx *db.Tx) error {
		known, err := search.Marks(tx)
		if err != nil {
			return err
		}
		whole := 0
		if _, err := tx.Row(`SELECT COUNT(*) FROM matters`, nil, &whole); err != nil {
			return err
		}
		for last := db.ID(0); ; {
			list, err := readMatters(tx, `SELECT `+matterColumns+`, m.fields FROM matters m WHERE m.id > ? ORDER BY m.id LIMIT ?`, []any{last, indexedAtOnce})
			if err != nil || len(list) == 0 {
				c.Orphaned = len(known)
				return err
			}
			for _, m := range list {
				text, err := e.indexed(tx, m)
				if err != nil {
					return err
				}
				c.hold(known, m.ID, text)
			}
			last = list[len(list)-1].ID
			tell(c.Matters, whole)
		}
	})
}

// hold compares one matter with what the index knows of it, and takes that out.
func (c *IndexCheck) hold(known map[db.ID]search.Mark, id db.ID, text string) {
	c.Matters++
	want := search.MarkOf(text)
	got, there := known[id]
	delete(known, id)
	switch {
	case !there && want != search.Mark{}: // a matter without a word has no entry to be seen
		c.Missing++
	case got != want:
		c.Wrong++
	}
}
