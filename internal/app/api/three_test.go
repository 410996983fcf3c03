package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/org"
)

// adminDesk 三员之一 is an administrator at work, with what the pages of people and posts show.
type adminDesk struct {
	*visitor
	o *apptest.Office
}

func (d adminDesk) person(number string) map[string]any {
	d.t.Helper()
	p := d.o.Directory().ByUsername(number)
	return map[string]any{"username": p.Username, "name": p.Name, "unit": p.Unit, "posts": p.Posts}
}

func (d adminDesk) refused(method, path string, body any, why string) {
	d.t.Helper()
	if said := string(d.do(method, path, body, http.StatusUnprocessableEntity)); !strings.Contains(said, why) {
		d.t.Errorf("%s %s 被拒绝，但没有说到“%s”：%s", method, path, why, said)
	}
}

func Test三员的账号系统管理员一人动不了(t *testing.T) { // OA-27
	o := apptest.Open(t)
	system := adminDesk{enter(t, o, "9001"), o}
	for _, number := range []string{"9002", "9003"} {
		path := "/admin/people/" + o.Directory().ByUsername(number).ID.String()
		for _, deed := range []string{"reset-password", "reset-second-step", "disable", "enable"} {
			system.refused(http.MethodPost, path+"/"+deed, nil, "互不经手")
		}
		for field, value := range map[string]any{"username": "9099", "active": false, "posts": []db.ID{}} {
			body := system.person(number)
			body[field] = value
			system.refused(http.MethodPut, path, body, "OA-27")
		}
		body := system.person(number) // a new telephone number is nobody's secret
		body["phone"] = "0000-6210001"
		system.do(http.MethodPut, path, body, http.StatusOK)
	}
	system.do(http.MethodPost, "/admin/people/"+o.Directory().ByUsername("9003").ID.String()+"/unlock", nil, http.StatusOK)
	system.do(http.MethodPost, "/admin/people/"+o.Directory().ByUsername("3302").ID.String()+"/reset-password", nil, http.StatusOK)
}

func Test管理员岗位上的人要两位管理员经手才换得成(t *testing.T) { // OA-27
	o := apptest.Open(t)
	system, security := adminDesk{enter(t, o, "9001"), o}, adminDesk{enter(t, o, "9002"), o}
	auditor := o.Directory().ByUsername("9003")
	auditing := o.Directory().Post(auditor.Posts[0])

	// Neither puts an accomplice into the post, changes the post away, nor takes the auditor out.
	accomplice := map[string]any{"username": "9009", "name": "甲", "unit": auditor.Unit, "posts": []db.ID{auditing.ID}}
	system.refused(http.MethodPost, "/admin/people", accomplice, "两位管理员经手")
	system.refused(http.MethodPut, "/admin/posts/"+auditing.ID.String(), map[string]any{"name": auditing.Name, "unit": auditing.Unit, "active": false}, "不能停用")
	security.refused(http.MethodPut, "/admin/posts/"+auditing.ID.String()+"/duties", map[string]any{"duties": []string{}, "led_by": db.ID(0)}, "没有审计管理员了")

	// Together they do: a new post, a new person in it, the duty, and then the old one without.
	system.do(http.MethodPost, "/admin/posts", map[string]any{"name": "审计管理员（接任）", "unit": auditor.Unit}, http.StatusOK)
	i := slices.IndexFunc(o.Directory().Posts(auditor.Agency), func(p *org.Post) bool { return p.Name == "审计管理员（接任）" })
	next := o.Directory().Posts(auditor.Agency)[i]
	accomplice["posts"] = []db.ID{next.ID}
	system.do(http.MethodPost, "/admin/people", accomplice, http.StatusOK)
	security.do(http.MethodPut, "/admin/posts/"+next.ID.String()+"/duties", map[string]any{"duties": auditing.Duties, "led_by": db.ID(0)}, http.StatusOK)
	security.do(http.MethodPut, "/admin/posts/"+auditing.ID.String()+"/duties", map[string]any{"duties": []string{}, "led_by": db.ID(0)}, http.StatusOK)
	old := "/admin/people/" + auditor.ID.String()
	system.do(http.MethodPost, old+"/disable", nil, http.StatusOK)
}
