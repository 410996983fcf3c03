package api_test

import (
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
)

// told is what the page of a procedure asks of the server.
type told struct {
	Start struct {
		Fields []struct {
			Key   string
			Value any
		}
	}
	Steps []struct {
		Key, Who, Limit string
		Actions         []struct {
			Key  string
			Asks bool
		}
	}
}

func Test_新办的表上本人科室已经填好(t *testing.T) {
	o := apptest.Open(t)
	values := map[string]any{}
	for _, f := range get[told](enter(t, o, "3302"), "/procedures/transmission-consent").Start.Fields {
		values[f.Key] = f.Value
	}
	if values["for_unit"] != o.Unit("应急信访科") {
		t.Errorf("申请科室填的是%v", values["for_unit"])
	}
}

func Test_办事指南说明每个环节谁办(t *testing.T) {
	o := apptest.Open(t)
	who := map[string]string{}
	for _, s := range get[told](enter(t, o, "3102"), "/procedures/transmission-check").Steps {
		who[s.Key] = s.Who
	}
	for step, want := range map[string]string{"list": "起办人", "settle": "收文文书", "confirm": "公文传输员所在科室负责人（没有公文传输员时由办公室主任）"} {
		if who[step] != want {
			t.Errorf("%s由“%s”办，应是“%s”", step, who[step], want)
		}
	}
}

func Test_办事指南说明每个环节多长时间(t *testing.T) {
	o := apptest.Open(t)
	limit := map[string]string{}
	for _, s := range get[told](enter(t, o, "3102"), "/procedures/vehicle-dispatch").Steps {
		limit[s.Key] = s.Limit
	}
	for step, want := range map[string]string{"apply": "", "unit-head": "2小时", "depart": "到用车时间当天为止", "on-road": "到预计收车当天为止"} {
		if limit[step] != want {
			t.Errorf("%s的时限写作“%s”，应是“%s”", step, limit[step], want)
		}
	}
}

// Who takes a petition in may answer it on the spot: the second way to begin must be told, what ends the matter unfilled not.
func Test_新办的几种办法都告诉(t *testing.T) {
	o := apptest.Open(t)
	for kind, want := range map[string]map[string]bool{
		"petition":     {"register": true, "answer": true, "forward": true},
		"room-booking": {"submit": true, "give-up": false},
		"incoming":     {"sign": true, "reject": false},
	} {
		for _, a := range get[told](enter(t, o, "3102"), "/procedures/"+kind).Steps[0].Actions {
			if asks, listed := want[a.Key]; listed && a.Asks != asks {
				t.Errorf("%s的“%s”有没有自己的表：%v", kind, a.Key, a.Asks)
			}
		}
	}
}
