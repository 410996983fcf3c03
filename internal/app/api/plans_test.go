package api_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// How every question behind a list is answered: by an index, never by walking through a table that grows with the
// office's work. The questions are taken down while the pages are asked for as different people, and the database is
// asked for its plan of each. The plans are those of an office of any size: SQLite's do not depend on what is in the
// tables, and PostgreSQL is told to avoid walking where it can.

// growing are the tables that grow with the work.
var growing = []string{"matters", "tasks", "access", "links", "numbers", "requests", "journal", "notices", "files", "matter_text", "bookings", "stock_moves", "figures"}

// walks are the plans that walk nevertheless, with the reason why they may.
var walks = []struct{ plan, of, why string }{
	{`SCAN f VIRTUAL TABLE INDEX`, `MATCH ?`, "全文索引按词取命中的行，SQLite 把它记作 SCAN"},
	{`SEARCH m USING COVERING INDEX matters_register (agency_id=? AND kind=?)`, `SELECT COUNT(*)`, "一本登记簿历年共有多少行，只数索引，不读行"},
	{`COVERING INDEX matters_open (agency_id=?`, `m.state IN ('open','suspended')`, "这个索引里只有在办的事项，只看索引，不读行"},
	{`INDEX matters_open (agency_id=? AND kind=?)`, `m.kind = 'duty-shift'`, "在办的值班只有那几班"},
	{`matters_sealed`, `s.sealed = 1`, "这个索引里只有亲启等封着的事项，很少"},
	{`(agency_id=? AND kind=?)`, `SELECT m.id FROM matters m WHERE m.agency_id = ? AND m.kind = ? AND m.id NOT IN`, "数过不到五千件的一类，才一件件列出来"},
}

// pages are the lists of the interface, with the filters and orders they offer.
func pages() []string {
	out := []string{
		"/workbench", "/notices", "/notices?unread=true", "/registers", "/statistics", "/statistics?year=2025", "/statistics?kind=incoming",
		"/statistics/lines", "/statistics/lines?what=received", "/statistics/lines?what=closed&month=11", "/statistics/lines?what=late", "/statistics/lines?what=open&unit={unit}",
		"/statistics/lines?what=received&person={person}", "/statistics/lines?what=closed&person={person}", "/statistics/lines?what=open&person={person}",
		"/duties", "/duties?year=2026&month=10", "/bookings", "/bookings?kind=room", "/stock/supply", "/things/room?q=会", "/things/incoming?q=供暖", "/directory",
		"/search?q=供暖", "/search?q=冬季+供暖&page=2", "/search?q=供", "/search?q=供暖&kind=incoming", "/views?register=incoming",
		"/procedures/incoming/similar?title=关于做好冬季供暖工作的通知&number=安政办〔2026〕61号", "/procedures/incoming/similar?title=甲",
	}
	for _, box := range []string{"todo", "reading", "waiting", "done"} {
		for _, more := range []string{"", "&sort=arrived", "&kind=incoming", "&q=供暖", "&page=2"} {
			out = append(out, "/tasks?box="+box+more)
		}
	}
	out = append(out, "/tasks?box=done&from=2026-11-01", "/tasks?box=done&from=2026-11-01&to=2026-11-30&kind=incoming&q=供暖")
	for _, book := range []string{"incoming", "outgoing", "leave"} {
		for _, more := range []string{
			"", "?page=3", "?year=2026", "?state=open", "?state=late", "?state=closed-late&year=2026", "?state=void", "?q=供暖", "?q=供暖&year=2026", "?from=2026-11-01&to=2026-11-30",
			"?sort=-number", "?sort=title", "?sort=-party", "?sort=party_number", "?sort=created", "?sort=-due", "?sort=closed", "?sort=party&year=2026",
			"?unit={unit}", "?person={person}", "?person={person}&year=2026",
		} {
			out = append(out, "/registers/"+book+more)
		}
	}
	return out
}

type question struct {
	text string
	args []any
}

