package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// told runs the program with an environment of its own and gives what it says and its exit code.
func told(t *testing.T, env []string, args ...string) (string, int) {
	t.Helper()
	cmd := command(t, env, args...)
	cmd.Dir = t.TempDir()
	out, _ := cmd.CombinedOutput()
	return string(out), cmd.ProcessState.ExitCode()
}

func configured(t *testing.T, mode os.FileMode, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "chengqi.toml")
	if err := os.WriteFile(file, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, mode); err != nil {
		t.Fatal(err)
	}
	return file
}

func Test配置检查把全部问题一次列出(t *testing.T) {
	open := filepath.Join(t.TempDir(), "敞开的")
	if err := os.Mkdir(open, 0o755); err != nil {
		t.Fatal(err)
	}
	file := configured(t, 0o644, `# 试验
data = "`+open+`"
listne = "127.0.0.1:8080"
log = "xml"
db = "postgres://u:Mima-5521@127.0.0.1:1/none?connect_timeout=1"

[log_]
whatever = 1
`)
	said, code := told(t, nil, "config", "check", "--config", file)
	if code != 1 {
		t.Errorf("退出码 %d", code)
	}
	for _, word := range []string{
		"第 3 行：没有“listne”这项配置，是不是“listen”", "第 4 行：log 的值不对", "log 只能是 text、json，写的是“xml”", "里有密码", "chmod 600", "第 8 行",
		"chmod 700", "数据库连不上", "配置有 6 处问题",
	} {
		if !strings.Contains(said, word) {
			t.Errorf("没有说“%s”：\n%s", word, said)
		}
	}
	file = configured(t, 0o600, `data = "`+open+`"
listen = "8080"
db = "postgres://u:Mima-5521@127.0.0.1:1/none?connect_timeout=1"
`)
	said, _ = told(t, nil, "config", "check", "--config", file)
	for _, word := range []string{"listen：“8080”", "chmod 700", "数据库连不上", "配置有 3 处问题"} {
		if !strings.Contains(said, word) {
			t.Errorf("没有说“%s”：\n%s", word, said)
		}
	}
	if strings.Contains(said, "Mima-5521") {
		t.Errorf("密码说了出来：%s", said)
	}
	said, code = told(t, nil, "config", "check", "--config", configured(t, 0o600, "data = \n"))
	if code != 1 || !strings.Contains(said, "第 1 行第 8 个字：等号后面没有写内容") {
		t.Errorf("写坏的文件：%d %s", code, said)
	}
	said, code = told(t, nil, "config", "check", "--config", "/没有这个文件")
	if code != 1 || !strings.Contains(said, "读不出：没有这个文件") {
		t.Errorf("没有的文件：%d %s", code, said)
	}
	said, code = told(t, []string{"CHENGQI_LOG=xml", "CHENGQI_REQUESTS_PER_SECOND=多", "CHENGQI_LDAP_STARTTLS=也许", "CHENGQI_TRUSTED_PROXIES=网关"}, "config", "check", "--config",
		configured(t, 0o600, `data = "/没有/这里"
listen = "127.0.0.1:八零"
files = "/没有挂上的"
key-file = "/没有/钥匙"
oidc-issuer = "https://sso.example"
ldap-url = "ldap://ldap.example"
db = "mysql://x"
`))
	for _, word := range []string{
		"环境变量 CHENGQI_LOG 的值不对", "环境变量 CHENGQI_REQUESTS_PER_SECOND 的值不对：--requests-per-second 要写数，写的是“多”", "环境变量 CHENGQI_LDAP_STARTTLS",
		"trusted-proxies：可信代理“网关”", "data：上一级文件夹 /没有 不存在", "listen：“127.0.0.1:八零”", "files：/没有挂上的", "key-file：上一级文件夹",
		"没有填客户端标识", "ldap://", "db：数据库地址应以", "配置有 11 处问题",
	} {
		if code != 1 || !strings.Contains(said, word) {
			t.Errorf("%d 没有说“%s”：\n%s", code, word, said)
		}
	}
	if said, code = told(t, nil, "config", "check"); code != 0 {
		t.Errorf("没有配置文件也可以：%d %s", code, said)
	}
}

