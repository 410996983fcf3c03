package engine

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/org"
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
	return ShowValue(v) + measure(f, v)
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

// showText turns stored days and instants into the office's writing and leaves other text as it is.
func showText(s string) string {
	if len(s) == len("2026-11-18") && s[4] == '-' {
		if _, err := workday.ParseDay(s); err == nil {
			return s
		}
	}
	if len(s) >= len("2026-11-18T09:30:00Z") && s[4] == '-' && s[10] == 'T' {
		if t, err := time.Parse(time.RFC3339, s); err == nil {
			return t.In(db.Location).Format("2006-01-02 15:04")
		}
	}
	return s
}

// DirectoryOnly is a world in which only names matter, for showing values.
func DirectoryOnly(dir *org.Directory, now time.Time) World { return World{Dir: dir, Now: now} }
