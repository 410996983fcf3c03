package api

import (
	"context"
	"html"
	"net/http"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/search"
)

type searchInput struct {
	Q    string `query:"q" maxLength:"200"`
	Kind string `query:"kind"`
	PageInput
}

type foundView struct {
	Matter  matterBrief `json:"matter"`
	Snippet string      `json:"snippet_html"`
}

func (s *Server) search(ctx context.Context, c caller, in *searchInput) (map[string]any, error) {
	items := []foundView{}
	var found engine.Found
	words := search.ParseQuery(in.Q)
	if words.Empty() {
		return map[string]any{"items": items, "total": 0, "more": false}, nil
	}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		w, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		found, err = s.app.Engine.Find(tx, w.ActorOf(c.person), w, words, in.Kind, (in.Page-1)*in.Size, in.Size)
		if err != nil {
			return err
		}
		for _, m := range found.Matters {
			p := s.app.Engine.Catalogue().Last(m.Kind)
			text, err := s.app.Engine.SearchText(tx, p, m)
			if err != nil {
				return err
			}
			items = append(items, foundView{brief(p, m, w), marked(search.Snippet(text, words, 80))})
		}
		return nil
	})
	return map[string]any{"items": items, "total": found.Total, "more": found.More}, err
}

func marked(pieces []search.Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.Hit {
			b.WriteString("<mark>" + html.EscapeString(p.Text) + "</mark>")
		} else {
			b.WriteString(html.EscapeString(p.Text))
		}
	}
	return b.String()
}

type savedView struct {
	ID       db.ID  `json:"id"`
	Register string `json:"register"`
	Name     string `json:"name"`
	Query    string `json:"query"`
}

type viewsInput struct {
	Register string `query:"register"`
}

type viewInput struct {
	Body struct {
		Register string `json:"register" maxLength:"60"`
		Name     string `json:"name" maxLength:"40"`
		Query    string `json:"query" maxLength:"2000"`
	}
}

// viewRoutes keep a person's saved filters of registers.
func (s *Server) viewRoutes() {
	route(s, http.MethodGet, "/views", "常用视图", business, func(ctx context.Context, c caller, in *viewsInput) (map[string]any, error) {
		items := []savedView{}
		err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
			return tx.Query(`SELECT id, register, name, query FROM views WHERE person_id = ? AND register = ? ORDER BY id`, []any{c.person, in.Register},
				func(scan func(...any) error) error {
					var v savedView
					err := scan(&v.ID, &v.Register, &v.Name, &v.Query)
					items = append(items, v)
					return err
				})
		})
		return map[string]any{"items": items}, err
	})
	route(s, http.MethodPost, "/views", "存为常用视图", business, func(ctx context.Context, c caller, in *viewInput) (*savedView, error) {
		if strings.TrimSpace(in.Body.Name) == "" {
			return nil, errs.Refuse("没有保存", errs.Reason{Text: "请给视图起个名字", Field: "name"})
		}
		v := &savedView{Register: in.Body.Register, Name: strings.TrimSpace(in.Body.Name), Query: in.Body.Query}
		return v, s.app.DB.Write(ctx, func(tx *db.Tx) error {
			v.ID = tx.NewID()
			_, err := tx.Exec(`INSERT INTO views (id, person_id, register, name, query) VALUES (?,?,?,?,?)`, v.ID, c.person, v.Register, v.Name, v.Query)
			return err
		})
	})
	route(s, http.MethodDelete, "/views/{id}", "删除常用视图", business, func(ctx context.Context, c caller, in *IDPath) (none, error) {
		return none{}, s.app.DB.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(`DELETE FROM views WHERE id = ? AND person_id = ?`, in.ID, c.person)
			return err
		})
	})
}
