package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"github.com/chengqi-oa/chengqi/internal/record/search"
)

// written are the tables that the actions of a registration write to.
var written = []string{"matters", "tasks", "access", "journal", "chains", "numbers", "series", "figures", "matter_text"}

// row is one row of a table, in the order of its columns.
type row struct {
	table   string
	columns []string
	values  []any
}

func (r row) with(column string, value any) row {
	r.values = slices.Clone(r.values)
	r.values[slices.Index(r.columns, column)] = value
	return r
}

func (r row) of(column string) any { return r.values[slices.Index(r.columns, column)] }

// paper is what the office kept of one document that was begun, signed for and registered, and nothing more.
type paper struct {
	matter, number, figure, access row
	tasks, journal                 []row
	tokens                         string
}

// sameRows is how many actions a second one writer makes durable who writes the rows of a registration, into the same
// tables with the same indexes, one action after the other, and does nothing else: no check, no question, no page. It is
// what the database itself asks for an action, where bareCommits is what it asks for a row. Of some together a commit is made.
func sameRows(ctx context.Context, s *set, some int) (rate float64, err error) {
	if s.database != "" {
		return 0, nil // not measured: many writers share PostgreSQL
	}
	pool, err := s.pool()
	if err != nil {
		return 0, err
	}
	papers, tables, err := papersOf(ctx, pool)
	clerks, unknown := clerksOf(ctx, pool)
	if err = errors.Join(err, unknown, pool.Close()); err != nil || len(papers) == 0 {
		return 0, err
	}
	path := filepath.Join(s.dir, "rows.db")
	conn, err := sqlite.OpenConn(path, sqlite.OpenReadWrite, sqlite.OpenCreate)
	if err != nil {
		return 0, err
	}
	defer func() {
		err = errors.Join(err, conn.Close(), os.Remove(path))
	}()
	for _, q := range append([]string{"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA cache_size=-32000"}, tables...) {
		if err := sqlitex.ExecuteTransient(conn, q, nil); err != nil {
			return 0, fmt.Errorf("%w in %s", err, q)
		}
	}
	w := scribe{conn: conn}
	actions, began := 0, time.Now()
	for n := int64(1); time.Since(began) < forBare && ctx.Err() == nil; n++ {
		for _, action := range papers[n%int64(len(papers))].actions(&w, n, clerks) {
			if actions%some == 0 {
				w.do("BEGIN IMMEDIATE")
			}
			action()
			if actions++; actions%some == 0 {
				w.do("COMMIT")
			}
		}
		if w.err != nil {
			return 0, w.err
		}
	}
	return float64(actions-actions%some) / time.Since(began).Seconds(), ctx.Err()
}

