package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
)

type orgLine struct {
	ID, Name, Parent string
	UnitID           string `json:"unit_id"`
	Order            int
}

func lineNamed(t *testing.T, lines []orgLine, name string) orgLine {
	t.Helper()
	for _, l := range lines {
		if l.Name == name {
			return l
		}
	}
	t.Fatalf("没有%s", name)
	return orgLine{}
}

func Test_还有人和岗位的科室不能撤销有人的岗位不能停(t *testing.T) { // ORG-01, ORG-06
	o := apptest.Open(t)
	system := adminDesk{enter(t, o, "9001"), o}
	units := get[struct{ Items []orgLine }](system.visitor, "/admin/units").Items
	posts := get[struct{ Items []orgLine }](system.visitor, "/admin/posts").Items

	u := lineNamed(t, units, "秘书科")
	for _, why := range []string{"秘书科还有", " 人", "个岗位", "ORG-06"} {
		system.refused(http.MethodPut, "/admin/units/"+u.ID, map[string]any{"name": u.Name, "parent": u.Parent, "active": false}, why)
	}
	p := lineNamed(t, posts, "县委书记")
	for _, why := range []string{"沈伯言还在这个岗位上", "ORG-01"} {
		system.refused(http.MethodPut, "/admin/posts/"+p.ID, map[string]any{"name": p.Name, "unit": p.UnitID, "active": false}, why)
	}
	if o.Directory().ByUsername("1001") == nil || !o.Directory().Unit(o.Directory().ByUsername("2101").Unit).Active {
		t.Error("被拒绝的撤停还是做了")
	}

	// An empty one is closed, and takes nobody in again.
	system.do(http.MethodPost, "/admin/units", map[string]any{"name": "换届专班", "parent": lineNamed(t, units, "县委办公室").ID}, http.StatusOK)
	fresh := lineNamed(t, get[struct{ Items []orgLine }](system.visitor, "/admin/units").Items, "换届专班")
	system.do(http.MethodPut, "/admin/units/"+fresh.ID, map[string]any{"name": fresh.Name, "active": false}, http.StatusOK)
	body := system.person("2101")
	body["unit"] = fresh.ID
	system.refused(http.MethodPut, "/admin/people/"+o.Directory().ByUsername("2101").ID.String(), body, "换届专班已撤销")
}

func Test_科室不能归到自己的下级(t *testing.T) {
	o := apptest.Open(t)
	system := adminDesk{enter(t, o, "9001"), o}
	units := get[struct{ Items []orgLine }](system.visitor, "/admin/units").Items
	office, section := lineNamed(t, units, "县委办公室"), lineNamed(t, units, "秘书科")
	for _, parent := range []string{office.ID, section.ID} {
		system.refused(http.MethodPut, "/admin/units/"+office.ID, map[string]any{"name": office.Name, "parent": parent}, "不能归到自己或自己的下级")
	}
}

func Test_登记人员哪一栏不对说哪一栏(t *testing.T) {
	o := apptest.Open(t)
	system := adminDesk{enter(t, o, "9001"), o}
	me := o.Directory().ByUsername("3102")
	for _, one := range []struct {
		field string
		value any
		why   string
	}{
		{"username", "3103", "工号 3103 已有人使用"},
		{"username", "31 02", "空格"},
		{"username", "", "请填写工号"},
		{"name", " ", "请填写姓名"},
		{"backup", me.ID, "不能是本人"},
		{"order", -3, "不能小于0"},
	} {
		body := system.person("3102")
		body[one.field] = one.value
		said := string(system.do(http.MethodPut, "/admin/people/"+me.ID.String(), body, http.StatusUnprocessableEntity))
		if !strings.Contains(said, one.why) || !strings.Contains(said, `"field":"`+one.field+`"`) {
			t.Errorf("%s=%v：%s", one.field, one.value, said)
		}
	}
	system.refused(http.MethodPost, "/admin/units", map[string]any{"name": "秘书科"}, `"field":"name"`)
}
