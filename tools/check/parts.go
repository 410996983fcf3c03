package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/pgserver"
)

// postgresEnv is where the tests look for a server (internal/app/apptest).
const postgresEnv = "CHENGQI_TEST_POSTGRES"

// formatted holds gofumpt's form over the folders that hold Go files.
func formatted(ctx context.Context, r *run) error {
	out, err := exec.CommandContext(ctx, "git", "ls-files", "*.go").Output()
	if err != nil {
		return fmt.Errorf("git ls-files: %w", err)
	}
	files := strings.Fields(string(out))
	wrong := 0
	show := func(_ *run, line []byte) bool {
		if strings.HasSuffix(strings.TrimSpace(string(line)), ".go") {
			wrong++
		}
		return true
	}
	args := append([]string{"go", "run", "mvdan.cc/gofumpt@v0.12.0", "-l"}, files...)
	if err := r.command(ctx, "", nil, show, args...); err != nil {
		return err
	}
	if wrong > 0 {
		return fmt.Errorf("%d 个文件格式不合，用 make fmt 整理", wrong)
	}
	return nil
}

// goTests runs every Go test; those that touch the database do so on SQLite.
func goTests(ctx context.Context, r *run) error {
	return r.command(ctx, "", []string{postgresEnv + "="}, goCounter(), "go", "test", "-json", "-timeout", "35m", "./...")
}

// goTestsOnPostgres runs those tests again that open the office's database, on a PostgreSQL of our own.
func goTestsOnPostgres(ctx context.Context, r *run) error {
	packages, err := databasePackages(ctx)
	if err != nil {
		return err
	}
	server, err := pgserver.Start(ctx, false)
	if err != nil {
		return err
	}
	defer server.Stop()
	args := append([]string{"go", "test", "-json", "-count=1", "-timeout", "30m"}, packages...)
	return r.command(ctx, "", []string{postgresEnv + "=" + server.Address}, goCounter(), args...)
}

// databasePackages are those whose tests use the test office, which lives in either database.
func databasePackages(ctx context.Context) ([]string, error) {
	const form = `{{.ImportPath}} {{join .TestImports " "}} {{join .XTestImports " "}}`
	out, err := exec.CommandContext(ctx, "go", "list", "-f", form, "./...").Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var found []string
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		uses := func(pkg string) bool { return strings.HasSuffix(pkg, "/internal/app/apptest") }
		if slices.ContainsFunc(words, uses) {
			found = append(found, words[0])
		}
	}
	if len(found) == 0 {
		return nil, errors.New("没有一个包的测试用到数据库，查找的办法该改了")
	}
	return found, nil
}

// stories tells the stories in a browser against the built program.
func stories(ctx context.Context, r *run) error {
	if !onPath("chromium")() {
		return errors.New("没有 chromium")
	}
	return r.command(ctx, "e2e", nil, nodeCounter(), "npm", "test")
}

// linted runs golangci-lint, built once at its pinned version into bin/tools.
func linted(ctx context.Context, r *run) error {
	if err := r.command(ctx, "", nil, nil, "make", "bin/tools/golangci-lint"); err != nil {
		return err
	}
	return r.command(ctx, "", nil, nil, "bin/tools/golangci-lint", "run", "./...")
}
