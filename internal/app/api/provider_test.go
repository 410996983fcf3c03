package api

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/record/identity"
)

// issuer 身份提供方 is a whole provider of OpenID Connect on this machine: whoever comes is the person it is told, after
// it has checked what the office must send.
type issuer struct {
	t       *testing.T
	key     *rsa.PrivateKey
	url     string
	number  string // who is logged in there
	asked   map[string]url.Values
	distort func(claims map[string]any)
	profile map[string]any // what the userinfo endpoint says; nil: there is none
}

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	i := &issuer{t: t, key: key, asked: map[string]url.Values{}, distort: func(map[string]any) {}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		userinfo := ""
		if i.profile != nil {
			userinfo = i.url + "/userinfo"
		}
		i.write(w, map[string]any{
			"userinfo_endpoint": userinfo, "issuer": i.url, "authorization_endpoint": i.url + "/authorize", "token_endpoint": i.url + "/token", "jwks_uri": i.url + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256"},
		})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		i.write(w, map[string]any{"keys": []any{map[string]string{
			"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "1", "n": b64(key.N.Bytes()), "e": b64(big.NewInt(int64(key.E)).Bytes()),
		}}})
	})
	mux.HandleFunc("GET /authorize", i.authorize)
	mux.HandleFunc("POST /token", i.token)
	mux.HandleFunc("GET /userinfo", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer x" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		i.write(w, i.profile)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	i.url = server.URL
	return i
}

func b64(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

func (i *issuer) write(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		i.t.Error(err)
	}
}

func (i *issuer) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("client_id") != "oa" || q.Get("response_type") != "code" || q.Get("code_challenge_method") != "S256" || q.Get("state") == "" || q.Get("nonce") == "" {
		i.t.Errorf("请求缺了该有的：%v", q)
	}
	code := rand.Text()
	i.asked[code] = q
	back := url.Values{"code": {code}, "state": {q.Get("state")}}
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
}

func (i *issuer) token(w http.ResponseWriter, r *http.Request) {
	q := i.asked[r.FormValue("code")]
	delete(i.asked, r.FormValue("code"))
	proof := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	client, secret, basic := r.BasicAuth()
	if !basic {
		client, secret = r.FormValue("client_id"), r.FormValue("client_secret")
	}
	if q == nil || client != "oa" || secret != "hush" || q.Get("code_challenge") != b64(proof[:]) {
		w.WriteHeader(http.StatusBadRequest)
		i.write(w, map[string]string{"error": "invalid_grant"})
		return
	}
	now := apptest.Start.Unix()
	claims := map[string]any{"iss": i.url, "aud": "oa", "sub": "u-1", "iat": now, "exp": now + 300, "nonce": q.Get("nonce"), "staff": i.number}
	i.distort(claims)
	i.write(w, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": i.sign(claims)})
}

func (i *issuer) sign(claims map[string]any) string {
	body, err := json.Marshal(claims)
	if err != nil {
		i.t.Error(err)
	}
	text := b64([]byte(`{"alg":"RS256","kid":"1"}`)) + "." + b64(body)
	sum := sha256.Sum256([]byte(text))
	sig, err := rsa.SignPKCS1v15(rand.Reader, i.key, crypto.SHA256, sum[:])
	if err != nil {
		i.t.Error(err)
	}
	return text + "." + b64(sig)
}

// vouched opens an office that believes the issuer, and a browser at its door.
func vouched(t *testing.T, i *issuer) (base string, browser *http.Client) {
	t.Helper()
	o := apptest.Open(t)
	var s *Server
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.protect(s.mux).ServeHTTP(w, r) }))
	t.Cleanup(host.Close)
	provider, err := identity.NewProvider(identity.ProviderConfig{
		Name: "统一身份认证", Issuer: i.url, Client: "oa", Secret: "hush", Claim: "staff", Callback: host.URL + "/api/v1/session/oidc/callback",
	})
	if err != nil {
		t.Fatal(err)
	}
	s = newServer(o.App, fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}}, Options{Provider: provider})
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return host.URL, &http.Client{Jar: jar}
}

// land follows the browser to where it ends up.
func land(t *testing.T, browser *http.Client, address string) string {
	t.Helper()
	res, err := browser.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	return res.Request.URL.RequestURI()
}

func me(t *testing.T, browser *http.Client, base string) (number, means string) {
	t.Helper()
	res, err := browser.Get(base + "/api/v1/me")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var v struct{ Username, Means string }
	if err := json.NewDecoder(res.Body).Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v.Username, v.Means
}

