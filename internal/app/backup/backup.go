// Package backup saves an office into one file and brings it back.
//
// A backup is a ZIP of the database as of one moment, the attachments, and what else is in the data folder (the
// office's own definitions, keys), with a list of every part and its SM3 digest. There is one form for both databases:
// an office on PostgreSQL is carried into an SQLite file first. An increment holds the pages of the database and the
// attachments that its base does not hold; what is needed to restore is the increment and the files it names.
// Invariants: a backup is taken while the office works and is consistent; a damaged or missing part is refused by name
// and leaves nothing behind; a backup counts only after it was read back whole.
package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/carry"
	"github.com/chengqi-oa/chengqi/internal/base/db"
)

const (
	format       = 2
	manifestName = "清单.json"
	sealName     = "清单.sm3"
	databaseName = "chengqi.db"
	pagesName    = "database/pages" // the pages that no base holds
	mapName      = "database/map"   // the digest of every page, in order
	filesFolder  = "files"
	otherFolder  = "data"
)

// UsualFolder is where, in the data folder, backups go that nobody sends elsewhere. No backup takes them along: those
// made before the administrator chose another folder, or beside one made by hand, would be in every later one again.
const UsualFolder = "backups"

// Office 待备份的机关 is what a backup is made of.
type Office struct {
	DB   *db.DB
	Data string // folder of definitions and keys; empty: none
	// Open opens an attachment by its digest, after it was held against it; file.ErrLost if it is not there or damaged.
	Open func(ctx context.Context, digest string) (io.ReadCloser, error)
	// Leave are folders of the data folder that are saved otherwise or not at all: of attachments, of backups.
	Leave []string
	// Tell is told how far the work is; nil: nobody listens.
	Tell func(Progress)
}

// Progress 进度 is how far the stage under way is.
type Progress struct {
	Stage       string
	Done, Whole int64
}

func (o Office) tell(stage string, done, whole int64) {
	if o.Tell != nil {
		o.Tell(Progress{stage, done, whole})
	}
}

// Manifest 备份清单 lists what a backup holds and what of it its base holds; it is the JSON inside the file.
type Manifest struct {
	Format   int           `json:"format"`
	Made     time.Time     `json:"made"`
	Dialect  string        `json:"dialect"` // which database the office works on
	Indexed  bool          `json:"indexed"` // the full-text index is in the database
	Base     *Base         `json:"base,omitempty"`
	Database Database      `json:"database"`
	Parts    []Part        `json:"parts"` // those stored here and, of attachments, those stored in a base
	Missing  []string      `json:"missing,omitempty"`
	Rows     []carry.Count `json:"rows"`
	Heads    []carry.Head  `json:"heads"`
	Entries  int64         `json:"entries"`
	Broken   string        `json:"broken,omitempty"` // where the journal's chain was broken already
}

// Base 基础备份 is the file an increment stands on.
type Base struct {
	File string `json:"file"`
	Seal string `json:"seal"` // digest of its manifest
}

// Database 数据库 is the database file that the pages make up.
type Database struct {
	Size int64  `json:"size"`
	Sum  string `json:"sum"`
	New  int64  `json:"new"` // pages stored here
}

// Part 备份的一部分 is one file in a backup: its size in bytes and its SM3 digest in hexadecimal.
type Part struct {
	Name string `json:"name"`
	Size int64  `json:"size"`
	Sum  string `json:"sum"`
}

// Summary 备份情况 is what a backup was found to hold when it was read back.
type Summary struct {
	File    string
	Base    string // empty: a whole backup
	Size    int64  // of the file
	Files   int    // attachments it restores
	Stored  int    // attachments stored in it
	Pages   int64  // of the database
	New     int64  // pages stored in it
	Rows    int64
	Entries int64 // of the journal
	Missing []string
	Broken  string // where the journal's chain was broken before it was saved
	Indexed bool
}

func (s Summary) String() string {
	kind := "全量"
	if s.Base != "" {
		kind = "增量（以 " + s.Base + " 为基础）"
	}
	return fmt.Sprintf("%s，%s；数据 %d 行，附件 %d 个（本次存入 %d 个），数据库 %d 页（本次存入 %d 页），留痕 %d 条%s",
		kind, sizeText(s.Size), s.Rows, s.Files, s.Stored, s.Pages, s.New, s.Entries, s.Fault())
}

func sizeText(bytes int64) string {
	if bytes < 1e6 { // a new office is small, but not nothing
		return fmt.Sprintf("%d KB", (bytes+999)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}

// Fault is what was amiss with the office itself when it was saved; empty if nothing was.
func (s Summary) Fault() string {
	text := ""
	if s.Broken != "" {
		text += "；" + s.Broken + "，请立即报告审计管理员"
	}
	if n := len(s.Missing); n > 0 {
		text += fmt.Sprintf("；附件库里缺失或损坏 %d 个，备份里也没有：%s", n, strings.Join(s.Missing[:min(n, 3)], "、"))
	}
	return text
}

// Save writes a backup to the file to, standing on base if one is named, then reads it back whole.
func Save(ctx context.Context, o Office, to, base string) (Summary, error) {
	if err := write(ctx, o, to, base); err != nil {
		return Summary{}, err
	}
	s, err := Check(ctx, to, o.Tell)
	if err != nil {
		err = errors.Join(err, os.Remove(to)) // what was not restored on trial is no backup, and must not pass for one
	}
	return s, err
}
