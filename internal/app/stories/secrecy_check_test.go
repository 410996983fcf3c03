package stories_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

func Test电报按批示送阅逐份签收回收(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("2502", "telegram", fields{"code": "传电-31", "urgency": "特急", "partner": "安澜市", "arrived_at": at(18, 9, 20), "scope": o.People("1001", "1007")})
	if due := o.Matter(m).OpenTasks(engine.Handle)[0].Due.Sub(o.Now()); due > 2*time.Hour { // CIPHER-04
		t.Errorf("登记限%v", due)
	}
	o.RefusedBecause("CIPHER-08", "2502", m, "receive", nil)
	o.RefusedBecause("SEC-31", "2502", m, "receive", fields{"asked": true, "partner": "关于某事的紧急通知"}) // CIPHER-02: no text of it
	o.Do("2502", m, "receive", fields{"asked": true})
	if due := o.Matter(m).OpenTasks(engine.Handle)[0].Due.Sub(o.Now()); due > 30*time.Minute { // CIPHER-04
		t.Errorf("特急电报送达限%v", due)
	}
	o.RefusedBecause("CIPHER-07", "2502", m, "copy", fields{"copies": 2})
	o.RefusedBecause("CIPHER-08", "2502", m, "deliver", fields{"reader": o.Person("2402"), "place": "领导办公室"})
	if _, err := o.Try("3302", m, "deliver", fields{"reader": o.Person("1001")}); err == nil { // CIPHER-03: none but cipher staff
		t.Error("机要以外的人送了电报")
	}
	o.Do("2502", m, "deliver", fields{"reader": o.Person("1001"), "place": "领导办公室"})
	o.RefusedBecause("CIPHER-02", "2502", m, "take-back", nil)
	o.Do("1001", m, "sign", nil)
	o.Do("2502", m, "take-back", nil)
	o.RefusedBecause("CIPHER-08", "2502", m, "recover", fields{"archive_code": "电-5", "feedback": "已阅"})
	o.Do("2501", m, "lend", fields{"reader": o.Person("1007"), "place": "阅报室", "back_by": at(18, 16, 0)})
	holds(t, o, m, "approve", "彭守静") // CIPHER-05: the head of the cipher section
	o.Do("2501", m, "agree", nil)
	o.Do("1007", m, "sign", nil)
	o.Advance(hour)
	o.Do("2502", m, "take-back", nil)
	end := o.Do("2502", m, "recover", fields{"archive_code": "电-5", "feedback": "按批示已转办"})
	rows := end.Fields["moves"].([]any)
	if loan := rows[1].(map[string]any); len(rows) != 2 || loan["approver"] != o.Person("2501") || loan["place"] != "阅报室" || loan["back"] == nil {
		t.Errorf("借阅登成了%v", rows)
	}
	out := o.Create("2502", "telegram", fields{"direction": "发", "code": "传电-32", "partner": "安澜市", "arrived_at": at(18, 9, 0)})
	if end := o.Do("2502", out, "send", fields{"sent_receipt": "回执9"}); end.State != engine.Closed {
		t.Errorf("发出的电报%s", end.State)
	}
}

