package demo

import "github.com/chengqi-oa/chengqi/internal/engine"

// noticesWeek: what was put up, sent to the press, gathered for the month, made public on request, and comes round again.
func (s *stage) noticesWeek() []deed {
	return tales(s.bul01, s.bul02, s.med01, s.med02, s.plan01, s.plan02, s.dis01, s.dis02, s.lw01, s.per01, s.per02)
}

// bul01 is read by all it named; bul02 is being read.
func (s *stage) bul01() *said {
	return s.tell("S-BUL-01").starts("11-10 09:00", "2102", "bulletin", fields{
		"title": "关于第二会议室设备调试的通知", "text": "11月11日下午调试音响，第二会议室暂停使用。", "scope": "指定人员", "readers": people{"2201", "2302"}, "until": s.moment("11-12 17:30"),
	}).
		then("11-10 09:05", "2102", "submit", nil).
		then("11-10 09:30", "2101", "publish", fields{"secret_free": true}).
		then("11-10 10:00", "2201", "receipt", fields{"attend": "知悉"}).
		then("11-10 14:00", "2302", "receipt", fields{"attend": "知悉"})
}

func (s *stage) bul02() *said {
	t := s.tell("S-BUL-02").starts("11-17 08:40", "2102", "bulletin", fields{
		"title": "关于参加冬季消防演练的通知", "text": "机关定于11月20日15时在大院组织消防演练，请各科室负责人带队参加。", "scope": "科室负责人",
		"until": s.moment("11-20 17:30"), "receipt_by": s.days.date("2026-11-19"),
	}).
		then("11-17 08:45", "2102", "submit", nil).
		then("11-17 09:30", "2101", "publish", fields{"secret_free": true}, "同意发布。")
	for _, head := range []string{"2201", "2301", "3101", "3401"} {
		t.then("11-17 10:00", head, "receipt", fields{"attend": "参加"})
	}
	return t
}

// med01 was printed; med02 is under secrecy review (MEDIA-01).
func (s *stage) med01() *said {
	return s.toPress("S-MED-01", "11-09", "临溪：清洁取暖暖民心").
		then("11-09 15:00", "2001", "agree", nil, "同意报送。").
		then("11-13 10:00", informationNumber, "published", fields{
			"sent_on": s.days.date("2026-11-10"), "published_on": s.days.date("2026-11-12"), "level": "市级", "page": "第2版",
		})
}

func (s *stage) toPress(name, day, title string) *said {
	return s.tell(name).starts(day+" 09:00", informationNumber, "media-review", fields{
		"title": title, "media": "安澜日报", "byline": "个人", "about_work": true, "urgency": "平件", "words": 860,
		"manuscript": "入冬以来，临溪县把供热保障作为民生实事，逐小区排查管网，公布值班电话，群众反映的问题当日回应。",
		"checked":    picks{"事实属实", "称谓准确", "领导排序正确", "不含未公开的讲话批示和领导活动"},
	}).
		then(day+" 09:10", informationNumber, "submit", nil).
		then(day+" 11:00", secrecyNumber, "pass", fields{"secrecy_basis": "对照保密事项范围，未涉及", "secrecy_result": "可以公开"})
}

func (s *stage) med02() *said {
	t := s.toPress("S-MED-02", "11-17", "枫渡河边话治理")
	t.deeds = t.deeds[:2]
	return t
}

// plan01 is October's summary; plan02 waits for one section's part.
func (s *stage) plan01() *said {
	return s.summary("S-PLAN-01", "11-02", "月度总结", "2026-10-09", "2026-10-30").
		then("11-03 10:00", "2401", "fill", fields{"part": "督查事项办结17件，回访4件。"}).
		then("11-04 09:00", "2301", "merge", nil).
		then("11-04 10:00", "2301", "submit", nil).
		then("11-05 10:00", partyDirector, "agree", nil, "审定。")
}

func (s *stage) plan02() *said {
	return s.summary("S-PLAN-02", "11-16", "月度要点", "2026-11-02", "2026-11-30")
}

func (s *stage) summary(name, day, sort, since, until string) *said {
	asked := fields{"sort": sort, "since": s.days.date(since), "until": s.days.date(until), "units": units{"ZH", "DC"}}
	gathered := fields{"sort": sort, "since": asked["since"], "until": asked["until"]}
	return s.tell(name).starts(day+" 09:00", "2301", "work-plan", asked).
		then(day+" 09:05", "2301", "gather", gathered).
		then(day+" 09:20", "2301", "send", nil).
		then(day+" 15:00", "2201", "fill", fields{"part": "起草文稿9篇，校核公文26件。"})
}

// dis01 was answered in time; dis02 is with the section (OPEN-07).
func (s *stage) dis01() *said {
	return s.asksOpenly("S-DIS-01", "11-02", "城西片区供热管网改造计划").
		then("11-05 10:00", emergencyHead, "submit", fields{"decision": "予以公开", "reason": "属主动公开范围，提供已公布的计划文本。"}).
		then("11-05 15:00", secrecyNumber, "pass", fields{"secret_free": true}).
		then("11-06 10:00", governmentDirector, "agree", nil, "同意答复。").
		then("11-06 16:00", petitionNumber, "answered", fields{"replied_on": s.days.date("2026-11-06"), "receipt": "挂号邮寄"})
}

func (s *stage) dis02() *said {
	return s.asksOpenly("S-DIS-02", "11-16", "2025年老旧小区改造补助标准")
}

func (s *stage) asksOpenly(name, day, title string) *said {
	return s.tell(name).starts(day+" 09:30", petitionNumber, "disclosure-request", fields{
		"title": title, "applicant": "县城居民", "contact": "0000-6330512", "way": "信函", "received_at": s.moment(day + " 09:00"),
		"description": "申请公开" + title + "的文件和附件。", "lead_unit": unit("YX"),
	}).
		then(day+" 09:40", petitionNumber, "hand-out", nil)
}

// lw01 puts the leaders' week on one sheet, which is going round.
func (s *stage) lw01() *said {
	week := fields{"cycle": "周", "since": s.days.date("2026-11-18"), "until": s.days.date("2026-11-24")}
	t := s.tell("S-LW-01").starts("11-17 16:30", scheduleNumber, "leader-week", week).
		then("11-17 16:32", scheduleNumber, "gather", week).
		then("11-17 16:40", scheduleNumber, "submit", nil)
	t.deeds[2].compute = func(m *engine.Matter) map[string]any {
		return map[string]any{"cycle": m.Fields["cycle"], "since": m.Fields["since"], "until": m.Fields["until"], "items": m.Fields["items"]}
	}
	return t.then("11-17 17:10", partyDirector, "agree", nil, "同意印发。").
		then("11-18 08:30", "2102", "seen", nil).
		then("11-18 08:35", "2201", "seen", nil)
}

// per01 came round and was done; per02 is due on Friday.
func (s *stage) per01() *said {
	return s.comesRound("S-PER-01", "11-02 09:00", "核对十月份值班表和补休", "2026-11-06").
		then("11-05 15:00", governmentDirector, "finish", fields{"result": "已核对，补休3人次，已公布。"})
}

func (s *stage) per02() *said {
	return s.comesRound("S-PER-02", "11-16 09:00", "检查各科室本年文件收集情况", "2026-11-20")
}

func (s *stage) comesRound(name, at, title, until string) *said {
	return s.tell(name).starts(at, governmentDirector, "periodic-task", fields{
		"title": title, "task": "逐科室核对，列出缺件。", "deadline": s.days.date(until),
	})
}
