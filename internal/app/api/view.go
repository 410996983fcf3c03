package api

import (
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// The shapes of answers about matters. Shared by lists and the matter page.

// fieldView 栏目 is a line of a form. What it has not is left out: a page carries some thirty of them.
type fieldView struct {
	Key      string       `json:"key"`
	Name     string       `json:"name"`
	Type     engine.Type  `json:"type"`
	Required bool         `json:"required,omitempty"`
	Options  []optionView `json:"options,omitempty"`
	Hint     string       `json:"hint,omitempty"`
	Default  any          `json:"default,omitempty"`
	Value    any          `json:"value,omitempty"`
	Clause   string       `json:"clause,omitempty"`
	Group    string       `json:"group,omitempty"`
	Unit     string       `json:"unit,omitempty"`
	Wide     bool         `json:"wide,omitempty"`
	Leaders  bool         `json:"leaders,omitempty"`
	AlsoAny  bool         `json:"also_any,omitempty"`
	Of       string       `json:"of,omitempty"`
	Max      int          `json:"max,omitempty"`
	Show     string       `json:"show,omitempty"`
	Columns  []fieldView  `json:"columns,omitempty"`
	Fixed    bool         `json:"fixed,omitempty"` // of a column: the system writes it
}

type optionView struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

func viewField(f *engine.Field, required bool) fieldView {
	v := fieldView{
		Key: f.Key, Name: f.Name, Type: f.Type, Required: required, Hint: f.Hint, Clause: f.Clause, Group: f.Group, Unit: f.Measure,
		Wide: f.Wide, Leaders: f.Leaders, AlsoAny: f.AlsoAny, Of: f.Of, Max: f.Max, Show: f.Show.Text, Fixed: f.Hidden,
	}
	for _, o := range f.Options {
		v.Options = append(v.Options, optionView{o, o})
	}
	for i := range f.Columns {
		v.Columns = append(v.Columns, viewField(&f.Columns[i], false))
	}
	return v
}

type actionView struct {
	Key     string        `json:"key"`
	Name    string        `json:"name"`
	Style   string        `json:"style"`
	Allowed bool          `json:"allowed"`
	Reasons []errs.Reason `json:"reasons"`
	Fields  []fieldView   `json:"fields"`
	Opinion string        `json:"opinion"`
	Phrases []string      `json:"phrases"`
	Confirm string        `json:"confirm"`
	Basis   []string      `json:"basis"`
	Mine    bool          `json:"mine"`

	NeededBy []string `json:"needed_by"` // the fields on whose values it hangs which others are required
}

type stepView struct {
	Key   string   `json:"key"`
	Name  string   `json:"name"`
	Limit string   `json:"limit"`
	Hint  string   `json:"hint"`
	Basis []string `json:"basis"`
}

type holderView struct {
	ID     db.ID       `json:"id"`
	Name   string      `json:"name"`
	Unit   string      `json:"unit"`
	Role   engine.Role `json:"role"`
	Since  *time.Time  `json:"since"`
	Due    *time.Time  `json:"due_at"`
	For    *named      `json:"for"`
	Opened bool        `json:"opened"`
	Status string      `json:"status"`
}

type shownItem struct {
	Key       string       `json:"key"`
	Name      string       `json:"name"`
	Type      engine.Type  `json:"type"`
	Value     any          `json:"value"`
	Text      string       `json:"text"`
	Clause    string       `json:"clause"`
	Wide      bool         `json:"wide"`
	Corrected []correction `json:"corrected,omitempty"`
	Columns   []string     `json:"columns,omitempty"`
	Rows      [][]string   `json:"rows,omitempty"`
}

type correction struct {
	Before string     `json:"before"`
	At     *time.Time `json:"at"`
	By     string     `json:"by"`
}

type shownGroup struct {
	Group string      `json:"group"`
	Items []shownItem `json:"items"`
}

type changeView struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	Before string `json:"before"`
	After  string `json:"after"`
}

type courseView struct {
	Seq        int64        `json:"seq"`
	At         *time.Time   `json:"at"`
	Actor      actorView    `json:"actor"`
	For        *named       `json:"for"`
	Action     string       `json:"action"`
	ActionName string       `json:"action_name"`
	From       string       `json:"from"`
	FromName   string       `json:"from_name"`
	To         string       `json:"to"`
	ToName     string       `json:"to_name"`
	Opinion    string       `json:"opinion"`
	Changes    []changeView `json:"changes"`
	Given      []string     `json:"given"`
	Took       string       `json:"took"`
	Hash       string       `json:"hash"`
}

