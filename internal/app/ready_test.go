package app_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// What /readyz answers, state by state (docs/admin/watch.md).
func Test不能办公时逐条说得出原因(t *testing.T) {
	data := filepath.Join(t.TempDir(), "数据")
	a, err := app.Open(t.Context(), app.Config{Data: data, Database: apptest.Database(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	says := func(state string, want ...string) {
		t.Helper()
		if got := a.Faults(t.Context()); !slices.Equal(got, want) {
			t.Errorf("%s：说 %q，应当说 %q", state, got, want)
		}
	}
	says("正常")

	moved := data + "挪开"
	if err := os.Rename(data, moved); err != nil {
		t.Fatal(err)
	}
	if got := a.Faults(t.Context()); !slices.Contains(got, "数据目录不能写入，磁盘可能坏了或成了只读") {
		t.Errorf("数据目录写不进去：说 %q", got)
	}
	if err := os.Rename(moved, data); err != nil {
		t.Fatal(err)
	}
	says("恢复了")
	if left, err := filepath.Glob(filepath.Join(data, ".ready-*")); err != nil || len(left) > 0 {
		t.Errorf("试写的文件留下了：%v %v", left, err)
	}

	if err := a.DB.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`DELETE FROM goose_db_version WHERE version_id > 80`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	a.Hub.End()
	says("数据表旧，正在停", "服务正在停止", "数据表与程序的版本不符")
}
