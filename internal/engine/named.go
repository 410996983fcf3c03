package engine

import (
	"slices"

	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// What a person enters into a field that names a matter or a file is held against what they may see: an id that was
// guessed, or kept from before, must not bring the title of a sealed matter or the text of a stranger's file into a
// matter of one's own (SEC-30). What stands in the matter already may stay, and what the procedures themselves carry
// from one matter into another is not asked about.

// OpenNames tells whether the names of a kind's entries may be seen by everybody in the agency, to be chosen from: those
// of seals, rooms and cars may, those of what bears a degree of secrecy may not (SEC-35).
func (p *Procedure) OpenNames() bool { return p.Thing != "" && p.Secrecy == "" }

// carried is the world as it is looked at from a matter whose fields the office itself fills in.
func (w World) carried(tx *db.Tx, p *Procedure, fields map[string]any) (World, error) {
	var err error
	w.Refs, err = refs(tx, p, fields)
	w.Files = nil
	return w, err
}

// entered is the world as it is looked at by whoever enters fields into a matter, or into none yet: in it there is only
// what they may name.
func (e *Engine) entered(tx *db.Tx, p *Procedure, m *Matter, fields map[string]any, a Actor, w World) (World, error) {
	stands := map[string]any{}
	if m != nil {
		stands = m.Fields
	}
	w, err := w.carried(tx, p, stands)
	if err != nil {
		return w, err
	}
	given, err := refs(tx, p, fields)
	if err != nil {
		return w, err
	}
	for id, r := range given {
		if w.Refs[id] != nil {
			continue
		}
		may, err := e.mayName(tx, r, a, w)
		if err != nil {
			return w, err
		}
		if !may {
			continue
		}
		if w.Refs == nil {
			w.Refs = map[db.ID]*Matter{}
		}
		w.Refs[id] = r
	}
	w.Files, err = e.mayAttach(tx, p, stands, fields, a, w)
	return w, err
}

func (e *Engine) mayName(tx *db.Tx, r *Matter, a Actor, w World) (bool, error) {
	who, p := w.Dir.Person(a.Person), e.Catalogue().Last(r.Kind)
	if p != nil && !r.Sealed && who != nil && who.Agency == r.Agency &&
		(p.OpenNames() || p.KnownTo != "" && slices.Contains(IDs(r.Fields[p.KnownTo]), a.Person)) {
		return true, nil
	}
	return e.maySee(tx, r, a, w)
}

// mostNamed is how many things are looked through for those whose names a person may know; of what is held back there is
// little.
const mostNamed = 2000

// Nameable lists what a person may choose from of a kind of things, by part of the name.
func (e *Engine) Nameable(tx *db.Tx, p *Procedure, a Actor, w World, part string, limit int) ([]*Matter, error) {
	agency := w.Dir.Person(a.Person).Agency
	if p.OpenNames() {
		return e.things(tx, p, agency, part, limit)
	}
	all, err := e.things(tx, p, agency, part, mostNamed)
	if err != nil {
		return nil, err
	}
	var out []*Matter
	for _, m := range all {
		if len(out) == limit {
			break
		}
		may, err := e.mayName(tx, m, a, w)
		if err != nil {
			return nil, err
		}
		if may {
			out = append(out, m)
		}
	}
	return out, nil
}

// mayAttach is which of the files that stand in the matter or are entered may be in it: those that stand there, one's
// own that belong to no matter yet, and those of matters one may see.
func (e *Engine) mayAttach(tx *db.Tx, p *Procedure, stands, fields map[string]any, a Actor, w World) (map[db.ID]bool, error) {
	may := map[db.ID]bool{}
	for _, id := range fileIDs(p, stands) {
		may[id] = true
	}
	for _, id := range fileIDs(p, fields) {
		if may[id] {
			continue
		}
		var of, by db.ID
		found, err := tx.Row(`SELECT matter_id, uploader_id FROM files WHERE id = ?`+tx.ForUpdate(), []any{id}, &of, &by) // not to be swept meanwhile
		switch {
		case err != nil:
			return nil, err
		case !found:
		case of == 0:
			may[id] = by == a.Person
		default:
			m, err := loadMatter(tx, of)
			if err != nil {
				return nil, err
			}
			if m != nil {
				if may[id], err = e.maySee(tx, m, a, w); err != nil {
					return nil, err
				}
			}
		}
	}
	return may, nil
}

// fileIDs are the files that fields name.
func fileIDs(p *Procedure, values map[string]any) []db.ID {
	var out []db.ID
	for i := range p.Fields {
		f := &p.Fields[i]
		switch f.Type {
		case File, Files:
			out = append(out, IDs(values[f.Key])...)
		case Table:
			rows, _ := values[f.Key].([]any)
			for _, r := range rows {
				row, _ := r.(map[string]any)
				for j := range f.Columns {
					if c := &f.Columns[j]; c.Type == File || c.Type == Files {
						out = append(out, IDs(row[c.Key])...)
					}
				}
			}
		}
	}
	return out
}