func Test由统一身份认证登录(t *testing.T) {
	i := newIssuer(t)
	base, browser := vouched(t, i)
	i.number = "3102"
	if at := land(t, browser, base+"/api/v1/session/oidc?then=/registers"); at != "/registers" {
		t.Errorf("登录后到了 %s", at)
	}
	if number, means := me(t, browser, base); number != "3102" || means != "oidc" {
		t.Errorf("登录的是 %s，方式 %s", number, means)
	}
	for _, then := range []string{"//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:1"} {
		if at := land(t, browser, base+"/api/v1/session/oidc?then="+url.QueryEscape(then)); at != "/" {
			t.Errorf("%s 引到了 %s", then, at)
		}
	}
}

func Test工号不在令牌里的到用户信息里取(t *testing.T) { // OpenID Connect Core 5.4
	for name, c := range map[string]struct {
		profile map[string]any
		at      string
	}{
		"用户信息里有":   {map[string]any{"sub": "u-1", "staff": "3102"}, "/"},
		"说的是另一个人":  {map[string]any{"sub": "u-2", "staff": "3102"}, "/login?refused=provider"},
		"两处都没有":    {map[string]any{"sub": "u-1"}, "/login?refused=provider"},
		"没有用户信息可取": {nil, "/login?refused=provider"},
	} {
		t.Run(name, func(t *testing.T) {
			i := newIssuer(t)
			i.profile = c.profile
			i.distort = func(claims map[string]any) { delete(claims, "staff") }
			base, browser := vouched(t, i)
			if at := land(t, browser, base+"/api/v1/session/oidc"); at != c.at {
				t.Errorf("到了 %s，应到 %s", at, c.at)
			}
		})
	}
}

func Test统一身份认证靠不住的答复不放人进来(t *testing.T) {
	i := newIssuer(t)
	base, browser := vouched(t, i)
	for number, why := range map[string]string{"9001": "admin", "没有的人": "unknown", "": "provider"} {
		i.number = number
		if at := land(t, browser, base+"/api/v1/session/oidc"); at != "/login?refused="+why {
			t.Errorf("%q 到了 %s", number, at)
		}
	}
	i.number = "3102"
	for what, distort := range map[string]func(map[string]any){
		"换了随机数": func(c map[string]any) { c["nonce"] = "别的" }, "发给别人": func(c map[string]any) { c["aud"] = "别的系统" },
		"已经过期": func(c map[string]any) { c["exp"] = apptest.Start.Unix() - 3600 }, "别的签发方": func(c map[string]any) { c["iss"] = "https://evil.example" },
		"没有工号": func(c map[string]any) { delete(c, "staff") }, "工号不是文字": func(c map[string]any) { c["staff"] = 3102 },
	} {
		i.distort = distort
		if at := land(t, browser, base+"/api/v1/session/oidc"); at != "/login?refused=provider" {
			t.Errorf("%s也进来了：%s", what, at)
		}
	}
	i.distort = func(map[string]any) {}
	i.key = func() *rsa.PrivateKey { k, _ := rsa.GenerateKey(rand.Reader, 2048); return k }()
	if at := land(t, browser, base+"/api/v1/session/oidc"); at != "/login?refused=provider" {
		t.Errorf("签名不对也进来了：%s", at)
	}
	if number, _ := me(t, browser, base); number != "" {
		t.Errorf("不该有人登录着：%s", number)
	}
}

func Test统一身份认证的答复只认问过的浏览器(t *testing.T) {
	i := newIssuer(t)
	i.number = "3102"
	base, browser := vouched(t, i)
	stop := &http.Client{Jar: browser.Jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasSuffix(r.URL.Path, "/callback") {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	res, err := stop.Get(base + "/api/v1/session/oidc")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	callback := res.Header.Get("Location")
	if at := land(t, &http.Client{}, callback); at != "/login?refused=provider" {
		t.Errorf("没有问过的浏览器到了 %s", at)
	}
	if at := land(t, browser, strings.Replace(callback, "state=", "state=x", 1)); at != "/login?refused=provider" {
		t.Errorf("改了状态值到了 %s", at)
	}
	if at := land(t, browser, callback); at != "/login?refused=provider" {
		t.Errorf("答复被拒绝一次以后不再认：%s", at) // 记着的已经清掉
	}
}
