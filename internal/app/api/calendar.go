package api

import (
	"context"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/calendar"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/workday"
)

type yearPath struct {
	Year int `path:"year" minimum:"2000" maximum:"2100"`
}

type dayView struct {
	Day         workday.Day `json:"day"`
	Work        bool        `json:"work"`
	Name        string      `json:"name"`
	Provisional bool        `json:"provisional"`
}

func (s *Server) calendarYear(ctx context.Context, _ caller, in *yearPath) (map[string]any, error) {
	days := []dayView{}
	official := false
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		w, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		_, official = w.Cal.Table(in.Year)
		for d := workday.Date(in.Year, time.January, 1); d.Year() == in.Year; d++ {
			info := w.Cal.Info(d)
			days = append(days, dayView{d, info.Work, info.Holiday, info.Provisional})
		}
		return nil
	})
	return map[string]any{"year": in.Year, "official": official, "days": days}, err
}

type noticeInput struct {
	Body struct {
		Text string `json:"text" maxLength:"20000" doc:"放假通知正文、CSV 或 JSON"`
		Year int    `json:"year,omitempty"`
		Dry  bool   `json:"dry,omitempty"`
	}
}

type problemView struct {
	Line int    `json:"line"`
	Text string `json:"text"`
}

// importCalendar takes in an official notice of holidays, as pasted (OA-31).
func (s *Server) importCalendar(ctx context.Context, c caller, in *noticeInput) (map[string]any, error) {
	table, problems := workday.ParseNotice([]byte(in.Body.Text))
	found := []problemView{}
	for _, p := range problems {
		found = append(found, problemView{p.Line, p.Text})
	}
	answer := map[string]any{"year": table.Year, "problems": found, "table": table, "stored": false}
	if in.Body.Dry {
		return answer, nil
	}
	if !workday.Usable(problems) {
		reasons := make([]errs.Reason, len(problems))
		for i, p := range problems {
			reasons[i] = errs.Reason{Text: p.Text}
		}
		return nil, errs.Refuse("日历没有导入", reasons...)
	}
	err := s.administer(ctx, c, "calendar", func(tx *db.Tx, _ *org.Directory, _ db.ID) (any, error) {
		return table, calendar.Put(tx, table, "notice")
	})
	answer["stored"] = err == nil
	return answer, err
}
