package api

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/access"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/workday"
)

const cookieName = "chengqi"

type named struct {
	ID   db.ID  `json:"id"`
	Name string `json:"name"`
}

type lastLogin struct {
	At       *time.Time `json:"at"`
	From     string     `json:"from"`
	Failures int        `json:"failures_since"`
}

type awayView struct {
	From    *time.Time `json:"from"`
	Until   *time.Time `json:"until"`
	StandIn *named     `json:"stand_in"`
	Reason  string     `json:"reason"`
}

type meView struct {
	ID          db.ID      `json:"id"`
	Username    string     `json:"username"`
	Name        string     `json:"name"`
	Agency      named      `json:"agency"`
	Unit        named      `json:"unit"`
	Posts       []string   `json:"posts"`
	Duties      []org.Duty `json:"duties"`
	MustChange  bool       `json:"must_change_password"`
	LastLogin   *lastLogin `json:"last_login"`
	Away        *awayView  `json:"away"`
	StandingIn  []named    `json:"standing_in_for"`
	Sample      bool       `json:"sample"`
	Now         *time.Time `json:"now"`
	IdleMinutes int        `json:"idle_minutes"`
	StartKinds  []string   `json:"start_kinds"`
	Registers   []string   `json:"registers"`
	Admin       []string   `json:"admin"`
}

// SampleAccount 样例账号 may be chosen on the log-in page of a sample office.
type SampleAccount struct {
	Username string   `json:"username"`
	Name     string   `json:"name"`
	Unit     string   `json:"unit"`
	Posts    []string `json:"posts"`
	Hint     string   `json:"hint"`
}

type none struct{}

type loginInput struct {
	Body struct {
		Username string `json:"username" maxLength:"60" doc:"工号"`
		Password string `json:"password" maxLength:"200" doc:"密码"`
	}
}

type loginOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      meView
}

func (s *Server) sessionRoutes() {
	s.loginRoute()
	route(s, http.MethodGet, "/me", "本人", anyone, func(ctx context.Context, c caller, _ *none) (meView, error) { return s.me(ctx, c.person, nil) })
	route(s, http.MethodDelete, "/session", "退出", public, func(ctx context.Context, c caller, _ *none) (none, error) {
		return none{}, s.app.Door.Logout(ctx, c.token)
	})
	route(s, http.MethodGet, "/sample-accounts", "样例账号", public, func(ctx context.Context, _ caller, _ *none) (map[string]any, error) {
		return s.sampleAccounts(ctx)
	})
	route(s, http.MethodPut, "/me/password", "修改密码", anyone, s.changePassword)
	route(s, http.MethodPut, "/me/away", "外出并委托代办", business, s.setAway)
	route(s, http.MethodDelete, "/me/away", "销假", business, func(ctx context.Context, c caller, _ *none) (meView, error) { return s.endAway(ctx, c) })
	s.draftRoutes()
}

func (s *Server) loginRoute() {
	huma.Register(s.api, operation(http.MethodPost, "/session", "登录", public), func(ctx context.Context, in *loginInput) (*loginOutput, error) {
		c, _ := ctx.Value(callerKey{}).(caller)
		if !s.limits.allow(c.from) {
			return nil, problemOf(errs.New(errs.Locked, "登录太频繁，请稍等几秒再试"))
		}
		l, err := s.app.Door.Login(ctx, in.Body.Username, in.Body.Password, c.from)
		if err != nil {
			return nil, problemOf(err)
		}
		person, err := s.app.Door.Who(ctx, l.Token, true)
		if err != nil {
			return nil, problemOf(err)
		}
		me, err := s.me(ctx, person, l)
		if err != nil {
			return nil, problemOf(err)
		}
		return &loginOutput{SetCookie: http.Cookie{
			Name: cookieName, Value: l.Token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
		}, Body: me}, nil
	})
}

func (s *Server) me(ctx context.Context, person db.ID, l *access.Login) (meView, error) {
	var v meView
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		w, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		p := w.Dir.Person(person)
		agency, unit := w.Dir.Agency(p.Agency), w.Dir.Unit(p.Unit)
		v = meView{
			ID: p.ID, Username: p.Username, Name: p.Name, Agency: named{agency.ID, agency.Name}, Unit: named{unit.ID, unit.Name},
			Posts: postNames(w.Dir, p), Duties: list(w.Dir.Duties(person)), Sample: agency.Sample, Now: at(tx.Now),
			IdleMinutes: int(access.Idle.Minutes()), Away: viewAway(w.Dir, w.Dir.AwayAt(person, tx.Now)),
			StandingIn: []named{}, StartKinds: []string{}, Registers: []string{}, Admin: []string{},
		}
		for _, id := range w.Dir.StandsInFor(person, tx.Now) {
			v.StandingIn = append(v.StandingIn, named{id, w.Dir.Name(id)})
		}
		s.addRights(&v, w, person)
		_, err = tx.Row(`SELECT must_change FROM accounts WHERE person_id = ?`, []any{person}, &v.MustChange)
		return err
	})
	if l != nil && !l.LastAt.IsZero() {
		v.LastLogin = &lastLogin{at(l.LastAt), l.LastFrom, l.Failures}
	}
	return v, err
}

