package api

import (
	"context"
	"crypto/hmac"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"

	"github.com/emmansun/gmsm/sm3"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
	"github.com/chengqi-oa/chengqi/gongwen/lint"
	"github.com/chengqi-oa/chengqi/gongwen/lint/finished"
	"github.com/chengqi-oa/chengqi/gongwen/render"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office/typeset"
	"github.com/chengqi-oa/chengqi/internal/record/sheet"
	"github.com/chengqi-oa/chengqi/internal/record/viewing"
)

const documentSheet = "document"

type paperInput struct {
	IDPath
	Sheet string `query:"sheet" maxLength:"60"`
}

type paperView struct {
	Sheet  string   `json:"sheet"`
	Name   string   `json:"name"`
	Width  float64  `json:"width_mm"`
	Height float64  `json:"height_mm"`
	Pages  []string `json:"pages"`
}

func (s *Server) paperRoutes() {
	route(s, http.MethodGet, "/matters/{id}/paper", "看纸面", business, s.paper)
	download(s, "/matters/{id}/paper.pdf", "打印", business, s.paperPDF)
	route(s, http.MethodPost, "/preview", "排版预览与核校", business, s.preview)
}

// sheets lists the papers of a matter: the official document first, then its forms.
func (v *viewer) sheets() ([]sheetView, error) {
	out := []sheetView{}
	if typeset.Has(v.p) {
		out = append(out, sheetView{documentSheet, "公文"})
	}
	for i := range v.p.Sheets {
		ok, err := v.p.Holds(v.p.Sheets[i].When, v.m, v.w)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, sheetView{v.p.Sheets[i].Key, v.p.Sheets[i].Name})
		}
	}
	if len(out) == 0 {
		out = append(out, sheetView{"particulars", v.p.Name + "单"})
	}
	return out, nil
}

// paperOf finds what is to be drawn: an official document or a form.
func (s *Server) paperOf(tx *db.Tx, person db.ID, in *paperInput) (*viewer, sheetView, error) {
	m, p, w, err := s.app.Engine.Look(tx, person, in.ID)
	if err != nil {
		return nil, sheetView{}, err
	}
	v := &viewer{s: s, tx: tx, p: p, m: m, w: w, person: person}
	if v.log, err = readLog(tx, m.ID); err != nil {
		return nil, sheetView{}, err
	}
	all, err := v.sheets()
	if err != nil {
		return nil, sheetView{}, err
	}
	for _, sh := range all {
		if in.Sheet == "" || sh.Key == in.Sheet {
			return v, sh, nil
		}
	}
	return nil, sheetView{}, errs.New(errs.NotFound, "没有这张单")
}

func (s *Server) paper(ctx context.Context, c caller, in *paperInput) (*paperView, error) {
	out := &paperView{}
	var of *engine.Matter
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		v, sh, err := s.paperOf(tx, c.person, in)
		if err != nil {
			return err
		}
		of = v.m
		out.Sheet, out.Name, out.Width, out.Height = sh.Key, sh.Name, 210, 297
		if sh.Key == documentSheet {
			out.Pages, err = render.SVG(typeset.Document(v.m.Fields, v.m.Number, v.w), v.rendering())
			return err
		}
		form, err := v.form(sh.Key)
		if err != nil {
			return err
		}
		out.Pages, out.Width, out.Height, err = form.Pages(font.Embedded())
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, s.viewed(ctx, c, of, viewing.View, "")
}

// rendering is how the papers of a matter are drawn for its reader.
func (v *viewer) rendering() render.Options {
	return render.Options{Watermark: mark(v.w, v.m, v.person)}
}

func (s *Server) paperPDF(ctx context.Context, c caller, in *paperInput, w http.ResponseWriter, _ *http.Request) error {
	var doc *gongwen.Document
	var form *sheet.Form
	var name string
	var sh sheetView
	var v *viewer
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if v, sh, err = s.paperOf(tx, c.person, in); err != nil {
			return err
		}
		name = sh.Name + " " + v.m.Title
		if sh.Key == documentSheet {
			doc = typeset.Document(v.m.Fields, v.m.Number, v.w)
			return nil
		}
		form, err = v.form(sh.Key)
		return err
	})
	if err == nil {
		err = s.viewed(ctx, c, v.m, viewing.Print, sh.Name)
	}
	if err != nil {
		return err
	}
	if doc != nil {
		raw, err := render.PDF(doc, v.rendering())
		if err != nil {
			return err
		}
		attach(w, name+".pdf", "application/pdf", false)
		_, _ = w.Write(raw) // the reader may be gone
		return nil
	}
	attach(w, name+".pdf", "application/pdf", false)
	return form.WritePDF(w, font.Embedded())
}

// form fills a printed sheet from the matter, or lays out its particulars when the definition draws none.
func (v *viewer) form(key string) (*sheet.Form, error) {
	agency := v.w.Dir.Agency(v.m.Agency)
	f := &sheet.Form{
		Office: agency.Name, Title: v.p.Name + "单", Number: v.m.Number, Sample: agency.Sample,
		Printed: sheet.Printed{By: v.w.Dir.Name(v.person), At: v.w.Now},
		Check:   sheet.Check{Number: v.m.Number, Value: v.checkValue()},

		WorkSecret: v.m.WorkSecret, Watermark: mark(v.w, v.m, v.person),
	}
	for i := range v.p.Sheets {
		if v.p.Sheets[i].Key == key {
			f.Title = v.p.Sheets[i].Name
			f.Paper, _ = sheet.ParsePaper(v.p.Sheets[i].Paper) // none is A4
			return f, v.fill(f, &v.p.Sheets[i])
		}
	}
	var cells []sheet.Cell
	for _, g := range v.display() {
		for _, item := range g.Items {
			cells = append(cells, sheet.Cell{Label: item.Name, Text: item.Text})
		}
	}
	f.Rows = sheet.Flow(cells)
	return f, nil
}

