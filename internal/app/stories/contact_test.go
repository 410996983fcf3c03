package stories_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

func Test领导交办首问负责到核销(t *testing.T) { // FIRST-03, FIRST-05, FIRST-06, FIRST-08, FIRST-12, FIRST-13, FIRST-26
	o := apptest.Open(t)
	m := o.Create("2602", "assignment", fields{
		"source": "领导交办", "assigner": o.Person("1002"), "given_at": at(18, 9, 20), "title": "了解水管漏点抢修进度", "due_day": "2026-11-18",
	})
	o.RefusedBecause("FIRST-17", "2602", m, "hand-over", fields{"lead_unit": o.Unit("应急信访科"), "assist_units": o.Units("应急信访科")})
	o.RefusedBecause("FIRST-04", "2602", m, "hand-over", fields{"lead_unit": o.Unit("应急信访科"), "urgency": "特急"})
	o.Do("2602", m, "hand-over", fields{"lead_unit": o.Unit("应急信访科"), "urgency": "加急"})
	holds(t, o, m, "receive", "雷振声")
	o.RefusedBecause("FIRST-11", "3301", m, "take", fields{"handler": o.Person("2602")})
	o.Do("3301", m, "take", fields{"handler": o.Person("3302")})
	if day := o.Matter(m).Due.Format("01-02"); day != "11-18" {
		t.Errorf("限期%s", day)
	}
	o.Do("3302", m, "ask-help", fields{"assist_units": o.Units("值班室")}, "请核实恢复时间")
	o.Do("2601", m, "answer", nil, "镇里称17时前恢复")
	o.Do("3302", m, "report", fields{"result": "漏点已修复，17时恢复供水"})
	holds(t, o, m, "check", "陆怀谦")
	o.Do("1002", m, "redo", nil, "请再核实末端水压")
	o.Do("3302", m, "report", fields{"result": "末端水压正常"})
	if end := o.Do("1002", m, "accept", nil, "可以"); end.State != engine.Closed {
		t.Errorf("核销后%s", end.State)
	}
	if line := registerLine(t, o, "2602", m); !strings.Contains(line, "祝云帆") || !strings.Contains(line, "阮清如") {
		t.Errorf("登记簿看不出谁接谁办：%s", line)
	}
}

func Test无主事项进公共池次日报主任(t *testing.T) { // FIRST-19
	o := apptest.Open(t)
	m := o.Create("2602", "assignment", fields{"source": "来电", "given_at": at(18, 9, 0), "title": "施工扬尘反映"})
	o.RefusedBecause("FIRST-01", "2602", m, "pool", nil)
	o.Do("2602", m, "pool", fields{"caller": "城东居民"})
	o.Until(time.Date(2026, 11, 19, 18, 0, 0, 0, db.Location))
	o.Until(time.Date(2026, 11, 20, 9, 0, 0, 0, db.Location))
	if n := notices(o, "1007"); !strings.Contains(n, "逾期") {
		t.Errorf("没有人认领却没有报主任：%s", n)
	}
	o.Do("3401", m, "claim", nil)
	holds(t, o, m, "handle", "熊立岩")
	o.RefusedBecause("FIRST-02", "3401", m, "report", fields{"result": "已责成工地洒水"})
	o.Do("3401", m, "report", fields{"result": "已责成工地洒水", "replied_to": "已电话答复来电人"})
	holds(t, o, m, "check", "贺庭山")
}

var call = fields{
	"caller_unit": "枫渡镇人民政府", "caller": "梅景川", "identity": "下级单位", "post": "党政办主任", "phone": "0000-6220101", "called_at": at(18, 9, 10),
	"title": "漂浮物反映", "content": "枫渡河城区段有大量漂浮物", "further": "无", "repeated": true, "urgency": "加急",
}

func Test来电复述核对后呈阅告知(t *testing.T) { // TEL-04, TEL-07, TEL-16, OA-33
	o := apptest.Open(t)
	m := o.Create("2602", "phone-record", call)
	o.RefusedBecause("TEL-03", "2602", m, "present", fields{"repeated": false, "leaders": o.People("1001")})
	o.RefusedBecause("TEL-06", "2602", m, "inform", nil) // 紧急的要呈领导
	o.RefusedBecause("“来电人姓名”没有填写", "2602", m, "present", fields{"caller": "", "leaders": o.People("1001")})
	o.Do("2602", m, "present", fields{"leaders": o.People("1001")})
	holds(t, o, m, "instruct", "沈伯言")
	o.Do("1001", m, "instruct", fields{"needs_reply": true}, "请水利局牵头清理")
	o.RefusedBecause("TEL-15", "2602", m, "told", fields{"told": []any{fields{"whom": "县水利局"}}})
	o.Do("2602", m, "told", fields{"told": []any{fields{"whom": "县水利局", "at": at(18, 9, 30), "receiver": "项临渊"}}})
	o.Advance(hour)
	end := o.Do("2602", m, "reply", fields{"reply": "已请水利局三日内清理"})
	if end.State != engine.Closed || end.Number != "电〔2026〕1号" {
		t.Errorf("%s %s", end.Number, end.State)
	}

	second := o.Create("2602", "phone-record", call)
	o.Do("2602", second, "present", fields{"leaders": o.People("1001")})
	o.Do("1001", second, "instruct", nil, "请办理")
	o.Do("2602", second, "assign", nil)
	if a := o.Matter(o.Begun(second, "assignment")); a.Fields["caller"] != "梅景川" || a.Title != "漂浮物反映" {
		t.Errorf("转出的交办是%v", a.Fields)
	}
}

