package api

import (
	"bytes"
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/app/scaffold"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/access"
	"github.com/chengqi-oa/chengqi/internal/record/identity"
)

var updateRoutes = flag.Bool("update", false, "write docs/security-routes.md anew")

const routesPage = "../../../docs/security-routes.md"

// role 角色 is somebody of the sample office who stands for all who may do the same.
type role struct {
	name, number string
	admin        gate // of the three administrators, which one; 0 for the others
	sees         bool // may see the incoming document of the trial: its clerk, the director, the archivist
	answers      bool // answers for the office's secrets: may see who looked at one
}

var roles = []role{
	{name: "未登录"},
	{name: "文书", number: "3102", sees: true},
	{name: "领导", number: "1002"},
	{name: "办公室主任", number: "1010", sees: true, answers: true},
	{name: "科室负责人", number: "3301"},
	{name: "工作人员", number: "3302"},
	{name: "档案员", number: "3104", sees: true},
	{name: "系统管理员", number: "9001", admin: system},
	{name: "安全管理员", number: "9002", admin: security},
	{name: "审计管理员", number: "9003", admin: audit},
	{name: "外单位人员", number: "4001"},
}

// trial 逐条试 is the office with one document in it, and somebody at every door.
type trial struct {
	t      *testing.T
	o      *apptest.Office
	server *Server
	url    string
	ids    map[string]string // what stands in a path for {id}, by the start of the route
	tokens map[string]string
}

func begin(t *testing.T) *trial {
	o := apptest.Open(t)
	// A provider that is not there: the browser is sent back to the log-in page.
	provider, err := identity.NewProvider(identity.ProviderConfig{Issuer: "http://127.0.0.1:1", Client: "oa", Claim: "sub", Callback: "http://127.0.0.1:1/"})
	if err != nil {
		t.Fatal(err)
	}
	server := newServer(o.App, fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}}, Options{Provider: provider})
	host := httptest.NewServer(server.protect(server.mux))
	t.Cleanup(host.Close)
	clerk := o.Directory().ByUsername("3102")
	scan, err := o.Files.Put(t.Context(), o.DB, clerk.Agency, clerk.ID, "来文.txt", strings.NewReader("关于做好供暖工作的通知"))
	if err != nil {
		t.Fatal(err)
	}
	m := o.Create("3102", "incoming", apptest.Fields{
		"sender": "安澜市人民政府办公室", "addressee": o.Issuer("临政办"), "channel": "机要交换", "files": []any{scan.ID.String()},
	})
	paper := o.Create("3102", "outgoing", apptest.Fields{"title": "关于做好供暖工作的通知", "recipients": "各乡镇人民政府", "body": "现通知如下。"})
	closed := o.Create("3102", "incoming", apptest.Fields{"sender": "安澜市人民政府办公室", "addressee": o.Issuer("临政办"), "files": []any{scan.ID.String()}})
	o.Do("3102", closed, "reject", apptest.Fields{"fault": []any{"印章手续"}, "fault_note": "没有盖章"})
	o.Pack()
	publish(t, o)
	tr := &trial{t: t, o: o, server: server, url: host.URL, tokens: map[string]string{}}
	tr.ids = map[string]string{
		"/matters/{id}/paper": paper.String(), "/matters/{id}/packages": closed.String(), "/matters/{id}": m.String(), "/files/": scan.ID.String(), "/admin/people/": o.Person("3207"),
		"/admin/units/": o.Unit("行政科"), "/admin/posts/": o.Directory().Person(o.Directory().ByUsername("3207").ID).Posts[0].String(),
		"/clauses/": "SEC-33", "/admin/clauses/": "SEC-33", "/views/": "1", "/me/sessions/": "0000",
	}
	for _, r := range roles {
		tr.enter(r)
	}
	return tr
}

const ownKind = "key-loan"

