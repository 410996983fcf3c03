package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// references are what the bare database does on this machine, in this run.
type references struct {
	commits float64 // single durable rows a second, one writer after the other
	actions float64 // of the rows of an action, as many durable actions a second; zero where it is not measured
	grouped float64 // the same, group of them to a commit: no office that keeps these rows can do more on this machine
}

const (
	forBare = 3 * time.Second
	group   = 64 // actions to a commit
)

// measureBare measures the database without the office: one durable row after another, fifty rows by an index, and the
// search for a word as one would do it without an index.
func measureBare(ctx context.Context, s *set) (references, error) {
	var r references
	var err error
	if r.commits, err = bareCommits(ctx, s); err != nil {
		return r, err
	}
	fmt.Printf("参照 逐条落盘，单写者              %9.0f 次/秒\n", r.commits)
	if r.actions, err = sameRows(ctx, s, 1); err != nil {
		return r, err
	}
	if r.grouped, err = sameRows(ctx, s, group); err != nil {
		return r, err
	}
	if r.actions > 0 {
		fmt.Printf("参照 一个动作的各行逐个落盘，单写者  %9.0f 次/秒\n", r.actions)
		fmt.Printf("参照 同上，%d 个动作落一次盘       %9.0f 次/秒，是逐条落盘的 %.0f%%\n", group, r.grouped, 100*r.grouped/r.commits)
	}
	pool, err := s.pool()
	if err != nil {
		return r, err
	}
	defer func() { _ = pool.Close() }() // only read
	for _, ref := range []struct{ name, text string }{
		{"参照 裸查询：按索引取五十行", `SELECT id, title, number, party, state FROM matters WHERE agency_id = (SELECT agency_id FROM people WHERE username = '3102')
			AND kind = 'incoming' ORDER BY id DESC LIMIT 50`},
		{"参照 裸查询：LIKE 找一个词，取二十行", `SELECT id, title FROM matters WHERE title LIKE '%鱼类增殖%村%' ORDER BY id DESC LIMIT 20`},
	} {
		took, err := timeQuery(ctx, pool, ref.text)
		if err != nil {
			return r, err
		}
		fmt.Printf("%s  p50 %.2f ms  p99 %.2f ms\n", ref.name, took[len(took)/2], took[len(took)*99/100])
	}
	return r, nil
}

func timeQuery(ctx context.Context, pool *sql.DB, q string) ([]float64, error) {
	var took []float64
	for began := time.Now(); time.Since(began) < forBare && len(took) < 2000; {
		one := time.Now()
		rows, err := pool.QueryContext(ctx, q)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var cells [5]any
			columns, _ := rows.Columns()
			into := make([]any, len(columns))
			for i := range into {
				into[i] = &cells[i]
			}
			if err := rows.Scan(into...); err != nil {
				return nil, err
			}
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
		took = append(took, ms(time.Since(one)))
	}
	slices.Sort(took)
	return took, nil
}

// bareCommits is how many single rows a second one writer makes durable: the rate an office without group commit
// could not exceed.
func bareCommits(ctx context.Context, s *set) (float64, error) {
	pool, err := sql.Open("pgx", s.database)
	create := `CREATE TEMP TABLE bench_rows (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body TEXT)`
	insert := `INSERT INTO bench_rows (body) VALUES ($1)`
	if s.database == "" {
		path := filepath.Join(s.dir, "bare.db")
		defer func() { _ = os.Remove(path) }()
		pool, err = sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
		create, insert = `CREATE TABLE bench_rows (id INTEGER PRIMARY KEY, body TEXT)`, `INSERT INTO bench_rows (body) VALUES (?)`
	} else {
		create = strings.Replace(create, "TEMP ", "", 1) // a temporary table is not made durable
		defer func() { _, _ = pool.ExecContext(ctx, `DROP TABLE bench_rows`); _ = pool.Close() }()
	}
	if err != nil {
		return 0, err
	}
	pool.SetMaxOpenConns(1)
	if _, err := pool.ExecContext(ctx, create); err != nil {
		return 0, err
	}
	body := strings.Repeat("公文", 250)
	n, began := 0, time.Now()
	for time.Since(began) < forBare {
		if _, err := pool.ExecContext(ctx, insert, body); err != nil {
			return 0, err
		}
		n++
	}
	rate := float64(n) / time.Since(began).Seconds()
	if s.database == "" {
		return rate, pool.Close()
	}
	return rate, nil
}
