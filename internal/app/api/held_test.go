package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// What the rules ask of accounts, of the record and of the figures of what is issued.

// keepPasswords makes the passwords new again, so that a test may look in much later.
func keepPasswords(t *testing.T, o *apptest.Office) {
	t.Helper()
	err := o.DB.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE accounts SET password_at = ?`, tx.Now)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func Test_未清退的不能停用清退后停用即退出登录(t *testing.T) { // BORROW-12, OA-22
	o := apptest.Open(t)
	m := o.Create("2301", "document-loan", nil)
	o.Do("2301", m, "submit", apptest.Fields{"title": "会议材料", "secrecy": "无", "count": 1, "reason": "起草总结", "term": "1天", "place": "本人办公室"})
	o.Do("3102", m, "agree", nil)
	o.Do("3102", m, "lend", apptest.Fields{"pages": 24})
	borrower, admin := enter(t, o, "2301"), enter(t, o, "9001")
	borrower.do(http.MethodGet, "/me", nil, http.StatusOK)
	off := "/admin/people/" + o.Person("2301") + "/disable"
	if said := string(admin.do(http.MethodPost, off, nil, http.StatusUnprocessableEntity)); !strings.Contains(said, "BORROW-12") {
		t.Errorf("没有清退就停用，回答是%s", said)
	}
	borrower.do(http.MethodGet, "/me", nil, http.StatusOK)
	o.Do("3102", m, "take-back", apptest.Fields{"condition": "完好", "pages_back": 24})
	admin.do(http.MethodPost, off, nil, http.StatusOK)
	borrower.do(http.MethodGet, "/me", nil, http.StatusUnauthorized)
	borrower.do(http.MethodPost, "/session", map[string]string{"username": "2301", "password": apptest.Password}, http.StatusUnauthorized)
	for _, number := range []string{"3301", "9002", "9003"} { // nobody else opens or withdraws accounts
		v := enter(t, o, number)
		v.do(http.MethodPost, "/admin/people", map[string]any{"username": "77", "name": "新来的", "unit": o.Unit("行政科")}, http.StatusForbidden)
		v.do(http.MethodPost, off, nil, http.StatusForbidden)
	}
}

func Test_操作日志半年后仍在没有口子删改(t *testing.T) { // OA-29
	o := apptest.Open(t)
	type line struct{ At, Topic, Actor, Action string }
	type page struct{ Items []line }
	enter(t, o, "3302").do(http.MethodPost, "/session", map[string]string{"username": "3302", "password": "不对的密码"}, http.StatusUnauthorized)
	before := get[page](enter(t, o, "9003"), "/admin/log?q=3302").Items
	if len(before) != 2 || before[0].Action == before[1].Action || before[0].At == "" || before[0].Actor != "阮清如" {
		t.Fatalf("一次登录、一次输错，日志是%+v", before)
	}
	o.Until(o.Now().AddDate(0, 7, 0))
	keepPasswords(t, o)
	v := enter(t, o, "9003")
	after := get[page](v, "/admin/log?q=3302&to=2026-12-31").Items
	if len(after) != 2 || after[0] != before[0] || after[1] != before[1] {
		t.Errorf("七个月后是%+v，当时是%+v", after, before)
	}
	for _, method := range []string{http.MethodDelete, http.MethodPut, http.MethodPost, http.MethodPatch} {
		v.do(method, "/admin/log", nil, http.StatusNotFound)
	}
	if !get[struct{ OK bool }](v, "/admin/verify").OK {
		t.Error("日志核验不过")
	}
}

func Test_发件按发文机关处室文种月份统计并与上年同月相比(t *testing.T) { // DOC-OUT-36
	o := apptest.Open(t)
	issue := func() {
		m := o.Create("3302", "outgoing", nil)
		o.Do("3302", m, "submit", apptest.Fields{
			"issuer": o.Issuer("临政办"), "doc_kind": "便函", "direction": "平行", "importance": "一般", "secrecy": "无", "urgency": "平件", "scope": "清禾县人民政府办公室",
			"public": "不公开", "public_reason": "内部事务信息", "copies": 2, "breadth": "专项文件", "title": "关于借用除雪设备的函", "recipients": "清禾县人民政府办公室", "body": "现商请借用除雪设备。",
		})
		o.Do("1010", m, "sign", nil)
		o.Do("3103", m, "number", nil)
	}
	issue()
	o.Until(o.Now().AddDate(1, 0, 0))
	issue()
	issue()
	keepPasswords(t, o)
	type months []struct{ Month, Issued int }
	v := enter(t, o, "3103")
	year := get[struct {
		Documents months
		Last      months       `json:"last_documents"`
		ByUnit    []figureLine `json:"by_unit"`
	}](v, "/statistics")
	if year.Documents[10].Issued != 2 || year.Last[10].Issued < 1 {
		t.Errorf("十一月发件%+v，上年同月%+v", year.Documents[10], year.Last[10])
	}
	units := get[figures](v, "/statistics?kind=outgoing").ByUnit
	if len(units) != 1 || units[0].Name != "应急信访科" || units[0].Received != 2 {
		t.Errorf("处室是%+v", units)
	}
	text := string(v.do(http.MethodGet, "/registers/outgoing/tallies", nil, http.StatusOK))
	if !strings.Contains(text, "发文机关与文种") || !strings.Contains(text, "便函") || !strings.Contains(text, "临溪县人民政府办公室") {
		t.Errorf("分项统计是%s", text)
	}
}