func Test找主要领导先报主任(t *testing.T) {
	o := apptest.Open(t)
	visit := fields{
		"visitor": "枫渡镇党委书记", "visitor_unit": "枫渡镇", "identity": "下级单位", "wants": o.Person("1001"), "arrived_at": at(18, 9, 0), "purpose": "汇报工作",
	}
	m := o.Create("2602", "visitor-introduction", visit)
	o.RefusedBecause("RECV-25", "2602", m, "ask", nil)
	o.RefusedBecause("RECV-21", "2602", m, "direct", fields{"place": "会客室"})
	o.Do("2602", m, "ask", fields{"credential": "工作证"})
	holds(t, o, m, "ask", "沈伯言", "贺庭山")
	o.Refused("2602", m, "away", fields{"no_reason": "外出"})
	o.Do("1007", m, "meet", fields{"meet_at": at(19, 8, 30), "place": "会客室"})
	o.Do("2602", m, "met", fields{"result": "已引见"})

	m = o.Create("2602", "visitor-introduction", visit)
	o.Do("2602", m, "ask", fields{"credential": "工作证"})
	o.Do("1007", m, "decline", fields{"answer": "另约", "no_reason": "正在开会"})
	holds(t, o, m, "not-met", "祝云帆")
	end := o.Do("2602", m, "told", fields{"talk": "来意：汇报冬灌", "result": "另约下周"})
	if end.State != engine.Closed || end.Fields["told_at"] == nil {
		t.Errorf("%s，转告时刻%v", end.State, end.Fields["told_at"])
	}
}

func Test交班列清未办事项签接后责任转移(t *testing.T) { // DUTY-08, DUTY-09
	o := apptest.Open(t)
	m := o.Create("2602", "duty-shift", fields{"officer": o.Person("2602"), "head_of_shift": o.Person("2002"), "phone_ok": true})
	o.RefusedBecause("DUTY-01", "2602", m, "sign-in", fields{"head_of_shift": o.Person("2601")})
	o.RefusedBecause("DUTY-15", "2602", m, "sign-in", fields{"phone_ok": false})
	o.Do("2602", m, "sign-in", nil)
	o.RefusedBecause("DUTY-04", "2602", m, "note", fields{"entries": []any{fields{"matter": "来电"}}})
	o.Do("2602", m, "note", fields{
		"entries":  []any{fields{"at": at(18, 9, 35), "matter": "管线爆裂报告"}},
		"received": []any{fields{"at": at(18, 9, 40), "sort": "信函", "to": "应急信访科", "pieces": 1}},
	})
	over := fields{"info": "管线爆裂", "handled": "已报市", "pending": "续报；信函未转", "successor": o.Person("2601")}
	o.RefusedBecause("DUTY-06", "2602", m, "hand-over", over)
	over["pending_count"] = 2
	o.Do("2602", m, "hand-over", over)
	holds(t, o, m, "leader-sign", "邵嘉树") // it is his to sign before anyone takes over
	o.Do("2002", m, "unclear", nil, "请补记批示")
	o.Do("2602", m, "hand-over", over)
	o.Do("2002", m, "sign", nil, "已阅")
	holds(t, o, m, "take-over", "丁望北")
	if end := o.Do("2601", m, "accept", nil); end.State != engine.Closed {
		t.Errorf("签接后%s", end.State)
	}
	next := o.Begun(m, "duty-shift")
	holds(t, o, next, "sign-in", "丁望北")
	if got := o.Matter(next).Fields["inherited"]; got != "续报；信函未转" {
		t.Errorf("下一班接到的未办事项是%v", got)
	}
	if got := o.Matter(next).Title; got != "2026年11月18日夜班：丁望北" {
		t.Errorf("下一班还没有签到，待办里叫“%s”", got)
	}
}
