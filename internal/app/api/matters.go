package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/app/flows"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/viewing"
	"github.com/chengqi-oa/chengqi/workday"
)

// IDPath 编号 is the id in a path. It is exported because parameters of an embedded type that is not are passed over.
type IDPath struct {
	ID db.ID `path:"id"`
}

// KindPath 种类 is the kind in a path.
type KindPath struct {
	Kind string `path:"kind" maxLength:"60"`
}

type procedureBrief struct {
	Kind     string   `json:"kind"`
	Name     string   `json:"name"`
	Group    string   `json:"group"`
	Summary  string   `json:"summary"`
	MayStart bool     `json:"may_start"`
	Basis    []string `json:"basis"`

	Thing  bool         `json:"thing"`  // its entries are things other kinds may name
	Books  []bookingUse `json:"books"`  // the time it books
	Stocks []string     `json:"stocks"` // the kinds of things whose stock it moves
}

func inBrief(p *engine.Procedure, w engine.World, person db.ID) procedureBrief {
	return procedureBrief{
		p.Kind, p.Name, p.Group, p.Summary, p.MayStart(w, person), list(p.Basis), p.Thing != "", bookingsOf(p), stocksOf(p),
	}
}

type procedureView struct {
	procedureBrief
	Version string        `json:"version"`
	Fields  []fieldView   `json:"fields"`
	Steps   []stepOutline `json:"steps"`
	Start   startView     `json:"start"`
}

type startView struct {
	Step     string      `json:"step"`
	Name     string      `json:"name"`
	Action   string      `json:"action"`
	Fields   []fieldView `json:"fields"`
	NeededBy []string    `json:"needed_by"` // see actionView
}

type stepOutline struct {
	Key      string          `json:"key"`
	Name     string          `json:"name"`
	Who      string          `json:"who"`
	Mode     engine.Mode     `json:"mode"`
	Limit    string          `json:"limit"`
	Hint     string          `json:"hint"`
	Basis    []string        `json:"basis"`
	External bool            `json:"external"`
	Actions  []actionOutline `json:"actions"`
}

type actionOutline struct {
	Key  string   `json:"key"`
	Name string   `json:"name"`
	To   []string `json:"to"`
	Asks bool     `json:"asks"` // an ordinary way on with a form of its own
}

func (s *Server) matterRoutes() {
	route(s, http.MethodGet, "/procedures", "办理程序", anyone, s.procedures)
	route(s, http.MethodGet, "/procedures/{kind}", "一个办理程序", anyone, s.procedure)
	route(s, http.MethodPost, "/procedures/{kind}/needed", "立件时必填的栏目", business, s.neededToBegin)
	route(s, http.MethodGet, "/procedures/{kind}/similar", "查重", business, s.similar)
	route(s, http.MethodPost, "/matters", "立件", business, s.create)
	route(s, http.MethodGet, "/matters/{id}", "看一件", business, s.look)
	route(s, http.MethodPost, "/matters/{id}/open", "打开待办", business, func(ctx context.Context, c caller, in *IDPath) (none, error) {
		return none{}, s.app.Engine.Opened(ctx, in.ID, c.person)
	})
	route(s, http.MethodPost, "/matters/{id}/actions/{key}", "办理", business, s.act)
	route(s, http.MethodPost, "/matters/{id}/actions/{key}/needed", "办理时必填的栏目", business, s.neededNow)
	route(s, http.MethodGet, "/clauses/{id}", "条款", anyone, s.clause)
}

func (s *Server) procedures(ctx context.Context, c caller, _ *none) (map[string]any, error) {
	items := []procedureBrief{}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		w, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		for _, p := range s.app.Engine.Catalogue().All() {
			items = append(items, inBrief(p, w, c.person))
		}
		return nil
	})
	return map[string]any{"items": items}, err
}

func (s *Server) procedure(ctx context.Context, c caller, in *KindPath) (*procedureView, error) {
	p := s.app.Engine.Catalogue().Kind(in.Kind)
	if p == nil {
		return nil, errs.New(errs.NotFound, "没有这个办理程序")
	}
	var v *procedureView
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		w, err := s.app.Engine.World(tx)
		if err == nil {
			v = describe(p, c.person, w)
		}
		return err
	})
	return v, err
}

