package periodic_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/office/periodic"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	rules "github.com/chengqi-oa/chengqi/rulebook"
	"github.com/chengqi-oa/chengqi/workday"
)

func duties(t *testing.T) []periodic.Duty {
	t.Helper()
	book, err := rulebook.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	list, err := periodic.Load(rules.Files, nil, book, anyKind)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func anyKind(string) bool { return true }

func Test本单位按月改季节提醒(t *testing.T) { // EMRG-30
	book, err := rulebook.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	load := func(text string) ([]periodic.Duty, error) {
		own := fstest.MapFS{periodic.OwnFile: {Data: []byte(text)}}
		return periodic.Load(rules.Files, own, book, func(kind string) bool { return kind != "secrecy-inspections" })
	}
	shipped := len(duties(t))
	list, err := load(`duties:
  - {key: season-snow, name: 清冰雪部署, clause: EMRG-30, holder: director, every: year, on: "10-20", lead: 15, task: 本县下雪早，提前部署。}
  - {key: season-fire, name: 春季防火部署, clause: EMRG-30, holder: director, every: year, on: "03-10", lead: 10, task: 林草防火提前预警。}
  - {key: season-thaw, off: true}
`)
	if err != nil || len(list) != shipped {
		t.Fatalf("%d项，应为%d项：%v", len(list), shipped, err)
	}
	got := map[string]string{}
	for _, d := range list {
		got[d.Key] = d.On
	}
	if got["season-snow"] != "10-20" || got["season-fire"] != "03-10" || got["season-thaw"] != "" {
		t.Errorf("改了以后是%v", got)
	}
	_, err = load(`duties:
  - {key: a, name: 甲, clause: EMRG-99, holder: directer, every: year, on: "13-40", lead: 5, task: 乙, begins: secrecy-inspections}
`)
	for _, want := range []string{"没有条款“EMRG-99”", "没有岗位职责“directer”", "合不上", "没有办理程序“secrecy-inspections”"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("没有说“%s”：%v", want, err)
		}
	}
	if _, err := load("duties:\n  - {key: a, holdr: director}\n"); err == nil || !strings.Contains(err.Error(), "holdr") {
		t.Errorf("写错的词没有指出来：%v", err)
	}
	if same, err := load("# 还没有写\n"); err != nil || len(same) != shipped {
		t.Errorf("空的文件：%d %v", len(same), err)
	}
	if same, err := periodic.Load(rules.Files, fstest.MapFS{}, book, anyKind); err != nil || len(same) != shipped {
		t.Errorf("没有自己的文件：%d %v", len(same), err)
	}
}

func Test周期任务落在哪一天(t *testing.T) {
	cal := workday.Official()
	cases := []struct {
		every, on string
		from, to  string
		want      []string
	}{
		{"week", "monday", "2026-11-16", "2026-11-30", []string{"2026-11-16", "2026-11-23", "2026-11-30"}},
		{"week", "monday", "2026-02-16", "2026-02-28", []string{"2026-02-24"}}, // 两个周一都在春节假期内，顺延到节后首日
		{"month", "first-workday", "2026-01-01", "2026-02-28", []string{"2026-01-04", "2026-02-02"}},
		{"month", "last-workday", "2026-02-01", "2026-02-28", []string{"2026-02-28"}}, // 调休上班的周六
		{"quarter", "last-workday", "2026-01-01", "2026-12-31", []string{"2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"}},
		{"half-year", "last-workday", "2026-01-01", "2026-12-31", []string{"2026-06-30", "2026-12-31"}},
		{"year", "03-31", "2024-01-01", "2025-12-31", []string{"2024-03-29", "2025-03-31"}}, // 2024年3月31日是周日，提前
	}
	for _, c := range cases {
		d := periodic.Duty{Every: c.every, On: c.on}
		from, _ := workday.ParseDay(c.from)
		to, _ := workday.ParseDay(c.to)
		seen := map[string]bool{}
		var got []string
		for _, day := range d.Days(cal, from, to) {
			if !seen[day.String()] {
				seen[day.String()] = true
				got = append(got, day.String())
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s %s: %v，应为 %v", c.every, c.on, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s %s: 第 %d 次在 %s，应在 %s", c.every, c.on, i+1, got[i], c.want[i])
			}
		}
	}
}

func Test到了日子自动成为待办且只一次(t *testing.T) {
	o := apptest.Open(t)
	list := duties(t)
	o.Until(time.Date(2026, 11, 24, 8, 0, 0, 0, db.Location)) // 月末清点提前五个工作日
	run := func() int {
		n := 0
		err := o.DB.Write(t.Context(), func(tx *db.Tx) error {
			var err error
			n, err = periodic.Begin(tx, o.Engine, list)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := run(); n == 0 {
		t.Fatal("没有生成任何周期任务")
	}
	if n := run(); n != 0 {
		t.Fatalf("又生成了 %d 件，应只生成一次", n)
	}
	var title string
	var due int64
	err := o.DB.Read(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Row(`SELECT m.title, t.due_at FROM matters m JOIN tasks t ON t.matter_id = m.id JOIN people p ON p.id = t.person_id
			WHERE m.kind = 'periodic-task' AND p.name = '何映雪' AND m.title LIKE '文件月清点%'`, nil, &title, &due)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := "2026-11-30"; workday.DayOf(db.Time(due)).String() != want {
		t.Errorf("《%s》应于 %s 到期，得 %s", title, want, db.Time(due))
	}
}
