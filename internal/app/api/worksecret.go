package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/internal/record/sheet"
	"github.com/chengqi-oa/chengqi/internal/record/viewing"
	"github.com/chengqi-oa/chengqi/internal/record/watermark"
	"github.com/chengqi-oa/chengqi/workday"
)

// A work secret is given out under a watermark only, and each time a line is written of who got what (SEC-38).

// mark is the watermark of what a person gets to see of a matter; nothing if it is no work secret.
func mark(w engine.World, m *engine.Matter, person db.ID) []string {
	if !m.WorkSecret {
		return nil
	}
	return watermark.Lines(w.Dir.Person(person), m.Number, w.Now)
}

// viewed writes down that the caller gets something of a matter: of a work secret in its book of viewings, whatever it is;
// and of any matter in the journal when it is printed or taken away (GB/T 22239-2019 8.1.4.3), by number, not by title.
func (s *Server) viewed(ctx context.Context, c caller, m *engine.Matter, deed viewing.Deed, what string) error {
	taken := m.ID != 0 && (deed == viewing.Print || deed == viewing.Download)
	if !m.WorkSecret && !taken {
		return nil
	}
	return s.app.DB.Write(ctx, func(tx *db.Tx) error {
		if m.WorkSecret {
			if err := viewing.Note(tx, viewing.Viewing{Matter: m.ID, Person: c.person, Deed: deed, What: what, Address: c.from}); err != nil {
				return err
			}
		}
		if !taken {
			return nil
		}
		dir, err := s.app.Book.Directory(tx)
		if err != nil {
			return err
		}
		return journal.Append(tx, journal.Entry{Chain: dir.Person(c.person).Agency, Topic: "paper", Actor: c.person, Action: "paper-" + string(deed), From: c.from},
			map[string]any{"matter": m.ID, "text": m.Number})
	})
}

// sendMarked gives out a file of a work secret: stamped, or not at all.
func (s *Server) sendMarked(ctx context.Context, c caller, f *file.File, of *engine.Matter, download bool, w http.ResponseWriter, r *http.Request) error {
	refused := func(why string) error {
		return errs.Refuse("没有给出附件", errs.Reason{Text: "“" + f.Name + "”" + why, Clause: "SEC-38"})
	}
	if !watermark.Carries(f.Mime) {
		return refused("打不上水印，工作秘密件不能这样给出；请上传的同志转成 PDF 重新上传")
	}
	if r.Method == http.MethodHead { // what it is called, not what it says
		attach(w, f.Name, f.Mime, download)
		return nil
	}
	lines, err := s.markNow(ctx, c, of)
	if err != nil {
		return err
	}
	bytes, err := s.app.Files.Open(ctx, f)
	if err != nil {
		return err
	}
	defer func() { _ = bytes.Close() }() // only read
	stamped, err := watermark.Stamp(bytes, f.Mime, lines)
	if errors.Is(err, watermark.ErrUnmarked) {
		slog.Warn("a file was not given out", "file", f.ID, "err", err)
		return refused("加了密码或已损坏，打不上水印，不能给出；请上传的同志换成能打开的 PDF 重新上传")
	}
	if err != nil {
		return err
	}
	deed := viewing.View
	if download {
		deed = viewing.Download
	}
	if err := s.viewed(ctx, c, of, deed, f.Name); err != nil {
		return err
	}
	attach(w, f.Name, f.Mime, download)
	_, _ = w.Write(stamped) // the reader may be gone
	return nil
}

func (s *Server) markNow(ctx context.Context, c caller, m *engine.Matter) (lines []string, err error) {
	err = s.app.DB.Read(ctx, func(tx *db.Tx) error {
		w, err := s.app.Engine.World(tx)
		if err == nil {
			lines = mark(w, m, c.person)
		}
		return err
	})
	return lines, err
}

// exported writes down whose lines of work secrets went out in a list.
func exported(tx *db.Tx, c caller, deed viewing.Deed, what string, secrets []db.ID) error {
	done := map[db.ID]bool{}
	for _, id := range secrets {
		if done[id] {
			continue
		}
		done[id] = true
		if err := viewing.Note(tx, viewing.Viewing{Matter: id, Person: c.person, Deed: deed, What: what, Address: c.from}); err != nil {
			return err
		}
	}
	return nil
}