func (s *Server) addRights(v *meView, w engine.World, person db.ID) {
	for name, duty := range map[string]org.Duty{"system": org.SystemAdmin, "security": org.SecurityAdmin, "audit": org.AuditAdmin} {
		if w.Dir.Has(person, duty) {
			v.Admin = append(v.Admin, name)
		}
	}
	if len(v.Admin) > 0 {
		slices.Sort(v.Admin)
		return
	}
	for _, proc := range s.app.Engine.Catalogue().All() {
		if proc.MayStart(w, person) {
			v.StartKinds = append(v.StartKinds, proc.Kind)
		}
	}
	for _, proc := range s.app.Engine.Catalogue().Kept() {
		for _, b := range booksOf(proc) {
			v.Registers = append(v.Registers, b.key)
		}
	}
}

func postNames(dir *org.Directory, p *org.Person) []string {
	out := []string{}
	for _, id := range p.Posts {
		out = append(out, dir.Post(id).Name)
	}
	return out
}

func viewAway(dir *org.Directory, a *org.Away) *awayView {
	if a == nil {
		return nil
	}
	v := &awayView{From: at(a.From), Until: at(a.Until), Reason: a.Reason}
	if a.StandIn != 0 {
		v.StandIn = &named{a.StandIn, dir.Name(a.StandIn)}
	}
	return v
}

func (s *Server) sampleAccounts(ctx context.Context) (map[string]any, error) {
	accounts := []SampleAccount{}
	sample := false
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err != nil {
			return err
		}
		for _, a := range dir.Agencies() {
			if !a.Sample {
				continue
			}
			sample = true
			for _, p := range dir.People(a.ID) {
				if p.Active {
					accounts = append(accounts, SampleAccount{p.Username, p.Name, dir.Unit(p.Unit).Name, postNames(dir, p), p.Hint})
				}
			}
		}
		return nil
	})
	slices.SortStableFunc(accounts, func(a, b SampleAccount) int {
		return boolOrder(a.Hint != "") - boolOrder(b.Hint != "")
	})
	return map[string]any{"sample": sample, "accounts": accounts}, err
}

func boolOrder(first bool) int {
	if first {
		return 0
	}
	return 1
}

type passwordInput struct {
	Body struct {
		Old string `json:"old" maxLength:"200"`
		New string `json:"new" maxLength:"200"`
	}
}

func (s *Server) changePassword(ctx context.Context, c caller, in *passwordInput) (none, error) {
	var username string
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		_, err := tx.Row(`SELECT username FROM people WHERE id = ?`, []any{c.person}, &username)
		return err
	})
	if err != nil {
		return none{}, err
	}
	return none{}, s.app.Door.ChangePassword(ctx, c.person, username, in.Body.Old, in.Body.New)
}

type awayInput struct {
	Body struct {
		From    string `json:"from" doc:"起，2026-11-23 或带时刻"`
		Until   string `json:"until" doc:"止（含当日）"`
		StandIn db.ID  `json:"stand_in,omitempty"`
		Reason  string `json:"reason,omitempty" maxLength:"200"`
	}
}

// setAway records an absence with the stand-in (ORG-24): from then until its end the stand-in sees and does the
// absent person's tasks, and both names are recorded.
func (s *Server) setAway(ctx context.Context, c caller, in *awayInput) (meView, error) {
	from, fromErr := moment(in.Body.From, false)
	until, untilErr := moment(in.Body.Until, true)
	if fromErr != nil || untilErr != nil || !until.After(from) {
		return meView{}, errs.Refuse("外出没有登记", errs.Reason{Text: "请填写起止时间，止要晚于起", Field: "until"})
	}
	err := s.app.DB.Write(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err != nil {
			return err
		}
		me := dir.Person(c.person)
		standIn := in.Body.StandIn
		if standIn == 0 {
			standIn = me.Backup
		}
		other := dir.Person(standIn)
		if other == nil || other.Agency != me.Agency || other.ID == me.ID || !other.Active {
			return errs.Refuse("外出没有登记", errs.Reason{Text: "请选择本机关的一位同事代办", Clause: "ORG-24", Field: "stand_in"})
		}
		if err := endAways(tx, c.person); err != nil {
			return err
		}
		row := &org.Away{Person: c.person, From: from, Until: until, StandIn: standIn, Reason: in.Body.Reason}
		if err := org.Put(tx, row); err != nil {
			return err
		}
		if err := engine.Notify(tx, engine.Notice{Person: standIn, Text: me.Name + "外出，由您代办其待办事项", Clause: "ORG-24"}); err != nil {
			return err
		}
		_, err = journal.Append(tx, journal.Entry{Chain: me.Agency, Topic: "away", Actor: c.person, Action: "away"}, row)
		return err
	})
	if err != nil {
		return meView{}, err
	}
	return s.me(ctx, c.person, nil)
}

