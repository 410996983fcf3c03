package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office/outgoing"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

type taskView struct {
	ID           db.ID        `json:"id"`
	Role         engine.Role  `json:"role"`
	Step         string       `json:"step"`
	StepName     string       `json:"step_name"`
	ActionHint   string       `json:"action_hint"`
	Arrived      *time.Time   `json:"arrived_at"`
	Due          *time.Time   `json:"due_at"`
	Done         *time.Time   `json:"done_at"`
	Provisional  bool         `json:"provisional"`
	UrgencyState string       `json:"urgency_state"`
	For          *named       `json:"for"`
	Urged        int          `json:"urged"`
	Opened       bool         `json:"opened"`
	ReadsWith    string       `json:"reads_with,omitempty"` // of what is to be read: the action that says so without anything entered
	Matter       matterBrief  `json:"matter"`
	Holders      []holderView `json:"holders,omitempty"`
}

// TasksQuery 待办查询 is what is asked of a list of tasks, on the page and in a workbook.
type TasksQuery struct {
	Box  string `query:"box" enum:"todo,reading,waiting,done,led" default:"todo"`
	Kind string `query:"kind"`
	Q    string `query:"q"`
	Sort string `query:"sort" enum:"due,arrived" default:"due"`
	From string `query:"from"` // days, of what is done
	To   string `query:"to"`
}

func (in *TasksQuery) tasks() (q engine.TaskQuery, err error) {
	q = engine.TaskQuery{Box: engine.Box(in.Box), Kind: in.Kind, Text: in.Q, Sort: in.Sort}
	q.From, q.To, err = betweenDays(in.From, in.To)
	return q, err
}

type tasksInput struct {
	TasksQuery
	PageInput
}

// PageInput 页次 is which page of a list.
type PageInput struct {
	Page int `query:"page" minimum:"1" maximum:"1000000" default:"1"`
	Size int `query:"size" minimum:"1" maximum:"200" default:"50"`
}

type tasksView struct {
	Items  []taskView    `json:"items"`
	Total  int           `json:"total"`
	More   bool          `json:"more"` // of what is done, older work is not counted
	Counts engine.Counts `json:"counts"`
}

func (s *Server) taskRoutes() {
	route(s, http.MethodGet, "/tasks", "待办", business, s.tasks)
	download(s, "/tasks/list.xlsx", "待办导出", business, s.tasksFile)
	route(s, http.MethodGet, "/workbench", "工作台", business, s.workbench)
	route(s, http.MethodGet, "/notices", "提醒", anyone, s.notices)
	route(s, http.MethodPost, "/notices/read", "提醒已读", anyone, s.readNotices)
}

func (s *Server) tasks(ctx context.Context, c caller, in *tasksInput) (*tasksView, error) {
	out := &tasksView{}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		w, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		a := w.ActorOf(c.person)
		if out.Counts, err = s.app.Engine.CountTasks(tx, a, w); err != nil {
			return err
		}
		q, err := in.tasks()
		if err != nil {
			return err
		}
		q.Offset, q.Limit, q.Counted = (in.Page-1)*in.Size, in.Size, &out.Counts
		out.Items, out.Total, out.More, err = s.taskList(tx, w, a, q)
		return err
	})
	return out, err
}

func (s *Server) taskList(tx *db.Tx, w engine.World, a engine.Actor, q engine.TaskQuery) (items []taskView, total int, more bool, err error) {
	page, err := s.app.Engine.ListTasks(tx, a, q)
	if err != nil {
		return nil, 0, false, err
	}
	items = make([]taskView, 0, len(page.Lines))
	for i := range page.Lines {
		items = append(items, s.viewTask(&page.Lines[i], w, a))
	}
	if q.Box == engine.Waiting || q.Box == engine.Led {
		err = s.addHolders(tx, w, items)
	}
	return items, page.Total, page.More, err
}

func (s *Server) viewTask(l *engine.TaskLine, w engine.World, a engine.Actor) taskView {
	p := s.app.Engine.Catalogue().Last(l.Matter.Kind)
	v := taskView{
		ID: l.Task.ID, Role: l.Role, Step: l.Task.Step, StepName: l.Task.Step, ActionHint: l.Task.Step, Arrived: at(l.Arrived), Due: at(l.Task.Due), Done: at(l.Done),
		Provisional: l.Provisional, UrgencyState: urgencyState(l.Task.Due, w.Now), Urged: l.Urged, Opened: !l.Opened.IsZero(),
		Matter: brief(p, &l.Matter, w),
	}
	if p != nil {
		if step := p.Step(l.Task.Step); step != nil {
			v.StepName, v.ActionHint = step.Name, step.Owed()
		}
	}
	switch {
	case l.State == engine.TaskDone:
		v.UrgencyState, v.ActionHint = "plain", v.StepName
		if p != nil {
			v.ActionHint = p.ActionName(l.Task.Step, l.Task.Action)
		}
	case l.Role == engine.Read:
		v.ActionHint = "阅"
		if p != nil && !l.Matter.WorkSecret { // a work secret is opened to be read, and that is noted (SEC-38)
			v.ReadsWith = p.ReadsWith(l.Task.Step)
		}
	}
	if ok, standsFor := a.Is(l.Task.Person); ok && standsFor != 0 {
		v.For = &named{l.Task.Person, w.Dir.Name(l.Task.Person)}
	}
	return v
}

