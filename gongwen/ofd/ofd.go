// Package ofd writes OFD files 版式文件 (GB/T 33190-2016), the national format of laid-out electronic documents:
// millimetres from the top left corner, text with the place of every character, embedded fonts, lines, shapes,
// pictures. A file keeps within the archive subset OFD-A (GB/T 42133-2022): nothing outside the file is needed, no
// actions, no encryption. It neither signs files nor reads those of others, and knows nothing of official documents.
//
//	doc := ofd.New(ofd.Options{Title: "关于做好防汛工作的通知"})
//	draw.Text(doc.AddPage(210, 297), 28, 45, fonts, font.FangSong, 16, "临溪县人民政府")
//	_, err := doc.WriteTo(w)
//
// Invariant: the text of a file is the text drawn, every font used is embedded and shows each of its characters,
// identifiers are unique, and the same calls give the same bytes.
package ofd

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/gongwen/draw"
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// Options tell what the file says about itself.
type Options struct {
	Title, Author, Subject string
	Creator                string    // the program; empty: 承启
	Created                time.Time // zero: the file carries no time
	Custom                 []Custom  // further metadata, such as the items of GB/T 33480
	Archive                bool      // OFD-A instead of OFD
}

// Custom 自定义元数据 is one item of metadata.
type Custom struct{ Name, Value string }

// Doc 文件: an OFD being written.
type Doc struct {
	opts   Options
	pages  []*Page
	faces  []*face // in the order of first use, so that bytes repeat
	images []*picture
	lastID int
}

type picture struct {
	id   int
	file string
	img  *draw.Image
}

// New starts a file.
func New(opts Options) *Doc {
	if opts.Creator == "" {
		opts.Creator = "承启"
	}
	return &Doc{opts: opts}
}

// AddPage adds a page of a size in mm.
func (d *Doc) AddPage(width, height float64) *Page {
	p := &Page{doc: d, width: width, height: height, id: d.next(), layer: d.next()}
	d.pages = append(d.pages, p)
	return p
}

// next gives an identifier not used before.
func (d *Doc) next() int {
	d.lastID++
	return d.lastID
}

// face 内嵌字体: the part of a font that a file uses. A character shows one glyph; where one font draws it in two
// ways the file has the font twice.
type face struct {
	id     int
	font   *font.Font
	shapes map[rune]font.GID
}

// faceFor gives the embedded font in which all these characters show these glyphs.
func (d *Doc) faceFor(f *font.Font, glyphs []draw.Glyph) *face {
	for _, fc := range d.faces {
		if fc.font == f && fc.takes(glyphs) {
			return fc
		}
	}
	fc := &face{id: d.next(), font: f, shapes: map[rune]font.GID{}}
	fc.takes(glyphs)
	d.faces = append(d.faces, fc)
	return fc
}

// takes adds the characters unless one of them is shown otherwise already.
func (fc *face) takes(glyphs []draw.Glyph) bool {
	for _, g := range glyphs {
		if known, ok := fc.shapes[g.Rune]; ok && known != g.ID {
			return false
		}
	}
	for _, g := range glyphs {
		fc.shapes[g.Rune] = g.ID
	}
	return true
}

func (d *Doc) picture(img *draw.Image) *picture {
	for _, known := range d.images {
		if known.img == img {
			return known
		}
	}
	p := &picture{id: d.next(), img: img}
	p.file = fmt.Sprintf("image_%d.%s", p.id, img.Format)
	d.images = append(d.images, p)
	return p
}

const (
	declaration = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	namespace   = `xmlns:ofd="http://www.ofdspec.org/2016"`
)

// WriteTo writes the file.
func (d *Doc) WriteTo(out io.Writer) (int64, error) {
	type entry struct {
		name string
		data []byte
	}
	var entries []entry
	add := func(name string, data []byte) { entries = append(entries, entry{name, data}) }
	add("Doc_0/Document.xml", d.document())
	add("Doc_0/PublicRes.xml", d.publicRes())
	if len(d.images) > 0 {
		add("Doc_0/DocumentRes.xml", d.documentRes())
	}
	for i, p := range d.pages {
		add(fmt.Sprintf("Doc_0/Pages/Page_%d/Content.xml", i), p.content())
	}
	for _, fc := range d.faces {
		add("Doc_0/Res/"+fc.file(), fc.font.Embed(fc.shapes))
	}
	for _, p := range d.images {
		add("Doc_0/Res/"+p.file, p.img.Data)
	}
	sum := sha256.New()
	for _, e := range entries {
		sum.Write(e.data)
	}
	head := entry{"OFD.xml", d.root(fmt.Sprintf("%x", sum.Sum(nil)[:16]))}
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for _, e := range append([]entry{head}, entries...) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: e.name, Method: zip.Deflate, Modified: d.opts.Created})
		if err != nil {
			return 0, err
		}
		if _, err := w.Write(e.data); err != nil {
			return 0, err
		}
	}
	if err := z.Close(); err != nil {
		return 0, err
	}
	n, err := out.Write(file.Bytes())
	return int64(n), err
}

