// Package scaffold 定义样稿 writes the first draft of a definition, from which an office makes a register of its own.
//
// It knows one shape, the commonest: somebody asks, somebody decides, a register, a printed form. Invariant: what it
// writes proves and runs as it is, so that its author changes something that works.
package scaffold

import (
	_ "embed"
	"regexp"
	"strings"
	"text/template"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

//go:embed definition.yaml.tmpl
var text string

var draft = template.Must(template.New("definition").Parse(text))

var (
	goodKind = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	goodName = regexp.MustCompile(`^[\p{L}\p{N}（）、·]{2,30}$`)
)

// Subject 样稿内容 is what the author says of the new kind.
type Subject struct {
	Kind  string // 代号
	Name  string // 名称
	Group string // 门类
}

// Write gives the definition as text.
func Write(s Subject) (string, error) {
	if s.Group == "" {
		s.Group = "其他"
	}
	var reasons []errs.Reason
	if !goodKind.MatchString(s.Kind) {
		reasons = append(reasons, errs.Reason{Text: "代号用小写英文字母和数字，几个词之间用“-”连接，如 key-loan", Field: "kind"})
	}
	for _, n := range []struct{ text, what, field string }{{s.Name, "名称", "name"}, {s.Group, "门类", "group"}} {
		if !goodName.MatchString(n.text) {
			reasons = append(reasons, errs.Reason{Text: n.what + "用二至三十个汉字、字母或数字", Field: n.field})
		}
	}
	if len(reasons) > 0 {
		return "", errs.Refuse("没有写出定义", reasons...)
	}
	var out strings.Builder
	err := draft.Execute(&out, s)
	return out.String(), err
}
