package ofd_test

import (
	"bytes"
	"image"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/draw"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
	"github.com/chengqi-oa/chengqi/gongwen/ofd"
	"github.com/chengqi-oa/chengqi/gongwen/render"
)

func documents(t *testing.T) map[string]*gongwen.Document {
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
		docs[filepath.Base(name)] = gongwen.Parse(string(text))
	}
	return docs
}

// Every character of every sample document stands in the OFD within a hundredth of a millimetre of its place in the
// layout, and nothing else stands there.
func TestOFDIsTheLayout(t *testing.T) {
	for name, doc := range documents(t) {
		pages := layout.Lay(doc, font.Embedded(), layout.Options{})
		data, err := render.PagesOFD(doc, pages, render.Options{})
		if err != nil {
			t.Fatalf("%s：%v", name, err)
		}
		file := read(t, data)
		if len(file.pages) != len(pages) {
			t.Fatalf("%s：%d页，应为%d页", name, len(file.pages), len(pages))
		}
		if len(file.info.ID) != 32 || file.info.Title != strings.ReplaceAll(doc.Title, "\n", "") {
			t.Errorf("%s：标识%q，标题%q", name, file.info.ID, file.info.Title)
		}
		for i, p := range pages {
			compare(t, name, p, file.pages[i])
		}
	}
}

func compare(t *testing.T, name string, want layout.Page, got []placed) {
	t.Helper()
	var chars []placed
	shapes := 0
	for _, g := range got {
		if g.r == 0 {
			shapes++
		} else if g.r != ' ' {
			chars = append(chars, g)
		}
	}
	if least := len(want.Rules) + 2*drawn(want.Seals); shapes < least {
		t.Errorf("%s第%d页：%d个图形，应有%d个", name, want.Number, shapes, least)
	}
	n := 0
	for _, turned := range []bool{false, true} {
		for _, r := range want.Runs {
			if r.Turned != turned {
				continue
			}
			for _, g := range r.Glyphs {
				if g.Rune == ' ' {
					continue
				}
				if n >= len(chars) {
					t.Fatalf("%s第%d页：缺“%s”", name, want.Number, r.Text())
				}
				c := chars[n]
				n++
				x, y := g.X, r.Y
				if turned { // reading upwards from the foot of the page
					x, y = r.Y, layout.PageHeight-g.X
				}
				if c.r != g.Rune || math.Abs(c.x-x) > 0.01 || math.Abs(c.y-y) > 0.01 || math.Abs(c.size-r.Size*font.PointMM) > 0.001 || c.ctm != turned {
					t.Fatalf("%s第%d页：“%c”在(%.3f, %.3f)，应为“%c”在(%.3f, %.3f)", name, want.Number, c.r, c.x, c.y, g.Rune, x, y)
				}
				inside := c.x >= c.box[0]-0.01 && c.x <= c.box[0]+c.box[2]+0.01 && c.y >= c.box[1]-0.01 && c.y <= c.box[1]+c.box[3]+0.01
				if !inside {
					t.Errorf("%s第%d页：“%c”不在图元框%v内", name, want.Number, c.r, c.box)
				}
				if a, b := inkOf(r.Font, g.ID), inkOf(c.font, c.font.Glyph(c.r)); a != b {
					t.Errorf("%s第%d页：“%c”的字形不同", name, want.Number, c.r)
				}
			}
		}
	}
	if n != len(chars) {
		t.Errorf("%s第%d页：多出“%c”等%d个字", name, want.Number, chars[n].r, len(chars)-n)
	}
}

func inkOf(f *font.Font, g font.GID) font.Box {
	box, ok := f.Ink(g)
	if !ok {
		return font.Box{}
	}
	unit := 1 / float64(f.UnitsPerEm())
	return font.Box{X0: box.X0 * unit, Y0: box.Y0 * unit, X1: box.X1 * unit, Y1: box.Y1 * unit}
}

// drawn counts the seals that are drawn as a ring and a shape.
func drawn(seals []layout.Seal) (n int) {
	for _, s := range seals {
		if !s.Blank && len(s.Image) == 0 {
			n++
		}
	}
	return n
}

// A picture goes along as its file; one character shown in two ways takes the font twice; bytes repeat.
func TestPicturesAndTwiceShownCharacters(t *testing.T) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 4, 2))); err != nil {
		t.Fatal(err)
	}
	img, err := draw.NewImage(picture.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	write := func() []byte {
		doc := ofd.New(ofd.Options{Title: "图<片>", Archive: true})
		page := doc.AddPage(210, 297)
		page.Image(10, 20, 30, 15, img)
		page.Turned(0, 297, 90, func() { page.Image(10, 307, 30, 15, img) })
		f := font.Embedded().Font(font.FangSong)
		page.Glyphs(50, f, 16, []draw.Glyph{{ID: f.Glyph('一'), Rune: '一', X: 10}})
		page.Glyphs(60, f, 16, []draw.Glyph{{ID: f.Glyph('二'), Rune: '一', X: 10}, {ID: f.Glyph('三'), Rune: '&', X: 20}})
		var out bytes.Buffer
		if _, err := doc.WriteTo(&out); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	file := read(t, write())
	if !bytes.Equal(write(), write()) {
		t.Error("两次写出的文件不同")
	}
	if file.info.Title != "图<片>" || file.info.Type != "OFD-A" || len(file.fonts) != 2 || len(file.images) != 1 {
		t.Errorf("%+v，%d个字体，%d张图片", file.info, len(file.fonts), len(file.images))
	}
	got := file.pages[0]
	if got[0].box != [4]float64{10, 20, 30, 15} || got[1].box != [4]float64{10, 257, 15, 30} {
		t.Errorf("图片在%v、%v", got[0].box, got[1].box)
	}
	if got[2].font == got[3].font || got[4].r != '&' {
		t.Errorf("文字读回为%+v", got[2:])
	}
}

// The metadata of GB/T 33480-2016 go along with the document.
func TestMetadata(t *testing.T) {
	doc := documents(t)["42-rare-names.txt"]
	data, err := render.OFD(doc, render.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, d := range read(t, data).info.Data {
		got[d.Name] = d.Value
	}
	for name, want := range map[string]string{"文种": "通报", "发文字号": "临政发〔2026〕12号", "成文日期": "2026年3月5日"} {
		if got[name] != want {
			t.Errorf("%s为“%s”，应为“%s”", name, got[name], want)
		}
	}
}
