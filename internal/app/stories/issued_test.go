package stories_test

import (
	"bytes"
	"context"
	"io"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/file"
)

// issuedFiles are the finished files kept with a matter, by name, and their bytes.
func issuedFiles(t *testing.T, o *apptest.Office, m *engine.Matter) (map[string]*file.File, map[string][]byte) {
	t.Helper()
	files, data := map[string]*file.File{}, map[string][]byte{}
	ids, _ := m.Fields["issued_files"].([]any)
	for _, id := range ids {
		read(t, o, func(tx *db.Tx) error {
			f, err := file.Get(tx, idOf(t, id))
			if err != nil {
				return err
			}
			bytes, err := o.Files.Open(t.Context(), f)
			if err != nil {
				return err
			}
			files[f.Name] = f
			data[f.Name], err = io.ReadAll(bytes)
			_ = bytes.Close() // only read
			return err
		})
	}
	return files, data
}

// printed takes a signed document to the seal keeper's desk.
func printed(o *apptest.Office, m db.ID) {
	numbered(o, m)
	o.Do("3104", m, "typeset", nil)
	o.Do("3302", m, "agree", nil)
	o.Do("3104", m, "print", fields{"printed_copies": 82})
}

func Test用印时留下印发件(t *testing.T) { // DOC-OUT-05, DOC-OUT-52
	o := apptest.Open(t)
	m := signed(o)
	printed(o, m)
	sealed := o.Do("3103", m, "seal", fields{"sealed_copies": 80})
	files, data := issuedFiles(t, o, sealed)
	if !bytes.HasPrefix(data["印发件.pdf"], []byte("%PDF-")) || !bytes.HasPrefix(data["印发件.ofd"], []byte("PK")) {
		t.Fatalf("印发件是%v", files)
	}
	if f := files["印发件.pdf"]; f.Matter != m || f.Size != int64(len(data["印发件.pdf"])) {
		t.Errorf("印发件没有挂在本件上：%+v", f)
	}

	o.Do("3103", m, "pass", fields{"product": allProduct})
	o.Advance(26 * time.Hour)
	sent := o.Do("3103", m, "hand-out", fields{"distribution": []any{fields{"unit": "县水利局", "copies": 78, "channel": "集中交换"}}, "kept_copies": 2})
	again, _ := issuedFiles(t, o, sent)
	for name, f := range files {
		if again[name] == nil || again[name].ID != f.ID {
			t.Errorf("没有改动的文件发出时不该换掉%s", name)
		}
	}
}

func Test退回改稿后重新用印印发件随之更新旧件仍在(t *testing.T) {
	o := apptest.Open(t)
	m := signed(o)
	printed(o, m)
	before, old := issuedFiles(t, o, o.Do("3103", m, "seal", fields{"sealed_copies": 80}))
	o.Do("3103", m, "return", fields{"return_to": "recheck"}, "有错字")
	o.Do("2201", m, "amend", fields{"change_kind": "文字性修改", "change_note": "用词", "annotation": "联系人：雷振声"})
	o.Do("1010", m, "agree", nil)
	printed(o, m)
	after, _ := issuedFiles(t, o, o.Do("3103", m, "seal", fields{"sealed_copies": 80}))
	if after["印发件.pdf"].Digest == before["印发件.pdf"].Digest {
		t.Error("改了文稿，印发件没有重做")
	}
	kept, err := o.Files.Open(t.Context(), before["印发件.pdf"])
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = kept.Close() }() // only read
	if still, err := io.ReadAll(kept); err != nil || !bytes.Equal(still, old["印发件.pdf"]) {
		t.Errorf("先前的印发件变了：%v", err)
	}
}

func Test便函不用印发出时留下印发件(t *testing.T) {
	o := apptest.Open(t)
	m := letter(o, "关于商请借用除雪设备的函")
	if files, _ := issuedFiles(t, o, o.Matter(m)); len(files) != 2 {
		t.Errorf("便函的印发件是%v", files)
	}
}

func Test事后补登的不补印发件(t *testing.T) {
	o := apptest.Open(t)
	m := signed(o)
	printed(o, m)
	var sealed *engine.Matter
	err := o.DB.Write(context.Background(), func(tx *db.Tx) error {
		var err error
		keeper := o.Directory().ByUsername("3103").ID
		sealed, err = o.Engine.DoIn(tx.At(o.Now().AddDate(0, 0, -11)), keeper, engine.Command{Matter: m, Action: "seal", Fields: fields{"sealed_copies": 80.0}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if files, _ := issuedFiles(t, o, sealed); len(files) != 0 {
		t.Errorf("十一天前用的印，今天排的文件不能充作当时的印发件：%v", files)
	}
}

func Test联合行文用印时留下印发件(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("2201", "joint-issue", nil)
	o.Do("2201", m, "submit", notice(o, fields{
		"issuer": o.Issuer("临委"), "title": "中共临溪县委员会、临溪县人民政府关于加强河道治理的意见", "doc_kind": "意见",
		"joint_with": []any{o.Issuer("临政")}, "joint_reason": "重大部署", "matter_side": "党委方面", "major": true,
	}))
	o.Do("2001", m, "agree", nil)
	reviewed(o, m)
	o.Do("1007", m, "agree", nil)
	o.Do("1002", m, "agree", nil, "同意")
	o.Do("1001", m, "sign", nil, "同意，发")
	numbered(o, m)
	o.Do("3104", m, "typeset", nil)
	o.Do("2201", m, "agree", nil)
	o.Do("3104", m, "print", fields{"printed_copies": 82})
	if files, _ := issuedFiles(t, o, o.Do("3103", m, "seal", fields{"sealed_copies": 80})); len(files) != 2 {
		t.Errorf("联合行文的印发件是%v", files)
	}
}
