package db_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// killed copies the files of an open database, as they lie when its program is killed.
func killed(t *testing.T, from string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "office.db")
	for _, end := range []string{"", "-wal", "-open"} {
		raw, err := os.ReadFile(from + end)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to+end, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

func opened(t *testing.T, path string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), path, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func written(t *testing.T, d *db.DB, q string, args ...any) {
	t.Helper()
	if err := d.Write(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(q, args...); return err }); err != nil {
		t.Fatal(err)
	}
}

func rows(t *testing.T, path string) (n int) {
	t.Helper()
	d := opened(t, path)
	defer d.Close()
	err := d.Read(t.Context(), func(tx *db.Tx) error { _, err := tx.Row(`SELECT COUNT(*) FROM lines`, nil, &n); return err })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func there(path string) bool { _, err := os.Stat(path); return err == nil }

func Test被杀以后丢了换了wal就不打开(t *testing.T) {
	path := filepath.Join(t.TempDir(), "office.db")
	d := opened(t, path)
	written(t, d, `CREATE TABLE lines (text TEXT)`)
	written(t, d, `INSERT INTO lines VALUES ('甲')`)
	early, err := os.ReadFile(path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	if n := rows(t, killed(t, path)); n != 1 {
		t.Errorf("被杀以后原样打开，有 %d 行", n)
	}
	written(t, d, `INSERT INTO lines SELECT ? FROM (VALUES (1),(2),(3),(4),(5)) v`, strings.Repeat("办", 1<<20)) // more than SQLite lets the -wal grow
	written(t, d, `INSERT INTO lines VALUES ('乙')`)                                                             // so that it is begun anew
	if n := rows(t, killed(t, path)); n != 7 {
		t.Errorf("重写以后原样打开，有 %d 行", n)
	}
	for what, spoil := range map[string]func(wal string) error{
		"删了":    os.Remove,
		"清空了":   func(wal string) error { return os.Truncate(wal, 0) },
		"换成从前的": func(wal string) error { return os.WriteFile(wal, early, 0o600) },
	} {
		copied := killed(t, path)
		if err := spoil(copied + "-wal"); err != nil {
			t.Fatal(err)
		}
		_, err := db.Open(t.Context(), copied, db.Options{})
		if errs.KindOf(err) != errs.Refused || !strings.Contains(err.Error(), "office.db-wal 不见了或被换过") {
			t.Errorf("%s，却是 %v", what, err)
		}
		if !there(copied + "-open") {
			t.Errorf("%s：拒绝一次就忘了", what)
		}
		if err := os.Remove(copied + "-open"); err != nil { // as it says
			t.Fatal(err)
		}
		opened(t, copied).Close()
	}

	other := opened(t, path) // a command beside the service
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if noted, err := os.ReadFile(path + "-open"); err != nil || string(noted) == "\x00\x00\x00\x00" {
		t.Errorf("别人还开着，记号没有了或清空了：%v %q", err, noted)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if there(path+"-open") || there(path+"-wal") {
		t.Error("正常关闭，却留下了记号")
	}
	if n := rows(t, path); n != 7 {
		t.Errorf("正常关闭再打开，有 %d 行", n)
	}
}
