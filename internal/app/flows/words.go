package flows

import (
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"

	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/org"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	"github.com/chengqi-oa/chengqi/workday"
)

// words 说法 turns the expressions of one definition into what a reader calls them. What it has no word for stays as
// it is written, in code.
type words struct {
	p     *engine.Procedure
	rules *rulebook.Rulebook
}

// text says an expression: who acts, how long, under which condition.
func (w words) text(x engine.Expr) string {
	if strings.Trim(x.Text, `"`) == "" {
		return "—"
	}
	if text, ok := w.known(x); ok {
		return text
	}
	return "`" + cell(x.Text) + "`"
}

// known says an expression if there are words for all of it.
func (w words) known(x engine.Expr) (string, bool) {
	tree, err := parser.Parse(x.Text)
	if err != nil {
		return "", false
	}
	return w.say(tree.Node)
}

var common = map[string]string{"starter": "起办人", "me": "办理人", "starter_unit": "起办科室", "for_me": "被代办人", "today": "今天", "now": "此刻", "hour": "此时"}

// say tells in words what a part of an expression names; false when it has none.
func (w words) say(n ast.Node) (string, bool) {
	switch x := n.(type) {
	case *ast.IdentifierNode:
		if f := w.p.Field(x.Value); f != nil {
			return f.Name, true
		}
		name, ok := common[x.Value]
		return name, ok
	case *ast.StringNode:
		if l, err := workday.ParseLimit(x.Value); err == nil {
			return l.String(), true
		}
		return "“" + x.Value + "”", true
	case *ast.IntegerNode, *ast.FloatNode:
		return n.String(), true
	case *ast.BoolNode:
		return map[bool]string{true: "是", false: "否"}[x.Value], true
	case *ast.ArrayNode:
		return w.list(x.Nodes, "、")
	case *ast.ConditionalNode:
		if of := anyOf(x.Cond); of != nil {
			return w.all("%（没有%时由%）", x.Exp1, of, x.Exp2)
		}
		return w.all("若%时%，否则%", x.Cond, x.Exp1, x.Exp2)
	case *ast.UnaryNode:
		return w.not(x)
	case *ast.MemberNode, *ast.SliceNode:
		return w.piece(n)
	case *ast.BinaryNode:
		if unit, ok := x.Right.(*ast.StringNode); ok && x.Operator == "+" && limitUnits[unit.Value] != "" {
			said, known := w.say(x.Left)
			return strings.TrimRight(said, "日天") + limitUnits[unit.Value], known // a clause's own figure has its unit with it
		}
		if x.Operator == "??" { // what stands in for nothing need not be said
			return w.say(x.Left)
		}
		form, ok := operators[x.Operator]
		if !ok {
			return "", false
		}
		return w.all(form, x.Left, x.Right)
	case *ast.BuiltinNode:
		return w.call(x.Name, x.Arguments)
	case *ast.CallNode:
		if name, ok := x.Callee.(*ast.IdentifierNode); ok {
			return w.call(name.Value, x.Arguments)
		}
	}
	return "", false
}

// members say what is asked of a thing that is named: a room's keeper, a seal's approvers.
var members = map[string]string{"keeper": "%的管理人", "backup": "%的B岗", "approvers": "%的审批人", "issuer": "%所属机关"}

// piece tells what is taken out of something: the first of several, the keeper of a room, the day of an instant.
func (w words) piece(n ast.Node) (string, bool) {
	switch x := n.(type) {
	case *ast.MemberNode:
		if _, ok := x.Property.(*ast.IntegerNode); ok {
			return w.say(x.Node)
		}
		if key, ok := x.Property.(*ast.StringNode); ok && members[key.Value] != "" {
			return w.all(members[key.Value], x.Node)
		}
	case *ast.SliceNode:
		from, _ := x.From.(*ast.IntegerNode)
		to, _ := x.To.(*ast.IntegerNode)
		if from != nil && from.Value == 0 && to != nil && to.Value == 10 {
			return w.all("%当天", x.Node)
		}
	}
	return "", false
}

var operators = map[string]string{
	"==": "%为%", "!=": "%不为%", ">": "%多于%", ">=": "%不少于%", "<": "%少于%", "<=": "%不多于%", "in": "%属于%",
	"and": "%且%", "&&": "%且%", "or": "%或%", "||": "%或%", "contains": "%含%",
}

