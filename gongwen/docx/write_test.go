package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/docx"
)

func documents(t testing.TB) map[string]*gongwen.Document {
	t.Helper()
	files, err := filepath.Glob("../testdata/documents/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("没有样例公文", err)
	}
	docs := map[string]*gongwen.Document{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		docs[strings.TrimSuffix(filepath.Base(name), ".txt")] = gongwen.Parse(string(text))
	}
	return docs
}

func written(t testing.TB, d *gongwen.Document) []byte {
	t.Helper()
	data, err := docx.Write(d, docx.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Every part is well-formed, every relation leads to a part, the same document gives the same bytes.
func TestWritePackage(t *testing.T) {
	for name, d := range documents(t) {
		data := written(t, d)
		if !bytes.Equal(data, written(t, d)) {
			t.Errorf("%s：两次写出的文件不同", name)
		}
		parts := unpacked(t, data)
		for part, content := range parts {
			if strings.HasSuffix(part, ".png") {
				continue
			}
			decoder := xml.NewDecoder(bytes.NewReader(content))
			for {
				if _, err := decoder.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("%s的%s：%v", name, part, err)
				}
			}
		}
		var relations struct {
			List []struct {
				ID     string `xml:"Id,attr"`
				Target string `xml:"Target,attr"`
			} `xml:"Relationship"`
		}
		if err := xml.Unmarshal(parts["word/_rels/document.xml.rels"], &relations); err != nil {
			t.Fatal(err)
		}
		known := map[string]bool{}
		for _, r := range relations.List {
			known[r.ID] = true
			if parts["word/"+r.Target] == nil {
				t.Errorf("%s：没有%s", name, r.Target)
			}
		}
		styles := string(parts["word/styles.xml"])
		decoder := xml.NewDecoder(bytes.NewReader(parts["word/document.xml"]))
		for {
			token, err := decoder.Token()
			if err != nil {
				break
			}
			start, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			for _, a := range start.Attr {
				if a.Name.Space == "http://schemas.openxmlformats.org/officeDocument/2006/relationships" && !known[a.Value] {
					t.Errorf("%s：没有关系%s", name, a.Value)
				}
				named := start.Name.Local == "pStyle" || start.Name.Local == "rStyle" || start.Name.Local == "tblStyle"
				if named && !strings.Contains(styles, `w:styleId="`+a.Value+`"`) {
					t.Errorf("%s：没有样式%s", name, a.Value)
				}
			}
		}
	}
}

func unpacked(t testing.TB, data []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, e := range z.File {
		r, err := e.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[e.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// Page and type are those of GB/T 9704-2012: A4, 37, 28, 26, 35 mm, 三号仿宋, number on odd and even pages.
func TestWritePage(t *testing.T) {
	parts := unpacked(t, written(t, documents(t)["01-notice"]))
	text := string(parts["word/document.xml"])
	for _, want := range []string{
		`<w:pgSz w:w="11906" w:h="16838"/>`, `w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"`,
		`<w:footerReference w:type="even"`, `<w:footerReference w:type="default"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("没有%s", want)
		}
	}
	if s := string(parts["word/styles.xml"]); !strings.Contains(s, `w:eastAsia="仿宋_GB2312"/><w:spacing w:val="-5"/><w:sz w:val="32"/>`) {
		t.Error("正文不是三号仿宋")
	}
	for file, side := range map[string]string{"word/footer1.xml": "right", "word/footer2.xml": "left"} {
		if s := string(parts[file]); !strings.Contains(s, " PAGE ") || !strings.Contains(s, `<w:jc w:val="`+side+`"/>`) {
			t.Errorf("%s：%s", file, s)
		}
	}
}

// A watermark stands in a header of its own under every page, as Word's own does; the text stays what it was.
func TestWatermark(t *testing.T) {
	raw, err := docx.Write(documents(t)["01-notice"], docx.Options{Watermark: []string{"工作秘密　陈志远 3101", `收<12>号&"`}})
	if err != nil {
		t.Fatal(err)
	}
	parts, plain := unpacked(t, raw), unpacked(t, written(t, documents(t)["01-notice"]))
	if plain["word/header1.xml"] != nil {
		t.Error("没有水印也有页眉")
	}
	shown := 0
	for d := xml.NewDecoder(bytes.NewReader(parts["word/header1.xml"])); ; {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "textpath" {
			for _, a := range e.Attr {
				if a.Name.Local == "string" && a.Value == `工作秘密　陈志远 3101　收<12>号&"` {
					shown++
				}
			}
		}
	}
	if shown < 2 {
		t.Errorf("水印有 %d 处", shown)
	}
	for part, want := range map[string]string{"word/_rels/document.xml.rels": "header1.xml", "[Content_Types].xml": "/word/header1.xml"} {
		if !bytes.Contains(parts[part], []byte(want)) {
			t.Errorf("%s没有%s", part, want)
		}
	}
	got := string(parts["word/document.xml"])
	for _, kind := range []string{"default", "even", "first"} {
		reference := `<w:headerReference w:type="` + kind + `" r:id="rId8"/>`
		if !strings.Contains(got, reference) {
			t.Errorf("没有%s页的页眉", kind)
		}
		got = strings.ReplaceAll(got, reference, "")
	}
	if got != string(plain["word/document.xml"]) {
		t.Error("正文因水印变了")
	}
}

// A document that went through DOCX is recognised again: nothing of its words is lost, its elements are where they
// were.
func TestRoundTrip(t *testing.T) {
	for name, d := range documents(t) {
		got, err := docx.Read(written(t, d))
		if err != nil {
			t.Fatalf("%s：%v", name, err)
		}
		same := func(what, a, b string) {
			if a != b {
				t.Errorf("%s的%s读为“%s”，应为“%s”", name, what, a, b)
			}
		}
		same("标题", got.Title, strings.ReplaceAll(d.Title, "\n", ""))
		same("文号", got.Number, d.Number)
		same("份号", got.CopyNumber, d.CopyNumber)
		same("密级", got.Secrecy.String(), d.Secrecy.String())
		same("紧急程度", got.Urgency, d.Urgency)
		same("签发人", strings.Join(got.Signers, "、"), strings.Join(d.Signers, "、"))
		same("主送机关", got.Recipients, d.Recipients)
		same("附件说明", strings.Join(got.AttachmentNotes, "|"), strings.Join(d.AttachmentNotes, "|"))
		same("成文日期", got.Date, d.Date)
		same("附注", got.Note, d.Note)
		same("抄送机关", got.CopiesTo, d.CopiesTo)
		same("印发机关", got.Printer, d.Printer)
		same("印发日期", got.PrintDate, d.PrintDate)
		same("正文", bodyText(got.Body), bodyText(d.Body))
		if len(got.Attachments) != len(d.Attachments) {
			t.Errorf("%s有%d个附件，应为%d个", name, len(got.Attachments), len(d.Attachments))
			continue
		}
		for i, a := range d.Attachments {
			same("附件标题", got.Attachments[i].Title, strings.ReplaceAll(a.Title, "\n", ""))
			same("附件", bodyText(got.Attachments[i].Blocks), bodyText(a.Blocks))
		}
	}
}

func bodyText(blocks []gongwen.Block) string {
	var lines []string
	for _, b := range blocks {
		lines = append(lines, b.PlainText())
	}
	return strings.Join(lines, "\n")
}
