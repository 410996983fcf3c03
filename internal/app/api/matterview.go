package api

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office/archive"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

// viewer draws one matter for one person.
type viewer struct {
	s      *Server
	tx     *db.Tx
	p      *engine.Procedure
	m      *engine.Matter
	w      engine.World
	person db.ID
	log    []logged
}

type logged struct {
	entry journal.Entry
	act   engine.Act
	hash  []byte
}

func (s *Server) view(tx *db.Tx, person, id db.ID) (*matterView, error) {
	m, p, w, err := s.app.Engine.Look(tx, person, id)
	if err != nil {
		return nil, err
	}
	v := &viewer{s: s, tx: tx, p: p, m: m, w: w, person: person}
	if v.log, err = readLog(tx, id); err != nil {
		return nil, err
	}
	return v.draw()
}

func readLog(tx *db.Tx, matter db.ID) ([]logged, error) {
	var out []logged
	err := journal.OfMatter(tx, matter, func(e journal.Entry, hash []byte) error {
		l := logged{entry: e, hash: slices.Clone(hash)}
		if e.Topic == "matter" || e.Topic == archive.Topic {
			if err := json.Unmarshal(e.Content, &l.act); err != nil {
				return err
			}
		}
		out = append(out, l)
		return nil
	})
	return out, err
}

// draw shows where a matter is, by whose hands it went, what each said and how long it lay there (OA-03).
func (v *viewer) draw() (*matterView, error) {
	m, p := v.m, v.p
	b := brief(p, m, v.w)
	out := &matterView{
		ID: m.ID, Kind: m.Kind, KindName: p.Name, Group: p.Group, Version: m.Version, Number: m.Number, Title: b.Title, State: m.State,
		StateName: b.StateName, Due: at(m.Due), Urgency: m.Urgency, Secrecy: m.Secrecy, WorkSecret: m.WorkSecret, Watermark: mark(v.w, m, v.person), Sealed: m.Sealed, Custody: m.Custody,
		Created: at(m.Created), Closed: at(m.Closed), Fields: m.Fields, Holders: v.holders(), Display: v.display(),
		Course: v.course(), Readers: v.readers(), Steps: v.stages(), Basis: v.basis(), Files: []fileView{}, Links: []linkView{}, Sheets: []sheetView{},
		UrgencyState: "plain", Viewings: m.WorkSecret && maySeeViewings(v.w.Dir, v.person),
	}
	if starter := v.w.Dir.Person(m.Starter); starter != nil {
		out.Starter = holderUnit{starter.ID, starter.Name, v.w.Dir.Unit(starter.Unit).Name}
	}
	if step := p.Step(m.Step); step != nil {
		out.Step = &stepView{step.Key, step.Name, "", step.Hint, list(step.Basis)}
		out.Step.Limit = v.limit(step)
	}
	for _, t := range m.OpenTasks(engine.Handle) {
		if !t.Due.IsZero() && (out.Due == nil || t.Due.Before(*out.Due)) {
			out.Due, out.Provisional = at(t.Due), t.Provisional
		}
	}
	if out.Due != nil && m.State == engine.Open {
		out.UrgencyState = urgencyState(*out.Due, v.w.Now)
	}
	return out, v.rest(out)
}

// rest adds what needs further reading.
func (v *viewer) rest(out *matterView) error {
	offers, err := v.s.app.Engine.Offers(v.tx, v.p, v.m, v.person, v.w)
	if err != nil {
		return err
	}
	out.Actions = []actionView{}
	for _, o := range offers {
		out.Actions = append(out.Actions, v.action(o))
	}
	links, err := v.s.app.Engine.Links(v.tx, v.w.ActorOf(v.person), v.w, v.m.ID)
	if err != nil {
		return err
	}
	for i := range links {
		lp := v.s.app.Engine.Catalogue().Last(links[i].Matter.Kind)
		out.Links = append(out.Links, linkView{links[i].Relation, brief(lp, &links[i].Matter, v.w)})
	}
	if out.Files, err = v.files(); err != nil {
		return err
	}
	out.Sheets, err = v.sheets()
	return err
}

func (v *viewer) limit(step *engine.Step) string {
	x, err := v.p.Value(step.Limit, v.m, v.w)
	if err != nil || x == nil {
		return ""
	}
	return limitText(fmt.Sprint(x))
}

