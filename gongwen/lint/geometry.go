package lint

import "math"

// Geometry 版面 shows the finished pages to the rules of layout. A typesetter, or a reader of a finished
// file, implements it.
type Geometry interface {
	Sheets() []Sheet
}

// Sheet 面: one page in order. Millimetres, origin at the top left corner of the paper.
type Sheet struct {
	Width, Height float64
	Number        int // 页码 as printed, 0 if none is
	Items         []Item
}

// ItemKind 版面元素种类 tells what is printed: letters, a line, a seal, a table.
type ItemKind string

const (
	TextItem  ItemKind = "text"  // one line of text of one element
	RuleItem  ItemKind = "rule"  // 线
	SealItem  ItemKind = "seal"  // 印章
	StampItem ItemKind = "stamp" // 签名章
	TableItem ItemKind = "table" // 表格
)

// Item 版面元素: something printed. For text the box is that of its characters, without leading.
type Item struct {
	Kind  ItemKind
	Part  Part // of rules: Number for the red line, Mark for the double lines of a letter, Printer for 版记
	Index int  // which paragraph, organ or attachment
	Line  int  // which line of its paragraph, from 0
	Level int  // of a heading

	X, Y, W, H float64
	Hang       float64 // x of the first character after 附件：1. — 0 unknown

	Text     string
	Font     string  // 仿宋, 黑体, 楷体, 小标宋, 宋体
	Size     float64 // points
	Colour   string  // empty: black
	Replaced bool    // another font stands in for the one wanted
	Head     string  // of a turned table: the edge its head is at, left or right
}

// What Item.Level says of lines that are not numbered paragraphs.
const (
	TitleLevel = -1 // the title of an attachment
	InsetLevel = -2 // a list, quotation or centred name within the body, which has a face and margins of its own
)

// PageNumber is the part of the number of a page.
const PageNumber Part = "pageNumber"

// The measures of GB/T 9704-2012 clauses 5 and 7, in millimetres.
const (
	paperWidth, paperHeight = 210.0, 297.0
	areaLeft, areaTop       = 28.0, 37.0
	areaWidth, areaHeight   = 156.0, 225.0
	areaRight, areaBottom   = areaLeft + areaWidth, areaTop + areaHeight
	cellWidth               = areaWidth / 28
	cellHeight              = areaHeight / 22
)

func closeTo(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }

func (i *Item) right() float64  { return i.X + i.W }
func (i *Item) bottom() float64 { return i.Y + i.H }

// overlaps reports two boxes that share some area.
func (i *Item) overlaps(j *Item) bool {
	return i.X < j.right() && j.X < i.right() && i.Y < j.bottom() && j.Y < i.bottom()
}

// spot 版面上的一处: an item and the page it is on, from 1.
type spot struct {
	*Item
	sheet int
}

// spots gives the items of a kind and of some parts (none: any), page by page; nil without a Geometry.
func (p *paper) spots(kind ItemKind, parts ...Part) []spot {
	if p.opts.Geometry == nil {
		return nil
	}
	var out []spot
	sheets := p.opts.Geometry.Sheets()
	for i := range sheets {
		for j := range sheets[i].Items {
			it := &sheets[i].Items[j]
			match := it.Kind == kind && len(parts) == 0
			for _, part := range parts {
				match = match || it.Kind == kind && it.Part == part
			}
			if match {
				out = append(out, spot{it, i + 1})
			}
		}
	}
	return out
}

// onPage reports something on a finished page.
func (p *paper) onPage(sheet int, text, message string) {
	p.report(&segment{place: Place{Part: Page, Index: sheet}, text: text}, 0, len(text), message, nil)
}

func (p *paper) onSpot(s spot) { p.onPage(s.sheet, s.Text, "") }

// eachSpot makes a rule of a test of single items.
func eachSpot(kind ItemKind, part Part, bad func(p *paper, s spot) bool) finder {
	return func(p *paper) {
		for _, s := range p.spots(kind, part) {
			if bad(p, s) {
				p.onSpot(s)
				return // one is enough: the cause is the same for all
			}
		}
	}
}
