package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// The systemd unit that offices install (deploy/chengqi.service).

type unit map[string][]string // key → values, in order

func readUnit(t *testing.T, file string) (unit, string) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	u := unit{}
	for line := range strings.Lines(string(raw)) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), "=")
		if ok && !strings.HasPrefix(line, "#") {
			u[key] = append(u[key], value)
		}
	}
	return u, string(raw)
}

func (u unit) one(t *testing.T, key string) string {
	t.Helper()
	if len(u[key]) != 1 {
		t.Fatalf("单元里的 %s 应当只有一个：%q", key, u[key])
	}
	return u[key][0]
}

const unitFile = "../../deploy/chengqi.service"

func Test系统服务单元里的路径和参数程序都认(t *testing.T) {
	u, _ := readUnit(t, unitFile)
	manual, err := os.ReadFile("../../docs/admin/install.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"ExecStartPre", "ExecStart"} {
		words := strings.Fields(u.one(t, key))
		if !strings.Contains(string(manual), "chengqi "+filepath.Dir(words[0])+"/") {
			t.Errorf("%s 用 %s，安装说明没有把程序装到那里", key, words[0])
		}
		_, parser, err := grammar(&configFile{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parser.Parse(words[1:]); err != nil {
			t.Errorf("%s 的参数程序不认：%v", key, err)
		}
		config := words[slices.Index(words, "--config")+1]
		if !strings.Contains(string(manual), "chengqi.toml "+filepath.Dir(config)+"/") {
			t.Errorf("%s 用 %s，安装说明没有把配置放到那里", key, config)
		}
	}
	sample := readConfig([]string{"--config", "../../docs/admin/chengqi.toml"})
	if home := "/var/lib/" + u.one(t, "StateDirectory"); sample.values["data"] != home || len(u["Environment"]) > 0 {
		t.Errorf("样本配置的数据目录 %v 应当是单元准许写的 %s，并且只在那里说", sample.values["data"], home)
	}
	account := u.one(t, "User")
	if !regexp.MustCompile(`useradd .*/var/lib/chengqi .* `+account+`\n`).Match(manual) || u.one(t, "Group") != account {
		t.Errorf("安装说明没有建账号 %s", account)
	}
	if u.one(t, "Type") != "notify" {
		t.Error("启动好了要等程序自己说")
	}
	if stop, err := time.ParseDuration(u.one(t, "TimeoutStopSec") + "s"); err != nil || stop <= patience {
		t.Errorf("叫停只等 %s，程序自己要等 %s：%v", stop, patience, err)
	}
}

// exposure is the most that systemd's own reckoning of the sandbox may come to; 10 is none at all.
const exposure = "20"

func Test系统服务单元经得起systemd自己的检查(t *testing.T) {
	tool, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("这台机器没有 systemd")
	}
	u, text := readUnit(t, unitFile)
	program := strings.Fields(u.one(t, "ExecStart"))[0]
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), filepath.Base(unitFile))
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(text, program, self)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"verify", file}, {"security", "--offline=true", "--no-pager", "--threshold=" + exposure, file}} {
		said, err := exec.Command(tool, args...).CombinedOutput()
		if err != nil || args[0] == "verify" && len(said) > 0 {
			t.Errorf("systemd-analyze %s：%v\n%s", args[0], err, said)
		}
	}
}
