package engine

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/workday"
)

func empty(v any) bool {
	switch x := v.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(x) == ""
	case []any:
		return len(x) == 0
	case []string:
		return len(x) == 0
	}
	return false
}

// accept turns what was entered into the stored value of a field, or says in Chinese what is wrong with it.
func (f *Field) accept(v any, m *Matter, w World) (any, *errs.Reason) {
	if empty(v) {
		return nil, nil
	}
	switch f.Type {
	case NumberOf, Decimal, Money:
		return f.acceptNumber(v)
	case Flag:
		return f.acceptFlag(v)
	case Date, DateTime:
		return f.acceptTime(v)
	case Choices, People, Units, Issuers, Files:
		return f.acceptList(v, m, w)
	case Table:
		return f.acceptTable(v, m, w)
	}
	s, ok := v.(string)
	if !ok {
		return nil, f.wrong("应填写文字")
	}
	long := f.Type == Body || f.Type == LongText
	if s = plain(s, long); !long {
		s = strings.TrimSpace(s)
	}
	return f.acceptText(s, m, w)
}

// plain takes out what cannot be seen and yet changes what is: control characters, marks that turn the direction of
// writing (so that a name ends otherwise than it looks) and letters of no width (by which a word is not found). Line
// breaks stay in long texts; elsewhere they are spaces.
func plain(s string, long bool) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			if long {
				return r
			}
			return ' '
		case r == '\r' && !long:
			return ' '
		case r == '\ufffd' || r == '\ufeff' || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r >= '\u200b' && r <= '\u200d' || r == '\u2060':
			return -1
		}
		return r
	}, s)
}

const noSuchFile = "里有一个附件不是您上传的，也不在您看得到的事项里，请去掉后重新上传"

func (f *Field) wrong(format string, args ...any) *errs.Reason {
	return &errs.Reason{Text: "“" + f.Name + "”" + fmt.Sprintf(format, args...), Clause: f.Clause, Field: f.Key}
}

func (f *Field) acceptText(s string, m *Matter, w World) (any, *errs.Reason) {
	limit := f.Max
	if limit == 0 {
		limit = map[Type]int{Body: 200_000, LongText: 20_000}[f.Type]
	}
	if limit == 0 {
		limit = 500
	}
	if n := len([]rune(s)); n > limit {
		return nil, f.wrong("最多 %d 字，现有 %d 字", limit, n)
	}
	switch f.Type {
	case Choice:
		if !slices.Contains(f.Options, s) && !f.AlsoAny {
			return nil, f.wrong("只能选“%s”之一", strings.Join(f.Options, "、"))
		}
	case MatterOf:
		if !f.exists(idOf(s), m, w) {
			return nil, f.wrong("选的不在登记簿中，请重新选择")
		}
	case File:
		if !f.exists(idOf(s), m, w) {
			return nil, f.wrong("%s", noSuchFile)
		}
	case Person, Unit, Issuer:
		if !f.exists(idOf(s), m, w) {
			return nil, f.wrong("选的不在本机关名册中，请重新选择")
		}
	}
	return s, nil
}

// exists tells whether an id may be put into the field. People are of the matter's own agency; a unit may be another
// agency's, for that is how a matter is sent outside; what already stands in the field may stay.
func (f *Field) exists(id db.ID, m *Matter, w World) bool {
	if slices.Contains(IDs(m.Fields[f.Key]), id) {
		return true
	}
	switch f.Type {
	case Person, People:
		p := w.Dir.Person(id)
		return p != nil && p.Active && p.Agency == m.Agency
	case Unit, Units:
		u := w.Dir.Unit(id)
		return u != nil && u.Active
	case Issuer:
		i := w.Dir.Issuer(id)
		return i != nil && i.Agency == m.Agency
	case Issuers:
		return w.Dir.Issuer(id) != nil
	case MatterOf:
		r := w.Refs[id]
		return r != nil && r.Agency == m.Agency && (f.Of == "" || r.Kind == f.Of)
	case File, Files:
		return w.Files == nil || w.Files[id]
	}
	return true
}

