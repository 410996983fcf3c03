package api

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/demo"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

type monthView struct {
	Month    int `json:"month"`
	Received int `json:"received"`
	Issued   int `json:"issued"`
	Closed   int `json:"closed"`
	OnTime   int `json:"on_time"`
	Late     int `json:"late"`
}

type unitLoad struct {
	ID           db.ID   `json:"id"`
	Unit         string  `json:"unit"`
	Open         int     `json:"open"`
	Closed       int     `json:"closed"`
	Late         int     `json:"late"`
	AverageHours float64 `json:"average_hours"`
}

type statisticsView struct {
	Year     int         `json:"year"`
	Months   []monthView `json:"months"`
	LastYear []monthView `json:"last_year"`
	ByUnit   []unitLoad  `json:"by_unit"`
	ByPerson []loadView  `json:"by_person"`
	ByKind   []kindLoad  `json:"by_kind"`
}

// statisticsInput asks for a year, and for the months and units of one kind if it names one.
type statisticsInput struct {
	Year int    `query:"year"`
	Kind string `query:"kind" maxLength:"60"`
}

func (s *Server) statisticsRoutes() {
	route(s, http.MethodGet, "/statistics", "统计", business, s.statistics)
	download(s, "/statistics/by-kind.xlsx", "各类事项统计表", business, s.kindsFile)
}

// statistics counts what the caller may see (DOC-IN-37, DOC-OUT-36, OA-09).
func (s *Server) statistics(ctx context.Context, c caller, in *statisticsInput) (*statisticsView, error) {
	out := &statisticsView{Year: in.Year, ByUnit: []unitLoad{}, ByPerson: []loadView{}}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		w, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		if out.Year == 0 {
			out.Year = tx.Now.Year()
		}
		agency := w.Dir.Person(c.person).Agency
		seen, args := s.counted(w, c.person)
		if out.ByKind, err = s.byKind(tx, out.Year, seen, args); err != nil {
			return err
		}
		arrival := registeredIncoming
		if in.Kind != "" {
			seen, args, arrival = seen+` AND m.kind = ?`, append(args, in.Kind), registered(s.app.Engine.Catalogue().Last(in.Kind))
		}
		if out.Months, err = months(tx, out.Year, seen, arrival, args); err != nil {
			return err
		}
		if out.LastYear, err = months(tx, out.Year-1, seen, arrival, args); err != nil {
			return err
		}
		if in.Kind == "" {
			if err := addFigures(tx, w.Dir.Agency(agency), out); err != nil {
				return err
			}
		}
		if out.ByUnit, err = byUnit(tx, w.Dir, out.Year, seen, args); err != nil {
			return err
		}
		if w.Dir.Has(c.person, org.Director) || w.Dir.Has(c.person, org.DeputyDirector) || w.Dir.Has(c.person, org.Leader) {
			load, err := s.officeLoad(tx, w, agency)
			if err != nil {
				return err
			}
			out.ByPerson, _ = load["by_person"].([]loadView)
		}
		return nil
	})
	return out, err
}

// counted is what the figures are about: the matters of a person's agency that the person may see, without things that
// are merely there. Its first argument is the agency.
func (s *Server) counted(w engine.World, person db.ID) (string, []any) {
	seen, args := s.app.Engine.Seen(w.ActorOf(person), w)
	business, kinds := s.app.Engine.Business()
	return seen + business, slices.Concat([]any{w.Dir.Person(person).Agency}, args, kinds)
}

// addFigures adds the figures of a year before the office began with us: numbers only, no matters stand behind them.
func addFigures(tx *db.Tx, agency *org.Agency, out *statisticsView) error {
	if !agency.Sample {
		return nil
	}
	year, err := lastYearFigures(tx)
	if err != nil || year.Year != out.Year-1 {
		return err
	}
	for _, m := range year.Months {
		out.LastYear[m.Month-1].Received += m.Received
		out.LastYear[m.Month-1].Issued += m.Issued
	}
	return nil
}

