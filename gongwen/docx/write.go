package docx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
)

// Options say how to write. The zero value is right for most.
type Options struct {
	Layout  layout.Options
	Fonts   *font.Set // what lines are measured with; nil: the embedded ones
	Created time.Time // zero: none

	Watermark []string // lines drawn aslant under every page; none: no watermark
}

// Write writes a document as DOCX. Head, title and signature stand where package layout puts them; the body flows,
// so that it can be edited. Seals are left out: no editable file carries a seal.
func Write(doc *gongwen.Document, opts Options) ([]byte, error) {
	if opts.Fonts == nil {
		opts.Fonts = font.Embedded()
	}
	pages := layout.Lay(doc, opts.Fonts, opts.Layout)
	f := &flow{doc: doc, opts: opts, pages: pages, parts: sorted(pages), y: areaTop}
	f.write()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	type part struct{ name, text string }
	types, related, above := contentTypes, relations, []part(nil)
	if len(opts.Watermark) > 0 {
		types = strings.Replace(types, "</Types>", headerType+"</Types>", 1)
		related = strings.Replace(related, "</Relationships>", headerRelation+"</Relationships>", 1)
		above = []part{{"word/header1.xml", header(opts.Watermark)}}
	}
	for _, part := range append([]part{
		{"[Content_Types].xml", types},
		{"_rels/.rels", packageRelations},
		{"docProps/core.xml", coreProperties(doc, opts.Created)},
		{"word/document.xml", declaration + `<w:document ` + namespaces + `><w:body>` + f.b.String() + `</w:body></w:document>`},
		{"word/_rels/document.xml.rels", related},
		{"word/styles.xml", stylesPart()},
		{"word/settings.xml", settings},
		{"word/fontTable.xml", fontTable()},
		{"word/footer1.xml", footer("right")},
		{"word/footer2.xml", footer("left")},
		{"word/media/line.png", string(blackDot())},
		{"word/footer3.xml", declaration + `<w:ftr ` + namespaces + `><w:p/></w:ftr>`},
	}, above...) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: opts.Created})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(part.text)); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// The text area (GB/T 9704-2012 5.2) and what Word makes of it: lines of a fixed height, 28.95 pt so that 22 of them
// fit, of which four fifths lie above the baseline.
const (
	areaLeft, areaTop     = 28.0, 37.0
	areaWidth, areaHeight = 156.0, 225.0
	areaRight             = areaLeft + areaWidth
	cell                  = areaWidth / 28
	lineBody              = 579 // twips
	aboveBaseline         = 0.8
)

// flow is the text part being written.
type flow struct {
	doc   *gongwen.Document
	opts  Options
	pages []layout.Page
	b     strings.Builder
	parts map[int][]row
	y     float64 // how far down page 1 is written, as far as head and title go

	drawings int // how many are numbered
}

// twips are twentieths of a point.
func twips(mm float64) int { return int(math.Round(mm / font.PointMM * 20)) }

func millimetres(twips int) float64 { return float64(twips) / 20 * font.PointMM }

func (f *flow) write() {
	f.head()
	f.title()
	f.recipients()
	f.blocks(f.doc.Body, true)
	f.attachmentNotes()
	f.attendance()
	f.signature()
	if f.doc.Note != "" {
		f.para("Normal", look{}, words("（"+f.doc.Note+"）", ""))
	}
	for i, a := range f.doc.Attachments {
		f.attachment(i, a)
	}
	f.imprint()
	f.b.WriteString(f.section(false))
}

// look is how a paragraph differs from its style.
type look struct {
	keep, newPage                        bool // with the next paragraph; on a new page
	frame, border, tabs, indent, section string
	before, line                         int // twips
	align                                string
}

// String gives the properties in the order of the schema (ISO/IEC 29500-1 17.3.1.26).
func (l look) String() string {
	out := ""
	if l.keep {
		out += `<w:keepNext/>`
	}
	if l.newPage {
		out += `<w:pageBreakBefore/>`
	}
	out += l.frame + l.border
	if l.tabs != "" {
		out += `<w:tabs>` + l.tabs + `</w:tabs>`
	}
	if l.line > 0 {
		out += fmt.Sprintf(`<w:spacing w:before="%d" w:line="%d" w:lineRule="exact"/>`, l.before, l.line)
	}
	out += l.indent
	if l.align != "" {
		out += `<w:jc w:val="` + l.align + `"/>`
	}
	return out + l.section
}

