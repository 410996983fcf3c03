package api

import (
	"context"
	"slices"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// Which lines of a form bear a star is told with the form, and asked again while it is filled in, when something was
// entered on which the answer hangs. The page judges nothing itself.

// star marks the fields that would be refused if they were left empty, as the form begins, and gives those on which the
// answer hangs. What the definition cannot reckon yet bears the stars of its entries. Columns bear theirs whatever is filled in.
func star(p *engine.Procedure, m *engine.Matter, act *engine.Action, person db.ID, fields []fieldView, w engine.World) (by []string) {
	for i := range fields {
		for j := range fields[i].Columns {
			column := &fields[i].Columns[j]
			column.Required = slices.Contains(act.CellsWanted(fields[i].Key), column.Key)
		}
	}
	begins := map[string]any{}
	for _, f := range fields {
		if begins[f.Key] = f.Value; f.Value == nil {
			begins[f.Key] = f.Default
		}
	}
	needed, by, err := p.Needed(m, act, person, begins, w)
	if err != nil {
		return []string{}
	}
	for i := range fields {
		fields[i].Required = slices.Contains(needed, fields[i].Key)
	}
	return list(by)
}

// Entered 所填 is what a form holds so far, of what the answer hangs on.
type Entered struct {
	Body struct {
		Fields map[string]any `json:"fields,omitempty"`
	}
}

type neededNowInput struct {
	IDPath
	Key string `path:"key" maxLength:"60"`
	Entered
}

type neededToBeginInput struct {
	KindPath
	Entered
}

type neededView struct {
	Fields []string `json:"fields"`
}

func (s *Server) neededNow(ctx context.Context, c caller, in *neededNowInput) (*neededView, error) {
	return s.needed(ctx, func(tx *db.Tx) ([]string, error) {
		return s.app.Engine.NeededNow(tx, c.person, in.ID, in.Key, in.Body.Fields)
	})
}

func (s *Server) neededToBegin(ctx context.Context, c caller, in *neededToBeginInput) (*neededView, error) {
	return s.needed(ctx, func(tx *db.Tx) ([]string, error) {
		return s.app.Engine.NeededToBegin(tx, c.person, in.Kind, in.Body.Fields)
	})
}

func (s *Server) needed(ctx context.Context, ask func(*db.Tx) ([]string, error)) (*neededView, error) {
	var fields []string
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		fields, err = ask(tx)
		return err
	})
	return &neededView{list(fields)}, err
}
