// Package archive is what is special to 归档: gathering a year's finished documents item by item, proposing how long
// each is kept, and the archival code (DA/T 22-2015).
//
// It keeps the list in the filing's own table and never moves the filing. Invariants: an item stands in one filing
// only; the item numbers of one class (fonds, category, year, term, office) run from 1 without a gap, and they are
// taken when the archive signs for the items, not before.
package archive

import (
	"fmt"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// Effects are the named effects of the room.
func Effects() map[string]engine.Effect {
	return map[string]engine.Effect{
		"archive-gather":  {Act: gather, Sets: []string{"items", "counted"}},
		"archive-terms":   {Act: terms, Sets: []string{"items"}},
		"archive-number":  {Act: number, Sets: []string{"items"}},
		"archive-box":     {Act: box, Sets: []string{"items"}},
		"archive-receive": {Act: receive},
		"archive-test":    {Act: tested},
		"archive-package": {Act: pack},
		"custody":         {Act: keepIn},
	}
}

// item 件 is one row of the list.
type item = engine.Row

// The answers to whether an item is filed.
const (
	filed   = "归档"
	lacking = "缺材料暂缓"
	left    = "不归档"
)

func items(m *engine.Matter) []item { return m.Rows("items") }

func keep(c *engine.Case, list []item) {
	c.Matter.SetRows("items", list)
	c.Matter.Fields["counted"] = float64(len(list))
}

// gather lists what of the fonds and year is finished and stands in no filing yet; done again it adds what has been
// finished since (ARCH-05: nothing is left out at the year's end), and looks anew for what was lacking.
func gather(tx *db.Tx, c *engine.Case, _ string) error {
	list := items(c.Matter)
	have := map[string]bool{}
	for _, r := range list {
		have[engine.TextIn(r, "source")] = true
	}
	taken, err := inOtherFilings(tx, c.Matter)
	if err != nil {
		return err
	}
	year, _ := c.Matter.Fields["file_year"].(float64)
	found, err := finished(tx, c.Matter.Agency, int(year))
	if err != nil {
		return err
	}
	known := map[string]*document{}
	for i := range found {
		d := &found[i]
		known[d.id.String()] = d
		if have[d.id.String()] || taken[d.id.String()] || !d.worthFiling() || d.fonds(c.World.Dir) != c.Text("fonds_number") {
			continue
		}
		r := d.item(c.World.Dir)
		if r["medium"] == nil && d.electronic(c) {
			r["medium"] = "纸质和电子" // a scan, or what came over the wire, beside the paper
		}
		list = append(list, r)
	}
	if len(list) == 0 {
		return errs.Refuse("没有收集到", errs.Reason{Text: fmt.Sprintf("%d 年度没有应归未归的办结件", int(year)), Clause: "ARCH-02", Field: "file_year"})
	}
	if err := askFor(tx, c, list, known); err != nil {
		return err
	}
	for _, r := range list {
		if d := known[engine.TextIn(r, "source")]; d != nil {
			look(c, tx, r, d)
		}
	}
	keep(c, list)
	return nil
}

// look writes down what a document lacks now; one that was to be filed and lacks something waits for it.
func look(c *engine.Case, tx *db.Tx, r item, d *document) {
	before := engine.TextIn(r, "lacking")
	note(r, d.lacking(c, tx))
	if before == "" && engine.TextIn(r, "lacking") != "" && engine.TextIn(r, "filing") == filed {
		r["filing"] = lacking
	}
}

// note writes down what is lacking. An item that waited for it alone, and lacks nothing any more, is filed.
func note(r item, missing string) {
	before := engine.TextIn(r, "lacking")
	if missing != "" {
		r["lacking"] = missing
		return
	}
	delete(r, "lacking")
	if before != "" && engine.TextIn(r, "filing") == lacking {
		r["filing"] = filed
	}
}

// own are the columns the people fill; the rest comes from the documents and cannot be altered here.
var own = []string{"category", "medium", "title", "pages", "retention", "reason", "filing", "note"}

// terms takes over what was filled in and wants a reason for every term that differs from the proposed one (ARCH-31).
func terms(tx *db.Tx, c *engine.Case, _ string) error {
	before, list := items(c.Before), items(c.Matter)
	var reasons []errs.Reason
	refuse := func(i int, clause, format string) {
		if len(reasons) < 20 { // a screenful tells what is amiss
			reasons = append(reasons, errs.Reason{Text: fmt.Sprintf("第 %d 件"+format, i+1), Clause: clause, Field: "items"})
		}
	}
	known, err := sources(tx, before)
	if err != nil {
		return err
	}
	if len(list) != len(before) {
		return errs.Refuse("没有保存", errs.Reason{Text: "归档文件不能在这里增减；不归档的请在“是否归档”中选明", Clause: "ARCH-05", Field: "items"})
	}
	for i, r := range list {
		given := item{}
		for _, key := range own {
			given[key] = r[key]
		}
		r = before[i]
		for _, key := range own {
			if given[key] == nil {
				delete(r, key)
			} else {
				r[key] = given[key]
			}
		}
		list[i] = r
		d := known[engine.TextIn(r, "source")]
		if d != nil {
			note(r, d.lacking(c, tx))
		}
		switch {
		case engine.TextIn(r, "filing") == "":
			r["filing"] = filed
		case engine.TextIn(r, "filing") == left && engine.TextIn(r, "reason") == "":
			refuse(i, "ARCH-31", "不归档，要写理由")
		}
		if engine.TextIn(r, "filing") == filed && engine.TextIn(r, "lacking") != "" {
			refuse(i, clauseOf(r), "缺"+engine.TextIn(r, "lacking")+"，补齐后再归档，或先暂缓")
		}
		if d != nil && engine.TextIn(r, "filing") == filed && d.custody != engine.InUse {
			reasons = append(reasons, filedAs(d.title, d.custody))
		}
		if engine.TextIn(r, "retention") != engine.TextIn(r, "proposed") && engine.TextIn(r, "reason") == "" {
			refuse(i, "ARCH-31", "改了保管期限，要写理由")
		}
	}
	if len(reasons) > 0 {
		return errs.Refuse("“"+c.Action.Name+"”没有办成", reasons...)
	}
	keep(c, list)
	return nil
}

// box puts the items into boxes, a new one for each category and term and whenever one is full. The packages are tested
// meanwhile: they are asked for at the next step.
func box(tx *db.Tx, c *engine.Case, _ string) error {
	full, _ := c.Matter.Fields["per_box"].(float64)
	list, no := items(c.Matter), 0
	inBox, label := 0.0, ""
	for _, r := range list {
		if engine.TextIn(r, "filing") != filed {
			delete(r, "box")
			continue
		}
		if of := category(r) + engine.TextIn(r, "retention"); no == 0 || of != label || inBox >= full {
			no, inBox, label = no+1, 0, of
		}
		inBox++
		r["box"] = float64(no)
	}
	keep(c, list)
	return askTests(tx, c)
}

// clauseOf is the clause that asks for what an item lacks.
func clauseOf(r item) string {
	if engine.TextIn(r, "lacking") == packageWord {
		return "ARCH-28"
	}
	return "ARCH-14"
}

// receive is the archive's signature: the numbers are taken for good and each document is told its own.
func receive(tx *db.Tx, c *engine.Case, _ string) error {
	list := items(c.Matter)
	known, err := sources(tx, list)
	if err != nil {
		return err
	}
	if err := inUse(list, known); err != nil {
		return err
	}
	order, of := classed(c, list)
	for _, k := range order {
		first, err := nextItem(tx, c.Matter.Agency, k)
		if err != nil {
			return err
		}
		for i, r := range of[k] {
			if r["seq"] != float64(first+i) {
				return errs.Refuse("没有接收", errs.Reason{Text: "件号已被另一批归档占用，请退回重新编号", Clause: "ARCH-30"})
			}
			if err := takeItem(tx, c, k, first+i, engine.TextIn(r, "code")); err != nil {
				return err
			}
		}
	}
	for _, r := range list {
		if engine.TextIn(r, "filing") != filed {
			continue
		}
		source, err := db.ParseID(engine.TextIn(r, "source"))
		if err != nil {
			return err
		}
		if err := c.Follow(tx, source, "archived", map[string]any{"archive_number": engine.TextIn(r, "code")}); err != nil {
			return err
		}
	}
	return nil
}
