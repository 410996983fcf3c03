package outgoing

import (
	"fmt"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// find looks up the document that is to be revoked, abolished or corrected, and who signed it (DOC-OUT-53).
func find(tx *db.Tx, c *engine.Case, _ string) error {
	refuse := func(format string, args ...any) error {
		return errs.Refuse("“"+c.Action.Name+"”没有办成", errs.Reason{Text: fmt.Sprintf(format, args...), Clause: "DOC-OUT-53", Field: "source"})
	}
	d, err := issuedDocument(tx, c.Matter.Agency, id(c.Text("source")))
	if err != nil {
		return err
	}
	if d == nil {
		return refuse("没有找到这件已经印发的公文")
	}
	if status, _ := d.fields["status"].(string); status != "有效" && status != "更正" {
		return refuse("%s已经%s", d.number, status)
	}
	c.Matter.Fields["old_number"], c.Matter.Fields["old_title"] = d.number, d.title
	c.Matter.Fields["approver"], c.Matter.Fields["draft_unit"] = d.fields["signer"], d.fields["draft_unit"]
	return nil
}

// reply ties an answer to the document it answers, so that either leads to the other (DOC-IN-36).
func reply(tx *db.Tx, c *engine.Case, _ string) error {
	to := id(c.Text("reply_to"))
	if to == 0 {
		return nil
	}
	found, err := registeredIncoming(tx, c.Matter.Agency, to)
	if err != nil {
		return err
	}
	if !found {
		return errs.Refuse("“"+c.Action.Name+"”没有办成", errs.Reason{Text: "没有找到所答复的来文", Clause: "DOC-IN-36", Field: "reply_to"})
	}
	return c.LinkFrom(tx, to, "答复")
}

// mark writes the new standing on the document itself, where every reference shows it.
func mark(tx *db.Tx, c *engine.Case, _ string) error {
	return c.Follow(tx, id(c.Text("source")), "mark-status", map[string]any{"new_status": c.Text("treatment")})
}
