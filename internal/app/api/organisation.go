package api

import (
	"context"
	"net/http"
	"regexp"
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
	records(s, "/admin/units", "科室", s.putUnit)
	route(s, http.MethodGet, "/admin/posts", "岗位", system, s.posts)
	records(s, "/admin/posts", "岗位", s.putPost)
	route(s, http.MethodGet, "/admin/people", "人员", system, s.people)
	records(s, "/admin/people", "人员", s.putPerson)
	download(s, "/admin/people/template.xlsx", "人员导入模板", system, peopleTemplate)
	s.importRoute()
}

type newRecord[B any] struct{ Body B }

type changedRecord[B any] struct {
	IDPath
	Body B
}

// records takes the adding and the changing of one kind of record: the same body, without an id and with one.
func records[B, O any](s *Server, path, name string, put func(context.Context, caller, db.ID, *B) (O, error)) {
	route(s, http.MethodPost, path, "增加"+name, system, func(ctx context.Context, c caller, in *newRecord[B]) (O, error) {
		return put(ctx, c, 0, &in.Body)
	})
	route(s, http.MethodPut, path+"/{id}", "修改"+name, system, func(ctx context.Context, c caller, in *changedRecord[B]) (O, error) {
		return put(ctx, c, in.ID, &in.Body)
	})
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
	Order  int    `json:"order,omitempty" minimum:"0"`
	Active *bool  `json:"active,omitempty"`
}

func (s *Server) putUnit(ctx context.Context, c caller, id db.ID, b *unitBody) (none, error) {
	if strings.TrimSpace(b.Name) == "" {
		return none{}, errs.Refuse("没有保存", errs.Reason{Text: "请填写科室名称", Field: "name"})
	}
	return none{}, s.administer(ctx, c, "unit", func(tx *db.Tx, dir *org.Directory, agency db.ID) (any, error) {
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
		if reasons := unitFaults(dir, u); len(reasons) > 0 {
			return nil, errs.Refuse("没有保存", reasons...)
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
	Order  int    `json:"order,omitempty" minimum:"0"`
	Active *bool  `json:"active,omitempty"`
}

func (s *Server) putPost(ctx context.Context, c caller, id db.ID, b *postBody) (none, error) {
	var missing []errs.Reason
	if strings.TrimSpace(b.Name) == "" {
		missing = append(missing, errs.Reason{Text: "请填写岗位名称", Field: "name"})
	}
	if b.Unit == 0 {
		missing = append(missing, errs.Reason{Text: "请选择科室", Field: "unit"})
	}
	if len(missing) > 0 {
		return none{}, errs.Refuse("没有保存", missing...)
	}
	return none{}, s.administer(ctx, c, "post", func(tx *db.Tx, dir *org.Directory, agency db.ID) (any, error) {
		if u := dir.Unit(b.Unit); u == nil || u.Agency != agency {
			return nil, errs.New(errs.NotFound, "没有这个科室")
		}
		p := &org.Post{ID: id, Agency: agency, Unit: b.Unit, Name: strings.TrimSpace(b.Name), Order: b.Order, Active: true}
		if id != 0 {
			old := dir.Post(id)
			if old == nil || old.Agency != agency {
				return nil, errs.New(errs.NotFound, "没有这个岗位")
			}
			p.Duties, p.LedBy = old.Duties, old.LedBy
		}
		if b.Active != nil {
			p.Active = *b.Active
		}
		if reasons := postFaults(dir, p); len(reasons) > 0 {
			return nil, errs.Refuse("没有保存", reasons...)
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
	Order    int     `json:"order,omitempty" minimum:"0"`
	Leader   bool    `json:"leader,omitempty"`
	Backup   db.ID   `json:"backup,omitempty"`
	Active   *bool   `json:"active,omitempty"`
}

func (s *Server) putPerson(ctx context.Context, c caller, id db.ID, b *personBody) (map[string]string, error) {
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
		p, err := buildPerson(dir, agency, id, *b)
		if err != nil {
			return nil, err
		}
		if old := dir.Person(id); old != nil && (old.Username != p.Username || old.Active != p.Active) {
			if err := another(dir, old, c.person); err != nil {
				return nil, err
			}
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
	if reasons := personFaults(dir, agency, id, b); len(reasons) > 0 {
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

// staffNumber 工号 is typed at every log-in: what is easily mistyped or not seen, as a space, is not in it.
var staffNumber = regexp.MustCompile(`^[\pL\d._@-]+$`)

// personFaults says all that is wrong with what is told of a person; of one who is changed, nothing is held against what
// stood before.
func personFaults(dir *org.Directory, agency, id db.ID, b personBody) (reasons []errs.Reason) {
	against := func(field, text, clause string) {
		reasons = append(reasons, errs.Reason{Text: text, Field: field, Clause: clause})
	}
	old := dir.Person(id)
	if old == nil {
		old = &org.Person{}
	}
	switch number := strings.TrimSpace(b.Username); {
	case number == "":
		against("username", "请填写工号", "")
	case number != old.Username && !staffNumber.MatchString(number):
		against("username", "工号中间不能有空格和标点，请改好", "")
	case dir.ByUsername(number) != nil && dir.ByUsername(number).ID != id:
		against("username", "工号 "+number+" 已有人使用，请换一个", "")
	}
	if strings.TrimSpace(b.Name) == "" {
		against("name", "请填写姓名", "")
	}
	if u := dir.Unit(b.Unit); u == nil || u.Agency != agency {
		against("unit", "请选择科室", "")
	} else if !u.Active && u.ID != old.Unit {
		against("unit", u.Name+"已撤销，请另选", "")
	}
	if b.Backup != 0 && b.Backup == id {
		against("backup", "B岗要另有其人，不能是本人", "ORG-24")
	}
	for _, post := range b.Posts {
		if p := dir.Post(post); p == nil || p.Agency != agency {
			against("posts", "所选岗位不在本机关", "")
		} else if !p.Active && !slices.Contains(old.Posts, post) {
			against("posts", p.Name+"已停，请另选", "")
		}
	}
	if len(reasons) == 0 {
		reasons = unfitPosts(dir, old.Posts, b.Posts)
	}
	return reasons
}

// unfitPosts says why a person cannot be put into posts, or taken out of those held: administrators do nothing else, and
// who they are is not one administrator's to say (OA-27). The system administrator fills a post that has no duty yet, the
// security administrator gives it the duty.
func unfitPosts(dir *org.Directory, held, posts []db.ID) (reasons []errs.Reason) {
	if mixed(dir, posts) {
		reasons = append(reasons, errs.Reason{Text: "管理员不能兼任其他工作", Clause: "OA-27", Field: "posts"})
	}
	for _, id := range slices.Concat(held, posts) {
		post := dir.Post(id)
		if adminPost(post) && slices.Contains(held, id) != slices.Contains(posts, id) {
			reasons = append(reasons, errs.Reason{
				Text: "“" + post.Name + "”是管理员岗位，换人要两位管理员经手：把人放到还没有职责的岗位上，再由安全管理员授予职责、撤下原岗位的职责", Clause: "OA-27", Field: "posts",
			})
		}
	}
	return reasons
}

func adminPost(p *org.Post) bool { return p != nil && slices.ContainsFunc(p.Duties, org.Duty.Admin) }

func mixed(dir *org.Directory, posts []db.ID) bool {
	var all []org.Duty
	for _, id := range posts {
		all = append(all, dir.Post(id).Duties...)
	}
	return slices.ContainsFunc(all, org.Duty.Admin) && slices.ContainsFunc(all, func(d org.Duty) bool { return d != all[0] })
}
