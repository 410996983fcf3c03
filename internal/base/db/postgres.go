package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// pgConnections is how many connections one process keeps; several processes share what the server allows.
const pgConnections = 24

// pgLimits bound what one may wait for another on the server: a process that hangs must not hold up the rest for ever.
var pgLimits = map[string]string{
	"application_name": "chengqi", "lock_timeout": "15s", "idle_in_transaction_session_timeout": "10min",
}

// races is how often a write is decided again after it met another in its way.
const races = 4

func (d *DB) openPostgres(ctx context.Context, dsn string) error {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return err
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 10 * time.Second
	}
	for name, value := range pgLimits {
		if _, given := config.RuntimeParams[name]; !given {
			config.RuntimeParams[name] = value
		}
	}
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(pgConnections)
	pool.SetMaxIdleConns(pgConnections)
	d.dialect, d.pool, d.postgres = Postgres, pool, config
	return pool.PingContext(ctx)
}

// readPostgres gives one snapshot for the whole of fn, as SQLite does.
func (d *DB) readPostgres(ctx context.Context, fn func(*Tx) error) error {
	tx, err := d.beginPostgres(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // nothing to keep
	return fn(&Tx{db: d, run: pooledTx{tx}, Now: d.Now(), ctx: ctx})
}

// writePostgres runs one write in its own transaction. A write that met another in its way (a deadlock, a row that
// appeared between looking and writing) is decided once more, and then sees what the other wrote.
func (d *DB) writePostgres(ctx context.Context, fn func(*Tx) error) error {
	var err error
	for range races {
		if err = d.tryPostgres(ctx, fn); !raced(err) {
			break
		}
	}
	return failedWrite(err)
}

func (d *DB) tryPostgres(ctx context.Context, fn func(*Tx) error) error {
	began := time.Now()
	tx, err := d.beginPostgres(ctx, nil)
	if err != nil {
		return err
	}
	t := &Tx{db: d, run: pooledTx{tx}, Now: d.Now(), ctx: ctx, writable: true, last: new([]func() error)}
	if err := guarded(fn, t); err != nil {
		_ = tx.Rollback() // the first error is the one worth reporting
		return err
	}
	if err := tx.Commit(); err != nil {
		return uncertain(err)
	}
	measured(1, began)
	t.committed()
	return nil
}

// beginPostgres opens a transaction. Connections that died in the pool while the server was away are passed over:
// nothing has been asked of them yet.
func (d *DB) beginPostgres(ctx context.Context, opt *sql.TxOptions) (*sql.Tx, error) {
	var tx *sql.Tx
	var err error
	for range pgConnections + 1 {
		tx, err = d.pool.BeginTx(ctx, opt)
		var refused *pgconn.ConnectError
		if err == nil || errors.As(err, &refused) || !lostConnection(err) {
			break
		}
	}
	return tx, err
}

// pooledTx runs statements through database/sql.
type pooledTx struct{ tx *sql.Tx }

func (p pooledTx) exec(ctx context.Context, q string, args []any) (int64, error) {
	res, err := p.tx.ExecContext(ctx, q, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func (p pooledTx) query(ctx context.Context, q string, args []any, each func(scan func(...any) error) error) error {
	rows, err := p.tx.QueryContext(ctx, q, args...)
	if err != nil {
		return &statementError{err}
	}
	defer func() { _ = rows.Close() }() // rows.Err tells what matters
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// raced tells whether an error comes of two writes at once rather than of what was asked.
func raced(err error) bool {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code {
	case "40001", "40P01", "23505": // serialization failure, deadlock, unique violation
		return true
	}
	return false
}
