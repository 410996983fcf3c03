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

func leave(o *apptest.Office, who, from, until string) db.ID {
	return o.Create(who, "leave", fields{"type": "事假", "reason": "家中有事", "from": from, "until": until, "place": "本县", "phone": "0000-6210034"})
}

func Test半天假由副主任批一天由主任批(t *testing.T) {
	o := apptest.Open(t)
	m := leave(o, "2202", at(19, 14, 0), at(19, 17, 30))
	if o.Matter(m).Fields["stand_in"] != o.Person("2201") {
		t.Error("没有带出B岗")
	}
	o.RefusedBecause("ATT-04", "2202", m, "submit", fields{"from": at(17, 14, 0), "until": at(17, 17, 30)})
	o.RefusedBecause("DUTY-03", "2202", m, "submit", fields{"on_duty": true})
	o.Do("2202", m, "submit", nil)
	holds(t, o, m, "section", "卢见山")
	o.Do("2201", m, "agree", nil)
	holds(t, o, m, "approve", "蒋牧云")
	after := o.Do("2001", m, "agree", nil)
	if after.Fields["days"] != "半天" || after.Number != "假〔2026〕1号" {
		t.Errorf("%s %v", after.Number, after.Fields["days"])
	}

	long := leave(o, "2202", at(23, 8, 30), at(24, 17, 30))
	o.Do("2202", long, "submit", nil)
	o.Do("2201", long, "agree", nil)
	holds(t, o, long, "approve", "贺庭山")
	o.Do("1007", long, "agree", nil)

	head := leave(o, "2201", at(19, 8, 30), at(20, 17, 30)) // 科室负责人自己请假不用自己签
	o.Do("2201", head, "submit", nil)
	holds(t, o, head, "approve", "贺庭山")
}

func Test准假后代办人接办销假后收回(t *testing.T) { // ORG-24
	o := apptest.Open(t)
	m := leave(o, "2202", at(19, 8, 30), at(20, 17, 30))
	o.Do("2202", m, "submit", nil)
	o.Do("2201", m, "agree", nil)
	o.Do("1007", m, "agree", nil)
	o.Until(time.Date(2026, 11, 19, 9, 0, 0, 0, db.Location))
	if away := o.Directory().AwayAt(o.Directory().ByUsername("2202").ID, o.Now()); away == nil || away.StandIn.String() != o.Person("2201") {
		t.Fatalf("假期里没有人代办：%v", away)
	}
	o.Do("2202", m, "renew", fields{"new_until": at(23, 17, 30), "renew_reason": "事未办完"})
	holds(t, o, m, "approve", "贺庭山")
	o.Do("1007", m, "agree", nil)
	o.Until(time.Date(2026, 11, 23, 10, 0, 0, 0, db.Location))
	if o.Directory().AwayAt(o.Directory().ByUsername("2202").ID, o.Now()) == nil {
		t.Error("续假没有生效")
	}
	o.Until(time.Date(2026, 11, 24, 9, 0, 0, 0, db.Location))
	if _, offered := o.Offers("2202", m)["urge"]; offered {
		t.Error("在自己手里还可以催办自己")
	}
	o.RefusedBecause("早于起假", "2202", m, "report-back", fields{"back_at": at(18, 8, 40)})
	o.RefusedBecause("超假的要说明", "2202", m, "report-back", fields{"back_at": at(24, 8, 40)})
	o.Do("2202", m, "report-back", fields{"back_at": at(24, 8, 40), "over_reason": "雪天路阻"})
	holds(t, o, m, "confirm", "卢见山")
	if end := o.Do("2201", m, "confirm", nil); end.State != engine.Closed {
		t.Errorf("确认后%s", end.State)
	}
	if o.Directory().AwayAt(o.Directory().ByUsername("2202").ID, o.Now()) != nil {
		t.Error("销假后还算外出")
	}
}

