package stories_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

var walks = flag.Int("walks", 20, "random walks over each definition; every walk has its own seed, so a failure comes again")

// walk 乱走: random people try random actions with random entries on one matter.
type walk struct {
	*testing.T
	*rand.Rand
	o      *apptest.Office
	dir    *org.Directory
	people []*org.Person
	done   map[string]bool // what came off, by step and action, for knowing how far the walks get
	trace  []string
}

func Test乱走任何程序都不会丢件(t *testing.T) {
	o := apptest.Open(t)
	dir := o.Directory()
	var people []*org.Person
	for _, a := range dir.Agencies() {
		people = append(people, dir.People(a.ID)...)
	}
	for _, p := range o.Engine.Catalogue().All() {
		if p.Thing != "" { // what other kinds name is registered first
			for seed := range *walks {
				(&walk{t, rand.New(rand.NewPCG(uint64(seed), 1)), o, dir, people, map[string]bool{}, nil}).one(p, p.Thing)
			}
		}
	}
	for range 3 {
		letter(o, "关于借用除雪设备的函") // something issued, for others to refer to
	}
	for _, p := range o.Engine.Catalogue().All() {
		t.Run(p.Name, func(t *testing.T) {
			done, steps := map[string]bool{}, map[string]bool{}
			for seed := range *walks {
				w := &walk{t, rand.New(rand.NewPCG(uint64(seed), 0)), o.For(t), dir, people, done, nil}
				w.one(p, "")
			}
			for key := range done {
				step, _, _ := strings.Cut(key, " ")
				steps[step] = true
			}
			if 4*len(steps) < len(p.Steps) {
				t.Errorf("%d个环节只走到%d个，乱走走得太浅", len(p.Steps), len(steps))
			}
		})
	}
	wholeBooks(t, o)
	envelope(o)
	o.Away("3301", o.Now().Add(48*time.Hour), "3302", "出差")
	lead(t, o, "3205", "2003")
	lead(t, o, "3302", "2003")
	sameEyes(t, o, people)
	sameFigures(t, o, people)
	sameDays(t, o)
}

// one begins a matter and walks it, no further than to a step if one is named.
func (w *walk) one(p *engine.Procedure, until string) {
	ctx := context.Background()
	var m *engine.Matter
	for m == nil { // those who may not begin one are refused
		var err error
		if m, err = w.o.Engine.Create(ctx, pick(w, w.people).ID, p.Kind, nil, ""); err != nil {
			w.expected(err)
		}
	}
	for range 5 + w.IntN(60) {
		if m.State == engine.Void || until != "" && m.Step == until {
			return
		}
		who := w.someone(m)
		cmd, ok := w.wish(p, m, who)
		if !ok {
			continue
		}
		before, step := m.Version, m.Step
		w.trace = append(w.trace, fmt.Sprintf("%s %s %s %v", w.dir.Name(who), step, cmd.Action, cmd.Fields))
		after, err := w.o.Engine.Do(ctx, who, cmd)
		if err != nil {
			w.expected(err)
			after = w.o.Matter(m.ID)
			if after.Version != before {
				w.fail("%s被拒绝，却成了第%d版", cmd.Action, after.Version)
			}
		} else {
			w.done[step+" "+cmd.Action] = true
			if after.Version <= before {
				w.fail("%s办成了，版本没有增加", cmd.Action)
			}
			if after.State == engine.Open {
				after = w.o.Matter(m.ID) // effects and linked matters may have gone on
			}
		}
		w.sound(p, after, cmd.Action)
		w.printable(p, after)
		m = after
	}
}

// expected: a refusal is an answer; a fault of our own is not.
func (w *walk) expected(err error) {
	if errs.KindOf(err) == errs.Internal {
		w.fail("出了内部错误：%v", err)
	}
}

func (w *walk) fail(format string, args ...any) {
	w.Helper()
	w.Fatalf(format+"\n%s", append(args, strings.Join(w.trace, "\n"))...)
}

func pick[T any](w *walk, list []T) T { return list[w.IntN(len(list))] }

// sound is what must hold after anything at all.
func (w *walk) sound(p *engine.Procedure, m *engine.Matter, action string) {
	owed := m.OpenTasks(engine.Handle)
	switch m.State {
	case engine.Open, engine.Suspended:
		if len(owed) == 0 {
			w.fail("“%s”以后，%s的件没有人办（环节%s）", action, engine.StateNames[m.State], m.Step)
		}
		if p.Step(m.Step) == nil {
			w.fail("“%s”以后，件在没有的环节“%s”", action, m.Step)
		}
	default:
		if len(owed) > 0 {
			w.fail("“%s”以后，%s的件还有待办", action, engine.StateNames[m.State])
		}
	}
	for _, t := range owed {
		if who := w.dir.Person(t.Person); who == nil || !who.Active || t.Step != m.Step {
			w.fail("“%s”以后，待办不对：%s环节%s", action, w.dir.Name(t.Person), t.Step)
		}
	}
}

