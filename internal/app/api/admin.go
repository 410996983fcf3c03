package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/demo"
	"github.com/chengqi-oa/chengqi/internal/app/setup"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/access"
	"github.com/chengqi-oa/chengqi/internal/record/calendar"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/workday"
)

// The three administrators (OA-27): the system administrator keeps people and calendar, the security administrator
// gives duties and the division of work, the audit administrator reads the journal. None reads documents, none can do
// another's work.
func (s *Server) adminRoutes() {
	s.organisationRoutes()
	route(s, http.MethodPost, "/admin/people/{id}/reset-password", "重置密码", system, s.resetPassword)
	route(s, http.MethodPost, "/admin/people/{id}/disable", "停用账号", system, s.setActive(false))
	route(s, http.MethodPost, "/admin/people/{id}/enable", "启用账号", system, s.setActive(true))
	route(s, http.MethodPost, "/admin/people/{id}/unlock", "解锁", system, s.unlock)
	route(s, http.MethodGet, "/admin/calendar/{year}", "工作日历", system, s.calendarYear)
	route(s, http.MethodPost, "/admin/calendar/import", "导入放假通知", system, s.importCalendar)
	route(s, http.MethodGet, "/admin/divisions", "领导分工", security, s.divisions)
	route(s, http.MethodPut, "/admin/divisions", "调整分工", security, s.putDivisions)
	route(s, http.MethodGet, "/admin/duties", "岗位职责", security, s.duties)
	route(s, http.MethodPut, "/admin/posts/{id}/duties", "设定岗位职责", security, s.putDuties)
	route(s, http.MethodGet, "/admin/log", "审计日志", audit, s.auditLog)
	route(s, http.MethodPost, "/admin/clear-sample", "清空样例，建立本单位", system, s.clearSample)
	route(s, http.MethodGet, "/admin/verify", "校验留痕", audit, s.verify)
}

// administer runs a change of the organisation and records it, in the administrator's own agency.
func (s *Server) administer(ctx context.Context, c caller, action string, fn func(tx *db.Tx, dir *org.Directory, agency db.ID) (any, error)) error {
	return s.app.DB.Write(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err != nil {
			return err
		}
		agency := dir.Person(c.person).Agency
		what, err := fn(tx, dir, agency)
		if err != nil {
			return err
		}
		_, err = journal.Append(tx, journal.Entry{Chain: agency, Topic: "admin", Actor: c.person, Action: action}, what)
		return err
	})
}

func personOf(dir *org.Directory, agency, id db.ID) (*org.Person, error) {
	p := dir.Person(id)
	if p == nil || p.Agency != agency {
		return nil, errs.New(errs.NotFound, "没有这个人员")
	}
	return p, nil
}

func (s *Server) resetPassword(ctx context.Context, c caller, in *IDPath) (map[string]string, error) {
	password := access.Random()
	hash, err := access.Hash(password)
	if err != nil {
		return nil, err
	}
	err = s.administer(ctx, c, "reset-password", func(tx *db.Tx, dir *org.Directory, agency db.ID) (any, error) {
		p, err := personOf(dir, agency, in.ID)
		if err != nil {
			return nil, err
		}
		if err := access.SetPassword(tx, p.ID, hash, true); err != nil {
			return nil, err
		}
		return map[string]any{"person": p.ID}, access.EndSessions(tx, p.ID)
	})
	return map[string]string{"password": password}, err
}

func (s *Server) setActive(active bool) func(context.Context, caller, *IDPath) (none, error) {
	name := map[bool]string{true: "enable", false: "disable"}[active]
	return func(ctx context.Context, c caller, in *IDPath) (none, error) {
		return none{}, s.administer(ctx, c, name, func(tx *db.Tx, dir *org.Directory, agency db.ID) (any, error) {
			p, err := personOf(dir, agency, in.ID)
			if err != nil {
				return nil, err
			}
			if !active {
				if err := mayLeave(tx, p, c.person); err != nil {
					return nil, err
				}
			}
			row := *p
			row.Active = active
			if err := org.Put(tx, &row); err != nil {
				return nil, err
			}
			return map[string]any{"person": p.ID}, access.EndSessions(tx, p.ID)
		})
	}
}

