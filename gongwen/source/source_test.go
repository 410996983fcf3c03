package source_test

import (
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/docx"
	"github.com/chengqi-oa/chengqi/gongwen/source"
)

const notice = "版式：公文\n发文机关：临溪县人民政府\n标题：临溪县人民政府关于做好防汛工作的通知\n主送：各乡镇人民政府\n\n现将有关事项通知如下。\n\n日期：2026年3月5日\n"

func TestReadTellsTheForm(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(notice)
	if err != nil {
		t.Fatal(err)
	}
	word, err := docx.Write(gongwen.Parse(notice), docx.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, data string
		form       source.Form
	}{
		{"UTF-8", notice, source.Text},
		{"GB 18030", gbk, source.Text},
		{"UTF-16", "\xFF\xFE\x07\x68\x98\x98\x1a\xff\x73\x51\x8e\x4e", source.Text},
		{"DOCX", string(word), source.DOCX},
		{"JSON", `{"title": "关于防汛的通知"}`, source.JSON},
	} {
		f, err := source.Read([]byte(c.data))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if f.Form != c.form || !strings.Contains(f.Doc.Title, "关于") {
			t.Errorf("%s: form %d, title %q", c.name, f.Form, f.Doc.Title)
		}
	}
}

func TestReadSaysWhyNot(t *testing.T) {
	exe, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	for data, want := range map[string]string{
		"%PDF-1.7": "PDF不能导入", `{\rtf1`: "RTF不能导入", "  \n": "没有文字", "PK\x03\x04": "DOCX", "\xD0\xCF\x11\xE0": "另存为DOCX", "{": "JSON有误",
		string(exe[:4096]): "不是文本",
	} {
		if _, err := source.Read([]byte(data)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.12q: %v, want %s", data, err, want)
		}
	}
}
