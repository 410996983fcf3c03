package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office/periodic"
	"github.com/chengqi-oa/chengqi/workday"
)

// thingRoutes are about what registers share: the things a matter may name, the time booked on them, what is in stock,
// and the duties that come round.
func (s *Server) thingRoutes() {
	route(s, http.MethodGet, "/things/{kind}", "可选的登记事物", business, s.things)
	route(s, http.MethodGet, "/bookings", "预订一览", business, s.bookings)
	route(s, http.MethodGet, "/stock/{kind}", "库存", business, s.stock)
	route(s, http.MethodGet, "/duties", "本月应办", business, s.dueThisMonth)
}

type thingsInput struct {
	KindPath
	Q string `query:"q" maxLength:"60"`
}

type thingView struct {
	ID     db.ID  `json:"id"`
	Title  string `json:"title"`
	Number string `json:"number"`
	Note   string `json:"note"`
}

// things lists what a matter-field of the kind may name: registered things, or else matters the caller may see.
func (s *Server) things(ctx context.Context, c caller, in *thingsInput) (map[string]any, error) {
	items := []thingView{}
	p := s.app.Engine.Catalogue().Kind(in.Kind)
	if p == nil {
		return nil, errs.New(errs.NotFound, "没有这种登记")
	}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		w, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		var found []*engine.Matter
		if p.Thing != "" {
			found, err = s.app.Engine.Nameable(tx, p, w.ActorOf(c.person), w, in.Q, 50)
		} else {
			found, _, err = s.app.Engine.Lines(tx, p, w.ActorOf(c.person), w, engine.LineQuery{Text: in.Q, Limit: 20})
		}
		for _, m := range found {
			items = append(items, thingView{m.ID, m.Title, m.Number, m.Party})
		}
		return err
	})
	return map[string]any{"items": items}, err
}

type bookingsInput struct {
	Kind  string `query:"kind" maxLength:"60"`
	Thing db.ID  `query:"thing"`
	From  string `query:"from"`
	To    string `query:"to"`
}

type bookingView struct {
	Thing  db.ID      `json:"thing"`
	Name   string     `json:"name"`
	Matter db.ID      `json:"matter_id"`
	From   *time.Time `json:"from"`
	Until  *time.Time `json:"until"`
	By     string     `json:"by"`
}

// bookings lists the time taken on things of a kind: when and by whom is known to all, what for is not. What was given
// back after it had begun stays to be seen until it was given back; what was given back before never took place.
func (s *Server) bookings(ctx context.Context, c caller, in *bookingsInput) (map[string]any, error) {
	items := []bookingView{}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err != nil {
			return err
		}
		from, to := tx.Today(), tx.Today()+14
		if d, err := workday.ParseDay(in.From); err == nil {
			from, to = d, d+14
		}
		if d, err := workday.ParseDay(in.To); err == nil {
			to = d
		}
		cond, args := `b.agency_id = ? AND (b.ended_at = 0 OR b.ended_at > b.from_at) AND b.until_at > ? AND b.from_at < ?`,
			[]any{dir.Person(c.person).Agency, from.At(0), (to + 1).At(0)}
		if in.Kind != "" {
			cond, args = cond+` AND m.kind = ?`, append(args, in.Kind)
		}
		if in.Thing != 0 {
			cond, args = cond+` AND b.thing_id = ?`, append(args, in.Thing)
		}
		return tx.Query(`SELECT b.thing_id, m.title, b.matter_id, b.from_at, CASE WHEN b.ended_at > 0 AND b.ended_at < b.until_at THEN b.ended_at ELSE b.until_at END, b.person_id FROM bookings b JOIN matters m ON m.id = b.thing_id
			WHERE `+cond+` ORDER BY b.from_at, b.id LIMIT 500`, args, func(scan func(...any) error) error {
			var v bookingView
			var start, end int64
			var by db.ID
			err := scan(&v.Thing, &v.Name, &v.Matter, &start, &end, &by)
			v.From, v.Until, v.By = at(db.Time(start)), at(db.Time(end)), dir.Name(by)
			items = append(items, v)
			return err
		})
	})
	return map[string]any{"items": items}, err
}

