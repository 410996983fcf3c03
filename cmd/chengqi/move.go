package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/backup"
	"github.com/chengqi-oa/chengqi/internal/app/carry"
	"github.com/chengqi-oa/chengqi/internal/app/schema"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

type migrateCmd struct {
	office
	Check bool `help:"只看有没有要升级的，不动数据库；有则退出码为1"`
}

// Run brings the schema up to date and says what it did.
func (c *migrateCmd) Run(ctx context.Context) (err error) {
	cfg := c.config()
	if path := cfg.SQLite(); c.Check && path != "" {
		if _, err := os.Stat(path); err != nil {
			return noOffice(c.Data, err)
		}
	}
	d, err := db.Open(ctx, cfg.DSN(), db.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	pending, err := d.Pending(ctx, schema.Files)
	if err != nil {
		return err
	}
	if len(pending) == 0 {
		fmt.Println("数据表已是最新，不用升级")
		return nil
	}
	if c.Check {
		fmt.Printf("有 %d 步要升级：%s\n", len(pending), strings.Join(pending, "、"))
		return exitFindings
	}
	letGo, err := cfg.Hold() // not under one that is serving
	if err != nil {
		return err
	}
	defer letGo()
	if err := d.Migrate(ctx, schema.Files); err != nil {
		return err
	}
	fmt.Printf("数据表已升级 %d 步：%s\n", len(pending), strings.Join(pending, "、"))
	return nil
}

type moveCmd struct {
	From string `help:"来源：数据目录，或 postgres:// 地址" required:""`
	To   string `help:"目标：数据目录，或 postgres:// 地址；须是空的" required:""`
	Data string `help:"附件和本单位定义所在的数据目录；来源或目标是数据目录时不用填" type:"path" env:"CHENGQI_DATA"`
}

// Run carries an office from one database to another.
func (c *moveCmd) Run(ctx context.Context) (err error) {
	from, to := c.place(c.From), c.place(c.To)
	if from.DSN() == to.DSN() {
		return errs.New(errs.Refused, "来源和目标是同一个库")
	}
	if path := from.SQLite(); path != "" {
		if _, err := os.Stat(path); err != nil {
			return errs.New(errs.NotFound, "来源 %s 里没有数据库", from.Data).Because(err)
		}
	}
	letGo, err := from.Hold() // nobody is to begin work on it meanwhile
	if err != nil {
		return err
	}
	defer letGo()
	source, err := db.Open(ctx, from.DSN(), db.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	show := &screen{}
	summary, err := carryInto(ctx, source, to, show, false)
	if err != nil {
		return err
	}
	fmt.Printf("数据已搬完：%d 张表 %d 行，行数两边一致；留痕 %d 条，两边核验完好，链尾相同\n", len(summary.Tables), summary.Rows, summary.Entries)
	if err := reindex(ctx, to, show, false); err != nil {
		return err
	}
	fmt.Printf("来源没有改动。%s\n", c.next(from, to))
	return nil
}

// place is the office behind a word of the command line.
func (c *moveCmd) place(word string) app.Config {
	if strings.HasPrefix(word, "postgres://") || strings.HasPrefix(word, "postgresql://") {
		data := c.Data
		for _, other := range []string{c.From, c.To} {
			if data == "" && other != word && !strings.Contains(other, "://") {
				data = other
			}
		}
		return app.Config{Data: data, Database: word}
	}
	return app.Config{Data: word}
}

// carryInto carries an office into another database, where nobody else is at work. Again tells that this may have been done
// before, and then it is left as it is.
func carryInto(ctx context.Context, source *db.DB, to app.Config, show *screen, again bool) (s carry.Summary, err error) {
	target, err := db.Open(ctx, to.DSN(), db.Options{})
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	leave, err := target.Occupy(ctx, true)
	if err != nil {
		return s, err
	}
	defer leave()
	if again {
		if again, err = carry.Carried(ctx, source, target); again || err != nil {
			return s, err
		}
	}
	s, err = carry.Office(ctx, source, target, func(p carry.Progress) { show.step("搬运 "+p.Table, p.Done, p.Whole) })
	show.end()
	return s, err
}

// next says what is still to be done by hand: attachments and own definitions are not in the database.
func (c *moveCmd) next(from, to app.Config) string {
	switch {
	case to.Database != "":
		return fmt.Sprintf("附件和本单位的定义仍在 %s，请以 --data %s --db 新地址 启动", to.Data, to.Data)
	case from.Data != "" && filepath.Clean(from.Data) != filepath.Clean(to.Data):
		return fmt.Sprintf("请把 %s 里的 files、procedures 两个文件夹复制到 %s，再以 --data %s 启动", from.Data, to.Data, to.Data)
	}
	return fmt.Sprintf("请以 --data %s 启动", to.Data)
}

// screen 屏幕 shows how far a long piece of work is, on a line of its own; where nobody looks it shows nothing.
type screen struct {
	what string
	last time.Time
}

const fresh = 200 * time.Millisecond

func (s *screen) step(what string, done, whole int64) {
	info, err := os.Stderr.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 || what == s.what && done < whole && time.Since(s.last) < fresh {
		return
	}
	if s.what != "" && s.what != what {
		fmt.Fprintln(os.Stderr)
	}
	s.what, s.last = what, time.Now()
	fmt.Fprintf(os.Stderr, "\r%s  %d / %d", what, done, whole)
}

func (s *screen) progress(p backup.Progress) { s.step(p.Stage, p.Done, p.Whole) }

func (s *screen) end() {
	if s.what != "" {
		fmt.Fprintln(os.Stderr)
	}
	s.what = ""
}
