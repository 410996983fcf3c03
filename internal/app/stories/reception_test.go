package stories_test

import (
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

func guests() fields {
	return fields{
		"title": "清禾县政府考察团来访", "visitor_unit": "清禾县政府", "letter_number": "清政办函〔2026〕30号", "level": "一般来宾", "guest_count": 8,
		"guests": []any{fields{"name": "客一", "post": "副县长", "nation": "回族", "diet": "清真"}}, "home": "市外",
		"arrive_at": "2026-11-19 10:00", "leave_at": "2026-11-19 16:00", "transport": "中巴", "aim": "考察供热改造", "activities": "座谈、现场、工作餐",
	}
}

func Test没有公函不接待陪餐按人数核定(t *testing.T) { // RECV-01, RECV-04, RECV-26
	o := apptest.Open(t)
	m := o.Create("3207", "reception", nil)
	f := guests()
	o.RefusedBecause("RECV-05", "3207", m, "submit", without(f, "letter_number", ""))
	o.RefusedBecause("RECV-06", "3207", m, "submit", without(f, "welcome", "县界收费站"))
	o.Do("3207", m, "submit", f)
	holds(t, o, m, "instruct", "卓海宁")
	o.Do("2004", m, "instruct", nil, "请按规定拟方案")
	plan := fields{
		"guest_count": 8, "diet_checked": true, "company": o.People("1009", "1010", "2004", "3201"), "meals": 1, "meal_price": 40, "plain": true, "budget": 480,
	}
	o.RefusedBecause("RECV-08", "3207", m, "submit", plan)
	plan["company"] = o.People("1009", "1010", "2004")
	o.RefusedBecause("RECV-07", "3207", m, "submit", without(plan, "meals", 2))
	o.RefusedBecause("RECV-18", "3207", m, "submit", without(plan, "diet_checked", false))
	o.Do("3207", m, "submit", without(plan, "needs_room", true))
	o.Do("1010", m, "agree", nil, "同意方案")
	if b := o.Matter(o.Begun(m, "room-booking")); b.Fields["attendees"] != 11.0 || b.Step != "apply" {
		t.Errorf("会议室预订是%v，在%s", b.Fields, b.Step)
	}
	o.RefusedBecause("RECV-28", "3207", m, "ready", fields{"tasks": []any{fields{"part": "迎门"}}})
	tasks := []any{fields{"part": "迎门", "at": "9:50", "who": o.Person("3207")}}
	o.Do("3207", m, "ready", fields{"tasks": tasks})
	o.Until(time.Date(2026, 11, 19, 16, 10, 0, 0, db.Location))
	gone := fields{"came_at": "2026-11-19 10:05", "left_at": "2026-11-19 16:05", "tasks": tasks}
	o.RefusedBecause("RECV-28", "3207", m, "seen-off", gone)
	gone["tasks"] = []any{fields{"part": "迎门", "at": "9:50", "who": o.Person("3207"), "done": true}}
	o.Do("3207", m, "seen-off", gone)
	bill := fields{"fee": 440, "invoice": "0012", "papers": []any{"发票", "公函"}, "way": "公务卡", "signed": true}
	o.RefusedBecause("RECV-27", "3207", m, "settle", bill)
	o.RefusedBecause("RECV-07", "3207", m, "settle", without(without(bill, "papers", []any{"发票", "公函", "接待清单"}), "fee", 900))
	o.Do("3207", m, "settle", without(bill, "papers", []any{"发票", "公函", "接待清单"}))
	o.Do("3202", m, "pass", nil)
	if claim := o.Matter(o.Begun(m, "expense")); claim.Fields["category"] != "接待" || claim.Fields["amount"] != 440.0 {
		t.Errorf("报销单是%v", claim.Fields)
	}
	end := o.Do("3207", m, "close", fields{"good": "衔接顺畅", "lacking": "茶水添得慢", "improve": "每桌定人"})
	if end.State != engine.Closed || end.Number != "接待〔2026〕1号" {
		t.Errorf("接待%s，%s", end.Number, end.State)
	}
}

func Test超过十人陪餐不超过三分之一超员加批(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("3207", "reception", nil)
	o.Do("3207", m, "submit", without(guests(), "guest_count", 16))
	o.Do("2004", m, "instruct", nil, "从简")
	company := o.People("1008", "1009", "1010", "2003", "2004", "3201")
	plan := fields{"guest_count": 16, "diet_checked": true, "company": company, "over_reason": "分两个现场同时陪同", "plain": true, "budget": 880}
	after := o.Do("3207", m, "submit", plan)
	if after.Fields["company_limit"] != 5.0 {
		t.Errorf("核定陪餐%v人", after.Fields["company_limit"])
	}
	o.Do("1010", m, "agree", nil)
	if step := o.Matter(m).Step; step != "over" {
		t.Errorf("超员没有加批，到了%s", step)
	}
}

func Test访客征得同意再进离开收条(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("3402", "visitor", nil)
	f := fields{"title": "送审材料", "visitor_name": "丁同志", "visitor_unit": "县水利局", "credential": "工作证0121", "count": 2, "host": o.Person("2401"), "booked": "未预约"}
	o.RefusedBecause("GUARD-01", "3402", m, "ask", without(f, "credential", "110101199001011234"))
	o.Do("3402", m, "ask", f)
	holds(t, o, m, "ask", "佟有田")
	o.Do("3402", m, "let-in", nil)
	o.RefusedBecause("GUARD-01", "3402", m, "leave", fields{"slip_back": false})
	if end := o.Do("3402", m, "leave", fields{"slip_back": true}); end.State != engine.Closed {
		t.Errorf("离开后%s", end.State)
	}
	o.Until(time.Date(2026, 11, 18, 23, 20, 0, 0, db.Location))
	late := o.Create("3402", "visitor", nil)
	o.RefusedBecause("GUARD-08", "3402", late, "ask", f)
	o.Do("3402", late, "ask", without(f, "permit_by", o.Person("2601")))
}

func Test物品出门凭证资产由行政科批借出要还(t *testing.T) {
	o := apptest.Open(t)
	pc := o.Create("3204", "asset", nil)
	card := fields{
		"title": "笔记本电脑", "code": "PC-07", "sort": "计算机", "model": "样机", "network": "互联网", "bought_on": "2022-05-01", "location": "信息科",
		"responsible_person": o.Person("2302"), "taken_on": "2022-05-10",
	}
	o.RefusedBecause("IT-01", "3204", pc, "enter", card)
	o.Do("3204", pc, "enter", without(without(without(without(card, "details", "8G内存"), "printer", "共用"), "desk", "1号"), "chair", "1号"))
	m := o.Create("2302", "goods-out", nil)
	f := fields{
		"title": "笔记本电脑", "quantity": 1, "measure": "台", "sort": "固定资产", "gone_to": "市委党校", "reason": "培训使用", "carrier": o.Person("2302"),
		"user_unit": o.Unit("信息科"), "kind_of": "借出", "return_by": "2026-11-20",
	}
	o.RefusedBecause("IT-10", "2302", m, "submit", f)
	o.Do("2302", m, "submit", without(f, "asset", pc.String()))
	o.Do("2301", m, "agree", nil)
	holds(t, o, m, "logistics", "龚大有")
	o.Do("3201", m, "agree", nil)
	o.RefusedBecause("GUARD-06", "3402", m, "pass", fields{"matched": false})
	o.Do("3402", m, "pass", fields{"matched": true})
	holds(t, o, m, "lent", "石一磊")
	if o.Offers("2302", m)["back"].Allowed {
		t.Error("借用人自己销了归还")
	}
	if end := o.Do("3402", m, "back", fields{"intact": true}); end.State != engine.Closed {
		t.Errorf("归还后%s", end.State)
	}
}

func Test外印先审批补办的不能报销(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("2202", "outside-printing", nil)
	f := fields{
		"title": "大幅会标", "user_unit": o.Unit("综合科"), "purpose": "会场布置", "copies": 2, "spec": "6米", "reason": "文印室没有喷绘机", "printer_name": "定点印刷厂",
		"qualified": true, "estimate": 300, "secrecy": "不涉密", "needed_on": "2026-11-20",
	}
	o.RefusedBecause("PRINT-25", "2202", m, "submit", without(f, "secrecy", "涉密"))
	o.RefusedBecause("PRINT-28", "2202", m, "submit", without(f, "qualified", false))
	o.Do("2202", m, "submit", f)
	o.Do("3104", m, "cannot", fields{"cannot": "没有喷绘设备"})
	o.Do("2003", m, "agree", nil)
	o.Do("1007", m, "agree", nil)
	o.RefusedBecause("PRINT-26", "2202", m, "printed", fields{"printed": 3, "proofs_back": true})
	o.Do("2202", m, "printed", fields{"printed": 2, "proofs_back": true})
	o.Do("2202", m, "settle", fields{"fee": 280, "invoice": "0031"})
	if claim := o.Matter(o.Begun(m, "expense")); claim.Fields["source_number"] != "外印〔2026〕1号" {
		t.Errorf("报销单没有审批编号：%v", claim.Fields)
	}
	late := o.Create("2202", "outside-printing", nil)
	o.Do("2202", late, "late", fields{"title": "折页", "user_unit": o.Unit("综合科"), "purpose": "宣传", "copies": 100, "printer_name": "街边店", "fee": 80}, "急用未报")
	o.Do("2003", late, "noted", nil, "未经审批，费用自付")
	if s := o.Matter(late).State; s != engine.Closed {
		t.Errorf("记录后%s", s)
	}
}
