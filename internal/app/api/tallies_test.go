package api_test

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
)

type counted struct {
	Items []struct {
		Name  string
		Lines []struct {
			Name  string
			Total float64
		}
	}
	Rates []struct {
		Name   string
		Clause string
		Target float64
		Most   *float64
		Lines  []struct {
			Name        string
			Whole, Part int
			Percent     float64
			Missed      bool
		}
	}
}

// calls: three calls to two units; one of the first unit's two is settled, and its caller is content.
func calls(o *apptest.Office) (settled db.ID) {
	for i, unit := range []string{"行政科", "行政科", "督查科"} {
		m := o.Create("3302", "hotline", apptest.Fields{
			"caller": "城东居民", "phone": "0000-6300001", "title": "路灯不亮", "content": "路灯不亮", "subject": "市容环卫", "recording": "L-1", "lead_unit": o.Unit(unit),
		})
		o.Do("3302", m, "dispatch", nil)
		if i > 0 {
			continue
		}
		o.Do("3201", m, "sign", nil)
		now := o.Now().Format(time.RFC3339)
		o.Do("3201", m, "finish", apptest.Fields{"result": "已修", "resolved": "已解决", "replied_at": now, "reply": "已修"})
		o.Do("3302", m, "satisfied", apptest.Fields{"visited_at": now, "satisfied": "满意"})
		settled = m
	}
	return settled
}

func Test_诉求统计分单位类别月份并列出未达标(t *testing.T) { // TEL-12, TEL-14
	o := apptest.Open(t)
	calls(o)
	head := enter(t, o, "1007")
	page := get[counted](head, "/registers/hotline/tallies")
	var totals, rates []string
	for _, i := range page.Items {
		for _, l := range i.Lines {
			totals = append(totals, fmt.Sprintf("%s·%s %.0f", i.Name, l.Name, l.Total))
		}
	}
	for _, r := range page.Rates {
		for _, l := range r.Lines {
			rates = append(rates, fmt.Sprintf("%s·%s %d/%d %.1f%% %v %.0f", r.Name, l.Name, l.Part, l.Whole, l.Percent, l.Missed, r.Target))
		}
	}
	for _, want := range []string{"单位受理·行政科 2", "单位受理·督查科 1", "类别受理·市容环卫 3", "月份受理·2026-11 3"} {
		if !slices.Contains(totals, want) {
			t.Errorf("没有“%s”：%v", want, totals)
		}
	}
	for _, want := range []string{"单位办结率·行政科 1/2 50.0% true 85", "单位办结率·督查科 0/1 0.0% true 85", "单位办结率·合计 1/3 33.3% true 85", "单位满意率·行政科 1/1 100.0% false 0"} {
		if !slices.Contains(rates, want) {
			t.Errorf("没有“%s”：%v", want, rates)
		}
	}
	exports(t, head, "/registers/hotline/tallies.xlsx", "单位办结率 行政科 1/2，未达 85% 50")
	if others := get[counted](enter(t, o, "3207"), "/registers/hotline/tallies"); len(others.Items[0].Lines) != 0 || others.Rates[0].Lines[0].Whole != 0 { // SEC-30
		t.Errorf("看不到的诉求也统计了：%+v", others)
	}
}

func Test_差错率以各类办件量为分母目标为零(t *testing.T) { // OTH-07
	o := apptest.Open(t)
	calls(o)
	o.Create("3302", "hotline", apptest.Fields{"title": "还在填，不算办件"})
	wrong := o.Create("3201", "error-record", apptest.Fields{
		"title": "接件登错了街道", "kind_of": "误事", "work": "办事", "link": "登记", "at_fault": o.Person("3201"), "effect": "内部返工", "found_at": o.Now().Format(time.RFC3339),
	})
	o.Do("3201", wrong, "submit", nil)
	head := enter(t, o, "1007")
	rate := get[counted](head, "/registers/error-record/tallies").Rates[0]
	var got []string
	for _, l := range rate.Lines {
		got = append(got, fmt.Sprintf("%s %d/%d %.2f%% %v", l.Name, l.Part, l.Whole, l.Percent, l.Missed))
	}
	want := []string{"督查科 0/1 0.00% false", "行政科 1/2 50.00% true", "合计 1/3 33.33% true"} // the error itself and what is still being filled in count for nothing
	slices.Sort(got[:len(got)-1])
	slices.Sort(want[:2])
	if rate.Name != "差错率" || rate.Most == nil || *rate.Most != 0 || !slices.Equal(got, want) {
		t.Errorf("差错率是%v %v", rate.Most, got)
	}
	exports(t, head, "/registers/error-record/tallies.xlsx", "差错率 行政科 1/2，超过 0% 50")
}

// exports looks for a line in a workbook, its cells put together with spaces.
func exports(t *testing.T, d *visitor, path, want string) {
	t.Helper()
	file, err := excelize.OpenReader(bytes.NewReader(d.do(http.MethodGet, path, nil, http.StatusOK)))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := file.GetRows(file.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(rows, func(r []string) bool { return strings.Contains(strings.Join(r, " "), want) }) {
		t.Errorf("导出的没有“%s”：%v", want, rows)
	}
}

// paperless is the line for all units of the rate of what was settled without paper.
func paperless(t *testing.T, page counted) string {
	t.Helper()
	for _, r := range page.Rates {
		if r.Name == "无纸化比例" && r.Clause == "OA-07" {
			all := r.Lines[len(r.Lines)-1]
			return fmt.Sprintf("%d/%d", all.Part, all.Whole)
		}
	}
	t.Fatalf("没有无纸化比例：%+v", page.Rates)
	return ""
}

func Test_纸质办理的标明补登不计入无纸化比例(t *testing.T) { // OA-07
	o := apptest.Open(t)
	head := enter(t, o, "1007")
	settled := calls(o) // of the three one is settled
	if got := paperless(t, get[counted](head, "/registers/hotline/tallies")); got != "1/1" {
		t.Errorf("网上办结的算成了%s", got)
	}
	o.RefusedBecause("没有填写", "3302", settled, "on-paper", nil)
	if o.Offers("3201", settled)["on-paper"].Allowed {
		t.Error("经办科室也能标为纸质补登")
	}
	o.Do("3302", settled, "on-paper", apptest.Fields{"paper_record": "停电断网时办理"})
	if got := paperless(t, get[counted](head, "/registers/hotline/tallies")); got != "0/1" {
		t.Errorf("纸质补登后算成了%s", got)
	}
	if _, offered := o.Offers("3302", settled)["on-paper"]; offered {
		t.Error("标过的还能再标")
	}
	entered := o.Create("3302", "phone-record", nil)
	o.Do("3302", entered, "on-paper", apptest.Fields{"paper_record": "启用前办理的补录"}) // marked while it is entered
}
