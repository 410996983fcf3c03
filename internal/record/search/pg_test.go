package search

import (
	"context"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
)

// postgres starts a server of its own in a temporary folder, without a network port, and connects to it.
func postgres(t *testing.T) *pgx.Conn {
	t.Helper()
	tools, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if len(tools) == 0 || testing.Short() {
		t.Skip("没有PostgreSQL")
	}
	bin := tools[len(tools)-1]
	dir, err := os.MkdirTemp("", "pg") // short: the path of a socket may have 107 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	attr := &syscall.SysProcAttr{}
	if os.Getuid() == 0 { // the server refuses to run as root
		owner, err := user.Lookup("nobody")
		if err != nil {
			t.Skip("没有可用的普通用户")
		}
		uid, _ := strconv.Atoi(owner.Uid)
		gid, _ := strconv.Atoi(owner.Gid)
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
		attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	run := func(name string, args ...string) {
		cmd := exec.Command(filepath.Join(bin, name), args...)
		cmd.SysProcAttr, cmd.Dir = attr, dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s：%v\n%s", name, err, out)
		}
	}
	data := filepath.Join(dir, "d")
	run("initdb", "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
	run("pg_ctl", "-D", data, "-w", "-l", filepath.Join(dir, "log"), "-o", "-F -c listen_addresses='' -k "+dir, "start")
	t.Cleanup(func() { run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop") })
	conn, err := pgx.Connect(t.Context(), "host="+dir+" user=test dbname=postgres")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// The same tokens and questions find the same things in PostgreSQL.
func TestPostgresFindsTheSame(t *testing.T) {
	conn := postgres(t)
	for _, c := range []struct {
		text, typed string
		want        bool
	}{
		{"关于做好防汛工作的通知", "防汛 通知", true},
		{"关于做好防汛工作的通知", "知", true},
		{"关于做好防汛工作的通知", "抗旱", false},
		{"临政办〔2026〕１２号", "2026 12号", true},
		{"Café 𠮷田", "CAFÉ 𠮷田", true},
		{"", "通知", false},
	} {
		var found bool
		err := conn.QueryRow(t.Context(),
			`SELECT array_to_tsvector(string_to_array(CAST($1 AS text), ' ')) @@ CAST(CAST($2 AS text) AS tsquery)`,
			Tokens(c.text), ParseQuery(c.typed).TSQuery()).Scan(&found)
		if err != nil || found != c.want {
			t.Errorf("“%s”中找“%s”：%v %v", c.text, c.typed, found, err)
		}
	}
}