func (v *viewer) holders() []holderView {
	out := []holderView{}
	for i := range v.m.Tasks {
		t := &v.m.Tasks[i]
		status := map[engine.TaskState]string{engine.TaskOpen: "current", engine.TaskQueued: "queued", engine.TaskDone: "done"}[t.State]
		current := t.State == engine.TaskOpen || t.State == engine.TaskQueued || t.State == engine.TaskDone && t.Step == v.m.Step
		if status == "" || !current || t.Role != engine.Handle {
			continue
		}
		person := v.w.Dir.Person(t.Person)
		h := holderView{ID: t.Person, Name: person.Name, Unit: v.w.Dir.Unit(person.Unit).Name, Role: t.Role, Since: at(t.Arrived), Due: at(t.Due), Opened: !t.Opened.IsZero(), Status: status}
		if away := v.w.Dir.AwayAt(t.Person, v.w.Now); away != nil && away.StandIn != 0 && !v.m.Sealed {
			h.For = &named{t.Person, person.Name}
			h.Name = v.w.Dir.Name(away.StandIn)
		}
		out = append(out, h)
	}
	return out
}

func (v *viewer) readers() []readerView {
	out := []readerView{}
	for i := range v.m.Tasks {
		t := &v.m.Tasks[i]
		if t.Role == engine.Read && t.State != engine.TaskWithdrawn {
			out = append(out, readerView{t.Person, v.w.Dir.Name(t.Person), v.w.Dir.Name(t.GivenBy), at(t.Arrived), at(t.Done)})
		}
	}
	return out
}

func (v *viewer) display() []shownGroup {
	out := []shownGroup{}
	for i := range v.p.Fields {
		f := &v.p.Fields[i]
		value, ok := v.m.Fields[f.Key]
		if !ok || f.Transient || f.Hidden && f.Type != engine.Table {
			continue
		}
		item := shownItem{Key: f.Key, Name: f.Name, Type: f.Type, Value: value, Text: f.Format(value, v.w), Clause: f.Clause, Wide: f.Wide, Corrected: v.corrections(f)}
		if f.Type == engine.Table {
			item.Columns, item.Rows = tableText(f, value, v.w)
			item.Value = nil
		}
		n := len(out)
		if n == 0 || out[n-1].Group != f.Group {
			j := slices.IndexFunc(out, func(g shownGroup) bool { return g.Group == f.Group })
			if j < 0 {
				out = append(out, shownGroup{Group: f.Group})
				j = n
			}
			out[j].Items = append(out[j].Items, item)
			continue
		}
		out[n-1].Items = append(out[n-1].Items, item)
	}
	return out
}

func tableText(f *engine.Field, value any, w engine.World) ([]string, [][]string) {
	var names []string
	for i := range f.Columns {
		names = append(names, f.Columns[i].Name)
	}
	rows := [][]string{}
	all, _ := value.([]any)
	for _, r := range all {
		cells, _ := r.(map[string]any)
		row := make([]string, len(f.Columns))
		for i := range f.Columns {
			row[i] = f.Columns[i].Format(cells[f.Columns[i].Key], w)
		}
		rows = append(rows, row)
	}
	return names, rows
}

// corrections lists what stood in a field before it was corrected: the first entry stays visible.
func (v *viewer) corrections(f *engine.Field) []correction {
	var out []correction
	for _, l := range v.log {
		if l.entry.Action != "correct" {
			continue
		}
		for _, c := range l.act.Changes {
			if c.Field == f.Key {
				out = append(out, correction{f.Format(c.Before, v.w), at(l.entry.At), v.w.Dir.Name(l.entry.Actor)})
			}
		}
	}
	return out
}

func (v *viewer) course() []courseView {
	out := []courseView{}
	for _, l := range v.log {
		e := l.entry
		c := courseView{
			Seq: e.Seq, At: at(e.At), Actor: actorView{e.Actor, v.w.Dir.Name(e.Actor), l.act.Post}, Action: e.Action, ActionName: l.act.Name,
			From: l.act.From, FromName: v.stepName(l.act.From), To: l.act.To, ToName: v.stepName(l.act.To), Opinion: l.act.Opinion,
			Took: took(l.act.Took), Hash: hex.EncodeToString(l.hash[:min(8, len(l.hash))]), Changes: []changeView{}, Given: []string{},
		}
		if e.Topic == "clock" {
			c.ActionName = map[string]string{"clock-warn": "到期提醒", "clock-overdue": "逾期告警"}[e.Action]
		}
		if e.For != 0 {
			c.For = &named{e.For, v.w.Dir.Name(e.For)}
		}
		for _, id := range l.act.Given {
			c.Given = append(c.Given, v.w.Dir.Name(id))
		}
		for _, ch := range l.act.Changes {
			f := v.p.Field(ch.Field)
			if f == nil || f.Hidden {
				continue
			}
			c.Changes = append(c.Changes, changeView{ch.Field, f.Name, f.Format(ch.Before, v.w), f.Format(ch.After, v.w)})
		}
		out = append(out, c)
	}
	return out
}

