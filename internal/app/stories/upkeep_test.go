package stories_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

func Test公文办结定公开属性二十个工作日内公开(t *testing.T) { // OPEN-04, OPEN-06, OPEN-19
	o := apptest.Open(t)
	out := letter(o, "关于商请借用除雪设备的函")
	if got := o.Matter(out).Fields["public_reason"]; got != "应主动公开" {
		t.Errorf("公开的理由是%v", got)
	}
	m := o.Begun(out, "disclosure")
	if due := o.Matter(m).Due.In(db.Location).Format("2006-01-02"); due != "2026-12-16" {
		t.Errorf("应在%s前公开，应是成文后二十个工作日", due)
	}
	holds(t, o, m, "propose", "阮清如")
	o.Do("3302", m, "submit", fields{"channel": []any{"政府网站"}})
	o.RefusedBecause("OPEN-04", "2502", m, "pass", fields{"secret_free": false, "review_basis": "保密法"})
	o.Do("2502", m, "pass", fields{"secret_free": true, "review_basis": "不涉密"})
	o.Until(time.Date(2026, 12, 21, 9, 0, 0, 0, db.Location))
	o.RefusedBecause("OPEN-06", "3302", m, "publish", fields{"published_on": "2026-12-21", "address": "政府网站"})
	o.Do("3302", m, "publish", fields{"published_on": "2026-12-21", "address": "政府网站", "late_reason": "网站检修"})
	if after := o.Do("3302", m, "recall", nil, "内容有误"); after.Fields["recalled"] != "内容有误" || after.State != engine.Closed {
		t.Errorf("撤回后%s %v", after.State, after.Fields["recalled"])
	}

	closed := o.Create("3302", "outgoing", nil)
	o.Do("3302", closed, "submit", notice(o, fields{"doc_kind": "便函", "direction": "平行", "title": "关于内部事务的函", "recipients": "清禾县人民政府办公室", "copies": 2, "public": "不公开"}))
	o.Do("1010", closed, "sign", nil)
	o.Do("3103", closed, "number", nil)
	o.Do("3103", closed, "hand-out", fields{"distribution": []any{fields{"unit": "清禾县人民政府办公室", "copies": 1, "channel": "市内互寄", "receiver": "收发室"}}})
	o.Do("3103", closed, "all-signed", nil)
	o.RefusedBecause("OPEN-19", "3103", closed, "close", fields{"materials": allPapers, "pages": 1})
	o.Do("3103", closed, "close", fields{"materials": allPapers, "pages": 1, "public_reason": "内部管理事务"})
}

func Test依申请公开二十个工作日答复延长要批准告知(t *testing.T) { // OPEN-07
	o := apptest.Open(t)
	m := o.Create("3302", "disclosure-request", fields{
		"title": "枫渡河治理规划", "applicant": "城东居民", "contact": "0000", "received_at": at(18, 9, 0), "lead_unit": o.Unit("应急信访科"),
	})
	after := o.Do("3302", m, "hand-out", nil)
	if due := after.Due.In(db.Location).Format("2006-01-02"); due != "2026-12-16" {
		t.Errorf("答复期限%s，应是二十个工作日", due)
	}
	o.Refused("3302", m, "extend", fields{"new_due": "2026-12-30", "told_extension": true}, "情况复杂") // 只有主任可以批准
	o.RefusedBecause("OPEN-07", "1010", m, "extend", fields{"new_due": "2026-12-30", "told_extension": false}, "情况复杂")
	o.RefusedBecause("OPEN-07", "1010", m, "extend", fields{"new_due": "2027-03-01", "told_extension": true}, "情况复杂")
	o.Do("1010", m, "extend", fields{"new_due": "2026-12-30", "told_extension": true}, "情况复杂")
	o.RefusedBecause("只能延长一次", "1010", m, "extend", fields{"new_due": "2027-01-05", "told_extension": true}, "还是复杂")
	o.Do("3301", m, "submit", fields{"decision": "予以公开", "reason": "已形成正式规划"})
	o.RefusedBecause("OPEN-04", "2502", m, "pass", fields{"secret_free": false})
	o.Do("2502", m, "pass", fields{"secret_free": true})
	o.Do("1010", m, "agree", nil)
	if end := o.Do("3302", m, "answered", fields{"replied_on": "2026-11-18", "receipt": "本人签收"}); end.State != engine.Closed {
		t.Errorf("答复后%s", end.State)
	}
}

