package api_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
)

// actionTold is what the page of a form is told of its action.
type actionTold struct {
	Key      string
	NeededBy []string `json:"needed_by"`
	Fields   []starred
}

type starred struct {
	Key      string
	Required bool
}

func starsOf(fields []starred) []string {
	var out []string
	for _, f := range fields {
		if f.Required {
			out = append(out, f.Key)
		}
	}
	return out
}

// needed asks which lines bear a star with what has been entered.
func needed(v *visitor, path string, entered map[string]any) string {
	v.t.Helper()
	var out struct{ Fields []string }
	if err := json.Unmarshal(v.do(http.MethodPost, path+"/needed", map[string]any{"fields": entered}, http.StatusOK), &out); err != nil {
		v.t.Fatal(err)
	}
	return strings.Join(out.Fields, " ")
}

func Test_收文登记的星号跟着所填的变(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("3102", "incoming", apptest.Fields{"sender": "安澜市水利局", "addressee": o.Issuer("临政")})
	o.Do("3102", m, "sign", apptest.Fields{"copies_ok": true, "routing_ok": true, "seal_ok": true})
	v := enter(t, o, "3102")
	actions := get[struct{ Actions []actionTold }](v, "/matters/"+m.String()).Actions
	told := actions[slices.IndexFunc(actions, func(a actionTold) bool { return a.Key == "register" })]
	const ordinary = "type title sender doc_date copies pages attachment_number secrecy urgency"
	if got := strings.Join(starsOf(told.Fields), " "); got != ordinary {
		t.Errorf("打开时的星号：%s", got)
	}
	for _, by := range []string{"type", "needs_reply"} {
		if !slices.Contains(told.NeededBy, by) {
			t.Errorf("改了%s应再问星号，却只问%v", by, told.NeededBy)
		}
	}
	path := "/matters/" + m.String() + "/actions/register"
	for _, c := range []struct {
		entered map[string]any
		want    string
	}{
		{map[string]any{}, ordinary},
		{map[string]any{"needs_reply": true}, "type title sender doc_date copies pages attachment_number secrecy urgency reply_by"},
		{map[string]any{"type": "亲启"}, "type sender secrecy urgency envelope recipient"},
		{map[string]any{"title": "通知", "doc_date": "明天", "files": []string{"9"}}, ordinary}, // what is wrong is told when it is sent
	} {
		if got := needed(v, path, c.entered); got != c.want {
			t.Errorf("填了%v时的星号：%s", c.entered, got)
		}
	}
	if got := o.Matter(m); got.Fields["needs_reply"] != nil {
		t.Error("问星号改动了事项")
	}
	enter(t, o, "3302").do(http.MethodPost, path+"/needed", map[string]any{"fields": map[string]any{}}, http.StatusNotFound)
	v.do(http.MethodPost, "/matters/"+m.String()+"/actions/sign/needed", map[string]any{"fields": map[string]any{}}, http.StatusNotFound)
}

func Test_立件的表上条件成立才有星号(t *testing.T) {
	o := apptest.Open(t)
	v := enter(t, o, "3102")
	for _, c := range []struct {
		kind, line string
		entered    map[string]any
	}{
		{"incoming", "complete_ok", map[string]any{"channel": "电子传输"}},
		{"seal-use", "term", map[string]any{"purpose": "协议合同"}},
		{"printing", "consent", map[string]any{"doc_kind": "电子公文"}},
		{"goods-out", "return_by", map[string]any{"kind_of": "借出"}},
		{"hygiene", "fix_by", map[string]any{"result": "限期整改"}},
	} {
		for _, given := range []map[string]any{{}, c.entered} {
			got := slices.Contains(strings.Fields(needed(v, "/procedures/"+c.kind, given)), c.line)
			if want := len(given) > 0; got != want {
				t.Errorf("%s填了%v：%s有星号是%v", c.kind, given, c.line, got)
			}
		}
	}
	v.do(http.MethodPost, "/procedures/nothing/needed", map[string]any{"fields": map[string]any{}}, http.StatusNotFound)
}
