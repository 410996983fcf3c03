package docx

import (
	"regexp"
	"strings"
)

// table 表格 being read.
type table struct {
	rows [][]string
	at   int // the cell that takes text
}

const mostColumns = 63 // as many as Word allows

// cell begins a cell of the last row.
func (t *table) cell() {
	if t != nil && len(t.rows) > 0 {
		t.at = len(t.rows[len(t.rows)-1])
		t.span(1)
	}
}

// span adds empty cells, such as the columns a cell covers besides its own.
func (t *table) span(n int) {
	if t == nil || len(t.rows) == 0 {
		return
	}
	row := &t.rows[len(t.rows)-1]
	for range n {
		if len(*row) < mostColumns {
			*row = append(*row, "")
		}
	}
}

// current gives the cell that takes text, or nil outside a table.
func (t *table) current() *string {
	if t == nil || len(t.rows) == 0 {
		return nil
	}
	if row := t.rows[len(t.rows)-1]; t.at < len(row) {
		return &row[t.at]
	}
	return nil
}

var (
	printedEnd = regexp.MustCompile(`[0-9〇○零一二三四五六七八九十]{1,4}日?[ 　]*印发[。]?$`)
	headRow    = regexp.MustCompile(`签[ 　]*发[ 　]*人|[〔\[［【][0-9]{2,4}[〕\]］】].{0,4}[0-9]+[ 　]*号`)
)

// endTable writes a table as rows of the text form. Officials also use tables to place things: the number beside the
// signers, 版记, a whole page in one cell. Those are lines, not tables.
func (r *reader) endTable() {
	t := r.table
	if t == nil {
		return
	}
	r.table = nil
	if n := len(r.around); n > 0 {
		r.table, r.around = r.around[n-1], r.around[:n-1]
	}
	if cell := r.table.current(); cell != nil { // a table in a cell: its words go into the cell
		*cell = strings.TrimPrefix(*cell+"\n"+strings.Join(t.plain(), "\n"), "\n")
		return
	}
	r.titled = false
	if t.places() {
		r.file.Lines = append(r.file.Lines, t.plain()...)
		return
	}
	escape := strings.NewReplacer(`\`, `\\`, "|", `\|`, "\n", `\n`)
	for _, row := range t.rows {
		var b strings.Builder
		b.WriteString("|")
		for _, cell := range row {
			b.WriteString(" " + escape.Replace(cell) + " |")
		}
		r.file.Lines = append(r.file.Lines, b.String())
	}
}

// places reports a table that only puts things in their place.
func (t *table) places() bool {
	columns := 0
	for _, row := range t.rows {
		columns = max(columns, len(row))
		joined := strings.Join(row, "")
		plain := strings.Trim(joined, blank+"\n")
		if len(row) == 2 && row[1] == "文件" { // the mark of a joint document
			return true
		}
		if printedEnd.MatchString(plain) && len(row) <= 3 || strings.HasPrefix(plain, "抄送") {
			return true
		}
		if len(t.rows) <= 3 && len(row) <= 3 && headRow.MatchString(joined) && !strings.Contains(joined, "序号") && len([]rune(plain)) < 60 {
			return true
		}
	}
	return columns <= 1
}

// plain gives the cells of each row side by side.
func (t *table) plain() []string {
	var out []string
	for _, row := range t.rows {
		var cells []string
		for _, c := range row {
			if c = strings.Trim(c, blank+"\n"); c != "" {
				cells = append(cells, c)
			}
		}
		if len(cells) == 1 {
			out = append(out, strings.Split(cells[0], "\n")...)
			continue
		}
		for i := range cells {
			cells[i] = strings.ReplaceAll(cells[i], "\n", "")
		}
		if len(cells) > 0 {
			out = append(out, strings.Join(cells, "　　"))
		}
	}
	return out
}
