package search

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen/draw"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/pdf"
	"golang.org/x/text/encoding/simplifiedchinese"
	_ "modernc.org/sqlite"
	"pgregory.net/rapid"
)

func TestTokens(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"收文登记", "收文 文登 登记 记"},
		{"印", "印"},
		{"青政办〔2026〕７号", "青政 政办 办 2026 7 号"},
		{"关于A4纸、Excel表", "关于 于 a4 纸 excel 表"},
		{"通知　通知", "通知 知"},
		{"收文\n登记", "收文 文登 登记 记"}, // a line of a PDF ends in the middle of a word
		{"张三 李四", "张三 三 李四 四"},
		{"two\nlines", "two lines"},
		{"𠮷田", "𠮷田 田"},
		{"《、》 —— '\" *", ""},
	} {
		if got := Tokens(c.text); got != c.want {
			t.Errorf("Tokens(%q) = %q，应为%q", c.text, got, c.want)
		}
	}
}

func TestQueryForms(t *testing.T) {
	for _, c := range []struct{ typed, fts, ts string }{
		{"收文登记", `"收文" AND "文登" AND "登记"`, `'收文' & '文登' & '登记'`},
		{"王 2026", `"王"* AND "2026"`, `'王':* & '2026'`},
		{`" OR 1=1 --`, `"or" AND "1"`, `'or' & '1'`},
		{"，。'", "", ""},
	} {
		q := ParseQuery(c.typed)
		if q.FTS5() != c.fts || q.TSQuery() != c.ts || q.Empty() != (c.fts == "") {
			t.Errorf("%q → %s、%s", c.typed, q.FTS5(), q.TSQuery())
		}
	}
	if q := ParseQuery(strings.Repeat("甲乙丙丁戊己庚辛壬癸子丑寅卯", 30)); len(q.terms) > maxTerms {
		t.Errorf("检索词过多：%d", len(q.terms))
	}
}

