package stories_test

import (
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// rateTables are the rates of a kind, worked out for somebody.
func rateTables(t *testing.T, o *apptest.Office, who, kind string) []*engine.RateTable {
	t.Helper()
	var out []*engine.RateTable
	book(t, o, who, kind, func(p *engine.Procedure, lines []*engine.Matter, w engine.World) error {
		return o.DB.Read(t.Context(), func(tx *db.Tx) error {
			var err error
			out, err = o.Engine.Rates(tx, p, lines, w.ActorOf(o.Directory().ByUsername(who).ID), w, o.Now().Year())
			return err
		})
	})
	return out
}

// rated is each rate of a kind for all together, per cent.
func rated(t *testing.T, o *apptest.Office, who, kind string) map[string]float64 {
	t.Helper()
	out := map[string]float64{}
	for _, table := range rateTables(t, o, who, kind) {
		out[table.Name] = table.Lines[len(table.Lines)-1].Percent
	}
	return out
}

func Test一次工作完成率和质量精品率按退改返工数(t *testing.T) { // EVAL-10
	o := apptest.Open(t)
	letter(o, "关于借用除雪设备的函")
	finish := func(back, again bool) {
		m := o.Create("3302", "outgoing", nil)
		o.Do("3302", m, "submit", notice(o, fields{"doc_kind": "便函", "direction": "平行", "title": "关于借用除雪车的函", "recipients": "清禾县人民政府办公室", "copies": 2}))
		if back {
			o.Do("1010", m, "refuse", nil, "请按意见修改")
			o.Do("3302", m, "submit", nil)
		}
		o.Do("1010", m, "sign", nil)
		o.Do("3103", m, "number", nil)
		sent := fields{"distribution": []any{fields{"unit": "清禾县人民政府办公室", "copies": 1, "channel": "市内互寄", "receiver": "收发室"}}}
		o.Do("3103", m, "hand-out", sent)
		if again {
			o.Do("3103", m, "resend", fields{"e_problem": "附件打不开"})
			o.Do("3103", m, "hand-out", sent)
		}
		o.Do("3103", m, "all-signed", nil)
		o.Do("3103", m, "close", fields{"materials": allPapers, "pages": 1})
	}
	finish(true, false)
	finish(false, true)
	finish(false, false)
	got := rated(t, o, "3103", "outgoing")
	if got["一次工作完成率"] != 75 || got["质量精品率"] != 50 {
		t.Errorf("四件里一件退改、一件重发，比率是%v", got)
	}
}
