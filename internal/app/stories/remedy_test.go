package stories_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/workday"
)

// answered takes a petition from its registration to its answer on the given day.
func answered(o *apptest.Office, m db.ID, day string) *engine.Matter {
	o.Do("3302", m, "register", nil)
	o.Do("1010", m, "hand-out", fields{"lead_unit": o.Unit("县水利局办公室")}, "请依法办理")
	o.Do("4003", m, "accept", nil)
	o.Do("4003", m, "notified", fields{"notice": "受理", "notified_on": day})
	o.Do("4003", m, "finish", fields{"facts": "已核", "conclusion": "修复", "law": "信访工作条例"})
	o.Do("4003", m, "deliver", fields{"replied_on": day, "receipt": "本人签收"})
	return o.Do("3302", m, "close", fields{"result": "已答复"})
}

func Test不服处理意见三十日内申请复查再不服申请复核(t *testing.T) { // PET-19
	o := apptest.Open(t)
	first := o.Create("3302", "petition", demand)
	answered(o, first, "2026-11-18")
	if o.Offers("4003", first)["review"].Allowed {
		t.Error("承办单位自己申请了复查")
	}
	o.Advance(29 * 24 * time.Hour) // 12月17日
	o.Do("3302", first, "review", nil, "只修了一段，请求全部修复")
	o.RefusedBecause("PET-19", "3302", first, "review", nil, "再申请一次")
	again := o.Begun(first, "petition")
	seen := o.Matter(again)
	if seen.Fields["source"] != "复查" || seen.Fields["former"] != first.String() || seen.Fields["demand"] != "只修了一段，请求全部修复" {
		t.Errorf("复查件是%v", seen.Fields)
	}
	end := answered(o, again, "2026-12-17")
	if due := end.Due.In(db.Location).Format("2006-01-02"); due != "2027-01-16" {
		t.Errorf("复查期限%s，应是三十日", due)
	}
	o.Do("3302", again, "recheck", nil, "对复查意见不服")
	last := o.Begun(again, "petition")
	end = answered(o, last, "2026-12-17")
	if due := end.Due.In(db.Location).Format("2006-01-02"); due != "2027-01-16" || end.Fields["source"] != "复核" {
		t.Errorf("%v期限%s，应是三十日", end.Fields["source"], due)
	}
	for _, key := range []string{"review", "recheck"} {
		if o.Offers("3302", last)[key].Allowed {
			t.Errorf("复核后还能%s", key)
		}
	}

	late := o.Create("3302", "petition", demand)
	answered(o, late, "2026-12-17")
	o.Advance(31 * 24 * time.Hour)
	o.RefusedBecause("PET-19", "3302", late, "review", nil, "不服")
}

func Test重大以上事件电话三十分钟书面六十分钟报到三线同记(t *testing.T) { // EMRG-06, EMRG-11
	o := apptest.Open(t)
	start := func() (db.ID, fields) {
		m := o.Create("2602", "emergency-report", fields{"title": "城东供热主管网爆裂", "place": "城东街"})
		heard := o.Now().Format(time.RFC3339)
		o.Do("2602", m, "alert", fields{"heard_at": heard, "add_readers": o.People("1006")})
		return m, fields{
			"kind_of": "事故灾难", "grade": "重大", "warning": "无预警", "happened_at": heard, "heard_at": heard, "nature": "爆裂", "extent": "三个小区", "losses": "无", "trend": "可控",
			"commander": "罗清禾", "measures": "已关阀", "asks": "无", "caller": "值班员", "caller_phone": "0000-6300009", "leaders": o.People("1009"),
		}
	}
	row := func(keys ...string) []any {
		all := fields{"whom": "市总值班室", "to": "市总值班室", "at": o.Now().Format(time.RFC3339), "receiver": "值班员"}
		out := fields{}
		for _, k := range keys {
			out[k] = all[k]
		}
		return []any{out}
	}
	m, whole := start()
	o.Advance(31 * time.Minute)
	o.RefusedBecause("EMRG-06", "2602", m, "report", merge(whole, fields{"phoned": row("whom", "at")}))
	o.Do("2602", m, "report", merge(whole, fields{"phoned": row("whom", "at"), "late_why": "线路中断"}))

	m, whole = start()
	o.Advance(20 * time.Minute)
	o.Do("2602", m, "report", merge(whole, fields{"phoned": row("whom", "at")}))
	arranged := o.Do("1009", m, "arrange", fields{"lead_unit": o.Unit("应急信访科")}, "请立即抢修。")
	if due := arranged.OpenTasks(engine.Handle)[0].Due.Sub(o.Now()); due != 40*time.Minute { // of the sixty since it was heard
		t.Errorf("书面报送限%s", due)
	}
	o.Advance(41 * time.Minute)
	done := fields{"handled": "已开挖", "sent_up": row("to", "at", "receiver"), "lines": []any{
		fields{"line": "主要领导到现场", "who": "陆怀谦", "what": "到场指挥抢修", "recorder": o.Person("2602")},
		fields{"line": "领导在机关指挥", "who": "郑跃川", "what": "调度热源车", "recorder": o.Person("2602")},
	}}
	if reasons := o.Refused("2602", m, "next", done); len(reasons) != 2 { // late, and a line missing
		t.Errorf("应说清两条：%v", reasons)
	}
	done["late_why"] = "等待核实"
	o.RefusedBecause("EMRG-11", "2602", m, "next", done)
	third := fields{"line": "处室跟进", "who": "应急信访科", "what": "逐户登记"}
	done["lines"] = append(done["lines"].([]any), third)
	o.RefusedBecause("EMRG-11", "2602", m, "next", done) // nobody keeps the third line
	third["recorder"] = o.Person("3302")
	o.Do("2602", m, "next", done)
}

