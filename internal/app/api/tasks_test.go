package api_test

import (
	"net/url"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// What is open is found by words of its title, its numbers or whom it came from, whatever the brackets and the case; what is
// done is found by every word of it, and by the days on which one did it.
func Test_待办已办按字查(t *testing.T) {
	o := apptest.Open(t)
	var heating db.ID
	for _, in := range []struct{ sender, title, number string }{
		{"安澜市水利局", "关于做好冬季供暖工作的通知", "安水〔2026〕61号"},
		{"安澜市教育局", "关于校园IPv6改造的通知", "安教〔2026〕7号"},
	} {
		m := o.Create("3102", "incoming", apptest.Fields{"sender": in.sender, "addressee": o.Issuer("临政")})
		o.Do("3102", m, "sign", apptest.Fields{"copies_ok": true, "routing_ok": true, "seal_ok": true})
		o.Do("3102", m, "register", apptest.Fields{"title": in.title, "sender_number": in.number, "doc_date": "2026-11-16", "copies": 2, "pages": 6, "attachment_number": "无", "summary": "锅炉检修"})
		if heating == 0 {
			heating = m
		}
	}
	type page struct {
		Total int
		Items []struct{ Matter struct{ Title string } }
	}
	v := enter(t, o, "3102")
	for _, c := range []struct {
		box, said, more string
		want            int
	}{
		{"todo", "", "", 2},
		{"todo", "供暖", "", 1},
		{"todo", "暖", "", 1},
		{"todo", "水利局 供暖", "", 1},
		{"todo", "教育局 供暖", "", 0},
		{"todo", "安教[2026]7号", "", 1},
		{"todo", "ipv6", "", 1},
		{"todo", "通知", "&kind=leave", 0},
		{"todo", "锅炉", "", 0}, // of the text, not of its title
		{"todo", "100%_", "", 0},
		{"done", "锅炉", "", 2},
		{"done", "供暖", "&from=" + o.Now().Format("2006-01-02"), 1},
		{"done", "", "&to=" + o.Now().AddDate(0, 0, -1).Format("2006-01-02"), 0},
	} {
		got := get[page](v, "/tasks?box="+c.box+"&q="+url.QueryEscape(c.said)+c.more)
		if got.Total != c.want || len(got.Items) != c.want {
			t.Errorf("%s 查“%s”%s：共 %d 件，列出 %d 件，应有 %d 件", c.box, c.said, c.more, got.Total, len(got.Items), c.want)
		}
	}
	o.Do("3102", heating, "pass", apptest.Fields{"review": []string{"属本机关办理", "符合行文规则", "文种格式正确", "已协商会签", "附件齐全"}})
	for said, want := range map[string]int{"供暖": 1, "水利局 2026 61": 1, "校园": 0} {
		if got := get[page](v, "/tasks?box=waiting&q="+url.QueryEscape(said)); got.Total != want || len(got.Items) != want {
			t.Errorf("在办查“%s”：共 %d 件，应有 %d 件", said, got.Total, want)
		}
	}
}
