package main

import (
	"context"
	"fmt"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/access"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

type accountCmd struct {
	office
	Username string `arg:"" help:"工号"`
}

// Run opens an account to its owner again when no administrator can: whoever may run this has the data folder anyway.
// It is in the journal like everything else.
func (c *accountCmd) Run(ctx context.Context) error {
	password := access.Random()
	hash, err := access.Hash(password)
	if err != nil {
		return err
	}
	return c.with(ctx, func(a *app.App) error {
		err := a.DB.Write(ctx, func(tx *db.Tx) error {
			dir, err := a.Book.Directory(tx)
			if err != nil {
				return err
			}
			p := dir.ByUsername(c.Username)
			if p == nil {
				return errs.New(errs.NotFound, "没有工号 %s", c.Username)
			}
			if err := access.SetPassword(tx, p.ID, hash, true); err != nil {
				return err
			}
			if err := access.ForgetSecond(tx, p.ID); err != nil {
				return err
			}
			if err := access.EndSessions(tx, p.ID); err != nil {
				return err
			}
			_, err = journal.Append(tx, journal.Entry{Chain: p.Agency, Topic: "admin", Action: "reset-account"}, map[string]any{"person": p.ID})
			return err
		})
		if err == nil {
			fmt.Printf("%s 的新密码（只显示这一次，首次登录须修改）：%s\n", c.Username, password)
		}
		return err
	})
}
