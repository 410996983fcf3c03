package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func Test_样稿写进文件不覆盖已有的(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "key.yaml")
	c := newCmd{Kind: "key-loan", Name: "钥匙借用", Group: "后勤", Out: file}
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
	if err := c.Run(); err == nil || !strings.Contains(err.Error(), "没有覆盖") {
		t.Errorf("第二次写：%v", err)
	}
	catalogue, err := definitions(folder)
	if err != nil {
		t.Fatal(err)
	}
	if p := catalogue.Kind("key-loan"); p == nil || p.Group != "后勤" {
		t.Error("写出的定义没有读到")
	}
}

func Test_样稿不占用已有的代号(t *testing.T) {
	file := filepath.Join(t.TempDir(), "incoming.yaml")
	err := (&newCmd{Kind: "incoming", Name: "收文", Out: file}).Run()
	if err == nil || !strings.Contains(err.Error(), "收文办理") {
		t.Errorf("得到的是：%v", err)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("仍写了文件")
	}
}
