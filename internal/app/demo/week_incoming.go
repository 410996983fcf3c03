package demo

import (
	"maps"
	"time"
)

// incomingWeek: S-IN-01 to S-IN-08, but for those that are meetings' business.
func (s *stage) incomingWeek() []deed {
	var out []deed
	for _, tell := range []func() *said{s.in01, s.in02, s.in03, s.in05, s.in06, s.in07, s.in08} {
		out = append(out, tell().deeds...)
	}
	return out
}

// arrives signs for a document and registers it within ten minutes.
func (s *stage) arrives(matter, at, from, to string, registered fields) *said {
	t := s.tell(matter)
	when := s.days.on(at)
	signed := fields{
		"received_at": when.Format(time.RFC3339), "channel": "机要交换", "sender": from, "addressee": issuer(to),
		"copies_ok": true, "routing_ok": true, "seal_ok": true,
	}
	t.begin(when.Add(time.Minute), clerkNumber, "incoming", signed)
	t.do(when.Add(4*time.Minute), clerkNumber, "sign", nil)
	f := fields{"type": "报批", "sender": from, "relation": above, "attachment_number": "无", "secrecy": "无", "urgency": "平件", "copies": 1, "pages": 3, "files": scan(matter)}
	maps.Copy(f, registered)
	t.do(when.Add(9*time.Minute), clerkNumber, "register", f)
	return t
}

func (s *said) passes(at string) *said {
	return s.then(at, clerkNumber, "pass", fields{"review": reviewed})
}

func (s *stage) in01() *said {
	t := s.arrives("S-IN-01", "11-16 10:20", "安澜市人民政府办公室", "临政", fields{
		"title": "安澜市人民政府办公室关于做好2026年冬季供暖和清冰雪工作的通知", "sender_number": "安政办〔2026〕61号",
		"doc_date": s.days.date("2026-11-13"), "urgency": "加急", "copies": 2, "pages": 6, "attachment_number": "1",
		"summary": "部署冬季供暖、薄弱片区整改和清冰雪工作，要求逐级落实责任。",
	}).passes("11-16 10:33")
	return t.
		then("11-16 10:52", governmentDirector, "instruct", fields{"leaders": people{"1009"}, "lead_unit": unit("YX")},
			"拟请罗清禾同志批示，由应急信访科牵头拟发我县通知并抓好落实。").
		then("11-16 11:40", "1009", "instruct", fields{"supervise": true}, "请应急信访科抓紧拟发通知，逐片区落实；请督查科跟进。").
		then("11-16 11:50", clerkNumber, "hand-out", fields{"lead_unit": unit("YX")})
}

func (s *stage) in02() *said {
	t := s.arrives("S-IN-02", "11-13 09:10", "安澜市委办公室", "临委", fields{
		"title": "安澜市委办公室关于报送2026年度工作总结和2027年工作要点的通知", "sender_number": "安委办〔2026〕88号",
		"doc_date": s.days.date("2026-11-12"), "pages": 2, "needs_reply": true, "reply_by": s.days.date("2026-11-30"),
		"summary": "11月30日前报送年度工作总结和下年工作要点。",
	}).passes("11-13 09:25")
	return t.
		then("11-13 09:50", partyDirector, "assign", fields{"lead_unit": unit("ZH")}, "请综合科牵头起草，各科室和有关部门提供材料。").
		then("11-13 10:05", clerkNumber, "hand-out", nil).
		then("11-13 10:40", "2201", "transfer", fields{"to_person": person("2202")}, "请若溪同志起草总结。").
		then("11-17 09:20", clerkNumber, "urge", fields{"urge_way": "电话", "urge_answer": "县教育局、县水利局答复：本周五报"},
			"催报年度总结材料。")
}

