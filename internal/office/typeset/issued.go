package typeset

import (
	"maps"
	"time"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
	"github.com/chengqi-oa/chengqi/gongwen/render"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/file"
)

// Issued is the field that holds the issued record of a document: the finished files as they went out.
const Issued = "issued_files"

// tooLate is how long after the event a document may be entered and still get its record. What is entered later went
// out on paper long ago: a file made now would pose as what was issued then. (It also keeps the sample's year of
// documents from being typeset when it is loaded; each can still be printed at any time.)
const tooLate = 10 * 24 * time.Hour

// record 印发件 keeps the finished files of documents.
type record struct{ files file.Store }

// issue makes the PDF and the OFD of the document as it is sealed or sent and keeps them with the matter (DOC-OUT-05).
// The same document gives the same bytes, so one that is sent as it was sealed keeps the files made at sealing; one
// that went back and was changed gets new ones, and the old ones remain what the course of the matter refers to.
func (r record) issue(tx *db.Tx, c *engine.Case, _ string) error {
	if tx.Lag() > tooLate {
		return nil
	}
	m := c.Matter
	files, err := made("印发件", Document(m.Fields, m.Number, c.World))
	if err != nil {
		return err
	}
	var kept []any
	for _, p := range files {
		f := &file.File{Agency: m.Agency, Uploader: c.Actor.Person, Matter: m.ID, Name: p.Name, Mime: p.Mime}
		if err := r.files.Keep(tx, f, p.Data); err != nil {
			return err
		}
		kept = append(kept, f.ID.String())
	}
	m.Fields[Issued] = kept
	return nil
}

// Printed 排印件 is a document made into a file.
type Printed struct {
	Name, Mime string
	Data       []byte
}

// Print typesets the text of a matter that has no issued record, for its archive package: named so that it does not pose
// as what went out.
func Print(p *engine.Procedure, m *engine.Matter, w engine.World) ([]Printed, error) {
	fields := maps.Clone(m.Fields)
	for i := range p.Fields {
		if f := &p.Fields[i]; f.Type == engine.Body {
			fields["body"] = m.Fields[f.Key]
			break
		}
	}
	return made("正文（封装时排印）", Document(fields, m.Number, w))
}

// made makes the two finished forms of a document, laid out once.
func made(name string, doc *gongwen.Document) ([]Printed, error) {
	pages := layout.Lay(doc, font.Embedded(), layout.Options{})
	pdf, err := render.PagesPDF(doc, pages, render.Options{})
	if err != nil {
		return nil, err
	}
	ofd, err := render.PagesOFD(doc, pages, render.Options{})
	return []Printed{{name + ".pdf", "application/pdf", pdf}, {name + ".ofd", "application/ofd", ofd}}, err
}
