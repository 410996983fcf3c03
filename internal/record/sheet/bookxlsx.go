package sheet

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// xlsxHead is how many rows stand above the entries: name, office and period, column names.
const xlsxHead = 3

// paperNumbers are the codes of papers in a workbook (ECMA-376 part 1, 18.3.1.63).
var paperNumbers = map[Paper]int{A3Landscape: 8, A4: 9, A4Landscape: 9, A5: 11, A5Landscape: 11}

// WriteXLSX writes the book as an Excel workbook with the columns of the print, row by row, so that a hundred thousand
// lines need little memory.
func (b *Book) WriteXLSX(w io.Writer) error {
	f := excelize.NewFile()
	defer f.Close()
	name := sheetName(b.Title)
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return fmt.Errorf("sheet: name workbook: %w", err)
	}
	columns, rows := b.table()
	x := xlsxRun{file: f, name: name, columns: columns}
	for _, step := range []func() error{
		x.makeStyles,
		func() error { return x.page(b) },
		func() error { return x.write(b, rows) },
	} {
		if err := step(); err != nil {
			return fmt.Errorf("sheet: write workbook of %s: %w", b.Title, err)
		}
	}
	return f.Write(w)
}

// look is the style of a line's cells: a text's, a day's, a moment's.
type look struct{ text, day, moment int }

// xlsxRun is the writing of one workbook.
type xlsxRun struct {
	file             *excelize.File
	name             string
	columns          []Column
	title, sub, head int
	normal, void     look
}

func (x *xlsxRun) makeStyles() error {
	border := []excelize.Border{
		{Type: "left", Style: 1, Color: "000000"},
		{Type: "right", Style: 1, Color: "000000"},
		{Type: "top", Style: 1, Color: "000000"},
		{Type: "bottom", Style: 1, Color: "000000"},
	}
	middle := &excelize.Alignment{Vertical: "center", Horizontal: "center", WrapText: true}
	text := &excelize.Alignment{Vertical: "center", WrapText: true}
	day, moment := `yyyy"年"m"月"d"日"`, `yyyy"年"m"月"d"日" hh:mm`
	cell := func(strike bool) *excelize.Font {
		return &excelize.Font{Family: "仿宋", Size: sizeBody, Strike: strike}
	}
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&x.title, excelize.Style{Font: &excelize.Font{Family: "宋体", Size: sizeTitle, Bold: true}, Alignment: middle}},
		{&x.sub, excelize.Style{Font: &excelize.Font{Family: "仿宋", Size: sizeBody}, Alignment: &excelize.Alignment{Vertical: "center"}}},
		{&x.head, excelize.Style{Font: &excelize.Font{Family: "黑体", Size: sizeBody}, Alignment: middle, Border: border}},
		{&x.normal.text, excelize.Style{Font: cell(false), Alignment: text, Border: border}},
		{&x.normal.day, excelize.Style{Font: cell(false), Alignment: middle, Border: border, CustomNumFmt: &day}},
		{&x.normal.moment, excelize.Style{Font: cell(false), Alignment: middle, Border: border, CustomNumFmt: &moment}},
		{&x.void.text, excelize.Style{Font: cell(true), Alignment: text, Border: border}},
		{&x.void.day, excelize.Style{Font: cell(true), Alignment: middle, Border: border, CustomNumFmt: &day}},
		{&x.void.moment, excelize.Style{Font: cell(true), Alignment: middle, Border: border, CustomNumFmt: &moment}},
	} {
		id, err := x.file.NewStyle(&s.style)
		if err != nil {
			return err
		}
		*s.id = id
	}
	return nil
}

// page sets the workbook up to print like the book.
func (x *xlsxRun) page(b *Book) error {
	paper := b.paper()
	orientation, size := "landscape", paperNumbers[paper]
	if w, h := paper.size(); w < h {
		orientation = "portrait"
	}
	fit, tall, fitPage := 1, 0, true
	if err := x.file.SetPageLayout(x.name, &excelize.PageLayoutOptions{
		Size: &size, Orientation: &orientation, FitToWidth: &fit, FitToHeight: &tall,
	}); err != nil {
		return err
	}
	if err := x.file.SetSheetProps(x.name, &excelize.SheetPropsOptions{FitToPage: &fitPage}); err != nil {
		return err
	}
	left, right := "", strings.ReplaceAll(b.Printed.String(), "&", "&&")
	if b.Signer != "" {
		left = "&L" + b.Signer + "："
	}
	if err := x.file.SetHeaderFooter(x.name, &excelize.HeaderFooterOptions{
		OddFooter: left + "&C第&P页　共&N页&R" + right,
	}); err != nil {
		return err
	}
	return x.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: x.name,
		RefersTo: fmt.Sprintf("'%s'!$%d:$%d", x.name, xlsxHead, xlsxHead),
	})
}

