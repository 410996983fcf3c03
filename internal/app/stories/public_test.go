package stories_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

func Test合同五个工作日内报原件备案(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("3201", "contract-filing", fields{
		"title": "供热煤炭供应合同", "partner": "安澜市煤炭储运公司", "amount": 2860000, "sort": "政府签订", "signed_at": at(9, 10, 0), "ends_on": "2027-04-30", "originals": 1,
	})
	if due := o.Matter(m).Due.Format("01-02"); due != "11-16" { // SEAL-33: five working days after signing
		t.Errorf("报送期限到%s", due)
	}
	o.RefusedBecause("SEAL-33", "3201", m, "send", nil)
	o.RefusedBecause("SEAL-32", "3201", m, "send", fields{"originals": 0, "late_reason": "对方迟寄"})
	o.Do("3201", m, "send", fields{"late_reason": "对方迟寄原件"})
	o.RefusedBecause("SEAL-32", "3102", m, "register", fields{"checked": false})
	if done := o.Do("3102", m, "register", fields{"checked": true}); done.Number != "合同〔2026〕1号" {
		t.Errorf("备案号%s", done.Number)
	}
	holds(t, o, m, "store", "彭守静", "安如絮") // SEAL-32: kept in the cipher room
	o.Do("2502", m, "store", fields{"location": "机要室3号柜"})
	holds(t, o, m, "in-force", "龚大有")
	if due := o.Matter(m).OpenTasks(engine.Handle)[0].Due.Format("2006-01-02"); due != "2027-04-30" {
		t.Errorf("履行提醒在%s", due)
	}
	if end := o.Do("3201", m, "end", fields{"ended": "履行完毕"}); end.State != engine.Closed {
		t.Errorf("合同%s", end.State)
	}
	if line := registerLine(t, o, "3102", m); !strings.Contains(line, "机要室3号柜|履行完毕") {
		t.Errorf("登记簿：%s", line)
	}
}

func Test接访排班公布未接访的系统次日补排(t *testing.T) { // PET-25
	o := apptest.Open(t)
	m := o.Create("3302", "petition-duty", nil)
	day := fields{"day": "2026-11-21", "lead_by": o.Person("1009"), "cadre": o.Person("3301")}
	o.RefusedBecause("PET-25", "3302", m, "publish", day) // a Saturday
	day["day"] = "2026-11-19"
	o.Do("3302", m, "publish", day)
	if !o.Sees("3207", m) { // PET-25: published to everyone of the agency
		t.Error("排班没有公布")
	}
	holds(t, o, m, "duty", "雷振声", "罗清禾")
	o.RefusedBecause("PET-25", "3301", m, "received", fields{"batches": 1, "people_met": 2})
	o.Until(time.Date(2026, 11, 19, 18, 0, 0, 0, db.Location))
	made := o.Matter(m) // nobody had to put it off
	if made.Fields["day"] != "2026-11-20" || made.Fields["missed_on"] != "2026-11-19" || made.Fields["made_up"] != 1.0 || !strings.HasPrefix(made.Title, "2026年11月20日接访（补排）") {
		t.Errorf("没有自动补排到次日：%s %v", made.Title, made.Fields)
	}
	holds(t, o, m, "duty", "雷振声", "罗清禾")
	for _, number := range []string{"3302", "3301", "1009"} {
		if n := notices(o, number); !strings.Contains(n, "已自动补排到次日") {
			t.Errorf("没有告知%s：%s", number, n)
		}
	}
	o.Until(time.Date(2026, 11, 20, 18, 0, 0, 0, db.Location)) // missed again, on a Friday
	if day := o.Matter(m).Fields["day"]; day != "2026-11-23" {
		t.Errorf("周五未接访的补排到%v", day)
	}
	if _, err := o.Try("3207", m, "change", fields{"lead_by": o.Person("1008")}); err == nil {
		t.Error("不管信访的人换了班")
	}
	o.Do("3302", m, "change", fields{"lead_by": o.Person("1008")}, "原带班领导外出")
	o.Until(time.Date(2026, 11, 23, 9, 0, 0, 0, db.Location))
	o.RefusedBecause("PET-25", "3301", m, "received", fields{"batches": 3, "people_met": 2})
	o.RefusedBecause("PET-25", "3301", m, "received", fields{"batches": 2, "people_met": 5}) // why was it missed
	end := o.Do("3301", m, "received", fields{"batches": 2, "people_met": 5, "missed_why": "领导临时开会"})
	if end.State != engine.Closed || end.Fields["made_up"] != 2.0 {
		t.Errorf("%s，补排%v", end.State, end.Fields["made_up"])
	}
	if line := registerLine(t, o, "3207", m); !strings.Contains(line, "2026年11月20日未接访，领导临时开会") {
		t.Errorf("排表：%s", line)
	}
}

