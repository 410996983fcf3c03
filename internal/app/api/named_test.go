package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
)

type choices struct {
	Items []struct{ ID, Title string }
}

// 3207 is no colleague of the clerk who registers; 2502 keeps the secret carriers.
const stranger, keeper = "3207", "2502"

func Test看不到的事项和附件写进自己的事项也看不到(t *testing.T) { // SEC-30
	o := apptest.Open(t)
	hidden, scan := arrived(t, o, true, "来文.pdf", scanned(t, "人事安排设想"))
	outsider := enter(t, o, stranger)
	outsider.do(http.MethodGet, "/matters/"+hidden.String(), nil, http.StatusNotFound)
	for name, body := range map[string]any{
		"立件时点名":  map[string]any{"kind": "document-loan", "fields": map[string]any{"source": hidden}},
		"立件时带附件": map[string]any{"kind": "request-report", "fields": map[string]any{"title": "试探", "files": []any{scan}}},
	} {
		if said := string(outsider.do(http.MethodPost, "/matters", body, http.StatusUnprocessableEntity)); strings.Contains(said, "人事安排") {
			t.Errorf("%s：拒绝的话里有标题：%s", name, said)
		}
	}
	mine := o.Create(stranger, "request-report", apptest.Fields{"title": "我的请示"})
	o.Refused(stranger, mine, "submit", apptest.Fields{"files": []any{scan.String()}})
	if found := get[map[string]any](outsider, "/search?q=人事安排设想"); found["total"] != 0.0 {
		t.Errorf("检索到别人附件里的字：%v", found)
	}
	// 看得到的人照常办：借自己登记的件，引用自己看得到的附件。
	clerk := enter(t, o, "3102")
	clerk.do(http.MethodPost, "/matters", map[string]any{"kind": "document-loan", "fields": map[string]any{"source": hidden}}, http.StatusCreated)
	clerk.do(http.MethodPost, "/matters", map[string]any{"kind": "request-report", "fields": map[string]any{"title": "报告", "files": []any{scan}}}, http.StatusCreated)
}

func Test别人刚上传还没有用的附件不能写进自己的事项(t *testing.T) {
	o := apptest.Open(t)
	clerk := o.Directory().ByUsername("3102")
	f, err := o.Files.Put(t.Context(), o.DB, clerk.Agency, clerk.ID, "来文.txt", strings.NewReader("人事安排设想"))
	if err != nil {
		t.Fatal(err)
	}
	body := map[string]any{"kind": "request-report", "fields": map[string]any{"title": "试探", "files": []any{f.ID}}}
	said := enter(t, o, stranger).do(http.MethodPost, "/matters", body, http.StatusUnprocessableEntity)
	if !strings.Contains(string(said), "不是您上传的") {
		t.Errorf("拒绝的话是 %s", said)
	}
	enter(t, o, "3102").do(http.MethodPost, "/matters", body, http.StatusCreated)
}

func Test涉密载体只有管的人和知悉范围内的人选得到(t *testing.T) { // SEC-35, DOC-CIR-15
	o := apptest.Open(t)
	carrier := o.Create(keeper, "carrier", apptest.Fields{
		"code": "机-11", "level": "秘密", "made_on": "2026-11-16", "years": 5, "origin": "安澜市有关单位", "way": "机要交换",
		"received_on": "2026-11-18", "location": "1号柜", "scope": o.People("2402"),
	})
	o.Do(keeper, carrier, "register", nil)
	for number, want := range map[string]int{keeper: 1, "2402": 1, stranger: 0, "3102": 0} {
		v := enter(t, o, number)
		if got := get[choices](v, "/things/carrier"); len(got.Items) != want {
			t.Errorf("%s选得到%+v，应有%d件", number, got.Items, want)
		}
		if said := v.do(http.MethodGet, "/stock/carrier", nil, http.StatusNotFound); strings.Contains(string(said), "机-11") {
			t.Errorf("%s在库存里看到%s", number, said)
		}
		status := http.StatusCreated
		if want == 0 {
			status = http.StatusUnprocessableEntity
		}
		v.do(http.MethodPost, "/matters", map[string]any{"kind": "carrier-copy", "fields": map[string]any{"carrier": carrier}}, status)
	}
}
