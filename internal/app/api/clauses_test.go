package api_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
)

// What the rules ask of lists, pages and figures, tried as a person meets it.

func Test_任何一件的状态经过意见停留随时可查(t *testing.T) { // OA-02, OA-03, ORG-26, DOC-OUT-39, DOC-OUT-55
	o := apptest.Open(t)
	m := o.Create("3302", "leave", apptest.Fields{
		"type": "事假", "reason": "家中有事", "from": "2026-11-19 14:00", "until": "2026-11-19 17:30", "place": "本县", "phone": "0000-6210034",
	})
	o.Do("3302", m, "submit", nil)
	o.Advance(2 * time.Hour)
	v := enter(t, o, "3301")
	todo := get[struct {
		Items []struct {
			StepName string `json:"step_name"`
			Due      string `json:"due_at"`
			Matter   struct{ ID string }
		}
		Counts struct{ Todo int }
	}](v, "/tasks?box=todo")
	if len(todo.Items) != 1 || todo.Items[0].Matter.ID != m.String() || todo.Items[0].Due == "" {
		t.Fatalf("待办是%+v", todo)
	}
	o.Do("3301", m, "agree", nil, "同意，工作已安排")
	seen := get[struct {
		StateName string `json:"state_name"`
		Step      struct {
			Name, Limit string
			Hint        string
			Basis       []string
		}
		Holders []struct{ Name, Since string }
		Course  []struct{ Opinion, Name string }
		Steps   []map[string]any
	}](enter(t, o, "3302"), "/matters/"+m.String())
	if seen.StateName == "" || len(seen.Holders) != 1 || seen.Holders[0].Since == "" || len(seen.Step.Basis) == 0 || len(seen.Steps) < 4 {
		t.Errorf("看不出到了哪一步、在谁手里、多久、依据什么：%+v", seen)
	}
	opinion := ""
	for _, c := range seen.Course {
		opinion += c.Opinion
	}
	if !strings.Contains(opinion, "工作已安排") {
		t.Errorf("经过里没有意见：%+v", seen.Course)
	}
}

func Test_看不到的不在列表搜索和统计里(t *testing.T) { // SEC-30
	o := apptest.Open(t)
	m := o.Create("3302", "petition", apptest.Fields{
		"source": "来信", "received_at": "2026-11-18 09:00", "petitioner": "城西住户", "people_count": 1, "title": "路灯不亮", "demand": "请修复路灯", "category": "申诉求决",
	})
	o.Do("3302", m, "register", nil)
	for number, sees := range map[string]bool{"3301": true, "3207": false} {
		v := enter(t, o, number)
		book := get[struct{ Total int }](v, "/registers/petition")
		found := get[struct{ Total int }](v, "/search?q="+url.QueryEscape("路灯不亮"))
		counted := 0
		for _, k := range get[figures](v, "/statistics").ByKind {
			if k.Key == "petition" {
				counted = k.Received
			}
		}
		for what, n := range map[string]int{"登记簿": book.Total, "检索": found.Total, "统计": counted} {
			if (n > 0) != sees {
				t.Errorf("%s的%s里有%d件", number, what, n)
			}
		}
		want := map[bool]int{true: http.StatusOK, false: http.StatusNotFound}[sees]
		v.do(http.MethodGet, "/matters/"+m.String(), nil, want)
	}
}

func Test_领导分工调整要有依据分工留版本(t *testing.T) { // ORG-12
	o := apptest.Open(t)
	v := enter(t, o, "9002")
	before := o.Directory().Divisions(o.Directory().ByUsername("1007").Agency)
	item := map[string]any{"leader": o.Person("2001"), "subject": "文字、信息"}
	change := map[string]any{"since": "2026-12-01", "basis": "", "items": []any{item}}
	if said := string(v.do(http.MethodPut, "/admin/divisions", change, http.StatusUnprocessableEntity)); !strings.Contains(said, "ORG-12") {
		t.Errorf("没有依据也能调整，或没有说依据哪条：%s", said)
	}
	change["basis"] = "办公室主任会议集体研究，已报分管领导同意，11月25日全员会通报"
	v.do(http.MethodPut, "/admin/divisions", change, http.StatusOK)
	after := o.Directory().Divisions(o.Directory().ByUsername("1007").Agency)
	if len(after) == 0 || after[len(after)-1].Edition != before[len(before)-1].Edition+1 || after[len(after)-1].Basis == "" {
		t.Errorf("新版是%+v", after[len(after)-1])
	}
}

