// Package outgoing is what is special to 发文: the text that was signed and what becomes of it, the countersigning
// round, the yearly ceiling and the list of distribution.
//
// It keeps all of that in the matter's own fields and never moves the matter: the definition does. The kinds outgoing
// and joint-issue share it. Invariant: what is numbered, proofed and issued is word for word the text last signed or
// approved by the signer (DOC-CHK-07); signed_text holds that text.
package outgoing

import (
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// Effects are the named effects of the room.
func Effects() map[string]engine.Effect {
	return map[string]engine.Effect{
		"outgoing-quota":       {Act: quota, Sets: []string{"over_quota"}},
		"outgoing-reply":       {Act: reply},
		"outgoing-countersign": {Act: countersign, Sets: []string{"countersigns", "adoptions", "disputing", "remarked"}},
		"outgoing-adopt":       {Act: adopt, Sets: []string{"countersigns", "adoptions", "remarked"}},
		"outgoing-sign":        {Act: sign, Sets: []string{"signed_text"}},
		"outgoing-unchanged":   {Check: unchanged},
		"outgoing-compare":     {Act: compare, Sets: []string{"changes"}},
		"outgoing-accept":      {Act: sign, Sets: []string{"signed_text"}},
		"outgoing-reviewed":    {Act: reviewed, Sets: []string{"signed_text"}},
		"outgoing-match":       {Act: match, Sets: []string{"matched", "kept_copies"}},
		"outgoing-find":        {Act: find, Sets: []string{"old_number", "old_title", "approver", "draft_unit"}},
		"outgoing-mark":        {Act: mark},
		"outgoing-receive":     {Act: receive, Sets: []string{"distribution"}},
	}
}

// row is one row of a table field.
type row = map[string]any

// rows copies a table out of the matter, so that what was before stays as it was.
func rows(m *engine.Matter, field string) []row {
	list, _ := m.Fields[field].([]any)
	out := make([]row, 0, len(list))
	for _, e := range list {
		if r, ok := e.(row); ok {
			copied := row{}
			for k, v := range r {
				copied[k] = v
			}
			out = append(out, copied)
		}
	}
	return out
}

func keep(c *engine.Case, field string, table []row) {
	if len(table) == 0 {
		delete(c.Matter.Fields, field)
		return
	}
	list := make([]any, len(table))
	for i, r := range table {
		list[i] = r
	}
	c.Matter.Fields[field] = list
}

// words reads a list field, such as units.
func words(m *engine.Matter, field string) []string {
	list, _ := m.Fields[field].([]any)
	out := make([]string, 0, len(list))
	for _, e := range list {
		if s, ok := e.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

func keepWords(c *engine.Case, field string, list []string) {
	if len(list) == 0 {
		delete(c.Matter.Fields, field)
		return
	}
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	c.Matter.Fields[field] = out
}

func text(r row, key string) string { s, _ := r[key].(string); return s }

func number(v any) float64 { n, _ := v.(float64); return n }

func id(s string) db.ID {
	v, err := db.ParseID(s)
	if err != nil {
		return 0
	}
	return v
}

func now(c *engine.Case) string { return c.World.Now.Format(time.RFC3339) }
