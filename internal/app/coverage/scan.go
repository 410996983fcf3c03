package coverage

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Proof 证明 is a test that names the clause.
type Proof struct {
	File string `json:"file"`
	Name string `json:"name"`
}

// Cites 引用 is what code and tests say of one clause.
type Cites struct {
	Places []Place `json:"places,omitempty"`
	Tests  []Proof `json:"tests,omitempty"`
}

// Index is every clause that code or a test names.
type Index map[string]Cites

// apart holds nothing an office relies on: the sample's data and the helpers of tests name clauses without keeping them.
var apart = []string{"internal/app/demo", "internal/app/apptest", "internal/app/coverage", "bench", "tools"}

// Scan reads what the tree cites: Go by function, the interface by file, browser stories by title.
func Scan(tree fs.FS, known func(id string) bool) (Index, error) {
	s := scan{index: Index{}, known: known}
	err := fs.WalkDir(tree, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			base := path.Base(name)
			if slices.Contains(apart, name) || base == "node_modules" || base == "dist" || base == "testdata" || base != "." && strings.HasPrefix(base, ".") {
				return fs.SkipDir
			}
			return nil
		}
		read := s.reader(name)
		if read == nil {
			return nil
		}
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		return read(name, string(text))
	})
	s.sort()
	return s.index, err
}

type scan struct {
	index Index
	known func(string) bool
}

func (s *scan) reader(name string) func(name, text string) error {
	switch path.Ext(name) {
	case ".go":
		return s.goFile
	case ".ts", ".vue":
		if strings.HasPrefix(name, "ui/src/") {
			return s.script
		}
	case ".mjs":
		if strings.HasPrefix(name, "e2e/stories/") {
			return s.script
		}
	}
	return nil
}

// goFile finds the declaration that each citation stands in, in a string or a comment.
func (s *scan) goFile(name, text string) error {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	test := strings.HasSuffix(name, "_test.go")
	for _, at := range clauseID.FindAllStringIndex(text, -1) {
		decl := enclosing(file, token.Pos(set.File(file.FileStart).Base()+at[0]))
		id := text[at[0]:at[1]]
		if test {
			if strings.HasPrefix(decl, "Test") || strings.HasPrefix(decl, "Fuzz") {
				s.proof(id, Proof{name, decl})
			}
			continue
		}
		s.place(id, Place{File: name, Name: decl, Way: ByGuard})
	}
	return nil
}

// enclosing names the declaration around a place, its comment included; "" is the package's own words.
func enclosing(file *ast.File, at token.Pos) string {
	for _, d := range file.Decls {
		from := d.Pos()
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Doc != nil {
				from = d.Doc.Pos()
			}
			if from <= at && at < d.End() {
				return receiver(d) + d.Name.Name
			}
		case *ast.GenDecl:
			if d.Doc != nil {
				from = d.Doc.Pos()
			}
			if from <= at && at < d.End() {
				return firstName(d)
			}
		}
	}
	return ""
}

func receiver(f *ast.FuncDecl) string {
	if f.Recv == nil || len(f.Recv.List) == 0 {
		return ""
	}
	of := f.Recv.List[0].Type
	if star, ok := of.(*ast.StarExpr); ok {
		of = star.X
	}
	if name, ok := of.(*ast.Ident); ok {
		return name.Name + "."
	}
	return ""
}

func firstName(d *ast.GenDecl) string {
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			return spec.Name.Name
		case *ast.ValueSpec:
			return spec.Names[0].Name
		}
	}
	return ""
}

// story is the title of a test of the interface.
var story = regexp.MustCompile(`(?m)^\s*(?:test|it)(?:\.\w+)*\(\s*['"\x60]([^'"\x60]+)`)

func (s *scan) script(name, text string) error {
	test := strings.Contains(path.Base(name), ".test.")
	titles := story.FindAllStringSubmatchIndex(text, -1)
	for _, at := range clauseID.FindAllStringIndex(text, -1) {
		id := text[at[0]:at[1]]
		if !test {
			s.place(id, Place{File: name, Way: ByScreen})
			continue
		}
		for _, t := range slices.Backward(titles) {
			if t[0] <= at[0] {
				s.proof(id, Proof{name, text[t[2]:t[3]]})
				break
			}
		}
	}
	return nil
}

func (s *scan) place(id string, p Place) {
	c := s.index[id]
	if s.known(id) && !slices.Contains(c.Places, p) {
		c.Places = append(c.Places, p)
		s.index[id] = c
	}
}

func (s *scan) proof(id string, p Proof) {
	c := s.index[id]
	if s.known(id) && !slices.Contains(c.Tests, p) {
		c.Tests = append(c.Tests, p)
		s.index[id] = c
	}
}

// sort makes the same tree always give the same file.
func (s *scan) sort() {
	for _, c := range s.index {
		slices.SortFunc(c.Places, func(a, b Place) int { return strings.Compare(a.File+" "+a.Name, b.File+" "+b.Name) })
		slices.SortFunc(c.Tests, func(a, b Proof) int { return strings.Compare(a.File+" "+a.Name, b.File+" "+b.Name) })
	}
}
