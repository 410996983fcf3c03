package lint

import (
	"slices"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// Fix applies the certain corrections among the findings to a copy of the document and tells how many were
// applied. Findings without a Fix, and those whose place no longer reads as found, are left alone.
func Fix(doc *gongwen.Document, findings []Finding) (*gongwen.Document, int) {
	fixed := clone(doc)
	certain := slices.DeleteFunc(slices.Clone(findings), func(f Finding) bool { return f.Fix == nil })
	// From the end backwards, so that earlier places keep their offsets.
	slices.SortStableFunc(certain, func(a, b Finding) int { return b.Place.compare(a.Place) })
	applied := 0
	var last Place
	for _, f := range certain {
		if same := f.Place; last.Part != "" && same.sameText(last) && same.End > last.Start {
			continue // overlaps a correction already made
		}
		if apply(fixed, f) {
			applied++
			last = f.Place
		}
	}
	return fixed, applied
}

func apply(doc *gongwen.Document, f Finding) bool {
	s := slot(doc, f.Place)
	if s == nil {
		return false
	}
	r := []rune(*s)
	if f.Place.Start < 0 || f.Place.End > len(r) || f.Place.Start > f.Place.End {
		return false
	}
	if string(r[f.Place.Start:f.Place.End]) != f.Text {
		return false
	}
	*s = string(r[:f.Place.Start]) + *f.Fix + string(r[f.Place.End:])
	return true
}

func (p Place) sameText(q Place) bool {
	return p.Part == q.Part && p.Attachment == q.Attachment && p.Index == q.Index && p.Item == q.Item
}

// clone copies everything a correction may touch, so that the document given stays as it is.
func clone(doc *gongwen.Document) *gongwen.Document {
	d := *doc
	d.Issuers = slices.Clone(d.Issuers)
	d.Signers = slices.Clone(d.Signers)
	d.AttachmentNotes = slices.Clone(d.AttachmentNotes)
	d.Signatures = slices.Clone(d.Signatures)
	d.Attendance = slices.Clone(d.Attendance)
	d.Body = cloneBlocks(d.Body)
	d.Attachments = slices.Clone(d.Attachments)
	for i := range d.Attachments {
		d.Attachments[i].Blocks = cloneBlocks(d.Attachments[i].Blocks)
	}
	return &d
}

func cloneBlocks(blocks []gongwen.Block) []gongwen.Block {
	out := slices.Clone(blocks)
	for i := range out {
		out[i].Items = slices.Clone(out[i].Items)
	}
	return out
}

// FixAll repeats Check and Fix until nothing certain is left: one correction may uncover another.
func FixAll(doc *gongwen.Document, opts Options) (*gongwen.Document, int) {
	total := 0
	for range 4 {
		next, n := Fix(doc, Check(doc, opts))
		if n == 0 {
			break
		}
		doc, total = next, total+n
	}
	return doc, total
}

// Explain 说明 puts a finding into one line for a terminal.
func (f Finding) Explain() string {
	var b strings.Builder
	b.WriteString(f.Place.String() + "：" + f.Message)
	if f.Text != "" {
		b.WriteString("（“" + cut(f.Text) + "”")
		switch {
		case f.Fix == nil:
		case *f.Fix == "":
			b.WriteString("，删去")
		default:
			b.WriteString("，改为“" + cut(*f.Fix) + "”")
		}
		b.WriteString("）")
	}
	b.WriteString("〔" + f.Basis + "〕")
	return b.String()
}
