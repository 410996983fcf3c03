// Package rulebook 制度库 reads the office's rules: numbered clauses with parameters, which every guard, limit, form
// and reminder cites. It knows the texts and figures, not who enforces them. Invariant: a clause id names one clause.
package rulebook

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Clause 条款 is one rule.
type Clause struct {
	ID      string  `yaml:"id"`
	Chapter string  `yaml:"-"`
	Kind    string  `yaml:"kind"`
	Weight  string  `yaml:"weight"`
	Text    string  `yaml:"text"`
	Params  []Param `yaml:"-"`
	Order   int     `yaml:"-"`
}

// Param 参数 is one figure of a clause, such as normal = 7 workdays.
type Param struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// Rulebook is the set of clauses in force. Immutable.
type Rulebook struct {
	byID  map[string]*Clause
	order []*Clause
}

// Load reads the chapter files.
func Load(files fs.FS) (*Rulebook, error) {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, err
	}
	var chapters []chapter
	for _, name := range names {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		var c chapter
		if err := yaml.Unmarshal(raw, &c); err != nil {
			return nil, fmt.Errorf("制度库 %s: %w", name, err)
		}
		chapters = append(chapters, c)
	}
	slices.SortFunc(chapters, func(a, b chapter) int { return a.Order - b.Order })
	return assemble(chapters)
}

type chapter struct {
	Name    string   `yaml:"chapter"`
	Order   int      `yaml:"order"`
	Clauses []clause `yaml:"clauses"`
}

type clause struct {
	Clause `yaml:",inline"`
	Params yaml.Node `yaml:"params"`
}

func assemble(chapters []chapter) (*Rulebook, error) {
	r := &Rulebook{byID: map[string]*Clause{}}
	for _, ch := range chapters {
		for _, c := range ch.Clauses {
			if r.byID[c.ID] != nil {
				return nil, fmt.Errorf("制度库条款 %s 出现了两次", c.ID)
			}
			c.Chapter, c.Order = ch.Name, len(r.order)
			for i := 0; i+1 < len(c.Params.Content); i += 2 { // a mapping's keys and values in turn, order kept
				c.Clause.Params = append(c.Clause.Params, Param{c.Params.Content[i].Value, c.Params.Content[i+1].Value})
			}
			r.byID[c.ID] = &c.Clause
			r.order = append(r.order, &c.Clause)
		}
	}
	return r, nil
}

// Clause finds a clause or returns nil.
func (r *Rulebook) Clause(id string) *Clause { return r.byID[id] }

// All lists the clauses in order.
func (r *Rulebook) All() []*Clause { return r.order }

// Param is a parameter's text, and whether there is one.
func (r *Rulebook) Param(id, key string) (string, bool) {
	c := r.byID[id]
	if c == nil {
		return "", false
	}
	for _, p := range c.Params {
		if p.Key == key {
			return strings.TrimSpace(p.Value), true
		}
	}
	return "", false
}
