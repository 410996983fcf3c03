package engine

import (
	"errors"

	"github.com/expr-lang/expr/ast"
)

// Expressions cannot be stopped once they run, so what could run or grow without end is refused when a definition is
// loaded. With no ranges to count through and no text repeated, a loop is as long as the table or list it runs over;
// what is left to bound is how deep loops stand in one another and how often a name given to a piece is joined to itself.
const (
	deepest = 3    // loops within one another
	longest = 1000 // numbers of a range written out
	widest  = 2000 // pieces that one expression joins
)

var (
	errTooDeep = errors.New("循环套得太深，最多套三层")
	errTooLong = errors.New("不能用“..”数出一长列数来，也不能用 repeat")
	errTooWide = errors.New("把同一段拼接了太多次")
)

// bounded says why an expression might run or grow without end.
func bounded(node ast.Node) error {
	b := bounds{named: map[string]int{}}
	b.weigh(node, 0)
	return b.fault
}

type bounds struct {
	named map[string]int // how many pieces a name stands for
	fault error
}

// weigh is of how many pieces a node's value may be joined.
func (b *bounds) weigh(node ast.Node, depth int) int {
	switch n := node.(type) {
	case nil:
		return 0
	case *ast.IdentifierNode:
		return max(1, b.named[n.Value])
	case *ast.VariableDeclaratorNode:
		outer, had := b.named[n.Name]
		b.named[n.Name] = b.weigh(n.Value, depth)
		sum := b.weigh(n.Expr, depth)
		if delete(b.named, n.Name); had {
			b.named[n.Name] = outer
		}
		return sum
	case *ast.PredicateNode:
		if depth++; depth > deepest {
			b.blame(errTooDeep)
		}
		return b.weigh(n.Node, depth)
	case *ast.ConstantNode:
		if list, ok := n.Value.([]int); ok && len(list) > longest { // a range that was written out beforehand
			b.blame(errTooLong)
		}
	case *ast.BinaryNode:
		if n.Operator == ".." && !short(n) {
			b.blame(errTooLong)
		}
	case *ast.BuiltinNode:
		if n.Name == "repeat" {
			b.blame(errTooLong)
		}
	}
	sum := 0
	for _, part := range parts(node) {
		sum += b.weigh(part, depth)
	}
	if sum > widest {
		b.blame(errTooWide)
		return widest // said once; what is weighed further stays in figures
	}
	return max(1, sum)
}

func (b *bounds) blame(err error) {
	if b.fault == nil {
		b.fault = err
	}
}

func short(n *ast.BinaryNode) bool {
	from, isNumber := n.Left.(*ast.IntegerNode)
	to, areNumbers := n.Right.(*ast.IntegerNode)
	return isNumber && areNumbers && to.Value-from.Value < longest
}

// parts are the nodes a node is made of.
func parts(node ast.Node) []ast.Node {
	switch n := node.(type) {
	case *ast.UnaryNode:
		return []ast.Node{n.Node}
	case *ast.BinaryNode:
		return []ast.Node{n.Left, n.Right}
	case *ast.ChainNode:
		return []ast.Node{n.Node}
	case *ast.MemberNode:
		return []ast.Node{n.Node, n.Property}
	case *ast.SliceNode:
		return []ast.Node{n.Node, n.From, n.To}
	case *ast.CallNode:
		return append([]ast.Node{n.Callee}, n.Arguments...)
	case *ast.BuiltinNode:
		return append([]ast.Node{n.Map}, n.Arguments...)
	case *ast.ConditionalNode:
		return []ast.Node{n.Cond, n.Exp1, n.Exp2}
	case *ast.SequenceNode:
		return n.Nodes
	case *ast.ArrayNode:
		return n.Nodes
	case *ast.MapNode:
		return n.Pairs
	case *ast.PairNode:
		return []ast.Node{n.Key, n.Value}
	}
	return nil
}
