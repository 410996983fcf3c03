// Package layout sets an official document to the millimetre as GB/T 9704-2012 rules: which line every element
// stands on, where lines and title break, where seals press, how 版记 ends on the lower edge of the text area.
// It gives pages of positioned glyphs, rules and seals, which the renderers only copy. It does not judge the
// document: what is wrong in it is set as it is.
//
//	pages := layout.Lay(doc, font.Embedded(), layout.Options{})
//
// Lengths are millimetres from the top left corner of the page. The text area is 156 × 225 at (28, 37); it
// holds 22 lines of 28 characters (clause 5.2), so one cell is 156/28 × 225/22. «空一字» is one cell, «空一行»
// one blank line of the body. Elements in 4号 count their own character (1.2 of the facts).
//
// Invariant: nothing of the text leaves the text area but the red head, the rules of a letter and the page
// number; a page is laid out whole or not at all; the same document gives the same pages.
package layout

import (
	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// Options are the points the standard leaves open. The zero value is the usual practice.
type Options struct {
	// MarkSize is the largest size of the red mark in points; the standard only wants it eye-catching (7.2.4).
	// 0 means 42, 初号.
	MarkSize float64
	// RedRule is the thickness of the red line under the number in mm; the standard gives none. 0 means 0.5.
	RedRule float64
	// ImprintEven adds a blank page so that 版记 ends on an even page, as printing on both sides wants.
	ImprintEven bool
	// SealsInRow is the most seals side by side; the present standard only forbids that they touch. 0 means 3.
	SealsInRow int
	// MarkByBox measures the upper edge of the mark from its em box instead of its ink: the standard says «上边缘» and
	// leaves open of what; the eye sees ink.
	MarkByBox bool
	// SpacedWords sets 密级 and 紧急程度 of two characters with a blank between, as some printed samples do.
	SpacedWords bool
	// TitleCharacters is the most characters in a line of a title; 0 means the 20 of 二号 that fit the text area.
	TitleCharacters int
	// AttachmentTitleSize is the size of the title of an attachment in points. 0 means 22, 二号, as the main title.
	AttachmentTitleSize float64
	// LetterTitleBlank is how many blank lines stand between the last element above and the title of a letter:
	// «相距二行» is read as two by most. 0 means 2.
	LetterTitleBlank int
	// NoSealArt reserves the place of seals but draws nothing, for papers that are sealed by hand.
	NoSealArt bool
}

// Element 公文要素: what a run of text belongs to.
type Element string

// The elements of GB/T 9704-2012 clause 7.1, and the parts of them that are set apart.
const (
	CopyNumber      Element = "copy-number"      // 份号
	Secrecy         Element = "secrecy"          // 密级和保密期限
	WorkSecret      Element = "work-secret"      // 工作秘密
	Urgency         Element = "urgency"          // 紧急程度
	Mark            Element = "mark"             // 发文机关标志
	Number          Element = "number"           // 发文字号
	Signers         Element = "signers"          // 签发人
	RedLine         Element = "red-line"         // 版头分隔线
	Title           Element = "title"            // 标题
	Recipients      Element = "recipients"       // 主送机关
	Body            Element = "body"             // 正文
	AttachmentNote  Element = "attachment-note"  // 附件说明
	Signature       Element = "signature"        // 发文机关署名
	Date            Element = "date"             // 成文日期
	SealMark        Element = "seal"             // 印章
	Stamp           Element = "stamp"            // 签名章
	Note            Element = "note"             // 附注
	Attendance      Element = "attendance"       // 出席、请假、列席
	AttachmentLabel Element = "attachment-label" // 附件序号
	AttachmentTitle Element = "attachment-title" // 附件标题
	AttachmentBody  Element = "attachment-body"  // 附件正文
	CopiesTo        Element = "copies-to"        // 抄送机关
	Printing        Element = "printing"         // 印发机关和印发日期
	ImprintLine     Element = "imprint-line"     // 版记分隔线
	PageNumber      Element = "page-number"      // 页码
	TableRule       Element = "table-rule"       // 表格线
)

// Page 页面: A4 upright. A turned run, rule or text belongs to a horizontal table: its coordinates are those of
// the page turned to 297 × 210, and it is drawn reading upwards, the head of the table at the left edge of the
// paper, which is the binding edge of odd pages and the outer edge of even ones (clause 8.2).
type Page struct {
	Number   int // counted from 1
	Numbered bool
	Runs     []Run
	Rules    []Rule
	Seals    []Seal
}

// PageWidth and PageHeight are A4.
const (
	PageWidth  = 210.0
	PageHeight = 297.0
)

// Color tells what is printed red.
type Color int

// The colours of a document: black unless the standard says red.
const (
	Black Color = iota
	Red
)

// Run 字串: glyphs of one font on one baseline.
type Run struct {
	Element Element
	Source  Source
	Role    font.Role
	Font    *font.Font
	Size    float64 // points
	Color   Color
	Y       float64 // baseline
	Glyphs  []Glyph
	Turned  bool
}

// Source tells where a run comes from: the attachment (0 is the main document, 1 the first one), the number of
// the block in it, and the first character. Block is -1 for what is no body.
type Source struct{ Attachment, Block, From int }

// Glyph is one glyph with its left edge.
type Glyph struct {
	ID   font.GID
	Rune rune
	X    float64
}

// Text gives the characters of a run.
func (r Run) Text() string {
	s := make([]rune, len(r.Glyphs))
	for i, g := range r.Glyphs {
		s[i] = g.Rune
	}
	return string(s)
}

// Left is the left edge of the first glyph.
func (r Run) Left() float64 { return r.Glyphs[0].X }

// Right is the right edge of the last glyph.
func (r Run) Right() float64 {
	last := r.Glyphs[len(r.Glyphs)-1]
	return last.X + float64(r.Font.Advance(last.ID))/float64(r.Font.UnitsPerEm())*r.Size*font.PointMM
}

// Rule 线: a straight line, its middle from X1,Y1 to X2,Y2.
type Rule struct {
	Element        Element
	X1, Y1, X2, Y2 float64
	Width          float64
	Color          Color
	Turned         bool
}

// Seal 印章: the place of a seal. Without Image a placeholder is drawn, a circle with the organ's name.
type Seal struct {
	Organ    string
	X, Y     float64 // centre
	Diameter float64
	Image    []byte
	Blank    bool // the place is only kept free
}

// Lay sets a document. It never fails: an empty document is one empty page.
func Lay(doc *gongwen.Document, fonts *font.Set, opts Options) []Page {
	s := newSetter(doc, fonts, opts)
	pages, bodyShown := s.pages()
	if !bodyShown && doc.Recipients != "" && !doc.RecipientsLast {
		// The list of recipients pushes all of the body off page 1: it moves to 版记 (7.3.2).
		moved := *doc
		moved.RecipientsLast = true
		pages, _ = newSetter(&moved, fonts, opts).pages()
	}
	return pages
}
