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
		Lines  []struct {
			Name        string
			Whole, Part int
			Percent     float64
			Low         bool
		}
	}
}

// calls: three calls to two units; one of the first unit's two is settled, and its caller is content.
func calls(o *apptest.Office) {
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
	}
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
			rates = append(rates, fmt.Sprintf("%s·%s %d/%d %.1f%% %v %.0f", r.Name, l.Name, l.Part, l.Whole, l.Percent, l.Low, r.Target))
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
	file, err := excelize.OpenReader(bytes.NewReader(head.do(http.MethodGet, "/registers/hotline/tallies.xlsx", nil, http.StatusOK)))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := file.GetRows(file.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(rows, func(r []string) bool {
		return strings.Contains(strings.Join(r, " "), "单位办结率 行政科 1/2，未达 85% 50")
	}) {
		t.Errorf("导出的是%v", rows)
	}
	if others := get[counted](enter(t, o, "3207"), "/registers/hotline/tallies"); len(others.Items[0].Lines) != 0 || others.Rates[0].Lines[0].Whole != 0 { // SEC-30
		t.Errorf("看不到的诉求也统计了：%+v", others)
	}
}
