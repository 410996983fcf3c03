package engine

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/expr-lang/expr"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	"github.com/chengqi-oa/chengqi/workday"
)

// World 外界 is everything a decision may look at besides the matter: values only, so that deciding is pure.
type World struct {
	Now   time.Time
	Dir   *org.Directory
	Cal   workday.Calendar
	Rules *rulebook.Rulebook
	Refs  map[db.ID]*Matter // the matters that matter-fields name: seals, rooms, things

	about *Matter // the matter whose functions are kept, for one case asks the same world many times
	kept  map[string]any
}

// of is the world with the functions for one matter kept ready.
func (w World) of(m *Matter) World {
	w.about, w.kept = m, w.functions(m)
	return w
}

func (w World) known(m *Matter) map[string]any {
	if m == w.about {
		return w.kept
	}
	return w.functions(m)
}

// Today is the calendar day of Now.
func (w World) Today() workday.Day { return workday.DayOf(w.Now) }

// scope is what an expression sees: the fields by key, a few facts, and functions about the organisation.
// The words are listed for authors of definitions in docs/guide/procedures.md.
func (p *Procedure) scope(m *Matter, w World, extra map[string]any) map[string]any {
	s := make(map[string]any, len(p.Fields)+40)
	for i := range p.Fields {
		f := &p.Fields[i]
		if v, ok := m.Fields[f.Key]; ok && v != nil {
			s[f.Key] = v
		} else {
			s[f.Key] = f.zero()
		}
	}
	s["me"], s["me_unit"], s["for_me"] = "", "", ""
	s["starter"], s["starter_unit"] = m.Starter.String(), m.Unit.String()
	s["number"], s["state"], s["step"] = m.Number, string(m.State), m.Step
	s["now"], s["today"], s["year"] = w.Now.Format(time.RFC3339), w.Today().String(), w.Now.Year()
	s["hour"] = w.Now.Hour()
	s["holders"], s["due_on"], s["closed_on"] = w.names(anyIDs(m.Holders())), dayText(m.Due), dayText(m.Closed)
	s["reading"] = false
	s["child"], s["row"] = map[string]any{}, map[string]any{}
	maps.Copy(s, w.known(m))
	maps.Copy(s, extra)
	return s
}

func (w World) functions(m *Matter) map[string]any {
	dir := w.Dir
	str := func(ids []db.ID) []string {
		out := make([]string, len(ids))
		for i, id := range ids {
			out[i] = id.String()
		}
		return out
	}
	issuer := func(id string) org.Issuer {
		if i := dir.Issuer(idOf(id)); i != nil {
			return *i
		}
		return org.Issuer{}
	}
	return map[string]any{
		"duty":      func(d string) []string { return str(dir.Holders(m.Agency, org.Duty(d))) },
		"has":       func(person, d string) bool { return dir.Has(idOf(person), org.Duty(d)) },
		"head":      func(unit any) []string { return eachID(unit, dir.Head) },
		"leader":    func(unit any) []string { return eachID(unit, dir.LeaderOf) },
		"superior":  func(person any) []string { return eachID(person, dir.Superior) },
		"office_of": func(unit any) []string { return eachID(unit, dir.OfficeOf) },
		"backup_of": func(person any) string { return backupOf(dir, person).String() },
		"unit_of":   func(person any) string { return unitOf(dir, person).String() },
		"director":  func(i string) string { return issuer(i).Director.String() },
		"principal": func(i string) string { return issuer(i).Principal.String() },
		"last":      func(step string) []string { return str(m.lastAt(step)) },
		"ranked":    func(v any) []string { return str(dir.Ranked(idsOf(v))) },
		"reversed": func(v any) []string {
			out := str(dir.Ranked(idsOf(v)))
			slices.Reverse(out)
			return out
		},
		"people": func(vs ...any) []string { return str(idsOf(vs)) },
		"absent": func(v any) bool { return w.allAway(idsOf(v)) },
		"name":   func(v any) string { return w.names(v) },
		"responsible": func(v any) []string {
			return eachID(v, func(id db.ID) db.ID { return issuer(id.String()).Responsible() })
		},
		"ours":           func(v any) []string { return str(ofAgency(dir, idsOf(v), m.Agency)) },
		"issuer_code":    func(i string) string { return issuer(i).Code },
		"issuer_name":    func(i string) string { return issuer(i).Name },
		"issuer_side":    func(i string) string { return issuer(i).Side },
		"is_office":      func(i string) bool { return issuer(i).Office },
		"fonds":          func(i string) string { return issuer(i).Fonds },
		"default_issuer": func() string { return firstIssuer(dir, m.Agency) },
		"agency_name":    func() string { return dir.Agency(m.Agency).Name },
		"param":          func(clause, key string) string { v, _ := w.Rules.Param(clause, key); return v },
		"figure":         func(clause, key string) int { return w.figure(clause, key) },
		"add_days":       func(n int) string { return (w.Today() + workday.Day(n)).String() },
		"days_until":     func(day string) int { return w.daysUntil(day) },
		"days_between":   daysBetween,
		"workdays_since": func(day string) int { return w.workdaysSince(day) },
		"add_workdays":   func(n int) string { return w.Cal.Add(w.Today(), n).String() },
		"is_workday":     func(day string) bool { return w.isWorkday(day) },
		"capital":        capital,
		"is_leader":      func(v any) bool { return allLeaders(dir, idsOf(v)) },
		"ref":            func(v any) map[string]any { return w.ref(v) },
		"due_by":         limitUntil,
		"filled":         func(v any) bool { return !empty(v) },
		"chars":          func(s string) int { return len([]rune(strings.Join(strings.Fields(s), ""))) },
	}
}

