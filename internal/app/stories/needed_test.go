package stories_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// Of every kind, an untouched form is sent off: what is refused for being empty bore the star, and what bore the star is
// refused.
func Test_每类事项空着送出被拒的栏目都有星号(t *testing.T) {
	o := apptest.Open(t)
	starred := 0
	for _, p := range o.Engine.Catalogue().All() {
		who := starterOf(t, o, p)
		if who == "" {
			continue
		}
		m := o.Create(who, p.Kind, nil)
		act := &p.First().Actions[0]
		before := o.Matter(m)
		var needed []string
		err := o.DB.Read(t.Context(), func(tx *db.Tx) error {
			var err error
			needed, err = o.Engine.NeededNow(tx, o.Directory().ByUsername(who).ID, m, act.Key, nil)
			return err
		})
		if err != nil {
			t.Fatalf("%s：%v", p.Name, err)
		}
		starred += len(needed)
		refused := refusedFor(t, o, who, m, act)
		for _, e := range act.Fields {
			f := p.Field(e.Field)
			empty := before.Fields[e.Field] == nil
			if empty && slices.Contains(refused, e.Field) && !slices.Contains(needed, e.Field) {
				t.Errorf("%s：“%s”空着送不出去，却没有星号", p.Name, f.Name)
			}
			if empty && slices.Contains(needed, e.Field) && !slices.Contains(refused, e.Field) {
				t.Errorf("%s：“%s”有星号，空着却没有被拒：%v", p.Name, f.Name, refused)
			}
		}
	}
	if starred < 300 {
		t.Errorf("总共只有%d个星号", starred)
	}
}

func refusedFor(t *testing.T, o *apptest.Office, who string, m db.ID, act *engine.Action) []string {
	t.Helper()
	_, err := o.Try(who, m, act.Key, nil, "办")
	var e *errs.Error
	if err != nil && !errors.As(err, &e) {
		t.Fatal(err)
	}
	var out []string
	if e != nil {
		for _, r := range e.Reasons {
			out = append(out, r.Field)
		}
	}
	return out
}

// starterOf finds somebody who may begin a matter of the kind.
func starterOf(t *testing.T, o *apptest.Office, p *engine.Procedure) (number string) {
	t.Helper()
	err := o.DB.Read(t.Context(), func(tx *db.Tx) error {
		w, err := o.Engine.World(tx)
		if err != nil {
			return err
		}
		for _, who := range []string{"3102", "3302", "3104", "3103", "1007", "2602", "2201", "3101", "2101", "1001"} {
			if p.MayStart(w, w.Dir.ByUsername(who).ID) {
				number = who
				break
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return number
}
