package app_test

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	rules "github.com/chengqi-oa/chengqi/rulebook"
)

// The guide for writing definitions promises every word with its meaning; it is held to the engine.

func document(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// definitionWords gathers the words a definition may use, from the types it is read into.
func definitionWords(of reflect.Type, into map[string]bool) {
	for of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	if of.Kind() != reflect.Struct {
		return
	}
	for i := range of.NumField() {
		tag := of.Field(i).Tag.Get("yaml")
		if tag == "" || tag == "-" || into[tag] {
			continue
		}
		into[tag] = true
		definitionWords(of.Field(i).Type, into)
	}
}

// scopeNames are the names and functions that expressions see.
func scopeNames(t *testing.T) []string {
	t.Helper()
	var names []string
	for _, w := range engine.Words() {
		if w.Of == "expression" {
			names = append(names, w.Word)
		}
	}
	if len(names) < 30 {
		t.Fatalf("只找到 %d 个名字，查找的办法该改了", len(names))
	}
	return names
}

func Test_定义的每个词在指南里都有说明(t *testing.T) {
	guide := document(t, "docs/guide/procedures.md")
	words := map[string]bool{}
	definitionWords(reflect.TypeOf(engine.Procedure{}), words)
	for _, name := range scopeNames(t) {
		words[name] = true
	}
	for word := range words {
		spoken := regexp.MustCompile("`" + word + "(:[^`]*)?`|(?m:^[ -]*" + word + ":)|[{,] ?" + word + ":")
		if !spoken.MatchString(guide) {
			t.Errorf("docs/guide/procedures.md 没有说到 %s", word)
		}
	}
}

func Test_指南里的完整例子能用(t *testing.T) {
	clauses, err := rulebook.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	proof := engine.Proof{Rules: clauses, Effects: engine.WithBuiltIn(office.Effects(file.Store{}))}
	common := document(t, "procedures/common.yaml")
	for _, guide := range []string{"docs/guide/procedures.md", "docs/guide/own-register.md"} {
		parts := strings.Split(document(t, guide), "<!-- 检查：完整 -->\n```yaml\n")
		if len(parts) < 2 {
			t.Errorf("%s 里没有完整的例子", guide)
		}
		for _, part := range parts[1:] {
			text, _, _ := strings.Cut(part, "```")
			p, faults := engine.Parse(proof, guide, common, text)
			for _, f := range faults {
				t.Errorf("%s", f)
			}
			if p != nil && len(p.Steps) < 2 {
				t.Errorf("%s 的例子没有读全", guide)
			}
		}
	}
}
