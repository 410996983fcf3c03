package engine_test

import (
	"testing"

	"github.com/chengqi-oa/chengqi/internal/engine"
)

func Test什么都不用填的才能一次标为已阅(t *testing.T) {
	to := []engine.Branch{{To: engine.ToRead}}
	for _, c := range []struct {
		read engine.Action
		want string
	}{
		{engine.Action{Key: "read", To: to, Opinion: "optional"}, "read"},
		{engine.Action{Key: "read", To: to, Opinion: "required"}, ""},
		{engine.Action{Key: "read", To: to, Confirm: "阅后不能撤回。"}, ""},
		{engine.Action{Key: "read", To: to, Auto: true}, ""},
		{engine.Action{Key: "read", To: to, Fields: []engine.Entry{{Field: "seen_at", Required: true}}}, ""},
		{engine.Action{Key: "read", To: to, Fields: []engine.Entry{{Field: "seen_at"}}}, "read"},
		{engine.Action{Key: "urge", To: []engine.Branch{{To: engine.ToUrge}}}, ""},
	} {
		p := &engine.Procedure{Always: []engine.Action{c.read}}
		if got := p.ReadsWith("handle"); got != c.want {
			t.Errorf("%+v：%q，应是%q", c.read, got, c.want)
		}
	}
}
