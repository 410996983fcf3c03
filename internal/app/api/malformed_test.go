package api_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
)

func Test_输错的地址说没有这一页(t *testing.T) {
	clerk := enter(t, apptest.Open(t), "3102")
	for _, path := range []string{"/matters/new", "/matters/abc", "/matters/1.5", "/files/x/text"} {
		if said := string(clerk.do(http.MethodGet, path, nil, http.StatusNotFound)); strings.Contains(said, "invalid") {
			t.Errorf("%s：%s", path, said)
		}
	}
	if said := string(clerk.do(http.MethodGet, "/matters/new", nil, http.StatusNotFound)); !strings.Contains(said, "没有这一页") {
		t.Error(said)
	}
}

func Test_格式不对的填写用中文说明(t *testing.T) {
	o := apptest.Open(t)
	english := regexp.MustCompile(`[A-Za-z]{4,}`)
	said := regexp.MustCompile(`"(?:detail|text)":"([^"]*)"`)
	for _, wrong := range []struct {
		who, method, path string
		body              any
		want              string
	}{
		{"9001", http.MethodPost, "/admin/posts", map[string]any{"name": 7, "unit": "x", "order": "一", "active": "是", "more": 1}, "应为整数"},
		{"9001", http.MethodPost, "/admin/posts", map[string]any{"name": strings.Repeat("长", 500), "unit": "1", "order": 1, "active": true}, "最多"},
		{"9001", http.MethodPost, "/admin/posts", []int{1}, "写法不对"},
		{"9002", http.MethodPut, "/admin/divisions", map[string]any{"since": "x", "basis": strings.Repeat("据", 300), "items": 4}, "最多200个字"},
		{"3102", http.MethodGet, "/tasks?page=abc", nil, "应为整数"},
	} {
		answer := string(enter(t, o, wrong.who).do(wrong.method, wrong.path, wrong.body, http.StatusUnprocessableEntity))
		for _, m := range said.FindAllStringSubmatch(answer, -1) {
			if english.MatchString(m[1]) {
				t.Errorf("%s %s 用英文说“%s”", wrong.method, wrong.path, m[1])
			}
		}
		if !strings.Contains(answer, wrong.want) {
			t.Errorf("%s %s 没有说“%s”：%s", wrong.method, wrong.path, wrong.want, answer)
		}
	}
}
