package stories_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office/archive"
	"github.com/chengqi-oa/chengqi/internal/office/archive/eep"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

// packages are a matter's archive packages, the newest first.
func packages(t *testing.T, o *apptest.Office, id db.ID) (list []*archive.Package) {
	t.Helper()
	read(t, o, func(tx *db.Tx) (err error) { list, err = archive.Packages(tx, id); return err })
	return list
}

func opened(t *testing.T, o *apptest.Office, p *archive.Package) *eep.Contents {
	t.Helper()
	c, err := eep.Read(strings.NewReader(raw(t, o, p)))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// scanned is an incoming document with a scan, handled to its end.
func scanned(t *testing.T, o *apptest.Office) (db.ID, *file.File) {
	t.Helper()
	clerk := o.Directory().ByUsername("3102")
	f, err := o.Files.Put(t.Context(), o.DB, clerk.Agency, clerk.ID, "来文扫描件.txt", strings.NewReader(strings.Repeat("请做好供暖工作。", 500)))
	if err != nil {
		t.Fatal(err)
	}
	m := received(o, fields{"files": []any{f.ID.String()}})
	handled(o, m)
	return m, f
}

func Test电子公文办结就形成归档包(t *testing.T) { // ARCH-28
	o := apptest.Open(t)
	in, scan := scanned(t, o)
	out, paper := letter(o, "关于借用除雪设备的函"), received(o, nil)
	handled(o, paper) // on paper only
	if n := len(packages(t, o, in)); n != 0 {
		t.Fatalf("办结时就在事务里做了%d个包", n)
	}
	o.Pack()
	if n := len(packages(t, o, paper)); n != 0 {
		t.Errorf("只有纸质的也有%d个包", n)
	}
	made := packages(t, o, in)
	if len(made) != 1 || made[0].Type != eep.Original || made[0].Version != o.Matter(in).Version || made[0].Tested.IsZero() || len(made[0].Faults) > 0 {
		t.Fatalf("收文的归档包是%+v", made)
	}
	c := opened(t, o, made[0])
	for name, want := range map[string]string{
		"题名": o.Matter(in).Title, "文件编号": "安政办〔2026〕61号", "责任者": "安澜市人民政府办公室", "日期": "2026-11-15", "年度": "2026", "页数": "6",
		"紧急程度": "加急", "立档单位名称": "临溪县人民政府办公室",
	} {
		if c.Record[name] != want {
			t.Errorf("%s著录为“%s”，应是“%s”", name, c.Record[name], want)
		}
	}
	if len(c.Documents) != 1 || c.Documents[0].Digest != scan.Digest || c.Documents[0].Size != scan.Size || c.Documents[0].Name != scan.Name {
		t.Errorf("包里的附件是%+v", c.Documents)
	}
	if c.Acts != 8 || c.Agents != 4 { // 立件、签收、登记、初审、拟办、分办、承办、办结；机关一家、三个人
		t.Errorf("过程%d条，机构人员%d个", c.Acts, c.Agents)
	}
	text := raw(t, o, made[0])
	for _, want := range []string{"<业务行为>办结</业务行为>", "DOC-IN-09 ", "请应急信访科办理", "何映雪", "雷振声"} {
		if !strings.Contains(text, want) {
			t.Errorf("包里没有“%s”", want)
		}
	}

	of := packages(t, o, out)
	if len(of) != 1 || len(of[0].Faults) > 0 {
		t.Fatalf("发文的归档包是%+v", of)
	}
	var names []string
	for _, d := range opened(t, o, of[0]).Documents {
		names = append(names, d.Name)
	}
	if !slices.Contains(names, "印发件.pdf") || !slices.Contains(names, "印发件.ofd") {
		t.Errorf("发文的包里是%v", names)
	}
	held(t, o, in, made[0])
}

// raw is the package's text.
func raw(t *testing.T, o *apptest.Office, p *archive.Package) string {
	t.Helper()
	in, err := o.Files.Open(t.Context(), p.File)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(in)
	if err := errors.Join(err, in.Close()); err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// held: the digest is in the journal, and the chain holds.
func held(t *testing.T, o *apptest.Office, id db.ID, p *archive.Package) {
	t.Helper()
	read(t, o, func(tx *db.Tx) error {
		found := false
		err := journal.OfMatter(tx, id, func(e journal.Entry, _ []byte) error {
			found = found || e.Topic == archive.Topic && strings.Contains(string(e.Content), p.File.Digest)
			return nil
		})
		if err == nil && !found {
			t.Error("摘要没有记入留痕")
		}
		if err == nil {
			_, err = journal.Verify(tx)
		}
		return err
	})
}

func Test办结后有更正归档包重新形成原包留存(t *testing.T) { // ARCH-28
	o := apptest.Open(t)
	in, _ := scanned(t, o)
	o.Pack()
	o.Pack() // nothing is made twice
	if n := len(packages(t, o, in)); n != 1 {
		t.Fatalf("没有改动却有%d个包", n)
	}
	o.Do("3102", in, "correct", fields{"title": "关于做好冬季供暖工作的通知"}, "登记有误，予以更正")
	f := o.Create("3102", "archive-filing", nil)
	list := table(o.Do("3102", f, "gather", fields{"issuer": o.Issuer("临政办"), "file_year": 2026, "office_code": "BGS"}), "items")
	if list[0]["lacking"] != "归档包" || list[0]["filing"] != "缺材料暂缓" {
		t.Errorf("归档包与登记不符，收集时说的是%v、%v", list[0]["lacking"], list[0]["filing"])
	}
	list[0]["filing"] = "归档"
	o.RefusedBecause("ARCH-28", "3102", f, "propose", fields{"items": rows(list)})
	o.Pack()
	made := packages(t, o, in)
	if len(made) != 2 || made[0].Type != eep.Modified || made[1].Type != eep.Original {
		t.Fatalf("更正以后的包是%+v", made)
	}
	if text := raw(t, o, made[0]); !strings.Contains(text, made[1].File.Digest) || !strings.Contains(text, "<题名>关于做好冬季供暖工作的通知</题名>") {
		t.Error("修改型的包里没有原包的摘要或更正后的题名")
	}
	opened(t, o, made[1]) // still there
	held(t, o, in, made[1])
	list = table(o.Do("3102", f, "again", nil), "items")
	if list[0]["lacking"] != nil || list[0]["filing"] != "归档" {
		t.Errorf("包有了，再收集一次仍是%v、%v", list[0]["lacking"], list[0]["filing"])
	}
	filedAway(o, f)
	o.Pack()
	if c := opened(t, o, packages(t, o, in)[0]); c.Record["室编件号"] != "0001" || c.Record["全宗号"] != "L002" || c.Record["保管期限"] == "" {
		t.Errorf("归档以后的包里档号是%v", c.Record)
	}
}

func Test移交时归档包的毛病一次说全(t *testing.T) { // ARCH-28, ARCH-36
	o := apptest.Open(t)
	in, _ := scanned(t, o)
	damaged, exchanged, good := letter(o, "关于借用除雪设备的函"), letter(o, "关于借用除雪车的函"), letter(o, "关于核对除雪账目的函")
	o.Pack()
	f := o.Create("3102", "archive-filing", nil)
	o.Do("3102", f, "gather", fields{"issuer": o.Issuer("临政办"), "file_year": 2026, "office_code": "BGS"})
	o.Do("3102", f, "propose", nil)
	o.Do("3104", f, "number", nil)
	o.Do("3102", f, "box", fields{"per_box": 30})
	four := fields{"tests": []any{"真实性", "完整性", "可用性", "安全性"}}
	if got := o.Refused("3102", f, "hand-over", four); len(got) != 4 || !strings.Contains(got[0].Text, "正在") { // not tested yet
		t.Errorf("还没有检测就移交：%v", got)
	}

	spoil(t, o, packages(t, o, damaged)[0].File)
	replace(t, o, packages(t, o, exchanged)[0], []byte("<a/>"))
	lose(t, o, in)
	o.Pack()
	var said []string
	for _, r := range o.Refused("3102", f, "hand-over", four) {
		said = append(said, r.Text+r.Clause)
	}
	all := strings.Join(said, "\n")
	for _, want := range []string{"除雪设备的函》的归档包检测不合格，真实性：", "除雪车的函》的归档包检测不合格，真实性：封装包的摘要与留痕", "除雪车的函》的归档包检测不合格，可用性：", "登记时不同"} {
		if !strings.Contains(all, want) {
			t.Errorf("没有说到“%s”：\n%s", want, all)
		}
	}
	if strings.Contains(all, o.Matter(good).Title) || strings.Contains(all, o.Matter(in).Title) {
		t.Errorf("没有毛病的也说了：\n%s", all)
	}
	if o.Matter(f).Step != "hand-over" {
		t.Error("还是移交了")
	}
}

// spoil changes a byte of a stored file behind the office's back.
func spoil(t *testing.T, o *apptest.Office, f *file.File) {
	t.Helper()
	path := filepath.Join(o.Files.Dir, f.Digest[:2], f.Digest)
	text, err := os.ReadFile(path)
	if err == nil {
		text[len(text)/2] ^= 1
		err = os.WriteFile(path, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// replace puts another file in a package's place, registered and all; only the journal still knows better.
func replace(t *testing.T, o *apptest.Office, p *archive.Package, data []byte) {
	t.Helper()
	digest, size, err := o.Files.Write(t.Context(), func(w io.Writer) error { _, err := w.Write(data); return err })
	if err != nil {
		t.Fatal(err)
	}
	if err := o.DB.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE files SET digest = ?, size = ? WHERE id = ?`, digest, size, p.File.ID)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// lose takes the scan itself from the shelf: the package has it still.
func lose(t *testing.T, o *apptest.Office, id db.ID) {
	t.Helper()
	var f *file.File
	read(t, o, func(tx *db.Tx) (err error) {
		scan, err := db.ParseID(o.Matter(id).Words("files")[0])
		if err != nil {
			return err
		}
		f, err = file.Get(tx, scan)
		return err
	})
	if err := os.Remove(filepath.Join(o.Files.Dir, f.Digest[:2], f.Digest)); err != nil {
		t.Fatal(err)
	}
}

func Test加密的附件归档时退回(t *testing.T) { // ARCH-36
	o := apptest.Open(t)
	clerk := o.Directory().ByUsername("3102")
	f, err := o.Files.Put(t.Context(), o.DB, clerk.Agency, clerk.ID, "加密.pdf", strings.NewReader("%PDF-1.7\ntrailer << /Root 1 0 R /Encrypt 9 0 R >>\n%%EOF"))
	if err != nil {
		t.Fatal(err)
	}
	m := received(o, fields{"files": []any{f.ID.String()}})
	handled(o, m)
	o.Pack()
	if p := packages(t, o, m)[0]; len(p.Faults) != 1 || !strings.Contains(p.Faults[0], "安全性：附件“加密.pdf”加了密") {
		t.Errorf("检测结果是%v", p.Faults)
	}
}

// What is wanted stands in the database: a server that ends leaves it to the next, and two make one package.
func Test归档包由一台做一次重启也不漏(t *testing.T) { // ARCH-28
	o := apptest.Open(t)
	in, _ := scanned(t, o)
	broken, stop := context.WithCancel(t.Context())
	stop()
	if _, err := o.Packer.Work(broken); err == nil {
		t.Fatal("停了的服务还在做")
	}
	done := make(chan error)
	for range 2 {
		go func() { _, err := o.Packer.Work(t.Context()); done <- err }()
	}
	if err := errors.Join(<-done, <-done); err != nil {
		t.Fatal(err)
	}
	if n := len(packages(t, o, in)); n != 1 {
		t.Errorf("做了%d个包", n)
	}
	if ran, err := o.DB.Alone(t.Context(), "packages", func(ctx context.Context) error {
		again, err := o.DB.Alone(ctx, "packages", func(context.Context) error { t.Error("两台同时在做"); return nil })
		if again {
			t.Error("第二台也轮到了")
		}
		return err
	}); err != nil || !ran {
		t.Errorf("%v %v", ran, err)
	}
}

func Test附件丢了的归档包说明原因找回后补做(t *testing.T) { // ARCH-28
	o := apptest.Open(t)
	in, scan := scanned(t, o)
	path := filepath.Join(o.Files.Dir, scan.Digest[:2], scan.Digest)
	if err := os.Rename(path, path+".away"); err != nil {
		t.Fatal(err)
	}
	o.Pack()
	read(t, o, func(tx *db.Tx) error {
		due, fault, err := archive.Due(tx, in)
		if !due || !strings.Contains(fault, "来文扫描件.txt") {
			t.Errorf("没有说明哪个附件丢了：%v %s", due, fault)
		}
		return err
	})
	if err := os.Rename(path+".away", path); err != nil {
		t.Fatal(err)
	}
	o.Advance(hour)
	o.Pack()
	if n := len(packages(t, o, in)); n != 1 {
		t.Errorf("附件找回后有%d个包", n)
	}
}

func Test升级以前办结的收集时补做归档包(t *testing.T) { // ARCH-28
	o := apptest.Open(t)
	in, _ := scanned(t, o)
	if err := o.DB.Write(t.Context(), func(tx *db.Tx) error { // as the old version left it
		_, err := tx.Exec(`DELETE FROM packages_due`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	o.Pack()
	if n := len(packages(t, o, in)); n != 0 {
		t.Fatalf("没有要做的却做了%d个", n)
	}
	f := o.Create("3102", "archive-filing", nil)
	list := table(o.Do("3102", f, "gather", fields{"issuer": o.Issuer("临政办"), "file_year": 2026, "office_code": "BGS"}), "items")
	if list[0]["lacking"] != "归档包" {
		t.Errorf("缺的是%v", list[0]["lacking"])
	}
	o.Pack()
	list = table(o.Do("3102", f, "again", nil), "items")
	if list[0]["lacking"] != nil {
		t.Errorf("补做以后还缺%v", list[0]["lacking"])
	}
	filedAway(o, f)
	if c := o.Matter(in).Custody; c != engine.InArchive {
		t.Errorf("归档以后是%s", c)
	}
}

func Test归档包随备份走(t *testing.T) { // ARCH-28, OA-30
	o := apptest.Open(t)
	in, _ := scanned(t, o)
	o.Pack()
	p := packages(t, o, in)[0]
	in2, err := o.Backup().Open(t.Context(), p.File.Digest)
	if err != nil {
		t.Fatal(err)
	}
	if err := in2.Close(); err != nil {
		t.Fatal(err)
	}
	read(t, o, func(tx *db.Tx) error { // a backup takes every file that is registered
		found, err := tx.Row(`SELECT 1 FROM files WHERE digest = ? AND agency_id = ?`, []any{p.File.Digest, o.Matter(in).Agency}, new(int))
		if err == nil && !found {
			t.Error("没有登记为附件，备份不会带走")
		}
		return err
	})
}

// An action that changes a matter while its package is being made asks anew, and is not overheard, were it the same instant.
func Test封装途中又有改动的再封装一次(t *testing.T) { // ARCH-28
	o := apptest.Open(t)
	in, _ := scanned(t, o)
	print, once := o.Packer.Print, false
	out := letter(o, "关于借用除雪设备的函")
	if err := forget(o, out, "issued_files"); err != nil { // typeset while it is packed
		t.Fatal(err)
	}
	o.Packer.Print = func(p *engine.Procedure, m *engine.Matter, w engine.World) ([]archive.Printed, error) {
		if !once {
			once = true
			o.Do("3103", out, "correct", fields{"urgency": "特急"}, "登记有误，予以更正")
		}
		return print(p, m, w)
	}
	o.Pack()
	for _, id := range []db.ID{in, out} {
		made := packages(t, o, id)
		if len(made) != 1 || made[0].Version != o.Matter(id).Version || len(made[0].Faults) > 0 {
			t.Errorf("《%s》现在是第%d版，归档包是%+v", o.Matter(id).Title, o.Matter(id).Version, made)
		}
	}
}
