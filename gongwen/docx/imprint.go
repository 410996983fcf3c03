package docx

import (
	"fmt"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// Thickness of the lines of 版记 in eighths of a point: 0.35 mm and 0.25 mm (7.4.1).
const (
	imprintThick = 8
	imprintThin  = 6
)

// imprint writes 版记 as a table that stands on the lower edge of the text area of the page it is on (7.4).
func (f *flow) imprint() {
	d := f.doc
	hang := fmt.Sprintf(`<w:ind w:left="%d" w:right="280" w:hanging="%d"/>`, 4*280, 3*280)
	var rows []string
	list := func(label, organs string) {
		rows = append(rows, fmt.Sprintf(`<w:p><w:pPr><w:pStyle w:val="Imprint"/>%s</w:pPr>%s</w:p>`, hang, words(label+organs+"。", "")))
	}
	if f.moved() && d.Recipients != "" {
		list("主送：", d.Recipients)
	}
	if d.CopiesTo != "" {
		list("抄送：", d.CopiesTo)
	}
	ruled := len(rows) // no line between 主送 and 抄送 (7.4.2)
	letter := d.Layout == gongwen.Letter
	if !letter && (d.Printer != "" || d.PrintDate != "") {
		date := d.PrintDate
		if date != "" {
			date += "印发"
		}
		rows = append(rows, fmt.Sprintf(`<w:p><w:pPr><w:pStyle w:val="Imprint"/><w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs><w:ind w:left="280" w:right="0"/></w:pPr>%s</w:p>`,
			twips(areaWidth)-280, words(d.Printer+"\t"+date, "")))
	}
	if len(rows) == 0 {
		return
	}
	width := twips(areaWidth)
	fmt.Fprintf(&f.b, `<w:tbl><w:tblPr><w:tblpPr w:vertAnchor="margin" w:horzAnchor="margin" w:tblpX="1" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>`+
		`<w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>`+
		`<w:tblGrid><w:gridCol w:w="%d"/></w:tblGrid>`, width, width)
	for i, r := range rows {
		var lines strings.Builder
		if !letter {
			if i == 0 {
				edge(&lines, "top", imprintThick)
			} else if i == ruled {
				edge(&lines, "top", imprintThin)
			}
			if i == len(rows)-1 {
				edge(&lines, "bottom", imprintThick)
			}
		}
		fmt.Fprintf(&f.b, `<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:tcBorders>%s</w:tcBorders></w:tcPr>%s</w:tc></w:tr>`, width, lines.String(), r)
	}
	f.b.WriteString(`</w:tbl>`)
	f.para("Tiny", look{}) // a table is followed by a paragraph
}

func edge(b *strings.Builder, side string, width int) {
	fmt.Fprintf(b, `<w:%s w:val="single" w:sz="%d" w:space="0" w:color="000000"/>`, side, width)
}
