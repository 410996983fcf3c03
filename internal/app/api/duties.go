package api

import (
	"context"
	"slices"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/workday"
)

type divisionView struct {
	Leader  db.ID  `json:"leader"`
	Name    string `json:"leader_name"`
	Unit    db.ID  `json:"unit"`
	Unitn   string `json:"unit_name"`
	Subject string `json:"subject"`
	Basis   string `json:"basis"`
}

func (s *Server) divisions(ctx context.Context, c caller, _ *none) (map[string]any, error) {
	items, edition, since := []divisionView{}, 0, ""
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err != nil {
			return err
		}
		for _, v := range dir.Divisions(dir.Person(c.person).Agency) {
			edition, since = v.Edition, v.Since
			view := divisionView{Leader: v.Leader, Name: dir.Name(v.Leader), Unit: v.Unit, Subject: v.Subject, Basis: v.Basis}
			if u := dir.Unit(v.Unit); u != nil {
				view.Unitn = u.Name
			}
			items = append(items, view)
		}
		return nil
	})
	return map[string]any{"edition": edition, "since": since, "items": items}, err
}

type divisionsInput struct {
	Body struct {
		Since string `json:"since"`
		Basis string `json:"basis" maxLength:"200" doc:"集体研究记录和上级同意的依据"`
		Items []struct {
			Leader  db.ID  `json:"leader"`
			Unit    db.ID  `json:"unit,omitempty"`
			Subject string `json:"subject,omitempty" maxLength:"100"`
		} `json:"items" maxItems:"500"`
	}
}

// putDivisions puts a new edition of the division of work in force; the old ones stay (ORG-12).
func (s *Server) putDivisions(ctx context.Context, c caller, in *divisionsInput) (none, error) {
	if strings.TrimSpace(in.Body.Basis) == "" {
		return none{}, errs.Refuse("分工没有调整", errs.Reason{Text: "请填写集体研究和上级同意的依据", Clause: "ORG-12", Field: "basis"})
	}
	since, err := workday.ParseDay(in.Body.Since)
	if err != nil {
		return none{}, errs.Refuse("分工没有调整", errs.Reason{Text: "请填写生效日期", Clause: "ORG-12", Field: "since"})
	}
	return none{}, s.administer(ctx, c, "divisions", func(tx *db.Tx, dir *org.Directory, agency db.ID) (any, error) {
		edition := 1
		for _, v := range dir.Divisions(agency) {
			edition = v.Edition + 1
		}
		for _, it := range in.Body.Items {
			p, err := personOf(dir, agency, it.Leader)
			if err != nil {
				return nil, err
			}
			row := &org.Division{Agency: agency, Edition: edition, Since: since.String(), Leader: p.ID, Unit: it.Unit, Subject: it.Subject, Basis: in.Body.Basis}
			if err := org.Put(tx, row); err != nil {
				return nil, err
			}
		}
		return in.Body, nil
	})
}

type postView struct {
	ID     db.ID      `json:"id"`
	Name   string     `json:"name"`
	Unit   string     `json:"unit"`
	UnitID db.ID      `json:"unit_id"`
	Duties []org.Duty `json:"duties"`
	LedBy  db.ID      `json:"led_by"`   // the post that leads it
	Leads  bool       `json:"may_lead"` // it may lead others
	People []string   `json:"people"`
	Order  int        `json:"order"`
	Active bool       `json:"active"`
}

func (s *Server) duties(ctx context.Context, c caller, _ *none) (map[string]any, error) {
	var posts []postView
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err != nil {
			return err
		}
		posts = postsOf(dir, dir.Person(c.person).Agency)
		return nil
	})
	return map[string]any{"posts": list(posts), "duties": dutyNames()}, err
}

func postsOf(dir *org.Directory, agency db.ID) []postView {
	out := []postView{}
	for _, p := range dir.Posts(agency) {
		out = append(out, postView{p.ID, p.Name, dir.Unit(p.Unit).Name, p.Unit, list(p.Duties), p.LedBy, p.MayLead(agency), list(holders(dir, p)), p.Order, p.Active})
	}
	return out
}

type dutiesInput struct {
	IDPath
	Body struct {
		Duties []org.Duty `json:"duties" maxItems:"30"`
		LedBy  db.ID      `json:"led_by" doc:"分管它的主任或副主任岗位；0 为无人分管"`
	}
}

