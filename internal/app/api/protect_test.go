package api

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/record/access"
	"github.com/chengqi-oa/chengqi/internal/record/file"
)

// door 门口 is the whole handler without a network: a request says for itself where it comes from.
type door struct {
	t       *testing.T
	handler http.Handler
	o       *apptest.Office
}

func openDoor(t *testing.T, o Options) door {
	office := apptest.Open(t)
	return door{t, New(office.App, fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}}, o), office}
}

func (d door) ask(method, path, body string, dress func(*http.Request)) *http.Response {
	r := httptest.NewRequestWithContext(d.t.Context(), method, "http://oa.example"+path, strings.NewReader(body))
	r.RemoteAddr = "10.1.2.3:5000"
	r.Header.Set("Content-Type", "application/json")
	if dress != nil {
		dress(r)
	}
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, r)
	return w.Result()
}

func (d door) login(number, password string, dress func(*http.Request)) *http.Response {
	return d.ask(http.MethodPost, "/api/v1/session", fmt.Sprintf(`{"username":%q,"password":%q}`, number, password), dress)
}

func header(pairs ...string) func(*http.Request) {
	return func(r *http.Request) {
		for i := 0; i < len(pairs); i += 2 {
			r.Header.Set(pairs[i], pairs[i+1])
		}
	}
}

func Test别的网站发来的请求被拒绝(t *testing.T) {
	d := openDoor(t, Options{})
	l, err := d.o.Door.Login(context.Background(), access.Attempt{Username: "3102", Password: apptest.Password})
	if err != nil {
		t.Fatal(err)
	}
	cookie := &http.Cookie{Name: cookieName, Value: l.Token}
	for name, dress := range map[string]func(*http.Request){
		"跨站": header("Sec-Fetch-Site", "cross-site"), "同站别的源": header("Sec-Fetch-Site", "same-site"), "旧浏览器跨源": header("Origin", "https://evil.example"),
		"沙箱里的页面": header("Origin", "null"),
	} {
		for _, what := range []struct{ method, path string }{
			{http.MethodPost, "/api/v1/session"}, {http.MethodPut, "/api/v1/me/preferences"}, {http.MethodDelete, "/api/v1/session"}, {http.MethodPost, "/api/v1/matters"},
		} {
			res := d.ask(what.method, what.path, `{}`, func(r *http.Request) { dress(r); r.AddCookie(cookie) })
			if res.StatusCode != http.StatusForbidden {
				t.Errorf("%s %s %s 应被拒绝，却是 %d", name, what.method, what.path, res.StatusCode)
			}
		}
	}
	for name, dress := range map[string]func(*http.Request){
		"本站": header("Sec-Fetch-Site", "same-origin"), "旧浏览器本站": header("Origin", "http://oa.example"), "不是浏览器": header(),
	} {
		res := d.ask(http.MethodPut, "/api/v1/me/preferences", `{}`, func(r *http.Request) { dress(r); r.AddCookie(cookie) })
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s应放行，却是 %d", name, res.StatusCode)
		}
	}
}

func Test每个回答都带安全头(t *testing.T) {
	d := openDoor(t, Options{})
	for _, path := range []string{"/", "/registers", "/api/v1/me", "/healthz", "/api/v1/openapi.json"} {
		h := d.ask(http.MethodGet, path, "", nil).Header
		csp := h.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'self'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s 的内容安全策略没有 %s", path, want)
			}
		}
		if strings.Contains(strings.Split(csp, "script-src")[1], "script-src 'self' 'unsafe") || strings.Contains(csp, "unsafe-eval") || strings.Contains(csp, "*") {
			t.Errorf("%s 的内容安全策略放得太宽：%s", path, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("X-Frame-Options") != "SAMEORIGIN" || h.Get("Referrer-Policy") != "same-origin" {
			t.Errorf("%s 缺安全头：%v", path, h)
		}
		if strings.HasPrefix(path, "/api/") && h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s 的回答会被缓存", path)
		}
	}
}

