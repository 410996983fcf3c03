package archive

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// termCodes are the terms in the order of the catalogue: 永久 first.
var termCodes = []struct{ name, code string }{{"永久", "Y"}, {"30年", "D30"}, {"10年", "D10"}}

// class 类目 is the lowest class, in which item numbers run: L002-WS·2026-D30-BGS (DA/T 22-2015, ARCH-30).
type class struct {
	prefix string
	year   int
}

func classOf(c *engine.Case, term string) class {
	year, _ := c.Matter.Fields["file_year"].(float64)
	return class{fmt.Sprintf("%s-WS·%d-%s-%s", c.Text("fonds_number"), int(year), term, c.Text("office_code")), int(year)}
}

// number arranges the items by term and time and writes their codes. The numbers go on from those already taken; they
// are taken when the archive signs, so a return leaves no gap.
func number(tx *db.Tx, c *engine.Case, _ string) error {
	list := items(c.Matter)
	var reasons []errs.Reason
	for i, r := range list {
		delete(r, "code")
		delete(r, "seq")
		if engine.TextIn(r, "filing") != filed {
			continue
		}
		pages, _ := r["pages"].(float64)
		if (engine.TextIn(r, "title") == "" || engine.TextIn(r, "date") == "" || pages < 1) && len(reasons) < 20 {
			reasons = append(reasons, errs.Reason{Text: fmt.Sprintf("第 %d 件%s缺题名、日期或页数，不能编号", i+1, engine.TextIn(r, "title")), Clause: "ARCH-03", Field: "items"})
		}
	}
	if len(reasons) > 0 {
		return errs.Refuse("没有编号", reasons...)
	}
	rank := func(r item) int {
		if engine.TextIn(r, "filing") != filed {
			return len(termCodes)
		}
		return slices.IndexFunc(termCodes, func(t struct{ name, code string }) bool { return t.name == engine.TextIn(r, "retention") })
	}
	slices.SortStableFunc(list, func(a, b item) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(engine.TextIn(a, "date"), engine.TextIn(b, "date")), cmp.Compare(engine.TextIn(a, "doc_number"), engine.TextIn(b, "doc_number")))
	})
	for _, term := range termCodes {
		class := classOf(c, term.code)
		next, err := nextItem(tx, c.Matter.Agency, class)
		if err != nil {
			return err
		}
		for _, r := range list {
			if engine.TextIn(r, "filing") == filed && engine.TextIn(r, "retention") == term.name {
				r["seq"], r["code"] = float64(next), fmt.Sprintf("%s-%04d", class.prefix, next)
				next++
			}
		}
	}
	keep(c, list)
	return nil
}
