package sheet

import (
	"fmt"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// draw sets the form on the pages it adds.
func (f *Form) draw(add addPage, fonts *font.Set) error {
	paper := f.paper()
	pw, ph := paper.size()
	r := &formRun{
		press: &press{add: add, paper: paper, fonts: fonts, watermark: f.Watermark}, form: f,
		label: newFace(fonts, font.Hei, sizeBody), body: newFace(fonts, font.FangSong, sizeWrite),
		less: newFace(fonts, font.FangSong, sizeBody), least: newFace(fonts, font.FangSong, sizeSmall),
		name: newFace(fonts, font.Kai, sizeWrite), small: newFace(fonts, font.FangSong, sizeSmall),
		right: pw - marginRight, bottom: ph - marginBottom,
	}
	if f.Check != (Check{}) {
		r.bottom = ph - markBottom - markSize - 3
	}
	rows, err := r.lay()
	if err != nil {
		return fmt.Errorf("sheet: print %s: %w", f.Title, err)
	}
	r.squeeze(rows)
	r.stretch(rows)
	r.pages(rows)
	return r.finish()
}

func (f *Form) paper() Paper {
	if f.Paper == "" {
		return A4
	}
	return f.Paper
}

// formRun is the printing of one form.
type formRun struct {
	*press
	form                     *Form
	label, body, name, small *face
	less, least              *face // the body, smaller
	right, bottom            float64
	current                  *leaf
	y, top                   float64
}

// small sheets are too low for a head of three lines.
func (r *formRun) low() bool {
	_, h := r.paper.size()
	return h < 150
}

// above is the margin over the head.
func (r *formRun) above() float64 {
	if r.low() {
		return 12
	}
	return marginTop
}

// headHeight is what stands above the grid.
func (r *formRun) headHeight(first bool) float64 {
	if r.low() || !first {
		return 12
	}
	return 26
}

// squeeze takes from rows that were made higher than they need to be, so that a form which all but fits a page does not
// send its last row overleaf.
func (r *formRun) squeeze(rows []gridRow) {
	over, spare := -(r.bottom - r.above() - r.headHeight(true)), 0.0
	for _, row := range rows {
		over += row.height
		spare += row.height - row.needs
	}
	if over <= 0 || over > spare {
		return
	}
	for i := range rows {
		rows[i].height -= (rows[i].height - rows[i].needs) * over / spare
	}
}

// stretch lets the opinion cells share what is left of a single page.
func (r *formRun) stretch(rows []gridRow) {
	left, flexible := r.bottom-r.above()-r.headHeight(true), 0
	for _, row := range rows {
		left -= row.height
		if row.flexible {
			flexible++
		}
	}
	if left <= 0 || flexible == 0 {
		return
	}
	more := min(left/float64(flexible), mostStretch)
	for i := range rows {
		if rows[i].flexible {
			rows[i].height += more
		}
	}
}

// pages sets the rows one below the other. A row that does not fit goes to the next page, and one that is higher than
// a page is cut.
func (r *formRun) pages(rows []gridRow) {
	r.turn()
	full := r.bottom - r.above() - r.headHeight(false)
	for _, row := range rows {
		if r.y+row.height > r.bottom && row.height <= full {
			r.overleaf(row)
		}
		for r.y+row.height > r.bottom {
			part, rest := cutRow(row, r.bottom-r.y)
			if part != nil {
				r.draw(*part)
			}
			row = rest
			r.overleaf(row)
		}
		r.draw(row)
	}
	r.frame()
}

// overleaf begins a page, under the heading of the table the row belongs to.
func (r *formRun) overleaf(row gridRow) {
	r.frame()
	r.turn()
	if row.heading != nil {
		r.draw(*row.heading)
	}
}

// cutRow gives the part of a row that fits a height, if anything does, and the rest.
func cutRow(row gridRow, height float64) (*gridRow, gridRow) {
	part, rest := row, row
	part.boxes, rest.boxes = make([]gridBox, len(row.boxes)), make([]gridBox, len(row.boxes))
	rest.height = minCell
	some := false
	for i, b := range row.boxes {
		fits, used := 0, 2*cellPad
		for fits < len(b.lines) && used+b.lines[fits].height <= height {
			used += b.lines[fits].height
			fits++
		}
		first, second := b, b
		first.lines, second.lines = b.lines[:fits], b.lines[fits:]
		if len(b.lines) > 0 && fits == len(b.lines) && b.foot == nil && !b.top { // a name stands again overleaf
			second.lines = b.lines
		}
		first.foot = nil
		first.top = first.top || fits < len(b.lines)
		some = some || fits > 0
		part.boxes[i], rest.boxes[i] = first, second
		rest.height = max(rest.height, heightOf(second))
	}
	part.height = height
	if !some || height < minCell {
		return nil, row
	}
	return &part, rest
}

// turn begins a page with its head.
func (r *formRun) turn() {
	first := r.current == nil
	r.current = r.leaf()
	l, f := r.current, r.form
	middle := (marginLeft + r.right) / 2
	number := ""
	if f.Number != "" && !(first && f.bearsNumber()) {
		number = "编号：" + f.Number
	}
	switch {
	case !first:
		l.centred(middle, r.above()+4, font.Title, 14, f.Title+"（续页）")
		l.flushRight(r.right, r.above()+10, font.FangSong, sizeBody, number)
	case r.low():
		l.centred(middle, r.above()+2, font.Title, sizeTitle, f.Title)
		l.text(marginLeft, r.above()+10, font.FangSong, sizeBody, f.Office)
		l.flushRight(r.right, r.above()+10, font.FangSong, sizeBody, number)
	default:
		l.centred(middle, r.above()+5, font.FangSong, 14, f.Office)
		l.centred(middle, r.above()+15, font.Title, sizeTitle, f.Title)
		l.flushRight(r.right, r.above()+24, font.FangSong, sizeBody, number)
	}
	r.top = r.above() + r.headHeight(first)
	r.y = r.top
}

// frame closes the grid of a page.
func (r *formRun) frame() {
	if r.y > r.top {
		r.current.Rect(marginLeft, r.top, r.right-marginLeft, r.y-r.top, frameLine)
	}
}

// draw sets one row at the present height.
func (r *formRun) draw(row gridRow) {
	l := r.current
	if r.y > r.top {
		l.Line(marginLeft, r.y, r.right, r.y, innerLine)
	}
	for i, b := range row.boxes {
		if i > 0 {
			l.Line(b.x, r.y, b.x, r.y+row.height, innerLine)
		}
		y := r.y + cellPad
		if !b.top {
			y = r.y + (row.height-heightOf(b))/2 + cellPad
		}
		for _, line := range b.lines {
			l.line(b.x, y, line)
			y += line.height
		}
		y = r.y + row.height - cellPad - linesHeight(b.foot)
		for _, line := range b.foot {
			l.line(b.x, y, line)
			y += line.height
		}
	}
	r.y += row.height
}

// line sets the bits of a line whose top is at y; beside a picture the text stands at its foot.
func (l *leaf) line(x, y float64, line textLine) {
	for _, b := range line.bits {
		if b.image != nil {
			l.Image(x+b.x, y, b.w, line.height, b.image)
			continue
		}
		l.text(x+b.x, y+line.height-b.face.line()+b.face.baseline(), b.face.role, b.face.size, b.text)
	}
}

// finish writes the foot of every page and the check mark of the last.
func (r *formRun) finish() error {
	r.foot(r.form.Printed.String(), Printed{})
	r.mark(r.form.Sample)
	if r.form.WorkSecret {
		for _, l := range r.leaves {
			l.text(marginLeft, 12, font.Hei, sizeMark, gongwen.WorkSecretMark)
		}
	}
	if r.form.Check == (Check{}) {
		return nil
	}
	for _, l := range r.leaves {
		if err := l.check(r.form.Check); err != nil {
			return fmt.Errorf("sheet: check mark of %s: %w", r.form.Title, err)
		}
	}
	return nil
}
