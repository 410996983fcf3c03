package outgoing

import (
	"fmt"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

const electronic = "电子传输"

// match is the three-way comparison before anything leaves the house (DOC-OUT-13): the number, the copies and the
// register must agree, and the seven elements must be there (DOC-OUT-02). That every line of the list is complete, the
// definition says.
func match(tx *db.Tx, c *engine.Case, _ string) error {
	reasons, err := registered(tx, c)
	if err != nil {
		return err
	}
	sum := 0.0
	for i, r := range c.Matter.Rows("distribution") {
		if engine.TextIn(r, "channel") != electronic { // which takes no paper copy
			sum += engine.NumberIn(r, "copies")
		} else if c.Matter.Fields["e_approved"] != true {
			reasons = append(reasons, errs.Reason{Text: fmt.Sprintf("分发清单第 %d 行电子发送还没有经负责人核准", i+1), Clause: "DOC-OUT-40", Field: "distribution", Cells: []errs.Cell{{Row: i, Column: "channel"}}})
		}
	}
	reasons = append(reasons, counted(c, sum)...)
	if len(reasons) > 0 {
		return errs.Refuse("“"+c.Action.Name+"”没有办成", reasons...)
	}
	c.Matter.Fields["matched"] = "一致"
	return nil
}

// registered finds the number in the register and what the document lacks.
func registered(tx *db.Tx, c *engine.Case) ([]errs.Reason, error) {
	var reasons []errs.Reason
	found, err := numberUsed(tx, c.Matter.ID, c.Matter.Number)
	if err != nil {
		return nil, err
	}
	if !found {
		reasons = append(reasons, errs.Reason{Text: "文号与发文登记簿不一致，不能发出", Clause: "DOC-OUT-13"})
	}
	for _, e := range []struct{ key, name string }{{"doc_date", "成文日期"}, {"title", "标题"}, {"draft_unit", "主办单位"}, {"scope", "印发范围"}} {
		if c.Text(e.key) == "" {
			reasons = append(reasons, errs.Reason{Text: "缺少" + e.name + "，不能发出", Clause: "DOC-OUT-02"})
		}
	}
	return reasons, nil
}

// counted holds the copies given out and kept against those sealed; what is left over is kept for the files.
func counted(c *engine.Case, sum float64) []errs.Reason {
	all := engine.NumberIn(c.Matter.Fields, "sealed_copies")
	if all == 0 {
		all = engine.NumberIn(c.Matter.Fields, "copies") // simple kinds are not sealed in a step of their own
	}
	kept, said := c.Matter.Fields["kept_copies"].(float64)
	switch {
	case sum > all:
		return []errs.Reason{{Text: fmt.Sprintf("分发 %.0f 份，多于印制的 %.0f 份", sum, all), Clause: "DOC-OUT-13", Field: "distribution"}}
	case said && sum+kept != all:
		return []errs.Reason{{Text: fmt.Sprintf("分发 %.0f 份、留存 %.0f 份，与印制的 %.0f 份不一致", sum, kept, all), Clause: "DOC-OUT-13", Field: "kept_copies"}}
	}
	c.Matter.Fields["kept_copies"] = all - sum
	return nil
}

// receive takes the receipts into the list: who signed and when. What was sent to whom can no longer change.
func receive(_ *db.Tx, c *engine.Case, arg string) error {
	before, list := c.Before.Rows("distribution"), c.Matter.Rows("distribution")
	var reasons []errs.Reason
	refuse := func(format string, args ...any) {
		reasons = append(reasons, errs.Reason{Text: fmt.Sprintf(format, args...), Clause: "DOC-OUT-13", Field: "distribution"})
	}
	if len(before) != len(list) {
		return errs.Refuse("没有登记签收", errs.Reason{Text: "发出后分发清单不能增减；要补发的请重发", Clause: "DOC-OUT-13", Field: "distribution"})
	}
	for i, r := range list {
		for _, key := range []string{"unit", "copies", "copy_number", "channel"} {
			if before[i][key] != r[key] {
				refuse("分发清单第 %d 行已经发出，不能再改", i+1)
				break
			}
		}
		if engine.TextIn(r, "receiver") != "" && engine.TextIn(r, "received_at") == "" {
			r["received_at"] = now(c)
		}
		if engine.TextIn(r, "received_at") > now(c) {
			refuse("分发清单第 %d 行的签收时刻晚于现在", i+1)
		}
		if arg == "all" && engine.TextIn(r, "receiver") == "" {
			refuse("%s还没有签收，请催收", engine.TextIn(r, "unit"))
		}
	}
	if len(reasons) > 0 {
		return errs.Refuse("“"+c.Action.Name+"”没有办成", reasons...)
	}
	c.Matter.SetRows("distribution", list)
	return nil
}