func Test制度有版本试行期现行版本一目了然执行从领导岗位查起(t *testing.T) { // OTH-03, OTH-04, OTH-05
	o := apptest.Open(t)
	m := o.Create("3101", "office-rule", fields{
		"title": "印章管理办法", "text": "第一条……", "demands": "逐次登记", "lead_unit": o.Unit("文电科"), "clauses": "SEAL-01", "effective": "2026-11-18", "trial_until": "2027-05-18",
	})
	o.RefusedBecause("OTH-03", "3101", m, "submit", fields{"trial_until": "2026-11-01"})
	o.Do("3101", m, "submit", nil)
	o.Do("3101", m, "agree", nil)
	o.Do("1010", m, "agree", nil, "同意试行")
	holds(t, o, m, "in-force", "苏砚秋")
	if line := registerLine(t, o, "3302", m); !strings.Contains(line, "第1版") || !strings.Contains(line, "试行") {
		t.Errorf("目录上看不出现行版本：%s", line)
	}
	check := fields{"level": "一般岗位", "checked_unit": o.Unit("行政科"), "kept_count": 8, "broken_count": 1, "finding": "一次补登"}
	o.RefusedBecause("OTH-05", "1010", m, "inspect", check)
	check["level"] = "领导岗位"
	o.Do("1010", m, "inspect", check)
	o.Do("3101", m, "revise", nil, "按新规定修订")
	o.RefusedBecause("OTH-03", "3101", m, "submit", nil)
	o.Do("3101", m, "submit", fields{"change": "增加电子印章", "text": "第一条……第二条……", "effective": "2027-01-01"})
	o.Do("3101", m, "agree", nil)
	second := o.Do("1010", m, "agree", nil, "同意施行")
	if kept := table(second, "editions"); len(kept) != 2 || kept[0]["text"] != "第一条……" || kept[0]["no"] != 1.0 || kept[1]["no"] != 2.0 {
		t.Errorf("历次版本是%v", kept)
	}
	if line := registerLine(t, o, "3302", m); !strings.Contains(line, "第2版") || !strings.Contains(line, "未生效") {
		t.Errorf("没有到生效日期却算现行：%s", line)
	}
	if got := tallied(t, o, "1010", "office-rule", "照办"); got["领导岗位 行政科"] != 8 {
		t.Errorf("执行统计是%v", got)
	}
}

func Test决策数据注明来源时间核实入库按领域汇总(t *testing.T) { // OA-18
	o := apptest.Open(t)
	m := o.Create("2302", "decision-data", fields{"title": "十月主要经济指标", "domain": "经济运行", "period": "2026年10月"})
	o.RefusedBecause("“来源”没有填写", "2302", m, "submit", fields{"figures": []any{fields{"indicator": "工业增加值", "value": 3.2, "measure": "亿元"}}})
	o.RefusedBecause("OA-18", "2302", m, "submit", fields{"source": "县统计局月报", "figures": []any{fields{"indicator": "工业增加值", "value": 3.2}}})
	o.Do("2302", m, "submit", fields{"source": "县统计局月报", "figures": []any{
		fields{"indicator": "工业增加值", "value": 3.2, "measure": "亿元", "growth": "6.1"}, fields{"indicator": "财政收入", "value": 1.05, "measure": "亿元"},
	}})
	o.RefusedBecause("OA-18", "2301", m, "accept", fields{"verified": false})
	o.Do("2301", m, "accept", fields{"verified": true})
	if got := tallied(t, o, "1002", "decision-data", "经济运行"); got["工业增加值（亿元） 2026年10月"] != 3.2 {
		t.Errorf("领导看到的是%v", got)
	}
}

func Test周一例会议题结论登记议定事项自动交办(t *testing.T) { // ORG-08, RPT-07
	o := apptest.Open(t)
	m := o.Create("1010", "office-meeting", fields{"asked": o.Units("文电科", "应急信访科")})
	o.Do("1010", m, "ask", nil)
	o.Do("3101", m, "report", fields{"topic": "年终档案移交", "wish": "请各科室配合"})
	o.Do("3301", m, "none", nil)
	holds(t, o, m, "hold", "马骁原")
	if list := table(o.Matter(m), "topics"); len(list) != 1 || list[0]["unit"] != o.Unit("文电科") {
		t.Errorf("议题是%v", list)
	}
	resolved := []any{
		fields{"topic": "年终档案移交", "conclusion": "各科室11月底前交齐", "unit": o.Unit("综合科"), "due": "2026-11-30"},
		fields{"topic": "供暖值守", "conclusion": "值守到位", "unit": o.Unit("值班室"), "due": "2026-11-20"},
		fields{"topic": "学习", "conclusion": "已通报"},
	}
	half := []any{fields{"topic": "供暖值守", "conclusion": "值守到位", "unit": o.Unit("值班室")}}
	o.RefusedBecause("ORG-08", "1010", m, "conclude", fields{"present": o.People("3101", "3301"), "conclusions": half})
	o.Do("1010", m, "conclude", fields{"present": o.People("3101", "3301"), "conclusions": resolved})
	last := o.Begun(m, "assignment")
	holds(t, o, last, "receive", "丁望北")
	if a := o.Matter(last); a.Title != "值守到位" || a.Due.Format("01-02") != "11-20" || a.Number != "交〔2026〕2号" {
		t.Errorf("交办件%s《%s》%s", a.Number, a.Title, a.Due)
	}
}

