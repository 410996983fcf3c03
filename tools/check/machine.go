package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// need 所需软件 is a Debian package and how to tell that it is there.
type need struct {
	pkg   string
	parts []string // which parts of the check use it
	found func() bool
}

var needs = []need{
	{"poppler-utils", []string{"go"}, onPath("pdftotext")},
	{"fonts-noto-cjk", []string{"go", "stories"}, exists("/usr/share/fonts/opentype/noto/*CJK*")},
	{"chromium", []string{"stories"}, onPath("chromium")},
	{"postgresql", []string{"go", "postgres"}, exists("/usr/lib/postgresql/*/bin/initdb")},
}

func onPath(program string) func() bool {
	return func() bool { _, err := exec.LookPath(program); return err == nil }
}

func exists(pattern string) func() bool {
	return func() bool { found, _ := filepath.Glob(pattern); return len(found) > 0 }
}

// prepare installs what the machine lacks, when we may; what is still missing lets the step that needs it fail by name.
func (r *run) prepare(only string) {
	var missing []string
	for _, n := range needs {
		wanted := only == ""
		for _, part := range n.parts {
			wanted = wanted || part == only
		}
		if wanted && !n.found() {
			missing = append(missing, n.pkg)
		}
	}
	if len(missing) == 0 {
		return
	}
	if os.Getuid() != 0 || !onPath("apt-get")() {
		fmt.Println("缺少这些软件，请先安装：", missing)
		return
	}
	fmt.Println("=== 安装：", missing)
	for try := range 4 {
		time.Sleep(time.Duration(try*15) * time.Second)
		err := r.install(missing)
		if err == nil || r.ctx.Err() != nil {
			return
		}
		fmt.Println("安装没有成功：", err)
	}
}

func (r *run) install(packages []string) error {
	ctx, stop := context.WithTimeout(r.ctx, 15*time.Minute)
	defer stop()
	quiet := []string{"DEBIAN_FRONTEND=noninteractive"}
	// One unreachable source among several must not stop us: whether the packages install is what counts.
	updated := r.command(ctx, "", quiet, nil, "apt-get", "-qq", "-o", "Acquire::Retries=3", "update")
	args := []string{"apt-get", "-qq", "-y", "-o", "Acquire::Retries=3", "-o", "Dpkg::Use-Pty=0", "install", "--no-install-recommends"}
	return errors.Join(r.command(ctx, "", quiet, hideLine, append(args, packages...)...), ignoreIfInstalled(updated))
}

// ignoreIfInstalled drops the fault of refreshing the lists once everything is there all the same.
func ignoreIfInstalled(updated error) error {
	for _, n := range needs {
		if !n.found() {
			return updated
		}
	}
	return nil
}

// hideLine keeps a command's output to itself; its exit code says enough.
func hideLine(*run, []byte) bool { return false }
