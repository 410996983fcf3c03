package stories_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// letter is a short letter issued in the simple way and closed.
func letter(o *apptest.Office, title string) db.ID {
	m := o.Create("3302", "outgoing", nil)
	o.Do("3302", m, "submit", notice(o, fields{"doc_kind": "便函", "direction": "平行", "title": title, "recipients": "清禾县人民政府办公室", "copies": 2}))
	o.Do("1010", m, "sign", nil)
	o.Do("3103", m, "number", nil)
	o.Do("3103", m, "hand-out", fields{"distribution": []any{fields{"unit": "清禾县人民政府办公室", "copies": 1, "channel": "市内互寄", "receiver": "收发室"}}})
	o.Do("3103", m, "all-signed", nil)
	o.Do("3103", m, "close", fields{"materials": allPapers, "pages": 1})
	return m
}

func Test次年一月把上年办结的公文归档(t *testing.T) { // ARCH-01, ARCH-03, ARCH-04, ARCH-29, ARCH-30, ARCH-33
	o := apptest.Open(t)
	first, second := letter(o, "关于借用除雪设备的函"), letter(o, "关于借用除雪车的函")
	in := received(o, fields{})
	handled(o, in)
	o.Until(time.Date(2027, 1, 5, 9, 30, 0, 0, db.Location))

	m := o.Create("3102", "archive-filing", nil)
	o.Pack()
	after := o.Do("3102", m, "gather", fields{"issuer": o.Issuer("临政"), "file_year": 2026, "office_code": "BGS"})
	if after.Fields["counted"] != 3.0 {
		t.Fatalf("收集到%v件，应是3件", after.Fields["counted"])
	}
	if day := after.Due.In(db.Location).Format("2006-01-02"); day != "2027-03-31" {
		t.Errorf("移交期限是%s，应是次年3月31日", day)
	}
	list := table(after, "items")
	for _, r := range list {
		if r["kind"] == "收文" {
			r["retention"] = "永久"
		}
	}
	o.RefusedBecause("ARCH-31", "3102", m, "propose", fields{"items": rows(list)})
	for _, r := range list {
		if r["kind"] == "收文" {
			r["reason"] = "涉及全县供热规划"
		}
	}
	o.Do("3102", m, "propose", fields{"items": rows(list)})
	holds(t, o, m, "verify", "古素华")
	coded := table(o.Do("3104", m, "number", nil), "items")
	var codes []string
	for _, r := range coded {
		codes = append(codes, r["code"].(string))
	}
	if got := strings.Join(codes, " "); got != "L002-WS·2026-Y-BGS-0001 L002-WS·2026-D10-BGS-0001 L002-WS·2026-D10-BGS-0002" {
		t.Errorf("档号是%s", got)
	}
	o.Do("3102", m, "box", fields{"per_box": 1})
	o.RefusedBecause("ARCH-36", "3102", m, "hand-over", fields{"tests": []any{"真实性", "完整性"}})
	o.Pack()
	o.Do("3102", m, "hand-over", fields{"tests": []any{"真实性", "完整性", "可用性", "安全性"}})
	end := o.Do("3104", m, "receive", fields{"location": "库房一架二层"})
	if end.State != engine.Closed {
		t.Errorf("接收后%s", end.State)
	}
	for id, want := range map[db.ID]string{in: "L002-WS·2026-Y-BGS-0001", first: "L002-WS·2026-D10-BGS-0001", second: "L002-WS·2026-D10-BGS-0002"} {
		if got := o.Matter(id).Fields["archive_number"]; got != want {
			t.Errorf("《%s》的归档号是%v，应是%s", o.Matter(id).Title, got, want)
		}
	}

	again := o.Create("3102", "archive-filing", nil)
	o.RefusedBecause("ARCH-02", "3102", again, "gather", fields{"issuer": o.Issuer("临政"), "file_year": 2026, "office_code": "BGS"})
}

func Test档案员退回重编件号不留空号(t *testing.T) { // ARCH-30
	o := apptest.Open(t)
	letter(o, "关于借用除雪设备的函")
	m := o.Create("3102", "archive-filing", nil)
	o.Pack()
	o.Do("3102", m, "gather", fields{"issuer": o.Issuer("临政办"), "file_year": 2026, "office_code": "BGS"})
	o.Do("3102", m, "propose", nil)
	o.Do("3104", m, "number", nil)
	o.Do("3102", m, "box", fields{"per_box": 30})
	o.Pack()
	o.Do("3102", m, "hand-over", fields{"tests": []any{"真实性", "完整性", "可用性", "安全性"}})
	o.Do("3104", m, "refuse", nil, "题名与原件不符")
	list := table(o.Matter(m), "items")
	list[0]["title"] = "关于商请借用除雪设备的函"
	o.Do("3102", m, "propose", fields{"items": rows(list)})
	again := table(o.Do("3104", m, "number", nil), "items")
	if again[0]["code"] != "L002-WS·2026-D10-BGS-0001" {
		t.Errorf("重编后的档号是%v", again[0]["code"])
	}
}

