package db

import (
	"context"
	"database/sql"
	"fmt"
	"runtime/debug"
)

// job is one write waiting for its turn.
type job struct {
	ctx  context.Context
	fn   func(*Tx) error
	tx   *Tx
	err  error
	done chan struct{}
}

const batchLimit = 128

// enqueue hands fn to the single SQLite writer. Waiting writes share one commit (one fsync); each runs inside its
// own savepoint, so a refused one leaves no trace and the others never notice.
func (d *DB) enqueue(ctx context.Context, fn func(*Tx) error) error {
	j := &job{ctx: ctx, fn: fn, done: make(chan struct{})}
	select {
	case d.queue <- j:
	case <-d.closed:
		return unavailable(sql.ErrConnDone)
	case <-ctx.Done():
		return ctx.Err()
	}
	<-j.done // once queued the outcome is always awaited: an answer must never be less certain than the disk
	return j.err
}

func (d *DB) runWriter() {
	defer d.done.Done()
	w := &writer{db: d, stmts: map[string]*sql.Stmt{}}
	defer w.drop()
	for {
		select {
		case j := <-d.queue:
			w.commit(d.gather(j))
		case <-d.closed:
			for { // writes accepted before the close are still carried out
				select {
				case j := <-d.queue:
					w.commit(d.gather(j))
				default:
					return
				}
			}
		}
	}
}

func (d *DB) gather(first *job) []*job {
	batch := []*job{first}
	for len(batch) < batchLimit {
		select {
		case j := <-d.queue:
			batch = append(batch, j)
		default:
			return batch
		}
	}
	return batch
}

// writer holds the one connection that writes, with its prepared statements.
type writer struct {
	db    *DB
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
}

func (w *writer) drop() {
	for _, s := range w.stmts {
		_ = s.Close()
	}
	w.stmts = map[string]*sql.Stmt{}
	if w.conn != nil {
		_ = w.conn.Close()
		w.conn = nil
	}
}

func (w *writer) commit(batch []*job) {
	defer func() {
		for _, j := range batch {
			close(j.done)
		}
	}()
	fail := func(err error) {
		for _, j := range batch {
			j.err = unavailable(err)
		}
		w.drop()
	}
	ctx := context.Background()
	if w.conn == nil {
		conn, err := w.db.write.Conn(ctx)
		if err != nil {
			fail(err)
			return
		}
		w.conn = conn
	}
	if _, err := w.conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		fail(err)
		return
	}
	for _, j := range batch {
		if !w.one(j) { // the database has rolled back the whole: what came before is gone too
			_, _ = w.conn.ExecContext(ctx, "ROLLBACK")
			fail(j.err)
			return
		}
	}
	if _, err := w.conn.ExecContext(ctx, "COMMIT"); err != nil {
		_, _ = w.conn.ExecContext(ctx, "ROLLBACK") // the commit error is what is reported
		fail(err)
		return
	}
	for _, j := range batch {
		if j.err == nil {
			j.tx.committed()
		}
	}
}

// one carries out a write in its own savepoint and tells whether the common transaction still stands: a full disk or a
// failing one makes SQLite roll back everything at once, and whatever came after would be on its own.
func (w *writer) one(j *job) bool {
	ctx := context.WithoutCancel(j.ctx)
	if j.err = j.ctx.Err(); j.err != nil {
		return true
	}
	if _, err := w.conn.ExecContext(ctx, "SAVEPOINT one"); err != nil {
		j.err = unavailable(err)
		return false
	}
	j.tx = &Tx{db: w.db, run: preparing{w}, Now: w.db.Now(), ctx: ctx, writable: true}
	j.err = failedWrite(guarded(j.fn, j.tx))
	if j.err == nil {
		_, j.err = w.conn.ExecContext(ctx, "RELEASE one")
		return j.err == nil
	}
	if _, err := w.conn.ExecContext(ctx, "ROLLBACK TO one"); err != nil {
		return false
	}
	_, _ = w.conn.ExecContext(ctx, "RELEASE one")
	return true
}

// guarded turns a panic in one write into that write's error: the others in the batch are not to suffer.
func guarded(fn func(*Tx) error, tx *Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a write: %v\n%s", p, debug.Stack())
		}
	}()
	return fn(tx)
}

// preparing runs statements on the writer's connection and keeps each text prepared.
type preparing struct{ w *writer }

func (p preparing) stmt(ctx context.Context, q string) (*sql.Stmt, error) {
	if s, ok := p.w.stmts[q]; ok {
		return s, nil
	}
	if len(p.w.stmts) >= keptStatements {
		for text, old := range p.w.stmts {
			_ = old.Close() // a statement closed late costs nothing but memory
			delete(p.w.stmts, text)
		}
	}
	s, err := p.w.conn.PrepareContext(ctx, q)
	if err == nil {
		p.w.stmts[q] = s
	}
	return s, err
}

func (p preparing) ExecContext(ctx context.Context, q string, args ...any) (sql.Result, error) {
	s, err := p.stmt(ctx, q)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

func (p preparing) QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	s, err := p.stmt(ctx, q)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}
