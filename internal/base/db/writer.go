package db

import (
	"context"
	"database/sql"
	"fmt"
	"runtime/debug"
	"time"
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
	// Once queued the outcome is always awaited: an answer must never be less certain than the disk.
	select {
	case <-j.done:
		return j.err
	case <-d.drained:
	}
	select {
	case <-j.done:
		return j.err
	default: // queued as the office was closed, and never taken up
		return unavailable(sql.ErrConnDone)
	}
}

func (d *DB) runWriter() {
	defer d.done.Done()
	w := d.writer
	defer close(d.drained)
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

// writer holds the one connection that writes.
type writer struct {
	db   *DB
	conn *conn
}

func (w *writer) drop() {
	if w.conn != nil {
		_ = w.conn.close() // what was acknowledged is on disk
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
	if w.conn == nil {
		conn, err := openConn(w.db.path)
		if err != nil {
			fail(err)
			return
		}
		w.conn = conn
	}
	began := time.Now()
	if err := w.conn.do("BEGIN IMMEDIATE"); err != nil {
		fail(err)
		return
	}
	for _, j := range batch {
		if !w.one(j) { // the database has rolled back the whole: what came before is gone too
			_ = w.conn.do("ROLLBACK")
			fail(j.err)
			return
		}
	}
	if err := w.conn.do("COMMIT"); err != nil {
		_ = w.conn.do("ROLLBACK") // the commit error is what is reported
		fail(err)
		return
	}
	w.db.mark.note()
	measured(len(batch), began)
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
	if err := w.conn.do("SAVEPOINT one"); err != nil {
		j.err = unavailable(err)
		return false
	}
	j.tx = &Tx{db: w.db, run: w.conn, Now: w.db.Now(), ctx: ctx, writable: true, last: new([]func() error)}
	j.err = failedWrite(guarded(j.fn, j.tx))
	if j.err == nil {
		j.err = w.conn.do("RELEASE one")
		return j.err == nil
	}
	if err := w.conn.do("ROLLBACK TO one"); err != nil {
		return false
	}
	_ = w.conn.do("RELEASE one") // the savepoint goes with the transaction at the latest
	return true
}

// guarded turns a panic in one write into that write's error: the others in the batch are not to suffer.
func guarded(fn func(*Tx) error, tx *Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a write: %v\n%s", p, debug.Stack())
		}
	}()
	if err := fn(tx); err != nil {
		return err
	}
	return tx.finish()
}
