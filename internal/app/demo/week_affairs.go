package demo

import "time"

const (
	dutyNumber     = "2602" // 值班员
	petitionNumber = "3302" // 信访接待
	secrecyNumber  = "2502" // 保密员
	keeperNumber   = dispatcherNumber
)

// affairsWeek: seals, letters, what leaders hand down, calls, callers, petitions, the duty shift, leave.
func (s *stage) affairsWeek() []deed {
	out := s.seals()
	out = append(out, s.letters()...)
	for _, tell := range []func() *said{
		s.seal01, s.seal02, s.seal04, s.asg01, s.asg02, s.tel01, s.vis01, s.duty01, s.pet01, s.pet02, s.leave01, s.abs02,
	} {
		out = append(out, tell().deeds...)
	}
	return out
}

// asg01: the duty officer took the county head's call and handed it on within six minutes.
func (s *stage) asg01() *said {
	return s.tell("S-ASG-01").starts("11-18 08:34", dutyNumber, "assignment", fields{
		"source": "领导交办", "assigner": person("1002"), "given_at": s.days.on("11-18 08:30").Format(time.RFC3339), "type": "查询办理",
		"title": "了解枫渡镇水管漏点抢修进度", "intent": "掌握群众用水恢复情况", "requirement": "当日17时前报告抢修进度和恢复供水时间。",
		"four": "领导交办急办", "urgency": "加急", "due_day": s.days.date("2026-11-18"), "lead_unit": unit("YX"), "reported_to": "已电话报告值班室主任丁望北",
	}).
		then("11-18 08:36", dutyNumber, "hand-over", nil).
		then("11-18 08:50", "3301", "take", nil, "已接，即联系枫渡镇。")
}

// asg02: nobody's business yet; it lies in the common pool since yesterday (FIRST-19).
func (s *stage) asg02() *said {
	return s.tell("S-ASG-02").starts("11-17 09:00", dutyNumber, "assignment", fields{
		"source": "来电", "caller": "城东社区居民", "caller_unit": "城东社区", "phone": "0000-6330118", "type": "查询办理",
		"given_at": s.days.on("11-17 08:52").Format(time.RFC3339), "title": "县城冬季施工扬尘反映", "requirement": "查明责任单位并答复来电人。",
		"four": "服务基层上门办", "urgency": "平件", "due_day": s.days.date("2026-11-18"),
	}).
		then("11-17 09:06", dutyNumber, "pool", nil)
}

// tel01: floating rubbish in the river, reported from the town, read by the county secretary.
func (s *stage) tel01() *said {
	return s.tell("S-TEL-01").starts("11-11 08:50", dutyNumber, "phone-record", fields{
		"caller_unit": "枫渡镇人民政府", "caller": "梅景川", "identity": "下级单位", "post": "党政办主任", "phone": "0000-6220101",
		"called_at": s.days.on("11-11 08:40").Format(time.RFC3339), "title": "枫渡河城区段漂浮物反映",
		"content": "枫渡河城区段近日出现大量漂浮物，沿岸群众反映强烈，镇里人手和船只不足，请县里协调清理。",
		"further": "漂浮物范围和来源待核", "repeated": true, "urgency": "加急", "leaders": people{"1001"},
	}).
		then("11-11 08:58", dutyNumber, "present", nil).
		then("11-11 09:40", "1001", "instruct", fields{"way": picks{"按批示办", "通知"}}, "请督查科督办，水利局牵头三日内清理。").
		then("11-11 10:05", dutyNumber, "told", fields{"told": rows{
			{"whom": "督查科", "at": s.days.on("11-11 09:50").Format(time.RFC3339), "receiver": "韩敬之"},
			{"whom": "县水利局", "at": s.days.on("11-11 10:00").Format(time.RFC3339), "receiver": "项临渊"},
		}})
}

// vis01: whoever wants to see the county secretary is announced to the director first (RECV-20).
func (s *stage) vis01() *said {
	return s.tell("S-VIS-01").starts("11-17 14:35", dutyNumber, "visitor-introduction", fields{
		"visitor": "枫渡镇党委书记", "visitor_unit": "枫渡镇", "post": "党委书记", "identity": "下级单位", "wants": person("1001"),
		"arrived_at": s.days.on("11-17 14:30").Format(time.RFC3339), "purpose": "汇报冬灌和水厂取水口迁改工作", "credential": "工作证",
	}).
		then("11-17 14:38", dutyNumber, "ask", nil).
		then("11-17 14:52", partyDirector, "meet", fields{"meet_at": s.days.on("11-19 08:30").Format(time.RFC3339), "place": "沈伯言办公室"}, "已请示，约11月19日8时30分。")
}