type actorView struct {
	ID   db.ID  `json:"id"`
	Name string `json:"name"`
	Post string `json:"post"`
}

type matterBrief struct {
	ID         db.ID        `json:"id"`
	Kind       string       `json:"kind"`
	KindName   string       `json:"kind_name"`
	Number     string       `json:"number"`
	Title      string       `json:"title"`
	Urgency    string       `json:"urgency"`
	Secrecy    string       `json:"secrecy"`
	WorkSecret bool         `json:"work_secret"`
	State      engine.State `json:"state"`
	StateName  string       `json:"state_name"`
	StepName   string       `json:"step_name"`
	From       string       `json:"from"`
	Starter    string       `json:"starter"`
	At         *time.Time   `json:"at"`
	Version    int64        `json:"version"`
}

type linkView struct {
	Relation string      `json:"relation"`
	Matter   matterBrief `json:"matter"`
}

type fileView struct {
	ID   db.ID  `json:"id"`
	Name string `json:"name"`
	Size int64  `json:"size"`
	Mime string `json:"mime"`
}

type readerView struct {
	ID     db.ID      `json:"id"`
	Name   string     `json:"name"`
	By     string     `json:"by"`
	At     *time.Time `json:"at"`
	ReadAt *time.Time `json:"read_at"`
}

type sheetView struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

type stageView struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	Status string `json:"status"`
}

type basisView struct {
	Clause string `json:"clause"`
	Text   string `json:"text"`
}

type matterView struct {
	ID           db.ID          `json:"id"`
	Kind         string         `json:"kind"`
	KindName     string         `json:"kind_name"`
	Group        string         `json:"group"`
	Version      int64          `json:"version"`
	Number       string         `json:"number"`
	Title        string         `json:"title"`
	State        engine.State   `json:"state"`
	StateName    string         `json:"state_name"`
	Step         *stepView      `json:"step"`
	Holders      []holderView   `json:"holders"`
	Due          *time.Time     `json:"due_at"`
	Provisional  bool           `json:"provisional"`
	UrgencyState string         `json:"urgency_state"`
	Urgency      string         `json:"urgency"`
	Secrecy      string         `json:"secrecy"`
	WorkSecret   bool           `json:"work_secret"`
	Watermark    []string       `json:"watermark,omitempty"` // what lies over the page of a work secret
	Viewings     bool           `json:"viewings"`            // the reader may see who looked at it
	Sealed       bool           `json:"sealed"`
	Custody      engine.Custody `json:"custody"`
	Starter      holderUnit     `json:"starter"`
	Created      *time.Time     `json:"created_at"`
	Closed       *time.Time     `json:"closed_at"`
	Fields       map[string]any `json:"fields"`
	Display      []shownGroup   `json:"display"`
	Course       []courseView   `json:"course"`
	Actions      []actionView   `json:"actions"`
	Links        []linkView     `json:"links"`
	Files        []fileView     `json:"files"`
	Readers      []readerView   `json:"readers"`
	Sheets       []sheetView    `json:"sheets"`
	Steps        []stageView    `json:"steps"`
	Basis        []basisView    `json:"basis"`
}

type holderUnit struct {
	ID   db.ID  `json:"id"`
	Name string `json:"name"`
	Unit string `json:"unit"`
}

// urgencyState is the colour of a due time: overdue, today, soon (within a day of it), plain.
func urgencyState(due, now time.Time) string {
	switch {
	case due.IsZero():
		return "plain"
	case due.Before(now):
		return "overdue"
	case sameDay(due, now):
		return "today"
	case due.Sub(now) < 30*time.Hour:
		return "soon"
	}
	return "plain"
}

func sameDay(a, b time.Time) bool {
	return a.In(db.Location).Format("20060102") == b.In(db.Location).Format("20060102")
}

func brief(p *engine.Procedure, m *engine.Matter, w engine.World) matterBrief {
	v := matterBrief{
		ID: m.ID, Kind: m.Kind, KindName: m.Kind, Number: m.Number, Title: m.Called(p), Urgency: m.Urgency, Secrecy: m.Secrecy, WorkSecret: m.WorkSecret, State: m.State,
		StateName: engine.StateNames[m.State], From: m.Party, Starter: w.Dir.Name(m.Starter), At: at(m.Created), Version: m.Version,
	}
	if p != nil {
		v.KindName = p.Name
		if s := p.Step(m.Step); s != nil {
			v.StepName = s.Name
		}
	}
	return v
}
