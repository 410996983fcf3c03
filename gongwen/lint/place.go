package lint

import (
	"cmp"
	"fmt"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// Part 部位: an element of the document (条例 art. 9), or the text as typed.
type Part string

const (
	CopyNumber     Part = "copyNumber"
	SecrecyLevel   Part = "secrecy"
	SecrecyTerm    Part = "term"
	Urgency        Part = "urgency"
	Mark           Part = "mark"
	Issuer         Part = "issuer"
	Number         Part = "number"
	Signer         Part = "signer"
	Title          Part = "title"
	Recipients     Part = "recipients"
	Body           Part = "body"
	AttachmentNote Part = "attachmentNote"
	Signature      Part = "signature"
	Date           Part = "date"
	Note           Part = "note"
	Attendance     Part = "attendance"
	Attachment     Part = "attachment"
	CopiesTo       Part = "copiesTo"
	Printer        Part = "printer"
	PrintDate      Part = "printDate"
	Typed          Part = "typed" // a line of Source.Text
	Page           Part = "page"  // a finished page
	WholeFile      Part = "file"  // the file itself
)

// parts gives each part its Chinese name; its order is that of the findings.
var parts = []struct {
	part Part
	name string
}{
	{CopyNumber, "份号"},
	{SecrecyLevel, "密级"},
	{SecrecyTerm, "保密期限"},
	{Urgency, "紧急程度"},
	{Mark, "发文机关标志"},
	{Issuer, "发文机关"},
	{Number, "发文字号"},
	{Signer, "签发人"},
	{Title, "标题"},
	{Recipients, "主送机关"},
	{Body, "正文"},
	{AttachmentNote, "附件说明"},
	{Signature, "署名"},
	{Date, "成文日期"},
	{Note, "附注"},
	{Attendance, "名单"},
	{Attachment, "附件"},
	{CopiesTo, "抄送机关"},
	{Printer, "印发机关"},
	{PrintDate, "印发日期"},
	{Typed, "原稿"},
	{Page, "版面"},
	{WholeFile, "文件"},
}

// Place 位置: where a finding stands. Numbers count from one; zero means the part as a whole.
type Place struct {
	Part       Part `json:"part"`
	Attachment int  `json:"attachment,omitempty"` // which attachment
	Index      int  `json:"index,omitempty"`      // which paragraph, line, page or organ
	Item       int  `json:"item,omitempty"`       // which item of a list
	Start      int  `json:"start"`                // characters from the beginning of the paragraph
	End        int  `json:"end"`                  // first character after
}

// String 给出中文位置, such as 正文第3段.
func (p Place) String() string {
	name := string(p.Part)
	for _, q := range parts {
		if q.part == p.Part {
			name = q.name
		}
	}
	switch {
	case p.Part == Body && p.Index > 0:
		return fmt.Sprintf("正文第%d段", p.Index)
	case p.Part == Attachment && p.Index > 0:
		return fmt.Sprintf("附件%d第%d段", p.Attachment, p.Index)
	case p.Part == Attachment:
		return fmt.Sprintf("附件%d标题", p.Attachment)
	case p.Part == Typed && p.Index > 0:
		return fmt.Sprintf("原稿第%d行", p.Index)
	case p.Part == Page && p.Index > 0:
		return fmt.Sprintf("第%d面", p.Index)
	}
	return name
}

func (p Place) compare(q Place) int {
	return cmp.Or(
		cmp.Compare(order(p.Part), order(q.Part)), cmp.Compare(p.Attachment, q.Attachment),
		cmp.Compare(p.Index, q.Index), cmp.Compare(p.Item, q.Item), cmp.Compare(p.Start, q.Start),
	)
}

func order(part Part) int {
	for i, q := range parts {
		if q.part == part {
			return i
		}
	}
	return len(parts)
}

// slot gives the string of the document that a place names, or nil where there is none to edit.
func slot(d *gongwen.Document, p Place) *string {
	single := map[Part]*string{
		CopyNumber: &d.CopyNumber, SecrecyLevel: &d.Secrecy.Level, SecrecyTerm: &d.Secrecy.Term,
		Urgency: &d.Urgency, Mark: &d.Mark, Number: &d.Number, Title: &d.Title, Recipients: &d.Recipients,
		Date: &d.Date, Note: &d.Note, CopiesTo: &d.CopiesTo, Printer: &d.Printer, PrintDate: &d.PrintDate,
	}
	if s := single[p.Part]; s != nil {
		return s
	}
	switch p.Part {
	case Issuer:
		return nth(d.Issuers, p.Index)
	case Signer:
		return nth(d.Signers, p.Index)
	case AttachmentNote:
		return nth(d.AttachmentNotes, p.Index)
	case Signature:
		if p.Index >= 1 && p.Index <= len(d.Signatures) {
			return &d.Signatures[p.Index-1].Organ
		}
	case Attendance:
		if p.Index >= 1 && p.Index <= len(d.Attendance) {
			return &d.Attendance[p.Index-1].Names
		}
	case Body:
		return blockSlot(d.Body, p)
	case Attachment:
		if p.Attachment < 1 || p.Attachment > len(d.Attachments) {
			return nil
		}
		a := &d.Attachments[p.Attachment-1]
		if p.Index == 0 {
			return &a.Title
		}
		return blockSlot(a.Blocks, p)
	}
	return nil
}

func nth(list []string, n int) *string {
	if n < 1 || n > len(list) {
		return nil
	}
	return &list[n-1]
}

func blockSlot(blocks []gongwen.Block, p Place) *string {
	if p.Index < 1 || p.Index > len(blocks) {
		return nil
	}
	b := &blocks[p.Index-1]
	if p.Item > 0 {
		return nth(b.Items, p.Item)
	}
	if b.Table != nil || len(b.Items) > 0 {
		return nil
	}
	return &b.Text
}
