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

// Clauses that no way of a document through the office shows by itself, each tried where it bites.

func Test电子公文三项核对超时告警同文合并(t *testing.T) { // DOC-IN-03, DOC-IN-28, DOC-IN-30, DOC-IN-31, DOC-IN-32, DOC-IN-33
	o := apptest.Open(t)
	electronic := func() db.ID {
		return o.Create("3102", "incoming", fields{"sender": "安澜市水利局", "addressee": o.Issuer("临政办"), "channel": "电子传输"})
	}
	m := electronic()
	paper := fields{"copies_ok": true, "routing_ok": true, "seal_ok": true}
	o.RefusedBecause("DOC-IN-30", "3102", m, "sign", paper)
	o.RefusedBecause("DOC-IN-03", "3102", m, "sign", fields{"copies_ok": false, "routing_ok": true, "seal_ok": true, "origin_ok": true, "complete_ok": true, "format_ok": true})
	if ack := o.Matter(m).OpenTasks(engine.Handle)[0].Due.Sub(o.Now()); ack <= 0 || ack > time.Hour {
		t.Errorf("电子公文签收期限是%s", ack)
	}
	o.Until(o.Now().Add(2 * hour))
	o.Until(o.Now().Add(time.Minute))
	if n := notices(o, "3102") + notices(o, "1010"); !strings.Contains(n, "到期") || !strings.Contains(notices(o, "1010"), "逾期") {
		t.Errorf("超时未签收没有逐级告警：%s", n)
	}
	o.Do("3102", m, "reject", fields{"fault": []any{"其他"}, "fault_note": "附件打不开"})
	if contact := o.Matter(o.Begun(m, "personal-task")); !strings.Contains(contact.Title, "与安澜市水利局联系") || contact.Step != "doing" {
		t.Errorf("联系任务是《%s》", contact.Title)
	}

	first := received(o, nil)
	same := electronic()
	whole := fields{"copies_ok": true, "routing_ok": true, "seal_ok": true, "origin_ok": true, "complete_ok": true, "format_ok": true}
	o.Do("3102", same, "sign", whole)
	o.RefusedBecause("DOC-IN-33", "3102", same, "merge", fields{"same_as": m.String()})
	end := o.Do("3102", same, "merge", fields{"same_as": first.String()})
	if end.State != engine.Closed || end.Number != "" || !strings.Contains(end.Title, "收〔2026〕1号") {
		t.Errorf("同文的没有并为一件：%s %s《%s》", end.State, end.Number, end.Title)
	}
	if got := tallied(t, o, "3102", "incoming", "来文渠道与类别"); got["机要交换 报批"] != 1 { // OA-08
		t.Errorf("来文渠道统计是%v", got)
	}
}

func Test重要工作由主要领导批(t *testing.T) { // DOC-IN-19, DOC-IN-37
	o := apptest.Open(t)
	m := received(o, fields{"major": true})
	o.Do("3102", m, "pass", fields{"review": allReviewed})
	o.RefusedBecause("DOC-IN-19", "1010", m, "assign", fields{"lead_unit": o.Unit("应急信访科")}, "请办理")
	o.RefusedBecause("DOC-IN-19", "1010", m, "instruct", fields{"leaders": o.People("1009")}, "拟请领导阅示")
	o.Do("1010", m, "instruct", fields{"leaders": o.People("1002")}, "拟请领导阅示")
	holds(t, o, m, "instruct", "陆怀谦")
	if got := tallied(t, o, "3102", "incoming", "来文单位"); got["安澜市人民政府办公室"] != 1 {
		t.Errorf("来文单位统计是%v", got)
	}
}

