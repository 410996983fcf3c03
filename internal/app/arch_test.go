package app_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The house as docs/architecture.md tells it: floors from the ground up, and arrows that only go down.

const (
	module = "github.com/chengqi-oa/chengqi/"
	root   = "../.."
)

// floor 楼层 is one storey of the house and what may be said about arrows between its own rooms.
type floor struct {
	folder   string
	sideways bool   // rooms of the floor may use each other
	why      string // the reason printed when an arrow is broken
}

// floors, lowest first: a package may use the floors below its own.
var floors = []floor{
	{"internal/base", true, "base 是不含办公室用语的技术，它不认识上面任何一层"},
	{"internal/record", true, "record 是各业务共用的簿册；它不知道程序引擎，更不知道具体业务，否则一本簿册就只能给一项业务用"},
	{"internal/engine", true, "engine 是唯一的门，它不认识任何具体业务；业务以“效果”“核对”的名义交给它"},
	{"internal/office", false, "office 的各室互不引用：一项业务要另一项业务动作，写在办理程序里，或在簿册里留下事实"},
	{"internal/app", true, "app 只负责装配，谁也不该依赖装配"},
	{"cmd", true, "cmd 是程序入口"},
}

// leaves 公共库 are used by everyone and use nobody of the house: others may take them as they are.
var leaves = []floor{
	{"gongwen", true, "gongwen 是公文公共库，除 workday 外不引用本系统任何部分，别的系统也能直接用"},
	{"workday", true, "workday 是工作日公共库，只用标准库"},
}

// stores 内嵌文件 hold files and nothing else; only the assembly opens them.
var stores = []string{"procedures", "rulebook", "ui"}

// named packages are those the documents speak of. When one is gone the documents are wrong, and this list with them.
var named = []string{
	"cmd/chengqi", "gongwen", "gongwen/font", "gongwen/layout", "gongwen/lint", "gongwen/pdf", "gongwen/render", "workday",
	"internal/app", "internal/app/api", "internal/app/apptest", "internal/app/demo", "internal/app/schema",
	"internal/office", "internal/office/circulation", "internal/engine",
	"internal/record/access", "internal/record/calendar", "internal/record/file", "internal/record/journal",
	"internal/record/org", "internal/record/rulebook", "internal/record/search", "internal/record/sheet",
	"internal/base/db", "internal/base/errs", "procedures", "rulebook", "ui",
}

// source 源文件 is one parsed Go file of the tree.
type source struct {
	pkg, path string
	file      *ast.File
	set       *token.FileSet
}

// sources parses the tree without its tests, which may reach for the test office from any floor.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if name == "node_modules" || name == "testdata" || (strings.HasPrefix(name, ".") && p != root) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		s := source{pkg: path.Dir(rel), path: rel, set: token.NewFileSet()}
		s.file, err = parser.ParseFile(s.set, p, nil, parser.ParseComments|parser.SkipObjectResolution)
		all = append(all, s)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// within tells whether a package is the folder or lies in it.
func within(pkg, folder string) bool { return pkg == folder || strings.HasPrefix(pkg, folder+"/") }

func floorOf(pkg string) int {
	return slices.IndexFunc(floors, func(f floor) bool { return within(pkg, f.folder) })
}

// broken tells why one package may not import another, "" when it may.
func broken(from, to string) string {
	for _, leaf := range leaves {
		if within(from, leaf.folder) && !within(to, leaf.folder) && (leaf.folder == "workday" || to != "workday") {
			return leaf.why
		}
	}
	if slices.ContainsFunc(leaves, func(l floor) bool { return within(to, l.folder) }) {
		return ""
	}
	f, t := floorOf(from), floorOf(to)
	switch {
	case slices.Contains(stores, from):
		return "内嵌文件的包只装文件，不引用别的包"
	case slices.Contains(stores, to):
		if f >= 0 && f < floorOf("internal/app") {
			return "内嵌的文件由装配打开后交给下面各层，这样每一层都能用别的文件试验"
		}
		return ""
	case f < 0 || t < 0: // tools and benchmarks stand outside and may use anything, nobody uses them
		if t < 0 {
			return "工具和测速程序不供别的包引用"
		}
		return ""
	case t > f:
		return floors[f].why
	case t == f && !floors[f].sideways && from != floors[f].folder && room(from) != room(to):
		return floors[f].why
	}
	return ""
}

// room is a package's room on its floor: internal/office/archive/label belongs to internal/office/archive.
func room(pkg string) string {
	return strings.Join(strings.SplitN(pkg, "/", 4)[:min(3, strings.Count(pkg, "/")+1)], "/")
}

func Test_箭头只能向下(t *testing.T) {
	for _, s := range sources(t) {
		for _, i := range s.file.Imports {
			to, ours := strings.CutPrefix(strings.Trim(i.Path.Value, `"`), module)
			if !ours || to == s.pkg {
				continue
			}
			if why := broken(s.pkg, to); why != "" {
				t.Errorf("%s 不能引用 %s：%s", s.path, to, why)
			}
		}
	}
}

