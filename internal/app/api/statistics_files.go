package api

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/sheet"
)

// figuresBy 统计分组 are the tables of the page: what each is called and what stands in its first column.
var figuresBy = map[string]struct{ title, head string }{
	"kind": {"各类事项办理情况统计表", "事项"}, "unit": {"各科室办理情况统计表", "科室"},
	"person": {"各人办理情况统计表", "姓名"}, "month": {"逐月办理情况统计表", "月份"},
}

var whatNames = map[string]string{"received": "受理", "closed": "办结", "on_time": "按期办结", "late": "超期办结", "open": "在办", "overdue": "逾期在办"}

type figuresFileInput struct {
	By string `path:"by" maxLength:"12"`
	StatisticsQuery
}

// figuresFile is one table of the page as a workbook.
func (s *Server) figuresFile(ctx context.Context, c caller, in *figuresFileInput, w http.ResponseWriter, _ *http.Request) error {
	by, ok := figuresBy[in.By]
	if !ok {
		return errs.New(errs.NotFound, "没有这张统计表")
	}
	return s.statisticsFile(ctx, c, in.StatisticsQuery, in.By, w, func(tx *db.Tx, sc *scope) (*sheet.Book, []db.ID, error) {
		lines, err := s.table(tx, sc, in.By)
		if err != nil {
			return nil, nil, err
		}
		book := &sheet.Book{Title: by.title, Paper: sheet.A4Landscape, Columns: []sheet.Column{{Name: by.head, Width: 60}}}
		for _, name := range []string{"受理", "办结", "按期办结", "超期办结", "在办", "其中逾期", "按期办结率（%）", "平均用时（小时）"} {
			book.Columns = append(book.Columns, sheet.Column{Name: name, Align: sheet.Right, Number: true})
		}
		for _, l := range lines {
			row := sheet.Row{Cells: []string{strings.TrimSpace(l.Name + " " + l.Note)}}
			for _, n := range []int{l.Received, l.Closed, l.OnTime, l.Late, l.Open, l.Overdue} {
				row.Cells = append(row.Cells, strconv.Itoa(n))
			}
			rate, hours := "", ""
			if l.Rate != nil {
				rate, hours = strconv.FormatFloat(*l.Rate, 'f', 1, 64), strconv.FormatFloat(l.AverageHours, 'f', 1, 64)
			}
			row.Cells = append(row.Cells, rate, hours)
			book.Rows = append(book.Rows, row)
		}
		return book, nil, nil
	})
}

func (s *Server) table(tx *db.Tx, sc *scope, by string) ([]figureLine, error) {
	if by == "person" {
		return sc.byPerson(tx)
	}
	counted, _, err := sc.count(tx)
	if err != nil {
		return nil, err
	}
	switch by {
	case "unit":
		return sc.byUnit(counted), nil
	case "month":
		return byMonth(counted), nil
	}
	return s.byKind(counted), nil
}

const linesLimit = 50_000

// linesFile is the list behind a figure as a workbook.
func (s *Server) linesFile(ctx context.Context, c caller, in *LinesQuery, w http.ResponseWriter, _ *http.Request) error {
	return s.statisticsFile(ctx, c, in.StatisticsQuery, "lines", w, func(tx *db.Tx, sc *scope) (*sheet.Book, []db.ID, error) {
		rows, _, err := s.linesBehind(tx, c.person, *in, 0, linesLimit)
		if err != nil {
			return nil, nil, err
		}
		book := &sheet.Book{Title: in.monthName() + whatNames[in.What] + "事项清单", Paper: sheet.A4Landscape}
		for _, name := range []string{"编号", "标题", "事项", "科室", "现在谁手里", "受理", "期限", "办结"} {
			book.Columns = append(book.Columns, sheet.Column{Name: name})
		}
		book.Columns = append(book.Columns, sheet.Column{Name: "超期（工作日）", Align: sheet.Right, Number: true})
		var secrets []db.ID
		for i := range rows {
			book.Rows = append(book.Rows, sheet.Row{Cells: rows[i].cells()})
			if rows[i].Matter.WorkSecret {
				secrets = append(secrets, rows[i].Matter.ID)
			}
		}
		return book, secrets, nil
	})
}

func (r *figureRow) cells() []string {
	names := make([]string, len(r.Holders))
	for i, h := range r.Holders {
		names[i] = h.Name
	}
	out := []string{r.Matter.Number, r.Matter.Title, r.Matter.KindName, r.Unit, strings.Join(names, "、")}
	for _, t := range []*time.Time{r.Arrived, r.Due, r.Done} {
		out = append(out, minute(t))
	}
	late := ""
	if r.DaysLate > 0 {
		late = strconv.Itoa(r.DaysLate)
	}
	return append(out, late)
}

// statisticsFile gives out a workbook of what the caller may see.
func (s *Server) statisticsFile(ctx context.Context, c caller, q StatisticsQuery, part string, w http.ResponseWriter, fill func(*db.Tx, *scope) (*sheet.Book, []db.ID, error)) error {
	return s.giveBook(ctx, c, w, func(tx *db.Tx, _ engine.World) (*given, error) {
		sc, err := s.scopeOf(tx, c.person, q)
		if err != nil {
			return nil, err
		}
		book, secrets, err := fill(tx, sc)
		if err != nil {
			return nil, err
		}
		book.Period = fmt.Sprintf("%d年度", sc.year)
		if p := s.app.Engine.Catalogue().Last(q.Kind); p != nil {
			book.Period += "　" + p.Name
		}
		return &given{Book: book, secrets: secrets, topic: "statistics", action: "export", about: map[string]any{"year": sc.year, "of": part}}, nil
	})
}