// mayLeave: who still holds matters or borrowed documents cannot be put out of office (BORROW-12).
func mayLeave(tx *db.Tx, p *org.Person, admin db.ID) error {
	if p.ID == admin {
		return errs.Refuse("没有停用", errs.Reason{Text: "不能停用自己的账号"})
	}
	open := 0
	if _, err := tx.Row(`SELECT COUNT(*) FROM tasks WHERE person_id = ? AND state = 'open' AND role = 'handle'`, []any{p.ID}, &open); err != nil {
		return err
	}
	if open > 0 {
		return errs.Refuse("没有停用", errs.Reason{Text: p.Name + "名下还有未办结的事项，请先移交或清退", Clause: "BORROW-12"})
	}
	return nil
}

func (s *Server) unlock(ctx context.Context, c caller, in *IDPath) (none, error) {
	return none{}, s.administer(ctx, c, "unlock", func(tx *db.Tx, dir *org.Directory, agency db.ID) (any, error) {
		p, err := personOf(dir, agency, in.ID)
		if err != nil {
			return nil, err
		}
		_, err = tx.Exec(`UPDATE accounts SET failures = 0, locked_until = 0 WHERE person_id = ?`, p.ID)
		return map[string]any{"person": p.ID}, err
	})
}

type yearPath struct {
	Year int `path:"year" minimum:"2000" maximum:"2100"`
}

type dayView struct {
	Day         workday.Day `json:"day"`
	Work        bool        `json:"work"`
	Name        string      `json:"name"`
	Provisional bool        `json:"provisional"`
}

func (s *Server) calendarYear(ctx context.Context, _ caller, in *yearPath) (map[string]any, error) {
	days := []dayView{}
	official := false
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		w, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		_, official = w.Cal.Table(in.Year)
		for d := workday.Date(in.Year, time.January, 1); d.Year() == in.Year; d++ {
			info := w.Cal.Info(d)
			days = append(days, dayView{d, info.Work, info.Holiday, info.Provisional})
		}
		return nil
	})
	return map[string]any{"year": in.Year, "official": official, "days": days}, err
}

type noticeInput struct {
	Body struct {
		Text string `json:"text" maxLength:"20000" doc:"放假通知正文、CSV 或 JSON"`
		Year int    `json:"year,omitempty"`
		Dry  bool   `json:"dry,omitempty"`
	}
}

type problemView struct {
	Line int    `json:"line"`
	Text string `json:"text"`
}

// importCalendar takes in an official notice of holidays, as pasted (OA-31).
func (s *Server) importCalendar(ctx context.Context, c caller, in *noticeInput) (map[string]any, error) {
	table, problems := workday.ParseNotice([]byte(in.Body.Text))
	found := []problemView{}
	for _, p := range problems {
		found = append(found, problemView{p.Line, p.Text})
	}
	answer := map[string]any{"year": table.Year, "problems": found, "table": table, "stored": false}
	if in.Body.Dry {
		return answer, nil
	}
	if !workday.Usable(problems) {
		reasons := make([]errs.Reason, len(problems))
		for i, p := range problems {
			reasons[i] = errs.Reason{Text: p.Text}
		}
		return nil, errs.Refuse("日历没有导入", reasons...)
	}
	err := s.administer(ctx, c, "calendar", func(tx *db.Tx, _ *org.Directory, _ db.ID) (any, error) {
		return table, calendar.Put(tx, table, "notice")
	})
	answer["stored"] = err == nil
	return answer, err
}

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
		v := postView{p.ID, p.Name, dir.Unit(p.Unit).Name, p.Unit, list(p.Duties), []string{}, p.Order, p.Active}
		for _, who := range dir.People(agency) {
			if slices.Contains(who.Posts, p.ID) {
				v.People = append(v.People, who.Name)
			}
		}
		out = append(out, v)
	}
	return out
}

type dutiesInput struct {
	IDPath
	Body struct {
		Duties []org.Duty `json:"duties" maxItems:"30"`
	}
}

