package stories_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

var update = flag.Bool("update", false, "write the golden tables anew")

// Test谁在哪个环节能办什么 writes for every definition, state, step and role what may be done and why not, and holds it
// against what was agreed: a change of a definition shows as a change of the table.
func Test谁在哪个环节能办什么(t *testing.T) {
	o := apptest.Open(t)
	for _, p := range o.Engine.Catalogue().All() {
		t.Run(p.Name, func(t *testing.T) {
			got := (&chart{t, o, p}).draw()
			file := filepath.Join("testdata", p.Kind+".golden")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatalf("%v（用 -update 写出）", err)
			}
			if got != string(want) {
				t.Errorf("“%s”谁能办什么与 %s 不同；改得对的用 -update 写出\n%s", p.Name, file, firstDifference(string(want), got))
			}
		})
	}
}

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("第 %d 行\n原来：%s\n现在：%s", i+1, a[i], b[i])
		}
	}
	return "行数不同"
}

// roles 角色 are one person for each duty, with the starter and strangers of several kinds.
var roles = []struct{ name, number string }{
	{"拟稿人", "3302"},
	{"拟稿科室负责人", "3301"},
	{"收文文书", "3102"},
	{"发文文书兼监印员", "3103"},
	{"档案员兼文印员", "3104"},
	{"核稿人", "2202"},
	{"县委办主任", "1007"},
	{"政府办主任", "1010"},
	{"副主任", "2003"},
	{"主要领导", "1002"},
	{"分管领导", "1009"},
	{"保密员", "2502"},
	{"值班员", "2602"},
	{"督查员", "2402"},
	{"无关人员", "3207"},
	{"外机关", "4003"},
	{"系统管理员", "9001"},
	{"安全管理员", "9002"},
	{"审计管理员", "9003"},
}

// chart draws the table of one definition.
type chart struct {
	t *testing.T
	o *apptest.Office
	p *engine.Procedure
}

func (c *chart) draw() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", c.p.Kind, c.p.Name)
	for i := range c.p.Steps {
		s := &c.p.Steps[i]
		for _, state := range []engine.State{engine.Open, engine.Suspended} {
			m := c.matter(s.Key, state)
			fmt.Fprintf(&b, "\n【%s %s】%s，在办人：%s\n", s.Key, s.Name, engine.StateNames[state], strings.Join(c.o.Names(m.Holders()...), "、"))
			b.WriteString(c.actions(m))
		}
	}
	for _, state := range []engine.State{engine.Closed, engine.Void} {
		fmt.Fprintf(&b, "\n【%s】\n%s", engine.StateNames[state], c.actions(c.matter("", state)))
	}
	return b.String()
}

// matter is one as it might stand at a step: filled in, with a trail through all steps before, held by whom the
// definition names.
func (c *chart) matter(step string, state engine.State) *engine.Matter {
	dir := c.o.Directory()
	starter := dir.ByUsername("3302")
	m := &engine.Matter{
		ID: 1, Agency: starter.Agency, Kind: c.p.Kind, Definition: c.p.Version, Version: 1, State: state, Step: step, Starter: starter.ID,
		Unit: starter.Unit, Created: c.o.Now(), Year: 2026, Number: "第1号", Fields: map[string]any{},
	}
	for i := range c.p.Fields {
		if f := &c.p.Fields[i]; !f.Transient {
			if v := c.filled(f); v != nil {
				m.Fields[f.Key] = v
			}
		}
	}
	for i := range c.p.Steps {
		m.Trail = append(m.Trail, engine.Hop{Step: c.p.Steps[i].Key, By: dir.ByUsername("3103").ID, To: step, At: c.o.Now()})
	}
	if step == "" {
		return m
	}
	read(c.t, c.o, func(tx *db.Tx) error {
		w, err := c.o.Engine.World(tx)
		if err != nil {
			return err
		}
		who, err := c.p.Value(c.p.Step(step).Who, m, w)
		if err != nil {
			return err
		}
		for _, id := range idsIn(who) {
			m.Tasks = append(m.Tasks, engine.Task{Step: step, Role: engine.Handle, Person: id, State: engine.TaskOpen, Arrived: c.o.Now()})
		}
		return nil
	})
	return m
}

