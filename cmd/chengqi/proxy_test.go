package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// What the manual tells nginx is put before a server here, as it stands but for the places it names.
func Test手册里的代理写法不露英文(t *testing.T) {
	program, err := exec.LookPath("nginx")
	if err != nil {
		if program, err = exec.LookPath("/usr/sbin/nginx"); err != nil {
			t.Skip("这台机器没有 nginx")
		}
	}
	office := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/busy" { // our own refusal goes through as it is
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		fmt.Fprint(w, r.Header.Get("X-Forwarded-Proto"), " ", r.Header.Get("X-Forwarded-For"))
	}))
	defer office.Close()
	front := nginx(t, program, strings.TrimPrefix(office.URL, "http://"))
	ask := func(method, path string, body io.Reader) (int, string, string) {
		r, err := http.NewRequestWithContext(t.Context(), method, "https://"+front+path, body)
		if err != nil {
			t.Fatal(err)
		}
		client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}} //nolint:gosec // its own
		res, err := client.Do(r)
		if err != nil {
			t.Fatalf("%s %s：%v", method, path, err)
		}
		defer func() { _ = res.Body.Close() }() // only read
		raw, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, res.Header.Get("Content-Type"), string(raw)
	}
	if code, _, said := ask(http.MethodGet, "/", nil); code != http.StatusOK || said != "https 127.0.0.1" {
		t.Errorf("平常：%d %s", code, said)
	}
	if code, kind, said := ask(http.MethodGet, "/busy", nil); code != http.StatusServiceUnavailable || !strings.Contains(kind, "json") || said != "https 127.0.0.1" {
		t.Errorf("服务自己说的：%d %s %s", code, kind, said)
	}
	conn, err := tls.Dial("tcp", front, &tls.Config{InsecureSkipVerify: true}) //nolint:gosec // its own
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	fmt.Fprintf(conn, "POST /api/v1/files HTTP/1.1\r\nHost: oa\r\nContent-Length: %d\r\nConnection: close\r\n\r\n", 111<<20)
	raw, _ := io.ReadAll(conn)
	if said := string(raw); !strings.HasPrefix(said, "HTTP/1.1 413") || !strings.Contains(said, "json") || !strings.Contains(said, "附件最大 100 MB") {
		t.Errorf("太大的：%s", said)
	}
	office.Close()
	if code, kind, said := ask(http.MethodGet, "/", nil); code != http.StatusBadGateway || !strings.Contains(kind, "utf-8") || !strings.Contains(said, "系统正在重启") {
		t.Errorf("后面没有服务：%d %s %s", code, kind, said)
	}
}

// nginx starts one before a server and gives its address.
func nginx(t *testing.T, program, behind string) string {
	t.Helper()
	manual, err := os.ReadFile("../../docs/admin/install.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(manual), "存为 `/etc/nginx/conf.d/chengqi.conf`")
	_, text, _ = strings.Cut(text, "\n")
	block := regexp.MustCompile(`(?:(?:    .*)?\n)+`).FindString(text)
	dir, front, plain := t.TempDir(), freeAddress(t), freeAddress(t)
	cert := exec.Command("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=oa", "-days", "2", "-keyout", "oa.key", "-out", "oa.pem")
	cert.Dir = dir
	if said, err := cert.CombinedOutput(); err != nil {
		t.Skipf("这里做不出证书：%v %s", err, said)
	}
	for _, change := range [][2]string{
		{"listen 80;", "listen " + plain + ";"},
		{"listen 443 ssl;", "listen " + front + " ssl;"},
		{"/etc/ssl/certs/", dir + "/"},
		{"/etc/ssl/private/", dir + "/"},
		{"/var/log/nginx/", dir + "/"},
		{"127.0.0.1:8080", behind},
	} {
		if !strings.Contains(block, change[0]) {
			t.Fatalf("手册里的写法没有 %s：%s", change[0], block)
		}
		block = strings.ReplaceAll(block, change[0], change[1])
	}
	conf := filepath.Join(dir, "nginx.conf")
	all := fmt.Sprintf("daemon off; master_process off; pid %[1]s/pid; error_log %[1]s/error.log;\nevents {}\nhttp {\nclient_body_temp_path %[1]s/body; proxy_temp_path %[1]s/proxy; fastcgi_temp_path %[1]s/f; uwsgi_temp_path %[1]s/u; scgi_temp_path %[1]s/s;\n%[2]s\n}\n", dir, block)
	if err := os.WriteFile(conf, []byte(all), 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command(program, "-t", "-p", dir, "-c", conf).CombinedOutput(); err != nil {
		t.Fatalf("nginx 不认手册里的写法：%v\n%s", err, said)
	}
	cmd := exec.Command(program, "-p", dir, "-c", conf)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	for range 100 {
		c, err := (&net.Dialer{Timeout: time.Second}).DialContext(context.Background(), "tcp", front)
		if err == nil {
			_ = c.Close()
			return front
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("nginx 没有起来")
	return ""
}

// freeAddress is one that nobody listens on now: nginx does not tell which one it was given.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}
