package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/backup"
	"github.com/chengqi-oa/chengqi/internal/app/schema"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

type verifyCmd struct {
	office
	JournalOnly bool `help:"只校验留痕链，不核对事项、编号和附件"`
}

// Run checks the journal's chain and names the first broken entry, then names whatever does not agree with it.
func (c *verifyCmd) Run(ctx context.Context) error {
	return c.existing(ctx, func(a *app.App) error {
		show := &screen{}
		v, err := a.Verify(ctx, c.JournalOnly, show.step)
		show.end()
		if err != nil {
			return err
		}
		fmt.Printf("留痕完好：共 %d 条\n", v.Entries)
		if c.JournalOnly {
			return nil
		}
		fmt.Printf("已核对：事项 %d 件，编号 %d 个，附件 %d 个\n", v.Matters, v.Numbers, v.Files)
		if len(v.Faults) == 0 {
			fmt.Println("都与留痕和登记一致")
			return nil
		}
		for _, fault := range v.Faults {
			fmt.Println("不符：", fault)
		}
		fmt.Printf("有 %d 处不符。请不要再动数据，先备份一份作证据，报告审计管理员和主要负责人\n", len(v.Faults))
		return exitFindings
	})
}

type backupCmd struct {
	office
	To   string `help:"写到的备份文件（还没有的）" required:"" type:"path"`
	Base string `help:"基础备份：只存它没有的附件和数据库页。恢复时两个文件要在同一个文件夹" type:"path"`
}

// Run saves database, attachments, definitions and keys into one file and reads it back whole.
func (c *backupCmd) Run(ctx context.Context) error {
	if c.Base != "" && filepath.Dir(c.Base) != filepath.Dir(c.To) {
		return errs.New(errs.Refused, "增量备份和它的基础备份要放在同一个文件夹里")
	}
	return c.existing(ctx, func(a *app.App) error {
		show := &screen{}
		o := a.Backup()
		o.Tell = show.progress
		summary, err := backup.Save(ctx, o, c.To, c.Base)
		show.end()
		if err != nil {
			return err
		}
		fmt.Printf("备份完成，已试恢复：%s\n", summary)
		return nil
	})
}

type restoreCmd struct {
	office
	From  string `help:"备份文件；增量备份的基础备份要在同一个文件夹" required:"" type:"path"`
	Check bool   `help:"只试恢复、核对，不写到数据目录"`
}

// Run restores a backup after checking every part of it.
func (c *restoreCmd) Run(ctx context.Context) error {
	show := &screen{}
	if c.Check {
		summary, err := backup.Check(ctx, c.From, show.progress)
		show.end()
		if err == nil {
			fmt.Printf("备份完好，可以恢复：%s\n", summary)
		}
		return err
	}
	summary, err := backup.Restore(ctx, c.From, c.Data, c.Files, show.progress, func(s backup.Summary) error {
		show.end()
		return c.finish(ctx, s, show)
	})
	show.end()
	if err != nil {
		return err
	}
	fmt.Printf("恢复完成：%s\n", summary)
	return nil
}

// finish brings the restored database to where the office works and makes its index. Cut short, it is done again with the
// next restore from the same backup.
func (c *restoreCmd) finish(ctx context.Context, s backup.Summary, show *screen) error {
	cfg := c.config()
	cfg.Restoring = true
	if c.DB != "" {
		if err := c.toPostgres(ctx, app.Config{Data: c.Data}, show); err != nil {
			return err
		}
	}
	if c.DB != "" || !s.Indexed {
		return reindex(ctx, cfg, show, false)
	}
	return nil
}

// toPostgres carries the restored database on to where the office works; only then is the file let go.
func (c *restoreCmd) toPostgres(ctx context.Context, local app.Config, show *screen) (err error) {
	source, err := db.Open(ctx, local.DSN(), db.Options{})
	if err != nil {
		return err
	}
	if err := source.Migrate(ctx, schema.Files); err != nil { // of an older program
		return errors.Join(err, source.Close())
	}
	_, err = carryInto(ctx, source, c.config(), show, true)
	if err := errors.Join(err, source.Close()); err != nil {
		return err
	}
	return os.Remove(local.SQLite())
}
