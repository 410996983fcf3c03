package docx

import (
	"fmt"
	"math"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
)

// head writes 版头.
func (f *flow) head() {
	if f.doc.Layout == gongwen.Letter && len(f.rows(0, layout.Mark)) > 0 {
		f.letterHead()
		return
	}
	for _, r := range f.rows(0, layout.CopyNumber, layout.Secrecy, layout.WorkSecret, layout.Urgency) {
		style := "Hei"
		if r.runs[0].Element == layout.CopyNumber {
			style = ""
		}
		f.para("Flush", f.downTo(r.y, lineBody), words(r.text(), style))
	}
	f.mark(f.rows(0, layout.Mark))
	rows := joined(f.rows(0, layout.Number, layout.Signers))
	line := f.redLine()
	if len(rows) == 0 && line > 0 {
		l := f.downTo(line, 20)
		l.border = f.border("single", 11, 0)
		f.para("Flush", l)
		return
	}
	for i, r := range rows {
		l := f.downTo(r.y, lineBody)
		if i == len(rows)-1 && line > 0 {
			l.border = f.border("single", 11, int(math.Round((line-f.y)/font.PointMM)))
			f.y = line
		}
		f.tabbed("Flush", l, r, f.doc.Layout == gongwen.Upward)
	}
}

// joined puts the runs of one height together and sorts them from left to right. A name stamp and the office beside it
// stand level by their middles, not by their baselines.
func joined(rows []row) []row {
	const level = 3.0
	var out []row
	for _, r := range rows {
		at := -1
		for i := range out {
			if out[i].page == r.page && math.Abs(out[i].y-r.y) < level {
				at = i
			}
		}
		if at < 0 {
			out = append(out, row{r.page, r.y, nil})
			at = len(out) - 1
		}
		for _, run := range r.runs {
			k := len(out[at].runs)
			for k > 0 && out[at].runs[k-1].Left() > run.Left() {
				k--
			}
			out[at].runs = append(out[at].runs[:k], append([]layout.Run{run}, out[at].runs[k:]...)...)
		}
	}
	return out
}

// apart is a gap that only a tab can keep; a smaller one is the blank between digits and characters.
const apart = 3.0

// tabbed writes a line whose stretches stand in their places by tabs. Placed lines also begin with one, others that
// begin within are centred.
func (f *flow) tabbed(style string, l look, r row, placed bool) {
	var runs strings.Builder
	end := areaLeft
	for i, run := range r.runs {
		switch gap := run.Left()-end > apart; {
		case gap && i == 0 && !placed:
			l.align = "center"
		case gap && reaches(r.runs[i:]): // to the right edge, where a rounding would push the last character down
			l.tabs += fmt.Sprintf(`<w:tab w:val="right" w:pos="%d"/>`, twips(areaWidth))
			runs.WriteString(`<w:r><w:tab/></w:r>`)
		case gap:
			l.tabs += fmt.Sprintf(`<w:tab w:val="left" w:pos="%d"/>`, twips(run.Left()-areaLeft))
			runs.WriteString(`<w:r><w:tab/></w:r>`)
		}
		runs.WriteString(words(run.Text(), character(run)))
		end = run.Right()
	}
	f.para(style, l, runs.String())
}

// reaches reports a stretch without gaps that ends at the right edge.
func reaches(runs []layout.Run) bool {
	return whole(row{runs: runs}) && runs[len(runs)-1].Right() > areaRight-1
}

// character is the character style of a run.
func character(r layout.Run) string {
	switch {
	case r.Element == layout.Stamp:
		return "Stamp"
	case r.Role == font.Hei:
		return "Hei"
	case r.Role == font.Kai:
		return "Kai"
	}
	return ""
}

// redLine gives the middle of the red line on page 1, 0 if there is none.
func (f *flow) redLine() float64 {
	for _, r := range f.pages[0].Rules {
		if r.Element == layout.RedLine {
			return r.Y1
		}
	}
	return 0
}

// border is a red line below a paragraph; width in eighths of a point, space in points.
func (f *flow) border(kind string, width, space int) string {
	return fmt.Sprintf(`<w:pBdr><w:bottom w:val="%s" w:sz="%d" w:space="%d" w:color="FF0000"/></w:pBdr>`, kind, width, min(max(space, 0), 31))
}

// mark writes 发文机关标志. Of several organs the names are spread to one width, 文件 stands beside their middle.
func (f *flow) mark(rows []row) {
	var names []row
	var suffix *layout.Run
	for _, r := range rows {
		for _, run := range r.runs {
			if run := run; run.Text() == "文件" && len(rows) > 1 {
				suffix = &run
			} else if n := len(names); n > 0 && names[n-1].y == r.y {
				names[n-1].runs = append(names[n-1].runs, run)
			} else {
				names = append(names, row{r.page, r.y, []layout.Run{run}})
			}
		}
	}
	if suffix != nil {
		f.jointMark(names, *suffix)
		return
	}
	for _, r := range names {
		height := int(r.runs[0].Size * 20 * 1.25)
		f.para("Mark", f.downTo(r.y, height), sized(r.text(), "", r.runs[0].Size))
	}
}

