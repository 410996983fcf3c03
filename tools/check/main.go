// Command check 全面检查 is what `make test` runs: every check of the tree in the order of how soon it answers, each
// step's output as it comes, and one line at the end that says how many tests passed and failed.
//
// It manages the order, the counting and what the machine needs (Debian packages, a throw-away PostgreSQL); it knows
// nothing of what is tested. Invariant: the exit code is 0 only if every step that was asked for ran and passed; what
// cannot run counts as failed, not as skipped, except for the known holes: their data not every machine can have, and what
// is found depends on the day, not on the tree. They are told, and fail `make audit` alone.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// step 一步检查 is one command line, or a function for what is more than a command.
type step struct {
	part  string // what -only names
	title string
	dir   string
	args  []string
	count counter // how the tests in its output are counted; nil: the step itself is the one check
	limit time.Duration
	again bool                              // once more when it fails: it fetches from elsewhere
	do    func(context.Context, *run) error // instead of args
	told  bool                              // that it fails is told by the whole check, and fails who asks for this part alone
}

// steps is the whole check, quick things first.
var steps = []step{
	{part: "format", title: "Go 格式", do: formatted, limit: 5 * time.Minute},
	{part: "vet", title: "go vet", args: []string{"go", "vet", "./..."}, limit: 15 * time.Minute},
	{part: "ui", title: "界面：安装", args: []string{"make", "ui/node_modules/.package-lock.json"}, limit: 10 * time.Minute, again: true},
	{part: "ui", title: "界面：写法", dir: "ui", args: []string{"npm", "run", "lint"}, limit: 5 * time.Minute},
	{part: "ui", title: "界面：类型", dir: "ui", args: []string{"npm", "run", "check"}, limit: 5 * time.Minute},
	{part: "ui", title: "界面：测试", dir: "ui", args: []string{"npm", "test"}, count: vitestCounter(), limit: 5 * time.Minute},
	{part: "build", title: "构建", args: []string{"make", "build"}, limit: 15 * time.Minute},
	{part: "go", title: "Go 测试（SQLite）", do: goTests, limit: 40 * time.Minute},
	{part: "postgres", title: "Go 测试（PostgreSQL）", do: goTestsOnPostgres, limit: 35 * time.Minute},
	{part: "stories", title: "浏览器：构建", args: []string{"make", "build"}, limit: 15 * time.Minute},
	{part: "stories", title: "浏览器：安装", args: []string{"make", "e2e/node_modules/.package-lock.json"}, limit: 10 * time.Minute, again: true},
	{part: "stories", title: "浏览器里的故事", do: stories, limit: 20 * time.Minute},
	{part: "audit", title: "已知漏洞：Go", do: auditedGo, limit: 15 * time.Minute, told: true},
	{part: "audit", title: "已知漏洞：界面", do: auditedUI, limit: 3 * time.Minute, told: true},
	{part: "lint", title: "golangci-lint", do: linted, limit: 20 * time.Minute},
}

func main() { os.Exit(check()) }

func check() int {
	only := flag.String("only", "", "run one part: format, vet, ui, build, go, postgres, stories, audit, lint")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	r := newRun(ctx)
	r.whole = *only == ""
	r.prepare(*only)
	for i := range steps {
		if s := &steps[i]; *only == "" || s.part == *only {
			r.step(s)
		}
	}
	if r.steps == 0 {
		fmt.Fprintln(os.Stderr, "没有这一部分：", *only)
		return 2
	}
	r.report()
	if r.failed > 0 {
		return 1
	}
	return 0
}
