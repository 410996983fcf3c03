package sheet

import (
	"bytes"
	"image"
	"strings"
	"unicode/utf8"

	"github.com/chengqi-oa/chengqi/gongwen/draw"
)

// bit is a stretch of text or a picture on a line, from x on.
type bit struct {
	x     float64
	face  *face
	text  string
	image *draw.Image
	w     float64
}

// textLine is one line of a box.
type textLine struct {
	height float64
	bits   []bit
}

// gridBox is a rectangle of a form's grid: lines from the top or in the middle, and the last lines at the bottom.
type gridBox struct {
	x, w  float64
	lines []textLine
	foot  []textLine
	top   bool
}

// gridRow is a row of the grid. A flexible one grows to fill the page; one that belongs to a table brings the table's
// heading along to a new page.
type gridRow struct {
	boxes    []gridBox
	height   float64
	needs    float64 // no less than this when the page is short
	flexible bool
	heading  *gridRow
}

const (
	labelWidth  = 26.0 // mm, five characters of 小四号
	narrowLabel = 21.0 // when three or more cells share a row
	textPad     = 2.0  // mm between a cell's line and its text
	imageHeight = 9.0  // mm of a handwritten signature
	imageMost   = 45.0 // mm, the widest it may be
	opinionGap  = 1.2  // mm above an opinion
)

// lay turns the rows of a form into rows of the grid.
func (r *formRun) lay() ([]gridRow, error) {
	var rows []gridRow
	for _, row := range r.form.Rows {
		if len(row) == 1 && row[0].Kind == Entries {
			rows = append(rows, r.entries(row[0])...)
			continue
		}
		laid, err := r.row(row)
		if err != nil {
			return nil, err
		}
		rows = append(rows, laid)
	}
	return rows, nil
}

// row lays label and contents of each cell side by side.
func (r *formRun) row(cells FormRow) (gridRow, error) {
	spans := 0
	for _, c := range cells {
		spans += max(c.Span, 1)
	}
	out := gridRow{}
	x := marginLeft
	for i, c := range cells {
		w := (r.right - marginLeft) * float64(max(c.Span, 1)) / float64(spans)
		own := 0.0
		if c.Label != "" {
			own = labelOf(i, len(cells), w)
			name := gridBox{x: x, w: own, lines: r.plain(r.label, r.names(c.Label, own-2*cellPad), own, Centre)}
			out.boxes, out.needs = append(out.boxes, name), max(out.needs, heightOf(name))
		}
		content, err := r.content(c, w-own)
		if err != nil {
			return gridRow{}, err
		}
		content.x, content.w = x+own, w-own
		out.boxes = append(out.boxes, content)
		out.needs = max(out.needs, Cell{Kind: c.Kind}.least(), heightOf(content))
		out.height = max(out.height, c.least(), out.needs)
		out.flexible = out.flexible || c.Kind == Opinions
		x += w
	}
	return out, nil
}

// labelOf gives the width of a name. The first of every row is as wide as the others below it, so that the lines of the
// grid meet; further ones give way where the row is full.
func labelOf(index, cells int, w float64) float64 {
	if index > 0 && cells > 2 {
		return min(narrowLabel, w/2)
	}
	return min(labelWidth, w*0.62)
}

// spread sets a name of two characters as wide as the usual four.
func spread(label string) string {
	if runes := []rune(label); len(runes) == 2 {
		return string(runes[0]) + "　　" + string(runes[1])
	}
	return label
}

// names breaks a name that is too long for its place before what it is about, 科室负责人／意见, if both parts fit.
func (r *formRun) names(label string, w float64) []string {
	if wide := spread(label); r.label.width(wide) <= w {
		label = wide
	}
	if r.label.width(label) > w {
		for _, end := range []string{"意见", "签字", "签名", "审核", "批示", "情况", "结果"} {
			start, found := strings.CutSuffix(label, end)
			if found && start != "" && r.label.width(start) <= w {
				return []string{start, end}
			}
		}
	}
	return r.label.balance(label, w)
}

// heightOf is what a box needs.
func heightOf(b gridBox) float64 {
	h := 2 * cellPad
	return h + linesHeight(b.lines) + linesHeight(b.foot)
}

func linesHeight(lines []textLine) float64 {
	h := 0.0
	for _, l := range lines {
		h += l.height
	}
	return h
}

// content lays out what stands in a cell of a width. A single signature of an opinion cell stands at its foot; of several,
// each stands below its opinion.
func (r *formRun) content(c Cell, w float64) (gridBox, error) {
	if c.Kind == Text {
		f := r.fitting(c.Text, w-2*textPad)
		return gridBox{lines: r.plain(f, f.wrap(c.Text, w-2*textPad), w, c.Align)}, nil
	}
	if len(c.Signs) == 0 {
		return gridBox{foot: r.blank(w), top: true}, nil
	}
	out := gridBox{top: c.Kind == Opinions}
	for _, s := range c.Signs {
		if c.Kind == Opinions {
			opinion := r.plain(r.body, r.body.wrap(s.Opinion, w-2*textPad), w, Left)
			out.lines = append(append(out.lines, textLine{height: opinionGap}), opinion...)
		}
		signed, err := r.signature(s, w)
		switch {
		case err != nil:
			return gridBox{}, err
		case out.top && len(c.Signs) == 1:
			out.foot = signed
		default:
			out.lines = append(out.lines, signed...)
		}
	}
	return out, nil
}

