package backup_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"math/rand/v2"
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
		_, err := journal.Append(tx, journal.Entry{Topic: "admin", Action: "test"}, nil)
		return err
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
	restored, err := backup.Restore(t.Context(), file, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s, restored); diff != "" {
		t.Errorf("恢复情况与备份时不同：%s", diff)
	}
	if diff := cmp.Diff(tree(t, o.Config.Data), tree(t, data)); diff != "" {
		t.Errorf("恢复的数据目录不同：%s", diff)
	}
	if _, err := backup.Restore(t.Context(), file, data, nil); errs.KindOf(err) != errs.Refused {
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
	if _, err := backup.Restore(t.Context(), third, data, nil); err != nil {
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

// refuses spoils something, expects that the backup is refused with a word and leaves nothing, and mends it.
func refuses(t *testing.T, file, what, word string, spoil, mend func()) {
	t.Helper()
	spoil()
	defer mend()
	data := t.TempDir()
	_, err := backup.Restore(t.Context(), file, data, nil)
	if errs.KindOf(err) != errs.Refused || !strings.Contains(err.Error(), word) {
		t.Errorf("%s：应拒绝并说到“%s”，却是 %v", what, word, err)
	}
	if left, _ := os.ReadDir(data); len(left) > 0 {
		t.Errorf("%s：没有恢复，却留下了 %v", what, left)
	}
}

// flip changes one byte.
func flip(t *testing.T, file string, at int64) {
	t.Helper()
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	one := make([]byte, 1)
	if _, err := f.ReadAt(one, at); err != nil {
		t.Fatal(err)
	}
	one[0] ^= 0x5a
	if _, err := f.WriteAt(one, at); err != nil {
		t.Fatal(err)
	}
}

func Test每一部分坏一个字节都拒绝并点名(t *testing.T) {
	o, folder := office(t), t.TempDir()
	base, file := filepath.Join(folder, "基础.zip"), filepath.Join(folder, "增量.zip")
	save(t, o, base, "")
	attach(t, o, "第二份.txt", "第二份附件")
	work(t, o)
	save(t, o, file, base)
	for _, spoilt := range []string{base, file} {
		z, err := zip.OpenReader(spoilt)
		if err != nil {
			t.Fatal(err)
		}
		parts := 0
		for _, f := range z.File {
			if f.CompressedSize64 == 0 || spoilt == base && strings.HasPrefix(f.Name, "data/") {
				continue // the increment has its own
			}
			at, err := f.DataOffset()
			if err != nil {
				t.Fatal(err)
			}
			at += int64(f.CompressedSize64 / 2)
			name := f.Name
			if name == "清单.sm3" {
				name = "清单.json" // its seal
			}
			parts++
			refuses(t, file, filepath.Base(spoilt)+"的"+f.Name, name, func() { flip(t, spoilt, at) }, func() { flip(t, spoilt, at) })
		}
		z.Close()
		if parts < 5 {
			t.Errorf("%s 只试了 %d 个部分", spoilt, parts)
		}
		size := int64(0)
		raw, err := os.ReadFile(spoilt)
		if err != nil {
			t.Fatal(err)
		}
		size = int64(len(raw))
		refuses(t, file, "截短", filepath.Base(spoilt), func() { os.Truncate(spoilt, size*2/3) }, func() { os.WriteFile(spoilt, raw, 0o600) })
	}
	if _, err := backup.Check(t.Context(), file, nil); err != nil {
		t.Errorf("改回来还是不行：%v", err)
	}
}

// Wherever a byte is changed, the backup is refused or, if the byte says nothing of what is kept, restored the same.
func Test任意一处坏一个字节不会恢复出别的东西(t *testing.T) {
	o := office(t)
	file := filepath.Join(t.TempDir(), "全量.zip")
	save(t, o, file, "")
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	want := tree(t, o.Config.Data)
	random := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		at := random.Int64N(info.Size())
		flip(t, file, at)
		data := t.TempDir()
		if _, err := backup.Restore(t.Context(), file, data, nil); err == nil {
			if diff := cmp.Diff(want, tree(t, data)); diff != "" {
				t.Errorf("第 %d 字节坏了，恢复出别的东西：%s", at, diff)
			}
		} else if errs.KindOf(err) != errs.Refused {
			t.Errorf("第 %d 字节坏了：%v", at, err)
		}
		flip(t, file, at)
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

// The list says one thing and the database another: nobody but a forger makes such a backup, and it is refused.
func Test清单与内容不符就拒绝(t *testing.T) {
	o, folder := office(t), t.TempDir()
	file, forged := filepath.Join(folder, "真.zip"), filepath.Join(folder, "假.zip")
	save(t, o, file, "")
	for what, change := range map[string]func(*backup.Manifest){
		"行数": func(m *backup.Manifest) { m.Rows[0].Rows++ },
		"链尾": func(m *backup.Manifest) { m.Heads = append(m.Heads, m.Heads...); m.Heads = m.Heads[:0] },
		"附件": func(m *backup.Manifest) {
			for i, p := range m.Parts {
				if strings.HasPrefix(p.Name, "files/") {
					m.Parts = append(m.Parts[:i], m.Parts[i+1:]...)
					return
				}
			}
		},
		"格式": func(m *backup.Manifest) { m.Format = 1 },
	} {
		if what == "链尾" {
			work(t, o)
			os.Remove(file)
			save(t, o, file, "")
		}
		os.Remove(forged)
		forge(t, file, forged, change)
		if _, err := backup.Check(t.Context(), forged, nil); errs.KindOf(err) != errs.Refused || !strings.Contains(err.Error(), what) {
			t.Errorf("%s与内容不符：%v", what, err)
		}
	}
}

// forge copies a backup with another list, properly sealed.
func forge(t *testing.T, from, to string, change func(*backup.Manifest)) {
	t.Helper()
	in, err := zip.OpenReader(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range in.File {
		if strings.HasPrefix(f.Name, "清单") {
			continue
		}
		if err := z.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	f, err := in.Open("清单.json")
	if err != nil {
		t.Fatal(err)
	}
	var m backup.Manifest
	if err := json.NewDecoder(f).Decode(&m); err != nil {
		t.Fatal(err)
	}
	change(&m)
	raw, _ := json.Marshal(m)
	for name, text := range map[string]string{"清单.json": string(raw), "清单.sm3": backup.SealOf(raw)} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(text))
	}
	z.Close()
	if err := os.WriteFile(to, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
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
					_, err := journal.Append(tx, journal.Entry{Topic: "admin", Action: "test"}, map[string]string{"text": strings.Repeat("办", 500)})
					return err
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