func (x *xlsxRun) write(b *Book, rows []Row) error {
	out, err := x.file.NewStreamWriter(x.name)
	if err != nil {
		return err
	}
	for i, width := range x.widths(rows) {
		if err := out.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{
		Freeze: true, YSplit: xlsxHead, TopLeftCell: fmt.Sprintf("A%d", xlsxHead+1), ActivePane: "bottomLeft",
	}); err != nil {
		return err
	}
	if err := x.heading(out, b); err != nil {
		return err
	}
	cells := make([]any, len(x.columns))
	for i, row := range rows {
		style := x.normal
		if row.Void {
			style = x.void
		}
		for c, text := range row.Cells {
			cells[c] = x.cell(c, text, style)
		}
		if err := out.SetRow(fmt.Sprintf("A%d", xlsxHead+1+i), cells); err != nil {
			return err
		}
	}
	return out.Flush()
}

// heading writes the name across the table, office and period, and the column names.
func (x *xlsxRun) heading(out *excelize.StreamWriter, b *Book) error {
	last, err := excelize.CoordinatesToCellName(len(x.columns), 1)
	if err != nil {
		return err
	}
	if err := out.MergeCell("A1", last); err != nil {
		return err
	}
	if err := out.SetRow("A1", []any{excelize.Cell{StyleID: x.title, Value: b.Title}}, excelize.RowOpts{Height: 30}); err != nil {
		return err
	}
	about := strings.TrimSpace(b.Office + "　" + b.Period)
	if b.Sample {
		about += "　（样例）"
	}
	if err := out.SetRow("A2", []any{excelize.Cell{StyleID: x.sub, Value: about}}); err != nil {
		return err
	}
	names := make([]any, len(x.columns))
	for i, c := range x.columns {
		names[i] = excelize.Cell{StyleID: x.head, Value: c.Name}
	}
	return out.SetRow(fmt.Sprintf("A%d", xlsxHead), names, excelize.RowOpts{Height: 24})
}

// cell stores counts and amounts as numbers, days and moments as such, so that they can be reckoned with and sorted, and
// all else as text, so that 0012 keeps its zeros and nothing typed by a user is ever a formula.
func (x *xlsxRun) cell(column int, text string, style look) excelize.Cell {
	if x.columns[column].Number {
		if n, err := strconv.ParseFloat(text, 64); err == nil {
			return excelize.Cell{StyleID: style.text, Value: n}
		}
	}
	if at, err := time.Parse("2006年1月2日", text); err == nil {
		return excelize.Cell{StyleID: style.day, Value: at}
	}
	if at, err := time.Parse("2006年1月2日 15:04", text); err == nil {
		return excelize.Cell{StyleID: style.moment, Value: at}
	}
	return excelize.Cell{StyleID: style.text, Value: text}
}

// widths gives the columns' widths in characters, a Chinese one counting as two, by the first rows.
func (x *xlsxRun) widths(rows []Row) []float64 {
	const sample, most = 200, 50
	list := make([]float64, len(x.columns))
	for c, column := range x.columns {
		longest := columnsOf(column.Name)
		for _, row := range rows[:min(sample, len(rows))] {
			longest = max(longest, columnsOf(row.Cells[c]))
		}
		list[c] = float64(min(longest, most) + 2)
	}
	return list
}

// columnsOf counts the half-width columns a text takes.
func columnsOf(s string) int { return (len(s)-utf8.RuneCountInString(s))/2 + utf8.RuneCountInString(s) }

// sheetName makes a title fit for the tab of a workbook: 31 characters, without the marks Excel forbids.
func sheetName(title string) string {
	runes := []rune(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return -1
		}
		return r
	}, title))
	if len(runes) == 0 {
		return "登记簿"
	}
	return string(runes[:min(len(runes), 31)])
}
