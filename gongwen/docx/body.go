package docx

import (
	"fmt"
	"math"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
)

// longestKept is the longest paragraph that goes along with a signature as a whole, which is how LibreOffice takes it:
// three lines.
const longestKept = 84

// blocks writes a body. A short last paragraph keeps to the signature, so that it never stands alone.
func (f *flow) blocks(blocks []gongwen.Block, signed bool) {
	for i, b := range blocks {
		l := look{}
		if signed && i == 0 && f.y > 0 { // the first line below a title without recipients
			if rows := f.rows(0, layout.Body); len(rows) > 0 && rows[0].page == 0 {
				l = f.downTo(rows[0].y, lineBody)
			}
		}
		l.keep = signed && i == len(blocks)-1 && len([]rune(b.Text)) <= longestKept
		f.block(b, l)
	}
}

func (f *flow) block(b gongwen.Block, l look) {
	switch {
	case b.Table != nil:
		f.table(b.Table)
	case b.Kind == gongwen.ListBlock:
		for i, item := range b.Items {
			if i > 0 {
				l.line = 0
			}
			f.para("Normal", l, words(item, ""))
		}
	case b.Kind == gongwen.Quote:
		f.para("Quote", l, words(b.Text, ""))
	case b.Kind == gongwen.Centered:
		f.para("Chapter", l, words(b.Text, ""))
	default:
		f.paragraph(b, l)
	}
}

// paragraph writes a paragraph; a heading on its own line is a heading to office software as well.
func (f *flow) paragraph(b gongwen.Block, l look) {
	if label := gongwen.ArticleLabel(b.Text); label != "" && b.Level == 0 {
		f.para("Normal", l, words(label, "Hei"), words(b.Text[len(label):], ""))
		return
	}
	if b.Level < 1 || b.Level > 4 {
		f.para("Normal", l, words(b.Text, ""))
		return
	}
	heading, rest := gongwen.Heading(b.Text)
	if rest == "" {
		f.para(fmt.Sprintf("Heading%d", b.Level), l, words(heading, ""))
		return
	}
	f.para("Normal", l, words(heading, [...]string{"", "Hei", "Kai", "", ""}[b.Level]), words(rest, ""))
}

// attachmentNotes writes 附件说明: a wrapped name begins under the first character of the name (7.3.4).
func (f *flow) attachmentNotes() {
	names := f.doc.AttachmentNotes
	if len(names) == 0 {
		return
	}
	f.para("Blank", look{keep: true})
	start := 5 * cell // two characters and 附件：
	for i, name := range names {
		number := ""
		if len(names) > 1 {
			number = fmt.Sprintf("%d.", i+1)
		}
		hang := start + f.opts.Fonts.Width(font.FangSong, number, 16)
		text, from := number+name, start
		if i == 0 {
			text, from = "附件："+text, 2*cell
		}
		f.para("Flush", look{keep: true, indent: indent(hang, from, 0)}, words(text, ""))
	}
}

// attendance writes 出席、请假、列席 of minutes (10.3).
func (f *flow) attendance() {
	for i, r := range f.doc.Attendance {
		if i == 0 {
			f.blank(1)
		}
		label := float64(len([]rune(r.Label))+1) * cell
		f.para("Flush", look{indent: indent(2*cell+label, 2*cell, 0)},
			words(r.Label+"：", "Hei"), words(r.Names, ""))
	}
}

// signature writes 署名、成文日期、签名章 where the layout has them, with as many blank lines above.
func (f *flow) signature() {
	rows := joined(f.rows(0, layout.Signature, layout.Stamp, layout.Date))
	if len(rows) == 0 {
		return
	}
	above := f.lastLineAbove(rows[0])
	const pitch = areaHeight / 22
	for i, r := range rows {
		if above > 0 {
			for range int(math.Round((r.y-above)/pitch)) - 1 {
				f.para("Blank", look{keep: true})
			}
		}
		above = r.y
		l := look{keep: i < len(rows)-1}
		if last := len(r.runs) - 1; whole(r) { // a single name or date is set from the right, so that it can be edited
			l.align, l.indent = "right", indent(0, 0, max(0, areaRight-r.runs[last].Right()))
			f.para("Flush", l, styled(r))
			continue
		}
		f.tabbed("Flush", l, r, true)
	}
}

