package nightly

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// State 备份状态 of a line of the book.
type State string

// A backup is good when its trial restore was.
const (
	Running State = "running"
	Good    State = "good"
	Failed  State = "failed"
)

// Line 备份簿的一行 is one backup, from its beginning to its removal. While it runs, Stage, Done and Whole tell how far it is.
type Line struct {
	ID      db.ID
	Night   string // empty: somebody asked for it
	Folder  string
	File    string
	Base    string // empty: a whole one
	State   State
	Fault   string // why it failed; of a good one, what was amiss with the office
	By      db.ID
	Begun   time.Time
	Ended   time.Time
	Removed time.Time

	Stage       string
	Done, Whole int64

	Size, Files, Rows, Entries int64
}

const lineColumns = `id, night, folder, file, base, state, fault, by_id, begun_at, ended_at, removed_at, stage, done, whole, size, files, kept_rows, entries`

func readLines(tx *db.Tx, cond string, args ...any) ([]*Line, error) {
	var out []*Line
	err := tx.Query(`SELECT `+lineColumns+` FROM backups WHERE `+cond, args, func(scan func(...any) error) error {
		l := &Line{}
		var begun, ended, removed int64
		err := scan(&l.ID, &l.Night, &l.Folder, &l.File, &l.Base, &l.State, &l.Fault, &l.By, &begun, &ended, &removed,
			&l.Stage, &l.Done, &l.Whole, &l.Size, &l.Files, &l.Rows, &l.Entries)
		l.Begun, l.Ended, l.Removed = db.Time(begun), db.Time(ended), db.Time(removed)
		out = append(out, l)
		return err
	})
	return out, err
}

// Book is the state of the backups as the administrator's page shows it.
type Book struct {
	Setting Setting
	Usual   string  // where backups go if no folder is set
	Lines   []*Line // the newest first
	Good    *Line   // the last good one
	Warning string  // why the administrator should act; empty if all is well
}

// Read reads the book.
func (k *Keeper) Read(tx *db.Tx) (*Book, error) {
	s, err := readSetting(tx)
	if err != nil {
		return nil, err
	}
	b := &Book{Setting: s, Usual: k.Folder(Setting{})}
	if b.Lines, err = readLines(tx, `1 = 1 ORDER BY begun_at DESC, id DESC LIMIT 60`); err != nil {
		return nil, err
	}
	if b.Good, err = lastGood(tx); err != nil {
		return nil, err
	}
	if b.Warning, err = warning(tx, b.Good); err == nil && b.Warning == "" && !s.On {
		b.Warning = "每日自动备份没有开启，请在设置里开启"
	}
	return b, err
}

// lastGood is the newest backup that was restored on trial and is still there.
func lastGood(tx *db.Tx) (*Line, error) {
	lines, err := readLines(tx, `state = 'good' AND removed_at = 0
		ORDER BY CASE WHEN ended_at > ? THEN 1 ELSE 0 END, ended_at DESC, id DESC LIMIT 1`, tx.Now.Add(time.Hour)) // the clock may have been set back
	if err != nil || len(lines) == 0 {
		return nil, err
	}
	return lines[0], nil
}

// Age is how old the last good backup is; false if there is none.
func Age(tx *db.Tx) (time.Duration, bool, error) {
	l, err := lastGood(tx)
	if err != nil || l == nil {
		return 0, false, err
	}
	return tx.Now.Sub(l.Ended), true, nil
}

func readSetting(tx *db.Tx) (Setting, error) {
	var s Setting
	var raw string
	found, err := tx.Row(`SELECT value FROM settings WHERE name = ?`+tx.ForUpdate(), []any{settingName}, &raw)
	if err != nil || !found {
		return s, err
	}
	return s, json.Unmarshal([]byte(raw), &s)
}

func insertLine(tx *db.Tx, l *Line) error {
	l.ID, l.State, l.Begun = tx.NewID(), Running, tx.Now
	_, err := tx.Exec(`INSERT INTO backups (id, night, folder, file, base, state, by_id, begun_at, alive_at) VALUES (?,?,?,?,?,?,?,?,?)`,
		l.ID, l.Night, l.Folder, l.File, l.Base, string(l.State), l.By, tx.Now, tx.Now)
	return err
}

func saveProgress(tx *db.Tx, l *Line) error {
	_, err := tx.Exec(`UPDATE backups SET alive_at = ?, stage = ?, done = ?, whole = ? WHERE id = ? AND state = 'running'`,
		tx.Now, l.Stage, l.Done, l.Whole, l.ID)
	return err
}

func saveAlive(tx *db.Tx, id db.ID) error {
	_, err := tx.Exec(`UPDATE backups SET alive_at = ? WHERE id = ? AND state = 'running'`, tx.Now, id)
	return err
}

func saveEnd(tx *db.Tx, l *Line) error {
	l.Ended = tx.Now
	_, err := tx.Exec(`UPDATE backups SET state = ?, fault = ?, ended_at = ?, base = ?, size = ?, files = ?, kept_rows = ?, entries = ?, stage = '' WHERE id = ?`,
		string(l.State), l.Fault, l.Ended, l.Base, l.Size, l.Files, l.Rows, l.Entries, l.ID)
	return err
}

func saveRemoved(tx *db.Tx, l *Line) error {
	_, err := tx.Exec(`UPDATE backups SET removed_at = ? WHERE id = ?`, tx.Now, l.ID)
	return err
}

// forsaken is how long a backup may be silent before it counts as broken off: its server has died.
const forsaken = 5 * time.Minute

// breakOff closes the lines of backups whose server died over them. A sign of life that is yet to come is of a clock that
// was set back since.
func breakOff(tx *db.Tx) error {
	_, err := tx.Exec(`UPDATE backups SET state = 'failed', fault = ?, ended_at = ? WHERE state = 'running' AND (alive_at < ? OR alive_at > ?)`,
		"做到一半中断了，可能是服务停了", tx.Now, tx.Now.Add(-forsaken), tx.Now.Add(forsaken))
	return err
}

// warning says that the last good backup is too old.
func warning(tx *db.Tx, good *Line) (string, error) {
	if good != nil {
		age := tx.Now.Sub(good.Ended)
		if age < -time.Hour {
			return "最近一份可用的备份记的时间比现在晚，机器的时间拨回过，请先校时，再立即备份一次", nil
		}
		if age > stale {
			return fmt.Sprintf("最近一份可用的备份是 %d 天前的，请查明原因，立即备份一次", int(age.Hours()/24)), nil
		}
		return "", nil
	}
	var first int64
	found, err := tx.Row(`SELECT at FROM journal ORDER BY at LIMIT 1`, nil, &first)
	if err != nil || !found || tx.Now.Sub(db.Time(first)) <= stale {
		return "", err
	}
	return "还没有一份可用的备份，请立即备份一次", nil
}
