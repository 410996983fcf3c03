package api

import (
	"context"
	"net/http"
	"time"

	"github.com/skip2/go-qrcode"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/access"
)

// accountRoutes are what a person does about their own way in: password, sessions, the second step. They are open even
// to one who must first change the password or enrol, for this is how it is done.
func (s *Server) accountRoutes() {
	route(s, http.MethodPut, "/me/password", "修改密码", self, func(ctx context.Context, c caller, in *passwordInput) (none, error) {
		return none{}, s.app.Door.ChangePassword(ctx, c.visit, in.Body.Old, in.Body.New, c.from)
	})
	route(s, http.MethodGet, "/me/sessions", "本人的登录", self, s.ownSessions)
	route(s, http.MethodDelete, "/me/sessions", "退出其他登录", self, func(ctx context.Context, c caller, _ *none) (map[string]int64, error) {
		n, err := s.app.Door.EndSession(ctx, c.visit, "")
		return map[string]int64{"ended": n}, err
	})
	route(s, http.MethodDelete, "/me/sessions/{id}", "退出一处登录", self, func(ctx context.Context, c caller, in *sessionPath) (map[string]int64, error) {
		n, err := s.app.Door.EndSession(ctx, c.visit, in.ID)
		return map[string]int64{"ended": n}, err
	})
	route(s, http.MethodGet, "/me/second-step", "二次验证情况", self, s.secondStep)
	route(s, http.MethodPost, "/me/second-step", "开启二次验证", self, s.enrol)
	route(s, http.MethodPost, "/me/second-step/confirm", "确认开启", self, func(ctx context.Context, c caller, in *codeInput) (codesView, error) {
		codes, err := s.app.Door.Confirm(ctx, c.visit, in.Body.Code, c.from)
		return codesView{codes}, err
	})
	route(s, http.MethodPost, "/me/second-step/codes", "换一批恢复码", self, func(ctx context.Context, c caller, in *codeInput) (codesView, error) {
		codes, err := s.app.Door.Renew(ctx, c.visit, in.Body.Code, c.from)
		return codesView{codes}, err
	})
	route(s, http.MethodPost, "/me/second-step/remove", "关闭二次验证", self, func(ctx context.Context, c caller, in *codeInput) (none, error) {
		return none{}, s.app.Door.Remove(ctx, c.visit, in.Body.Code, c.from)
	})
}

type passwordInput struct {
	Body struct {
		Old string `json:"old" maxLength:"200"`
		New string `json:"new" maxLength:"200"`
	}
}

type sessionPath struct {
	ID string `path:"id" maxLength:"64"`
}

type sessionView struct {
	access.Session
	Current bool `json:"current"`
}

func (s *Server) ownSessions(ctx context.Context, c caller, _ *none) (map[string]any, error) {
	items := []sessionView{}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		all, err := s.app.Door.Sessions(tx, c.person)
		for _, one := range all {
			items = append(items, sessionView{one, one.ID == c.visit.Session})
		}
		return err
	})
	return map[string]any{"items": items}, err
}

type secondView struct {
	On       bool       `json:"on"`
	Since    *time.Time `json:"since"`
	Codes    int        `json:"codes_left"`
	Demanded bool       `json:"demanded"`
	Possible bool       `json:"possible"` // a provider that vouches for people has a second step of its own
}

func (s *Server) secondStep(ctx context.Context, c caller, _ *none) (secondView, error) {
	var v secondView
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		x, err := s.app.Door.Second(tx, c.person)
		v = secondView{x.On, at(x.Since), x.CodeLeft, x.Demanded, c.visit.Means != access.ByProvider}
		return err
	})
	return v, err
}

type enrolInput struct {
	Body struct {
		Password string `json:"password" maxLength:"200"`
	}
}

type enrolView struct {
	Secret string `json:"secret"`
	QR     []byte `json:"qr" doc:"二维码，PNG"`
}

func (s *Server) enrol(ctx context.Context, c caller, in *enrolInput) (*enrolView, error) {
	e, err := s.app.Door.Enrol(ctx, c.visit, in.Body.Password, c.from)
	if err != nil {
		return nil, err
	}
	picture, err := qrcode.Encode(e.URI, qrcode.Medium, 264)
	return &enrolView{e.Secret, picture}, err
}

type codeInput struct {
	Body struct {
		Code string `json:"code" maxLength:"40"`
	}
}

type codesView struct {
	Codes []string `json:"codes"`
}
