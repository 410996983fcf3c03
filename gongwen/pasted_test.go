package gongwen

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what is recognised as the expected result")

// TestPasted 粘贴的文字: the parts of text as it comes from web pages, chats and old files are recognised.
func TestPasted(t *testing.T) {
	files, err := filepath.Glob("testdata/pasted/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("没有样例", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		wanted := strings.TrimSuffix(file, ".txt") + ".want"
		got := Format(Parse(string(text)))
		if *update {
			if err := os.WriteFile(wanted, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(wanted)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s识别为：\n%s\n应为：\n%s", file, got, want)
		}
	}
}
