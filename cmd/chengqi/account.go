package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/access"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

type accountCmd struct {
	office
	Username string `arg:"" name:"工号" help:"谁的账号"`
}

// Run opens an account to its owner again when no administrator can: whoever may run this has the data folder anyway.
// It is in the journal like everything else.
func (c *accountCmd) Run(ctx context.Context) error {
	password := access.Random()
	hash, err := access.Hash(password)
	if err != nil {
		return err
	}
	return c.existing(ctx, func(a *app.App) error {
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
			return journal.Append(tx, journal.Entry{Chain: p.Agency, Topic: "admin", Action: "reset-account"}, map[string]any{"person": p.ID})
		})
		if err == nil {
			fmt.Printf("%s 的新密码（只显示这一次，首次登录须修改）：%s\n", c.Username, password)
		}
		return err
	})
}

type newKeyCmd struct{ office }

// Run replaces a key file that is lost. It makes the new one where --key-file says; without, the key is kept in the
// database from now on.
func (c *newKeyCmd) Run(ctx context.Context) (err error) {
	if _, err := os.Stat(c.Key); c.Key != "" && err == nil {
		return errs.New(errs.Refused, "密钥文件 %s 还在，不用换；确要换新的，请先把它移开", c.Key)
	}
	if _, err := c.pending(ctx); err != nil {
		return err
	}
	d, err := db.Open(ctx, c.config().DSN(), db.Options{})
	if err != nil {
		return err
	}
	n, err := app.ForgetKey(ctx, d)
	if err := errors.Join(err, d.Close()); err != nil {
		return err
	}
	return c.with(ctx, func(*app.App) error {
		fmt.Printf("密钥已换新，作废二次验证 %d 人，请各人重新登记\n", n)
		return nil
	})
}
