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
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// Dialect 数据库方言 is which of the two databases an office is on, for the few texts that differ.
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
	ids     *idMaker
	clock   func() time.Time
	closed  chan struct{}
	done    sync.WaitGroup

	pool     *sql.DB // of PostgreSQL
	postgres *pgx.ConnConfig
	self     string   // who we are among the processes on one PostgreSQL
	rebound  sync.Map // SQL with ? → SQL with $n
	watch    atomic.Pointer[func(q string, args []any)]

	path    string // of SQLite
	mark    *openMark
	readers chan *conn
	writer  *writer
	queue   chan *job
	drained chan struct{} // closed when the writer takes nothing more from the queue
}

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
	var known *errs.Error
	if errors.As(err, &known) {
		return nil, known
	}
	if err != nil {
		return nil, errs.New(errs.Unavailable, "%s", cannotOpen(err)).Because(err)
	}
	return d, nil
}

// Dialect tells which database this is.
func (d *DB) Dialect() Dialect { return d.dialect }

// Now is the office's present moment, to the millisecond.
func (d *DB) Now() time.Time { return d.clock().In(Location).Truncate(time.Millisecond) }

// Close finishes the writes under way and closes the connections.
func (d *DB) Close() error {
	close(d.closed)
	d.done.Wait()
	if d.dialect == Postgres {
		return d.pool.Close()
	}
	err := d.closeReaders(readers)
	d.mark.release()
	return err
}

// Read runs fn on a consistent view that it cannot change.
func (d *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if d.dialect == Postgres {
		return failedRead(d.readPostgres(ctx, fn))
	}
	return failedRead(d.readSQLite(ctx, fn))
}

// Still runs fn on a view that stands still however long fn takes; the office works on meanwhile. It takes none of the
// readers' places and is meant for what reads everything: moving an office, saving it.
func (d *DB) Still(ctx context.Context, fn func(*Tx) error) error {
	if d.dialect == Postgres {
		return failedRead(d.readPostgres(Unhurried(ctx), fn)) // between two questions hours may pass: what was read is being written elsewhere
	}
	c, err := openConn(d.path, "query_only=ON")
	if err != nil {
		return unavailable(err)
	}
	defer func() { _ = c.close() }() // it only read
	return failedRead(d.readOn(ctx, c, fn))
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