// A storage that says no is a fault; one that does not answer keeps no office from starting.
func Test配置检查试一试对象存储(t *testing.T) {
	storage := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, "<Error><Code>NoSuchBucket</Code></Error>")
	}))
	defer storage.Close()
	env := []string{"CHENGQI_FILES=s3://office/附件", "CHENGQI_S3_KEY=k", "CHENGQI_S3_SECRET=Mima-5521"}
	said, code := told(t, append(env, "CHENGQI_S3_ENDPOINT="+storage.URL), "config", "check")
	if code != 1 || !strings.Contains(said, "files：对象存储里没有桶“office”") {
		t.Errorf("没有桶：%d %s", code, said)
	}
	said, code = told(t, append(env, "CHENGQI_S3_ENDPOINT=http://127.0.0.1:1"), "config", "check")
	if code != 0 || !strings.Contains(said, "提醒：files：对象存储 127.0.0.1:1 ") || !strings.Contains(said, "附件要等它恢复") || !strings.Contains(said, "配置没有问题") {
		t.Errorf("没有开：%d %s", code, said)
	}
	said, code = told(t, append(env[:2:2], "CHENGQI_S3_ENDPOINT=存储"), "config", "check")
	if code != 1 || !strings.Contains(said, "CHENGQI_S3_SECRET") || !strings.Contains(said, "https://") || strings.Contains(said, "Mima") {
		t.Errorf("没有写全：%d %s", code, said)
	}
}

func Test配置检查试一试登录要用的服务(t *testing.T) {
	other := httptest.NewServer(http.NotFoundHandler())
	defer other.Close()
	odd := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"issuer":"https://another.example"}`)
	}))
	defer odd.Close()
	for issuer, want := range map[string]string{
		other.URL: "没有公布统一身份认证的配置", odd.URL: "一字不差", "http://127.0.0.1:1": "没有服务在听", "https://sso.invalid": "sso.invalid",
	} {
		said, code := told(t, []string{
			"CHENGQI_PUBLIC_URL=https://oa.example", "CHENGQI_OIDC_CLIENT=chengqi", "CHENGQI_OIDC_ISSUER=" + issuer,
			"CHENGQI_LDAP_URL=ldap://127.0.0.1:1", "CHENGQI_LDAP_STARTTLS=true", "CHENGQI_LDAP_TEMPLATE=uid={工号}",
		}, "config", "check")
		for _, word := range []string{"提醒：oidc：统一身份认证 " + issuer, want, "提醒：ldap：目录服务 ldap://127.0.0.1:1：那里没有服务在听", "三员用本系统的密码进得来"} {
			if code != 0 || !strings.Contains(said, word) {
				t.Errorf("%s：%d 没有说“%s”：\n%s", issuer, code, word, said)
			}
		}
	}
}

func Test命令行先于环境变量先于配置文件(t *testing.T) {
	file := configured(t, 0o600, "listen = \"127.0.0.1:1111\"\n[log]\nlevel = \"warn\"\n")
	said, code := told(t, []string{"CHENGQI_LISTEN=127.0.0.1:2222", "CHENGQI_DB=postgres://u:Mima-5521@h/d"}, "config", "show", "--config", file)
	if code != 0 {
		t.Fatalf("%d %s", code, said)
	}
	for _, line := range []string{
		`listen\s+= 127.0.0.1:2222\s+# 环境变量 CHENGQI_LISTEN`, `log-level\s+= warn\s+# 配置文件第 3 行`, `log\s+= text\s+# 默认`, `db\s+= postgres://u:xxxxx@h/d`,
	} {
		if !regexp.MustCompile(line).MatchString(said) {
			t.Errorf("没有“%s”：\n%s", line, said)
		}
	}
	if strings.Contains(said, "Mima-5521") {
		t.Errorf("密码说了出来：%s", said)
	}
	// The command line before all: the address is one that cannot be listened on, and it is the one complained of.
	said, _ = told(t, []string{"CHENGQI_LISTEN=127.0.0.1:2222"}, "serve", "--config", file, "--listen", "203.0.113.1:3333")
	if !strings.Contains(said, "203.0.113.1:3333") {
		t.Errorf("命令行没有优先：%s", said)
	}
}

