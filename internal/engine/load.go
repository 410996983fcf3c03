package engine

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/emmansun/gmsm/sm3"
	"go.yaml.in/yaml/v3"

	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
)

// Catalogue 办理程序目录 is the set of procedures in force, proved together.
type Catalogue struct {
	byKind  map[string]*Procedure
	order   []*Procedure
	retired []*Procedure

	gather sync.Once // of the following, which every list asks for
	kept   []*Procedure
	things []*Procedure
	urgent string
}

// Kind finds a procedure or returns nil.
func (c *Catalogue) Kind(kind string) *Procedure { return c.byKind[kind] }

// All lists the procedures in order.
func (c *Catalogue) All() []*Procedure { return c.order }

// Last finds a procedure, or the last version of one taken out of use, or returns nil.
func (c *Catalogue) Last(kind string) *Procedure {
	if p := c.byKind[kind]; p != nil {
		return p
	}
	for _, p := range c.retired {
		if p.Kind == kind {
			return p
		}
	}
	return nil
}

// Kept lists also the procedures taken out of use whose matters and books the office keeps, after the others.
func (c *Catalogue) Kept() []*Procedure { return c.gathered().kept }

func (c *Catalogue) gathered() *Catalogue {
	c.gather.Do(func() {
		c.kept = slices.Concat(c.order, c.retired)
		c.things = slices.DeleteFunc(slices.Clone(c.kept), func(p *Procedure) bool { return p.Thing == "" })
		c.urgent = urgencies(c.kept)
	})
	return c
}

// Proof is what definitions are held against: the clauses that exist and the effects the program offers.
type Proof struct {
	Rules   *rulebook.Rulebook
	Effects map[string]Effect
}

// Load reads every *.yaml below the roots, later roots overriding earlier ones by kind, and proves them. All faults
// of all files are returned, each with file and line.
func Load(proof Proof, roots ...fs.FS) (*Catalogue, []Fault) { return loadWith(proof, roots, nil) }

// loadWith is Load with an office's own procedures over the folders.
func loadWith(proof Proof, roots []fs.FS, own []OwnProcedure) (*Catalogue, []Fault) {
	t := gather(roots, own)
	faults := t.faults
	c := &Catalogue{byKind: map[string]*Procedure{}}
	for _, r := range t.parse(proof) {
		faults = append(faults, r.faults...)
		if r.p != nil {
			c.byKind[r.p.Kind] = r.p
			c.order = append(c.order, r.p)
		}
	}
	slices.SortFunc(c.order, func(a, b *Procedure) int {
		return cmp.Or(a.Order-b.Order, strings.Compare(a.Kind, b.Kind))
	})
	faults = append(faults, c.linked(t.files)...)
	slices.SortFunc(faults, func(a, b Fault) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line)
	})
	return c, faults
}

// parsed is one definition as it was read.
type parsed struct {
	p      *Procedure
	faults []Fault
}

// parse reads the definitions side by side, on as many processors as there are: the office waits for it when it
// starts.
func (t *texts) parse(proof Proof) []parsed {
	keys := slices.Sorted(maps.Keys(t.text))
	out := make([]parsed, len(keys))
	shared := open(commonFile, t.common)
	var next atomic.Int32
	var work sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		work.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(keys); i = int(next.Add(1)) - 1 {
				out[i].p, out[i].faults = parse(proof, t.files[keys[i]], shared, t.text[keys[i]])
			}
		})
	}
	work.Wait()
	return out
}

// commonParts are the fields, actions and sets of checks any procedure may take over. A rate goes with the action of its key.
type commonParts struct {
	Fields  []Field   `yaml:"fields"`
	Actions []Action  `yaml:"actions"`
	Rates   []Rate    `yaml:"rates"`
	Rules   []RuleSet `yaml:"rules"`
}

// RuleSet 通用规则 is a set of checks that several kinds hold, such as the routing rules of every document issued.
type RuleSet struct {
	Key    string  `yaml:"-"`
	Name   string  `yaml:"name"`
	Checks []Check `yaml:"checks"`
}

// Parse reads and proves one definition with the common parts it takes over.
func Parse(proof Proof, file, common, text string) (*Procedure, []Fault) {
	return parse(proof, file, open(commonFile, common), text)
}

func parse(proof Proof, file string, common source, text string) (*Procedure, []Fault) {
	p := &Procedure{Source: common.text + "\n---\n" + text, lines: lines{}}
	sum := sm3.Sum([]byte(p.Source))
	p.Version = hex.EncodeToString(sum[:8])
	parts := &commonParts{}
	faults, _ := common.read(parts, lines{})
	found, readable := open(file, text).read(p, p.lines)
	faults = append(faults, found...)
	if !readable {
		return nil, faults
	}
	v := &prover{p: p, file: file, proof: proof}
	v.takeOver(parts)
	v.prove()
	faults = append(faults, v.faults...)
	if len(faults) > 0 {
		return nil, faults
	}
	return p, nil
}

