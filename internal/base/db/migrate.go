package db

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

// Migrate brings the schema up to date. The scripts are one text for both databases; the only word that differs,
// the type of raw bytes, is changed on reading, and lines marked with one database's name are kept for it alone.
func (d *DB) Migrate(ctx context.Context, scripts fs.FS) error {
	dialect := database.DialectSQLite3
	if d.dialect == Postgres {
		dialect = database.DialectPostgres
	}
	p, err := goose.NewProvider(dialect, d.write, translated{scripts, d.dialect}, goose.WithVerbose(false))
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
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
	drop, name := "-- only postgres", "BLOB"
	if t.dialect == Postgres {
		drop, name = "-- only sqlite", "BYTEA"
	}
	var out []string
	for _, line := range strings.Split(s, "\n") {
		if !strings.HasSuffix(line, drop) {
			out = append(out, strings.ReplaceAll(line, "BLOB", name))
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
