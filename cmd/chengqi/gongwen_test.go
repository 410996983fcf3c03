package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/lint"
)

// typed runs the command line and gives what it writes and its exit code.
func typed(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, fault bytes.Buffer
	var cli struct {
		Gongwen gongwenCmd `cmd:""`
	}
	parser, err := kong.New(&cli, kong.Writers(&out, &fault), kong.Exit(func(int) { t.Fatal("命令自行退出") }))
	if err != nil {
		t.Fatal(err)
	}
	command, err := parser.Parse(append([]string{"gongwen"}, args...))
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Run(); err != nil {
		var c exitCode
		if !errors.As(err, &c) {
			t.Fatal(err)
		}
		code = int(c)
	}
	return out.String(), fault.String(), code
}

const clean = `版式：公文
发文机关：临溪县人民政府
发文字号：临政发〔2026〕12号
标题：临溪县人民政府关于做好防汛工作的通知
主送：各乡镇人民政府，县政府各部门

为做好防汛工作，现将有关事项通知如下。
一、落实责任
各单位要落实值班制度，重要情况及时报告。

署名：临溪县人民政府
日期：2026年3月5日
印章：临溪县人民政府　45毫米
抄送：县委办公室
印发：临溪县人民政府办公室　2026年3月6日印发
`

func saved(t *testing.T, name string, data []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestCheckExitCodes(t *testing.T) {
	faulty := strings.Replace(clean, "〔2026〕12号", "[2026]012号", 1)
	var notWord bytes.Buffer
	z := zip.NewWriter(&notWord)
	if _, err := z.Create("a.txt"); err != nil {
		t.Fatal(err)
	}
	z.Close()
	for name, c := range map[string]struct {
		data []byte
		code int
	}{
		"没有问题":  {[]byte(clean), 0},
		"有问题":   {[]byte(faulty), 1},
		"空文件":   {nil, 2},
		"只有空格":  {[]byte(" \n　\n"), 2},
		"二进制":   {bytes.Repeat([]byte{0, 1, 2, 3, 0xFF}, 100), 2},
		"PDF":   {[]byte("%PDF-1.7"), 2},
		"RTF":   {[]byte(`{\rtf1\ansi}`), 2},
		"压缩包":   {notWord.Bytes(), 2},
		"坏JSON": {[]byte("{\"title\": 3"), 2},
	} {
		stdout, stderr, code := typed(t, "check", saved(t, "a", c.data))
		if code != c.code {
			t.Errorf("%s：退出码%d，应为%d\n%s%s", name, code, c.code, stdout, stderr)
		}
		if code == 2 && stderr == "" {
			t.Errorf("%s：没有说明原因", name)
		}
	}
	if _, _, code := typed(t, "check", filepath.Join(t.TempDir(), "无此文件")); code != 2 {
		t.Errorf("无此文件：退出码%d", code)
	}
}

func TestCheckAsJSON(t *testing.T) {
	faulty := strings.Replace(clean, "〔2026〕", "[2026]", 1)
	stdout, _, code := typed(t, "check", "--json", saved(t, "a.txt", []byte(faulty)))
	var got checked
	if err := json.Unmarshal([]byte(stdout), &got); err != nil || code != 1 {
		t.Fatalf("退出码%d，%v：%s", code, err, stdout)
	}
	found := false
	for _, f := range got.Findings {
		found = found || f.Place.Part == lint.Number && f.Message != "" && f.Basis != ""
	}
	if !found {
		t.Errorf("没有指出发文字号的括号：%s", stdout)
	}
	stdout, _, _ = typed(t, "check", "--json", saved(t, "b.txt", []byte(clean)))
	if !strings.Contains(stdout, `"findings": []`) {
		t.Errorf("没有问题时应为空列表：%s", stdout)
	}
}

func TestRulesAreListed(t *testing.T) {
	stdout, _, code := typed(t, "check", "--rules", "--json")
	var rules []lint.Rule
	if err := json.Unmarshal([]byte(stdout), &rules); err != nil || code != 0 || len(rules) != len(lint.Rules()) {
		t.Errorf("退出码%d，%d条规则，%v", code, len(rules), err)
	}
}

// Certain faults are corrected where they stand; what is left is told.
func TestFix(t *testing.T) {
	file := saved(t, "a.txt", []byte(strings.Replace(clean, "〔2026〕", "[2026]", 1)))
	stdout, _, code := typed(t, "check", "--fix", file)
	if code != 0 || !strings.Contains(stdout, "已改正") {
		t.Errorf("退出码%d：%s", code, stdout)
	}
	text, err := os.ReadFile(file)
	if err != nil || string(text) != string(gongwen.Format(gongwen.Parse(clean))) {
		t.Errorf("改正后为（%v）：\n%s", err, text)
	}
}

// Every format is written, and a document goes through DOCX and JSON and comes back.
func TestRenderAndParse(t *testing.T) {
	file := saved(t, "a.txt", []byte(clean))
	dir := t.TempDir()
	for suffix, begins := range map[string]string{
		"pdf": "%PDF", "ofd": "PK", "docx": "PK", "svg": "<svg", "txt": "版式", "json": "{",
	} {
		out := filepath.Join(dir, "a."+suffix)
		if _, stderr, code := typed(t, "render", file, "-o", out); code != 0 {
			t.Errorf("%s：退出码%d，%s", suffix, code, stderr)
		}
		data, err := os.ReadFile(out)
		if err != nil || !bytes.HasPrefix(data, []byte(begins)) {
			t.Errorf("%s：%v", suffix, err)
		}
	}
	for _, form := range []string{"docx", "json", "txt"} {
		stdout, _, code := typed(t, "parse", filepath.Join(dir, "a."+form))
		var d gongwen.Document
		if err := json.Unmarshal([]byte(stdout), &d); err != nil || code != 0 {
			t.Fatalf("%s：退出码%d，%v", form, code, err)
		}
		if d.Title != "临溪县人民政府关于做好防汛工作的通知" || d.Number != "临政发〔2026〕12号" || len(d.Body) != 3 || d.PrintDate != "2026年3月6日" {
			t.Errorf("%s读为%+v", form, d)
		}
	}
	if _, stderr, code := typed(t, "render", file, "-o", filepath.Join(dir, "a.xyz")); code != 2 || stderr == "" {
		t.Errorf("不认识的格式：退出码%d", code)
	}
}

// Older programs of offices write GB 18030.
func TestOlderEncoding(t *testing.T) {
	data, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(clean))
	if err != nil {
		t.Fatal(err)
	}
	stdout, _, code := typed(t, "parse", "--text", saved(t, "a.txt", data))
	if code != 0 || stdout != gongwen.Format(gongwen.Parse(clean)) {
		t.Errorf("退出码%d：%s", code, stdout)
	}
}

// An office sets documents in the fonts it has licensed.
func TestLicensedFont(t *testing.T) {
	file := saved(t, "a.txt", []byte(clean))
	out := filepath.Join(t.TempDir(), "a.pdf")
	own := "../../gongwen/font/files/FandolKai-Regular.otf"
	if _, stderr, code := typed(t, "render", file, "-o", out, "--font", "仿宋="+own); code != 0 {
		t.Fatalf("退出码%d：%s", code, stderr)
	}
	data, err := os.ReadFile(out)
	if err != nil || bytes.Contains(data, []byte("FandolFang")) || !bytes.Contains(data, []byte("FandolKai")) {
		t.Errorf("没有用指定的字体：%v", err)
	}
	if _, _, code := typed(t, "render", file, "-o", out, "--font", "隶书="+own); code != 2 {
		t.Errorf("不认识的用途：退出码%d", code)
	}
}