// filled is a value for a field: people and units that are nobody's double, words and figures that mean nothing.
func (c *chart) filled(f *engine.Field) any {
	o := c.o
	switch f.Type {
	case engine.Person:
		return o.Person("1008")
	case engine.People:
		return o.People("1006", "1009")
	case engine.Unit:
		return o.Unit("应急信访科")
	case engine.Units:
		return o.Units("督查科", "县财政局办公室")
	case engine.Issuer:
		return o.Issuer("临政办")
	case engine.Issuers:
		return []any{o.Issuer("临委办")}
	case engine.Choice:
		return f.Options[0]
	case engine.NumberOf, engine.Money:
		return 1.0
	case engine.Date:
		return "2026-11-20"
	case engine.DateTime:
		return o.Now().Format(time.RFC3339)
	case engine.Text, engine.LongText, engine.Body:
		return "文字"
	}
	return nil
}

// actions lists every action with who may do it and, for those who may not, why.
func (c *chart) actions(m *engine.Matter) string {
	type line struct {
		allowed, order []string
		refused        map[string][]string
	}
	var keys []string
	lines := map[string]*line{}
	people := slices.Clone(roles)
	if holders := m.Holders(); len(holders) > 0 {
		people = append([]struct{ name, number string }{{"在办人", c.o.Directory().Person(holders[0]).Username}}, people...)
	}
	for _, who := range people {
		for _, offer := range c.offers(m, who.number) {
			name := offer.Action.Key + " " + offer.Action.Name
			if lines[name] == nil {
				keys = append(keys, name)
				lines[name] = &line{refused: map[string][]string{}}
			}
			l := lines[name]
			if offer.Allowed {
				l.allowed = append(l.allowed, who.name)
				continue
			}
			var why []string
			for _, r := range offer.Reasons {
				why = append(why, r.Text)
			}
			reason := strings.Join(why, "；")
			if l.refused[reason] == nil {
				l.order = append(l.order, reason)
			}
			l.refused[reason] = append(l.refused[reason], who.name)
		}
	}
	var b strings.Builder
	for _, key := range keys {
		fmt.Fprintf(&b, "  %s\n", key)
		if l := lines[key]; len(l.allowed) > 0 {
			fmt.Fprintf(&b, "    可：%s\n", strings.Join(l.allowed, "、"))
		}
		for _, reason := range lines[key].order {
			who := strings.Join(lines[key].refused[reason], "、")
			if len(lines[key].refused[reason]) > len(people)/2 {
				who = "其余各岗"
			}
			fmt.Fprintf(&b, "    否（%s）：%s\n", reason, who)
		}
	}
	if len(keys) == 0 {
		b.WriteString("  （没有可办的）\n")
	}
	return b.String()
}

func (c *chart) offers(m *engine.Matter, number string) []engine.Offer {
	var out []engine.Offer
	read(c.t, c.o, func(tx *db.Tx) error {
		w, err := c.o.Engine.World(tx)
		if err != nil {
			return err
		}
		out, err = c.o.Engine.Offers(tx, c.p, m, c.o.Directory().ByUsername(number).ID, w)
		return err
	})
	return out
}

func idsIn(v any) []db.ID {
	var out []db.ID
	switch x := v.(type) {
	case string:
		if id, err := db.ParseID(x); err == nil && id != 0 {
			out = append(out, id)
		}
	case []string:
		for _, s := range x {
			out = append(out, idsIn(s)...)
		}
	case []any:
		for _, e := range x {
			out = append(out, idsIn(e)...)
		}
	}
	return out
}
