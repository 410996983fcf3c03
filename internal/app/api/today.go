package api

import (
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office/today"
)

// todayView is one thing of the reader's day. From and until are empty where only the day is known.
type todayView struct {
	Matter   db.ID      `json:"matter_id"`
	KindName string     `json:"kind_name"`
	Title    string     `json:"title"`
	From     *time.Time `json:"from"`
	Until    *time.Time `json:"until"`
	Where    string     `json:"where"`
}

// today lists the meetings, rooms and cars of the reader's own day (CAL-01).
func (s *Server) today(tx *db.Tx, a engine.Actor, w engine.World) ([]todayView, error) {
	entries, err := today.Of(tx, s.app.Engine, a, w)
	out := []todayView{}
	for _, e := range entries {
		name := e.Kind
		if p := s.app.Engine.Catalogue().Last(e.Kind); p != nil {
			name = p.Name
		}
		out = append(out, todayView{e.Matter, name, e.Title, at(e.From), at(e.Until), e.Where})
	}
	return out, err
}
