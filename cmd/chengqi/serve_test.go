package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/app/demo"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

// asProgram says, in the environment, that this process is the program itself.
const asProgram = "CHENGQI_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(run())
	}
	os.Exit(m.Run())
}

// process 真的进程 is the program at work on a sample organisation.
type process struct {
	t    *testing.T
	cmd  *exec.Cmd
	data string
	dsn  string
	url  string
	log  bytes.Buffer
}

func command(t *testing.T, env []string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(append(os.Environ(), asProgram+"=1"), env...)
	return cmd
}

func serving(t *testing.T, args ...string) *process {
	t.Helper()
	p := prepared(t)
	p.serve(args...)
	return p
}

// prepared is the sample organisation before the program is started on it.
func prepared(t *testing.T) *process {
	t.Helper()
	p := &process{t: t, data: t.TempDir(), dsn: apptest.Database(t)}
	a := p.open()
	err := a.DB.Write(t.Context(), func(tx *db.Tx) error { return demo.Organisation(tx, apptest.Hash, apptest.Password) })
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return p
}

// serve starts the program and waits until it says where.
func (p *process) serve(args ...string) {
	t := p.t
	t.Helper()
	args = append([]string{"serve", "--data", p.data, "--listen", "127.0.0.1:0"}, args...)
	if p.dsn != "" {
		args = append(args, "--db", p.dsn)
	}
	p.cmd = command(t, nil, args...)
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.cmd.Stderr = &p.log
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if m := regexp.MustCompile(`http://\S+`).FindString(lines.Text()); m != "" {
			p.url = m
			return
		}
	}
	_ = p.cmd.Wait()
	t.Fatalf("服务没有起来：%s", p.log.String())
}

func (p *process) open() *app.App {
	p.t.Helper()
	a, err := app.Open(context.Background(), app.Config{Data: p.data, Database: p.dsn})
	if err != nil {
		p.t.Fatal(err)
	}
	return a
}

// desk 一张桌 is somebody logged in.
func (p *process) desk(username string) *http.Client {
	p.t.Helper()
	jar, _ := cookiejar.New(nil)
	c := &http.Client{Jar: jar, Timeout: 60 * time.Second}
	status, body := p.post(c, "/session", map[string]any{"username": username, "password": apptest.Password})
	if status != http.StatusOK {
		p.t.Fatalf("%s 没有登录成：%d %s", username, status, body)
	}
	return c
}

func (p *process) post(c *http.Client, path string, what any) (int, string) {
	raw, _ := json.Marshal(what)
	res, err := c.Post(p.url+"/api/v1"+path, "application/json", bytes.NewReader(raw))
	if err != nil {
		return 0, err.Error()
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return -1, err.Error()
	}
	return res.StatusCode, string(body)
}

func (p *process) get(c *http.Client, path string) (int, string) {
	res, err := c.Get(p.url + path)
	if err != nil {
		return 0, err.Error()
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	return res.StatusCode, string(body)
}

// stop asks the program to stop and gives its exit code.
func (p *process) stop() int {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- p.cmd.Wait() }()
	select {
	case <-done:
		return p.cmd.ProcessState.ExitCode()
	case <-time.After(patience + 15*time.Second):
		p.t.Fatal("叫停以后一直没有退出")
		return -1
	}
}

