package engine

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/workday"
)

// scope 表达式所见 is what an expression may ask for: the fields by key, a few facts, and functions about the
// organisation. Nothing is reckoned before it is asked for: most expressions ask for two names out of a hundred.
// The words are listed for authors of definitions in docs/guide/procedures.md.
type scope struct {
	p   *Procedure
	m   *Matter
	w   World
	c   *Case          // the action being decided; nil outside one
	row map[string]any // of a table, for a register's columns

	me, myUnit db.ID // who asks, outside a case
}

func (p *Procedure) scope(m *Matter, w World) *scope { return &scope{p: p, m: m, w: w} }

// value is what a name stands for. What is entered now goes before what is stored; a field never has a word's name.
func (s *scope) value(name string) any {
	if word, ok := scopeWords[name]; ok {
		return word(s)
	}
	f := s.p.fields[name]
	if f == nil {
		return nil // proved when the definition was loaded
	}
	if s.c != nil && f.Transient {
		if v := s.c.Input[name]; v != nil {
			return v
		}
	}
	if v := s.m.Fields[name]; v != nil {
		return v
	}
	return f.zero()
}

// all is every name with its value, for proving expressions.
func (s *scope) all() map[string]any {
	out := make(map[string]any, len(s.p.Fields)+len(scopeWords))
	for name, word := range scopeWords {
		out[name] = word(s)
	}
	for i := range s.p.Fields {
		out[s.p.Fields[i].Key] = s.p.Fields[i].zero()
	}
	return out
}

// actor is in whose place somebody acts.
func (s *scope) actor() (me, owner db.ID) {
	if s.c == nil {
		return s.me, 0
	}
	return s.c.Actor.Person, s.c.Owner()
}

func (s *scope) unit() string {
	if s.c == nil {
		return s.myUnit.String()
	}
	return unitOf(s.w.Dir, s.c.Owner().String()).String()
}

func (s *scope) child() map[string]any {
	if s.c == nil || s.c.Child == nil {
		return map[string]any{}
	}
	out := maps.Clone(s.c.Child.Fields)
	out["number"], out["title"], out["id"] = s.c.Child.Number, s.c.Child.Title, s.c.Child.ID.String()
	return out
}

func (s *scope) issuer(id string) org.Issuer {
	if i := s.w.Dir.Issuer(idOf(id)); i != nil {
		return *i
	}
	return org.Issuer{}
}

