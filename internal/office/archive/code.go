package archive

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

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

// documents 文书 is the category of what nobody has put into another one.
const documents = "WS 文书"

// category 门类 is chosen in the list and begins with its code (ARCH-06).
func category(r item) string {
	code, _, _ := strings.Cut(cmp.Or(engine.TextIn(r, "category"), documents), " ")
	return code
}

// classed puts the filed items of a list into their classes, each class in the order of the list.
func classed(c *engine.Case, list []item) (order []class, of map[class][]item) {
	year, _ := c.Matter.Fields["file_year"].(float64)
	of = map[class][]item{}
	for _, r := range list {
		if engine.TextIn(r, "filing") != filed {
			continue
		}
		k := class{fmt.Sprintf("%s-%s·%d-%s-%s", c.Text("fonds_number"), category(r), int(year), termCodes[termRank(r)].code, c.Text("office_code")), int(year)}
		if of[k] == nil {
			order = append(order, k)
		}
		of[k] = append(of[k], r)
	}
	return order, of
}

// termRank is the place of an item's term in the catalogue; the choice leaves no other.
func termRank(r item) int {
	return max(0, slices.IndexFunc(termCodes, func(t struct{ name, code string }) bool { return t.name == engine.TextIn(r, "retention") }))
}

// number arranges the items by category, term and time and writes their codes. The numbers go on from those already taken; they
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
	slices.SortStableFunc(list, func(a, b item) int {
		return cmp.Or(cmp.Compare(unfiled(a), unfiled(b)), cmp.Compare(category(a), category(b)), cmp.Compare(termRank(a), termRank(b)),
			cmp.Compare(engine.TextIn(a, "date"), engine.TextIn(b, "date")), cmp.Compare(engine.TextIn(a, "doc_number"), engine.TextIn(b, "doc_number")))
	})
	order, of := classed(c, list)
	for _, k := range order {
		next, err := nextItem(tx, c.Matter.Agency, k)
		if err != nil {
			return err
		}
		for i, r := range of[k] {
			r["seq"], r["code"] = float64(next+i), fmt.Sprintf("%s-%04d", k.prefix, next+i)
		}
	}
	keep(c, list)
	return nil
}

// unfiled puts what is not filed behind what is.
func unfiled(r item) int {
	if engine.TextIn(r, "filing") == filed {
		return 0
	}
	return 1
}
