package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"reflect"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

// agreedAtOnce is how many matters are held against the journal together.
const agreedAtOnce = 500

// Agree 核对 holds every matter against what the journal says was done with it, and tells of each that differs: the journal
// is chained, the matters themselves are not, and somebody may have written to the database past the door (OA-29). It looks
// at one moment; the office may work meanwhile. What it tells names fields, never what is in them.
func (e *Engine) Agree(ctx context.Context, tell func(done int), found func(text string)) (matters int, err error) {
	return matters, e.db.Still(ctx, func(tx *db.Tx) error {
		for last := db.ID(0); ; {
			list, err := readMatters(tx, `SELECT `+matterColumns+`, m.fields FROM matters m WHERE m.id > ? ORDER BY m.id LIMIT ?`, []any{last, agreedAtOnce})
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
			for _, m := range list {
				if err := e.agrees(tx, m, traces[m.ID], found); err != nil {
					return err
				}
				delete(traces, m.ID)
			}
			for id := range traces {
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

// trace 痕迹 is what the journal says a matter has come to.
type trace struct {
	entries, version int64
	step, number     string
	custody          Custody // empty: as it began
	fields           map[string]any
}

// tracesOf follows the journal of the matters after one id and up to another.
func tracesOf(tx *db.Tx, after, until db.ID) (map[db.ID]*trace, error) {
	all := map[db.ID]*trace{}
	return all, tx.Query(`SELECT matter_id, body FROM journal WHERE matter_id > ? AND matter_id <= ? AND topic = 'matter' ORDER BY matter_id, seq`,
		[]any{after, until}, func(scan func(...any) error) error {
			var id db.ID
			var body []byte
			if err := scan(&id, &body); err != nil {
				return err
			}
			var entry journal.Entry
			var act Act
			if err := json.Unmarshal(body, &entry); err != nil {
				return err
			}
			if err := json.Unmarshal(entry.Content, &act); err != nil {
				return err
			}
			if all[id] == nil {
				all[id] = &trace{fields: map[string]any{}}
			}
			all[id].follow(act)
			return nil
		})
}

func (t *trace) follow(act Act) {
	t.entries++
	t.version, t.step = act.Version, act.To
	if act.Number != "" {
		t.number = act.Number
	}
	if act.Custody != "" {
		t.custody = act.Custody
	}
	for _, c := range act.Changes {
		t.fields[c.Field] = c.After
	}
}

func (e *Engine) agrees(tx *db.Tx, m *Matter, t *trace, found func(string)) error {
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
	say(t.version == m.Version && t.entries == m.Version, "办理次数")
	say(t.step == m.Step && (m.Step == "") == (m.State == Closed || m.State == Void), "环节和状态")
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
		m.WorkSecret == workSecret, "列表所示")
	return nil
}

// Numbered 核对编号 tells of every number that is missing in the books, given past the counter, or on a matter but in no book
// (DOC-OUT-51), and counts those that are there.
func (e *Engine) Numbered(ctx context.Context, found func(text string)) (numbers int64, err error) {
	return numbers, e.db.Still(ctx, func(tx *db.Tx) error {
		type series struct {
			agency db.ID
			name   string
			year   int
		}
		given := map[series]int64{}
		err := tx.Query(`SELECT agency_id, series, year, seq FROM numbers ORDER BY agency_id, series, year, seq`, nil, func(scan func(...any) error) error {
			var s series
			var seq int64
			err := scan(&s.agency, &s.name, &s.year, &seq)
			numbers++
			missing(s.name, s.year, given[s]+1, seq-1, found)
			given[s] = seq
			return err
		})
		if err != nil {
			return err
		}
		err = tx.Query(`SELECT agency_id, name, year, next FROM series`, nil, func(scan func(...any) error) error {
			var s series
			var next int64
			err := scan(&s.agency, &s.name, &s.year, &next)
			missing(s.name, s.year, given[s]+1, next-1, found)
			if given[s] >= next {
				found(fmt.Sprintf("编号 %s %d 年已到第 %d 号，计数却是第 %d 号", s.name, s.year, given[s], next-1))
			}
			return err
		})
		if err != nil {
			return err
		}
		return tx.Query(`SELECT m.id, m.number FROM matters m WHERE m.number <> '' AND NOT EXISTS
			(SELECT 1 FROM numbers n WHERE n.matter_id = m.id AND n.text = m.number) ORDER BY m.id`, nil, func(scan func(...any) error) error {
			var id db.ID
			var number string
			err := scan(&id, &number)
			found(fmt.Sprintf("事项 %s（%s）的编号不在编号簿里", number, id))
			return err
		})
	})
}

func missing(name string, year int, from, until int64, found func(string)) {
	switch {
	case from == until:
		found(fmt.Sprintf("编号 %s %d 年缺第 %d 号", name, year, from))
	case from < until:
		found(fmt.Sprintf("编号 %s %d 年缺第 %d 至 %d 号", name, year, from, until))
	}
}