func Test归档按门类编号盖归档章(t *testing.T) { // ARCH-06, ARCH-32
	o := apptest.Open(t)
	for _, title := range []string{"关于借用除雪设备的函", "关于借用除雪车的函", "关于核对除雪账目的函"} {
		letter(o, title)
	}
	m := o.Create("3102", "archive-filing", nil)
	o.Pack()
	list := table(o.Do("3102", m, "gather", fields{"issuer": o.Issuer("临政办"), "file_year": 2026, "office_code": "BGS"}), "items")
	if list[0]["category"] != "WS 文书" || list[0]["medium"] != "纸质和电子" {
		t.Errorf("收集来的门类、载体是%v、%v", list[0]["category"], list[0]["medium"])
	}
	for _, r := range list {
		if r["title"] == "关于核对除雪账目的函" {
			r["category"] = "剪报"
		}
	}
	o.Refused("3102", m, "propose", fields{"items": rows(list)}, "只能选")
	for _, r := range list {
		if r["title"] == "关于核对除雪账目的函" {
			r["category"] = "KU 会计"
		}
	}
	o.Do("3102", m, "propose", fields{"items": rows(list)})
	var codes []string
	for _, r := range table(o.Do("3104", m, "number", nil), "items") {
		codes = append(codes, r["code"].(string))
	}
	if got := strings.Join(codes, " "); got != "L002-KU·2026-D10-BGS-0001 L002-WS·2026-D10-BGS-0001 L002-WS·2026-D10-BGS-0002" {
		t.Errorf("分门类的档号是%s", got)
	}
	boxed := table(o.Do("3102", m, "box", fields{"per_box": 30}), "items")
	if boxed[0]["box"] != 1.0 || boxed[1]["box"] != 2.0 || boxed[2]["box"] != 2.0 {
		t.Errorf("两个门类装在%v、%v、%v盒", boxed[0]["box"], boxed[1]["box"], boxed[2]["box"])
	}
	o.Pack()
	o.Do("3102", m, "hand-over", fields{"tests": []any{"真实性", "完整性", "可用性", "安全性"}})
	o.Do("3104", m, "receive", fields{"location": "库房一架二层"})
	if stamps := bookLines(t, o, "3104", m, "archive-stamp"); len(stamps) != 3 || !strings.HasPrefix(stamps[0], "L002|2026|1|BGS|10年|1|") {
		t.Errorf("归档章填的是%v", stamps)
	}
	if labels := bookLines(t, o, "3104", m, "box-label"); len(labels) != 2 || !strings.HasPrefix(labels[0], "L002|") || !strings.HasSuffix(labels[0], "|库房一架二层") { // ARCH-07: one for each box
		t.Errorf("箱盒标签是%v", labels)
	}
}

func Test缺材料的暂缓归档并催收(t *testing.T) { // ARCH-05, ARCH-37, DOC-OUT-05
	o := apptest.Open(t)
	m := letter(o, "关于借用除雪设备的函")
	if err := forget(o, m, "materials"); err != nil {
		t.Fatal(err)
	}
	f := o.Create("3102", "archive-filing", nil)
	o.Pack()
	o.Do("3102", f, "gather", fields{"issuer": o.Issuer("临政办"), "file_year": 2026, "office_code": "BGS"})
	list := table(o.Matter(f), "items")
	if list[0]["filing"] != "缺材料暂缓" {
		t.Fatalf("缺材料的标为%v", list[0]["filing"])
	}
	list[0]["filing"] = "归档"
	o.RefusedBecause("ARCH-14", "3102", f, "propose", fields{"items": rows(list)})
}

// bookLines are what a book by rows says of one matter, as somebody reads it.
func bookLines(t *testing.T, o *apptest.Office, who string, id db.ID, key string) (lines []string) {
	t.Helper()
	read(t, o, func(tx *db.Tx) error {
		m, p, w, err := o.Engine.Look(tx, o.Directory().ByUsername(who).ID, id)
		if err != nil {
			return err
		}
		for _, b := range p.Books {
			for _, row := range m.Rows(b.Rows) {
				if b.Key != key {
					continue
				}
				if in, err := p.HoldsFor(b.When, m, row, w); err != nil || !in {
					if err != nil {
						return err
					}
					continue
				}
				values, err := p.Values(b.Columns, m, row, w)
				if err != nil {
					return err
				}
				cells := make([]string, len(values))
				for i, v := range values {
					cells[i] = engine.ShowValue(v)
				}
				lines = append(lines, strings.Join(cells, "|"))
			}
		}
		return nil
	})
	return lines
}