// Reload reads a procedure back from its stored source: the version a matter began with.
func Reload(proof Proof, kind, source string) (*Procedure, error) {
	common, text, _ := strings.Cut(source, "\n---\n")
	p, faults := Parse(proof, kind, common, text)
	if len(faults) > 0 {
		return nil, fmt.Errorf("办理程序的旧版本读不出来：%s", faults[0])
	}
	return p, nil
}

// source is a definition file taken apart; it may be read several times.
type source struct {
	file, text string
	doc        yaml.Node
	faults     []Fault
}

func open(file, text string) source {
	s := source{file: file, text: text}
	if err := yaml.Unmarshal([]byte(text), &s.doc); err != nil {
		s.faults = []Fault{{File: file, Line: yamlLine(err), Text: "格式写错了，请检查缩进、冒号和引号：" + yamlMessage(err)}}
	} else if len(s.doc.Content) == 0 {
		s.faults = []Fault{{File: file, Line: 1, Text: "文件是空的"}}
	}
	return s
}

// read takes the definition apart. It is readable, and can be proved further, if nothing is wrong but words nobody knows.
func (s source) read(into any, at lines) (faults []Fault, readable bool) {
	if len(s.faults) > 0 {
		return s.faults, false
	}
	d := &decoder{file: s.file, lines: at}
	d.decode(s.doc.Content[0], reflect.ValueOf(into).Elem(), "")
	return d.faults, len(d.faults) == d.strange
}

func yamlLine(err error) int {
	var line int
	if i := strings.Index(err.Error(), "line "); i >= 0 {
		_, _ = fmt.Sscanf(err.Error()[i:], "line %d", &line) // 0 when the message has no line
	}
	return line
}

func yamlMessage(err error) string {
	_, text, ok := strings.Cut(strings.TrimPrefix(err.Error(), "yaml: "), ": ")
	if !ok {
		return err.Error()
	}
	for _, w := range yamlWords {
		if strings.Contains(text, w[0]) {
			return w[1]
		}
	}
	return text
}

// yamlWords are what the reader of YAML says, and what its author understands.
var yamlWords = [][2]string{
	{"mapping values are not allowed", "这里不该有冒号，多半是上一行缩进不对，或者文字里的冒号没有用引号括起"},
	{"expected ',' or ']'", "方括号没有收尾，或少了逗号"},
	{"expected ',' or '}'", "花括号没有收尾，或少了逗号"},
	{"unexpected end of stream", "引号没有收尾"},
	{"did not find expected key", "缩进与同一层的不齐"},
	{"did not find expected '-' indicator", "列表的这一行少了“-”，或缩进不齐"},
	{"cannot start any token", "这里有不能用的字符，缩进要用空格，不用制表符"},
	{"could not find expected ':'", "少了冒号"},
}

// linked proves what one definition says of another.
func (c *Catalogue) linked(names map[string]string) []Fault {
	var faults []Fault
	for _, p := range c.order {
		each := func(path string, acts []Action) {
			for _, a := range acts {
				for i, b := range a.Begin {
					at := fmt.Sprintf("%s.%s.begin.%d", path, a.Key, i)
					faults = append(faults, c.beginFaults(p, b, names[p.Kind], p.lines[at])...)
				}
			}
		}
		for _, s := range p.Steps {
			each("steps."+s.Key+".actions", s.Actions)
		}
		each("always", p.Always)
	}
	return faults
}

func (c *Catalogue) beginFaults(p *Procedure, b Begin, file string, line int) []Fault {
	other := c.byKind[b.Kind]
	if other == nil {
		return []Fault{{file, line, fmt.Sprintf("没有“%s”这个办理程序", b.Kind)}}
	}
	var faults []Fault
	for _, f := range b.Fields {
		if other.Field(f.Field) == nil {
			faults = append(faults, Fault{file, line, fmt.Sprintf("“%s”没有字段“%s”", b.Kind, f.Field)})
		}
	}
	if b.Submit != "" && other.action(other.First().Key, b.Submit) == nil {
		faults = append(faults, Fault{file, line, fmt.Sprintf("“%s”的第一个环节没有动作“%s”", b.Kind, b.Submit)})
	}
	if b.Closed != "" && !p.hasAction(b.Closed) {
		faults = append(faults, Fault{file, line, fmt.Sprintf("没有动作“%s”", b.Closed)})
	}
	return faults
}

func (p *Procedure) hasAction(key string) bool {
	for _, s := range p.Steps {
		if p.action(s.Key, key) != nil {
			return true
		}
	}
	return false
}
