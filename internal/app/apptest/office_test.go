package apptest_test

import (
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

func Test一份急件从签收到办结(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("3102", "incoming", apptest.Fields{"sender": "安澜市人民政府办公室", "addressee": o.Issuer("临政")})
	o.RefusedBecause("DOC-IN-03", "3102", m, "sign", apptest.Fields{"copies_ok": true, "routing_ok": true, "seal_ok": false})
	o.Do("3102", m, "sign", apptest.Fields{"copies_ok": true, "routing_ok": true, "seal_ok": true})
	o.Do("3102", m, "register", apptest.Fields{
		"title": "关于做好冬季供暖工作的通知", "sender_number": "安政办〔2026〕61号", "doc_date": "2026-11-16",
		"type": "报批", "secrecy": "无", "urgency": "加急", "copies": 2, "pages": 6, "attachment_number": "1",
	})
	o.Do("3102", m, "pass", apptest.Fields{"review": []any{"属本机关办理", "符合行文规则", "文种格式正确", "已协商会签", "附件齐全"}})
	if h := o.Holders(m); len(h) != 1 || h[0] != "马骁原" {
		t.Fatalf("拟办在%v手里", h)
	}
	if o.Sees("4001", m) {
		t.Error("别的机关看见了此件")
	}
	o.Do("1010", m, "assign", apptest.Fields{"lead_unit": o.Unit("应急信访科")}, "请应急信访科办理。")
	o.Do("3102", m, "hand-out", nil)
	o.Do("3301", m, "finish", apptest.Fields{"result": "已部署"})
	after := o.Do("3102", m, "close", apptest.Fields{"original_back": true})
	if after.State != engine.Closed {
		t.Errorf("此件%s", after.State)
	}
}
