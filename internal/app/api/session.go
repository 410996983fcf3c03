package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/access"
	"github.com/chengqi-oa/chengqi/internal/record/org"
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
	ID            db.ID        `json:"id"`
	Username      string       `json:"username"`
	Name          string       `json:"name"`
	Agency        named        `json:"agency"`
	Unit          named        `json:"unit"`
	Posts         []string     `json:"posts"`
	Duties        []org.Duty   `json:"duties"`
	MustChange    bool         `json:"must_change_password"`
	MustEnrol     bool         `json:"must_enrol"`
	Means         access.Means `json:"means"`
	PasswordUntil *time.Time   `json:"password_until"`
	LastLogin     *lastLogin   `json:"last_login"`
	Away          *awayView    `json:"away"`
	StandingIn    []named      `json:"standing_in_for"`
	Sample        bool         `json:"sample"`
	Now           *time.Time   `json:"now"`
	IdleMinutes   int          `json:"idle_minutes"`
	StartKinds    []string     `json:"start_kinds"`
	UsualKinds    []string     `json:"usual_kinds"` // of these, what they begin as a rule
	Registers     []string     `json:"registers"`
	Admin         []string     `json:"admin"`
	Leads         bool         `json:"leads"` // leads posts of others
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
		Code     string `json:"code,omitempty" maxLength:"40" doc:"二次验证的验证码或恢复码"`
	}
}

type loginOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      meView
}

func (s *Server) sessionRoutes() {
	s.loginRoute()
	route(s, http.MethodGet, "/me", "本人", self, func(ctx context.Context, c caller, _ *none) (meView, error) { return s.me(ctx, c, nil) })
	s.logoutRoute()
	s.providerRoutes()
	route(s, http.MethodGet, "/sample-accounts", "样例账号", public, func(ctx context.Context, _ caller, _ *none) (map[string]any, error) {
		return s.sampleAccounts(ctx)
	})
	s.accountRoutes()
	s.awayRoutes()
	s.draftRoutes()
}

func (s *Server) loginRoute() {
	huma.Register(s.api, operation(http.MethodPost, "/session", "登录", public), func(ctx context.Context, in *loginInput) (*loginOutput, error) {
		c := callerOf(ctx)
		if err := s.limits.login(c.from, in.Body.Username); err != nil {
			return nil, problemOf(err)
		}
		l, err := s.app.Door.Login(ctx, access.Attempt{
			Username: in.Body.Username, Password: in.Body.Password, Code: in.Body.Code, From: c.from, Agent: c.agent, Replaces: c.token,
		})
		if err != nil {
			return nil, problemOf(err)
		}
		c.token = l.Token
		if c.visit, err = s.app.Door.Who(ctx, l.Token, true); err != nil {
			return nil, problemOf(err)
		}
		c.person = c.visit.Person
		me, err := s.me(ctx, c, l)
		if err != nil {
			return nil, problemOf(err)
		}
		return &loginOutput{SetCookie: sessionCookie(c), Body: me}, nil
	})
}

type logoutOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

func (s *Server) logoutRoute() {
	op := operation(http.MethodDelete, "/session", "退出", public)
	op.DefaultStatus = http.StatusOK
	huma.Register(s.api, op, func(ctx context.Context, _ *none) (*logoutOutput, error) {
		c := callerOf(ctx)
		if err := s.app.Door.Leave(ctx, c.visit, c.from); err != nil {
			return nil, problemOf(err)
		}
		gone := sessionCookie(c)
		gone.Value, gone.MaxAge = "", -1
		return &logoutOutput{gone}, nil
	})
}

// sessionCookie is out of reach of scripts and of other sites, and over https never sent in the clear.
func sessionCookie(c caller) http.Cookie {
	return http.Cookie{Name: cookieName, Value: c.token, Path: "/", HttpOnly: true, Secure: c.secure, SameSite: http.SameSiteStrictMode}
}

func (s *Server) me(ctx context.Context, c caller, l *access.Login) (meView, error) {
	var v meView
	person := c.person
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
			IdleMinutes: int(s.app.Door.Policy().Idle.Minutes()), Away: viewAway(w.Dir, w.Dir.AwayAt(person, tx.Now)),
			StandingIn: []named{}, StartKinds: []string{}, UsualKinds: []string{}, Registers: []string{}, Admin: []string{}, Leads: len(w.Dir.Leads(person)) > 0,
			MustChange: c.visit.Must == access.MustChange, MustEnrol: c.visit.Must == access.MustEnrol,
			Means: c.visit.Means, PasswordUntil: at(c.visit.PasswordUntil),
		}
		for _, id := range w.Dir.StandsInFor(person, tx.Now) {
			v.StandingIn = append(v.StandingIn, named{id, w.Dir.Name(id)})
		}
		s.addRights(&v, w, person)
		if len(v.StartKinds) == 0 {
			return nil
		}
		usual, err := s.app.Engine.UsualKinds(tx, person, w)
		v.UsualKinds = list(usual)
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