// putDuties says in one piece what a post may do and which post leads it: its leader sees what its holders owe, their
// figures, and approves what they ask for (ORG-02, ORG-03). Both are rights, so the security administrator gives them.
func (s *Server) putDuties(ctx context.Context, c caller, in *dutiesInput) (none, error) {
	return none{}, s.administer(ctx, c, "duties", func(tx *db.Tx, dir *org.Directory, agency db.ID) (any, error) {
		post := dir.Post(in.ID)
		if post == nil || post.Agency != agency {
			return nil, errs.New(errs.NotFound, "没有这个岗位")
		}
		row := *post
		row.Duties, row.LedBy = in.Body.Duties, in.Body.LedBy
		if reasons := append(unfitDuties(dir, agency, &row), unfitLeader(dir, agency, &row)...); len(reasons) > 0 {
			return nil, errs.Refuse("没有设定", reasons...)
		}
		return map[string]any{
			"post": post.Name, "before": post.Duties, "after": row.Duties, "led_by_before": post.LedBy, "led_by_after": row.LedBy,
		}, org.Put(tx, &row)
	})
}

// unfitDuties says why a post cannot have its duties: the three administrators' stay apart from each other and from
// business (OA-27).
func unfitDuties(dir *org.Directory, agency db.ID, post *org.Post) (reasons []errs.Reason) {
	admins := 0
	for _, d := range post.Duties {
		if !d.Known() {
			reasons = append(reasons, errs.Reason{Text: "没有“" + string(d) + "”这项职责", Field: "duties"})
		}
		if d.Admin() {
			admins++
		}
	}
	if admins > 1 || admins == 1 && len(post.Duties) > 1 {
		return append(reasons, errs.Reason{Text: "系统、安全、审计管理员要分设，也不能兼办业务", Clause: "OA-27", Field: "duties"})
	}
	if reason := missed(dir, agency, post); reason != nil {
		reasons = append(reasons, *reason)
	}
	if reason := mixes(dir, agency, post, post.Duties); reason != nil {
		reasons = append(reasons, *reason)
	}
	return reasons
}

// missed tells that without this post's duties an administrator would be wanting: each of the three is watched by the others.
func missed(dir *org.Directory, agency db.ID, post *org.Post) *errs.Reason {
	for _, d := range dir.Post(post.ID).Duties {
		if !d.Admin() || slices.Contains(post.Duties, d) {
			continue
		}
		left := slices.ContainsFunc(dir.Holders(agency, d), func(who db.ID) bool {
			return slices.ContainsFunc(dir.Person(who).Posts, func(id db.ID) bool { return id != post.ID && slices.Contains(dir.Post(id).Duties, d) })
		})
		if !left && len(dir.Holders(agency, d)) > 0 {
			return &errs.Reason{Text: "撤下以后就没有" + d.Name() + "了，先把这项职责授予接任的岗位", Clause: "OA-27", Field: "duties"}
		}
	}
	return nil
}

// unfitLeader says why a post cannot be led by the one it names (ORG-02).
func unfitLeader(dir *org.Directory, agency db.ID, post *org.Post) (reasons []errs.Reason) {
	if post.LedBy == 0 {
		return nil
	}
	if leading := dir.Post(post.LedBy); leading == nil || !leading.MayLead(agency) {
		reasons = append(reasons, errs.Reason{Text: "分管的只能是在用的主任或副主任岗位", Clause: "ORG-02", Field: "led_by"})
	}
	if slices.ContainsFunc(post.Duties, org.Duty.Admin) {
		reasons = append(reasons, errs.Reason{Text: "管理员岗位不由业务领导分管", Clause: "OA-27", Field: "led_by"})
	}
	if post.LedBy == post.ID {
		reasons = append(reasons, errs.Reason{Text: "岗位不能分管自己", Clause: "ORG-02", Field: "led_by"})
	}
	return reasons
}

// mixes finds a holder of the post whose other posts would join an administrator's work with another's.
func mixes(dir *org.Directory, agency db.ID, post *org.Post, duties []org.Duty) *errs.Reason {
	for _, who := range dir.People(agency) {
		if !slices.Contains(who.Posts, post.ID) {
			continue
		}
		all := slices.Clone(duties)
		for _, other := range who.Posts {
			if other != post.ID {
				all = append(all, dir.Post(other).Duties...)
			}
		}
		admin := slices.ContainsFunc(all, org.Duty.Admin)
		if admin && slices.ContainsFunc(all, func(d org.Duty) bool { return d != all[0] }) {
			return &errs.Reason{Text: who.Name + "另有岗位，管理员不能兼任其他工作", Clause: "OA-27"}
		}
	}
	return nil
}
