package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office/archive/eep"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

// Packer 封装 makes the packages that are wanted and tests them, after the actions that asked for it. Only one server does
// it at a time; what is wanted stands in the database, so that nothing is forgotten over a restart (ARCH-28).
type Packer struct {
	DB     *db.DB
	Engine *engine.Engine
	Files  file.Store
	Print  func(p *engine.Procedure, m *engine.Matter, w engine.World) ([]Printed, error) // a text that has no issued record, typeset
	Tell   func(engine.Event)                                                             // pages that show the matter
}

// Printed is a text made into a file.
type Printed struct {
	Name, Mime string
	Data       []byte
}

const (
	atOnce = 50
	later  = 10 * time.Minute // what could not be made is tried again
)

// Work makes and tests what is wanted now and tells of how many matters. What cannot be done is put off and holds up
// nothing else.
func (k Packer) Work(ctx context.Context) (int, error) {
	n := 0
	for {
		var list []wanted
		err := k.DB.Read(ctx, func(tx *db.Tx) (err error) { list, err = wantedNow(tx, atOnce); return err })
		if err != nil || len(list) == 0 {
			return n, err
		}
		for _, w := range list {
			if err := k.do(ctx, w); err != nil {
				return n, err
			}
			n++
		}
	}
}

func (k Packer) do(ctx context.Context, w wanted) error {
	err := k.fulfil(ctx, w.matter)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	told := func(tx *db.Tx) { tx.AfterCommit(func() { k.Tell(engine.Event{Matter: w.matter}) }) } // the matter itself is as it was: no version
	if err == nil {
		return k.DB.Write(ctx, func(tx *db.Tx) error { told(tx); return done(tx, w) })
	}
	slog.Error("a package could not be made", "matter", w.matter, "err", err)
	fault := "归档包没有形成，系统稍后再试；若反复出现，请系统管理员查看运行日志"
	if known := (*errs.Error)(nil); errors.As(err, &known) {
		fault = known.Error()
	}
	return k.DB.Write(ctx, func(tx *db.Tx) error { told(tx); return putOff(tx, w, tx.Now.Add(later), fault) })
}

// fulfil makes the package of a matter if there is none that agrees with it, and tests it.
func (k Packer) fulfil(ctx context.Context, matter db.ID) error {
	s, err := k.read(ctx, matter)
	if err != nil || s == nil {
		return err
	}
	if s.last == nil || s.last.Version != s.m.Version {
		if err := k.make(ctx, s); err != nil {
			return err
		}
	}
	_, err = k.Test(ctx, matter)
	return err
}

func (k Packer) read(ctx context.Context, matter db.ID) (s *subject, err error) {
	err = k.DB.Read(ctx, func(tx *db.Tx) error { s, err = read(tx, k.Engine, matter); return err })
	return s, err
}

// make writes the package outside any transaction, for it may be large, and enters it if the matter still is what was
// packed; one that went on has asked anew.
func (k Packer) make(ctx context.Context, s *subject) error {
	printed, err := k.printed(s)
	if err != nil {
		return err
	}
	pack := s.compose(func(f *file.File) (io.ReadCloser, error) { return k.Files.Open(ctx, f) }, printed)
	made := &Package{Matter: s.m.ID, Version: s.m.Version, Type: pack.Type, File: &file.File{Agency: s.m.Agency, Name: packageName(s.m), Mime: "application/xml"}}
	if made.File.Digest, made.File.Size, err = k.Files.Write(ctx, pack.Write); err != nil {
		return err
	}
	return k.DB.Write(ctx, func(tx *db.Tx) error {
		entered, err := enter(tx, s.m, made)
		if err != nil || !entered {
			return err
		}
		return journal.Append(tx, journal.Entry{Chain: s.m.Agency, Topic: Topic, Matter: s.m.ID, Action: "package"}, bound{
			Act:  engine.Act{Version: s.m.Version, Name: "形成归档包", Opinion: fmt.Sprintf("%s，摘要 %s", made.Type, made.File.Digest[:16])},
			File: made.File.ID, Digest: made.File.Digest,
		})
	})
}

// bound is what the journal keeps of a package: from then on it cannot be exchanged unseen.
type bound struct {
	engine.Act
	File   db.ID  `json:"file"`
	Digest string `json:"digest"`
}

func packageName(m *engine.Matter) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"/\|?*`, r) {
			return -1
		}
		return r
	}, m.Number)
	if name == "" {
		name = m.ID.String()
	}
	return "归档包 " + name + ".xml"
}

// printed are the text's own files, where the matter has a text and no record of its issue.
func (k Packer) printed(s *subject) ([]eep.Document, error) {
	if k.Print == nil || !s.unprinted() {
		return nil, nil
	}
	files, err := k.Print(s.p, s.m, s.w)
	var out []eep.Document
	for _, f := range files {
		out = append(out, eep.Document{
			ID: f.Name, Title: strings.TrimSuffix(f.Name, extension(f.Name)), Format: f.Mime, Name: f.Name, Size: int64(len(f.Data)), Program: system, System: system,
			Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(f.Data)), nil },
		})
	}
	return out, err
}

// issuedFiles is the field that holds the record of a document's issue.
const issuedFiles = "issued_files"

func (s *subject) unprinted() bool {
	if list, _ := s.m.Fields[issuedFiles].([]any); len(list) > 0 {
		return false
	}
	for i := range s.p.Fields {
		if f := &s.p.Fields[i]; f.Type == engine.Body {
			text, _ := s.m.Fields[f.Key].(string)
			return text != ""
		}
	}
	return false
}
