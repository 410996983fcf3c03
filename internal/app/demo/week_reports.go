package demo

// reportsWeek: what was asked of leaders, what happened, what is dangerous, what people telephoned about, what deputies
// proposed.
func (s *stage) reportsWeek() []deed {
	return tales(s.req01, s.req02, s.prt01, s.prt02, s.emg01, s.emg02, s.pre01, s.haz01, s.haz02, s.hot01, s.hot02, s.hot03, s.prp01, s.prp02, s.rota01, s.rota02)
}

// req01 went up one step at a time and came back with an answer (FIRST-21).
func (s *stage) req01() *said {
	return s.tell("S-REQ-01").starts("11-10 09:00", emergencyHead, "request-report", fields{
		"form": "请示", "category": "其他应报", "title": "增配应急值守车辆夜间备勤", "basis": "冬季供暖期夜间抢修多", "suggestion": "供暖期内每晚安排一辆车备勤。",
		"urgency": "平件", "target": person(logisticsDeputy),
	}).
		then("11-10 09:10", emergencyHead, "submit", nil).
		then("11-10 15:00", logisticsDeputy, "answer", fields{"adopted": "采纳"}, "同意，由车管统一排班。").
		then("11-12 16:00", emergencyHead, "report", fields{"result": "已排出11月备勤表，样车二夜间备勤。"})
}

func (s *stage) req02() *said {
	return s.tell("S-REQ-02").starts("11-17 10:00", "2301", "request-report", fields{
		"form": "请示", "category": "重要活动与计划进展", "title": "举办全县信息员培训班", "basis": "年度工作要点", "suggestion": "12月上旬办一天，各单位信息员参加。",
		"urgency": "平件", "target": person("2001"),
	}).
		then("11-17 10:05", "2301", "submit", nil)
}

// prt01: the leader's word by telephone was repeated back, then passed on (TEL-04).
func (s *stage) prt01() *said {
	return s.tell("S-PRT-01").starts("11-12 07:50", dutyNumber, "phone-report", fields{
		"reported_at": s.moment("11-12 07:40"), "leaders": people{"1009"}, "sort": "紧急", "urgency": "加急", "title": "城西热源厂一台锅炉停炉检修",
		"content": "城西热源厂二号锅炉因给煤机故障停炉，预计四小时恢复，影响供热面积约12万平方米。", "measures": "厂方已抢修，一号锅炉提负荷运行。",
		"oral": "抓紧抢修，向住户做好解释。", "repeated": true,
	}).
		then("11-12 08:00", dutyNumber, "present", nil).
		then("11-12 08:40", "1009", "instruct", nil, "请盯住恢复时间，逐小时报告。").
		then("11-12 13:30", dutyNumber, "done", fields{
			"conveyed": rows{{"whom": "城西热源厂", "at": s.moment("11-12 08:45"), "receiver": "厂值班长"}, {"whom": "应急信访科", "at": s.moment("11-12 08:50"), "receiver": "雷振声"}},
			"result":   "11时50分恢复运行，温度正常。",
		})
}

func (s *stage) prt02() *said {
	return s.tell("S-PRT-02").starts("11-18 08:55", dutyNumber, "phone-report", fields{
		"reported_at": s.moment("11-18 08:50"), "leaders": people{"1002"}, "sort": "紧急", "urgency": "特急", "title": "枫渡镇漏点抢修进度",
		"content": "抢修队8时40分到场，已关闭上游阀门，正在开挖。", "measures": "镇里送水车两台为住户供水。",
	}).
		then("11-18 09:00", dutyNumber, "present", nil)
}

