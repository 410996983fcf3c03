package engine

import (
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr"

	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/workday"
)

// prover holds a definition against everything that must be true before an office may run it.
type prover struct {
	p      *Procedure
	file   string
	proof  Proof
	faults []Fault
	scope  map[string]any
	names  expr.Option // of the scope
	rows   *Field      // the table whose row is spoken of

	misspelt bool // a target names no step
}

func (v *prover) fault(path, format string, args ...any) {
	line := v.p.lines[path]
	for line == 0 && strings.Contains(path, ".") { // the nearest part that has a place
		path = path[:strings.LastIndex(path, ".")]
		line = v.p.lines[path]
	}
	v.faults = append(v.faults, Fault{v.file, line, fmt.Sprintf(format, args...)})
}

var knownTypes = []Type{
	Text, LongText, Body, NumberOf, Decimal, Money, Date, DateTime, Choice, Choices, Flag, Person, People, Unit, Units,
	Issuer, Issuers, File, Files, MatterOf, Table,
}

func (v *prover) prove() {
	p := v.p
	for _, part := range []struct{ path, value, name string }{{"kind", p.Kind, "kind（程序代号）"}, {"name", p.Name, "name（程序名称）"}, {"group", p.Group, "group（所属门类）"}} {
		if part.value == "" {
			v.fault(part.path, "缺少 %s", part.name)
		}
	}
	if len(p.Steps) == 0 {
		v.fault("steps", "至少要有一个环节（steps）")
		return
	}
	p.fields, p.steps = map[string]*Field{}, map[string]*Step{}
	for i := range p.Fields {
		p.fields[p.Fields[i].Key] = &p.Fields[i]
	}
	for i := range p.Steps {
		p.steps[p.Steps[i].Key] = &p.Steps[i]
	}
	v.within(p.sampleScope())
	v.reserved()
	v.fields("fields", p.Fields)
	v.heads()
	for i := range p.Steps {
		v.step(&p.Steps[i])
	}
	for i := range p.Always {
		v.action("always", &p.Always[i], nil)
	}
	v.books()
	v.tallies()
	v.rates()
	v.numbersOnly()
	v.reach()
	v.fieldsUsed()
}

// reserved refuses fields named as the words every expression already knows: one would hide the other.
func (v *prover) reserved() {
	words := (&Procedure{}).sampleScope()
	for _, f := range v.p.Fields {
		if _, taken := words[f.Key]; taken {
			v.fault("fields."+f.Key, "字段不能叫“%s”：这是表达式里的固定词，请换一个名字", f.Key)
		}
	}
}

// sampleScope is the scope with every name present, for proving expressions.
func (p *Procedure) sampleScope() map[string]any {
	return p.scope(&Matter{Fields: map[string]any{}}, World{Dir: org.NewDirectory(0, org.Rows{}), Cal: workday.Official()}).all()
}

// within has the expressions that follow proved in a scope.
func (v *prover) within(scope map[string]any) { v.scope, v.names = scope, namesIn(scope) }

func (v *prover) expr(path string, e *Expr, opts ...expr.Option) {
	if err := compile(e, v.names, opts...); err != nil {
		if e.Line > 0 {
			v.faults = append(v.faults, Fault{v.file, e.Line, err.Error()})
			return
		}
		v.fault(path, "%s", err)
		return
	}
	for _, column := range e.rowAsks() {
		if v.rows != nil && v.rows.column(column) == nil {
			v.fault(path, "表格没有栏目“%s”%s", column, nearest(column, v.rows.columnKeys()))
		}
	}
}

func (v *prover) clauses(path string, ids ...string) {
	for _, id := range ids {
		if id != "" && v.proof.Rules.Clause(id) == nil {
			v.fault(path, "制度库没有条款“%s”", id)
		}
	}
}

func (v *prover) fields(path string, fields []Field) {
	for i := range fields {
		f := &fields[i]
		at := path + "." + f.Key
		if f.Name == "" {
			v.fault(at, "字段“%s”缺少名称（name）", f.Key)
		}
		if !slices.Contains(knownTypes, f.Type) {
			v.fault(at, "字段“%s”的类型“%s”没有这一种%s", f.Key, f.Type, nearest(string(f.Type), typeWords(knownTypes)))
		}
		if (f.Type == Choice || f.Type == Choices) && len(f.Options) == 0 && !f.Transient {
			v.fault(at, "字段“%s”是选项，要写出可选的内容（options）", f.Key)
		}
		if (f.Type == Table) != (len(f.Columns) > 0) {
			v.fault(at, "字段“%s”：表格要写栏目（columns），其他类型不写", f.Key)
		}
		v.clauses(at, f.Clause)
		v.expr(at+".default", &f.Default)
		v.expr(at+".show", &f.Show, expr.AsBool())
		v.fields(at+".columns", f.Columns)
	}
}

