// Package flows 流程图册 draws the pages of docs/flows from the definitions: one page a procedure, with its chart and
// its table of steps in words a clerk can check against the rules.
//
// It decides nothing and reads nothing but proved procedures. Invariant: the pages in docs/flows are what the
// definitions say; a test writes them anew and compares.
package flows

import (
	"fmt"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
)

// Page is the page of one procedure.
func Page(p *engine.Procedure, rules *rulebook.Rulebook) string {
	var b strings.Builder
	w := words{p, rules}
	fmt.Fprintf(&b, "# %s\n\n", p.Name)
	fmt.Fprintf(&b, "<!-- 由办理程序定义生成：make flows -->\n\n")
	if p.Summary != "" {
		fmt.Fprintf(&b, "%s\n\n", p.Summary)
	}
	fmt.Fprintf(&b, "| 代号 | 门类 | 谁可以起办 | 全程时限 | 保管期限 |\n| --- | --- | --- | --- | --- |\n")
	fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n\n", p.Kind, p.Group, w.text(p.Start), w.text(p.Limit), orDash(p.Keep))
	b.WriteString(chart(p))
	b.WriteString(table(p, w))
	b.WriteString(always(p, w))
	b.WriteString(basis(p, rules))
	return b.String()
}

// Index is the first page: every procedure by group.
func Index(all []*engine.Procedure) string {
	var b strings.Builder
	b.WriteString("# 办理程序\n\n<!-- 由办理程序定义生成：make flows -->\n\n")
	b.WriteString("| 门类 | 程序 | 代号 | 说明 | 环节 |\n| --- | --- | --- | --- | --- |\n")
	for _, p := range all {
		names := make([]string, len(p.Steps))
		for i := range p.Steps {
			names[i] = p.Steps[i].Name
		}
		fmt.Fprintf(&b, "| %s | [%s](%s.md) | `%s` | %s | %s |\n", p.Group, p.Name, p.Kind, p.Kind, cell(p.Summary), strings.Join(names, "、"))
	}
	return b.String()
}

// chart draws steps and ways as a Mermaid flow chart. Ways back are dotted, so that the eye follows the main road.
func chart(p *engine.Procedure) string {
	var b strings.Builder
	place := map[string]int{}
	for i := range p.Steps {
		place[p.Steps[i].Key] = i
	}
	b.WriteString("```mermaid\nflowchart TD\n")
	for i := range p.Steps {
		s := &p.Steps[i]
		open, end := `["`, `"]`
		if s.External {
			open, end = `[/"`, `"/]`
		}
		fmt.Fprintf(&b, "  s%d%s%s%s\n", i, open, s.Name, end)
	}
	b.WriteString("  closed([\"办结\"])\n")
	for i := range p.Steps {
		for _, to := range roads(&p.Steps[i]) {
			n, isStep := place[to.to]
			switch {
			case to.to == engine.ToClosed:
				fmt.Fprintf(&b, "  s%d -->|\"%s\"| closed\n", i, to.label)
			case isStep && n > i:
				fmt.Fprintf(&b, "  s%d -->|\"%s\"| s%d\n", i, to.label, n)
			case isStep && n < i:
				fmt.Fprintf(&b, "  s%d -.->|\"%s\"| s%d\n", i, to.label, n)
			}
		}
	}
	b.WriteString("```\n\n")
	return b.String()
}

type road struct{ to, label string }

// roads gathers the actions of a step by where they lead.
func roads(s *engine.Step) []road {
	var out []road
	for i := range s.Actions {
		for _, branch := range s.Actions[i].To {
			known := false
			for j := range out {
				if out[j].to != branch.To {
					continue
				}
				known = true
				if !strings.Contains("、"+out[j].label+"、", "、"+s.Actions[i].Name+"、") {
					out[j].label += "、" + s.Actions[i].Name
				}
			}
			if !known {
				out = append(out, road{branch.To, s.Actions[i].Name})
			}
		}
	}
	return out
}

