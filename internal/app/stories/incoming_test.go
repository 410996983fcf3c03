package stories_test

import (
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

var allReviewed = []any{"属本机关办理", "符合行文规则", "文种格式正确", "已协商会签", "附件齐全"}

// received is a document signed for and registered by 何映雪.
func received(o *apptest.Office, more fields) db.ID {
	m := o.Create("3102", "incoming", fields{"sender": "安澜市人民政府办公室", "addressee": o.Issuer("临政办"), "channel": "机要交换"})
	o.Do("3102", m, "sign", fields{"copies_ok": true, "routing_ok": true, "seal_ok": true})
	f := fields{
		"title": "关于做好2026年冬季供暖和清冰雪工作的通知", "sender_number": "安政办〔2026〕61号", "doc_date": "2026-11-15", "type": "报批",
		"secrecy": "无", "urgency": "加急", "copies": 2, "pages": 6, "attachment_number": "1",
	}
	for k, v := range more {
		f[k] = v
	}
	o.Do("3102", m, "register", f)
	return m
}

// handled takes a registered document through to its end.
func handled(o *apptest.Office, m db.ID) *engine.Matter {
	o.Do("3102", m, "pass", fields{"review": allReviewed})
	o.Do("1010", m, "assign", fields{"lead_unit": o.Unit("应急信访科")}, "请应急信访科办理")
	o.Do("3102", m, "hand-out", nil)
	o.Do("3301", m, "finish", fields{"result": "已印发通知部署"})
	return o.Do("3102", m, "close", fields{"original_back": true})
}

func Test一份上级通知从签收到办结(t *testing.T) { // DOC-IN-05, DOC-IN-08, DOC-IN-12, DOC-IN-17, DOC-IN-18, DOC-IN-38, OA-10
	o := apptest.Open(t)
	m := received(o, nil)
	if n := o.Matter(m).Number; n != "收〔2026〕1号" {
		t.Errorf("收文编号是%s", n)
	}
	o.Do("3102", m, "pass", fields{"review": allReviewed})
	holds(t, o, m, "propose", "马骁原")
	o.Do("1010", m, "instruct", fields{"leaders": o.People("1006", "1009"), "lead_unit": o.Unit("应急信访科")}, "拟请领导阅示")
	holds(t, o, m, "instruct", "郑跃川", "罗清禾")
	o.Do("1009", m, "instruct", fields{"assist_units": o.Units("督查科")}, "请应急信访科牵头，督查科配合")
	holds(t, o, m, "instruct", "郑跃川") // 都要批，批一位少一位
	o.Do("1006", m, "instruct", nil, "同意")
	holds(t, o, m, "distribute", "何映雪")
	o.Do("3102", m, "hand-out", nil)
	holds(t, o, m, "handle", "雷振声")
	o.RefusedBecause("DOC-IN-07", "3301", m, "finish", fields{"result": "已部署"})
	o.Do("3301", m, "consult", fields{"assist_units": o.Units("督查科")}, "请提出督查安排")
	o.Do("2401", m, "answer", nil, "按周调度")
	o.Do("3301", m, "finish", fields{"result": "已印发临政办〔2026〕43号通知部署"})
	o.RefusedBecause("BORROW-15", "3102", m, "close", fields{})
	end := o.Do("3102", m, "close", fields{"original_back": true})
	if end.State != engine.Closed {
		t.Errorf("办结后%s", end.State)
	}
}

func Test要求答复的来文答复了才能注办(t *testing.T) { // DOC-IN-10
	o := apptest.Open(t)
	m := received(o, fields{"needs_reply": true, "reply_by": "2026-11-30"})
	o.Do("3102", m, "pass", fields{"review": allReviewed})
	o.Do("1010", m, "assign", fields{"lead_unit": o.Unit("综合科")}, "请综合科办理")
	o.Do("3102", m, "hand-out", nil)
	o.Do("2201", m, "finish", fields{"result": "已起草总结"})
	holds(t, o, m, "reply", "卢见山")
	o.RefusedBecause("DOC-IN-36", "2201", m, "reply", fields{"reply_way": "复文"})
	o.Do("2201", m, "reply", fields{"reply_way": "复文", "reply_number": "临委办〔2026〕50号"})
	holds(t, o, m, "collect", "何映雪")
}

func Test下级多头报送的请示退回并办退文单(t *testing.T) { // DOC-IN-35
	o := apptest.Open(t)
	m := received(o, fields{"title": "关于沟渠管护的请示", "relation": "下级来文"})
	o.RefusedBecause("DOC-IN-13", "3102", m, "pass", fields{"review": allReviewed, "multi_headed": true})
	o.Do("3102", m, "return-document", fields{"multi_headed": true, "return_reason": "多头报送", "return_note": "同时主送两个机关"})
	o.Do("1010", m, "agree", nil, "同意退文")
	end := o.Do("3102", m, "hand", fields{"return_receiver": "骆行舟"})
	if end.State != engine.Closed || end.Fields["result"] != "已退文：多头报送" {
		t.Errorf("退文后%s，结果%v", end.State, end.Fields["result"])
	}
}

func Test亲启件只登外封别人看不见(t *testing.T) { // DOC-IN-25
	o := apptest.Open(t)
	m := o.Create("3102", "incoming", fields{"sender": "安澜市委办公室", "addressee": o.Issuer("临政办"), "channel": "专人送达"})
	o.Do("3102", m, "sign", fields{"copies_ok": true, "routing_ok": true, "seal_ok": true})
	o.RefusedBecause("DOC-IN-14", "3102", m, "register", fields{"type": "亲启", "secrecy": "无", "urgency": "平件", "recipient": o.Person("1002")})
	sealed := o.Do("3102", m, "register", fields{"type": "亲启", "secrecy": "无", "urgency": "平件", "recipient": o.Person("1002"), "envelope": "亲15", "title": "不该登的标题"})
	if sealed.Title != "亲启件（外封）亲15" {
		t.Errorf("登成了《%s》", sealed.Title)
	}
	for number, sees := range map[string]bool{"1002": true, "3102": true, "1010": false, "1007": false, "3104": false, "3103": false, "1006": false} {
		if o.Sees(number, m) != sees {
			t.Errorf("%s看得到：%v", number, !sees)
		}
	}
	o.Away("1002", o.Now().Add(48*hour), "1006", "外出开会")
	if o.Sees("1006", m) {
		t.Error("代办人看到了亲启件")
	}
	if end := o.Do("1002", m, "take", nil); end.State != engine.Closed {
		t.Errorf("本人收下后%s", end.State)
	}
}

func Test国家秘密登不进来(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("3102", "incoming", fields{"sender": "安澜市委办公室", "addressee": o.Issuer("临政办")})
	o.Do("3102", m, "sign", fields{"copies_ok": true, "routing_ok": true, "seal_ok": true})
	o.RefusedBecause("DOC-IN-04", "3102", m, "register", fields{"title": "某事", "type": "报批", "secrecy": "秘密", "urgency": "平件"})
	out := o.Create("3302", "outgoing", nil)
	o.RefusedBecause("SEC-31", "3302", out, "submit", notice(o, fields{"secrecy": "机密"}))
}

func Test传阅以文书为中心不能横传(t *testing.T) { // DOC-CIR-02, DOC-CIR-03, DOC-CIR-04, DOC-CIR-05, DOC-CIR-06, DOC-IN-29, OA-10
	o := apptest.Open(t)
	in := received(o, fields{"title": "关于小型水库汛后安全检查情况的通报", "urgency": "平件"})
	o.Do("3102", in, "pass", fields{"review": allReviewed})
	o.Do("1010", in, "circulate", fields{"leaders": o.People("1009", "1008", "1006")}, "送领导阅")
	m := o.Begun(in, "circulation")
	o.Do("3102", m, "arrange", fields{"way": "传阅", "readers": o.People("1009", "1008", "1006")})
	o.Do("3102", m, "hand-out", nil)
	holds(t, o, m, "sign-off", "郑跃川") // 传阅由前往后
	o.Do("1006", m, "sign", nil, "已阅")
	holds(t, o, m, "collect", "何映雪") // 阅后回到文书，不能直接给下一位
	for key, offer := range o.Offers("1006", m) {
		if offer.Allowed {
			t.Errorf("阅完的人在文书收回以前还能办“%s”", key)
		}
	}
	o.Refused("1006", m, "hand-out", nil)
	if o.Sees("1008", m) {
		t.Error("文书还没有送到，下一位已经看得到")
	}
	o.Do("3102", m, "hand-in", fields{"condition": "完好"})
	o.Do("3102", m, "hand-out", nil)
	holds(t, o, m, "sign-off", "唐季白")
	o.Do("1008", m, "sign", fields{"instructed_now": true}, "请县水利局抓好整改并报结果")
	o.Do("3102", m, "hand-in", fields{"condition": "完好"})
	o.Do("3102", m, "hand-out", nil)
	o.Do("1009", m, "sign", nil, "已阅")
	o.Do("3102", m, "hand-in", fields{"condition": "完好"})
	o.Do("3102", m, "close", fields{"conclusion": "唐季白批示抓好整改"})
	holds(t, o, in, "distribute", "何映雪") // 有批示的转分办
}

func Test上级信息刊物主任签了意见才传阅(t *testing.T) { // DOC-CIR-19
	o := apptest.Open(t)
	in := received(o, fields{"title": "安澜信息第48期", "urgency": "平件", "periodical": true})
	o.Do("3102", in, "pass", fields{"review": allReviewed})
	o.Do("1010", in, "circulate", fields{"leaders": o.People("1009", "1006")}, "送领导阅")
	m := o.Begun(in, "circulation")
	o.Do("3102", m, "arrange", fields{"way": "传阅", "readers": o.People("1009", "1006")})
	holds(t, o, m, "deputy", "覃文远")
	o.Refused("3102", m, "hand-out", nil) // not before both have signed
	o.Refused("2003", m, "sign", nil)
	o.Do("2003", m, "sign", nil, "拟按所列范围传阅")
	holds(t, o, m, "director", "马骁原")
	o.Do("1010", m, "sign", nil, "同意传阅")
	holds(t, o, m, "send", "何映雪")

	secret := carrier(o, "刊-49", "秘密", 5) // a secret one is carried by the secrecy officer alone and taken back
	o.Do("2502", secret, "send", fields{"reader": o.Person("1007"), "place": "阅文室", "return_by": "2026-11-18"})
	o.Do("1007", secret, "sign", nil)
	o.Refused("1007", secret, "send", nil)
	o.Do("2502", secret, "take-back", fields{"intact": true})
	holds(t, o, secret, "held", "安如絮")
}

func Test领导外出由代办人办并记两个人(t *testing.T) { // ORG-24
	o := apptest.Open(t)
	m := received(o, nil)
	o.Do("3102", m, "pass", fields{"review": allReviewed})
	o.Do("1010", m, "instruct", fields{"leaders": o.People("1002"), "lead_unit": o.Unit("应急信访科")}, "请领导批示")
	o.Refused("1006", m, "instruct", nil, "同意")
	o.Away("1002", o.Now().Add(72*hour), "1006", "外出开会")
	after := o.Do("1006", m, "instruct", nil, "同意")
	last := after.Trail[len(after.Trail)-1]
	if by, on := o.Names(last.By)[0], o.Names(last.For)[0]; by != "郑跃川" || on != "陆怀谦" {
		t.Errorf("记的是%s代%s", by, on)
	}
}

func Test主任外出重大急件可以越过直送领导(t *testing.T) {
	o := apptest.Open(t)
	m := received(o, fields{"urgency": "特急"})
	send := fields{"review": allReviewed, "leaders": o.People("1006"), "bypass_reason": "主任外出，险情紧急"}
	o.RefusedBecause("DOC-IN-06", "3102", m, "bypass", send) // 主任在岗
	o.Away("1010", o.Now().Add(72*hour), "", "外出学习")
	o.Do("3102", m, "bypass", send)
	holds(t, o, m, "instruct", "郑跃川")

	plain := received(o, fields{"urgency": "平件", "title": "关于报送总结的通知"})
	o.RefusedBecause("DOC-IN-06", "3102", plain, "bypass", send) // 平件不行
}
