package demo

import (
	"fmt"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// deed 办理动作: who did what with which matter at what moment. With a kind it begins the matter. Matters are called
// by the sample's own names (S-IN-01); "S-IN-05/circulation" is the matter of that kind which S-IN-05 has started.
type deed struct {
	at      time.Time
	who     string // staff number; without one whoever holds the matter
	each    bool   // by all who hold it
	refused bool   // the guard of secrets turns it away, which is recorded
	matter  string
	kind    string
	action  string
	fields  fields
	opinion string

	compute func(*engine.Matter) map[string]any // fills fields from the matter as it is then

	after    string // of a beginning: the matter it follows from, linked by the relation
	relation string
}

// fields 填写内容: plain values, or person, people, unit, units, issuer and matter below, which become ids.
type fields map[string]any

type (
	person  string   // staff number
	people  []string // staff numbers
	unit    string   // code of a unit
	units   []string
	issuer  string // 机关代字
	issuers []string
	named   string   // the sample's name of a matter
	rows    []fields // of a table
	picks   []string // of several choices
)

// cast 对照 resolves what deeds call by name.
type cast struct {
	dir     *org.Directory
	units   map[string]*org.Unit
	issuers map[string]*org.Issuer
	matters map[string]db.ID
	scans   map[string]db.ID
}

func newCast(dir *org.Directory) *cast {
	c := &cast{dir: dir, units: map[string]*org.Unit{}, issuers: map[string]*org.Issuer{}, matters: map[string]db.ID{}, scans: map[string]db.ID{}}
	for _, a := range dir.Agencies() {
		for _, u := range dir.Units(a.ID) {
			c.units[u.Code] = u
		}
		for _, i := range dir.Issuers(a.ID) {
			c.issuers[i.Code] = i
		}
	}
	return c
}

func (c *cast) person(number string) (db.ID, error) {
	if p := c.dir.ByUsername(number); p != nil {
		return p.ID, nil
	}
	return 0, fmt.Errorf("no person %q in the sample", number)
}

// matter finds a matter by the sample's name, looking up started ones the first time.
func (c *cast) matter(tx *db.Tx, name string) (db.ID, error) {
	if id := c.matters[name]; id != 0 {
		return id, nil
	}
	parent, kind, started := strings.Cut(name, "/")
	if !started || c.matters[parent] == 0 {
		return 0, fmt.Errorf("no matter %q in the sample", name)
	}
	var id db.ID
	found, err := tx.Row(`SELECT l.to_id FROM links l JOIN matters m ON m.id = l.to_id WHERE l.from_id = ? AND m.kind = ? ORDER BY l.to_id DESC`,
		[]any{c.matters[parent], kind}, &id)
	if err == nil && !found {
		err = fmt.Errorf("%s has started no %s", parent, kind)
	}
	if err == nil {
		c.matters[name] = id
	}
	return id, err
}

// holders are who holds a matter, in the order in which it came to them.
func (c *cast) holders(tx *db.Tx, name string) (out []db.ID, err error) {
	id, err := c.matter(tx, name)
	if err != nil {
		return nil, err
	}
	err = tx.Query(`SELECT person_id FROM tasks WHERE matter_id = ? AND state = 'open' AND role = 'handle' ORDER BY id`, []any{id},
		func(scan func(...any) error) error {
			var who db.ID
			err := scan(&who)
			out = append(out, who)
			return err
		})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("nobody holds %s", name)
	}
	return out, err
}

// resolve turns names into ids, in the form in which fields are entered.
func (c *cast) resolve(tx *db.Tx, v any) (any, error) {
	switch x := v.(type) {
	case person:
		id, err := c.person(string(x))
		return id.String(), err
	case unit:
		if u := c.units[string(x)]; u != nil {
			return u.ID.String(), nil
		}
		return nil, fmt.Errorf("no unit %q in the sample", x)
	case issuer:
		if i := c.issuers[string(x)]; i != nil {
			return i.ID.String(), nil
		}
		return nil, fmt.Errorf("no issuing name %q in the sample", x)
	case named:
		id, err := c.matter(tx, string(x))
		return id.String(), err
	case scan:
		if id := c.scans[string(x)]; id != 0 {
			return []any{id.String()}, nil
		}
		return nil, nil
	case people:
		return each(x, func(s string) (any, error) { return c.resolve(tx, person(s)) })
	case issuers:
		return each(x, func(s string) (any, error) { return c.resolve(tx, issuer(s)) })
	case units:
		return each(x, func(s string) (any, error) { return c.resolve(tx, unit(s)) })
	case picks:
		return each(x, func(s string) (any, error) { return s, nil })
	case rows:
		return each(x, func(row fields) (any, error) { return c.values(tx, row) })
	}
	return v, nil
}

func each[T any](list []T, f func(T) (any, error)) (any, error) {
	out := make([]any, len(list))
	for i, v := range list {
		var err error
		if out[i], err = f(v); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (c *cast) values(tx *db.Tx, f fields) (map[string]any, error) {
	out := make(map[string]any, len(f))
	for key, v := range f {
		value, err := c.resolve(tx, v)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
		out[key] = value
	}
	return out, nil
}
