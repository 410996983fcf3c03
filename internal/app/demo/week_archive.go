package demo

import "github.com/chengqi-oa/chengqi/internal/engine"

// archiveWeek: what was looked up in the archive, bound, counted, destroyed, read again, and kept as the month's events.
func (s *stage) archiveWeek() []deed {
	return tales(s.use01, s.use02, s.vol01, s.vol02, s.acc01, s.des01, s.des02, s.rev01, s.rev02, s.chr01, s.chr02, s.con01, s.con02)
}

func (s *stage) use01() *said {
	return s.looksUp("S-USE-01", "11-10", "2202", "2016年至2020年供热补贴办法", "起草供暖文件参考", "阅览", "当日归还").
		then("11-11 10:00", "2202", "fill", fields{"effect": "查到三个年度的补贴标准，用于新文件的测算。", "effect_kind": "工作查考"})
}

// use02 was to be back the same day and is not.
func (s *stage) use02() *said {
	return s.looksUp("S-USE-02", "11-16", "3302", "城东片区管网竣工资料", "核对漏点位置", "借出", "当日归还")
}

func (s *stage) looksUp(name, day, who, title, purpose, way, term string) *said {
	return s.tell(name).starts(day+" 08:40", who, "archive-use", fields{"title": title, "purpose": purpose, "way": way, "term": term}).
		then(day+" 08:42", who, "submit", nil).
		then(day+" 09:10", "2003", "agree", nil, "同意。").
		then(day+" 09:40", archiveNumber, "provide", fields{"trail_found": "题名", "count": 3, "pages": 27, "relevant": 3, "apt": 3})
}

// vol01 went to the archive room, vol02 waits for the last papers of its meeting (ARCH-17).
func (s *stage) vol01() *said {
	papers := rows{
		{"phase": "会前", "name": "会议通知和议程", "from": person("2102"), "copies": 1, "in": true},
		{"phase": "会中", "name": "领导讲话和发言材料", "from": person("2202"), "copies": 3, "in": true},
		{"phase": "会后", "name": "会议纪要", "from": person("2102"), "copies": 1, "in": true},
	}
	return s.tell("S-VOL-01").starts("11-02 09:00", "2102", "archive-volume", fields{"sort": "会议文件", "title": "全县冬季供暖动员会"}).
		then("11-02 09:05", "2102", "open", nil).
		then("11-06 16:00", "2102", "full", fields{"held_on": s.days.date("2026-10-30"), "papers": papers}).
		then("11-09 10:00", "2102", "bind", fields{"pages": 46, "retention": "30年", "keeper": person(clerkNumber), "place": "文电科二号柜"}).
		then("11-11 10:00", clerkNumber, "hand-over", nil).
		then("11-11 15:00", archiveNumber, "receive", fields{"volume_code": "L002-WS·2026-HY-0012", "complete": true})
}

func (s *stage) vol02() *said {
	return s.tell("S-VOL-02").starts("11-16 09:30", "2102", "archive-volume", fields{"sort": "会议文件", "title": "全市安全生产会议精神传达会"}).
		then("11-16 09:35", "2102", "open", nil).
		then("11-17 11:00", "2102", "save", fields{"papers": rows{
			{"phase": "会前", "name": "会议通知", "from": person("2102"), "copies": 1, "in": true},
			{"phase": "会中", "name": "传达提纲", "from": person("3301"), "copies": 1, "in": false},
		}})
}

// acc01 is the account of the paper and electronic documents, counted this month.
func (s *stage) acc01() *said {
	return s.tell("S-ACC-01").starts("01-08 14:00", archiveNumber, "archive-account", fields{"category": "WS 文书", "medium": "纸质和电子", "opening": 4210}).
		then("01-08 14:10", archiveNumber, "open", nil).
		then("06-10 10:00", archiveNumber, "take-in", fields{"on": s.days.date("2026-06-10"), "pieces": 36, "other": "原河道整治指挥部", "proof": "移交清册2026-03"}).
		then("11-12 15:00", archiveNumber, "count", fields{"counted": 4246})
}

// des01: counted, twice approved, watched by two (DESTROY-01); des02 waits for the director.
func (s *stage) des01() *said {
	t := s.destroys("S-DES-01", "11-03", "清样版纸", rows{
		{"name": "会议材料清样", "copies": 42, "ground": "清样版纸", "place": "文印室"},
		{"name": "讲话稿校样", "copies": 18, "ground": "清样版纸", "place": "文印室"},
	})
	return t.then("11-03 15:00", governmentDirector, "agree", nil, "同意。").
		then("11-04 10:00", "1002", "agree", nil, "同意销毁。").
		then("11-05 09:00", clerkNumber, "arrange", fields{"firm": "本机关自行粉碎", "place": "机要室粉碎间", "supervisors": people{archiveNumber, dispatcherNumber}, "way": "粉碎"}).
		then("11-05 15:00", archiveNumber, "sign", fields{"on_site": true, "done_at": s.moment("11-05 14:40")}).
		then("11-05 15:10", dispatcherNumber, "sign", fields{"on_site": true}).
		then("11-06 09:00", clerkNumber, "strike", nil)
}

