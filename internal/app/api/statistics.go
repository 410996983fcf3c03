package api

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/demo"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// documentsView is one month of what the office counts first of all: documents received and issued.
type documentsView struct {
	Month    int `json:"month"`
	Received int `json:"received"`
	Issued   int `json:"issued"`
}

type statisticsView struct {
	Year          int             `json:"year"`
	Total         Figures         `json:"total"`
	Months        []figureLine    `json:"months"`
	LastYear      []figureLine    `json:"last_year"`
	Documents     []documentsView `json:"documents"`
	LastDocuments []documentsView `json:"last_documents"`
	ByUnit        []figureLine    `json:"by_unit"`
	ByPerson      []figureLine    `json:"by_person"`
	ByKind        []figureLine    `json:"by_kind"`
}

// StatisticsQuery 统计查询 asks for a year, and for one kind if it names one.
type StatisticsQuery struct {
	Year int    `query:"year"`
	Kind string `query:"kind" maxLength:"60"`
}

func (s *Server) statisticsRoutes() {
	route(s, http.MethodGet, "/statistics", "统计", business, s.statistics)
	route(s, http.MethodGet, "/statistics/lines", "统计数字背后的事项", business, s.figureLines)
	download(s, "/statistics/lines.xlsx", "统计明细导出", business, s.linesFile)
	download(s, "/statistics/{by}/table.xlsx", "统计表导出", business, s.figuresFile)
}

// scope 统计口径 is what the figures of a page are about: whose matters, of which kind, in which year.
type scope struct {
	year   int
	cond   string // on matters m; its first argument is the agency
	args   []any
	kind   string
	engine *engine.Engine
	world  engine.World
	person db.ID
}

func (c *scope) from() time.Time { return time.Date(c.year, 1, 1, 0, 0, 0, 0, db.Location) }
func (c *scope) to() time.Time   { return c.from().AddDate(1, 0, 0) }

// scopeOf is the matters of a person's agency that the person may see, without things that are merely there, what is
// still being filled in and what was struck out. Figures and the lines behind them share it, and therefore agree.
func (s *Server) scopeOf(tx *db.Tx, person db.ID, q StatisticsQuery) (*scope, error) {
	w, err := s.app.Engine.World(tx)
	if err != nil {
		return nil, err
	}
	c := &scope{year: q.Year, kind: q.Kind, engine: s.app.Engine, world: w, person: person}
	if c.year == 0 {
		c.year = tx.Now.In(db.Location).Year()
	}
	seen, args := s.app.Engine.Seen(w.ActorOf(person), w)
	business, kinds := s.app.Engine.Business("m")
	c.cond = `m.agency_id = ? AND ` + seen + business + ` AND m.state <> 'void'`
	c.args = slices.Concat([]any{w.Dir.Person(person).Agency}, args, kinds)
	var drafts []string
	for _, p := range s.app.Engine.Catalogue().Kept() {
		drafts = append(drafts, `m.kind = ? AND m.step = ?`)
		c.args = append(c.args, p.Kind, p.First().Key)
	}
	c.cond += ` AND NOT (m.state = 'open' AND m.number = '' AND (` + strings.Join(drafts, ` OR `) + `))`
	if q.Kind != "" {
		c.cond += ` AND m.kind = ?`
		c.args = append(c.args, q.Kind)
	}
	return c, nil
}

// statistics counts what the caller may see (DOC-IN-37, DOC-OUT-36, OA-09, OTH-24).
func (s *Server) statistics(ctx context.Context, c caller, in *StatisticsQuery) (*statisticsView, error) {
	out := &statisticsView{}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		sc, err := s.scopeOf(tx, c.person, *in)
		if err != nil {
			return err
		}
		out.Year = sc.year
		counted, before, err := sc.count(tx)
		if err != nil {
			return err
		}
		for _, g := range counted {
			out.Total.add(g.Figures)
		}
		out.Total.finish()
		out.Months, out.ByUnit, out.ByKind = byMonth(counted), sc.byUnit(counted), s.byKind(counted)
		if out.ByPerson, err = sc.byPerson(tx); err != nil {
			return err
		}
		out.LastYear = byMonth(before)
		if in.Kind != "" {
			return nil
		}
		if out.Documents, err = sc.documents(tx, counted); err != nil {
			return err
		}
		last := *sc
		last.year--
		if out.LastDocuments, err = last.documents(tx, before); err != nil {
			return err
		}
		return addFigures(tx, sc.world.Dir.Agency(sc.world.Dir.Person(c.person).Agency), out)
	})
	return out, err
}

// documents counts what was received as documents and what was given its number, month by month.
func (c *scope) documents(tx *db.Tx, counted []group) ([]documentsView, error) {
	out := make([]documentsView, 12)
	for i := range out {
		out[i].Month = i + 1
	}
	for _, g := range counted {
		if g.kind == "incoming" && g.month >= 1 && g.month <= 12 {
			out[g.month-1].Received += g.Received
		}
	}
	month := monthOf("n.given_at", c.year)
	err := tx.Query(`SELECT `+month+`, COUNT(*) FROM matters m CROSS JOIN numbers n WHERE `+c.cond+` AND m.year = ? AND n.matter_id = m.id
		AND n.given_at >= ? AND n.given_at < ? AND n.state = 'used' AND m.kind IN ('outgoing','joint-issue') GROUP BY `+month,
		append(slices.Clone(c.args), c.year, c.from(), c.to()), func(scan func(...any) error) error {
			var m, n int
			err := scan(&m, &n)
			out[m-1].Issued = n
			return err
		})
	return out, err
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
		out.LastDocuments[m.Month-1].Received += m.Received
		out.LastDocuments[m.Month-1].Issued += m.Issued
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