func table(m *engine.Matter, field string) []fields {
	list, _ := m.Fields[field].([]any)
	out := make([]fields, len(list))
	for i, e := range list {
		out[i] = fields{}
		for k, v := range e.(map[string]any) {
			out[i][k] = v
		}
	}
	return out
}

func rows(list []fields) []any {
	out := make([]any, len(list))
	for i, r := range list {
		out[i] = r
	}
	return out
}

func Test查档先批条七日内有效归还验完好(t *testing.T) {
	o := apptest.Open(t)
	ask := fields{"title": "2019年供热文件", "purpose": "起草供热办法", "way": "借出", "term": "3天", "code": "L002-WS·2019-D30-BGS-0041"}
	m := o.Create("3301", "archive-use", nil)
	o.Do("3301", m, "submit", ask)
	permit := o.Do("2003", m, "agree", nil, "同意查阅")
	if permit.Number != "查档〔2026〕1号" || permit.Fields["valid_until"] != "2026-11-25" {
		t.Errorf("批条%s，有效期至%v", permit.Number, permit.Fields["valid_until"])
	}
	o.RefusedBecause("ARCH-07", "3104", m, "provide", fields{"trail_found": "箱盒标签", "count": 5, "pages": 61, "relevant": 3, "apt": 4})
	o.RefusedBecause("ARCH-07", "3104", m, "provide", fields{"trail_found": "箱盒标签", "count": 5, "pages": 61, "relevant": 8, "apt": 6})
	o.Do("3104", m, "provide", fields{"trail_found": "归档文件目录", "count": 5, "pages": 61, "relevant": 8, "apt": 4})
	holds(t, o, m, "out", "雷振声")
	o.RefusedBecause("ARCH-09", "3104", m, "take-back", fields{"condition": "损坏"})
	o.Do("3104", m, "take-back", fields{"condition": "完好"})
	o.RefusedBecause("ARCH-10", "3301", m, "fill", nil)
	o.Do("3301", m, "fill", fields{"later": true})
	after := o.Matter(m)
	holds(t, o, m, "follow", "古素华")
	if due := after.OpenTasks(engine.Handle)[0].Due.Sub(o.Now()); due < 89*24*hour {
		t.Errorf("跟踪补填的期限只有%s", due)
	}

	late := o.Create("3301", "archive-use", nil)
	o.Do("3301", late, "submit", ask)
	o.Do("2003", late, "agree", nil)
	o.Advance(8 * 24 * hour)
	o.RefusedBecause("ARCH-20", "3104", late, "provide", fields{"trail_found": "归档文件目录", "count": 5, "pages": 61, "relevant": 8, "apt": 4})
}

func Test查全率查准率按检索途径从利用登记算出(t *testing.T) { // ARCH-07
	o := apptest.Open(t)
	asked := func() db.ID {
		m := o.Create("3301", "archive-use", nil)
		o.Do("3301", m, "submit", fields{"title": "2019年供热文件", "purpose": "起草供热办法", "way": "阅览"})
		o.Do("2003", m, "agree", nil)
		return m
	}
	o.Do("3104", asked(), "provide", fields{"trail_found": "归档文件目录", "count": 5, "pages": 61, "relevant": 8, "apt": 4})
	o.Do("3104", asked(), "provide", fields{"trail_found": "题名", "count": 5, "pages": 61, "relevant": 5, "apt": 5})
	o.Do("3104", asked(), "stop", fields{"trail_found": "归档文件目录", "relevant": 2}, "没有查到")
	var got []string
	for _, table := range rateTables(t, o, "3104", "archive-use") {
		if table.Clause != "ARCH-07" {
			continue
		}
		for _, l := range table.Lines {
			got = append(got, fmt.Sprintf("%s·%s %d/%d", table.Name, l.Name, l.Part, l.Whole))
		}
	}
	slices.Sort(got)
	want := []string{"查全率·合计 9/15", "查全率·归档文件目录 4/10", "查全率·题名 5/5", "查准率·合计 9/10", "查准率·归档文件目录 4/5", "查准率·题名 5/5"}
	if !slices.Equal(got, want) {
		t.Errorf("算出的是%v", got)
	}
}
