package main

import (
	"strings"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/api"
	"github.com/chengqi-oa/chengqi/internal/record/identity"
)

// security are the settings of how people come in and what is believed of a request.
type security struct {
	PublicURL         string   `name:"public-url" help:"对外的网址，如 https://oa.example；用统一身份认证时必填" env:"CHENGQI_PUBLIC_URL"`
	TrustedProxies    []string `help:"可信反向代理的地址或网段：只有它们说的来访地址和 https 才算数" default:"127.0.0.0/8,::1/128" env:"CHENGQI_TRUSTED_PROXIES"`
	RequestsPerSecond float64  `help:"一个登录每秒最多几次请求；0 为不限" default:"200" env:"CHENGQI_REQUESTS_PER_SECOND"`

	OIDCName   string `name:"oidc-name" help:"登录页上按钮的名字" default:"统一身份认证" env:"CHENGQI_OIDC_NAME"`
	OIDCIssuer string `name:"oidc-issuer" help:"OpenID Connect 签发方地址；不填就不用" env:"CHENGQI_OIDC_ISSUER"`
	OIDCClient string `name:"oidc-client" help:"客户端标识" env:"CHENGQI_OIDC_CLIENT"`
	OIDCSecret string `name:"oidc-secret" help:"客户端密钥（用环境变量，不要写在命令行上）" env:"CHENGQI_OIDC_SECRET"`
	OIDCClaim  string `name:"oidc-claim" help:"哪个声明是工号" default:"preferred_username" env:"CHENGQI_OIDC_CLAIM"`

	LDAPURL      string `name:"ldap-url" help:"目录服务地址 ldaps://…；不填就不用" env:"CHENGQI_LDAP_URL"`
	LDAPStartTLS bool   `name:"ldap-starttls" help:"先明文连上再转 TLS" env:"CHENGQI_LDAP_STARTTLS"`
	LDAPCA       string `name:"ldap-ca" help:"目录服务的根证书文件" env:"CHENGQI_LDAP_CA" type:"path"`
	LDAPTemplate string `name:"ldap-template" help:"按模板绑定，如 uid={工号},ou=people,dc=example" env:"CHENGQI_LDAP_TEMPLATE"`
	LDAPBind     string `name:"ldap-bind" help:"先查后绑：查询账号" env:"CHENGQI_LDAP_BIND"`
	LDAPPassword string `name:"ldap-password" help:"查询账号的密码（用环境变量，不要写在命令行上）" env:"CHENGQI_LDAP_PASSWORD"`
	LDAPBase     string `name:"ldap-base" help:"先查后绑：从哪里查起" env:"CHENGQI_LDAP_BASE"`
	LDAPFilter   string `name:"ldap-filter" help:"先查后绑：过滤条件" default:"(uid={工号})" env:"CHENGQI_LDAP_FILTER"`
}

// options checks the settings and makes of them what the server takes.
func (s security) options() (api.Options, error) {
	o := api.Options{PerSecond: s.RequestsPerSecond}
	var err error
	if o.Proxies, err = api.ParseProxies(s.TrustedProxies); err == nil {
		o.Provider, err = s.provider()
	}
	return o, err
}

// provider is the identity provider, if there is one.
func (s security) provider() (*identity.Provider, error) {
	if s.OIDCIssuer == "" {
		return nil, nil
	}
	return identity.NewProvider(identity.ProviderConfig{
		Name: s.OIDCName, Issuer: s.OIDCIssuer, Client: s.OIDCClient, Secret: s.OIDCSecret, Claim: s.OIDCClaim, Callback: s.callback(),
	})
}

func (s security) callback() string {
	if s.PublicURL == "" {
		return ""
	}
	return strings.TrimSuffix(s.PublicURL, "/") + "/api/v1/session/oidc/callback"
}

// directory lets the office's door ask the directory service, if there is one.
func (s security) directory(a *app.App) error {
	d, err := s.directoryService()
	if err == nil && d != nil {
		a.Door.Outside = d.Check
	}
	return err
}

func (s security) directoryService() (*identity.Directory, error) {
	if s.LDAPURL == "" {
		return nil, nil
	}
	return identity.NewDirectory(identity.DirectoryConfig{
		URL: s.LDAPURL, StartTLS: s.LDAPStartTLS, CAFile: s.LDAPCA, Template: s.LDAPTemplate, Bind: s.LDAPBind, Password: s.LDAPPassword,
		Base: s.LDAPBase, Filter: s.LDAPFilter,
	})
}
