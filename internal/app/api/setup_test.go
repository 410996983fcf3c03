package api_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/chengqi-oa/chengqi/internal/app/api"
	"github.com/chengqi-oa/chengqi/internal/app/apptest"
)

type foundPost struct {
	ID, Name, Unit string
	UnitID         string `json:"unit_id"`
	Duties, People []string
	Order          int
	Active         bool
}

// found clears the sample as its system administrator does and signs in as the new office's.
func found(t *testing.T, o *apptest.Office) *visitor {
	t.Helper()
	var said struct {
		Accounts []struct{ Username, Password string }
	}
	answer := enter(t, o, "9001").do(http.MethodPost, "/admin/clear-sample", map[string]string{"agency": "青川县人民政府办公室", "confirm": "清空样例"}, http.StatusOK)
	if err := json.NewDecoder(bytes.NewReader(answer)).Decode(&said); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(api.New(o.App, fstest.MapFS{}, api.Options{}))
	t.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{t, server.URL + "/api/v1", &http.Client{Jar: jar}}
	first := said.Accounts[0]
	v.do(http.MethodPost, "/session", map[string]string{"username": first.Username, "password": first.Password}, http.StatusOK)
	v.do(http.MethodPut, "/me/password", map[string]string{"old": first.Password, "new": "Qing-chuan.2026!"}, http.StatusOK)
	return v
}

func Test_新建单位预置十八个岗位九个科室可增删改(t *testing.T) { // ORG-01, ORG-06
	v := found(t, apptest.Open(t))
	type unit struct {
		ID, Name, Tasks, Parent string
		Order                   int
		Active                  bool
	}
	units := map[string]unit{}
	var sections []string
	for _, u := range get[struct{ Items []unit }](v, "/admin/units").Items {
		units[u.Name] = u
		if u.Parent != "" && u.Parent != "0" {
			sections = append(sections, u.Name)
			if u.Tasks == "" || u.Order == 0 || !u.Active {
				t.Errorf("科室是%+v", u)
			}
		}
	}
	if want := []string{"政研室", "机要局", "保密办", "值班室", "督查科", "信息科", "文秘科", "行政科", "保卫科"}; !slices.Equal(sections, want) {
		t.Errorf("预置科室是%v", sections)
	}
	roster := func() map[string]foundPost {
		posts := map[string]foundPost{}
		for _, p := range get[struct{ Items []foundPost }](v, "/admin/posts").Items {
			posts[p.Name] = p
		}
		return posts
	}
	posts := roster()
	last := 0
	for _, name := range []string{"主任", "副主任", "内勤", "干管", "教育", "纪检", "法制", "宣传", "调研", "会计", "出纳", "后勤", "档案", "系统", "保密", "车辆", "信访", "接待"} {
		p := posts[name]
		if !p.Active || len(p.Duties) == 0 || p.Order <= last {
			t.Errorf("%s：%+v", name, p)
		}
		last = p.Order
	}

	desk := posts["调研"]
	v.do(http.MethodPut, "/admin/posts/"+desk.ID, map[string]any{"name": "调研（一）", "unit": desk.UnitID, "order": 15, "active": true}, http.StatusOK)
	v.do(http.MethodPut, "/admin/posts/"+posts["宣传"].ID, map[string]any{"name": "宣传", "unit": desk.UnitID, "order": 200, "active": false}, http.StatusOK)
	v.do(http.MethodPost, "/admin/posts", map[string]any{"name": "联络", "unit": desk.UnitID, "order": 190}, http.StatusOK)
	v.do(http.MethodPost, "/admin/people", map[string]any{"username": "101", "name": "程知远", "unit": desk.UnitID, "posts": []string{desk.ID}, "order": 1}, http.StatusOK)
	v.do(http.MethodPut, "/admin/units/"+units["保卫科"].ID, map[string]any{"name": "保卫处", "parent": units["办公室"].ID, "order": 5, "active": false}, http.StatusOK)
	closed := get[struct{ Items []unit }](v, "/admin/units").Items
	if i := slices.IndexFunc(closed, func(u unit) bool { return u.Name == "保卫处" }); i < 0 || closed[i].Active || closed[i].Order != 5 {
		t.Errorf("改后的科室是%+v", closed)
	}
	posts = roster()
	if p := posts["调研（一）"]; p.Order != 15 || !slices.Equal(p.People, []string{"程知远"}) || !slices.Equal(p.Duties, desk.Duties) {
		t.Errorf("改后的岗位是%+v", p)
	}
	if posts["宣传"].Active || !posts["联络"].Active {
		t.Errorf("撤的岗%+v，设的岗%+v", posts["宣传"], posts["联络"])
	}
}
