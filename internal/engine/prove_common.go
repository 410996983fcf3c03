package engine

import "slices"

// takeOver adds the common actions the definition uses, with the fields they ask for. A definition that writes an
// action of the same key itself keeps its own.
func (v *prover) takeOver(parts *commonParts) {
	p := v.p
	for _, key := range p.Use {
		i := slices.IndexFunc(parts.Actions, func(a Action) bool { return a.Key == key })
		if i < 0 {
			v.fault("use", "没有通用动作“%s”", key)
			continue
		}
		a := parts.Actions[i]
		if !slices.ContainsFunc(p.Always, func(own Action) bool { return own.Key == key }) {
			p.Always = append(p.Always, a)
		}
		for _, e := range a.Fields {
			j := slices.IndexFunc(parts.Fields, func(f Field) bool { return f.Key == e.Field })
			known := slices.ContainsFunc(p.Fields, func(f Field) bool { return f.Key == e.Field })
			if j >= 0 && !known {
				p.Fields = append(p.Fields, parts.Fields[j])
			}
		}
		for _, r := range parts.Rates {
			if r.Key == key {
				p.Rates = append(p.Rates, r)
			}
		}
	}
	for _, r := range parts.Rates {
		if !slices.ContainsFunc(parts.Actions, func(a Action) bool { return a.Key == r.Key }) {
			v.fault("use", "通用比率“%s”没有同代号的通用动作", r.Key)
		}
	}
	for i := range p.Steps {
		v.takeRules("steps."+p.Steps[i].Key+".actions", p.Steps[i].Actions, parts.Rules)
	}
	v.takeRules("always", p.Always, parts.Rules)
}

// takeRules adds the checks of the common sets that actions name to their own.
func (v *prover) takeRules(path string, actions []Action, sets []RuleSet) {
	for i := range actions {
		a := &actions[i]
		for _, key := range a.Rules {
			j := slices.IndexFunc(sets, func(r RuleSet) bool { return r.Key == key })
			if j < 0 {
				v.fault(path+"."+a.Key+".rules", "没有通用规则“%s”", key)
				continue
			}
			a.Checks = append(a.Checks, sets[j].Checks...)
		}
	}
}