func Test保密检查逐项判定从台账抽样(t *testing.T) {
	o := apptest.Open(t)
	for _, code := range []string{"秘-1", "秘-2", "秘-3", "秘-4"} {
		carrier(o, code, "秘密", 5)
	}
	m := o.Create("2502", "secrecy-inspection", fields{"sort": "文件管理抽查", "ground": "年度安排", "lead_unit": o.Unit("督查科"), "sample_size": 3})
	o.RefusedBecause("SEC-18", "2502", m, "plan", fields{"inspectors": o.People("2502", "2401")})
	drawn := o.Do("2502", m, "plan", fields{"inspectors": o.People("2501", "2502")})
	items, samples := drawn.Fields["items"].([]any), drawn.Fields["samples"].([]any)
	if len(items) != 4 || len(samples) != 3 { // SEC-18, SEC-21
		t.Fatalf("列了%d项，抽了%d份", len(items), len(samples))
	}
	judge := func(rows []any, key, value string) {
		for _, r := range rows {
			r.(map[string]any)[key] = value
		}
	}
	o.RefusedBecause("SEC-18", "2501", m, "record", fields{"items": items})
	judge(items, "verdict", "合格")
	o.RefusedBecause("SEC-21", "2501", m, "record", fields{"items": items})
	judge(samples, "found", "账实相符")
	items[1].(map[string]any)["verdict"] = "问题"
	items[1].(map[string]any)["problem"] = "登记不及时"
	o.RefusedBecause("SEC-34", "2501", m, "record", fields{"items": items, "samples": samples})
	o.Do("2501", m, "record", fields{"items": items, "samples": samples, "deadline": "2026-11-27", "asked": "一周内补登"})
	holds(t, o, m, "mend", "韩敬之")
	o.Do("2401", m, "done", fields{"mended": "已补登"})
	o.Do("2502", m, "clear", fields{"review": "已改"})
	if end := o.Do("2502", m, "close", fields{"rating": "整改后合格"}); end.State != engine.Closed { // SEC-17
		t.Errorf("检查%s", end.State)
	}

	net := o.Create("2501", "secrecy-inspection", fields{"sort": "网络自查", "ground": "季度自查", "lead_unit": o.Unit("行政科"), "inspectors": o.People("2501", "2502")})
	drawn = o.Do("2501", net, "plan", nil)
	if items := drawn.Fields["items"].([]any); len(items) != 6 || drawn.Fields["samples"] != nil && len(drawn.Fields["samples"].([]any)) > 0 { // SEC-34
		t.Errorf("网络自查列成了%v", items)
	}
	all := o.Create("2501", "secrecy-inspection", fields{"sort": "文件管理全面检查", "ground": "年终", "lead_unit": o.Unit("行政科"), "inspectors": o.People("2501", "2502"), "sample_size": 1})
	if drawn = o.Do("2501", all, "plan", nil); len(drawn.Fields["samples"].([]any)) != 4 { // SEC-21: at the year's end everything
		t.Errorf("全面检查只列了%v", drawn.Fields["samples"])
	}
}

func Test保密检查到时自动成为待办(t *testing.T) {
	o := apptest.Open(t)
	for _, want := range []struct {
		at   time.Time
		name string
	}{
		{time.Date(2027, 6, 1, 9, 0, 0, 0, db.Location), "上半年综合性保密检查"}, // SEC-17
		{time.Date(2027, 6, 14, 9, 0, 0, 0, db.Location), "上半年文件管理抽查"}, // SEC-21
		{time.Date(2027, 9, 20, 9, 0, 0, 0, db.Location), "网络安全保密自查"},  // SEC-34
		{time.Date(2027, 11, 15, 9, 0, 0, 0, db.Location), "下半年综合性保密检查"},
		{time.Date(2027, 11, 15, 9, 0, 0, 0, db.Location), "下半年文件管理抽查"},
		{time.Date(2027, 12, 3, 9, 0, 0, 0, db.Location), "文件管理年终全面检查"},
		{time.Date(2027, 12, 21, 9, 0, 0, 0, db.Location), "保密年终评价"},
		{time.Date(2028, 4, 5, 9, 0, 0, 0, db.Location), "年度文件销毁"}, // DESTROY-02
	} {
		o.Until(want.at)
		if titles := begunDuties(t, o); !titles[want.name] {
			t.Errorf("%s还没有“%s”：%v", want.at.Format("2006-01-02"), want.name, titles)
		}
	}
}

// inspected takes an inspection of a unit from its plan to its verdict.
func inspected(o *apptest.Office, sort, unit, problem string) db.ID {
	m := o.Create("2502", "secrecy-inspection", fields{"sort": sort, "ground": "年度安排", "lead_unit": o.Unit(unit), "inspectors": o.People("2501", "2502")})
	drawn := o.Do("2502", m, "plan", nil)
	items, samples := drawn.Fields["items"].([]any), drawn.Fields["samples"].([]any)
	for _, r := range items {
		r.(map[string]any)["verdict"] = "合格"
	}
	for _, r := range samples {
		r.(map[string]any)["found"] = "账实相符"
	}
	found, rating := fields{"items": items, "samples": samples}, "合格"
	if problem != "" {
		items[0].(map[string]any)["verdict"], items[0].(map[string]any)["problem"] = "问题", problem
		found["deadline"], found["asked"], rating = "2026-11-27", "一周内改正", "整改后合格"
	}
	o.Do("2501", m, "record", found)
	if problem != "" {
		o.Do(o.Directory().Person(o.Matter(m).Holders()[0]).Username, m, "done", fields{"mended": "已改正"})
		o.Do("2502", m, "clear", fields{"review": "已改"})
	}
	o.Do("2502", m, "close", fields{"rating": rating})
	return m
}

