package db

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// Migrate brings the schema up to date. The scripts are one text for both databases; the words that differ, the type of
// raw bytes and that of a row's own number, are changed on reading, and lines marked with one database's name are kept
// for it alone.
func (d *DB) Migrate(ctx context.Context, scripts fs.FS) error {
	if _, err := d.Pending(ctx, scripts); err != nil { // of a newer program
		return err
	}
	p, done, err := d.migrations(scripts)
	if err != nil {
		return err
	}
	defer done()
	if _, err = p.Up(ctx); err == nil {
		return nil
	}
	said := errs.New(errs.Unavailable, "数据表没有升级完，已完成的步骤有效，排除原因后再运行一次即可")
	if known := (*errs.Error)(nil); errors.As(failedWrite(err), &known) {
		said.Text += "：" + known.Text
	}
	return said.Because(err)
}

// migrationTurn is for how many seconds a server waits while another brings the tables up to date: at a million matters
// that takes minutes.
const migrationTurn = 1800

// migrations reads the scripts; the function returned is called when they are done with.
func (d *DB) migrations(scripts fs.FS) (p *goose.Provider, done func(), err error) {
	dialect, pool, done := database.DialectPostgres, d.pool, func() {}
	if d.dialect == SQLite {
		if pool, err = sqlitePool(d.path); err != nil {
			return nil, nil, err
		}
		dialect, done = database.DialectSQLite3, func() { _ = pool.Close() } // every script was committed by itself
	}
	options := []goose.ProviderOption{goose.WithVerbose(false)}
	if d.dialect == Postgres { // several servers may begin at once: one brings the tables up to date, the others wait
		turn, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, migrationTurn))
		if err != nil {
			return nil, nil, err
		}
		options = append(options, goose.WithSessionLocker(turn))
	}
	p, err = goose.NewProvider(dialect, pool, translated{scripts, d.dialect}, options...)
	return p, done, err
}

// Pending names the scripts that have not been applied yet; it changes nothing. A database that is ahead of the program
// is refused: an older program would read it wrongly.
func (d *DB) Pending(ctx context.Context, scripts fs.FS) ([]string, error) {
	p, done, err := d.migrations(scripts)
	if err != nil {
		return nil, err
	}
	defer done()
	applied, err := d.applied(ctx)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, s := range p.ListSources() {
		if !applied[s.Version] {
			names = append(names, s.Path)
		}
		delete(applied, s.Version)
	}
	delete(applied, 0) // the line the book of migrations begins with
	if len(applied) > 0 {
		return nil, errs.New(errs.Refused, "数据库已由更新版本的程序升级过，请换用新版程序，或从升级前的备份恢复")
	}
	return names, nil
}

// applied are the versions in the database's book of migrations; none if it has no book.
func (d *DB) applied(ctx context.Context) (map[int64]bool, error) {
	versions := map[int64]bool{}
	err := d.Still(ctx, func(tx *Tx) error {
		book := `SELECT COUNT(*) FROM sqlite_master WHERE name = 'goose_db_version'`
		if d.dialect == Postgres {
			book = `SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'goose_db_version'`
		}
		n := 0
		if _, err := tx.Row(book, nil, &n); err != nil || n == 0 {
			return err
		}
		return tx.Query(`SELECT version_id FROM goose_db_version`, nil, func(scan func(...any) error) error {
			var v int64
			err := scan(&v)
			versions[v] = true
			return err
		})
	})
	return versions, err
}

type translated struct {
	fs.FS
	dialect Dialect
}

func (t translated) Open(name string) (fs.File, error) {
	f, err := t.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return f, err
	}
	raw, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	return &script{Reader: bytes.NewReader([]byte(t.text(string(raw)))), name: name}, nil
}

func (t translated) text(s string) string {
	// In SQLite only INTEGER makes the id the row's place in the table; any other word adds an index to be looked up first.
	drop, words := "-- only postgres", strings.NewReplacer("BIGINT PRIMARY KEY", "INTEGER PRIMARY KEY")
	if t.dialect == Postgres {
		drop, words = "-- only sqlite", strings.NewReplacer("BLOB", "BYTEA")
	}
	var out []string
	for _, line := range strings.Split(s, "\n") {
		if !strings.HasSuffix(line, drop) {
			out = append(out, words.Replace(line))
		}
	}
	return strings.Join(out, "\n")
}

// script is a translated file; it is its own FileInfo.
type script struct {
	*bytes.Reader
	name string
}

func (s *script) Stat() (fs.FileInfo, error) { return s, nil }
func (s *script) Close() error               { return nil }
func (s *script) Name() string               { return s.name }
func (s *script) Mode() fs.FileMode          { return 0o444 }
func (s *script) ModTime() time.Time         { return time.Time{} }
func (s *script) IsDir() bool                { return false }
func (s *script) Sys() any                   { return nil }