// jointMark sets the names below one another and 文件 beside them, in a table without lines.
func (f *flow) jointMark(names []row, suffix layout.Run) {
	size := suffix.Size
	height := int(size * 20 * 1.25)
	top := names[0].y - aboveBaseline*millimetres(height)
	f.para("Tiny", look{before: twips(max(0, top-f.y)) - 20, line: 20})
	f.y = top + float64(len(names))*millimetres(height)
	left := names[0].runs[0].Left()
	columns := [2]int{twips(suffix.Left() - left), twips(suffix.Right()-suffix.Left()) + 40}
	fmt.Fprintf(&f.b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>`+
		`<w:tblGrid><w:gridCol w:w="%d"/><w:gridCol w:w="%d"/></w:tblGrid>`, columns[0]+columns[1], columns[0], columns[1])
	gap := twips(suffix.Left()-names[0].runs[len(names[0].runs)-1].Right()) / 2 // room against rounding
	for i, r := range names {
		fmt.Fprintf(&f.b, `<w:tr><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, columns[0])
		f.para("Mark", look{line: height, indent: fmt.Sprintf(`<w:ind w:right="%d"/>`, gap), align: "distribute"}, sized(r.text(), "", size))
		merge, text := `<w:vMerge/>`, ""
		if i == 0 {
			merge, text = `<w:vMerge w:val="restart"/>`, sized("文件", "", size)
		}
		fmt.Fprintf(&f.b, `</w:tc><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s<w:vAlign w:val="center"/></w:tcPr>`, columns[1], merge)
		f.para("Mark", look{line: height}, text)
		f.b.WriteString(`</w:tc></w:tr>`)
	}
	f.b.WriteString(`</w:tbl>`)
}

// sized writes text in a size of its own.
func sized(text, style string, size float64) string {
	half := fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr>`, int(size*2), int(size*2))
	return strings.Replace(words(text, style), `</w:rPr>`, half, 1)
}

// letterHead writes the mark of a letter, which stands above the text area, and both double lines as frames on
// page 1; then the corner and the number on one line (10.1).
func (f *flow) letterHead() {
	var upper, lower float64
	for _, r := range f.pages[0].Rules {
		if r.Element == layout.RedLine && r.Y1 < 200 {
			upper = max(upper, r.Y1)
		} else if r.Element == layout.RedLine && (lower == 0 || r.Y1 < lower) {
			lower = r.Y1
		}
	}
	const double = 18 // eighths of a point, the thick line of the two
	frame := func(y, height float64) string {
		return fmt.Sprintf(`<w:framePr w:w="%d" w:h="%d" w:hRule="exact" w:hSpace="0" w:wrap="notBeside" w:vAnchor="page" w:hAnchor="page" w:x="%d" w:y="%d"/>`,
			twips(170), twips(height), twips(20), twips(y))
	}
	rows := f.rows(0, layout.Mark)
	first, last := rows[0], rows[len(rows)-1]
	size := first.runs[0].Size
	height := int(size * 20 * 1.25)
	top := first.y - aboveBaseline*millimetres(height)
	var text []string
	for _, r := range rows {
		text = append(text, r.text())
	}
	bottom := last.y + (1-aboveBaseline)*millimetres(height)
	gap := int(math.Round((upper - 1.4 - bottom) / font.PointMM))
	f.para("Mark", look{frame: frame(top, upper+0.3-top), border: f.border("thickThinSmallGap", double, gap), line: height},
		sized(strings.Join(text, "\n"), "", size))
	foot := strings.ReplaceAll(f.border("thinThickSmallGap", double, 0), "bottom", "top")
	f.para("Mark", look{frame: frame(lower-1, 2.4), border: foot, line: 20})
	f.y = max(areaTop, upper+0.3)
	for _, r := range joined(f.rows(0, layout.CopyNumber, layout.Secrecy, layout.WorkSecret, layout.Urgency, layout.Number)) {
		f.tabbed("Flush", f.downTo(r.y, lineBody), r, true)
	}
}

const lineTitle = 700 // twips

// title writes 标题 with the line ends of the layout.
func (f *flow) title() { f.titleOf(f.rows(0, layout.Title), true) }

func (f *flow) titleOf(rows []row, placed bool) {
	if len(rows) == 0 {
		return
	}
	var lines []string
	for _, r := range rows {
		lines = append(lines, r.text())
	}
	l := look{}
	if placed {
		l = f.downTo(rows[0].y, lineTitle)
		f.y += float64(len(rows)-1) * millimetres(lineTitle)
	}
	f.para("Title", l, words(strings.Join(lines, "\n"), ""))
}

// recipients writes 主送机关.
func (f *flow) recipients() {
	rows := f.rows(0, layout.Recipients)
	if len(rows) == 0 || f.doc.Recipients == "" || f.moved() {
		return
	}
	f.para("Flush", f.downTo(rows[0].y, lineBody), words(f.doc.Recipients+"：", ""))
	f.y = 0
}

// moved reports recipients that stand in 版记: by the wish of the document or because no body would fit page 1.
func (f *flow) moved() bool {
	for _, r := range f.rows(0, layout.Recipients) {
		return strings.HasPrefix(r.text(), "主送：")
	}
	return f.doc.RecipientsLast
}