type stockView struct {
	Thing   db.ID      `json:"thing"`
	Name    string     `json:"name"`
	Note    string     `json:"note"`
	Measure string     `json:"measure"`
	Floor   *int64     `json:"floor"` // the balance below which more should be bought; none when the thing has no floor
	Balance int64      `json:"balance"`
	At      *time.Time `json:"at"`
}

// The fields by which a definition of things kept in stock says what they are counted in and how few are too few.
type stockFields struct {
	Measure string `json:"measure"`
	Floor   *int64 `json:"floor_at"`
}

func (s *Server) stock(ctx context.Context, c caller, in *KindPath) (map[string]any, error) {
	items := []stockView{}
	p := s.app.Engine.Catalogue().Kind(in.Kind)
	if p == nil || !p.OpenNames() {
		return nil, errs.New(errs.NotFound, "没有这种登记")
	}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		dir, err := s.app.Book.Directory(tx)
		if err != nil {
			return err
		}
		return tx.Query(`SELECT m.id, m.title, m.party, m.fields, COALESCE((SELECT balance FROM stock_moves s WHERE s.thing_id = m.id ORDER BY s.id DESC LIMIT 1), 0),
			COALESCE((SELECT MAX(at) FROM stock_moves s WHERE s.thing_id = m.id), 0)
			FROM matters m WHERE m.agency_id = ? AND m.kind = ? AND m.state = 'open' AND m.step = ? ORDER BY m.title, m.id LIMIT 2000`,
			[]any{dir.Person(c.person).Agency, p.Kind, p.Thing}, func(scan func(...any) error) error {
				var v stockView
				var raw string
				var when int64
				if err := scan(&v.Thing, &v.Name, &v.Note, &raw, &v.Balance, &when); err != nil {
					return err
				}
				var f stockFields
				if err := json.Unmarshal([]byte(raw), &f); err != nil {
					return err
				}
				v.Measure, v.Floor, v.At = f.Measure, f.Floor, at(db.Time(when))
				items = append(items, v)
				return nil
			})
	})
	return map[string]any{"items": items}, err
}

type dutiesMonth struct {
	Year  int `query:"year" minimum:"0" maximum:"2999"`
	Month int `query:"month" minimum:"0" maximum:"12"`
}

type dutyDue struct {
	Name   string      `json:"name"`
	Clause string      `json:"clause"`
	Task   string      `json:"task"`
	Holder string      `json:"holder"`
	Day    workday.Day `json:"day"`
	Matter db.ID       `json:"matter_id"`
	State  string      `json:"state"`
}

// dueThisMonth lists what the rules want done this month, and how far it is.
func (s *Server) dueThisMonth(ctx context.Context, c caller, in *dutiesMonth) (map[string]any, error) {
	items := []dutyDue{}
	year, month := in.Year, time.Month(in.Month)
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		w, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		if year == 0 || month == 0 {
			year, month, _ = tx.Today().Date()
		}
		agency := w.Dir.Person(c.person).Agency
		all, err := periodic.Month(tx, s.app.Duties, w.Cal, agency, year, month)
		if err != nil {
			return err
		}
		for _, d := range all {
			v := dutyDue{Name: d.Duty.Name, Clause: d.Duty.Clause, Task: d.Duty.Task, Day: d.Day, Matter: d.Matter, State: "未到"}
			if holders := w.Dir.Holders(agency, d.Duty.Holder); len(holders) > 0 {
				v.Holder = w.Dir.Name(holders[0])
			}
			if d.Matter != 0 {
				var state engine.State
				if _, err := tx.Row(`SELECT state FROM matters WHERE id = ?`, []any{d.Matter}, &state); err != nil {
					return err
				}
				v.State = engine.StateNames[state]
			}
			items = append(items, v)
		}
		return nil
	})
	return map[string]any{"year": year, "month": int(month), "items": items}, err
}
