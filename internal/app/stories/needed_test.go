package stories_test

import (
	"errors"
	"slices"
	"strings"
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

// What every line of a table must have bears a star at the head of its column; a rule that refuses names line and cell, as
// the table was filled in.
func Test_表格里每行必填的栏目有星号_被退时指到哪行哪格(t *testing.T) {
	o := apptest.Open(t)
	for _, c := range []struct{ kind, action, table, want string }{
		{"office-meeting", "conclude", "conclusions", "conclusion"},
		{"duty-shift", "note", "entries", "at matter"},
		{"emergency-report", "next", "sent_up", "to at receiver"},
		{"destruction", "submit", "items", "copies ground"}, // name or carrier: neither alone
		{"outgoing", "hand-out", "distribution", "unit channel"},
		{"document-recall", "settle", "items", "outcome"},
		{"decision-data", "submit", "figures", "indicator measure"},
	} {
		p := o.Engine.Catalogue().Kind(c.kind)
		var act *engine.Action
		for i := range p.Steps {
			for j := range p.Steps[i].Actions {
				if a := &p.Steps[i].Actions[j]; a.Key == c.action && len(a.CellsWanted(c.table)) > 0 {
					act = a
				}
			}
		}
		if act == nil {
			t.Errorf("%s的%s没有要星号的栏目", p.Name, c.table)
		} else if got := strings.Join(act.CellsWanted(c.table), " "); got != c.want {
			t.Errorf("%s的%s：有星号的是%s", p.Name, c.table, got)
		}
	}

	m := o.Create("2302", "decision-data", fields{"title": "十月主要经济指标", "domain": "经济运行", "period": "2026年10月", "source": "县统计局月报"})
	reasons := o.Refused("2302", m, "submit", fields{"figures": []any{
		fields{"indicator": "工业增加值", "measure": "亿元"}, fields{}, fields{"indicator": "财政收入", "value": 1.05}, fields{"value": 2},
	}})
	if r := reasons[0]; len(reasons) != 1 || r.Text != "每个数据要写明指标和单位（第 3 行缺单位，第 4 行缺指标、单位）" ||
		!slices.Equal(r.Cells, []errs.Cell{{Row: 2, Column: "measure"}, {Row: 3, Column: "indicator"}, {Row: 3, Column: "measure"}}) {
		t.Errorf("被退的理由：%+v", reasons)
	}
	reasons = o.Refused("2302", m, "submit", fields{"figures": []any{fields{"indicator": "工业增加值", "measure": "亿元", "value": "三点二"}}})
	if r := reasons[0]; !slices.Equal(r.Cells, []errs.Cell{{Row: 0, Column: "value"}}) {
		t.Errorf("填错的一格没有指出来：%+v", r)
	}

	meeting := o.Create("1010", "office-meeting", fields{"asked": o.Units("文电科")})
	o.Do("1010", meeting, "ask", nil)
	o.Do("3101", meeting, "none", nil)
	past := fields{"topic": "学习", "conclusion": "已通报", "unit": o.Unit("综合科"), "due": "2020-01-02"}
	reasons = o.Refused("1010", meeting, "conclude", fields{"present": o.People("3101"), "conclusions": []any{past}})
	if r := reasons[0]; r.Text != "时限不能早于今天（第 1 行）" || !slices.Equal(r.Cells, []errs.Cell{{Row: 0, Column: "due"}}) {
		t.Errorf("填了而不对的一格没有指出来：%+v", r)
	}
}