// Limit says how long a step may take; false when there are no words for it.
func Limit(p *engine.Procedure, rules *rulebook.Rulebook, s *engine.Step) (string, bool) {
	return words{p, rules}.known(s.Limit)
}

// Who says who acts at a step; false when there are no words for it.
func Who(p *engine.Procedure, rules *rulebook.Rulebook, s *engine.Step) (string, bool) {
	return words{p, rules}.known(s.Who)
}

var modeNames = map[engine.Mode]string{engine.Any: "一人办即可", engine.All: "都要办", engine.InOrder: "依次办"}

func table(p *engine.Procedure, w words) string {
	var b strings.Builder
	b.WriteString("## 环节\n\n| 环节 | 谁办 | 时限 | 动作 | 依据 |\n| --- | --- | --- | --- | --- |\n")
	for i := range p.Steps {
		s := &p.Steps[i]
		who := w.text(s.Who)
		if s.Mode != engine.Any {
			who += "（" + modeNames[s.Mode] + "）"
		}
		limit := w.text(s.Limit)
		if s.External {
			limit = "在机关外，停止计时"
		}
		lines := make([]string, len(s.Actions))
		for j := range s.Actions {
			lines[j] = ways(&s.Actions[j], w)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", s.Name, who, limit, strings.Join(lines, "<br>"), orDash(strings.Join(s.Basis, " ")))
	}
	return b.String() + "\n"
}

// ways says an action with where it leads.
func ways(a *engine.Action, w words) string {
	var all []string
	for _, branch := range a.To {
		to := branch.To
		if s := w.p.Step(to); s != nil {
			to = s.Name
		} else if name := targetNames[to]; name != "" {
			to = name
		}
		if !branch.If.IsZero() {
			to = w.text(branch.If) + "时 " + to
		}
		all = append(all, to)
	}
	name := a.Name
	if a.Auto {
		name += "（系统）"
	}
	return name + " → " + strings.Join(all, "，否则 ")
}

var targetNames = map[string]string{
	engine.ToClosed: "办结", engine.ToStay: "仍在本环节", engine.ToChosen: "选定的环节", engine.ToUndo: "上一环节",
	engine.ToVoid: "作废", engine.ToSuspend: "暂停", engine.ToResume: "恢复", engine.ToTransfer: "移交的同事",
}

// allowed says who may do an action that is always there.
func allowed(a *engine.Action, w words) string {
	switch {
	case a.By.IsZero():
		return "经办人"
	case a.Only:
		return w.text(a.By)
	}
	return "经办人、" + w.text(a.By)
}

func always(p *engine.Procedure, w words) string {
	var b strings.Builder
	for i := range p.Always {
		if a := &p.Always[i]; !a.Auto {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", a.Name, allowed(a, w), orDash(strings.Join(a.Basis, " ")))
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "## 随时可办的动作\n\n| 动作 | 谁可以办 | 依据 |\n| --- | --- | --- |\n" + b.String() + "\n"
}

// basis lists every clause the page names, in the words of the rulebook.
func basis(p *engine.Procedure, rules *rulebook.Rulebook) string {
	var ids []string
	seen := map[string]bool{"": true}
	add := func(more ...string) {
		for _, id := range more {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	add(p.Basis...)
	for i := range p.Steps {
		add(p.Steps[i].Basis...)
		for j := range p.Steps[i].Actions {
			a := &p.Steps[i].Actions[j]
			add(a.Basis...)
			for _, c := range append(append([]engine.Check{}, a.Needs...), a.Checks...) {
				add(c.Clause)
			}
		}
	}
	var b strings.Builder
	b.WriteString("## 依据\n\n")
	for _, id := range ids {
		if c := rules.Clause(id); c != nil {
			fmt.Fprintf(&b, "- `%s` %s\n", id, c.Text)
		}
	}
	return b.String()
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

// cell keeps a text from breaking the table it stands in.
func cell(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, "|", "\\|"), "\n", " ") }
