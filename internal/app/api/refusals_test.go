package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
)

func Test_保密岗看全部载体台账和拦截记录不看业务正文(t *testing.T) { // SEC-29
	o := apptest.Open(t)
	const secret = "关于某专项工作的通知"
	for range 2 { // a page tries again
		if _, err := o.Engine.Create(t.Context(), o.Directory().ByUsername("3102").ID, "incoming", apptest.Fields{"title": secret, "secrecy": "机密"}, ""); err == nil {
			t.Fatal("带密级的标题立成了草稿")
		}
	}
	author := enter(t, o, "3302")
	author.do(http.MethodPut, "/drafts/outgoing", map[string]any{"title": "机密★20年"}, http.StatusUnprocessableEntity)
	author.do(http.MethodGet, "/secrecy/refusals", nil, http.StatusForbidden)

	type refusals struct {
		Items []struct {
			Person, Unit, Where, Deed string
			Clauses                   []string
		}
		Total int
	}
	officer := enter(t, o, "2502")
	got := get[refusals](officer, "/secrecy/refusals")
	if got.Total != 2 || len(got.Items) != 2 {
		t.Fatalf("拦截记录有%d条：%+v", got.Total, got)
	}
	if r := got.Items[0]; r.Where != "草稿" || r.Unit == "" || r.Clauses[0] != "SEC-09" {
		t.Errorf("草稿的拦截记成了%+v", r)
	}
	if r := got.Items[1]; r.Where != "收文办理" || r.Person != "何映雪" || r.Clauses[0] != "SEC-31" {
		t.Errorf("收文的拦截记成了%+v", r)
	}
	if raw := string(officer.do(http.MethodGet, "/secrecy/refusals", nil, http.StatusOK)); strings.Contains(raw, "专项") || strings.Contains(raw, "★") {
		t.Errorf("拦截记录里留下了内容：%s", raw)
	}
	if raw := string(enter(t, o, "9003").do(http.MethodGet, "/admin/log", nil, http.StatusOK)); strings.Contains(raw, "专项") {
		t.Errorf("留痕里留下了内容：%s", raw)
	}

	line := o.Create("2502", "carrier", apptest.Fields{
		"code": "机-31", "level": "机密", "years": 10, "origin": "安澜市有关单位", "way": "机要交换", "location": "1号柜",
	})
	o.Do("2502", line, "register", nil)
	text := o.Create("3302", "outgoing", apptest.Fields{"title": "关于供暖的通知"})
	if !o.Sees("2501", line) || o.Sees("3302", line) { // another holder of the secrecy post, and who is none
		t.Error("保密岗看不到别人登的载体，或者旁人看得到")
	}
	for _, who := range []string{"2501", "2502"} {
		if o.Sees(who, text) {
			t.Errorf("保密岗%s看到了别人的业务正文", who)
		}
	}
}
