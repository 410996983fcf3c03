package gongwen

// ParseBody reads the text of a body alone, as a drafter types it into a form: paragraphs, headings by their numbering,
// tables, lists, and attachments that begin with a line 附件.
func ParseBody(text string) ([]Block, []Attachment) {
	p := &parser{lines: splitLines(text), doc: &Document{}, free: true}
	p.rest()
	return p.doc.Body, p.doc.Attachments
}
