package stories_test

import (
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// What was sent for reading is owed until it is read, though the matter was closed or is paused meanwhile (DOC-CIR-03).
func Test_暂停和办结以后待阅的照样能阅(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("3102", "incoming", fields{"sender": "安澜市水利局", "addressee": o.Issuer("临政")})
	o.Do("3102", m, "sign", fields{"copies_ok": true, "routing_ok": true, "seal_ok": true})
	o.Do("3102", m, "add-reader", fields{"add_readers": []string{o.Person("3302"), o.Person("3301")}})
	o.Do("3102", m, "suspend", nil, "等待来文单位补送")
	o.Do("3302", m, "read", nil)
	o.Do("3102", m, "resume", nil)
	first := o.Create("3102", "incoming", fields{"sender": "安澜市水利局", "addressee": o.Issuer("临政")})
	o.Do("3102", first, "sign", fields{"copies_ok": true, "routing_ok": true, "seal_ok": true})
	o.Do("3102", first, "register", fields{"title": "关于做好冬季供暖工作的通知", "doc_date": "2026-11-16", "copies": 2, "pages": 6, "attachment_number": "无"})
	o.Do("3102", m, "merge", fields{"same_as": first.String()})
	after := o.Do("3301", m, "read", nil, "已阅")
	if after.State != engine.Closed || len(after.OpenTasks(engine.Read)) != 0 {
		t.Errorf("阅后是%s，还欠%d人", after.State, len(after.OpenTasks(engine.Read)))
	}
	if _, offered := o.Offers("3301", m)["read"]; offered {
		t.Error("阅过了还叫再阅")
	}
}