// checkValue lets a reader hold a paper against the journal: it changes with every entry about the matter.
func (v *viewer) checkValue() string {
	h := hmac.New(sm3.New, []byte(v.m.ID.String()))
	if n := len(v.log); n > 0 {
		h.Write(v.log[n-1].hash)
	}
	return strings.ToUpper(hex.EncodeToString(h.Sum(nil)[:4]))
}

func (v *viewer) fill(f *sheet.Form, def *engine.Sheet) error {
	for _, r := range def.Rows {
		var row sheet.FormRow
		for _, c := range r.Cells {
			cell := sheet.Cell{Label: c.Label, Span: c.Span, Height: float64(r.Height)}
			cell.Align, _ = sheet.ParseAlign(c.Align) // an unknown word is flush left
			if err := v.fillCell(&cell, &c); err != nil {
				return err
			}
			row = append(row, cell)
		}
		f.Rows = append(f.Rows, row)
	}
	return nil
}

func (v *viewer) fillCell(cell *sheet.Cell, def *engine.SheetCell) error {
	switch {
	case len(def.Opinions) > 0:
		cell.Kind, cell.Signs = sheet.Opinions, v.signs(def.Opinions)
	case def.Rows != "":
		cell.Kind = sheet.Entries
		for _, c := range def.Columns {
			align, _ := sheet.ParseAlign(c.Align)
			cell.Columns = append(cell.Columns, sheet.Column{Name: c.Name, Width: float64(c.Width), Align: align})
		}
		for _, r := range v.m.Rows(def.Rows) {
			values, err := v.p.Values(def.Columns, v.m, r, v.w)
			if err != nil {
				return err
			}
			entry := sheet.Row{}
			for _, value := range values {
				entry.Cells = append(entry.Cells, engine.ShowValue(value))
			}
			cell.Entries = append(cell.Entries, entry)
		}
	default:
		value, err := v.p.Value(def.Value, v.m, v.w)
		cell.Text = engine.ShowValue(value)
		return err
	}
	return nil
}

// signs are the opinions given at steps, by whom and when, as the journal has them.
func (v *viewer) signs(steps []string) []sheet.Sign {
	var out []sheet.Sign
	for _, l := range v.log {
		if l.entry.Topic != "matter" || !slices.Contains(steps, l.act.From) || l.entry.Action == "correct" || l.entry.Action == "urge" || l.entry.Action == "create" {
			continue
		}
		opinion := l.act.Opinion
		if opinion == "" {
			opinion = l.act.Name
		}
		sign := sheet.Sign{Opinion: opinion, Name: v.w.Dir.Name(l.entry.Actor), At: l.entry.At}
		if l.entry.For != 0 {
			sign.For = v.w.Dir.Name(l.entry.For)
		}
		out = append(out, sign)
	}
	return out
}

type previewInput struct {
	Body struct {
		Kind   string         `json:"kind" maxLength:"60"`
		Matter db.ID          `json:"matter,omitempty"`
		Fields map[string]any `json:"fields"`
	}
}

type findingView struct {
	Severity string  `json:"severity"`
	Rule     string  `json:"rule"`
	Place    string  `json:"place"`
	Part     string  `json:"part"`
	Index    int     `json:"index"`
	Start    int     `json:"start"`
	End      int     `json:"end"`
	Found    string  `json:"found"`
	Text     string  `json:"text"`
	Basis    string  `json:"basis"`
	Fix      *string `json:"fix"`
}

type previewView struct {
	Pages    []string      `json:"pages"`
	Findings []findingView `json:"findings"`
}

// preview typesets a draft that is not stored yet and checks it.
func (s *Server) preview(ctx context.Context, c caller, in *previewInput) (*previewView, error) {
	out := &previewView{Findings: []findingView{}}
	var doc *gongwen.Document
	of := &engine.Matter{} // a draft that is no matter yet
	var lines []string
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		w, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		fields := map[string]any{}
		if in.Body.Matter != 0 {
			if of, _, _, err = s.app.Engine.Look(tx, c.person, in.Body.Matter); err != nil {
				return err
			}
			fields = of.Fields
		}
		lines = mark(w, of, c.person)
		for k, v := range in.Body.Fields {
			fields[k] = v
		}
		doc = typeset.Document(fields, of.Number, w)
		return nil
	})
	if err == nil {
		err = s.viewed(ctx, c, of, viewing.View, "")
	}
	if err != nil {
		return nil, err
	}
	pages := layout.Lay(doc, font.Embedded(), layout.Options{})
	if out.Pages, err = render.PagesSVG(pages, render.Options{Watermark: lines}); err != nil {
		return nil, err
	}
	out.Findings = append(out.Findings, findings(doc, lint.Options{WorkSecret: doc.WorkSecret, Geometry: finished.Of(doc, pages)})...)
	return out, nil
}
