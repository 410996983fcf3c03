package main

import (
	"context"
	"fmt"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/backup"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

type verifyCmd struct{ office }

// Run checks the journal's chain and names the first broken entry.
func (c *verifyCmd) Run(ctx context.Context) error {
	return c.with(ctx, func(a *app.App) error {
		var n int64
		err := a.DB.Read(ctx, func(tx *db.Tx) error {
			var err error
			n, err = journal.Verify(tx)
			return err
		})
		if err != nil {
			return err
		}
		fmt.Printf("留痕完好：共 %d 条\n", n)
		return nil
	})
}

type backupCmd struct {
	office
	To string `help:"备份文件" required:"" type:"path"`
}

// Run saves database, files and definitions into one file.
func (c *backupCmd) Run(ctx context.Context) error {
	return c.with(ctx, func(a *app.App) error {
		summary, err := backup.Save(ctx, a.DB, c.Data, c.To)
		if err != nil {
			return err
		}
		fmt.Printf("备份完成：%s\n", summary)
		return nil
	})
}

type restoreCmd struct {
	Data string `help:"数据目录（须为空）" default:"data" env:"CHENGQI_DATA" type:"path"`
	From string `help:"备份文件" required:"" type:"path"`
}

// Run restores a backup after checking every part of it.
func (c *restoreCmd) Run(ctx context.Context) error {
	summary, err := backup.Restore(ctx, c.From, c.Data)
	if err != nil {
		return err
	}
	fmt.Printf("恢复完成：%s\n", summary)
	return nil
}
