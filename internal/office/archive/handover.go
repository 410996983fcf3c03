package archive

import (
	"fmt"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// askFor leaves word for the packages that documents of a list have not yet: those that were closed before there were
// packages, or long ago when they were entered.
func askFor(tx *db.Tx, c *engine.Case, list []item, known map[string]*document) error {
	if tx.Lag() > longPast {
		return nil
	}
	for _, r := range list {
		d := known[engine.TextIn(r, "source")]
		if d == nil || d.packed == d.version || !d.electronic(c) {
			continue
		}
		if err := request(tx, c.Matter.Agency, d.id); err != nil {
			return err
		}
	}
	return nil
}

// askTests has the packages of the filed documents tested, so that they are when they are handed over.
func askTests(tx *db.Tx, c *engine.Case) error {
	if tx.Lag() > longPast {
		return nil
	}
	known, err := sources(tx, items(c.Matter))
	if err != nil {
		return err
	}
	for _, r := range items(c.Matter) {
		if d := packable(c, r, known); d != nil {
			if err := request(tx, c.Matter.Agency, d.id); err != nil {
				return err
			}
		}
	}
	return nil
}

// packable is the document of a line that is to be filed with its archive package; nil: there is none.
func packable(c *engine.Case, r item, known map[string]*document) *document {
	d := known[engine.TextIn(r, "source")]
	if d == nil || engine.TextIn(r, "filing") != filed || !d.electronic(c) {
		return nil
	}
	return d
}

// mostTold is how many reasons a refusal lists: a screenful tells what is amiss.
const mostTold = 20

// tested holds the electronic documents of a list against the tests of their packages: each has one, made of it as it is
// now, tested, without a fault (ARCH-28, ARCH-36). Those on paper alone have none.
func tested(tx *db.Tx, c *engine.Case, _ string) error {
	if tx.Lag() > longPast {
		return nil
	}
	list := items(c.Matter)
	known, err := sources(tx, list)
	if err != nil {
		return err
	}
	if err := inUse(list, known); err != nil {
		return err
	}
	var reasons []errs.Reason
	for i, r := range list {
		d := packable(c, r, known)
		if d == nil {
			continue
		}
		found, err := d.untested(tx)
		if err != nil {
			return err
		}
		for _, reason := range found {
			reason.Text = fmt.Sprintf("第 %d 件《%s》", i+1, d.title) + reason.Text
			reasons = append(reasons, reason)
		}
	}
	if more := len(reasons) - mostTold; more > 0 {
		reasons = append(reasons[:mostTold], errs.Reason{Text: fmt.Sprintf("另有 %d 处不合格", more), Clause: "ARCH-36", Field: "tests"})
	}
	if len(reasons) > 0 {
		return errs.Refuse("归档包检测不合格，不能移交", reasons...)
	}
	return nil
}

// untested tells why a document's package may not go into the archive.
func (d *document) untested(tx *db.Tx) ([]errs.Reason, error) {
	say := func(clause, text string) []errs.Reason {
		return []errs.Reason{{Text: text, Clause: clause, Field: "tests"}}
	}
	due, hindered, err := Due(tx, d.id)
	switch {
	case err != nil:
		return nil, err
	case hindered != "":
		return say("ARCH-28", "没有形成归档包："+hindered), nil
	case due:
		return say("ARCH-36", "的归档包正在形成和检测，请过一会儿再移交"), nil
	case d.packed != d.version:
		return say("ARCH-28", "没有与它现在相符的归档包，请退回重新收集"), nil
	}
	list, err := Packages(tx, d.id)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 || list[0].Tested.IsZero() {
		return say("ARCH-36", "的归档包还没有检测，请在原件页面上检验"), nil
	}
	var out []errs.Reason
	for _, f := range list[0].Faults {
		out = append(out, say("ARCH-36", "的归档包检测不合格，"+f)...)
	}
	return out, nil
}

// inUse refuses a list in which a filed document is in another custody by now, naming each (ARCH-13).
func inUse(list []item, known map[string]*document) error {
	var reasons []errs.Reason
	for _, r := range list {
		d := known[engine.TextIn(r, "source")]
		if d != nil && engine.TextIn(r, "filing") == filed && d.custody != engine.InUse && len(reasons) < mostTold {
			reasons = append(reasons, filedAs(d.title, d.custody))
		}
	}
	if len(reasons) > 0 {
		return errs.Refuse("有的文件不能归档", reasons...)
	}
	return nil
}
