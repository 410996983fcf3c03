package stories_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

func Test公开电话诉求派单办理回访(t *testing.T) {
	o := apptest.Open(t)
	ask := fields{
		"caller": "城东居民", "phone": "0000-6300001", "title": "楼道供热管漏水", "content": "三单元供热管漏水", "subject": "供热",
		"category": "一般诉求", "recording": "L-0918", "lead_unit": o.Unit("行政科"),
	}
	m := o.Create("3302", "hotline", nil)
	o.RefusedBecause("TEL-15", "3302", m, "dispatch", fields{"caller": "城东居民", "phone": "0000-6300001", "title": "漏水", "content": "漏水", "lead_unit": o.Unit("行政科")})
	o.RefusedBecause("TEL-11", "3302", m, "answer", fields{"caller": "城东居民", "title": "漏水", "content": "漏水", "reply": "请等"})
	sent := o.Do("3302", m, "dispatch", ask)
	if sent.Number != "诉求〔2026〕1号" || sent.Due.Format("01-02") != "11-25" { // TEL-11: five working days
		t.Errorf("%s 限到%s", sent.Number, sent.Due.Format("01-02"))
	}
	o.Do("3201", m, "wrong", fields{"wrong_why": "供热归应急信访科"})
	o.Do("3302", m, "dispatch", fields{"lead_unit": o.Unit("应急信访科")})
	o.Until(time.Date(2026, 11, 20, 9, 0, 0, 0, db.Location))
	o.RefusedBecause("TEL-11", "3301", m, "wrong", fields{"wrong_why": "不归我们"}) // later than one working day
	o.Do("3301", m, "sign", fields{"handler": o.Person("3301")})
	o.Do("3301", m, "report", fields{"progress": "已联系供热公司"})
	done := fields{"result": "已更换阀门", "resolved": "已解决", "replied_at": at(20, 8, 50), "reply": "已修复"}
	o.Do("3301", m, "finish", done)
	holds(t, o, m, "visit", "阮清如") // TEL-09: not the unit that handled it
	o.RefusedBecause("TEL-09", "3302", m, "satisfied", fields{"visited_at": at(20, 8, 55), "satisfied": "不满意", "comment": "仍渗水"})
	o.Do("3302", m, "redo", fields{"visited_at": at(20, 8, 55), "comment": "仍渗水"})
	o.Do("3301", m, "finish", fields{"result": "重新焊接", "resolved": "已解决", "replied_at": at(20, 8, 58), "reply": "已焊好"})
	o.Advance(hour)
	end := o.Do("3302", m, "satisfied", fields{"visited_at": at(20, 9, 30), "satisfied": "满意"})
	if end.State != engine.Closed || end.Fields["redone"] != 1.0 || end.Fields["wrong"] != 1.0 {
		t.Errorf("%s，重办%v，错派%v", end.State, end.Fields["redone"], end.Fields["wrong"])
	}
	for category, day := range map[string]string{"咨询": "11-25", "复杂诉求": "12-11"} { // TEL-11: three and fifteen working days from Friday the 20th
		ask["category"] = category
		next := o.Create("2602", "hotline", nil) // TEL-09: whoever is on duty, at any hour
		if due := o.Do("2602", next, "dispatch", ask).Due.Format("01-02"); due != day {
			t.Errorf("%s限到%s", category, due)
		}
	}
	twin := o.Create("3302", "hotline", fields{"caller": "城西居民", "phone": "0000-6300002", "title": "楼道供热管漏水", "same_as": m.String()})
	if end := o.Do("3302", twin, "merge", fields{"reply": "已并案办理"}); end.Fields["result"] != "并入诉求〔2026〕1号" { // TEL-09
		t.Errorf("归并写成%v", end.Fields["result"])
	}
}

