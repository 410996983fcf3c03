package main

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

func Test命令写得不对用中文说清(t *testing.T) {
	for typed, want := range map[string]string{
		"serv":                          "多了“serv”，是不是 serve",
		"serve --lisen x":               "没有参数 --lisen，是不是 --listen",
		"serve --log xml":               "--log 只能是 text、json，写的是“xml”",
		"serve --requests-per-second 多": "--requests-per-second 要写数，写的是“多”",
		"serve --ldap-starttls=也许":      "--ldap-starttls 只能是 true 或 false，写的是“也许”",
		"setup":                         "还要写 --agency=…",
		"restore --from":                "--from 后面没有写内容",
		"backup --to --base x":          "--to 后面没有写内容，接着的是 --base",
		"config":                        "还要写做什么，如 check、show",
		"account":                       "还要写 <工号>",
		"procedures new --name 钥匙":      "还要写 <代号>",
		"gongwen render a.txt -o b.pdf --font 仿宋.ttf": "--font 要写成“名称=内容”，写的是“仿宋.ttf”",
		"serve extra": "多了“extra”",
		"-x":          "没有参数 -x",
	} {
		said, code := told(t, nil, strings.Fields(typed)...)
		if code != int(exitUnusable) || !strings.Contains(said, want) || !strings.Contains(said, "--help") || strings.Contains(said, `"`) {
			t.Errorf("chengqi %s：%d %s", typed, code, said)
		}
	}
}

// What the library says of its own accord is all translated: no sentence of it is left in any help.
func Test每条命令的用法都是中文(t *testing.T) {
	english := regexp.MustCompile(`Usage|Flags|Commands|Arguments|Show |Run "|STRING|\[flags\]|<command>|\(\$`)
	_, parser, err := grammar(&configFile{})
	if err != nil {
		t.Fatal(err)
	}
	pages := [][]string{{"--help"}}
	for _, leaf := range parser.Model.Leaves(true) {
		pages = append(pages, append(strings.Fields(leaf.FullPath())[1:], "--help"))
	}
	if len(pages) < 18 {
		t.Fatalf("只找到 %d 条命令", len(pages))
	}
	for _, page := range pages {
		said, code := told(t, nil, page...)
		if code != 0 || !strings.HasPrefix(said, "用法：chengqi") || english.MatchString(said) {
			t.Errorf("%v：%d\n%s", page, code, said)
		}
	}
	if said, code := told(t, nil); code != int(exitUnusable) || !strings.Contains(said, "命令：") {
		t.Errorf("什么也不写：%d %s", code, said)
	}
}

// A wrong path is not made into an empty office that is then found in order.
func Test路径写错不会当成空的机关(t *testing.T) {
	for _, typed := range []string{"verify", "people", "backup --to x.zip", "reindex", "reindex --check", "account 9001", "new-key", "migrate --check"} {
		nowhere := filepath.Join(t.TempDir(), "没有")
		said, code := told(t, nil, append(strings.Fields(typed), "--data", nowhere)...)
		if code != 1 || !strings.Contains(said, "还没有数据库，请看 --data 写得对不对") {
			t.Errorf("%s：%d %s", typed, code, said)
		}
		if _, err := os.Stat(nowhere); err == nil {
			t.Errorf("%s 建了 %s", typed, nowhere)
		}
	}
}

// With a configuration that cannot be read a command would work on another office than the one that is meant.
func Test配置读不出的什么都不做(t *testing.T) {
	for _, text := range []string{"data = \n", "dta = \"/x\"\n"} {
		file := configured(t, 0o600, text)
		for _, typed := range []string{"verify", "setup --agency 机关", "migrate"} {
			if said, code := told(t, nil, append(strings.Fields(typed), "--config", file)...); code != 1 || !strings.Contains(said, "配置有 1 处问题，没有执行") {
				t.Errorf("%s：%d %s", typed, code, said)
			}
		}
		if said, code := told(t, nil, "version", "--config", file); code != 0 || !strings.HasPrefix(said, "承启 ") {
			t.Errorf("与机关无关的命令：%d %s", code, said)
		}
	}
}

// systemd is told when the office can be used and when it is being closed.
func Test启动好了和停下时告诉systemd(t *testing.T) {
	address := filepath.Join(t.TempDir(), "notify")
	ear, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: address, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer ear.Close()
	t.Setenv(notifySocket, address)
	p := serving(t)
	if code := p.stop(); code != 0 {
		t.Errorf("退出码 %d", code)
	}
	for _, want := range []string{"READY=1", "STOPPING=1"} {
		word := make([]byte, 64)
		if err := ear.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
			t.Fatal(err)
		}
		n, err := ear.Read(word)
		if err != nil || string(word[:n]) != want {
			t.Errorf("应当说 %s：%q %v", want, word[:n], err)
		}
	}
}

// An older program would read newer tables wrongly: it neither serves nor saves them.
func Test旧程序不碰升级过的数据库(t *testing.T) {
	p := prepared(t)
	a := p.open()
	err := a.DB.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, TRUE)`)
		return err
	})
	if err := errors.Join(err, a.Close()); err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{"serve --listen 127.0.0.1:0", "verify", "people", "migrate", "migrate --check", "setup --agency 某机关", "config check"} {
		env := []string{"CHENGQI_DATA=" + p.data}
		if p.dsn != "" {
			env = append(env, "CHENGQI_DB="+p.dsn)
		}
		if said, code := told(t, env, strings.Fields(typed)...); code != 1 || !strings.Contains(said, "数据库已由更新版本的程序升级过") {
			t.Errorf("%s：%d %s", typed, code, said)
		}
	}
}
