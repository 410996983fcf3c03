package app_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/api"
	"github.com/chengqi-oa/chengqi/internal/app/apptest"
)

// nodeEnv says, in the environment, that this process is one of several servers on one database.
const nodeEnv = "CHENGQI_TEST_NODE"

// nodeSetup is what such a process is told.
type nodeSetup struct {
	Data, Database string
	Tick           time.Duration
}

// serveNode is a whole server: it prints its address and works until it is killed.
func serveNode(setup string) {
	var n nodeSetup
	fail := func(err error) {
		if err != nil {
			fmt.Println("fail", err)
			os.Exit(1)
		}
	}
	fail(json.Unmarshal([]byte(setup), &n))
	ctx := context.Background()
	a, err := app.Open(ctx, app.Config{Data: n.Data, Database: n.Database, Procedures: "testdata/procedures"})
	fail(err)
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	fail(err)
	go a.Run(ctx, n.Tick)
	fmt.Println("http://" + l.Addr().String())
	server := &http.Server{Handler: api.New(a, fstest.MapFS{}, api.Options{}), ReadHeaderTimeout: time.Minute}
	fail(server.Serve(l))
}

// node 服务器 is such a process, seen from the test.
type node struct {
	t       *testing.T
	address string
	process *exec.Cmd
}

func startNode(t *testing.T, setup nodeSetup) *node {
	t.Helper()
	raw, err := json.Marshal(setup)
	if err != nil {
		t.Fatal(err)
	}
	n := &node{t: t, process: exec.Command(os.Args[0])}
	n.process.Env = append(os.Environ(), nodeEnv+"="+string(raw))
	n.process.Stderr = os.Stderr
	out, err := n.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := n.process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "http") {
		t.Fatalf("一台服务器没有起来：%s %v", line, err)
	}
	n.address = strings.TrimSpace(line)
	return n
}

// kill ends the server with SIGKILL.
func (n *node) kill() {
	_ = n.process.Process.Kill() // it may be dead already
	_ = n.process.Wait()
}

// visitor 来访者 is one person's browser; the same session may be used at every server.
type visitor struct {
	t    *testing.T
	http *http.Client
}

func logIn(t *testing.T, at *node, username string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{t, &http.Client{Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}}
	v.must(at, http.MethodPost, "/session", map[string]any{"username": username, "password": apptest.Password})
	return v
}

// do asks a server and gives the status with the answer.
func (v *visitor) do(at *node, method, path string, body any, headers ...string) (int, map[string]any) {
	v.t.Helper()
	status, answer, err := v.try(at, method, path, body, headers...)
	if err != nil {
		v.t.Fatal(err)
	}
	return status, answer
}

func (v *visitor) try(at *node, method, path string, body any, headers ...string) (int, map[string]any, error) {
	var in io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			return 0, nil, err
		}
		in = bytes.NewReader(raw)
	}
	r, err := http.NewRequestWithContext(context.Background(), method, at.address+"/api/v1"+path, in)
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := v.http.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	out := map[string]any{}
	if err := json.NewDecoder(answer.Body).Decode(&out); err != nil && answer.StatusCode < 300 && err != io.EOF {
		return answer.StatusCode, nil, err
	}
	return answer.StatusCode, out, nil
}

// must is do for what has to succeed.
func (v *visitor) must(at *node, method, path string, body any, headers ...string) map[string]any {
	v.t.Helper()
	status, out := v.do(at, method, path, body, headers...)
	if status >= 300 {
		v.t.Fatalf("%s %s：%d %v", method, path, status, out)
	}
	return out
}

// news 推送 is the stream of what a server tells an open page, "event data".
// news is what a page hears that shows a matter, or none.
func (v *visitor) news(at *node, shown string) <-chan string {
	v.t.Helper()
	r, err := http.NewRequestWithContext(v.t.Context(), http.MethodGet, at.address+"/api/v1/events?matter="+shown, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	out := make(chan string, 100)
	go v.follow(r, out)
	return out
}

func (v *visitor) follow(r *http.Request, out chan<- string) {
	answer, err := v.http.Do(r)
	if err != nil {
		return // the test has ended, or hears nothing and says so
	}
	defer answer.Body.Close()
	lines := bufio.NewScanner(answer.Body)
	name := ""
	for lines.Scan() {
		if e, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
			name = e
		}
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			out <- name + " " + data
		}
	}
}

// hear waits for news of a kind that holds a text and returns them.
func (v *visitor) hear(news <-chan string, kind, text string) string {
	v.t.Helper()
	end := time.After(20 * time.Second)
	for {
		select {
		case n := <-news:
			if strings.HasPrefix(n, kind+" ") && strings.Contains(n, text) {
				return n
			}
		case <-end:
			v.t.Fatalf("没有听到 %s %s", kind, text)
		}
	}
}
