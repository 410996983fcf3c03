package typeset

import (
	"time"

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
	doc := Document(m.Fields, m.Number, c.World)
	pages := layout.Lay(doc, font.Embedded(), layout.Options{})
	pdf, err := render.PagesPDF(doc, pages, render.Options{})
	if err != nil {
		return err
	}
	ofd, err := render.PagesOFD(doc, pages, render.Options{})
	if err != nil {
		return err
	}
	var kept []any
	for _, made := range []struct {
		name, mime string
		data       []byte
	}{
		{"印发件.pdf", "application/pdf", pdf},
		{"印发件.ofd", "application/ofd", ofd},
	} {
		f := &file.File{Agency: m.Agency, Uploader: c.Actor.Person, Matter: m.ID, Name: made.name, Mime: made.mime}
		if err := r.files.Keep(tx, f, made.data); err != nil {
			return err
		}
		kept = append(kept, f.ID.String())
	}
	m.Fields[Issued] = kept
	return nil
}