// whole reports a line without gaps.
func whole(r row) bool {
	for i := 1; i < len(r.runs); i++ {
		if r.runs[i].Left()-r.runs[i-1].Right() > apart {
			return false
		}
	}
	return true
}

// styled writes the runs of a line one after the other.
func styled(r row) string {
	var b strings.Builder
	for _, run := range r.runs {
		b.WriteString(words(run.Text(), character(run)))
	}
	return b.String()
}

// lastLineAbove gives the baseline of the text above a signature on its page, 0 if there is none.
func (f *flow) lastLineAbove(first row) float64 {
	above := 0.0
	for _, r := range f.pages[first.page].Runs {
		own := contains([]layout.Element{layout.Signature, layout.Stamp, layout.Date, layout.PageNumber}, r.Element)
		if !r.Turned && !own && r.Y < first.y {
			above = max(above, r.Y)
		}
	}
	return above
}

// attachment writes an attachment on a new page: its label on line 1, its title on line 3 (7.3.7).
func (f *flow) attachment(i int, a gongwen.Attachment) {
	label := "附件"
	if len(f.doc.Attachments) > 1 {
		label = fmt.Sprintf("附件%d", i+1)
	}
	turned := len(a.Blocks) > 0 && a.Blocks[0].Table != nil && a.Blocks[0].Table.Landscape
	if turned { // label and title stand above the horizontal table
		f.para("Tiny", look{section: f.section(false)})
	}
	f.para("Flush", look{newPage: !turned}, words(label, "Hei"))
	f.blank(1)
	f.titleOf(f.rows(i+1, layout.AttachmentTitle), false)
	f.blank(1)
	if turned {
		f.turnedTable(a.Blocks[0].Table)
		f.blocks(a.Blocks[1:], false)
		return
	}
	f.blocks(a.Blocks, false)
}

// table writes a table with all rules, its head repeated on each page; a horizontal one on turned pages of its own.
func (f *flow) table(t *gongwen.Table) {
	if len(t.Rows) == 0 {
		return
	}
	if t.Landscape {
		f.para("Tiny", look{section: f.section(false)})
		f.turnedTable(t)
		return
	}
	f.grid(t)
}

// turnedTable writes a table and ends its turned pages.
func (f *flow) turnedTable(t *gongwen.Table) {
	f.grid(t)
	f.para("Tiny", look{section: f.section(true)})
}

func (f *flow) grid(t *gongwen.Table) {
	if t.Caption != "" {
		f.para("Caption", look{}, words(t.Caption, ""))
	}
	widths := layout.ColumnWidths(t, f.opts.Fonts)
	total := 0.0
	var grid strings.Builder
	for _, w := range widths {
		total += w
		fmt.Fprintf(&grid, `<w:gridCol w:w="%d"/>`, twips(w))
	}
	fmt.Fprintf(&f.b, `<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>%s</w:tblGrid>`, twips(total), grid.String())
	for i, row := range t.Rows {
		head, style := "", ""
		if i == 0 {
			head, style = `<w:tblHeader/>`, "Hei"
		}
		fmt.Fprintf(&f.b, `<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>`, head)
		for c, w := range widths {
			text := ""
			if c < len(row) {
				text = row[c]
			}
			align := "left"
			if f.opts.Fonts.Width(font.FangSong, text, 12) <= w-2.4 {
				align = "center"
			}
			fmt.Fprintf(&f.b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>`, twips(w))
			f.para("TableText", look{align: align}, words(text, style))
			f.b.WriteString(`</w:tc>`)
		}
		f.b.WriteString(`</w:tr>`)
	}
	f.b.WriteString(`</w:tbl>`)
}
