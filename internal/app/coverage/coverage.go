// Package coverage 制度落实 answers for every clause of the rulebook where it is enforced and which test proves it.
//
// Definitions and periodic duties are read as they are embedded; what Go, the interface and the tests cite is read from
// the tree into citations.json, which a test holds to the tree. It judges nothing: a place counts because it names the
// clause, and how it names it is told, so that a clause merely listed at the head of a definition is seen to be no more.
// Invariant: no part of the report is kept by hand.
package coverage

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"

	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	"github.com/chengqi-oa/chengqi/procedures"
	rules "github.com/chengqi-oa/chengqi/rulebook"
)

// Way 落实方式 is how a place rests on a clause.
type Way string

// The ways, from the strictest on.
const (
	ByCheck  Way = "校验"   // the action is refused unless it holds
	ByNeed   Way = "前提"   // the action is not offered unless it holds
	ByLimit  Way = "期限"   // a limit computed from the clause
	ByParam  Way = "参数"   // an expression reads the clause's figure
	ByNumber Way = "编号"   // the series
	ByDuty   Way = "周期任务" // the duty begins by itself
	ByField  Way = "填写项"  // the record asks for it
	ByStep   Way = "依据"   // the basis of a step or an action
	ByGuard  Way = "程序"   // Go code
	ByScreen Way = "界面"   // the interface
	ByHead   Way = "总依据"  // named at the head of a definition, nothing more
)

// Place 落实处 is one place that rests on a clause.
type Place struct {
	File string `json:"file"`
	Line int    `json:"line,omitempty"` // of definitions; code moves too often for its lines to be kept
	Name string `json:"name"`           // 收文办理·拟办·送批, or the function
	Way  Way    `json:"way"`
}

func (p Place) String() string {
	at := p.File
	if p.Line > 0 {
		at = fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	if p.Name == "" {
		return fmt.Sprintf("%s（%s）", at, p.Way)
	}
	return fmt.Sprintf("%s %s（%s）", at, p.Name, p.Way)
}

// Clause 条款落实 is one clause with everything that rests on it.
type Clause struct {
	ID     string  `json:"id"`
	Weight string  `json:"weight"`
	Text   string  `json:"text"`
	Where  []Place `json:"where"`
	Tests  []Proof `json:"tests"`
}

// Covered tells whether anything enforces the clause.
func (c *Clause) Covered() bool { return len(c.Where) > 0 }

// Listed tells whether the clause is only named at the head of definitions.
func (c *Clause) Listed() bool {
	return c.Covered() && !slices.ContainsFunc(c.Where, func(p Place) bool { return p.Way != ByHead })
}

// Chapter 分章 is a chapter with its sums.
type Chapter struct {
	Name    string   `json:"chapter"`
	Total   int      `json:"total"`
	Covered int      `json:"covered"`
	ATotal  int      `json:"a_total"`
	A       int      `json:"a_covered"`
	Listed  int      `json:"listed_only"` // of the covered: named at the head of a definition and nowhere else
	Tested  int      `json:"tested"`
	Clauses []Clause `json:"clauses"`
}

// Report 落实情况 is the whole rulebook.
type Report struct {
	Chapters []Chapter `json:"chapters"`
}

// Source 定义来源 is a folder of YAML with the name it has in the tree.
type Source struct {
	Name  string
	Files fs.FS
}

// Shipped are the definitions and the periodic duties as they are built in.
func Shipped() []Source {
	duties, err := fs.Sub(rules.Files, "duties")
	if err != nil {
		panic(err) // a constant path that is malformed
	}
	return []Source{{"procedures", procedures.Files}, {"rulebook/duties", duties}}
}

//go:embed citations.json
var stored []byte

// Cited is what code, interface and tests cite, as it was when the program was built.
func Cited() (Index, error) {
	index := Index{}
	err := json.Unmarshal(stored, &index)
	return index, err
}

// Compute goes through the rulebook clause by clause.
func Compute(rules *rulebook.Rulebook, index Index, sources ...Source) (*Report, error) {
	places := map[string][]Place{}
	for _, s := range sources {
		if err := s.gather(places); err != nil {
			return nil, err
		}
	}
	out := &Report{}
	for _, c := range rules.All() {
		if n := len(out.Chapters); n == 0 || out.Chapters[n-1].Name != c.Chapter {
			out.Chapters = append(out.Chapters, Chapter{Name: c.Chapter})
		}
		cited := index[c.ID]
		out.Chapters[len(out.Chapters)-1].add(Clause{
			ID: c.ID, Weight: c.Weight, Text: c.Text,
			Where: append(slices.Clone(places[c.ID]), cited.Places...), Tests: cited.Tests,
		})
	}
	return out, nil
}

func (c *Chapter) add(clause Clause) {
	if clause.Where == nil {
		clause.Where = []Place{}
	}
	if clause.Tests == nil {
		clause.Tests = []Proof{}
	}
	c.Total++
	if clause.Weight == "A" {
		c.ATotal++
	}
	if clause.Covered() {
		c.Covered++
		if clause.Weight == "A" {
			c.A++
		}
	}
	if clause.Listed() {
		c.Listed++
	}
	if len(clause.Tests) > 0 {
		c.Tested++
	}
	c.Clauses = append(c.Clauses, clause)
}
