package main

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // the reference and the data set may be on PostgreSQL
	_ "modernc.org/sqlite"             // or in a file
)

// store is one connection to a database that nobody else uses.
type store struct {
	pool     *sql.DB
	conn     *sql.Conn
	postgres bool
}

func isPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

// openStore opens a database for filling: what is lost in a crash is made again.
func openStore(ctx context.Context, dsn string) (*store, error) {
	s := &store{postgres: isPostgres(dsn)}
	driver, address := "pgx", dsn
	if !s.postgres {
		driver, address = "sqlite", "file:"+dsn+"?_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)&_pragma=locking_mode(EXCLUSIVE)"+
			"&_pragma=cache_size(-1000000)&_pragma=temp_store(FILE)"
	}
	var err error
	if s.pool, err = sql.Open(driver, address); err != nil {
		return nil, err
	}
	s.conn, err = s.pool.Conn(ctx)
	return s, err
}

func (s *store) close() error {
	if err := s.conn.Close(); err != nil {
		return err
	}
	return s.pool.Close()
}

func (s *store) exec(ctx context.Context, statements ...string) error {
	for _, q := range statements {
		if _, err := s.conn.ExecContext(ctx, q); err != nil {
			return fmt.Errorf("%w in %s", err, q)
		}
	}
	return nil
}

func (s *store) row(ctx context.Context, q string, into ...any) error {
	return s.conn.QueryRowContext(ctx, q).Scan(into...)
}

func (s *store) each(ctx context.Context, q string, fn func(*sql.Rows) error) error {
	rows, err := s.conn.QueryContext(ctx, q)
	if err != nil {
		return fmt.Errorf("%w in %s", err, q)
	}
	defer func() { _ = rows.Close() }() // rows.Err tells what matters
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// columns are a table's columns, in their order: migrations add to them.
func (s *store) columns(table string) []string {
	rows, err := s.conn.QueryContext(context.Background(), `SELECT * FROM `+table+` LIMIT 0`)
	if err != nil {
		return nil // the statement made of it will say so
	}
	defer func() { _ = rows.Close() }()
	names, _ := rows.Columns()
	_ = rows.Err() // as above
	return names
}

// dropIndexes takes away the indexes of the big tables and gives the statements that make them again: built at once
// from the whole they cost a fraction of what they cost row by row.
func (s *store) dropIndexes(ctx context.Context) ([]string, error) {
	list := `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
		AND tbl_name IN ('matters','tasks','access','numbers','journal','notices','files','links')`
	if s.postgres {
		list = `SELECT i.indexname, i.indexdef FROM pg_indexes i JOIN pg_class c ON c.relname = i.indexname JOIN pg_index x ON x.indexrelid = c.oid
			WHERE i.schemaname = 'public' AND NOT x.indisunique
			AND i.tablename IN ('matters','tasks','access','numbers','journal','notices','files','links','matter_text')`
	}
	var names, again []string
	err := s.each(ctx, list, func(rows *sql.Rows) error {
		var name, text string
		err := rows.Scan(&name, &text)
		names, again = append(names, name), append(again, text)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if err := s.exec(ctx, `DROP INDEX `+name); err != nil {
			return nil, err
		}
	}
	if s.postgres {
		again = append(again, `ANALYZE`)
	}
	return again, nil
}

// textInsert is how the search index takes the words of a matter.
func (s *store) textInsert() string {
	if s.postgres {
		return `INSERT INTO matter_text (id, tokens)`
	}
	return `INSERT INTO matter_text (rowid, tokens)`
}

// batch inserts many rows with one statement.
type batch struct {
	s       *store
	into    string
	width   int
	size    int
	pending []any
	ready   *sql.Stmt
}

func (s *store) batch(into string, width, size int) *batch {
	return &batch{s: s, into: into, width: width, size: size}
}

func (b *batch) add(ctx context.Context, values ...any) error {
	b.pending = append(b.pending, values...)
	if len(b.pending) < b.width*b.size {
		return nil
	}
	if b.ready == nil {
		var err error
		if b.ready, err = b.s.conn.PrepareContext(ctx, b.text(b.size)); err != nil {
			return err
		}
	}
	_, err := b.ready.ExecContext(ctx, b.pending...)
	b.pending = b.pending[:0]
	return err
}

func (b *batch) end(ctx context.Context) error {
	if len(b.pending) > 0 {
		if _, err := b.s.conn.ExecContext(ctx, b.text(len(b.pending)/b.width), b.pending...); err != nil {
			return err
		}
	}
	if b.ready != nil {
		return b.ready.Close()
	}
	return nil
}

func (b *batch) text(rows int) string {
	var q strings.Builder
	q.WriteString(b.into + " VALUES ")
	n := 0
	for i := range rows {
		if i > 0 {
			q.WriteByte(',')
		}
		q.WriteByte('(')
		for j := range b.width {
			if j > 0 {
				q.WriteByte(',')
			}
			n++
			q.WriteString(b.place(n, j))
		}
		q.WriteByte(')')
	}
	return q.String()
}

func (b *batch) place(n, column int) string {
	if !b.s.postgres {
		return "?"
	}
	if column == 1 && strings.Contains(b.into, "matter_text") {
		return fmt.Sprintf("array_to_tsvector(string_to_array(CAST($%d AS text), ' '))", n)
	}
	return fmt.Sprintf("$%d", n)
}