func typeWords(types []Type) []string {
	out := make([]string, len(types))
	for i, t := range types {
		out[i] = string(t)
	}
	return out
}

// heads proves what stands at the head of the definition.
func (v *prover) heads() {
	p := v.p
	v.clauses("basis", p.Basis...)
	for _, h := range []struct {
		path, field string
		types       []Type
	}{
		{"title", p.Title, []Type{Text, LongText}},
		{"party", p.Party, []Type{Text, LongText, Unit, Units, Issuer, Person, People, Choice}},
		{"party_number", p.PartyNumber, []Type{Text}},
		{"secrecy", p.Secrecy, []Type{Choice}},
		{"work_secret", p.WorkSecret, []Type{Flag}},
		{"known_to", p.KnownTo, []Type{People, Person}},
		{"urgency", p.Urgency, []Type{Choice}},
		{"unit", p.Unit, []Type{Unit, Units}},
		{"limit_from", p.LimitFrom, []Type{DateTime}},
		{"held", p.Held, []Type{Date, DateTime}},
		{"for", p.ForWhom, []Type{Person, People}},
	} {
		if h.field == "" {
			continue
		}
		f := p.Field(h.field)
		if f == nil {
			v.fault(h.path, "没有字段“%s”", h.field)
		} else if !slices.Contains(h.types, f.Type) {
			v.fault(h.path, "字段“%s”的类型不合适，这里要用 %s", h.field, strings.Join(typeWords(h.types), "、"))
		}
	}
	v.workSecret()
	if p.Title == "" {
		v.fault("title", "要指明哪个字段是标题（title）")
	}
	v.expr("sealed", &p.Sealed, expr.AsBool())
	v.expr("start", &p.Start)
	if p.Start.IsZero() {
		v.fault("start", "要写明谁可以开始办理（start）")
	}
	v.limit("limit", &p.Limit)
	v.expr("number.series", &p.Number.Series)
	v.expr("number.text", &p.Number.Text)
	v.clauses("number.clause", p.Number.Clause)
	for _, d := range p.Sees {
		if !org.Duty(d).Known() {
			v.fault("sees", "没有岗位职责“%s”", d)
		}
	}
	if p.Thing != "" && p.Step(p.Thing) == nil {
		v.fault("thing", "没有环节“%s”", p.Thing)
	}
	if p.Custody != "" && p.Custody != InUse {
		v.fault("custody", "新办的文件都是现行的，这里只能写“%s”", InUse)
	}
	v.calls("closing", p.Closing)
	for _, key := range p.Correct {
		if p.Field(key) == nil {
			v.fault("correct", "没有字段“%s”", key)
		}
	}
}

// limit proves a limit: a plain limit such as "2 workdays" may be written without quotes around quotes.
func (v *prover) limit(path string, e *Expr) {
	if e.IsZero() {
		return
	}
	if _, err := workday.ParseLimit(e.Text); err == nil {
		e.Text = `"` + e.Text + `"`
	}
	v.expr(path, e)
}

func (v *prover) step(s *Step) {
	at := "steps." + s.Key
	if slices.Contains(freeTargets, s.Key) {
		v.fault(at, "环节不能叫“%s”：这是去向里的固定词，请换一个名字", s.Key)
	}
	if s.Name == "" {
		v.fault(at, "环节“%s”缺少名称（name）", s.Key)
	}
	if s.Mode == "" {
		s.Mode = Any
	}
	if s.Mode != Any && s.Mode != All && s.Mode != InOrder {
		v.fault(at+".mode", "办理方式只能是 any（一人办即可）、all（都要办）、in-order（依次办）")
	}
	if s.Who.IsZero() {
		if s.Key != v.p.Steps[0].Key {
			v.fault(at, "环节“%s”没有写明由谁办（who）", s.Key)
		}
		s.Who = Expr{Text: "starter", Line: v.p.lines[at]}
	}
	v.expr(at+".who", &s.Who)
	v.expr(at+".told", &s.Told)
	v.expr(at+".in_person", &s.InPerson, expr.AsBool())
	v.limit(at+".limit", &s.Limit)
	v.clauses(at+".basis", s.Basis...)
	if a := v.p.action(s.Key, s.Overdue); s.Overdue != "" && (a == nil || !a.Auto) {
		v.fault(at+".overdue", "到期自动办的动作（overdue）要是本环节由系统办（auto）的动作，没有“%s”", s.Overdue)
	}
	for i := range s.Actions {
		v.action(at+".actions", &s.Actions[i], s)
	}
}

