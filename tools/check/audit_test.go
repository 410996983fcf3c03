package main

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func Test_漏洞库取不到的算没有查成不算通过也不算不过(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	empty := httptest.NewServer(http.NotFoundHandler())
	defer empty.Close()
	for _, data := range []string{gone.URL, empty.URL, "file://" + t.TempDir()} {
		t.Setenv(vulnEnv, data)
		r := newRun(context.Background())
		r.whole = true
		r.step(&step{title: "漏洞", do: auditedGo, told: true, limit: 1e11})
		if r.passed != 0 || r.failed != 0 || r.skipped != 1 || len(r.broken) != 0 || !strings.Contains(strings.Join(r.took, ""), "没有查成") {
			t.Errorf("%s：%d 过、%d 不过、%d 跳过：%v", data, r.passed, r.failed, r.skipped, r.took)
		}
	}
	there := t.TempDir()
	if err := os.MkdirAll(filepath.Join(there, "index"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(there, "index", "db.json"), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := within(t.Context(), "file://"+there); err != nil {
		t.Errorf("漏洞库在，却说取不到：%v", err)
	}
}

func Test_查出的漏洞全面检查里只说明单独查时不过(t *testing.T) {
	found := func(context.Context, *run) error { return errors.New("一处漏洞") }
	for _, whole := range []bool{true, false} {
		r := newRun(context.Background())
		r.whole = whole
		r.step(&step{title: "漏洞", do: found, told: true, limit: 1e9})
		if r.passed != 0 || (r.failed == 0) != whole || (r.skipped == 1) != whole {
			t.Errorf("全面检查 %v：%d 过、%d 不过、%d 跳过", whole, r.passed, r.failed, r.skipped)
		}
	}
}

func Test_npm查出漏洞和没有查成分得开(t *testing.T) {
	for said, want := range map[string]bool{
		"npm warn audit 405 Method Not Allowed\n\nnpm error audit endpoint returned an error\n":                                      true,
		"npm error code ENOTFOUND\nnpm error network request failed\n":                                                               true,
		"# npm audit report\n\nvite  <=6.4.0\nSeverity: high\nnetwork exposure of the dev server\n\n1 high severity vulnerability\n": false,
		"npm error code ELOCKVERIFY\n": false,
	} {
		if unanswered([]byte(said)) != want {
			t.Errorf("%q 应是 %v", said, want)
		}
	}
}