// describe tells everything of a procedure that a page about it shows.
func describe(p *engine.Procedure, person db.ID, w engine.World) *procedureView {
	v := &procedureView{Version: p.Version, Fields: []fieldView{}, Steps: []stepOutline{}}
	v.procedureBrief = inBrief(p, w, person)
	for i := range p.Fields {
		if !p.Fields[i].Hidden {
			v.Fields = append(v.Fields, viewField(&p.Fields[i], false))
		}
	}
	v.Start = startOf(p, person, w)
	for i := range p.Steps {
		v.Steps = append(v.Steps, outline(p, &p.Steps[i], w))
	}
	return v
}

// startOf is what the first step asks for, with its defaults, so that a form can be drawn before there is a matter.
func startOf(p *engine.Procedure, person db.ID, w engine.World) startView {
	first := p.First()
	v := startView{Step: first.Key, Name: first.Name, Fields: []fieldView{}, NeededBy: []string{}}
	if len(first.Actions) == 0 {
		return v
	}
	act := &first.Actions[0]     // the ordinary way on
	m, _ := p.Unbegun(person, w) // proved when the definition was loaded, as is all below
	v.Action = act.Key
	for _, e := range act.Fields {
		f := p.Field(e.Field)
		fv := viewField(f, e.Required)
		if !f.Default.IsZero() {
			fv.Default, _ = p.Begins(f, m, person, w)
			fv.Value = fv.Default
		}
		v.Fields = append(v.Fields, fv)
	}
	v.NeededBy = star(p, m, act, person, v.Fields, w)
	return v
}

func outline(p *engine.Procedure, s *engine.Step, w engine.World) stepOutline {
	o := stepOutline{
		Key: s.Key, Name: s.Name, Who: whoText(p, s, w), Mode: s.Mode, Limit: limitWords(p, s, w), Hint: s.Hint,
		Basis: list(s.Basis), External: s.External, Actions: []actionOutline{},
	}
	for _, a := range s.Actions {
		ao := actionOutline{Key: a.Key, Name: a.Name, To: []string{}, Asks: len(a.Fields) > 0 && !a.Auto && a.When.IsZero() && a.Style != "danger"}
		for _, b := range a.To {
			ao.To = append(ao.To, b.To)
		}
		o.Actions = append(o.Actions, ao)
	}
	return o
}

// whoText says who acts at a step; what cannot be said depends on what is filled in.
func whoText(p *engine.Procedure, s *engine.Step, w engine.World) string {
	if s.Who.IsZero() {
		return "经办人"
	}
	if text, ok := flows.Who(p, w.Rules, s); ok {
		return text
	}
	return "按所填内容确定"
}

// limitWords says how long a step may take before there is a matter; what cannot be said depends on what is filled in.
func limitWords(p *engine.Procedure, s *engine.Step, w engine.World) string {
	text := strings.Trim(s.Limit.Text, `"`)
	if said, ok := flows.Limit(p, w.Rules, s); ok && text != "" {
		return said
	}
	return limitText(text)
}

// limitText writes a limit in Chinese; a computed one is said to depend.
func limitText(text string) string {
	if text == "" {
		return ""
	}
	if day, err := workday.ParseDay(text); err == nil {
		return "至" + day.Chinese()
	}
	l, err := workday.ParseLimit(text)
	if err != nil {
		return "按情况定"
	}
	return l.String()
}

type similarInput struct {
	KindPath
	Title  string `query:"title"`
	Number string `query:"number"`
	Sender string `query:"sender"`
}

type similarItem struct {
	Matter db.ID  `json:"matter_id"`
	Number string `json:"number"`
	Title  string `json:"title"`
	At     string `json:"at"`
	Why    string `json:"why"`
}

func (s *Server) similar(ctx context.Context, c caller, in *similarInput) (map[string]any, error) {
	items := []similarItem{}
	p := s.app.Engine.Catalogue().Kind(in.Kind)
	if p == nil {
		return nil, errs.New(errs.NotFound, "没有这个办理程序")
	}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		w, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		found, err := s.app.Engine.Similar(tx, p, w.ActorOf(c.person), w, strings.TrimSpace(in.Title), strings.TrimSpace(in.Number), 5)
		for _, m := range found {
			why := "标题相同"
			if in.Number != "" && m.PartyNumber == strings.TrimSpace(in.Number) {
				why = "文号相同"
			}
			items = append(items, similarItem{m.ID, m.Number, m.Title, m.Created.Format("2006-01-02"), why})
		}
		return err
	})
	return map[string]any{"items": items}, err
}