func lastYearFigures(tx *db.Tx) (demo.LastYear, error) {
	var text string
	var year demo.LastYear
	found, err := tx.Row(`SELECT value FROM settings WHERE name = ?`, []any{demo.LastYearSetting}, &text)
	if err != nil || !found {
		return year, err
	}
	return year, json.Unmarshal([]byte(text), &year)
}

// months counts by the calendar month: what was registered, what was given its number, what was closed.
func months(tx *db.Tx, year int, seen, arrival string, args []any) ([]monthView, error) {
	out := make([]monthView, 12)
	for i := range out {
		out[i].Month = i + 1
		from := time.Date(year, time.Month(i+1), 1, 0, 0, 0, 0, db.Location)
		if from.After(tx.Now) {
			continue
		}
		if err := out[i].count(tx, seen, arrival, append(clip(args), from, from.AddDate(0, 1, 0))); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// registeredIncoming is what the office calls received when all its work is meant.
const registeredIncoming = `m.kind = 'incoming' AND m.number <> '' AND m.state <> 'void'`

func (m *monthView) count(tx *db.Tx, seen, arrival string, args []any) error {
	_, err := tx.Row(`SELECT COUNT(*) FROM matters m WHERE m.agency_id = ? AND `+seen+` AND m.created_at >= ? AND m.created_at < ?
		AND `+arrival, args, &m.Received)
	if err != nil {
		return err
	}
	_, err = tx.Row(`SELECT COUNT(*) FROM matters m JOIN numbers n ON n.matter_id = m.id WHERE m.agency_id = ? AND `+seen+`
		AND n.given_at >= ? AND n.given_at < ? AND n.state = 'used' AND m.kind IN ('outgoing','joint-issue')`, args, &m.Issued)
	if err != nil {
		return err
	}
	_, err = tx.Row(`SELECT COUNT(*), COALESCE(SUM(CASE WHEN m.due_at > 0 AND m.closed_at > m.due_at THEN 1 ELSE 0 END),0) FROM matters m
		WHERE m.agency_id = ? AND `+seen+` AND m.state = 'closed' AND m.closed_at >= ? AND m.closed_at < ?`, args, &m.Closed, &m.Late)
	m.OnTime = m.Closed - m.Late
	return err
}

// clip makes appending to shared arguments safe.
func clip(args []any) []any { return args[:len(args):len(args)] }

func byUnit(tx *db.Tx, dir *org.Directory, year int, seen string, args []any) ([]unitLoad, error) {
	out := []unitLoad{}
	from := time.Date(year, 1, 1, 0, 0, 0, 0, db.Location)
	err := tx.Query(`SELECT m.unit_id, SUM(CASE WHEN m.state IN ('open','suspended') THEN 1 ELSE 0 END), SUM(CASE WHEN m.state = 'closed' THEN 1 ELSE 0 END),
		SUM(CASE WHEN m.due_at > 0 AND (m.state = 'closed' AND m.closed_at > m.due_at OR m.state = 'open' AND m.due_at < ?) THEN 1 ELSE 0 END),
		COALESCE(AVG(CASE WHEN m.state = 'closed' THEN (m.closed_at - m.created_at) / 3600000.0 END), 0)
		FROM matters m WHERE m.agency_id = ? AND `+seen+` AND m.created_at >= ? AND m.created_at < ? GROUP BY m.unit_id ORDER BY 4 DESC, 2 DESC`,
		append(append([]any{tx.Now}, args...), from, from.AddDate(1, 0, 0)), func(scan func(...any) error) error {
			var u unitLoad
			err := scan(&u.ID, &u.Open, &u.Closed, &u.Late, &u.AverageHours)
			if unit := dir.Unit(u.ID); unit != nil {
				u.Unit = unit.Name
			}
			out = append(out, u)
			return err
		})
	return out, err
}
