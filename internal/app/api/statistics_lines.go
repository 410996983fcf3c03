package api

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/workday"
)

// LinesQuery 统计明细查询 names one figure of the statistics.
type LinesQuery struct {
	StatisticsQuery
	What   string `query:"what" enum:"received,closed,on_time,late,open,overdue" default:"overdue"`
	Unit   db.ID  `query:"unit"`
	Person db.ID  `query:"person"`
	Month  int    `query:"month" minimum:"0" maximum:"12"`
}

type linesInput struct {
	LinesQuery
	PageInput
}

// figureRow is one matter behind a figure; of a person's figures, one task.
type figureRow struct {
	taskView
	Unit     string `json:"unit"`
	DaysLate int    `json:"days_late"` // working days past the limit
}

type linesView struct {
	Items []figureRow `json:"items"`
	Total int         `json:"total"`
}

func (s *Server) figureLines(ctx context.Context, c caller, in *linesInput) (*linesView, error) {
	out := &linesView{}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out.Items, out.Total, err = s.linesBehind(tx, c.person, in.LinesQuery, (in.Page-1)*in.Size, in.Size)
		return err
	})
	return out, err
}

// linesBehind reads what a figure counts, by the very conditions it is counted by; the latest are first, else the newest.
func (s *Server) linesBehind(tx *db.Tx, person db.ID, q LinesQuery, offset, limit int) ([]figureRow, int, error) {
	sc, err := s.scopeOf(tx, person, q.StatisticsQuery)
	if err != nil {
		return nil, 0, err
	}
	read, cond, order := s.app.Engine.MatterLines, "", ""
	args := slices.Clone(sc.args)
	if q.Unit != 0 {
		sc.cond += ` AND m.unit_id = ?`
		args = append(args, q.Unit)
	}
	if q.Person != 0 {
		people, watched := db.In(sc.watched())
		sc.cond += ` AND t.role = 'handle' AND t.person_id = ? AND t.person_id IN ` + people
		args = append(append(args, q.Person), watched...)
		read = s.app.Engine.WorkLines
		cond, order, err = q.tasks(sc, tx.Now, &args)
	} else {
		cond, order, err = q.matters(sc, tx.Now, &args)
	}
	if err != nil {
		return nil, 0, err
	}
	lines, total, err := read(tx, sc.cond+` AND `+cond, order, args, offset, limit)
	if err != nil {
		return nil, 0, err
	}
	actor := sc.world.ActorOf(person)
	out := make([]figureRow, len(lines))
	held := make([]taskView, len(lines))
	for i := range lines {
		held[i] = s.viewTask(&lines[i], sc.world, actor)
		held[i].For = nil
	}
	if err := s.addHolders(tx, sc.world, held); err != nil {
		return nil, 0, err
	}
	for i := range lines {
		out[i] = figureRow{taskView: held[i], DaysLate: daysLate(lines[i].Task, sc.world)}
		if u := sc.world.Dir.Unit(lines[i].Matter.Unit); u != nil {
			out[i].Unit = u.Name
		}
	}
	return out, total, nil
}

// span is the month asked for, else the year.
func (q *LinesQuery) span(c *scope) (from, to time.Time) {
	if q.Month == 0 {
		return c.from(), c.to()
	}
	from = c.from().AddDate(0, q.Month-1, 0)
	return from, from.AddDate(0, 1, 0)
}

// matters is the condition of one figure on matters m, and the order its lines are best read in.
func (q *LinesQuery) matters(c *scope, now time.Time, args *[]any) (cond, order string, err error) {
	from, to := q.span(c)
	switch q.What {
	case "received":
		*args = append(*args, from, to)
		return `m.created_at >= ? AND m.created_at < ?`, `m.created_at DESC, m.id DESC`, nil
	case "closed", "on_time", "late":
		*args = append(*args, from, to)
		return closedBetween + ended(q.What, closedLate), endedOrder(q.What, "m.closed_at", "m.due_at") + `, m.id`, nil
	case "open", "overdue":
		cond = openNow
		if q.What == "overdue" {
			cond = overdueNow
			*args = append(*args, now)
		}
		if q.Month != 0 {
			cond += ` AND m.created_at >= ? AND m.created_at < ?`
			*args = append(*args, from, to)
		}
		return cond, `CASE WHEN m.due_at = 0 THEN 1 ELSE 0 END, m.due_at, m.id`, nil
	}
	return "", "", errs.New(errs.NotFound, "没有这样的统计数字")
}

// tasks is the same on the tasks of one person.
func (q *LinesQuery) tasks(c *scope, now time.Time, args *[]any) (cond, order string, err error) {
	from, to := q.span(c)
	switch q.What {
	case "received":
		*args = append(*args, from, to)
		return `t.arrived_at >= ? AND t.arrived_at < ? AND (t.state = 'open' OR t.state = 'done')`, `t.arrived_at DESC, t.id DESC`, nil
	case "closed", "on_time", "late":
		*args = append(*args, from, to)
		return taskDone + ended(q.What, taskLate), endedOrder(q.What, "t.done_at", "t.due_at") + `, t.id`, nil
	case "open":
		return `t.state = 'open'`, `CASE WHEN t.due_at = 0 THEN 1 ELSE 0 END, t.due_at, t.id`, nil
	case "overdue":
		*args = append(*args, now)
		return taskOverdue, `t.due_at, t.id`, nil
	}
	return "", "", errs.New(errs.NotFound, "没有这样的统计数字")
}

func ended(what, late string) string {
	switch what {
	case "late":
		return ` AND ` + late
	case "on_time":
		return ` AND NOT (` + late + `)`
	}
	return ""
}

func endedOrder(what, ended, due string) string {
	if what == "late" {
		return ended + ` - ` + due + ` DESC`
	}
	return ended + ` DESC`
}

// daysLate counts the working days from the limit to the end, or to now; at least one, once it is past.
func daysLate(t engine.Task, w engine.World) int {
	end := t.Done
	if end.IsZero() {
		end = w.Now
	}
	if t.Due.IsZero() || !end.After(t.Due) {
		return 0
	}
	return max(1, w.Cal.Between(workday.DayOf(t.Due), workday.DayOf(end)))
}

// monthName is what a month is called in headings; none is the whole year.
func (q *LinesQuery) monthName() string {
	if q.Month == 0 {
		return ""
	}
	return strconv.Itoa(q.Month) + "月"
}
