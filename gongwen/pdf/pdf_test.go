package pdf_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/gongwen/draw"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/pdf"
)

func sample() []byte {
	doc := pdf.New(pdf.Options{Title: "临溪县人民政府 <样例>", Author: "临溪县人民政府", Created: time.Date(2026, 3, 5, 9, 0, 0, 0, time.FixedZone("", 8*3600))})
	page := doc.AddPage(210, 297)
	fonts := font.Embedded()
	page.SetColor(draw.Color{R: 0.9, G: 0.2, B: 0.2})
	draw.Text(page, 28, 80, fonts, font.Title, 42, "临溪县人民政府文件")
	page.Line(28, 100, 184, 100, 0.35)
	page.SetColor(draw.Black)
	draw.Text(page, 28, 120, fonts, font.FangSong, 14, "现将防汛工作通知如下：临政发〔2026〕12号★，《办法》“引文”——周…")
	draw.Text(page, 28, 130, fonts, font.Hei, 16, "一、总体要求 ABC 0123456789")
	draw.Text(page, 28, 140, fonts, font.Kai, 16, "（一）强化值守。12.5%")
	page.Rect(28, 150, 50, 20, 0.25)
	page.Circle(120, 170, 21, 0.8)
	page.Turned(28, 250, 90, func() { draw.Text(page, 28, 250, fonts, font.FangSong, 16, "横排表格") })
	var b bytes.Buffer
	doc.WriteTo(&b)
	return b.Bytes()
}

func TestReadBack(t *testing.T) {
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("没有安装pdftotext")
	}
	file := filepath.Join(t.TempDir(), "sample.pdf")
	if err := os.WriteFile(file, sample(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(reader, "-layout", file, "-").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, want := range []string{"临溪县人民政府文件", "临政发〔2026〕12号★，《办法》“引文”——周…", "（一）强化值守。12.5%"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("读回的文字缺少%q：\n%s", want, out)
		}
	}
	if !bytes.Equal(sample(), sample()) {
		t.Error("两次写出的文件不同")
	}
}
