package app_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each dependency has a line of why (CONTRIBUTING.md, Commits).

func dependencies(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{} // name → the file that asks for it
	for line := range strings.Lines(document(t, "go.mod")) {
		m := regexp.MustCompile(`^(?:require )?\s*([a-z][\w.-]*\.[\w./-]+) v\S+$`).FindStringSubmatch(strings.TrimRight(line, "\n"))
		if m != nil {
			all[m[1]] = "go.mod"
		}
	}
	for _, file := range []string{"ui/package.json", "e2e/package.json"} {
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		var pkg struct{ Dependencies, DevDependencies map[string]string }
		if err := json.Unmarshal(text, &pkg); err != nil {
			t.Fatal(err)
		}
		for _, names := range []map[string]string{pkg.Dependencies, pkg.DevDependencies} {
			for name := range names {
				all[name] = file
			}
		}
	}
	return all
}

func Test_每个依赖都有一句为什么(t *testing.T) {
	page := document(t, "docs/decisions/dependencies.md")
	wanted := dependencies(t)
	for name, file := range wanted {
		if !strings.Contains(page, "| `"+name+"` |") {
			t.Errorf("%s 里的 %s 在 docs/decisions/dependencies.md 里没有说明", file, name)
		}
	}
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\|").FindAllStringSubmatch(page, -1) {
		if wanted[m[1]] == "" {
			t.Errorf("docs/decisions/dependencies.md 说到的 %s 已经不用了", m[1])
		}
	}
}