func Test月度要点自动生成提纲素材科室填报后汇编(t *testing.T) { // RPT-06
	o := apptest.Open(t)
	letter(o, "关于商请借用除雪设备的函")
	m := o.Create("1010", "work-plan", fields{"sort": "月度总结"})
	if f := o.Matter(m).Fields; f["since"] != "2026-10-01" || f["until"] != "2026-10-31" || !strings.Contains(f["outline"].(string), "存在的问题") {
		t.Errorf("期间%v至%v，提纲%v", f["since"], f["until"], f["outline"])
	}
	material := table(o.Do("1010", m, "gather", fields{"since": "2026-11-01", "until": "2026-11-30"}), "material")
	if len(material) != 1 || material[0]["sort"] != "发文" || material[0]["number"] != "临政办函〔2026〕1号" {
		t.Errorf("台账素材是%v", material)
	}
	o.Do("1010", m, "send", fields{"units": o.Units("文电科", "行政科")})
	o.Do("3101", m, "fill", fields{"part": "收文六十件"})
	o.Do("3201", m, "fill", fields{"part": "接待四批"})
	text, _ := o.Do("1010", m, "merge", nil).Fields["text"].(string)
	if !strings.Contains(text, "文电科\n收文六十件") || !strings.Contains(text, "接待四批") {
		t.Errorf("汇编成%q", text)
	}
	o.Do("1010", m, "submit", nil)
	holds(t, o, m, "approve", "马骁原")
}

func Test大事记自动列候选科室补报一事一记(t *testing.T) { // CHRON-01, CHRON-02
	o := apptest.Open(t)
	d := diary(o, "1002", "2102")
	a := activity(o, d, fields{"title": "调研枫渡河治理", "activity": "调研"})
	o.Do("2101", a, "submit", nil)
	o.Do("2102", a, "agree", nil)
	important := o.Create("3302", "outgoing", nil)
	o.Do("3302", important, "submit", notice(o, fields{"importance": "重要"}))
	approved(o, important)
	o.Do("1010", important, "sign", nil, "同意，发")
	numbered(o, important)
	numbered(o, signed(o)) // 一般的不列

	m := o.Create("3104", "chronicle", fields{"since": "2026-11-01", "until": "2026-11-30"})
	list := table(o.Do("3104", m, "gather", nil), "items")
	if len(list) != 2 || list[0]["sort"] != "文件" || list[1]["sort"] != "领导活动" || list[1]["title"] != "调研枫渡河治理" {
		t.Fatalf("候选是%v", list)
	}
	o.Do("3104", m, "ask", fields{"units": o.Units("秘书科", "行政科")})
	o.RefusedBecause("CHRON-01", "2101", m, "report", fields{"event_day": "2026-12-01", "event": "不在本期"})
	o.Do("2101", m, "report", fields{"event_day": "2026-11-20", "event": "县委常委会召开"})
	o.Do("2101", m, "done", nil)
	if line := registerLine(t, o, "3104", m); !strings.Contains(line, "龚大有") {
		t.Errorf("看不出谁未报：%s", line)
	}
	o.Do("3104", m, "go-on", nil, "到期")
	list = table(o.Matter(m), "items")
	o.RefusedBecause("CHRON-01", "3104", m, "submit", nil)
	for i := range list {
		list[i]["entry"] = []string{"录入", "不录", "录入"}[i]
	}
	o.Do("3104", m, "submit", fields{"items": rows(list)})
	o.Do("1010", m, "agree", nil)
	if end := o.Do("3104", m, "bind", fields{"bound": "2026-11"}); end.State != engine.Closed {
		t.Errorf("装卷后%s", end.State)
	}
}
