package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/workday"
)

// The people through whose hands an issued document passes.
const (
	reviewerNumber   = "2202" // 池若溪
	dispatcherNumber = "3103" // 倪承远, who keeps the seals as well
	printerNumber    = "3104" // 古素华
)

// repertoire is the year's documents in a fixed mixed order.
func (h *history) repertoire() []genre {
	var all []genre
	for _, g := range genres() {
		for range g.times {
			all = append(all, g.genre)
		}
	}
	h.rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// issueMonth writes the documents that get their number in a month.
func (h *history) issueMonth(m time.Month, list []genre) []deed {
	open := h.workdays(m)
	first, last := 1, len(open)-1
	switch {
	case m == time.January:
		first = 6 // drafting takes days, and the year's books open in January
	case h.year == present.Year() && m == presentMonth:
		last = len(open) - 4 // so that all are out before the present
	}
	var out []deed
	for i, g := range list {
		day := h.days.moved(open[first+i*(last-first)/len(list)])
		out = append(out, h.issue(fmt.Sprintf("H-OUT-%d-%02d-%03d", h.year, m, i+1), g, day.At(clock("14:30")))...)
	}
	return out
}

// issued 发文 is one document of the history on its way from draft to file.
type issued struct {
	plan
	h     *history
	at    time.Time // when the last deed was done
	genre genre
	theme theme
	by    string // the drafter
	list  rows   // 分发清单
	total int    // copies to be given out

	public string // 公开属性
}

// kept 留存份数 for the files, of every document.
const kept = 2

// issue writes the course of one document that is to be numbered about the given time.
func (h *history) issue(name string, g genre, numbered time.Time) []deed {
	d := &issued{plan: plan{matter: name}, h: h, genre: g, theme: h.theme(numbered.Month(), nil)}
	d.by = h.one("2102", "2402", "2302")
	if g.issuer != "临委办" {
		d.by = h.one("3302", "3103", "2402", "3204")
	}
	if g.theme != "" {
		d.theme, d.by = h.themes[slices.IndexFunc(h.themes, func(t theme) bool { return t.name == g.theme })], g.drafter
	}
	before := []time.Duration{h.minutes(120, 400), h.minutes(60, 240), h.minutes(90, 300), h.minutes(10, 35), h.minutes(60, 300)}
	var whole time.Duration
	for _, b := range before {
		whole += b
	}
	d.at = h.cal.Before(numbered, workday.Limit{N: int(whole / time.Hour), Unit: workday.WorkHours}).At
	d.draft()
	d.later(before[0])
	d.step(d.by, "submit", nil)
	if g.kind == "便函" {
		d.soon()
		d.step(governmentDirector, "sign", nil, "同意，发。")
	} else {
		d.approve(before[1:])
	}
	d.produce()
	return d.deeds
}

func (d *issued) step(who, action string, f fields, opinion ...string) {
	d.do(d.at, who, action, f, opinion...)
}

// later lets working time pass; soon lets some minutes pass within the same half day, as half-day limits ask.
func (d *issued) later(working time.Duration) { d.at = worked(d.h.cal, d.at, working) }

func (d *issued) soon() {
	hours, day := d.h.cal.Hours(), workday.DayOf(d.at)
	end := day.At(hours.Noon)
	if d.at.After(end) {
		end = day.At(hours.Close)
	}
	d.at = d.at.Add(min(d.h.minutes(8, 30), end.Sub(d.at)*2/3))
}

func (d *issued) draft() {
	h, g := d.h, d.genre
	asker := h.one("枫渡镇人民政府", "苇汀乡人民政府", "县水利局", "县教育局", "县财政局")
	fill := strings.NewReplacer("{单位}", asker)
	d.list = rows{}
	for _, to := range receivers(g, asker) {
		copies := 2 + h.rng.IntN(5)
		d.total += copies
		d.list = append(d.list, fields{"unit": to, "copies": copies, "channel": h.one("集中交换", "集中交换", "直接递送", "单位自取")})
	}
	d.public = h.one("公开", "依申请公开", "不公开")
	d.begin(d.at, d.by, "outgoing", fields{
		"issuer": issuer(g.issuer), "doc_kind": g.kind, "direction": g.direction, "importance": "一般", "secrecy": "无", "urgency": "平件",
		"scope": fill.Replace(g.recipients), "public": d.public, "public_reason": publicReasons[d.public], "copies": d.total + kept, "breadth": "专项文件",
		"title": fill.Replace(fmt.Sprintf(g.title, d.theme.name)), "recipients": fill.Replace(g.recipients),
		"body": fmt.Sprintf(g.body, d.theme.name),
	})
}

func receivers(g genre, asker string) []string {
	switch g.kind {
	case "批复":
		return []string{asker, "县财政局"}
	case "便函":
		return []string{"清禾县人民政府办公室"}
	}
	return []string{"枫渡镇人民政府", "苇汀乡人民政府", "县水利局", "县教育局", "县财政局"}
}

func (d *issued) approve(gaps []time.Duration) {
	d.later(gaps[0])
	d.step(d.head(), "agree", nil, "同意，请校核。")
	d.later(gaps[1])
	d.step(reviewerNumber, "pass", fields{"merge_answer": "不能合并也不能再精简", "checklist": checklist, "points": points}, "已核，请审。")
	d.soon()
	director, signer := governmentDirector, d.theme.leader
	f := fields{"signer": person(signer)}
	switch d.genre.issuer {
	case "临委办":
		director, signer, f = partyDirector, partyDirector, nil
	case "临政办":
		signer, f = governmentDirector, nil
	}
	d.step(director, "agree", f, "请签发。")
	d.later(gaps[3])
	d.step(signer, "sign", nil, d.h.one("同意，发。", "同意印发。", "同意，请抓紧印发。"))
	d.soon()
	d.step(reviewerNumber, "pass", fields{"recheck": rechecked})
}

// head is who checks the draft in its own section; a head's own draft would go to the leader in charge.
func (d *issued) head() string {
	for _, s := range seats() {
		if s.number == d.by {
			return headOf(s.unit)
		}
	}
	return ""
}

// produce numbers, prints, seals and sends the document, and files it when everyone has signed.
func (d *issued) produce() {
	h := d.h
	d.soon()
	d.step(dispatcherNumber, "number", nil)
	if d.genre.kind != "便函" {
		d.later(h.minutes(60, 240))
		d.step(printerNumber, "typeset", nil)
		d.soon()
		d.step(d.by, "agree", nil)
		d.later(h.minutes(60, 240))
		d.step(printerNumber, "print", fields{"printed_copies": d.total + kept + 1})
		d.soon()
		d.step(dispatcherNumber, "seal", fields{"sealed_copies": d.total + kept})
		d.soon()
		d.step(dispatcherNumber, "pass", fields{"product": inspected})
	}
	d.later(h.minutes(30, 120))
	d.step(dispatcherNumber, "hand-out", fields{"distribution": d.list, "kept_copies": kept})
	d.later(h.minutes(120, 420))
	d.step(dispatcherNumber, "all-signed", fields{"distribution": d.signedList()})
	d.later(h.minutes(60, 300))
	d.step(dispatcherNumber, "close", fields{"materials": picks{"定稿", "正本", "有关材料", "电子件"}, "pages": 2 + h.rng.IntN(3)})
	if d.public == "公开" {
		d.publish()
	}
}

// publicReasons says why a document is not simply open (OPEN-19).
var publicReasons = map[string]string{"公开": "应主动公开", "依申请公开": "只涉及特定对象", "不公开": "内部管理事务"}

// publish takes what the document began through its review onto the web site, well within the twenty days (OPEN-06);
// what closed in the last days before the present is still to be done.
func (d *issued) publish() {
	matter := d.matter
	d.matter += "/disclosure"
	defer func() { d.matter = matter }()
	steps := []struct {
		who, action string
		f           fields
	}{
		{d.by, "submit", fields{"subject": "政策文件", "channel": picks{"政府网站"}}},
		{secrecyNumber, "pass", fields{"secret_free": true, "review_basis": "不涉及国家秘密和工作秘密"}},
		{d.by, "publish", fields{"address": "政府网站·政策文件"}},
	}
	for _, s := range steps {
		d.later(200 * time.Minute)
		if d.at.After(d.h.days.moved(present).At(clock("09:00"))) {
			return
		}
		if s.action == "publish" {
			s.f["published_on"] = dayOf(d.at).String()
		}
		d.step(s.who, s.action, s.f)
	}
}

func (d *issued) signedList() rows {
	names := map[string]string{"枫渡镇人民政府": "梅景川", "苇汀乡人民政府": "骆行舟", "县水利局": "项临渊", "县教育局": "庄静姝", "县财政局": "柯远航"}
	out := make(rows, len(d.list))
	for i, row := range d.list {
		name := names[row["unit"].(string)]
		if name == "" {
			name = "收发室"
		}
		out[i] = fields{
			"unit": row["unit"], "copies": row["copies"], "channel": row["channel"], "receiver": name,
			"received_at": d.at.Add(-20 * time.Minute).Format(time.RFC3339),
		}
	}
	return out
}