func (v *viewer) stepName(key string) string {
	if s := v.p.Step(key); s != nil {
		return s.Name
	}
	if key == "" {
		return ""
	}
	return key
}

func took(ms int64) string {
	d := time.Duration(ms) * time.Millisecond
	switch {
	case ms == 0:
		return ""
	case d < time.Minute:
		return "不到1分钟"
	case d < time.Hour:
		return fmt.Sprintf("%d分钟", int(d.Minutes()))
	case d < 24*time.Hour:
		if m := int(d.Minutes()) % 60; m > 0 {
			return fmt.Sprintf("%d小时%d分钟", int(d.Hours()), m)
		}
		return fmt.Sprintf("%d小时", int(d.Hours()))
	}
	return fmt.Sprintf("%d天%d小时", int(d.Hours()/24), int(d.Hours())%24)
}

func (v *viewer) action(o engine.Offer) actionView {
	a := o.Action
	out := actionView{
		Key: a.Key, Name: a.Name, Style: a.Style, Allowed: o.Allowed, Reasons: list(o.Reasons), Opinion: a.Opinion, Phrases: list(a.Phrases),
		Confirm: a.Confirm, Basis: list(a.Basis), Mine: o.Mine, Fields: []fieldView{}, NeededBy: []string{},
	}
	if out.Style == "" {
		out.Style = "plain"
	}
	if out.Opinion == "" {
		out.Opinion = "none"
	}
	out.Fields = slices.Grow(out.Fields, len(o.Entries))
	for _, e := range o.Entries {
		f := v.p.Field(e.Field)
		fv := viewField(f, e.Required)
		fv.Value = v.m.Fields[e.Field]
		if filled, ok := o.Filled[e.Field]; ok {
			fv.Value = filled
		}
		if !f.Default.IsZero() {
			fv.Default, _ = v.p.Begins(f, v.m, v.person, v.w) // proved when the definition was loaded
			if fv.Value == nil && f.Transient {
				fv.Value = fv.Default
			}
		}
		if e.Field == "return_to" {
			v.returning(&fv)
		}
		out.Fields = append(out.Fields, fv)
	}
	if o.Allowed {
		out.NeededBy = star(v.p, v.m, a, v.person, out.Fields, v.w)
	}
	return out
}

// returning lists the steps a matter may go back to by their names, the one it came from first and chosen.
func (v *viewer) returning(f *fieldView) {
	f.AlsoAny, f.Options = false, nil
	for _, s := range v.p.ReturnTargets(v.m) {
		f.Options = append(f.Options, optionView{s.Key, s.Name})
	}
	if len(f.Options) > 0 {
		f.Value = f.Options[0].Value
	}
}

// stages draws the way of the matter: the steps it took, where it is, and those ahead.
func (v *viewer) stages() []stageView {
	out := []stageView{}
	visited := map[string]bool{}
	for _, h := range v.m.Trail {
		visited[h.Step] = true
	}
	for i := range v.p.Steps {
		s := &v.p.Steps[i]
		st := stageView{s.Key, s.Name, "ahead"}
		switch {
		case s.Key == v.m.Step:
			st.Status = "current"
		case visited[s.Key]:
			st.Status = "done"
		}
		out = append(out, st)
	}
	return out
}

func (v *viewer) basis() []basisView {
	out := []basisView{}
	ids := slices.Clone(v.p.Basis)
	if s := v.p.Step(v.m.Step); s != nil {
		ids = append(slices.Clone(s.Basis), ids...)
	}
	seen := map[string]bool{}
	for _, id := range ids {
		if c := v.s.app.Engine.Rules().Clause(id); c != nil && !seen[id] {
			seen[id] = true
			out = append(out, basisView{id, c.Text})
		}
	}
	return out
}

func (v *viewer) files() ([]fileView, error) {
	out := []fileView{}
	for i := range v.p.Fields {
		f := &v.p.Fields[i]
		if f.Type != engine.File && f.Type != engine.Files {
			continue
		}
		ids, ok := v.m.Fields[f.Key].([]any)
		if s, one := v.m.Fields[f.Key].(string); one && !ok {
			ids = []any{s}
		}
		for _, raw := range ids {
			id, err := db.ParseID(fmt.Sprint(raw))
			if err != nil {
				continue
			}
			got, err := file.Get(v.tx, id)
			if err != nil {
				return nil, err
			}
			if got != nil {
				out = append(out, fileView{got.ID, got.Name, got.Size, got.Mime})
			}
		}
	}
	return out, nil
}
