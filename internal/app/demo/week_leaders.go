package demo

const scheduleNumber = "2101" // 会务：领导日程

// leadersWeek: whose diary is kept by whom, the week's activities, a manuscript, a Monday meeting, small things to do.
func (s *stage) leadersWeek() []deed {
	out := s.diaries()
	for _, tell := range []func() *said{s.act01, s.act02, s.draft01, s.meet01, s.todo01, s.coord01, s.error01, s.data01, s.rule01} {
		out = append(out, tell().deeds...)
	}
	return out
}

// diaries: every leader has somebody who follows up, not the first alone (FIRST-27).
func (s *stage) diaries() []deed {
	var out []deed
	for _, d := range []struct{ leader, follower, phone string }{
		{"1001", "2102", "0000-6210032"},
		{"1002", "2102", "0000-6210032"},
		{"1006", scheduleNumber, "0000-6210031"},
		{"1008", scheduleNumber, "0000-6210031"},
		{"1009", scheduleNumber, "0000-6210031"},
	} {
		out = append(out, s.tell("日程册"+d.leader).starts("01-08 10:20", scheduleNumber, "leader-diary", fields{
			"who": person(d.leader), "follower": person(d.follower), "phone": d.phone,
		}).
			then("01-08 10:25", scheduleNumber, "enter", nil).deeds...)
	}
	return out
}

// act01 is settled and being prepared.
func (s *stage) act01() *said {
	return s.tell("S-ACT-01").starts("11-16 09:20", scheduleNumber, "leader-activity", fields{
		"title": "冬季供暖保障调度会", "diary": named("日程册1002"), "from": s.moment("11-20 15:00"), "until": s.moment("11-20 16:30"), "place": "第一会议室",
		"vehicle": "不用车", "activity": "会议", "host": "县政府办公室", "coordinator": person("2102"),
	}).
		then("11-16 09:25", scheduleNumber, "submit", nil).
		then("11-16 10:10", "2102", "agree", nil, "已请示，同意。")
}

// act02 waits for the one who keeps the diary.
func (s *stage) act02() *said {
	return s.tell("S-ACT-02").starts("11-17 16:10", scheduleNumber, "leader-activity", fields{
		"title": "调研枫渡河上游治理", "diary": named("日程册1008"), "from": s.moment("11-19 09:00"), "until": s.moment("11-19 12:00"), "place": "枫渡镇",
		"vehicle": "单位派车", "activity": "调研", "attendees": "县水利局", "coordinator": person(scheduleNumber),
	}).
		then("11-17 16:15", scheduleNumber, "submit", nil)
}

// draft01: the outline was agreed, the text is due two working days before it is used (WRITE-11).
func (s *stage) draft01() *said {
	return s.tell("S-DRAFT-01").starts("11-16 09:00", reviewerNumber, "manuscript", fields{
		"title": "在全县冬季安全生产会议上的讲话", "genre": "领导讲话", "user": "全县冬季安全生产会议", "approver": person("1006"),
		"use_at": s.moment("11-24 09:00"), "intent": "讲清冬季安全的重点和责任，不讲空话。",
	}).
		then("11-16 09:20", reviewerNumber, "submit", nil).
		then("11-16 16:00", reviewerNumber, "submit", fields{
			"sources":   rows{{"title": "2025年冬季安全生产情况通报", "origin": "县应急管理局", "used": "第一部分"}},
			"discussed": "科务会讨论一次", "outline": "一、形势和问题\n二、五项重点\n三、责任落实",
		}).
		then("11-17 10:00", "1006", "agree", nil, "同意，第二部分要具体。")
}

