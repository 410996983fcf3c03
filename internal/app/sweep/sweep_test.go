package sweep_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/app/backup"
	"github.com/chengqi-oa/chengqi/internal/app/sweep"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/file"
)

type fields = apptest.Fields

// desk is the clerk who uploads.
type desk struct {
	*apptest.Office
	t *testing.T
}

func (d desk) put(text string) (*file.File, error) {
	clerk := d.Directory().ByUsername("3102")
	return d.Files.Put(context.Background(), d.DB, clerk.Agency, clerk.ID, text+".txt", strings.NewReader(text))
}

func (d desk) upload(text string) *file.File {
	d.t.Helper()
	f, err := d.put(text)
	if err != nil {
		d.t.Fatal(err)
	}
	return f
}

// registered is an incoming document with a file.
func (d desk) registered(f *file.File) db.ID {
	d.t.Helper()
	m := d.Create("3102", "incoming", fields{"sender": "安澜市水利局", "addressee": d.Issuer("临政办")})
	d.Do("3102", m, "sign", fields{"copies_ok": true, "routing_ok": true, "seal_ok": true})
	d.Do("3102", m, "register", fields{"title": "关于供暖的通知", "doc_date": "2026-11-05", "copies": 1.0, "pages": 2.0, "attachment_number": "无", "files": []any{f.ID.String()}})
	return m
}

func (d desk) past(q string, args ...any) {
	d.t.Helper()
	if err := d.DB.Write(context.Background(), func(tx *db.Tx) error { _, err := tx.Exec(q, args...); return err }); err != nil {
		d.t.Fatal(err)
	}
}

func (d desk) sweep() {
	d.t.Helper()
	if err := d.Sweep(context.Background()); err != nil {
		d.t.Fatal(err)
	}
}

