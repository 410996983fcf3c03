package demo

const (
	informationNumber = "2302" // 信息采编
	superviseNumber   = "2402" // 督查登记
	confidential      = "2501" // 机要科长
	archiveNumber     = "3104" // 档案员，兼文印派单
	logisticsHead     = "3201"
	emergencyHead     = "3301"
)

// moneyWeek: what was paid for, carried out of the gate, looked at for cleanliness and printed outside.
func (s *stage) moneyWeek() []deed {
	return tales(s.exp01, s.exp02, s.exp03, s.out08, s.out09, s.out10, s.clean01, s.clean02, s.ext01, s.ext02)
}

// tales gathers the deeds of several matters.
func tales(tellers ...func() *said) []deed {
	var out []deed
	for _, tell := range tellers {
		out = append(out, tell().deeds...)
	}
	return out
}

// exp01: a journey settled to the last yuan (FIN-19).
func (s *stage) exp01() *said {
	return s.tell("S-EXP-01").starts("11-09 09:00", superviseNumber, "expense", fields{
		"title": "赴市参加督查业务培训差旅费", "category": "差旅", "amount": 560, "payee": "傅小满", "user_unit": unit("DC"), "way": "公务卡",
		"papers": picks{"发票", "审批单"}, "attachments": 4, "days": 2, "meals": 100, "local_transport": 80, "lodging": 300, "transport": 80, "private_part": true,
	}).
		then("11-09 09:10", superviseNumber, "submit", nil).
		then("11-09 10:00", "2401", "agree", nil, "情况属实。").
		then("11-09 16:20", accountantNumber, "pass", nil).
		then("11-10 09:10", partyDirector, "agree", nil, "同意报销。").
		then("11-10 15:00", cashierNumber, "pay", nil).
		then("11-11 09:30", accountantNumber, "book", fields{"voucher": "记-2026-11-017"})
}

// exp02 is with the accountant.
func (s *stage) exp02() *said {
	return s.tell("S-EXP-02").starts("11-17 09:20", storeNumber, "expense", fields{
		"title": "文印室打印机维修费", "category": "维修", "amount": 280, "payee": "县城办公设备维修部", "user_unit": unit("XZ"), "way": "转账",
		"papers": picks{"发票", "审批单"}, "attachments": 2, "private_part": true,
	}).
		then("11-17 09:25", storeNumber, "submit", nil).
		then("11-17 10:40", logisticsHead, "agree", nil, "已修好试机，情况属实。")
}

// exp03 has lain longer than a working day with the head of the section.
func (s *stage) exp03() *said {
	return s.tell("S-EXP-03").starts("11-16 08:40", "3302", "expense", fields{
		"title": "信访接待室座椅套清洗费", "category": "其他", "amount": 160, "payee": "县城洗涤服务部", "user_unit": unit("YX"), "way": "公务卡",
		"papers": picks{"发票"}, "attachments": 1, "private_part": true,
	}).
		then("11-16 08:45", "3302", "submit", nil)
}

// out08: waste paper leaves by two signatures and the guard (GUARD-05, GUARD-06).
func (s *stage) out08() *said {
	return s.tell("S-GOODS-01").starts("11-10 09:00", storeNumber, "goods-out", fields{
		"title": "废旧报刊", "quantity": 86, "measure": "公斤", "sort": "废旧物品", "gone_to": "县城再生资源回收站", "reason": "清理库房",
		"outsider": "回收站业务员，电话0000-6330401", "user_unit": unit("XZ"),
	}).
		then("11-10 09:05", storeNumber, "submit", nil).
		then("11-10 09:40", logisticsHead, "agree", nil, "同意。").
		then("11-10 09:45", logisticsHead, "agree", nil, "同意处理。").
		then("11-10 10:30", gateNumber, "pass", fields{"matched": true})
}

