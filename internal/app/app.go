// Package app puts the program together: configuration, the database, the rulebook, the procedures and the engine.
//
// It decides nothing about the office. Invariant: an App that opened is whole; what cannot be opened is an error in
// Chinese that says what to do.
package app

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/backup"
	"github.com/chengqi-oa/chengqi/internal/app/nightly"
	"github.com/chengqi-oa/chengqi/internal/app/schema"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office"
	"github.com/chengqi-oa/chengqi/internal/office/archive"
	"github.com/chengqi-oa/chengqi/internal/office/periodic"
	"github.com/chengqi-oa/chengqi/internal/office/typeset"
	"github.com/chengqi-oa/chengqi/internal/record/access"
	"github.com/chengqi-oa/chengqi/internal/record/calendar"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	"github.com/chengqi-oa/chengqi/internal/record/secrecy"
	"github.com/chengqi-oa/chengqi/procedures"
	rules "github.com/chengqi-oa/chengqi/rulebook"
)

// Config 配置 says where an office is; everything but Data may be left empty.
type Config struct {
	Data       string           // folder of database, files and the office's own definitions
	Database   string           // postgres:// address; empty: SQLite in Data
	Clock      func() time.Time // nil: the wall clock
	Files      string           // where attachments lie: a folder, s3://bucket/prefix; empty: Data/files
	Procedures string           // folder of the office's own definitions; empty: Data/procedures
	KeyFile    string           // where the key that seals secrets is kept; empty: with the database
	Restoring  bool             // by the restore itself, which has something to do yet
}

// DSN is where the database is.
func (c Config) DSN() string {
	if c.Database != "" {
		return c.Database
	}
	return filepath.Join(c.Data, "chengqi.db")
}

// SQLite is the file of the database; empty if it is on PostgreSQL.
func (c Config) SQLite() string {
	if c.Database != "" {
		return ""
	}
	return c.DSN()
}

// App 程序 is the opened office.
type App struct {
	Config  Config
	DB      *db.DB
	Book    *org.Book
	Rules   *rulebook.Rulebook
	Engine  *engine.Engine
	Door    *access.Door
	Files   file.Store
	Hub     *Hub
	Duties  []periodic.Duty
	Packer  archive.Packer
	Nightly *nightly.Keeper

	bus         *bus
	place       placeWatch
	definitions []fs.FS
}

// Open opens an office, making what is not there yet.
func Open(ctx context.Context, cfg Config) (*App, error) {
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return nil, errs.New(errs.Unavailable, "数据目录 %s 不能建立，请检查路径和权限", cfg.Data).Because(err)
	}
	if !cfg.Restoring && backup.Unfinished(cfg.Data) {
		return nil, errs.New(errs.Refused, "数据目录 %s 里的恢复没有做完，请重新运行 chengqi restore，做完再启动", cfg.Data)
	}
	database, err := db.Open(ctx, cfg.DSN(), db.Options{Clock: cfg.Clock})
	if err != nil {
		return nil, err
	}
	a, err := assemble(ctx, cfg, database)
	if err != nil {
		return nil, errors.Join(err, database.Close())
	}
	return a, nil
}

func assemble(ctx context.Context, cfg Config, database *db.DB) (*App, error) {
	if err := database.Migrate(ctx, schema.Files); err != nil {
		return nil, err
	}
	if err := database.Enlist(ctx); err != nil {
		return nil, err
	}
	book := &org.Book{}
	clauses, err := rulebook.Load(rules.Files)
	if err != nil {
		return nil, err
	}
	files, err := file.At(cfg.Files, filepath.Join(cfg.Data, "files"))
	if err != nil {
		return nil, err
	}
	effects := engine.WithBuiltIn(office.Effects(files))
	days := &calendar.Book{}
	hub := NewHub()
	post := newBus(database, hub)
	eng := engine.New(engine.Parts{
		DB: database, Book: book, Rules: clauses, Effects: effects,
		Guard: guard, Calendar: days.Calendar, Tell: post.Tell,
	})
	key, err := openKey(ctx, database, cfg.KeyFile)
	if err != nil {
		return nil, err
	}
	door, err := access.New(database, book, key, eng.Rules)
	if err != nil {
		return nil, err
	}
	a := &App{
		definitions: layers(cfg.own()), bus: post,
		Config: cfg, DB: database, Book: book, Rules: clauses, Engine: eng, Door: door, Hub: hub, Files: files,
	}
	a.Packer = archive.Packer{DB: database, Engine: eng, Files: files, Print: printed, Tell: post.Tell}
	a.Nightly = nightly.New(database, book, cfg.Data, a.Backup)
	if err := eng.Refresh(ctx, a.definitions); err != nil {
		return nil, err
	}
	known := func(kind string) bool { return eng.Catalogue().Kind(kind) != nil }
	if a.Duties, err = periodic.Load(rules.Files, os.DirFS(cfg.own()), clauses, known); err != nil {
		return nil, err
	}
	if err := eng.KeepHeld(ctx); err != nil {
		return nil, err
	}
	return a, eng.KeepFigures(ctx)
}

// printed lends the archive the typesetting, which is another room's.
func printed(p *engine.Procedure, m *engine.Matter, w engine.World) ([]archive.Printed, error) {
	files, err := typeset.Print(p, m, w)
	out := make([]archive.Printed, len(files))
	for i, f := range files {
		out[i] = archive.Printed(f)
	}
	return out, err
}

// guard is the guard of secrets at the engine's door.
func guard(text string, of engine.Guarded) []errs.Reason {
	return secrecy.Refuse(text, of.Level, of.NumbersOnly)
}

// layers are the shipped definitions and, over them, those of a folder if it is there.
func layers(folder string) []fs.FS {
	roots := []fs.FS{procedures.Files}
	if info, err := os.Stat(folder); err == nil && info.IsDir() {
		roots = append(roots, os.DirFS(folder))
	}
	return roots
}

func (c Config) own() string {
	if c.Procedures != "" {
		return c.Procedures
	}
	return filepath.Join(c.Data, "procedures")
}

// Definitions loads the shipped definitions and those of a folder, which override by kind. Every fault of every file
// is in the error.
func Definitions(clauses *rulebook.Rulebook, effects map[string]engine.Effect, folder string) (*engine.Catalogue, error) {
	catalogue, faults := engine.Load(engine.Proof{Rules: clauses, Effects: effects}, layers(folder)...)
	return catalogue, engine.Faulty(faults)
}

// Definitions are the folders of definition files, of the program and of the office, under those written in the browser.
func (a *App) Definitions() []fs.FS { return a.definitions }

// Empty tells whether no office has been set up yet.
func (a *App) Empty(ctx context.Context) (bool, error) {
	var n int
	err := a.DB.Read(ctx, func(tx *db.Tx) error {
		_, err := tx.Row(`SELECT COUNT(*) FROM agencies`, nil, &n)
		return err
	})
	return n == 0, err
}

// Backup is the office as a backup takes it.
func (a *App) Backup() backup.Office {
	return backup.Office{DB: a.DB, Data: a.Config.Data, Leave: []string{a.Files.Dir}, Open: func(ctx context.Context, digest string) (io.ReadCloser, error) {
		return a.Files.Open(ctx, &file.File{Digest: digest, Name: digest})
	}}
}

// Close closes the office after the writes under way. A backup under way is given up.
func (a *App) Close() error {
	a.Nightly.Close()
	return a.DB.Close()
}
