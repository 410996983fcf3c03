package stories_test

import (
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// arrived registers a document that came by the transmission channel, up to its registration.
func arrived(o *apptest.Office, transfer, number, title string) db.ID {
	m := o.Create("3102", "incoming", fields{
		"sender": "安澜市人民政府办公室", "addressee": o.Issuer("临政办"), "channel": "电子传输", "transfer_number": transfer,
		"copies_ok": true, "routing_ok": true, "seal_ok": true, "origin_ok": true, "complete_ok": true, "format_ok": true,
	})
	o.Do("3102", m, "sign", nil)
	o.Do("3102", m, "register", fields{"title": title, "sender_number": number, "doc_date": "2026-11-17", "copies": 1, "pages": 3, "attachment_number": "无"})
	return m
}

func Test电子公文收发与台账逐件对应(t *testing.T) { // OA-06, OA-23
	o := apptest.Open(t)
	first := arrived(o, "CS-1001", "安政办〔2026〕61号", "关于做好冬季供暖工作的通知")
	odd := arrived(o, "CS-1002", "安政办〔2026〕62号", "关于报送年度总结的通知")
	astray := arrived(o, "CS-1009", "安政办〔2026〕70号", "关于清理网站的通知")
	out := o.Create("3302", "outgoing", nil)
	o.Do("3302", out, "submit", notice(o, fields{"doc_kind": "会议通知", "title": "关于召开供暖会议的通知", "copies": 3}))
	o.Do("1010", out, "sign", nil)
	number := o.Do("3103", out, "number", nil).Number
	list := []any{fields{"unit": "县水利局", "channel": "电子传输"}, fields{"unit": "枫渡镇人民政府", "copies": 1, "channel": "集中交换"}}
	o.Do("3103", out, "ask", fields{"distribution": list})
	o.Do("3101", out, "agree", nil)
	o.Do("3103", out, "hand-out", fields{"distribution": list})

	m := o.Create("3102", "transmission-check", nil)
	o.RefusedBecause("第 1 行没有写全", "3102", m, "compare", fields{"lines": []any{fields{"direction": "收", "title": "无单位"}}})
	channel := []any{
		fields{"direction": "收", "party": "安澜市人民政府办公室", "doc_number": "安政办[2026]61号", "transfer_number": "CS-1001"}, // another bracket
		fields{"direction": "收", "party": "安澜市人民政府办公室", "doc_number": "安政办〔2026〕63号", "transfer_number": "CS-1002"},
		fields{"direction": "收", "party": "安澜市应急管理局", "doc_number": "安应急〔2026〕8号", "title": "关于开展除险检查的通知", "transfer_number": "CS-1003"},
		fields{"direction": "收", "party": "安澜市应急管理局", "doc_number": "安应急〔2026〕8号", "title": "关于开展除险检查的通知", "transfer_number": "CS-1003"},
		fields{"direction": "发", "party": "县水利局", "doc_number": number, "title": "关于召开供暖会议的通知"},
		fields{"direction": "发", "party": "县教育局", "doc_number": "临政办〔2026〕900号", "title": "关于停课的通知"},
	}
	lines := table(o.Do("3102", m, "compare", fields{"lines": channel}), "lines")
	for i, want := range []struct {
		found  string
		ledger db.ID
	}{{"相符", first}, {"内容不符", odd}, {"台账没有", 0}, {"渠道重复", 0}, {"相符", out}, {"台账没有", 0}, {"渠道没有", astray}} {
		if i >= len(lines) || lines[i]["found"] != want.found {
			t.Fatalf("第 %d 行应是%s：%v", i+1, want.found, lines)
		}
		if source, _ := lines[i]["source"].(string); want.ledger != 0 && source != want.ledger.String() {
			t.Errorf("第 %d 行对的是 %s，应是 %s", i+1, source, want.ledger)
		}
	}

	// What does not agree is explained line by line, and nobody calls it agreed by hand.
	typed := lines
	typed[6]["found"] = "相符"
	o.RefusedBecause("渠道没有，要写处理情况", "3102", m, "settled", fields{"lines": rows(typed)})
	for _, i := range []int{1, 2, 3, 5, 6} {
		typed[i]["note"] = "已与发送单位核实"
	}
	o.Do("3102", m, "settled", fields{"lines": rows(typed)})
	holds(t, o, m, "confirm", "苏砚秋")

	// What the ledgers lacked is registered: one document, one question to the dispatcher.
	missing := o.Matter(o.Begun(m, "incoming"))
	if missing.Fields["transfer_number"] != "CS-1003" || missing.Fields["sender"] != "安澜市应急管理局" || missing.Step != "receive" {
		t.Errorf("补登的收文是%v，在%s", missing.Fields, missing.Step)
	}
	if who := o.Holders(o.Begun(m, "personal-task")); len(who) != 1 || who[0] != "倪承远" {
		t.Errorf("查明发文的任务在%v", who)
	}
	o.Do("3101", m, "refuse", nil, "CS-1009 再查")
	o.Do("3102", m, "again", fields{"lines": rows(table(o.Matter(m), "lines"))})
	if left := table(o.Matter(m), "lines"); left[2]["found"] != "相符" || left[2]["source"] != missing.ID.String() || left[6]["note"] != "已与发送单位核实" {
		t.Errorf("补登以后应一一对应，写过的处理情况应还在：%v", left)
	}
	o.Do("3102", m, "settled", nil)
	if end := o.Do("3101", m, "agree", nil); end.State != engine.Closed {
		t.Errorf("审定后%s", end.State)
	}
	if line := registerLine(t, o, "3102", m); !strings.Contains(line, "苏砚秋") {
		t.Errorf("登记簿上看不出审定人：%s", line)
	}
	if got := tallied(t, o, "3102", "transmission-check", "收发核对结果"); got["相符 收"] != 2 || got["渠道没有 收"] != 1 {
		t.Errorf("核对结果统计是%v", got)
	}
}

func Test电子公文未经传输部门负责人同意不得打印删除(t *testing.T) { // ARCH-27, SEC-32
	o := apptest.Open(t)
	paper := o.Create("3102", "incoming", fields{
		"sender": "县水利局", "addressee": o.Issuer("临政办"), "copies_ok": true, "routing_ok": true, "seal_ok": true,
	})
	doc := arrived(o, "CS-2001", "安政办〔2026〕61号", "关于做好冬季供暖工作的通知")
	m := o.Create("3102", "transmission-consent", fields{"reason": "会上传达", "received": paper.String()})
	o.RefusedBecause("不是电子传输来的", "3102", m, "submit", nil)
	o.RefusedBecause("还没有归档的电子公文不能删除", "3102", m, "submit", fields{"received": doc.String(), "treatment": "删除"})
	o.Do("3102", m, "submit", fields{"received": doc.String(), "treatment": "打印", "copies": 2})
	holds(t, o, m, "consent", "苏砚秋")

	print := o.Create("3102", "printing", nil)
	form := fields{
		"title": "关于做好冬季供暖工作的通知", "doc_kind": "电子公文", "document_number": "安政办〔2026〕61号", "user_unit": o.Unit("应急信访科"),
		"used_at": "2026-11-19T09:00:00+08:00", "demand": "黑白", "format": "原样复印", "sided": "双面", "pages": 3, "copies": 3, "needed_on": "2026-11-19",
		"secrecy": "无", "consent": m.String(),
	}
	o.RefusedBecause("ARCH-27", "3102", print, "submit", form) // not agreed yet
	o.Refused("3104", m, "done", fields{"taker": o.Person("3302")})
	o.Do("3101", m, "agree", nil, "同意")
	holds(t, o, m, "carry", "古素华")
	o.Refused("3302", m, "done", fields{"taker": o.Person("3302")}) // only who keeps the server
	o.RefusedBecause("份数多于同意打印的份数", "3102", print, "submit", form)
	form["copies"] = 2
	o.Do("3102", print, "submit", form)
	o.RefusedBecause("要填领取人", "3104", m, "done", nil)
	if end := o.Do("3104", m, "done", fields{"taker": o.Person("3302")}); end.State != engine.Closed {
		t.Errorf("办理后%s", end.State)
	}
	if line := registerLine(t, o, "3102", m); line == "" {
		t.Error("登记簿上没有")
	}
}
