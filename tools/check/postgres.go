package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// postgresEnv is where the tests look for a server (internal/app/apptest).
const postgresEnv = "CHENGQI_TEST_POSTGRES"

// postgres 临时数据库 is a server of our own in a temporary folder; durability is switched off, it lives for minutes.
type postgres struct {
	address string
	folder  string
	process *exec.Cmd
}

func startPostgres(ctx context.Context) (*postgres, error) {
	bins, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if len(bins) == 0 {
		return nil, errors.New("没有安装 PostgreSQL")
	}
	bin := bins[len(bins)-1]
	folder, err := os.MkdirTemp("", "pg") // short: the path of a socket may have 107 bytes
	if err != nil {
		return nil, err
	}
	attr, err := unprivileged(folder)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(folder, "data")
	prepare := exec.CommandContext(ctx, filepath.Join(bin, "initdb"),
		"-D", data, "-U", "chengqi", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	prepare.SysProcAttr, prepare.Dir = attr, folder
	if out, err := prepare.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	port, err := freePort(ctx)
	if err != nil {
		return nil, err
	}
	p := &postgres{folder: folder, address: fmt.Sprintf("postgres://chengqi@127.0.0.1:%d/postgres?sslmode=disable", port)}
	p.process = exec.CommandContext(context.WithoutCancel(ctx), // stop ends it, in its own way
		filepath.Join(bin, "postgres"), "-D", data, "-k", folder,
		"-h", "127.0.0.1", "-p", strconv.Itoa(port), "-c", "fsync=off", "-c", "synchronous_commit=off",
		"-c", "full_page_writes=off", "-c", "max_connections=300", "-c", "logging_collector=off")
	p.process.SysProcAttr, p.process.Dir = attr, folder
	if err := p.process.Start(); err != nil {
		return nil, err
	}
	if err := answering(ctx, port); err != nil {
		p.stop()
		return nil, err
	}
	return p, nil
}

// stop ends the server at once and removes its folder.
func (p *postgres) stop() {
	_ = p.process.Process.Signal(syscall.SIGQUIT) // its immediate shutdown; there is nothing to keep
	_ = p.process.Wait()
	_ = os.RemoveAll(p.folder)
}

// unprivileged lets the server run as an ordinary user when we are root, for it refuses to run as root.
func unprivileged(folder string) (*syscall.SysProcAttr, error) {
	attr := &syscall.SysProcAttr{}
	if os.Getuid() != 0 {
		return attr, nil
	}
	owner, err := user.Lookup("nobody")
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(owner.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(owner.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attr, os.Chown(folder, int(uid), int(gid))
}

func freePort(ctx context.Context) (int, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func answering(ctx context.Context, port int) error {
	var err error
	for range 150 {
		var c net.Conn
		if c, err = (&net.Dialer{}).DialContext(ctx, "tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			_ = c.Close()
			time.Sleep(300 * time.Millisecond) // it listens a moment before it lets anyone in
			return nil
		}
		time.Sleep(200 * time.Millisecond)
	}
	return fmt.Errorf("PostgreSQL 没有起来：%w", err)
}
