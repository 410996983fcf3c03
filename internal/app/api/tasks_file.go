package api

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/sheet"
	"github.com/chengqi-oa/chengqi/workday"
)

// boxList 事项清单 is how a box of tasks looks as a workbook: the columns of the page, and those there is no room for on it.
type boxList struct {
	title   string
	columns []string // after those that every list has
	cells   func(*taskView) []string
}

var (
	listColumns = []string{"编号", "标题", "种类", "缓急", "密级", "来自"}
	mineColumns = []string{"该办", "代谁办", "到手", "期限", "催办次数"}
	boxLists    = map[engine.Box]boxList{
		engine.Todo:    {"待办清单", mineColumns, mineCells},
		engine.Reading: {"待阅清单", mineColumns, mineCells},
		engine.Waiting: {"在办清单", []string{"环节", "现在谁手里", "最近动静", "期限"}, func(t *taskView) []string {
			return []string{t.StepName, holderNames(t), minute(t.Arrived), dueOf(t)}
		}},
		engine.Led: {"分管岗位待办清单", []string{"该办", "谁该办", "到手", "期限"}, func(t *taskView) []string {
			return []string{t.ActionHint, holderNames(t), minute(t.Arrived), dueOf(t)}
		}},
		engine.Done: {"已办清单", []string{"我办了", "代谁办", "办理时间", "事项现状"}, func(t *taskView) []string {
			return []string{t.ActionHint, insteadOf(t), minute(t.Done), t.Matter.StateName}
		}},
	}
)

func mineCells(t *taskView) []string {
	urged := ""
	if t.Urged > 0 {
		urged = strconv.Itoa(t.Urged)
	}
	return []string{t.ActionHint, insteadOf(t), minute(t.Arrived), dueOf(t), urged}
}

// tasksFile gives out a whole box of the caller's tasks, narrowed and in the order of the page.
func (s *Server) tasksFile(ctx context.Context, c caller, in *TasksQuery, w http.ResponseWriter, _ *http.Request) error {
	q, err := in.tasks()
	if err != nil {
		return err
	}
	q.Limit = exportLimit
	of := boxLists[q.Box]
	return s.giveBook(ctx, c, w, func(tx *db.Tx, world engine.World) (*given, error) {
		items, _, _, err := s.taskList(tx, world, world.ActorOf(c.person), q)
		if err != nil {
			return nil, err
		}
		g := &given{Book: &sheet.Book{Title: of.title, Period: s.narrowedTo(in), Paper: sheet.A4Landscape}, topic: "register", action: "export-tasks"}
		g.about = map[string]any{"list": of.title}
		for _, name := range slices.Concat(listColumns, of.columns) {
			g.Columns = append(g.Columns, sheet.Column{Name: name, Number: name == "催办次数"})
		}
		for i := range items {
			t, m := &items[i], &items[i].Matter
			cells := []string{m.Number, bearing(m.Title, m.WorkSecret), m.KindName, m.Urgency, m.Secrecy, m.From}
			if m.From == "" {
				cells[5] = m.Starter
			}
			g.Rows = append(g.Rows, sheet.Row{Cells: append(cells, of.cells(t)...), Note: map[string]string{"overdue": "逾期", "today": "今日到期"}[t.UrgencyState]})
			if m.WorkSecret {
				g.secrets = append(g.secrets, m.ID)
			}
		}
		return g, nil
	})
}

// narrowedTo says below the title which part of the whole the list is.
func (s *Server) narrowedTo(in *TasksQuery) string {
	var said []string
	if p := s.app.Engine.Catalogue().Last(in.Kind); p != nil {
		said = append(said, p.Name)
	}
	if text := strings.TrimSpace(in.Q); text != "" {
		said = append(said, "查“"+text+"”")
	}
	if in.From != "" {
		said = append(said, "自"+in.From)
	}
	if in.To != "" {
		said = append(said, "至"+in.To)
	}
	return strings.Join(said, "　")
}

func holderNames(t *taskView) string {
	var names []string
	for _, h := range t.Holders {
		names = append(names, h.Name)
	}
	return strings.Join(names, "、")
}

func insteadOf(t *taskView) string {
	if t.For == nil {
		return ""
	}
	return t.For.Name
}

func minute(t *time.Time) string {
	if t == nil {
		return ""
	}
	return workday.ChineseMoment(*t)
}

// dueOf is the due time; one reckoned for a year whose calendar is not published yet says so.
func dueOf(t *taskView) string {
	due := minute(t.Due)
	if due != "" && t.Provisional {
		due += "（暂定）"
	}
	return due
}
