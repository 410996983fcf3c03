package api_test

import (
	"slices"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
)

// What is offered to be begun at once is what one begins: of late, or for one's post; not whatever stands first.
func Test_工作台上现成的是自己常办的(t *testing.T) {
	o := apptest.Open(t)
	usual := func(who string) []string {
		return get[struct {
			UsualKinds []string `json:"usual_kinds"`
		}](enter(t, o, who), "/me").UsualKinds
	}
	if got := usual("3206"); len(got) > 0 {
		t.Errorf("驾驶员什么也没有起办过，却给他%v", got)
	}
	if got := usual("1001"); slices.Contains(got, "outgoing") || slices.Contains(got, "joint-issue") {
		t.Errorf("领导不起草，却给他%v", got)
	}
	if got := usual("3102"); len(got) < 2 || got[0] != "incoming" {
		t.Errorf("收文文书先办收文，却给他%v", got)
	}
	for range 2 {
		o.Create("3206", "leave", nil)
	}
	o.Create("3206", "supplies-issue", nil)
	if got := usual("3206"); !slices.Equal(got, []string{"leave", "supplies-issue"}) {
		t.Errorf("起办过请假和领用的驾驶员，给他%v", got)
	}
	o.Create("3102", "leave", nil)
	if got := usual("3102"); got[0] != "leave" || got[1] != "incoming" {
		t.Errorf("起办过的在前，岗位上的在后：%v", got)
	}
}
