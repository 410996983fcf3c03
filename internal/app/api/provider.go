package api

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/access"
	"github.com/chengqi-oa/chengqi/internal/record/identity"
)

// memoryCookie carries what was asked of the provider, sealed. Lax, for the answer comes from the provider's site.
const memoryCookie = "chengqi-oidc"

type entrance struct {
	Provider  string `json:"provider"`  // what the button says; empty: no button
	Directory bool   `json:"directory"` // passwords are those of the directory service
}

type redirection struct {
	Status    int
	Location  string        `header:"Location"`
	SetCookie []http.Cookie `header:"Set-Cookie"`
}

// providerRoutes let people in on the word of a provider of identities.
func (s *Server) providerRoutes() {
	route(s, http.MethodGet, "/sign-in", "登录方式", public, func(context.Context, caller, *none) (entrance, error) {
		e := entrance{Directory: s.app.Door.Outside != nil}
		if s.provider != nil {
			e.Provider = s.provider.Name
		}
		return e, nil
	})
	huma.Register(s.api, operation(http.MethodGet, "/session/oidc", "去统一身份认证", public), s.askProvider)
	huma.Register(s.api, operation(http.MethodGet, "/session/oidc/callback", "统一身份认证的答复", public), s.hearProvider)
}

func (s *Server) askProvider(ctx context.Context, in *struct {
	Then string `query:"then" maxLength:"500"`
},
) (*redirection, error) {
	c := callerOf(ctx)
	if s.provider == nil {
		return nil, problemOf(errs.New(errs.NotFound, "本单位没有配置统一身份认证"))
	}
	address, memory, err := s.provider.Ask(ctx, s.app.Door.Key, s.app.DB.Now(), within(in.Then))
	if err != nil {
		slog.Warn("the provider of identities could not be asked", "err", err)
		return s.turnedAway(c, "provider"), nil
	}
	return &redirection{http.StatusSeeOther, address, []http.Cookie{memoryOf(c, memory, int(identity.Wait.Seconds()))}}, nil
}

// within keeps the way back within this office: a path, and no other site's.
func within(then string) string {
	u, err := url.Parse(then)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(then, "/") || strings.HasPrefix(then, "//") || strings.Contains(then, "\\") {
		return "/"
	}
	return then
}

func memoryOf(c caller, value string, age int) http.Cookie {
	return http.Cookie{
		Name: memoryCookie, Value: value, Path: "/api/v1/session/oidc", MaxAge: age, HttpOnly: true, Secure: c.secure, SameSite: http.SameSiteLaxMode,
	}
}

// turnedAway sends the browser back to the log-in page with a word for why.
func (s *Server) turnedAway(c caller, why string) *redirection {
	return &redirection{http.StatusSeeOther, "/login?refused=" + why, []http.Cookie{memoryOf(c, "", -1)}}
}

func (s *Server) hearProvider(ctx context.Context, in *struct {
	State  string `query:"state" maxLength:"200"`
	Code   string `query:"code" maxLength:"4000"`
	Memory string `cookie:"chengqi-oidc"`
},
) (*redirection, error) {
	c := callerOf(ctx)
	if s.provider == nil {
		return nil, problemOf(errs.New(errs.NotFound, "本单位没有配置统一身份认证"))
	}
	if s.limits.tooOften(c.from) {
		return s.turnedAway(c, "often"), nil
	}
	username, then, err := s.provider.Answer(ctx, s.app.Door.Key, s.app.DB.Now(), in.Memory, in.State, in.Code)
	if err != nil {
		slog.Warn("the answer of the provider of identities was not accepted", "err", err)
		return s.turnedAway(c, "provider"), nil
	}
	l, err := s.app.Door.Vouched(ctx, access.Attempt{Username: username, From: c.from, Agent: c.agent, Replaces: c.token})
	if err != nil {
		why, known := map[errs.Kind]string{errs.Unauthorized: "unknown", errs.Denied: "admin", errs.Locked: "locked"}[errs.KindOf(err)]
		if !known {
			return nil, problemOf(err)
		}
		return s.turnedAway(c, why), nil
	}
	c.token = l.Token
	return &redirection{http.StatusSeeOther, then, []http.Cookie{sessionCookie(c), memoryOf(c, "", -1)}}, nil
}
