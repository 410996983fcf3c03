package nightly

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/backup"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// wholeEvery is after how many days a whole backup is made again: increments between stand on it alone, so that one
// damaged increment spoils no other.
const wholeEvery = 7 * 24 * time.Hour

const (
	// alive is how often a backup under way says so in the book.
	alive = time.Minute
	// longest is after what time a backup's working folder belongs to nobody any more.
	longest = 24 * time.Hour
)

// claim enters a backup in the book; whoever enters it makes it. The row of the setting is locked meanwhile, so that of
// several servers one comes first.
func (k *Keeper) claim(ctx context.Context, s Setting, night string, by db.ID) (*Line, error) {
	folder := k.Folder(s)
	line := &Line{Night: night, Folder: folder, By: by}
	return line, k.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := readSetting(tx); err != nil { // takes the lock
			return err
		}
		if err := breakOff(tx); err != nil {
			return err
		}
		under, err := readLines(tx, `state = 'running'`)
		if err != nil {
			return err
		}
		if len(under) > 0 {
			return errs.New(errs.Conflict, "正在备份，请等它做完")
		}
		if night != "" {
			if done, err := readLines(tx, `night = ?`, night); err != nil || len(done) > 0 {
				return errors.Join(err, errs.New(errs.Conflict, "这一夜的备份已经做过"))
			}
		}
		if line.Base, err = baseFor(tx, folder); err != nil {
			return err
		}
		line.File = "chengqi-" + tx.Now.Format("20060102-150405") + ".zip"
		return insertLine(tx, line)
	})
}

// baseFor is the whole backup that the next one may stand on; empty when it is time for a whole one.
func baseFor(tx *db.Tx, folder string) (string, error) {
	whole, err := readLines(tx, `state = 'good' AND removed_at = 0 AND base = '' AND folder = ? ORDER BY begun_at DESC, id DESC LIMIT 1`, folder)
	if err != nil || len(whole) == 0 || tx.Now.Sub(whole[0].Begun) >= wholeEvery-time.Hour {
		return "", err
	}
	if _, err := os.Stat(filepath.Join(folder, whole[0].File)); err != nil {
		return "", nil //nolint:nilerr // gone, or on another server: then a whole one
	}
	return whole[0].File, nil
}

// run makes the backup, enters what came of it, and lets old ones go.
func (k *Keeper) run(line *Line, s Setting) {
	began := time.Now()
	k.tidy(line.Folder)
	stopped := k.stayAlive(line)
	summary, err := k.save(line)
	stopped()
	line.Base = summary.Base
	line.Size, line.Files, line.Rows, line.Entries = summary.Size, int64(summary.Files), summary.Rows, summary.Entries
	line.State, line.Fault = Good, strings.TrimPrefix(summary.Fault(), "；")
	if err != nil {
		line.State, line.Fault = Failed, faultOf(err)
		slog.Error("the backup failed", "file", line.File, "err", err, "cause", errors.Unwrap(err))
	} else {
		slog.Info("the backup is done", "file", line.File, "size", summary.Size, "took", time.Since(began))
	}
	Runs.WithLabelValues(string(line.State)).Inc()
	end := context.WithoutCancel(k.ctx) // also when we are told to stop: the book must say how it ended
	if err := k.db.Write(end, func(tx *db.Tx) error { return k.enter(tx, line) }); err != nil {
		slog.Error("the backup could not be entered in the book", "err", err)
		return
	}
	if line.State == Good {
		if err := k.prune(end, s.Keep); err != nil {
			slog.Error("old backups could not be let go", "err", err)
		}
	}
}

// stayAlive lets the book know every minute that the backup is under way, however long one piece of it takes. The function
// returned ends that.
func (k *Keeper) stayAlive(line *Line) (stopped func()) {
	id := line.ID
	end := make(chan struct{})
	var done sync.WaitGroup
	done.Go(func() {
		tick := time.NewTicker(alive)
		defer tick.Stop()
		for {
			select {
			case <-end:
				return
			case <-tick.C:
			}
			if err := k.db.Write(k.ctx, func(tx *db.Tx) error { return saveAlive(tx, id) }); err != nil {
				slog.Warn("that the backup is under way could not be entered", "err", err)
			}
		}
	})
	return func() { close(end); done.Wait() }
}

// tidy removes what backups that were killed have left in the folder: their working folders, and files that were never
// restored on trial. They would fill the disk. What cannot be removed is looked at again the next time.
func (k *Keeper) tidy(folder string) {
	for _, left := range []string{".backup-*", ".check-*"} {
		paths, _ := filepath.Glob(filepath.Join(folder, left))
		for _, path := range paths {
			if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > longest {
				_ = os.RemoveAll(path)
			}
		}
	}
	var failed []*Line
	err := k.db.Read(k.ctx, func(tx *db.Tx) (err error) {
		failed, err = readLines(tx, `state = 'failed' AND folder = ? AND NOT EXISTS (SELECT 1 FROM backups o WHERE
			o.folder = backups.folder AND o.file = backups.file AND o.state <> 'failed') ORDER BY begun_at DESC, id DESC LIMIT 60`, folder)
		return err
	})
	if err != nil {
		slog.Warn("what is left of failed backups could not be looked up", "err", err)
	}
	for _, l := range failed {
		_ = os.Remove(filepath.Join(folder, l.File)) // mostly gone long ago
	}
}

