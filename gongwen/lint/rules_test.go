package lint

import (
	"os"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// example is a text that breaks a rule and one that does not.
type example struct{ id, bad, good string }

const typicalTitle = "临溪县人民政府办公室关于加强管理的通知"

// asDocument puts a sentence where the rule looks for it: titles and numbers in their place, all else in the
// body of an ordinary notice.
func asDocument(id, sentence string) string {
	switch first(id) {
	case 'T':
		return "版式：公文\n标题：" + sentence + "\n\n现将有关事项通知如下：\n"
	case 'H':
		return "版式：公文\n发文字号：" + sentence + "\n标题：" + typicalTitle + "\n\n现将有关事项通知如下：\n"
	}
	return "版式：公文\n标题：" + typicalTitle + "\n\n" + sentence + "\n"
}

func examples(t *testing.T) []example {
	t.Helper()
	var out []example
	for _, line := range lines(t, "testdata/sentences.tsv") {
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			t.Fatalf("want three columns: %q", line)
		}
		out = append(out, example{f[0], asDocument(f[0], f[1]), asDocument(f[0], f[2])})
	}
	text := strings.Join(lines(t, "testdata/documents.txt"), "\n")
	for _, c := range strings.Split(text, "\n=== ")[1:] {
		id, rest, _ := strings.Cut(c, "\n")
		bad, good, ok := strings.Cut(rest, "\n---\n")
		if !ok {
			t.Fatalf("case %s has no second document", id)
		}
		out = append(out, example{id, asPasted(bad), asPasted(good)})
	}
	return out
}

func lines(t *testing.T, name string) []string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}

func asPasted(s string) string { return strings.TrimPrefix(s, "# 原稿\n") }

func raised(findings []Finding, id string) *Finding {
	for i := range findings {
		if findings[i].ID == id {
			return &findings[i]
		}
	}
	return nil
}

func TestEachRuleByExample(t *testing.T) {
	for _, e := range examples(t) {
		t.Run(e.id, func(t *testing.T) {
			doc, found := CheckText(e.bad, Options{})
			f := raised(found, e.id)
			if f == nil {
				t.Errorf("not found in:\n%s\nread as %+v", e.bad, doc)
				return
			}
			if f.Message == "" || f.Basis == "" {
				t.Errorf("no explanation: %+v", f)
			}
			if _, found := CheckText(e.good, Options{}); raised(found, e.id) != nil {
				t.Errorf("false alarm %v in:\n%s", raised(found, e.id), e.good)
			}
		})
	}
}

// Whatever is corrected must be gone, and nothing else may have come in its place.
func TestCertainCorrectionsHold(t *testing.T) {
	for _, e := range examples(t) {
		doc := gongwen.Parse(e.bad)
		before := Check(doc, Options{})
		fixed, n := Fix(doc, before)
		after := Check(fixed, Options{})
		f := raised(before, e.id)
		if f == nil || f.Fix == nil {
			continue
		}
		if n == 0 {
			t.Errorf("%s: nothing applied of %v", e.id, f)
		}
		if g := raised(after, e.id); g != nil && len(after) >= len(before) {
			t.Errorf("%s: still there after the correction: %v", e.id, g)
		}
		for _, g := range after {
			if raised(before, g.ID) == nil {
				t.Errorf("%s: the correction brought %v", e.id, g)
			}
		}
		if again := Check(doc, Options{}); len(again) != len(before) {
			t.Errorf("%s: Fix changed the document it was given", e.id)
		}
	}
}

func TestEveryRuleHasAnExample(t *testing.T) {
	covered := map[string]bool{}
	for _, e := range examples(t) {
		covered[e.id] = true
	}
	for _, c := range optionCases() {
		covered[c.id] = true
	}
	for _, c := range layoutCases() {
		covered[c.id] = true
	}
	seen := map[string]bool{}
	for _, r := range Rules() {
		if seen[r.ID] {
			t.Errorf("%s stands twice", r.ID)
		}
		seen[r.ID] = true
		if !covered[r.ID] {
			t.Errorf("%s %s has no example", r.ID, r.Title)
		}
		if r.Title == "" || r.Basis == "" || r.Category == "" {
			t.Errorf("%s is not described: %+v", r.ID, r)
		}
	}
	if len(seen) < 360 {
		t.Errorf("only %d rules", len(seen))
	}
}

func first(id string) byte {
	if id == "" {
		return 0
	}
	return id[0]
}