// actions are the three of a registration: what each writes of the n-th copy of the paper, which lies before all clerks
// until one of them registers it.
func (p paper) actions(w *scribe, n int64, clerks []int64) []func() {
	id := n * idsOfEach
	matter, of := p.matter.with("id", id), func(r row) row { return r.with("matter_id", id) }
	signing, review := of(p.tasks[0]).with("id", id+1), of(p.tasks[2]).with("id", id+2)
	registering := make([]row, len(clerks))
	for i, person := range clerks {
		registering[i] = of(p.tasks[1]).with("id", id+3+int64(i)).with("person_id", person)
	}
	hand := func(task row) {
		w.put(task.with("state", "open"), "")
		w.put(of(p.access).with("person_id", task.of("person_id")), " ON CONFLICT DO NOTHING")
	}
	enter := func(i int) {
		seq := n*int64(len(p.journal)) + int64(i)
		entry := of(p.journal[i]).with("seq", seq)
		w.put(entry, "")
		w.do(`INSERT INTO chains (chain, seq, hash) VALUES (?,?,?) ON CONFLICT (chain) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
			entry.of("chain"), seq, entry.of("hash"))
	}
	index := func() {
		w.do(`DELETE FROM matter_text WHERE rowid = ?`, id)
		w.do(`INSERT INTO matter_text (rowid, tokens) VALUES (?, ?)`, id, p.tokens)
	}
	count := func() {
		w.put(p.figure, " ON CONFLICT (agency_id, person_id, period, kind, unit_id) DO UPDATE SET received = received + 1, pending = pending + 1")
	}
	return []func(){
		func() { w.put(matter, ""); hand(signing); index(); enter(0) },
		func() {
			w.set(matter)
			w.set(signing)
			for _, t := range registering {
				hand(t)
			}
			enter(1)
			count()
			count()
		},
		func() {
			w.do(`INSERT INTO series (agency_id, name, year, next) VALUES (?,?,?,2) ON CONFLICT (agency_id, name, year) DO UPDATE SET next = series.next + 1`,
				p.number.of("agency_id"), p.number.of("series"), p.number.of("year"))
			w.put(of(p.number).with("seq", n), "")
			w.set(matter)
			for i, t := range registering {
				w.set(t.with("state", []string{"done", "withdrawn"}[min(i, 1)]))
			}
			hand(review)
			index()
			enter(2)
			count()
		},
	}
}

// scribe writes rows and remembers the first thing that went wrong.
type scribe struct {
	conn *sqlite.Conn
	err  error
}

func (w *scribe) do(q string, args ...any) {
	if w.err == nil {
		w.err = sqlitex.Execute(w.conn, q, &sqlitex.ExecOptions{Args: args})
	}
}

func (w *scribe) put(r row, more string) {
	w.do(`INSERT INTO `+r.table+` (`+strings.Join(r.columns, ",")+`) VALUES (?`+strings.Repeat(",?", len(r.columns)-1)+`)`+more, r.values...)
}

func (w *scribe) set(r row) {
	w.do(`UPDATE `+r.table+` SET `+strings.Join(r.columns, " = ?, ")+` = ? WHERE id = ?`, append(slices.Clone(r.values), r.of("id"))...)
}

// papersOf reads some registered documents, and how the tables they stand in are made.
func papersOf(ctx context.Context, pool *sql.DB) (papers []paper, tables []string, err error) {
	in := "('" + strings.Join(written, "','") + "')"
	schema, err := rowsOf(ctx, pool, "sqlite_master", `sql IS NOT NULL AND tbl_name IN `+in+` ORDER BY type = 'index'`)
	if err != nil {
		return nil, nil, err
	}
	for _, r := range schema {
		tables = append(tables, r.of("sql").(string))
	}
	matters, err := rowsOf(ctx, pool, "matters", `kind = 'incoming' AND number <> '' ORDER BY id DESC LIMIT 200`)
	if err != nil {
		return nil, nil, err
	}
	for _, m := range matters {
		p, whole, err := paperOf(ctx, pool, m)
		if err != nil {
			return nil, nil, err
		}
		if whole {
			papers = append(papers, p)
		}
	}
	return papers, tables, nil
}

// paperOf reads what belongs to a matter and tells whether it is all that a registration writes.
func paperOf(ctx context.Context, pool *sql.DB, matter row) (p paper, whole bool, err error) {
	id := matter.of("id")
	p = paper{matter: matter, tokens: search.Tokens(strings.Repeat(fmt.Sprint(matter.of("title"), " ", matter.of("party"), " ", matter.of("number"), "\n"), 3))}
	var numbers, figures, access []row
	for _, part := range []struct {
		table, where string
		of           any
		into         *[]row
	}{
		{"tasks", `matter_id = ? ORDER BY id LIMIT 3`, id, &p.tasks},
		{"access", `matter_id = ? LIMIT 1`, id, &access},
		{"journal", `matter_id = ? ORDER BY seq LIMIT 3`, id, &p.journal},
		{"numbers", `matter_id = ? LIMIT 1`, id, &numbers},
		{"figures", `agency_id = ? AND kind = 'incoming' LIMIT 1`, matter.of("agency_id"), &figures},
	} {
		if *part.into, err = rowsOf(ctx, pool, part.table, part.where, part.of); err != nil {
			return p, false, err
		}
	}
	if len(p.tasks) < 3 || len(p.journal) < 3 || len(numbers) == 0 || len(figures) == 0 || len(access) == 0 {
		return p, false, nil
	}
	p.number, p.figure, p.access = numbers[0], figures[0], access[0]
	return p, true, nil
}

func rowsOf(ctx context.Context, pool *sql.DB, table, where string, args ...any) ([]row, error) {
	rows, err := pool.QueryContext(ctx, `SELECT * FROM `+table+` WHERE `+where, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // read to its end below
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var all []row
	for rows.Next() {
		r := row{table, columns, make([]any, len(columns))}
		into := make([]any, len(columns))
		for i := range into {
			into[i] = &r.values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, rows.Err()
}
