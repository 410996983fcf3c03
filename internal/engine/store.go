package engine

import (
	"encoding/json"
	"strings"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/search"
)

const matterColumns = `m.id, m.agency_id, m.kind, m.definition, m.version, m.state, m.step, m.number, m.year, m.seq, m.title, m.party,
	m.party_number, m.secrecy, m.work_secret, m.urgency, m.sealed, m.starter_id, m.unit_id, m.created_at, m.changed_at, m.closed_at, m.due_at, m.paused_at, m.custody, m.held_on`

func scanMatter(scan func(...any) error, m *Matter, more ...any) error {
	var created, changed, closed, due, paused int64
	err := scan(append([]any{
		&m.ID, &m.Agency, &m.Kind, &m.Definition, &m.Version, &m.State, &m.Step, &m.Number, &m.Year, &m.Seq, &m.Title, &m.Party,
		&m.PartyNumber, &m.Secrecy, &m.WorkSecret, &m.Urgency, &m.Sealed, &m.Starter, &m.Unit, &created, &changed, &closed, &due, &paused, &m.Custody, &m.Held,
	}, more...)...)
	m.Created, m.Changed, m.Closed, m.Due, m.Paused = db.Time(created), db.Time(changed), db.Time(closed), db.Time(due), db.Time(paused)
	return err
}

// loadMatter reads a matter with its tasks; nil when there is none.
func loadMatter(tx *db.Tx, id db.ID) (*Matter, error) {
	m := &Matter{}
	var fields, trail string
	found := false
	err := tx.Query(`SELECT `+matterColumns+`, m.fields, m.trail FROM matters m WHERE m.id = ?`+tx.ForUpdate(), []any{id},
		func(scan func(...any) error) error {
			found = true
			return scanMatter(scan, m, &fields, &trail)
		})
	if err != nil || !found {
		return nil, err
	}
	if err := json.Unmarshal([]byte(fields), &m.Fields); err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(trail), &m.Trail); err != nil {
		return nil, err
	}
	return m, loadTasks(tx, m)
}

const taskColumns = `id, step, role, person_id, state, ord, arrived_at, opened_at, due_at, warn_at, provisional, alarm_at,
	alarm, urged, done_at, done_by, action, given_by`

func scanTask(scan func(...any) error, before ...any) (t Task, err error) {
	var arrived, opened, due, warn, alarm, done int64
	err = scan(append(before, &t.ID, &t.Step, &t.Role, &t.Person, &t.State, &t.Order, &arrived, &opened, &due, &warn, &t.Provisional, &alarm,
		&t.AlarmKind, &t.Urged, &done, &t.DoneBy, &t.Action, &t.GivenBy)...)
	t.Arrived, t.Opened, t.Due, t.Warn, t.Alarm, t.Done = db.Time(arrived), db.Time(opened), db.Time(due), db.Time(warn), db.Time(alarm), db.Time(done)
	return t, err
}

func loadTasks(tx *db.Tx, m *Matter) error {
	return tx.Query(`SELECT `+taskColumns+` FROM tasks WHERE matter_id = ? ORDER BY id`, []any{m.ID}, func(scan func(...any) error) error {
		t, err := scanTask(scan)
		m.Tasks = append(m.Tasks, t)
		return err
	})
}

// saveMatter writes a matter and what changed of its tasks. The version in the condition is the optimistic lock:
// whoever comes second changes no row.
func saveMatter(tx *db.Tx, before, m *Matter) (bool, error) {
	fields, err := json.Marshal(m.Fields)
	if err != nil {
		return false, err
	}
	if m.Trail == nil {
		m.Trail = []Hop{}
	}
	trail, err := json.Marshal(m.Trail)
	if err != nil {
		return false, err
	}
	if before == nil {
		_, err = tx.Exec(`INSERT INTO matters (id, agency_id, kind, definition, version, state, step, number, year, seq, title, party,
			party_number, secrecy, work_secret, urgency, sealed, starter_id, unit_id, created_at, changed_at, closed_at, due_at, paused_at, custody, held_on, fields, trail)
			VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
			m.ID, m.Agency, m.Kind, m.Definition, m.Version, string(m.State), m.Step, m.Number, m.Year, m.Seq, m.Title, m.Party,
			m.PartyNumber, m.Secrecy, m.WorkSecret, m.Urgency, m.Sealed, m.Starter, m.Unit, m.Created, m.Changed, m.Closed, m.Due, m.Paused, string(m.Custody),
			m.Held, string(fields), string(trail))
		if err != nil {
			return false, err
		}
	} else {
		n, err := tx.Exec(`UPDATE matters SET version = ?, state = ?, step = ?, number = ?, year = ?, seq = ?, title = ?, party = ?,
			party_number = ?, secrecy = ?, work_secret = ?, urgency = ?, sealed = ?, unit_id = ?, changed_at = ?, closed_at = ?, due_at = ?, paused_at = ?,
			custody = ?, held_on = ?, fields = ?, trail = ? WHERE id = ? AND version = ?`,
			m.Version, string(m.State), m.Step, m.Number, m.Year, m.Seq, m.Title, m.Party, m.PartyNumber, m.Secrecy, m.WorkSecret, m.Urgency, m.Sealed,
			m.Unit, m.Changed, m.Closed, m.Due, m.Paused, string(m.Custody), m.Held, string(fields), string(trail), m.ID, before.Version)
		if err != nil || n == 0 {
			return false, err
		}
		if before.Urgency != m.Urgency {
			if _, err := tx.Exec(`UPDATE tasks SET urgency = ? WHERE matter_id = ?`, m.Urgency, m.ID); err != nil {
				return false, err
			}
		}
	}
	return true, saveTasks(tx, m)
}

func saveTasks(tx *db.Tx, m *Matter) error {
	for i := range m.Tasks {
		t := &m.Tasks[i]
		var err error
		switch {
		case t.isNew:
			_, err = tx.Exec(`INSERT INTO tasks (id, matter_id, agency_id, kind, step, role, person_id, state, ord, arrived_at, opened_at, due_at,
				warn_at, provisional, alarm_at, alarm, urged, done_at, done_by, action, given_by, urgency) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
				t.ID, m.ID, m.Agency, m.Kind, t.Step, string(t.Role), t.Person, string(t.State), t.Order, t.Arrived, t.Opened, t.Due,
				t.Warn, t.Provisional, t.Alarm, t.AlarmKind, t.Urged, t.Done, t.DoneBy, t.Action, t.GivenBy, m.Urgency)
			if err == nil {
				err = grantAccess(tx, m, t.Person, t.Step)
			}
		case t.changed:
			_, err = tx.Exec(`UPDATE tasks SET state = ?, arrived_at = ?, opened_at = ?, due_at = ?, warn_at = ?, provisional = ?, alarm_at = ?,
				alarm = ?, urged = ?, done_at = ?, done_by = ?, action = ? WHERE id = ?`,
				string(t.State), t.Arrived, t.Opened, t.Due, t.Warn, t.Provisional, t.Alarm, t.AlarmKind, t.Urged, t.Done, t.DoneBy, t.Action, t.ID)
		}
		if err != nil {
			return err
		}
		t.isNew, t.changed = false, false
	}
	return nil
}