var limitUnits = map[string]string{" days": "天", " workdays": "个工作日", " hours": "小时"}

// all fills the gaps of a form with the words of several parts.
func (w words) all(form string, nodes ...ast.Node) (string, bool) {
	pieces := strings.Split(form, "%")
	var b strings.Builder
	for i, n := range nodes {
		said, ok := w.say(n)
		if !ok {
			return "", false
		}
		b.WriteString(pieces[i])
		b.WriteString(said)
	}
	b.WriteString(pieces[len(nodes)])
	return b.String(), true
}

func (w words) not(x *ast.UnaryNode) (string, bool) {
	if x.Operator != "not" && x.Operator != "!" {
		return "", false
	}
	said, ok := w.say(x.Node)
	if rest, filled := strings.CutPrefix(said, "已填"); filled {
		return "未填" + rest, ok
	}
	return "没有" + said, ok
}

func (w words) list(nodes []ast.Node, between string) (string, bool) {
	parts := make([]string, len(nodes))
	for i, n := range nodes {
		var ok bool
		if parts[i], ok = w.say(n); !ok {
			return "", false
		}
	}
	return strings.Join(parts, between), true
}

var functions = map[string]string{
	"head": "%负责人", "leader": "分管%的领导", "director": "%的办公室主任", "principal": "%的主要领导",
	"responsible": "%的签发领导", "ranked": "%，按名次", "reversed": "%，名次在后的先办", "unit_of": "%所在科室",
	"filled": "已填%", "absent": "%外出", "is_leader": "%都是领导", "is_office": "%为办公室名义", "ours": "本机关的%",
	"name": "%", "len": "%的个数", "string": "%", "superior": "%的上级领导", "in_charge": "分管%岗位的主任或副主任", "office_of": "%所属办公室", "backup_of": "%的B岗",
	"ref": "%", "due_by": "到%为止", "days_until": "到%",
}

// anyOf is what a condition asks whether there is any of: len(duty("transmitter")) > 0.
func anyOf(n ast.Node) ast.Node {
	more, ok := n.(*ast.BinaryNode)
	if !ok || more.Operator != ">" {
		return nil
	}
	none, _ := more.Right.(*ast.IntegerNode)
	if count, ok := more.Left.(*ast.BuiltinNode); ok && count.Name == "len" && none != nil && none.Value == 0 {
		return count.Arguments[0]
	}
	if count, ok := more.Left.(*ast.CallNode); ok && none != nil && none.Value == 0 {
		if name, ok := count.Callee.(*ast.IdentifierNode); ok && name.Value == "len" {
			return count.Arguments[0]
		}
	}
	return nil
}

// parameter says what a clause sets; of one whose key is put together it names the clause, which holds a table.
func (w words) parameter(clause, key string) (string, bool) {
	if key == "" && w.rules.Clause(clause) != nil {
		return clause + "按表所定", true
	}
	v, ok := w.rules.Param(clause, key)
	if l, err := workday.ParseLimit(v); err == nil {
		v = l.String()
	}
	return v, ok
}

func (w words) call(name string, args []ast.Node) (string, bool) {
	texts := make([]string, len(args))
	for i, a := range args {
		if s, ok := a.(*ast.StringNode); ok {
			texts[i] = s.Value
		}
	}
	switch {
	case name == "default_issuer":
		return "本机关", true
	case name == "people":
		return w.list(args, "、")
	case name == "duty" && len(args) == 1:
		duty := org.Duty(texts[0]).Name()
		return duty, duty != ""
	case name == "has" && len(args) == 2:
		who, ok := w.say(args[0])
		duty := org.Duty(texts[1]).Name()
		return who + "是" + duty, ok && duty != ""
	case name == "last" && len(args) == 1:
		if s := w.p.Step(texts[0]); s != nil {
			return "“" + s.Name + "”的经办人", true
		}
	case (name == "param" || name == "figure") && len(args) == 2:
		return w.parameter(texts[0], texts[1])
	case functions[name] != "" && len(args) == 1:
		return w.all(functions[name], args[0])
	}
	return "", false
}
