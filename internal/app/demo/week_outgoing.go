package demo

import (
	"time"
)

// outgoingWeek: S-OUT-01 to S-OUT-05.
func (s *stage) outgoingWeek() []deed {
	var out []deed
	for _, tell := range []func() *said{s.out01, s.out02, s.out03, s.out04, s.out05} {
		out = append(out, tell().deeds...)
	}
	return out
}

// heatingList is where the eighty copies of S-OUT-01 go: electronic ones take no paper; three have not signed yet.
func heatingList(receivedAt string) rows {
	list := rows{}
	for _, r := range []struct {
		unit     string
		copies   int
		channel  string
		receiver string
	}{
		{"枫渡镇人民政府", 0, "电子传输", "梅景川"},
		{"苇汀乡人民政府", 0, "电子传输", ""},
		{"县水利局", 18, "集中交换", "项临渊"},
		{"县教育局", 18, "集中交换", ""},
		{"县财政局", 18, "集中交换", "柯远航"},
		{"县委办公室", 8, "直接递送", "闻子衡"},
		{"县人大常委会办公室", 6, "直接递送", "收发室"},
		{"县政协办公室", 6, "直接递送", ""},
	} {
		row := fields{"unit": r.unit, "channel": r.channel}
		if r.copies > 0 {
			row["copies"] = r.copies
		}
		if receivedAt != "" && r.receiver != "" {
			row["receiver"], row["received_at"] = r.receiver, receivedAt
		}
		list = append(list, row)
	}
	return list
}

// out01 went the whole way and is being signed for.
func (s *stage) out01() *said {
	t := s.tell("S-OUT-01").starts("11-16 14:20", "3302", "outgoing", fields{
		"issuer": issuer("临政办"), "doc_kind": "通知", "direction": "下行", "importance": "一般", "secrecy": "无", "urgency": "加急",
		"scope": "各乡镇人民政府，县政府各部门、各直属单位", "public": "公开", "copies": 80, "breadth": "专项文件",
		"title": "临溪县人民政府办公室关于做好2026—2027年冬季供暖保障工作的通知", "recipients": "各乡镇人民政府，县政府各部门、各直属单位",
		"body": text("heating-notice"), "copies_to": "县委办公室，县人大常委会办公室，县政协办公室",
		"annotation": "联系人：雷振声，联系电话：0000-6210063",
	})
	t.deeds[0].after, t.deeds[0].relation = "S-IN-01", "据此发文"
	t.then("11-16 16:10", "3302", "submit", nil).
		then("11-16 16:40", "3301", "agree", nil, "同意，请校核。").
		then("11-17 08:50", reviewerNumber, "pass", fields{"merge_answer": "不能合并也不能再精简", "checklist": checklist, "points": points}, "已核，请审。").
		then("11-17 09:10", governmentDirector, "agree", nil, "请签发。").
		then("11-17 09:30", governmentDirector, "sign", nil, "同意，请抓紧印发。").
		then("11-17 09:45", reviewerNumber, "pass", fields{"recheck": rechecked}).
		then("11-17 09:55", dispatcherNumber, "number", nil).
		then("11-17 10:05", printerNumber, "typeset", nil).
		then("11-17 10:25", "3302", "agree", nil).
		then("11-17 10:50", printerNumber, "print", fields{"printed_copies": 82}).
		then("11-17 11:15", dispatcherNumber, "seal", fields{"sealed_copies": 80}).
		then("11-17 11:30", dispatcherNumber, "pass", fields{"product": inspected}).
		then("11-17 11:40", dispatcherNumber, "ask", fields{"distribution": heatingList("")}).
		then("11-17 11:50", "3101", "agree", nil, "版式文件核对无误，准予发送。").
		then("11-17 14:10", dispatcherNumber, "hand-out", fields{"distribution": heatingList(""), "kept_copies": 6}).
		then("11-17 17:00", dispatcherNumber, "record", fields{"distribution": heatingList(s.days.on("11-17 16:30").Format(time.RFC3339))})
	return t
}

