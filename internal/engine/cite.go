package engine

import (
	"fmt"
	"slices"
)

// Cites lists where a procedure rests on a clause, in words: 收文办理·拟办.
func (p *Procedure) Cites(clause string) []string {
	var out []string
	add := func(where string) {
		if !slices.Contains(out, where) {
			out = append(out, where)
		}
	}
	if slices.Contains(p.Basis, clause) {
		add(p.Name)
	}
	for i := range p.Fields {
		if p.Fields[i].Clause == clause {
			add(fmt.Sprintf("%s·%s", p.Name, p.Fields[i].Name))
		}
	}
	each := func(where string, acts []Action) {
		for _, a := range acts {
			cited := slices.Contains(a.Basis, clause)
			for _, c := range slices.Concat(a.Needs, a.Checks) {
				cited = cited || c.Clause == clause
			}
			if cited {
				add(fmt.Sprintf("%s·%s·%s", p.Name, where, a.Name))
			}
		}
	}
	for _, s := range p.Steps {
		if slices.Contains(s.Basis, clause) {
			add(fmt.Sprintf("%s·%s", p.Name, s.Name))
		}
		each(s.Name, s.Actions)
	}
	each("随时", p.Always)
	return out
}
