package demo_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/app/demo"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
	"github.com/chengqi-oa/chengqi/workday"
)

func load(t *testing.T, o *apptest.Office) demo.Loaded {
	t.Helper()
	got, err := demo.Load(context.Background(), demo.Parts{DB: o.DB, Engine: o.Engine, HashPassword: apptest.Hash, Files: o.Files}, apptest.Password)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d matters, %d deeds in %s", got.Matters, got.Deeds, got.Took)
	return got
}

// number reads one number from the office's books.
func number(t *testing.T, o *apptest.Office, query string, args ...any) int {
	t.Helper()
	var n int
	err := o.DB.Read(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Row(query, args, &n)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// 一次装载，逐项核对：装载要几秒，不值得每项重来。
func Test样例装载(t *testing.T) {
	o := apptest.OpenEmpty(t)
	load(t, o)
	for _, c := range []struct {
		name  string
		check func(*testing.T, *apptest.Office)
	}{
		{"逐月收文数与样例一致", monthly},
		{"留痕链完整", journalHolds},
		{"在办的事都有人", everyOpenMatterIsHeld},
		{"编号不重不漏", numbersRunOn},
		{"没有发生在将来的事", nothingAhead},
		{"逾期不超过百分之三", fewAreLate},
		{"本周的事停在该停的地方", theWeek},
		{"每一类都有样例", everyKindIsShown},
		{"来文有扫描件", scansTied},
		{"上年度归档差十四件", filing},
		{"每人待办的数与列表一致", countedAsListed},
		{"清空后什么也不留", cleared}, // the last: nothing is there after it
	} {
		t.Run(c.name, func(t *testing.T) { c.check(t, o.For(t)) })
	}
}

// 样例在哪天装载都装得上：文中的时限不会落在成文以前，借期不会撞上周末，传输号不会重。
func Test样例在别的日子也能装载(t *testing.T) {
	days := []workday.Day{workday.Date(2027, time.January, 6)}
	if apptest.Database(t) == "" { // the days are the same on PostgreSQL, only slower
		days = append(days, workday.Date(2026, time.November, 27), workday.Date(2027, time.June, 15))
	}
	for _, day := range days {
		t.Run(day.String(), func(t *testing.T) {
			o := apptest.OpenEmpty(t)
			o.Until(day.At(18 * 60))
			_, err := demo.Load(context.Background(), demo.Parts{DB: o.DB, Engine: o.Engine, HashPassword: apptest.Hash, Files: o.Files, Day: day}, apptest.Password)
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func monthly(t *testing.T, o *apptest.Office) {
	received := []int{168, 121, 175, 160, 152, 158, 171, 164, 182, 178, 92}
	issued := []int{31, 22, 34, 28, 29, 30, 27, 26, 33, 30, 15}
	for i := range received {
		from := time.Date(2026, time.Month(i+1), 1, 0, 0, 0, 0, db.Location)
		in := number(t, o, `SELECT COUNT(*) FROM matters WHERE kind = 'incoming' AND number <> '' AND created_at >= ? AND created_at < ?`,
			from, from.AddDate(0, 1, 0))
		out := number(t, o, `SELECT COUNT(*) FROM numbers n JOIN matters m ON m.id = n.matter_id
			WHERE m.kind = 'outgoing' AND n.given_at >= ? AND n.given_at < ?`, from, from.AddDate(0, 1, 0))
		if in != received[i] || out != issued[i] {
			t.Errorf("%d月收文%d件、发文%d件，应为%d件、%d件", i+1, in, out, received[i], issued[i])
		}
	}
}

func journalHolds(t *testing.T, o *apptest.Office) {
	err := o.DB.Read(context.Background(), func(tx *db.Tx) error {
		n, err := journal.Verify(tx)
		if n < 10000 {
			t.Errorf("留痕只有%d条", n)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	v, err := o.Verify(context.Background(), false, func(string, int64, int64) {})
	if err != nil || len(v.Faults) > 0 {
		t.Errorf("样例与留痕有%d处不符：%q，%v", len(v.Faults), v.Faults[:min(len(v.Faults), 10)], err)
	}
	if n := number(t, o, `SELECT COUNT(*) FROM journal a JOIN journal b ON b.chain = a.chain AND b.seq = a.seq + 1 WHERE b.at < a.at`); n > 0 {
		t.Errorf("%d条留痕的时刻早于前一条", n)
	}
	if n := number(t, o, `SELECT COUNT(*) FROM matters WHERE title LIKE '%20__-__-__%'`); n > 0 {
		t.Errorf("%d件的题名里日期没有写成年月日", n)
	}
}

func everyOpenMatterIsHeld(t *testing.T, o *apptest.Office) {
	if n := number(t, o, `SELECT COUNT(*) FROM matters m WHERE m.state = 'open' AND NOT EXISTS
		(SELECT 1 FROM tasks t WHERE t.matter_id = m.id AND t.state = 'open' AND t.role = 'handle')`); n > 0 {
		t.Errorf("%d件在办却没有人", n)
	}
	if n := number(t, o, `SELECT COUNT(*) FROM tasks t JOIN matters m ON m.id = t.matter_id
		WHERE t.state IN ('open','queued') AND t.role = 'handle' AND m.state IN ('closed','void')`); n > 0 {
		t.Errorf("%d件已办结却还有待办", n)
	}
	week := time.Date(2026, 11, 16, 0, 0, 0, 0, db.Location)
	old, args := `SELECT COUNT(*) FROM matters WHERE state = 'open' AND created_at < ? AND kind <> 'archive-filing'`, []any{week}
	for _, p := range o.Engine.Catalogue().All() {
		if p.Thing != "" { // a seal, a room: it is there as long as it is used
			old, args = old+` AND kind <> ?`, append(args, p.Kind)
		}
	}
	if n := number(t, o, old, args...); n > 60 { // of nearly three thousand; what is late or waits is shown as well
		t.Errorf("本周以前来的还有%d件没有办结", n)
	}
}

func numbersRunOn(t *testing.T, o *apptest.Office) {
	if n := number(t, o, `SELECT COUNT(*) FROM (SELECT agency_id, series, year, MAX(seq) - COUNT(*) AS gap FROM numbers
		GROUP BY agency_id, series, year) g WHERE g.gap <> 0`); n > 0 {
		t.Errorf("%d个号段有跳号", n)
	}
	if n := number(t, o, `SELECT COUNT(*) - COUNT(DISTINCT text) FROM numbers`); n > 0 {
		t.Errorf("%d个号重复", n)
	}
}

func nothingAhead(t *testing.T, o *apptest.Office) {
	for _, q := range []string{
		`SELECT COUNT(*) FROM journal WHERE at > ?`,
		`SELECT COUNT(*) FROM tasks WHERE arrived_at > ?`,
		`SELECT COUNT(*) FROM matters WHERE changed_at > ?`,
	} {
		if n := number(t, o, q, apptest.Start); n > 0 {
			t.Errorf("%s：%d", q, n)
		}
	}
}

// countedAsListed holds the numbers beside a person's boxes to what the boxes list.
func countedAsListed(t *testing.T, o *apptest.Office) {
	listed := 0
	for _, agency := range o.Directory().Agencies() {
		for _, p := range o.Directory().People(agency.ID) {
			err := o.DB.Read(t.Context(), func(tx *db.Tx) error {
				w, err := o.Engine.World(tx)
				if err != nil {
					return err
				}
				a := w.ActorOf(p.ID)
				counts, err := o.Engine.CountTasks(tx, a, w)
				for box, want := range map[engine.Box]int{engine.Todo: counts.Todo, engine.Reading: counts.Reading, engine.Waiting: counts.Waiting} {
					page, failed := o.Engine.ListTasks(tx, a, engine.TaskQuery{Box: box, Limit: 1_000})
					if err = errors.Join(err, failed); page.Total != want || len(page.Lines) != want {
						t.Errorf("%s的%s：数是%d，列表说%d，列出%d", p.Name, box, want, page.Total, len(page.Lines))
					}
					listed += want
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if listed == 0 {
		t.Error("谁手里也没有事")
	}
}

func fewAreLate(t *testing.T, o *apptest.Office) {
	all := number(t, o, `SELECT COUNT(*) FROM matters WHERE state = 'closed' AND due_at > 0`)
	late := number(t, o, `SELECT COUNT(*) FROM matters WHERE state = 'closed' AND due_at > 0 AND closed_at > due_at`)
	if late == 0 || late*100 > all*3 {
		t.Errorf("%d件中逾期%d件", all, late)
	}
}

// anyone: whoever holds it is not at issue.
const anyone = "*"

func theWeek(t *testing.T, o *apptest.Office) {
	for _, want := range []struct{ kind, title, number, step, holders, due string }{
		{"incoming", "%2026年冬季供暖和清冰雪工作的通知", "", "handle", "雷振声", "11-18"},
		{"incoming", "%2026年度工作总结和2027年工作要点的通知", "", "handle", "池若溪", "11-24"},
		{"incoming", "%取水口迁改资金的请示", "", "propose", "马骁原", "11-23"},
		{"incoming", "%小型水库汛后安全检查情况的通报", "", "circulate", "何映雪", "11-18"},
		{"circulation", "%小型水库汛后安全检查情况的通报", "", "sign-off", "唐季白", "11-18"},
		{"incoming", "%沟渠管护和经费安排的报告", "", "", "", ""},
		{"outgoing", "%2026—2027年冬季供暖保障工作的通知", "临政办〔2026〕43号", "receipt", "倪承远", ""},
		{"outgoing", "%2026年度工作情况的报告", "", "review", "卢见山、池若溪", ""},
		{"outgoing", "%枫渡河上游综合治理项目列入%", "", "sign", "陆怀谦", "11-20"},
		{"outgoing", "%取水口迁改资金的批复", "", "draft", "苏砚秋", ""},
		{"outgoing", "%商请借用除雪设备的函", "临政办函〔2026〕19号", "receipt", "倪承远", ""},
		{"joint-issue", "%文件会议精简控制办法%", "", "sign", "贺庭山", "11-20"},
		{"brought-back", "全市安全生产会议%", "", "collect", "何映雪", "11-19"},
		{"document-void", "废止：临政办〔2025〕12号%", "", "approve", "马骁原", "11-24"},
		{"draft-on-behalf", "%寒假前安全教育的通知", "", "draft", "庄静姝", ""},
		{"document-recall", "季核对清理：石一磊%", "", "missing", "石一磊", "11-20"},
		{"document-loan", "《全市信息工作会议材料》%", "", "out", "江晚晴", "11-16"},
		{"seal-lifecycle", "临溪县人民政府办公室", "", "in-use", "倪承远", ""},
		{"seal-lifecycle", "%河道整治指挥部（旧）", "", "compile", "倪承远", "12-31"},
		{"seal-use", "%冬季供暖保障工作的通知", "用印〔2026〕5号", "", "", ""},
		{"seal-use", "%供热煤炭供应合同", "", "principal", "陆怀谦", ""},
		{"seal-carry", "%联合治河备忘录", "", "approve", "陆怀谦", ""},
		{"introduction-letter", "考察河道生态治理", "介〔2026〕26号", "out", "雷振声", "11-19"},
		{"assignment", "%漏点抢修进度", "", "handle", "雷振声", "11-18"},
		{"assignment", "%扬尘反映", "", "pool", anyone, "11-18"},
		{"phone-record", "%漂浮物反映", "", "", "", ""},
		{"visitor-introduction", "汇报冬灌%", "", "introduce", "祝云帆", ""},
		{"duty-shift", "2026年11月18日白班%", "", "on-duty", "祝云帆", ""},
		{"petition", "城西路路灯不亮", "", "outside", "阮清如", "11-19"},
		{"petition", "老旧小区加装电梯诉求", "", "handle", "雷振声", "01-05"},
		{"leave", "池若溪事假%", "", "away", "池若溪", "11-19"},
		{"absence-notice", "陆怀谦外出%", "", "away", "陆怀谦", "11-26"},
		{"vehicle", "样车三", "", "in-use", "康志远", ""},
		{"room", "大礼堂", "", "in-use", "叶知夏", ""},
		{"asset", "台式计算机", "", "in-use", anyone, ""},
		{"reception", "清禾县政府考察团来访", "接待〔2026〕4号", "prepare", "柏依依", "11-19"},
		{"reception", "某企业来县考察", "", "register", "柏依依", ""},
		{"vehicle-dispatch", "送清禾县政府考察团", "派车〔2026〕5号", "depart", "柴卫冬", "11-19"},
		{"vehicle-outside", "外县接站", "", "approve", "卓海宁", ""},
		{"room-booking", "公文培训", "", "apply", "石一磊", ""},
		{"room-booking", "领导会见", "", "set-up", "叶知夏", "11-20"},
		{"purchase", "打印纸、硒鼓一批", "", "director", "马骁原", "11-18"},
		{"purchase", "扫帚", "", "make-up", "汤乐平", "11-18"},
		{"advance", "赴市参加信息工作培训", "", "settle", "石一磊", "11-17"},
		{"supplies-issue", "校核打印", "", "", "", ""},
		{"visitor", "送阅水库检查材料", "", "", "", ""},
		{"study-log", "信访工作条例", "", "study", "卢见山", "11-18"},
		{"printing", "%冬季供暖保障工作的通知", "", "collect", "雷振声、古素华", ""},
	} {
		id := number(t, o, `SELECT id FROM matters WHERE kind = ? AND title LIKE ? ORDER BY id DESC`, want.kind, want.title)
		if id == 0 {
			t.Errorf("没有%s《%s》", want.kind, want.title)
			continue
		}
		m := o.Matter(db.ID(id))
		if m.Step != want.step || want.number != "" && m.Number != want.number {
			t.Errorf("《%s》%s在“%s”环节，应在“%s”", m.Title, m.Number, m.Step, want.step)
		}
		if h := strings.Join(o.Names(m.Holders()...), "、"); h != want.holders && want.holders != anyone {
			t.Errorf("《%s》在%s手里，应在%s手里", m.Title, h, want.holders)
		}
		due := m.Due // the limit of the whole, else that of the step
		if due.IsZero() && want.due != "" {
			due = m.OpenTasks(engine.Handle)[0].Due
		}
		if want.due != "" && due.Format("01-02") != want.due {
			t.Errorf("《%s》%s到期，应为%s", m.Title, due, want.due)
		}
	}
}

// everyKindIsShown: whoever opens a register of the sample finds a few lines in it, and the pages of refusals and of led
// posts are not empty.
func everyKindIsShown(t *testing.T, o *apptest.Office) {
	for _, p := range o.Engine.Catalogue().All() {
		least := 3
		if p.Kind == "secrecy-evaluation" { // once a year
			least = 1
		}
		if n := number(t, o, `SELECT COUNT(*) FROM matters WHERE kind = ?`, p.Kind); n < least {
			t.Errorf("样例里%s只有%d件", p.Name, n)
		}
	}
	if n := number(t, o, `SELECT COUNT(*) FROM journal WHERE topic = 'secrecy'`); n < 3 {
		t.Errorf("拦截记录只有%d条", n)
	}
	if n := number(t, o, `SELECT COUNT(*) FROM posts WHERE led_by <> 0`); n < 20 {
		t.Errorf("只有%d个岗位有人分管", n)
	}
}

func scansTied(t *testing.T, o *apptest.Office) {
	if n := number(t, o, `SELECT COUNT(*) FROM files f JOIN matters m ON m.id = f.matter_id WHERE m.kind = 'incoming' AND f.text <> ''`); n != 5 {
		t.Errorf("%d件来文有可以检索的扫描件，应为5件", n)
	}
}

func filing(t *testing.T, o *apptest.Office) {
	if n := number(t, o, `SELECT COUNT(*) FROM numbers WHERE series LIKE 'L00%'`); n != 398 {
		t.Errorf("已归档%d件，应为398件", n)
	}
	rest := o.Matter(db.ID(number(t, o, `SELECT id FROM matters WHERE kind = 'archive-filing' AND state = 'open'`)))
	if rest.Fields["counted"] != 14.0 || rest.Due.Format("2006-01-02") != "2026-03-31" {
		t.Errorf("待归%v件，%s到期", rest.Fields["counted"], rest.Due)
	}
}

// cleared: whatever table may come, only what is not the sample's own may be left.
func cleared(t *testing.T, o *apptest.Office) {
	if wrong, err := o.Engine.CheckFigures(t.Context()); wrong != 0 || err != nil { // of the loaded sample
		t.Errorf("统计数有%d行与各件不符（%v）", wrong, err)
	}
	if err := o.DB.Write(context.Background(), demo.Clear); err != nil {
		t.Fatal(err)
	}
	// of the settings the key, the backup plan, that figures and that days are kept outlive the sample
	// and so does the list of bytes that go from the shelf two days later
	stays := map[string]int{"let_go": -1, "revisions": -1, "leases": -1, "settings": 4, "procedures": -1, "goose_db_version": -1, "journal": 1, "chains": 1}
	var tables []string
	err := o.DB.Read(context.Background(), func(tx *db.Tx) error {
		list := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'matter_text_%'`
		if tx.Dialect() == db.Postgres {
			list = `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`
		}
		return tx.Query(list, nil, func(scan func(...any) error) error {
			var name string
			err := scan(&name)
			tables = append(tables, name)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(tables) < 20 {
		t.Fatalf("只查到%v", tables)
	}
	for _, table := range tables {
		want := stays[table]
		if n := number(t, o, `SELECT COUNT(*) FROM `+table); want >= 0 && n != want {
			t.Errorf("%s里还有%d行", table, n)
		}
	}
	err = o.DB.Write(context.Background(), func(tx *db.Tx) error { return demo.Organisation(tx, apptest.Hash, apptest.Password) })
	if err != nil {
		t.Errorf("清空后不能再建：%v", err)
	}
}
