package api

import (
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/access"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// gate 准入 says who may call a route.
type gate int

const (
	public   gate = iota + 1 // before logging in
	self                     // whoever is logged in, even if a password must be changed first
	anyone                   // whoever is logged in
	business                 // whoever does the office's work: not the three administrators (OA-27)
	system                   // 系统管理员
	security                 // 安全管理员
	audit                    // 审计管理员
	guardian                 // 保密员 (SEC-29)
)

var gateNames = map[gate]string{
	public: "不必登录", self: "本人", anyone: "登录的人", business: "办业务的人", system: "系统管理员", security: "安全管理员", audit: "审计管理员", guardian: "保密员",
}

func (g gate) String() string { return gateNames[g] }

// asks is the duty that a route asks for, where it is one.
var asks = map[gate]org.Duty{system: org.SystemAdmin, security: org.SecurityAdmin, audit: org.AuditAdmin, guardian: org.SecrecyOfficer}

// gateKey is where an operation carries its gate.
const gateKey = "access"

// guard stands before every operation: what it may not pass is answered before a byte of the request's body is read.
// An operation without a gate is open to nobody.
func (s *Server) guard(ctx huma.Context, next func(huma.Context)) {
	c := callerOf(ctx.Context())
	who, _ := ctx.Operation().Metadata[gateKey].(gate)
	if err := admit(c, who); err != nil {
		refuse(ctx, err)
		return
	}
	// What is sent as a form is held to the size as well: it goes to the disk before anyone looks at it.
	if most := ctx.Operation().MaxBodyBytes; most > 0 {
		r, w := unwrap(ctx)
		if r.ContentLength > most { // known before a byte of it is read
			p := tooLarge(ctx.Operation())
			ctx.SetHeader("Content-Type", p.ContentType(""))
			ctx.SetStatus(p.Status)
			_ = encode(ctx.BodyWriter(), p) // the caller may be gone
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, most)
	}
	next(ctx)
}

// refuse answers an operation from a middleware.
func refuse(ctx huma.Context, err error) {
	p := problemOf(err)
	ctx.SetHeader("Content-Type", p.ContentType(""))
	if p.Status == http.StatusTooManyRequests {
		ctx.SetHeader("Retry-After", "3")
	}
	ctx.SetStatus(p.Status)
	_ = encode(ctx.BodyWriter(), p) // the caller may be gone
}

// admit holds the caller against who a route is for.
func admit(c caller, who gate) error {
	if who == public {
		return nil
	}
	if c.person == 0 {
		return errs.New(errs.Unauthorized, "请先登录；离开较久的要重新登录，未提交的内容已为您保存")
	}
	if who == self {
		return nil
	}
	switch c.visit.Must {
	case access.MustChange:
		return errs.New(errs.Denied, "密码是初次使用、被重置过或已到期，请先修改密码（SEC-33）")
	case access.MustEnrol:
		return errs.New(errs.Denied, "本单位要求管理员使用二次验证，请先在“登录安全”里开启")
	}
	if who == anyone {
		return nil
	}
	if duty, ok := asks[who]; ok {
		if c.visit.Dir.Has(c.person, duty) {
			return nil
		}
		clause := "OA-27"
		if !duty.Admin() {
			clause = "SEC-29"
		}
		return errs.New(errs.Denied, "这是%s的工作，您没有这项权限（%s）", duty.Name(), clause)
	}
	if who == business && !c.visit.Dir.IsAdmin(c.person) {
		return nil
	}
	return errs.New(errs.Denied, "管理员不办理业务，也不能查看公文（OA-27）")
}

// plainRoute 普通路由 is one that is no operation of the API: the interface itself, health, figures.
type plainRoute struct{ method, path, summary string }

// plain registers a route outside the API. There is no other way to the mux, so that the table of routes and roles
// (docs/security-routes.md) leaves none out.
func (s *Server) plain(method, path, summary string, handler http.Handler) {
	s.plainRoutes = append(s.plainRoutes, plainRoute{method, path, summary})
	s.mux.Handle(strings.TrimSpace(method+" "+path), handler)
}

// operation describes a route under its gate.
func operation(method, path, summary string, who gate) huma.Operation {
	return huma.Operation{
		OperationID: strings.ToLower(method) + strings.NewReplacer("/", "-", "{", "", "}", "", ".", "-").Replace(path),
		Method:      method, Path: "/api/v1" + path, Summary: summary, Tags: []string{strings.Split(strings.TrimPrefix(path, "/"), "/")[0]},
		Metadata: map[string]any{gateKey: who},
	}
}
