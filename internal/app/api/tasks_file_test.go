package api_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
)

// workbook is a list as it was given out, a line of text each row, from the third on: what stands above is name and period.
func workbook(v *visitor, path string) (about string, lines []string) {
	v.t.Helper()
	file, err := excelize.OpenReader(bytes.NewReader(v.do(http.MethodGet, path, nil, http.StatusOK)))
	if err != nil {
		v.t.Fatal(err)
	}
	rows, err := file.GetRows(file.GetSheetName(0))
	if err != nil || len(rows) < 3 {
		v.t.Fatalf("导出的是%v，%v", rows, err)
	}
	for _, r := range rows[3:] {
		lines = append(lines, strings.TrimSpace(strings.Join(r, " ")))
	}
	return strings.Join(rows[0], "") + "｜" + strings.Join(rows[1], ""), lines
}

// The lists of the workbench leave as registers do: narrowed and in the order of the page, only one's own, with what is
// secret marked and noted, and in the log.
func Test_待办待阅在办已办导出的就是页面上的(t *testing.T) {
	o := apptest.Open(t)
	secret, _ := arrived(t, o, true, "来文.pdf", scanned(t, "人事安排设想"))
	for _, title := range []string{"关于做好冬季供暖工作的通知", "关于校园改造的通知"} {
		m := o.Create("3102", "incoming", apptest.Fields{"sender": "安澜市水利局", "addressee": o.Issuer("临政")})
		o.Do("3102", m, "sign", apptest.Fields{"copies_ok": true, "routing_ok": true, "seal_ok": true})
		o.Do("3102", m, "register", apptest.Fields{"title": title, "doc_date": "2026-11-16", "copies": 2, "pages": 6, "attachment_number": "无"})
	}
	clerk := enter(t, o, "3102")
	about, lines := workbook(clerk, "/tasks/list.xlsx?box=todo&sort=arrived&q="+url.QueryEscape("通知"))
	if len(lines) != 2 || !strings.Contains(lines[0], "校园") || !strings.Contains(lines[1], "供暖") {
		t.Errorf("按到手先后查“通知”，导出的是%v", lines)
	}
	if !strings.Contains(about, "待办清单") || !strings.Contains(about, "查“通知”") {
		t.Errorf("表头是%s", about)
	}
	_, lines = workbook(clerk, "/tasks/list.xlsx?box=todo")
	if got := strings.Join(lines, "\n"); len(lines) != 3 || !strings.Contains(got, "（工作秘密）关于报送下步人事安排设想的函 收文办理 平件 无") {
		t.Errorf("导出的待办是\n%s", got)
	}
	_, lines = workbook(clerk, "/tasks/list.xlsx?box=done&kind=leave")
	if len(lines) != 0 {
		t.Errorf("没有办过请假，却导出了%v", lines)
	}
	if _, lines = workbook(enter(t, o, "3302"), "/tasks/list.xlsx?box=todo"); len(lines) != 0 {
		t.Errorf("别人的待办也导出了：%v", lines)
	}

	o.Do("3102", secret, "add-reader", apptest.Fields{"add_readers": []string{o.Person("3302")}})
	o.Do("3102", secret, "pass", apptest.Fields{"review": []string{"属本机关办理", "符合行文规则", "文种格式正确", "已协商会签", "附件齐全"}})
	for box, want := range map[string]string{"waiting": "拟办", "done": "初审合格，送拟办"} {
		if _, lines = workbook(clerk, "/tasks/list.xlsx?box="+box); !strings.Contains(strings.Join(lines, "\n"), want) {
			t.Errorf("导出的%s没有“%s”：%v", box, want, lines)
		}
	}
	if _, lines = workbook(enter(t, o, "3302"), "/tasks/list.xlsx?box=reading"); len(lines) != 1 || !strings.Contains(lines[0], " 阅 ") {
		t.Errorf("导出的待阅是%v", lines)
	}

	viewings := fmt.Sprint(get[viewingsAnswer](enter(t, o, "1010"), "/matters/"+secret.String()+"/viewings").lines())
	for _, said := range []string{"导出 待办清单", "导出 在办清单", "导出 已办清单", "导出 待阅清单"} {
		if !strings.Contains(viewings, said) {
			t.Errorf("查阅记录没有“%s”：%s", said, viewings)
		}
	}
	log := string(enter(t, o, "9003").do(http.MethodGet, "/admin/log?topic=register", nil, http.StatusOK))
	if !strings.Contains(log, `"list":"待办清单"`) || strings.Contains(log, "人事安排") {
		t.Errorf("操作日志是%s", log)
	}
	enter(t, o, "9001").do(http.MethodGet, "/tasks/list.xlsx", nil, http.StatusForbidden)
	clerk.do(http.MethodGet, "/tasks/list.xlsx?box=done&from=昨天", nil, http.StatusUnprocessableEntity)
}