func (fc *face) file() string {
	if fc.font.CFF() {
		return fmt.Sprintf("font_%d.otf", fc.id)
	}
	return fmt.Sprintf("font_%d.ttf", fc.id)
}

// root gives OFD.xml, the entrance.
func (d *Doc) root(id string) []byte {
	var b strings.Builder
	kind := "OFD"
	if d.opts.Archive {
		kind = "OFD-A"
	}
	fmt.Fprintf(&b, declaration+`<ofd:OFD %s Version="1.0" DocType="%s"><ofd:DocBody><ofd:DocInfo><ofd:DocID>%s</ofd:DocID>`, namespace, kind, id)
	element := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "<ofd:%s>%s</ofd:%s>", name, escape(value), name)
		}
	}
	element("Title", d.opts.Title)
	element("Author", d.opts.Author)
	element("Subject", d.opts.Subject)
	if !d.opts.Created.IsZero() {
		element("CreationDate", d.opts.Created.Format("2006-01-02"))
	}
	element("Creator", d.opts.Creator)
	if len(d.opts.Custom) > 0 {
		b.WriteString("<ofd:CustomDatas>")
		for _, c := range d.opts.Custom {
			fmt.Fprintf(&b, `<ofd:CustomData Name="%s">%s</ofd:CustomData>`, escape(c.Name), escape(c.Value))
		}
		b.WriteString("</ofd:CustomDatas>")
	}
	b.WriteString("</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>")
	return []byte(b.String())
}

func (d *Doc) document() []byte {
	var b strings.Builder
	w, h := 210.0, 297.0
	if len(d.pages) > 0 {
		w, h = d.pages[0].width, d.pages[0].height
	}
	fmt.Fprintf(&b, declaration+`<ofd:Document %s><ofd:CommonData><ofd:MaxUnitID>%d</ofd:MaxUnitID>`+
		`<ofd:PageArea><ofd:PhysicalBox>0 0 %s %s</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>`,
		namespace, d.lastID, num(w), num(h))
	if len(d.images) > 0 {
		b.WriteString("<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>")
	}
	b.WriteString("</ofd:CommonData><ofd:Pages>")
	for i, p := range d.pages {
		fmt.Fprintf(&b, `<ofd:Page ID="%d" BaseLoc="Pages/Page_%d/Content.xml"/>`, p.id, i)
	}
	b.WriteString("</ofd:Pages></ofd:Document>")
	return []byte(b.String())
}

func (d *Doc) publicRes() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, declaration+`<ofd:Res %s BaseLoc="Res">`, namespace)
	if len(d.faces) > 0 {
		b.WriteString("<ofd:Fonts>")
		for _, fc := range d.faces {
			name := escape(fc.font.Name())
			fmt.Fprintf(&b, `<ofd:Font ID="%d" FontName="%s" FamilyName="%s"><ofd:FontFile>%s</ofd:FontFile></ofd:Font>`, fc.id, name, name, fc.file())
		}
		b.WriteString("</ofd:Fonts>")
	}
	b.WriteString("</ofd:Res>")
	return []byte(b.String())
}

func (d *Doc) documentRes() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, declaration+`<ofd:Res %s BaseLoc="Res"><ofd:MultiMedias>`, namespace)
	for _, p := range d.images {
		fmt.Fprintf(&b, `<ofd:MultiMedia ID="%d" Type="Image" Format="%s"><ofd:MediaFile>%s</ofd:MediaFile></ofd:MultiMedia>`,
			p.id, strings.ToUpper(p.img.Format), p.file)
	}
	b.WriteString("</ofd:MultiMedias></ofd:Res>")
	return []byte(b.String())
}