func grantAccess(tx *db.Tx, m *Matter, person db.ID, why string) error {
	_, err := tx.Exec(`INSERT INTO access (matter_id, person_id, kind, why) VALUES (?,?,?,?) ON CONFLICT DO NOTHING`, m.ID, person, m.Kind, why)
	return err
}

func link(tx *db.Tx, from, to db.ID, relation string) error {
	_, err := tx.Exec(`INSERT INTO links (from_id, to_id, relation) VALUES (?,?,?) ON CONFLICT DO NOTHING`, from, to, relation)
	return err
}

// parents lists the matters that started this one.
func parents(tx *db.Tx, child db.ID) ([]db.ID, error) {
	var out []db.ID
	err := tx.Query(`SELECT from_id FROM links WHERE to_id = ? ORDER BY from_id`, []any{child}, func(scan func(...any) error) error {
		var id db.ID
		err := scan(&id)
		out = append(out, id)
		return err
	})
	return out, err
}

// refs reads the matters that matter-fields name, in the matter and in what is being entered.
func refs(tx *db.Tx, p *Procedure, values ...map[string]any) (map[db.ID]*Matter, error) {
	var ids []db.ID
	for i := range p.Fields {
		f := &p.Fields[i]
		for _, v := range values {
			ids = append(ids, f.refIDs(v[f.Key])...)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	in, args := db.In(ids)
	list, err := readMatters(tx, `SELECT `+matterColumns+`, m.fields FROM matters m WHERE m.id IN `+in, args)
	out := make(map[db.ID]*Matter, len(list))
	for _, m := range list {
		out[m.ID] = m
	}
	return out, err
}

// Named reads the matters that a page of lines names, for a world in which ref() finds them.
func Named(tx *db.Tx, p *Procedure, lines []*Matter) (map[db.ID]*Matter, error) {
	values := make([]map[string]any, len(lines))
	for i, m := range lines {
		values[i] = m.Fields
	}
	return refs(tx, p, values...)
}

func (f *Field) refIDs(v any) []db.ID {
	if f.Type == MatterOf {
		return IDs(v)
	}
	var out []db.ID
	if rows, ok := v.([]any); ok && f.Type == Table {
		for _, r := range rows {
			row, _ := r.(map[string]any)
			for i := range f.Columns {
				if f.Columns[i].Type == MatterOf {
					out = append(out, IDs(row[f.Columns[i].Key])...)
				}
			}
		}
	}
	return out
}

// searchText is what full-text search finds a matter by.
func searchText(tx *db.Tx, p *Procedure, m *Matter) (string, error) {
	parts := []string{m.Number, m.Title, m.Party, m.PartyNumber}
	var files []db.ID
	for i := range p.Fields {
		f := &p.Fields[i]
		if f.Type == File || f.Type == Files {
			files = append(files, IDs(m.Fields[f.Key])...)
		}
		if s, ok := m.Fields[f.Key].(string); ok && f.Search {
			parts = append(parts, s)
		}
	}
	in, args := db.In(files)
	if len(files) > 0 {
		err := tx.Query(`SELECT name, text FROM files WHERE id IN `+in, args, func(scan func(...any) error) error {
			var name, text string
			err := scan(&name, &text)
			parts = append(parts, name, text)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	return strings.Join(parts, "\n"), nil
}

// indexText is what the index holds of a matter: of a sealed one the envelope only (DOC-IN-14).
func indexText(tx *db.Tx, p *Procedure, m *Matter) (string, error) {
	if m.Sealed {
		return m.Number, nil
	}
	return searchText(tx, p, m)
}

// index touches the full-text index only when what it holds changed: indexing costs more than all the rest.
func index(tx *db.Tx, p *Procedure, before, m *Matter) error {
	after, err := indexText(tx, p, m)
	if err != nil {
		return err
	}
	old, err := indexText(tx, p, before)
	if err != nil || old == after {
		return err
	}
	return search.Put(tx, m.ID, after)
}
