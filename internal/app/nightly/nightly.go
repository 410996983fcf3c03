// Package nightly 备份簿 backs the office up every night by itself, or when the administrator asks, and keeps the book of it.
//
// What a backup is and how it is checked is package backup's; this one decides when, where to, on which base, which old
// ones go, and who is told. Invariants: one backup at a time, however many servers work on the database; none counts as
// good before it was restored on trial; each is in the book and in the journal, the failed ones too (OA-30).
package nightly

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/backup"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// Setting 备份设置 is what the administrator chose on the page of backups.
type Setting struct {
	On     bool   `json:"on"`
	At     string `json:"at"`     // 02:00
	Folder string `json:"folder"` // empty: backups in the data folder
	Keep   int    `json:"keep"`   // how many good ones are kept
}

// Keeper 备份员 makes the backups of one office, at night or when asked, and keeps the book of them.
type Keeper struct {
	db      *db.DB
	book    *org.Book
	office  func() backup.Office
	data    string
	started time.Time

	ctx  context.Context
	stop context.CancelFunc
	work sync.WaitGroup
}

// New makes the keeper of an office's backups. Close ends what it is at.
func New(d *db.DB, book *org.Book, data string, office func() backup.Office) *Keeper {
	ctx, stop := context.WithCancel(context.Background())
	return &Keeper{db: d, book: book, office: office, data: data, started: d.Now(), ctx: ctx, stop: stop}
}

// Close gives up a backup under way: it is in the book as broken off.
func (k *Keeper) Close() {
	k.stop()
	k.work.Wait()
}

// Folder is where backups go.
func (k *Keeper) Folder(s Setting) string {
	if s.Folder != "" {
		return s.Folder
	}
	return filepath.Join(k.data, backup.UsualFolder)
}

const (
	settingName = "backup"
	warnedName  = "backup-warned"
	// stale is how old the last good backup may be before the administrator is told.
	stale = 48 * time.Hour
	// settling is how long the program must have been running before it makes up for a night it was not.
	settling = 15 * time.Minute
)

// Tick does what is due: last night's backup, a warning. It is called every now and then, on every server.
func (k *Keeper) Tick(ctx context.Context) error {
	var s Setting
	if err := k.db.Read(ctx, func(tx *db.Tx) (err error) { s, err = readSetting(tx); return err }); err != nil {
		return err
	}
	now := k.db.Now()
	if night := s.due(now, k.started); night != "" {
		line, err := k.claim(ctx, s, night, 0)
		if err != nil && errs.KindOf(err) != errs.Conflict {
			return err
		}
		if err == nil {
			k.work.Go(func() { k.run(line, s) })
		}
	}
	if now.Sub(k.started) < time.Hour {
		return nil // first let it make up for what was missed
	}
	return k.warn(ctx)
}

// due names the night whose backup should be under way; empty if none is. A night on which the program did not run is
// made up for when it has settled.
func (s Setting) due(now, started time.Time) string {
	at, err := time.Parse("15:04", s.At)
	if err != nil || !s.On {
		return ""
	}
	begin := time.Date(now.Year(), now.Month(), now.Day(), at.Hour(), at.Minute(), 0, 0, now.Location())
	if now.Before(begin) {
		begin = begin.AddDate(0, 0, -1)
	}
	if started.After(begin) && now.Sub(started) < settling {
		return ""
	}
	return begin.Format(time.DateOnly)
}

// Now begins a backup because somebody asks for one, and gives its line in the book.
func (k *Keeper) Now(ctx context.Context, by db.ID) (*Line, error) {
	var s Setting
	if err := k.db.Read(ctx, func(tx *db.Tx) (err error) { s, err = readSetting(tx); return err }); err != nil {
		return nil, err
	}
	line, err := k.claim(ctx, s, "", by)
	if err != nil {
		return nil, err
	}
	begun := *line
	k.work.Go(func() { k.run(line, s) })
	return &begun, nil
}

// Set changes the setting after trying it.
func (k *Keeper) Set(tx *db.Tx, s Setting) error {
	s.Folder = strings.TrimSpace(s.Folder)
	var reasons []errs.Reason
	if _, err := time.Parse("15:04", s.At); err != nil {
		reasons = append(reasons, errs.Reason{Text: "请填写时间，如 02:00", Field: "at"})
	}
	if s.Keep < 3 || s.Keep > 400 {
		reasons = append(reasons, errs.Reason{Text: "保留份数为 3 到 400", Field: "keep"})
	}
	if text := k.unfit(s); text != "" {
		reasons = append(reasons, errs.Reason{Text: text, Field: "folder"})
	}
	if len(reasons) > 0 {
		return errs.Refuse("没有保存", reasons...)
	}
	raw, err := json.Marshal(s)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`UPDATE settings SET value = ? WHERE name = ?`, string(raw), settingName)
	return err
}

// sandboxed is the other reason why a folder cannot be written, when its owner is right.
const sandboxed = "；由 systemd 启动的，还要在单元里加 ReadWritePaths="

// unfit says why backups cannot be kept in the folder; empty if they can.
func (k *Keeper) unfit(s Setting) string {
	folder := k.Folder(s)
	if !filepath.IsAbs(folder) && s.Folder != "" {
		return "文件夹要写完整路径，如 /srv/backup"
	}
	data, err := filepath.Abs(k.data)
	files := filepath.Join(data, "files")
	if abs, e := filepath.Abs(folder); err == nil && e == nil &&
		(abs == data || abs == files || strings.HasPrefix(abs, files+string(filepath.Separator))) {
		return "备份不能直接放在数据目录或附件目录里"
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "文件夹 " + folder + " 不能建立，请检查服务账号的权限" + sandboxed
	}
	probe, err := os.CreateTemp(folder, ".probe-")
	if err != nil {
		return "文件夹 " + folder + " 写不进去，请检查服务账号的权限" + sandboxed
	}
	if err := errors.Join(probe.Close(), os.Remove(probe.Name())); err != nil {
		return "文件夹 " + folder + " 写不进去，请检查服务账号的权限" + sandboxed
	}
	return ""
}

// Loop ticks until the context ends.
func (k *Keeper) Loop(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := k.Tick(ctx); err != nil && ctx.Err() == nil {
			slog.Error("the backups could not be looked after", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
