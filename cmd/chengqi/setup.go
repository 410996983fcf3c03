package main

import (
	"context"
	"fmt"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/setup"
	"github.com/chengqi-oa/chengqi/internal/base/db"
)

type setupCmd struct {
	office
	Agency string `help:"机关名称" required:""`
}

// Run begins a real office and prints the three administrators' first passwords, once.
func (c *setupCmd) Run(ctx context.Context) error {
	return c.with(ctx, func(a *app.App) error {
		accounts, err := setup.Accounts()
		if err != nil {
			return err
		}
		if err := a.DB.Write(ctx, func(tx *db.Tx) error { return setup.Found(tx, c.Agency, accounts) }); err != nil {
			return err
		}
		fmt.Printf("%s已建立。初始密码只显示这一次，首次登录后请修改：\n", c.Agency)
		for _, x := range accounts {
			fmt.Printf("  %s\t%s\t%s\n", x.Post, x.Username, x.Password)
		}
		return nil
	})
}
