package api

import (
	"slices"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/engine"
)

// What a kind has to do with things, read from its definition, so that pages about rooms, vehicles or supplies need
// know no kind by name.

// bookingUse is how a kind books time: which things, and the fields that say what, from when and until when.
type bookingUse struct {
	Of    string `json:"of"`
	Thing string `json:"thing"`
	From  string `json:"from"`
	Until string `json:"until"`
}

// calls visits the effects of every action of a kind.
func calls(p *engine.Procedure, visit func(engine.Call)) {
	for i := range p.Steps {
		for _, a := range p.Steps[i].Actions {
			for _, call := range a.Do {
				visit(call)
			}
		}
	}
	for _, a := range p.Always {
		for _, call := range a.Do {
			visit(call)
		}
	}
}

func bookingsOf(p *engine.Procedure) []bookingUse {
	out := []bookingUse{}
	calls(p, func(call engine.Call) {
		arg := strings.Split(call.Arg, ",")
		if call.Name != "book" || len(arg) < 3 {
			return
		}
		if f := p.Field(arg[0]); f != nil && f.Of != "" {
			use := bookingUse{f.Of, arg[0], arg[1], arg[2]}
			if !slices.Contains(out, use) {
				out = append(out, use)
			}
		}
	})
	return out
}

// stocksOf lists the kinds of things whose quantities a kind moves.
func stocksOf(p *engine.Procedure) []string {
	out := []string{}
	calls(p, func(call engine.Call) {
		if !strings.HasPrefix(call.Name, "stock-") {
			return
		}
		item, _, _ := strings.Cut(call.Arg, ",")
		table, column, inTable := strings.Cut(item, ".")
		f := p.Field(table)
		if f == nil {
			return
		}
		of := f.Of
		if inTable {
			i := slices.IndexFunc(f.Columns, func(c engine.Field) bool { return c.Key == column })
			if i < 0 {
				return
			}
			of = f.Columns[i].Of
		}
		if of != "" && !slices.Contains(out, of) {
			out = append(out, of)
		}
	})
	return out
}

type columnOutline struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Width int    `json:"width"`
}

type sheetOutline struct {
	Key  string            `json:"key"`
	Name string            `json:"name"`
	Rows []sheetRowOutline `json:"rows"`
}

type sheetRowOutline struct {
	Height int                `json:"height"`
	Cells  []sheetCellOutline `json:"cells"`
}

// sheetCellOutline is a cell of a form still without a matter: its label, what will stand in it, whose opinions.
type sheetCellOutline struct {
	Label    string   `json:"label"`
	Value    string   `json:"value"`
	Opinions []string `json:"opinions"`
	Columns  []string `json:"columns"` // of a table within the form
	Span     int      `json:"span"`
}

func columnsOf(p *engine.Procedure) []columnOutline {
	out := []columnOutline{}
	for _, c := range p.Register.Columns {
		out = append(out, columnOutline{c.Name, c.Value.Text, c.Width})
	}
	return out
}

func sheetsOf(p *engine.Procedure) []sheetOutline {
	out := []sheetOutline{}
	for _, s := range p.Sheets {
		sheet := sheetOutline{Key: s.Key, Name: s.Name, Rows: []sheetRowOutline{}}
		for _, r := range s.Rows {
			row := sheetRowOutline{Height: r.Height, Cells: []sheetCellOutline{}}
			for _, c := range r.Cells {
				cell := sheetCellOutline{c.Label, c.Value.Text, stepNames(p, c.Opinions), []string{}, c.Span}
				for _, column := range c.Columns {
					cell.Columns = append(cell.Columns, column.Name)
				}
				row.Cells = append(row.Cells, cell)
			}
			sheet.Rows = append(sheet.Rows, row)
		}
		out = append(out, sheet)
	}
	return out
}

func stepNames(p *engine.Procedure, keys []string) []string {
	out := []string{}
	for _, k := range keys {
		if s := p.Step(k); s != nil {
			out = append(out, s.Name)
		}
	}
	return out
}
