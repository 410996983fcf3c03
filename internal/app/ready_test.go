package app_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
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

	app.FindPlace(a, errs.New(errs.Refused, "对象存储里没有桶"))
	says("没有桶", "附件存放处：对象存储里没有桶")
	app.FindPlace(a, errs.New(errs.Unavailable, "对象存储连不上"))
	says("对象存储连不上，照样办公")
	if got := a.Notices(); len(got) != 1 || !strings.Contains(got[0], "对象存储连不上；事项照办") || a.PlaceServes() {
		t.Errorf("没有提醒：%q", got)
	}
	app.FindPlace(a, nil)

	if err := a.DB.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`DELETE FROM goose_db_version WHERE version_id > 80`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	a.Hub.End()
	says("数据表旧，正在停", "服务正在停止", "数据表与程序的版本不符")
}
