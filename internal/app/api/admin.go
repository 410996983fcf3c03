package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/demo"
	"github.com/chengqi-oa/chengqi/internal/app/setup"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/access"
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
	route(s, http.MethodPost, "/admin/people/{id}/reset-second-step", "重置二次验证", system, s.resetSecond)
	route(s, http.MethodGet, "/admin/sign-in", "登录安全", security, s.signIn)
	route(s, http.MethodPut, "/admin/sign-in", "设定登录安全", security, s.putSignIn)
	route(s, http.MethodGet, "/admin/calendar/{year}", "工作日历", system, s.calendarYear)
	route(s, http.MethodPost, "/admin/calendar/import", "导入放假通知", system, s.importCalendar)
	route(s, http.MethodGet, "/admin/divisions", "领导分工", security, s.divisions)
	route(s, http.MethodPut, "/admin/divisions", "调整分工", security, s.putDivisions)
	route(s, http.MethodGet, "/admin/duties", "岗位职责", security, s.duties)
	route(s, http.MethodPut, "/admin/posts/{id}/duties", "设定岗位职责和分管", security, s.putDuties)
	route(s, http.MethodGet, "/admin/log", "审计日志", audit, s.auditLog)
	route(s, http.MethodPost, "/admin/clear-sample", "清空样例，建立本单位", system, s.clearSample)
	route(s, http.MethodGet, "/admin/backups", "备份", system, s.backups)
	route(s, http.MethodPost, "/admin/backups", "现在备份", system, s.backUp)
	route(s, http.MethodPut, "/admin/backups/setting", "备份设置", system, s.setBackups)
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
		return journal.Append(tx, journal.Entry{Chain: agency, Topic: "admin", Actor: c.person, Action: action, From: c.from}, what)
	})
}

func personOf(dir *org.Directory, agency, id db.ID) (*org.Person, error) {
	p := dir.Person(id)
	if p == nil || p.Agency != agency {
		return nil, errs.New(errs.NotFound, "没有这个人员")
	}
	return p, nil
}

// another refuses what the system administrator may not do to the two others: with a password of theirs in hand one person
// would hold two of the three offices, and without an auditor nobody would be watched (OA-27). It is done on the server,
// by whoever keeps it.
func another(dir *org.Directory, p *org.Person, me db.ID) error {
	// Of a disabled one as well: enabled again they would be what they were.
	if p.ID == me || !slices.ContainsFunc(p.Posts, func(id db.ID) bool { return adminPost(dir.Post(id)) }) {
		return nil
	}
	return errs.Refuse("没有办成", errs.Reason{
		Text: p.Name + "是三员之一，三员的账号互不经手：重设密码、二次验证请在服务器上运行 chengqi account " + p.Username + "；换人先由安全管理员撤下其岗位的职责", Clause: "OA-27",
	})
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
		if err := another(dir, p, c.person); err != nil {
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
			if err := another(dir, p, c.person); err != nil {
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
		return errs.Refuse("没有停用", errs.Reason{Text: fmt.Sprintf("%s名下还有 %d 件没有办结，请先由本人或代办人逐件“移交同事办理”或清退，再停用", p.Name, open), Clause: "BORROW-12"})
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

// resetSecond takes the second step from who lost their phone and codes; made sure of face to face, as a new password is.
func (s *Server) resetSecond(ctx context.Context, c caller, in *IDPath) (none, error) {
	return none{}, s.administer(ctx, c, "reset-second-step", func(tx *db.Tx, dir *org.Directory, agency db.ID) (any, error) {
		p, err := personOf(dir, agency, in.ID)
		if err != nil {
			return nil, err
		}
		if err := another(dir, p, c.person); err != nil {
			return nil, err
		}
		if err := access.ForgetSecond(tx, p.ID); err != nil {
			return nil, err
		}
		return map[string]any{"person": p.ID}, access.EndSessions(tx, p.ID)
	})
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
	Q     string `query:"q" maxLength:"100" doc:"姓名或工号"`
	Topic string `query:"topic" maxLength:"20"`
	From  string `query:"from"`
	To    string `query:"to"`
	PageInput
}

type logView struct {
	Seq    int64           `json:"seq"`
	At     *time.Time      `json:"at"`
	Topic  string          `json:"topic"`
	Actor  string          `json:"actor"`
	Action string          `json:"action"`
	From   string          `json:"from,omitempty"`
	Detail json.RawMessage `json:"detail"`
}

// shownTopics are those of which the audit administrator sees the particulars: none holds what a document says.
var shownTopics = map[string]bool{"login": true, "admin": true, "register": true, "statistics": true, "paper": true}

// auditLog shows who did what and when, but not the contents of documents: the audit administrator reads none.
func (s *Server) auditLog(ctx context.Context, c caller, in *logInput) (map[string]any, error) {
	items, total := []logView{}, 0
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err != nil {
			return err
		}
		cond, args := in.cond(dir, dir.Person(c.person).Agency)
		if total, err = countLog(tx, cond, args); err != nil {
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
				v := logView{e.Seq, at(e.At), e.Topic, dir.Name(e.Actor), e.Action, e.From, nil}
				if e.Topic == "login" && e.Actor == 0 {
					v.Actor = "不明" // nobody has the number
				}
				if shownTopics[e.Topic] {
					v.Detail = e.Content
				}
				items = append(items, v)
				return nil
			})
	})
	return map[string]any{"items": items, "total": total}, err
}

// cond is what is asked of the record: between two days, of people by name or number, or of a topic.
func (in *logInput) cond(dir *org.Directory, agency db.ID) (string, []any) {
	cond, args := `chain = ?`, []any{agency}
	if d, err := workday.ParseDay(in.From); err == nil {
		cond, args = cond+` AND at >= ?`, append(args, d.At(0))
	}
	if d, err := workday.ParseDay(in.To); err == nil {
		cond, args = cond+` AND at < ?`, append(args, d.At(0).AddDate(0, 0, 1))
	}
	if in.Topic != "" {
		cond, args = cond+` AND topic <> 'matter' AND topic = ?`, append(args, in.Topic) // matters are found by their own page
	}
	q := strings.TrimSpace(in.Q)
	if q == "" {
		return cond, args
	}
	var people []db.ID
	for _, p := range dir.People(agency) {
		if strings.Contains(p.Name, q) || p.Username == q {
			people = append(people, p.ID)
		}
	}
	if len(people) == 0 {
		return cond + ` AND 1 = 0`, args
	}
	list, more := db.In(people)
	return cond + ` AND actor_id IN ` + list, append(args, more...)
}

// countLog counts entries. The whole record is not counted: it is numbered without gaps.
func countLog(tx *db.Tx, cond string, args []any) (int, error) {
	text := `SELECT COUNT(*) FROM journal WHERE ` + cond
	if len(args) == 1 {
		text = `SELECT seq FROM chains WHERE ` + cond
	}
	total := 0
	_, err := tx.Row(text, args, &total)
	return total, err
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
