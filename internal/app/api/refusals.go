package api

import (
	"context"
	"net/http"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/internal/record/secrecy"
)

type refusalView struct {
	At      *time.Time `json:"at"`
	Person  string     `json:"person"`
	Unit    string     `json:"unit"`
	Where   string     `json:"where"`
	Deed    string     `json:"deed"`
	Number  string     `json:"number"`
	Clauses []string   `json:"clauses"`
}

func (s *Server) refusalRoutes() {
	route(s, http.MethodGet, "/secrecy/refusals", "拦截记录", guardian, s.refusals)
}

// refusals shows the secrecy post what the guard of secrets turned away: who, when, where, under which clause; never the text
// (SEC-29).
func (s *Server) refusals(ctx context.Context, c caller, in *PageInput) (map[string]any, error) {
	items, total := []refusalView{}, 0
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err != nil {
			return err
		}
		var found []secrecy.Refusal
		if found, total, err = secrecy.Refusals(tx, dir.Person(c.person).Agency, (in.Page-1)*in.Size, in.Size); err != nil {
			return err
		}
		for _, r := range found {
			items = append(items, s.viewRefusal(dir, r))
		}
		return nil
	})
	return map[string]any{"items": items, "total": total}, err
}

func (s *Server) viewRefusal(dir *org.Directory, r secrecy.Refusal) refusalView {
	v := refusalView{At: at(r.At), Person: dir.Name(r.Person), Number: r.Number, Clauses: list(r.Clauses)}
	if p := dir.Person(r.Person); p != nil {
		v.Unit = dir.Unit(p.Unit).Name
	}
	switch r.Place {
	case secrecy.Draft:
		v.Where, v.Deed = "草稿", "存草稿"
	case secrecy.Upload:
		v.Where, v.Deed = "附件", "上传文件"
	default:
		v.Where, v.Deed = r.Place, r.Action
		if p := s.app.Engine.Catalogue().Last(r.Place); p != nil {
			v.Where = p.Name
		}
	}
	return v
}
