package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// server is the program under load.
type server struct {
	url     string
	cmd     *exec.Cmd
	started time.Duration
}

// start starts the program on the set and waits until it answers.
func start(ctx context.Context, o *options, set *set) (*server, error) {
	s := &server{cmd: exec.CommandContext(ctx, o.binary, set.serverArgs("serve", "--listen", "127.0.0.1:0", "--log-level", "warn")...)}
	s.cmd.Cancel = func() error { return s.cmd.Process.Signal(syscall.SIGTERM) }
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		_, url, ok := strings.Cut(lines.Text(), "http://")
		if !ok {
			continue
		}
		s.url = "http://" + strings.TrimSpace(url)
		go func() { // keep reading, so that the server never waits for us
			for lines.Scan() {
				_ = lines.Text()
			}
		}()
		res, err := http.Get(s.url + "/healthz")
		if err != nil {
			return nil, err
		}
		s.started = time.Since(began)
		return s, res.Body.Close()
	}
	return nil, errors.New("the server did not start")
}

func (s *server) stop() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	_ = s.cmd.Wait() // it was told to end
}

// memory is the server's resident memory in MB.
func (s *server) memory() float64 { return s.status("VmRSS") }

// peak is the most it ever was.
func (s *server) peak() float64 { return s.status("VmHWM") }

func (s *server) status(key string) float64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(raw), "\n") {
		var kb float64
		if _, err := fmt.Sscanf(line, key+": %f kB", &kb); err == nil {
			return kb / 1024
		}
	}
	return 0
}

// cpu is the processor time the server has used: it says what an operation costs however busy the machine is.
func (s *server) cpu() time.Duration {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(raw), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	var user, system int64
	_, _ = fmt.Sscan(fields[11]+" "+fields[12], &user, &system) // zero says it is not known
	return time.Duration(user+system) * (time.Second / 100)
}
