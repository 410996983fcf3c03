package db

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/workday"
)

// runner runs the statements of one transaction on one of the databases. It was begun with the caller's context.
type runner interface {
	exec(q string, args []any) (changed int64, err error)
	query(q string, args []any, each func(scan func(...any) error) error) error
}

// Tx is one transaction. It carries the moment at which everything inside it happens.
type Tx struct {
	db       *DB
	run      runner
	ctx      context.Context
	writable bool
	last     *[]func() error // shared by the copies that At makes
	after    []func()

	// Now is the moment of the transaction, office time, to the millisecond.
	Now time.Time
}

// At is the same transaction seen from another moment: sample data and imports record when things really happened.
// AfterCommit functions of the copy are not carried over.
func (t *Tx) At(now time.Time) *Tx {
	c := *t
	c.after = nil
	c.Now = now.In(Location).Truncate(time.Millisecond)
	return &c
}

// Lag is how long ago the moment of the transaction lies: nothing at work, much when sample data or imports are entered
// long after they happened.
func (t *Tx) Lag() time.Duration { return t.db.Now().Sub(t.Now) }

// Today is the calendar day of Now.
func (t *Tx) Today() workday.Day { return workday.DayOf(t.Now) }

// Context is the caller's context.
func (t *Tx) Context() context.Context { return t.ctx }

// Dialect tells which database this is.
func (t *Tx) Dialect() Dialect { return t.db.dialect }

// NewID makes an id.
func (t *Tx) NewID() ID { return t.db.ids.next() }

// Last runs fn at the end of the transaction, after everything else and in the order asked: what everybody passes one at a
// time, the head of a chain, is then held no longer than it must be. What fn writes cannot be read in the transaction.
func (t *Tx) Last(fn func() error) { *t.last = append(*t.last, fn) }

// finish does what was asked for last; that may ask for more.
func (t *Tx) finish() error {
	for i := 0; i < len(*t.last); i++ {
		if err := (*t.last)[i](); err != nil {
			return err
		}
	}
	return nil
}

// AfterCommit runs fn once the transaction is durable; never if it is not.
func (t *Tx) AfterCommit(fn func()) { t.after = append(t.after, fn) }

func (t *Tx) committed() {
	for _, fn := range t.after {
		fn()
	}
}

// bind turns ? into $n for PostgreSQL. Our SQL never holds a question mark inside a string.
func (t *Tx) bind(q string) string {
	if t.db.dialect == SQLite {
		return q
	}
	if s, ok := t.db.rebound.Load(q); ok {
		return s.(string)
	}
	var b strings.Builder
	n := 0
	for _, r := range q {
		if r == '?' {
			n++
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(n))
			continue
		}
		b.WriteRune(r)
	}
	t.db.rebound.Store(q, b.String())
	return b.String()
}

// Exec runs a statement and tells how many rows it changed.
func (t *Tx) Exec(q string, args ...any) (int64, error) {
	if !t.writable {
		return 0, errors.New("a write in a reading transaction")
	}
	n, err := t.run.exec(t.bind(q), plain(args))
	if err != nil {
		return 0, fmt.Errorf("%w in %s", err, oneLine(q))
	}
	return n, nil
}

// Query calls each for every row; scan reads the row's columns in order.
func (t *Tx) Query(q string, args []any, each func(scan func(...any) error) error) error {
	t.watched(q, args)
	err := t.run.query(t.bind(q), plain(args), each)
	var bad *statementError
	if errors.As(err, &bad) {
		return fmt.Errorf("%w in %s", bad.err, oneLine(q))
	}
	return err
}

// statementError is a fault of the statement itself, not of what was done with its rows.
type statementError struct{ err error }

func (e *statementError) Error() string { return e.err.Error() }
func (e *statementError) Unwrap() error { return e.err }

// Row reads one row into dest and tells whether there was one.
func (t *Tx) Row(q string, args []any, dest ...any) (bool, error) {
	found := false
	err := t.Query(q, args, func(scan func(...any) error) error {
		if found {
			return nil
		}
		found = true
		return scan(dest...)
	})
	return found, err
}

// plain turns our own types into what every driver takes.
func plain(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		switch v := a.(type) {
		case ID:
			out[i] = int64(v)
		case *ID:
			if v == nil {
				out[i] = nil
			} else {
				out[i] = int64(*v)
			}
		case time.Time:
			out[i] = Millis(v)
		case workday.Day:
			out[i] = v.String()
		case bool:
			out[i] = flag(v)
		default:
			out[i] = a
		}
	}
	return out
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// Millis is how an instant is stored: UTC milliseconds, and 0 for none.
func Millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// Time reads a stored instant back as office time.
func Time(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).In(Location)
}

// ForUpdate is the row lock where rows need one: SQLite has a single writer and needs none.
func (t *Tx) ForUpdate() string {
	if t.db.dialect == Postgres && t.writable {
		return " FOR UPDATE"
	}
	return ""
}

// In makes "(?, ?, …)" and the arguments for a list; an empty list matches nothing.
func In[T any](list []T) (string, []any) {
	if len(list) == 0 {
		return "(NULL)", nil
	}
	args := make([]any, len(list))
	for i, v := range list {
		args[i] = v
	}
	return "(?" + strings.Repeat(",?", len(list)-1) + ")", args
}

func oneLine(q string) string { return strings.Join(strings.Fields(q), " ") }
