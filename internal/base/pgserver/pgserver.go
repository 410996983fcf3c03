// Package pgserver runs a PostgreSQL server of one's own in a temporary folder, for checks and tests.
//
// It starts, kills and stops the server; it knows no table and is no part of the program that offices run. Invariant:
// nothing of it remains after Stop.
package pgserver

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
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrNotInstalled says that the machine has no PostgreSQL.
var ErrNotInstalled = errors.New("没有安装 PostgreSQL")

// careless switches durability off, for servers that live for minutes.
var careless = []string{"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"}

// Server 临时数据库 is a running server; its owner may make databases on it.
type Server struct {
	Address string // postgres://…

	folder  string
	bin     string
	args    []string
	attr    *syscall.SysProcAttr
	process *exec.Cmd
}

// Start makes a server in a temporary folder. A durable one keeps what it acknowledged when it is killed, as an
// office's server does; one that is not is faster.
func Start(ctx context.Context, durable bool) (*Server, error) {
	bins, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if len(bins) == 0 {
		return nil, ErrNotInstalled
	}
	folder, err := os.MkdirTemp("", "pg") // short: the path of a socket may have 107 bytes
	if err != nil {
		return nil, err
	}
	s := &Server{folder: folder, bin: bins[len(bins)-1]}
	if err := s.make(ctx, durable); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

func (s *Server) make(ctx context.Context, durable bool) error {
	var err error
	if s.attr, err = unprivileged(s.folder); err != nil {
		return err
	}
	data := filepath.Join(s.folder, "data")
	prepare := exec.CommandContext(ctx, filepath.Join(s.bin, "initdb"),
		"-D", data, "-U", "chengqi", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	prepare.SysProcAttr, prepare.Dir = s.attr, s.folder
	if out, err := prepare.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	port, err := freePort(ctx)
	if err != nil {
		return err
	}
	s.Address = fmt.Sprintf("postgres://chengqi@127.0.0.1:%d/postgres?sslmode=disable", port)
	s.args = []string{
		"-D", data, "-k", s.folder, "-h", "127.0.0.1", "-p", strconv.Itoa(port),
		"-c", "max_connections=300", "-c", "logging_collector=off",
	}
	if !durable {
		s.args = append(s.args, careless...)
	}
	return s.Run(ctx)
}

// Run starts the server, again after Kill, and waits until it lets someone in.
func (s *Server) Run(ctx context.Context) error {
	s.process = exec.CommandContext(context.WithoutCancel(ctx), // Stop ends it, in its own way
		filepath.Join(s.bin, "postgres"), s.args...)
	s.process.SysProcAttr, s.process.Dir = s.attr, s.folder
	if err := s.process.Start(); err != nil {
		return err
	}
	var err error
	for range 600 {
		var c *pgx.Conn
		if c, err = pgx.Connect(ctx, s.Address); err == nil {
			return c.Close(ctx)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return fmt.Errorf("PostgreSQL 没有起来：%w", err)
}

// Kill ends the server and all its children with SIGKILL, as a power cut would.
func (s *Server) Kill() error {
	children := childrenOf(s.process.Process.Pid)
	err := s.process.Process.Kill()
	for _, pid := range children {
		_ = syscall.Kill(pid, syscall.SIGKILL) // it may have ended by itself
	}
	_ = s.process.Wait() // killed, as meant
	return err
}

// Stop ends the server at once and removes its folder.
func (s *Server) Stop() {
	if s.process != nil && s.process.Process != nil {
		_ = s.process.Process.Signal(syscall.SIGQUIT) // its immediate shutdown; there is nothing to keep
		_ = s.process.Wait()
	}
	_ = os.RemoveAll(s.folder)
}

// childrenOf lists the processes whose parent is pid: a server's children make sessions of their own and cannot be
// reached as a group.
func childrenOf(pid int) []int {
	var out []int
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			continue // ended meanwhile
		}
		_, rest, _ := strings.Cut(string(raw), ") ")
		words := strings.Fields(rest) // state, parent …
		if len(words) > 1 && words[1] == strconv.Itoa(pid) {
			if child, err := strconv.Atoi(filepath.Base(filepath.Dir(f))); err == nil {
				out = append(out, child)
			}
		}
	}
	return out
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