func (p *process) issuer() string {
	p.t.Helper()
	a := p.open()
	defer a.Close()
	id := ""
	err := a.DB.Read(context.Background(), func(tx *db.Tx) error {
		dir, err := a.Book.Directory(tx)
		if err == nil {
			id = dir.Issuers(dir.ByUsername("3102").Agency)[0].ID.String()
		}
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return id
}

// Told to stop in the middle of work, the program finishes what it has begun: what was acknowledged is there, a stream
// ends with a word, the exit code is 0.
func Test忙的时候叫停不丢一件(t *testing.T) {
	p := serving(t)
	issuer := p.issuer()
	var mu sync.Mutex
	promised := map[string]bool{}
	cut, busy := "", make(chan struct{}) // closed when the server is well at work
	var desks sync.WaitGroup
	for range 4 {
		c := p.desk("3102")
		desks.Go(func() {
			for {
				status, body := p.post(c, "/matters", map[string]any{"kind": "incoming", "fields": map[string]any{"sender": "安澜市水利局", "addressee": issuer}})
				var m struct {
					ID string `json:"id"`
				}
				mu.Lock()
				switch {
				case status == http.StatusCreated && json.Unmarshal([]byte(body), &m) == nil:
					promised[m.ID] = true
					if len(promised) == 40 {
						close(busy)
					}
				case status == 0: // no longer taken in
					mu.Unlock()
					return
				default:
					cut = fmt.Sprintf("%d %s", status, body)
					mu.Unlock()
					return
				}
				mu.Unlock()
			}
		})
	}
	page, err := p.desk("1010").Get(p.url + "/api/v1/events")
	if err != nil {
		t.Fatal(err)
	}
	defer page.Body.Close()
	stream := make(chan string, 1)
	go func() {
		said, err := io.ReadAll(page.Body)
		stream <- fmt.Sprintf("%s|%v", said, err)
	}()
	if status, body := p.get(http.DefaultClient, "/readyz"); status != http.StatusOK {
		t.Errorf("没有就绪：%d %s", status, body)
	}
	select {
	case <-busy:
	case <-time.After(time.Minute):
		t.Error("一分钟没有办成四十件")
	}
	if code := p.stop(); code != 0 {
		t.Errorf("退出码 %d：%s", code, p.log.String())
	}
	desks.Wait()
	if cut != "" {
		t.Errorf("已经受理的请求没有答完：%s", cut)
	}
	if said := <-stream; !strings.Contains(said, "retry: 3000") || !strings.HasSuffix(said, "|<nil>") {
		t.Errorf("消息推送不是好好结束的：%q", said)
	}
	if len(promised) == 0 {
		t.Fatal("没有办成一件")
	}
	t.Logf("停前应答 %d 件", len(promised))
	a := p.open()
	defer a.Close()
	err = a.DB.Read(t.Context(), func(tx *db.Tx) error {
		if _, err := journal.Verify(tx); err != nil {
			return err
		}
		return tx.Query(`SELECT id FROM matters`, nil, func(scan func(...any) error) error {
			var id db.ID
			err := scan(&id)
			delete(promised, id.String())
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(promised) > 0 {
		t.Errorf("应答过却没有了：%v", promised)
	}
}

// A morning's work at the most talkative level: no password, no cookie, no word of a document is in the log.
func Test日志里没有密码令牌和公文内容(t *testing.T) {
	p := serving(t, "--log", "json", "--log-level", "debug")
	issuer := p.issuer()
	c := p.desk("3102")
	p.post(http.DefaultClient, "/session", map[string]any{"username": "3102", "password": "Cuo-Mima-8891"})
	p.post(c, "/password", map[string]any{"old": apptest.Password, "new": "Xin-Mima-7713"})
	_, body := p.post(c, "/matters", map[string]any{"kind": "incoming", "fields": map[string]any{"sender": "芙蓉镇绝无此单位", "addressee": issuer}})
	var m struct {
		ID      string `json:"id"`
		Version int64  `json:"version"`
	}
	if err := json.Unmarshal([]byte(body), &m); err != nil || m.ID == "" {
		t.Fatalf("没有立成：%s", body)
	}
	p.post(c, "/matters/"+m.ID+"/actions/register", map[string]any{"version": m.Version, "fields": map[string]any{"title": "关于青石桥坍塌的紧急报告"}})
	p.post(c, "/matters/"+m.ID+"/actions/register", map[string]any{"version": "不是数", "fields": 7})
	p.get(c, "/api/v1/search?q="+url.QueryEscape("青石桥坍塌"))
	p.get(c, "/api/v1/matters/99999")
	p.get(c, "/healthz")
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, _ := w.CreateFormFile("file", "紫藤巷名单.txt")
	fmt.Fprint(part, "紫藤巷十七号住户名单")
	w.Close()
	res, err := c.Post(p.url+"/api/v1/files", w.FormDataContentType(), &form)
	if err != nil || res.StatusCode >= 300 {
		t.Fatal(err, res.Status)
	}
	if res.Header.Get("X-Request-Id") == "" {
		t.Error("回答里没有请求号")
	}
	res.Body.Close()
	at, _ := url.Parse(p.url)
	cookie := c.Jar.Cookies(at)
	if code := p.stop(); code != 0 {
		t.Errorf("退出码 %d", code)
	}
	said := p.log.String()
	forbidden := []string{apptest.Password, "Cuo-Mima-8891", "Xin-Mima-7713", "芙蓉镇", "青石桥", url.QueryEscape("青石桥"), "紫藤巷", "argon2"}
	for _, ck := range cookie {
		forbidden = append(forbidden, ck.Value)
	}
	if len(cookie) == 0 {
		t.Error("没有拿到令牌，试验不作数")
	}
	for _, word := range forbidden {
		if strings.Contains(said, word) {
			t.Errorf("日志里有“%s”", word)
		}
	}
	requests, known := 0, 0
	for line := range strings.Lines(said) {
		var entry map[string]any
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Errorf("不是 JSON：%s", line)
			continue
		}
		if entry["msg"] == "request" {
			requests++
			if entry["person"] != "0" && entry["person"] != float64(0) && entry["person"] != "" {
				known++
			}
			if entry["request"] == nil || entry["status"] == nil || entry["person"] == nil {
				t.Errorf("请求的记录不全：%s", line)
			}
		}
	}
	if requests < 8 || known < 6 {
		t.Errorf("只记了 %d 个请求，知道何人的 %d 个", requests, known)
	}
}

func Test秘密到不了日志(t *testing.T) {
	var out bytes.Buffer
	log := logging{Log: "text", LogLevel: "info"}.logger(&out)
	log.Info("x", "password", "abc123", "LDAPSecret", "abc123", "session_token", "abc123", "user", "u")
	if strings.Contains(out.String(), "abc123") || !strings.Contains(out.String(), "user=u") {
		t.Errorf("日志：%s", out.String())
	}
}

func Test指标说得出办公的情形(t *testing.T) {
	p := serving(t)
	c := p.desk("3102")
	p.post(c, "/matters", map[string]any{"kind": "incoming", "fields": map[string]any{"sender": "安澜市水利局", "addressee": p.issuer()}})
	_, text := p.get(http.DefaultClient, "/metrics")
	for _, name := range []string{
		`chengqi_matters{state="open"}`, "chengqi_sessions 1", "chengqi_writes_waiting", "chengqi_commit_seconds_count", "chengqi_commit_writes_sum",
		"chengqi_disk_free_bytes", "chengqi_clock_runs_total", "chengqi_request_seconds_bucket",
	} {
		if !strings.Contains(text, name) {
			t.Errorf("指标里没有 %s", name)
		}
	}
	manual, err := os.ReadFile("../../docs/admin/watch.md")
	if err != nil {
		t.Fatal(err)
	}
	told := regexp.MustCompile("(?m)^\\| `(chengqi_[a-z_]+)` \\|").FindAllStringSubmatch(string(manual), -1)
	for _, m := range told {
		if m[1] != "chengqi_backup_age_seconds" && !strings.Contains(text, "# HELP "+m[1]+" ") { // that one only after a backup
			t.Errorf("手册里的指标 %s 不在，或没有说明", m[1])
		}
	}
	if given := regexp.MustCompile(`(?m)^# TYPE chengqi_`).FindAllString(text, -1); len(given) != len(told)-1 {
		t.Errorf("指标有 %d 个，手册里写了 %d 个", len(given), len(told)-1)
	}
	if code := p.stop(); code != 0 {
		t.Errorf("退出码 %d", code)
	}
}
