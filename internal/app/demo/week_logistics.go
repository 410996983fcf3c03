package demo

import (
	"time"

	"github.com/chengqi-oa/chengqi/internal/engine"
)

// logisticsWeek: receptions, cars, rooms, purchases, stock, advances, the gate and the study of the week.
func (s *stage) logisticsWeek() []deed {
	out := s.things()
	for _, tell := range []func() *said{
		s.rec01, s.car01, s.rec02, s.car02, s.room01, s.buy01, s.buy02, s.fin01, s.supply01, s.gate02, s.mail01, s.study01, s.prn01,
	} {
		out = append(out, tell().deeds...)
	}
	return out
}

func (s *stage) moment(at string) string { return s.days.on(at).Format(time.RFC3339) }

// keeps enters a field again as it stands.
func keeps(field string) func(*engine.Matter) map[string]any {
	return func(m *engine.Matter) map[string]any { return map[string]any{field: m.Fields[field]} }
}

// rec01: eight guests with a letter, three at table with them, one working meal (RECV-07, RECV-08).
func (s *stage) rec01() *said {
	return s.tell("S-REC-01").
		starts("11-16 09:40", receptionNumber, "reception", fields{
			"title": "清禾县政府考察团来访", "visitor_unit": "清禾县人民政府", "letter_number": "清政办函〔2026〕30号", "level": "一般来宾", "guest_count": 8,
			"guests": rows{
				{"name": "来宾甲", "status": "领队", "post": "副县长", "sex": "男", "nation": "汉族"},
				{"name": "来宾乙", "status": "随行", "post": "县政府办公室主任", "sex": "女", "nation": "回族", "diet": "清真"},
			},
			"home": "市外", "arrive_at": s.moment("11-19 10:00"), "leave_at": s.moment("11-19 16:00"), "transport": "自备中巴",
			"aim": "考察供热管网改造", "activities": "座谈、现场、工作餐", "route": "县政府—城西热源厂", "welcome": "县政府大门",
		}).
		then("11-16 10:00", receptionNumber, "submit", nil).
		then("11-16 10:40", logisticsDeputy, "instruct", nil, "请按规定拟方案，从简安排。").
		then("11-16 16:20", receptionNumber, "submit", fields{
			"guest_count": 8, "diet_checked": true, "company": people{"1009", "1010", "2004"}, "meals": 1, "meal_price": 40, "plain": true, "budget": 440,
			"schedule": rows{
				{"at": "10:00", "place": "第一会议室", "what": "座谈", "who": person(receptionNumber)},
				{"at": "12:00", "place": "机关食堂", "what": "工作餐", "who": person("3208")},
				{"at": "14:00", "place": "城西热源厂", "what": "现场考察", "who": person("3301")},
			},
			"needs_car": true, "needs_room": true,
		}).
		then("11-17 09:10", governmentDirector, "agree", nil, "同意方案。")
}

// car01 is the car of S-REC-01: given out, and the driver has promised (CAR-05).
func (s *stage) car01() *said {
	t := s.tell("S-REC-01/vehicle-dispatch").
		then("11-17 09:30", receptionNumber, "submit", fields{"title": "送清禾县政府考察团", "to_place": "城西热源厂", "passengers": 8}).
		then("11-17 09:50", "3201", "agree", nil, "同意派车。").
		then("11-17 10:10", fleetNumber, "assign", fields{"vehicle": named("样车二"), "driver": person("3206")}).
		then("11-18 08:30", "3206", "promise", fields{"sober": true})
	room := s.tell("S-REC-01/room-booking").
		then("11-17 09:35", receptionNumber, "submit", fields{
			"title": "清禾县政府考察团座谈", "room": named("第一会议室"), "until": s.moment("11-19 12:00"), "layout": "长桌式", "equipment": picks{"话筒", "席卡"}, "by_whom": "本机关",
		}).
		then("11-17 10:20", roomKeeper, "agree", nil)
	t.deeds = append(t.deeds, room.deeds...)
	return t
}

