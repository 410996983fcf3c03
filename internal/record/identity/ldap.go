// Package identity asks others who somebody is: a directory service by LDAP, a provider of identities by OpenID Connect.
//
// It knows staff numbers and nothing else of the office; whether the number has an account is the door's to say
// (record/access). Invariants: no password and no token is kept or logged; a password travels only over TLS or within
// this machine; what a person typed is escaped before it becomes part of a name or a filter.
package identity

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/go-ldap/ldap/v3"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// hole is where a staff number stands in a template or a filter.
const hole = "{工号}"

// patience is how long another machine may take to answer.
const patience = 10 * time.Second

// DirectoryConfig 目录服务配置 says how a directory service is asked: either by binding as Template, or by searching.
type DirectoryConfig struct {
	URL      string // ldaps://… or ldap://…
	StartTLS bool
	CAFile   string // certificates to trust instead of the system's
	Template string // the name to bind as, uid={工号},ou=people,dc=…; or else:
	Bind     string // who searches
	Password string
	Base     string // where
	Filter   string // for what: (uid={工号})
}

// Directory 目录服务 checks passwords against a directory service (RFC 4511). It keeps no connection open.
type Directory struct {
	cfg DirectoryConfig
	tls *tls.Config
}

// NewDirectory checks the configuration; it does not connect.
func NewDirectory(cfg DirectoryConfig) (*Directory, error) {
	var reasons []errs.Reason
	say := func(text string) { reasons = append(reasons, errs.Reason{Text: text}) }
	u, err := url.Parse(cfg.URL)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "ldap" && u.Scheme != "ldaps":
		say("目录服务地址要写成 ldaps://主机 或 ldap://主机")
	case u.Scheme == "ldap" && !cfg.StartTLS && !loopback(u.Hostname()):
		say("ldap:// 会明文传送密码，请用 ldaps:// 或加上 StartTLS")
	}
	switch {
	case cfg.Template != "" && !strings.Contains(cfg.Template, hole):
		say("绑定名模板里没有 " + hole)
	case cfg.Template == "" && (cfg.Base == "" || !strings.Contains(cfg.Filter, hole)):
		say("不用绑定名模板时，要有查找起点和含 " + hole + " 的过滤条件")
	}
	d := &Directory{cfg: cfg}
	if u != nil {
		d.tls = &tls.Config{ServerName: u.Hostname(), MinVersion: tls.VersionTLS12}
	}
	if cfg.CAFile != "" {
		pem, err := os.ReadFile(cfg.CAFile)
		pool := x509.NewCertPool()
		if err != nil || !pool.AppendCertsFromPEM(pem) {
			say("目录服务的证书文件 " + cfg.CAFile + " 读不出")
		}
		d.tls.RootCAs = pool
	}
	if len(reasons) > 0 {
		return nil, errs.Refuse("目录服务配置不对", reasons...)
	}
	return d, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Check tells whether the directory takes this password for this staff number.
func (d *Directory) Check(ctx context.Context, username, password string) (bool, error) {
	if username == "" || password == "" {
		return false, nil // a bind without a password succeeds as nobody (RFC 4513 5.1.2)
	}
	conn, err := d.connect(ctx)
	if err != nil {
		return false, errs.New(errs.Unavailable, "目录服务暂时连不上，请稍后再试；管理员可用本系统的密码登录").Because(err)
	}
	defer conn.Close()
	name, err := d.nameOf(conn, username)
	if err != nil || name == "" {
		return false, err
	}
	err = conn.Bind(name, password)
	if ldap.IsErrorAnyOf(err, ldap.LDAPResultInvalidCredentials, ldap.LDAPResultNoSuchObject, ldap.LDAPResultInvalidDNSyntax) {
		return false, nil
	}
	if err != nil { // locked there, out of order, or not to be asked like this
		return false, errs.New(errs.Unavailable, "目录服务没有核对密码：账号在那里可能已锁定或停用，也可能是配置不对，请找系统管理员").Because(err)
	}
	return true, nil
}

func (d *Directory) connect(ctx context.Context) (*ldap.Conn, error) {
	dialer := &net.Dialer{Timeout: patience}
	if end, ok := ctx.Deadline(); ok {
		dialer.Deadline = end
	}
	conn, err := ldap.DialURL(d.cfg.URL, ldap.DialWithDialer(dialer), ldap.DialWithTLSConfig(d.tls))
	if err != nil {
		return nil, err
	}
	conn.SetTimeout(patience)
	if d.cfg.StartTLS {
		if err := conn.StartTLS(d.tls); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
	}
	return conn, nil
}

// nameOf is the name to bind as: made from the template, or looked for. Nobody and several are the same: nobody.
func (d *Directory) nameOf(conn *ldap.Conn, username string) (string, error) {
	if d.cfg.Template != "" {
		return strings.ReplaceAll(d.cfg.Template, hole, ldap.EscapeDN(username)), nil
	}
	if d.cfg.Bind != "" {
		if err := conn.Bind(d.cfg.Bind, d.cfg.Password); err != nil {
			return "", errs.New(errs.Unavailable, "目录服务不接受本系统的查询账号，请系统管理员检查配置").Because(err)
		}
	}
	filter := strings.ReplaceAll(d.cfg.Filter, hole, ldap.EscapeFilter(username))
	found, err := conn.Search(ldap.NewSearchRequest(d.cfg.Base, ldap.ScopeWholeSubtree, ldap.NeverDerefAliases, 2, int(patience.Seconds()), false,
		filter, []string{"1.1"}, nil))
	if err != nil && !ldap.IsErrorWithCode(err, ldap.LDAPResultSizeLimitExceeded) && !ldap.IsErrorWithCode(err, ldap.LDAPResultNoSuchObject) {
		return "", errs.New(errs.Unavailable, "在目录服务里查不了，请系统管理员检查配置").Because(err)
	}
	if found == nil || len(found.Entries) != 1 {
		return "", nil
	}
	return found.Entries[0].DN, nil
}
