package identity

import (
	"context"
	"errors"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// Whoever checks the configuration is told whether the services that people log in by can be reached from here, as the
// account and in the sandbox that the check runs in. That they cannot keeps no office from starting.

// Try asks the provider for what it publishes of itself.
func (p *Provider) Try(ctx context.Context) error {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	_, _, err := p.config(ctx)
	if err == nil {
		return nil
	}
	why, _ := errs.Unreached(err)
	if why == "" && strings.Contains(err.Error()+causes(err), "did not match") {
		why = "那边公布的签发方与 oidc-issuer 写的不一样，要一字不差，末尾的斜线也算"
	}
	if why == "" {
		why = "那里没有公布统一身份认证的配置（.well-known/openid-configuration），请检查 oidc-issuer"
	}
	return errs.New(errs.Unavailable, "统一身份认证 %s：%s", p.cfg.Issuer, why).Because(err)
}

// Try connects, and looks for nobody where people are looked for before they are bound.
func (d *Directory) Try(ctx context.Context) error {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	conn, err := d.connect(ctx)
	if err == nil {
		_, err = d.nameOf(conn, "-")
		_ = conn.Close() // only asked
	}
	if err == nil {
		return nil
	}
	why, untrusted := errs.Unreached(err)
	known := (*errs.Error)(nil)
	switch {
	case untrusted:
		why += "，或者写在 ldap-ca 里"
	case why != "":
	case errors.As(err, &known) && known.Kind == errs.Unavailable:
		why = "不接受查询账号，请检查 ldap-bind、ldap-password、ldap-base"
	default:
		why = "连上了，答的不对，请检查地址、端口、ldap-starttls 和 ldap-base"
	}
	return errs.New(errs.Unavailable, "目录服务 %s：%s", d.cfg.URL, why).Because(err)
}

// causes are the technical words behind an error that shows only its sentence.
func causes(err error) string {
	text := ""
	for err = errors.Unwrap(err); err != nil; err = errors.Unwrap(err) {
		text += " " + err.Error()
	}
	return text
}
