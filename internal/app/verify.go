package app

import (
	"context"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

// Verified 核验结果 is how much was looked at, and what was not as it should be.
type Verified struct {
	Entries, Numbers int64
	Matters, Files   int
	Faults           []string // a line each, in the order found
}

// Verify 核验 walks the journal; unless that is all that is asked, it then holds matters, numbers and attachments against
// it and against each other. A journal that is broken ends it: nothing can be held against one.
func (a *App) Verify(ctx context.Context, journalOnly bool, tell func(stage string, done, whole int64)) (v Verified, err error) {
	err = a.DB.Still(ctx, func(tx *db.Tx) error {
		v.Entries, err = journal.Verify(tx)
		return err
	})
	if err != nil || journalOnly {
		return v, err
	}
	found := func(text string) { v.Faults = append(v.Faults, text) }
	if v.Matters, err = a.Engine.Agree(ctx, func(done int) { tell("核对事项", int64(done), int64(done)) }, found); err != nil {
		return v, err
	}
	if v.Numbers, err = a.Engine.Numbered(ctx, found); err != nil {
		return v, err
	}
	v.Files, err = a.Files.Agree(ctx, a.DB, func(done, whole int) { tell("核对附件", int64(done), int64(whole)) }, found)
	return v, err
}