// out02 is with the reviewers.
func (s *stage) out02() *said {
	return s.tell("S-OUT-02").starts("11-16 09:00", "2202", "outgoing", fields{
		"issuer": issuer("临委办"), "doc_kind": "报告", "direction": "上行", "importance": "重要", "secrecy": "无", "urgency": "平件",
		"scope": "中共安澜市委办公室", "public": "不公开", "public_reason": "内部管理事务", "copies": 10, "breadth": "综合性文件",
		"title": "中共临溪县委办公室关于2026年度工作情况的报告", "recipients": "中共安澜市委办公室", "body": text("year-report"),
		"one_matter": true, "reply_to": named("S-IN-02"),
	}).
		then("11-17 15:40", "2202", "submit", nil).
		then("11-17 17:10", "2201", "agree", nil, "同意，请校核。")
}

// out03: the countersigning is complete; the principal leader has to sign.
func (s *stage) out03() *said {
	return s.tell("S-OUT-03").starts("11-10 09:00", "3101", "outgoing", fields{
		"issuer": issuer("临政"), "doc_kind": "请示", "direction": "上行", "importance": "重要", "secrecy": "无", "urgency": "平件",
		"scope": "安澜市人民政府", "public": "不公开", "public_reason": "内部管理事务", "copies": 12, "breadth": "专项文件",
		"title": "临溪县人民政府关于将枫渡河上游综合治理项目列入2027年度省级河道治理计划的请示", "recipients": "安澜市人民政府",
		"body": text("river-request"), "attachment_names": "枫渡河上游综合治理项目建议书\n枫渡河上游综合治理项目投资估算表",
		"annotation": "联系人：项临渊，联系电话：0000-6220103", "one_matter": true, "involves": units{"SL", "CZ"},
	}).
		then("11-11 16:00", "3101", "submit", nil).
		then("11-12 09:40", "2003", "agree", fields{"involves": units{"SL", "CZ"}}, "同意送会签。").
		then("11-12 15:10", "4003", "agree", nil, "同意，数据已核对。").
		then("11-13 10:30", "4005", "agree", nil, "同意，配套资金860万元已列入安排。").
		then("11-16 15:00", reviewerNumber, "pass", fields{"merge_answer": "不能合并也不能再精简", "checklist": checklist, "points": points}, "已核，请审。").
		then("11-16 16:20", governmentDirector, "agree", nil, "会签已齐，请陆怀谦同志签发。").
		then("11-17 09:20", governmentDirector, "extend", fields{"new_due": s.days.date("2026-11-20")}, "领导在外调研，签发延至11月20日。")
}

// out04 waits as a draft for the ruling on S-IN-03, which its drafter has not been given yet and so cannot name.
func (s *stage) out04() *said {
	return s.tell("S-OUT-04").starts("11-17 17:05", "3101", "outgoing", fields{
		"issuer": issuer("临政"), "doc_kind": "批复", "direction": "下行", "importance": "一般", "secrecy": "无", "urgency": "平件",
		"scope": "枫渡镇人民政府", "public": "依申请公开", "public_reason": "只涉及特定对象", "copies": 6, "breadth": "专项文件",
		"title": "临溪县人民政府关于枫渡水厂取水口迁改资金的批复", "recipients": "枫渡镇人民政府", "body": text("intake-reply"),
	})
}

// out05 took the short way of a letter and waits for its answer.
func (s *stage) out05() *said {
	list := rows{{"unit": "清禾县人民政府办公室", "copies": 2, "channel": "直接递送"}}
	return s.tell("S-OUT-05").starts("11-17 08:50", "3302", "outgoing", fields{
		"issuer": issuer("临政办"), "doc_kind": "便函", "direction": "平行", "importance": "一般", "secrecy": "无", "urgency": "平件",
		"scope": "清禾县人民政府办公室", "public": "不公开", "public_reason": "内部管理事务", "copies": 4, "breadth": "专项文件",
		"title": "临溪县人民政府办公室关于商请借用除雪设备的函", "recipients": "清禾县人民政府办公室", "body": text("snow-letter"),
		"annotation": "联系人：卓海宁，联系电话：0000-6210024",
	}).
		then("11-17 09:15", "3302", "submit", nil).
		then("11-17 09:40", governmentDirector, "sign", nil, "同意，发。").
		then("11-17 10:15", dispatcherNumber, "number", nil).
		then("11-17 10:40", dispatcherNumber, "hand-out", fields{"distribution": list, "kept_copies": 2})
}
