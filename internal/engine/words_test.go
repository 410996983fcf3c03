package engine

import "testing"

func Test缺的是填是选还是勾说得清(t *testing.T) {
	for _, c := range []struct {
		field Field
		want  string
	}{
		{Field{Type: Text}, "没有填写"},
		{Field{Type: Flag}, "没有勾选"},
		{Field{Type: Person}, "没有选择"},
		{Field{Type: Choice}, "没有选择"},
		{Field{Type: Choice, AlsoAny: true}, "没有填写"},
		{Field{Type: Files}, "没有附上"},
	} {
		if got := c.field.missing(); got != c.want {
			t.Errorf("%s 缺时说“%s”，应说“%s”", c.field.Type, got, c.want)
		}
	}
}

func Test句子里的日期写成年月日(t *testing.T) {
	for given, want := range map[string]string{"2026-11-08": "2026年11月8日", "2026-11-18T09:30:00+08:00": "2026年11月18日", "": "", "下周": "下周"} {
		if got := fullDay(given); got != want {
			t.Errorf("%q 写成%q，应是%q", given, got, want)
		}
	}
}

// Days are written in one way wherever a value is shown: on screen, in Excel and on paper.
func Test显示的日期写成年月日(t *testing.T) {
	for given, want := range map[string]string{
		"2026-11-08":                    "2026年11月8日",
		"2026-11-18T09:30:00+08:00":     "2026年11月18日 09:30",
		"2026-11-18T01:30:00Z":          "2026年11月18日 09:30",
		"2026-11-18至2026-11-20":         "2026年11月18日至2026年11月20日",
		"0000-6210032":                  "0000-6210032",
		"2026-13-40":                    "2026-13-40",
		"J101-WS·2026-D30-0001，2026-11": "J101-WS·2026-D30-0001，2026-11",
		"限2026-11-25前答复（2026-11-24T08:00:00Z）": "限2026年11月25日前答复（2026年11月24日 16:00）",
	} {
		if got := ShowValue(given); got != want {
			t.Errorf("%q 写成%q，应是%q", given, got, want)
		}
	}
}
