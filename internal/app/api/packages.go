package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office/archive"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// packageView 归档包 is one package as the matter's page shows it.
type packageView struct {
	ID     db.ID      `json:"id"`
	Type   string     `json:"type"`
	Made   *time.Time `json:"made_at"`
	Size   int64      `json:"size"`
	Digest string     `json:"digest"`
	Agrees bool       `json:"agrees"` // it was made of the matter as it is now
	Tested *time.Time `json:"tested_at"`
	Faults []string   `json:"faults"`
}

type packagesView struct {
	Packages []packageView `json:"packages"` // the newest first
	Due      bool          `json:"due"`      // one is about to be made or tested
	Fault    string        `json:"fault"`    // what hindered it
	Mine     bool          `json:"mine"`     // the person may download and test them
}

func (s *Server) packageRoutes() {
	route(s, http.MethodGet, "/matters/{id}/packages", "归档包", business, s.packages)
	route(s, http.MethodPost, "/matters/{id}/packages/test", "检验归档包", business, s.testPackage)
	download(s, "/matters/{id}/packages/file", "下载归档包", business, s.packageFile)
}

// packageDuties are those who keep the archive's packages, as far as they may see the matter (ARCH-21, ARCH-27).
var packageDuties = []org.Duty{org.Archivist, org.Clerk, org.Dispatcher, org.Director}

// packaged reads a matter's packages for a person who may see it.
func (s *Server) packaged(tx *db.Tx, person, id db.ID) (m *engine.Matter, list []*archive.Package, mine bool, err error) {
	m, _, w, err := s.app.Engine.Look(tx, person, id)
	if err != nil {
		return nil, nil, false, err
	}
	mine = slices.ContainsFunc(packageDuties, func(d org.Duty) bool { return w.Dir.Has(person, d) })
	list, err = archive.Packages(tx, id)
	return m, list, mine, err
}

func (s *Server) packages(ctx context.Context, c caller, in *IDPath) (*packagesView, error) {
	out := &packagesView{Packages: []packageView{}}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		m, all, mine, err := s.packaged(tx, c.person, in.ID)
		if err != nil {
			return err
		}
		out.Mine = mine
		for _, p := range all {
			out.Packages = append(out.Packages, packageView{
				p.ID, string(p.Type), at(p.Made), p.File.Size, p.File.Digest, p.Version == m.Version, at(p.Tested), list(p.Faults),
			})
		}
		out.Due, out.Fault, err = archive.Due(tx, in.ID)
		return err
	})
	return out, err
}

// keeper refuses who may see the matter but does not keep its packages.
func (s *Server) keeper(ctx context.Context, person, id db.ID) (all []*archive.Package, of *engine.Matter, err error) {
	err = s.app.DB.Read(ctx, func(tx *db.Tx) error {
		m, found, mine, err := s.packaged(tx, person, id)
		if err != nil {
			return err
		}
		if !mine {
			return errs.New(errs.Denied, "归档包由档案员、文书和办公室主任保管，您可以看原件")
		}
		all, of = found, m
		return nil
	})
	return all, of, err
}

// testPackage tests the newest package at once, in the name of who asks.
func (s *Server) testPackage(ctx context.Context, c caller, in *IDPath) (*packagesView, error) {
	_, of, err := s.keeper(ctx, c.person, in.ID)
	if err != nil {
		return nil, err
	}
	tested, err := s.app.Packer.Test(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	err = s.app.DB.Write(ctx, func(tx *db.Tx) error {
		return journal.Append(tx, journal.Entry{Chain: of.Agency, Topic: "package-test", Actor: c.person, Action: "test", From: c.from},
			map[string]any{"matter": in.ID, "package": tested.ID, "faults": tested.Faults})
	})
	if err != nil {
		return nil, err
	}
	return s.packages(ctx, c, in)
}

type packageInput struct {
	IDPath
	Package db.ID `query:"package"` // none: the newest
}

// packageFile gives a package out and records to whom (ARCH-27). What is sealed cannot carry a watermark: of a work secret it
// stays in (SEC-38).
func (s *Server) packageFile(ctx context.Context, c caller, in *packageInput, w http.ResponseWriter, r *http.Request) error {
	all, of, err := s.keeper(ctx, c.person, in.ID)
	if err != nil {
		return err
	}
	if of.WorkSecret {
		return errs.Refuse("没有给出归档包", errs.Reason{Text: "归档包是封好的原样，打不上水印，工作秘密件的归档包留在系统内；要用的请打开原件打印", Clause: "SEC-38"})
	}
	n := slices.IndexFunc(all, func(p *archive.Package) bool { return in.Package == 0 || p.ID == in.Package })
	if n < 0 {
		return errs.New(errs.NotFound, "这一件没有这个归档包")
	}
	bytes, err := s.app.Files.Open(ctx, all[n].File)
	if err != nil {
		return err
	}
	defer func() { _ = bytes.Close() }() // only read
	err = s.app.DB.Write(ctx, func(tx *db.Tx) error {
		return journal.Append(tx, journal.Entry{Chain: of.Agency, Topic: "package-file", Actor: c.person, Action: "download", From: c.from},
			map[string]any{"matter": in.ID, "package": all[n].ID})
	})
	if err != nil {
		return err
	}
	attach(w, all[n].File.Name, all[n].File.Mime, true)
	http.ServeContent(w, r, "", time.Time{}, bytes)
	return nil
}
