package api_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/chengqi-oa/chengqi/gongwen/draw"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/pdf"
	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
)

type viewingsAnswer struct {
	Total int
	Items []struct{ At, Person, Unit, Deed, What, Address string }
}

// lines writes the book as one reads it: 何人 方式 内容, the latest first.
func (a viewingsAnswer) lines() []string {
	out := make([]string, len(a.Items))
	for i, v := range a.Items {
		out[i] = strings.TrimSpace(v.Person + " " + v.Deed + " " + v.What)
	}
	return out
}

// scanned is a scan of one page.
func scanned(t *testing.T, text string) []byte {
	t.Helper()
	doc := pdf.New(pdf.Options{})
	draw.Text(doc.AddPage(210, 297), 30, 40, font.Embedded(), font.FangSong, 16, text)
	var out bytes.Buffer
	if _, err := doc.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// arrived is a document as it stands at the clerk's desk, signed for and not yet registered.
func arrived(t *testing.T, o *apptest.Office, secret bool, name string, content []byte) (m, scan db.ID) {
	t.Helper()
	clerk := o.Directory().ByUsername("3102")
	f, err := o.Files.Put(t.Context(), o.DB, clerk.Agency, clerk.ID, name, bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	m = o.Create("3102", "incoming", apptest.Fields{"sender": "安澜市委组织部", "addressee": o.Issuer("临政办"), "channel": "机要交换"})
	o.Do("3102", m, "sign", apptest.Fields{"copies_ok": true, "routing_ok": true, "seal_ok": true})
	o.Do("3102", m, "register", apptest.Fields{
		"title": "关于报送下步人事安排设想的函", "doc_date": "2026-11-15", "type": "报批", "secrecy": "无", "urgency": "平件", "copies": 1, "pages": 1,
		"attachment_number": "无", "work_secret": secret, "files": []any{f.ID.String()},
	})
	return m, f.ID
}

func Test工作秘密件看的印的下载的都有水印并记入查阅记录(t *testing.T) { // SEC-38
	o := apptest.Open(t)
	m, scan := arrived(t, o, true, "来文.pdf", scanned(t, "人事安排设想"))
	page, director, clerk := "/matters/"+m.String(), enter(t, o, "1010"), enter(t, o, "3102")

	type shown struct {
		WorkSecret bool `json:"work_secret"`
		Viewings   bool
		Watermark  []string
	}
	seen := get[shown](clerk, page)
	want := []string{"工作秘密　何映雪 3102", "收〔2026〕1号　" + o.Now().In(db.Location).Format("2006-01-02 15:04")}
	if !seen.WorkSecret || seen.Viewings || fmt.Sprint(seen.Watermark) != fmt.Sprint(want) {
		t.Errorf("页面上是 %+v", seen)
	}
	get[shown](clerk, page) // a page that draws itself anew is not looked at twice
	mark := strings.ReplaceAll(strings.Join(want, " "), "　", " ")
	for _, path := range []string{page + "/paper.pdf", "/files/" + scan.String(), "/files/" + scan.String() + "?download=1"} {
		text := apptest.Printed(t, clerk.do(http.MethodGet, path, nil, http.StatusOK))
		if len(text) != 1 || !strings.Contains(text[0], mark) {
			t.Errorf("%s 没有水印“%s”：%v", path, mark, text)
		}
	}
	sheet := apptest.Printed(t, clerk.do(http.MethodGet, page+"/paper.pdf", nil, http.StatusOK))[0]
	if strings.Count(sheet, "工作秘密") != strings.Count(sheet, "何映雪 3102")+1 { // once besides the watermark
		t.Errorf("单上没有标识：%s", sheet)
	}
	clerk.do(http.MethodGet, "/registers/incoming/book.xlsx", nil, http.StatusOK)

	clerk.do(http.MethodGet, page+"/viewings", nil, http.StatusForbidden)
	enter(t, o, "3207").do(http.MethodGet, page+"/viewings", nil, http.StatusNotFound)
	o.Advance(2 * time.Minute)
	get[shown](director, page)
	book := get[viewingsAnswer](director, page+"/viewings")
	got := fmt.Sprint(book.lines())
	if got != "[马骁原 查看 何映雪 导出 收文登记簿 何映雪 打印 文件处理单 何映雪 下载 来文.pdf 何映雪 查看 来文.pdf 何映雪 打印 文件处理单 何映雪 查看]" {
		t.Errorf("查阅记录是 %s", got)
	}
	if first := book.Items[0]; first.Address != "127.0.0.1" || first.Unit == "" || first.At == "" {
		t.Errorf("一条查阅记录是 %+v", first)
	}
	if part := get[viewingsAnswer](director, page+"/viewings?page=2&size=3"); part.Total != 7 || len(part.Items) != 3 || part.lines()[0] != "何映雪 下载 来文.pdf" {
		t.Errorf("第二页是 %v", part.lines())
	}
	workbook, err := excelize.OpenReader(bytes.NewReader(director.do(http.MethodGet, page+"/viewings.xlsx", nil, http.StatusOK)))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := workbook.GetRows(workbook.GetSheetName(0))
	if text := fmt.Sprint(rows); err != nil || !strings.Contains(text, "来文.pdf") || !strings.Contains(text, "127.0.0.1") {
		t.Errorf("导出的是 %v，%v", rows, err)
	}
}

func Test平常件没有水印也不记(t *testing.T) { // SEC-38
	o := apptest.Open(t)
	m, scan := arrived(t, o, false, "来文.pdf", scanned(t, "供暖工作"))
	director, page := enter(t, o, "1010"), "/matters/"+m.String()
	director.do(http.MethodGet, page, nil, http.StatusOK)
	if text := apptest.Printed(t, director.do(http.MethodGet, "/files/"+scan.String(), nil, http.StatusOK)); strings.Contains(text[0], "马骁原") {
		t.Errorf("平常件打了水印：%v", text)
	}
	if book := get[viewingsAnswer](director, page+"/viewings"); book.Total != 0 {
		t.Errorf("平常件记了 %v", book.lines())
	}
}

func Test工作秘密件要打开来阅不能成批标为已阅(t *testing.T) { // SEC-38
	o := apptest.Open(t)
	for _, secret := range []bool{true, false} {
		m, _ := arrived(t, o, secret, "来文.pdf", scanned(t, "供暖工作"))
		o.Do("3102", m, "add-reader", apptest.Fields{"add_readers": []string{o.Person("3302")}})
	}
	type task struct {
		Matter struct {
			WorkSecret bool `json:"work_secret"`
		}
		ReadsWith string `json:"reads_with"`
	}
	items := get[struct{ Items []task }](enter(t, o, "3302"), "/tasks?box=reading").Items
	if len(items) != 2 {
		t.Fatalf("待阅 %+v", items)
	}
	for _, it := range items {
		if (it.ReadsWith == "") != it.Matter.WorkSecret {
			t.Errorf("%+v", it)
		}
	}
}

func Test打不上水印的附件不给出(t *testing.T) { // SEC-38
	o := apptest.Open(t)
	m, scan := arrived(t, o, false, "来文.txt", []byte("人事安排设想"))
	clerk := enter(t, o, "3102")
	clerk.do(http.MethodGet, "/files/"+scan.String(), nil, http.StatusOK)
	o.Do("3102", m, "correct", apptest.Fields{"work_secret": true}, "漏标")
	broken, bad := arrived(t, o, true, "坏了的.pdf", []byte("%PDF-1.4\n%%EOF\n"))
	for _, id := range []db.ID{scan, bad} {
		var said struct {
			Reasons []struct{ Text, Clause string }
		}
		answer := clerk.do(http.MethodGet, "/files/"+id.String()+"?download=1", nil, http.StatusUnprocessableEntity)
		if err := json.Unmarshal(answer, &said); err != nil {
			t.Fatal(err)
		}
		if len(said.Reasons) != 1 || said.Reasons[0].Clause != "SEC-38" || !strings.Contains(said.Reasons[0].Text, "重新上传") {
			t.Errorf("拒绝的理由是 %s", answer)
		}
	}
	director := enter(t, o, "1010")
	if book := get[viewingsAnswer](director, "/matters/"+broken.String()+"/viewings"); book.Total != 0 {
		t.Errorf("没有给出的也记了：%v", book.lines())
	}
}

func Test工作秘密公文的各种文件都有水印(t *testing.T) { // SEC-38
	o := apptest.Open(t)
	m := o.Create("3302", "outgoing", apptest.Fields{
		"title": "临溪县人民政府办公室关于人事工作的通知", "recipients": "各乡镇人民政府", "body": "现通知如下。", "work_secret": true,
	})
	drafter, page := enter(t, o, "3302"), "/matters/"+m.String()
	text := apptest.Printed(t, drafter.do(http.MethodGet, page+"/paper.pdf?sheet=document", nil, http.StatusOK))
	if n := strings.Count(text[0], "阮清如 3302"); n == 0 || strings.Count(text[0], "工作秘密") != n+1 || strings.Contains(text[0], "★") {
		t.Errorf("公文上是 %v", text)
	}
	for ext, part := range map[string]string{"ofd": "Doc_0/Pages/Page_0/Content.xml", "docx": "word/header1.xml"} {
		raw := drafter.do(http.MethodGet, page+"/paper."+ext+"?sheet=document", nil, http.StatusOK)
		z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			t.Fatal(err)
		}
		in, err := z.Open(part)
		if err != nil {
			t.Fatalf("%s：%v", ext, err)
		}
		content, err := io.ReadAll(in)
		if err != nil || !bytes.Contains(content, []byte("阮清如")) {
			t.Errorf("%s 里没有水印：%v", ext, err)
		}
	}
	type paper struct{ Pages []string }
	if drawn := get[paper](drafter, page+"/paper?sheet=document"); !strings.Contains(drawn.Pages[0], "阮清如 3302") {
		t.Error("屏幕上的公文没有水印")
	}
	var preview paper
	answer := drafter.do(http.MethodPost, "/preview", map[string]any{"kind": "outgoing", "matter": m, "fields": map[string]any{}}, http.StatusOK)
	if err := json.Unmarshal(answer, &preview); err != nil || !strings.Contains(preview.Pages[0], "阮清如 3302") {
		t.Errorf("预览没有水印：%v", err)
	}
}
