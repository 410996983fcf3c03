package engine

import (
	"encoding/json"
	"slices"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

// trace 痕迹 is what the journal says a matter has come to.
type trace struct {
	entries int64
	act     Act // the last
	number  string
	custody Custody // empty: as it began
	fields  map[string]any
	files   map[db.ID]Attached
	known   map[db.ID]bool // who acted on it, and for whom it is
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
				all[id] = &trace{fields: map[string]any{}, files: map[db.ID]Attached{}, known: map[db.ID]bool{}}
			}
			all[id].follow(entry.Actor, act)
			return nil
		})
}

func (t *trace) follow(actor db.ID, act Act) {
	t.entries++
	if act.Number != "" {
		t.number = act.Number
	}
	if act.Custody != "" {
		t.custody = act.Custody
	}
	for _, c := range act.Changes {
		t.fields[c.Field] = c.After
	}
	for _, f := range act.Files {
		t.files[f.ID] = f
	}
	for _, id := range append(act.ForWhom, actor) {
		if id != 0 {
			t.known[id] = true
		}
	}
	t.act = act
}

// mayKnow is who has a part in a matter: who acted on it, for whom it is, and who owed something of it.
func (t *trace) mayKnow(m *Matter) map[db.ID]string {
	all := map[db.ID]string{}
	for id := range t.known {
		all[id] = m.Kind
	}
	for _, task := range m.Tasks {
		all[task.Person] = m.Kind
	}
	return all
}

// kept 旁证 is what other tables keep of some matters.
type kept struct {
	odd    map[db.ID]bool             // matters of whose tasks one is listed as of another kind, agency or urgency
	access map[db.ID]map[db.ID]string // matter → person → kind
	files  map[db.ID]Attached
}

// matterRows reads matters whole, tasks excepted.
func matterRows(tx *db.Tx, after db.ID, limit int) ([]*Matter, error) {
	var out []*Matter
	return out, tx.Query(`SELECT `+matterColumns+`, m.fields, m.trail FROM matters m WHERE m.id > ? ORDER BY m.id LIMIT ?`, []any{after, limit},
		func(scan func(...any) error) error {
			m := &Matter{}
			var fields, trail string
			if err := scanMatter(scan, m, &fields, &trail); err != nil {
				return err
			}
			out = append(out, m)
			if err := json.Unmarshal([]byte(fields), &m.Fields); err != nil {
				return err
			}
			return json.Unmarshal([]byte(trail), &m.Trail)
		})
}

// keptOf reads the tasks of matters into them, and what else is kept of these and named by their traces.
func keptOf(tx *db.Tx, list []*Matter, traces map[db.ID]*trace, after, until db.ID) (*kept, error) {
	k := &kept{odd: map[db.ID]bool{}, access: map[db.ID]map[db.ID]string{}, files: map[db.ID]Attached{}}
	byID := make(map[db.ID]*Matter, len(list))
	for _, m := range list {
		byID[m.ID], k.access[m.ID] = m, map[db.ID]string{}
	}
	err := tx.Query(`SELECT matter_id, agency_id, kind, urgency, `+taskColumns+` FROM tasks WHERE matter_id > ? AND matter_id <= ? ORDER BY matter_id, id`,
		[]any{after, until}, func(scan func(...any) error) error {
			var of, agency db.ID
			var kind, urgency string
			t, err := scanTask(scan, &of, &agency, &kind, &urgency)
			if m := byID[of]; m != nil {
				m.Tasks = append(m.Tasks, t)
				owed := t.State == TaskOpen || t.State == TaskQueued
				k.odd[of] = k.odd[of] || kind != m.Kind || agency != m.Agency || owed && urgency != m.Urgency
			}
			return err
		})
	if err != nil {
		return nil, err
	}
	err = tx.Query(`SELECT matter_id, person_id, kind FROM access WHERE matter_id > ? AND matter_id <= ?`, []any{after, until},
		func(scan func(...any) error) error {
			var of, person db.ID
			var kind string
			err := scan(&of, &person, &kind)
			if all := k.access[of]; all != nil {
				if all[person] != "" { // a second line, of another kind
					kind = all[person] + "、" + kind
				}
				all[person] = kind
			}
			return err
		})
	if err != nil {
		return nil, err
	}
	return k, k.readFiles(tx, traces)
}

func (k *kept) readFiles(tx *db.Tx, traces map[db.ID]*trace) error {
	var ids []db.ID
	for _, t := range traces {
		for id := range t.files {
			ids = append(ids, id)
		}
	}
	for part := range slices.Chunk(ids, readAtOnce) {
		in, args := db.In(part)
		err := tx.Query(`SELECT id, name, digest, matter_id FROM files WHERE id IN `+in, args, func(scan func(...any) error) error {
			var f Attached
			err := scan(&f.ID, &f.Name, &f.Digest, &f.Of)
			k.files[f.ID] = f
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
