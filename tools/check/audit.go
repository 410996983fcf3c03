package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path"
	"strings"
	"time"
)

// What is known of holes in the things we depend on stands elsewhere: the data of govulncheck and of npm. Where they can
// be had, a hole fails `make audit` and is told by the whole check, which says of the tree what it said yesterday; where they
// cannot, as on a machine without a way out, that is said and counted as skipped: it is no proof that there are none.

// unasked 没有查成 is that the data could not be had.
func unasked(format string, args ...any) error {
	return fmt.Errorf("没有查成：%s。这不等于没有漏洞，发版前请在连得上的机器上 make audit", fmt.Sprintf(format, args...))
}

// vulnEnv names another copy of govulncheck's data, such as file:///srv/vulndb or a mirror.
const vulnEnv = "VULNDB"

const usualVulnDB = "https://vuln.go.dev"

// auditedGo looks for known holes in the Go code we use and in the standard library.
func auditedGo(ctx context.Context, r *run) error {
	data := os.Getenv(vulnEnv)
	if data == "" {
		data = usualVulnDB
	}
	if err := within(ctx, data); err != nil {
		return unasked("漏洞库 %s 取不到（%v）", data, err)
	}
	if err := r.command(ctx, "", nil, nil, "make", "bin/tools/govulncheck"); err != nil {
		return unasked("govulncheck 装不上（%v）", err)
	}
	if err := r.command(ctx, "", nil, nil, "bin/tools/govulncheck", "-db", data, "./..."); err != nil {
		return fmt.Errorf("有已知的漏洞，见上（%w）", err)
	}
	return nil
}

// within asks for the smallest part of the data, so that nobody waits for the analysis in vain.
func within(ctx context.Context, data string) error {
	u, err := url.Parse(data)
	if err != nil {
		return err
	}
	const part = "index/db.json"
	if u.Scheme == "file" {
		_, err := os.Stat(path.Join(u.Path, part))
		return err
	}
	ctx, stop := context.WithTimeout(ctx, 15*time.Second)
	defer stop()
	asked, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(data, "/")+"/"+part, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(asked)
	if err != nil {
		return errors.Unwrap(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return errors.New(res.Status)
	}
	return nil
}

// auditedUI looks for known holes in what the interface is made of.
func auditedUI(ctx context.Context, _ *run) error {
	c := exec.CommandContext(ctx, "npm", "audit", "--omit=dev")
	c.Dir = "ui"
	said, err := c.CombinedOutput()
	_, _ = os.Stdout.Write(said)
	if err != nil && unanswered(said) {
		return unasked("npm 的漏洞库连不上，或者用的镜像不提供")
	}
	return err
}

// unanswered tells that npm got no answer from one that gave it a report: of those the report says what was found.
func unanswered(said []byte) bool {
	if bytes.Contains(said, []byte("# npm audit report")) {
		return false
	}
	for _, mark := range []string{"audit endpoint returned an error", "ENOTFOUND", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EAI_AGAIN", "ENETUNREACH", "network"} {
		if bytes.Contains(said, []byte(mark)) {
			return true
		}
	}
	return false
}