func Test重大事项电话报告后补报告单(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("2602", "phone-report", fields{
		"reported_at": at(18, 9, 20), "leaders": o.People("1002"), "title": "枫渡河堤渗水", "content": "堤脚有渗水点两处", "measures": "已派员看守",
	})
	o.RefusedBecause("DUTY-05", "2602", m, "present", fields{"oral": "请县长到现场"})
	o.Do("2602", m, "present", fields{"oral": "请水利局到现场", "repeated": true})
	holds(t, o, m, "instruct", "陆怀谦") // DUTY-05
	o.RefusedBecause("没有写明意见", "1002", m, "instruct", nil)
	o.Do("1002", m, "instruct", nil, "请水利局立即处置。")
	o.RefusedBecause("DUTY-05", "2602", m, "done", fields{"result": "已堵漏", "conveyed": []any{fields{"whom": "县水利局"}}})
	end := o.Do("2602", m, "done", fields{"result": "已堵漏", "conveyed": []any{fields{"whom": "县水利局", "at": at(18, 9, 25), "receiver": "项临渊"}}})
	if end.State != engine.Closed || end.Number != "电报告〔2026〕1号" {
		t.Errorf("%s %s", end.Number, end.State)
	}
}

func Test突发事件先报后办首报续报终报相连(t *testing.T) { // EMRG-03
	o := apptest.Open(t)
	m := o.Create("2602", "emergency-report", fields{"title": "城东供热主管网爆裂", "place": "城东街"})
	whole := fields{
		"kind_of": "事故灾难", "grade": "较大", "warning": "Ⅲ级黄色", "happened_at": at(18, 9, 0), "heard_at": at(18, 9, 10), "nature": "管网爆裂", "extent": "城东三个小区",
		"losses": "无", "trend": "可控", "commander": "罗清禾", "measures": "已关阀", "asks": "请调抢修车", "caller": "供热公司值班员", "caller_phone": "0000-6300009",
		"phoned": []any{fields{"whom": "郑跃川", "at": at(18, 9, 12)}}, "leaders": o.People("1009"), "lasting": true,
	}
	o.RefusedBecause("EMRG-30", "2602", m, "report", whole)
	o.Do("2602", m, "alert", fields{"heard_at": at(18, 9, 29), "add_readers": o.People("1006")})
	told := o.Matter(m).OpenTasks(engine.Read)
	if len(told) != 1 || told[0].Arrived.Sub(o.Now()) > time.Minute { // EMRG-30: within the minute
		t.Fatalf("带班领导没有立即收到：%v", told)
	}
	o.Refused("2602", m, "report", merge(whole, fields{"kind_of": "其他"}))                 // EMRG-01: one of four
	o.Refused("2602", m, "report", merge(whole, fields{"warning": "五级"}))                 // EMRG-02: four levels
	o.RefusedBecause("EMRG-10", "2602", m, "report", merge(whole, fields{"asks": ""}))    // EMRG-10: no item left out
	o.RefusedBecause("EMRG-05", "2602", m, "report", merge(whole, fields{"phoned": nil})) // EMRG-05: by telephone first
	o.Do("2602", m, "report", whole)
	holds(t, o, m, "instruct", "郑跃川", "罗清禾")
	if line := registerLine(t, o, "2602", m); !strings.Contains(line, "|20分钟|") { // EMRG-30: heard at 9:10 as was then written
		t.Errorf("登记簿看不出几分钟报到：%s", line)
	}
	if _, offered := o.Offers("2602", m)["next"]; offered { // EMRG-05: nothing is handled before it is arranged
		t.Error("领导还没有安排就能处置")
	}
	o.Do("1009", m, "arrange", fields{"lead_unit": o.Unit("应急信访科")}, "请立即抢修。")
	sent := []any{fields{"to": "安澜市政府总值班室", "at": at(18, 9, 30), "receiver": "值班员"}}
	o.Do("2602", m, "next", fields{"handled": "已开挖", "sent_up": sent})
	second := o.Begun(m, "emergency-report")
	if f := o.Matter(second).Fields; f["round"] != "续报" || f["kind_of"] != "事故灾难" || f["former"] != m.String() {
		t.Errorf("续报带过来的是%v", f)
	}
	delete(whole, "lasting")
	o.RefusedBecause("EMRG-09", "2602", second, "report", whole)
	o.RefusedBecause("EMRG-09", "2602", second, "report", merge(whole, fields{"round": "终报", "change": "已恢复供热"}))
	o.Do("2602", second, "report", merge(whole, fields{"round": "终报", "change": "已恢复供热", "outcome": "17时恢复，无伤亡"}))
	o.Do("1006", second, "arrange", fields{"lead_unit": o.Unit("应急信访科")}, "做好善后。")
	o.Do("2602", second, "hazard", nil)
	if after := o.Do("2602", second, "last", fields{"handled": "已恢复", "sent_up": sent}); after.Step != "aftermath" {
		t.Errorf("终报后在%s", after.Step)
	}
	four := fields{"prevention": "供暖前已做风险分析", "aftermath": "三个小区退费，管网列入更换"}
	for _, one := range []string{"prevention", "aftermath"} { // EMRG-03: each of the four phases leaves its record
		o.RefusedBecause("EMRG-03", "2602", second, "close", merge(four, fields{one: nil}))
	}
	if end := o.Do("2602", second, "close", four); end.State != engine.Closed {
		t.Errorf("善后完毕%s", end.State)
	}
	if line := registerLine(t, o, "2602", second); !strings.Contains(line, "终报|突发〔2026〕1号") {
		t.Errorf("登记簿看不出前报：%s", line)
	}

	hole := o.Begun(second, "hazard")
	o.Do("3301", hole, "register", fields{"lead_unit": o.Unit("应急信访科")})
	five := fields{"owner": o.Person("3302"), "measures": "更换管段", "deadline": "2026-12-10", "funds": "供热公司自筹", "plan": "分段更换"}
	for _, one := range []string{"owner", "measures", "deadline", "funds", "plan"} { // EMRG-18
		o.RefusedBecause("EMRG-18", "3301", hole, "settle", merge(five, fields{one: nil}))
	}
	o.Do("3301", hole, "settle", five)
	o.Do("3302", hole, "done", fields{"done": "已更换"})
	if end := o.Do(o.Directory().Person(o.Matter(hole).Holders()[0]).Username, hole, "clear", fields{"review": "合格"}); end.State != engine.Closed {
		t.Errorf("隐患%s", end.State)
	}
}

