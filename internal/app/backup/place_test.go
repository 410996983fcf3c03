package backup_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/app/backup"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/file"
)

// keeps opens an office whose attachments lie at a place, with one attachment.
func keeps(t *testing.T, place string) (*app.App, *file.File) {
	t.Helper()
	a, err := app.Open(t.Context(), app.Config{Data: t.TempDir(), Database: apptest.Database(t), Files: place})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	f, err := a.Files.Put(t.Context(), a.DB, 1, 1, "请示.txt", strings.NewReader("县水务局关于供暖工作的请示"))
	if err != nil {
		t.Fatal(err)
	}
	return a, f
}

// read is an attachment as the store at a place gives it out.
func read(t *testing.T, place string, f *file.File) (string, error) {
	t.Helper()
	s, err := file.At(place, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	in, err := s.Open(t.Context(), f)
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(in)
	return string(text), errors.Join(err, in.Close())
}

func Test附件存在别处的从那里备份恢复到指定的存放处(t *testing.T) { // OA-30
	apptest.Bucket(t, "office")
	folder := t.TempDir()
	for name, places := range map[string][2]string{
		"共用文件夹": {filepath.Join(folder, "原来"), filepath.Join(folder, "新的")},
		"对象存储":  {"s3://office/原来", "s3://office/新的"},
		"换地方":   {"s3://office/又一处", filepath.Join(folder, "又一处")},
	} {
		t.Run(name, func(t *testing.T) {
			a, f := keeps(t, places[0])
			to, data := filepath.Join(t.TempDir(), "全量.zip"), filepath.Join(t.TempDir(), "恢复")
			s, err := backup.Save(t.Context(), a.Backup(), to, "")
			if err != nil || s.Files != 1 || s.Stored != 1 || s.Fault() != "" {
				t.Fatalf("%+v %v", s, err)
			}
			if _, err := backup.Restore(t.Context(), to, data, places[1], nil, nil); err != nil {
				t.Fatal(err)
			}
			if text, err := read(t, places[1], f); err != nil || text != "县水务局关于供暖工作的请示" {
				t.Errorf("恢复到存放处的附件不对：%q %v", text, err)
			}
			if left := tree(t, data); len(left) != 0 {
				t.Errorf("数据目录里多出了 %v", left)
			}
		})
	}
}

// Attachments kept in a folder of the data folder are in the backup once.
func Test附件另放在数据目录里的只存一遍(t *testing.T) {
	data := t.TempDir()
	a, err := app.Open(t.Context(), app.Config{Data: data, Database: apptest.Database(t), Files: filepath.Join(data, "附件")})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := a.Files.Put(t.Context(), a.DB, 1, 1, "请示.txt", strings.NewReader(strings.Repeat("请示", 1000))); err != nil {
		t.Fatal(err)
	}
	to, again := filepath.Join(t.TempDir(), "全量.zip"), filepath.Join(t.TempDir(), "恢复")
	if s, err := backup.Save(t.Context(), a.Backup(), to, ""); err != nil || s.Stored != 1 {
		t.Fatalf("%+v %v", s, err)
	}
	if _, err := backup.Restore(t.Context(), to, again, "", nil, nil); err != nil {
		t.Fatal(err)
	}
	if left := tree(t, again); len(left) != 1 {
		t.Errorf("应只有一个附件：%v", left)
	}
}

func Test存放处连不上不算丢了附件恢复了再来就好(t *testing.T) {
	apptest.Bucket(t, "office")
	a, f := keeps(t, "s3://office/附件")
	to, data := filepath.Join(t.TempDir(), "全量.zip"), filepath.Join(t.TempDir(), "恢复")
	if _, err := backup.Save(t.Context(), a.Backup(), to, ""); err != nil {
		t.Fatal(err)
	}

	// The bucket of the restored office does not exist: nothing is left, and the next try has its way.
	if _, err := backup.Restore(t.Context(), to, data, "s3://nowhere/附件", nil, nil); errs.KindOf(err) != errs.Unavailable {
		t.Errorf("没有这个桶，却是 %v", err)
	}
	if left, _ := os.ReadDir(data); len(left) > 0 {
		t.Errorf("没有恢复成，却留下了 %v", left)
	}
	if _, err := backup.Restore(t.Context(), to, data, "s3://office/恢复", nil, nil); err != nil {
		t.Error(err)
	}
	if _, err := read(t, "s3://office/恢复", f); err != nil {
		t.Error(err)
	}

	// The bucket of the working office does not answer: no backup that says the attachments are lost.
	o := a.Backup()
	away, err := file.At("s3://nowhere/附件", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	o.Open = func(_ context.Context, digest string) (io.ReadCloser, error) {
		return away.Open(t.Context(), &file.File{Digest: digest, Name: digest})
	}
	again := filepath.Join(t.TempDir(), "又一份.zip")
	if s, err := backup.Save(t.Context(), o, again, ""); errs.KindOf(err) != errs.Unavailable || strings.Contains(err.Error(), "磁盘") {
		t.Errorf("存放处连不上，备份却是 %+v %v", s, err)
	}
	if _, err := os.Stat(again); err == nil {
		t.Error("没有附件的备份留了下来")
	}
}

// The nightly backups of the data folder are not in one that goes elsewhere.
func Test备份里没有别的备份(t *testing.T) {
	data := t.TempDir()
	a, err := app.Open(t.Context(), app.Config{Data: data, Database: apptest.Database(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	nightly, own := filepath.Join(data, "backups"), filepath.Join(data, "procedures")
	for _, folder := range []string{nightly, own} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "昨夜.zip"), []byte("昨夜"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	to, again := filepath.Join(t.TempDir(), "全量.zip"), filepath.Join(t.TempDir(), "恢复")
	if _, err := backup.Save(t.Context(), a.Backup(), to, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), to, again, "", nil, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(again, "backups")); err == nil {
		t.Error("备份里有昨夜的备份")
	}
	if _, err := os.Stat(filepath.Join(again, "procedures", "昨夜.zip")); err != nil {
		t.Errorf("定义文件夹没有备：%v", err)
	}
}