func Test限领导阅的送不到别人党内文件扩大范围要原机关同意(t *testing.T) { // DOC-IN-24, DOC-CIR-03, DOC-CIR-16
	o := apptest.Open(t)
	in := received(o, fields{"urgency": "平件"})
	o.Do("3102", in, "pass", fields{"review": allReviewed})
	o.Do("1010", in, "circulate", fields{"leaders": o.People("1009", "1006")}, "送领导阅")
	m := o.Begun(in, "circulation")
	level := ""
	for _, option := range o.Engine.Catalogue().Kind("circulation").Field("level").Options {
		if option != "不限" {
			level = option
			break
		}
	}
	o.RefusedBecause("DOC-IN-24", "3102", m, "arrange", fields{"way": "传阅", "level": level, "party_document": true, "readers": o.People("1009", "3302")})
	o.Do("3102", m, "arrange", fields{"way": "传阅", "level": level, "party_document": true, "readers": o.People("1009", "1006")})
	more := fields{"added": o.People("1008"), "approved_by": o.Person("1002")}
	o.RefusedBecause("DOC-CIR-16", "3102", m, "add", more)
	clerk := o.Directory().ByUsername("3102")
	consent, err := o.Files.Put(t.Context(), o.DB, clerk.Agency, clerk.ID, "市委办公室同意.txt", strings.NewReader("同意"))
	if err != nil {
		t.Fatal(err)
	}
	more["added"], more["consent"] = o.People("3302"), consent.ID.String()
	o.RefusedBecause("DOC-IN-24", "3102", m, "add", more)
	more["added"] = o.People("1008")
	o.Do("3102", m, "add", more)
	if o.Sees("3302", m) {
		t.Error("名单外的人看得到")
	}
}

func Test未校核不能送签复核四项不合格不编号授权印发由主任签(t *testing.T) { // DOC-CHK-01, DOC-OUT-25, DOC-OUT-30
	o := apptest.Open(t)
	m := drafted(o, fields{"issuer": o.Issuer("临政"), "importance": "授权", "title": "临溪县人民政府关于做好冬季供暖保障工作的通知"})
	o.Do("3301", m, "agree", nil, "同意")
	holds(t, o, m, "review", "卢见山", "池若溪")
	for _, who := range []string{"1010", "3301", "3302"} {
		for key, offer := range o.Offers(who, m) {
			for _, b := range offer.Action.To {
				if offer.Allowed && (b.To == "sign" || b.To == "office-approve") {
					t.Errorf("没有校核，%s就能办“%s”送出去", who, key)
				}
			}
		}
	}
	reviewed(o, m)
	o.Do("1010", m, "agree", nil, "授权印发")
	holds(t, o, m, "sign", "马骁原")
	o.Do("1010", m, "sign", nil, "同意，发")
	for i := range allRecheck {
		part := append(append([]any{}, allRecheck[:i]...), allRecheck[i+1:]...)
		o.RefusedBecause("DOC-OUT-30", "2201", m, "pass", fields{"recheck": part})
	}
	o.Refused("3103", m, "number", nil)
	o.Do("2201", m, "return", fields{"return_to": "draft"}, "文种不合")
	holds(t, o, m, "draft", "阮清如")
}

func Test领导打开只见要他办的急件在前(t *testing.T) { // DOC-OUT-54, DOC-OUT-55, DOC-OUT-39, OA-02
	o := apptest.Open(t)
	slow := drafted(o, fields{"urgency": "平件"})
	approved(o, slow)
	o.Advance(time.Minute)
	fast := drafted(o, fields{"urgency": "特急", "title": "临溪县人民政府办公室关于紧急处置管线爆裂的通知"})
	approved(o, fast)
	drafted(o) // 还在科里
	read(t, o, func(tx *db.Tx) error {
		w, err := o.Engine.World(tx)
		if err != nil {
			return err
		}
		page, err := o.Engine.ListTasks(tx, w.ActorOf(o.Directory().ByUsername("1010").ID), engine.TaskQuery{Box: engine.Todo, Limit: 10})
		if err != nil {
			return err
		}
		if page.Total != 2 || page.Lines[0].Matter.ID != fast || page.Lines[1].Matter.ID != slow {
			t.Errorf("主任的待办有%d件，第一件是《%s》", page.Total, page.Lines[0].Matter.Title)
		}
		return nil
	})
	var path []string // 卡在哪一层、谁办的，一目了然
	for _, h := range o.Matter(fast).Trail {
		path = append(path, h.Step+"·"+o.Names(h.By)[0])
	}
	if got := strings.Join(path, " "); got != "draft·阮清如 section-check·雷振声 review·池若溪 office-approve·马骁原" {
		t.Errorf("经过的是%s", got)
	}
}

