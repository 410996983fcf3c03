package stories_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

func loan(o *apptest.Office, who string, more ...fields) db.ID {
	f := fields{"title": "全市信息工作会议材料", "secrecy": "无", "count": 2, "reason": "起草总结", "term": "3天", "place": "本人办公室"}
	for _, m := range more {
		for k, v := range m {
			f[k] = v
		}
	}
	m := o.Create(who, "document-loan", nil)
	o.Do(who, m, "submit", f)
	return m
}

func Test借阅文件三天逾期催还并报主任(t *testing.T) { // BORROW-01
	o := apptest.Open(t)
	m := loan(o, "2301")
	holds(t, o, m, "approve", "何映雪")
	o.Do("3102", m, "agree", nil, "同意")
	out := o.Do("3102", m, "lend", fields{"pages": 24, "copy_number": "07"})
	if out.Number != "借〔2026〕1号" || out.Fields["due_day"] != "2026-11-21" {
		t.Errorf("登记号%s，应还%v", out.Number, out.Fields["due_day"])
	}
	if out.Fields["condition"] != nil {
		t.Errorf("还没有归还，完好情况已写着%v", out.Fields["condition"])
	}
	holds(t, o, m, "out", "江晚晴")
	o.Until(time.Date(2026, 11, 21, 9, 0, 0, 0, db.Location)) // 当天先提醒
	o.Until(time.Date(2026, 11, 23, 9, 0, 0, 0, db.Location))
	if n := notices(o, "2301"); !strings.Contains(n, "到期，请抓紧归还") || !strings.Contains(n, "到期，请即归还") {
		t.Errorf("没有催还借阅人：%s", n)
	}
	if n := notices(o, "1007"); !strings.Contains(n, "17时30分归还") {
		t.Errorf("没有报主任：%s", n)
	}
	read(t, o, func(tx *db.Tx) error { // the clerk looks into the book for what is not back
		w, err := o.Engine.World(tx)
		if err != nil {
			return err
		}
		late, _, err := o.Engine.Lines(tx, o.Engine.Catalogue().Last("document-loan"), w.ActorOf(o.Directory().ByUsername("3102").ID), w, engine.LineQuery{State: "late"})
		if len(late) != 1 || late[0].ID != m {
			t.Errorf("登记簿按“已逾期”查出%d件", len(late))
		}
		return err
	})
	o.RefusedBecause("BORROW-07", "2301", m, "renew", fields{"renew_reason": "没有看完", "new_term": "1天"})
	o.RefusedBecause("BORROW-15", "3102", m, "take-back", fields{"condition": "完好", "pages_back": 23})
	if o.Offers("2301", m)["take-back"].Allowed {
		t.Error("借阅人自己销了借阅")
	}
	end := o.Do("3102", m, "take-back", fields{"condition": "完好", "pages_back": 24})
	if end.State != engine.Closed {
		t.Errorf("归还后%s", end.State)
	}
}

func Test借阅到期前续借要重新批准(t *testing.T) {
	o := apptest.Open(t)
	m := loan(o, "2301", fields{"term": "1天"})
	o.Do("3102", m, "agree", nil)
	o.Do("3102", m, "lend", fields{"pages": 24})
	o.Advance(24 * time.Hour)
	o.Do("2301", m, "renew", fields{"renew_reason": "起草未完", "new_term": "2天"})
	holds(t, o, m, "renew", "何映雪")
	back := o.Do("3102", m, "agree", nil)
	if back.Fields["due_day"] != "2026-11-21" || back.Fields["renewals"] != 1.0 {
		t.Errorf("续借到%v，第%v次", back.Fields["due_day"], back.Fields["renewals"])
	}
	holds(t, o, m, "out", "江晚晴")
}

func Test密级件由主任批外单位由主管领导批(t *testing.T) { // BORROW-03
	o := apptest.Open(t)
	m := o.Create("2301", "document-loan", nil)
	secret := fields{"title": "载体编号M-11", "secrecy": "秘密", "count": 1, "reason": "办理督查件", "term": "当日归还", "place": "本人办公室"}
	o.RefusedBecause("BORROW-02", "2301", m, "submit", secret)
	secret["place"] = "指定阅文室"
	o.Do("2301", m, "submit", secret)
	for _, h := range o.Holders(m) {
		if h != "贺庭山" && h != "马骁原" {
			t.Errorf("密级件到了%s手里", h)
		}
	}
	after := o.Do("1007", m, "agree", nil, "同意，只准阅看")
	if s, _ := after.Fields["terms"].(string); !strings.Contains(s, "不得摘抄") {
		t.Errorf("批准书没有写明要求：%q", s)
	}

	m = o.Create("2301", "document-loan", nil)
	outside := fields{"title": "供热文件汇编", "secrecy": "无", "count": 1, "reason": "编写县志", "term": "1天", "place": "本人办公室", "outside": true}
	reasons := o.Refused("2301", m, "submit", outside)
	if len(reasons) != 5 {
		t.Errorf("应一次说清五条理由：%v", reasons)
	}
	outside["term"], outside["place"] = "当日归还", "指定阅文室"
	outside["outside_unit"], outside["outside_person"], outside["credential"] = "县志编纂办公室", "向学文", "介〔2026〕26号"
	o.Do("2301", m, "submit", outside)
	for _, h := range o.Holders(m) {
		if h == "何映雪" || h == "贺庭山" {
			t.Errorf("外单位借阅到了%s手里，应由主管领导批", h)
		}
	}
}

