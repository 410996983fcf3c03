package identity

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"strings"
	"syscall"

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
	why := unreached(err)
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
	var known *errs.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known) && known.Kind == errs.Unavailable && unreached(err) == "":
		return errs.New(errs.Unavailable, "目录服务 %s：不接受查询账号，请检查 ldap-bind、ldap-password、ldap-base", d.cfg.URL).Because(err)
	}
	why := unreached(err)
	if why == "" {
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

// unreached says why a service could not be spoken to; empty if it could.
func unreached(err error) string {
	var (
		name      *net.DNSError
		stranger  x509.UnknownAuthorityError
		misnamed  x509.HostnameError
		untrusted *tls.CertificateVerificationError
		n         net.Error
	)
	switch {
	case errors.As(err, &name):
		return "找不到主机 " + name.Name + "，请检查地址和域名解析"
	case errors.As(err, &stranger):
		return "证书不被信任，请把签发它的根证书装进系统（update-ca-certificates），目录服务的也可以写在 ldap-ca 里"
	case errors.As(err, &misnamed):
		return "证书不是给这台主机的，请检查地址"
	case errors.As(err, &untrusted):
		return "证书过期或不能用，也请看本机的时间对不对"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "那里没有服务在听，请检查地址和端口"
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded), errors.As(err, &n) && n.Timeout():
		return "没有应答，请检查网络和防火墙"
	}
	return ""
}
