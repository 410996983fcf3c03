package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/sheet"
	"github.com/chengqi-oa/chengqi/workday"
)

// bookRef 登记簿 is a register of a procedure: one line a matter, or one line a row of a table field.
type bookRef struct {
	key     string
	name    string
	paper   string
	foot    string
	rows    string
	when    engine.Expr
	columns []engine.Column
	proc    *engine.Procedure
}

func booksOf(p *engine.Procedure) []bookRef {
	var out []bookRef
	if p.Register.Name != "" {
		out = append(out, bookRef{p.Kind, p.Register.Name, p.Register.Paper, p.Register.Foot, "", engine.Expr{}, p.Register.Columns, p})
	}
	for i := range p.Books {
		b := &p.Books[i]
		out = append(out, bookRef{b.Key, b.Name, b.Paper, b.Foot, b.Rows, b.When, b.Columns, p})
	}
	return out
}

// book finds a register by its key, with or without the ending by which the forms name it; the key itself comes first,
// for a procedure may keep both (传阅件一览 and 传阅登记簿).
func (s *Server) book(key string) (*bookRef, error) {
	for _, wanted := range []string{key, strings.TrimSuffix(key, "-register"), key + "-register"} {
		for _, p := range s.app.Engine.Catalogue().Kept() {
			for _, b := range booksOf(p) {
				if b.key == wanted {
					return &b, nil
				}
			}
		}
	}
	return nil, errs.New(errs.NotFound, "没有这本登记簿")
}

// RegisterQuery 登记簿查询 is what is asked of a register, on the page and on paper.
type RegisterQuery struct {
	Kind    string `path:"kind" maxLength:"60"`
	Year    int    `query:"year"`
	Unit    db.ID  `query:"unit"`
	State   string `query:"state"`
	Custody string `query:"custody" maxLength:"10"`
	Person  db.ID  `query:"person"`
	Q       string `query:"q" maxLength:"200"`
	From    string `query:"from"`
	To      string `query:"to"`
	Sort    string `query:"sort" maxLength:"40"`
}

type registerInput struct {
	RegisterQuery
	Page int `query:"page" minimum:"1" maximum:"1000000" default:"1"`
	Size int `query:"size" minimum:"1" maximum:"500" default:"50"`
}

type columnView struct {
	Key   string `json:"key"`
	Name  string `json:"name"`
	Width int    `json:"width"`
	Align string `json:"align"`
	Sort  string `json:"sort"`
}

type lineView struct {
	ID         string   `json:"id"`
	Matter     db.ID    `json:"matter_id"`
	Void       bool     `json:"void"`
	Overdue    bool     `json:"overdue"`
	WorkSecret bool     `json:"work_secret"`
	Cells      []string `json:"cells"`
}

type registerView struct {
	Kind      string       `json:"kind"`
	Name      string       `json:"name"`
	Columns   []columnView `json:"columns"`
	Rows      []lineView   `json:"rows"`
	Total     int          `json:"total"`
	Page      int          `json:"page"`
	Size      int          `json:"size"`
	Years     []int        `json:"years"`
	Units     []named      `json:"units"`
	States    []optionView `json:"states"`
	Custodies []optionView `json:"custodies"` // none, if the book's matters are in nobody's custody
}

func (s *Server) registerRoutes() {
	route(s, http.MethodGet, "/registers", "登记簿", business, s.registers)
	route(s, http.MethodGet, "/registers/{kind}", "一本登记簿", business, s.register)
	download(s, "/registers/{kind}/book.xlsx", "登记簿导出", business, s.registerFile)
	download(s, "/registers/{kind}/book.pdf", "登记簿打印", business, s.registerFile)
	route(s, http.MethodGet, "/search", "全文检索", business, s.search)
	s.viewRoutes()
	s.tallyRoutes()
}

func (s *Server) registers(ctx context.Context, c caller, _ *none) (map[string]any, error) {
	type item struct {
		Kind   string `json:"kind"`
		Of     string `json:"of"`
		Name   string `json:"name"`
		Group  string `json:"group"`
		Count  int    `json:"count"`  // of this year; of a ledger of things, all
		Things bool   `json:"things"` // a ledger of what is there, whichever year it came
	}
	items := []item{}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		w, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		for _, p := range s.app.Engine.Catalogue().Kept() {
			q := engine.LineQuery{Year: w.Now.Year()} // the year one looks at first
			if p.Thing != "" {
				q.Year = 0
			}
			total, err := s.app.Engine.CountLines(tx, p, w.ActorOf(c.person), w, q)
			if err != nil {
				return err
			}
			for _, b := range booksOf(p) {
				items = append(items, item{b.key, p.Kind, b.name, p.Group, total, p.Thing != "" && b.rows == ""})
			}
		}
		return nil
	})
	return map[string]any{"items": items}, err
}