// someone is mostly a holder, sometimes anybody.
func (w *walk) someone(m *engine.Matter) db.ID {
	if holders := m.Holders(); len(holders) > 0 && w.IntN(10) < 8 {
		return pick(w, holders)
	}
	return pick(w, w.people).ID
}

// wish picks an action the person is shown and fills it in, mostly as it should be.
func (w *walk) wish(p *engine.Procedure, m *engine.Matter, who db.ID) (engine.Command, bool) {
	var offers []engine.Offer
	err := w.o.DB.Read(context.Background(), func(tx *db.Tx) error {
		seen, p, world, err := w.o.Engine.Look(tx, who, m.ID)
		if err != nil {
			return err
		}
		offers, err = w.o.Engine.Offers(tx, p, seen, who, world)
		return err
	})
	if err != nil {
		w.expected(err)
		return engine.Command{}, false
	}
	rare := []string{"void", "give-up", "return", "withdraw", "suspend", "return-document", "reject", "refuse", "urge", "extend", "add-reader", "correct", "transfer", "joint", "alone"}
	var likely []engine.Offer
	for _, o := range offers {
		often := !slices.Contains(rare, o.Action.Key) || w.IntN(12) == 0
		if o.Allowed && o.Action.Style == "primary" {
			likely = append(likely, o, o, o)
		}
		if often && (o.Allowed || w.IntN(12) == 0) {
			likely = append(likely, o)
		}
	}
	if len(likely) == 0 {
		return engine.Command{}, false
	}
	o := pick(w, likely)
	values := fields{}
	for _, e := range o.Entries {
		if e.Required || w.IntN(8) > 0 {
			values[e.Field] = w.value(p.Field(e.Field), p, m, values)
		}
	}
	cmd := engine.Command{Matter: m.ID, Action: o.Action.Key, Version: m.Version, Fields: values}
	if o.Action.Opinion != "" && o.Action.Opinion != "none" && w.IntN(12) > 0 {
		cmd.Opinion = "同意"
	}
	return cmd, true
}

// value is an entry for a field: what it holds already, a good one, or seldom nonsense.
func (w *walk) value(f *engine.Field, p *engine.Procedure, m *engine.Matter, others fields) any {
	if w.IntN(80) == 0 {
		return pick(w, []any{"", 3.5, -1.0, true, []any{"无此项"}, "不存在", map[string]any{}})
	}
	if now, ok := m.Fields[f.Key]; ok && (f.Type == engine.Choice || f.Type == engine.Table || w.IntN(2) == 0) {
		return now
	}
	switch f.Key {
	case "return_to":
		steps := p.ReturnTargets(m)
		if len(steps) == 0 {
			return "draft"
		}
		return pick(w, steps).Key
	case "file_year":
		return 2026.0
	case "from":
		return "2026-11-19 08:30"
	case "until":
		return pick(w, []string{"2026-11-19 11:30", "2026-11-20 17:30"})
	case "office_code":
		return "BGS"
	case "title":
		kind, _ := others["doc_kind"].(string)
		if kind == "" {
			kind, _ = m.Fields["doc_kind"].(string)
		}
		return "关于做好冬季供暖的" + kind
	}
	return w.ofType(f, p, m)
}

