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
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	_ "modernc.org/sqlite" // registers "sqlite"

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

	stmts    readStatements
	postgres *pgx.ConnConfig
	self     string        // who we are among the processes on one PostgreSQL
	rebound  sync.Map      // SQL with ? → SQL with $n
	reading  chan struct{} // a place for each reader at once; SQLite gains nothing from more

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

func (d *DB) openSQLite(ctx context.Context, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	// synchronous=FULL in WAL: a commit that was acknowledged survives a power cut.
	pragmas := "?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)" +
		"&_pragma=busy_timeout(5000)&_pragma=cache_size(-32000)&_pragma=temp_store(MEMORY)"
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
	tx, err := d.beginRead(ctx)
	if err != nil {
		return failedRead(err)
	}
	defer func() { _ = tx.Rollback() }() // nothing to keep
	var run runner = tx
	if d.dialect == SQLite {
		run = prepared{d, tx}
	}
	return failedRead(fn(&Tx{db: d, run: run, Now: d.Now(), ctx: ctx}))
}

func (d *DB) beginRead(ctx context.Context) (*sql.Tx, error) {
	if d.dialect == Postgres { // one snapshot for the whole of it, as SQLite gives
		return d.beginPostgres(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead})
	}
	return d.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
}

// Write runs fn in a transaction and returns after it is durable. On error nothing of it remains. Functions given
// to Tx.AfterCommit run when the commit is known to stand. On PostgreSQL fn may run more than once until it stands.
func (d *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	if err := d.numbered(ctx); err != nil {
		return err
	}
	return d.transact(ctx, fn)
}

// transact is Write for what makes no ids.
func (d *DB) transact(ctx context.Context, fn func(*Tx) error) error {
	if d.dialect == Postgres {
		return d.writePostgres(ctx, fn)
	}
	return d.enqueue(ctx, fn)
}
