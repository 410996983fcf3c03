package engine

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Fault 定义错误 is one thing wrong in a definition, at a place its author can find.
type Fault struct {
	File string
	Line int
	Text string
}

func (f Fault) String() string { return fmt.Sprintf("%s 第 %d 行：%s", f.File, f.Line, f.Text) }

// Faulty is the error that tells every fault of the definitions; nil if there is none.
func Faulty(faults []Fault) error {
	if len(faults) == 0 {
		return nil
	}
	told := make([]string, len(faults))
	for i, f := range faults {
		told[i] = f.String()
	}
	return fmt.Errorf("办理程序定义有 %d 处错误：\n%s", len(faults), strings.Join(told, "\n"))
}

// lines remembers where each part of a definition stands: "steps.apply.actions.submit" → line.
type lines map[string]int

// decoder turns YAML nodes into definition structs. A mapping decoded into a slice keeps its order and gives each
// element its key; every word that is not understood is reported with its line and the nearest word that is.
type decoder struct {
	faults  []Fault
	file    string
	lines   lines
	strange int // faults that are only a word nobody knows, after which the rest can be read
}

func (d *decoder) fault(line int, format string, args ...any) {
	d.faults = append(d.faults, Fault{d.file, line, fmt.Sprintf(format, args...)})
}

func (d *decoder) decode(node *yaml.Node, into reflect.Value, path string) {
	d.lines[path] = node.Line
	switch target := into.Addr().Interface().(type) {
	case *Expr:
		*target = Expr{Text: strings.TrimSpace(d.scalar(node)), Line: node.Line}
		return
	case *[]Branch:
		if node.Kind == yaml.ScalarNode {
			*target = []Branch{{To: node.Value}}
			return
		}
	case *[]Entry:
		*target = d.entries(node)
		return
	case *[]Call:
		*target = d.calls(node)
		return
	case *[]Assign:
		d.assigns(node, target, path)
		return
	case *[]string:
		*target = d.words(node)
		return
	}
	switch into.Kind() {
	case reflect.String:
		into.SetString(d.scalar(node))
	case reflect.Bool:
		v, err := strconv.ParseBool(node.Value)
		if err != nil {
			d.fault(node.Line, "这里只能写 true 或 false，写的是“%s”", node.Value)
		}
		into.SetBool(v)
	case reflect.Int:
		v, err := strconv.Atoi(node.Value)
		if err != nil {
			d.fault(node.Line, "这里要写整数，写的是“%s”", node.Value)
		}
		into.SetInt(int64(v))
	case reflect.Slice:
		d.list(node, into, path)
	case reflect.Struct:
		d.mapping(node, into, path)
	default:
		panic("engine: a definition field of kind " + into.Kind().String())
	}
}

func (d *decoder) scalar(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode {
		d.fault(n.Line, "这里要写一行文字，不能写成列表或分项")
		return ""
	}
	return n.Value
}

func (d *decoder) words(n *yaml.Node) []string {
	if n.Kind == yaml.ScalarNode {
		return strings.Fields(strings.ReplaceAll(n.Value, ",", " "))
	}
	out := make([]string, 0, len(n.Content))
	for _, c := range n.Content {
		out = append(out, d.scalar(c))
	}
	return out
}

func (d *decoder) entries(n *yaml.Node) []Entry {
	words := d.words(n)
	out := make([]Entry, len(words))
	for i, w := range words {
		out[i] = Entry{Field: strings.TrimSuffix(w, "!"), Required: strings.HasSuffix(w, "!")}
	}
	return out
}

func (d *decoder) calls(n *yaml.Node) []Call {
	words := d.words(n)
	out := make([]Call, len(words))
	for i, w := range words {
		name, arg, _ := strings.Cut(w, "(")
		out[i] = Call{Name: name, Arg: strings.TrimSuffix(arg, ")")}
	}
	return out
}

func (d *decoder) assigns(n *yaml.Node, into *[]Assign, path string) {
	if n.Kind != yaml.MappingNode {
		d.fault(n.Line, "赋值要写成“字段: 表达式”")
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		d.lines[path+"."+key.Value] = key.Line
		*into = append(*into, Assign{Field: key.Value, Value: Expr{Text: d.scalar(value), Line: value.Line}})
	}
}

func (d *decoder) list(n *yaml.Node, into reflect.Value, path string) {
	switch n.Kind {
	case yaml.MappingNode: // a keyed list
		seen := map[string]bool{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			if seen[key.Value] {
				d.fault(key.Line, "“%s”写了两次", key.Value)
			}
			seen[key.Value] = true
			item := reflect.New(into.Type().Elem()).Elem()
			if f := item.FieldByName("Key"); f.IsValid() {
				f.SetString(key.Value)
			}
			d.decode(value, item, path+"."+key.Value)
			d.lines[path+"."+key.Value] = key.Line
			into.Set(reflect.Append(into, item))
		}
	case yaml.SequenceNode:
		for i, c := range n.Content {
			item := reflect.New(into.Type().Elem()).Elem()
			d.decode(c, item, fmt.Sprintf("%s.%d", path, i))
			into.Set(reflect.Append(into, item))
		}
	default:
		d.fault(n.Line, "这里要写列表")
	}
}

func (d *decoder) mapping(n *yaml.Node, into reflect.Value, path string) {
	if n.Kind != yaml.MappingNode {
		d.fault(n.Line, "这里要分项写（名称: 内容）")
		return
	}
	byName := map[string]reflect.Value{}
	var names []string
	for i := range into.NumField() {
		tag := into.Type().Field(i).Tag.Get("yaml")
		if tag != "" && tag != "-" {
			byName[tag] = into.Field(i)
			names = append(names, tag)
		}
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		field, ok := byName[key.Value]
		switch {
		case !ok:
			d.fault(key.Line, "不认识“%s”%s", key.Value, nearest(key.Value, names))
			d.strange++
			if meant := like(key.Value, names); meant != "" && !seen[meant] { // so that one slip is one fault
				d.decode(value, byName[meant], join(path, meant))
				seen[meant] = true
			}
		case seen[key.Value]:
			d.fault(key.Line, "“%s”写了两次", key.Value)
		default:
			d.decode(value, field, join(path, key.Value))
			d.lines[join(path, key.Value)] = key.Line
		}
		seen[key.Value] = true
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// nearest suggests the known word that differs least.
func nearest(word string, known []string) string {
	if best := like(word, known); best != "" {
		return fmt.Sprintf("，是不是“%s”？", best)
	}
	return ""
}

// like finds the known word that differs least from a word, if it differs little.
func like(word string, known []string) string {
	best, distance := "", 3
	for _, k := range slices.Sorted(slices.Values(known)) {
		if e := edits(word, k); e < distance {
			best, distance = k, e
		}
	}
	return best
}

// edits is the Levenshtein distance.
func edits(a, b string) int {
	ra, rb := []rune(a), []rune(b)
	row := make([]int, len(rb)+1)
	for j := range row {
		row[j] = j
	}
	for i := range ra {
		left := i + 1
		for j := range rb {
			cost := row[j]
			if ra[i] != rb[j] {
				cost++
			}
			cost = min(cost, left+1, row[j+1]+1)
			row[j], left = left, cost
		}
		row[len(rb)] = left
	}
	return row[len(rb)]
}
