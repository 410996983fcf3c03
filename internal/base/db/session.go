package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// pgPatience is how long PostgreSQL may be silent when it was asked something. A lock that is held is told sooner
// (pgLimits), and whatever the office asks is answered sooner: what takes longer is a server that hangs or a network that
// swallows what is sent. People must not wait for these without end, nor must a server that stops.
var pgPatience = 30 * time.Second

// errSilent is why a transaction ends when the server has said nothing for too long.
var errSilent = errors.New("the database does not answer")

type unhurried struct{}

// Unhurried marks work that asks much at once or thinks long between two questions, as carrying a whole office does: it
// is never cut short.
func Unhurried(ctx context.Context) context.Context {
	return context.WithValue(ctx, unhurried{}, true)
}

// session 会话 is one transaction on PostgreSQL. It ends when the caller leaves or the server is silent for too long, but
// once its commit is asked for the caller's leaving no longer matters: it either stands or does not.
type session struct {
	tx     *sql.Tx
	ctx    context.Context
	cancel context.CancelCauseFunc
	stay   func() bool // from now on the caller may leave; false: they have left
	timer  *time.Timer // nil: unhurried
}

func newSession(ctx context.Context) *session {
	s := &session{}
	s.ctx, s.cancel = context.WithCancelCause(context.WithoutCancel(ctx))
	s.stay = context.AfterFunc(ctx, func() { s.cancel(ctx.Err()) })
	if ctx.Value(unhurried{}) == nil {
		s.timer = time.AfterFunc(pgPatience, func() { s.cancel(errSilent) })
	}
	return s
}

// wait begins to count how long the server is silent.
func (s *session) wait() {
	if s.timer != nil {
		s.timer.Reset(pgPatience)
	}
}

func (s *session) answered() {
	if s.timer != nil {
		s.timer.Stop()
	}
}

// plainly says why the session was ended where the driver only says that it was.
func (s *session) plainly(err error) error {
	switch cause := context.Cause(s.ctx); {
	case err == nil || cause == nil:
		return err
	case errors.Is(cause, errSilent):
		return fmt.Errorf("%w: %v", errSilent, err) //nolint:errorlint // that we gave up is no longer of interest
	default: // the caller has left
		return errors.Join(cause, err)
	}
}

// commit tells nil only when all is on disk, and an error that it may be when the answer did not come.
func (s *session) commit() error {
	if !s.stay() {
		return context.Cause(s.ctx)
	}
	s.wait()
	err := s.tx.Commit()
	s.answered()
	return uncertain(s.plainly(err))
}

func (s *session) end() {
	s.answered()
	s.stay()
	if s.tx != nil {
		_ = s.tx.Rollback() // nothing to keep, or committed
	}
	s.cancel(nil)
}

func (s *session) exec(q string, args []any) (int64, error) {
	s.wait()
	defer s.answered()
	res, err := s.tx.ExecContext(s.ctx, q, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func (s *session) query(q string, args []any, each func(scan func(...any) error) error) error {
	s.wait()
	defer s.answered()
	rows, err := s.tx.QueryContext(s.ctx, q, args...)
	if err != nil {
		return &statementError{err}
	}
	defer func() { _ = rows.Close() }() // rows.Err tells what matters
	for rows.Next() {
		s.answered() // what is done with a row is not the server's time
		if err := each(rows.Scan); err != nil {
			return err
		}
		s.wait()
	}
	return rows.Err()
}