// emg01 is the burst pipe of the shift's own log: told at once, in writing within the hour, to be followed up (EMRG-06).
func (s *stage) emg01() *said {
	return s.tell("S-EMG-01").starts("11-18 08:10", dutyNumber, "emergency-report", fields{
		"title": "城区供水管线爆裂", "place": "城东路中段", "heard_at": s.moment("11-18 08:09"),
	}).
		then("11-18 08:11", dutyNumber, "alert", fields{"add_readers": people{partyDirector}}).
		then("11-18 08:26", dutyNumber, "report", fields{
			"round": "首报", "kind_of": "事故灾难", "grade": "一般", "warning": "无预警", "urgency": "特急", "source": "部门报告",
			"happened_at": s.moment("11-18 07:55"), "nature": "供水主管爆裂", "extent": "影响2个小区约600户", "losses": "无人员伤亡", "trend": "水量已控制",
			"commander": "县水利局值班领导", "measures": "已关闭上下游阀门，抢修队到场，送水车保障居民用水。", "asks": "请协调交通疏导", "caller": "项临渊", "caller_phone": "0000-6220103",
			"phoned":  rows{{"whom": "邵嘉树", "at": s.moment("11-18 08:11"), "answer": "即报县长并报市"}, {"whom": "市政府值班室", "at": s.moment("11-18 08:25"), "answer": "续报进展"}},
			"leaders": people{"1002"},
		}).
		then("11-18 08:32", partyDirector, "arrange", fields{"lead_unit": unit("YX")}, "应急信访科牵头，盯到恢复供水。").
		then("11-18 08:45", dutyNumber, "next", fields{
			"handled": "抢修队已开挖，交警疏导到位。", "sent_up": rows{{"to": "市政府值班室", "at": s.moment("11-18 08:41"), "receiver": "市值班员"}},
		})
}

// emg02: an older event from first to last report would fill a week of its own; this one turned out to be nothing.
func (s *stage) emg02() *said {
	return s.tell("S-EMG-02").starts("11-05 14:02", dutyNumber, "emergency-report", fields{
		"title": "文塔街道某仓库冒烟", "place": "文塔街道北街", "heard_at": s.moment("11-05 14:00"),
	}).
		then("11-05 14:03", dutyNumber, "alert", fields{"add_readers": people{partyDirector}}).
		then("11-05 14:25", partyDirector, "false", nil, "街道现场核实为蒸汽管放汽，没有火情。")
}

// pre01 is the plan the duty officer calls up when the heating fails.
func (s *stage) pre01() *said {
	return s.tell("S-PRE-01").starts("11-03 09:00", dutyNumber, "emergency-readiness", fields{
		"item": "应急预案", "kind_of": "事故灾难", "title": "城区供热突发事件应急预案", "content": "先关阀、后抢修，两小时内启用备用热源。", "lead_unit": unit("XZ"),
	}).
		then("11-03 09:10", dutyNumber, "enter", nil)
}

func (s *stage) haz01() *said {
	return s.hazard("S-HAZ-01", "11-09", "机关食堂燃气报警器失灵", "机关食堂操作间", "2026-11-13").
		then("11-11 10:00", storeNumber, "done", fields{"done": "更换报警器两只，联动切断阀试验合格。"}).
		then("11-11 15:00", "3401", "clear", fields{"review": "现场试验三次，均能报警并切断。"})
}

func (s *stage) haz02() *said {
	return s.hazard("S-HAZ-02", "11-16", "地下车库应急照明不亮", "机关地下车库B区", "2026-11-27").
		then("11-17 16:00", logisticsHead, "watch", fields{"checks": rows{{"on": s.days.date("2026-11-17"), "state": "灯具已订货，临时放置移动照明", "who": person(logisticsHead)}}})
}

func (s *stage) hazard(name, day, title, place, until string) *said {
	return s.tell(name).starts(day+" 09:00", "3401", "hazard", fields{
		"title": title, "place": place, "found_by": "日常检查", "grade": "一般", "lead_unit": unit("XZ"),
	}).
		then(day+" 09:10", "3401", "register", nil).
		then(day+" 14:30", logisticsHead, "settle", fields{
			"owner": person(storeNumber), "measures": "更换失灵部件，设专人看护。", "deadline": s.days.date(until), "funds": "日常维修费列支，约800元", "plan": "先设临时防护，再更换，最后试验。",
		})
}

// hot01 was answered and asked about afterwards; hot02 has just been sent out; hot03 was told on the spot (TEL-11).
func (s *stage) hot01() *said {
	return s.calledIn("S-HOT-01", "11-09 09:00", "11-09 08:50", "景苑小区三号楼室内温度低", "供热", "LY-1109-03", "家中仅15度，请派人测温。").
		then("11-09 10:00", emergencyHead, "sign", nil).
		then("11-10 16:00", emergencyHead, "finish", fields{
			"result": "热力公司上门测温15.5度，清洗过滤网后升到20度。", "resolved": "已解决", "replied_at": s.moment("11-10 15:40"), "reply": "已清洗过滤网，室温20度。",
		}).
		then("11-11 09:30", petitionNumber, "satisfied", fields{"visited_at": s.moment("11-11 09:20"), "satisfied": "满意"})
}