func Test主要领导外出报上级值班室知悉(t *testing.T) { // ATT-15, CAL-02, ORG-24
	o := apptest.Open(t)
	m := o.Create("1002", "absence-notice", fields{
		"who": o.Person("1002"), "destination": "安澜市", "from": at(23, 8, 30), "until": at(25, 17, 30), "reason": "开会", "acting": o.Person("1006"), "phone": "0000",
	})
	o.RefusedBecause("报上级机关", "1002", m, "submit", nil)
	o.Do("1002", m, "submit", fields{"superior_report": "已报市政府办公室"})
	for _, h := range o.Holders(m) {
		if h != "丁望北" && h != "祝云帆" {
			t.Errorf("报备到了%s手里", h)
		}
	}
	o.Do("2602", m, "noted", nil)
	o.Until(time.Date(2026, 11, 24, 9, 0, 0, 0, db.Location))
	if away := o.Directory().AwayAt(o.Directory().ByUsername("1002").ID, o.Now()); away == nil || away.StandIn.String() != o.Person("1006") {
		t.Errorf("代行负责人没有生效：%v", away)
	}

	other := o.Create("1008", "absence-notice", fields{
		"destination": "省城", "from": at(25, 8, 30), "until": at(26, 17, 30), "reason": "开会", "phone": "0000",
	})
	o.Do("1008", other, "submit", nil)
	holds(t, o, other, "approve", "陆怀谦")
	clerk := o.Create("3302", "absence-notice", fields{"destination": "省城", "from": at(25, 8, 30), "until": at(26, 17, 30), "reason": "开会", "phone": "0000"})
	o.RefusedBecause("请办请销假", "3302", clerk, "submit", nil)
}

func Test请示一级一级往上(t *testing.T) { // RPT-02, RPT-05, RPT-09
	o := apptest.Open(t)
	ask := func(more fields) db.ID {
		f := fields{
			"form": "请示", "category": "其他应报", "title": "增设信访接待点", "basis": "来访量上升", "suggestion": "在政务大厅增设一处", "target": o.Person("1009"),
		}
		for k, v := range more {
			f[k] = v
		}
		return o.Create("3302", "request-report", f)
	}
	m := ask(nil)
	o.RefusedBecause("RPT-11", "3302", m, "submit", fields{"involves": true})
	o.RefusedBecause("RPT-01", "3302", m, "bypass", fields{"bypass_reason": "来不及"})
	o.Do("3302", m, "submit", nil)
	for _, level := range []struct{ number, name string }{{"3301", "雷振声"}, {"2004", "卓海宁"}, {"1010", "马骁原"}} {
		holds(t, o, m, "climb", level.name)
		o.Do(level.number, m, "agree", nil, "拟同意")
	}
	holds(t, o, m, "answer", "罗清禾")
	o.Do("3302", m, "note-oral", fields{"answer": "同意，先试一个月"})
	o.Do("1009", m, "confirm", nil)
	holds(t, o, m, "execute", "阮清如")
	if end := o.Do("3302", m, "report", fields{"result": "已设点"}); end.State != engine.Closed {
		t.Errorf("报告结果后%s", end.State)
	}

	near := ask(fields{"target": o.Person("3301")}) // 请示科长的不再往上
	o.Do("3302", near, "submit", nil)
	holds(t, o, near, "answer", "雷振声")
}

func Test宣传稿先保密审查署名的本人同意(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("2302", "media-review", fields{
		"title": "冬季供暖有保障", "media": "《安澜日报》", "byline": "领导", "signer": o.Person("1009"), "manuscript": "全县供暖准备就绪。",
		"checked": []any{"事实属实", "称谓准确", "领导排序正确"},
	})
	o.RefusedBecause("SEC-25", "2302", m, "submit", nil)
	o.Do("2302", m, "submit", fields{"checked": []any{"事实属实", "称谓准确", "领导排序正确", "不含未公开的讲话批示和领导活动"}})
	o.RefusedBecause("MEDIA-07", "2502", m, "pass", fields{"secrecy_basis": "保密法", "secrecy_result": "不宜公开"})
	o.Do("2502", m, "pass", fields{"secrecy_basis": "保密法", "secrecy_result": "可以公开"})
	holds(t, o, m, "sign", "罗清禾")
	o.Do("1009", m, "agree", nil)
	holds(t, o, m, "approve", "蒋牧云")
	o.Do("2001", m, "agree", nil)
	o.RefusedBecause("MEDIA-04", "2302", m, "published", fields{"sent_on": "2026-11-18", "level": "市级"})
	o.Do("2302", m, "published", fields{"sent_on": "2026-11-18", "published_on": "2026-11-18", "level": "市级", "page": "第2版"})
}

