package stories_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

func supply(o *apptest.Office, title string, price int, more fields) db.ID {
	f := fields{"title": title, "measure": "个", "category": "耗材", "price": price}
	for k, v := range more {
		f[k] = v
	}
	m := o.Create("3204", "supply", nil)
	o.Do("3204", m, "enter", f)
	return m
}

// stocked buys a quantity of a thing and takes it into stock.
func stocked(o *apptest.Office, item db.ID, quantity, price int) db.ID {
	m := o.Create("3204", "purchase", nil)
	o.Do("3204", m, "submit", fields{
		"title": "补充库存", "reason": "库存不足", "user_unit": o.Unit("行政科"),
		"items": []any{fields{"item": item.String(), "quantity": quantity, "price": price}},
	})
	o.Do("2004", m, "agree", nil)
	if o.Matter(m).Step == "director" {
		o.Do("1010", m, "agree", nil)
	}
	o.Do("3204", m, "bought", fields{"bought_on": "2026-11-18", "quotes": "三家比价", "supplier": "县文具店", "paid": quantity * price})
	o.Do("3204", m, "accept", fields{"inspectors": o.People("3204", "3201")})
	return m
}

func balance(t *testing.T, o *apptest.Office, item db.ID) int64 {
	t.Helper()
	var n int64
	read(t, o, func(tx *db.Tx) error {
		_, err := tx.Row(`SELECT balance FROM stock_moves WHERE thing_id = ? ORDER BY id DESC LIMIT 1`, []any{item}, &n)
		return err
	})
	return n
}

func Test采购以一百元分界(t *testing.T) {
	o := apptest.Open(t)
	toner := supply(o, "硒鼓", 60, nil)
	m := o.Create("2202", "purchase", nil)
	f := fields{"title": "打印纸、硒鼓一批", "reason": "库存不足", "user_unit": o.Unit("综合科"), "items": []any{fields{"item": toner.String(), "quantity": 2, "price": 60}}}
	o.RefusedBecause("BUY-08", "2202", m, "submit", without(f, "items", []any{fields{"quantity": 2, "price": 60}}))
	o.Do("2202", m, "submit", f)
	o.Do("2004", m, "agree", nil, "同意，请主任批")
	holds(t, o, m, "director", "贺庭山")
	o.Do("1007", m, "agree", nil)
	o.RefusedBecause("BUY-01", "3204", m, "bought", fields{"bought_on": "2026-11-18", "quotes": "比价", "supplier": "县文具店", "paid": 150})
	o.Do("3204", m, "bought", fields{"bought_on": "2026-11-18", "quotes": "比价", "supplier": "县文具店", "paid": 118})
	o.RefusedBecause("BUY-05", "3204", m, "accept", fields{"inspectors": o.People("3204")})
	o.Do("3204", m, "accept", fields{"inspectors": o.People("3204", "3201")})
	if n := balance(t, o, toner); n != 2 {
		t.Errorf("入库后结存%d", n)
	}
	if claim := o.Matter(o.Begun(m, "expense")); claim.Fields["amount"] != 118.0 {
		t.Errorf("报销金额%v", claim.Fields["amount"])
	}

	small := o.Create("2202", "purchase", nil)
	o.Do("2202", small, "submit", without(f, "items", []any{fields{"item": toner.String(), "quantity": 1, "price": 60}}))
	o.Do("2004", small, "agree", nil)
	holds(t, o, small, "buy", "汤乐平") // 零星采购由分管主任审签即可
}

func Test急用先购三个工作日内补手续(t *testing.T) {
	o := apptest.Open(t)
	broom := supply(o, "扫帚", 12, nil)
	m := o.Create("3204", "purchase", nil)
	o.Do("3204", m, "urgent", fields{
		"title": "扫帚", "reason": "清扫积雪", "user_unit": o.Unit("行政科"), "oral_by": o.Person("2004"), "oral_at": "2026-11-18 08:30", "bought_on": "2026-11-18",
	})
	task := o.Matter(m).Tasks[1]
	if due := task.Due.In(db.Location).Format("01-02"); due != "11-23" {
		t.Errorf("补手续的期限是%s", due)
	}
	o.Until(time.Date(2026, 11, 24, 9, 0, 0, 0, db.Location))
	if n := notices(o, "3204"); n == "" {
		t.Error("逾期没有提醒")
	}
	o.Do("3204", m, "submit", fields{"items": []any{fields{"item": broom.String(), "quantity": 5, "price": 12}}, "supplier": "县日杂店", "paid": 60})
	o.Do("2004", m, "agree", nil)
	holds(t, o, m, "accept", "汤乐平") // 已经买了，直接验收
}