func Test保密检查结果自动列入年终评价(t *testing.T) { // SEC-17, SEC-21
	o := apptest.Open(t)
	carrier(o, "秘-1", "秘密", 5)
	inspected(o, "综合检查", "督查科", "登记不及时")
	m := o.Create("2502", "secrecy-evaluation", nil)
	got := o.Do("2502", m, "collect", nil)
	if got.Title != "2026年保密年终评价" || len(table(got, "checks")) != 1 {
		t.Fatalf("汇集成%s %v", got.Title, table(got, "checks"))
	}
	whole := fields{"grade": "较好", "summary": "总体较好，登记及时性要改进。"}
	if reasons := o.Refused("2502", m, "submit", whole); len(reasons) != 2 { // one comprehensive check only, none of the files as a whole
		t.Errorf("应说清两条：%v", reasons)
	}
	inspected(o, "综合检查", "行政科", "")
	inspected(o, "文件管理全面检查", "行政科", "")
	open := o.Create("2502", "secrecy-inspection", fields{"sort": "专项检查", "ground": "上级指令", "lead_unit": o.Unit("督查科"), "inspectors": o.People("2501", "2502")})
	o.Do("2502", open, "plan", nil)
	o.Do("2502", m, "again", nil)
	o.RefusedBecause("SEC-17", "2502", m, "submit", whole) // the last one has no verdict yet
	o.Do("1007", open, "void", nil, "上级取消")
	rows := table(o.Do("2502", m, "again", nil), "checks")
	if len(rows) != 3 || rows[0]["rating"] != "整改后合格" || rows[0]["problems"] != 1.0 || rows[0]["unit"] != o.Unit("督查科") || rows[1]["rating"] != "合格" {
		t.Fatalf("带出来的是%v", rows)
	}
	o.Do("2502", m, "submit", whole)
	if end := o.Do("1007", m, "agree", nil, "同意评价意见，列入年终评价"); end.State != engine.Closed || end.Number != "保评〔2026〕1号" {
		t.Errorf("年终评价%s %s", end.Number, end.State)
	}
	if line := registerLine(t, o, "1007", m); !strings.Contains(line, "2026|2次|3次|1|") {
		t.Errorf("登记簿：%s", line)
	}
	if n := tallied(t, o, "1007", "secrecy-evaluation", "各单位检查结论"); n["督查科 整改后合格"] != 1 || n["行政科 合格"] != 2 {
		t.Errorf("各单位检查结论%v", n)
	}
}

func Test涉密会议五步逐步签认(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("2502", "secret-meeting", fields{
		"code": "密会-6", "level": "机密", "meet_at": at(19, 14, 0), "place": "小会议室", "chair": o.Person("1007"),
		"scope": o.People("1001", "1002", "2401"), "workers": o.People("2101"), "steward": o.Person("2101"),
	})
	o.RefusedBecause("SEC-31", "2502", m, "settle", fields{"place": "研究《干部调整方案》"})
	o.Do("2502", m, "settle", nil)
	o.RefusedBecause("SEC-12", "2502", m, "checked", fields{"venue_before": []any{"线路"}})
	o.Do("2502", m, "checked", fields{"venue_before": []any{"扩音设备", "线路", "门窗", "无线屏蔽", "无关人员清场"}})
	o.RefusedBecause("SEC-12", "2101", m, "checked", fields{"present": o.People("1001", "3302"), "phones": true})
	o.RefusedBecause("SEC-12", "2101", m, "checked", fields{"present": o.People("1001"), "phones": false})
	o.Do("2101", m, "checked", fields{"present": o.People("1001", "1002"), "phones": true})
	o.Do("1007", m, "announced", fields{"discipline": true})
	all := []any{"桌面座位", "纸篓", "投影电脑", "录音录像设备", "门窗上锁"}
	o.RefusedBecause("SEC-12", "2101", m, "cleared", fields{"issued": 12, "collected": 11, "lost": "无遗失", "venue_after": all})
	o.Do("2101", m, "cleared", fields{"issued": 12, "collected": 12, "lost": "无遗失", "venue_after": all})
	if o.Matter(m).State != engine.Open {
		t.Fatal("保密员还没有签认就了结了")
	}
	o.Do("2501", m, "cleared", fields{"issued": 12, "collected": 12, "lost": "无遗失", "venue_after": all})
	if end := o.Do("2502", m, "cleared", fields{"issued": 12, "collected": 12, "lost": "无遗失", "venue_after": all}); end.State != engine.Closed {
		t.Errorf("会议检查%s", end.State)
	}
}