func (s *stage) hot02() *said {
	return s.calledIn("S-HOT-02", "11-17 16:20", "11-17 16:10", "城东路井盖松动异响", "市容环卫", "LY-1117-06", "车辆经过时响声大，担心安全。")
}

func (s *stage) hot03() *said {
	return s.tell("S-HOT-03").starts("11-16 10:10", petitionNumber, "hotline", fields{
		"source": "公开电话", "called_at": s.moment("11-16 10:05"), "caller": "城西路住户", "phone": "0000-6330208", "title": "咨询供热费缴纳时间",
		"content": "问今年供热费缴到哪天。", "subject": "供热", "category": "咨询", "recording": "LY-1116-02", "reply": "可到热力公司营业厅或网上缴费，具体以营业厅公告为准。",
	}).
		then("11-16 10:14", petitionNumber, "answer", nil)
}

func (s *stage) calledIn(name, at, called, title, subject, recording, content string) *said {
	return s.tell(name).starts(at, petitionNumber, "hotline", fields{
		"source": "公开电话", "called_at": s.moment(called), "caller": "来电住户", "phone": "0000-6330318", "title": title, "content": content,
		"subject": subject, "category": "一般诉求", "urgency": "平件", "recording": recording, "lead_unit": unit("YX"),
	}).
		then(at, petitionNumber, "dispatch", nil)
}

// prp01 was answered and liked; prp02 came between sessions (PROP-02, PROP-04).
func (s *stage) prp01() *said {
	return s.proposes("S-PRP-01", "03-10", "建议", "县人大代表甲等3人", "关于增设城西公交站点的建议", "城西新建小区居民多，距最近公交站一公里。").
		then("03-17 15:00", emergencyHead, "sign", fields{"handler": person("3302"), "tell_way": "电话"}).
		then("04-08 10:00", "3302", "reply", fields{
			"talks": rows{{"on": s.days.date("2026-03-26"), "way": "座谈", "told": "希望上下班时段加密"}},
			"reply": "已会同交通部门增设站点两处，4月20日起开通。",
		}).
		then("04-09 09:00", emergencyHead, "agree", nil, "同意。").
		then("04-09 15:00", governmentDirector, "send", fields{"tell_way": "书面"}, "同意答复。").
		then("04-23 10:00", superviseNumber, "accepted", fields{"verdict": "满意", "remark": "办得快，站点好用。", "archived": true, "tell_way": "书面"})
}

func (s *stage) prp02() *said {
	return s.proposes("S-PRP-02", "11-16", "提案", "县政协委员乙", "关于冬季老旧小区供热管网巡查的提案", "供热初期跑冒滴漏多，建议建立巡查清单。")
}

func (s *stage) proposes(name, day, sort, by, title, content string) *said {
	return s.tell(name).starts(day+" 09:00", superviseNumber, "proposal", fields{
		"sort": sort, "session": "本届第五次会议", "proposers": by, "contact": "0000-6330501", "inquiry": "0000-6210031", "title": title, "content": content, "public": true,
	}).
		then(day+" 09:20", superviseNumber, "receive", fields{"tell_way": "电话"}).
		then(day+" 16:00", "2401", "hand-out", fields{"meeting_on": s.days.date("2026-" + day), "lead_unit": unit("YX"), "tell_way": "书面"})
}

func (s *stage) rota01() *said {
	return s.rota("S-ROTA-01", "11-12 16:00", "2026-11-13", "1009", "3302").
		then("11-13 17:00", "3302", "received", fields{"batches": 4, "people_met": 9, "note": "供热3批、物业1批，当场答复2批，转办2批。"})
}

func (s *stage) rota02() *said {
	return s.rota("S-ROTA-02", "11-17 16:00", "2026-11-19", "1008", emergencyHead)
}

func (s *stage) rota(name, at, day, leads, cadre string) *said {
	return s.tell(name).starts(at, petitionNumber, "petition-duty", fields{"day": s.days.date(day), "lead_by": person(leads), "cadre": person(cadre)}).
		then(at, petitionNumber, "publish", nil)
}
