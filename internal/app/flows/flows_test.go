package flows

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	"github.com/chengqi-oa/chengqi/procedures"
	rules "github.com/chengqi-oa/chengqi/rulebook"
)

var update = flag.Bool("update", false, "write docs/flows anew")

const folder = "../../../docs/flows"

func pages(t *testing.T) map[string]string {
	t.Helper()
	clauses, err := rulebook.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	effects := engine.WithBuiltIn(office.Effects(file.Store{}))
	catalogue, faults := engine.Load(engine.Proof{Rules: clauses, Effects: effects}, procedures.Files)
	for _, f := range faults {
		t.Errorf("办理程序：%s", f)
	}
	if len(faults) > 0 {
		t.FailNow()
	}
	out := map[string]string{"README.md": Index(catalogue.All())}
	for _, p := range catalogue.All() {
		out[p.Kind+".md"] = Page(p, clauses)
	}
	return out
}

func Test_流程图册与定义一致(t *testing.T) {
	want := pages(t)
	if *update {
		write(t, want)
	}
	have, err := filepath.Glob(filepath.Join(folder, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range have {
		if _, known := want[filepath.Base(path)]; !known {
			t.Errorf("%s 没有对应的办理程序，用 make flows 重画", filepath.Base(path))
		}
	}
	for name, text := range want {
		stored, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil || string(stored) != text {
			t.Errorf("docs/flows/%s 与定义不一致，用 make flows 重画", name)
		}
	}
}

func write(t *testing.T, want map[string]string) {
	t.Helper()
	old, err := filepath.Glob(filepath.Join(folder, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range old {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range want {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func Test_表达式说成办公室的话(t *testing.T) {
	all := pages(t)
	for kind, says := range map[string][]string{
		"incoming.md":    {"收文文书", "收文机关的办公室主任", "主办单位负责人", "“承办”的经办人", "送批领导，按名次（都要办）", "DOC-IN-06"},
		"circulation.md": {"现阅文人", "收文文书"},
	} {
		page := all[kind]
		for _, text := range says {
			if !strings.Contains(page, text) {
				t.Errorf("%s 里没有“%s”", kind, text)
			}
		}
	}
}
