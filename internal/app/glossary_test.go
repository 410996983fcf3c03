package app_test

import (
	"go/ast"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/procedures"
)

// The glossary gives one English word for each Chinese term. It is worth reading only while it is true, so it is held
// against the code in both directions.

var glossaryRow = regexp.MustCompile("^\\| ([^|]+) \\| ([^|]+) \\| `([a-z]+)([.:])([A-Za-z-]+)` \\|$")

// term 用语 is one row of the glossary.
type term struct{ chinese, english, home, name string }

func glossary(t *testing.T) []term {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs/glossary.md"))
	if err != nil {
		t.Fatal(err)
	}
	var all []term
	for _, line := range strings.Split(string(text), "\n") {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| 中文") || strings.HasPrefix(line, "| ---") {
			continue
		}
		m := glossaryRow.FindStringSubmatch(line)
		if m == nil {
			t.Errorf("这一行不合格式：%s", line)
			continue
		}
		all = append(all, term{m[1], m[2], m[3], m[5]})
	}
	return all
}

// declared lists the exported names of every package, by the package's last folder, with the Chinese term that opens
// the comment of a type ("" when there is none).
func declared(t *testing.T) map[string]map[string]string {
	t.Helper()
	all := map[string]map[string]string{}
	for _, s := range sources(t) {
		pkg := path.Base(s.pkg)
		if all[pkg] == nil {
			all[pkg] = map[string]string{}
		}
		for _, d := range s.file.Decls {
			g, is := d.(*ast.GenDecl)
			if !is {
				continue
			}
			for _, spec := range g.Specs {
				switch x := spec.(type) {
				case *ast.TypeSpec:
					doc := x.Doc
					if doc == nil {
						doc = g.Doc
					}
					all[pkg][x.Name.Name] = opening(doc.Text())
				case *ast.ValueSpec:
					for _, n := range x.Names {
						all[pkg][n.Name] = ""
					}
				}
			}
		}
	}
	return all
}

var openingTerm = regexp.MustCompile(`^\w+ (\p{Han}+)`)

// opening is the Chinese term that opens a type's comment: "Matter 事项 is one thing …".
func opening(doc string) string {
	if m := openingTerm.FindStringSubmatch(doc); m != nil {
		return m[1]
	}
	return ""
}

// definitionWordsUsed lists every word that stands as a key in a shipped procedure.
func definitionWordsUsed(t *testing.T) map[string]bool {
	t.Helper()
	words := map[string]bool{}
	key := regexp.MustCompile(`(?m)^ *([a-z][a-z-]*):`)
	err := fs.WalkDir(procedures.Files, ".", func(p string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(p) != ".yaml" {
			return err
		}
		text, err := fs.ReadFile(procedures.Files, p)
		for _, m := range key.FindAllSubmatch(text, -1) {
			words[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return words
}

func Test_用语表里的每个词都在代码里(t *testing.T) {
	code := declared(t)
	words := definitionWordsUsed(t)
	for _, e := range glossary(t) {
		switch e.home {
		case "word":
			if !words[e.name] {
				t.Errorf("用语表里的 %s（%s）在办理程序里没有用到", e.name, e.chinese)
			}
		default:
			said, there := code[e.home][e.name]
			if !there {
				t.Errorf("用语表里的 %s.%s（%s）在代码里没有", e.home, e.name, e.chinese)
			} else if said != "" && !strings.Contains(e.chinese, said) {
				t.Errorf("用语表把 %s.%s 叫“%s”，代码里叫“%s”", e.home, e.name, e.chinese, said)
			}
		}
	}
}

func Test_代码里的用语都在用语表里(t *testing.T) {
	listed := map[string]bool{}
	for _, e := range glossary(t) {
		listed[e.home+"."+e.name] = true
	}
	code := declared(t)
	for _, pkg := range []string{"engine", "org"} {
		for _, name := range slices.Sorted(maps.Keys(code[pkg])) {
			if chinese := code[pkg][name]; ast.IsExported(name) && chinese != "" && !listed[pkg+"."+name] {
				t.Errorf("%s.%s（%s）不在用语表里", pkg, name, chinese)
			}
		}
	}
}

func Test_一个中文词只有一个英文词(t *testing.T) {
	english := map[string]string{}
	for _, e := range glossary(t) {
		if other := english[e.chinese]; other != "" && other != e.english {
			t.Errorf("“%s”既叫 %s 又叫 %s", e.chinese, other, e.english)
		}
		english[e.chinese] = e.english
	}
}