var freeTargets = []string{ToClosed, ToStay, ToChosen, ToUndo, ToVoid, ToSuspend, ToResume, ToTransfer, ToReaders, ToRead, ToUrge, ToExtend}

func (v *prover) action(path string, a *Action, step *Step) {
	at := path + "." + a.Key
	if a.Name == "" {
		v.fault(at, "动作“%s”缺少名称（name）", a.Key)
	}
	if len(a.To) == 0 {
		v.fault(at, "动作“%s”没有写明去向（to）", a.Key)
	}
	for i := range a.To {
		b := &a.To[i]
		v.expr(at+".to", &b.If, expr.AsBool())
		if v.p.Step(b.To) == nil && !slices.Contains(freeTargets, b.To) {
			v.misspelt = true
			v.fault(at+".to", "没有环节“%s”%s", b.To, nearest(b.To, v.stepKeys()))
		}
	}
	if n := len(a.To); n > 0 && !a.To[n-1].If.IsZero() {
		v.fault(at+".to", "最后一个去向不要写条件，否则可能无处可去")
	}
	if !slices.Contains([]string{"", "none", "optional", "required"}, a.Opinion) {
		v.fault(at+".opinion", "意见只能写 none（不填）、optional（可填）、required（必填）")
	}
	v.entries(at, a)
	v.expr(at+".by", &a.By)
	v.expr(at+".when", &a.When, expr.AsBool())
	v.clauses(at+".basis", a.Basis...)
	v.checks(at+".needs", a.Needs)
	v.checks(at+".checks", a.Checks)
	for i := range a.Set {
		if v.p.Field(a.Set[i].Field) == nil {
			v.fault(at+".set."+a.Set[i].Field, "没有字段“%s”", a.Set[i].Field)
		}
		v.expr(at+".set", &a.Set[i].Value)
	}
	a.noteWanted(v.p)
	v.calls(at+".do", a.Do)
	for _, call := range a.Do {
		if call.Name == NumberEffect && v.p.Number.Text.IsZero() {
			v.fault(at+".do", "要编号，却没有写编号规则（number）")
		}
	}
	for i := range a.Begin {
		v.begun(at+".begin", &a.Begin[i])
	}
	if a.Each && (step == nil || step.Mode == Any) {
		v.fault(at+".each", "只有都要办（all）或依次办（in-order）的环节才能写 each")
	}
}

func (v *prover) calls(at string, calls []Call) {
	for _, call := range calls {
		if _, ok := v.proof.Effects[call.Name]; !ok {
			v.fault(at, "程序里没有效果“%s”", call.Name)
		}
	}
}

func (v *prover) entries(at string, a *Action) {
	for _, e := range a.Fields {
		if e.Field == "$correct" || v.p.Field(e.Field) != nil {
			continue
		}
		keys := make([]string, len(v.p.Fields))
		for i := range v.p.Fields {
			keys[i] = v.p.Fields[i].Key
		}
		v.fault(at+".fields", "没有字段“%s”%s", e.Field, nearest(e.Field, keys))
	}
}

func (v *prover) checks(path string, checks []Check) {
	for i := range checks {
		at := fmt.Sprintf("%s.%d", path, i)
		v.expr(at, &checks[i].OK, expr.AsBool())
		v.clauses(at, checks[i].Clause)
		if checks[i].OK.IsZero() || checks[i].Say == "" {
			v.fault(at, "校验要写条件（ok）和不符时的提示（say）")
		}
		if f := checks[i].Field; f != "" && v.p.Field(f) == nil {
			v.fault(at, "没有字段“%s”", f)
		}
	}
}

func (v *prover) stepKeys() []string {
	out := make([]string, len(v.p.Steps))
	for i := range v.p.Steps {
		out[i] = v.p.Steps[i].Key
	}
	return out
}
