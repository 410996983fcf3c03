package stories_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

func Test文稿提纲同意才动笔双校逐级送审各版留存(t *testing.T) { // WRITE-01, WRITE-02, WRITE-03, WRITE-04, WRITE-11, WRITE-12
	o := apptest.Open(t)
	m := o.Create("2202", "manuscript", fields{
		"title": "在全县经济工作会议上的讲话", "user": "全县经济工作会议", "approver": o.Person("1001"), "use_at": at(30, 9, 0), "intent": "讲清明年抓什么",
	})
	o.Refused("2202", m, "study", nil)
	begun := o.Do("2202", m, "submit", nil)
	if begun.Fields["send_by"] != "2026-11-26" || begun.Fields["outline_by"] != "2026-11-23" {
		t.Errorf("送审期限%v，提纲期限%v，应由用稿时间倒排", begun.Fields["send_by"], begun.Fields["outline_by"])
	}
	o.Refused("2202", m, "submit", fields{"text": "直接写稿"}) // 还在查资料
	o.RefusedBecause("WRITE-01", "2202", m, "submit", fields{"sources": []any{}, "discussed": "科务会", "outline": "一、二、三"})
	o.Do("2202", m, "submit", fields{"sources": []any{fields{"title": "2025年统计公报", "origin": "县统计局"}}, "discussed": "科务会讨论", "outline": "一、形势\n二、任务\n三、要求"})
	holds(t, o, m, "outline", "沈伯言")
	o.Do("1001", m, "redo", nil, "任务部分再充实")
	o.Do("2202", m, "submit", fields{"outline": "一、形势\n二、重点任务\n三、要求"})
	o.Do("1001", m, "agree", nil, "同意")
	o.Do("2202", m, "submit", fields{"text": "同志们：\n第一稿。"})
	o.RefusedBecause("WRITE-02", "2202", m, "pass", fields{"proofed": true, "second_proof": o.Person("2202")})
	o.Do("2202", m, "pass", fields{"proofed": true, "second_proof": o.Person("2201")})
	holds(t, o, m, "proof-again", "卢见山")
	o.Do("2201", m, "pass", nil)
	o.Do("2201", m, "agree", fields{"text": "同志们：\n第一稿，改。"})
	holds(t, o, m, "review", "贺庭山") // 不能越过主任直送领导
	o.Do("1007", m, "agree", nil)
	o.Do("1001", m, "back", fields{"remarks": []any{fields{"by": "沈伯言", "remark": "加上安全生产"}}}, "再改")
	o.RefusedBecause("WRITE-12", "2202", m, "submit", fields{"text": "同志们：\n第二稿，安全生产。"})
	o.Do("2202", m, "transfer", fields{"to_person": o.Person("2201")}, "岗位调整，资料一并移交")
	second := o.Do("2201", m, "submit", fields{
		"text": "同志们：\n第二稿，安全生产。", "remarks": []any{fields{"by": "沈伯言", "remark": "加上安全生产", "done": "第二部分已加"}},
	})
	holds(t, o, m, "proof", "卢见山") // 移交以后由新的撰写人负责到底
	if kept := table(second, "versions"); len(kept) != 2 || kept[0]["text"] == kept[1]["text"] {
		t.Errorf("留下的版本是%v", kept)
	}
	o.Do("2201", m, "pass", fields{"proofed": true, "second_proof": o.Person("2202")})
	o.Do("2202", m, "pass", nil)
	o.Do("2201", m, "agree", nil)
	o.Do("1007", m, "agree", nil)
	o.Do("1001", m, "sign", nil)
	o.RefusedBecause("WRITE-05", "2201", m, "done", fields{"printed": 200, "registered": false})
	end := o.Do("2201", m, "done", fields{"printed": 200, "registered": true, "adopted": "已用"})
	if end.State != engine.Closed {
		t.Errorf("付印后%s", end.State)
	}
	if line := registerLine(t, o, "1007", m); !strings.Contains(line, "卢见山、池若溪") {
		t.Errorf("登记簿看不出双校人：%s", line)
	}
}