// asked takes down every question put while fn runs, each text once, with the page that put it.
func asked(o *apptest.Office, into map[string]question, from map[string]string, page *string) func() {
	var mu sync.Mutex
	o.DB.Watch(func(q string, args []any) {
		mu.Lock()
		defer mu.Unlock()
		if _, ok := into[q]; !ok && strings.HasPrefix(strings.TrimSpace(q), "SELECT") {
			into[q], from[q] = question{q, slices.Clone(args)}, *page
		}
	})
	return func() { o.DB.Watch(nil) }
}

func Test_列表查询都走索引(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("3102", "incoming", apptest.Fields{"sender": "安澜市人民政府办公室", "addressee": o.Issuer("临政")})
	o.Do("3102", m, "sign", apptest.Fields{"copies_ok": true, "routing_ok": true, "seal_ok": true})
	o.Do("3102", m, "register", apptest.Fields{
		"title": "关于做好冬季供暖工作的通知", "sender_number": "安政办〔2026〕61号", "doc_date": "2026-11-16", "copies": 2, "pages": 6, "attachment_number": "1",
	})
	follows := o.Create("3102", "incoming", apptest.Fields{"sender": "安澜市水利局", "addressee": o.Issuer("临政")})
	err := o.DB.Write(t.Context(), func(tx *db.Tx) error { return o.Engine.Link(tx, m, follows, "续文") })
	if err != nil {
		t.Fatal(err)
	}
	o.Away("3301", o.Now().Add(48*time.Hour), "3302", "出差")
	questions, from, page := map[string]question{}, map[string]string{}, ""
	stop := asked(o, questions, from, &page)
	replace := strings.NewReplacer("{unit}", o.Unit("文电科"), "{person}", o.Person("3102"))
	for _, who := range []string{"3102", "1010", "3301", "3302", "3207"} { // by duty, as director, as head of a unit, standing in, by part alone
		v := enter(t, o, who)
		for _, p := range pages() {
			page = who + " " + p
			v.do(http.MethodGet, replace.Replace(p), nil, http.StatusOK)
		}
		page = who + " 看一件"
		if o.Sees(who, m) {
			v.do(http.MethodGet, "/matters/"+m.String(), nil, http.StatusOK)
		}
	}
	o.Engine.Reach = engine.Reach{Counted: 1, Examined: 5_000, Walked: 1, Read: 1} // searched as an office of millions is
	for _, who := range []string{"3102", "3301", "3302", "3207"} {
		v := enter(t, o, who)
		for _, p := range pages() {
			if page = who + " 大机关 " + p; strings.HasPrefix(p, "/search") {
				v.do(http.MethodGet, p, nil, http.StatusOK)
			}
		}
	}
	auditor := enter(t, o, "9003")
	for _, p := range []string{"/admin/log", "/admin/log?from=2026-11-01&to=2026-11-30", "/admin/log?q=何映雪", "/admin/log?topic=login", "/admin/log?topic=paper&q=何映雪", "/admin/log?page=2"} {
		page = p
		auditor.do(http.MethodGet, p, nil, http.StatusOK)
	}
	stop()
	grown(t, o)
	if len(questions) < 100 {
		t.Fatalf("只记下 %d 条查询，记的办法该改了", len(questions))
	}
	for q, was := range questions {
		for _, fault := range faults(t, o, was) {
			t.Errorf("%s：%s\n  %s", from[q], fault, strings.Join(strings.Fields(q), " "))
		}
	}
	for _, want := range ofOneIndex {
		byIt := 0
		for q, was := range questions {
			if !strings.Contains(q, want.of) {
				continue
			}
			if byIt++; !slices.ContainsFunc(plan(t, o, was), func(step string) bool { return strings.Contains(step, want.index) }) {
				t.Errorf("%s：不走 %s\n  %s", from[q], want.index, strings.Join(strings.Fields(q), " "))
			}
		}
		if byIt == 0 {
			t.Errorf("没有人问过%s", want.of)
		}
	}
}

// ofOneIndex are the questions that an index was made for.
var ofOneIndex = []struct{ of, index string }{
	{`m.held_on = ?`, `matters_held`},
	{`n.state = 'void'`, `numbers_void`},
}