func Test送印没有签字不能打印密级的不印(t *testing.T) { // PRINT-01, PRINT-20
	o := apptest.Open(t)
	slip := fields{
		"title": "供暖通知", "doc_kind": "文件", "document_number": "临政办〔2026〕1号", "used_at": at(19, 9, 0), "demand": "装订", "format": "A4", "sided": "双面", "pages": 3, "copies": 20, "needed_on": "2026-11-19",
	}
	p := o.Engine.Catalogue().Kind("printing")
	for key, value := range slip { // 选项以定义为准
		if f := p.Field(key); len(f.Options) > 0 && !f.AlsoAny {
			slip[key] = f.Options[0]
			_ = value
		}
	}
	m := o.Create("3302", "printing", nil)
	slip["secrecy"] = "带密级"
	o.RefusedBecause("PRINT-20", "3302", m, "submit", slip)
	slip["secrecy"] = p.Field("secrecy").Options[0]
	o.Do("3302", m, "submit", slip)
	o.Refused("3104", m, "receive", fields{"proofreader": o.Person("3302"), "operator": o.Person("3104")})
	o.Refused("3104", m, "agree", nil)
	o.Do("3301", m, "agree", nil)
	holds(t, o, m, "receive", "古素华")
}

func Test新机构满一个月启用新章电子印章专人专机遗失要声明(t *testing.T) { // SEAL-09, SEAL-12, SEAL-22, SEAL-34, SEAL-35
	o := apptest.Open(t)
	old := seal(o, "临溪县河道管理所（旧）", "临时机构", "临政办", "1010")
	m := o.Create("3103", "seal-lifecycle", fields{
		"title": "临溪县河道管理中心", "level": "临时机构", "issuer": o.Issuer("临政办"), "approvers": o.People("1010"), "applicant": "县水利局", "institution": "临编〔2026〕9号",
		"reason": "机构新设", "new_body": true, "replaces": old.String(), "electronic": true, "shape": "圆形", "ring": "临溪县河道管理中心", "keeper": o.Person("3103"),
	})
	o.Do("3103", m, "submit", nil)
	o.Do("2003", m, "agree", nil)
	o.Do("1010", m, "agree", nil)
	o.Do("3103", m, "file", fields{"police_number": "公备2026-9"})
	o.Do("3103", m, "carved", fields{"maker": "定点刻制社", "voucher": "2026-9"})
	o.RefusedBecause("SEAL-09", "3103", m, "collect", fields{"collectors": o.People("3103"), "as_ordered": true})
	o.Do("3103", m, "collect", fields{"collectors": o.People("3103", "3101"), "as_ordered": true})
	enable := fields{
		"code": "E-1", "location": "专用设备", "enable_document": "临政办〔2026〕1号", "enable_document_date": "2026-11-01", "enabled_on": "2026-11-18",
	}
	reasons := o.Refused("3103", m, "enable", enable)
	clauses := map[string]int{}
	for _, r := range reasons {
		clauses[r.Clause]++
	}
	if clauses["SEAL-12"] != 2 || clauses["SEAL-35"] != 1 { // 未满一个月、旧章未收回、没有专用设备
		t.Errorf("应一次说清三条：%v", reasons)
	}
	o.Do("3103", old, "recover", fields{"stop_reason": "机构撤并"})
	enable["enable_document_date"], enable["serial"], enable["device"] = "2026-10-10", "SN-1", "签章机一号"
	o.Do("3103", m, "enable", enable)
	o.RefusedBecause("SEAL-22", "3103", m, "stop", fields{"stop_reason": "遗失"})
	o.Do("3103", m, "stop", fields{"stop_reason": "遗失", "loss_report": "已登报声明，公安受理2026-77号"})
	o.RefusedBecause("SEAL-22", "3103", m, "resume", nil, "找到了")
}

