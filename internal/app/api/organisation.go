package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/access"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// organisationRoutes are the system administrator's: units, posts and people. What a post may do is not theirs to
// give (security administrator), so a new post has no duties.
func (s *Server) organisationRoutes() {
	route(s, http.MethodGet, "/admin/units", "科室", system, s.units)
	route(s, http.MethodPost, "/admin/units", "增加科室", system, func(ctx context.Context, c caller, in *unitInput) (none, error) {
		return none{}, s.putUnit(ctx, c, 0, in)
	})
	route(s, http.MethodPut, "/admin/units/{id}", "修改科室", system, func(ctx context.Context, c caller, in *unitUpdate) (none, error) {
		return none{}, s.putUnit(ctx, c, in.ID, &unitInput{in.Body})
	})
	route(s, http.MethodGet, "/admin/posts", "岗位", system, s.posts)
	route(s, http.MethodPost, "/admin/posts", "增加岗位", system, func(ctx context.Context, c caller, in *postInput) (none, error) {
		return none{}, s.putPost(ctx, c, 0, in)
	})
	route(s, http.MethodPut, "/admin/posts/{id}", "修改岗位", system, func(ctx context.Context, c caller, in *postUpdate) (none, error) {
		return none{}, s.putPost(ctx, c, in.ID, &postInput{in.Body})
	})
	route(s, http.MethodGet, "/admin/people", "人员", system, s.people)
	route(s, http.MethodPost, "/admin/people", "增加人员", system, func(ctx context.Context, c caller, in *personInput) (map[string]string, error) {
		return s.putPerson(ctx, c, 0, in)
	})
	route(s, http.MethodPut, "/admin/people/{id}", "修改人员", system, func(ctx context.Context, c caller, in *personUpdate) (map[string]string, error) {
		return s.putPerson(ctx, c, in.ID, &personInput{in.Body})
	})
	download(s, "/admin/people/template.xlsx", "人员导入模板", system, peopleTemplate)
	s.importRoute()
}

type adminUnit struct {
	ID     db.ID  `json:"id"`
	Name   string `json:"name"`
	Code   string `json:"code"`
	Parent db.ID  `json:"parent"`
	Tasks  string `json:"tasks"`
	Head   db.ID  `json:"head"`
	Order  int    `json:"order"`
	Active bool   `json:"active"`
}

func (s *Server) units(ctx context.Context, c caller, _ *none) (map[string]any, error) {
	items := []adminUnit{}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err != nil {
			return err
		}
		for _, u := range dir.Units(dir.Person(c.person).Agency) {
			items = append(items, adminUnit{u.ID, u.Name, u.Code, u.Parent, u.Tasks, u.Head, u.Order, u.Active})
		}
		return nil
	})
	return map[string]any{"items": items}, err
}

type unitBody struct {
	Name   string `json:"name" maxLength:"60"`
	Code   string `json:"code,omitempty" maxLength:"10"`
	Parent db.ID  `json:"parent,omitempty"`
	Tasks  string `json:"tasks,omitempty" maxLength:"300"`
	Head   db.ID  `json:"head,omitempty"`
	Order  int    `json:"order,omitempty"`
	Active *bool  `json:"active,omitempty"`
}

type unitInput struct{ Body unitBody }

type unitUpdate struct {
	IDPath
	Body unitBody
}

func (s *Server) putUnit(ctx context.Context, c caller, id db.ID, in *unitInput) error {
	b := in.Body
	if strings.TrimSpace(b.Name) == "" {
		return errs.Refuse("没有保存", errs.Reason{Text: "请填写科室名称", Field: "name"})
	}
	return s.administer(ctx, c, "unit", func(tx *db.Tx, dir *org.Directory, agency db.ID) (any, error) {
		u := &org.Unit{ID: id, Agency: agency, Parent: b.Parent, Code: b.Code, Name: strings.TrimSpace(b.Name), Tasks: b.Tasks, Head: b.Head, Order: b.Order, Active: true}
		if id != 0 && (dir.Unit(id) == nil || dir.Unit(id).Agency != agency) {
			return nil, errs.New(errs.NotFound, "没有这个科室")
		}
		if b.Active != nil {
			u.Active = *b.Active
		}
		if b.Head != 0 {
			if _, err := personOf(dir, agency, b.Head); err != nil {
				return nil, err
			}
		}
		return u, org.Put(tx, u)
	})
}

func (s *Server) posts(ctx context.Context, c caller, _ *none) (map[string]any, error) {
	var items []postView
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err == nil {
			items = postsOf(dir, dir.Person(c.person).Agency)
		}
		return err
	})
	return map[string]any{"items": list(items)}, err
}

type postBody struct {
	Name   string `json:"name" maxLength:"60"`
	Unit   db.ID  `json:"unit"`
	Order  int    `json:"order,omitempty"`
	Active *bool  `json:"active,omitempty"`
}

type postInput struct{ Body postBody }

type postUpdate struct {
	IDPath
	Body postBody
}

func (s *Server) putPost(ctx context.Context, c caller, id db.ID, in *postInput) error {
	b := in.Body
	if strings.TrimSpace(b.Name) == "" || b.Unit == 0 {
		return errs.Refuse("没有保存", errs.Reason{Text: "请填写岗位名称和所在科室", Field: "name"})
	}
	return s.administer(ctx, c, "post", func(tx *db.Tx, dir *org.Directory, agency db.ID) (any, error) {
		if u := dir.Unit(b.Unit); u == nil || u.Agency != agency {
			return nil, errs.New(errs.NotFound, "没有这个科室")
		}
		p := &org.Post{ID: id, Agency: agency, Unit: b.Unit, Name: strings.TrimSpace(b.Name), Order: b.Order, Active: true}
		if id != 0 {
			old := dir.Post(id)
			if old == nil || old.Agency != agency {
				return nil, errs.New(errs.NotFound, "没有这个岗位")
			}
			p.Duties = old.Duties
		}
		if b.Active != nil {
			p.Active = *b.Active
		}
		return p, org.Put(tx, p)
	})
}

