package stories_test

import (
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// numbers 数 of figures: received, closed, late, hours worked, pending.
type numbers [5]float64

type tally map[engine.FiguresOf]numbers

func (t tally) add(of engine.FiguresOf, n numbers) {
	sum := t[of]
	for i := range n {
		sum[i] += n[i]
	}
	if t[of] = sum; sum == (numbers{}) {
		delete(t, of)
	}
}

// passing counts one thing by what the statistics mean.
func (t tally) passing(of engine.FiguresOf, arrived, ended, due time.Time, closed, pending bool, period func(time.Time) int) {
	came, went := numbers{1}, numbers{0, 1, 0, ended.Sub(arrived).Hours()}
	if pending {
		came[4] = 1
	}
	of.Period = period(arrived)
	t.add(of, came)
	if !closed {
		return
	}
	if !due.IsZero() && ended.After(due) {
		went[2] = 1
	}
	of.Period = period(ended)
	t.add(of, went)
}

// sameFigures checks that the kept figures are those of the matters, and that everybody is shown the figures of what they
// may look at: counted here matter by matter, asking of each whether it may be opened.
func sameFigures(t *testing.T, o *apptest.Office, people []*org.Person) {
	t.Helper()
	if wrong, err := o.Engine.CheckFigures(t.Context()); wrong != 0 || err != nil {
		t.Errorf("统计数有%d行与各件不符（%v）", wrong, err)
	}
	var all []*engine.Matter
	read(t, o, func(tx *db.Tx) error {
		return tx.Query(`SELECT id FROM matters ORDER BY id`, nil, func(scan func(...any) error) error {
			var id db.ID
			err := scan(&id)
			all = append(all, o.Matter(id))
			return err
		})
	})
	year := o.Now().Year()
	for i, p := range people {
		kind := []string{"", "", "incoming", "leave"}[i%4]
		read(t, o, func(tx *db.Tx) error {
			w, err := o.Engine.World(tx)
			if err != nil {
				return err
			}
			var staff []db.ID
			for _, s := range w.Dir.People(p.Agency) {
				staff = append(staff, s.ID)
			}
			actor := w.ActorOf(p.ID)
			matters, err := o.Engine.MatterFigures(tx, actor, w, kind, year-1, year)
			if err != nil {
				return err
			}
			work, err := o.Engine.WorkFigures(tx, actor, w, kind, year, staff)
			got, want := tally{}, tally{}
			for _, f := range append(matters, work...) {
				got.add(f.FiguresOf, numbers{float64(f.Received), float64(f.Closed), float64(f.Late), f.Worked.Hours(), float64(f.Pending)})
			}
			for _, m := range all {
				_, _, _, hidden := o.Engine.Look(tx, p.ID, m.ID)
				if hidden == nil && m.Agency == p.Agency && (kind == "" || kind == m.Kind) {
					want.matter(o, m, staff)
				}
			}
			if !maps.Equal(got.rounded(), want.rounded()) {
				for of := range want {
					if got[of] == want[of] {
						delete(got, of)
						delete(want, of)
					}
				}
				t.Errorf("%s（%s）看到的统计与看得到的件不符：%v，应为%v", p.Name, kind, got, want)
			}
			return err
		})
	}
}

func (t tally) matter(o *apptest.Office, m *engine.Matter, staff []db.ID) {
	p := o.Engine.Catalogue().Kind(m.Kind)
	filling := m.State == engine.Open && m.Number == "" && m.Step == p.First().Key
	if m.State == engine.Void || filling || p.Thing != "" && p.Thing == m.Step {
		return
	}
	of := engine.FiguresOf{Agency: m.Agency, Kind: m.Kind, Unit: m.Unit}
	t.passing(of, m.Created, m.Closed, m.Due, m.State == engine.Closed, m.State != engine.Closed, func(at time.Time) int {
		return 100*at.In(db.Location).Year() + int(at.In(db.Location).Month())
	})
	for _, task := range m.Tasks {
		if !slices.Contains(staff, task.Person) || task.Role != engine.Handle || task.State != engine.TaskOpen && task.State != engine.TaskDone {
			continue
		}
		of.Person = task.Person
		t.passing(of, task.Arrived, task.Done, task.Due, task.State == engine.TaskDone, task.State == engine.TaskOpen, func(at time.Time) int {
			return 100 * at.In(db.Location).Year()
		})
	}
}

// rounded takes hours to the minute: sums in another order differ in the last places.
func (t tally) rounded() tally {
	out := tally{}
	for of, n := range t {
		n[3] = float64(int64(60*n[3] + 0.5))
		out[of] = n
	}
	return out
}

func Test统计数错了重算后如初(t *testing.T) {
	o := apptest.Open(t)
	letter(o, "关于借用除雪设备的函")
	wrong := func() int {
		t.Helper()
		n, err := o.Engine.CheckFigures(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := wrong(); n != 0 {
		t.Fatalf("统计数有%d行不对", n)
	}
	for _, damage := range []string{`DELETE FROM figures`, `UPDATE figures SET received = received + 1`, `UPDATE figures SET first_id = first_id + 1`} {
		err := o.DB.Write(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(damage)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if wrong() == 0 {
			t.Errorf("%s以后没有看出不对", damage)
		}
		if err := o.Engine.Recount(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := wrong(); n != 0 {
			t.Errorf("%s重算后还有%d行不对", damage, n)
		}
	}
}

func Test两处同时重算只补一次(t *testing.T) {
	o := apptest.Open(t)
	letter(o, "关于借用除雪设备的函")
	err := o.DB.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`DELETE FROM figures`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if err := o.Engine.Recount(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if wrong, err := o.Engine.CheckFigures(t.Context()); wrong != 0 || err != nil {
		t.Errorf("两处同时重算以后有%d行不对（%v）", wrong, err)
	}
}
