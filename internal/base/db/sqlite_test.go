package db

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

type colour string

const things = `-- +goose Up
CREATE TABLE things (id BIGINT PRIMARY KEY, name TEXT NOT NULL, body BLOB, share DOUBLE PRECISION, flag INTEGER NOT NULL DEFAULT 0);
`

func open(t *testing.T) *DB {
	t.Helper()
	ctx := context.Background()
	d, err := Open(ctx, filepath.Join(t.TempDir(), "a.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := d.Migrate(ctx, fstest.MapFS{"0001_things.sql": {Data: []byte(things)}}); err != nil {
		t.Fatal(err)
	}
	return d
}

func fill(t *testing.T, d *DB, n int) {
	t.Helper()
	err := d.Write(context.Background(), func(tx *Tx) error {
		for i := range n {
			if _, err := tx.Exec(`INSERT INTO things (id, name) VALUES (?,?)`, i+1, fmt.Sprint("物", i+1)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func Test各种值存进去读出来一样(t *testing.T) {
	d := open(t)
	var name colour
	var body, none []byte
	var share float64
	var flag bool
	var id ID
	err := d.Write(context.Background(), func(tx *Tx) error {
		if _, err := tx.Exec(`INSERT INTO things (id, name, body, share, flag) VALUES (?,?,?,?,?)`, ID(7), colour("红头"), []byte{0, 1, 2}, 0.5, true); err != nil {
			return err
		}
		if _, err := tx.Exec(`INSERT INTO things (id, name, body) VALUES (?,?,?)`, 8, "", nil); err != nil {
			return err
		}
		if _, err := tx.Row(`SELECT id, name, body, share, flag FROM things WHERE id = ?`, []any{7}, &id, &name, &body, &share, &flag); err != nil {
			return err
		}
		_, err := tx.Row(`SELECT body FROM things WHERE id = ?`, []any{8}, &none)
		return err
	})
	var absent, present *int64
	if err := d.Read(context.Background(), func(tx *Tx) error {
		_, err := tx.Row(`SELECT NULL, 5`, nil, &absent, &present)
		return err
	}); err != nil || absent != nil || present == nil || *present != 5 {
		t.Errorf("可空的读出%v %v，%v", absent, present, err)
	}
	if err != nil || id != 7 || name != "红头" || string(body) != "\x00\x01\x02" || share != 0.5 || !flag || none != nil {
		t.Errorf("读出%v %q %v %v %v %v，%v", id, name, body, share, flag, none, err)
	}
}

// The same text is often asked while its rows are still being read: each has its own place in them.
func Test同一句查询可以套着用(t *testing.T) {
	d := open(t)
	fill(t, d, 3)
	const q = `SELECT id FROM things WHERE id >= ? ORDER BY id`
	var seen []int
	err := d.Read(context.Background(), func(tx *Tx) error {
		return tx.Query(q, []any{1}, func(scan func(...any) error) error {
			var outer int
			if err := scan(&outer); err != nil {
				return err
			}
			return tx.Query(q, []any{outer}, func(scan func(...any) error) error {
				var inner int
				err := scan(&inner)
				seen = append(seen, outer*10+inner)
				return err
			})
		})
	})
	if got, want := fmt.Sprint(seen), "[11 12 13 22 23 33]"; err != nil || got != want {
		t.Errorf("%s，应为%s，%v", got, want, err)
	}
}

func Test语句多于留存的也都能用(t *testing.T) {
	d := open(t)
	fill(t, d, 2)
	err := d.Read(context.Background(), func(tx *Tx) error {
		for i := range 2*keptStatements + 1 {
			var n int
			if _, err := tx.Row(fmt.Sprintf(`SELECT COUNT(*) + %d FROM things`, i), nil, &n); err != nil || n != i+2 {
				return fmt.Errorf("%d: %d, %w", i, n, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// Someone who goes away in the middle of a long query keeps no place, and the place is good for the next.
func Test走开的人不占着查询(t *testing.T) {
	d := open(t)
	fill(t, d, 1)
	for range 2 * readers {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		err := d.Read(ctx, func(tx *Tx) error {
			var n int
			_, err := tx.Row(`WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT MAX(n) FROM c`, nil, &n)
			return err
		})
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("查询没有停下：%v", err)
		}
	}
	var n int
	err := d.Read(context.Background(), func(tx *Tx) error {
		_, err := tx.Row(`SELECT COUNT(*) FROM things`, nil, &n)
		return err
	})
	if err != nil || n != 1 {
		t.Errorf("之后查到%d，%v", n, err)
	}
}

// Writes share a commit; a refused one, and one that panics, leave no trace and disturb nobody.
func Test同批写入互不相扰(t *testing.T) {
	d := open(t)
	refused := errors.New("不同意")
	results := make(chan error, 60)
	for i := range 60 {
		go func() {
			results <- d.Write(context.Background(), func(tx *Tx) error {
				if _, err := tx.Exec(`INSERT INTO things (id, name) VALUES (?,?)`, i+1, "物"); err != nil {
					return err
				}
				switch i % 3 {
				case 1:
					return refused
				case 2:
					panic("写到一半出错")
				}
				return nil
			})
		}()
	}
	stood := 0
	for range 60 {
		if err := <-results; err == nil {
			stood++
		}
	}
	var n, wrong int
	err := d.Read(context.Background(), func(tx *Tx) error {
		_, err := tx.Row(`SELECT COUNT(*), COALESCE(SUM(CASE WHEN (id - 1) % 3 <> 0 THEN 1 ELSE 0 END), 0) FROM things`, nil, &n, &wrong)
		return err
	})
	if err != nil || stood != 20 || n != 20 || wrong != 0 {
		t.Errorf("办成%d，存下%d，不该有的%d，%v", stood, n, wrong, err)
	}
}

func Test关了以后再读再写马上有回话(t *testing.T) {
	d, err := Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	answered := make(chan error)
	nothing := func(*Tx) error { return nil }
	for range 40 { // the queue and the end are both open to a write: it must not matter which it finds first
		go func() { answered <- d.Write(context.Background(), nothing) }()
		go func() { answered <- d.Read(context.Background(), nothing) }()
	}
	for range 80 {
		select {
		case err := <-answered:
			if errs.KindOf(err) != errs.Unavailable {
				t.Errorf("库已经关了，回话是：%v", err)
			}
		case <-time.After(20 * time.Second):
			t.Fatal("没有回话")
		}
	}
}
