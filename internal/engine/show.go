package engine

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/workday"
)

// Format 显示 writes a field's value as the office prints it: names for people and units, 是 and 否, 2026年11月18日.
func (f *Field) Format(v any, w World) string {
	if empty(v) {
		return ""
	}
	switch f.Type {
	case Person, People, Unit, Units, Issuer, Issuers:
		return w.names(v)
	case Flag:
		if b, _ := v.(bool); b {
			return "是"
		}
		return "否"
	case MatterOf:
		title, _ := w.ref(v)["title"].(string)
		return title
	case File, Files, Table:
		return ""
	}
	return ShowValue(f.amount(v)) + measure(f, v)
}

// Amount 金额 is a sum of money that is shown with its cents.
type Amount float64

func (f *Field) amount(v any) any {
	if n, ok := v.(float64); ok && f.Type == Money {
		return Amount(n)
	}
	return v
}

// shown is what an expression of a book or a form yields.
func (e Expr) shown(s *scope) (any, error) {
	v, err := e.run(s)
	if n, ok := v.(float64); ok && e.money {
		v = Amount(n)
	}
	return v, err
}

func measure(f *Field, v any) string {
	if _, ok := v.(float64); ok {
		return f.Measure
	}
	return ""
}

// ShowValue writes whatever an expression yields.
func ShowValue(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return showText(x)
	case bool:
		if x {
			return "是"
		}
		return "否"
	case float64:
		if x == 0 {
			return ""
		}
		return strconv.FormatFloat(x, 'f', -1, 64)
	case Amount:
		if x == 0 {
			return ""
		}
		return strconv.FormatFloat(float64(x), 'f', 2, 64)
	case int:
		return strconv.Itoa(x)
	case []any:
		parts := make([]string, len(x))
		for i, e := range x {
			parts[i] = ShowValue(e)
		}
		return strings.Join(parts, "、")
	}
	return fmt.Sprint(v)
}

// showText turns stored days and instants into the office's writing and leaves other text as it is. It is the same in the
// cells of books and tables, in statistics, in Excel and on paper: 2026年11月18日, 2026年11月18日 09:30.
func showText(s string) string {
	return stored.ReplaceAllStringFunc(s, func(at string) string {
		if t, err := time.Parse(time.RFC3339, at); err == nil {
			return workday.ChineseMoment(t)
		}
		return fullDay(at)
	})
}

// stored are days and instants as they are stored, which may stand within a text that a definition put together.
var stored = regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})|\b)`)
