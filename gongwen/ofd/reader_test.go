package ofd_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"strconv"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// The finished file is read back by a reader that follows the standard (GB/T 33190-2016), not the writer.

type readFile struct {
	entries map[string][]byte
	info    struct {
		ID    string `xml:"DocBody>DocInfo>DocID"`
		Title string `xml:"DocBody>DocInfo>Title"`
		Root  string `xml:"DocBody>DocRoot"`
		Type  string `xml:"DocType,attr"`
		Data  []struct {
			Name  string `xml:"Name,attr"`
			Value string `xml:",chardata"`
		} `xml:"DocBody>DocInfo>CustomDatas>CustomData"`
	}
	maxID  int
	ids    map[int]bool
	fonts  map[int]*font.Font
	images map[int][]byte
	pages  [][]placed
}

// placed is one character or shape on the paper.
type placed struct {
	r    rune // 0: a shape
	x, y float64
	size float64
	ctm  bool
	font *font.Font
	data string
	box  [4]float64
}

func read(t *testing.T, data []byte) *readFile {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f := &readFile{entries: map[string][]byte{}, ids: map[int]bool{}, fonts: map[int]*font.Font{}, images: map[int][]byte{}}
	for i, e := range z.File {
		if i == 0 && e.Name != "OFD.xml" {
			t.Errorf("第一个文件是%s", e.Name)
		}
		r, err := e.Open()
		if err != nil {
			t.Fatal(err)
		}
		if f.entries[e.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	f.decode(t, "OFD.xml", &f.info)
	var doc struct {
		Max   int      `xml:"CommonData>MaxUnitID"`
		Box   string   `xml:"CommonData>PageArea>PhysicalBox"`
		Res   []string `xml:"CommonData>PublicRes"`
		More  []string `xml:"CommonData>DocumentRes"`
		Pages []struct {
			ID  int    `xml:"ID,attr"`
			Loc string `xml:"BaseLoc,attr"`
		} `xml:"Pages>Page"`
	}
	f.decode(t, f.info.Root, &doc)
	f.maxID = doc.Max
	base := path.Dir(f.info.Root)
	for _, res := range append(doc.Res, doc.More...) {
		f.resources(t, path.Join(base, res))
	}
	for _, p := range doc.Pages {
		f.take(t, p.ID)
		f.page(t, path.Join(base, p.Loc))
	}
	return f
}

func (f *readFile) decode(t *testing.T, name string, v any) {
	t.Helper()
	data, ok := f.entries[name]
	if !ok {
		t.Fatalf("缺少%s", name)
	}
	if err := xml.Unmarshal(data, v); err != nil {
		t.Fatalf("%s：%v", name, err)
	}
}

// take notes an identifier: unique, and not above MaxUnitID.
func (f *readFile) take(t *testing.T, id int) {
	t.Helper()
	if id <= 0 || id > f.maxID || f.ids[id] {
		t.Errorf("标识%d重复或超出%d", id, f.maxID)
	}
	f.ids[id] = true
}

func (f *readFile) resources(t *testing.T, name string) {
	t.Helper()
	var res struct {
		Base  string `xml:"BaseLoc,attr"`
		Fonts []struct {
			ID   int    `xml:"ID,attr"`
			Name string `xml:"FontName,attr"`
			File string `xml:"FontFile"`
		} `xml:"Fonts>Font"`
		Media []struct {
			ID     int    `xml:"ID,attr"`
			Format string `xml:"Format,attr"`
			File   string `xml:"MediaFile"`
		} `xml:"MultiMedias>MultiMedia"`
	}
	f.decode(t, name, &res)
	at := func(file string) []byte {
		data, ok := f.entries[path.Join(path.Dir(name), res.Base, file)]
		if !ok {
			t.Fatalf("缺少%s", file)
		}
		return data
	}
	for _, r := range res.Fonts {
		f.take(t, r.ID)
		parsed, err := font.Parse(at(r.File), 0)
		if err != nil || r.Name == "" {
			t.Fatalf("字体%s：%v", r.File, err)
		}
		f.fonts[r.ID] = parsed
	}
	for _, r := range res.Media {
		f.take(t, r.ID)
		f.images[r.ID] = at(r.File)
	}
}

type object struct {
	XMLName  xml.Name
	ID       int     `xml:"ID,attr"`
	Boundary string  `xml:"Boundary,attr"`
	CTM      string  `xml:"CTM,attr"`
	Font     int     `xml:"Font,attr"`
	Size     float64 `xml:"Size,attr"`
	Resource int     `xml:"ResourceID,attr"`
	Data     string  `xml:"AbbreviatedData"`
	Code     struct {
		X      float64 `xml:"X,attr"`
		Y      float64 `xml:"Y,attr"`
		DeltaX string  `xml:"DeltaX,attr"`
		Text   string  `xml:",chardata"`
	} `xml:"TextCode"`
}

func (f *readFile) page(t *testing.T, name string) {
	t.Helper()
	var page struct {
		Layers []struct {
			ID      int      `xml:"ID,attr"`
			Objects []object `xml:",any"`
		} `xml:"Content>Layer"`
	}
	f.decode(t, name, &page)
	var out []placed
	for _, l := range page.Layers {
		f.take(t, l.ID)
		for _, o := range l.Objects {
			f.take(t, o.ID)
			out = append(out, f.object(t, o)...)
		}
	}
	f.pages = append(f.pages, out)
}

func (f *readFile) object(t *testing.T, o object) []placed {
	t.Helper()
	b := numbers(t, o.Boundary)
	if len(b) != 4 {
		t.Fatalf("Boundary=%q", o.Boundary)
	}
	area := [4]float64(b)
	toPaper := func(x, y float64) (float64, float64) {
		if m := numbers(t, o.CTM); len(m) == 6 {
			x, y = m[0]*x+m[2]*y+m[4], m[1]*x+m[3]*y+m[5]
		}
		return x + b[0], y + b[1]
	}
	switch o.XMLName.Local {
	case "PathObject":
		return []placed{{data: o.Data, box: area, ctm: o.CTM != ""}}
	case "ImageObject":
		if f.images[o.Resource] == nil {
			t.Errorf("没有图片%d", o.Resource)
		}
		return []placed{{data: "image", box: area, ctm: o.CTM != ""}}
	case "TextObject":
	default:
		t.Fatalf("未知的图元%s", o.XMLName.Local)
	}
	face := f.fonts[o.Font]
	if face == nil {
		t.Fatalf("没有字体%d", o.Font)
	}
	runes := []rune(o.Code.Text)
	deltas := expand(t, o.Code.DeltaX)
	if len(deltas) != len(runes)-1 {
		t.Fatalf("“%s”有%d个字，%d个间距", o.Code.Text, len(runes), len(deltas))
	}
	var out []placed
	at := o.Code.X
	for i, r := range runes {
		if i > 0 {
			at += deltas[i-1]
		}
		if face.Glyph(r) == 0 {
			t.Errorf("内嵌字体没有“%c”", r)
		}
		x, y := toPaper(at, o.Code.Y)
		out = append(out, placed{r: r, x: x, y: y, size: o.Size, font: face, box: area, ctm: o.CTM != ""})
	}
	return out
}

// expand writes out the short form g count value of a list of distances.
func expand(t *testing.T, s string) []float64 {
	t.Helper()
	var out []float64
	words := strings.Fields(s)
	for i := 0; i < len(words); i++ {
		n, value := 1, words[i]
		if words[i] == "g" {
			n, _ = strconv.Atoi(words[i+1])
			value = words[i+2]
			i += 2
		}
		v, err := strconv.ParseFloat(value, 64)
		if err != nil {
			t.Fatalf("间距%q", s)
		}
		for range n {
			out = append(out, v)
		}
	}
	return out
}

func numbers(t *testing.T, s string) []float64 {
	t.Helper()
	var out []float64
	for _, w := range strings.Fields(s) {
		v, err := strconv.ParseFloat(w, 64)
		if err != nil {
			t.Fatalf("数值%q", s)
		}
		out = append(out, v)
	}
	return out
}
