package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/chengqi-oa/chengqi/internal/app/api"
	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/app/scaffold"
	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// visitor 来访者 is somebody logged in through HTTP.
type visitor struct {
	t    *testing.T
	base string
	http *http.Client
}

func enter(t *testing.T, o *apptest.Office, number string) *visitor {
	t.Helper()
	server := httptest.NewServer(api.New(o.App, fstest.MapFS{}, api.Options{}))
	t.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{t, server.URL + "/api/v1", &http.Client{Jar: jar}}
	v.do(http.MethodPost, "/session", map[string]string{"username": number, "password": apptest.Password}, http.StatusOK)
	return v
}

func (v *visitor) do(method, path string, in any, want int) []byte {
	v.t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		v.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(v.t.Context(), method, v.base+path, bytes.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := v.http.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	out, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	if res.StatusCode != want {
		v.t.Fatalf("%s %s 应答 %d：%s", method, path, res.StatusCode, out)
	}
	return out
}

func get[T any](v *visitor, path string) T {
	v.t.Helper()
	var out T
	if err := json.Unmarshal(v.do(http.MethodGet, path, nil, http.StatusOK), &out); err != nil {
		v.t.Fatal(err)
	}
	return out
}

type figures struct {
	Months   []figureLine
	ByUnit   []figureLine `json:"by_unit"`
	ByKind   []figureLine `json:"by_kind"`
	ByPerson []figureLine `json:"by_person"`
}

type figureLine struct {
	Key, Name                    string
	Received, Closed, Late, Open int
	OnTime                       int `json:"on_time"`
	Overdue                      int
	Rate                         *float64
	AverageHours                 float64 `json:"average_hours"`
}

func (f figures) of(t *testing.T, kind string) figureLine {
	t.Helper()
	i := slices.IndexFunc(f.ByKind, func(k figureLine) bool { return k.Key == kind })
	if i < 0 {
		t.Fatalf("统计里没有 %s：%+v", kind, f.ByKind)
	}
	return f.ByKind[i]
}

// fiveLoans: one finished in time, one late, one open past its time, one struck out, one still being filled in.
func fiveLoans(t *testing.T, o *apptest.Office) {
	t.Helper()
	text, err := scaffold.Write(scaffold.Subject{Kind: "key-loan", Name: "钥匙借用", Group: "后勤"})
	if err != nil {
		t.Fatal(err)
	}
	enter(t, o, "9001").do(http.MethodPut, "/admin/procedures/key-loan", map[string]string{"source": text}, http.StatusOK)
	ask := func() db.ID {
		m := o.Create("3302", "key-loan", nil)
		o.Do("3302", m, "submit", apptest.Fields{"subject": "借用档案室钥匙"})
		return m
	}
	inTime, late, _, void := ask(), ask(), ask(), ask()
	o.Create("3302", "key-loan", nil)
	o.Do("1010", void, "void", nil, "不借了")
	o.Advance(6 * time.Hour)
	o.Do("3301", inTime, "agree", nil)
	o.Advance(10 * 24 * time.Hour)
	o.Do("3301", late, "agree", nil)
}

func Test_统计分到每一类并且点得到登记簿的行(t *testing.T) { // DOC-IN-37, OA-09, ORG-25, OTH-24
	o := apptest.Open(t)
	fiveLoans(t, o)
	head := enter(t, o, "3301")
	all := get[figures](head, "/statistics")
	k := all.of(t, "key-loan")
	if k.Name != "钥匙借用" || k.Received != 3 || k.Closed != 2 || k.OnTime != 1 || k.Late != 1 || k.Open != 1 || k.Overdue != 1 {
		t.Errorf("钥匙借用：%+v", k)
	}
	if k.Rate == nil || *k.Rate != 50 || k.AverageHours != (6+6+240)/2.0 {
		t.Errorf("率和平均用时：%v %v", k.Rate, k.AverageHours)
	}
	for state, want := range map[string]int{"late": k.Overdue, "closed-late": k.Late, "closed": k.Closed} {
		page := get[struct{ Total int }](head, "/registers/key-loan?state="+state)
		if page.Total != want {
			t.Errorf("登记簿 %s 有 %d 行，统计说 %d", state, page.Total, want)
		}
	}
	for by, lines := range map[string][]figureLine{"kind": all.ByKind, "unit": all.ByUnit, "month": all.Months, "person": all.ByPerson} {
		for _, l := range lines {
			for what, want := range map[string]int{"received": l.Received, "closed": l.Closed, "on_time": l.OnTime, "late": l.Late, "open": l.Open, "overdue": l.Overdue} {
				page := get[struct{ Total int }](head, "/statistics/lines?what="+what+"&"+by+"="+l.Key)
				if page.Total != want {
					t.Errorf("%s %s 的 %s 有 %d 行，统计说 %d", by, l.Name, what, page.Total, want)
				}
			}
		}
	}
	if year := get[figures](head, "/statistics?year=2025"); slices.ContainsFunc(year.ByKind, func(k figureLine) bool { return k.Received+k.Closed > 0 }) {
		t.Errorf("上一年还没有这些事：%+v", year.ByKind)
	}
}

func Test_统计可以只看一类(t *testing.T) {
	o := apptest.Open(t)
	fiveLoans(t, o)
	head := enter(t, o, "3301")
	one := get[figures](head, "/statistics?kind=key-loan")
	if m := one.Months[10]; m.Received != 3 || m.Closed != 2 || m.Late != 1 {
		t.Errorf("十一月：%+v", m)
	}
	if len(one.ByUnit) != 1 {
		t.Errorf("科室：%+v", one.ByUnit)
	}
	if none := get[figures](head, "/statistics?kind=incoming"); none.Months[10].Closed != 0 || len(none.ByUnit) != 0 {
		t.Errorf("没有收文，却统计出 %+v", none)
	}
	if others := get[figures](enter(t, o, "3207"), "/statistics"); len(others.ByKind) != 0 {
		t.Errorf("看不到的事项也统计了：%+v", others.ByKind)
	}
}

func Test_各类统计表导出为表格(t *testing.T) {
	o := apptest.Open(t)
	fiveLoans(t, o)
	file, err := excelize.OpenReader(bytes.NewReader(enter(t, o, "3301").do(http.MethodGet, "/statistics/kind/table.xlsx", nil, http.StatusOK)))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := file.GetRows(file.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(rows, func(r []string) bool { return slices.Contains(r, "钥匙借用") })
	if i < 0 || !strings.Contains(strings.Join(rows[i], " "), "钥匙借用 3 2 1 1 1 1 50") {
		t.Errorf("表格里是 %v", rows)
	}
	if page := get[figures](enter(t, o, "3301"), "/statistics"); len(page.ByKind) != 1 {
		t.Errorf("页面上有 %d 类，表格里有 1 类", len(page.ByKind))
	}
	late, err := excelize.OpenReader(bytes.NewReader(enter(t, o, "3301").do(http.MethodGet, "/statistics/lines.xlsx?what=overdue", nil, http.StatusOK)))
	if err != nil {
		t.Fatal(err)
	}
	if rows, err = late.GetRows(late.GetSheetName(0)); err != nil || !strings.Contains(strings.Join(slices.Concat(rows...), " "), "借用档案室钥匙") {
		t.Errorf("逾期在办清单：%v %v", rows, err)
	}
	enter(t, o, "9001").do(http.MethodGet, "/statistics/kind/table.xlsx", nil, http.StatusForbidden)
}