func anyIDs(ids []db.ID) []any {
	out := make([]any, len(ids))
	for i, id := range ids {
		out[i] = id
	}
	return out
}

// ref is the registered thing a matter-field names: its fields, title, number and state.
func (w World) ref(v any) map[string]any {
	out := map[string]any{}
	for _, id := range idsOf(v) {
		if m := w.Refs[id]; m != nil {
			maps.Copy(out, m.Fields)
			out["id"], out["title"], out["number"], out["state"], out["step"] = m.ID.String(), m.Title, m.Number, string(m.State), m.Step
		}
	}
	return out
}

func firstIssuer(dir *org.Directory, agency db.ID) string {
	if all := dir.Issuers(agency); len(all) > 0 {
		return all[0].ID.String()
	}
	return ""
}

func allLeaders(dir *org.Directory, ids []db.ID) bool {
	for _, id := range ids {
		if p := dir.Person(id); p == nil || !p.Leader {
			return false
		}
	}
	return true
}

// unitOf is the unit of a person, of several people that of the first.
func unitOf(dir *org.Directory, person any) db.ID {
	for _, id := range idsOf(person) {
		if p := dir.Person(id); p != nil {
			return p.Unit
		}
	}
	return 0
}

// backupOf is the colleague who takes over when a person is away (ORG-24).
func backupOf(dir *org.Directory, person any) db.ID {
	for _, id := range idsOf(person) {
		if p := dir.Person(id); p != nil {
			return p.Backup
		}
	}
	return 0
}

// figure is the number a parameter begins with: 5000 of “5000 chars”.
func (w World) figure(clause, key string) int {
	text, _ := w.Rules.Param(clause, key)
	digits, _, _ := strings.Cut(strings.TrimLeft(strings.TrimSpace(text), "<>="), " ") // “<=30 days” is 30
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

func ofAgency(dir *org.Directory, ids []db.ID, agency db.ID) []db.ID {
	return slices.DeleteFunc(ids, func(id db.ID) bool {
		p := dir.Person(id)
		return p == nil || p.Agency != agency
	})
}

func (w World) allAway(ids []db.ID) bool {
	for _, id := range ids {
		if w.Dir.AwayAt(id, w.Now) == nil {
			return false
		}
	}
	return len(ids) > 0
}

// names writes people, units and issuers as the office prints them.
func (w World) names(v any) string {
	var out []string
	for _, id := range idsOf(v) {
		switch {
		case w.Dir.Person(id) != nil:
			out = append(out, w.Dir.Person(id).Name)
		case w.Dir.Unit(id) != nil:
			out = append(out, w.Dir.Unit(id).Name)
		case w.Dir.Issuer(id) != nil:
			out = append(out, w.Dir.Issuer(id).Name)
		}
	}
	return strings.Join(out, "、")
}

func eachID(v any, f func(db.ID) db.ID) []string {
	out := []string{}
	for _, id := range idsOf(v) {
		if r := f(id); r != 0 && !slices.Contains(out, r.String()) {
			out = append(out, r.String())
		}
	}
	return out
}

func idOf(s string) db.ID {
	id, err := db.ParseID(s)
	if err != nil {
		return 0
	}
	return id
}

// idsOf reads ids out of whatever an expression yields, flat, each once, in order.
func idsOf(v any) []db.ID {
	var out []db.ID
	add := func(id db.ID) {
		if id != 0 && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	switch x := v.(type) {
	case string:
		add(idOf(x))
	case db.ID:
		add(x)
	case []string:
		for _, s := range x {
			add(idOf(s))
		}
	case []any:
		for _, e := range x {
			for _, id := range idsOf(e) {
				add(id)
			}
		}
	}
	return out
}

func (f *Field) zero() any {
	switch f.Type {
	case NumberOf, Money:
		return float64(0)
	case Flag:
		return false
	case Choices, People, Units, Files, Issuers, Table:
		return []any{}
	default:
		return ""
	}
}

// compile proves an expression against the scope's names and types.
func compile(e *Expr, scope map[string]any, opts ...expr.Option) error {
	if e.IsZero() {
		return nil
	}
	program, err := expr.Compile(e.Text, append([]expr.Option{expr.Env(scope)}, opts...)...)
	if err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return fmt.Errorf("表达式“%s”写错了：%s", e.Text, first)
	}
	e.program = program
	return nil
}

// run evaluates an expression; the zero expression yields nil.
func (e Expr) run(scope map[string]any) (any, error) {
	if e.program == nil {
		return nil, nil
	}
	v, err := expr.Run(e.program, scope)
	if err != nil {
		return nil, fmt.Errorf("第 %d 行的表达式“%s”算不出结果：%w", e.Line, e.Text, err)
	}
	return v, nil
}

// holds evaluates a condition; the zero expression holds.
func (e Expr) holds(scope map[string]any) (bool, error) {
	if e.IsZero() {
		return true, nil
	}
	v, err := e.run(scope)
	b, _ := v.(bool)
	return b, err
}

func (e Expr) text(scope map[string]any) (string, error) {
	v, err := e.run(scope)
	if err != nil || v == nil {
		return "", err
	}
	if s, ok := v.(string); ok {
		return s, nil
	}
	return fmt.Sprint(v), nil
}