// meet01: what Monday's meeting resolved became a task of the section (ORG-08).
func (s *stage) meet01() *said {
	return s.tell("S-MEET-01").starts("11-16 08:10", governmentDirector, "office-meeting", fields{
		"title": "周一例会", "sort": "周一例会", "day": s.days.date("2026-11-16"), "place": "第二会议室", "asked": units{"WD", "YX"},
	}).
		then("11-16 08:12", governmentDirector, "ask", nil).
		then("11-16 08:20", "3101", "report", fields{"topic": "年终档案移交", "wish": "请各科室11月底前交齐本年文件。"}).
		then("11-16 08:22", "3301", "none", nil).
		then("11-16 09:10", governmentDirector, "conclude", fields{
			"present":     people{"3101", "3201", "3301", "3401"},
			"conclusions": rows{{"topic": "年终档案移交", "conclusion": "各科室11月30日前交齐本年文件", "unit": unit("WD"), "due": s.days.date("2026-11-30")}, {"topic": "供暖值守", "conclusion": "值守力量已落实"}},
		})
}

func (s *stage) todo01() *said {
	return s.tell("S-TODO-01").starts("11-17 17:00", dutyNumber, "personal-task", fields{
		"title": "核对带班领导通讯录", "day": s.days.date("2026-11-18"), "level": "平件",
	}).
		then("11-17 17:01", dutyNumber, "begin", nil)
}

// coord01: one of the two asked has answered.
func (s *stage) coord01() *said {
	return s.tell("S-COORD-01").starts("11-16 14:30", petitionNumber, "coordination", fields{
		"title": "协调城西路路灯移交管养", "asked_by": "领导交办", "direction": "横向", "sort": "关系", "way": picks{"电话", "会议"},
		"lead_unit": unit("YX"), "assist_units": units{"CZ"}, "question": "移交范围、经费和完成时间。",
	}).
		then("11-16 14:40", petitionNumber, "submit", nil).
		then("11-17 09:30", "3301", "answer", fields{"reply": "移交范围已核清，共46盏。", "progress": "办理中"})
}

// error01 was put right the same day (OTH-19).
func (s *stage) error01() *said {
	return s.tell("S-ERR-01").starts("11-13 10:05", governmentDirector, "error-record", fields{
		"title": "会议通知把地点写成第二会议室", "kind_of": "误会", "work": "办会", "found_at": s.moment("11-13 09:50"), "link": "通知", "at_fault": person("2102"), "effect": "未造成影响",
	}).
		then("11-13 10:08", governmentDirector, "submit", nil).
		then("11-13 11:20", "2102", "remedied", fields{"course": "用了上一次的通知改写，地点没有改。", "cause": "发出前没有核对预订单", "remedy": "已逐一电话更正；发通知前对照预订单。"}).
		then("11-13 15:00", partyDirector, "close", fields{"notified": "本科室"}, "情况属实，已更正。")
}

func (s *stage) data01() *said {
	return s.tell("S-DATA-01").starts("11-12 15:00", "2302", "decision-data", fields{
		"title": "十月主要经济指标", "domain": "经济运行", "period": "2026年10月", "source": "县统计局月报", "as_of": s.days.date("2026-11-12"),
		"figures": rows{
			{"indicator": "规模以上工业增加值", "value": 3.2, "measure": "亿元", "growth": "6.1"},
			{"indicator": "一般公共预算收入", "value": 1.05, "measure": "亿元", "growth": "3.4"},
			{"indicator": "社会消费品零售额", "value": 2.7, "measure": "亿元", "growth": "4.8"},
		},
	}).
		then("11-12 15:10", "2302", "submit", nil).
		then("11-12 16:00", "2301", "accept", fields{"verified": true})
}

func (s *stage) rule01() *said {
	return s.tell("S-RULE-01").starts("03-02 09:00", "3101", "office-rule", fields{
		"title": "印章管理办法", "sort": "规章制度", "doc_number": "临政办〔2026〕制1号", "clauses": "SEAL-01、SEAL-03、SEAL-07",
		"text": "第一条　用印须经批准并逐次登记。\n第二条　印章不得带出，确需带出的双人同行。", "demands": "每次用印登记，每月核对一次。",
		"lead_unit": unit("WD"), "effective": "2026-03-10",
	}).
		then("03-02 09:10", "3101", "submit", nil).
		then("03-02 15:00", "3101", "agree", nil).
		then("03-03 10:00", governmentDirector, "agree", nil, "同意施行")
}
