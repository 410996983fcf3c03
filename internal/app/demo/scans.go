package demo

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/render"
)

// scans are the documents that reached the office in the week, as their senders wrote them.
//
//go:embed scans/*.txt
var scans embed.FS

// scan 来文扫描件: the document that came with a matter, by the sample's name of the matter.
type scan string

// upload sets the incoming documents of the week and puts them among the clerk's uploads, to be tied to their matters
// when these are registered. Without a place for files the sample has none.
func (s *stage) upload(ctx context.Context) error {
	if s.Files.Dir == "" {
		return nil
	}
	clerk := s.cast.dir.ByUsername(clerkNumber)
	return fs.WalkDir(scans, "scans", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := scans.ReadFile(name)
		if err != nil {
			return err
		}
		doc := gongwen.Parse(s.days.prose(string(text), s.days.to.At(presentClock)))
		pdf, err := render.PDF(doc, render.Options{})
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		f, err := s.Files.Put(ctx, s.DB, clerk.Agency, clerk.ID, doc.Number+"（扫描件）.pdf", bytes.NewReader(pdf))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		s.cast.scans[strings.TrimSuffix(path.Base(name), ".txt")] = f.ID
		return nil
	})
}
