package demo

import "github.com/chengqi-oa/chengqi/internal/engine"

// secrecyWeek: numbered carriers and telegrams, never their text (SEC-36, CIPHER-02).
func (s *stage) secrecyWeek() []deed {
	return tales(s.car10, s.car11, s.car12, s.cls01, s.cls02, s.cpy01, s.insp01, s.eval01, s.smeet01, s.tgm01, s.tgm02)
}

// car10 lies in the strong room, car11 is with its reader, car12 went back to where it came from.
func (s *stage) car10() *said {
	return s.carrier("S-CARR-01", "11-09", "JM-2026-0312", "秘密").
		then("11-10 09:00", secrecyNumber, "convey", fields{"session_at": s.moment("11-10 08:30"), "host": person("2002"), "attendees": people{"2101", "2201"}})
}

func (s *stage) car11() *said {
	return s.carrier("S-CARR-02", "11-16", "JM-2026-0318", "机密").
		then("11-17 09:00", secrecyNumber, "send", fields{"reader": person("1007"), "place": "本人保密柜所在办公室", "return_by": s.days.date("2026-11-19")}).
		then("11-17 09:20", "1007", "sign", nil)
}

func (s *stage) car12() *said {
	return s.carrier("S-CARR-03", "11-02", "JM-2026-0297", "秘密").
		then("11-10 15:00", secrecyNumber, "recall", fields{"outcome_ref": "清退回执QT-2026-41"})
}

func (s *stage) carrier(name, day, code, level string) *said {
	return s.tell(name).starts(day+" 09:00", secrecyNumber, "carrier", fields{
		"code": code, "copy_number": "07", "level": level, "made_on": s.days.date("2026-10-20"), "years": 10, "copies": 1, "origin": "安澜市人民政府办公室",
		"way": "机要交换", "received_on": s.days.date("2026-" + day), "keeper": person(secrecyNumber), "location": "机要室一号密码柜",
		"scope": people{"1001", "1002", "1007", "2002", "2101", "2201"},
	}).
		then(day+" 09:10", secrecyNumber, "register", nil)
}

// cls01 was decided in person and entered among the carriers (SEC-01); cls02 waits for the director.
func (s *stage) cls01() *said {
	t := s.classifies("S-CLS-01", "11-10", "LX-2026-006").
		then("11-10 15:00", governmentDirector, "decide", nil, "同意定密。").
		then("11-11 09:00", secrecyNumber, "mark", fields{"marked": true})
	entered := s.tell("S-CLS-01/carrier").
		then("11-11 09:20", secrecyNumber, "register", fields{"received_on": s.days.date("2026-11-11"), "keeper": person(secrecyNumber), "location": "机要室一号密码柜"})
	t.deeds = append(t.deeds, entered.deeds...)
	return t
}

func (s *stage) cls02() *said { return s.classifies("S-CLS-02", "11-17", "LX-2026-007") }

func (s *stage) classifies(name, day, code string) *said {
	return s.tell(name).starts(day+" 09:00", dispatcherNumber, "classification", fields{
		"code": code, "level": "秘密", "years": 5, "scope": people{"1002", "1006"}, "ground": "保密事项范围目录第12项", "copies": 3,
	}).
		then(day+" 09:10", dispatcherNumber, "submit", nil).
		then(day+" 10:00", "3101", "agree", nil, "同意。")
}

// cpy01 waits for the head of the agency (SEC-10).
func (s *stage) cpy01() *said {
	return s.tell("S-CPY-01").starts("11-17 10:00", "2101", "carrier-copy", fields{
		"carrier": named("S-CARR-01"), "how": "复印", "copies": 2, "reason": "传达学习", "receivers": people{"2101", "2201"},
	}).
		then("11-17 10:05", "2101", "submit", nil).
		then("11-17 10:10", "2101", "agree", nil, "同意。")
}

