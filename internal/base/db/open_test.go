package db_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

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