// para writes a paragraph.
func (f *flow) para(style string, l look, runs ...string) {
	fmt.Fprintf(&f.b, `<w:p><w:pPr><w:pStyle w:val="%s"/>%s</w:pPr>%s</w:p>`, style, l, strings.Join(runs, ""))
}

// indent sets the left edge of a paragraph and where its first line begins, and the distance from the right edge.
func indent(left, first, right float64) string {
	return fmt.Sprintf(`<w:ind w:left="%d" w:right="%d" w:firstLineChars="0" w:hanging="%d"/>`, twips(left), twips(right), twips(left-first))
}

// blank writes empty lines.
func (f *flow) blank(n int) {
	for range n {
		f.para("Blank", look{})
	}
}

// words writes text in a character style. Punctuation that both scripts use is told to be Chinese.
func words(text, style string) string {
	if text == "" {
		return ""
	}
	if style != "" {
		style = `<w:rStyle w:val="` + style + `"/>`
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<w:r><w:rPr>%s<w:rFonts w:hint="eastAsia"/></w:rPr>`, style)
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteString(`<w:br/>`)
		}
		for k, part := range strings.Split(line, "\t") {
			if k > 0 {
				b.WriteString(`<w:tab/>`)
			}
			fmt.Fprintf(&b, `<w:t xml:space="preserve">%s</w:t>`, escape(part))
		}
	}
	return b.String() + `</w:r>`
}

// escape also leaves out what XML cannot write.
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "")))
}

// downTo gives a line of a height in twips whose baseline is to stand at a place of page 1. At the top of the page
// there is less room above the baseline than office software takes: the line is made lower, but never so low that
// the tops of its characters are cut off.
func (f *flow) downTo(baseline float64, height int) look {
	before := baseline - aboveBaseline*millimetres(height) - f.y
	if before < 0 {
		const lowest = 0.65
		height = max(twips((baseline-f.y)/aboveBaseline), int(float64(height)*lowest))
		before = 0
	}
	f.y += before + millimetres(height)
	return look{before: twips(before), line: height}
}

// row is one line of the layout: the runs of an element with one baseline.
type row struct {
	page int
	y    float64
	runs []layout.Run
}

func (r row) text() string {
	var b strings.Builder
	for _, run := range r.runs {
		b.WriteString(run.Text())
	}
	return b.String()
}

// rows gives the lines of some elements in their order on the pages; of attachments those of one.
func (f *flow) rows(attachment int, elements ...layout.Element) []row {
	var out []row
	for _, r := range f.parts[attachment] {
		if !contains(elements, r.runs[0].Element) {
			continue
		}
		if n := len(out); n > 0 && out[n-1].page == r.page && out[n-1].y == r.y {
			out[n-1].runs = append(out[n-1].runs, r.runs...)
			continue
		}
		out = append(out, row{r.page, r.y, slices.Clone(r.runs)})
	}
	return out
}

// sorted puts the runs of the layout by the attachment they belong to, 0 the document itself.
func sorted(pages []layout.Page) map[int][]row {
	out := map[int][]row{}
	for i, p := range pages {
		for _, r := range p.Runs {
			a := r.Source.Attachment
			out[a] = append(out[a], row{i, r.Y, []layout.Run{r}})
		}
	}
	return out
}

func contains(list []layout.Element, e layout.Element) bool {
	for _, l := range list {
		if l == e {
			return true
		}
	}
	return false
}

// section closes a part of the text with its page and footers; a turned one is for horizontal tables.
func (f *flow) section(turned bool) string {
	size, margins := `<w:pgSz w:w="11906" w:h="16838"/>`, [4]float64{37, 26, 35, 28}
	if turned { // the left edge of the paper is the top of the table (8.2)
		size, margins = `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>`, [4]float64{28, 37, 26, 35}
	}
	first := ""
	if f.doc.Layout == gongwen.Letter { // no number on page 1 of a letter (10.1)
		first = `<w:titlePg/>`
	}
	above := ""
	if len(f.opts.Watermark) > 0 {
		above = headerReferences
	}
	return fmt.Sprintf(`<w:sectPr>%s<w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>`+
		`<w:footerReference w:type="first" r:id="rId6"/>%s<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="851" w:footer="%d" w:gutter="0"/>%s</w:sectPr>`,
		above, size, twips(margins[0]), twips(margins[1]), twips(margins[2]), twips(margins[3]), footerFromEdge, first)
}