func Test_发文数与控制目标对照主任看得到各人在办(t *testing.T) { // DOC-OUT-37, ORG-25
	o := apptest.Open(t)
	o.Do("3302", o.Create("3302", "personal-task", apptest.Fields{"title": "核对通讯录"}), "begin", nil)
	desk := get[struct {
		Quota []struct {
			Issuer            string
			Limit, Used, Left int
		}
		Office struct {
			People []struct {
				Name string
				Open int
			} `json:"by_person"`
		}
	}](enter(t, o, "1010"), "/workbench")
	if len(desk.Quota) == 0 || desk.Quota[0].Limit == 0 || desk.Quota[0].Left != desk.Quota[0].Limit-desk.Quota[0].Used {
		t.Errorf("控制数是%+v", desk.Quota)
	}
	if len(desk.Office.People) != 1 || desk.Office.People[0].Name != "阮清如" || desk.Office.People[0].Open != 1 {
		t.Errorf("各人在办是%+v", desk.Office.People)
	}
	for who, minds := range map[string]bool{"1001": true, "3103": true, "1007": true, "3206": false, "2302": false} { // 驾驶员不管发文数
		if told := get[struct{ Quota []any }](enter(t, o, who), "/workbench"); (len(told.Quota) > 0) != minds {
			t.Errorf("%s的工作台上有%d行控制数", who, len(told.Quota))
		}
	}
}

func Test_分项统计按定义数并能导出(t *testing.T) { // OTH-20, OTH-24
	o := apptest.Open(t)
	for _, who := range []string{"3302", "3302", "3301"} {
		o.Do(who, o.Create(who, "personal-task", apptest.Fields{"title": "核对通讯录"}), "begin", nil)
	}
	v := enter(t, o, "3301")
	said := get[struct {
		Name  string
		Items []struct {
			Name, Clause string
			Across       []string
			Lines        []struct {
				Name  string
				Total float64
			}
		}
	}](v, "/registers/personal-task/tallies")
	if said.Name != "个人待办" || len(said.Items) != 2 || said.Items[0].Clause != "OTH-20" || said.Items[0].Lines[0].Name != "阮清如" || said.Items[0].Lines[0].Total != 2 {
		t.Errorf("分项统计是%+v", said)
	}
	if said.Items[1].Across == nil {
		t.Error("不分栏的统计也要给出栏目，没有就是空的：图要数它有几栏")
	}
	if book := v.do(http.MethodGet, "/registers/personal-task/tallies.xlsx", nil, http.StatusOK); len(book) < 1000 {
		t.Errorf("导出的表只有%d字节", len(book))
	}
	v.do(http.MethodGet, "/registers/no-such-kind/tallies", nil, http.StatusNotFound)
}

// What the definitions reckon with stays a number, and a limit a limit, whatever an administrator writes.
func Test_条款里的数改成文字当场退回(t *testing.T) { // SEC-01
	o := apptest.Open(t)
	params := []any{}
	for _, p := range o.Engine.Rules().Clause("SEC-01").Params {
		v := p.Value
		if p.Key == "top" {
			v = "三十年"
		}
		params = append(params, map[string]any{"key": p.Key, "value": v})
	}
	said := string(enter(t, o, "9001").do(http.MethodPut, "/admin/clauses/SEC-01",
		map[string]any{"text": "改过", "params": params, "since": "2026-12-01", "reason": "主任办公会"}, http.StatusUnprocessableEntity))
	if !strings.Contains(said, "参数“top”要用数字写，如 30 years") {
		t.Errorf("退回说的是%s", said)
	}
}
