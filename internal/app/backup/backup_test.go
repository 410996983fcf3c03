package backup_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/app/backup"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

// office is one with a document, an attachment, a definition of its own and a key.
func office(t *testing.T) *apptest.Office {
	t.Helper()
	o := apptest.Open(t)
	attach(t, o, "关于供暖的请示.txt", "县水务局关于供暖工作的请示")
	for name, text := range map[string]string{"procedures/登记.yaml": "# 本单位的定义", "keys/totp.key": "不可外传"} {
		file := filepath.Join(o.Config.Data, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

func attach(t *testing.T, o *apptest.Office, name, text string) {
	t.Helper()
	if _, err := o.Files.Put(t.Context(), o.DB, 1, 1, name, strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
}

func work(t *testing.T, o *apptest.Office) {
	t.Helper()
	err := o.DB.Write(context.Background(), func(tx *db.Tx) error {
		return journal.Append(tx, journal.Entry{Topic: "admin", Action: "test"}, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func save(t *testing.T, o *apptest.Office, to, base string) backup.Summary {
	t.Helper()
	s, err := backup.Save(t.Context(), o.Backup(), to, base)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// tree is what stands in a folder, but the database, whose own counters change when it is opened.
func tree(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(folder, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasPrefix(e.Name(), "chengqi.db") {
			return err
		}
		text, err := os.ReadFile(p)
		rel, _ := filepath.Rel(folder, p)
		all[rel] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func Test备份后恢复一样不少(t *testing.T) { // OA-30
	o := office(t)
	file := filepath.Join(t.TempDir(), "全量.zip")
	s := save(t, o, file, "")
	if s.Files != 1 || s.Stored != 1 || s.Entries == 0 && s.Rows == 0 || s.Base != "" || s.Fault() != "" {
		t.Errorf("备份情况不对：%+v", s)
	}
	data := filepath.Join(t.TempDir(), "恢复")
	restored, err := backup.Restore(t.Context(), file, data, "", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s, restored); diff != "" {
		t.Errorf("恢复情况与备份时不同：%s", diff)
	}
	if diff := cmp.Diff(tree(t, o.Config.Data), tree(t, data)); diff != "" {
		t.Errorf("恢复的数据目录不同：%s", diff)
	}
	if _, err := backup.Restore(t.Context(), file, data, "", nil, nil); errs.KindOf(err) != errs.Refused {
		t.Errorf("恢复到了不空的目录：%v", err)
	}
}

func Test增量只存新的并能连同基础恢复(t *testing.T) {
	o, folder := office(t), t.TempDir()
	first, second, third := filepath.Join(folder, "1.zip"), filepath.Join(folder, "2.zip"), filepath.Join(folder, "3.zip")
	whole := save(t, o, first, "")
	attach(t, o, "第二份.txt", "第二份附件")
	work(t, o)
	s := save(t, o, second, first)
	if s.Base != "1.zip" || s.Files != 2 || s.Stored != 1 {
		t.Errorf("第一次增量：%+v", s)
	}
	if s.Pages == 0 || o.DB.Dialect() == db.SQLite && s.New*4 > s.Pages {
		t.Errorf("只写了几行，却存了 %d 页中的 %d 页", s.Pages, s.New)
	}
	if s.Size*2 > whole.Size {
		t.Errorf("增量 %d 字节，全量 %d 字节", s.Size, whole.Size)
	}
	work(t, o)
	if s = save(t, o, third, second); s.Base != "2.zip" || s.Stored != 0 || s.Files != 2 {
		t.Errorf("增量上的增量：%+v", s)
	}
	data := filepath.Join(t.TempDir(), "恢复")
	if _, err := backup.Restore(t.Context(), third, data, "", nil, nil); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(tree(t, o.Config.Data), tree(t, data)); diff != "" {
		t.Errorf("恢复的数据目录不同：%s", diff)
	}

	refuses(t, third, "缺基础", "1.zip", func() { move(t, first, first+".away") }, func() { move(t, first+".away", first) })
	// A base of the same name that is another backup.
	refuses(t, second, "换了基础", "1.zip", func() {
		move(t, first, first+".away")
		save(t, o, first, "")
	}, func() { move(t, first+".away", first) })
	if _, err := backup.Check(t.Context(), third, nil); err != nil {
		t.Errorf("换回来还是不行：%v", err)
	}
}

func move(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

func Test附件库缺的照实说其余照备(t *testing.T) {
	o := office(t)
	attach(t, o, "丢失的.txt", "这一份会丢")
	lost := ""
	err := filepath.WalkDir(filepath.Join(o.Config.Data, "files"), func(p string, e fs.DirEntry, err error) error {
		if raw, _ := os.ReadFile(p); bytes.Contains(raw, []byte("这一份会丢")) {
			lost = p
		}
		return err
	})
	if err != nil || lost == "" {
		t.Fatal(err, lost)
	}
	if err := os.WriteFile(lost, []byte("被改过"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := save(t, o, filepath.Join(t.TempDir(), "全量.zip"), "")
	if s.Files != 1 || len(s.Missing) != 1 || s.Missing[0] != filepath.Base(lost) || !strings.Contains(s.Fault(), filepath.Base(lost)) {
		t.Errorf("缺失的附件没有说清：%+v", s)
	}
}

func Test断了的留痕照存并说出来(t *testing.T) {
	o := office(t)
	work(t, o)
	work(t, o)
	err := o.DB.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE journal SET at = at + 1 WHERE seq = 1 AND chain = 0`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if s := save(t, o, filepath.Join(t.TempDir(), "全量.zip"), ""); !strings.Contains(s.Fault(), "留痕链断裂") {
		t.Errorf("断了的留痕没有说：%q", s.Fault())
	}
}

// Backups are taken while the office works: each is whole, as of one moment.
func Test一边办理一边备份(t *testing.T) {
	o, folder := office(t), t.TempDir()
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			default:
				err := o.DB.Write(context.Background(), func(tx *db.Tx) error {
					return journal.Append(tx, journal.Entry{Topic: "admin", Action: "test"}, map[string]string{"text": strings.Repeat("办", 500)})
				})
				if err != nil {
					t.Error(err)
					return
				}
			}
		}
	}()
	last := int64(0)
	for i := range 3 {
		s := save(t, o, filepath.Join(folder, strconv.Itoa(i)+".zip"), "")
		if s.Entries < last {
			t.Errorf("第 %d 份有 %d 条留痕，前一份有 %d 条", i, s.Entries, last)
		}
		last = s.Entries
	}
	close(stop)
	<-done
	if last == 0 {
		t.Error("备份时没有人办理")
	}
}

func Test备份不放在数据目录里也不盖掉已有的(t *testing.T) {
	o := office(t)
	if _, err := backup.Save(t.Context(), o.Backup(), filepath.Join(o.Config.Data, "a.zip"), ""); errs.KindOf(err) != errs.Refused {
		t.Errorf("备份放进了数据目录：%v", err)
	}
	inside := filepath.Join(o.Config.Data, "backups")
	if err := os.Mkdir(inside, 0o700); err != nil {
		t.Fatal(err)
	}
	first := save(t, o, filepath.Join(inside, "1.zip"), "")
	second := save(t, o, filepath.Join(inside, "2.zip"), "")
	if second.Size > first.Size*3/2 {
		t.Errorf("后一份把前一份也装了进去：%d、%d 字节", first.Size, second.Size)
	}
	if _, err := backup.Save(t.Context(), o.Backup(), filepath.Join(inside, "1.zip"), ""); errs.KindOf(err) != errs.Refused {
		t.Errorf("盖掉了已有的备份：%v", err)
	}
}
