package api

import (
	"context"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/nightly"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

type backupView struct {
	ID      db.ID      `json:"id"`
	File    string     `json:"file"`
	Folder  string     `json:"folder"`
	Base    string     `json:"base"`
	Nightly bool       `json:"nightly"`
	By      string     `json:"by"`
	State   string     `json:"state"`
	Fault   string     `json:"fault"`
	Begun   *time.Time `json:"begun"`
	Ended   *time.Time `json:"ended"`
	Removed *time.Time `json:"removed"`
	Stage   string     `json:"stage"`
	Done    int64      `json:"done"`
	Whole   int64      `json:"whole"`
	Size    int64      `json:"size"`
	Files   int64      `json:"files"`
	Rows    int64      `json:"rows"`
	Entries int64      `json:"entries"`
}

func viewBackup(dir *org.Directory, l *nightly.Line) *backupView {
	if l == nil {
		return nil
	}
	return &backupView{
		l.ID, l.File, l.Folder, l.Base, l.Night != "", dir.Name(l.By), string(l.State), l.Fault, at(l.Begun), at(l.Ended), at(l.Removed),
		l.Stage, l.Done, l.Whole, l.Size, l.Files, l.Rows, l.Entries,
	}
}

type backupsView struct {
	Setting nightly.Setting `json:"setting"`
	Usual   string          `json:"usual"` // where backups go if no folder is set
	Good    *backupView     `json:"good"`
	Warning string          `json:"warning"`
	Items   []*backupView   `json:"items"`
}

// backups shows the book of backups: the last good one and its trial restore, the others, the setting (OA-30).
func (s *Server) backups(ctx context.Context, _ caller, _ *none) (*backupsView, error) {
	v := &backupsView{Items: []*backupView{}}
	return v, s.app.DB.Read(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err != nil {
			return err
		}
		book, err := s.app.Nightly.Read(tx)
		if err != nil {
			return err
		}
		v.Setting, v.Usual, v.Warning, v.Good = book.Setting, book.Usual, book.Warning, viewBackup(dir, book.Good)
		for _, l := range book.Lines {
			v.Items = append(v.Items, viewBackup(dir, l))
		}
		return nil
	})
}

// backUp begins a backup; how far it is, the book says.
func (s *Server) backUp(ctx context.Context, c caller, _ *none) (map[string]db.ID, error) {
	line, err := s.app.Nightly.Now(ctx, c.person)
	if err != nil {
		return nil, err
	}
	return map[string]db.ID{"id": line.ID}, nil
}

type backupSettingInput struct {
	Body nightly.Setting
}

func (s *Server) setBackups(ctx context.Context, c caller, in *backupSettingInput) (none, error) {
	return none{}, s.administer(ctx, c, "backup-setting", func(tx *db.Tx, _ *org.Directory, _ db.ID) (any, error) {
		return in.Body, s.app.Nightly.Set(tx, in.Body)
	})
}
