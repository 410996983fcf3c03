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
