package engine_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
)

const plain = `name: NAME
group: 试验
title: subject
start: duty("staff")
fields:
  subject: {name: 事由, type: text}
steps:
  apply:
    name: 填写
    actions:
      submit: {name: 送出, to: closed, fields: [subject!]}
`

func folder(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{"common.yaml": {Data: []byte("fields: {}\nactions: {}\n")}}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// However the kind is written, the office's own definition takes the place of the shipped one.
func TestLaterFolderOverridesByKind(t *testing.T) {
	shipped := folder(map[string]string{"a.yaml": "kind: slip\n" + strings.Replace(plain, "NAME", "自带的", 1)})
	for _, head := range []string{"kind: slip\n", "kind: slip      # 代号\n", "kind: \"slip\"\n", "# 说明\nkind:   'slip' # 代号\r\n"} {
		own := folder(map[string]string{"own.yaml": head + strings.Replace(plain, "NAME", "本单位的", 1)})
		for range 10 { // the order of reading must not matter
			c, faults := engine.Load(engine.Proof{Rules: &rulebook.Rulebook{}}, shipped, own)
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			if len(c.All()) != 1 || c.Kind("slip").Name != "本单位的" {
				t.Fatalf("%q: %d definitions, the one in force is %s", head, len(c.All()), c.Kind("slip").Name)
			}
		}
	}
}

func TestOneFolderDefinesAKindOnce(t *testing.T) {
	both := folder(map[string]string{"a.yaml": "kind: slip\n" + plain, "b.yaml": "kind: slip # 又一个\n" + plain})
	_, faults := engine.Load(engine.Proof{Rules: &rulebook.Rulebook{}}, both)
	if len(faults) != 1 || faults[0].File != "b.yaml" || !strings.Contains(faults[0].Text, "a.yaml") {
		t.Errorf("%v", faults)
	}
}

// A common rate goes with the common action of its key; one without is a slip of the pen.
func TestACommonRateGoesWithItsAction(t *testing.T) {
	const common = "fields:\n  why: {name: 原因, type: text}\nactions:\n  mark: {name: 标明, to: stay, fields: why!}\nrates:\n  KEY: {name: 比例, by: name(starter_unit), when: not filled(why)}\n"
	taken := map[string]string{"slip.yaml": "kind: slip\nuse: [mark]\n" + plain}
	files := folder(taken)
	files["common.yaml"].Data = []byte(strings.Replace(common, "KEY", "mark", 1))
	c, faults := engine.Load(engine.Proof{Rules: &rulebook.Rulebook{}}, files)
	if len(faults) > 0 || len(c.Kind("slip").Rates) != 1 {
		t.Fatalf("%v", faults)
	}
	files["common.yaml"].Data = []byte(strings.Replace(common, "KEY", "marks", 1))
	if _, faults = engine.Load(engine.Proof{Rules: &rulebook.Rulebook{}}, files); len(faults) != 1 || !strings.Contains(faults[0].Text, "通用比率“marks”没有同代号的通用动作") {
		t.Errorf("told: %v", faults)
	}
}