func Test公告逐人签收看得见谁未读(t *testing.T) { // OA-05
	o := apptest.Open(t)
	m := o.Create("2102", "bulletin", fields{
		"title": "公文培训通知", "text": "周五下午集中培训。", "scope": "指定人员", "readers": o.People("2202", "3302"), "until": at(20, 18, 0), "receipt_by": "2026-11-19",
	})
	o.Do("2102", m, "submit", nil)
	holds(t, o, m, "review", "闻子衡")
	o.RefusedBecause("OPEN-04", "2101", m, "publish", fields{"secret_free": false})
	o.Do("2101", m, "publish", fields{"secret_free": true})
	o.Do("2202", m, "receipt", nil)
	if line := registerLine(t, o, "2102", m); !strings.Contains(line, "阮清如") || strings.Contains(line, "池若溪") {
		t.Errorf("登记簿看不出谁未回执：%s", line)
	}
	if end := o.Do("3302", m, "receipt", fields{"attend": "参加"}); end.State != engine.Closed {
		t.Errorf("回执收齐后%s", end.State)
	}
}

var demand = fields{
	"source": "来信", "received_at": at(18, 9, 0), "petitioner": "城西住户", "people_count": 1, "title": "路灯不亮", "demand": "请修复路灯", "category": "申诉求决",
}

func Test条款里写中文的数字也照办(t *testing.T) { // PET-18
	o := apptest.Open(t)
	amend(t, o, "PET-18", "extend", "20日", workday.DayOf(o.Now()))
	m := o.Create("3302", "petition", demand)
	o.Do("3302", m, "register", nil)
	o.Do("1010", m, "hand-out", fields{"lead_unit": o.Unit("县水利局办公室")}, "请依法办理")
	o.Do("4003", m, "accept", nil)
	o.Do("4003", m, "notified", fields{"notice": "受理", "notified_on": "2026-11-18"})
	extend := fields{"new_due": "2027-02-07", "told_extension": true}
	o.RefusedBecause("PET-18", "1010", m, "extend", extend, "案情复杂") // twenty-one days
	extend["new_due"] = "2027-02-06"
	o.Do("1010", m, "extend", extend, "案情复杂")
}