func Test未签到十五分钟报警通知要点登到值班室(t *testing.T) { // DUTY-11, DUTY-13
	o := apptest.Open(t)
	m := o.Create("2602", "duty-shift", fields{"officer": o.Person("2602"), "head_of_shift": o.Person("2002"), "phone_ok": true})
	if due := o.Matter(m).OpenTasks(engine.Handle)[0].Due.Sub(o.Now()); due != 15*time.Minute {
		t.Errorf("签到期限%s", due)
	}
	o.Until(o.Now().Add(8 * time.Minute))
	o.Until(o.Now().Add(8 * time.Minute))
	if n := notices(o, "1007") + notices(o, "1010"); !strings.Contains(n, "逾期") {
		t.Errorf("没有签到却没有报警：%s", n)
	}
	o.RefusedBecause("DUTY-13", "2602", m, "sign-in", fields{"officer": o.Person("2601")})
	o.Do("2602", m, "sign-in", nil)
	o.RefusedBecause("DUTY-11", "2602", m, "note", fields{"briefings": []any{fields{"notice": "常委会20日召开"}}})
	o.Do("2602", m, "note", fields{"briefings": []any{fields{"unit": "秘书科", "notice": "常委会20日召开", "contact": "闻子衡"}}})
}

func Test电话两小时内没有告知的提示说明(t *testing.T) { // TEL-05
	o := apptest.Open(t)
	m := o.Create("2602", "phone-record", call)
	o.Do("2602", m, "present", fields{"leaders": o.People("1001")})
	o.Do("1001", m, "instruct", nil, "请办理")
	if due := o.Matter(m).OpenTasks(engine.Handle)[0].Due.Sub(o.Now()); due > 2*hour {
		t.Errorf("告知期限%s", due)
	}
	o.Advance(90 * time.Minute)
	o.Advance(2 * hour)
	if n := notices(o, "2602"); !strings.Contains(n, "到期") {
		t.Errorf("没有提示记录人：%s", n)
	}
	o.Do("2602", m, "told", fields{"told": []any{fields{"whom": "县水利局", "at": at(18, 13, 0), "receiver": "项临渊"}}, "late_reason": "对方占线"})
}

func Test信访件件登记权限内主任办超权限才呈领导(t *testing.T) { // PET-05, PET-07, PET-08, PET-10, PET-14, PET-17, PET-22, PET-26, PET-29, PET-30
	o := apptest.Open(t)
	superior := o.Create("3302", "petition", demand)
	o.RefusedBecause("PET-05", "3302", superior, "register", fields{"source": "上级转来"})
	o.Do("3302", superior, "register", fields{"source": "上级转来", "superior_number": "安信转〔2026〕5号"})
	holds(t, o, superior, "decide", "马骁原")
	within := o.Matter(superior).OpenTasks(engine.Handle)[0].Due
	o.Do("1010", superior, "send-out", fields{"outside_unit": "县住建局", "heavy": true}, "转请依法处理")
	outside := o.Matter(superior).OpenTasks(engine.Handle)[0].Due
	if days := int(outside.Sub(o.Now()).Hours() / 24); within.In(db.Location).Format("01-02") != "11-23" || days < 14 || days > 15 {
		t.Errorf("上级转来的%s前阅示，应是三个工作日；转送件%d天内告知", within, days)
	}
	o.Do("3302", superior, "answered", fields{"notified_on": "2026-11-18", "result": "已修复"})
	o.RefusedBecause("PET-15", "3302", superior, "close", nil)
	if end := o.Do("3302", superior, "close", fields{"reported_up": "11月18日报市信访局项某"}); end.State != engine.Closed {
		t.Errorf("入簿后%s", end.State)
	}

	letter := o.Create("3302", "petition", without(without(demand, "source", "来访"), "address", "城西社区"))
	end := o.Do("3302", letter, "forward", fields{"address": "城西社区", "letter_to": "信访接待中心签收"})
	if end.State != engine.Closed || !strings.Contains(end.Fields["result"].(string), "封口转呈") {
		t.Errorf("直送信件%s，%v", end.State, end.Fields["result"])
	}

	high := o.Create("3302", "petition", demand)
	o.Do("3302", high, "register", nil)
	o.Do("1010", high, "hand-out", fields{"lead_unit": o.Unit("应急信访科"), "leaders": o.People("1009")}, "超出权限，呈领导")
	holds(t, o, high, "instruct", "罗清禾")

	visit := o.Create("2602", "phone-record", call) // 值班室接到的诉求转到信访，有人登记有回音
	o.Do("2602", visit, "present", fields{"leaders": o.People("1001")})
	o.Do("1001", visit, "instruct", nil, "请接待")
	o.Do("2602", visit, "petition", nil)
	if p := o.Matter(o.Begun(visit, "petition")); p.Fields["demand"] != call["content"] {
		t.Errorf("转到信访的是%v", p.Fields["demand"])
	}
}

