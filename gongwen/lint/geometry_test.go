package lint

import (
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// paperPages is a finished document laid out by hand, every measure where the standard puts it.
type paperPages []Sheet

func (p paperPages) Sheets() []Sheet { return p }

// layoutCase spoils one thing of a correct layout.
type layoutCase struct {
	id     string
	spoil  func(pages paperPages) paperPages
	layout gongwen.Layout
	start  func() paperPages // what to spoil; sealedPages unless said
}

func row(part Part, index, line, at int, x, w float64, text, font string) Item {
	return Item{Kind: TextItem, Part: part, Index: index, Line: line, X: x, Y: areaTop + float64(at)*cellHeight, W: w, H: 5.6, Text: text, Font: font, Size: 16}
}

func sealedPages() paperPages {
	title := row(Title, 1, 0, 8, 60, 96, "临溪县人民政府关于做好防汛工作的通知", "小标宋")
	title.Size = 22
	heading := row(Body, 2, 0, 14, 39.1, 60, "一、总体要求", "黑体")
	heading.Level = 1
	number := row(Number, 0, 0, 5, 85, 40, "临政发〔2026〕12号", "仿宋")
	first := Sheet{Width: 210, Height: 297, Number: 1, Items: []Item{
		{Kind: TextItem, Part: Mark, X: 50, Y: 72, W: 110, H: 15, Text: "临溪县人民政府文件", Font: "小标宋", Size: 42, Colour: "red"},
		number,
		{Kind: RuleItem, Part: Number, X: 28, Y: number.bottom() + 4, W: 156, H: 0.5},
		title,
		row(Recipients, 0, 0, 11, 28, 60, "各乡镇人民政府：", "仿宋"),
		row(Body, 1, 0, 12, 39.1, 144, "现将有关事项通知如下", "仿宋"),
		row(Body, 1, 1, 13, 28, 100, "请认真执行。", "仿宋"),
		heading,
		{Kind: TextItem, Part: PageNumber, X: 166, Y: 269, W: 13, H: 5, Text: "— 1 —"},
	}}
	attached := row(Attachment, 1, 0, 2, 80, 52, "任务分工表", "小标宋")
	attached.Level = TitleLevel
	date := row(Date, 0, 0, 5, 122, 39.7, "2026年3月5日", "仿宋")
	note := row(AttachmentNote, 1, 0, 2, 39.1, 120, "附件：1.任务分工表", "仿宋")
	note.Hang = 66
	second := Sheet{Width: 210, Height: 297, Number: 2, Items: []Item{
		row(Body, 3, 0, 0, 39.1, 144, "各单位要落实责任", "仿宋"),
		note,
		row(AttachmentNote, 1, 1, 3, 66, 40, "及联系表", "仿宋"),
		row(Signature, 1, 0, 4, 117, 50, "临溪县人民政府", "仿宋"),
		date,
		{Kind: SealItem, X: 120, Y: areaTop + 3.2*cellHeight, W: 42, H: 42},
		{Kind: TextItem, Part: PageNumber, X: 33, Y: 269, W: 13, H: 5, Text: "— 2 —"},
	}}
	third := Sheet{Width: 210, Height: 297, Number: 3, Items: []Item{
		row(Attachment, 1, 0, 0, 28, 20, "附件1", "黑体"),
		attached,
		{Kind: TableItem, Part: Attachment, X: 28, Y: 80, W: 156, H: 60},
		{Kind: RuleItem, Part: Printer, X: 28, Y: 243, W: 156, H: 0.35},
		{Kind: TextItem, Part: CopiesTo, X: 32, Y: 245.5, W: 100, H: 5, Text: "抄送：县委办公室。"},
		{Kind: RuleItem, Part: Printer, X: 28, Y: 252, W: 156, H: 0.25},
		{Kind: TextItem, Part: Printer, X: 32, Y: 254, W: 100, H: 5, Text: "临溪县人民政府办公室"},
		{Kind: RuleItem, Part: Printer, X: 28, Y: 261.9, W: 156, H: 0.35},
	}}
	return paperPages{first, second, third}
}

// edit changes one item, found by its kind, part and order.
func edit(sheet int, kind ItemKind, part Part, nth int, change func(*Item)) func(paperPages) paperPages {
	return func(p paperPages) paperPages {
		for i := range p[sheet-1].Items {
			it := &p[sheet-1].Items[i]
			if it.Kind == kind && it.Part == part {
				if nth == 0 {
					change(it)
					return p
				}
				nth--
			}
		}
		panic("no such item")
	}
}

func add(sheet int, items ...Item) func(paperPages) paperPages {
	return func(p paperPages) paperPages {
		p[sheet-1].Items = append(p[sheet-1].Items, items...)
		return p
	}
}

func without(sheet int, gone func(Item) bool) func(paperPages) paperPages {
	return func(p paperPages) paperPages {
		var kept []Item
		for _, it := range p[sheet-1].Items {
			if !gone(it) {
				kept = append(kept, it)
			}
		}
		p[sheet-1].Items = kept
		return p
	}
}

func isPart(part Part) func(Item) bool { return func(it Item) bool { return it.Part == part } }

func titleLines(widths ...float64) func(paperPages) paperPages {
	return func(p paperPages) paperPages {
		p = without(1, isPart(Title))(p)
		for i, w := range widths {
			it := row(Title, 1, i, 7+i, 106-w/2, w, "标题", "小标宋")
			it.Size = 22
			p = add(1, it)(p)
		}
		return p
	}
}

func letterPages() paperPages {
	p := sealedPages()[:2]
	p[0].Number = 0
	p[0].Items[0].Y = 30
	p = without(1, func(it Item) bool { return it.Kind == RuleItem || it.Part == PageNumber })(p)
	return add(1, Item{Kind: RuleItem, Part: Mark, X: 20, Y: 50, W: 170, H: 1}, Item{Kind: RuleItem, Part: Mark, X: 20, Y: 277, W: 170, H: 1})(p)
}

func unsealedPages() paperPages {
	p := without(2, func(it Item) bool { return it.Kind == SealItem || it.Part == Signature || it.Part == Date })(sealedPages())
	edge := areaRight - 2*cellWidth
	return add(2, row(Signature, 1, 0, 4, edge-50, 50, "临溪县人民政府办公室", "仿宋"), row(Date, 0, 0, 5, edge-50+2*cellWidth, 39, "2026年3月5日", "仿宋"))(p)
}

func stampedPages() paperPages {
	p := without(2, func(it Item) bool { return it.Kind == SealItem || it.Part == Signature })(sealedPages())
	stamp := Item{Kind: StampItem, W: 30, H: 15, Y: areaTop + 5.9*cellHeight}
	stamp.X = areaRight - 4*cellWidth - stamp.W
	title := row(Signature, 1, 0, 6, 0, 12, "县长", "仿宋")
	title.X = stamp.X - 2*cellWidth - title.W
	return add(2, stamp, title)(p)
}

func minutesPages() paperPages {
	return add(2, row(Attendance, 1, 0, 8, 39, 100, "出席：罗清禾", "黑体"), row(Attendance, 2, 0, 9, 39, 100, "请假：林晓", "黑体"), row(Attendance, 3, 0, 10, 39, 100, "列席：陈望", "黑体"))(sealedPages())
}

func layoutCases() []layoutCase {
	text, rule := TextItem, RuleItem
	return append([]layoutCase{
		{id: "T015", spoil: titleLines(96, 96, 96)},
		{id: "T015", spoil: titleLines(96, 60, 96)},
		{id: "M012", spoil: edit(1, text, Recipients, 0, func(i *Item) { i.X += 11 })},
		{id: "M013", spoil: func(p paperPages) paperPages {
			p = without(1, isPart(Body))(p)
			for i := range 9 {
				p = add(1, row(Recipients, 0, i+1, 12+i, 28, 156, "各乡镇人民政府，", "仿宋"))(p)
			}
			return p
		}},
		{id: "B021", spoil: without(1, isPart(Body))},
		{id: "B025", spoil: edit(1, text, Body, 2, func(i *Item) { i.Font = "仿宋" })},
		{id: "A011", spoil: add(2, row(Attachment, 1, 0, 9, 28, 20, "附件1", "黑体"))},
		{id: "A012", spoil: func(p paperPages) paperPages {
			return append(p, Sheet{Width: 210, Height: 297, Number: 4, Items: []Item{row(Attachment, 2, 0, 0, 28, 20, "附件2", "黑体")}})
		}},
		{id: "A013", spoil: edit(3, text, Attachment, 1, func(i *Item) { i.Y -= cellHeight })},
		{id: "A017", spoil: edit(2, text, AttachmentNote, 1, func(i *Item) { i.X = 28 })},
		{id: "S011", spoil: without(2, func(it Item) bool { return it.Kind == SealItem })},
		{id: "S013", spoil: edit(2, SealItem, "", 0, func(i *Item) { i.X, i.Y = 40, areaTop+6*cellHeight })},
		{id: "S014", spoil: edit(2, SealItem, "", 0, func(i *Item) { i.Y += 3 * cellHeight })},
		{id: "S015", spoil: add(2, Item{Kind: SealItem, X: 90, Y: areaTop + 3.2*cellHeight, W: 42, H: 42})},
		{id: "S015", spoil: edit(2, SealItem, "", 0, func(i *Item) { i.X = 150 })},
		{id: "S016", spoil: without(2, func(it Item) bool { return it.Part == Body || it.Part == AttachmentNote })},
		{id: "S017", spoil: edit(2, text, Date, 0, func(i *Item) { i.X += 2 * cellWidth })},
		{id: "S018", start: unsealedPages, spoil: edit(2, text, Date, 0, func(i *Item) { i.X -= 2 * cellWidth })},
		{id: "P021", spoil: edit(1, text, Body, 1, func(i *Item) { i.Text = "，请认真执行。" })},
		{id: "P022", spoil: func(p paperPages) paperPages {
			return edit(1, text, Body, 1, func(i *Item) { i.Text = "…认真执行。" })(edit(1, text, Body, 0, func(i *Item) { i.Text = "现将有关事项…" })(p))
		}},
		{id: "N029", spoil: func(p paperPages) paperPages {
			return edit(1, text, Body, 1, func(i *Item) { i.Text = "月5日前报送。" })(edit(1, text, Body, 0, func(i *Item) { i.Text = "请于2026年3" })(p))
		}},
	}, imprintCases(rule, text)...)
}

func imprintCases(rule, text ItemKind) []layoutCase {
	return []layoutCase{
		{id: "F006", spoil: edit(3, rule, Printer, 1, func(i *Item) { i.H = 0.35 })},
		{id: "F007", spoil: edit(3, rule, Printer, 2, func(i *Item) { i.Y = 240 })},
		{id: "F009", spoil: edit(1, text, PageNumber, 0, func(i *Item) { i.X = 100 })},
		{id: "F010", layout: gongwen.Letter, start: letterPages, spoil: func(p paperPages) paperPages { p[0].Number = 1; return p }},
		{id: "F011", layout: gongwen.Letter, start: letterPages, spoil: add(2, Item{Kind: rule, Part: Printer, X: 28, Y: 250, W: 156, H: 0.35})},
		{id: "F012", spoil: add(3, Item{Kind: rule, Part: Printer, X: 28, Y: 244.8, W: 156, H: 0.25}, Item{Kind: text, Part: Recipients, X: 32, Y: 243.5, W: 90, H: 5, Text: "主送：各乡镇人民政府。"})},
		{id: "F014", spoil: func(p paperPages) paperPages { return append(p, Sheet{Width: 210, Height: 297, Number: 4}) }},
		{id: "F015", spoil: func(p paperPages) paperPages { p[2].Number = 1; return p }},
		{id: "V001", spoil: func(p paperPages) paperPages { p[0].Width, p[0].Height = 215.9, 279.4; return p }},
		{id: "V002", spoil: edit(1, text, Body, 1, func(i *Item) { i.X = 31.8 })},
		{id: "V003", spoil: edit(1, text, Body, 0, func(i *Item) { i.W = 170 })},
		{id: "V004", spoil: func(p paperPages) paperPages {
			page := Sheet{Width: 210, Height: 297, Number: 2}
			for i := range 26 {
				it := row(Body, 9, i, 0, 28, 150, "各单位要落实责任", "仿宋")
				it.Y = areaTop + float64(i)*8.6
				page.Items = append(page.Items, it)
			}
			return append(paperPages{p[0], page}, p[1:]...)
		}},
		{id: "V005", spoil: edit(1, text, Mark, 0, func(i *Item) { i.Y = 62 })},
		{id: "V006", layout: gongwen.Letter, start: letterPages, spoil: edit(1, text, Mark, 0, func(i *Item) { i.Y = 72 })},
		{id: "V007", spoil: edit(1, rule, Number, 0, func(i *Item) { i.X, i.W = 20, 170 })},
		{id: "V008", layout: gongwen.Letter, start: letterPages, spoil: edit(1, rule, Mark, 1, func(i *Item) { i.X, i.W = 28, 156 })},
		{id: "V009", spoil: edit(1, text, Title, 0, func(i *Item) { i.Font = "宋体" })},
		{id: "V010", spoil: edit(1, text, Body, 0, func(i *Item) { i.Font, i.Size = "宋体", 15 })},
		{id: "V011", spoil: edit(1, text, Body, 0, func(i *Item) { i.Replaced = true })},
		{id: "V012", spoil: edit(1, text, Body, 0, func(i *Item) { i.Colour = "red" })},
		{id: "V013", spoil: edit(3, TableItem, Attachment, 0, func(i *Item) { i.W = 180 })},
		{id: "V014", spoil: edit(3, TableItem, Attachment, 0, func(i *Item) { i.Head = "right" })},
		{id: "V015", start: stampedPages, spoil: edit(2, StampItem, "", 0, func(i *Item) { i.X += 20 })},
		{id: "V016", layout: gongwen.Minutes, start: minutesPages, spoil: edit(2, text, Attendance, 0, func(i *Item) { i.Font = "仿宋" })},
	}
}

func TestEachRuleOfLayout(t *testing.T) {
	for _, c := range layoutCases() {
		t.Run(c.id, func(t *testing.T) {
			start := sealedPages
			if c.start != nil {
				start = c.start
			}
			doc := notice("现将有关事项通知如下，请认真执行。")
			doc.Layout, doc.Number, doc.Issuers = gongwen.General, "临政发〔2026〕12号", []string{"临溪县人民政府"}
			if c.layout != "" {
				doc.Layout = c.layout
			}
			if f := raised(Check(doc, Options{Geometry: start()}), c.id); f != nil {
				t.Errorf("false alarm on a correct layout: %v", f)
			}
			if raised(Check(doc, Options{Geometry: c.spoil(start())}), c.id) == nil {
				t.Error("not found")
			}
		})
	}
}

// A correct layout raises no rule of layout at all, and a document without pages none either.
func TestCorrectLayoutIsSilent(t *testing.T) {
	doc := notice("现将有关事项通知如下，请认真执行。")
	doc.Number, doc.Issuers = "临政发〔2026〕12号", []string{"临溪县人民政府"}
	byLayout := map[string]bool{}
	for _, r := range Rules() {
		byLayout[r.ID] = r.Evidence == ByLayout
	}
	for _, opts := range []Options{{}, {Geometry: sealedPages()}, {Geometry: paperPages{}}} {
		for _, f := range Check(doc, opts) {
			if byLayout[f.ID] {
				t.Errorf("%s: %s", f.ID, f.Explain())
			}
		}
	}
}
