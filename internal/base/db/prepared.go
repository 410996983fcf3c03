package db

import (
	"context"
	"database/sql"
	"sync"
)

// keptStatements bounds how many texts are kept prepared: lists of varying length make new texts without end.
const keptStatements = 400

// readStatements keeps the texts of readers prepared; SQLite spends more on reading a statement than on a short answer.
type readStatements struct {
	mu     sync.RWMutex
	byText map[string]*sql.Stmt
}

// get prepares a text once; nil when there is no more room, and the text is then run as it is.
func (r *readStatements) get(ctx context.Context, pool *sql.DB, q string) (*sql.Stmt, error) {
	r.mu.RLock()
	s, full := r.byText[q], len(r.byText) >= keptStatements
	r.mu.RUnlock()
	if s != nil || full {
		return s, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if s := r.byText[q]; s != nil {
		return s, nil
	}
	s, err := pool.PrepareContext(ctx, q)
	if err != nil {
		return nil, err
	}
	if r.byText == nil {
		r.byText = map[string]*sql.Stmt{}
	}
	r.byText[q] = s
	return s, nil
}

func (r *readStatements) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.byText {
		_ = s.Close() // the pool is closed next
	}
	r.byText = nil
}

// prepared reads through kept statements inside one transaction.
type prepared struct {
	db *DB
	tx *sql.Tx
}

func (p prepared) ExecContext(ctx context.Context, q string, args ...any) (sql.Result, error) {
	return p.tx.ExecContext(ctx, q, args...)
}

func (p prepared) QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	s, err := p.db.stmts.get(context.WithoutCancel(ctx), p.db.read, q)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return p.tx.QueryContext(ctx, q, args...)
	}
	return p.tx.StmtContext(ctx, s).QueryContext(ctx, args...)
}