func (f *Field) acceptNumber(v any) (any, *errs.Reason) {
	var n float64
	switch x := v.(type) {
	case float64:
		n = x
	case int:
		n = float64(x)
	case int64:
		n = float64(x)
	case json.Number:
		n, _ = x.Float64()
	case string:
		if _, err := fmt.Sscanf(strings.TrimSpace(x), "%g", &n); err != nil {
			return nil, f.wrong("应填写数字")
		}
	default:
		return nil, f.wrong("应填写数字")
	}
	if math.IsNaN(n) || math.IsInf(n, 0) || n < 0 {
		return nil, f.wrong("应填写不小于 0 的数")
	}
	if f.Type == NumberOf && n != math.Trunc(n) {
		return nil, f.wrong("应填写整数")
	}
	if f.Max > 0 && n > float64(f.Max) {
		return nil, f.wrong("不能大于 %d", f.Max)
	}
	return n, nil
}

func (f *Field) acceptFlag(v any) (any, *errs.Reason) {
	if b, ok := v.(bool); ok {
		return b, nil
	}
	return nil, f.wrong("只能选是或否")
}

func (f *Field) acceptTime(v any) (any, *errs.Reason) {
	s, ok := v.(string)
	if !ok {
		return nil, f.wrong("应填写日期")
	}
	if f.Type == Date {
		d, err := workday.ParseDay(strings.TrimSpace(s))
		if err != nil {
			return nil, f.wrong("应填写日期，如 2026-11-18")
		}
		return d.String(), nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(layout, strings.TrimSpace(s), db.Location); err == nil {
			return t.In(db.Location).Format(time.RFC3339), nil
		}
	}
	return nil, f.wrong("应填写日期和时间，如 2026-11-18 09:30")
}

func (f *Field) acceptList(v any, m *Matter, w World) (any, *errs.Reason) {
	var items []any
	switch x := v.(type) {
	case []any:
		items = x
	case []string:
		for _, s := range x {
			items = append(items, s)
		}
	case string:
		items = []any{x}
	default:
		return nil, f.wrong("应为一组选项")
	}
	out := make([]any, 0, len(items))
	for _, it := range items {
		s, ok := it.(string)
		if !ok {
			return nil, f.wrong("应为一组选项")
		}
		if f.Type == Choices && !slices.Contains(f.Options, s) {
			return nil, f.wrong("没有“%s”这一项", s)
		}
		if f.Type == Files && !f.exists(idOf(s), m, w) {
			return nil, f.wrong("%s", noSuchFile)
		}
		if f.Type != Choices && !f.exists(idOf(s), m, w) {
			return nil, f.wrong("选的不在本机关名册中，请重新选择")
		}
		if !slices.Contains(out, any(s)) {
			out = append(out, s)
		}
	}
	return out, nil
}

func (f *Field) acceptTable(v any, m *Matter, w World) (any, *errs.Reason) {
	rows, ok := v.([]any)
	if !ok || len(rows) > 5000 {
		return nil, f.wrong("应为一张表")
	}
	out := make([]any, 0, len(rows))
	for n, r := range rows {
		cells, ok := r.(map[string]any)
		if !ok {
			return nil, f.wrong("第 %d 行读不出来", n+1)
		}
		row, bad := f.acceptRow(cells, m, w)
		if bad != nil {
			reason := f.wrong("第 %d 行%s", n+1, bad.Text)
			reason.Cells = []errs.Cell{{Row: n, Column: bad.Field}}
			return nil, reason
		}
		if len(row) > 0 {
			out = append(out, row)
		}
	}
	return out, nil
}

func (f *Field) acceptRow(cells map[string]any, m *Matter, w World) (Row, *errs.Reason) {
	row := Row{}
	for i := range f.Columns {
		c := &f.Columns[i]
		if c.Hidden && !f.carried(c.Key, cells[c.Key], m) {
			continue
		}
		value, bad := c.accept(cells[c.Key], m, w)
		if bad != nil {
			return nil, bad
		}
		if value != nil {
			row[c.Key] = value
		}
	}
	return row, nil
}

// carried tells whether what the system wrote into a column comes back as it stands: it may be moved with its line and
// dropped, never made up.
func (f *Field) carried(column string, v any, m *Matter) bool {
	return slices.ContainsFunc(m.Rows(f.Key), func(r Row) bool { return reflect.DeepEqual(r[column], v) })
}
