// Package api is the HTTP face of the office: JSON under /api/v1, the interface, health and metrics.
//
// It translates and decides nothing: who may do what is asked of the engine. Invariants: every route names who may
// call it and denies all others; what may not be seen is not found; errors are problem+json in Chinese with every
// reason (RFC 9457).
package api

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/access"
	"github.com/chengqi-oa/chengqi/internal/record/identity"
)

// Server 服务 holds what the routes of one office share.
type Server struct {
	app    *app.App
	api    huma.API
	mux    *http.ServeMux
	limits *limits

	provider *identity.Provider // nil: nobody is vouched for
	trusted  proxies

	plainRoutes []plainRoute
}

// Options 服务选项 are what the administrator configured; the zero value is a service on its own, without limits.
type Options struct {
	Provider  *identity.Provider // who vouches for people; nil: nobody
	Proxies   []netip.Prefix     // whose word counts on where a request came from
	PerSecond float64            // requests of one session; 0: as many as it likes
}

// New makes the handler of the whole program. ui holds the built interface.
func New(a *app.App, ui fs.FS, o Options) http.Handler {
	s := newServer(a, ui, o)
	return s.protect(s.mux)
}

func newServer(a *app.App, ui fs.FS, o Options) *Server {
	s := &Server{app: a, mux: http.NewServeMux(), limits: newLimits(o.PerSecond), provider: o.Provider, trusted: o.Proxies}
	config := huma.DefaultConfig("承启", "1")
	config.OpenAPIPath = "/api/v1/openapi"
	config.DocsPath, config.SchemasPath = "", ""
	config.CreateHooks = nil // no $schema field in answers
	takeCleanText(&config)
	describeIDs(config.Components.Schemas)
	s.api = humago.New(s.mux, config)
	s.api.UseMiddleware(s.identify, s.guard)
	s.sessionRoutes()
	s.taskRoutes()
	s.matterRoutes()
	s.packageRoutes()
	s.paperRoutes()
	s.gongwenRoutes()
	s.fileRoutes()
	s.workSecretRoutes()
	s.registerRoutes()
	s.peopleRoutes()
	s.adminRoutes()
	s.statisticsRoutes()
	s.thingRoutes()
	s.ruleRoutes()
	s.eventRoutes()
	s.refusalRoutes()
	s.operationRoutes()
	s.plain("", "/", "界面", interfaceFiles(ui))
	return s
}

type answer[O any] struct{ Body O }

// caller 来访者 is who calls, and through what.
type caller struct {
	person db.ID
	visit  access.Visit
	token  string
	from   string
	agent  string
	secure bool // over https
}

type callerKey struct{}

// callerOf is who calls, as identify found them; nobody where it has not run.
func callerOf(ctx context.Context) caller {
	c, _ := ctx.Value(callerKey{}).(caller)
	return c
}

func (s *Server) identify(ctx huma.Context, next func(huma.Context)) {
	c := caller{from: remote(ctx), agent: ctx.Header("User-Agent"), secure: isSecure(ctx.Context())}
	if cookie, err := huma.ReadCookie(ctx, cookieName); err == nil {
		c.token = cookie.Value
		quiet := strings.HasSuffix(ctx.URL().Path, "/events")
		if c.visit, err = s.app.Door.Who(ctx.Context(), c.token, quiet); err != nil {
			refuse(ctx, err) // not the same as having no session: nobody is to log in again for that
			return
		}
		c.person = c.visit.Person
		seen(ctx.Context(), c.person)
	}
	if err := s.limits.request(c); err != nil {
		refuse(ctx, err)
		return
	}
	next(huma.WithValue(ctx, callerKey{}, c))
}

func remote(ctx huma.Context) string {
	host, _, _ := strings.Cut(ctx.RemoteAddr(), "]:")
	if i := strings.LastIndex(host, ":"); i > 0 && !strings.HasPrefix(host, "[") {
		host = host[:i]
	}
	return strings.TrimPrefix(host, "[")
}

// route registers an operation with who may call it.
func route[I, O any](s *Server, method, path, summary string, who gate, fn func(ctx context.Context, c caller, in *I) (O, error)) {
	op := operation(method, path, summary, who)
	op.MaxBodyBytes = 4 << 20
	if method == http.MethodPost && path == "/matters" {
		op.DefaultStatus = http.StatusCreated
	}
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*answer[O], error) {
		c := callerOf(ctx)
		out, err := fn(ctx, c, in)
		if err != nil {
			return nil, problemOf(err)
		}
		return &answer[O]{out}, nil
	})
}

// problem is an error as RFC 9457 writes it.
type problem struct {
	Type    string        `json:"type"`
	Title   string        `json:"title"`
	Status  int           `json:"status"`
	Detail  string        `json:"detail"`
	Reasons []errs.Reason `json:"reasons,omitempty"`
}

func (p *problem) Error() string             { return p.Detail }
func (p *problem) GetStatus() int            { return p.Status }
func (p *problem) ContentType(string) string { return "application/problem+json" }

var statusOf = map[errs.Kind]int{
	errs.Refused: http.StatusUnprocessableEntity, errs.NotFound: http.StatusNotFound, errs.Conflict: http.StatusConflict,
	errs.Unauthorized: http.StatusUnauthorized, errs.Denied: http.StatusForbidden, errs.Locked: http.StatusLocked,
	errs.Unavailable: http.StatusServiceUnavailable, errs.TooMany: http.StatusTooManyRequests,
}

func problemOf(err error) *problem {
	var e *errs.Error
	if errors.As(err, &e) {
		if status, ok := statusOf[e.Kind]; ok {
			if e.Kind == errs.Unavailable {
				slog.Error("unavailable", "err", errors.Unwrap(e))
			}
			return &problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: e.Error(), Reasons: e.Reasons}
		}
	}
	slog.Error("a request failed", "err", err)
	return &problem{
		Type: "about:blank", Title: "Internal Server Error", Status: http.StatusInternalServerError,
		Detail: "系统出了差错，刚才的操作没有保存，请再试一次；若反复出现，请联系系统管理员",
	}
}

func at(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.In(db.Location)
	return &t
}

// list makes sure an empty list is [] and not null.
func list[T any](in []T) []T {
	if in == nil {
		return []T{}
	}
	return in
}
