package sheet

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Book 登记簿 is a register ready for paper.
type Book struct {
	Office  string // 机关名称
	Title   string // 簿名
	Period  string // 年度、分册, as it stands below the title
	Paper   Paper  // empty: chosen by the number of columns
	Cover   *Cover // nil: none
	Columns []Column
	Rows    []Row
	Signer  string // who signs each page by hand, 登记人 or 经手人; empty: nobody
	Printed Printed
	Sample  bool // 样例 at the top right
}

// Cover 封面 is what the cover of a bound book says besides office and name.
type Cover struct {
	Year           string // 年度
	Volume         string // 分册
	First, Last    string // 起止号
	Opened, Closed time.Time
}

// Column 栏目 is one column.
type Column struct {
	Name   string
	Width  float64 // mm; 0: by the contents
	Align  Align
	Number bool // amounts and counts, which the workbook stores as numbers
}

// Align 对齐 is how the contents of a column or cell are set.
type Align uint8

// Auto centres columns of short contents and sets the others flush left.
const (
	Auto Align = iota
	Left
	Centre
	Right
)

// ParseAlign reads the word of a definition: left, center or centre, right; none is Auto.
func ParseAlign(s string) (Align, error) {
	switch s {
	case "":
		return Auto, nil
	case "left":
		return Left, nil
	case "center", "centre":
		return Centre, nil
	case "right":
		return Right, nil
	default:
		return Auto, fmt.Errorf("没有“%s”这种对齐，可用left、center、right", s)
	}
}

// Row 登记行 is one line of a register.
type Row struct {
	Cells []string
	Void  bool   // 作废: stays in the book, struck through
	Note  string // 备注, when the columns have none
}

// The columns every register has.
const (
	serialName = "序号"
	noteName   = "备注"
	voidNote   = "作废"
)

// maxNarrow is the most columns that stand side by side on A4; wider books take A3 or run on in two parts.
const maxNarrow = 14

// table gives all columns and cells with the serial number and the remark that every register has.
func (b *Book) table() ([]Column, []Row) {
	serial := !b.hasColumn(serialName, "顺序号")
	note := !b.hasColumn(noteName)
	columns := slices.Clone(b.Columns)
	if serial {
		columns = slices.Insert(columns, 0, Column{Name: serialName, Align: Centre, Number: true})
	}
	if note {
		columns = append(columns, Column{Name: noteName})
	}
	rows := make([]Row, len(b.Rows))
	for i, r := range b.Rows {
		cells := make([]string, 0, len(columns))
		if serial {
			cells = append(cells, strconv.Itoa(i+1))
		}
		cells = append(cells, r.Cells...)
		for len(cells) < len(columns) {
			cells = append(cells, "")
		}
		if last := &cells[len(columns)-1]; note {
			*last = r.Note
			if r.Void && *last == "" {
				*last = voidNote
			}
		}
		rows[i] = Row{Cells: cells[:len(columns)], Void: r.Void}
	}
	return columns, rows
}

func (b *Book) hasColumn(names ...string) bool {
	return slices.ContainsFunc(b.Columns, func(c Column) bool { return slices.Contains(names, c.Name) })
}

// paper is the paper asked for, or A4 turned for books that fit it, else A3.
func (b *Book) paper() Paper {
	switch {
	case b.Paper != "":
		return b.Paper
	case len(b.Columns) > maxNarrow:
		return A3Landscape
	default:
		return A4Landscape
	}
}
