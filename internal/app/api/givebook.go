package api

import (
	"context"
	"net/http"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/internal/record/sheet"
	"github.com/chengqi-oa/chengqi/internal/record/viewing"
)

// given is a book on its way out: what stands in it, which of its matters are work secrets, and what the journal is to say.
type given struct {
	*sheet.Book
	secrets []db.ID
	pdf     bool // printed; else a workbook
	topic   string
	action  string
	about   map[string]any // besides the number of lines
}

// giveBook gives out lines that the caller may see, on paper or as a workbook. That it was taken is written down in the
// same transaction in which it was read: in the journal (GB/T 22239-2019 8.1.4.3), and of each work secret in the book of
// its viewings (SEC-38).
func (s *Server) giveBook(ctx context.Context, c caller, w http.ResponseWriter, fill func(*db.Tx, engine.World) (*given, error)) error {
	var g *given
	err := s.app.DB.Write(ctx, func(tx *db.Tx) error {
		world, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		if g, err = fill(tx, world); err != nil {
			return err
		}
		agency := world.Dir.Agency(world.Dir.Person(c.person).Agency)
		g.Office, g.Sample, g.Printed = agency.Name, agency.Sample, sheet.Printed{By: world.Dir.Name(c.person), At: world.Now}
		deed := viewing.Export
		if g.pdf {
			deed = viewing.Print
		}
		if err := exported(tx, c, deed, g.Title, g.secrets); err != nil {
			return err
		}
		g.about["lines"] = len(g.Rows)
		return journal.Append(tx, journal.Entry{Chain: agency.ID, Topic: g.topic, Actor: c.person, Action: g.action, From: c.from}, g.about)
	})
	if err != nil {
		return err
	}
	if g.pdf {
		attach(w, g.Title+".pdf", "application/pdf", false)
		return g.WritePDF(w, font.Embedded())
	}
	attach(w, g.Title+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", true)
	return g.WriteXLSX(w)
}

// bearing is a title as a list on paper has it: that of a work secret says so.
func bearing(title string, workSecret bool) string {
	if workSecret {
		return "（" + gongwen.WorkSecretMark + "）" + title
	}
	return title
}