func Test经https来的登录饼干只走https(t *testing.T) {
	trusted, err := ParseProxies([]string{"127.0.0.1", "10.9.0.0/16"})
	if err != nil {
		t.Fatal(err)
	}
	d := openDoor(t, Options{Proxies: trusted})
	for name, c := range map[string]struct {
		from, forwarded string
		secure          bool
	}{
		"直连明文": {"10.1.2.3:1", "", false}, "外人自称 https": {"10.1.2.3:1", "https", false}, "可信代理 https": {"10.9.1.1:1", "https", true},
		"可信代理明文": {"127.0.0.1:1", "http", false},
	} {
		res := d.login("3102", apptest.Password, func(r *http.Request) { r.RemoteAddr = c.from; r.Header.Set("X-Forwarded-Proto", c.forwarded) })
		cookies := res.Cookies()
		if len(cookies) != 1 {
			t.Fatalf("%s：%d，饼干 %v", name, res.StatusCode, cookies)
		}
		got := cookies[0]
		if got.Secure != c.secure || !got.HttpOnly || got.SameSite != http.SameSiteStrictMode || got.Path != "/" || got.Domain != "" {
			t.Errorf("%s的饼干是 %v", name, got)
		}
		if hsts := res.Header.Get("Strict-Transport-Security") != ""; hsts != c.secure {
			t.Errorf("%s：要求今后只用 https 是 %v", name, hsts)
		}
	}
}