func (s *stage) des02() *said {
	return s.destroys("S-DES-02", "11-17", "立档余件", rows{
		{"name": "2025年度通报余件", "number": "临政办〔2025〕21号", "copies": 15, "ground": "立档余件", "place": "文电科一号柜"},
		{"name": "2025年度会议资料余件", "copies": 30, "ground": "立档余件", "place": "文电科一号柜"},
	})
}

func (s *stage) destroys(name, day, reason string, items rows) *said {
	return s.tell(name).starts(day+" 09:00", clerkNumber, "destruction", fields{"reason": reason, "items": items}).
		then(day+" 09:30", clerkNumber, "submit", nil)
}

// rev01 was agreed; rev02 has lain with its signer for a day (DOC-OUT).
func (s *stage) rev01() *said {
	return s.readsAgain("S-REV-01", "11-10 10:00", "关于做好冬季森林防火工作的通知", "1006").
		then("11-10 10:25", "1006", "agree", nil, "同意改动。")
}

func (s *stage) rev02() *said {
	return s.readsAgain("S-REV-02", "11-17 15:00", "关于开展供热入户测温的通知", "1009")
}

func (s *stage) readsAgain(name, at, title, signer string) *said {
	return s.tell(name).starts(at, reviewerNumber, "re-review", fields{
		"title": title, "signer": person(signer), "change_kind": "实质性修改", "change_note": "核稿发现责任单位与分工文件不一致",
		"changes": rows{{"place": "第二部分第一段", "before": "由各乡镇负责。", "after": "由各乡镇负责，县直主管部门指导。"}},
	}).
		then(at, reviewerNumber, "send", nil)
}

// chr01 is October's, bound; chr02 asks the sections for what happened since (CHRON-02).
func (s *stage) chr01() *said {
	t := s.events("S-CHR-01", "11-02 09:00", "2026-10-09", "2026-10-30").
		then("11-03 09:00", "3101", "report", fields{"event_day": s.days.date("2026-10-20"), "event": "县政府办公室完成上年度文书档案整理。"}).
		then("11-03 09:05", "3101", "done", nil).
		then("11-03 10:00", "2401", "report", fields{"event_day": s.days.date("2026-10-28"), "event": "三季度督查事项全部办结。"}).
		then("11-03 10:05", "2401", "done", nil).
		then("11-04 10:00", archiveNumber, "submit", nil)
	t.deeds[len(t.deeds)-1].compute = func(m *engine.Matter) map[string]any {
		items, _ := m.Fields["items"].([]any)
		for _, row := range items {
			if item, ok := row.(map[string]any); ok {
				item["entry"] = "录入"
			}
		}
		return map[string]any{"items": items}
	}
	return t.then("11-05 09:00", governmentDirector, "agree", nil, "审定。").
		then("11-06 10:00", archiveNumber, "bind", fields{"bound": "大事记2026-10"})
}

func (s *stage) chr02() *said {
	return s.events("S-CHR-02", "11-16 09:00", "2026-11-02", "2026-11-13").
		then("11-17 10:00", "2401", "done", nil)
}

func (s *stage) events(name, at, since, until string) *said {
	return s.tell(name).starts(at, archiveNumber, "chronicle", fields{"since": s.days.date(since), "until": s.days.date(until)}).
		then(at, archiveNumber, "gather", fields{"since": s.days.date(since), "until": s.days.date(until)}).
		then(at, archiveNumber, "ask", fields{"since": s.days.date(since), "until": s.days.date(until), "units": units{"WD", "DC"}})
}

// con01 is in the strong room and in force, con02 has just been handed in (SEAL-32, SEAL-33).
func (s *stage) con01() *said {
	return s.filed("S-CON-01", "11-16 08:40", "机关办公设备维修服务合同", "县城办公设备维修部", 18000, "11-13 10:00").
		then("11-16 10:00", clerkNumber, "register", fields{"checked": true}).
		then("11-16 15:00", secrecyNumber, "store", fields{"location": "机要室三号柜"})
}

func (s *stage) con02() *said {
	return s.filed("S-CON-02", "11-17 16:00", "会议室音响设备采购合同", "县城音响器材商店", 36500, "11-17 10:00")
}

func (s *stage) filed(name, at, title, partner string, amount int, signed string) *said {
	return s.tell(name).starts(at, storeNumber, "contract-filing", fields{
		"title": title, "partner": partner, "amount": amount, "sort": "授权签订", "warrant": "主任办公会授权", "signed_at": s.moment(signed),
		"ends_on": s.days.date("2027-11-12"), "originals": 1,
	}).
		then(at, storeNumber, "send", nil)
}