func Test报上级时限按事件类别和等级查表(t *testing.T) { // EMRG-06
	o := apptest.Open(t)
	start := func(kind, grade string) (db.ID, fields) {
		m := o.Create("2602", "emergency-report", fields{"title": "城东供热主管网爆裂", "place": "城东街"})
		heard := o.Now().Format(time.RFC3339)
		told := o.Do("2602", m, "alert", fields{"heard_at": heard, "add_readers": o.People("1006")})
		if due := told.OpenTasks(engine.Handle)[0].Due.Sub(o.Now()); due != 30*time.Minute { // by telephone, before the grade is known
			t.Errorf("接报限%s", due)
		}
		return m, fields{
			"kind_of": kind, "grade": grade, "warning": "无预警", "happened_at": heard, "heard_at": heard, "nature": "爆裂", "extent": "三个小区", "losses": "无", "trend": "可控",
			"commander": "罗清禾", "measures": "已关阀", "asks": "无", "caller": "值班员", "caller_phone": "0000-6300009", "leaders": o.People("1009"),
		}
	}
	phoned := func(after time.Duration) fields {
		return fields{"phoned": []any{fields{"whom": "市总值班室", "at": o.Now().Add(after).Format(time.RFC3339)}}}
	}
	report := func(m db.ID, whole fields) *engine.Matter {
		o.Do("2602", m, "report", whole)
		return o.Do("1009", m, "arrange", fields{"lead_unit": o.Unit("应急信访科")}, "请立即抢修。")
	}
	for key, value := range map[string]string{"社会安全重大电话": "15分钟", "公共卫生较大电话": "1小时", "公共卫生较大书面": "2小时"} {
		amend(t, o, "EMRG-06", key, value, workday.DayOf(o.Now())) // as the office edits its rules
	}

	m, whole := start("社会安全", "重大")
	o.RefusedBecause("EMRG-06", "2602", m, "report", merge(whole, phoned(16*time.Minute)))
	at := o.Now()
	seen := report(m, merge(whole, phoned(15*time.Minute)))
	if due := seen.OpenTasks(engine.Handle)[0].Due.Sub(at); due != time.Hour || seen.Fields["phone_limit"] != 15.0 || seen.Fields["written_limit"] != 60.0 {
		t.Errorf("社会安全重大：书面限%s，%v", due, seen.Fields)
	}
	m, whole = start("公共卫生", "较大")
	o.RefusedBecause("EMRG-06", "2602", m, "report", merge(whole, phoned(61*time.Minute)))
	at = o.Now()
	if due := report(m, merge(whole, phoned(59*time.Minute))).OpenTasks(engine.Handle)[0].Due.Sub(at); due != 2*time.Hour {
		t.Errorf("公共卫生较大：书面限%s", due)
	}
	seen = o.Do("2602", m, "correct-class", fields{"kind_of": "社会安全", "grade": "重大"}, "核实为重大")
	if due := seen.OpenTasks(engine.Handle)[0].Due.Sub(at); due != time.Hour { // the clock follows the table
		t.Errorf("更正等级后书面限%s", due)
	}
	m, whole = start("自然灾害", "一般") // no limit by telephone is set for it
	report(m, merge(whole, phoned(3*time.Hour)))
}

func Test阅文人停留超过两个工作日提醒本人和文书(t *testing.T) { // DOC-CIR-07
	o := apptest.Open(t)
	in := received(o, fields{"title": "小型水库检查通报", "urgency": "平件"})
	o.Do("3102", in, "pass", fields{"review": allReviewed})
	o.Do("1010", in, "circulate", fields{"leaders": o.People("1009", "1006")}, "送领导阅")
	m := o.Begun(in, "circulation")
	o.Do("3102", m, "arrange", fields{"way": "传阅", "readers": o.People("1009", "1006")})
	sent := o.Do("3102", m, "hand-out", nil)
	late := "小型水库检查通报》在郑跃川处"
	due := sent.OpenTasks(engine.Handle)[0].Due
	if day := due.In(db.Location).Format("01-02"); day != "11-20" {
		t.Errorf("阅文期限%s，应是两个工作日", day)
	}
	o.Until(due.Add(-time.Minute))
	if strings.Contains(notices(o, "3102"), late) {
		t.Error("没有到期就说逾期")
	}
	o.Until(due.Add(time.Minute))
	if n := notices(o, "1006"); !strings.Contains(n, "请即办理") {
		t.Errorf("没有提醒阅文人：%s", n)
	}
	for _, number := range []string{"3102", "1010"} {
		if n := notices(o, number); !strings.Contains(n, late) {
			t.Errorf("没有提醒%s：%s", number, n)
		}
	}
}
