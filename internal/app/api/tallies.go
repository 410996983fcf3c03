package api

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/sheet"
)

type tallyLineView struct {
	Name  string    `json:"name"`
	Cells []float64 `json:"cells"`
	Total float64   `json:"total"`
}

type tallyView struct {
	Name    string          `json:"name"`
	Clause  string          `json:"clause"`
	Measure string          `json:"measure"`
	Across  []string        `json:"across"` // none: one column, the total
	Lines   []tallyLineView `json:"lines"`
}

type talliesInput struct {
	Kind string `path:"kind" maxLength:"60"`
	Year int    `query:"year"`
}

type rateLineView struct {
	Name    string  `json:"name"`
	Whole   int     `json:"whole"`
	Part    int     `json:"part"`
	Percent float64 `json:"percent"`
	Missed  bool    `json:"missed"` // below the target or above the most
}

type rateView struct {
	Name   string         `json:"name"`
	Clause string         `json:"clause"`
	Target float64        `json:"target"` // 0: none is set
	Most   *float64       `json:"most"`   // what it must not pass; null: none is set
	Lines  []rateLineView `json:"lines"`  // the last one for all together
}

type talliesView struct {
	Name  string      `json:"name"`
	Year  int         `json:"year"`
	Items []tallyView `json:"items"`
	Rates []rateView  `json:"rates"`
}

func (s *Server) tallyRoutes() {
	route(s, http.MethodGet, "/registers/{kind}/tallies", "登记簿分项统计", business, s.tallies)
	download(s, "/registers/{kind}/tallies.xlsx", "分项统计表", business, s.talliesFile)
}

// tallies works out what the definition of a kind wants counted, over the lines the caller may see.
func (s *Server) tallies(ctx context.Context, c caller, in *talliesInput) (*talliesView, error) {
	var out *talliesView
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.tallied(tx, c.person, in)
		return err
	})
	return out, err
}

func (s *Server) tallied(tx *db.Tx, person db.ID, in *talliesInput) (*talliesView, error) {
	p := s.app.Engine.Catalogue().Last(in.Kind)
	if p == nil {
		return nil, errs.New(errs.NotFound, "没有这本登记簿")
	}
	w, err := s.app.Engine.World(tx)
	if err != nil {
		return nil, err
	}
	out := &talliesView{Name: p.Name, Year: in.Year, Items: []tallyView{}, Rates: []rateView{}}
	if out.Year == 0 {
		out.Year = tx.Now.Year()
	}
	if len(p.Tallies)+len(p.Rates) == 0 {
		return out, nil
	}
	matters, _, err := s.app.Engine.Lines(tx, p, w.ActorOf(person), w, engine.LineQuery{Year: out.Year, Limit: exportLimit})
	if err != nil {
		return nil, err
	}
	if w.Refs, err = engine.Named(tx, p, matters); err != nil {
		return nil, err
	}
	for i := range p.Tallies {
		t, err := p.Tally(&p.Tallies[i], matters, w)
		if err != nil {
			return nil, err
		}
		v := tallyView{Name: t.Name, Clause: t.Clause, Measure: t.Measure, Across: append([]string{}, t.Across...), Lines: []tallyLineView{}}
		for _, l := range t.Lines {
			v.Lines = append(v.Lines, tallyLineView(l))
		}
		out.Items = append(out.Items, v)
	}
	tables, err := s.app.Engine.Rates(tx, p, matters, w.ActorOf(person), w, out.Year)
	for _, t := range tables {
		out.Rates = append(out.Rates, showRate(t))
	}
	return out, err
}

func showRate(t *engine.RateTable) rateView {
	v := rateView{Name: t.Name, Clause: t.Clause, Target: t.Target, Most: t.Most}
	for _, l := range t.Lines {
		v.Lines = append(v.Lines, rateLineView(l))
	}
	return v
}

// talliesFile is the same as a workbook: a line for each figure.
func (s *Server) talliesFile(ctx context.Context, c caller, in *talliesInput, w http.ResponseWriter, _ *http.Request) error {
	return s.giveBook(ctx, c, w, func(tx *db.Tx, _ engine.World) (*given, error) {
		counted, err := s.tallied(tx, c.person, in)
		if err != nil {
			return nil, err
		}
		book := talliesBook(counted)
		book.Period = fmt.Sprintf("%d年度", counted.Year)
		return &given{Book: book, topic: "statistics", action: "export", about: map[string]any{"kind": in.Kind, "year": counted.Year}}, nil
	})
}

func talliesBook(counted *talliesView) *sheet.Book {
	book := &sheet.Book{Title: counted.Name + "分项统计表", Paper: sheet.A4Landscape, Columns: []sheet.Column{
		{Name: "统计", Width: 50}, {Name: "项目", Width: 60}, {Name: "分列", Width: 60}, {Name: "数量", Align: sheet.Right, Number: true},
	}}
	add := func(cells ...string) { book.Rows = append(book.Rows, sheet.Row{Cells: cells}) }
	figure := func(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
	for _, t := range counted.Items {
		for _, l := range t.Lines {
			for i, n := range l.Cells {
				if n != 0 {
					add(t.Name, l.Name, t.Across[i], figure(n))
				}
			}
			add(t.Name, l.Name, "合计", figure(l.Total))
		}
	}
	for _, r := range counted.Rates {
		for _, l := range r.Lines {
			share := fmt.Sprintf("%d/%d", l.Part, l.Whole)
			switch {
			case l.Missed && r.Most != nil:
				share += "，超过 " + figure(*r.Most) + "%"
			case l.Missed:
				share += "，未达 " + figure(r.Target) + "%"
			}
			add(r.Name, l.Name, share, figure(l.Percent))
		}
	}
	return book
}
