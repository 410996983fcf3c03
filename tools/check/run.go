package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// run 一次检查 is one run of the whole check and its count so far.
type run struct {
	ctx                     context.Context
	whole                   bool // not one part alone
	steps                   int
	passed, failed, skipped int
	took                    []string // one line per step, for the report
	broken                  []string // titles of the steps that failed
	tail                    []string // of what the step under way showed
	faults                  []*fault // the tests that failed, in the order of failing
}

// counter reads one line of a step's output, adds what it says to the run, and tells whether to show the line.
type counter func(r *run, line []byte) (show bool)

func newRun(ctx context.Context) *run { return &run{ctx: ctx} }

// step runs one step. Its own verdict counts as one check when its output counts no tests, or when it failed although
// none of its tests did (it did not build, or was killed).
func (r *run) step(s *step) {
	r.steps++
	fmt.Printf("\n=== %s\n", s.title)
	begun := time.Now()
	before := *r
	r.tail = nil
	ctx, stop := context.WithTimeout(r.ctx, s.limit)
	defer stop()
	var err error
	if s.do != nil {
		err = s.do(ctx, r)
	} else {
		err = r.command(ctx, s.dir, nil, s.count, s.args...)
	}
	if err != nil && s.again && ctx.Err() == nil {
		fmt.Println("再试一次：", err)
		time.Sleep(10 * time.Second)
		err = r.command(ctx, s.dir, nil, s.count, s.args...)
	}
	if err != nil && s.told && r.whole {
		r.skipped++
		r.took = append(r.took, fmt.Sprintf("%8s  %s  %s：%v", time.Since(begun).Round(time.Second/10), "跳过", s.title, err))
		return
	}
	counted := r.passed+r.failed+r.skipped > before.passed+before.failed+before.skipped
	verdict := "通过"
	switch {
	case err == nil && !counted:
		r.passed++
	case err != nil && r.failed == before.failed:
		r.failed++
	}
	if err != nil || r.failed > before.failed {
		verdict = "没有通过"
		r.broken = append(r.broken, s.title)
		if err != nil {
			fmt.Println("***", s.title, "没有通过：", err)
		}
		if len(r.faults) == len(before.faults) {
			r.fault(s.title, append(r.tail, fmt.Sprint(err))...)
		}
	}
	r.took = append(r.took, fmt.Sprintf("%8s  %s  %s", time.Since(begun).Round(time.Second/10), verdict, s.title))
}

// report ends the run with the line others look for.
func (r *run) report() {
	fmt.Println("\n=== 汇总")
	for _, line := range r.took {
		fmt.Println(line)
	}
	for _, title := range r.broken {
		fmt.Println("没有通过：", title)
	}
	r.name(os.Stdout)
	fmt.Printf("%d skipped\n%d passed, %d failed\n", r.skipped, r.passed, r.failed)
}

// command runs a program in its own process group, so that nothing it started outlives it, without a terminal.
func (r *run) command(ctx context.Context, dir string, env []string, count counter, args ...string) error {
	c := exec.CommandContext(ctx, args[0], args[1:]...)
	c.Dir = dir
	c.Env = append(append(os.Environ(), "CI=true", "NO_COLOR=1", "FORCE_COLOR=0"), env...)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
	c.WaitDelay = 10 * time.Second
	reader, writer := io.Pipe()
	c.Stdout, c.Stderr = writer, writer
	read := make(chan struct{})
	go func() {
		defer close(read)
		lines := bufio.NewReader(reader)
		for {
			line, err := lines.ReadBytes('\n')
			if len(line) > 0 && (count == nil || count(r, line)) {
				_, _ = os.Stdout.Write(line)
				r.tail = append(r.tail, string(line))
				r.tail = r.tail[max(0, len(r.tail)-linesOfEach+1):]
			}
			if err != nil {
				return
			}
		}
	}()
	err := c.Run()
	_ = writer.Close()
	<-read
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return errors.New("超过了时间")
	}
	return err
}
