package sheet

import (
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// minRow and headRow are the least heights in mm of a line of a register and of its heading.
const (
	minRow  = 8.0
	headRow = 10.0
)

// draw sets the book on the pages it adds.
func (b *Book) draw(add addPage, fonts *font.Set) error {
	columns, rows := b.table()
	paper := b.paper()
	pw, ph := paper.size()
	r := &bookRun{
		book: b, columns: columns,
		press: &press{add: add, paper: paper, fonts: fonts},
		head:  newFace(fonts, font.Hei, sizeBody), body: newFace(fonts, font.FangSong, sizeBody),
		bottom: ph - marginBottom,
	}
	r.align = alignments(columns, rows, r.body)
	r.strips = strips(columns, rows, paper, pw-marginLeft-marginRight, r.head, r.body)
	if b.Cover != nil {
		r.cover()
	}
	r.pages(rows)
	r.foot()
	return nil
}

// bookRun is the printing of one book.
type bookRun struct {
	*press
	book       *Book
	columns    []Column
	align      []Align
	strips     []strip
	head, body *face
	bottom     float64
	covered    bool
}

// laid is a row broken into lines, one list a column; the row has one height on all its strips.
type laid struct {
	lines  [][]string
	height float64
	void   bool
}

// lay breaks a row's texts to the width of their columns.
func (r *bookRun) lay(row Row) laid {
	out := laid{lines: make([][]string, len(r.columns)), height: minRow, void: row.Void}
	for _, s := range r.strips {
		for i, c := range s.columns {
			lines := r.body.wrap(row.Cells[c], s.x[i+1]-s.x[i]-2*cellPad)
			out.lines[c] = lines
			out.height = max(out.height, float64(len(lines))*r.body.line()+2*cellPad)
		}
	}
	return out
}

// pages fills page after page; each group of rows is printed once for every strip. A book without rows gives a ruled
// page to write on.
func (r *bookRun) pages(rows []Row) {
	top := marginTop + r.titleHeight()
	heads := r.headHeight()
	room := r.bottom - top - heads
	var group []laid
	used := 0.0
	for _, row := range rows {
		line := r.lay(row)
		for _, part := range r.split(line, room) {
			if used+part.height > room {
				r.group(group, top, heads)
				group, used = nil, 0
			}
			group, used = append(group, part), used+part.height
		}
	}
	if len(rows) == 0 {
		for ; used+minRow <= room; used += minRow {
			group = append(group, laid{lines: make([][]string, len(r.columns)), height: minRow})
		}
	}
	if len(group) > 0 {
		r.group(group, top, heads)
	}
}

// split cuts a row that is higher than a page into parts that fit.
func (r *bookRun) split(l laid, room float64) []laid {
	most := int((room - 2*cellPad) / r.body.line())
	var parts []laid
	for l.height > room {
		part := laid{lines: make([][]string, len(l.lines)), height: room, void: l.void}
		rest, longest := laid{lines: make([][]string, len(l.lines)), void: l.void}, 0
		for i, lines := range l.lines {
			cut := min(most, len(lines))
			part.lines[i], rest.lines[i] = lines[:cut], lines[cut:]
			longest = max(longest, len(lines)-cut)
		}
		rest.height = max(minRow, float64(longest)*r.body.line()+2*cellPad)
		parts, l = append(parts, part), rest
	}
	return append(parts, l)
}

// group prints some rows, a page for each strip.
func (r *bookRun) group(rows []laid, top, heads float64) {
	for _, s := range r.strips {
		l := r.leaf()
		r.title(l)
		left, right := s.x[0], s.x[len(s.x)-1]
		y := top
		for i, c := range s.columns {
			lines := r.head.balance(r.columns[c].Name, s.x[i+1]-s.x[i]-2*cellPad)
			l.cell(r.head, lines, s.x[i], y, s.x[i+1]-s.x[i], heads, Centre)
		}
		y += heads
		for _, row := range rows {
			l.Line(left, y, right, y, innerLine)
			for i, c := range s.columns {
				l.cell(r.body, row.lines[c], s.x[i], y, s.x[i+1]-s.x[i], row.height, r.align[c])
			}
			if row.void {
				l.Line(left, y+row.height/2, r.strikeEnd(s), y+row.height/2, frameLine)
			}
			y += row.height
		}
		for _, x := range s.x[1 : len(s.x)-1] {
			l.Line(x, top, x, y, innerLine)
		}
		l.Rect(left, top, right-left, y-top, frameLine)
	}
}

// strikeEnd is where the line through a void row ends: before the remark, which says why and must be read.
func (r *bookRun) strikeEnd(s strip) float64 {
	last := len(s.columns) - 1
	if r.columns[s.columns[last]].Name == noteName {
		return s.x[last]
	}
	return s.x[last+1]
}

// cell sets lines in the middle of a box.
func (l *leaf) cell(f *face, lines []string, x, y, w, h float64, align Align) {
	y += (h-float64(len(lines))*f.line())/2 + f.baseline()
	for _, line := range lines {
		at := x + cellPad
		switch align {
		case Centre:
			at = x + (w-f.width(line))/2
		case Right:
			at = x + w - cellPad - f.width(line)
		}
		l.text(at, y, f.role, f.size, line)
		y += f.line()
	}
}

// titleHeight is what title and period take above the table.
func (r *bookRun) titleHeight() float64 {
	if r.book.Period == "" && r.book.Office == "" {
		return 11
	}
	return 16
}

// title writes the book's name, below it the office at the left and the period at the right.
func (r *bookRun) title(l *leaf) {
	l.centred((marginLeft+l.right)/2, marginTop+6, font.Title, sizeTitle, r.book.Title)
	y := marginTop + 14
	l.text(marginLeft, y, font.FangSong, sizeBody, r.book.Office)
	l.flushRight(l.right, y, font.FangSong, sizeBody, r.book.Period)
}

// headHeight is the height of the heading, whose names may wrap.
func (r *bookRun) headHeight() float64 {
	height := headRow
	for _, s := range r.strips {
		for i, c := range s.columns {
			lines := r.head.balance(r.columns[c].Name, s.x[i+1]-s.x[i]-2*cellPad)
			height = max(height, float64(len(lines))*r.head.line()+2*cellPad)
		}
	}
	return height
}

// cover draws the cover of the bound book.
func (r *bookRun) cover() {
	l, c := r.leaf(), r.book.Cover
	r.covered = true
	middle := (marginLeft + l.right) / 2
	l.centred(middle, l.h*0.26, font.FangSong, 22, r.book.Office)
	l.centred(middle, l.h*0.42, font.Title, 36, r.book.Title)
	y := l.h * 0.6
	for _, pair := range c.lines() {
		l.text(middle-45, y, font.Hei, 16, pair[0])
		l.text(middle-45+l.width(font.Hei, 16, "启用日期："), y, font.FangSong, 16, pair[1])
		y += 11
	}
}

// lines are what the cover tells, of which the unknown are left to be written in.
func (c *Cover) lines() [][2]string {
	const blank = "　　　年　　月　　日"
	opened, closed := blank, blank
	if !c.Opened.IsZero() {
		opened = c.Opened.Format("2006年1月2日")
	}
	if !c.Closed.IsZero() {
		closed = c.Closed.Format("2006年1月2日")
	}
	list := [][2]string{{"年　　度：", c.Year}}
	if c.Volume != "" {
		list = append(list, [2]string{"分　　册：", c.Volume})
	}
	numbers := c.First + "　至　" + c.Last
	if c.First == "" && c.Last == "" {
		numbers = ""
	}
	return append(list, [2]string{"起止号码：", numbers}, [2]string{"启用日期：", opened}, [2]string{"截止日期：", closed})
}

// foot finishes the pages. The cover is not one of the numbered pages.
func (r *bookRun) foot() {
	left := ""
	if r.book.Signer != "" {
		left = r.book.Signer + "："
	}
	numbered := *r.press
	if r.covered {
		numbered.leaves = r.leaves[1:]
		(&press{leaves: r.leaves[:1]}).mark(r.book.Sample)
	}
	numbered.foot(left, r.book.Printed)
	numbered.mark(r.book.Sample)
}
