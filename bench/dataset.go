package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

const password = "Bench-2026-office"

// set is a grown data set, ready for a server.
type set struct {
	dir      string // the server's data folder
	database string // postgres:// address; empty: SQLite in dir
	matters  int
}

func (s *set) dsn() string {
	if s.database != "" {
		return s.database
	}
	return filepath.Join(s.dir, "chengqi.db")
}

// serverArgs point the program at the set.
func (s *set) serverArgs(command string, more ...string) []string {
	args := []string{command, "--data", s.dir}
	if s.database != "" {
		args = append(args, "--db", s.database)
	}
	return append(args, more...)
}

// dataset finds the data set of an earlier run or grows it. A run adds to it what it measures, a few thousand matters.
func dataset(ctx context.Context, o *options) (*set, error) {
	where := "sqlite"
	if o.database != "" {
		where = "postgres"
	}
	s := &set{dir: filepath.Join(o.cache, fmt.Sprintf("%s-%d", where, o.matters)), database: o.database, matters: o.matters}
	whole := filepath.Join(s.dir, ".whole")
	if _, err := os.Stat(whole); err == nil && !o.fresh {
		return s, nil
	}
	if err := os.RemoveAll(s.dir); err != nil {
		return nil, err
	}
	began := time.Now()
	fmt.Printf("正在建立 %d 件的数据集：%s\n", o.matters, s.dir)
	if out, err := exec.CommandContext(ctx, o.binary, s.serverArgs("demo", "--password", password)...).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("demo: %w: %s", err, out)
	}
	db, err := openStore(ctx, s.dsn())
	if err != nil {
		return nil, err
	}
	if err := grow(ctx, db, o.matters); err != nil {
		return nil, err
	}
	if err := db.close(); err != nil {
		return nil, err
	}
	fmt.Printf("数据集建成，%.0f 秒，%.0f MB\n", time.Since(began).Seconds(), s.size(ctx))
	return s, os.WriteFile(whole, nil, 0o600)
}

// size is the database on disk in MB.
func (s *set) size(ctx context.Context) float64 {
	if s.database != "" {
		pool, err := sql.Open("pgx", s.database)
		if err != nil {
			return 0
		}
		defer func() { _ = pool.Close() }() // only read
		var bytes float64
		_ = pool.QueryRowContext(ctx, `SELECT pg_database_size(current_database())`).Scan(&bytes) // 0 says it is not known
		return bytes / 1e6
	}
	var total int64
	for _, name := range []string{"chengqi.db", "chengqi.db-wal"} {
		if info, err := os.Stat(filepath.Join(s.dir, name)); err == nil {
			total += info.Size()
		}
	}
	return float64(total) / 1e6
}

// staff chooses who works, one session each, and puts the sessions in place: logging in is slow on purpose and limited
// in number, and measured elsewhere. One in eight registers what comes in.
func (s *set) staff(ctx context.Context, sessions int) ([]*clerk, error) {
	pool, err := s.pool()
	if err != nil {
		return nil, err
	}
	defer func() { _ = pool.Close() }() // sessions are written one by one, each durable
	clerks, err := clerksOf(ctx, pool)
	if err != nil {
		return nil, err
	}
	others, err := ids(ctx, pool, `SELECT p.id FROM people p WHERE p.agency_id = (SELECT agency_id FROM people WHERE username = '3102')
		AND p.username < '9' AND p.username NOT LIKE '3102%' AND EXISTS (SELECT 1 FROM holdings h WHERE h.person_id = p.id) ORDER BY p.id % 97, p.id`)
	if err != nil {
		return nil, err
	}
	var all []*clerk
	for i := range sessions {
		c := &clerk{account: &account{token: rand.Text() + rand.Text()}}
		if i%8 == 0 {
			c.person, c.registers = clerks[i/8%len(clerks)], true
		} else {
			c.person = others[i%len(others)]
		}
		sum := sha256.Sum256([]byte(c.token))
		now := time.Now().UnixMilli()
		_, err := pool.ExecContext(ctx, fmt.Sprintf(`INSERT INTO sessions (token, person_id, created_at, seen_at) VALUES ('%s', %d, %d, %d)`,
			hex.EncodeToString(sum[:]), c.person, now, now))
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// clerksOf are those who register what comes in, all at one post.
func clerksOf(ctx context.Context, pool *sql.DB) ([]int64, error) {
	return ids(ctx, pool, `SELECT p.id FROM people p JOIN holdings h ON h.person_id = p.id WHERE h.post_id =
		(SELECT o.post_id FROM holdings o JOIN people c ON c.id = o.person_id WHERE c.username = '3102') ORDER BY p.username`)
}

func (s *set) pool() (*sql.DB, error) {
	if s.database != "" {
		return sql.Open("pgx", s.database)
	}
	return sql.Open("sqlite", "file:"+s.dsn()+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(10000)")
}

func ids(ctx context.Context, pool *sql.DB, q string) ([]int64, error) {
	rows, err := pool.QueryContext(ctx, q)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err tells what matters
	var out []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

// warm reads the database through once, so that it lies in the system's cache as far as there is room, as that of an office
// at work does: what the disk does is not what is measured.
func (s *set) warm() error {
	if s.database != "" {
		return nil
	}
	f, err := os.Open(filepath.Join(s.dir, "chengqi.db"))
	if err != nil {
		return err
	}
	_, err = io.CopyBuffer(io.Discard, struct{ io.Reader }{f}, make([]byte, 1<<20))
	return errors.Join(err, f.Close())
}
