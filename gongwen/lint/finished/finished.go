// Package finished 成品版面 shows the pages of our own typesetter to the rules of layout of package lint.
//
// It manages the translation of runs, rules and seals into lines of text with their boxes, and nothing else: it
// neither typesets nor judges. A reader of foreign files would be a second implementation of lint.Geometry.
//
// Invariant: one Item for each line of each element, in the order of the page.
package finished

import (
	"math"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
	"github.com/chengqi-oa/chengqi/gongwen/lint"
)

// Pages 成品: finished pages as lint.Geometry.
type Pages struct{ sheets []lint.Sheet }

// Sheets gives the pages in order.
func (p Pages) Sheets() []lint.Sheet { return p.sheets }

// Of reads the pages that a document was laid out on.
func Of(doc *gongwen.Document, pages []layout.Page) Pages {
	r := reader{doc: doc, lines: map[paragraph]int{}}
	var out Pages
	for _, page := range pages {
		out.sheets = append(out.sheets, r.sheet(page))
	}
	return out
}

// Check 排版并核校: lays the document out with the embedded fonts and checks text and pages together.
func Check(doc *gongwen.Document, opts lint.Options) []lint.Finding {
	opts.Geometry = Of(doc, layout.Lay(doc, font.Embedded(), layout.Options{}))
	return lint.Check(doc, opts)
}

var parts = map[layout.Element]lint.Part{
	layout.CopyNumber: lint.CopyNumber, layout.Secrecy: lint.SecrecyLevel, layout.WorkSecret: lint.SecrecyLevel, layout.Urgency: lint.Urgency,
	layout.Mark: lint.Mark, layout.Number: lint.Number, layout.Signers: lint.Signer, layout.Title: lint.Title,
	layout.Recipients: lint.Recipients, layout.Body: lint.Body, layout.AttachmentNote: lint.AttachmentNote,
	layout.Signature: lint.Signature, layout.Date: lint.Date, layout.Note: lint.Note, layout.Attendance: lint.Attendance,
	layout.AttachmentLabel: lint.Attachment, layout.AttachmentTitle: lint.Attachment, layout.AttachmentBody: lint.Attachment,
	layout.CopiesTo: lint.CopiesTo, layout.Printing: lint.Printer, layout.PageNumber: lint.PageNumber,
}

var faces = map[font.Role]string{
	font.FangSong: "仿宋", font.Title: "小标宋", font.Hei: "黑体", font.Kai: "楷体", font.Song: "宋体", font.Roman: "西文",
}

// paragraph names what the lines of one paragraph have in common.
type paragraph struct {
	element    layout.Element
	attachment int
	block      int
}

type reader struct {
	doc   *gongwen.Document
	lines map[paragraph]int // how many lines of a paragraph have been read
}

func (r *reader) sheet(page layout.Page) lint.Sheet {
	s := lint.Sheet{Width: layout.PageWidth, Height: layout.PageHeight}
	if page.Numbered {
		s.Number = page.Number
	}
	for i := 0; i < len(page.Runs); {
		j := i + 1
		for j < len(page.Runs) && sameLine(page.Runs[i], page.Runs[j]) {
			j++
		}
		if !page.Runs[i].Turned && len(page.Runs[i].Glyphs) > 0 {
			s.Items = append(s.Items, r.line(page.Runs[i:j]))
		}
		i = j
	}
	s.Items = append(s.Items, r.rules(page)...)
	for _, seal := range page.Seals {
		s.Items = append(s.Items, lint.Item{
			Kind: lint.SealItem, X: seal.X - seal.Diameter/2, Y: seal.Y - seal.Diameter/2,
			W: seal.Diameter, H: seal.Diameter, Text: seal.Organ,
		})
	}
	return s
}

func sameLine(a, b layout.Run) bool {
	return a.Element == b.Element && a.Source.Attachment == b.Source.Attachment && a.Source.Block == b.Source.Block &&
		math.Abs(a.Y-b.Y) < 0.5 && a.Turned == b.Turned && len(b.Glyphs) > 0 && b.Left() >= a.Left()
}

