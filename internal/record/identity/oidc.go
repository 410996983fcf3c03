package identity

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/base/secret"
)

// ProviderConfig 统一身份认证配置 is what was agreed with the provider (OpenID Connect Core 1.0).
type ProviderConfig struct {
	Name     string // what the button on the log-in page says
	Issuer   string
	Client   string
	Secret   string
	Claim    string // which claim is the staff number
	Callback string // this office's own address for the answer
}

// Provider 统一身份认证 is asked by the code flow with PKCE (RFC 7636); the state of the asking travels sealed in a cookie,
// so that any node can take the answer.
type Provider struct {
	Name string

	cfg  ProviderConfig
	http *http.Client

	mu     sync.Mutex
	remote *oidc.Provider
}

// Wait is how long one may take at the provider.
const Wait = 10 * time.Minute

const (
	sealedFor = "oidc"
	scopes    = "openid profile"
)

// NewProvider checks the configuration. The provider is first spoken to when somebody logs in: the office opens even if
// it is down.
func NewProvider(cfg ProviderConfig) (*Provider, error) {
	var reasons []errs.Reason
	for _, x := range []struct{ value, name string }{
		{cfg.Issuer, "签发方地址"}, {cfg.Client, "客户端标识"}, {cfg.Claim, "工号所在的声明"}, {cfg.Callback, "本系统的对外地址"},
	} {
		if x.value == "" {
			reasons = append(reasons, errs.Reason{Text: "没有填" + x.name})
		}
	}
	for _, text := range []string{cfg.Issuer, cfg.Callback} {
		u, err := url.Parse(text)
		if text == "" {
			continue // said already
		}
		if err != nil || u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
			reasons = append(reasons, errs.Reason{Text: "地址“" + text + "”要以 https:// 开头"})
		}
	}
	if len(reasons) > 0 {
		return nil, errs.Refuse("统一身份认证配置不对", reasons...)
	}
	return &Provider{Name: cfg.Name, cfg: cfg, http: &http.Client{Timeout: patience}}, nil
}

// asking 询问 is what must be remembered between asking and answer.
type asking struct {
	State    string `json:"s"`
	Nonce    string `json:"n"`
	Verifier string `json:"v"`
	Then     string `json:"t"`
	Until    int64  `json:"u"`
}

func (p *Provider) config(ctx context.Context) (*oauth2.Config, *oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.remote == nil {
		// The keys are fetched later with the same client: this context must outlive the request.
		remote, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.http), p.cfg.Issuer)
		if err != nil {
			return nil, nil, errs.New(errs.Unavailable, "统一身份认证暂时连不上").Because(err)
		}
		p.remote = remote
	}
	return &oauth2.Config{
		ClientID: p.cfg.Client, ClientSecret: p.cfg.Secret, RedirectURL: p.cfg.Callback, Endpoint: p.remote.Endpoint(), Scopes: strings.Fields(scopes),
	}, p.remote, nil
}

// Ask gives the address to send the browser to, and what it must bring back in a cookie.
func (p *Provider) Ask(ctx context.Context, key *secret.Key, now time.Time, then string) (address, memory string, err error) {
	cfg, _, err := p.config(ctx)
	if err != nil {
		return "", "", err
	}
	a := asking{rand.Text(), rand.Text(), oauth2.GenerateVerifier(), then, now.Add(Wait).Unix()}
	raw, err := json.Marshal(a)
	if err != nil {
		return "", "", err
	}
	return cfg.AuthCodeURL(a.State, oidc.Nonce(a.Nonce), oauth2.S256ChallengeOption(a.Verifier)), key.Seal(sealedFor, raw), nil
}

// Answer takes what the provider sent the browser back with and gives the staff number it vouches for.
func (p *Provider) Answer(ctx context.Context, key *secret.Key, now time.Time, memory, state, code string) (username, then string, err error) {
	raw, err := key.Open(sealedFor, memory)
	if err != nil {
		return "", "", fmt.Errorf("no asking of ours: %w", err)
	}
	var a asking
	if err := json.Unmarshal(raw, &a); err != nil {
		return "", "", err
	}
	if a.State == "" || a.State != state || now.Unix() > a.Until {
		return "", "", errors.New("the state is not the one sent out, or too old")
	}
	cfg, remote, err := p.config(ctx)
	if err != nil {
		return "", "", err
	}
	ctx = oidc.ClientContext(ctx, p.http)
	token, err := cfg.Exchange(ctx, code, oauth2.VerifierOption(a.Verifier))
	if err != nil {
		return "", "", err
	}
	text, _ := token.Extra("id_token").(string)
	proof, err := remote.Verifier(&oidc.Config{ClientID: p.cfg.Client, Now: func() time.Time { return now }}).Verify(ctx, text)
	if err != nil {
		return "", "", err
	}
	if proof.Nonce != a.Nonce {
		return "", "", errors.New("the nonce is not the one sent out")
	}
	username, err = p.claimed(ctx, remote, proof, token)
	return username, a.Then, err
}

// claimed is the claim that is the staff number. Many providers put into the token only who issued it and for whom, and
// give what belongs to the profile at the userinfo endpoint (OpenID Connect Core 5.4); that must speak of the same person (5.3.2).
func (p *Provider) claimed(ctx context.Context, remote *oidc.Provider, proof *oidc.IDToken, token *oauth2.Token) (string, error) {
	in := func(read func(any) error) (string, error) {
		claims := map[string]any{}
		err := read(&claims)
		text, _ := claims[p.cfg.Claim].(string)
		return strings.TrimSpace(text), err
	}
	username, err := in(proof.Claims)
	if err != nil || username != "" || remote.UserInfoEndpoint() == "" {
		return username, orMissing(username, p.cfg.Claim, err)
	}
	info, err := remote.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return "", err
	}
	if info.Subject != proof.Subject {
		return "", errors.New("the userinfo endpoint speaks of somebody else")
	}
	username, err = in(info.Claims)
	return username, orMissing(username, p.cfg.Claim, err)
}

func orMissing(username, claim string, err error) error {
	if err == nil && username == "" {
		err = fmt.Errorf("neither the token nor the userinfo endpoint has a claim %q", claim)
	}
	return err
}