func Test领用以旧换新库存不出负数(t *testing.T) {
	o := apptest.Open(t)
	toner := supply(o, "硒鼓", 40, fields{"exchange": true, "quota": 2})
	stocked(o, toner, 2, 40)
	ask := func(n int) db.ID {
		m := o.Create("2202", "supplies-issue", nil)
		o.Do("2202", m, "submit", fields{"item": toner.String(), "quantity": n, "purpose": "校核打印", "person": o.Person("2202"), "user_unit": o.Unit("综合科")})
		o.Do("2201", m, "agree", nil)
		return m
	}
	m := ask(1)
	o.RefusedBecause("BUY-07", "3204", m, "issue", fields{"old": "不需交", "issued": 1})
	o.RefusedBecause("BUY-07", "3204", m, "issue", fields{"old": "未交", "issued": 1})
	given := o.Do("3204", m, "issue", fields{"old": "已交", "issued": 1})
	if given.Fields["left"] != 1.0 {
		t.Errorf("结存%v", given.Fields["left"])
	}
	if end := o.Do("2202", m, "receive", nil); end.State != engine.Closed {
		t.Errorf("签收后%s", end.State)
	}
	many := ask(2)
	o.RefusedBecause("现存 1", "3204", many, "issue", fields{"old": "已交", "issued": 2})
	o.Do("3204", many, "short", nil, "库存不足，列入下月采购")
	over := ask(3)
	holds(t, o, over, "deputy", "卓海宁")

	count := o.Create("3204", "stocktake", nil)
	o.Do("3204", count, "plan", fields{"title": "第四季度盘点", "scope": "耗材", "period": "季"})
	rows := []any{fields{"item": toner.String(), "counted": 0}}
	o.RefusedBecause("BUY-05", "3204", count, "count", fields{"items": rows, "counters": o.People("3204"), "counted_on": "2026-11-18"})
	o.Do("3204", count, "count", fields{"items": rows, "counters": o.People("3204", "3205"), "counted_on": "2026-11-18"})
	listed := table(o.Matter(count), "items")
	if listed[0]["book"] != 1.0 {
		t.Fatalf("账面数是%v", listed[0]["book"])
	}
	o.RefusedBecause("BUY-05", "3204", count, "explain", fields{"items": o.Matter(count).Fields["items"]})
	listed[0]["reason"], listed[0]["action"] = "破损报废未登记", "调账"
	o.Do("3204", count, "explain", fields{"items": []any{listed[0]}})
	o.Do("3202", count, "pass", nil)
	stocked(o, toner, 5, 10) // 审批期间又有入库
	o.Do("1010", count, "agree", nil)
	if n := balance(t, o, toner); n != 5 {
		t.Errorf("调账后结存%d，应是5", n)
	}
}

func Test不结清不能再借(t *testing.T) {
	o := apptest.Open(t)
	o.Until(time.Date(2026, 11, 2, 9, 30, 0, 0, db.Location))
	m := o.Create("2302", "advance", nil)
	f := fields{"title": "赴市参加信息培训", "user_unit": o.Unit("信息科"), "purpose": "差旅", "amount": 2000, "back_on": "2026-11-06"}
	o.RefusedBecause("FIN-02", "2302", m, "submit", without(f, "back_on", nil))
	o.Do("2302", m, "submit", f)
	o.Do("2301", m, "agree", nil)
	o.Do("1007", m, "agree", nil, "同意借支")
	o.RefusedBecause("FIN-20", "3202", m, "pass", fields{"way": "现金"})
	o.Do("3202", m, "pass", fields{"way": "转账"})
	o.Do("3203", m, "pay", nil)
	o.Until(time.Date(2026, 11, 6, 17, 0, 0, 0, db.Location))
	o.Do("2302", m, "back", fields{"back_on": "2026-11-06"})
	owed := o.Matter(m).OpenTasks(engine.Handle)[0]
	if due := owed.Due.In(db.Location).Format("01-02"); due != "11-17" {
		t.Errorf("结账期限是%s", due)
	}
	o.Until(apptest.Start)
	if n := notices(o, "2302"); n == "" {
		t.Error("逾期没有催还")
	}
	again := o.Create("2302", "advance", nil)
	o.RefusedBecause("FIN-02", "2302", again, "submit", without(f, "back_on", "2026-11-30"))
	o.RefusedBecause("FIN-04", "3202", m, "settle", fields{"spent": 1800, "repaid": 200})
	o.RefusedBecause("报销加交回", "3202", m, "settle", fields{"spent": 1800, "repaid": 100, "late_note": "补开发票"})
	if end := o.Do("3202", m, "settle", fields{"spent": 1800, "repaid": 200, "late_note": "补开发票"}); end.State != engine.Closed {
		t.Errorf("结清后%s", end.State)
	}
	o.Do("2302", again, "submit", without(f, "back_on", "2026-11-30"))
}

func Test报销缺件超标不收会计出纳不兼办(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("3207", "expense", nil)
	f := fields{
		"title": "清禾县考察团工作餐", "category": "接待", "amount": 440, "payee": "机关食堂", "user_unit": o.Unit("行政科"),
		"way": "公务卡", "papers": []any{"发票", "公函"}, "attachments": 3, "private_part": true,
	}
	o.RefusedBecause("RECV-27", "3207", m, "submit", f)
	travel := without(without(without(f, "category", "差旅"), "papers", []any{"发票", "审批单"}), "days", 2)
	o.RefusedBecause("FIN-19", "3207", m, "submit", without(travel, "meals", 300))
	o.RefusedBecause("PRINT-27", "3207", m, "submit", without(f, "category", "文印"))
	o.Do("3207", m, "submit", without(f, "papers", []any{"发票", "公函", "接待清单"}))
	o.Do("3201", m, "agree", nil)
	o.Do("3202", m, "pass", nil)
	o.Do("1010", m, "agree", nil)
	o.Do("3203", m, "pay", nil)
	if end := o.Do("3202", m, "book", fields{"voucher": "记-112"}); end.State != engine.Closed {
		t.Errorf("入账后%s", end.State)
	}
}

func Test登记簿上的金额写到分(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("3302", "advance", nil)
	o.Do("3302", m, "submit", fields{"title": "赴市开会", "user_unit": o.Unit("应急信访科"), "purpose": "预支", "amount": 2600, "settle_by": "2026-11-30"})
	if line := registerLine(t, o, "3202", m); strings.Count(line, "2600.00") != 2 { // the sum and what is left of it
		t.Errorf("登记簿上是%s", line)
	}
}