// insp01 found two things to mend (SEC-18).
func (s *stage) insp01() *said {
	t := s.tell("S-INSP-01").starts("11-16 09:00", secrecyNumber, "secrecy-inspection", fields{
		"sort": "专项检查", "ground": "年度保密检查计划", "lead_unit": unit("WD"), "inspectors": people{confidential, secrecyNumber}, "check_on": s.days.date("2026-11-16"),
	}).
		then("11-16 09:10", secrecyNumber, "plan", nil).
		then("11-16 16:00", confidential, "record", nil)
	t.deeds[2].compute = func(m *engine.Matter) map[string]any {
		items, _ := m.Fields["items"].([]any)
		for i, row := range items {
			item, _ := row.(map[string]any)
			item["verdict"] = "合格"
			if i == 1 {
				item["verdict"], item["problem"] = "问题", "一台计算机的口令超过三个月没有更换"
			}
		}
		return map[string]any{"items": items, "deadline": s.days.date("2026-11-23"), "asked": "更换口令，登记责任人。"}
	}
	return t
}

// eval01 takes the year's inspections over as they stand; it ends when each has its verdict (SEC-17).
func (s *stage) eval01() *said {
	return s.tell("S-EVAL-01").starts("11-17 16:00", secrecyNumber, "secrecy-evaluation", nil).
		then("11-17 16:05", secrecyNumber, "collect", nil)
}

func (s *stage) smeet01() *said {
	five := picks{"扩音设备", "线路", "门窗", "无线屏蔽", "无关人员清场"}
	after := picks{"桌面座位", "纸篓", "投影电脑", "录音录像设备", "门窗上锁"}
	cleared := fields{"issued": 6, "collected": 6, "lost": "无遗失", "venue_after": after}
	return s.tell("S-SMEET-01").starts("11-11 09:00", secrecyNumber, "secret-meeting", fields{
		"code": "MH-2026-05", "level": "秘密", "meet_at": s.moment("11-12 09:00"), "place": "常委会议室", "chair": person("1007"),
		"scope": people{"1007", "2001", "2002", "2101", "2201"}, "workers": people{"2102"}, "steward": person("2101"),
	}).
		then("11-11 09:10", secrecyNumber, "settle", nil).
		then("11-12 08:20", secrecyNumber, "checked", fields{"venue_before": five}).
		then("11-12 08:50", "2101", "checked", fields{"present": people{"1007", "2001", "2002", "2101", "2201"}, "phones": true}).
		then("11-12 09:00", "2101", "announced", fields{"discipline": true}).
		then("11-12 11:00", "2101", "cleared", cleared).
		then("11-12 11:10", secrecyNumber, "cleared", nil).
		then("11-12 11:15", confidential, "cleared", nil)
}

// tgm01 went round and came back, tgm02 is being read (CIPHER-03).
func (s *stage) tgm01() *said {
	return s.telegram("S-TGM-01", "11-11", "DB-2026-118", "平急", "1002").
		then("11-11 11:00", secrecyNumber, "take-back", nil).
		then("11-12 09:00", secrecyNumber, "recover", fields{"archive_code": "DB-2026-118", "feedback": "已阅"})
}

func (s *stage) tgm02() *said {
	return s.telegram("S-TGM-02", "11-18", "DB-2026-121", "加急", "1007")
}

func (s *stage) telegram(name, day, code, urgency, reader string) *said {
	return s.tell(name).starts(day+" 08:20", secrecyNumber, "telegram", fields{
		"direction": "收", "sort": "密码电报", "code": code, "urgency": urgency, "partner": "安澜市人民政府", "copies": 1, "pages": 3, "arrived_at": s.moment(day + " 08:15"),
		"asked": true, "scope": people{reader},
	}).
		then(day+" 08:25", secrecyNumber, "receive", nil).
		then(day+" 08:40", secrecyNumber, "deliver", fields{"reader": person(reader), "place": "领导办公室"}).
		then(day+" 08:45", reader, "sign", nil)
}