// addHolders tells who has each matter, a page of them at a time.
func (s *Server) addHolders(tx *db.Tx, w engine.World, items []taskView) error {
	const page = 500
	for part := range slices.Chunk(items, page) {
		of := map[db.ID][]*taskView{} // a person's work may hold one matter twice
		var ids []db.ID
		for i := range part {
			part[i].Holders = []holderView{}
			id := part[i].Matter.ID
			if of[id] == nil {
				ids = append(ids, id)
			}
			of[id] = append(of[id], &part[i])
		}
		in, args := db.In(ids)
		err := tx.Query(`SELECT matter_id, person_id, arrived_at FROM tasks WHERE state = 'open' AND role = 'handle' AND matter_id IN `+in+` ORDER BY id`,
			args, func(scan func(...any) error) error {
				var matter, id db.ID
				var arrived int64
				err := scan(&matter, &id, &arrived)
				p := w.Dir.Person(id)
				h := holderView{ID: id, Name: p.Name, Unit: w.Dir.Unit(p.Unit).Name, Since: at(db.Time(arrived)), Status: "current"}
				for _, v := range of[matter] {
					v.Holders = append(v.Holders, h)
				}
				return err
			})
		if err != nil {
			return err
		}
	}
	return nil
}

type noticeView struct {
	ID     db.ID      `json:"id"`
	At     *time.Time `json:"at"`
	Text   string     `json:"text"`
	Clause string     `json:"clause"`
	Matter db.ID      `json:"matter_id"`
	Read   bool       `json:"read"`
}

type loadView struct {
	ID      db.ID  `json:"id"`
	Name    string `json:"name"`
	Unit    string `json:"unit"`
	Open    int    `json:"open"`
	Overdue int    `json:"overdue"`
	Soon    int    `json:"soon"`
}

type quotaView struct {
	Issuer   string `json:"issuer"`
	Year     int    `json:"year"`
	Limit    int    `json:"limit"`
	Used     int    `json:"used"`
	Left     int    `json:"left"`
	LastYear int    `json:"last_year"`
}

type workbenchView struct {
	Counts  engine.Counts  `json:"counts"`
	Todo    []taskView     `json:"todo"`
	Waiting []taskView     `json:"waiting"`
	Reading []taskView     `json:"reading"`
	Notices []noticeView   `json:"notices"`
	Office  map[string]any `json:"office"`
	Quota   []quotaView    `json:"quota"`
	OnDuty  []onDutyView   `json:"on_duty"`
	Today   []todayView    `json:"today"`
}

func (s *Server) workbench(ctx context.Context, c caller, _ *none) (*workbenchView, error) {
	out := &workbenchView{}
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		w, err := s.app.Engine.World(tx)
		if err != nil {
			return err
		}
		a := w.ActorOf(c.person)
		if out.Counts, err = s.app.Engine.CountTasks(tx, a, w); err != nil {
			return err
		}
		for _, part := range []struct {
			box  engine.Box
			into *[]taskView
			n    int
		}{{engine.Todo, &out.Todo, 20}, {engine.Waiting, &out.Waiting, 10}, {engine.Reading, &out.Reading, 10}} {
			if *part.into, _, _, err = s.taskList(tx, w, a, engine.TaskQuery{Box: part.box, Limit: part.n, Counted: &out.Counts}); err != nil {
				return err
			}
		}
		if out.Notices, _, err = readNotices(tx, c.person, true, 10); err != nil {
			return err
		}
		if w.Dir.Has(c.person, org.Director) || w.Dir.Has(c.person, org.DeputyDirector) {
			if out.Office, err = s.officeLoad(tx, w, w.Dir.Person(c.person).Agency); err != nil {
				return err
			}
		}
		agency := w.Dir.Person(c.person).Agency
		if out.OnDuty, err = onDuty(tx, w.Dir, agency); err != nil {
			return err
		}
		if out.Today, err = s.today(tx, a, w); err != nil {
			return err
		}
		if s.minds(w, c.person) {
			out.Quota, err = quotas(tx, w, agency)
		}
		return err
	})
	return out, err
}