type createInput struct {
	Key  string `header:"Idempotency-Key" maxLength:"100"`
	Body struct {
		Kind   string         `json:"kind"`
		Fields map[string]any `json:"fields,omitempty"`
		From   *struct {
			Matter   db.ID  `json:"matter"`
			Relation string `json:"relation" maxLength:"20"`
		} `json:"from,omitempty"`
	}
}

func (s *Server) create(ctx context.Context, c caller, in *createInput) (*matterView, error) {
	var id db.ID
	err := s.app.DB.Write(ctx, func(tx *db.Tx) error {
		m, err := s.app.Engine.CreateIn(tx, c.person, in.Body.Kind, in.Body.Fields, in.Key)
		if err != nil {
			return err
		}
		if from := in.Body.From; from != nil {
			if _, _, _, err := s.app.Engine.Look(tx, c.person, from.Matter); err != nil {
				return err
			}
			if err := s.app.Engine.Link(tx, from.Matter, m.ID, from.Relation); err != nil {
				return err
			}
		}
		id = m.ID
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s.drawn(ctx, c.person, id)
}

// drawn shows a matter as it is after a write: drawing it is not the writer's time to spend.
func (s *Server) drawn(ctx context.Context, person, id db.ID) (*matterView, error) {
	var out *matterView
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.view(tx, person, id)
		return err
	})
	return out, err
}

type lookInput struct {
	IDPath
	Open bool `query:"open" doc:"同时记为已打开"`
}

func (s *Server) look(ctx context.Context, c caller, in *lookInput) (*matterView, error) {
	out, err := s.drawn(ctx, c.person, in.ID)
	if err == nil {
		err = s.viewed(ctx, c, &engine.Matter{ID: out.ID, WorkSecret: out.WorkSecret}, viewing.View, "")
	}
	if err != nil {
		return nil, err
	}
	if in.Open && slicesHas(out.Holders, c.person) {
		err = s.app.Engine.Opened(ctx, in.ID, c.person)
	}
	return out, err
}

func slicesHas(holders []holderView, person db.ID) bool {
	for _, h := range holders {
		if h.Status == "current" && !h.Opened && (h.ID == person || h.For != nil) {
			return true
		}
	}
	return false
}

type actInput struct {
	IDPath
	Key         string `path:"key" maxLength:"60"`
	Idempotency string `header:"Idempotency-Key" maxLength:"100"`
	Body        struct {
		Version int64          `json:"version"`
		Fields  map[string]any `json:"fields,omitempty"`
		Opinion string         `json:"opinion,omitempty"`
	}
}

func (s *Server) act(ctx context.Context, c caller, in *actInput) (*matterView, error) {
	if in.Body.Version == 0 {
		return nil, errs.Refuse("没有办成", errs.Reason{Text: "缺少件的版本，请刷新页面再办", Field: "version"})
	}
	err := s.app.DB.Write(ctx, func(tx *db.Tx) error {
		m, err := s.app.Engine.DoIn(tx, c.person, engine.Command{
			Matter: in.ID, Action: in.Key, Version: in.Body.Version, Fields: in.Body.Fields, Opinion: in.Body.Opinion, Key: in.Idempotency,
		})
		if err != nil {
			return err
		}
		_, err = tx.Exec(`DELETE FROM drafts WHERE person_id = ? AND key = ?`, c.person, "matter:"+m.ID.String()+":"+in.Key)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.drawn(ctx, c.person, in.ID)
}

type clauseView struct {
	ID     string      `json:"id"`
	Module string      `json:"module"`
	Text   string      `json:"text"`
	Params []paramView `json:"params"`
	Where  []string    `json:"where"`
}

type paramView struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

type clausePath struct {
	ID string `path:"id" maxLength:"30"`
}

func (s *Server) clause(_ context.Context, _ caller, in *clausePath) (*clauseView, error) {
	cl := s.app.Engine.Rules().Clause(in.ID)
	if cl == nil {
		return nil, errs.New(errs.NotFound, "制度库没有条款 %s", in.ID)
	}
	v := &clauseView{ID: cl.ID, Module: cl.Chapter, Text: cl.Text, Params: []paramView{}, Where: []string{}}
	for _, p := range cl.Params {
		v.Params = append(v.Params, paramView{p.Key, p.Value})
	}
	for _, p := range s.app.Engine.Catalogue().All() {
		v.Where = append(v.Where, p.Cites(in.ID)...)
	}
	return v, nil
}