type viewingView struct {
	At      *time.Time `json:"at"`
	Person  string     `json:"person"`
	Unit    string     `json:"unit"`
	Deed    string     `json:"deed"`
	What    string     `json:"what"`
	Address string     `json:"address"`
}

type viewingsInput struct {
	IDPath
	PageInput
}

func (s *Server) workSecretRoutes() {
	route(s, http.MethodGet, "/matters/{id}/viewings", "查阅记录", business, s.viewings)
	download(s, "/matters/{id}/viewings.xlsx", "查阅记录导出", business, s.viewingsFile)
}

// maySeeViewings: the director, who answers for the office's secrets, and the secrecy post, each for the matters they see.
func maySeeViewings(dir *org.Directory, person db.ID) bool {
	return dir.Has(person, org.Director) || dir.Has(person, org.SecrecyOfficer)
}

// readViewings lists who looked at a matter, for those who may know.
func (s *Server) readViewings(tx *db.Tx, c caller, id db.ID, offset, limit int) ([]viewingView, int, *engine.Matter, engine.World, error) {
	m, _, w, err := s.app.Engine.Look(tx, c.person, id)
	if err != nil {
		return nil, 0, nil, w, err
	}
	if !maySeeViewings(w.Dir, c.person) {
		return nil, 0, nil, w, errs.New(errs.Denied, "查阅记录由办公室主任和保密员查看（SEC-38）")
	}
	found, total, err := viewing.Of(tx, id, offset, limit)
	out := []viewingView{}
	for _, v := range found {
		one := viewingView{At: at(v.At), Person: w.Dir.Name(v.Person), Deed: viewing.Names[v.Deed], What: v.What, Address: v.Address}
		if p := w.Dir.Person(v.Person); p != nil {
			one.Unit = w.Dir.Unit(p.Unit).Name
		}
		out = append(out, one)
	}
	return out, total, m, w, err
}

func (s *Server) viewings(ctx context.Context, c caller, in *viewingsInput) (map[string]any, error) {
	var items []viewingView
	total := 0
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		items, total, _, _, err = s.readViewings(tx, c, in.ID, (in.Page-1)*in.Size, in.Size)
		return err
	})
	return map[string]any{"items": items, "total": total}, err
}

// viewingsFile is the whole book of one matter as a workbook; that it was taken is recorded.
func (s *Server) viewingsFile(ctx context.Context, c caller, in *IDPath, w http.ResponseWriter, _ *http.Request) error {
	var book *sheet.Book
	err := s.app.DB.Write(ctx, func(tx *db.Tx) error {
		lines, _, m, world, err := s.readViewings(tx, c, in.ID, 0, exportLimit)
		if err != nil {
			return err
		}
		agency := world.Dir.Agency(m.Agency)
		book = &sheet.Book{
			Office: agency.Name, Title: "查阅记录", Period: strings.TrimSpace(m.Number + "　" + m.Title), Paper: sheet.A4Landscape, Sample: agency.Sample,
			Printed: sheet.Printed{By: world.Dir.Name(c.person), At: world.Now},
		}
		for _, name := range []string{"时间", "何人", "科室", "方式", "内容", "来访地址"} {
			book.Columns = append(book.Columns, sheet.Column{Name: name})
		}
		for _, l := range lines {
			book.Rows = append(book.Rows, sheet.Row{Cells: []string{l.At.In(workday.Zone()).Format("2006年1月2日 15:04:05"), l.Person, l.Unit, l.Deed, l.What, l.Address}})
		}
		return journal.Append(tx, journal.Entry{Chain: m.Agency, Topic: "register", Actor: c.person, Action: "export", From: c.from},
			map[string]any{"register": "viewings", "matter": m.ID.String(), "lines": len(lines)})
	})
	if err != nil {
		return err
	}
	attach(w, book.Title+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", true)
	return book.WriteXLSX(w)
}