// shortText is how long a text may be that is set smaller rather than on two lines.
const shortText = 18

// fitting is the face a short text is set in: a smaller one where that keeps a name, a number or a day on one line.
func (r *formRun) fitting(text string, w float64) *face {
	if strings.Contains(text, "\n") || utf8.RuneCountInString(text) > shortText {
		return r.body
	}
	for _, f := range []*face{r.body, r.less, r.least} {
		if f.width(text) <= w {
			return f
		}
	}
	return r.body
}

// plain sets lines of one face in a width.
func (r *formRun) plain(f *face, lines []string, w float64, align Align) []textLine {
	out := make([]textLine, len(lines))
	for i, s := range lines {
		x := textPad
		switch align {
		case Centre:
			x = (w - f.width(s)) / 2
		case Right:
			x = w - textPad - f.width(s)
		}
		out[i] = textLine{height: f.line(), bits: []bit{{x: x, face: f, text: s}}}
	}
	return out
}

// blank is the place for signing by hand at the right of a cell's foot, shorter where the cell is narrow.
func (r *formRun) blank(w float64) []textLine {
	for _, words := range []string{"签名　　　　　　　　年　　月　　日", "签名　　　　年　　月　　日", "　　年　　月　　日"} {
		if r.body.width(words) <= w-2*textPad {
			return r.plain(r.body, []string{words}, w, Right)
		}
	}
	return nil
}

// signature sets name (or picture), date and the mark of the system at the right, on two lines where one is too short.
func (r *formRun) signature(s Sign, w float64) ([]textLine, error) {
	if s.Image == nil {
		name := bit{face: r.name, text: s.who(), w: r.name.width(s.who())}
		return r.signed(name, r.body.line(), s, w), nil
	}
	img, err := draw.NewImage(s.Image)
	if err != nil {
		return nil, err
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(s.Image))
	if err != nil {
		return nil, err
	}
	wide := imageHeight * float64(size.Width) / float64(size.Height)
	return r.signed(bit{image: img, w: min(wide, imageMost, w-2*textPad)}, imageHeight, s, w), nil
}

// signed puts the date after the name.
func (r *formRun) signed(name bit, height float64, s Sign, w float64) []textLine {
	gap := r.body.em()
	when := bit{face: r.body, text: s.when(), w: r.body.width(s.when())}
	mark := bit{face: r.small, text: "（" + signedInSystem + "）"}
	mark.w = r.small.width(mark.text)
	if name.w+gap+when.w+mark.w <= w-2*textPad {
		return []textLine{flushed(max(height, r.body.line()), w, gap, name, when, mark)}
	}
	first := flushed(height, w, gap, name)
	if when.w+mark.w <= w-2*textPad {
		return []textLine{first, flushed(r.body.line(), w, gap, when, mark)}
	}
	return []textLine{first, flushed(r.body.line(), w, gap, when), flushed(r.body.line(), w, gap, mark)}
}

// flushed sets bits at the right of a width, a gap after the first of three.
func flushed(height, w, gap float64, bits ...bit) textLine {
	x := w - textPad
	for i := len(bits) - 1; i >= 0; i-- {
		x -= bits[i].w
		bits[i].x = x
		if i == 1 && len(bits) == 3 {
			x -= gap
		}
	}
	return textLine{height: height, bits: bits}
}

// entries lays out a table within the form: its name across, a heading, and its rows; a line to write on when it has none.
func (r *formRun) entries(c Cell) []gridRow {
	width := r.right - marginLeft
	if len(c.Entries) == 0 {
		c.Entries = []Row{{}}
	}
	rows := make([]Row, len(c.Entries))
	for i, e := range c.Entries {
		cells := append([]string{}, e.Cells...)
		for len(cells) < len(c.Columns) {
			cells = append(cells, "")
		}
		rows[i] = Row{Cells: cells[:len(c.Columns)], Void: e.Void}
	}
	all := make([]int, len(c.Columns))
	for i := range all {
		all[i] = i
	}
	x := newStrip(all, c.Columns, rows, width, r.label, r.body).x
	align := alignments(c.Columns, rows, r.body)
	line := func(f *face, cells []string, least float64, align func(int) Align) gridRow {
		out := gridRow{height: least}
		for i, text := range cells {
			w := x[i+1] - x[i]
			b := gridBox{x: x[i], w: w, lines: r.plain(f, f.wrap(text, w-2*cellPad), w, align(i))}
			out.boxes = append(out.boxes, b)
			out.height = max(out.height, heightOf(b))
		}
		out.needs = out.height
		return out
	}
	names := make([]string, len(c.Columns))
	for i, column := range c.Columns {
		names[i] = column.Name
	}
	heading := line(r.label, names, minCell, func(int) Align { return Centre })
	var out []gridRow
	if name := strings.TrimSpace(c.Label); name != "" {
		out = append(out, gridRow{height: minCell, needs: minCell, boxes: []gridBox{{x: marginLeft, w: width, lines: r.plain(r.label, []string{name}, width, Centre)}}})
	}
	out = append(out, heading)
	for _, row := range rows {
		laid := line(r.body, row.Cells, c.least(), func(i int) Align { return align[i] })
		laid.heading = &heading
		out = append(out, laid)
	}
	return out
}