// line joins the runs of one line of one element.
func (r *reader) line(runs []layout.Run) lint.Item {
	first, last := runs[0], runs[len(runs)-1]
	height := first.Size * font.PointMM
	it := lint.Item{
		Kind: lint.TextItem, Part: parts[first.Element], Index: first.Source.Block + 1,
		X: first.Left(), Y: first.Y - rise*height, W: last.Right() - first.Left(), H: height,
		Font: faces[first.Role], Size: first.Size,
	}
	if first.Element == layout.Mark { // its upper edge is that of the ink (7.2.4)
		it.Y = inkTop(runs)
		it.H = first.Y - it.Y
	}
	var text strings.Builder
	for _, run := range runs {
		text.WriteString(run.Text())
		if run.Color != layout.Black {
			it.Colour = "red"
		}
	}
	it.Text = text.String()
	if first.Element == layout.Stamp {
		it.Kind = lint.StampItem
	}
	key := paragraph{first.Element, first.Source.Attachment, first.Source.Block}
	if first.Source.Block < 0 && first.Source.From == 0 {
		r.lines[key] = 0
	}
	it.Line = r.lines[key]
	r.lines[key]++
	r.place(&it, first)
	return it
}

// rise is the ascent of the Chinese faces in em, from the top of the em box down to the baseline.
const rise = 0.88

func inkTop(runs []layout.Run) float64 {
	top := math.Inf(1)
	for _, run := range runs {
		unit := run.Size * font.PointMM / float64(run.Font.UnitsPerEm())
		for _, g := range run.Glyphs {
			if box, ok := run.Font.Ink(g.ID); ok {
				top = min(top, run.Y-box.Y1*unit)
			}
		}
	}
	return top
}

// place adds what only the document knows: the level of a paragraph, the attachment of a line.
func (r *reader) place(it *lint.Item, run layout.Run) {
	switch run.Element {
	case layout.Body:
		if n := run.Source.Block; n >= 0 && n < len(r.doc.Body) {
			it.Level = r.doc.Body[n].Level
			if k := r.doc.Body[n].Kind; k != gongwen.Paragraph {
				it.Level = lint.InsetLevel
			}
		}
	case layout.AttachmentTitle:
		it.Index, it.Level = run.Source.Attachment, lint.TitleLevel
	case layout.AttachmentLabel, layout.AttachmentBody:
		it.Index = run.Source.Attachment
	}
}

// rules gives the lines of a page, and the lines of its tables as one box each side of the page.
func (r *reader) rules(page layout.Page) []lint.Item {
	var out []lint.Item
	var table *lint.Item
	for _, l := range page.Rules {
		it := lint.Item{
			Kind: lint.RuleItem, X: min(l.X1, l.X2), Y: min(l.Y1, l.Y2) - l.Width/2,
			W: math.Abs(l.X2 - l.X1), H: math.Abs(l.Y2-l.Y1) + l.Width,
		}
		switch l.Element {
		case layout.ImprintLine:
			it.Part = lint.Printer
		case layout.RedLine:
			it.Part = lint.Number
			if r.doc.Layout == gongwen.Letter {
				it.Part = lint.Mark
			}
		case layout.TableRule:
			it.Kind = lint.TableItem
			if l.Turned {
				it.Head = "left" // the typesetter turns tables one way only
			}
			table = union(table, it)
			continue
		}
		out = append(out, it)
	}
	if table != nil {
		out = append(out, *table)
	}
	return out
}

func union(a *lint.Item, b lint.Item) *lint.Item {
	if a == nil {
		return &b
	}
	right, bottom := max(a.X+a.W, b.X+b.W), max(a.Y+a.H, b.Y+b.H)
	a.X, a.Y = min(a.X, b.X), min(a.Y, b.Y)
	a.W, a.H = right-a.X, bottom-a.Y
	return a
}
