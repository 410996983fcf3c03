package db_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/app/schema"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// An older program would read it wrongly, and write.
func Test新版程序升级过的库旧版不动它(t *testing.T) {
	d, _ := shared(t)
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, CAST(1 AS ` + map[db.Dialect]string{db.SQLite: "INTEGER", db.Postgres: "BOOLEAN"}[tx.Dialect()] + `))`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Migrate(t.Context(), schema.Files); errs.KindOf(err) != errs.Refused || !strings.Contains(err.Error(), "更新版本") {
		t.Errorf("应不动它：%v", err)
	}
}

func Test坏了的库打不开说是坏了(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chengqi.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("不是数据库", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Open(t.Context(), path, db.Options{}); err == nil || !strings.Contains(err.Error(), "可能已经损坏") {
		t.Errorf("应说坏了：%v", err)
	}
}

// Whoever sets the program up is no programmer: what PostgreSQL says in English is told in words.
func Test连不上PostgreSQL的说得出为什么(t *testing.T) {
	there := apptest.Database(t)
	words := map[string]string{
		"postgres://u:a b@127.0.0.1:1/x":      "地址写得不对",
		"postgres://u:p@127.0.0.1:1/x":        "没有 PostgreSQL 在听",
		"postgres://u:p@database.invalid:1/x": "database.invalid",
		"postgres:///x?host=/没有这个文件夹&user=u":  "没有 PostgreSQL 在听",
	}
	if there != "" {
		u, err := url.Parse(there)
		if err != nil {
			t.Fatal(err)
		}
		u.Path = "/没有这个库"
		words[u.String()] = "没有这个库"
		u, _ = url.Parse(there)
		u.User = url.UserPassword("nobody-here", "x")
		words[u.String()] = "数据库连不上"
	}
	for dsn, want := range words {
		_, err := db.Open(t.Context(), dsn, db.Options{})
		if err == nil || !strings.Contains(err.Error(), "数据库连不上：") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s：应说“%s”：%v", dsn, want, err)
		}
	}
}
