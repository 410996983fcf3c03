package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// at puts the database of a process behind a command.
func (p *process) at(command ...string) []string {
	command = append(command, "--data", p.data)
	if p.dsn != "" {
		command = append(command, "--db", p.dsn)
	}
	return command
}

func Test服务运行时不装样例装样例时不启动服务(t *testing.T) {
	p := &process{t: t, data: t.TempDir(), dsn: apptest.Database(t)}
	p.serve()
	began := time.Now()
	word := "请先停下它"
	if p.dsn != "" {
		word = "请先停下所有服务器上的服务"
	}
	says(t, 1, word, p.at("demo", "--password", apptest.Password)...)
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("%s 后才说", took)
	}
	if code := p.stop(); code != 0 {
		t.Fatal(p.log.String())
	}
	a := p.open()
	defer a.Close()
	if empty, err := a.Empty(t.Context()); err != nil || !empty {
		t.Errorf("没有装成，却留下了东西：%v", err)
	}
	if p.dsn == "" {
		return // one in a folder: Test一个数据目录只能有一个服务
	}
	leave, err := a.DB.Occupy(t.Context(), true)
	if err != nil {
		t.Fatal("服务停了还说在运行：", err)
	}
	says(t, 1, "请等它做完再启动", p.at("serve", "--listen", "127.0.0.1:0")...)
	leave()
	serves, err := a.DB.Occupy(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	another, err := a.DB.Occupy(t.Context(), false)
	if err != nil {
		t.Error("几台服务器可以一起：", err)
	}
	another()
	serves()
}

// A restore that is killed at any moment is done by the next one, whole; until then nobody takes the folder for an office.
func Test恢复随时被杀再恢复一次就好(t *testing.T) { // OA-30
	p := prepared(t)
	a := p.open()
	err := a.DB.Write(t.Context(), func(tx *db.Tx) error {
		dir, err := a.Book.Directory(tx)
		if err != nil {
			return err
		}
		_, err = a.Engine.CreateIn(tx, dir.ByUsername("3102").ID, "incoming", map[string]any{"sender": "安澜市水利局"}, "")
		return err
	})
	if err == nil {
		_, err = a.Files.Put(t.Context(), a.DB, 1, 1, "回执.txt", strings.NewReader("回执"))
	}
	if err == nil {
		err = a.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "全量.zip")
	says(t, 0, "备份完成", p.at("backup", "--to", to)...)
	r := &process{t: t, data: filepath.Join(t.TempDir(), "恢复"), dsn: apptest.Database(t)}
	began := time.Now()
	whole := &process{t: t, data: filepath.Join(t.TempDir(), "不被杀的"), dsn: apptest.Database(t)}
	says(t, 0, "恢复完成", whole.at("restore", "--from", to)...)
	killed, step := 0, time.Since(began)/10 // however quick the machine is
	for after := step; ; after += step {
		cmd := command(t, nil, r.at("restore", "--from", to)...)
		out := &strings.Builder{}
		cmd.Stdout, cmd.Stderr = out, out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		kill := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		err := cmd.Wait()
		kill.Stop()
		if err == nil {
			break
		}
		if cmd.ProcessState.Exited() && !strings.Contains(out.String(), "没有动它") { // what was killed may hold the database for a moment
			t.Fatalf("%s 后被杀过的，再恢复：%s", after, out)
		}
		killed++
		if _, code := told(t, nil, r.at("people")...); code == 0 {
			break // killed with all done, on its way out: that it is whole is held below
		}
	}
	t.Logf("被杀 %d 次", killed)
	if killed < 3 {
		t.Errorf("只杀了 %d 次", killed)
	}
	says(t, 0, "都与留痕和登记一致", r.at("verify")...)
	says(t, 0, "索引与各件一致：1 件", r.at("reindex", "--check")...)
	says(t, 1, "不是空的", r.at("restore", "--from", to)...)
}