// duty01: the day shift is on, with two things open.
func (s *stage) duty01() *said {
	t := func(at string) string { return s.days.on(at).Format(time.RFC3339) }
	return s.tell("S-DUTY-01").starts("11-18 08:12", dutyNumber, "duty-shift", fields{
		"day": s.days.date("2026-11-18"), "shift": "白班", "officer": person(dutyNumber), "head_of_shift": person("2002"), "phone_ok": true,
		"inherited": "供水管线爆裂抢修续报。",
	}).
		then("11-18 08:20", dutyNumber, "sign-in", nil).
		then("11-18 09:05", dutyNumber, "note", fields{
			"entries": rows{
				{"at": t("11-18 08:09"), "matter": "县水利局电话报告城区供水管线爆裂，影响2个小区", "asked": "邵嘉树、贺庭山", "instruction": "即报县长并报市", "result": "08:25电话、08:41书面报市", "grave": true},
				{"at": t("11-18 08:30"), "matter": "陆怀谦电话交办了解枫渡镇漏点抢修进度", "result": "已移交应急信访科"},
				{"at": t("11-18 08:55"), "matter": "雷振声来电称抢修队已到场", "result": "12时前续报，未办"},
			},
			"received":  rows{{"at": t("11-18 08:20"), "sort": "信函", "from": "安澜市信访局", "to": "应急信访科", "pieces": 1, "passed_at": t("11-18 08:35"), "receiver": "阮清如"}},
			"briefings": rows{{"at": t("11-18 08:50"), "unit": "秘书科", "notice": "县委常委会第32次会议11月20日9时在常委会议室召开，未回执2人", "contact": "闻子衡", "until": s.days.date("2026-11-20")}},
		})
}

// pet01 was passed on to a bureau outside the system, which has fifteen days to answer in writing (PET-17).
func (s *stage) pet01() *said {
	return s.tell("S-PET-01").starts("11-04 09:10", petitionNumber, "petition", fields{
		"source": "来信", "received_at": s.days.on("11-04 08:50").Format(time.RFC3339), "petitioner": "城西路住户", "contact": "0000-6330207", "people_count": 1,
		"title": "城西路路灯不亮", "demand": "城西路东段路灯连续两周不亮，晚间出行不便，请尽快修复。", "category": "建议意见", "proposal": "建议转县住建部门办理",
	}).
		then("11-04 09:30", petitionNumber, "register", nil).
		then("11-04 10:10", governmentDirector, "send-out", fields{"outside_unit": "县住房和城乡建设局"}, "转请尽快修复，并将结果反馈。")
}

// pet02: three people, one matter; sixty days from acceptance (PET-18, PET-21).
func (s *stage) pet02() *said {
	return s.tell("S-PET-02").starts("11-05 09:20", petitionNumber, "petition", fields{
		"source": "来访", "received_at": s.days.on("11-05 09:00").Format(time.RFC3339), "petitioner": "景苑小区居民", "contact": "0000-6330315", "people_count": 3,
		"representatives": rows{{"who": "居民代表甲", "phone": "0000-6330315"}, {"who": "居民代表乙", "phone": "0000-6330316"}},
		"title":           "老旧小区加装电梯诉求", "demand": "要求明确加装电梯的补助标准和审批时限。", "category": "申诉求决",
		"talker": person(petitionNumber), "talk": "三位居民反映楼内老人多，加装电梯手续不清；已说明办理途径。", "manners": picks{"笑迎", "让座", "敬茶", "送别"},
	}).
		then("11-05 10:00", petitionNumber, "register", nil).
		then("11-05 15:30", governmentDirector, "hand-out", fields{"lead_unit": unit("YX")}, "请应急信访科会同住建部门依法办理。").
		then("11-06 09:00", "3301", "accept", nil).
		then("11-13 16:00", "3301", "notified", fields{"notice": "受理", "notified_on": s.days.date("2026-11-13")})
}

// leave01: half a day is for the deputy director to allow (ATT-03).
func (s *stage) leave01() *said {
	return s.tell("S-LEAVE-01").starts("11-17 15:00", "2202", "leave", fields{
		"type": "事假", "reason": "家中有事", "from": s.days.on("11-18 14:00").Format(time.RFC3339), "until": s.days.on("11-18 17:30").Format(time.RFC3339),
		"place": "本县", "phone": "0000-6210034", "stand_in": person("2201"),
	}).
		then("11-17 15:05", "2202", "submit", nil).
		then("11-17 15:40", "2201", "agree", nil, "同意，工作已安排。").
		then("11-17 16:20", "2001", "agree", nil, "同意。")
}

// abs02: the county head's journey is known at the duty office, and who acts for him (ATT-15).
func (s *stage) abs02() *said {
	return s.tell("S-ABS-02").starts("11-17 10:00", "1002", "absence-notice", fields{
		"who": person("1002"), "destination": "安澜市", "from": s.days.on("11-23 08:30").Format(time.RFC3339), "until": s.days.on("11-25 17:30").Format(time.RFC3339),
		"reason": "外出开会", "acting": person("1006"), "phone": "0000-6210002", "superior_report": "已报市政府办公室",
	}).
		then("11-17 10:05", "1002", "submit", nil).
		then("11-17 10:20", dutyNumber, "noted", nil)
}
