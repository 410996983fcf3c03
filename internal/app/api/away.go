package api

import (
	"context"
	"net/http"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/workday"
)

func (s *Server) awayRoutes() {
	route(s, http.MethodPut, "/me/away", "外出并委托代办", business, s.setAway)
	route(s, http.MethodDelete, "/me/away", "销假", business, func(ctx context.Context, c caller, _ *none) (meView, error) { return s.endAway(ctx, c) })
}

type awayInput struct {
	Body struct {
		From    string `json:"from" doc:"起，2026-11-23 或带时刻"`
		Until   string `json:"until" doc:"止（含当日）"`
		StandIn db.ID  `json:"stand_in,omitempty"`
		Reason  string `json:"reason,omitempty" maxLength:"200"`
	}
}

// setAway records an absence with the stand-in (ORG-24): from then until its end the stand-in sees and does the
// absent person's tasks, and both names are recorded.
func (s *Server) setAway(ctx context.Context, c caller, in *awayInput) (meView, error) {
	from, fromErr := moment(in.Body.From, false)
	until, untilErr := moment(in.Body.Until, true)
	if fromErr != nil || untilErr != nil || !until.After(from) {
		return meView{}, errs.Refuse("外出没有登记", errs.Reason{Text: "请填写起止时间，止要晚于起", Field: "until"})
	}
	err := s.app.DB.Write(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err != nil {
			return err
		}
		me := dir.Person(c.person)
		standIn := in.Body.StandIn
		if standIn == 0 {
			standIn = me.Backup
		}
		other := dir.Person(standIn)
		if other == nil || other.Agency != me.Agency || other.ID == me.ID || !other.Active {
			return errs.Refuse("外出没有登记", errs.Reason{Text: "请选择本机关的一位同事代办", Clause: "ORG-24", Field: "stand_in"})
		}
		if err := endAways(tx, c.person); err != nil {
			return err
		}
		row := &org.Away{Person: c.person, From: from, Until: until, StandIn: standIn, Reason: in.Body.Reason}
		if err := org.Put(tx, row); err != nil {
			return err
		}
		if err := engine.Notify(tx, engine.Notice{Person: standIn, Text: me.Name + "外出，由您代办其待办事项", Clause: "ORG-24"}); err != nil {
			return err
		}
		return journal.Append(tx, journal.Entry{Chain: me.Agency, Topic: "away", Actor: c.person, Action: "away", From: c.from}, row)
	})
	if err != nil {
		return meView{}, err
	}
	return s.me(ctx, c, nil)
}

func moment(text string, endOfDay bool) (time.Time, error) {
	if d, err := workday.ParseDay(text); err == nil {
		t := d.At(0)
		if endOfDay {
			t = t.AddDate(0, 0, 1)
		}
		return t, nil
	}
	return time.ParseInLocation(time.RFC3339, text, db.Location)
}

func endAways(tx *db.Tx, person db.ID) error {
	_, err := tx.Exec(`UPDATE away SET ended_at = ? WHERE person_id = ? AND ended_at = 0 AND until_at > ?`, tx.Now, person, tx.Now)
	return err
}

func (s *Server) endAway(ctx context.Context, c caller) (meView, error) {
	err := s.app.DB.Write(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err != nil {
			return err
		}
		if err := endAways(tx, c.person); err != nil {
			return err
		}
		if err := org.Changed(tx); err != nil {
			return err
		}
		return journal.Append(tx, journal.Entry{Chain: dir.Person(c.person).Agency, Topic: "away", Actor: c.person, Action: "back", From: c.from}, nil)
	})
	if err != nil {
		return meView{}, err
	}
	return s.me(ctx, c, nil)
}