func Test来访地址只信可信代理说的(t *testing.T) {
	trusted := proxies{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.9.0.0/16")}
	for _, c := range []struct{ from, header, want string }{
		{"10.1.2.3:1", "", "10.1.2.3:1"},
		{"10.1.2.3:1", "1.1.1.1", "10.1.2.3:1"},
		{"127.0.0.1:1", "1.1.1.1", "1.1.1.1:0"},
		{"127.0.0.1:1", "9.9.9.9, 1.1.1.1", "1.1.1.1:0"},
		{"127.0.0.1:1", "9.9.9.9, 1.1.1.1, 10.9.3.3", "1.1.1.1:0"},
		{"127.0.0.1:1", "x, 10.9.3.3", "10.9.3.3:0"},
		{"127.0.0.1:1", "", "127.0.0.1:1"},
		{"127.0.0.1:1", "1.1.1.1:443", "1.1.1.1:0"},
		{"127.0.0.1:1", "unknown", "0.0.0.0:0"},
		{"127.0.0.1:1", "2001:db8::7", "[2001:db8::7]:0"},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		r.RemoteAddr = c.from
		if c.header != "" {
			r.Header.Set("X-Forwarded-For", c.header)
		}
		if got := trusted.settle(r).RemoteAddr; got != c.want {
			t.Errorf("%s 转来 %q，认成 %s，应是 %s", c.from, c.header, got, c.want)
		}
	}
	if _, err := ParseProxies([]string{"代理"}); err == nil {
		t.Error("不是地址的也收了")
	}
}

func Test指标只给本机看经代理来的也不行(t *testing.T) {
	d := openDoor(t, Options{Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	for from, want := range map[string]int{"127.0.0.1:1": 200, "10.1.2.3:1": 404} {
		if got := d.ask(http.MethodGet, "/metrics", "", func(r *http.Request) { r.RemoteAddr = from }).StatusCode; got != want {
			t.Errorf("%s 取指标 %d", from, got)
		}
	}
	got := d.ask(http.MethodGet, "/metrics", "", func(r *http.Request) { r.RemoteAddr = "127.0.0.1:1"; r.Header.Set("X-Forwarded-For", "10.1.2.3") }).StatusCode
	if got != http.StatusNotFound {
		t.Errorf("代理转来的取到了指标：%d", got)
	}
}

func Test登录按地址也按账号限速(t *testing.T) {
	l := newLimits(0)
	from := func(i int) string { return fmt.Sprintf("10.1.%d.%d", i/200, i%200) }
	for i := range 10 {
		if err := l.login("10.1.2.3", fmt.Sprint("号", i)); err != nil {
			t.Fatalf("第 %d 次就限了：%v", i+1, err)
		}
	}
	if l.login("10.1.2.3", "号") == nil {
		t.Error("一个地址试了十一个账号还不限")
	}
	for i := range 20 {
		if err := l.login(from(i), " 3102"); err != nil {
			t.Fatalf("第 %d 个地址就限了：%v", i+1, err)
		}
	}
	if l.login(from(99), "3102 ") == nil {
		t.Error("一个账号被二十一个地址试还不限")
	}
	for i := range 10 {
		_ = l.login(fmt.Sprintf("2001:db8::%x", i+1), fmt.Sprint("六", i))
	}
	if l.login("2001:db8::ffff", "六") == nil {
		t.Error("一个 IPv6 网段换着地址试还不限")
	}
	for range 200 {
		_ = l.login("10.8.8.8", "3301")
	}
	if l.login("10.8.8.9", "3301") != nil {
		t.Error("一个地址猛试，把别处的本人也挡在外面")
	}
	small := newLimiter(1, 1)
	for i := range most + 10 {
		small.allow(fmt.Sprint(i), 1)
	}
	if len(small.by) > most || small.allow("再来一个", 1) {
		t.Error("记的来访者没有上限")
	}
}

func Test请求太密回429(t *testing.T) {
	d := openDoor(t, Options{PerSecond: 1})
	res := d.login("3102", apptest.Password, nil)
	if res.StatusCode != http.StatusOK {
		t.Fatal(res.Status)
	}
	cookie := res.Cookies()[0]
	limited := 0
	for range 15 {
		res = d.ask(http.MethodGet, "/api/v1/me", "", func(r *http.Request) { r.AddCookie(cookie) })
		if res.StatusCode == http.StatusTooManyRequests {
			limited++
			if res.Header.Get("Retry-After") == "" {
				t.Error("没有说多久以后再来")
			}
		}
	}
	if limited < 3 || limited > 5 {
		t.Errorf("十五次里限了 %d 次，应是五次上下", limited)
	}
	if res := d.ask(http.MethodGet, "/api/v1/sample-accounts", "", func(r *http.Request) { r.RemoteAddr = "10.7.7.7:1" }); res.StatusCode != http.StatusOK {
		t.Errorf("别人也被限了：%d", res.StatusCode)
	}
	for range 30 {
		res = d.login("3302", "错的", func(r *http.Request) { r.RemoteAddr = "10.8.8.8:1" })
	}
	if res.StatusCode != http.StatusTooManyRequests {
		t.Errorf("连着试密码三十次，最后是 %d", res.StatusCode)
	}
}

func Test太大的请求不读完就拒绝(t *testing.T) {
	d := openDoor(t, Options{})
	cookie := d.login("3102", apptest.Password, nil).Cookies()[0]
	as := func(r *http.Request) { r.AddCookie(cookie) }
	said := func(res *http.Response) string {
		raw, _ := io.ReadAll(res.Body)
		return fmt.Sprint(res.StatusCode, " ", string(raw))
	}
	if got := said(d.ask(http.MethodPut, "/api/v1/me/preferences", `"`+strings.Repeat("a", 5<<20)+`"`, as)); !strings.HasPrefix(got, "413") || !strings.Contains(got, "超过 4 MB") {
		t.Errorf("五兆的设置：%s", got)
	}
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	if _, err := w.CreateFormFile("file", "大.txt"); err != nil {
		t.Fatal(err)
	}
	read := &counter{r: io.MultiReader(&form, io.LimitReader(zeros{}, file.MaxSize+4<<20))}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://oa.example/api/v1/files", read)
	r.Header.Set("Content-Type", w.FormDataContentType())
	rec := httptest.NewRecorder()
	d.handler.ServeHTTP(rec, r)
	if rec.Code != http.StatusUnauthorized || read.n > 0 {
		t.Errorf("没有登录的上传：%d，读了 %d 字节", rec.Code, read.n)
	}
	r = httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://oa.example/api/v1/files", read)
	r.Header.Set("Content-Type", w.FormDataContentType())
	as(r)
	rec = httptest.NewRecorder()
	d.handler.ServeHTTP(rec, r)
	if got := said(rec.Result()); !strings.HasPrefix(got, "413") || !strings.Contains(got, "文件超过 100 MB") || read.n > file.MaxSize+3<<20 {
		t.Errorf("过大的上传：%s，读了 %d 字节", got, read.n)
	}
	read.n = 0
	r.Body, r.ContentLength = io.NopCloser(read), file.MaxSize+4<<20
	rec = httptest.NewRecorder()
	d.handler.ServeHTTP(rec, r)
	if got := said(rec.Result()); !strings.HasPrefix(got, "413") || !strings.Contains(got, "文件超过 100 MB") || read.n > 0 {
		t.Errorf("先说了多大的过大的上传：%s，读了 %d 字节", got, read.n)
	}
}

// The interface refuses a file by itself before it is sent: by the same bounds.
func Test界面说的上限就是程序的上限(t *testing.T) {
	raw, err := os.ReadFile("../../../ui/src/lib/http.ts")
	if err != nil {
		t.Fatal(err)
	}
	for name, most := range map[string]int{"largest": file.MaxSize, "largestDraft": mostDraft, "largestTable": mostTable} {
		if line := fmt.Sprintf("export const %s = %d\n", name, most>>20); !strings.Contains(string(raw), line) {
			t.Errorf("界面里应当有“%s”", line)
		}
	}
}

func Test换了版本以后旧的界面文件就是没有(t *testing.T) {
	d := openDoor(t, Options{})
	if got := d.ask(http.MethodGet, "/assets/main-abc123.js", "", nil).StatusCode; got != http.StatusNotFound {
		t.Errorf("没有的界面文件：%d", got)
	}
}

func Test上传读完不留临时文件(t *testing.T) {
	d := openDoor(t, Options{})
	cookie := d.login("3102", apptest.Password, nil).Cookies()[0]
	aside := t.TempDir()
	t.Setenv("TMPDIR", aside)
	for name, want := range map[string]int{"情况说明.txt": http.StatusOK, "工具.exe": http.StatusUnprocessableEntity} {
		var form bytes.Buffer
		w := multipart.NewWriter(&form)
		part, err := w.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(bytes.Repeat([]byte("请按时报送有关情况。"), 4000)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://oa.example/api/v1/files", &form)
		r.Header.Set("Content-Type", w.FormDataContentType())
		r.AddCookie(cookie)
		rec := httptest.NewRecorder()
		d.handler.ServeHTTP(rec, r)
		if rec.Code != want {
			t.Errorf("%s：%d %s", name, rec.Code, rec.Body)
		}
	}
	left, err := os.ReadDir(aside)
	if err != nil || len(left) > 0 {
		t.Errorf("留下了 %v %v", left, err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func Test没有的工号来登录审计管理员看得到(t *testing.T) {
	d := openDoor(t, Options{})
	d.login("8888", "随便什么", nil)
	var cookie string
	for _, c := range d.login("9003", apptest.Password, nil).Cookies() {
		cookie = c.Name + "=" + c.Value
	}
	page, err := io.ReadAll(d.ask(http.MethodGet, "/api/v1/admin/log?topic=login", "", header("Cookie", cookie)).Body)
	if err != nil || !strings.Contains(string(page), `"actor":"不明","action":"unknown-failed","detail":{"from":"10.1.2.3","means":"password","number":"8888"}`) {
		t.Errorf("%s %v", page, err)
	}
}