// rec02 has no letter and cannot be sent on (RECV-05); it is left standing as it is.
func (s *stage) rec02() *said {
	return s.tell("S-REC-02").starts("11-17 15:20", receptionNumber, "reception", fields{
		"title": "某企业来县考察", "visitor_unit": "某企业", "level": "企业", "guest_count": 5, "home": "市外", "transport": "自备车",
		"arrive_at": s.moment("11-20 10:00"), "leave_at": s.moment("11-20 15:00"), "aim": "考察投资环境", "activities": "座谈、看点",
	})
}

// car02 leaves the county and waits for the deputy director (CAR-01).
func (s *stage) car02() *said {
	return s.tell("S-CAR-02").
		starts("11-17 16:00", receptionNumber, "vehicle-outside", fields{
			"title": "外县接站", "user": person(receptionNumber), "user_unit": unit("XZ"), "passengers": 2, "from_place": "机关", "to_place": "清禾县",
			"from": s.moment("11-19 07:30"), "until": s.moment("11-19 11:30"), "official": true,
		}).
		then("11-17 16:05", receptionNumber, "submit", nil).
		then("11-17 16:30", "3201", "agree", nil, "同意，请审批。")
}

// room01: a training was booked first; the leaders' meeting goes before it (ROOM-02).
func (s *stage) room01() *said {
	t := s.tell("S-ROOM-01").
		starts("11-16 14:30", "2302", "room-booking", fields{
			"title": "公文培训", "room": named("第二会议室"), "from": s.moment("11-20 14:00"), "until": s.moment("11-20 15:30"), "user_unit": unit("XX"),
			"attendees": 18, "layout": "课桌式", "by_whom": "本机关",
		}).
		then("11-16 14:35", "2302", "submit", nil).
		then("11-16 15:00", roomKeeper, "agree", nil)
	first := s.tell("S-ROOM-02").
		starts("11-17 17:00", "2101", "room-booking", fields{
			"title": "领导会见", "room": named("第二会议室"), "from": s.moment("11-20 14:00"), "until": s.moment("11-20 15:30"), "user_unit": unit("MS"),
			"attendees": 12, "layout": "长桌式", "tea": true, "leader_use": true, "attending": people{"1001"}, "by_whom": "本机关",
		}).
		then("11-17 17:05", "2101", "submit", nil).
		then("11-17 17:15", roomKeeper, "agree", nil)
	t.deeds = append(t.deeds, first.deeds...)
	return t
}

// buy01 comes to 120 yuan and so to the director (BUY-01).
func (s *stage) buy01() *said {
	return s.tell("S-BUY-01").
		starts("11-17 08:50", storeNumber, "purchase", fields{
			"title": "打印纸、硒鼓一批", "reason": "库存将到下限", "user_unit": unit("XZ"),
			"items": rows{{"item": named("打印纸"), "quantity": 2, "price": 25}, {"item": named("硒鼓"), "quantity": 1, "price": 70}},
		}).
		then("11-17 08:55", storeNumber, "submit", nil).
		then("11-17 11:10", logisticsDeputy, "agree", nil, "同意，请主任批。")
}

// buy02 was bought on a spoken word and has three working days for its papers (BUY-03).
func (s *stage) buy02() *said {
	return s.tell("S-BUY-02").
		starts("11-13 09:20", storeNumber, "purchase", fields{
			"title": "扫帚", "reason": "降雪清扫急用", "user_unit": unit("XZ"), "oral_by": person(logisticsDeputy), "oral_at": s.moment("11-13 08:40"),
			"bought_on": s.days.date("2026-11-13"),
		}).
		then("11-13 09:25", storeNumber, "urgent", nil)
}

