package stories_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

func TestDbg(t *testing.T) {
	kind := os.Getenv("KIND")
	if kind == "" {
		t.Skip()
	}
	o := apptest.Open(t)
	dir := o.Directory()
	var people []*org.Person
	for _, a := range dir.Agencies() {
		people = append(people, dir.People(a.ID)...)
	}
	for _, p := range o.Engine.Catalogue().All() {
		if p.Thing != "" {
			for seed := range 40 {
				(&walk{t, rand.New(rand.NewPCG(uint64(seed), 1)), o, dir, people, map[string]bool{}, nil}).one(p, p.Thing)
			}
			n := 0
			read(t, o, func(tx *db.Tx) error {
				for _, a := range dir.Agencies() {
					l, err := o.Engine.Things(tx, p, a.ID, "", 100)
					if err != nil {
						return err
					}
					n += len(l)
				}
				return nil
			})
			fmt.Println(p.Kind, "things", n)
		}
	}
	p := o.Engine.Catalogue().Kind(kind)
	done := map[string]bool{}
	why := map[string]int{}
	for seed := range 60 {
		w := &walk{t, rand.New(rand.NewPCG(uint64(seed), 0)), o, dir, people, done, nil}
		_ = engine.Open
		var m *engine.Matter
		for m == nil {
			var err error
			m, err = o.Engine.Create(context.Background(), pick(w, people).ID, kind, nil, "")
			_ = err
		}
		for range 60 {
			who := w.someone(m)
			cmd, ok := w.wish(p, m, who)
			if !ok {
				continue
			}
			step := m.Step
			after, err := o.Engine.Do(context.Background(), who, cmd)
			if err != nil {
				for _, l := range splitReasons(err) {
					why[step+" "+cmd.Action+" "+l]++
				}
				m = o.Matter(m.ID)
			} else {
				done[step+" "+cmd.Action] = true
				m = o.Matter(after.ID)
			}
			if m.State == engine.Void {
				break
			}
		}
	}
	for k, v := range why {
		fmt.Println(v, k)
	}
	fmt.Println(done)
}
