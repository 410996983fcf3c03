package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/xuri/excelize/v2"

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
}

func (s *Server) people(ctx context.Context, c caller, _ *none) (map[string]any, error) {
	items := []adminPerson{}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		w, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		locked := map[db.ID]bool{}
		err = tx.Query(`SELECT person_id FROM accounts WHERE locked_until > ?`, []any{tx.Now}, func(scan func(...any) error) error {
			var id db.ID
			err := scan(&id)
			locked[id] = true
			return err
		})
		if err != nil {
			return err
		}
		for _, p := range w.Dir.People(w.Dir.Person(c.person).Agency) {
			items = append(items, adminPerson{viewPerson(w, p), p.Sex, list(p.Posts), p.Active, locked[p.ID]})
		}
		return nil
	})
	return map[string]any{"items": items}, err
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
		if err := org.Put(tx, p); err != nil {
			return nil, err
		}
		if id == 0 {
			return p, access.SetPassword(tx, p.ID, hash, true)
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

var importColumns = []string{"工号", "姓名", "性别", "科室", "岗位", "电话", "次序", "领导（是/否）"}

func peopleTemplate(_ context.Context, _ caller, _ *none, w http.ResponseWriter, _ *http.Request) error {
	f := excelize.NewFile()
	for i, name := range importColumns {
		cell, err := excelize.CoordinatesToCellName(i+1, 1)
		if err != nil {
			return err
		}
		if err := f.SetCellValue("Sheet1", cell, name); err != nil {
			return err
		}
	}
	attach(w, "人员导入模板.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", true)
	return f.Write(w)
}

type importForm struct {
	Dry     bool `query:"dry"`
	RawBody huma.MultipartFormFiles[struct {
		File huma.FormFile `form:"file" required:"true"`
	}]
}

type importRow struct {
	Line     int      `json:"line"`
	OK       bool     `json:"ok"`
	Name     string   `json:"name"`
	Errors   []string `json:"errors"`
	Username string   `json:"username"`
	Password string   `json:"password,omitempty"`
	person   *org.Person
}

// importRoute takes people from an Excel table: first to look at (dry), then all or none.
func (s *Server) importRoute() {
	huma.Register(s.api, huma.Operation{
		OperationID: "post-admin-people-import", Method: http.MethodPost, Path: "/api/v1/admin/people/import", Summary: "导入人员", Tags: []string{"admin"},
		Metadata: map[string]any{"access": system}, MaxBodyBytes: 10 << 20,
	}, func(ctx context.Context, in *importForm) (*answer[map[string]any], error) {
		c, _ := ctx.Value(callerKey{}).(caller)
		if err := s.admit(ctx, c, system); err != nil {
			return nil, problemOf(err)
		}
		rows, err := s.importPeople(ctx, c, in)
		if err != nil {
			return nil, problemOf(err)
		}
		return &answer[map[string]any]{map[string]any{"rows": rows, "dry": in.Dry}}, nil
	})
}

func (s *Server) importPeople(ctx context.Context, c caller, in *importForm) ([]importRow, error) {
	f, err := excelize.OpenReader(in.RawBody.Data().File)
	if err != nil {
		return nil, errs.Refuse("没有导入", errs.Reason{Text: "读不出 Excel 文件，请用下载的模板填写"}).Because(err)
	}
	table, err := f.GetRows(f.GetSheetName(0))
	if err != nil || len(table) < 2 {
		return nil, errs.Refuse("没有导入", errs.Reason{Text: "表中没有人员，请从第二行起填写"}).Because(err)
	}
	rows := []importRow{}
	bad := false
	err = s.app.DB.Read(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		for i, cells := range table[1:] {
			r := readRow(dir, dir.Person(c.person).Agency, cells, i+2, seen)
			bad = bad || !r.OK
			rows = append(rows, r)
		}
		return nil
	})
	if err != nil || in.Dry {
		return rows, err
	}
	if bad {
		var reasons []errs.Reason
		for _, r := range rows {
			for _, e := range r.Errors {
				reasons = append(reasons, errs.Reason{Text: fmt.Sprintf("第 %d 行：%s", r.Line, e)})
			}
		}
		return nil, errs.Refuse("没有导入，改正后再试", reasons...)
	}
	return rows, s.storePeople(ctx, c, rows)
}

func readRow(dir *org.Directory, agency db.ID, cells []string, line int, seen map[string]bool) importRow {
	get := func(i int) string {
		if i < len(cells) {
			return strings.TrimSpace(cells[i])
		}
		return ""
	}
	r := importRow{Line: line, Username: get(0), Name: get(1), Errors: []string{}}
	p := &org.Person{Agency: agency, Username: get(0), Name: get(1), Sex: get(2), Phone: get(5), Leader: get(7) == "是", Active: true, Order: 1000 + line}
	if _, err := fmt.Sscanf(get(6), "%d", &p.Order); err != nil && get(6) != "" {
		r.Errors = append(r.Errors, "次序应填整数")
	}
	if p.Username == "" || p.Name == "" {
		r.Errors = append(r.Errors, "工号和姓名都要填")
	}
	if seen[p.Username] || dir.ByUsername(p.Username) != nil {
		r.Errors = append(r.Errors, "工号 "+p.Username+" 已有人使用")
	}
	seen[p.Username] = true
	for _, u := range dir.Units(agency) {
		if u.Name == get(3) {
			p.Unit = u.ID
		}
	}
	if p.Unit == 0 {
		r.Errors = append(r.Errors, "没有科室“"+get(3)+"”")
	}
	for _, name := range strings.FieldsFunc(get(4), func(c rune) bool { return strings.ContainsRune("、，,；;", c) }) {
		found := false
		for _, post := range dir.Posts(agency) {
			if post.Name == strings.TrimSpace(name) && (post.Unit == p.Unit || !found) {
				p.Posts, found = append(p.Posts, post.ID), true
				break
			}
		}
		if !found {
			r.Errors = append(r.Errors, "没有岗位“"+name+"”")
		}
	}
	r.OK, r.person = len(r.Errors) == 0, p
	return r
}

func (s *Server) storePeople(ctx context.Context, c caller, rows []importRow) error {
	hashes := make([]string, len(rows))
	for i := range rows {
		rows[i].Password = access.Random()
		var err error
		if hashes[i], err = access.Hash(rows[i].Password); err != nil {
			return err
		}
	}
	return s.administer(ctx, c, "import-people", func(tx *db.Tx, _ *org.Directory, _ db.ID) (any, error) {
		for i := range rows {
			if err := org.Put(tx, rows[i].person); err != nil {
				return nil, err
			}
			if err := access.SetPassword(tx, rows[i].person.ID, hashes[i], true); err != nil {
				return nil, err
			}
		}
		return map[string]any{"count": len(rows)}, nil
	})
}