func moment(text string, endOfDay bool) (time.Time, error) {
	if d, err := workday.ParseDay(text); err == nil {
		t := d.At(0)
		if endOfDay {
			t = t.AddDate(0, 0, 1)
		}
		return t, nil
	}
	return time.ParseInLocation(time.RFC3339, text, db.Location)
}

func endAways(tx *db.Tx, person db.ID) error {
	_, err := tx.Exec(`UPDATE away SET ended_at = ? WHERE person_id = ? AND ended_at = 0 AND until_at > ?`, tx.Now, person, tx.Now)
	return err
}

func (s *Server) endAway(ctx context.Context, c caller) (meView, error) {
	err := s.app.DB.Write(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err != nil {
			return err
		}
		if err := endAways(tx, c.person); err != nil {
			return err
		}
		if err := org.Changed(tx); err != nil {
			return err
		}
		_, err = journal.Append(tx, journal.Entry{Chain: dir.Person(c.person).Agency, Topic: "away", Actor: c.person, Action: "back"}, nil)
		return err
	})
	if err != nil {
		return meView{}, err
	}
	return s.me(ctx, c.person, nil)
}

// DraftKey 草稿名 is exported because huma passes over embedded types that are not.
type DraftKey struct {
	Key string `path:"key" maxLength:"200"`
}

type draftInput struct {
	DraftKey
	Body json.RawMessage
}

// draftRoutes keep a person's unfinished forms: private, not part of any matter until submitted.
func (s *Server) draftRoutes() {
	route(s, http.MethodGet, "/drafts/{key}", "取回草稿", anyone, func(ctx context.Context, c caller, in *DraftKey) (json.RawMessage, error) {
		value := "null"
		err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
			_, err := tx.Row(`SELECT value FROM drafts WHERE person_id = ? AND key = ?`, []any{c.person, in.Key}, &value)
			return err
		})
		return json.RawMessage(value), err
	})
	route(s, http.MethodPut, "/drafts/{key}", "存草稿", anyone, func(ctx context.Context, c caller, in *draftInput) (none, error) {
		if len(in.Body) > 512<<10 || !json.Valid(in.Body) {
			return none{}, errs.Refuse("草稿没有存上", errs.Reason{Text: "草稿超过 512 KB"})
		}
		return none{}, s.app.DB.Write(ctx, func(tx *db.Tx) error { return keepDraft(tx, c.person, in.Key, in.Body) })
	})
	route(s, http.MethodDelete, "/drafts/{key}", "删草稿", anyone, func(ctx context.Context, c caller, in *DraftKey) (none, error) {
		return none{}, s.app.DB.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(`DELETE FROM drafts WHERE person_id = ? AND key = ?`, c.person, in.Key)
			return err
		})
	})
	s.preferenceRoutes()
}

const preferencesKey = "preferences"

type rawInput struct{ Body json.RawMessage }

// preferenceRoutes keep how a person likes the interface: type size, recent opinions.
func (s *Server) preferenceRoutes() {
	route(s, http.MethodGet, "/me/preferences", "本人设置", anyone, func(ctx context.Context, c caller, _ *none) (json.RawMessage, error) {
		value := "{}"
		err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
			_, err := tx.Row(`SELECT value FROM drafts WHERE person_id = ? AND key = ?`, []any{c.person, preferencesKey}, &value)
			return err
		})
		return json.RawMessage(value), err
	})
	route(s, http.MethodPut, "/me/preferences", "存本人设置", anyone, func(ctx context.Context, c caller, in *rawInput) (json.RawMessage, error) {
		if len(in.Body) > 64<<10 || !json.Valid(in.Body) {
			return nil, errs.Refuse("设置没有存上", errs.Reason{Text: "内容太多"})
		}
		return in.Body, s.app.DB.Write(ctx, func(tx *db.Tx) error { return keepDraft(tx, c.person, preferencesKey, in.Body) })
	})
}

func keepDraft(tx *db.Tx, person db.ID, key string, value json.RawMessage) error {
	_, err := tx.Exec(`INSERT INTO drafts (person_id, key, value, at) VALUES (?,?,?,?)
		ON CONFLICT (person_id, key) DO UPDATE SET value = excluded.value, at = excluded.at`, person, key, string(value), tx.Now)
	return err
}