func Test信访岗管制度接待上级指派和重要信访督查协调(t *testing.T) { // PET-15
	o := apptest.Open(t)
	const post, colleague = "3302", "3301"
	rule := o.Create(post, "office-rule", fields{"title": "来访接待制度", "text": "件件登记。", "lead_unit": o.Unit("应急信访科"), "demands": "当日登记"})
	if !o.Sees(post, rule) {
		t.Error("信访岗起草不了信访制度")
	}
	visit := o.Create(post, "petition", merge(demand, fields{"source": "来访", "talk": "已听取", "talker": o.Person(post)}))
	o.Do(post, visit, "register", nil)
	task := o.Create("2602", "petition", demand) // the duty officer took it at night
	o.Do("2602", task, "register", fields{"source": "上级转来", "superior_number": "安信转〔2026〕6号"})
	o.Do("1007", task, "hand-out", fields{"lead_unit": o.Unit("县水利局办公室")}, "请依法办理")
	if o.Sees(colleague, task) || o.Offers("1007", task)["supervise"].Allowed {
		t.Error("不是信访岗的也能督查协调")
	}
	check := fields{"urge_way": "电话", "urged_whom": "县水利局办公室项临渊", "urged_found": "尚未受理"}
	o.RefusedBecause("PET-15", post, visit, "supervise", check, "请抓紧") // no important one: it is urged
	o.Do(post, visit, "urge", fields{"urge_way": "口头"})
	got := o.Do(post, task, "supervise", check, "请三日内报进展")
	if rows := table(got, "supervisions"); len(rows) != 1 || rows[0]["by"] != o.Person(post) || rows[0]["asked"] != "请三日内报进展" {
		t.Errorf("督查记录是%v", rows)
	}
	if n := notices(o, "4003"); !strings.Contains(n, "请三日内报进展") {
		t.Errorf("承办人没有接到督查：%s", n)
	}
	o.Do("4003", task, "accept", nil)
	o.Do("4003", task, "notified", fields{"notice": "受理", "notified_on": "2026-11-18"})
	o.Do("4003", task, "finish", fields{"facts": "已核", "conclusion": "修复", "law": "信访工作条例"})
	o.Do("4003", task, "deliver", fields{"replied_on": "2026-11-18", "receipt": "本人签收"})
	holds(t, o, task, "conclude", "阮清如")
	o.RefusedBecause("PET-15", post, task, "close", fields{"result": "已答复"})
	o.Do(post, task, "close", fields{"result": "已答复", "reported_up": "11月18日报市信访局"})
	if line := registerLine(t, o, post, task); !strings.Contains(line, "|1次|已答复") {
		t.Errorf("记录簿：%s", line)
	}
}

func Test信访六十日办结延期不过三十日(t *testing.T) { // PET-02, PET-07, PET-23
	o := apptest.Open(t)
	m := o.Create("3302", "petition", demand)
	o.RefusedBecause("PET-21", "3302", m, "register", fields{"people_count": 3})
	o.RefusedBecause("PET-03", "3302", m, "answer", fields{"result": "已解释"})
	o.Do("3302", m, "register", nil)
	holds(t, o, m, "decide", "马骁原")
	o.Do("1010", m, "hand-out", fields{"lead_unit": o.Unit("县水利局办公室")}, "请依法办理")
	holds(t, o, m, "receive", "项临渊")
	after := o.Do("4003", m, "accept", nil)
	if day := after.Due.In(db.Location).Format("2006-01-02"); day != "2027-01-17" {
		t.Errorf("办结期限%s，应是60日", day)
	}
	o.Do("4003", m, "notified", fields{"notice": "受理", "notified_on": "2026-11-18"})
	o.RefusedBecause("PET-18", "1010", m, "extend", fields{"new_due": "2027-03-01", "told_extension": true}, "情况复杂")
	o.Do("1010", m, "extend", fields{"new_due": "2027-02-10", "told_extension": true}, "情况复杂")
	o.RefusedBecause("PET-18", "1010", m, "extend", fields{"new_due": "2027-02-12", "told_extension": true}, "还是复杂")
	o.RefusedBecause("没有填写", "4003", m, "finish", fields{"facts": "已核", "conclusion": "修复"})
	o.Do("4003", m, "finish", fields{"facts": "已核", "conclusion": "修复", "law": "信访工作条例"})
	o.Do("4003", m, "deliver", fields{"replied_on": "2026-11-18", "receipt": "本人签收"})
	holds(t, o, m, "conclude", "阮清如")
	if end := o.Do("3302", m, "close", fields{"result": "已修复"}); end.State != engine.Closed {
		t.Errorf("入簿后%s", end.State)
	}
}

func Test不属本单位的五个工作日内提异议(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("3302", "petition", demand)
	o.Do("3302", m, "register", nil)
	o.Do("1010", m, "hand-out", fields{"lead_unit": o.Unit("县教育局办公室")}, "请办理")
	o.Do("4004", m, "object", fields{"objection": "不属本单位职责"})
	holds(t, o, m, "objection", "马骁原")
	o.Do("1010", m, "refuse", nil, "请再核")
	o.Until(time.Date(2026, 11, 27, 9, 0, 0, 0, db.Location))
	o.RefusedBecause("PET-20", "4004", m, "object", fields{"objection": "仍不属"})
}
