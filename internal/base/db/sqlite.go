package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"time"

	_ "modernc.org/sqlite" // registers "sqlite", which the migrations are run through
	"zombiezen.com/go/sqlite"
)

// readers is how many read at once; more gain nothing on the machines an office has.
const readers = 4

// readerCache is a reader's own pages, 4 MB: what is read again and again lies in the system's cache as well, and twice
// or four times as much was no quicker at a million matters.
const readerCache = "cache_size=-4000"

// patience is how long a statement waits for another process that holds the database.
const patience = 5 * time.Second

// synchronous=FULL in WAL: a commit that was acknowledged survives a power cut.
var pragmas = []string{
	"journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-32000", "temp_store=MEMORY",
}

func (d *DB) openSQLite(ctx context.Context, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	d.path, d.mark = path, &openMark{path: path}
	if err := d.mark.examine(); err != nil {
		return err
	}
	first, err := openConn(path)
	if err != nil {
		return err
	}
	d.writer = &writer{db: d, conn: first}
	d.readers = make(chan *conn, readers)
	for range readers {
		c, err := openConn(path, "query_only=ON", readerCache)
		if err != nil {
			return errors.Join(err, d.closeReaders(len(d.readers)), first.close())
		}
		d.readers <- c
	}
	d.mark.set()
	d.queue, d.drained = make(chan *job, 256), make(chan struct{})
	d.done.Add(1)
	go d.runWriter()
	return ctx.Err()
}

// closeReaders waits for those who read and closes their connections.
func (d *DB) closeReaders(n int) error {
	var err error
	for range n {
		err = errors.Join(err, (<-d.readers).close())
	}
	return err
}

func (d *DB) readSQLite(ctx context.Context, fn func(*Tx) error) error {
	var c *conn
	select {
	case c = <-d.readers:
		defer func() { d.readers <- c }()
	case <-d.closed:
		return sql.ErrConnDone
	case <-ctx.Done():
		return ctx.Err()
	}
	return d.readOn(ctx, c, fn)
}

// readOn runs fn on what a connection sees at one moment.
func (d *DB) readOn(ctx context.Context, c *conn, fn func(*Tx) error) error {
	c.sqlite.SetInterrupt(ctx.Done()) // a caller who goes away does not keep the others waiting
	defer func() {
		c.sqlite.SetInterrupt(nil)
		_ = c.do("ROLLBACK") // nothing to keep
	}()
	if err := c.do("BEGIN"); err != nil {
		return err
	}
	if err := fn(&Tx{db: d, run: c, Now: d.Now(), ctx: ctx}); err != nil {
		return errors.Join(ctx.Err(), err)
	}
	return nil
}

// sqlitePool is the database through database/sql, as migrations and snapshots want it.
func sqlitePool(path string) (*sql.DB, error) {
	q := url.Values{"_pragma": {"busy_timeout(5000)"}}
	for _, p := range pragmas {
		q.Add("_pragma", p)
	}
	pool, err := sql.Open("sqlite", "file:"+path+"?"+q.Encode())
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	return pool, nil
}

// keptStatements bounds how many texts a connection keeps prepared: lists of varying length make new texts without end.
const keptStatements = 400

// conn is one connection to SQLite with its prepared statements; one goroutine uses it at a time.
type conn struct {
	sqlite *sqlite.Conn
	kept   map[string]*statement
}

// statement 语句 is prepared, and busy while its rows are being read: the same text asked meanwhile is prepared anew.
type statement struct {
	*sqlite.Stmt
	busy bool
	kept bool
}

// openConn opens a connection with the common pragmas and, after them, more of its own.
func openConn(path string, more ...string) (*conn, error) {
	s, err := sqlite.OpenConn(path, sqlite.OpenReadWrite, sqlite.OpenCreate)
	if err != nil {
		return nil, err
	}
	s.SetBusyTimeout(patience)
	c := &conn{sqlite: s, kept: map[string]*statement{}}
	for _, p := range slices.Concat(pragmas, more) {
		if err := c.once("PRAGMA " + p); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	return c, nil
}

func (c *conn) close() error {
	for _, s := range c.kept {
		_ = s.Finalize() // the connection is closed next
	}
	return c.sqlite.Close()
}

// once runs a statement that is not worth keeping.
func (c *conn) once(q string, args ...any) error {
	s, _, err := c.sqlite.PrepareTransient(q)
	if err != nil {
		return err
	}
	for i, a := range args {
		if err := bindValue(s, i+1, a); err != nil {
			return errors.Join(err, s.Finalize())
		}
	}
	for more := true; more && err == nil; {
		more, err = s.Step()
	}
	return errors.Join(err, s.Finalize())
}

// do runs a statement without arguments.
func (c *conn) do(q string) error {
	_, err := c.exec(q, nil)
	return err
}

func (c *conn) prepare(q string, args []any) (*statement, error) {
	s := c.kept[q]
	if s == nil || s.busy {
		stmt, _, err := c.sqlite.PrepareTransient(q)
		if err != nil {
			return nil, err
		}
		fresh := &statement{Stmt: stmt}
		if s == nil && len(c.kept) < keptStatements {
			fresh.kept, c.kept[q] = true, fresh
		}
		s = fresh
	}
	if n := s.BindParamCount(); n != len(args) {
		return nil, errors.Join(fmt.Errorf("%d arguments for %d places", len(args), n), c.release(s))
	}
	s.busy = true
	for i, a := range args {
		if err := bindValue(s.Stmt, i+1, a); err != nil {
			return nil, errors.Join(err, c.release(s))
		}
	}
	return s, nil
}

func (c *conn) release(s *statement) error {
	s.busy = false
	if !s.kept {
		return s.Finalize()
	}
	_ = s.Reset() // repeats the error of the last step
	return nil    // its arguments stay until the next ones: to clear them would have it planned anew each time
}

func (c *conn) exec(q string, args []any) (int64, error) {
	s, err := c.prepare(q, args)
	if err != nil {
		return 0, err
	}
	for more := true; more; {
		if more, err = s.Step(); err != nil {
			_ = c.release(s)
			return 0, err
		}
	}
	return int64(c.sqlite.Changes()), c.release(s)
}

func (c *conn) query(q string, args []any, each func(scan func(...any) error) error) error {
	s, err := c.prepare(q, args)
	if err != nil {
		return &statementError{err}
	}
	defer func() { _ = c.release(s) }() // what went wrong was told by the step
	scan := func(dest ...any) error {
		for i, d := range dest {
			if err := readColumn(s.Stmt, i, d); err != nil {
				return fmt.Errorf("column %d: %w", i, err)
			}
		}
		return nil
	}
	for {
		row, err := s.Step()
		if err != nil {
			return &statementError{err}
		}
		if !row {
			return nil
		}
		if err := each(scan); err != nil {
			return err
		}
	}
}