// save makes the file and reads it back whole.
func (k *Keeper) save(line *Line) (backup.Summary, error) {
	if err := os.MkdirAll(line.Folder, 0o700); err != nil {
		return backup.Summary{}, errs.New(errs.Unavailable, "备份文件夹 %s 不能建立", line.Folder).Because(err)
	}
	o := k.office()
	told := time.Time{}
	o.Tell = func(p backup.Progress) {
		if time.Since(told) < time.Second {
			return
		}
		told = time.Now()
		line.Stage, line.Done, line.Whole = p.Stage, p.Done, p.Whole
		if err := k.db.Write(k.ctx, func(tx *db.Tx) error { return saveProgress(tx, line) }); err != nil {
			slog.Warn("the backup's progress could not be entered", "err", err)
		}
	}
	base := ""
	if line.Base != "" {
		base = filepath.Join(line.Folder, line.Base)
	}
	to := filepath.Join(line.Folder, line.File)
	summary, err := backup.Save(k.ctx, o, to, base)
	if base != "" && errs.KindOf(err) == errs.Refused && k.ctx.Err() == nil {
		// The base is damaged. That is found out here, where a whole backup still helps.
		slog.Error("the base of the backup is damaged, a whole one is made", "base", base, "err", err)
		_ = os.Remove(to)
		return backup.Save(k.ctx, o, to, "")
	}
	return summary, err
}

func faultOf(err error) string {
	var e *errs.Error
	switch {
	case errors.Is(err, context.Canceled):
		return "服务停止，备份中断"
	case errors.As(err, &e):
		return e.Error()
	}
	return "备份没有做成：" + err.Error()
}

// enter closes the line, records it in the journal of every agency (OA-30), and tells the administrators of a fault.
func (k *Keeper) enter(tx *db.Tx, line *Line) error {
	if err := saveEnd(tx, line); err != nil {
		return err
	}
	dir, err := k.book.Directory(tx)
	if err != nil {
		return err
	}
	action := "backup"
	if line.State == Failed {
		action = "backup-failed"
	}
	what := map[string]any{"text": line.File, "base": line.Base, "size": line.Size, "rows": line.Rows, "files": line.Files, "entries": line.Entries, "fault": line.Fault}
	for _, a := range dir.Agencies() {
		if err := journal.Append(tx, journal.Entry{Chain: a.ID, Topic: "admin", Actor: line.By, Action: action}, what); err != nil {
			return err
		}
	}
	if line.Fault == "" {
		return nil
	}
	return notify(tx, dir, "备份："+line.Fault)
}

func notify(tx *db.Tx, dir *org.Directory, text string) error {
	var notices []engine.Notice
	for _, a := range dir.Agencies() {
		for _, p := range dir.People(a.ID) {
			if p.Active && dir.Has(p.ID, org.SystemAdmin) {
				notices = append(notices, engine.Notice{Person: p.ID, Text: text, Clause: "OA-30"})
			}
		}
	}
	return engine.Notify(tx, notices...)
}

// warn tells the administrators, once a day, that the last good backup is too old.
func (k *Keeper) warn(ctx context.Context) error {
	return k.db.Write(ctx, func(tx *db.Tx) error {
		good, err := lastGood(tx)
		if err != nil {
			return err
		}
		text, err := warning(tx, good)
		if err != nil || text == "" {
			return err
		}
		n, err := tx.Exec(`INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value
			WHERE settings.value <> excluded.value`, warnedName, tx.Today().String())
		if err != nil || n == 0 {
			return err
		}
		dir, err := k.book.Directory(tx)
		if err != nil {
			return err
		}
		return notify(tx, dir, text)
	})
}

// prune lets go of the oldest good backups beyond those to be kept, and of what failed ones left; never of a base that
// a kept one stands on.
func (k *Keeper) prune(ctx context.Context, keep int) error {
	var good []*Line
	err := k.db.Read(ctx, func(tx *db.Tx) (err error) {
		good, err = readLines(tx, `state = 'good' AND removed_at = 0 ORDER BY begun_at DESC, id DESC`)
		return err
	})
	if err != nil || len(good) <= keep {
		return err
	}
	for _, l := range good[keep:] {
		needed := func(kept *Line) bool { return kept.Base == l.File && kept.Folder == l.Folder }
		if slices.ContainsFunc(good[:keep], needed) {
			continue
		}
		if err := os.Remove(filepath.Join(l.Folder, l.File)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		if err := k.db.Write(ctx, func(tx *db.Tx) error { return saveRemoved(tx, l) }); err != nil {
			return err
		}
	}
	return nil
}
