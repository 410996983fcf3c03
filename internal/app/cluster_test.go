package app_test

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app"
	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/app/demo"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

// registrations is how many documents are registered through two servers at once.
const registrations = 1000

// 两台服务器 is an office served by two processes on one PostgreSQL, and looked at from a third.
type pair struct {
	*testing.T
	a, b *node
	look *app.App
}

func startPair(t *testing.T, tick time.Duration) *pair {
	t.Helper()
	dsn := apptest.Database(t)
	if dsn == "" {
		t.Skip("几台服务器合用的是 PostgreSQL")
	}
	look, err := app.Open(t.Context(), app.Config{Data: t.TempDir(), Database: dsn, Procedures: "testdata/procedures"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := look.Close(); err != nil {
			t.Error(err)
		}
	})
	err = look.DB.Write(t.Context(), func(tx *db.Tx) error { return demo.Organisation(tx, apptest.Hash, apptest.Password) })
	if err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	p := &pair{T: t, look: look}
	p.a = startNode(t, nodeSetup{data, dsn, tick})
	p.b = startNode(t, nodeSetup{data, dsn, tick})
	return p
}

// count asks the database.
func (p *pair) count(q string, args ...any) int {
	p.Helper()
	n := 0
	err := p.look.DB.Read(p.Context(), func(tx *db.Tx) error {
		_, err := tx.Row(q, args, &n)
		return err
	})
	if err != nil {
		p.Fatal(err)
	}
	return n
}

func ticket(at *node, v *visitor, subject string) error {
	status, m, err := v.try(at, http.MethodPost, "/matters", map[string]any{"kind": "ticket", "fields": map[string]any{"subject": subject}})
	if err != nil || status != http.StatusCreated {
		return fmt.Errorf("%d %v %w", status, m, err)
	}
	status, m, err = v.try(at, http.MethodPost, "/matters/"+m["id"].(string)+"/actions/take",
		map[string]any{"version": m["version"], "fields": map[string]any{"subject": subject}})
	if err != nil || status != http.StatusOK {
		return fmt.Errorf("%d %v %w", status, m, err)
	}
	return nil
}

