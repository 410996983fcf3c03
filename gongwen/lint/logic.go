package lint

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// logicRules 逻辑一致: places of one document that contradict each other.
func logicRules() *chapter {
	return &chapter{"逻辑一致", practice, []rule{
		{"L001", Warn, ByText, "电话号码的位数不合", "", phoneDigits},
		{"L005", Error, ByText, "表格与正文的数字不一致", regulation + "第二十条", tableCount},
		{"L006", Error, ByText, "同一会议、活动的时间前后不一", "", eventDay},
		{"L007", Error, ByText, "起止时间颠倒", "", spanReversed},
		{"L008", Info, ByDictionary, "责任单位不在机构名录内", "", unitsKnown},
	}}
}

var (
	landline = regexp.MustCompile(`(?:^|[^0-9\-])(0[0-9]{2,3}[-—－ ]?)([0-9]{1,12})(?:$|[^0-9])`)
	mobile   = regexp.MustCompile(`(?:手机|电话|联系方式)(?:号码)?[：:]?[ 　]?(1[3-9][0-9]{6,12})(?:$|[^0-9\-])`)
)

func phoneDigits(p *paper) {
	for s := range p.within(inAll) {
		if !strings.Contains(s.text, "电话") && !strings.Contains(s.text, "传真") && !strings.Contains(s.text, "手机") && !strings.Contains(s.text, "联系方式") {
			continue
		}
		for _, m := range landline.FindAllStringSubmatchIndex(s.text, -1) {
			if !strings.ContainsAny(s.text[m[2]:m[3]], "-—－ ") {
				continue
			}
			if n := m[5] - m[4]; n < 7 || n > 8 {
				p.at(s, m[2], m[5], "")
			}
		}
		for _, m := range mobile.FindAllStringSubmatchIndex(s.text, -1) {
			if m[3]-m[2] != 11 {
				p.at(s, m[2], m[3], "")
			}
		}
	}
}

var countInTable = regexp.MustCompile(`([0-9]+)(?:处|个|户|项|家|名|人|件|条)[^。；0-9]{0,8}[（(]?(?:详)?见附[件表]([0-9]?)`)

// tableCount compares “12处（见附件1）” with the last 序号 of the one table there.
func tableCount(p *paper) {
	if len(p.doc.Attachments) == 0 {
		return
	}
	for _, s := range p.body {
		for _, m := range countInTable.FindAllStringSubmatchIndex(s.text, -1) {
			n := max(number(group(s.text, m, 2)), 1)
			if n > len(p.doc.Attachments) {
				continue
			}
			rows, ok := serials(p.doc.Attachments[n-1].Blocks)
			if said := number(group(s.text, m, 1)); ok && rows != said {
				p.at(s, m[2], m[3], "正文写作"+itoa(said)+"，附表列有"+itoa(rows))
			}
		}
	}
}

// serials counts the rows of a sole table whose first column is 序号 and runs 1, 2, 3 to its end.
func serials(blocks []gongwen.Block) (int, bool) {
	var table *gongwen.Table
	for _, b := range blocks {
		if b.Table != nil {
			if table != nil {
				return 0, false
			}
			table = b.Table
		}
	}
	if table == nil || len(table.Rows) < 2 || len(table.Rows[0]) == 0 || bare(table.Rows[0][0]) != "序号" {
		return 0, false
	}
	for i, row := range table.Rows[1:] {
		if len(row) == 0 || number(row[0]) != i+1 {
			return 0, false
		}
	}
	return len(table.Rows) - 1, true
}

var (
	monthDay = regexp.MustCompile(`([0-9]{1,2})月([0-9]{1,2})日`)
	heldOn   = regexp.MustCompile(`(?:定于|将于|拟于|兹定于)(?:[0-9]{4}年)?([0-9]{1,2})月([0-9]{1,2})日[^。；]{0,24}?(?:召开|举行|举办|开展)`)
)

func eventDay(p *paper) {
	title := monthDay.FindStringSubmatch(p.title)
	if title == nil || len(monthDay.FindAllString(p.title, -1)) > 1 {
		return
	}
	for _, s := range p.body {
		if m := heldOn.FindStringSubmatchIndex(s.text); m != nil {
			if group(s.text, m, 1) != title[1] || group(s.text, m, 2) != title[2] {
				p.at(s, m[0], m[1], "标题为"+title[0]+"，正文为"+group(s.text, m, 1)+"月"+group(s.text, m, 2)+"日")
			}
			return
		}
	}
}

var span = near("月至 日至 月到 日到 起至 月— 日—", `([0-9]{4})年([0-9]{1,2})月(?:([0-9]{1,2})日)?(?:起)?(?:至|到|—)(?:([0-9]{4})年)?([0-9]{1,2})月(?:([0-9]{1,2})日)?`)

func spanReversed(p *paper) {
	if !span.may(p) {
		return
	}
	for s := range p.within(inText | inTables) {
		for _, m := range span.all(p, s.text) {
			n := func(i int) int { return number(group(s.text, m, i)) }
			from, to := day{n(1), n(2), n(3)}, day{n(4), n(5), n(6)}
			if to.y == 0 {
				continue // 2026年11月至3月 may run into the next year
			}
			if from.d == 0 || to.d == 0 {
				from.d, to.d = 1, 1
			}
			if to.compare(from) < 0 {
				p.at(s, m[0], m[1], "")
			}
		}
	}
}

var taskLine = regexp.MustCompile(`(?:责任单位|牵头单位|配合单位)(?:：|为)([^。；）]+)`)

func unitsKnown(p *paper) {
	if p.opts.Office == nil || len(p.opts.Office.Organs) == 0 {
		return
	}
	for s := range p.within(inProse) {
		for _, m := range taskLine.FindAllStringSubmatchIndex(s.text, -1) {
			list := s.text[m[2]:m[3]]
			for _, o := range gongwen.Organs(list) {
				known := slices.ContainsFunc(p.opts.Office.Organs, func(k string) bool { return sameOrgan(o, k) })
				if i := strings.Index(list, o); !known && i >= 0 && !strings.HasPrefix(o, "各") && utf8.RuneCountInString(o) <= 16 {
					p.at(s, m[2]+i, m[2]+i+len(o), "“"+o+"”不在机构名录内")
				}
			}
		}
	}
}