// putDuties gives a post its duties. The three administrators' duties stay apart from each other and from business.
func (s *Server) putDuties(ctx context.Context, c caller, in *dutiesInput) (none, error) {
	admins := 0
	for _, d := range in.Body.Duties {
		if !d.Known() {
			return none{}, errs.Refuse("没有设定", errs.Reason{Text: "没有“" + string(d) + "”这项职责"})
		}
		if d.Admin() {
			admins++
		}
	}
	if admins > 1 || admins == 1 && len(in.Body.Duties) > 1 {
		return none{}, errs.Refuse("没有设定", errs.Reason{Text: "系统、安全、审计管理员要分设，也不能兼办业务", Clause: "OA-27"})
	}
	return none{}, s.administer(ctx, c, "duties", func(tx *db.Tx, dir *org.Directory, agency db.ID) (any, error) {
		post := dir.Post(in.ID)
		if post == nil || post.Agency != agency {
			return nil, errs.New(errs.NotFound, "没有这个岗位")
		}
		if reason := mixes(dir, agency, post, in.Body.Duties); reason != nil {
			return nil, errs.Refuse("没有设定", *reason)
		}
		row := *post
		row.Duties = in.Body.Duties
		return map[string]any{"post": post.Name, "before": post.Duties, "after": row.Duties}, org.Put(tx, &row)
	})
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

type clearInput struct {
	Body struct {
		Agency  string `json:"agency" maxLength:"60" doc:"本单位名称"`
		Confirm string `json:"confirm" doc:"照抄：清空样例"`
	}
}

// clearSample takes the sample office out and begins the user's own; its administrators' passwords are told once.
func (s *Server) clearSample(ctx context.Context, c caller, in *clearInput) (map[string]any, error) {
	if in.Body.Confirm != "清空样例" {
		return nil, errs.Refuse("没有清空", errs.Reason{Text: "请照抄“清空样例”四个字确认", Field: "confirm"})
	}
	accounts, err := setup.Accounts()
	if err != nil {
		return nil, err
	}
	err = s.app.DB.Write(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err != nil {
			return err
		}
		if !dir.Agency(dir.Person(c.person).Agency).Sample {
			return errs.Refuse("没有清空", errs.Reason{Text: "本机关不是样例，不能清空"})
		}
		if err := demo.Clear(tx); err != nil {
			return err
		}
		return setup.Found(tx, in.Body.Agency, accounts)
	})
	return map[string]any{"accounts": accounts}, err
}

type logInput struct {
	Q    string `query:"q" maxLength:"100"`
	From string `query:"from"`
	To   string `query:"to"`
	PageInput
}

type logView struct {
	Seq    int64           `json:"seq"`
	At     *time.Time      `json:"at"`
	Topic  string          `json:"topic"`
	Actor  string          `json:"actor"`
	Action string          `json:"action"`
	Detail json.RawMessage `json:"detail"`
}

// auditLog shows who did what and when, but not the contents of documents: the audit administrator reads none.
func (s *Server) auditLog(ctx context.Context, c caller, in *logInput) (map[string]any, error) {
	items, total := []logView{}, 0
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err != nil {
			return err
		}
		cond, args := `chain = ?`, []any{dir.Person(c.person).Agency}
		if d, err := workday.ParseDay(in.From); err == nil {
			cond, args = cond+` AND at >= ?`, append(args, d.At(0))
		}
		if d, err := workday.ParseDay(in.To); err == nil {
			cond, args = cond+` AND at < ?`, append(args, d.At(0).AddDate(0, 0, 1))
		}
		if q := strings.TrimSpace(in.Q); q != "" {
			ids := []db.ID{}
			for _, p := range dir.People(dir.Person(c.person).Agency) {
				if strings.Contains(p.Name, q) || p.Username == q {
					ids = append(ids, p.ID)
				}
			}
			list, more := db.In(ids)
			cond, args = cond+` AND (actor_id IN `+list+` OR topic = ?)`, append(append(args, more...), q)
		}
		if _, err := tx.Row(`SELECT COUNT(*) FROM journal WHERE `+cond, args, &total); err != nil {
			return err
		}
		return tx.Query(`SELECT body FROM journal WHERE `+cond+` ORDER BY seq DESC LIMIT ? OFFSET ?`, append(args, in.Size, (in.Page-1)*in.Size),
			func(scan func(...any) error) error {
				var body []byte
				var e journal.Entry
				if err := scan(&body); err != nil {
					return err
				}
				if err := json.Unmarshal(body, &e); err != nil {
					return err
				}
				v := logView{e.Seq, at(e.At), e.Topic, dir.Name(e.Actor), e.Action, nil}
				if e.Topic == "login" || e.Topic == "admin" || e.Topic == "register" {
					v.Detail = e.Content
				}
				items = append(items, v)
				return nil
			})
	})
	return map[string]any{"items": items, "total": total}, err
}

func (s *Server) verify(ctx context.Context, _ caller, _ *none) (map[string]any, error) {
	var n int64
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		n, err = journal.Verify(tx)
		return err
	})
	var broken *journal.Broken
	if errors.As(err, &broken) {
		return map[string]any{"ok": false, "entries": n, "first_bad": broken.Error()}, nil
	}
	return map[string]any{"ok": err == nil, "entries": n, "first_bad": nil}, err
}
