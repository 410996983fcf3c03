package sheet

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/workday"
)

var printed = Printed{By: "苏砚秋", At: workday.Date(2026, 11, 18).At(9*60 + 30)}

// incomingBook is a register of incoming documents with rows of every length and a void number.
func incomingBook(rows int) *Book {
	b := &Book{
		Office: "临溪县人民政府办公室", Title: "收文登记簿", Period: "2026年度", Signer: "登记人", Printed: printed, Sample: true,
	}
	for name := range strings.SplitSeq("顺序号 收文时间 来文单位 文号 标题 日期 密级 份数 页数 附件号 缓急 类型 要求答复及期限 承办单位 去向 办结日期 归档号", " ") {
		b.Columns = append(b.Columns, Column{Name: name, Number: name == "份数" || name == "页数"})
	}
	titles := []string{
		"关于做好今冬明春安全防范工作的通知",
		"关于转发《安澜市进一步规范行政规范性文件制定和监督管理工作实施办法》并认真做好贯彻落实工作的通知",
		"关于申请追加枫渡镇防洪堤除险加固工程资金的请示",
		"关于召开全市秋冬季农田水利建设现场会的预备通知",
	}
	for i := range rows {
		b.Rows = append(b.Rows, Row{Void: i == 3, Cells: []string{
			fmt.Sprint(i + 1), "2026年11月17日 09:10", "安澜市人民政府办公室", fmt.Sprintf("安政办〔2026〕%d号", 101+i), titles[i%4], "2026年11月13日",
			"", "2", fmt.Sprint(4 + i%7), "", []string{"", "加急"}[i%2], []string{"报批", "送阅"}[i%2], []string{"", "2026年11月25日前书面答复"}[i%2], "水利局",
			"综合科卢见山", "", "",
		}})
	}
	return b
}

// printText prints to a file and reads the text back with poppler, layout kept. With CHENGQI_SHEETS set to a folder the
// file stays there to be looked at.
func printText(t *testing.T, name string, print func(*bytes.Buffer) error) string {
	t.Helper()
	var out bytes.Buffer
	if err := print(&out); err != nil {
		t.Fatal(err)
	}
	dir := os.Getenv("CHENGQI_SHEETS")
	if dir == "" {
		dir = t.TempDir()
	}
	path := filepath.Join(dir, name+".pdf")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("没有pdftotext，不能读回")
	}
	text, err := exec.Command(tool, "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func bookText(t *testing.T, name string, b *Book) string {
	t.Helper()
	return printText(t, name, func(out *bytes.Buffer) error { return b.WritePDF(out, font.Embedded()) })
}

// squeeze drops all white space: poppler spaces text out as the page does.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

func TestRegisterPages(t *testing.T) {
	text := bookText(t, "incoming", incomingBook(45))
	pages := strings.Split(strings.TrimSuffix(text, "\f"), "\f")
	if len(pages) < 2 {
		t.Fatalf("45行应不止一页，得%d页", len(pages))
	}
	for i, page := range pages {
		for _, want := range []string{
			"收文登记簿", "临溪县人民政府办公室", "2026年度", "来文单位", "要求答复", "备注", "登记人：", "样例",
			fmt.Sprintf("第%d页共%d页", i+1, len(pages)), "打印：苏砚秋2026年11月18日09:30",
		} {
			if !strings.Contains(squeeze(page), want) {
				t.Errorf("第%d页没有“%s”", i+1, want)
			}
		}
	}
	for i := range 45 {
		if want := fmt.Sprintf("〔2026〕%d号", 101+i); !strings.Contains(text, want) {
			t.Errorf("没有%s，或被拆开", want)
		}
	}
	if strings.Count(text, "作废") != 1 {
		t.Error("作废号应在备注栏注明")
	}
}

func TestCoverAndEmptyBook(t *testing.T) {
	b := incomingBook(0)
	b.Cover = &Cover{Year: "2026年", Volume: "第一册", First: "1", Last: "45", Opened: time.Date(2026, 1, 4, 0, 0, 0, 0, workday.Zone())}
	text := bookText(t, "cover", b)
	for _, want := range []string{"2026年", "第一册", "1至45", "启用日期：", "2026年1月4日", "截止日期：", "第1页共1页"} {
		if !strings.Contains(squeeze(text), want) {
			t.Errorf("没有“%s”：%s", want, text)
		}
	}
}

// A wide book on A4 runs on in a second part that repeats serial number and number.
func TestWideBookRunsOnInTwoParts(t *testing.T) {
	b := incomingBook(5)
	b.Paper = A4Landscape
	text := bookText(t, "two-parts", b)
	pages := strings.Split(strings.TrimSuffix(text, "\f"), "\f")
	if len(pages) != 2 {
		t.Fatalf("应为两页，得%d页", len(pages))
	}
	first, second := squeeze(pages[0]), squeeze(pages[1])
	for _, page := range []string{first, second} {
		if !strings.Contains(page, "顺序号收文时间") {
			t.Errorf("没有重复前两栏：%s", page)
		}
	}
	if !strings.Contains(first, "标题") || strings.Contains(second, "标题") || strings.Contains(first, "归档号") || !strings.Contains(second, "归档号") {
		t.Error("各栏没有分在两段")
	}
}

// A row higher than a page goes on overleaf with nothing lost.
func TestRowHigherThanAPage(t *testing.T) {
	b := &Book{Title: "电话记录", Paper: A5Landscape, Columns: []Column{{Name: "时刻"}, {Name: "内容"}}}
	var items []string
	for i := range 200 {
		items = append(items, fmt.Sprintf("事项%03d", i))
	}
	b.Rows = []Row{{Cells: []string{"09:30", strings.Join(items, "，")}}}
	text := bookText(t, "high-row", b)
	if strings.Count(text, "\f") < 2 {
		t.Error("应不止一页")
	}
	flat := squeeze(text)
	for _, item := range items {
		if !strings.Contains(flat, item[len("事项"):]) {
			t.Errorf("丢了%s", item)
		}
	}
}

func TestPaperByNumberOfColumns(t *testing.T) {
	if b := (&Book{Columns: make([]Column, 15)}); b.paper() != A3Landscape {
		t.Error("超过14栏应用A3横")
	}
	if b := (&Book{Columns: make([]Column, 14)}); b.paper() != A4Landscape {
		t.Error("14栏应用A4横")
	}
	if _, err := ParsePaper("A2横"); err == nil {
		t.Error("不应有A2横")
	}
	if p, err := ParsePaper("A5横"); err != nil || p != A5Landscape {
		t.Error(p, err)
	}
}

func BenchmarkBookPDF(b *testing.B) {
	book, fonts := incomingBook(1000), font.Embedded()
	for b.Loop() {
		if err := book.WritePDF(&bytes.Buffer{}, fonts); err != nil {
			b.Fatal(err)
		}
	}
}
