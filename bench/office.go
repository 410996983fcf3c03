package main

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	_ "modernc.org/sqlite" // the reference writes to the same database the office does
)

const password = "Bench-2026-office"

// bareCommits is how many single rows a second one writer makes durable on this machine.
func bareCommits(dir string, span time.Duration) (float64, error) {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "bare.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return 0, err
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE TABLE rows (id INTEGER PRIMARY KEY, body TEXT)`); err != nil {
		return 0, err
	}
	insert, err := db.PrepareContext(context.Background(), `INSERT INTO rows (body) VALUES (?)`)
	if err != nil {
		return 0, err
	}
	body := strings.Repeat("公文", 250)
	n, began := 0, time.Now()
	for time.Since(began) < span {
		if _, err := insert.Exec(body); err != nil {
			return 0, err
		}
		n++
	}
	return float64(n) / time.Since(began).Seconds(), db.Close()
}

// office is the server under load.
type office struct {
	data            string
	url             string
	cmd             *exec.Cmd
	loaded, started time.Duration
}

func startOffice(dir, binary string) (*office, error) {
	o := &office{data: filepath.Join(dir, "data")}
	began := time.Now()
	if out, err := exec.Command(binary, "demo", "--data", o.data, "--password", password).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("demo: %w: %s", err, out)
	}
	o.loaded, began = time.Since(began), time.Now()
	o.cmd = exec.Command(binary, "serve", "--data", o.data, "--listen", "127.0.0.1:0")
	out, err := o.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := o.cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, url, ok := strings.Cut(lines.Text(), "http://"); ok {
			o.url, o.started = "http://"+strings.TrimSpace(url), time.Since(began)
			go func() { // keep reading, so that the server never waits for us
				for lines.Scan() {
					_ = lines.Text()
				}
			}()
			return o, nil
		}
	}
	return nil, errors.New("the server did not start")
}

func (o *office) stop() {
	_ = o.cmd.Process.Signal(syscall.SIGTERM)
	_ = o.cmd.Wait()
}

// memory is the server's resident memory in MB.
func (o *office) memory() float64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", o.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(raw), "\n") {
		var kb float64
		if _, err := fmt.Sscanf(line, "VmRSS: %f kB", &kb); err == nil {
			return kb / 1024
		}
	}
	return 0
}

// size is the database on disk in MB.
func (o *office) size() float64 {
	var total int64
	for _, name := range []string{"chengqi.db", "chengqi.db-wal"} {
		if info, err := os.Stat(filepath.Join(o.data, name)); err == nil {
			total += info.Size()
		}
	}
	return float64(total) / 1e6
}
