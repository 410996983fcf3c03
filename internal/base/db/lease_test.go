package db_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/app/schema"
	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// open opens a process's own way to a database that several share.
func open(t *testing.T, dsn string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), dsn, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := d.Migrate(t.Context(), schema.Files); err != nil {
		t.Fatal(err)
	}
	if err := d.Enlist(t.Context()); err != nil {
		t.Fatal(err)
	}
	return d
}

func shared(t *testing.T) (a, b *db.DB) {
	t.Helper()
	dsn := apptest.Database(t)
	if dsn == "" {
		dsn = filepath.Join(t.TempDir(), "chengqi.db")
	}
	return open(t, dsn), open(t, dsn)
}

func Test一项工作同时只有一处做做的那处死了别处接着做(t *testing.T) {
	a, b := shared(t)
	nothing := func(context.Context) error { return nil }
	ran, err := a.Alone(t.Context(), "夜间", func(ctx context.Context) error {
		for _, other := range []*db.DB{a, b} {
			if ran, err := other.Alone(ctx, "夜间", nothing); ran || err != nil {
				t.Errorf("别处也做了：%v", err)
			}
		}
		if ran, err := b.Alone(ctx, "别的工作", nothing); !ran || err != nil {
			t.Errorf("别的工作做不了：%v", err)
		}
		return nil
	})
	if !ran || err != nil {
		t.Fatalf("没有做：%v", err)
	}
	if ran, err := b.Alone(t.Context(), "夜间", nothing); !ran || err != nil {
		t.Errorf("做完了别处还做不了：%v", err)
	}

	// A holder that died leaves its row; it holds until its time has run out.
	leave := func(until time.Time) {
		err := a.Write(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO leases (name, holder, until_at) VALUES ('job/夜间', '死了的', ?)
				ON CONFLICT (name) DO UPDATE SET until_at = excluded.until_at`, until)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	leave(time.Now().Add(time.Minute))
	if ran, err := b.Alone(t.Context(), "夜间", nothing); ran || err != nil {
		t.Errorf("没有到时就接了：%v", err)
	}
	leave(time.Now().Add(-time.Minute))
	if ran, err := b.Alone(t.Context(), "夜间", nothing); !ran || err != nil {
		t.Errorf("到时了没有接：%v", err)
	}
}

// Ids of two processes never meet, however many they make at once.
func Test两个进程的标识不会相同(t *testing.T) {
	a, b := shared(t)
	if !a.Shared() {
		t.Skip("嵌入的数据库只有一个进程写")
	}
	const each = 20_000
	lists := make([][]db.ID, 4)
	var makers sync.WaitGroup
	for i := range lists {
		makers.Go(func() {
			err := []*db.DB{a, b}[i%2].Write(t.Context(), func(tx *db.Tx) error {
				lists[i] = nil
				for range each {
					lists[i] = append(lists[i], tx.NewID())
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	makers.Wait()
	seen := map[db.ID]bool{}
	for _, list := range lists {
		for _, id := range list {
			if seen[id] {
				t.Fatalf("%s 有两个", id)
			}
			seen[id] = true
		}
	}
	if len(seen) != each*len(lists) {
		t.Errorf("%d 个", len(seen))
	}
}