func (q RegisterQuery) lines(sortKey string) (engine.LineQuery, error) {
	out := engine.LineQuery{Year: q.Year, Unit: q.Unit, State: q.State, Custody: engine.Custody(q.Custody), Person: q.Person, Text: q.Q, Sort: sortKey}
	var err error
	out.From, out.To, err = betweenDays(q.From, q.To)
	return out, err
}

// betweenDays reads the first and the last day of what is asked for, as moments: not before, and before. Either may be
// left open.
func betweenDays(first, last string) (from, to time.Time, err error) {
	for _, d := range []struct {
		text string
		into *time.Time
		next int
	}{{first, &from, 0}, {last, &to, 1}} {
		if d.text == "" {
			continue
		}
		day, err := workday.ParseDay(d.text)
		if err != nil {
			return from, to, errs.Refuse("没有查到", errs.Reason{Text: "起止日期应写成 2026-11-18"})
		}
		*d.into = day.At(0).AddDate(0, 0, d.next)
	}
	return from, to, nil
}

// sortKey turns the column asked for (by place, or by its key) into what the store can order by.
func (b *bookRef) sortKey(asked string) string {
	name, down := strings.CutPrefix(asked, "-")
	key := name
	for i, c := range b.columns {
		if name == fmt.Sprintf("c%d", i) || name == c.Sort {
			key = c.Sort
		}
	}
	if key == "" {
		return ""
	}
	if down {
		return "-" + key
	}
	return key
}

func (s *Server) register(ctx context.Context, c caller, in *registerInput) (*registerView, error) {
	b, err := s.book(in.Kind)
	if err != nil {
		return nil, err
	}
	out := &registerView{Kind: b.key, Name: b.name, Rows: []lineView{}, Page: in.Page, Size: in.Size, Years: []int{}, Units: []named{}, Custodies: []optionView{}}
	for i, col := range b.columns {
		out.Columns = append(out.Columns, columnView{fmt.Sprintf("c%d", i), col.Name, col.Width, col.Align, col.Sort})
	}
	out.States = []optionView{{"open", "办理中"}, {"late", "已逾期"}, {"suspended", "已暂停"}, {"closed", "已办结"}, {"closed-late", "超期办结"}, {"void", "已作废"}}
	if b.proc.Custody != "" {
		for _, c := range engine.Custodies {
			out.Custodies = append(out.Custodies, optionView{string(c), string(c)})
		}
	}
	err = s.app.DB.Read(ctx, func(tx *db.Tx) error {
		w, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		q, err := in.lines(b.sortKey(in.Sort))
		if err != nil {
			return err
		}
		q.Offset, q.Limit = (in.Page-1)*in.Size, in.Size
		if out.Rows, out.Total, err = s.readBook(tx, b, w, c.person, q); err != nil {
			return err
		}
		return s.facets(tx, b, w, c.person, out)
	})
	return out, err
}

// readBook reads a page of lines. A book of table rows pages by matters, each giving as many lines as it has rows.
func (s *Server) readBook(tx *db.Tx, b *bookRef, w engine.World, person db.ID, q engine.LineQuery) ([]lineView, int, error) {
	matters, total, err := s.app.Engine.Lines(tx, b.proc, w.ActorOf(person), w, q)
	if err != nil {
		return nil, 0, err
	}
	if w.Refs, err = engine.Named(tx, b.proc, matters); err != nil {
		return nil, 0, err
	}
	out := []lineView{}
	for _, m := range matters {
		lines, err := b.linesOf(m, w)
		if err != nil {
			return nil, 0, err
		}
		out = append(out, lines...)
	}
	return out, total, nil
}

