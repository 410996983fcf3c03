package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
)

type ledPost struct {
	ID, Name string
	LedBy    string `json:"led_by"`
	People   []string
}

func ledPosts(v *visitor, path string) (all []ledPost) {
	got := get[struct{ Items, Posts []ledPost }](v, path)
	return append(got.Items, got.Posts...)
}

func Test_新建单位主任分管七个岗位副主任八个(t *testing.T) { // ORG-02, ORG-03
	led := map[string][]string{}
	name := map[string]string{}
	posts := ledPosts(found(t, apptest.Open(t)), "/admin/posts")
	for _, p := range posts {
		name[p.ID] = p.Name
	}
	for _, p := range posts {
		led[name[p.LedBy]] = append(led[name[p.LedBy]], p.Name)
	}
	if want := []string{"干管", "教育", "纪检", "法制", "会计", "出纳", "保密"}; !slices.Equal(led["主任"], want) {
		t.Errorf("主任分管%v", led["主任"])
	}
	if want := []string{"内勤", "宣传", "调研", "后勤", "档案", "系统", "车辆", "信访"}; !slices.Equal(led["副主任"], want) {
		t.Errorf("副主任分管%v", led["副主任"])
	}
}

func Test_按分管关系取得待办报表和审批权(t *testing.T) { // ORG-02, ORG-03
	o := apptest.Open(t)
	const deputy, driver = "2003", "3204" // a deputy director; a member of another section
	dir := o.Directory()
	boss, staff := dir.ByUsername(deputy), dir.ByUsername(driver)
	m := o.Create(driver, "brought-back", apptest.Fields{"meeting": "全市后勤工作会议"})
	o.Do(driver, m, "submit", apptest.Fields{"papers": []any{apptest.Fields{"title": "会议材料", "copies": 1, "secrecy": "无"}}})
	leave := o.Create(driver, "leave", apptest.Fields{
		"type": "事假", "from": "2026-11-20T09:00:00+08:00", "until": "2026-11-20T12:00:00+08:00", "reason": "看病", "place": "县医院", "phone": "0000-6210058", "stand_in": o.Person("3201"),
	})
	if o.Sees(deputy, m) {
		t.Fatal("没有分管关系就看得到")
	}
	chief := enter(t, o, deputy)
	type page struct {
		Items []struct {
			Holders []struct{ Name string }
			For     *struct{ Name string }
			Matter  struct{ ID string }
		}
		Total int
	}
	if got := get[page](chief, "/tasks?box=led"); got.Total != 0 {
		t.Errorf("没有分管的岗位却有%d件", got.Total)
	}
	before := get[figures](chief, "/statistics?kind=brought-back").ByUnit

	security := enter(t, o, "9002")
	duties := map[string]any{"duties": []string{"staff"}}
	set := func(post, by string, status int) string {
		duties["led_by"] = by
		return string(security.do(http.MethodPut, "/admin/posts/"+post+"/duties", duties, status))
	}
	post, leading := staff.Posts[0].String(), boss.Posts[0].String()
	for _, wrong := range []string{post, dir.ByUsername("9001").Posts[0].String()} {
		if said := set(post, wrong, http.StatusUnprocessableEntity); !strings.Contains(said, "ORG-02") {
			t.Errorf("不是主任、副主任的岗位也能分管：%s", said)
		}
	}
	enter(t, o, "9001").do(http.MethodPut, "/admin/posts/"+post+"/duties", map[string]any{"duties": []string{"staff"}, "led_by": leading}, http.StatusForbidden)
	said := string(security.do(http.MethodPut, "/admin/posts/"+post+"/duties", map[string]any{"duties": []string{"staff", "audit-admin"}, "led_by": post}, http.StatusUnprocessableEntity))
	if !strings.Contains(said, "要分设") || !strings.Contains(said, "不能分管自己") {
		t.Errorf("职责和分管的毛病没有一次说全：%s", said)
	}
	if p := o.Directory().Post(staff.Posts[0]); p.LedBy != 0 || slices.Contains(p.Duties, "audit-admin") {
		t.Errorf("没有设成却改了一半：%+v", p)
	}
	set(post, leading, http.StatusOK)

	if !o.Sees(deputy, m) || o.Sees("3202", m) {
		t.Error("分管后看不到，或者旁人也看得到")
	}
	got := get[page](chief, "/tasks?box=led")
	if got.Total != 1 || got.Items[0].For != nil || got.Items[0].Holders[0].Name != staff.Name {
		t.Errorf("分管岗位的待办是%+v", got)
	}
	if todo := get[page](chief, "/tasks?box=todo"); todo.Total != 0 {
		t.Errorf("下属的待办混进了自己的待办：%+v", todo)
	}
	if offer := o.Offers(deputy, leave)["submit"]; offer.Allowed {
		t.Error("分管领导替下属办了他的事")
	}
	o.Do(driver, leave, "submit", nil)
	o.Do("3201", leave, "agree", nil)
	if who := o.Names(o.Matter(leave).Holders()...); !slices.Equal(who, []string{boss.Name}) { // the approval
		t.Errorf("半天假送%v批", who)
	}
	if after := get[figures](chief, "/statistics?kind=brought-back").ByUnit; len(after) <= len(before) {
		t.Errorf("报表里没有分管岗位的事：%+v", after)
	}
	set(post, "", http.StatusOK)
	if o.Sees(deputy, m) {
		t.Error("解除分管后还看得到")
	}
	if log := string(enter(t, o, "9003").do(http.MethodGet, "/admin/log?topic=admin", nil, http.StatusOK)); strings.Count(log, `"duties"`) != 2 {
		t.Errorf("分管的设定没有逐次留痕：%s", log)
	}
}

func Test_几个人共同办的事在分管岗位里只算一件(t *testing.T) { // ORG-02
	o := apptest.Open(t)
	dir := o.Directory()
	security := enter(t, o, "9002")
	for _, deputy := range []string{"2003", "2004"} { // both are asked for the slip
		post := dir.Post(dir.ByUsername(deputy).Posts[0])
		security.do(http.MethodPut, "/admin/posts/"+post.ID.String()+"/duties",
			map[string]any{"duties": post.Duties, "led_by": dir.ByUsername("1010").Posts[0].String()}, http.StatusOK)
	}
	m := o.Create("3301", "archive-use", nil)
	o.Do("3301", m, "submit", apptest.Fields{"title": "2019年供热文件", "purpose": "起草供热办法", "way": "阅览"})
	if n := len(o.Holders(m)); n < 2 {
		t.Fatalf("批条的只有%d人", n)
	}
	got := get[struct {
		Total int
		Items []struct{ Matter struct{ ID string } }
	}](enter(t, o, "1010"), "/tasks?box=led")
	if got.Total != 1 || len(got.Items) != 1 || got.Items[0].Matter.ID != m.String() {
		t.Errorf("分管岗位的待办是%+v", got)
	}
}