// in03: two units disagree, so their opinions are listed and the matter lies with the director again.
func (s *stage) in03() *said {
	t := s.arrives("S-IN-03", "11-12 09:05", "枫渡镇人民政府", "临政", fields{
		"title": "枫渡镇人民政府关于枫渡水厂取水口迁改资金的请示", "sender_number": "枫政〔2026〕34号", "relation": below,
		"doc_date": s.days.date("2026-11-10"), "pages": 2, "needs_reply": true, "reply_by": s.days.date("2026-12-03"),
		"summary": "枫渡水厂取水口需上移620米，新建引水管道640米并改造泵房，测算投资210万元；镇筹30万元，申请县财政补助180万元。",
	}).passes("11-12 09:20")
	return t.
		then("11-12 09:45", governmentDirector, "assign", fields{"lead_unit": unit("ZFB")}, "请水利局、财政局提出意见后报县政府研究。").
		then("11-12 10:00", clerkNumber, "hand-out", nil).
		then("11-12 10:20", governmentDirector, "consult", fields{"assist_units": units{"SL", "CZ"}}, "请于2个工作日内提出意见。").
		then("11-13 15:30", "4003", "answer", nil, "工程必要，建议由水务维护资金和镇级资金分担。").
		then("11-16 10:10", "4005", "answer", nil, "建议分两年安排，2026年80万元、2027年100万元。").
		then("11-18 08:40", governmentDirector, "return", fields{"return_to": "propose"}, "两单位意见不一致，列各方意见，重新拟办报县长裁定。")
}

// in05: hub and spoke, the third reader has had it for two working days.
func (s *stage) in05() *said {
	readers := people{"1002", "1006", "1008", "1009"}
	t := s.arrives("S-IN-05", "11-09 14:20", "安澜市水利局", "临政", fields{
		"title": "安澜市水利局关于小型水库汛后安全检查情况的通报", "sender_number": "安水〔2026〕77号",
		"doc_date": s.days.date("2026-11-06"), "pages": 5,
	}).passes("11-09 14:35").
		then("11-09 15:05", governmentDirector, "circulate", fields{"leaders": readers}, "送领导阅。")
	round := s.tell("S-IN-05/circulation").
		then("11-09 15:20", clerkNumber, "arrange", fields{"way": "传阅", "readers": readers, "scope_basis": "办公室主任拟办意见"}).
		then("11-09 15:30", clerkNumber, "hand-out", nil).
		then("11-11 10:00", "1002", "sign", nil, "已阅。").
		then("11-11 10:20", clerkNumber, "hand-in", fields{"condition": "完好"}).
		then("11-11 10:30", clerkNumber, "hand-out", nil).
		then("11-13 16:40", "1006", "sign", nil, "已阅，请水利局对照自查。").
		then("11-13 16:55", clerkNumber, "hand-in", fields{"condition": "完好"}).
		then("11-16 08:45", clerkNumber, "hand-out", nil)
	t.deeds = append(t.deeds, round.deeds...)
	return t
}

// in06: a report with a request hidden in it is sent back on the same day (DOC-IN-13).
func (s *stage) in06() *said {
	return s.arrives("S-IN-06", "11-13 08:50", "苇汀乡人民政府", "临政", fields{
		"title": "苇汀乡人民政府关于沟渠管护和经费安排的报告", "sender_number": "苇政〔2026〕41号", "relation": below,
		"doc_date": s.days.date("2026-11-11"), "pages": 3,
	}).
		then("11-13 09:15", clerkNumber, "return-document", fields{
			"review": picks{"属本机关办理", "文种格式正确", "附件齐全"}, "return_reason": "报告夹带请示",
			"return_note": "多头报送、报告夹带请示；沟渠管护与经费安排两事一文。请一文一事，于11月20日前重报。",
		}).
		then("11-13 10:00", governmentDirector, "agree", nil, "同意退文。").
		then("11-13 15:10", clerkNumber, "hand", fields{"return_receiver": "骆行舟"})
}

// in07 has come by the electronic channel and has not been signed for.
func (s *stage) in07() *said {
	return s.tell("S-IN-07").starts("11-18 09:05", clerkNumber, "incoming", fields{
		"received_at": s.days.on("11-18 09:05").Format(time.RFC3339), "channel": "电子传输", "sender": "安澜市人民政府办公室",
		"addressee": issuer("临政办"),
	})
}

// in08: only the envelope is registered (DOC-IN-14).
func (s *stage) in08() *said {
	return s.tell("S-IN-08").
		starts("11-17 15:30", clerkNumber, "incoming", fields{
			"received_at": s.days.on("11-17 15:28").Format(time.RFC3339), "channel": "邮寄", "sender": "外封未署单位", "addressee": issuer("临政"),
			"copies_ok": true, "routing_ok": true, "seal_ok": true,
		}).
		then("11-17 15:32", clerkNumber, "sign", nil).
		then("11-17 15:36", clerkNumber, "register", fields{
			"type": "亲启", "secrecy": "无", "urgency": "平件", "envelope": "26-017", "recipient": person("1002"), "sender": "外封未署单位",
		}).
		then("11-17 16:20", "1002", "take", nil)
}