func Test建议三个月内答复不满意重办一次(t *testing.T) { // PROP-02
	o := apptest.Open(t)
	told := fields{"tell_way": "电话"}
	m := o.Create("2402", "proposal", fields{
		"sort": "建议", "session": "县十八届人大六次会议", "proposers": "代表周某等3人", "contact": "0000-6400001", "inquiry": "0000-6210031", "tell_way": "电话", "title": "关于增设公交站点", "content": "城东增设站点",
	})
	o.RefusedBecause("没有选择", "2402", m, "receive", fields{"tell_way": nil})  // PROP-02: the deputy is told at every stage
	if got := o.Do("2402", m, "receive", told); got.Number != "建议〔2026〕1号" { // PROP-01
		t.Errorf("编号%s", got.Number)
	}
	out := fields{"meeting_on": "2026-11-18", "lead_unit": o.Unit("行政科"), "assist_units": o.Units("行政科"), "tell_way": "书面"}
	o.RefusedBecause("PROP-03", "2402", m, "hand-out", out)
	out["assist_units"] = o.Units("保卫科")
	handed := o.Do("2402", m, "hand-out", out)
	if due := handed.Due.Format("2006-01-02"); due != "2027-02-18" { // PROP-04: three months
		t.Errorf("答复期限%s", due)
	}
	o.Do("3201", m, "sign", fields{"handler": o.Person("3205"), "tell_way": "电话", "tell_answer": "盼早日选址"})
	asked := o.Do("3205", m, "inform", fields{"tell_way": "电话", "tell_answer": "问何时选址，已告知月底前"})
	if rows := table(asked, "told"); len(rows) != 4 || rows[3]["stage"] != "查询（承办中）" || rows[2]["unit"] != o.Unit("行政科") {
		t.Errorf("进度是%v", rows)
	}
	if _, err := o.Try("3207", m, "inform", fields{"tell_way": "电话", "tell_answer": "问"}); err == nil {
		t.Error("不经办的人也答复了查询")
	}
	talk := []any{fields{"on": "2026-11-18", "way": "电话", "told": "请尽快选址"}}
	o.RefusedBecause("PROP-02", "3205", m, "reply", fields{"reply": "已列入计划", "assist_note": "同意", "talks": nil})
	o.RefusedBecause("PROP-02", "3205", m, "reply", fields{"reply": "已列入计划", "talks": talk})
	answer := fields{"reply": "已列入计划", "assist_note": "同意", "talks": talk}
	through := func() {
		o.Do("3205", m, "reply", answer)
		o.Do("3201", m, "agree", nil)
		o.Do("1010", m, "send", told)
	}
	through()
	o.RefusedBecause("PROP-02", "2402", m, "accepted", fields{"verdict": "不满意", "archived": true, "tell_way": "书面"})
	o.Do("2402", m, "redo", fields{"remark": "没有选址", "tell_way": "当面"})
	through()
	o.RefusedBecause("PROP-02", "2402", m, "accepted", fields{"verdict": "满意", "archived": false, "tell_way": "书面"})
	end := o.Do("2402", m, "accepted", fields{"verdict": "满意", "archived": true, "tell_way": "书面"})
	if end.State != engine.Closed {
		t.Errorf("建议%s", end.State)
	}
	var stages []string
	for _, row := range table(end, "told") {
		stages = append(stages, row["stage"].(string))
	}
	if got := strings.Join(stages, " "); got != "接收 交办 承办 查询（承办中） 沟通 答复 评价（不满意，重办） 沟通 答复 评价、归档" { // PROP-02: the whole way
		t.Errorf("全程告知：%s", got)
	}

	second := o.Create("2402", "proposal", fields{"sort": "提案", "session": "县政协六次会议", "proposers": "委员吴某", "contact": "0000-6400002", "inquiry": "0000-6210031", "tell_way": "电话", "title": "关于老旧管网改造", "content": "改造管网"})
	o.Do("2402", second, "receive", told)
	if due := o.Do("2402", second, "hand-out", fields{"meeting_on": "2026-11-18", "lead_unit": o.Unit("行政科"), "complex": true, "tell_way": "电话"}).Due.Format("2006-01-02"); due != "2027-05-18" { // PROP-04
		t.Errorf("复杂的答复期限%s", due)
	}
	rates := rated(t, o, "2402", "proposal") // PROP-08: answered and settled are counted apart
	if rates["办复率"] != 50 || rates["办结率"] != 50 || rates["满意率"] != 100 {
		t.Errorf("比率%v", rates)
	}
}

func Test信访统计批次人次办结率和答复时限达标率(t *testing.T) {
	o := apptest.Open(t)
	for _, people := range []float64{1, 4} {
		f := fields{
			"source": "来访", "received_at": at(18, 9, 0), "petitioner": "城东居民", "people_count": people, "title": "反映供暖不热", "demand": "请维修",
			"category": "建议意见", "talk": "已说明", "result": "已答复",
		}
		if people > 1 {
			f["representatives"] = []any{fields{"who": "赵某", "phone": "0000-1"}}
		}
		m := o.Create("3302", "petition", f)
		o.Do("3302", m, "answer", nil)
	}
	// PET-27
	if all := tallied(t, o, "3302", "petition", "来信来访件次"); all["来访"] != 2 {
		t.Errorf("件次%v", all)
	}
	if all := tallied(t, o, "3302", "petition", "来访人次"); all["2026-11"] != 5 {
		t.Errorf("人次%v", all)
	}
	for _, table := range rateTables(t, o, "3302", "petition") {
		if all := table.Lines[len(table.Lines)-1]; all.Whole != 2 || all.Percent != 100 {
			t.Errorf("%s：%+v", table.Name, all)
		}
	}
}
