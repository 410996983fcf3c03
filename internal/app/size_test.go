package app_test

import (
	"go/ast"
	"testing"
)

// Files are read top to bottom: none above 400 lines, no function above 70 (CONTRIBUTING.md). A table may be long,
// for a table is not complexity: it stands here with its reason, and leaves the list when it has become short.

const (
	longestFile     = 400
	longestFunction = 70
)

var longFiles = map[string]string{}

var longFunctions = map[string]string{}

func Test_文件和函数都不长(t *testing.T) {
	for _, s := range sources(t) {
		n, reason := lines(t, s.path), longFiles[s.path]
		switch {
		case n > longestFile && reason == "":
			t.Errorf("%s 有 %d 行，不应超过 %d 行", s.path, n, longestFile)
		case n <= longestFile && reason != "":
			t.Errorf("%s 已经只有 %d 行，不必再列为例外", s.path, n)
		}
		for _, d := range s.file.Decls {
			f, is := d.(*ast.FuncDecl)
			if !is || f.Body == nil {
				continue
			}
			n := s.set.Position(f.End()).Line - s.set.Position(f.Pos()).Line + 1
			name := s.pkg + "." + f.Name.Name
			if n > longestFunction && longFunctions[name] == "" {
				t.Errorf("%s：%s 有 %d 行，不应超过 %d 行", s.path, name, n, longestFunction)
			}
		}
	}
	all := map[string]bool{}
	for _, s := range sources(t) {
		all[s.path] = true
	}
	for path := range longFiles {
		if !all[path] {
			t.Errorf("例外名单里的 %s 不在了", path)
		}
	}
}