// merge is the fields with some of them otherwise.
func merge(f, other fields) fields {
	out := fields{}
	for _, part := range []fields{f, other} {
		for k, v := range part {
			out[k] = v
		}
	}
	return out
}

func Test预防台账四项在一本账上值班员一键调出(t *testing.T) { // EMRG-04, EMRG-21
	o := apptest.Open(t)
	enter := func(item, title string, more fields) db.ID {
		m := o.Create("2602", "emergency-readiness", merge(fields{"item": item, "title": title, "lead_unit": o.Unit("应急信访科")}, more))
		o.Do("2602", m, "enter", nil)
		return m
	}
	bare := o.Create("2602", "emergency-readiness", fields{"title": "供热管网", "lead_unit": o.Unit("应急信访科")})
	for _, item := range []string{"风险分析", "应急预案", "演练", "物资储备"} {
		o.RefusedBecause("EMRG-04", "2602", bare, "enter", fields{"item": item})
	}
	o.RefusedBecause("EMRG-21", "2602", bare, "enter", fields{"item": "联络人"})
	plan := enter("应急预案", "供热突发事件应急预案", fields{"content": "先关阀、后抢修"})
	enter("风险分析", "老旧管网爆裂", fields{"content": "城东管网超期", "risk": "较大风险"})
	enter("演练", "供热抢修演练", fields{"content": "二十人参加", "plan": plan.String(), "drilled_on": "2026-10-12"})
	pumps := enter("物资储备", "移动水泵", fields{"quantity": 6, "measure": "台", "place": "水利局仓库", "contact": "项临渊", "phone": "0000-6300011"})
	enter("应急队伍", "供热抢修队", fields{"content": "二十人", "contact": "队长", "phone": "0000-6300012"})
	enter("联络人", "供热公司经理", fields{"contact": "经理", "phone": "0000-6300013"})
	old := enter("联络人", "供热公司前任经理", fields{"contact": "前任", "phone": "0000-6300014"})
	o.Do("2602", old, "stop", nil, "已调离")

	event := o.Create("2602", "emergency-report", fields{"title": "城东供热主管网爆裂", "place": "城东街"})
	got := map[string]string{}
	for _, row := range table(o.Do("2602", event, "call-up", nil), "resources") {
		got[row["title"].(string)], _ = row["phone"].(string)
	}
	if len(got) != 6 || got["移动水泵"] != "0000-6300011" {
		t.Errorf("调出的是%v", got)
	}
	o.Do("2602", pumps, "update", fields{"phone": "0000-6300015"})
	for _, row := range table(o.Do("2602", event, "call-up", nil), "resources") {
		if row["title"] == "移动水泵" && row["phone"] != "0000-6300015" {
			t.Errorf("再调出的还是旧电话%v", row["phone"])
		}
	}
	if n := tallied(t, o, "2602", "emergency-readiness", "预防台账各项"); n["物资储备 各类通用"] != 1 || n["联络人 各类通用"] != 1 {
		t.Errorf("台账各项是%v", n)
	}
}