// Every part of a text finds the text again, in the index itself.
func TestAnyPartOfATextFindsIt(t *testing.T) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE VIRTUAL TABLE idx USING fts5(tokens, tokenize='unicode61', detail=none)`); err != nil {
		t.Fatal(err)
	}
	alphabet := []rune("关于做好防汛工作的通知青临县〔2026〕３号，。 \nabÉ")
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom(alphabet), 1, 40, -1).Draw(t, "text")
		runes := []rune(text)
		from := rapid.IntRange(0, len(runes)-1).Draw(t, "from")
		to := rapid.IntRange(from+1, len(runes)).Draw(t, "to")
		part := words(string(runes[from:to]))
		for _, w := range part {
			// Latin words and numbers are found whole; a stretch of them is not one of ours.
			if !w.ideographic && !containsWord(words(text), w) {
				return
			}
		}
		q := ParseQuery(string(runes[from:to]))
		if q.Empty() {
			return
		}
		var found int
		if _, err := db.Exec(`DELETE FROM idx`); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(`INSERT INTO idx(tokens) VALUES (?)`, Tokens(text)); err != nil {
			t.Fatal(err)
		}
		if err := db.QueryRow(`SELECT count(*) FROM idx WHERE idx MATCH ?`, q.FTS5()).Scan(&found); err != nil || found != 1 {
			t.Fatalf("%q 中的 %q（%s）没有找到：%v", text, string(runes[from:to]), q.FTS5(), err)
		}
	})
}

func containsWord(list []word, w word) bool {
	for _, have := range list {
		if string(have.runes) == string(w.runes) {
			return true
		}
	}
	return false
}

func marked(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.Hit {
			b.WriteString("[" + p.Text + "]")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestSnippet(t *testing.T) {
	text := "各乡镇人民政府：为切实做好今年的防汛\n工作，经县政府同意，现将有关事项通知如下。一、落实防汛责任。二、备足 A4 纸。"
	for _, c := range []struct {
		typed string
		width int
		want  string
	}{
		{"防汛工作", 20, "…做好今年的[防汛工作]，经县政府同意，现将有…"},
		{"防汛 责任", 16, "…一、落实[防汛][责任]。二、备足 A4…"},
		{"Ａ４", 10, "…二、备足 [A4] 纸。"},
		{"没有", 8, "各乡镇人民政府：…"},
		{"", 200, strings.ReplaceAll(text, "\n", "")},
	} {
		if got := marked(Snippet(text, ParseQuery(c.typed), c.width)); got != c.want {
			t.Errorf("%q：%q，应为%q", c.typed, got, c.want)
		}
	}
}

func TestSnippetIsAStretchOfTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("防汛工作通知甲乙 ")), 0, 60, -1).Draw(t, "text")
		typed := rapid.StringOfN(rapid.SampledFrom([]rune("防汛工作通知甲乙 ")), 0, 6, -1).Draw(t, "typed")
		width := rapid.IntRange(1, 30).Draw(t, "width")
		var b strings.Builder
		for _, p := range Snippet(text, ParseQuery(typed), width) {
			if p.Text != "…" {
				b.WriteString(p.Text)
			}
		}
		if got := b.String(); !strings.Contains(string(reflow(text)), got) || len([]rune(got)) > width {
			t.Fatalf("%q 中检索 %q，得 %q", text, typed, got)
		}
	})
}

// pack makes a zip file of named parts.
func pack(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range parts {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tinyPDF makes a one-page file with a standard font, enough for both readers.
func tinyPDF() []byte {
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
		"<</Length 43>>stream\nBT /F 12 Tf 20 100 Td (Notice 2026) Tj ET  \nendstream",
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
	}
	var b, table bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	for i, o := range objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 6\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF\n", table.String(), start)
	return b.Bytes()
}

func TestExtract(t *testing.T) {
	gbk, _ := simplifiedchinese.GB18030.NewEncoder().String("防汛通知")
	for name, c := range map[string]struct {
		media string
		data  []byte
		want  string
	}{
		"docx": {"", pack(t, map[string]string{"word/document.xml": `<w:document xmlns:w="w"><w:p><w:r><w:t>关于防汛</w:t></w:r><w:r><w:t>的通知</w:t><w:delText>删去</w:delText></w:r></w:p><w:p><w:r><w:t>各乡镇：</w:t></w:r></w:p></w:document>`}), "关于防汛的通知\n各乡镇：\n"},
		"xlsx": {"", pack(t, map[string]string{"xl/sharedStrings.xml": `<sst><si><t>姓名</t></si><si><t>单位</t></si></sst>`}), "姓名\n单位\n"},
		"ofd":  {"", pack(t, map[string]string{"Doc_0/Pages/Page_0/Content.xml": `<ofd:Page xmlns:ofd="o"><ofd:TextObject><ofd:TextCode X="0">防汛</ofd:TextCode></ofd:TextObject></ofd:Page>`}), "防汛\n"},
		"text": {"text/plain", []byte("\uFEFF防汛"), "防汛"},
		"gbk":  {"text/plain", []byte(gbk), "防汛通知"},
	} {
		if got, err := Extract(t.Context(), c.media, c.data); err != nil || got != c.want {
			t.Errorf("%s：%q %v，应为%q", name, got, err, c.want)
		}
	}
	if got, err := Extract(t.Context(), "", tinyPDF()); err != nil || !strings.Contains(got, "Notice 2026") {
		t.Errorf("pdf：%q %v", got, err)
	}
	if got, err := readPDF(t.Context(), tinyPDF()); err != nil || !strings.Contains(got, "Notice 2026") {
		t.Errorf("pdf，不借助外部程序：%q %v", got, err)
	}
	for _, data := range [][]byte{[]byte("\x89PNG"), pack(t, map[string]string{"a": "b"})} {
		if _, err := Extract(t.Context(), "image/png", data); !errors.Is(err, ErrNoText) {
			t.Errorf("%.4q：%v", data, err)
		}
	}
}

// Our own prints, in embedded Chinese fonts, are found with and without poppler.
func TestExtractOwnPDF(t *testing.T) {
	doc := pdf.New(pdf.Options{Title: "通知"})
	draw.Text(doc.AddPage(210, 297), 28, 45, font.Embedded(), font.FangSong, 16, "关于做好防汛工作的通知")
	var file bytes.Buffer
	if _, err := doc.WriteTo(&file); err != nil {
		t.Fatal(err)
	}
	for name, read := range map[string]func() (string, error){
		"Extract": func() (string, error) { return Extract(t.Context(), "application/pdf", file.Bytes()) },
		"readPDF": func() (string, error) { return readPDF(t.Context(), file.Bytes()) },
	} {
		if text, err := read(); err != nil || !strings.Contains(text, "关于做好防汛工作的通知") {
			t.Errorf("%s：%q %v", name, text, err)
		}
	}
}

func FuzzExtract(f *testing.F) {
	f.Add(tinyPDF())
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		_, _ = readPDF(context.Background(), data)
		_, _ = packageText(data)
	})
}

func BenchmarkTokens(b *testing.B) {
	text := strings.Repeat("关于进一步做好今年汛期防汛抗旱工作的通知，各乡镇人民政府要高度重视。", 15)
	for b.Loop() {
		Tokens(text)
	}
}
