package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/app/scaffold"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	"github.com/chengqi-oa/chengqi/workday"
)

// ruleRoutes are about what the office itself may change without a programmer: its clauses and its procedures.
func (s *Server) ruleRoutes() {
	route(s, http.MethodGet, "/rulebook", "制度库", anyone, s.rulebook)
	route(s, http.MethodPut, "/admin/clauses/{id}", "修改条款", system, s.amend)
	route(s, http.MethodGet, "/admin/procedures", "办理程序定义", system, s.definitions)
	route(s, http.MethodGet, "/admin/procedures/{kind}", "一个定义的原文", system, s.definition)
	route(s, http.MethodPost, "/admin/procedures/check", "检查定义", system, s.checkDefinition)
	route(s, http.MethodPut, "/admin/procedures/{kind}", "发布定义", system, s.publish)
	route(s, http.MethodDelete, "/admin/procedures/{kind}", "停用本单位定义", system, func(ctx context.Context, c caller, in *KindPath) (none, error) {
		return none{}, s.administer(ctx, c, "withdraw-procedure", func(tx *db.Tx, _ *org.Directory, _ db.ID) (any, error) {
			return map[string]string{"kind": in.Kind}, s.app.Engine.Withdraw(tx, s.app.Definitions(), in.Kind)
		})
	})
}

type clauseLine struct {
	ID       string             `json:"id"`
	Text     string             `json:"text"`
	Params   []rulebook.Param   `json:"params"`
	Where    []string           `json:"where"`
	Editions []rulebook.Edition `json:"editions"`
}

type chapterView struct {
	Chapter string       `json:"chapter"`
	Clauses []clauseLine `json:"clauses"`
}

type rulebookInput struct {
	Q string `query:"q" maxLength:"60"`
}

// rulebook shows the clauses in force by chapter, with who rests on each and the office's own editions.
func (s *Server) rulebook(ctx context.Context, _ caller, in *rulebookInput) (map[string]any, error) {
	chapters := []chapterView{}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		editions, err := rulebook.Editions(tx)
		if err != nil {
			return err
		}
		for _, cl := range s.app.Engine.Rules().All() {
			if in.Q != "" && !strings.Contains(cl.ID+cl.Text, in.Q) {
				continue
			}
			line := clauseLine{ID: cl.ID, Text: cl.Text, Params: list(cl.Params), Where: []string{}, Editions: []rulebook.Edition{}}
			for _, p := range s.app.Engine.Catalogue().All() {
				line.Where = append(line.Where, p.Cites(cl.ID)...)
			}
			for _, e := range editions {
				if e.ID == cl.ID {
					line.Editions = append(line.Editions, e)
				}
			}
			if n := len(chapters); n == 0 || chapters[n-1].Chapter != cl.Chapter {
				chapters = append(chapters, chapterView{Chapter: cl.Chapter})
			}
			last := &chapters[len(chapters)-1]
			last.Clauses = append(last.Clauses, line)
		}
		return nil
	})
	return map[string]any{"chapters": chapters}, err
}

type amendInput struct {
	ID   string `path:"id" maxLength:"30"`
	Body struct {
		Text   string           `json:"text" maxLength:"1000"`
		Params []rulebook.Param `json:"params"`
		Since  string           `json:"since"`
		Reason string           `json:"reason" maxLength:"300"`
	}
}

// amend puts the office's own edition of a clause in force from a day on; earlier decisions keep the edition they cite.
func (s *Server) amend(ctx context.Context, c caller, in *amendInput) (*rulebook.Edition, error) {
	since, err := workday.ParseDay(in.Body.Since)
	if err != nil {
		return nil, errs.Refuse("条款没有修改", errs.Reason{Text: "请填写生效日期，如 2026-12-01", Field: "since"})
	}
	var out rulebook.Edition
	err = s.administer(ctx, c, "amend-clause", func(tx *db.Tx, _ *org.Directory, _ db.ID) (any, error) {
		var err error
		out, err = s.app.Engine.Amend(tx, s.app.Definitions(), rulebook.Edition{
			ID: in.ID, Text: strings.TrimSpace(in.Body.Text), Params: in.Body.Params, Since: since, Reason: strings.TrimSpace(in.Body.Reason), By: c.person,
		})
		return out, err
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

type definitionLine struct {
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	Group   string `json:"group"`
	Version string `json:"version"`
	Own     bool   `json:"own"`
}

func (s *Server) definitions(ctx context.Context, _ caller, _ *none) (map[string]any, error) {
	items := []definitionLine{}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		own, err := engine.Own(tx)
		if err != nil {
			return err
		}
		mine := map[string]bool{}
		for _, o := range own {
			mine[o.Kind] = true
		}
		for _, p := range s.app.Engine.Catalogue().All() {
			items = append(items, definitionLine{p.Kind, p.Name, p.Group, p.Version, mine[p.Kind]})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	// A new one begins as the command line begins it: with something small and whole.
	draft, err := scaffold.Write(scaffold.Subject{Kind: "key-loan", Name: "钥匙领用", Group: "内务"})
	return map[string]any{"items": items, "words": engine.Words(), "draft": draft}, err
}

func (s *Server) definition(_ context.Context, _ caller, in *KindPath) (map[string]string, error) {
	p := s.app.Engine.Catalogue().Kind(in.Kind)
	if p == nil {
		return nil, errs.New(errs.NotFound, "没有这个办理程序")
	}
	_, text, _ := strings.Cut(p.Source, "\n---\n")
	return map[string]string{"kind": p.Kind, "source": text, "version": p.Version}, nil
}

type sourceInput struct {
	Body struct {
		Kind   string `json:"kind" maxLength:"60"`
		Source string `json:"source" maxLength:"200000"`
	}
}

type faultView struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Text string `json:"text"`
}

// checkDefinition proves a definition being written and shows what it would be: its form, its steps, its sheets.
func (s *Server) checkDefinition(ctx context.Context, c caller, in *sourceInput) (map[string]any, error) {
	out := map[string]any{"faults": []faultView{}, "procedure": nil}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		p, faults, err := s.app.Engine.Check(tx, s.app.Definitions(), in.Body.Kind, in.Body.Source)
		if err != nil {
			return err
		}
		views := []faultView{}
		for _, f := range faults {
			views = append(views, faultView{f.File, f.Line, f.Text})
		}
		out["faults"] = views
		if p == nil || len(faults) > 0 {
			return nil
		}
		w, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		out["procedure"] = describe(p, c.person, w)
		out["columns"], out["sheets"] = columnsOf(p), sheetsOf(p)
		return nil
	})
	return out, err
}

type publishInput struct {
	KindPath
	Body struct {
		Source string `json:"source" maxLength:"200000"`
	}
}

func (s *Server) publish(ctx context.Context, c caller, in *publishInput) (map[string]string, error) {
	var version string
	err := s.administer(ctx, c, "publish-procedure", func(tx *db.Tx, _ *org.Directory, _ db.ID) (any, error) {
		p, err := s.app.Engine.Publish(tx, s.app.Definitions(), in.Kind, in.Body.Source, c.person)
		if err != nil {
			return nil, err
		}
		version = p.Version
		return map[string]string{"kind": p.Kind, "version": p.Version}, nil
	})
	return map[string]string{"version": version}, err
}
