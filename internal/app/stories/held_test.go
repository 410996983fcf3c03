package stories_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

func heldOn(t *testing.T, o *apptest.Office, m db.ID, want string) {
	t.Helper()
	if got := o.Matter(m).Held; got != want {
		t.Errorf("记的是%q那天开，应是%q", got, want)
	}
}

// sameDays checks that every matter bears the day that its fields name, once sent on and until it is over.
func sameDays(t *testing.T, o *apptest.Office) {
	t.Helper()
	days := 0
	read(t, o, func(tx *db.Tx) error {
		var all []db.ID
		err := tx.Query(`SELECT id FROM matters ORDER BY id`, nil, func(scan func(...any) error) error {
			var id db.ID
			err := scan(&id)
			all = append(all, id)
			return err
		})
		for _, id := range all {
			m := o.Matter(id)
			p := o.Engine.Catalogue().Kind(m.Kind)
			want := ""
			if p.Held != "" && m.State != engine.Closed && m.State != engine.Void && m.Step != p.First().Key {
				text, _ := m.Fields[p.Held].(string)
				want = text[:min(len(text), len(time.DateOnly))] // times are written as those of Beijing
			}
			if want != "" {
				days++
			}
			heldOn(t, o, id, want)
		}
		return err
	})
	if days == 0 {
		t.Error("没有一件记着哪天开，走得太浅")
	}
}

func Test改期补排撤回散会后哪天开跟着变(t *testing.T) { // CAL-01
	o := apptest.Open(t)
	meeting := o.Create("1010", "office-meeting", nil)
	heldOn(t, o, meeting, "") // 还没有送出
	o.Do("1010", meeting, "ask", fields{"day": "2026-11-20", "asked": o.Units("文电科")})
	heldOn(t, o, meeting, "2026-11-20")
	o.Do("1010", meeting, "withdraw", nil)
	heldOn(t, o, meeting, "")
	o.Do("1010", meeting, "ask", fields{"day": "2026-11-23", "asked": o.Units("文电科")})
	heldOn(t, o, meeting, "2026-11-23")
	o.Do("3101", meeting, "none", nil)
	heldOn(t, o, meeting, "2026-11-23")
	o.Do("1010", meeting, "conclude", fields{"present": o.People("3101"), "conclusions": []any{fields{"topic": "供暖", "conclusion": "照办"}}})
	heldOn(t, o, meeting, "")

	duty := o.Create("3302", "petition-duty", fields{"day": "2026-11-18", "lead_by": o.Person("1001"), "cadre": o.Person("3301")})
	o.Do("3302", duty, "publish", nil)
	heldOn(t, o, duty, "2026-11-18")
	o.Until(time.Date(2026, 11, 20, 9, 30, 0, 0, db.Location)) // 没有接访，自动补排
	if m := o.Matter(duty); m.Held <= "2026-11-18" || m.Held != m.Fields["day"] {
		t.Errorf("补排到%v，记的是%q", m.Fields["day"], m.Held)
	}

	secret := o.Create("2502", "secret-meeting", fields{
		"code": "2026-03", "level": "机密", "meet_at": "2026-11-21 00:30", "place": "保密会议室", "chair": o.Person("1001"), "scope": o.People("1001"),
		"workers": o.People("2502"), "steward": o.Person("2502"),
	})
	o.Do("2502", secret, "settle", nil)
	heldOn(t, o, secret, "2026-11-21") // 北京时间的那一天
}

func Test定义改了哪天开的字段在办的按起办时的(t *testing.T) {
	o := apptest.Open(t)
	first := strings.Replace(draft(t, "visit-day", "接待日"), "\ntitle: subject ", "\nheld: day\ntitle: subject ", 1)
	first = strings.Replace(first, "  quantity: {", "  meet_at:  {name: 时刻, type: datetime}\n  quantity: {", 1)
	first = strings.Replace(first, "day!, quantity!", "day!, meet_at!, quantity!", 1)
	publish(t, o, "visit-day", first)
	ask := func() db.ID {
		m := o.Create("3302", "visit-day", nil)
		o.Do("3302", m, "submit", fields{"subject": "座谈", "day": "2026-11-19", "meet_at": "2026-11-20 15:00"})
		return m
	}
	old := ask()
	publish(t, o, "visit-day", strings.Replace(first, "held: day", "held: meet_at", 1))
	fresh := ask()
	same := func() {
		t.Helper()
		heldOn(t, o, old, "2026-11-19")
		heldOn(t, o, fresh, "2026-11-20")
	}
	same()
	if err := o.Engine.FillHeld(t.Context()); err != nil {
		t.Fatal(err)
	}
	same()

	// An office of before: its days are filled in when it first starts, and only then.
	tamper := func(q string) {
		t.Helper()
		if err := o.DB.Write(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(q); return err }); err != nil {
			t.Fatal(err)
		}
	}
	tamper(`UPDATE matters SET held_on = ''`)
	for _, keeps := range []bool{false, true} {
		if keeps {
			tamper(`DELETE FROM settings WHERE name = 'held-kept'`)
		}
		if err := o.Engine.KeepHeld(t.Context()); err != nil {
			t.Fatal(err)
		}
		if filled := o.Matter(old).Held != ""; filled != keeps {
			t.Errorf("补记过：%v，应是%v", filled, keeps)
		}
	}
	same()
}

// What was used of a series is what was given less what was struck out (DOC-OUT-35).
func Test已用的号不含作废的(t *testing.T) {
	o := apptest.Open(t)
	publish(t, o, "query-slip", draft(t, "query-slip", "查询单"))
	var slips []db.ID
	for range 3 {
		m := o.Create("3302", "query-slip", nil)
		o.Do("3302", m, "submit", fields{"subject": "查档"})
		slips = append(slips, m)
	}
	o.Do("1010", slips[1], "void", nil, "重复了")
	o.Until(o.Now().AddDate(1, 0, 0))
	m := o.Create("3302", "query-slip", nil)
	o.Do("3302", m, "submit", fields{"subject": "查档"})
	read(t, o, func(tx *db.Tx) error {
		agency := o.Directory().ByUsername("3302").Agency
		for _, c := range []struct {
			series []string
			years  []int
			want   []int
		}{
			{[]string{"query-slip", "没有的"}, []int{2026, 2027, 2028}, []int{2, 1, 0}},
			{[]string{"query-slip"}, []int{2027}, []int{1}},
			{[]string{"没有的"}, []int{2026}, []int{0}},
		} {
			used, err := engine.UsedNumbers(tx, agency, c.series, c.years...)
			if err != nil {
				return err
			}
			var got []int
			for _, y := range c.years {
				got = append(got, used[y])
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%v %v 用了%v，应是%v", c.series, c.years, got, c.want)
			}
		}
		return nil
	})
}
