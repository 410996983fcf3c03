package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// pgConnections is how many connections one process keeps; several processes share what the server allows.
const pgConnections = 24

// pgLimits bound what one may wait for another on the server: a process that hangs must not hold up the rest for ever.
// What it has locked is free again after a minute, and who waits for it meanwhile is told after a quarter of that.
var pgLimits = map[string]string{
	"application_name": "chengqi", "lock_timeout": "15s", "idle_in_transaction_session_timeout": "1min",
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
	pool := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(durable))
	pool.SetMaxOpenConns(pgConnections)
	pool.SetMaxIdleConns(pgConnections)
	d.dialect, d.pool, d.postgres = Postgres, pool, config
	return d.writesChinese(ctx)
}

// durable makes a commit wait until it is on disk, also on a server that is set not to: an answer of ours must not be
// less certain than that. What is set stricter stays.
func durable(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, `SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'`)
	return err
}

// writesChinese looks whether the database is there and can hold what an office writes.
func (d *DB) writesChinese(ctx context.Context) error {
	ctx, stop := context.WithTimeout(ctx, pgPatience)
	defer stop()
	var encoding string
	if err := d.pool.QueryRowContext(ctx, `SELECT current_setting('server_encoding')`).Scan(&encoding); err != nil {
		return err
	}
	if encoding != "UTF8" {
		return errs.New(errs.Refused, "数据库的编码是 %s，存不了汉字；请用 createdb --encoding UTF8 --template template0 另建一个库", encoding)
	}
	return nil
}

// readPostgres gives one snapshot for the whole of fn, as SQLite does.
func (d *DB) readPostgres(ctx context.Context, fn func(*Tx) error) error {
	s, err := d.beginPostgres(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead})
	if err != nil {
		return err
	}
	defer s.end() // nothing to keep
	return s.plainly(fn(&Tx{db: d, run: s, Now: d.Now(), ctx: s.ctx}))
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
	s, err := d.beginPostgres(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted}) // whatever the server is set to
	if err != nil {
		return err
	}
	defer s.end() // of what was not committed the first error is the one worth reporting
	t := &Tx{db: d, run: s, Now: d.Now(), ctx: s.ctx, writable: true, last: new([]func() error)}
	if err := guarded(fn, t); err != nil {
		return s.plainly(err)
	}
	if err := s.commit(); err != nil {
		return err
	}
	measured(1, began)
	t.committed()
	return nil
}

// beginPostgres opens a transaction. Connections that died in the pool while the server was away are passed over:
// nothing has been asked of them yet.
func (d *DB) beginPostgres(ctx context.Context, opt *sql.TxOptions) (*session, error) {
	s := newSession(ctx)
	s.wait()
	var err error
	for range pgConnections + 1 {
		s.tx, err = d.pool.BeginTx(s.ctx, opt)
		var refused *pgconn.ConnectError
		if err == nil || s.ctx.Err() != nil || errors.As(err, &refused) || !lostConnection(err) {
			break
		}
	}
	s.answered()
	if err == nil && s.timer == nil {
		_, err = s.tx.ExecContext(s.ctx, `SET LOCAL idle_in_transaction_session_timeout = 0`)
	}
	if err != nil {
		err = s.plainly(err)
		s.end()
		return nil, err
	}
	return s, nil
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