func (w *walk) ofType(f *engine.Field, p *engine.Procedure, m *engine.Matter) any {
	ours := slices.DeleteFunc(slices.Clone(w.people), func(x *org.Person) bool {
		return x.Agency != m.Agency || f.Leaders && !x.Leader
	})
	if len(ours) == 0 {
		ours = w.people
	}
	mostly := w.IntN(12) > 0
	switch f.Type {
	case engine.NumberOf, engine.Money:
		if mostly {
			return 1.0
		}
		return float64(w.IntN(2030))
	case engine.Flag:
		return mostly
	case engine.Date:
		return pick(w, []string{"2026-09-30", "2026-11-16", "2026-11-18", "2026-12-01"})
	case engine.DateTime:
		return pick(w, []string{"2026-11-18 09:00", "2026-11-17 10:30"})
	case engine.Choice:
		if len(f.Options) == 0 || mostly {
			return append(slices.Clone(f.Options), "系统提醒")[0]
		}
		return pick(w, f.Options)
	case engine.Choices:
		if mostly {
			return listOf(f.Options)
		}
		return listOf(f.Options[:w.IntN(len(f.Options)+1)])
	case engine.Person:
		return pick(w, ours).ID.String()
	case engine.People:
		return []any{pick(w, ours).ID.String(), pick(w, ours).ID.String()}
	case engine.Unit:
		return pick(w, w.dir.Units(m.Agency)).ID.String()
	case engine.Units:
		return []any{pick(w, w.dir.Units(m.Agency)).ID.String()}
	case engine.Issuer:
		return pick(w, w.dir.Issuers(m.Agency)).ID.String()
	case engine.Issuers:
		return []any{pick(w, w.dir.Issuers(m.Agency)).ID.String()}
	case engine.File, engine.Files:
		return nil
	case engine.MatterOf:
		return w.thing(f.Of, m.Starter)
	case engine.Table:
		row := fields{}
		for i := range f.Columns {
			row[f.Columns[i].Key] = w.ofType(&f.Columns[i], p, m)
		}
		return []any{row}
	}
	return pick(w, []string{"县水利局", "各乡镇人民政府", "已办"})
}

// thing is one of the registered things of a kind that a person may name, if there is any.
func (w *walk) thing(kind string, person db.ID) any {
	p := w.o.Engine.Catalogue().Kind(kind)
	if p == nil || p.Thing == "" {
		return nil
	}
	var found []*engine.Matter
	read(w.T, w.o, func(tx *db.Tx) error {
		world, err := w.o.Engine.World(tx)
		if err != nil {
			return err
		}
		found, err = w.o.Engine.Nameable(tx, p, world.ActorOf(person), world, "", 20)
		return err
	})
	if len(found) == 0 {
		return nil
	}
	return pick(w, found).ID.String()
}

func listOf(options []string) []any {
	out := make([]any, len(options))
	for i, o := range options {
		out[i] = o
	}
	return out
}

// wholeBooks checks what must hold of the books as a whole: every number once, the journal unbroken.
func wholeBooks(t *testing.T, o *apptest.Office) {
	t.Helper()
	read(t, o, func(tx *db.Tx) error {
		n, err := journal.Verify(tx)
		if err != nil || n == 0 {
			t.Errorf("留痕第%d条断了：%v", n, err)
		}
		return tx.Query(`SELECT agency_id, kind, number, COUNT(*) FROM matters WHERE number <> '' GROUP BY agency_id, kind, number HAVING COUNT(*) > 1`, nil,
			func(scan func(...any) error) error {
				var agency db.ID
				var kind, number string
				var times int
				err := scan(&agency, &kind, &number, &times)
				t.Errorf("%s的编号%s给了%d次", kind, number, times)
				return err
			})
	})
}

// lead puts somebody's post under another's (ORG-02).
func lead(t *testing.T, o *apptest.Office, who, leader string) {
	t.Helper()
	dir := o.Directory()
	post := *dir.Post(dir.ByUsername(who).Posts[0])
	post.LedBy = dir.ByUsername(leader).Posts[0]
	if err := o.DB.Write(t.Context(), func(tx *db.Tx) error { return org.Put(tx, &post) }); err != nil {
		t.Fatal(err)
	}
}

// sameEyes checks that the list of what a person may see is all that the rule lets them look at, and nothing more.
func sameEyes(t *testing.T, o *apptest.Office, people []*org.Person) {
	t.Helper()
	var all []db.ID
	read(t, o, func(tx *db.Tx) error {
		return tx.Query(`SELECT id FROM matters ORDER BY id`, nil, func(scan func(...any) error) error {
			var id db.ID
			err := scan(&id)
			all = append(all, id)
			return err
		})
	})
	if len(all) < 20 {
		t.Fatalf("只有%d件，看不出什么", len(all))
	}
	for _, p := range people {
		read(t, o, func(tx *db.Tx) error {
			w, err := o.Engine.World(tx)
			if err != nil {
				return err
			}
			listed := map[db.ID]bool{}
			cond, args := o.Engine.Seen(w.ActorOf(p.ID), w)
			err = tx.Query(`SELECT m.id FROM matters m WHERE `+cond, args, func(scan func(...any) error) error {
				var id db.ID
				err := scan(&id)
				listed[id] = true
				return err
			})
			for _, id := range all {
				_, _, _, err := o.Engine.Look(tx, p.ID, id)
				if looks := err == nil; looks != listed[id] {
					t.Errorf("%s：名单上有=%v，打得开=%v", p.Name, listed[id], looks)
				}
			}
			return err
		})
	}
}