// out09 is lent out and still within its time, out10 should have been back yesterday.
func (s *stage) out09() *said {
	return s.lentOut("S-GOODS-02", "2102", "2101", fields{
		"title": "便携投影仪", "quantity": 1, "measure": "台", "sort": "一般物品", "gone_to": "枫渡镇人民政府", "reason": "冬灌工作现场会使用",
		"user_unit": unit("MS"), "kind_of": "借出", "return_by": s.days.date("2026-11-20"),
	})
}

func (s *stage) out10() *said {
	return s.lentOut("S-GOODS-03", "3302", emergencyHead, fields{
		"title": "手持扩音器", "quantity": 2, "measure": "个", "sort": "一般物品", "gone_to": "文塔街道办事处", "reason": "消防演练使用",
		"user_unit": unit("YX"), "kind_of": "借出", "return_by": s.days.date("2026-11-17"),
	})
}

func (s *stage) lentOut(name, who, head string, asked fields) *said {
	return s.tell(name).starts("11-16 08:30", who, "goods-out", asked).
		then("11-16 08:35", who, "submit", nil).
		then("11-16 09:00", head, "agree", nil, "同意借出，按时归还。").
		then("11-16 10:10", gateNumber, "pass", fields{"matched": true})
}

// clean01 was published; clean02 has to be put right by Friday (CLEAN-01).
func (s *stage) clean01() *said {
	return s.tell("S-CLEAN-01").starts("11-12 15:00", storeNumber, "hygiene", fields{
		"area": "秘书科办公室", "unit_checked": unit("MS"), "checked_on": s.days.date("2026-11-12"), "checkers": people{storeNumber, gateNumber},
		"indoor": 19, "walls": 18, "floor_score": 19, "toilet": 18, "basin": 20, "result": "合格",
	}).
		then("11-12 15:10", storeNumber, "submit", nil).
		then("11-13 09:00", storeNumber, "publish", nil)
}

func (s *stage) clean02() *said {
	return s.tell("S-CLEAN-02").starts("11-16 15:00", storeNumber, "hygiene", fields{
		"area": "传达室和东门岗亭", "unit_checked": unit("BW"), "checked_on": s.days.date("2026-11-16"), "checkers": people{storeNumber, "3302"},
		"indoor": 14, "walls": 13, "floor_score": 12, "toilet": 17, "basin": 18, "result": "限期整改",
		"problems": "门窗玻璃有积尘，杂物堆放在消防通道旁。", "fix_by": s.days.date("2026-11-20"),
	}).
		then("11-16 15:10", storeNumber, "submit", nil)
}

// ext01: the printing room could not do it; what it cost became an expense (PRINT-25, PRINT-26).
func (s *stage) ext01() *said {
	return s.tell("S-EXT-01").starts("11-09 10:00", "3302", "outside-printing", s.printedOutside("供热服务明白卡", 3000, 1200, "2026-11-13")).
		then("11-09 10:05", "3302", "submit", nil).
		then("11-09 10:50", archiveNumber, "cannot", fields{"cannot": "彩色覆膜，文印室没有设备"}).
		then("11-09 14:30", "2003", "agree", nil, "同意。").
		then("11-09 16:10", governmentDirector, "agree", nil, "同意外印，按定点单位执行。").
		then("11-13 10:00", "3302", "printed", fields{"printed": 3000, "proofs_back": true}).
		then("11-16 09:20", "3302", "settle", fields{"fee": 1180, "invoice": "00261113"})
}

func (s *stage) ext02() *said {
	return s.tell("S-EXT-02").starts("11-17 15:40", "2102", "outside-printing", s.printedOutside("全县性大会会议证", 320, 640, "2026-11-24")).
		then("11-17 15:45", "2102", "submit", nil)
}

func (s *stage) printedOutside(title string, copies, estimate int, needed string) fields {
	return fields{
		"title": title, "purpose": "发放使用", "copies": copies, "spec": "A5，彩色覆膜", "reason": "数量大，需覆膜", "printer_name": "县城定点印刷厂",
		"qualified": true, "estimate": estimate, "secrecy": "不涉密", "needed_on": s.days.date(needed),
	}
}