// fin01 came back on the sixth and has not settled in seven working days (FIN-02).
func (s *stage) fin01() *said {
	return s.tell("S-FIN-01").
		starts("11-02 09:00", "2302", "advance", fields{
			"title": "赴市参加信息工作培训", "user_unit": unit("XX"), "purpose": "差旅", "amount": 2000, "back_on": s.days.date("2026-11-06"),
		}).
		then("11-02 09:05", "2302", "submit", nil).
		then("11-02 10:00", "2301", "agree", nil, "情况属实，请审批。").
		then("11-02 14:40", partyDirector, "agree", nil, "同意借支。").
		then("11-02 15:30", accountantNumber, "pass", fields{"way": "公务卡"}).
		then("11-02 16:10", cashierNumber, "pay", nil).
		then("11-06 16:30", "2302", "back", nil)
}

// supply01: a used toner is handed in for a new one (BUY-07).
func (s *stage) supply01() *said {
	return s.tell("S-SUPPLY-01").
		starts("11-16 09:10", "2202", "supplies-issue", fields{
			"item": named("硒鼓"), "quantity": 1, "purpose": "校核打印", "person": person("2202"), "user_unit": unit("ZH"),
		}).
		then("11-16 09:12", "2202", "submit", nil).
		then("11-16 09:40", "2201", "agree", nil, "同意。").
		then("11-16 10:20", storeNumber, "issue", fields{"old": "已交", "issued": 1}).
		then("11-16 10:30", "2202", "receive", nil)
}

// gate02: two people of the water bureau, expected, came and went.
func (s *stage) gate02() *said {
	return s.tell("S-VIS-02").
		starts("11-17 09:05", gateNumber, "visitor", fields{
			"title": "送阅水库检查材料", "visitor_name": "县水利局工作人员", "visitor_unit": "县水利局", "credential": "工作证0107", "count": 2, "host": person("3301"), "booked": "已预约",
		}).
		then("11-17 09:06", gateNumber, "ask", nil).
		then("11-17 10:15", gateNumber, "leave", fields{"slip_back": true})
}

func (s *stage) mail01() *said {
	return s.tell("S-MAIL-01").
		starts("11-17 14:10", gateNumber, "mailroom", fields{
			"title": "挂号信", "sort": "挂号", "mail_number": "样挂00231", "origin": "安澜市信访局", "count": 1, "intact": "完好", "recipient": person(petitionNumber),
		}).
		then("11-17 14:12", gateNumber, "register", nil)
}

// study01 is this afternoon; nobody has signed in (STUDY-01).
func (s *stage) study01() *said {
	return s.tell("S-STUDY-01").
		starts("11-16 08:45", "2201", "study-log", fields{
			"sort": "集体学习", "title": "信访工作条例", "day": s.days.date("2026-11-18"), "hours": 2, "chair": person("2201"), "venue": "第一会议室", "material": "《信访工作条例》及辅导材料",
			"expected": people{"2101", "2102", "2201", "2202", "2301", "2302", "2401", "2402", "3301", "3302"},
		}).
		then("11-16 08:50", "2201", "arrange", nil)
}

// prn01: eighty copies are printed, five sheets of 240 spoiled, not yet fetched (PRINT-17, PRINT-19).
func (s *stage) prn01() *said {
	return s.tell("S-PRN-01").
		starts("11-17 13:35", "3301", "printing", fields{
			"title": "关于做好2026—2027年冬季供暖保障工作的通知", "doc_kind": "公文", "document_number": "临政办〔2026〕43号", "user_unit": unit("YX"),
			"used_at": s.moment("11-18 08:30"), "demand": "按国标版式", "format": "公文格式", "sided": "双面", "pages": 3, "copies": 80,
			"needed_on": s.days.date("2026-11-18"), "secrecy": "无",
		}).
		then("11-17 13:38", "3301", "submit", nil).
		then("11-17 13:50", governmentDirector, "agree", nil, "同意印制。").
		then("11-17 14:00", "3104", "receive", fields{"proofreader": person("3302"), "operator": person("3104")}).
		then("11-17 15:40", "3104", "printed", nil).
		then("11-17 16:10", "3104", "pass", fields{
			"quality": picks{"字迹清楚", "版面整洁", "文件头无误", "无重页白页错页", "装订齐全"}, "wasted": 5, "scrap": "原稿退回、废件销毁",
		})
}
