package api_test

import (
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
)

// Whoever wants to know whom to call now reads it on the first page, whether or not they may read the shift's record.
func Test_工作台写明现在谁值班(t *testing.T) {
	o := apptest.Open(t)
	type bench struct {
		OnDuty []struct {
			Day, Shift      string
			Officer, Leader *struct{ Name, Phone string }
		} `json:"on_duty"`
	}
	clerk := enter(t, o, "3102")
	if got := get[bench](clerk, "/workbench"); got.OnDuty == nil || len(got.OnDuty) != 0 {
		t.Fatalf("还没有人签到，却写着 %+v", got.OnDuty)
	}
	m := o.Create("2602", "duty-shift", apptest.Fields{"day": o.Now().Format("2006-01-02"), "shift": "白班", "officer": o.Person("2602"), "head_of_shift": o.Person("1007"), "phone_ok": true})
	if got := get[bench](clerk, "/workbench"); len(got.OnDuty) != 0 {
		t.Fatalf("没有签到的不算在岗：%+v", got.OnDuty)
	}
	o.Do("2602", m, "sign-in", apptest.Fields{})
	if o.Sees("3301", m) {
		t.Fatal("这一条要由看不到值班记录的人来试")
	}
	for _, who := range []string{"3102", "3301"} {
		got := get[bench](enter(t, o, who), "/workbench").OnDuty
		if len(got) != 1 || got[0].Shift != "白班" || got[0].Officer == nil || got[0].Officer.Name != o.Directory().ByUsername("2602").Name || got[0].Leader == nil || got[0].Leader.Name != o.Directory().ByUsername("1007").Name {
			t.Errorf("%s 看到的是 %+v", who, got)
		}
	}
}
