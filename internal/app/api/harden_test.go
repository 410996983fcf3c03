package api_test

import (
	"bufio"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/record/access"
)

func Test登录一结束消息推送就断(t *testing.T) { // GB/T 22239-2019 8.1.4.2
	o := apptest.Open(t)
	v := enter(t, o, "3302")
	res, err := v.http.Get(v.base + "/events")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	lines := make(chan string, 100)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(res.Body); s.Scan(); {
			lines <- s.Text()
		}
	}()
	until := func(what string) bool {
		for end := time.After(20 * time.Second); ; {
			select {
			case line, open := <-lines:
				if !open {
					return false
				}
				if line == what {
					return true
				}
			case <-end:
				t.Fatal("消息推送没有断，也没有消息")
			}
		}
	}
	if !until("event: tasks") {
		t.Fatal("推送没有开始")
	}
	o.Create("3302", "request-report", apptest.Fields{"title": "一"})
	if !until("event: tasks") {
		t.Fatal("登录着，却没有推送")
	}
	if err := o.DB.Write(t.Context(), func(tx *db.Tx) error { return access.EndSessions(tx, o.Directory().ByUsername("3302").ID) }); err != nil {
		t.Fatal(err)
	}
	o.Create("3302", "request-report", apptest.Fields{"title": "二"})
	if until("event: tasks") {
		t.Error("登录已经结束，还在推送")
	}
}

func Test看不见的字符和存不下的字节不收(t *testing.T) { // GB/T 22239-2019 8.1.4.4 d
	o := apptest.Open(t)
	v := enter(t, o, "3302")
	m := o.Create("3302", "request-report", apptest.Fields{"title": " 报告\u202egpj.exe\x00\x1b甲\u200b乙\r\n丙 ", "basis": "一\r\n二\t三\x07"})
	if got := o.Matter(m); got.Title != "报告gpj.exe甲乙  丙" || got.Fields["basis"] != "一\n二\t三" {
		t.Errorf("存下的是 %q、%q", got.Title, got.Fields["basis"])
	}
	for body, want := range map[string]int{
		`{"register":"incoming","name":"甲\u0000","query":""}`:          http.StatusBadRequest,
		"{\"register\":\"incoming\",\"name\":\"\xff\",\"query\":\"\"}": http.StatusBadRequest,
		`{"register":"incoming","name":"甲\\u0000","query":""}`:         http.StatusOK, // a backslash and letters
	} {
		res, err := v.http.Post(v.base+"/views", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if _ = res.Body.Close(); res.StatusCode != want {
			t.Errorf("%q 得到 %d，应是 %d", body, res.StatusCode, want)
		}
	}
	for path, want := range map[string]int{
		"/search?q=%00": http.StatusBadRequest, "/search?q=%ff": http.StatusBadRequest, "/drafts/%00": http.StatusBadRequest,
		"/search?q=%E9%80%9A%E7%9F%A5": http.StatusOK, "/search?q=通知&page=4611686018427387904": http.StatusUnprocessableEntity,
		"/registers/incoming?page=4611686018427387904": http.StatusUnprocessableEntity, "/duties?year=9999999&month=1": http.StatusUnprocessableEntity,
	} {
		v.do(http.MethodGet, path, nil, want)
	}
}

func Test一个人的草稿有个数(t *testing.T) {
	o := apptest.Open(t)
	v := enter(t, o, "3302")
	v.do(http.MethodPut, "/me/preferences", map[string]any{"size": 1}, http.StatusOK)
	for i := range 203 {
		o.Advance(time.Second)
		v.do(http.MethodPut, fmt.Sprintf("/drafts/d%d", i), map[string]any{"n": i}, http.StatusOK)
	}
	for key, want := range map[string]string{"d0": "null", "d2": "null", "d3": `{"n":3}`, "d202": `{"n":202}`} {
		if got := strings.TrimSpace(string(v.do(http.MethodGet, "/drafts/"+key, nil, http.StatusOK))); got != want {
			t.Errorf("草稿%s是%s，应是%s", key, got, want)
		}
	}
	if got := string(v.do(http.MethodGet, "/me/preferences", nil, http.StatusOK)); !strings.Contains(got, "size") {
		t.Errorf("本人设置是%s", got)
	}
}

func Test打印下载导出和管理都有何人何时何处(t *testing.T) { // GB/T 22239-2019 8.1.4.3
	o := apptest.Open(t)
	m, scan := arrived(t, o, false, "来文.pdf", scanned(t, "供暖工作"))
	clerk := enter(t, o, "3102")
	clerk.do(http.MethodGet, "/matters/"+m.String()+"/paper.pdf", nil, http.StatusOK)
	clerk.do(http.MethodGet, "/files/"+scan.String()+"?download=true", nil, http.StatusOK)
	clerk.do(http.MethodGet, "/files/"+scan.String(), nil, http.StatusOK) // only looked at
	clerk.do(http.MethodGet, "/registers/incoming/book.xlsx", nil, http.StatusOK)
	clerk.do(http.MethodGet, "/statistics/kind/table.xlsx", nil, http.StatusOK)
	enter(t, o, "9001").do(http.MethodPost, "/admin/people/"+o.Directory().ByUsername("3302").ID.String()+"/unlock", nil, http.StatusOK)
	auditor := enter(t, o, "9003")
	type page struct {
		Items []struct {
			At, Actor, Action, From string
			Detail                  map[string]any
		}
	}
	for topic, want := range map[string]string{
		"paper": "[何映雪 paper-download 127.0.0.1 何映雪 paper-print 127.0.0.1]", "register": "[何映雪 export 127.0.0.1]", "statistics": "[何映雪 export 127.0.0.1]",
		"admin": "[" + o.Directory().Name(o.Directory().ByUsername("9001").ID) + " unlock 127.0.0.1]",
	} {
		var got []string
		for _, l := range get[page](auditor, "/admin/log?topic="+topic).Items {
			if got = append(got, l.Actor, l.Action, l.From); l.At == "" || strings.Contains(fmt.Sprint(l.Detail), "供暖") {
				t.Errorf("%s记的是%+v", topic, l)
			}
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%s记的是%v，应是%s", topic, got, want)
		}
	}
}