func Test突发情况一分钟内到带班领导超过就催(t *testing.T) { // EMRG-30
	o := apptest.Open(t)
	leader := o.Directory().ByUsername("1006").ID
	page, close := o.Hub.Listen(leader) // the leader's open page
	defer close()
	m := o.Create("2602", "emergency-report", fields{"title": "城东供热主管网爆裂", "place": "城东街"})
	if due := o.Matter(m).OpenTasks(engine.Handle)[0].Due.Sub(o.Now()); due != time.Minute {
		t.Errorf("速报限%s", due)
	}
	told := o.Do("2602", m, "alert", fields{"heard_at": o.Now().Format(time.RFC3339), "add_readers": o.People("1006")})
	if task := told.OpenTasks(engine.Read); len(task) != 1 || task[0].Person != leader || !task[0].Arrived.Equal(o.Now()) {
		t.Errorf("带班领导没有在同一次办理里收到：%v", task)
	}
	heard := false
	for len(page.Events) > 0 {
		ev := <-page.Events
		heard = heard || ev.Matter == m && slices.Contains(ev.People, leader)
	}
	if !heard {
		t.Error("带班领导的页面没有收到推送")
	}

	slow := o.Create("2602", "emergency-report", fields{"title": "枫渡河堤渗水", "place": "枫渡镇"})
	o.Advance(61 * time.Second)
	for number, want := range map[string]string{"2602": "请即办理", "1010": "逾期：《枫渡河堤渗水》", "1007": "逾期：《枫渡河堤渗水》"} {
		if n := notices(o, number); !strings.Contains(n, want) {
			t.Errorf("一分钟没有速报，没有催%s：%s", number, n)
		}
	}
	o.Do("2602", slow, "alert", fields{"heard_at": o.Now().Add(-2 * time.Minute).Format(time.RFC3339), "add_readers": o.People("1006")})
	if due := o.Matter(slow).OpenTasks(engine.Handle)[0].Due.Sub(o.Now()); due != 28*time.Minute { // the clock runs from when it was heard
		t.Errorf("速报以后限%s", due)
	}
}

func Test季节风险提前成为部署任务(t *testing.T) {
	o := apptest.Open(t)
	o.Until(time.Date(2027, 9, 20, 9, 0, 0, 0, db.Location)) // EMRG-17: twenty working days ahead of the heating
	titles := begunDuties(t, o)
	if !titles["秋菜上市和环卫部署"] || !titles["供暖准备部署"] || !titles["苗头性问题研判"] { // EMRG-30
		t.Errorf("没有提前部署：%v", titles)
	}
}
