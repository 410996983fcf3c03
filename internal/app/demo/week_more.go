package demo

import "github.com/chengqi-oa/chengqi/internal/engine"

// moreWeek: what hangs on the documents of the week.
func (s *stage) moreWeek() []deed {
	var out []deed
	for _, tell := range []func() *said{s.cir01, s.void01, s.out07, s.loan01, s.loan02, s.rcl01} {
		out = append(out, tell().deeds...)
	}
	return out
}

// cir01: papers brought back from a meeting were told of once and are still out (BORROW-11).
func (s *stage) cir01() *said {
	papers := rows{
		{"title": "全市安全生产会议领导讲话", "origin": "安澜市人民政府", "copies": 1, "secrecy": "内部"},
		{"title": "全市安全生产会议经验材料", "origin": "安澜市人民政府", "copies": 1, "secrecy": "无"},
		{"title": "2026年冬季安全生产任务清单", "origin": "安澜市应急管理局", "copies": 2, "secrecy": "无"},
	}
	return s.tell("S-CIR-01").starts("11-16 09:10", "1008", "brought-back", fields{
		"meeting": "全市安全生产会议", "attendee": person("1008"), "returned_on": s.days.date("2026-11-13"), "papers": papers,
	}).
		then("11-16 09:20", "1008", "submit", nil).
		then("11-16 10:05", clerkNumber, "register", fields{"convey_unit": unit("YX")}).
		then("11-17 16:30", "3301", "conveyed", fields{"conveyed": "11月17日下午科务会传达，应急信访科、保卫科参加"})
}

// void01 puts an older rule out of force, now that S-OUT-01 stands in its place.
func (s *stage) void01() *said {
	return s.tell("S-VOID-01").starts("11-17 15:00", "3302", "document-void", fields{
		"source": named(oldRule), "treatment": "废止", "effective": s.days.date("2026-11-17"),
		"reason": "供暖责任和报修时限已由新文件重新规定。", "successor": "临溪县人民政府办公室关于做好2026—2027年冬季供暖保障工作的通知",
	}).
		then("11-17 15:05", "3302", "submit", nil).
		then("11-17 16:40", reviewerNumber, "pass", fields{"impact": "引用件2件：县供热应急预案、城区供热报修办理规程，均需同步修订。"}, "已核，请批准。")
}

// out07: a draft on behalf may not go to a leader in person (DOC-OUT-23); the office sent it back.
func (s *stage) out07() *said {
	return s.tell("S-OUT-07").starts("11-17 08:50", "4004", "draft-on-behalf", fields{
		"title": "临溪县人民政府办公室关于加强寒假前安全教育的通知", "issue_name": "临溪县人民政府办公室", "doc_kind": "通知", "direction": "下行",
		"urgency": "平件", "secrecy": "无", "recipients": "各乡镇人民政府，县政府各部门", "body": text("holiday-notice"), "reason": "寒假前例行部署。",
	}).
		then("11-17 09:00", "4004", "submit", nil).
		then("11-17 09:20", "4004", "agree", nil).
		then("11-17 09:40", "4004", "sign", fields{"office": unit("ZH")}, "同意，请县政府办公室审核。").
		then("11-17 11:10", "2201", "send-back", fields{"fault": "直送领导"}, "稿件已先送副县长本人；代拟稿由办公室统一收稿，请按程序重报。")
}

// loan01 is overdue: three days are the most (BORROW-07).
func (s *stage) loan01() *said {
	return s.lends("S-BOR-01", "2301", "11-13", fields{
		"title": "《全市信息工作会议材料》等2份", "secrecy": "内部", "count": 2, "reason": "起草信息工作要点参考", "term": "3天", "place": "本人办公室",
	}, fields{"copy_number": "07、08", "pages": 46}).
		then("11-17 16:10", clerkNumber, "urge", fields{"urge_way": "电话", "urge_answer": "答复明日归还"}, "借期已过，请归还。")
}

// loan02 is the paper that the count of S-RCL-01 finds missing.
func (s *stage) loan02() *said {
	return s.lends("S-RCL-01-loan", "2302", "11-10", fields{
		"title": "信息工作参考资料汇编", "doc_number": "WS-2213", "secrecy": "内部", "count": 1, "reason": "采编参考", "term": "3天", "place": "本人办公室",
	}, fields{"copy_number": "WS-2213", "pages": 30})
}

func (s *stage) lends(name, who, day string, asked, lent fields) *said {
	return s.tell(name).starts(day+" 09:00", who, "document-loan", asked).
		then(day+" 09:05", who, "submit", nil).
		then(day+" 09:30", clerkNumber, "agree", nil, "同意。").
		then(day+" 09:45", clerkNumber, "lend", lent)
}

// rcl01: the count of the quarter came out one copy short; its holder is searching (BORROW-09).
func (s *stage) rcl01() *said {
	t := s.tell("S-RCL-01").
		starts("11-17 09:30", clerkNumber, "document-recall", fields{"trigger": "季核对清理", "person": person("2302")}).
		then("11-17 09:35", clerkNumber, "list", nil).
		then("11-17 10:30", clerkNumber, "settle", nil)
	t.deeds[2].compute = func(m *engine.Matter) map[string]any {
		items, _ := m.Fields["items"].([]any)
		for _, row := range items {
			item, _ := row.(map[string]any)
			item["actual"], item["outcome"] = item["copies"], "在办留用"
			if item["copy_number"] == "WS-2213" {
				item["actual"], item["outcome"], item["note"] = 0, "短缺", "持件人称已交还，登记簿无记录"
			}
		}
		return map[string]any{"items": items}
	}
	return t
}
