// Package db is the door to the database: SQLite in a folder or PostgreSQL by address, one SQL text for both.
//
// It owns the connection pools, the binding of placeholders, group commit, ids and the two honest differences of
// the databases (full-text search and row locks). It knows no word of the office. Invariant: a write is
// acknowledged only after its commit is durable, and either the whole of it is there or nothing.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // registers "pgx"
	_ "modernc.org/sqlite"             // registers "sqlite"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// Dialect 数据库方言.
type Dialect int

// The two databases.
const (
	SQLite Dialect = iota
	Postgres
)

// Location is where office time runs; times are stored as UTC milliseconds.
var Location = time.FixedZone("Asia/Shanghai", 8*60*60)

// DB is an open database.
type DB struct {
	dialect Dialect
	read    *sql.DB
	write   *sql.DB
	ids     *idMaker
	clock   func() time.Time

	stmts   readStatements
	rebound sync.Map      // SQL with ? → SQL with $n
	reading chan struct{} // a place for each reader at once; SQLite gains nothing from more

	queue  chan *job
	closed chan struct{}
	done   sync.WaitGroup
}

const readers = 4

// Options to Open.
type Options struct {
	// Clock replaces the wall clock (tests, sample data). Nil means time.Now.
	Clock func() time.Time
}

// Open opens the database at dsn: a postgres:// address, or the path of an SQLite file that is made if absent.
func Open(ctx context.Context, dsn string, opt Options) (*DB, error) {
	d := &DB{ids: newIDMaker(), clock: opt.Clock, closed: make(chan struct{})}
	if d.clock == nil {
		d.clock = time.Now
	}
	var err error
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		err = d.openPostgres(ctx, dsn)
	} else {
		err = d.openSQLite(ctx, dsn)
	}
	if err != nil {
		return nil, errs.New(errs.Unavailable, "数据库打不开，请检查数据目录或数据库地址").Because(err)
	}
	return d, nil
}

func (d *DB) openPostgres(ctx context.Context, dsn string) error {
	pool, err := sql.Open("pgx", dsn)
	if err != nil {
		return err
	}
	pool.SetMaxOpenConns(24)
	pool.SetMaxIdleConns(24)
	d.dialect, d.read, d.write = Postgres, pool, pool
	return pool.PingContext(ctx)
}

func (d *DB) openSQLite(ctx context.Context, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	// synchronous=FULL in WAL: a commit that was acknowledged survives a power cut.
	pragmas := "?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)" +
		"&_pragma=busy_timeout(10000)&_pragma=cache_size(-32000)&_pragma=temp_store(MEMORY)"
	var err error
	if d.write, err = sql.Open("sqlite", "file:"+path+pragmas); err != nil {
		return err
	}
	d.write.SetMaxOpenConns(1)
	if err := d.write.PingContext(ctx); err != nil {
		return err
	}
	if d.read, err = sql.Open("sqlite", "file:"+path+pragmas+"&_pragma=query_only(ON)"); err != nil {
		return err
	}
	// More connections than readers at once: a reader that prepares a statement needs a second one for a moment.
	d.read.SetMaxOpenConns(2 * readers)
	d.read.SetMaxIdleConns(2 * readers)
	d.reading = make(chan struct{}, readers)
	if err := d.read.PingContext(ctx); err != nil {
		return err
	}
	d.queue = make(chan *job, 256)
	d.done.Add(1)
	go d.runWriter()
	return nil
}

// Dialect tells which database this is.
func (d *DB) Dialect() Dialect { return d.dialect }

// Now is the office's present moment, to the millisecond.
func (d *DB) Now() time.Time { return d.clock().In(Location).Truncate(time.Millisecond) }

// Close finishes the writes under way and closes the pools.
func (d *DB) Close() error {
	close(d.closed)
	d.done.Wait()
	d.stmts.close()
	err := d.read.Close()
	if d.write != d.read {
		err = errors.Join(err, d.write.Close())
	}
	return err
}

// Read runs fn on a consistent view that it cannot change.
func (d *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if d.reading != nil {
		select {
		case d.reading <- struct{}{}:
			defer func() { <-d.reading }()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	tx, err := d.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return unavailable(err)
	}
	defer func() { _ = tx.Rollback() }() // nothing to keep
	var run runner = tx
	if d.dialect == SQLite {
		run = prepared{d, tx}
	}
	return fn(&Tx{db: d, run: run, Now: d.Now(), ctx: ctx})
}

// Write runs fn in a transaction and returns after it is durable. On error nothing of it remains. Functions given
// to Tx.AfterCommit run when the commit is known to stand.
func (d *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	if d.dialect == Postgres {
		return d.writePostgres(ctx, fn)
	}
	return d.enqueue(ctx, fn)
}

func (d *DB) writePostgres(ctx context.Context, fn func(*Tx) error) error {
	tx, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return unavailable(err)
	}
	t := &Tx{db: d, run: tx, Now: d.Now(), ctx: ctx, writable: true}
	if err := fn(t); err != nil {
		_ = tx.Rollback() // the first error is the one worth reporting
		return err
	}
	if err := tx.Commit(); err != nil {
		return unavailable(err)
	}
	t.committed()
	return nil
}

func unavailable(err error) error {
	return errs.New(errs.Unavailable, "数据库暂时不能写入，刚才的操作没有保存，请稍后再试；若反复出现，请联系系统管理员").
		Because(fmt.Errorf("database: %w", err))
}
