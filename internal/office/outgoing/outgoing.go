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
type row = engine.Row

func id(s string) db.ID {
	v, err := db.ParseID(s)
	if err != nil {
		return 0
	}
	return v
}

func now(c *engine.Case) string { return c.World.Now.Format(time.RFC3339) }