// scopeWords are the facts and functions every expression knows, each made when it is asked for.
var scopeWords = map[string]func(*scope) any{
	"me":      func(s *scope) any { me, _ := s.actor(); return me.String() },
	"for_me":  func(s *scope) any { _, owner := s.actor(); return owner.String() },
	"me_unit": func(s *scope) any { return s.unit() },
	"opinion": func(s *scope) any {
		if s.c == nil {
			return ""
		}
		return s.c.Opinion
	},
	"reading":      func(s *scope) any { return s.c != nil && s.c.reads() },
	"child":        func(s *scope) any { return s.child() },
	"row":          func(s *scope) any { return s.row },
	"starter":      func(s *scope) any { return s.m.Starter.String() },
	"starter_unit": func(s *scope) any { return s.m.Unit.String() },
	"self":         func(s *scope) any { return s.m.ID.String() },
	"number":       func(s *scope) any { return s.m.Number },
	"state":        func(s *scope) any { return string(s.m.State) },
	"step":         func(s *scope) any { return s.m.Step },
	"custody":      func(s *scope) any { return string(s.m.Custody) },
	"now":          func(s *scope) any { return s.w.Now.Format(time.RFC3339) },
	"today":        func(s *scope) any { return s.w.Today().String() },
	"year":         func(s *scope) any { return s.w.Now.Year() },
	"hour":         func(s *scope) any { return s.w.Now.Hour() },
	"holders":      func(s *scope) any { return s.w.names(anyIDs(s.m.Holders())) },
	"created_on":   func(s *scope) any { return dayText(s.m.Created) },
	"due_on":       func(s *scope) any { return dayText(s.m.Due) },
	"closed_on":    func(s *scope) any { return dayText(s.m.Closed) },

	"duty": func(s *scope) any {
		return func(d string) []string { return idTexts(s.w.Dir.Holders(s.m.Agency, org.Duty(d))) }
	},
	"has": func(s *scope) any {
		return func(person, d string) bool { return s.w.Dir.Has(idOf(person), org.Duty(d)) }
	},
	"head":      func(s *scope) any { return func(unit any) []string { return eachID(unit, s.w.Dir.Head) } },
	"leader":    func(s *scope) any { return func(unit any) []string { return eachID(unit, s.w.Dir.LeaderOf) } },
	"in_charge": func(s *scope) any { return func(person any) []string { return inCharge(s.w.Dir, IDs(person)) } },
	"superior":  func(s *scope) any { return func(person any) []string { return eachID(person, s.w.Dir.Superior) } },
	"office_of": func(s *scope) any { return func(unit any) []string { return eachID(unit, s.w.Dir.OfficeOf) } },
	"backup_of": func(s *scope) any { return func(person any) string { return backupOf(s.w.Dir, person).String() } },
	"unit_of":   func(s *scope) any { return func(person any) string { return unitOf(s.w.Dir, person).String() } },
	"director":  func(s *scope) any { return func(i string) string { return s.issuer(i).Director.String() } },
	"principal": func(s *scope) any { return func(i string) string { return s.issuer(i).Principal.String() } },
	"last":      func(s *scope) any { return func(step string) []string { return idTexts(s.m.lastAt(step)) } },
	"ranked":    func(s *scope) any { return func(v any) []string { return idTexts(s.w.Dir.Ranked(IDs(v))) } },
	"reversed": func(s *scope) any {
		return func(v any) []string {
			out := idTexts(s.w.Dir.Ranked(IDs(v)))
			slices.Reverse(out)
			return out
		}
	},
	"people": func(*scope) any { return func(vs ...any) []string { return idTexts(IDs(vs)) } },
	"absent": func(s *scope) any { return func(v any) bool { return s.w.allAway(IDs(v)) } },
	"name":   func(s *scope) any { return s.w.names },
	"responsible": func(s *scope) any {
		return func(v any) []string {
			return eachID(v, func(id db.ID) db.ID { return s.issuer(id.String()).Responsible() })
		}
	},
	"ours": func(s *scope) any {
		return func(v any) []string { return idTexts(ofAgency(s.w.Dir, IDs(v), s.m.Agency)) }
	},
	"issuer_code":    func(s *scope) any { return func(i string) string { return s.issuer(i).Code } },
	"issuer_name":    func(s *scope) any { return func(i string) string { return s.issuer(i).Name } },
	"issuer_side":    func(s *scope) any { return func(i string) string { return s.issuer(i).Side } },
	"is_office":      func(s *scope) any { return func(i string) bool { return s.issuer(i).Office } },
	"fonds":          func(s *scope) any { return func(i string) string { return s.issuer(i).Fonds } },
	"default_issuer": func(s *scope) any { return func() string { return firstIssuer(s.w.Dir, s.m.Agency) } },
	"agency_name":    func(s *scope) any { return func() string { return s.w.Dir.Agency(s.m.Agency).Name } },
	"param": func(s *scope) any {
		return func(clause, key string) string { v, _ := s.w.Rules.Param(clause, key); return v }
	},
	"figure":          func(s *scope) any { return s.w.figure },
	"add_days":        func(s *scope) any { return func(n int) string { return (s.w.Today() + workday.Day(n)).String() } },
	"days_until":      func(s *scope) any { return s.w.daysUntil },
	"days_between":    func(*scope) any { return daysBetween },
	"minutes_between": func(*scope) any { return minutesBetween },
	"limit_minutes":   func(*scope) any { return limitMinutes },
	"workdays_since":  func(s *scope) any { return s.w.workdaysSince },
	"add_workdays":    func(s *scope) any { return func(n int) string { return s.w.Cal.Add(s.w.Today(), n).String() } },
	"workdays_from":   func(s *scope) any { return s.w.workdaysFrom },
	"is_workday":      func(s *scope) any { return s.w.isWorkday },
	"capital":         func(*scope) any { return capital },
	"capital_number":  func(*scope) any { return capitalNumber },
	"is_leader":       func(s *scope) any { return func(v any) bool { return allLeaders(s.w.Dir, IDs(v)) } },
	"ref":             func(s *scope) any { return s.w.ref },
	"due_by":          func(*scope) any { return limitUntil },
	"full_day":        func(*scope) any { return fullDay },
	"filled":          func(*scope) any { return func(v any) bool { return !empty(v) } },
	"chars": func(*scope) any {
		return func(t string) int { return len([]rune(strings.Join(strings.Fields(t), ""))) }
	},
}

func idTexts(ids []db.ID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = id.String()
	}
	return out
}
