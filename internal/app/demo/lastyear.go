package demo

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/workday"
)

// What came in and went out in the last two months of the year before: it is what was still to be filed when the
// present year began, 412 items (S-ARC-01).
const (
	received2025Late = 174 // a month
	unfiled          = 14  // items that lacked something and wait still
)

// oldRule is the document that S-VOID-01 puts out of force.
const oldRule = "S-VOID-01-rule"

var rule = genre{
	issuer: "临政办", kind: "通知", direction: "下行", title: "临溪县人民政府办公室关于印发《临溪县%s暂行规定》的通知",
	recipients: "各乡镇人民政府，县政府各部门、各直属单位", body: ruleBody, theme: "供热保障", drafter: "3302",
}

const ruleBody = `《临溪县%[1]s暂行规定》已经县政府同意，现印发给你们，请认真贯彻执行。

附件
标题：临溪县%[1]s暂行规定
第一条　供热单位按期供热，保证室内温度达到规定标准。
第二条　供热单位公布报修电话，接报后4小时内到场。
第三条　本规定自印发之日起试行。`

// lastYear gives the deeds of November and December of the year before, and their filing.
func (s *stage) lastYear() []deed {
	h := s.newHistory(present.Year()-1, workday.Date(present.Year(), time.January, 1))
	var list []genre
	for i, times := range []int{11, 24, 24, 4} { // as in genres; with the old rule 64, and the rule gets the number 12
		list = append(list, slices.Repeat([]genre{genres()[i].genre}, times)...)
	}
	h.rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	out := h.month(time.November, received2025Late, list[:32])
	out = append(out, h.month(time.December, received2025Late, list[32:])...)
	out = append(out, h.issue(oldRule, rule, s.days.moved(workday.Date(present.Year()-1, time.December, 31)).At(clock("14:30")))...)
	out = append(out, s.filing("S-ARC-01-L001", "临委", 0)...)
	out = append(out, s.filing("S-ARC-01-L002", "临政", unfiled)...)
	return append(out, s.unfiledRest()...)
}

// filing takes a fonds' finished documents through terms, numbers, boxes and signatures (S-ARC-01), but for some.
func (s *stage) filing(name, code string, without int) []deed {
	t := s.tell(name).
		starts("01-15 09:30", clerkNumber, "archive-filing", s.filingFields(code)).
		then("01-15 09:40", clerkNumber, "gather", nil).
		then("03-20 10:00", clerkNumber, "propose", nil).
		then("03-24 15:00", printerNumber, "number", nil).
		then("03-26 10:30", clerkNumber, "box", fields{"per_box": 30, "box_note": "文件齐全，装订整齐。"}).
		then("03-27 09:30", clerkNumber, "hand-over", fields{"tests": picks{"真实性", "完整性", "可用性", "安全性"}}).
		then("03-30 15:30", printerNumber, "receive", fields{"location": "一号库第3列"})
	if without > 0 {
		t.deeds[2].compute = func(m *engine.Matter) map[string]any { return s.putOff(m, without) }
	}
	return t.deeds
}

func (s *stage) filingFields(code string) fields {
	year := s.days.moved(workday.Date(present.Year()-1, time.December, 15)).Year()
	return fields{"issuer": issuer(code), "file_year": year, "office_code": "BGS"}
}

// unfiledRest is the second filing, of what the first put off: overdue since the end of March.
func (s *stage) unfiledRest() []deed {
	return s.tell("S-ARC-01").
		starts("03-31 09:00", clerkNumber, "archive-filing", s.filingFields("临政")).
		then("03-31 09:10", clerkNumber, "gather", nil).
		then("11-16 09:30", "2003", "urge", fields{"urge_way": "电话", "urge_answer": "四个科室答复本月内补齐"}, "上年度还有14件没有归档。").deeds
}

// putOff marks some items of four sections as lacking papers.
func (s *stage) putOff(m *engine.Matter, n int) map[string]any {
	items, _ := m.Fields["items"].([]any)
	quota := map[string]int{"YX": 5, "WD": 4, "DC": 3, "XZ": 2}
	for _, row := range items {
		item, _ := row.(map[string]any)
		for code, left := range quota {
			if n > 0 && left > 0 && item["unit"] == s.cast.units[code].ID.String() {
				item["filing"], item["note"] = "缺材料暂缓", "附件未交"
				quota[code]--
				n--
			}
		}
	}
	return map[string]any{"items": items}
}

// LastYearSetting is the row of the settings that holds the figures of January to October of the year before the
// sample's, for comparison (同比); they are figures only, no matters stand behind them.
const LastYearSetting = "statistics.last-year"

// LastYear 上年同期 figures, January first.
type LastYear struct {
	Year   int             `json:"year"`
	Months []LastYearMonth `json:"months"`
}

// LastYearMonth is one month of it.
type LastYearMonth struct {
	Month    time.Month `json:"month"`
	Received int        `json:"received"`
	Issued   int        `json:"issued"`
}

func keepLastYear(tx *db.Tx) error {
	text, err := json.Marshal(lastYearFigures())
	if err != nil {
		return fmt.Errorf("last year's figures: %w", err)
	}
	_, err = tx.Exec(`INSERT INTO settings (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
		LastYearSetting, string(text))
	return err
}

// lastYearFigures shares the known sums of ten months out in the proportions of this year's months, so that they add up.
func lastYearFigures() LastYear {
	months := year2026()[:10]
	y := LastYear{Year: present.Year() - 1}
	var sum, upTo, given month
	for _, m := range months {
		sum = month{sum.received + m.received, sum.issued + m.issued}
	}
	for i, m := range months {
		upTo = month{upTo.received + m.received, upTo.issued + m.issued}
		next := month{received2025 * upTo.received / sum.received, issued2025 * upTo.issued / sum.issued}
		y.Months = append(y.Months, LastYearMonth{time.Month(i + 1), next.received - given.received, next.issued - given.issued})
		given = next
	}
	return y
}
