package backup_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/backup"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// A restore that is killed leaves its working folder behind, and perhaps some of what was moved to its place.
func Test恢复到一半断了不能启动再恢复一次就好(t *testing.T) {
	o := office(t)
	file := filepath.Join(t.TempDir(), "全量.zip")
	save(t, o, file, "")
	want := tree(t, o.Config.Data)
	data := t.TempDir()
	for _, left := range []string{".restoring/chengqi.db", "files/00/x"} {
		path := filepath.Join(data, left)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("半份"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := app.Open(t.Context(), app.Config{Data: data}); errs.KindOf(err) != errs.Refused || !strings.Contains(err.Error(), "没有做完") {
		t.Errorf("半份也启动了：%v", err)
	}
	if _, err := backup.Restore(t.Context(), file, data, "", nil, nil); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, tree(t, data)); diff != "" {
		t.Errorf("恢复的不一样：%s", diff)
	}
	if err := os.Mkdir(filepath.Join(data, ".restoring"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), file, data, "", nil, nil); errs.KindOf(err) != errs.Refused {
		t.Errorf("盖掉了现有的数据库：%v", err)
	}
}

func Test没有通过试恢复的不留下(t *testing.T) {
	o := office(t)
	file := filepath.Join(t.TempDir(), "全量.zip")
	of := o.Backup()
	ctx, stop := context.WithCancel(t.Context())
	of.Tell = func(p backup.Progress) {
		if p.Stage == "核对各部分" {
			stop()
		}
	}
	if _, err := backup.Save(ctx, of, file, ""); err == nil {
		t.Fatal("停了还说备好了")
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("没有试恢复完的留下了，会被当作备份")
	}
}

// A disk that fills up is said in words, whichever file fills it, and nothing is left on it.
func Test备份和恢复到满了的磁盘说得清不留半份(t *testing.T) {
	o := office(t)
	file := filepath.Join(t.TempDir(), "全量.zip")
	save(t, o, file, "")
	small := t.TempDir()
	if err := syscall.Mount("tmpfs", small, "tmpfs", 0, "size=256k"); err != nil {
		t.Skip("这里不能另挂一个小磁盘：", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(small, syscall.MNT_DETACH) })
	full := func(err error) {
		t.Helper()
		if errs.KindOf(err) != errs.Unavailable || !strings.Contains(err.Error(), "磁盘已满") {
			t.Errorf("应说磁盘满了：%v", err)
		}
		if left, _ := filepath.Glob(filepath.Join(small, "*", "*")); len(left) > 0 {
			t.Errorf("留下了 %v", left)
		}
		if left, _ := filepath.Glob(filepath.Join(small, ".*")); len(left) > 0 {
			t.Errorf("留下了 %v", left)
		}
	}
	_, err := backup.Save(t.Context(), o.Backup(), filepath.Join(small, "全量.zip"), "")
	full(err)
	_, err = backup.Restore(t.Context(), file, filepath.Join(small, "机关"), "", nil, nil)
	full(err)
}