// row tells whether a file is registered, and bytes whether what it says can be read.
func (d desk) row(f *file.File) (there bool) {
	d.t.Helper()
	err := d.DB.Read(context.Background(), func(tx *db.Tx) error {
		got, err := file.Get(tx, f.ID)
		there = got != nil
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return there
}

func (d desk) bytes(f *file.File) bool {
	in, err := d.Files.Open(context.Background(), f)
	if err == nil {
		_ = in.Close()
	}
	return err == nil
}

func (d desk) entries() (all []string) {
	d.t.Helper()
	err := d.DB.Read(context.Background(), func(tx *db.Tx) error {
		return tx.Query(`SELECT body FROM journal WHERE topic = 'admin'`, nil, func(scan func(...any) error) error {
			var body []byte
			err := scan(&body)
			if strings.Contains(string(body), `"unused-files"`) {
				all = append(all, string(body))
			}
			return err
		})
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return all
}

func Test没有用上的附件七天后清掉有用的一个不动(t *testing.T) {
	o := desk{apptest.Open(t), t}
	used, voided, old := o.upload("用上的"), o.upload("作废件的"), o.upload("旧程序没有挂上的")
	inDraft, twin, abandoned := o.upload("草稿里的"), o.upload("用上的"), o.upload("没有用上的")
	again := o.upload("又传了一次的")
	o.registered(used)
	m := o.registered(old)
	o.past(`UPDATE files SET matter_id = 0 WHERE id = ?`, old.ID)
	v := o.registered(voided)
	o.Do("3102", v, "void", nil, "登错了")
	o.past(`INSERT INTO drafts (person_id, key, value, at) VALUES (?, 'new:incoming', ?, 0)`, inDraft.Uploader, `{"files":["`+inDraft.ID.String()+`"]}`)
	o.Advance(6 * 24 * time.Hour)
	fresh := o.upload("刚传的")
	o.sweep()
	for _, f := range []*file.File{used, voided, old, inDraft, twin, abandoned, again, fresh} {
		if !o.row(f) {
			t.Errorf("不到七天就清了“%s”", f.Name)
		}
	}
	saved := filepath.Join(t.TempDir(), "全量.zip")
	if _, err := backup.Save(t.Context(), o.Backup(), saved, ""); err != nil {
		t.Fatal(err)
	}
	o.Advance(2 * 24 * time.Hour)
	o.sweep()
	for f, stays := range map[*file.File]bool{used: true, voided: true, old: true, inDraft: true, fresh: true, twin: false, abandoned: false, again: false} {
		if o.row(f) != stays {
			t.Errorf("“%s”（%s）在不在：%v", f.Name, f.ID, !stays)
		}
		if !o.bytes(f) {
			t.Errorf("“%s”的内容当时就没有了，正在做的备份要用", f.Name)
		}
	}
	var of db.ID
	if err := o.DB.Read(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Row(`SELECT matter_id FROM files WHERE id = ?`, []any{old.ID}, &of)
		return err
	}); err != nil || of != m {
		t.Errorf("旧程序没有挂上的，应挂回 %s，却是 %s %v", m, of, err)
	}
	said := strings.Join(o.entries(), "\n")
	if !strings.Contains(said, "没有用上的.txt") || !strings.Contains(said, abandoned.Digest) || strings.Contains(said, inDraft.ID.String()) {
		t.Errorf("留痕：%s", said)
	}

	o.Advance(24 * time.Hour)
	anew := o.upload("又传了一次的")
	o.Advance(25 * time.Hour)
	o.sweep()
	for f, stays := range map[*file.File]bool{used: true, voided: true, old: true, inDraft: true, fresh: true, anew: true, abandoned: false} {
		if o.bytes(f) != stays {
			t.Errorf("“%s”的内容在不在：%v", f.Name, !stays)
		}
	}
	if v, err := o.Verify(t.Context(), false, func(string, int64, int64) {}); err != nil || len(v.Faults) > 0 {
		t.Errorf("清过以后核验：%q %v", v.Faults, err)
	}
	restored := filepath.Join(t.TempDir(), "恢复")
	if s, err := backup.Restore(t.Context(), saved, restored, "", nil, nil); err != nil || s.Fault() != "" {
		t.Errorf("清以前的备份恢复不了：%+v %v", s, err)
	}
	o.past(`DELETE FROM drafts`)
	o.sweep()
	if o.row(inDraft) {
		t.Error("草稿没有了，附件还在")
	}
}

func Test一个人没有用上的附件有个限度(t *testing.T) {
	o := desk{apptest.Open(t), t}
	f := o.upload("大的")
	o.past(`UPDATE files SET size = ? WHERE id = ?`, file.MostUnattached-3, f.ID)
	if _, err := o.put("再传"); errs.KindOf(err) != errs.Refused || !strings.Contains(err.Error(), "没有用上的七天后自动清除") {
		t.Errorf("应说到了上限：%v", err)
	}
	other := o.Directory().ByUsername("2201")
	if _, err := o.Files.Put(t.Context(), o.DB, other.Agency, other.ID, "别人的.txt", strings.NewReader("别人的")); err != nil {
		t.Error("连累了别人：", err)
	}
	o.past(`UPDATE files SET size = 1 WHERE id = ?`, f.ID)
	o.registered(f)
	if _, err := o.put("再传"); err != nil {
		t.Error("用上了还说到了上限：", err)
	}
}

// What is going cannot be counted on, and can be had again a moment later.
func Test正在清的内容又传来就请再传一次(t *testing.T) {
	o := desk{apptest.Open(t), t}
	f := o.upload("来回的")
	o.past(`DELETE FROM files WHERE id = ?`, f.ID)
	o.past(`INSERT INTO let_go (digest, at, going) VALUES (?, 0, 1)`, f.Digest) // killed in the middle
	if _, err := o.put("来回的"); errs.KindOf(err) != errs.Unavailable || !strings.Contains(err.Error(), "再传一次") {
		t.Errorf("正在清，却是 %v", err)
	}
	o.sweep()
	if o.bytes(f) {
		t.Error("清到一半断了的没有接着清")
	}
	if again := o.upload("来回的"); !o.bytes(again) {
		t.Error("清完再传，没有存上")
	}
}

// Whoever can write to the database cannot make the program remove another file.
func Test绕过系统写的校验值清不到别的文件(t *testing.T) {
	o := desk{apptest.Open(t), t}
	f, g := o.upload("改指别处的"), o.upload("改短的")
	outside := filepath.Join(o.Config.Data, "..别处")
	if err := os.WriteFile(outside, []byte("别处"), 0o600); err != nil {
		t.Fatal(err)
	}
	o.past(`UPDATE files SET digest = '..别处' WHERE id = ?`, f.ID)
	o.past(`UPDATE files SET digest = '' WHERE id = ?`, g.ID)
	o.past(`INSERT INTO let_go (digest, at) VALUES ('..别处', 0)`)
	o.past(`INSERT INTO let_go (digest, at) VALUES ('x', 0)`)
	for range 2 {
		o.Advance(8 * 24 * time.Hour)
		o.sweep()
	}
	if _, err := os.Stat(outside); err != nil || o.row(f) || o.row(g) {
		t.Error("清到了别的文件，或者行没有清：", err)
	}
}

// An office restored for a drill that is pointed at the place of the one at work removes nothing there; nor does the one at
// work lose its place to it.
func Test演练的机关不清别的机关的附件(t *testing.T) {
	o := desk{apptest.Open(t), t}
	if mine, err := o.Files.Mine(t.Context(), o.DB); err != nil || !mine {
		t.Fatal("没有标记的存放处应归第一个：", mine, err)
	}
	f := o.upload("两边都有的")
	saved := filepath.Join(t.TempDir(), "全量.zip")
	if _, err := backup.Save(t.Context(), o.Backup(), saved, ""); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(t.TempDir(), "演练")
	if s, err := backup.Restore(t.Context(), saved, data, o.Files.Dir, nil, nil); err != nil || s.Fault() != "" {
		t.Fatal(s, err)
	}
	drill, err := db.Open(t.Context(), filepath.Join(data, "chengqi.db"), db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = drill.Close() })
	o.registered(f) // since the backup
	err = drill.Write(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exec(`DELETE FROM files`); err != nil {
			return err
		}
		_, err := tx.Exec(`INSERT INTO let_go (digest, at) VALUES (?, 0)`, f.Digest)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sweep.Unused(t.Context(), drill, o.Files); !errors.Is(err, sweep.ErrOthers) {
		t.Error("应说存放处是别的机关的：", err)
	}
	if !o.bytes(f) {
		t.Error("演练的机关清掉了正在用的附件")
	}
	o.sweep()
	if mine, err := o.Files.Mine(t.Context(), o.DB); err != nil || !mine {
		t.Error("存放处被演练的占了：", err)
	}
}