// publish gives the office a definition of its own, to be looked at and taken back.
func publish(t *testing.T, o *apptest.Office) {
	t.Helper()
	text, err := scaffold.Write(scaffold.Subject{Kind: ownKind, Name: "钥匙借用", Group: "后勤"})
	if err != nil {
		t.Fatal(err)
	}
	err = o.DB.Write(t.Context(), func(tx *db.Tx) error {
		_, err := o.Engine.Publish(tx, o.Definitions(), ownKind, text, o.Directory().ByUsername("9001").ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Engine.Refresh(t.Context(), o.Definitions()); err != nil {
		t.Fatal(err)
	}
}

// enter logs a role in, afresh: a call of the round before may have ended its session.
func (tr *trial) enter(r role) {
	if r.number == "" {
		return
	}
	l, err := tr.o.Door.Login(context.Background(), access.Attempt{Username: r.number, Password: apptest.Password, From: "10.1.2.3"})
	if err != nil {
		tr.t.Fatalf("%s没有登录成：%v", r.name, err)
	}
	tr.tokens[r.name] = l.Token
}

var pathName = regexp.MustCompile(`\{(\w+)\}`)

// address fills a route's path with what there is in the office.
func (tr *trial) address(path string) string {
	bare := strings.TrimPrefix(path, "/api/v1")
	return tr.url + pathName.ReplaceAllStringFunc(path, func(hole string) string {
		switch hole {
		case "{kind}":
			switch {
			case strings.HasPrefix(bare, "/stock/"):
				return "supply"
			case strings.HasPrefix(bare, "/admin/procedures/"):
				return ownKind
			}
			return "incoming"
		case "{year}":
			return "2026"
		case "{by}":
			return "unit"
		case "{key}":
			if strings.HasPrefix(bare, "/matters/") {
				return "sign"
			}
			return "trial"
		}
		longest, id := "", ""
		for start, value := range tr.ids {
			if strings.HasPrefix(bare, start) && len(start) > len(longest) {
				longest, id = start, value
			}
		}
		if id == "" {
			tr.t.Fatalf("不知道 %s 里的 %s 填什么，请补在 routes_test.go 里", path, hole)
		}
		return id
	})
}

// bodies are what is sent where an empty body would never reach the work itself. None of them changes what the next
// caller finds.
func (tr *trial) body(method, path string) (kind string, data []byte) {
	switch method + " " + path {
	case "POST /files", "POST /gongwen/import":
		return upload(tr.t, "稿子.txt", []byte("关于做好供暖工作的通知\n现通知如下。"))
	case "PUT /drafts/{key}", "PUT /me/preferences":
		return "application/json", []byte(`{"a":1}`)
	case "POST /preview":
		return "application/json", []byte(`{"kind":"outgoing","fields":{"title":"通知"}}`)
	case "POST /admin/procedures/check":
		return "application/json", []byte(`{"kind":"trial","source":"kind: trial\n"}`)
	case "POST /admin/calendar/import":
		return "application/json", []byte(`{"text":"2027年1月1日放假","dry":true}`)
	case "POST /matters/{id}/actions/{key}":
		return "application/json", []byte(`{"version":999}`)
	case "POST /views":
		return "application/json", []byte(`{"register":"incoming","name":"试","query":"year=2026"}`)
	}
	if method == http.MethodGet || method == http.MethodDelete {
		return "", nil
	}
	return "application/json", []byte(`{}`)
}

func upload(t *testing.T, name string, data []byte) (kind string, body []byte) {
	t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	return form.FormDataContentType(), b.Bytes()
}

// call is one request of one role; it gives the status and what a refusal says.
func (tr *trial) call(r role, method, path string) (int, string) {
	kind, body := tr.body(method, strings.TrimPrefix(path, "/api/v1"))
	ctx, cancel := context.WithTimeout(tr.t.Context(), 30*time.Second)
	defer cancel() // ends the stream of events as well
	req, err := http.NewRequestWithContext(ctx, method, tr.address(path), bytes.NewReader(body))
	if err != nil {
		tr.t.Fatal(err)
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	if token := tr.tokens[r.name]; token != "" {
		req.AddCookie(&http.Cookie{Name: cookieName, Value: token})
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		tr.t.Fatal(err)
	}
	defer res.Body.Close()
	if path == "/api/v1/events" && res.StatusCode == http.StatusOK {
		return res.StatusCode, "" // a stream that does not end by itself
	}
	text, err := io.ReadAll(res.Body)
	if err != nil {
		tr.t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

// line 一条路由.
type line struct {
	method, path, summary string
	who                   gate
}

func (s *Server) lines() []line {
	var all []line
	for path, item := range s.api.OpenAPI().Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete, item.Head, item.Options, item.Trace} {
			if op != nil {
				who, _ := op.Metadata[gateKey].(gate)
				all = append(all, line{op.Method, path, op.Summary, who})
			}
		}
	}
	for _, p := range s.plainRoutes {
		all = append(all, line{http.MethodGet, p.path, p.summary, public})
	}
	for _, ending := range []string{".json", ".yaml", "-3.0.json", "-3.0.yaml"} { // huma's own
		all = append(all, line{http.MethodGet, "/api/v1/openapi" + ending, "接口说明", public})
	}
	slices.SortFunc(all, func(a, b line) int {
		order := []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} // what is taken away is taken away last
		return cmp.Or(strings.Compare(a.path, b.path), slices.Index(order, a.method)-slices.Index(order, b.method))
	})
	return all
}

// expected is what a gate promises a role, worked out here apart from the code that keeps the promise. ofMatter is true
// for what hangs on the trial's document, which only some may see; for the others it does not exist.
func expected(l line, r role) string {
	ofMatter := strings.HasPrefix(l.path, "/api/v1/matters/{id}") || l.path == "/api/v1/files/{id}"
	switch {
	case l.who == public:
		return "可"
	case r.number == "":
		return "先登录"
	case l.path == "/api/v1/me/sessions/{id}":
		return "查无" // of the trial's own making: nobody has it
	case l.who == anyone, l.who == self:
		return "可"
	case l.who == business && r.admin != 0, l.who != business && l.who != r.admin:
		return "不可"
	case ofMatter && !r.sees:
		return "查无"
	case strings.HasPrefix(l.path, "/api/v1/matters/{id}/viewings") && !r.answers:
		return "不可"
	}
	return "可"
}

func cell(status int) string {
	switch status {
	case http.StatusUnauthorized:
		return "先登录"
	case http.StatusForbidden:
		return "不可"
	case http.StatusNotFound:
		return "查无"
	default: // what was sent may still be found wanting: the door stood open
		return "可"
	}
}

func Test_每条路由对每种角色是放行还是拒绝(t *testing.T) { // OA-27
	tr := begin(t)
	var page strings.Builder
	page.WriteString(routesHead)
	fmt.Fprintf(&page, "| 路由 | 用途 | 准入 |")
	for _, r := range roles {
		fmt.Fprintf(&page, " %s |", r.name)
	}
	page.WriteString("\n|" + strings.Repeat(" --- |", 3+len(roles)) + "\n")
	for _, l := range tr.server.lines() {
		if l.who == 0 {
			t.Errorf("%s %s 没有写明谁可以用", l.method, l.path)
			continue
		}
		fmt.Fprintf(&page, "| `%s %s` | %s | %s |", l.method, strings.TrimPrefix(l.path, "/api/v1"), l.summary, l.who)
		for _, r := range roles {
			status, said := tr.call(r, l.method, l.path)
			got := cell(status)
			if want := expected(l, r); got != want {
				t.Errorf("%s %s：%s应是“%s”，却是“%s”（%d %s）", l.method, l.path, r.name, want, got, status, said)
			}
			if status >= 500 {
				t.Errorf("%s %s：%s遇到了 %d %s", l.method, l.path, r.name, status, said)
			}
			if got == "可" && l.method == http.MethodGet && status >= 400 {
				t.Errorf("%s %s：%s应能看到，却是 %d %s", l.method, l.path, r.name, status, said)
			}
			if l.path == "/api/v1/session" {
				tr.enter(r)
			}
			fmt.Fprintf(&page, " %s |", got)
		}
		page.WriteString("\n")
	}
	compare(t, routesPage, page.String())
}

const routesHead = `# 路由和角色

每一条路由由每一种角色实地调用一次的结果，由 ` + "`internal/app/api/routes_test.go`" + ` 生成并核对（` + "`go test ./internal/app/api -run 路由 -update`" + `）；
路由增减而本表没有跟上，试验不过。路由前的 ` + "`/api/v1`" + ` 省去不写。

- **可**：放行。写操作放行后，填得对不对另由各项业务规则把关。
- **先登录**：401。
- **不可**：403，不是这个角色的工作（OA-27）。
- 准入写“本人”的，密码到期、管理员还没有开启二次验证时也放行；其余的那时一律 403，先改密码、先开启（` + "`internal/app/api/must_test.go`" + `）。
- **查无**：404。看不到的事项与不存在的不加区分（SEC-30）；试验用的一件收文只有登记它的文书、办公室主任和档案员看得到。

`

func compare(t *testing.T, path, want string) {
	t.Helper()
	if *updateRoutes {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(path)
	if err != nil || string(have) != want {
		t.Errorf("%s 与程序不一致，用 -update 重写", filepath.Base(path))
	}
}

// The mux has two doors, the API and plain; a third would be missing from the table.
func Test_没有绕过登记的路由(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		found += len(regexp.MustCompile(`mux\.Handle(Func)?\(`).FindAll(text, -1))
	}
	if found != 1 {
		t.Errorf("有 %d 处直接登记路由，只应有 plain 一处", found)
	}
}