func (b *bookRef) linesOf(m *engine.Matter, w engine.World) ([]lineView, error) {
	rows := []map[string]any{nil}
	if b.rows != "" {
		rows = nil
		list, _ := m.Fields[b.rows].([]any)
		for _, r := range list {
			if row, ok := r.(map[string]any); ok {
				rows = append(rows, row)
			}
		}
	}
	var out []lineView
	for i, row := range rows {
		if in, err := b.proc.HoldsFor(b.when, m, row, w); err != nil || !in {
			if err != nil {
				return nil, err
			}
			continue
		}
		values, err := b.proc.Values(b.columns, m, row, w)
		if err != nil {
			return nil, err
		}
		l := lineView{ID: fmt.Sprintf("%s-%d", m.ID, i), Matter: m.ID, Void: m.State == engine.Void, WorkSecret: m.WorkSecret, Cells: make([]string, len(values))}
		l.Overdue = m.State == engine.Open && !m.Due.IsZero() && m.Due.Before(w.Now)
		for j, v := range values {
			l.Cells[j] = engine.ShowValue(v)
		}
		out = append(out, l)
	}
	return out, nil
}

func (s *Server) facets(tx *db.Tx, b *bookRef, w engine.World, person db.ID, out *registerView) error {
	var err error
	if out.Years, err = s.app.Engine.Years(tx, b.proc, w.ActorOf(person), w); err != nil {
		return err
	}
	for _, u := range w.Dir.Units(w.Dir.Person(person).Agency) {
		out.Units = append(out.Units, named{u.ID, u.Name})
	}
	return nil
}

const exportLimit = 200_000

// registerFile prints or exports a whole register, with the filters of the page, and records that it was done.
func (s *Server) registerFile(ctx context.Context, c caller, in *RegisterQuery, w http.ResponseWriter, r *http.Request) error {
	b, err := s.book(in.Kind)
	if err != nil {
		return err
	}
	pdf := strings.HasSuffix(r.URL.Path, ".pdf")
	return s.giveBook(ctx, c, w, func(tx *db.Tx, world engine.World) (*given, error) {
		q, err := in.lines(b.sortKey(in.Sort))
		if err != nil {
			return nil, err
		}
		if q.Sort == "" {
			q.Sort = "number" // paper runs from the first number on
		}
		q.Limit = exportLimit
		lines, _, err := s.readBook(tx, b, world, c.person, q)
		if err != nil {
			return nil, err
		}
		g := &given{Book: b.print(lines, in.Year), secrets: secretsIn(lines), pdf: pdf, topic: "register", action: "export", about: map[string]any{"register": b.key}}
		if pdf {
			g.action = "print"
			if in.whole() {
				g.Cover = b.cover(lines, in.Year)
			}
		}
		return g, nil
	})
}

// secretsIn are the matters of lines that are work secrets.
func secretsIn(lines []lineView) (secrets []db.ID) {
	for _, l := range lines {
		if l.WorkSecret {
			secrets = append(secrets, l.Matter)
		}
	}
	return secrets
}

// whole tells whether a whole book is asked for, not some lines of it.
func (q *RegisterQuery) whole() bool {
	return q.Year != 0 && q.Unit == 0 && q.State == "" && q.Custody == "" && q.Person == 0 && q.Q == "" && q.From == "" && q.To == ""
}

// cover is the cover of the year's book; the days of its opening and closing are written in by hand.
func (b *bookRef) cover(lines []lineView, year int) *sheet.Cover {
	out := &sheet.Cover{Year: fmt.Sprintf("%d年", year)}
	at := slices.IndexFunc(b.columns, func(c engine.Column) bool { return c.Sort == "number" })
	if at < 0 || len(lines) == 0 {
		return out
	}
	out.First, out.Last = lines[0].Cells[at], lines[len(lines)-1].Cells[at]
	return out
}

func (b *bookRef) print(lines []lineView, year int) *sheet.Book {
	paper, _ := sheet.ParsePaper(b.paper) // an unknown paper falls back to the book's own choice
	out := &sheet.Book{Title: b.name, Paper: paper, Signer: b.foot}
	if year != 0 {
		out.Period = fmt.Sprintf("%d年度", year)
	}
	for _, c := range b.columns {
		align, _ := sheet.ParseAlign(c.Align)
		out.Columns = append(out.Columns, sheet.Column{Name: c.Name, Width: float64(c.Width), Align: align, Number: c.Align == "right"})
	}
	title := slices.IndexFunc(b.columns, func(c engine.Column) bool { return c.Sort == "title" })
	for _, l := range lines {
		if title >= 0 {
			l.Cells[title] = bearing(l.Cells[title], l.WorkSecret)
		}
		out.Rows = append(out.Rows, sheet.Row{Cells: l.Cells, Void: l.Void})
	}
	return out
}