func Test会议带回的文件先登记后使用用毕收回(t *testing.T) { // DOC-IN-16
	o := apptest.Open(t)
	m := o.Create("2101", "brought-back", nil)
	papers := []any{fields{"title": "全市安全生产工作会议文件汇编", "origin": "安澜市政府", "copies": 1, "secrecy": "内部"}}
	o.RefusedBecause("BORROW-11", "2101", m, "submit", fields{"meeting": "全市安全生产会议", "attendee": o.Person("1008"), "returned_on": "2026-11-12", "papers": papers})
	o.Do("2101", m, "submit", fields{"meeting": "全市安全生产会议", "attendee": o.Person("1008"), "returned_on": "2026-11-17", "papers": papers})
	if after := o.Do("3102", m, "register", fields{"convey_unit": o.Unit("应急信访科")}); after.Number != "会带〔2026〕1号" {
		t.Errorf("登记号是%s", after.Number)
	}
	o.Do("3301", m, "conveyed", fields{"conveyed": "科务会传达，6人"})
	o.RefusedBecause("BORROW-11", "3102", m, "collect", fields{"collected": false})
	if end := o.Do("3102", m, "collect", fields{"collected": true}); end.State != engine.Closed {
		t.Errorf("收回后%s", end.State)
	}
}

func Test调动前清退短缺的查找上报(t *testing.T) { // BORROW-04
	o := apptest.Open(t)
	l := loan(o, "2301")
	o.Do("3102", l, "agree", nil)
	o.Do("3102", l, "lend", fields{"pages": 24, "copy_number": "07-08"})
	m := o.Create("3102", "document-recall", nil)
	o.RefusedBecause("BORROW-05", "3102", m, "list", fields{"trigger": "人员调动"})
	listed := table(o.Do("3102", m, "list", fields{"trigger": "人员调动", "person": o.Person("2301")}), "items")
	if len(listed) != 1 || listed[0]["state"] != "在借" || listed[0]["copies"] != 2.0 {
		t.Fatalf("应清文件是%v", listed)
	}
	if r := o.Refused("3102", m, "settle", nil)[0]; r.Text != "每份应清文件都要注明去向（第 1 行缺去向）" || !slices.Equal(r.Cells, []errs.Cell{{Row: 0, Column: "outcome"}}) {
		t.Errorf("没有注明去向的一格没有指出来：%+v", r)
	}
	o.RefusedBecause("不能增减", "3102", m, "settle", fields{"items": rows([]fields{{"outcome": "收回"}})})
	listed[0]["actual"], listed[0]["outcome"] = 1, "收回"
	o.RefusedBecause("去向要注明短缺", "3102", m, "settle", fields{"items": rows(listed)})
	listed[0]["outcome"] = "短缺"
	o.Do("3102", m, "settle", fields{"items": rows(listed)})
	holds(t, o, m, "missing", "江晚晴")
	o.Do("2301", m, "state", fields{"statement": "搬办公室时遗失一份", "search": "已查旧办公室"})
	director := o.Directory().Person(o.Matter(m).Holders()[0]).Username
	o.RefusedBecause("BORROW-09", director, m, "conclude", fields{"conclusion": "丢失"}, "查实丢失")
	o.Do(director, m, "conclude", fields{"conclusion": "丢失", "reported_to": "邵嘉树，11月20日9时"}, "查实丢失")
	if end := o.Do(director, m, "close", nil, "已清"); end.State != engine.Closed {
		t.Errorf("小结后%s", end.State)
	}
}

func Test文书交接接收人签字才算完(t *testing.T) {
	o := apptest.Open(t)
	received(o, nil)
	m := o.Create("1010", "document-recall", nil)
	o.RefusedBecause("BORROW-06", "1010", m, "list", fields{"trigger": "文书交接", "person": o.Person("3102")})
	listed := table(o.Do("1010", m, "list", fields{"trigger": "文书交接", "person": o.Person("3102"), "successor": o.Person("3103")}), "items")
	if len(listed) != 1 || listed[0]["state"] != "在办" {
		t.Fatalf("交接清单是%v", listed)
	}
	listed[0]["actual"], listed[0]["outcome"] = 1, "移交"
	o.Do("3102", m, "settle", fields{"items": rows(listed)})
	holds(t, o, m, "takeover", "倪承远")
	o.Do("3103", m, "refuse", nil, "附件少一份")
	holds(t, o, m, "count", "何映雪")
	o.Do("3102", m, "settle", nil)
	o.Do("3103", m, "accept", nil)
	if o.Matter(m).Step != "report" {
		t.Errorf("接收后到了%s", o.Matter(m).Step)
	}
}

func Test阅文室文件带出由主任批当天交回(t *testing.T) { // DOC-CIR-09
	o := apptest.Open(t)
	m := o.Create("2301", "document-loan", nil)
	ask := fields{"title": "市委文件汇编", "secrecy": "无", "count": 1, "reason": "向领导汇报", "term": "2天", "place": "本人办公室", "reading_room": true}
	o.RefusedBecause("DOC-CIR-09", "2301", m, "submit", ask)
	ask["term"] = "当日归还"
	o.Do("2301", m, "submit", ask)
	for _, h := range o.Holders(m) {
		if h != "贺庭山" && h != "马骁原" {
			t.Errorf("阅文室带出的到了%s手里", h)
		}
	}
	o.Do("1007", m, "agree", nil, "同意")
	out := o.Do("3102", m, "lend", fields{"pages": 24})
	if due := out.OpenTasks(engine.Handle)[0].Due.In(db.Location).Format("01-02"); due != "11-18" {
		t.Errorf("应还%s，应是当天", due)
	}
	o.RefusedBecause("DOC-CIR-09", "2301", m, "renew", fields{"renew_reason": "没有看完", "new_term": "1天"})
	o.Until(time.Date(2026, 11, 18, 18, 0, 0, 0, db.Location))
	if n := notices(o, "2301"); !strings.Contains(n, "到期，请即归还") {
		t.Errorf("下班没有交回，没有催还：%s", n)
	}
}
