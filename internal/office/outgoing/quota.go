package outgoing

import (
	"fmt"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// quota holds a new draft against the ceiling of the year (DOC-OUT-35): beyond it a reason is wanted, and the
// definition lets the principal leader alone sign.
func quota(tx *db.Tx, c *engine.Case, _ string) error {
	delete(c.Matter.Fields, "over_quota")
	issuer := c.World.Dir.Issuer(id(c.Text("issuer")))
	if issuer == nil || issuer.Quota == 0 || simple(c.Text("doc_kind")) || c.Matter.Number != "" {
		return nil
	}
	year := c.World.Now.Year()
	numbers, err := NumbersUsed(tx, c.Matter.Agency, issuer.Code, year)
	used := numbers[year]
	if err != nil || used < issuer.Quota {
		return err
	}
	if c.Text("over_reason") == "" {
		return errs.Refuse("“"+c.Action.Name+"”没有办成", errs.Reason{
			Text:   fmt.Sprintf("%s本年已发 %d 件，达到控制数 %d 件，请说明超出的理由，由主要领导签发", issuer.Name, used, issuer.Quota),
			Clause: "DOC-OUT-35", Field: "over_reason",
		})
	}
	c.Matter.Fields["over_quota"] = true
	return nil
}

// simple tells whether a kind takes the short way: drafted, signed by the leader in charge, sent (DOC-OUT-08).
func simple(kind string) bool { return kind == "便函" || kind == "纪要" || kind == "会议通知" }
