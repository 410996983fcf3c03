package rulebook_test

import (
	"testing"

	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	rules "github.com/chengqi-oa/chengqi/rulebook"
	"github.com/chengqi-oa/chengqi/workday"
)

// An office that amended a clause before it had a table still finds the table.
func Test改过的条款里也有后来新增的参数(t *testing.T) { // EMRG-06
	model, err := rulebook.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	since := workday.Date(2026, 1, 1)
	own := model.With([]rulebook.Edition{{ID: "EMRG-06", Text: "本县的规定", Since: since, Params: []rulebook.Param{{Key: "phone", Value: "20分钟"}, {Key: "gone", Value: "1"}}}}, since)
	for key, want := range map[string]string{"phone": "20分钟", "written": "60 minutes", "社会安全重大电话": "30 minutes"} {
		if got, ok := own.Param("EMRG-06", key); !ok || got != want {
			t.Errorf("%s是“%s”，应为“%s”", key, got, want)
		}
	}
	if _, there := own.Param("EMRG-06", "gone"); there {
		t.Error("程序里已经没有的参数还在")
	}
	if kept, _ := model.Param("EMRG-06", "phone"); kept != "30 minutes" {
		t.Errorf("自带的条款成了“%s”", kept)
	}
}