// grown lets PostgreSQL believe its tables hold a million rows: the plans asked for are those of a big office.
func grown(t *testing.T, o *apptest.Office) {
	t.Helper()
	if o.DB.Dialect() != db.Postgres {
		return
	}
	in, args := db.In(growing)
	err := o.DB.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE pg_class SET reltuples = 1000000, relpages = 1 WHERE relname IN `+in, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// faults are the steps of a plan that walk through what grows.
func faults(t *testing.T, o *apptest.Office, q question) []string {
	t.Helper()
	var out []string
	steps := plan(t, o, q)
	for i, step := range steps {
		if !walking(o.DB.Dialect(), steps, i, tables(q.text)) {
			continue
		}
		excused := slices.ContainsFunc(walks, func(w struct{ plan, of, why string }) bool {
			return strings.Contains(step, w.plan) && strings.Contains(q.text, w.of)
		})
		if !excused {
			out = append(out, step)
		}
	}
	return out
}

var (
	named    = regexp.MustCompile(`(?:FROM|JOIN)\s+([a-z_]+)(?:\s+([a-z]+)\b)?`)
	searched = regexp.MustCompile(`^(?:SCAN|SEARCH) (\w+)`)
	bare     = regexp.MustCompile(`\((?:agency_id=\?|agency_id=\? AND kind=\?|chain=\?|state=\?)\)$`)
	ofPerson = regexp.MustCompile(`\(person_id=\?\)$`)
	onTable  = regexp.MustCompile(`(Seq Scan|Index Only Scan|Index Scan|Bitmap Heap Scan)(?: Backward)?(?: using \w+)? on (\w+)`)
)

// tables tells which table each name in a question stands for.
func tables(text string) map[string]string {
	out := map[string]string{}
	for _, m := range named.FindAllStringSubmatch(text, -1) {
		out[m[1]] = m[1]
		if m[2] != "" {
			out[m[2]] = m[1]
		}
	}
	return out
}

// walking tells whether a step goes through all of a growing table, or through all of one agency's or one book's rows:
// unless it stops when the page is full, that grows with the work just the same.
func walking(dialect db.Dialect, steps []string, i int, of map[string]string) bool {
	step := steps[i]
	if dialect == db.Postgres {
		m := onTable.FindStringSubmatch(step)
		if m == nil || !slices.Contains(growing, m[2]) {
			return false
		}
		if m[1] == "Seq Scan" {
			return true
		}
		return m[1] != "Bitmap Heap Scan" && (i+1 == len(steps) || !strings.Contains(steps[i+1], "Index Cond"))
	}
	m := searched.FindStringSubmatch(step)
	if m == nil || !slices.Contains(growing, of[m[1]]) {
		return false
	}
	if strings.HasPrefix(step, "SCAN") {
		return true
	}
	if i > 0 && strings.HasPrefix(steps[i-1], "CORRELATED") && ofPerson.MatchString(step) {
		return true // all of a person's rows, once for every row of the list
	}
	sorts := slices.ContainsFunc(steps, func(s string) bool { return strings.Contains(s, "USE TEMP B-TREE FOR ORDER BY") })
	return bare.MatchString(step) && (sorts || !slices.Contains(steps, limited))
}

const limited = "LIMIT"

// plan asks the database how it would answer.
func plan(t *testing.T, o *apptest.Office, q question) []string {
	t.Helper()
	var steps []string
	err := o.DB.Read(t.Context(), func(tx *db.Tx) error {
		if tx.Dialect() == db.Postgres {
			if err := tx.Query(`SET LOCAL enable_seqscan = off`, nil, nil); err != nil {
				return err
			}
			return tx.Query(`EXPLAIN `+q.text, q.args, func(scan func(...any) error) error {
				var line string
				err := scan(&line)
				steps = append(steps, strings.TrimSpace(line))
				return err
			})
		}
		return tx.Query(`EXPLAIN QUERY PLAN `+q.text, q.args, func(scan func(...any) error) error {
			var id, parent, unused int
			var detail string
			err := scan(&id, &parent, &unused, &detail)
			steps = append(steps, detail)
			return err
		})
	})
	if err != nil {
		t.Fatalf("%v：%s", err, fmt.Sprint(q.text))
	}
	if strings.Contains(q.text, " LIMIT ") {
		steps = append(steps, limited)
	}
	return steps
}
