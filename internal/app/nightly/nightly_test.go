package nightly_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/app/backup"
	"github.com/chengqi-oa/chengqi/internal/app/nightly"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

func read(t *testing.T, o *apptest.Office) *nightly.Book {
	t.Helper()
	var b *nightly.Book
	err := o.DB.Read(t.Context(), func(tx *db.Tx) (err error) { b, err = o.Nightly.Read(tx); return err })
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// ended waits until no backup is under way and gives the newest line.
func ended(t *testing.T, o *apptest.Office) *nightly.Line {
	t.Helper()
	for range 2400 {
		if b := read(t, o); len(b.Lines) > 0 && b.Lines[0].State != nightly.Running {
			return b.Lines[0]
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("备份一直没有做完")
	return nil
}

func admin(t *testing.T, o *apptest.Office) db.ID {
	t.Helper()
	id, err := db.ParseID(o.Person("9001"))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func set(t *testing.T, o *apptest.Office, s nightly.Setting) error {
	t.Helper()
	return o.DB.Write(context.Background(), func(tx *db.Tx) error { return o.Nightly.Set(tx, s) })
}

func tick(t *testing.T, o *apptest.Office) {
	t.Helper()
	if err := o.Nightly.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func notices(t *testing.T, o *apptest.Office) (all []string) {
	t.Helper()
	err := o.DB.Read(t.Context(), func(tx *db.Tx) error {
		return tx.Query(`SELECT n.text FROM notices n JOIN people p ON p.id = n.person_id WHERE p.username = '9001' ORDER BY n.id`, nil,
			func(scan func(...any) error) error {
				var text string
				err := scan(&text)
				all = append(all, text)
				return err
			})
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func journaled(t *testing.T, o *apptest.Office, action string) (n int) {
	t.Helper()
	err := o.DB.Read(t.Context(), func(tx *db.Tx) error {
		return tx.Query(`SELECT body FROM journal WHERE topic = 'admin'`, nil, func(scan func(...any) error) error {
			var body []byte
			err := scan(&body)
			if strings.Contains(string(body), `"action":"`+action+`"`) {
				n++
			}
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func night(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 30, 0, 0, db.Location) }

func Test每夜一份先全量后增量份份试恢复(t *testing.T) {
	o := apptest.Open(t)
	folder := filepath.Join(t.TempDir(), "备份")
	if err := set(t, o, nightly.Setting{On: true, At: "02:00", Folder: folder, Keep: 3}); err != nil {
		t.Fatal(err)
	}
	tick(t, o) // 09:30, the program has just begun
	if b := read(t, o); len(b.Lines) != 0 {
		t.Fatal("刚启动就补做备份，妨碍了办公")
	}
	o.Until(night(19, 2))
	tick(t, o)
	whole := ended(t, o)
	if whole.State != nightly.Good || whole.Night != "2026-11-19" || whole.Base != "" || whole.Size == 0 || whole.Entries == 0 && whole.Rows == 0 {
		t.Fatalf("第一夜：%+v", whole)
	}
	o.Until(night(19, 5))
	tick(t, o)
	if b := read(t, o); len(b.Lines) != 1 {
		t.Fatalf("一夜做了 %d 份", len(b.Lines))
	}
	for day := 20; day <= 25; day++ {
		o.Until(night(day, 3))
		tick(t, o)
		if l := ended(t, o); l.State != nightly.Good || l.Base != whole.File {
			t.Fatalf("十一月%d日：%+v", day, l)
		}
	}
	o.Until(night(26, 3))
	tick(t, o)
	if l := ended(t, o); l.Base != "" || l.State != nightly.Good {
		t.Errorf("满七天应再做全量：%+v", l)
	}
	o.Nightly.Close() // waits for the old ones, which are let go after the backup is entered
	b := read(t, o)
	kept := map[string]bool{}
	for _, l := range b.Lines {
		_, err := os.Stat(filepath.Join(l.Folder, l.File))
		if there := err == nil; there == !l.Removed.IsZero() {
			t.Errorf("%s 在不在与簿上说的不符", l.File)
		}
		kept[l.File] = l.Removed.IsZero()
	}
	if n := count(kept); n != 4 || !kept[whole.File] {
		t.Errorf("应留三份和它们的全量，留了 %d 份：%v", n, kept)
	}
	if _, err := backup.Check(t.Context(), filepath.Join(b.Good.Folder, b.Good.File), nil); err != nil {
		t.Errorf("最近一份恢复不了：%v", err)
	}
	if n := journaled(t, o, "backup"); n < 8 {
		t.Errorf("做了 8 份，留痕 %d 条", n)
	}
	if got := notices(t, o); len(got) != 0 {
		t.Errorf("一切正常却提醒：%v", got)
	}
}

func count(set map[string]bool) (n int) {
	for _, in := range set {
		if in {
			n++
		}
	}
	return n
}

func Test没有备份满两天就提醒管理员一天一次(t *testing.T) {
	o := apptest.Open(t)
	if err := set(t, o, nightly.Setting{On: false, At: "02:00", Keep: 3}); err != nil {
		t.Fatal(err)
	}
	err := o.DB.Write(context.Background(), func(tx *db.Tx) error {
		return journal.Append(tx, journal.Entry{Topic: "admin", Action: "test"}, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		o.Advance(12 * time.Hour)
		tick(t, o)
	}
	if got := notices(t, o); len(got) != 0 {
		t.Fatalf("还不到两天就提醒：%v", got)
	}
	o.Advance(13 * time.Hour)
	tick(t, o)
	tick(t, o)
	got := notices(t, o)
	if len(got) != 1 || !strings.Contains(got[0], "还没有一份可用的备份") || read(t, o).Warning == "" {
		t.Fatalf("满两天：%v", got)
	}
	if _, err := o.Nightly.Now(t.Context(), admin(t, o)); err != nil {
		t.Fatal(err)
	}
	if l := ended(t, o); l.State != nightly.Good {
		t.Fatalf("现在备份：%+v", l)
	}
	o.Advance(47 * time.Hour)
	tick(t, o)
	o.Advance(2 * time.Hour)
	tick(t, o)
	if got := notices(t, o); len(got) != 2 || !strings.Contains(got[1], "2 天前") {
		t.Errorf("旧了两天：%v", got)
	}
}

func Test备份没做成记在簿上留痕并提醒(t *testing.T) {
	o := apptest.Open(t)
	folder := filepath.Join(t.TempDir(), "备份")
	if err := set(t, o, nightly.Setting{On: true, At: "02:00", Folder: folder, Keep: 3}); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(folder, []byte("不是文件夹"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Nightly.Now(t.Context(), admin(t, o)); err != nil {
		t.Fatal(err)
	}
	l := ended(t, o)
	if l.State != nightly.Failed || !strings.Contains(l.Fault, folder) {
		t.Errorf("没做成：%+v", l)
	}
	if n := journaled(t, o, "backup-failed"); n == 0 {
		t.Error("没做成，没有留痕")
	}
	if got := notices(t, o); len(got) != 1 || !strings.Contains(got[0], folder) {
		t.Errorf("没做成，提醒：%v", got)
	}
}

// A base that went bad is found out while a whole backup still helps.
func Test基础备份坏了就改做全量(t *testing.T) {
	o := apptest.Open(t)
	now := func() *nightly.Line {
		o.Advance(time.Minute)
		if _, err := o.Nightly.Now(t.Context(), admin(t, o)); err != nil {
			t.Fatal(err)
		}
		return ended(t, o)
	}
	first := now()
	file := filepath.Join(first.Folder, first.File)
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, raw[:len(raw)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if second := now(); second.State != nightly.Good || second.Base != "" {
		t.Errorf("基础坏了：%+v", second)
	}
}

func Test同时只做一份断了的会收尾(t *testing.T) {
	o := apptest.Open(t)
	err := o.DB.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO backups (id, folder, file, state, begun_at, alive_at) VALUES (1, '', 'x', 'running', ?, ?)`, tx.Now, tx.Now)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Nightly.Now(t.Context(), admin(t, o)); errs.KindOf(err) != errs.Conflict {
		t.Fatalf("两份同时做：%v", err)
	}
	o.Advance(6 * time.Minute)
	if _, err := o.Nightly.Now(t.Context(), admin(t, o)); err != nil {
		t.Fatal(err)
	}
	ended(t, o)
	for _, l := range read(t, o).Lines {
		if l.File == "x" && (l.State != nightly.Failed || !strings.Contains(l.Fault, "中断")) {
			t.Errorf("断了的没有收尾：%+v", l)
		}
	}
}

func Test断了的留下的下一次清掉好的不动(t *testing.T) {
	o := apptest.Open(t)
	folder := t.TempDir()
	if err := set(t, o, nightly.Setting{On: true, At: "02:00", Folder: folder, Keep: 3}); err != nil {
		t.Fatal(err)
	}
	keep := func(name string) string {
		t.Helper()
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	failed, good, strange := keep("failed.zip"), keep("good.zip"), keep("别人的.zip")
	working := filepath.Join(folder, ".backup-1")
	if err := os.Mkdir(working, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(working, time.Time{}, time.Now().Add(-48*time.Hour)); err != nil {
		t.Fatal(err)
	}
	err := o.DB.Write(context.Background(), func(tx *db.Tx) error {
		for i, l := range []struct{ file, state string }{{"failed.zip", "failed"}, {"good.zip", "failed"}, {"good.zip", "good"}} {
			if _, err := tx.Exec(`INSERT INTO backups (id, folder, file, state, begun_at, alive_at, ended_at, base) VALUES (?, ?, ?, ?, ?, ?, ?, '别的.zip')`,
				i+1, folder, l.file, l.state, tx.Now, tx.Now, tx.Now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Nightly.Now(t.Context(), admin(t, o)); err != nil {
		t.Fatal(err)
	}
	if l := ended(t, o); l.State != nightly.Good {
		t.Fatalf("%+v", l)
	}
	for path, stays := range map[string]bool{failed: false, working: false, good: true, strange: true} {
		if _, err := os.Stat(path); (err == nil) != stays {
			t.Errorf("%s 应留下 %v：%v", filepath.Base(path), stays, err)
		}
	}
}

func Test时间拨回过也看得出备份旧了(t *testing.T) {
	o := apptest.Open(t)
	if _, err := o.Nightly.Now(t.Context(), admin(t, o)); err != nil {
		t.Fatal(err)
	}
	ended(t, o)
	o.Advance(-90 * 24 * time.Hour)
	if w := read(t, o).Warning; !strings.Contains(w, "拨回") {
		t.Errorf("提醒：%q", w)
	}
	if _, err := o.Nightly.Now(t.Context(), admin(t, o)); err != nil {
		t.Fatal(err)
	}
	for read(t, o).Good.Begun.After(o.Now().Add(time.Hour)) {
		time.Sleep(50 * time.Millisecond)
	}
	if w := read(t, o).Warning; strings.Contains(w, "拨回") {
		t.Errorf("备过了还提醒：%q", w)
	}
	o.Nightly.Close()
}

func Test设置写错全部说出来(t *testing.T) {
	o := apptest.Open(t)
	err := set(t, o, nightly.Setting{On: true, At: "25:00", Folder: "backup", Keep: 1})
	if err == nil {
		t.Fatal("写错的设置存了进去")
	}
	for _, word := range []string{"时间", "份数", "完整路径"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("没有说到%s：%v", word, err)
		}
	}
	for _, folder := range []string{o.Config.Data, filepath.Join(o.Config.Data, "files"), filepath.Join(o.Config.Data, "files", "x"), "/proc/chengqi"} {
		if err := set(t, o, nightly.Setting{On: true, At: "02:00", Folder: folder, Keep: 3}); errs.KindOf(err) != errs.Refused {
			t.Errorf("文件夹 %s：%v", folder, err)
		}
	}
	beside := filepath.Join(o.Config.Data, "files-backup") // begins as the folder of attachments does, and is another
	if err := set(t, o, nightly.Setting{On: true, At: "02:00", Folder: beside, Keep: 3}); err != nil {
		t.Error(err)
	}
}
