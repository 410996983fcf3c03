package sheet

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen/font"
	qrcode "github.com/skip2/go-qrcode"
)

// poppler runs a tool of poppler on a printed file.
func poppler(t *testing.T, print func(*bytes.Buffer) error, tool string, args ...string) []byte {
	t.Helper()
	path, err := exec.LookPath(tool)
	if err != nil {
		t.Skipf("没有%s，不能读回", tool)
	}
	var file bytes.Buffer
	if err := print(&file); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "sheet.pdf")
	if err := os.WriteFile(name, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(path, append(args, name, "-")...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var bboxWord = regexp.MustCompile(`<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>`)

// Everything printed stands inside the margins, the foot below them.
func TestTextStaysInsideTheMargins(t *testing.T) {
	for _, c := range []struct {
		name  string
		paper Paper
		print func(*bytes.Buffer) error
	}{
		{"收文登记簿", A3Landscape, func(b *bytes.Buffer) error { return incomingBook(40).WritePDF(b, font.Embedded()) }},
		{"文件处理单", A4, func(b *bytes.Buffer) error { return incomingSheet(t).WritePDF(b, font.Embedded()) }},
		{"送阅文件单", A4, func(b *bytes.Buffer) error { return readSheet(30).WritePDF(b, font.Embedded()) }},
	} {
		w, h := c.paper.size()
		words := bboxWord.FindAllSubmatch(poppler(t, c.print, "pdftotext", "-bbox"), -1)
		if len(words) == 0 {
			t.Fatalf("%s没有读出文字", c.name)
		}
		for _, word := range words {
			var box [4]float64
			for i := range box {
				box[i], _ = strconv.ParseFloat(string(word[i+1]), 64)
				box[i] *= font.PointMM
			}
			if box[0] < marginLeft-0.3 || box[2] > w-marginRight+0.3 || box[1] < 5 || box[3] > h-5 {
				t.Errorf("%s：“%s”在边距以外 %.1f", c.name, word[5], box)
			}
		}
	}
}

// Opinion cells are at least 25 mm high, other cells 9 mm, lines of a register 8 mm.
func TestLeastHeights(t *testing.T) {
	if minRow < 8 || minCell < 9 || minOpinion < 25 {
		t.Fatal("行高低于规定")
	}
	for _, c := range []struct {
		cell Cell
		want float64
	}{
		{Cell{}, 9},
		{Cell{Height: 4}, 9},
		{Cell{Height: 40}, 40},
		{Cell{Kind: Opinions}, 25},
		{Cell{Kind: Entries, Height: 14}, 14},
	} {
		if got := c.cell.least(); got != c.want {
			t.Errorf("%+v：%v，应为%v", c.cell, got, c.want)
		}
	}
}

// The mark on paper is, dot by dot, the code of number and value, 20 mm wide and 8 mm from the edge.
func TestCheckMarkReadsNumberAndValueOnly(t *testing.T) {
	f := incomingSheet(t)
	want := f.Check.Number + "\n" + f.Check.Value
	code, err := qrcode.New(want, qrcode.Medium)
	if err != nil {
		t.Fatal(err)
	}
	code.DisableBorder = true
	dots := code.Bitmap()

	const perMM = 10 // 254 dpi
	w, h := A4.size()
	x, y := int((w-marginRight-markSize)*perMM), int((h-markBottom-markSize)*perMM)
	side := fmt.Sprint(int(markSize * perMM))
	print := func(b *bytes.Buffer) error { return f.WritePDF(b, font.Embedded()) }
	gray := pgm(t, print, "-gray", "-r", "254", "-x", fmt.Sprint(x), "-y", fmt.Sprint(y), "-W", side, "-H", side)
	for i, row := range dots {
		for j, dark := range row {
			px := int((float64(j) + 0.5) * markSize * perMM / float64(len(row)))
			py := int((float64(i) + 0.5) * markSize * perMM / float64(len(dots)))
			if got := gray[py][px] < 128; got != dark {
				t.Fatalf("第%d行第%d点：黑=%v，应为%v", i, j, got, dark)
			}
		}
	}
}

// pgm renders a part of the page to gray values, row by row.
func pgm(t *testing.T, print func(*bytes.Buffer) error, args ...string) [][]byte {
	t.Helper()
	path, err := exec.LookPath("pdftoppm")
	if err != nil {
		t.Skip("没有pdftoppm，不能看图")
	}
	var file bytes.Buffer
	if err := print(&file); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Stdin = &file
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var width, height, most int
	if _, err := fmt.Sscanf(string(out), "P5\n%d %d\n%d", &width, &height, &most); err != nil {
		t.Fatal(err)
	}
	pixels := out[len(out)-width*height:]
	rows := make([][]byte, height)
	for i := range rows {
		rows[i] = pixels[i*width : (i+1)*width]
	}
	return rows
}
