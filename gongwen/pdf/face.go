package pdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"unicode/utf16"

	"github.com/chengqi-oa/chengqi/gongwen/draw"
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// face 内嵌字体: the part of a font that a file uses. Every pair of glyph and character has a number of its own,
// so that two characters drawn by one glyph are still told apart when the text is copied.
type face struct {
	name   string
	font   *font.Font
	cids   map[shape]uint16
	shapes []shape
}

type shape struct {
	glyph font.GID
	char  rune
}

func (d *Doc) face(f *font.Font) *face {
	if fc := d.fonts[f]; fc != nil {
		return fc
	}
	fc := &face{name: fmt.Sprintf("F%d", len(d.faces)+1), font: f, cids: map[shape]uint16{}, shapes: []shape{{}}}
	d.fonts[f] = fc
	d.faces = append(d.faces, fc)
	return fc
}

func (f *face) cid(g draw.Glyph) uint16 {
	s := shape{g.ID, g.Rune}
	if c, ok := f.cids[s]; ok {
		return c
	}
	c := uint16(len(f.shapes))
	f.cids[s] = c
	f.shapes = append(f.shapes, s)
	return c
}

// write writes the five objects of the font and gives the number of the first.
func (f *face) write(w *writer) int {
	glyphs := make([]font.GID, len(f.shapes))
	for i, s := range f.shapes {
		glyphs[i] = s.glyph
	}
	subset := f.font.Subset(glyphs)
	sum := sha256.Sum256(subset.Data)
	tag := make([]byte, 6)
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	base := string(tag) + "+" + f.font.Name()

	kind, key, fileDict := "CIDFontType2", "FontFile2", fmt.Sprintf("/Length1 %d", len(subset.Data))
	mapping := " /CIDToGIDMap /Identity"
	if subset.CFF {
		kind, key, fileDict, mapping = "CIDFontType0", "FontFile3", "/Subtype /CIDFontType0C", ""
	}
	file := w.stream(fileDict, subset.Data)
	unicode := w.stream("", f.toUnicode())
	scale := 1000 / float64(f.font.UnitsPerEm())
	box := f.font.BBox()
	descriptor := w.object(fmt.Sprintf("<</Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [%.0f %.0f %.0f %.0f] "+
		"/ItalicAngle 0 /Ascent %.0f /Descent %.0f /CapHeight %.0f /StemV 80 /%s %d 0 R>>", base,
		float64(box[0])*scale, float64(box[1])*scale, float64(box[2])*scale, float64(box[3])*scale,
		float64(f.font.Ascent())*scale, float64(f.font.Descent())*scale, float64(f.font.Ascent())*scale, key, file))
	descendant := w.object(fmt.Sprintf("<</Type /Font /Subtype /%s /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) "+
		"/Ordering (Identity) /Supplement 0>> /FontDescriptor %d 0 R /DW 1000 /W [%s]%s>>", kind, base, descriptor, f.widths(scale), mapping))
	return w.object(fmt.Sprintf("<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H "+
		"/DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>", base, descendant, unicode))
}

// widths lists the glyphs that are not one em wide.
func (f *face) widths(scale float64) []byte {
	var b []byte
	for cid, s := range f.shapes {
		if w := float64(f.font.Advance(s.glyph)) * scale; w != 1000 {
			b = fmt.Appendf(b, "%d [", cid)
			b = append(appendNumber(b, w), "] "...)
		}
	}
	return b
}

func (f *face) toUnicode() []byte {
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for from := 1; from < len(f.shapes); from += 100 { // at most 100 entries a block
		to := min(from+100, len(f.shapes))
		fmt.Fprintf(&b, "%d beginbfchar\n", to-from)
		for cid := from; cid < to; cid++ {
			fmt.Fprintf(&b, "<%04X> <", cid)
			for _, u := range utf16.Encode([]rune{f.shapes[cid].char}) {
				fmt.Fprintf(&b, "%04X", u)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.Bytes()
}
