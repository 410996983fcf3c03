package gongwen_test

import (
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
	"github.com/chengqi-oa/chengqi/gongwen/lint"
)

func Test工作秘密印在左上角不带密级符号(t *testing.T) {
	doc := gongwen.Parse("版式：公文\n工作秘密：是\n紧急程度：加急\n发文机关：临溪县人民政府\n发文字号：临政发〔2026〕12号\n标题：关于人事工作的通知\n\n现通知如下。\n署名：临溪县人民政府\n日期：2026年3月5日\n")
	if !doc.WorkSecret || !doc.Secrecy.IsZero() || !gongwen.Parse(gongwen.Format(doc)).WorkSecret {
		t.Fatalf("读成 %+v", doc)
	}
	if pasted := gongwen.Parse("工作秘密\n加急\n临溪县人民政府文件\n临政发〔2026〕12号\n关于人事工作的通知\n各乡镇人民政府：\n现通知如下。\n临溪县人民政府\n2026年3月5日\n"); !pasted.WorkSecret || pasted.Urgency != "加急" {
		t.Errorf("粘贴来的读成 %+v", pasted)
	}
	var mark, urgency layout.Run
	for _, r := range layout.Lay(doc, font.Embedded(), layout.Options{})[0].Runs {
		switch r.Element {
		case layout.WorkSecret:
			mark = r
		case layout.Urgency:
			urgency = r
		}
		if strings.Contains(r.Text(), "★") {
			t.Errorf("印出了密级符号：%s", r.Text())
		}
	}
	if mark.Font == nil || mark.Text() != "工作秘密" || mark.Role != font.Hei || mark.Left() != urgency.Left() || mark.Y >= urgency.Y {
		t.Errorf("工作秘密印成 %+v，紧急程度在 %v", mark, urgency.Y)
	}
	for _, f := range lint.Check(doc, lint.Options{WorkSecret: true}) {
		if f.ID == "C009" || f.ID == "H024" {
			t.Errorf("标明了的还说 %s", f.Message)
		}
	}
	open := false
	for _, f := range lint.Check(doc, lint.Options{WorkSecret: true, Publicity: "主动公开"}) {
		open = open || f.ID == "C003"
	}
	if !open {
		t.Error("主动公开的公文带工作秘密标识，没有指出")
	}
}
