package draw_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen/draw"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/pdf"
	"github.com/chengqi-oa/chengqi/gongwen/svg"
)

// unknown is a character of a plane no typeface of ours draws.
const unknown = "\U0001F9FE"

func page(p draw.Page, text string) {
	draw.Text(p, 20, 40, font.Embedded(), font.FangSong, 22, text)
}

// A name with a character no font has prints as a box with its code, and keeps the character in the text of the file.
func TestUnknownCharacterIsShown(t *testing.T) {
	text := "周" + unknown + "远"
	f, g := font.Embedded().Pick(font.FangSong, []rune(unknown)[0])
	if g != 0 {
		t.Fatalf("%s已有此字，换一个再试", f.Name())
	}
	picture := svg.NewPage(60, 60, "页")
	page(picture, text)
	if s := picture.String(); !strings.Contains(s, unknown) || strings.Count(s, "<path ") != 3 { // two outlines and the box
		t.Errorf("没有画出未知字的方框：%s", s)
	}
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("没有安装pdftotext")
	}
	doc := pdf.New(pdf.Options{})
	page(doc.AddPage(60, 60), text)
	file := filepath.Join(t.TempDir(), "a.pdf")
	var out bytes.Buffer
	if _, err := doc.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := exec.Command(reader, file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(strings.Fields(string(got)), "") != text {
		t.Errorf("读回“%s”，应为“%s”", got, text)
	}
}

// What is blank by nature gets no box.
func TestBlanksHaveNoBox(t *testing.T) {
	picture := svg.NewPage(60, 60, "页")
	page(picture, "一\u200b\u2003\ufe0f\t二")
	if s := picture.String(); strings.Count(s, "<path ") != 2 {
		t.Errorf("空白不应画出：%s", s)
	}
}

// A picture is well-formed whatever is written in it.
func TestPictureIsWellFormed(t *testing.T) {
	picture := svg.NewPage(60, 60, `"<页>"`)
	picture.Tag("data-element", `a"b`)
	page(picture, `<&">'`)
	picture.Turned(0, 60, 90, func() { picture.Line(1, 2, 3, 4, 0.1) })
	d := xml.NewDecoder(strings.NewReader(picture.String()))
	for {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
