// Package joint is what is special to 联合行文: every organ that joins must sign.
//
// It keeps the signatures in the matter's own table, one row an issuing name, and never moves the matter. Invariant:
// a joint document is numbered only when the lead organ and all that join it have signed the text as it stands
// (DOC-OUT-09, DOC-OUT-26); the last signature is the lead organ's and gives the document its date (DOC-OUT-15).
package joint

import (
	"fmt"
	"slices"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// Effects are the named effects of the room.
func Effects() map[string]engine.Effect {
	return map[string]engine.Effect{
		"joint-sign":     {Act: sign, Sets: []string{"signatures"}},
		"joint-complete": {Check: complete},
	}
}

// sign notes the signature of the organ for which the actor answers; signing again replaces the earlier one.
func sign(_ *db.Tx, c *engine.Case, _ string) error {
	list := c.Matter.Rows("signatures")
	for _, issuer := range organs(c) {
		if responsible(c, issuer) != c.Owner() {
			continue
		}
		opinion := c.Opinion
		if opinion == "" {
			opinion = "同意" // DOC-OUT-50: a bare signature counts as consent
		}
		list = slices.DeleteFunc(list, func(r engine.Row) bool { return r["issuer"] == issuer })
		list = append(list, engine.Row{
			"issuer": issuer, "person": c.Owner().String(), "opinion": opinion, "at": c.World.Now.Format(time.RFC3339),
		})
	}
	c.Matter.SetRows("signatures", list)
	return nil
}

// complete lists the organs whose signature is wanting.
func complete(_ *db.Tx, c *engine.Case, _ string) ([]errs.Reason, error) {
	list := c.Matter.Rows("signatures")
	var reasons []errs.Reason
	for _, issuer := range organs(c) {
		if !slices.ContainsFunc(list, func(r engine.Row) bool { return r["issuer"] == issuer }) {
			reasons = append(reasons, errs.Reason{Text: fmt.Sprintf("%s还没有签", find(c, issuer).Name), Clause: "DOC-OUT-09"})
		}
	}
	return reasons, nil
}

// organs lists the lead organ and those that join it.
func organs(c *engine.Case) []string {
	out := []string{c.Text("issuer")}
	for _, s := range c.Matter.Words("joint_with") {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func find(c *engine.Case, issuer string) org.Issuer {
	id, err := db.ParseID(issuer)
	if i := c.World.Dir.Issuer(id); err == nil && i != nil {
		return *i
	}
	return org.Issuer{}
}

// responsible is who signs for an organ: of an office its director, else the principal leader.
func responsible(c *engine.Case, issuer string) db.ID { return find(c, issuer).Responsible() }
