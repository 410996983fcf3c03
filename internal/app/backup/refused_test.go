package backup_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/chengqi-oa/chengqi/internal/app/backup"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// refuses spoils something, expects that the backup is refused with a word and leaves nothing, and mends it.
func refuses(t *testing.T, file, what, word string, spoil, mend func()) {
	t.Helper()
	spoil()
	defer mend()
	data := t.TempDir()
	_, err := backup.Restore(t.Context(), file, data, "", nil, nil)
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
		if _, err := backup.Restore(t.Context(), file, data, "", nil, nil); err == nil {
			if diff := cmp.Diff(want, tree(t, data)); diff != "" {
				t.Errorf("第 %d 字节坏了，恢复出别的东西：%s", at, diff)
			}
		} else if errs.KindOf(err) != errs.Refused {
			t.Errorf("第 %d 字节坏了：%v", at, err)
		}
		flip(t, file, at)
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