// officeLoad tells a director how much everyone has in hand (ORG-25).
func (s *Server) officeLoad(tx *db.Tx, w engine.World, agency db.ID) (map[string]any, error) {
	people := []loadView{}
	business, kinds := s.app.Engine.Business("t")
	tomorrow := w.Now.AddDate(0, 0, 1)
	err := tx.Query(`SELECT t.person_id, COUNT(*), COALESCE(SUM(CASE WHEN t.due_at > 0 AND t.due_at < ? THEN 1 ELSE 0 END),0),
		COALESCE(SUM(CASE WHEN t.due_at >= ? AND t.due_at < ? THEN 1 ELSE 0 END),0) FROM people p CROSS JOIN tasks t
		WHERE p.agency_id = ? AND t.person_id = p.id AND t.state = 'open' AND t.role = 'handle'`+business+` GROUP BY t.person_id ORDER BY 3 DESC, 2 DESC, 1`,
		append([]any{w.Now, w.Now, tomorrow, agency}, kinds...), func(scan func(...any) error) error {
			var l loadView
			err := scan(&l.ID, &l.Open, &l.Overdue, &l.Soon)
			p := w.Dir.Person(l.ID)
			l.Name, l.Unit = p.Name, w.Dir.Unit(p.Unit).Name
			people = append(people, l)
			return err
		})
	return map[string]any{"by_person": people}, err
}

// minds tells whom the ceiling of documents concerns: who sees every document issued, and the leaders who sign them. Others
// hear of it when they draft one beyond it.
func (s *Server) minds(w engine.World, person db.ID) bool {
	outgoing := s.app.Engine.Catalogue().Kind("outgoing")
	return w.Dir.Has(person, org.Leader) || outgoing != nil && outgoing.SeesAll(w.Dir, *w.Dir.Person(person))
}

// quotas shows what is left of each issuer's yearly number of documents, or how far it is over (DOC-OUT-35, DOC-OUT-37).
func quotas(tx *db.Tx, w engine.World, agency db.ID) ([]quotaView, error) {
	out := []quotaView{}
	year := w.Now.Year()
	for _, i := range w.Dir.Issuers(agency) {
		if i.Quota == 0 {
			continue
		}
		used, err := outgoing.NumbersUsed(tx, agency, i.Code, year, year-1)
		if err != nil {
			return nil, err
		}
		out = append(out, quotaView{Issuer: i.Name, Year: year, Limit: i.Quota, Used: used[year], Left: i.Quota - used[year], LastYear: used[year-1]})
	}
	return out, nil
}

type noticesInput struct {
	Unread bool `query:"unread"`
}

func (s *Server) notices(ctx context.Context, c caller, in *noticesInput) (map[string]any, error) {
	items, unread := []noticeView{}, 0
	err := s.app.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		items, unread, err = readNotices(tx, c.person, in.Unread, 100)
		return err
	})
	return map[string]any{"items": items, "unread": unread}, err
}

func readNotices(tx *db.Tx, person db.ID, unreadOnly bool, limit int) ([]noticeView, int, error) {
	items, unread := []noticeView{}, 0
	cond := `person_id = ?`
	if unreadOnly {
		cond += ` AND read_at = 0`
	}
	err := tx.Query(`SELECT id, at, text, clause, matter_id, read_at FROM notices WHERE `+cond+` ORDER BY id DESC LIMIT ?`, []any{person, limit},
		func(scan func(...any) error) error {
			var n noticeView
			var when, read int64
			err := scan(&n.ID, &when, &n.Text, &n.Clause, &n.Matter, &read)
			n.At, n.Read = at(db.Time(when)), read > 0
			items = append(items, n)
			return err
		})
	if err != nil {
		return nil, 0, err
	}
	_, err = tx.Row(`SELECT COUNT(*) FROM notices WHERE person_id = ? AND read_at = 0`, []any{person}, &unread)
	return items, unread, err
}

type readInput struct {
	Body struct {
		IDs []db.ID `json:"ids,omitempty" maxItems:"500"`
		All bool    `json:"all,omitempty"`
	}
}

func (s *Server) readNotices(ctx context.Context, c caller, in *readInput) (none, error) {
	return none{}, s.app.DB.Write(ctx, func(tx *db.Tx) error {
		cond, args := `person_id = ? AND read_at = 0`, []any{tx.Now, c.person}
		if !in.Body.All {
			ids, more := db.In(in.Body.IDs)
			cond += ` AND id IN ` + ids
			args = append(args, more...)
		}
		_, err := tx.Exec(`UPDATE notices SET read_at = ? WHERE `+cond, args...)
		return err
	})
}
