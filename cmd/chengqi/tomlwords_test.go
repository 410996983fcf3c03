package main

import (
	"regexp"
	"strings"
	"testing"
)

// Every slip an administrator is likely to make is told in Chinese, with its place and what to write instead.
func Test配置文件写坏了用中文说哪里怎么改(t *testing.T) {
	for text, want := range map[string]string{
		"data = \n":                              "第 1 行第 8 个字：等号后面没有写内容",
		"data = /var/lib/x\n":                    "第 1 行第 8 个字：等号后面的文字要放在英文双引号里",
		"ldap-starttls = True\n":                 "true、false（小写）",
		"log-level = warn\n":                     "英文双引号",
		"# 说明\ndata = \"/var\nlisten = \"1\"\n":  "第 2 行第 13 个字：引号没有成对",
		"data = 'x\n":                            "引号没有成对",
		"data = \"\"\"abc\n":                     "引号没有成对",
		"data = “/var”\n":                        "第 1 行第 8 个字：用了中文的 “ 号",
		"data ＝ \"/var\"\n":                      "用了中文的 ＝ 号",
		"data = \"/数据\" 说明\n":                    "第 1 行第 14 个字：内容后面多了东西",
		"listen = 127.0.0.1:8080\n":              "内容后面多了东西",
		"data = \"C:\\data\"\n":                  "反斜线",
		"data: \"/var\"\n":                       "英文的等号",
		"db postgres\n":                          "英文的等号",
		"数据 = \"a\"\n":                           "以配置的名字开头",
		"[log\nlevel = \"x\"\n":                  "方括号没有成对",
		"trusted-proxies = [\"a\" \"b\"]\n":      "英文逗号隔开",
		"trusted-proxies = [\"a\",\n":            "方括号要成对",
		"data = \"a\"\ndata = \"b\"\n":           "第 2 行第 1 个字：“data”写了两遍",
		"[ldap]\nurl = \"a\"\n[ldap]\nca = \"\"": "第 3 行第 2 个字：表“[ldap]”写了两遍",
		"log = \"a\"\n[log]\nlevel = \"x\"\n":    "“log”前面已经写成一项，不能再写成表；表里的各项请写成 log-某某",
		"data = \"\xff\xfe\"\n":                  "UTF-8 编码另存一遍",
		"data = \"a\x01\"\n":                     "控制字符",
		"requests-per-second = 010\n":            "数写得不对",
		"requests-per-second = 1_\n":             "数写得不对",
		"oidc-name = \"“统一”登录\n":                 "引号没有成对",
	} {
		said := strings.Join(readConfig([]string{"--config", configured(t, 0o600, text)}).faults, "\n")
		_, words, _ := strings.Cut(said, "chengqi.toml")
		if !strings.Contains(said, want) {
			t.Errorf("%q\n说的是：%s\n应当有：%s", text, said, want)
		}
		if english := regexp.MustCompile(`[a-z]{3,} [a-z]{2,}`).FindString(words); english != "" {
			t.Errorf("%q：露出英文“%s”：%s", text, english, said)
		}
	}
	if f := readConfig([]string{"--config", configured(t, 0o600, "\ufefflisten = \"127.0.0.1:1\"\r\n")}); len(f.faults) > 0 || f.values["listen"] != "127.0.0.1:1" {
		t.Errorf("Windows 记事本存的读不出：%v %v", f.faults, f.values)
	}
}