func Test_工作日库只用标准库(t *testing.T) {
	for _, s := range sources(t) {
		if !within(s.pkg, "workday") {
			continue
		}
		for _, i := range s.file.Imports {
			first, _, _ := strings.Cut(strings.Trim(i.Path.Value, `"`), "/")
			if strings.Contains(first, ".") {
				t.Errorf("%s 引用了 %s：%s", s.path, i.Path.Value, leaves[1].why)
			}
		}
	}
}

func Test_房间都在并且各有说明(t *testing.T) {
	documented := map[string]bool{}
	for _, s := range sources(t) {
		documented[s.pkg] = documented[s.pkg] || s.file.Doc != nil
	}
	for _, pkg := range named {
		if _, there := documented[pkg]; !there {
			t.Errorf("包 %s 不在了：文档还在说它，请一并改文档和这里的名单", pkg)
		}
	}
	for pkg, has := range documented {
		if !has {
			t.Errorf("包 %s 没有说明：管什么、不管什么、守住什么", pkg)
		}
	}
}

// The floors whose rooms docs/architecture.md names one by one.
func Test_架构说明里有簿册和技术的每一间(t *testing.T) {
	page := document(t, "docs/architecture.md")
	_, house, found := strings.Cut(page, "## The house")
	house, _, ended := strings.Cut(house, "Arrows go down")
	if !found || !ended {
		t.Fatal("docs/architecture.md 没有画出各层")
	}
	for _, s := range sources(t) {
		if name := path.Base(s.pkg); path.Dir(s.pkg) == "internal/record" || path.Dir(s.pkg) == "internal/base" {
			if !regexp.MustCompile(`[ :]` + name + `[,; \n]`).MatchString(house) {
				t.Errorf("docs/architecture.md 的各层里没有 %s", s.pkg)
			}
		}
	}
}

func Test_每项决定都在目录里(t *testing.T) {
	index := document(t, "docs/decisions/README.md")
	pages, err := filepath.Glob(filepath.Join(root, "docs/decisions/[0-9]*.md"))
	if err != nil || len(pages) == 0 {
		t.Fatal("没有找到决定", err)
	}
	for _, p := range pages {
		if name := filepath.Base(p); !strings.Contains(index, "]("+name+")") {
			t.Errorf("docs/decisions/README.md 没有列出 %s", name)
		}
	}
}

func Test_破坏箭头会被发现(t *testing.T) {
	cases := []struct {
		from, to string
		allowed  bool
	}{
		{"cmd/chengqi", "internal/app", true},
		{"internal/app/api", "internal/engine", true},
		{"internal/office/circulation", "internal/engine", true},
		{"internal/office", "internal/office/circulation", true},
		{"internal/record/access", "internal/record/org", true},
		{"internal/app", "procedures", true},
		{"gongwen/lint", "workday", true},
		{"tools/check", "internal/base/db", true},
		{"internal/engine", "internal/office/circulation", false},
		{"internal/office/circulation", "internal/office/archive", false},
		{"internal/record/journal", "internal/engine", false},
		{"internal/base/db", "internal/record/org", false},
		{"internal/engine", "procedures", false},
		{"gongwen/layout", "internal/base/errs", false},
		{"workday", "gongwen", false},
		{"internal/app", "tools/check", false},
	}
	for _, c := range cases {
		if why := broken(c.from, c.to); (why == "") != c.allowed {
			t.Errorf("%s → %s：%q", c.from, c.to, why)
		}
	}
}

// lines 行数 of a text file.
func lines(t *testing.T, file string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Count(string(text), "\n")
}

// A comment that cites a page nobody can open explains nothing.
func Test_注释引用的文档都在(t *testing.T) {
	pages := map[string]bool{}
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == "node_modules" {
			return filepath.SkipDir
		}
		if strings.HasSuffix(p, ".md") {
			pages[filepath.Base(p)] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	cited := regexp.MustCompile(`[\w-]+\.md\b`)
	for _, s := range sources(t) {
		for _, group := range s.file.Comments {
			for _, name := range cited.FindAllString(group.Text(), -1) {
				if !pages[name] {
					t.Errorf("%s 的注释引用了没有的文档 %s", s.path, name)
				}
			}
		}
	}
}

// The Chinese term alone names a type twice and explains it not at all.
func Test_类型的说明不止一个中文名(t *testing.T) {
	bare := regexp.MustCompile(`^\w+ [^A-Za-z]+$`)
	for _, s := range sources(t) {
		for _, d := range s.file.Decls {
			g, is := d.(*ast.GenDecl)
			if is && g.Tok == token.TYPE && bare.MatchString(strings.TrimSpace(g.Doc.Text())) {
				t.Errorf("%s：“%s”只有一个名字，请写明它是什么", s.path, strings.TrimSpace(g.Doc.Text()))
			}
		}
	}
}
