package sheet

import (
	"slices"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/workday"
)

// Form 单 is the printed sheet of one matter: a grid of named cells, opinions and signatures.
type Form struct {
	Office  string // 机关名称
	Title   string // 单名
	Number  string // 编号
	Paper   Paper  // empty: A4竖
	Rows    []FormRow
	Printed Printed
	Check   Check // zero: no check mark
	Sample  bool  // 样例 at the top right

	WorkSecret bool     // 工作秘密 at the top left
	Watermark  []string // lines drawn aslant under every page
}

// bearsNumber tells whether the number stands in a cell, so that the head need not say it again.
func (f *Form) bearsNumber() bool {
	return slices.ContainsFunc(f.Rows, func(r FormRow) bool {
		return slices.ContainsFunc(r, func(c Cell) bool { return c.Text == f.Number })
	})
}

// FormRow 行 is one row of cells side by side.
type FormRow []Cell

// Cell 栏位 is a named place on a form.
type Cell struct {
	Label   string // empty: the contents take the whole cell
	Kind    Kind
	Text    string  // of Text cells
	Align   Align   // of the text; Auto is flush left
	Span    int     // its share of the row; 0 counts as 1
	Height  float64 // mm at least; 0: by kind
	Signs   []Sign  // of Opinions and Signatures; none: left blank to be signed by hand
	Columns []Column
	Entries []Row // of Entries: a table within the form, always a row of its own
}

// Kind 栏位种类 tells what stands in a cell of a form.
type Kind uint8

// The kinds of cells.
const (
	Text       Kind = iota // 文字
	Opinions               // 意见: what each wrote, name and time
	Signatures             // 签名: name and time only
	Entries                // 分录: a small table, one line a reader or a delivery
)

// Least heights in mm.
const (
	minCell     = 9.0
	minSign     = 13.0
	minOpinion  = 25.0
	mostStretch = 45.0 // how much an opinion cell grows to fill the page
)

// least is the least height of a cell.
func (c Cell) least() float64 {
	switch {
	case c.Height > 0:
		return max(c.Height, minCell)
	case c.Kind == Opinions:
		return minOpinion
	case c.Kind == Signatures:
		return minSign
	default:
		return minCell
	}
}

// Sign 签署 is an opinion or signature given in the system.
type Sign struct {
	Opinion string
	Name    string
	For     string // whom the signer stood in for, 代办
	At      time.Time
	Minute  bool   // print the time of day as well
	Image   []byte // PNG or JPEG of the handwritten signature, printed in place of the name
}

// signedInSystem marks what was signed in the system, not by hand.
const signedInSystem = "系统签批"

// when writes the date of a signature.
func (s Sign) when() string {
	layout := "2006年1月2日"
	if s.Minute {
		layout += "15:04"
	}
	return s.At.In(workday.Zone()).Format(layout)
}

// who names the signer.
func (s Sign) who() string {
	if s.For == "" {
		return s.Name
	}
	return s.Name + "（代" + s.For + "）"
}

// Check 查验码 lets a reader compare a paper with the system. The mark holds the number and the check value only, no
// contents.
type Check struct{ Number, Value string }

// longText is the length in characters beyond which Flow gives a text its own row.
const longText = 16

// Flow arranges cells into rows as a clerk would: short texts two by two in their order, everything else across the
// page. A procedure without a layout of its own prints this way.
func Flow(cells []Cell) []FormRow {
	var rows []FormRow
	for _, c := range cells {
		short := (c.Kind == Text || c.Kind == Signatures) && c.Span <= 1 && len([]rune(c.Text)) <= longText && !strings.Contains(c.Text, "\n")
		if last := len(rows) - 1; short && last >= 0 && rows[last].open(c) {
			rows[last] = append(rows[last], c)
			continue
		}
		if !short {
			c.Span = max(c.Span, 2)
		}
		rows = append(rows, FormRow{c})
	}
	return rows
}

// open tells whether a row of Flow has room for one more short cell of the same kind.
func (r FormRow) open(c Cell) bool { return len(r) == 1 && r[0].Span <= 1 && r[0].Kind == c.Kind }
