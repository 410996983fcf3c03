package api

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/internal/record/sheet"
)

// kindLoad 各类事项 is one kind in one year: what was registered and what was finished in it, and what is open now.
// What is late is told twice, for two pages of the register stand behind it: finished late, and still open past its time.
type kindLoad struct {
	Kind         string   `json:"kind"`
	Name         string   `json:"name"`
	Register     string   `json:"register"` // empty: the kind keeps no register to look it up in
	Received     int      `json:"received"`
	Closed       int      `json:"closed"`
	OnTime       int      `json:"on_time"`
	Late         int      `json:"late"` // closed after the limit
	Open         int      `json:"open"`
	Overdue      int      `json:"overdue"` // open after the limit
	Rate         *float64 `json:"rate"`    // 按期办结率 in per cent; null when nothing was closed
	AverageHours float64  `json:"average_hours"`

	order int
	hours float64
}

// registered is what counts as an arrival of a kind: not what is still being filled in, nor what was struck out.
func registered(p *engine.Procedure) string {
	if p == nil {
		return `m.state <> 'void'`
	}
	first := strings.ReplaceAll(p.First().Key, "'", "''")
	return `m.state <> 'void' AND NOT (m.state = 'open' AND m.number = '' AND m.step = '` + first + `')`
}

// kindGroup is what the database counts together.
type kindGroup struct {
	kind, step, state                               string
	numbered, received, closed, late, open, overdue int
	hours                                           float64
}

// byKind counts the caller's matters of the year by kind, in the order of the catalogue.
func (s *Server) byKind(tx *db.Tx, year int, seen string, args []any) ([]kindLoad, error) {
	from := time.Date(year, 1, 1, 0, 0, 0, 0, db.Location)
	to := from.AddDate(1, 0, 0)
	const closed = `m.state = 'closed' AND m.closed_at >= ? AND m.closed_at < ?`
	given := []any{from, to, from, to, from, to, tx.Now, from, to}
	given = append(append(given, args...), from, to, from, to)
	var groups []kindGroup
	err := tx.Query(`SELECT m.kind, m.step, m.state, CASE WHEN m.number = '' THEN 0 ELSE 1 END,
		SUM(CASE WHEN m.created_at >= ? AND m.created_at < ? THEN 1 ELSE 0 END), SUM(CASE WHEN `+closed+` THEN 1 ELSE 0 END),
		SUM(CASE WHEN `+closed+` AND m.due_at > 0 AND m.closed_at > m.due_at THEN 1 ELSE 0 END),
		SUM(CASE WHEN m.state IN ('open','suspended') THEN 1 ELSE 0 END),
		SUM(CASE WHEN m.state = 'open' AND m.due_at > 0 AND m.due_at < ? THEN 1 ELSE 0 END),
		COALESCE(SUM(CASE WHEN `+closed+` THEN (m.closed_at - m.created_at) / 3600000.0 ELSE 0 END), 0)
		FROM matters m WHERE m.agency_id = ? AND `+seen+` AND m.state <> 'void'
		AND (m.state <> 'closed' OR m.created_at >= ? AND m.created_at < ? OR m.closed_at >= ? AND m.closed_at < ?)
		GROUP BY m.kind, m.step, m.state, CASE WHEN m.number = '' THEN 0 ELSE 1 END`, given, func(scan func(...any) error) error {
		var g kindGroup
		err := scan(&g.kind, &g.step, &g.state, &g.numbered, &g.received, &g.closed, &g.late, &g.open, &g.overdue, &g.hours)
		groups = append(groups, g)
		return err
	})
	if err != nil {
		return nil, err
	}
	kinds := map[string]*kindLoad{}
	for _, g := range groups {
		s.addKind(kinds, g)
	}
	return inOrder(kinds), nil
}

// inOrder works out the rates and sorts the kinds as the catalogue does.
func inOrder(kinds map[string]*kindLoad) []kindLoad {
	out := []kindLoad{}
	for _, k := range kinds {
		k.OnTime = k.Closed - k.Late
		if k.Closed > 0 {
			rate := math.Round(1000*float64(k.OnTime)/float64(k.Closed)) / 10
			k.Rate, k.AverageHours = &rate, k.hours/float64(k.Closed)
		}
		if k.Received+k.Closed+k.Open > 0 {
			out = append(out, *k)
		}
	}
	slices.SortFunc(out, func(a, b kindLoad) int {
		if a.order != b.order {
			return a.order - b.order
		}
		return strings.Compare(a.Kind, b.Kind)
	})
	return out
}

// addKind adds a group to its kind. What is still being filled in is not counted.
func (s *Server) addKind(kinds map[string]*kindLoad, g kindGroup) {
	p := s.app.Engine.Catalogue().Last(g.kind)
	if p == nil || g.state == string(engine.Open) && g.numbered == 0 && g.step == p.First().Key {
		return
	}
	k := kinds[g.kind]
	if k == nil {
		k = &kindLoad{Kind: g.kind, Name: p.Name, Register: p.Register.Name, order: p.Order}
		kinds[g.kind] = k
	}
	k.Received += g.received
	k.Closed += g.closed
	k.Late += g.late
	k.hours += g.hours
	k.Open += g.open
	k.Overdue += g.overdue
}

// kindsFile is the table by kind as a workbook.
func (s *Server) kindsFile(ctx context.Context, c caller, in *statisticsInput, w http.ResponseWriter, _ *http.Request) error {
	var book *sheet.Book
	err := s.app.DB.Write(ctx, func(tx *db.Tx) error {
		world, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		year := in.Year
		if year == 0 {
			year = tx.Now.Year()
		}
		agency := world.Dir.Agency(world.Dir.Person(c.person).Agency)
		seen, args := s.counted(world, c.person)
		kinds, err := s.byKind(tx, year, seen, args)
		if err != nil {
			return err
		}
		book = kindsBook(kinds)
		book.Office, book.Sample, book.Period = agency.Name, agency.Sample, fmt.Sprintf("%d年度", year)
		book.Printed = sheet.Printed{By: world.Dir.Name(c.person), At: world.Now}
		_, err = journal.Append(tx, journal.Entry{Chain: agency.ID, Topic: "statistics", Actor: c.person, Action: "export"},
			map[string]any{"year": year, "lines": len(kinds)})
		return err
	})
	if err != nil {
		return err
	}
	attach(w, book.Title+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", true)
	return book.WriteXLSX(w)
}

func kindsBook(kinds []kindLoad) *sheet.Book {
	book := &sheet.Book{Title: "各类事项办理情况统计表", Paper: sheet.A4Landscape, Columns: []sheet.Column{{Name: "事项", Width: 60}}}
	for _, name := range []string{"受理", "办结", "按期办结", "超期办结", "在办", "其中逾期", "按期办结率（%）", "平均用时（小时）"} {
		book.Columns = append(book.Columns, sheet.Column{Name: name, Align: sheet.Right, Number: true})
	}
	for _, k := range kinds {
		rate, hours := "", ""
		if k.Rate != nil {
			rate, hours = strconv.FormatFloat(*k.Rate, 'f', 1, 64), strconv.FormatFloat(k.AverageHours, 'f', 1, 64)
		}
		row := sheet.Row{Cells: []string{k.Name}}
		for _, n := range []int{k.Received, k.Closed, k.OnTime, k.Late, k.Open, k.Overdue} {
			row.Cells = append(row.Cells, strconv.Itoa(n))
		}
		row.Cells = append(row.Cells, rate, hours)
		book.Rows = append(book.Rows, row)
	}
	return book
}