type adminPerson struct {
	personView
	Sex     string  `json:"sex"`
	PostIDs []db.ID `json:"post_ids"`
	Active  bool    `json:"active"`
	Locked  bool    `json:"locked"`
	Second  bool    `json:"second_step"`
}

func (s *Server) people(ctx context.Context, c caller, _ *none) (map[string]any, error) {
	items := []adminPerson{}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		w, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		locked, err := peopleIn(tx, `SELECT person_id FROM accounts WHERE locked_until > ?`, tx.Now)
		if err != nil {
			return err
		}
		second, err := peopleIn(tx, `SELECT person_id FROM second_steps WHERE since > 0`)
		if err != nil {
			return err
		}
		for _, p := range w.Dir.People(w.Dir.Person(c.person).Agency) {
			items = append(items, adminPerson{viewPerson(w, p), p.Sex, list(p.Posts), p.Active, locked[p.ID], second[p.ID]})
		}
		return nil
	})
	return map[string]any{"items": items}, err
}

// marked reads the set of people a query names.
func peopleIn(tx *db.Tx, query string, args ...any) (map[db.ID]bool, error) {
	set := map[db.ID]bool{}
	err := tx.Query(query, args, func(scan func(...any) error) error {
		var id db.ID
		err := scan(&id)
		set[id] = true
		return err
	})
	return set, err
}

type personBody struct {
	Username string  `json:"username" maxLength:"40"`
	Name     string  `json:"name" maxLength:"40"`
	Sex      string  `json:"sex,omitempty" maxLength:"2"`
	Phone    string  `json:"phone,omitempty" maxLength:"40"`
	Unit     db.ID   `json:"unit"`
	Posts    []db.ID `json:"posts,omitempty" maxItems:"10"`
	Order    int     `json:"order,omitempty"`
	Leader   bool    `json:"leader,omitempty"`
	Backup   db.ID   `json:"backup,omitempty"`
	Active   *bool   `json:"active,omitempty"`
}

type personInput struct{ Body personBody }

type personUpdate struct {
	IDPath
	Body personBody
}

func (s *Server) putPerson(ctx context.Context, c caller, id db.ID, in *personInput) (map[string]string, error) {
	b := in.Body
	password := ""
	var hash string
	if id == 0 {
		password = access.Random()
		var err error
		if hash, err = access.Hash(password); err != nil {
			return nil, err
		}
	}
	err := s.administer(ctx, c, "person", func(tx *db.Tx, dir *org.Directory, agency db.ID) (any, error) {
		p, err := buildPerson(dir, agency, id, b)
		if err != nil {
			return nil, err
		}
		if id != 0 && !p.Active {
			if err := mayLeave(tx, p, c.person); err != nil {
				return nil, err
			}
		}
		if err := org.Put(tx, p); err != nil {
			return nil, err
		}
		switch {
		case id == 0:
			return p, access.SetPassword(tx, p.ID, hash, true)
		case !p.Active:
			return p, access.EndSessions(tx, p.ID)
		}
		return p, nil
	})
	return map[string]string{"password": password}, err
}

func buildPerson(dir *org.Directory, agency, id db.ID, b personBody) (*org.Person, error) {
	var reasons []errs.Reason
	if strings.TrimSpace(b.Username) == "" {
		reasons = append(reasons, errs.Reason{Text: "请填写工号", Field: "username"})
	}
	if strings.TrimSpace(b.Name) == "" {
		reasons = append(reasons, errs.Reason{Text: "请填写姓名", Field: "name"})
	}
	if u := dir.Unit(b.Unit); u == nil || u.Agency != agency {
		reasons = append(reasons, errs.Reason{Text: "请选择科室", Field: "unit"})
	}
	for _, post := range b.Posts {
		if p := dir.Post(post); p == nil || p.Agency != agency {
			reasons = append(reasons, errs.Reason{Text: "所选岗位不在本机关", Field: "posts"})
		}
	}
	if len(reasons) == 0 && mixed(dir, b.Posts) {
		reasons = append(reasons, errs.Reason{Text: "管理员不能兼任其他工作", Clause: "OA-27", Field: "posts"})
	}
	if len(reasons) > 0 {
		return nil, errs.Refuse("没有保存", reasons...)
	}
	p := &org.Person{ID: id, Active: true}
	if id != 0 {
		old, err := personOf(dir, agency, id)
		if err != nil {
			return nil, err
		}
		*p = *old
	}
	p.Agency, p.Unit, p.Username, p.Name, p.Sex, p.Phone = agency, b.Unit, strings.TrimSpace(b.Username), strings.TrimSpace(b.Name), b.Sex, b.Phone
	p.Order, p.Leader, p.Backup, p.Posts = b.Order, b.Leader, b.Backup, b.Posts
	if b.Active != nil {
		p.Active = *b.Active
	}
	return p, nil
}

func mixed(dir *org.Directory, posts []db.ID) bool {
	var all []org.Duty
	for _, id := range posts {
		all = append(all, dir.Post(id).Duties...)
	}
	return slices.ContainsFunc(all, org.Duty.Admin) && slices.ContainsFunc(all, func(d org.Duty) bool { return d != all[0] })
}
