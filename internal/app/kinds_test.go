package app_test

import (
	"go/ast"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	"github.com/chengqi-oa/chengqi/procedures"
	rules "github.com/chengqi-oa/chengqi/rulebook"
)

// The office's daily matters are definitions and nothing else: no line of Go or of the interface is written for one of
// them. What they have in common is offered to every definition under a name.

// daily are the folders of the kinds that are text alone.
var daily = []string{"affairs", "logistics", "secrecy", "supervision"}

// shared 通用效果 are what any definition may call, an office's own as well: each is about time, stock, people or
// numbers, not about a kind.
var shared = map[string]string{
	"number":        "取号",
	"book":          "订用时间不重叠",
	"vacant":        "订用时间先看有没有人订",
	"release":       "退订",
	"stock-in":      "入库",
	"stock-out":     "出库，不会成为负数",
	"stock-count":   "盘点",
	"stock-adjust":  "盘点调整",
	"stock-balance": "账面数",
	"away":          "外出期间由代理人办理",
	"back":          "回来",
	"none-at":       "上一件未了不办新的",
	"gather":        "从别的簿汇集",
	"follow":        "所引的事项随之办",
	"draw":          "从登记在册的事物中抽样",
}

func dailyKinds(t *testing.T) []*engine.Procedure {
	t.Helper()
	clauses, err := rulebook.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	catalogue, faults := engine.Load(engine.Proof{Rules: clauses, Effects: engine.WithBuiltIn(office.Effects(file.Store{}))}, procedures.Files)
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	of := regexp.MustCompile(`(?m)^kind:\s*([a-z0-9-]+)`)
	var all []*engine.Procedure
	for _, folder := range daily {
		names, err := fs.Glob(procedures.Files, folder+"/*.yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(procedures.Files, name)
			if err != nil {
				t.Fatal(err)
			}
			m := of.FindSubmatch(text)
			if m == nil || catalogue.Kind(string(m[1])) == nil {
				t.Fatalf("%s 的代号读不出来", name)
			}
			all = append(all, catalogue.Kind(string(m[1])))
		}
	}
	if len(all) < 20 {
		t.Fatalf("只有 %d 种", len(all))
	}
	return all
}

// spoken finds a kind's key where it stands as a word of its own: whole, or as a part of an address.
func spoken(kind string) *regexp.Regexp {
	return regexp.MustCompile(`(^|[/:=])` + kind + `($|[/?&:])`)
}

func Test_日常事务没有专门的Go代码(t *testing.T) {
	kinds := dailyKinds(t)
	all := sources(t)
	for _, p := range kinds {
		key := spoken(p.Kind)
		for _, s := range all {
			if !within(s.pkg, "internal") && !within(s.pkg, "cmd") || within(s.pkg, "internal/app/demo") {
				continue
			}
			ast.Inspect(s.file, func(n ast.Node) bool {
				lit, is := n.(*ast.BasicLit)
				if !is || lit.Kind != token.STRING {
					return true
				}
				text, err := strconv.Unquote(lit.Value)
				if err == nil && (key.MatchString(text) || text == p.Name) {
					t.Errorf("%s 专门说到“%s”（%s）：%s", s.set.Position(lit.Pos()), p.Name, p.Kind, lit.Value)
				}
				return true
			})
		}
	}
}

func Test_日常事务只用通用效果(t *testing.T) {
	used := map[string]bool{}
	for _, p := range dailyKinds(t) {
		actions := slices.Clone(p.Always)
		for _, s := range p.Steps {
			actions = append(actions, s.Actions...)
		}
		for _, a := range actions {
			for _, call := range a.Do {
				used[call.Name] = true
				if shared[call.Name] == "" {
					t.Errorf("“%s·%s”用了效果 %s：它若是通用的，请写明给谁用；若是专门的，请改用定义", p.Name, a.Name, call.Name)
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(shared)) {
		if _, there := office.Effects(file.Store{})[name]; !there && name != engine.NumberEffect {
			t.Errorf("没有效果 %s 了", name)
		}
	}
	if len(used) < 5 {
		t.Errorf("只用到 %d 个效果，读法该改了", len(used))
	}
}

var (
	quoted    = regexp.MustCompile("'([^'\n]*)'|`([^`]*)`")
	attribute = regexp.MustCompile(`(?:^|\s)([@:#\w.-]+)="([^"]*)"`)
	double    = regexp.MustCompile(`"([^"\n]*)"`)
)

// wordsOf are the texts of a file of the interface that name something: string literals, and attributes that are no
// expressions. A handler called leave is not the kind leave.
func wordsOf(name, text string) []string {
	var out []string
	add := func(found [][]string) {
		for _, m := range found {
			out = append(out, m[1:]...)
		}
	}
	add(quoted.FindAllStringSubmatch(text, -1))
	if !strings.HasSuffix(name, ".vue") {
		add(double.FindAllStringSubmatch(text, -1))
		return out
	}
	for _, m := range attribute.FindAllStringSubmatch(text, -1) {
		if !strings.ContainsAny(m[1][:1], "@:#") && !strings.HasPrefix(m[1], "v-") {
			out = append(out, m[2])
		}
	}
	return out
}

func Test_日常事务没有专门的界面(t *testing.T) {
	kinds := dailyKinds(t)
	files := 0
	err := filepath.WalkDir(filepath.Join(root, "ui/src"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Contains(name, ".test.") || !strings.HasSuffix(name, ".vue") && !strings.HasSuffix(name, ".ts") {
			return err
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files++
		words := wordsOf(name, string(raw))
		for _, p := range kinds {
			key := spoken(p.Kind)
			if i := slices.IndexFunc(words, func(w string) bool { return key.MatchString(w) || w == p.Name }); i >= 0 {
				t.Errorf("%s 专门说到“%s”（%s）：%s", name, p.Name, p.Kind, words[i])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 100 {
		t.Errorf("只看了 %d 个文件", files)
	}
}

func Test_写死某一种会被发现(t *testing.T) {
	for _, c := range []struct {
		name, text string
		found      bool
	}{
		{"A.vue", `<button @click="leave">`, false},
		{"A.vue", `<Form kind="leave" />`, true},
		{"A.vue", `<Link :to="'/registers/leave'" />`, true},
		{"a.ts", "if (kind === 'leave') return", true},
		{"a.ts", `const path = "/new/leave?from=home"`, true},
		{"a.ts", "import { leave } from './idle'", false},
		{"a.ts", "http.get(`/things/${kind}`)", false},
	} {
		found := slices.ContainsFunc(wordsOf(c.name, c.text), spoken("leave").MatchString)
		if found != c.found {
			t.Errorf("%s：%v", c.text, found)
		}
	}
}
