package engine

import (
	"fmt"
	"maps"
	"slices"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// entries lists what the action asks for; the word "$correct" stands for the fields that may be corrected. The list is not
// to be changed.
func (a *Action) entries(p *Procedure) []Entry {
	const correct = "$correct"
	if !slices.ContainsFunc(a.Fields, func(e Entry) bool { return e.Field == correct }) {
		return a.Fields
	}
	var out []Entry
	for _, e := range a.Fields {
		if e.Field == correct {
			for _, key := range p.Correct {
				out = append(out, Entry{Field: key})
			}
			continue
		}
		out = append(out, e)
	}
	return out
}

// enter takes the values into the matter, checking each against its field.
func (c *Case) enter(values map[string]any) ([]errs.Reason, error) {
	var reasons []errs.Reason
	c.entered = values
	offered := c.Action.entries(c.Procedure)
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if !slices.ContainsFunc(offered, func(e Entry) bool { return e.Field == key }) && !empty(values[key]) {
			reasons = append(reasons, errs.Reason{Text: fmt.Sprintf("“%s”不在“%s”时填写", c.Procedure.fieldName(key), c.Action.Name), Field: key})
		}
	}
	for _, e := range offered {
		f := c.Procedure.Field(e.Field)
		given, entered := values[e.Field]
		if entered {
			v, bad := f.accept(given, c.Matter, c.World)
			if bad != nil {
				reasons = append(reasons, *bad)
				continue
			}
			c.Input[e.Field] = v
			if !f.Transient {
				c.Matter.set(e.Field, v)
			}
		}
		if e.Required && empty(c.current(f)) {
			reasons = append(reasons, *f.wrong("%s", f.missing()))
		}
	}
	if c.Action.Opinion == "required" && c.Opinion == "" {
		reasons = append(reasons, errs.Reason{Text: "没有写明意见或理由", Clause: firstOf(c.Action.Basis), Field: "opinion"})
	}
	if len([]rune(c.Opinion)) > 2000 {
		reasons = append(reasons, errs.Reason{Text: "意见最多 2000 字", Field: "opinion"})
	}
	return reasons, nil
}

// missing says what was not done with a field that must not stay empty.
func (f *Field) missing() string {
	switch f.Type {
	case Flag:
		return "没有勾选"
	case Choice, Choices, Person, People, Unit, Units, Issuer, Issuers, MatterOf:
		if f.AlsoAny {
			return "没有填写"
		}
		return "没有选择"
	case File, Files:
		return "没有附上"
	}
	return "没有填写"
}

func (c *Case) current(f *Field) any {
	if f.Transient {
		return c.Input[f.Key]
	}
	return c.Matter.Fields[f.Key]
}

// assign puts in what the definition reckons from what was entered.
func (c *Case) assign() error {
	for _, s := range c.Action.Set {
		v, err := s.Value.run(c.scope())
		if err != nil {
			return err
		}
		c.Matter.set(s.Field, plainValue(v))
	}
	return nil
}
