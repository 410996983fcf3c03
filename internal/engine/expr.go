package engine

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/vm"

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
	Files map[db.ID]bool    // the files that may be entered; nil when nobody enters any
}

// Today is the calendar day of Now.
func (w World) Today() workday.Day { return workday.DayOf(w.Now) }

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
	for _, id := range IDs(v) {
		if m := w.Refs[id]; m != nil {
			maps.Copy(out, m.Fields)
			out["id"], out["title"], out["number"], out["state"], out["step"], out["custody"] = m.ID.String(), m.Title, m.Number, string(m.State), m.Step, string(m.Custody)
			out["work_secret"] = m.WorkSecret
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
	for _, id := range IDs(person) {
		if p := dir.Person(id); p != nil {
			return p.Unit
		}
	}
	return 0
}

// backupOf is the colleague who takes over when a person is away (ORG-24).
func backupOf(dir *org.Directory, person any) db.ID {
	for _, id := range IDs(person) {
		if p := dir.Person(id); p != nil {
			return p.Backup
		}
	}
	return 0
}

// figure is the number a parameter begins with: 5000 of “5000 chars”, 30 of “<=30 days”, 6 of “6个工作日”.
func (w World) figure(clause, key string) int {
	text, _ := w.Rules.Param(clause, key)
	n, err := strconv.Atoi(leading.FindString(strings.TrimLeft(text, "<>= ")))
	if err != nil {
		return 0
	}
	return n
}

var leading = regexp.MustCompile(`^\d+`)

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
	for _, id := range IDs(v) {
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
	for _, id := range IDs(v) {
		if r := f(id); r != 0 && !slices.Contains(out, r.String()) {
			out = append(out, r.String())
		}
	}
	return out
}

// inCharge lists, each once in rank order, who leads the posts of people.
func inCharge(dir *org.Directory, people []db.ID) []string {
	var all []db.ID
	for _, id := range people {
		all = append(all, dir.LedBy(id)...)
	}
	return idTexts(dir.Ranked(all))
}

func idOf(s string) db.ID {
	id, err := db.ParseID(s)
	if err != nil {
		return 0
	}
	return id
}

// IDs reads ids out of whatever a field holds or an expression yields, flat, each once, in order.
func IDs(v any) []db.ID {
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
			for _, id := range IDs(e) {
				add(id)
			}
		}
	}
	return out
}

func (f *Field) zero() any {
	switch f.Type {
	case NumberOf, Decimal, Money:
		return float64(0)
	case Flag:
		return false
	case Choices, People, Units, Files, Issuers, Table:
		return []any{}
	default:
		return ""
	}
}

// namesIn tells expressions what a scope holds. It is worked out once for many of them: that takes longer than all else.
func namesIn(scope map[string]any) expr.Option {
	known := conf.New(scope)
	return func(c *conf.Config) {
		c.EnvObject, c.Env, c.Strict, c.NtCache = known.EnvObject, known.Env, known.Strict, known.NtCache
	}
}

// compile proves an expression against the names and types of a scope and notes which of them it asks for.
func compile(e *Expr, names expr.Option, opts ...expr.Option) error {
	if e.IsZero() {
		return nil
	}
	program, err := expr.Compile(e.Text, append([]expr.Option{names}, opts...)...)
	if err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return fmt.Errorf("表达式“%s”写错了：%s", e.Text, exprPlain(first))
	}
	node := program.Node()
	if err := bounded(node); err != nil {
		return fmt.Errorf("表达式“%s”写错了：%w", e.Text, err)
	}
	e.program = program
	var found asked
	ast.Walk(&node, &found)
	e.asks = found
	return nil
}

// exprWords are what the compiler of expressions says, and what its author understands.
var exprWords = []struct {
	said  *regexp.Regexp
	plain string
}{
	{regexp.MustCompile(`^unknown name (\S+).*`), "不认识“$1”"},
	{regexp.MustCompile(`^unexpected token EOF.*`), "没有写完"},
	{regexp.MustCompile(`^unexpected token \w+\("(.+)"\).*`), "“$1”放错了地方"},
	{regexp.MustCompile(`^invalid operation: (\S+) \(mismatched types .*`), "“$1”两边不是同一种值，不能比较"},
	{regexp.MustCompile(`^not enough arguments to call (\S+).*`), "“$1”括号里写少了"},
	{regexp.MustCompile(`^too many arguments to call (\S+).*`), "“$1”括号里写多了"},
	{regexp.MustCompile(`^literal not terminated.*`), "引号没有收尾"},
	{regexp.MustCompile(`^unclosed .*`), "括号没有收尾"},
}

func exprPlain(said string) string {
	for _, w := range exprWords {
		if w.said.MatchString(said) {
			return w.said.ReplaceAllString(said, w.plain)
		}
	}
	return said
}

// asked gathers the names an expression asks its scope for.
type asked []string

// Visit implements ast.Visitor.
func (a *asked) Visit(node *ast.Node) {
	if n, ok := (*node).(*ast.IdentifierNode); ok && !slices.Contains(*a, n.Value) {
		*a = append(*a, n.Value)
	}
}

// rowAsks are the columns an expression asks a row of a table for: row.day asks for day.
func (e *Expr) rowAsks() []string {
	if e.program == nil || !slices.Contains(e.asks, "row") {
		return nil
	}
	var found columnsAsked
	node := e.program.Node()
	ast.Walk(&node, &found)
	return found
}

// columnsAsked gathers them.
type columnsAsked []string

// Visit implements ast.Visitor.
func (a *columnsAsked) Visit(node *ast.Node) {
	m, ok := (*node).(*ast.MemberNode)
	if !ok {
		return
	}
	of, isName := m.Node.(*ast.IdentifierNode)
	column, isText := m.Property.(*ast.StringNode)
	if isName && isText && of.Value == "row" {
		*a = append(*a, column.Value)
	}
}

// machine 求值机 runs expressions one after the other and keeps its stack and its table of names for the next.
type machine struct {
	vm.VM
	known map[string]any
}

var machines = sync.Pool{New: func() any { return &machine{known: map[string]any{}} }}

// run evaluates an expression; the zero expression yields nil.
func (e Expr) run(s *scope) (any, error) {
	if e.program == nil {
		return nil, nil
	}
	m, _ := machines.Get().(*machine)
	for _, name := range e.asks {
		m.known[name] = s.value(name) // which may run another expression, on another machine
	}
	v, err := m.Run(e.program, m.known)
	clear(m.known)
	machines.Put(m)
	if err != nil {
		return nil, fmt.Errorf("第 %d 行的表达式“%s”算不出结果：%w", e.Line, e.Text, err)
	}
	return v, nil
}

// holds evaluates a condition; the zero expression holds.
func (e Expr) holds(s *scope) (bool, error) {
	if e.IsZero() {
		return true, nil
	}
	v, err := e.run(s)
	b, _ := v.(bool)
	return b, err
}

func (e Expr) text(s *scope) (string, error) {
	v, err := e.run(s)
	if err != nil || v == nil {
		return "", err
	}
	if s, ok := v.(string); ok {
		return s, nil
	}
	return fmt.Sprint(v), nil
}