func Test文稿临近期限提醒逾期看得见是谁(t *testing.T) { // WRITE-11, WRITE-17
	o := apptest.Open(t)
	m := o.Create("2202", "manuscript", fields{
		"title": "调研报告", "user": "常委会", "approver": o.Person("1001"), "use_at": at(24, 9, 0), "intent": "摸清底数", "genre": "调研报告",
	})
	o.Do("2202", m, "submit", nil)
	o.Do("2202", m, "submit", fields{"sources": []any{fields{"title": "台账"}}, "discussed": "已讨论", "outline": "一、二"})
	o.Do("1001", m, "agree", nil)
	o.Until(time.Date(2026, 11, 19, 17, 40, 0, 0, db.Location))
	if n := notices(o, "2202"); !strings.Contains(n, "调研报告》11月20日") {
		t.Errorf("送审期限前没有提醒：%s", n)
	}
	o.Until(time.Date(2026, 11, 23, 9, 0, 0, 0, db.Location))
	if n := notices(o, "1007"); !strings.Contains(n, "逾期：《调研报告》在池若溪处") {
		t.Errorf("逾期没有报主任是谁：%s", n)
	}
}

func Test三误登记到环节当天整改通报(t *testing.T) { // EVAL-21, OTH-07, OTH-19
	o := apptest.Open(t)
	in := received(o, nil)
	m := o.Create("1010", "error-record", fields{
		"title": "会议通知时间写错", "kind_of": "误会", "work": "办会", "about": in.String(), "link": "通知", "at_fault": o.Person("2102"), "effect": "影响外单位",
	})
	o.RefusedBecause("OTH-19", "1010", m, "submit", fields{"found_at": at(19, 9, 0)})
	o.Do("1010", m, "submit", fields{"found_at": at(18, 9, 0)})
	holds(t, o, m, "explain", "叶知夏")
	if due := o.Matter(m).OpenTasks(engine.Handle)[0].Due; due.Format("01-02") != "11-18" {
		t.Errorf("整改期限%s，应在当天", due)
	}
	o.RefusedBecause("没有填写", "2102", m, "remedied", fields{"course": "核对不细"})
	o.Do("2102", m, "remedied", fields{"course": "核对不细", "cause": "未复述", "remedy": "已逐一改通知"})
	holds(t, o, m, "confirm", "贺庭山")
	o.Do("1007", m, "close", fields{"notified": "办公室内部"}, "情况属实，引以为戒")
	for name, want := range map[string]string{"三误与责任环节": "误会 通知", "三办三务差错数": "办会 误会"} {
		if got := tallied(t, o, "1007", "error-record", name); got[want] != 1 {
			t.Errorf("%s是%v", name, got)
		}
	}
}

func Test协调事项牵头配合意见进度同页逐级报领导(t *testing.T) { // FIRST-14, ORG-18, ORG-27, RPT-04
	o := apptest.Open(t)
	m := o.Create("3302", "coordination", fields{
		"title": "协调供水管线迁改", "direction": "横向", "sort": "关系", "way": []any{"电话", "会议"}, "question": "迁改方案和工期",
		"lead_unit": o.Unit("应急信访科"), "assist_units": o.Units("县水利局办公室", "县财政局办公室"),
	})
	o.RefusedBecause("ORG-18", "3302", m, "submit", fields{"assist_units": o.Units("应急信访科")})
	o.Do("3302", m, "submit", nil)
	holds(t, o, m, "contact", "雷振声", "项临渊", "柯远航")
	o.Do("4003", m, "answer", fields{"reply": "十日内可完工", "progress": "办理中"})
	o.Do("4005", m, "note", fields{"reply": "资金在审", "progress": "办理中"})
	if seen := table(o.Matter(m), "views"); len(seen) != 2 || !o.Sees("4005", m) || !o.Sees("3301", m) {
		t.Errorf("各方意见没有同页可见：%v", seen)
	}
	o.Do("4005", m, "answer", fields{"reply": "资金已落实", "progress": "已完成"})
	o.Do("3301", m, "answer", fields{"reply": "无不同意见", "progress": "办理中"})
	holds(t, o, m, "gather", "阮清如")
	report := fields{"summary": "各方同意十日完工", "consensus": "不一致", "to_leader": o.Person("1008")}
	o.RefusedBecause("RPT-11", "3302", m, "report", report)
	report["consensus"] = "一致"
	o.Do("3302", m, "report", report)
	for _, level := range []struct{ step, name, number, action string }{
		{"deputy", "卓海宁", "2004", "read"}, {"director", "马骁原", "1010", "read"}, {"lead", "唐季白", "1008", "decide"},
	} {
		holds(t, o, m, level.step, level.name)
		o.Do(level.number, m, level.action, nil, "同意")
	}
	if end := o.Do("3301", m, "done", fields{"result": "已完工"}); end.State != engine.Closed {
		t.Errorf("办结后%s", end.State)
	}
	if got := tallied(t, o, "1010", "coordination", "协调类型与方向"); got["关系 横向"] != 1 {
		t.Errorf("协调统计是%v", got)
	}
}