// A setting misspelt would silently not be in force.
func Test配置写错名字就不启动(t *testing.T) {
	said, code := told(t, nil, "serve", "--config", configured(t, 0o600, "lisetn = \"127.0.0.1:1\"\n"))
	if code == 0 || !strings.Contains(said, "是不是“listen”") {
		t.Errorf("%d %s", code, said)
	}
}

// The sample in the manual names every setting there is, with its default, and nothing else.
func Test样本配置与程序一致(t *testing.T) {
	raw, err := os.ReadFile("../../docs/admin/chengqi.toml")
	if err != nil {
		t.Fatal(err)
	}
	_, parser, err := grammar(&configFile{})
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	usual := map[string]string{}
	for _, f := range serveFlags(parser) {
		want = append(want, f.Name)
		usual[f.Name] = f.Default
	}
	all := regexp.MustCompile(`(?m)^(?:# ?)?([a-z][a-z0-9-]*) = (.*)$`).FindAllStringSubmatch(string(raw), -1)
	plain := []string{}
	for _, m := range all {
		got = append(got, m[1])
		plain = append(plain, m[1]+" = "+m[2])
		if shown := strings.Trim(m[2], `"`); usual[m[1]] != "" && m[1] != "data" && shown != usual[m[1]] {
			t.Errorf("样本里 %s 写的是 %s，不写时用的是 %s", m[1], shown, usual[m[1]])
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		t.Errorf("样本里有 %v\n程序里有 %v", got, want)
	}
	file := configured(t, 0o600, strings.Join(plain, "\n")+"\n")
	read := readConfig([]string{"--config", file})
	if faults := append(append(read.faults, read.strangers()...), read.misfits()...); len(faults) > 0 {
		t.Errorf("样本去掉注释后有错：%v", faults)
	}
}

// The unit starts the program with flags that exist, and is locked up.
func Test服务单元与程序一致(t *testing.T) {
	raw, err := os.ReadFile("../../deploy/chengqi.service")
	if err != nil {
		t.Fatal(err)
	}
	unit := string(raw)
	_, parser, err := grammar(&configFile{})
	if err != nil {
		t.Fatal(err)
	}
	commands := regexp.MustCompile(`(?m)^Exec\w+=\S*/chengqi (.+)$`).FindAllStringSubmatch(unit, -1)
	if len(commands) < 2 {
		t.Fatal("单元里没有启动的命令")
	}
	for _, c := range commands {
		if _, err := parser.Parse(strings.Fields(c[1])); err != nil {
			t.Errorf("“chengqi %s”：%v", c[1], err)
		}
	}
	for _, line := range []string{
		"User=chengqi", "StateDirectory=chengqi", "StateDirectoryMode=0700", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes",
		"NoNewPrivileges=yes", "CapabilityBoundingSet=", "UMask=0077", "Restart=on-failure",
	} {
		if !slices.Contains(strings.Split(unit, "\n"), line) {
			t.Errorf("单元里没有 %s", line)
		}
	}
	m := regexp.MustCompile(`(?m)^TimeoutStopSec=(\d+)$`).FindStringSubmatch(unit)
	if m == nil || m[1] <= "30" {
		t.Error("停止的时限要比程序自己的长")
	}
}

// Every command the manual shows can be typed as it stands.
func Test管理手册里的命令都打得出来(t *testing.T) {
	pages, err := filepath.Glob("../../docs/admin/*.md")
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, page := range pages {
		raw, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		typed := regexp.MustCompile(`(?m)^    +(?:sudo -u chengqi )?chengqi +([a-z].*?)(?: {2,}#.*)?$`).FindAllStringSubmatch(string(raw), -1)
		typed = append(typed, regexp.MustCompile("`chengqi ([a-z][^`]* --[^`]*)`").FindAllStringSubmatch(string(raw), -1)...)
		for _, m := range typed {
			if strings.Contains(m[1], "…") && !strings.Contains(m[1], "://…") {
				continue // not meant to be typed as it stands
			}
			_, parser, err := grammar(&configFile{})
			if err != nil {
				t.Fatal(err)
			}
			tried++
			if _, err := parser.Parse(strings.Fields(m[1])); err != nil {
				t.Errorf("%s：“chengqi %s”：%v", filepath.Base(page), m[1], err)
			}
		}
	}
	if tried < 15 {
		t.Errorf("只找到 %d 条命令，查找的办法该改了", tried)
	}
}
