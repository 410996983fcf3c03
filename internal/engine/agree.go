package engine

import (
	"context"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// agreedAtOnce is how many matters are held against the journal together.
const agreedAtOnce = 500

// Agree 核对 holds every matter against what the journal says was done with it, and tells of each that differs: the journal
// is chained, the matters themselves are not, and somebody may have written to the database past the door (OA-29). It looks
// at one moment; the office may work meanwhile. What it tells names fields, never what is in them.
func (e *Engine) Agree(ctx context.Context, tell func(done int), found func(text string)) (matters int, err error) {
	return matters, e.db.Still(ctx, func(tx *db.Tx) error {
		for last := db.ID(0); ; {
			list, err := matterRows(tx, last, agreedAtOnce)
			if err != nil {
				return err
			}
			until := db.ID(math.MaxInt64)
			if len(list) > 0 {
				until = list[len(list)-1].ID
			}
			traces, err := tracesOf(tx, last, until)
			if err != nil {
				return err
			}
			kept, err := keptOf(tx, list, traces, last, until)
			if err != nil {
				return err
			}
			for _, m := range list {
				if err := e.agrees(tx, m, traces[m.ID], kept, found); err != nil {
					return err
				}
				delete(traces, m.ID)
			}
			for _, id := range slices.Sorted(maps.Keys(traces)) {
				found(fmt.Sprintf("事项 %s 在留痕里有，库里没有", id))
			}
			if matters += len(list); len(list) == 0 {
				return nil
			}
			tell(matters)
			last = until
		}
	})
}

func (e *Engine) agrees(tx *db.Tx, m *Matter, t *trace, kept *kept, found func(string)) error {
	p, err := e.Procedure(tx, m)
	if err != nil {
		return err
	}
	called := fmt.Sprintf("事项 %s（%s）", m.Number, m.ID)
	if m.Number == "" {
		called = fmt.Sprintf("事项 %s", m.ID)
	}
	if t == nil {
		found(called + "在留痕里没有")
		return nil
	}
	if t.custody == "" {
		t.custody = p.Custody
	}
	say := func(same bool, what string) {
		if !same {
			found(called + "的“" + what + "”与留痕不符")
		}
	}
	say(t.act.Version == m.Version && t.entries == m.Version, "办理次数")
	stands := t.act.To == m.Step && (m.Step == "") == (m.State == Closed || m.State == Void) && (t.act.State == "" || t.act.State == m.State)
	say(stands, "环节和状态")
	say(t.number == m.Number, "编号")
	say(t.custody == m.Custody, "保管状态")
	for i := range p.Fields {
		if f := &p.Fields[i]; !f.Transient {
			say(reflect.DeepEqual(t.fields[f.Key], m.Fields[f.Key]), f.Name)
		}
	}
	text := func(field string) string { s, _ := m.Fields[field].(string); return s }
	workSecret, _ := m.Fields[p.WorkSecret].(bool)
	say(m.Title == text(p.Title) && m.Secrecy == text(p.Secrecy) && m.Urgency == text(p.Urgency) && m.PartyNumber == text(p.PartyNumber) &&
		m.WorkSecret == workSecret && m.Held == p.heldOn(m), "列表所示")
	return t.agreesBeside(m, kept, say)
}

// agreesBeside holds what stands beside the fields against the imprints in the last entry. An entry of an older program
// has none: then what else the journal says of the tasks is asked, who holds the matter.
func (t *trace) agreesBeside(m *Matter, kept *kept, say func(same bool, what string)) error {
	if t.act.Rest != "" {
		rest, err := m.rest()
		if err != nil {
			return err
		}
		say(rest == t.act.Rest, "登记项（是否密封、科室、来文单位、起止和到期时刻、经过）")
		owed, err := m.owed()
		if err != nil {
			return err
		}
		say(owed == t.act.Owed, "待办")
	} else {
		holders := m.Holders()
		say(len(holders) == len(t.act.Given) && !slices.ContainsFunc(holders, func(id db.ID) bool { return !slices.Contains(t.act.Given, id) }), "待办")
	}
	say(!kept.odd[m.ID], "待办所列的类别和缓急")
	say(maps.Equal(kept.access[m.ID], t.mayKnow(m)), "可阅人员")
	for _, id := range slices.Sorted(maps.Keys(t.files)) {
		was, is := t.files[id], kept.files[id]
		if was.Of == 0 {
			was.Of = m.ID
		}
		say(is == was, "附件“"+was.Name+"”")
	}
	return nil
}