func Test在一台登录另一台也认得在一台办理另一台的页面听得到(t *testing.T) {
	p := startPair(t, time.Hour)
	clerk := logIn(t, p.a, "3102")
	if me := clerk.must(p.b, http.MethodGet, "/me", nil); me["username"] != "3102" {
		t.Fatalf("%v", me)
	}
	news := clerk.news(p.a, "")
	before := todo(clerk.hear(news, "tasks", "unread"))
	m := clerk.must(p.b, http.MethodPost, "/matters", map[string]any{"kind": "ticket", "fields": map[string]any{"subject": "第一件"}})
	clerk.hear(news, "tasks", fmt.Sprintf(`"todo":%d,`, before+1))
	shown := clerk.news(p.a, m["id"].(string))
	clerk.hear(shown, "tasks", "unread")

	// What a notice says comes over as well, to the one it is for.
	urged := logIn(t, p.b, "1010").must(p.b, http.MethodPost, "/matters/"+m["id"].(string)+"/actions/urge",
		map[string]any{"version": m["version"], "fields": map[string]any{"urge_way": "系统提醒"}})
	clerk.hear(news, "notice", "催办：")
	clerk.hear(shown, "matter", m["id"].(string))

	// A connection that is cut is made again: the page is told to look anew, and hears what comes after.
	err := p.look.DB.Write(t.Context(), func(tx *db.Tx) error {
		var gone int
		_, err := tx.Row(`SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()`, nil, &gone)
		if err == nil && gone != 2 {
			t.Errorf("断开了%d个", gone)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	clerk.hear(news, "tasks", fmt.Sprintf(`"todo":%d,`, before+1))
	clerk.must(p.b, http.MethodPost, "/matters/"+m["id"].(string)+"/actions/take",
		map[string]any{"version": urged["version"], "fields": map[string]any{"subject": "第一件"}})
	clerk.hear(news, "tasks", fmt.Sprintf(`"todo":%d,`, before))

	clerk.must(p.b, http.MethodDelete, "/session", nil)
	if status, _ := clerk.do(p.a, http.MethodGet, "/me", nil); status != http.StatusUnauthorized {
		t.Errorf("在一台退出后另一台还认：%d", status)
	}
}

// todo is the number of tasks that news tell of.
func todo(news string) int {
	_, after, _ := strings.Cut(news, `"todo":`)
	n, _ := strconv.Atoi(after[:strings.IndexAny(after, ",}")])
	return n
}

// soon is how quickly servers hear from one another what was changed: the clock, which looks as well, ticks only by the
// hour here.
const soon = 3 * time.Second

const holidays2029 = `日期,安排,节日
2029-01-01,放假,元旦
2029-02-12,放假,春节
2029-02-13,放假,春节
2029-02-14,放假,春节
2029-02-15,放假,春节
2029-04-04,放假,清明节
2029-05-01,放假,劳动节
2029-05-02,放假,劳动节
2029-06-18,放假,端午节
2029-09-24,放假,中秋节
2029-10-01,放假,国庆节
2029-10-02,放假,国庆节
2029-10-03,放假,国庆节`

func Test人员外出和工作日历另一台立即照办(t *testing.T) { // OA-31
	p := startPair(t, time.Hour)
	clerk, admin := logIn(t, p.a, "3102"), logIn(t, p.a, "9001")
	clerk.must(p.b, http.MethodGet, "/me", nil) // both have read the organisation
	day := time.Now().In(db.Location).Format("2006-01-02")
	clerk.must(p.a, http.MethodPut, "/me/away", map[string]any{"from": day, "until": day})
	if me := clerk.must(p.b, http.MethodGet, "/me", nil); me["away"] == nil {
		t.Error("另一台不知道她外出了")
	}
	official := func(at *node) any { return admin.must(at, http.MethodGet, "/admin/calendar/2029", nil)["official"] }
	if official(p.a) == true || official(p.b) == true {
		t.Fatal("2029年的放假通知已经有了，请换一年")
	}
	admin.must(p.a, http.MethodPost, "/admin/calendar/import", map[string]any{"text": holidays2029})
	if official(p.b) != true {
		t.Error("另一台还按原来的日历")
	}
}

func Test条款和定义的改动另一台马上照办(t *testing.T) {
	p := startPair(t, time.Hour)
	admin := logIn(t, p.a, "9001")
	ticketAt := func(at *node) any { return admin.must(at, http.MethodGet, "/admin/procedures/ticket", nil)["version"] }
	first := ticketAt(p.b)
	source := admin.must(p.a, http.MethodGet, "/admin/procedures/ticket", nil)["source"].(string)
	second := admin.must(p.a, http.MethodPut, "/admin/procedures/ticket", map[string]any{"source": source + "\n# 第二版\n"})["version"]
	waitFor(t, soon, "另一台没有用上新发布的程序", func() bool { return second != first && ticketAt(p.b) == second })
	clerk := logIn(t, p.a, "3102")
	m := clerk.must(p.b, http.MethodPost, "/matters", map[string]any{"kind": "ticket", "fields": map[string]any{"subject": "按第二版"}})
	if n := p.count(`SELECT COUNT(*) FROM matters WHERE id = ? AND definition = ?`, m["id"], second); n != 1 {
		t.Error("另一台立的件不是第二版的")
	}
	admin.must(p.b, http.MethodDelete, "/admin/procedures/ticket", nil)
	waitFor(t, soon, "停用以后另一台没有换回来", func() bool { return ticketAt(p.a) == first })

	text := func(at *node) string {
		return fmt.Sprint(admin.must(at, http.MethodGet, "/rulebook?q=SEC-33", nil)["chapters"])
	}
	policy := admin.must(p.a, http.MethodGet, "/rulebook?q=SEC-33", nil)["chapters"].([]any)[0].(map[string]any)["clauses"].([]any)[0].(map[string]any)
	admin.must(p.a, http.MethodPut, "/admin/clauses/SEC-33", map[string]any{
		"text": "本单位另行规定：两台同时知道。", "params": policy["params"], "since": time.Now().In(db.Location).Format("2006-01-02"), "reason": "试验",
	})
	waitFor(t, soon, "另一台还按原来的条款", func() bool { return strings.Contains(text(p.b), "两台同时知道") })
}

func Test两台同时登记一千件号不重不漏(t *testing.T) {
	p := startPair(t, time.Hour)
	clerk := logIn(t, p.a, "3102")
	clerk.must(p.b, http.MethodGet, "/me", nil)
	var desks sync.WaitGroup
	for desk := range 16 {
		desks.Go(func() {
			for n := range registrations / 16 {
				if err := ticket([]*node{p.a, p.b}[desk%2], clerk, fmt.Sprintf("第%d桌第%d件", desk, n)); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	desks.Wait()
	want := registrations / 16 * 16
	if n := p.count(`SELECT COUNT(DISTINCT text) FROM numbers WHERE series = 'ticket'`); n != want {
		t.Errorf("应有%d个号，有%d个", want, n)
	}
	if first, last := p.count(`SELECT MIN(seq) FROM numbers`), p.count(`SELECT MAX(seq) FROM numbers`); first != 1 || last != want {
		t.Errorf("从%d号到%d号，应从1号到%d号", first, last, want)
	}
	if n := p.count(`SELECT COUNT(*) FROM leases WHERE name LIKE 'node/%'`); n != 3 {
		t.Errorf("三个进程有%d个节点号", n)
	}
	err := p.look.DB.Read(t.Context(), func(tx *db.Tx) error {
		_, err := journal.Verify(tx)
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func Test同一个请求同时到两台只办一次(t *testing.T) {
	p := startPair(t, time.Hour)
	clerk := logIn(t, p.a, "3102")
	clerk.must(p.b, http.MethodGet, "/me", nil)
	both := func(path string, body any, key string) []map[string]any {
		out := make([]map[string]any, 2)
		var twice sync.WaitGroup
		for i, at := range []*node{p.a, p.b} {
			twice.Go(func() {
				status, answer, err := clerk.try(at, http.MethodPost, path, body, "Idempotency-Key", key)
				if err != nil || status >= 300 {
					t.Errorf("%s：%d %v %v", path, status, answer, err)
				}
				out[i] = answer
			})
		}
		twice.Wait()
		return out
	}
	for n := range 20 {
		key := fmt.Sprint("双击", n)
		made := both("/matters", map[string]any{"kind": "ticket", "fields": map[string]any{"subject": key}}, key)
		if made[0]["id"] != made[1]["id"] {
			t.Fatalf("立了两件：%v %v", made[0]["id"], made[1]["id"])
		}
		both("/matters/"+made[0]["id"].(string)+"/actions/take",
			map[string]any{"version": made[0]["version"], "fields": map[string]any{"subject": key}}, key+"取号")
	}
	if n := p.count(`SELECT COUNT(*) FROM numbers`); n != 20 {
		t.Errorf("20件取了%d个号", n)
	}
}

func Test钟只响一次被杀一台另一台接着办(t *testing.T) {
	p := startPair(t, 200*time.Millisecond)
	clerk := logIn(t, p.b, "3102")
	for n := range 30 {
		clerk.must(p.b, http.MethodPost, "/matters", map[string]any{"kind": "ticket", "fields": map[string]any{"subject": fmt.Sprint("到期", n)}})
	}
	p.comesDue()
	waitFor(t, 30*time.Second, "钟没有响", func() bool { return p.count(rung) >= 30 })

	p.a.kill()
	if err := ticket(p.b, clerk, "一台被杀以后"); err != nil {
		t.Error(err)
	}
	p.comesDue()
	waitFor(t, 100*time.Second, "一台被杀以后钟没有再响", func() bool { return p.count(rung) >= 60 })

	if n := p.count(rung); n != 60 {
		t.Errorf("应响60次，响了%d次", n)
	}
	if n := p.count(`SELECT COUNT(*) FROM notices WHERE clause = 'DOC-IN-09'`); n != 60 {
		t.Errorf("应提醒60次，提醒了%d次", n)
	}
	due := p.count(`SELECT COUNT(*) FROM recurrences`)
	if n := p.count(`SELECT COUNT(DISTINCT m.id) FROM recurrences r JOIN matters m ON m.id = r.matter_id`); n != due || due == 0 {
		t.Errorf("%d项周期任务立了%d件", due, n)
	}
	if n := p.count(`SELECT COUNT(*) FROM matters m WHERE m.kind = 'periodic-task' AND NOT EXISTS (SELECT 1 FROM recurrences r WHERE r.matter_id = m.id)`); n != 0 {
		t.Errorf("有%d件周期任务立了两遍", n)
	}
}

const rung = `SELECT COUNT(*) FROM journal WHERE topic = 'clock'`

// comesDue lets the warning of every open ticket fall due, as waiting for days would.
func (p *pair) comesDue() {
	p.Helper()
	err := p.look.DB.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE tasks SET alarm_at = 1, alarm = 'warn' WHERE kind = 'ticket' AND state = 'open'`)
		return err
	})
	if err != nil {
		p.Fatal(err)
	}
}

func waitFor(t *testing.T, limit time.Duration, say string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(limit); !ok(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal(say)
		}
	}
}