func Test不属本科室的退回材料一次说清响应时长可查(t *testing.T) { // FIRST-15, FIRST-18, FIRST-22
	o := apptest.Open(t)
	m := o.Create("2602", "assignment", fields{
		"source": "来访", "caller": "城东居民", "given_at": at(18, 9, 10), "title": "办理占道许可", "type": "查询办理", "four": "服务基层上门办",
		"materials": []any{fields{"item": "身份证复印件", "got": true}, fields{"item": "申请书"}},
	})
	o.Do("2602", m, "hand-over", fields{"lead_unit": o.Unit("行政科")})
	if kept := table(o.Matter(m), "materials"); len(kept) != 2 || kept[0]["got"] != true || kept[1]["got"] == true {
		t.Errorf("材料清单是%v", kept)
	}
	o.RefusedBecause("没有写明意见或理由", "3201", m, "send-back", nil)
	o.Do("3201", m, "send-back", nil, "不属行政科职责")
	holds(t, o, m, "register", "祝云帆")
	if got := tallied(t, o, "1010", "assignment", "响应时长"); got["半小时内 来访"] != 1 {
		t.Errorf("响应时长统计是%v", got)
	}
}

func Test重要事项缺一环不能办结(t *testing.T) { // OTH-06
	o := apptest.Open(t)
	m := o.Create("2602", "assignment", fields{
		"source": "领导交办", "assigner": o.Person("1002"), "given_at": at(18, 9, 20), "title": "筹办供暖现场会", "important": true, "due_day": "2026-11-30",
	})
	o.Do("2602", m, "hand-over", fields{"lead_unit": o.Unit("应急信访科")})
	o.Do("3301", m, "take", fields{"handler": o.Person("3302")})
	o.RefusedBecause("OTH-06", "3302", m, "report", fields{"result": "已办"})
	o.Do("3302", m, "report", fields{"result": "已办", "plan": "预案一份", "course": "分三步", "summary": "开得紧凑"})
	o.RefusedBecause("OTH-06", "1002", m, "accept", nil)
	o.Do("1002", m, "accept", fields{"acceptance": "达到要求"})
}

func Test部门请示先由办公室初核不合格退回(t *testing.T) { // RPT-10
	o := apptest.Open(t)
	m := o.Create("3302", "request-report", fields{
		"form": "请示", "category": "部门经办转领导的请示", "title": "增加经费", "basis": "工作量增加", "suggestion": "增加五万元", "target": o.Person("1009"),
	})
	o.Do("3302", m, "submit", nil)
	if step := o.Matter(m).Step; step != "check" {
		t.Fatalf("部门请示到了%s", step)
	}
	o.RefusedBecause("RPT-10", "2202", m, "pass", fields{"complete": false})
	o.Do("2202", m, "send-back", nil, "缺各方意见")
	holds(t, o, m, "draft", "阮清如")
}

func Test接待批次人次按级别统计(t *testing.T) { // RECV-31
	o := apptest.Open(t)
	m := o.Create("3207", "reception", nil)
	o.Do("3207", m, "submit", guests())
	people := tallied(t, o, "1010", "reception", "接待人次")
	batches := tallied(t, o, "1010", "reception", "接待批次")
	for level, n := range batches {
		if n != 1 || people[level] < 1 {
			t.Errorf("批次%v，人次%v", batches, people)
		}
	}
}

func Test周期任务按月按季按半年按年都在(t *testing.T) { // BORROW-08, BORROW-04, ARCH-01, OA-30, ORG-10
	o := apptest.Open(t)
	want := map[string]string{"monthly-count": "month", "quarterly-clear": "quarter", "half-year-recall": "half-year", "yearly-destruction": "year", "yearly-filing": "year", "quarterly-restore": "quarter"}
	for _, d := range o.Duties {
		if want[d.Key] == d.Every {
			delete(want, d.Key)
		}
		if days := d.Days(workday.Official(), workday.Date(2026, 1, 1), workday.Date(2026, 12, 31)); len(days) == 0 {
			t.Errorf("“%s”一年里一天也不落", d.Name)
		}
	}
	if len(want) > 0 {
		t.Errorf("缺周期任务%v", want)
	}
}
