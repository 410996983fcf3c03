package demo

import "time"

// seals are the ledger of seals. The old seal of the river works is given up and waits for the booklet
// of the year's end (S-SEAL-05).
func (s *stage) seals() []deed {
	var out []deed
	for _, seal := range []struct {
		name, code, level, issuer, enabled string
		approvers                          people
	}{
		{"中国共产党临溪县委员会", "Y-01", "党委", "临委", "2021-07-05", people{"1001", "1005"}},
		{"中国共产党临溪县委员会办公室", "Y-02", "办公室", "临委办", "2021-07-05", people{"1007"}},
		{"临溪县人民政府", "Y-03", "政府", "临政", "2021-07-05", people{"1002"}},
		{"临溪县人民政府办公室", "Y-04", "办公室", "临政办", "2021-07-05", people{"1010"}},
		{"临溪县防汛抗旱工作专班", "Y-05", "临时机构", "临政办", s.days.date("2026-01-06"), people{"1010"}},
		{"临溪县河道整治指挥部（旧）", "Y-06", "临时机构", "临政办", "2019-04-15", people{"1010"}},
		{"陆怀谦（名章）", "Y-07", "个人名章", "临政", "2021-07-05", people{"1002"}},
	} {
		f := fields{
			"title": seal.name, "code": seal.code, "level": seal.level, "issuer": issuer(seal.issuer), "approvers": seal.approvers,
			"keeper": person(keeperNumber), "backup": person(clerkNumber), "location": "文电科保险柜", "enabled_on": seal.enabled,
			"shape": "圆形", "diameter": 42, "center": "五角星", "ring": seal.name, "material": "铜",
		}
		if seal.level == "个人名章" {
			f["owner"], f["shape"], f["diameter"], f["center"], f["material"] = person("1002"), "正方形", 20, "无", "牛角"
		}
		out = append(out, s.tell(seal.code).starts("01-08 09:00", keeperNumber, "seal-lifecycle", f).
			then("01-08 09:10", keeperNumber, "enter", nil).deeds...)
	}
	old := s.tell("Y-06").
		then("11-12 15:00", keeperNumber, "recover", fields{"stop_reason": "机构撤并"}).
		then("11-13 09:20", keeperNumber, "void", fields{"void_on": s.days.date("2026-11-12"), "void_basis": "临政办〔2026〕38号，指挥部撤销"})
	return append(out, old.deeds...)
}

// letters: twenty-five introduction letters of the year were used up; the twenty-sixth is out (S-SEAL-03).
func (s *stage) letters() []deed {
	var out []deed
	places := []string{"安澜市水利局", "清禾县政府办公室", "安澜市档案馆", "安澜市财政局", "安澜市应急管理局"}
	bearers := []struct{ number, name, unit string }{
		{"3302", "阮清如", "应急信访科"}, {"2302", "石一磊", "信息科"}, {"3104", "古素华", "文电科"}, {"3202", "易书宁", "行政科"}, {"2402", "傅小满", "督查科"},
	}
	for i := range 25 {
		b := bearers[i%len(bearers)]
		month := 1 + i*10/25
		day := time.Date(2026, time.Month(month), 12+i%3, 0, 0, 0, 0, time.UTC).Format("01-02")
		name := "letter-" + day + b.number
		t := s.letter(name, day, b.number, fields{
			"bearer": b.name, "identity": b.unit + "工作人员", "people_count": 1 + i%2, "bearer_unit": "县政府办公室" + b.unit,
			"purpose": "联系业务", "reason": "联系业务资料核对", "destination": places[i%len(places)], "days": 3,
		})
		out = append(out, t.then(day+" 17:00", b.number, "return-used", fields{"outcome": "已用", "used_note": "事毕"}).deeds...)
	}
	t := s.letter("S-SEAL-03", "11-17", "3301", fields{
		"bearer": "项临渊", "identity": "县水利局办公室主任", "people_count": 2, "bearer_unit": "县水利局", "purpose": "学习考察",
		"reason": "考察河道生态治理", "destination": "清禾县水利局", "days": 3,
	})
	return append(out, t.deeds...)
}

// letter is asked for, agreed to by the head of the section and the director, and issued on one day.
func (s *stage) letter(name, day, who string, f fields) *said {
	f["issuer"] = issuer("临政办")
	t := s.tell(name).starts(day+" 08:40", who, "introduction-letter", f).then(day+" 08:45", who, "submit", nil)
	return t.
		then(day+" 09:05", s.headOf(who), "agree", nil, "情况属实，同意开具。").
		then(day+" 10:20", governmentDirector, "agree", nil, "同意。").
		then(day+" 10:40", keeperNumber, "issue", fields{"seal": named("Y-04"), "receiver": f["bearer"], "stub": true})
}

// headOf is the staff number of the head of a person's section.
func (s *stage) headOf(who string) string {
	p := s.cast.dir.ByUsername(who)
	return s.cast.dir.Person(s.cast.dir.Head(p.Unit)).Username
}

// seal01: eighty copies of S-OUT-01 under the seal of the office.
func (s *stage) seal01() *said {
	return s.tell("S-SEAL-01").starts("11-17 10:30", "3302", "seal-use", fields{
		"seal": named("Y-04"), "purpose": "发文", "reason": "印发冬季供暖通知", "document": named("S-OUT-01"), "copies": 80, "complete": true,
		"title": "临溪县人民政府办公室关于做好2026—2027年冬季供暖保障工作的通知", "document_number": "临政办〔2026〕43号",
	}).
		then("11-17 10:32", "3302", "submit", nil).
		then("11-17 10:40", "3301", "agree", nil, "同意用印。").
		then("11-17 10:55", governmentDirector, "agree", nil, "同意用印。").
		then("11-17 11:10", keeperNumber, "seal", fields{"checked": true, "sealed_copies": 80, "back_in_safe": true})
}

// seal02: of the three signatures under a contract the county head's is missing, so it cannot be sealed (SEAL-19).
func (s *stage) seal02() *said {
	return s.tell("S-SEAL-02").starts("11-16 15:00", "3201", "seal-use", fields{
		"seal": named("Y-03"), "purpose": "协议合同", "reason": "签订供热煤炭供应合同", "title": "2026—2027年供热煤炭供应合同", "copies": 4, "complete": true,
		"partner": "安澜市煤炭储运公司", "amount": 2860000, "term": "2026年11月至2027年4月", "legality": "县司法局已审核，条款合法",
	}).
		then("11-16 15:05", "3201", "submit", nil).
		then("11-16 15:10", "3201", "agree", nil, "同意，请审批。").
		then("11-17 08:50", "2004", "agree", nil, "同意，报县长审定。")
}

// seal04: the government's seal is asked to be carried out, which the county head alone may allow (SEAL-17).
func (s *stage) seal04() *said {
	return s.tell("S-SEAL-04").starts("11-17 16:00", "3101", "seal-carry", fields{
		"seal": named("Y-03"), "reason": "到市政府办公室签订联合治河备忘录", "destination": "安澜市人民政府办公室", "carriers": people{keeperNumber, "3101"},
		"from": s.days.on("11-20 08:30").Format(time.RFC3339), "until": s.days.on("11-20 17:00").Format(time.RFC3339),
	}).
		then("11-17 16:05", "3101", "submit", nil)
}
