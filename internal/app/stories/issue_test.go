package stories_test

import (
	"context"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

const plea = "枫渡河是我县境内主要河流，现就有关事项请示如下。\n请市政府协调将该项目列入省级河道治理计划。\n妥否，请批示。"

// request is a draft that goes up to the city.
func request(o *apptest.Office, more ...fields) fields {
	return notice(o, append([]fields{{
		"issuer": o.Issuer("临政"), "doc_kind": "请示", "direction": "上行", "importance": "重要", "one_matter": true, "copies": 5,
		"title": "临溪县人民政府关于将枫渡河上游综合治理项目列入省级计划的请示", "recipients": "安澜市人民政府", "body": plea,
		"annotation": "联系人：项临渊，联系电话：0000-6220103", "scope": "安澜市人民政府", "public": "不公开",
	}}, more...)...)
}

func Test行文规则有错送不出去(t *testing.T) { // OTH-21
	o := apptest.Open(t)
	m := o.Create("3302", "outgoing", nil)
	for _, c := range []struct {
		clause string
		draft  fields
	}{
		{"DOC-OUT-19", request(o, fields{"title": "临溪县人民政府关于河道治理的请示报告", "doc_kind": "报告"})},
		{"DOC-OUT-19", request(o, fields{"one_matter": false})},
		{"DOC-OUT-19", notice(o, fields{"body": heating + "\n妥否，请批示。"})},
		{"DOC-OUT-19", request(o, fields{"doc_kind": "报告", "title": "临溪县人民政府关于工作情况的报告", "body": "现报告如下。请予支持经费。"})},
		{"DOC-OUT-43", request(o, fields{"recipients": "安澜市人民政府、安澜市水利局"})},
		{"DOC-OUT-43", request(o, fields{"copies_to": "枫渡镇人民政府"})},
		{"DOC-OUT-43", request(o, fields{"recipients": "陆怀谦县长"})},
		{"DOC-OUT-21", request(o, fields{"direction": "下行"})},
		{"DOC-OUT-21", notice(o, fields{"direction": "上行"})},
		{"DOC-OUT-21", notice(o, fields{"title": "临溪县人民政府办公室关于供暖的意见"})},
		{"DOC-OUT-21", request(o, fields{"annotation": ""})},
		{"DOC-OUT-47", request(o, fields{"forwards": true})},
		{"DOC-OUT-48", notice(o, fields{"body": strings.Repeat("长", 4001)})},
		{"DOC-OUT-02", notice(o, fields{"recipients": ""})},
		{"DOC-OUT-15", notice(o, fields{"meeting_date": "2026-11-17"})},
		{"DOC-OUT-17", notice(o, fields{"doc_kind": "决定", "title": "临溪县人民政府办公室关于表彰的决定"})},
	} {
		o.RefusedBecause(c.clause, "3302", m, "submit", c.draft)
	}
	all := o.Refused("3302", m, "submit", request(o, fields{"recipients": "安澜市人民政府、安澜市水利局", "annotation": "", "one_matter": false, "copies_to": "枫渡镇人民政府"}))
	if len(all) != 4 {
		t.Errorf("应一次说清四条理由，说了%d条：%v", len(all), all)
	}
	o.Do("3302", m, "submit", notice(o, fields{"body": strings.Repeat("长", 4001), "length_reason": "含五个附表"}))
}

func Test上行文由主要领导签发(t *testing.T) { // DOC-OUT-50
	o := apptest.Open(t)
	m := o.Create("3302", "outgoing", nil)
	o.Do("3302", m, "submit", request(o))
	o.Do("3301", m, "agree", nil)
	reviewed(o, m)
	o.RefusedBecause("DOC-OUT-44", "1010", m, "agree", fields{"signer": o.Person("1008")})
	o.Do("1010", m, "agree", nil)
	holds(t, o, m, "sign", "陆怀谦")
	after := o.Do("1002", m, "sign", nil) // 只签名，视为同意
	if after.Fields["sign_opinion"] != "同意" {
		t.Errorf("签发意见是%v", after.Fields["sign_opinion"])
	}
}

func Test一般公文由分管领导签发要选定(t *testing.T) {
	o := apptest.Open(t)
	m := drafted(o, fields{"issuer": o.Issuer("临政"), "title": "临溪县人民政府关于做好冬季供暖保障工作的通知"})
	o.Do("3301", m, "agree", nil)
	reviewed(o, m)
	o.RefusedBecause("请选定签发的分管领导", "1010", m, "agree", nil)
	o.RefusedBecause("DOC-OUT-24", "1010", m, "agree", fields{"signer": o.Person("2003")})
	o.RefusedBecause("DOC-OUT-24", "1010", m, "agree", fields{"signer": o.Person("1009"), "importance": "重要"})
	o.Do("1010", m, "agree", fields{"signer": o.Person("1009")})
	holds(t, o, m, "sign", "罗清禾")
}

func Test会签不同意要协商仍不一致报裁定(t *testing.T) { // DOC-OUT-20
	o := apptest.Open(t)
	m := drafted(o, fields{"involves": o.Units("县财政局办公室", "县水利局办公室", "督查科")})
	o.Do("3301", m, "agree", nil)
	holds(t, o, m, "countersign", "柯远航", "项临渊", "韩敬之")
	o.Do("2401", m, "agree", nil)
	o.Do("4003", m, "comment", nil, "第一条时限偏紧")
	o.RefusedBecause("没有写明意见或理由", "4005", m, "disagree", nil)
	o.Do("4005", m, "disagree", nil, "资金没有落实")
	holds(t, o, m, "negotiate", "阮清如")
	o.RefusedBecause("DOC-OUT-46", "3302", m, "answer", fields{"adoptions": []any{}})

	finance, water := o.Unit("县财政局办公室"), o.Unit("县水利局办公室")
	half := []any{fields{"unit": water, "adopted": "不采纳"}, fields{"unit": finance, "adopted": "部分采纳"}}
	o.RefusedBecause("不采纳县水利局办公室的意见，要写理由", "3302", m, "again", fields{"adoptions": half})
	o.Advance(hour)
	o.RefusedBecause("还没有回应县财政局办公室的意见", "3302", m, "again", fields{"adoptions": []any{fields{"unit": water, "adopted": "采纳"}}})
	o.Do("3302", m, "again", fields{"adoptions": []any{fields{"unit": water, "adopted": "采纳"}, fields{"unit": finance, "adopted": "部分采纳"}}})
	holds(t, o, m, "countersign", "柯远航") // 只送还不同意的
	o.Do("4005", m, "disagree", nil, "仍无资金来源")
	o.Do("3302", m, "escalate", fields{"adoptions": []any{fields{"unit": finance, "adopted": "不采纳", "reason": "县政府已定"}}, "arbiter": o.Person("1006")}, "经协商仍不一致，请裁定")
	o.Do("1006", m, "decide", nil, "同意行文，资金由预备费安排")
	holds(t, o, m, "review", "卢见山", "池若溪")
	if n := len(table(o.Matter(m), "countersigns")); n != 4 {
		t.Errorf("会签单上有%d条意见，应是4条", n)
	}
}

func Test签发后改了文稿要退原签发领导复审(t *testing.T) { // DOC-CHK-04, DOC-CHK-07
	o := apptest.Open(t)
	m := signed(o)
	changed := strings.Replace(heating, "11月20日前完成", "11月18日前完成", 1)
	o.RefusedBecause("不用送复审", "2202", m, "amend", fields{"change_kind": "实质性修改", "change_note": "核对时限"})
	o.Do("2202", m, "amend", fields{"change_kind": "实质性修改", "change_note": "核对时限", "body": changed})
	holds(t, o, m, "re-review", "池若溪")
	again := o.Begun(m, "re-review")
	holds(t, o, again, "review", "马骁原")
	diff := table(o.Matter(again), "changes")
	if len(diff) != 1 || diff[0]["place"] != "正文第2段" || !strings.Contains(diff[0]["after"].(string), "11月18日前完成") {
		t.Errorf("前后对照是%v", diff)
	}
	o.Do("1010", again, "refuse", nil, "按原稿印发")
	holds(t, o, m, "recheck", "卢见山", "池若溪")
	if o.Matter(m).Fields["body"] != heating {
		t.Error("领导不同意改动，文稿没有恢复")
	}

	o.Do("2202", m, "amend", fields{"change_kind": "实质性修改", "change_note": "核对时限", "body": changed})
	o.Do("1010", o.Begun(m, "re-review"), "agree", nil, "同意修改")
	after := numbered(o, m)
	if after.Fields["body"] != changed || after.Number == "" {
		t.Errorf("复审同意后没有按改后文稿编号：%s", after.Number)
	}
}

func Test错别字由主任核准可以免复审(t *testing.T) { // DOC-CHK-07
	o := apptest.Open(t)
	m := signed(o)
	fixed := strings.Replace(heating, "温暖过冬", "温暖越冬", 1)
	o.Do("2202", m, "amend", fields{"change_kind": "文字性修改", "change_note": "用词", "body": fixed})
	holds(t, o, m, "exempt", "马骁原")
	o.Do("1010", m, "agree", nil)
	after := numbered(o, m)
	if o.Names(idOf(t, after.Fields["exempted_by"]))[0] != "马骁原" {
		t.Error("没有记下免复审人")
	}

	m = signed(o)
	o.Do("2202", m, "amend", fields{"change_kind": "文字性修改", "change_note": "用词", "body": fixed})
	o.Do("1010", m, "refuse", nil, "涉及时限，送复审")
	holds(t, o, o.Begun(m, "re-review"), "review", "马骁原")
	o.Refused("2202", m, "pass", fields{"recheck": allRecheck})
}

// signed is a notice the director has signed.
func signed(o *apptest.Office) db.ID {
	m := drafted(o)
	approved(o, m)
	o.Do("1010", m, "sign", nil, "同意，发")
	return m
}

func idOf(t *testing.T, v any) db.ID {
	t.Helper()
	s, _ := v.(string)
	id, err := db.ParseID(s)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func Test校核不合格退改不予行文要有理由(t *testing.T) { // DOC-CHK-02
	o := apptest.Open(t)
	m := drafted(o)
	o.Do("3301", m, "agree", nil)
	o.RefusedBecause("DOC-CHK-03", "2202", m, "pass", fields{"merge_answer": "不能合并也不能再精简", "checklist": allChecked[:7], "points": allPoints})
	o.RefusedBecause("DOC-CHK-05", "2202", m, "pass", fields{"merge_answer": "不能合并也不能再精简", "checklist": allChecked, "points": allPoints[:4]})
	o.RefusedBecause("DOC-OUT-34", "2202", m, "pass", fields{"checklist": allChecked, "points": allPoints})
	o.RefusedBecause("DOC-OUT-34", "2202", m, "pass", fields{"merge_answer": "已合并", "checklist": allChecked, "points": allPoints})
	o.RefusedBecause("没有选择", "2202", m, "not-issue", nil, "可打电话")
	o.Do("2202", m, "not-issue", fields{"no_issue": "可电话解决"}, "电话通知各单位即可")
	holds(t, o, m, "refused", "阮清如")
}

func Test规范性文件没有合法性审核不能送签(t *testing.T) { // DOC-OUT-49
	o := apptest.Open(t)
	m := drafted(o, fields{"normative": true, "operators": true})
	o.Do("3301", m, "agree", nil)
	checked := fields{"merge_answer": "不能合并也不能再精简", "checklist": allChecked, "points": allPoints}
	if n := len(o.Refused("2202", m, "pass", checked)); n != 2 {
		t.Errorf("应说明合法性审核和公平竞争审查两条，说了%d条", n)
	}
	checked["legality"], checked["competition"] = "经审核，内容合法", "不影响公平竞争"
	o.Do("2202", m, "pass", checked)
}

func Test超出年度控制数要说明并由主要领导签发(t *testing.T) {
	o := apptest.Open(t)
	limit(t, o, "临政办", 1)
	numbered(o, signed(o))
	m := o.Create("3302", "outgoing", nil)
	o.RefusedBecause("DOC-OUT-35", "3302", m, "submit", notice(o))
	o.Do("3302", m, "submit", notice(o, fields{"over_reason": "极端低温应急"}))
	o.Do("3301", m, "agree", nil)
	reviewed(o, m)
	o.RefusedBecause("DOC-OUT-35", "1010", m, "agree", fields{"signer": o.Person("1010")})
	o.Do("1010", m, "agree", nil)
	holds(t, o, m, "sign", "陆怀谦")
}

// limit sets the yearly ceiling of an issuing name.
func limit(t *testing.T, o *apptest.Office, code string, quota int) {
	t.Helper()
	i := *o.Directory().Issuer(idOf(t, o.Issuer(code)))
	i.Quota = quota
	if err := o.DB.Write(context.Background(), func(tx *db.Tx) error { return org.Put(tx, &i) }); err != nil {
		t.Fatal(err)
	}
}

func Test便函由主任签字即发用函号(t *testing.T) { // DOC-OUT-08
	o := apptest.Open(t)
	m := letter(o, "关于商请借用除雪设备的函")
	if after := o.Matter(m); after.Number != "临政办函〔2026〕1号" || after.State != engine.Closed {
		t.Errorf("文号%s，%s", after.Number, after.State)
	}
}

func Test电子发送先经负责人核准(t *testing.T) { // DOC-OUT-41, DOC-OUT-42
	o := apptest.Open(t)
	m := o.Create("3302", "outgoing", nil)
	o.Do("3302", m, "submit", notice(o, fields{"doc_kind": "会议通知", "title": "关于召开供暖会议的通知", "copies": 3}))
	o.Do("1010", m, "sign", nil)
	o.Do("3103", m, "number", nil)
	list := []any{fields{"unit": "县水利局", "channel": "电子传输"}, fields{"unit": "枫渡镇人民政府", "copies": 1, "channel": "集中交换"}}
	o.RefusedBecause("DOC-OUT-40", "3103", m, "hand-out", fields{"distribution": list})
	o.Do("3103", m, "ask", fields{"distribution": list})
	holds(t, o, m, "release", "苏砚秋")
	o.Do("3101", m, "agree", nil)
	sent := o.Do("3103", m, "hand-out", fields{"distribution": list})
	if due := sent.OpenTasks(engine.Handle)[0].Due.Sub(o.Now()); due != 8*hour {
		t.Errorf("电子公文应在 8 小时内查询接收情况，现在是%s", due)
	}
	o.Do("3103", m, "resend", fields{"e_problem": "版式文件打不开"})
	holds(t, o, m, "dispatch", "倪承远")
}

func Test联合行文缺一方签字不能编号(t *testing.T) { // DOC-OUT-09, DOC-OUT-26
	o := apptest.Open(t)
	draft := notice(o, fields{
		"issuer": o.Issuer("临委办"), "title": "中共临溪县委办公室、临溪县人民政府办公室关于精简文件会议的通知",
		"joint_with": []any{o.Issuer("临政办")}, "joint_reason": "党政机关共同执行", "matter_side": "党委方面",
	})
	m := o.Create("2201", "joint-issue", nil)
	o.RefusedBecause("DOC-OUT-10", "2201", m, "submit", draft)
	draft["major"] = true
	draft["matter_side"] = "政府方面"
	o.RefusedBecause("DOC-OUT-27", "2201", m, "submit", draft)
	draft["matter_side"] = "党委方面"
	o.Do("2201", m, "submit", draft)
	o.Do("2001", m, "agree", nil)
	reviewed(o, m)
	o.Do("1007", m, "agree", nil, "请会签")
	holds(t, o, m, "cosign", "马骁原")
	o.Refused("1007", m, "sign", nil) // 联署机关没签，主办机关不能先签
	o.Do("1010", m, "agree", nil, "同意")
	o.Advance(24 * hour)
	o.Do("1007", m, "sign", nil, "同意，发")
	if day := o.Matter(m).Fields["doc_date"]; day != "2026-11-19" {
		t.Errorf("成文日期%v，应是最后签发日", day)
	}
	if err := forget(o, m, "signatures"); err != nil {
		t.Fatal(err)
	}
	o.RefusedBecause("临溪县人民政府办公室还没有签", "2202", m, "pass", fields{"recheck": allRecheck})
}

func Test联署一方不同意退回可改为单独行文(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("2201", "outgoing", nil)
	o.Do("2201", m, "joint", notice(o, fields{
		"issuer": o.Issuer("临委办"), "joint_with": []any{o.Issuer("临政办")}, "joint_reason": "共同执行",
		"annotation": nil,
	}))
	j := o.Begun(m, "joint-issue")
	holds(t, o, j, "draft", "卢见山")
	o.Do("2201", j, "submit", fields{"major": true, "matter_side": "党委方面"})
	o.Do("2001", j, "agree", nil)
	reviewed(o, j)
	o.Do("1007", j, "agree", nil)
	o.Do("1010", j, "refuse", nil, "政府方面已有文件")
	holds(t, o, j, "draft", "卢见山")
	o.Do("2201", j, "alone", nil, "改为县委办公室单独行文")
	holds(t, o, o.Begun(j, "outgoing"), "draft", "卢见山")
}

func Test联合行文各方签齐编号(t *testing.T) { // DOC-OUT-09, DOC-OUT-26, DOC-OUT-51
	o := apptest.Open(t)
	m := o.Create("2201", "joint-issue", nil)
	o.Do("2201", m, "submit", notice(o, fields{
		"issuer": o.Issuer("临委"), "title": "中共临溪县委员会、临溪县人民政府关于加强河道治理的意见", "doc_kind": "意见",
		"joint_with": []any{o.Issuer("临政")}, "joint_reason": "重大部署", "matter_side": "党委方面", "major": true,
	}))
	o.Do("2001", m, "agree", nil)
	reviewed(o, m)
	o.Do("1007", m, "agree", nil)
	holds(t, o, m, "cosign", "陆怀谦") // 党政两方主要负责人都签
	o.Do("1002", m, "agree", nil, "同意")
	holds(t, o, m, "sign", "沈伯言")
	o.Do("1001", m, "sign", nil, "同意，发")
	if after := numbered(o, m); after.Number != "临委〔2026〕1号" || len(table(after, "signatures")) != 2 {
		t.Errorf("文号%s，签字%d方", after.Number, len(table(after, "signatures")))
	}
}
