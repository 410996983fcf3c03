package demo

import "fmt"

const (
	fleetNumber      = "3205" // 车管
	storeNumber      = "3204" // 采购保管员
	roomKeeper       = "2102" // 会议室管理
	receptionNumber  = "3207" // 接待员
	gateNumber       = "3402" // 门卫、收发
	accountantNumber = "3202"
	cashierNumber    = "3203"
	logisticsDeputy  = "2004" // 分管行政的副主任
)

// things are what the office keeps: vehicles, rooms, supplies with their opening count, computers.
func (s *stage) things() []deed {
	out := s.vehicles()
	out = append(out, s.rooms()...)
	out = append(out, s.supplies()...)
	return append(out, s.computers()...)
}

func (s *stage) vehicles() []deed {
	var out []deed
	for _, v := range []struct {
		name, plate, purpose, bought string
		price, displacement, mileage int
	}{
		{"样车一", "样A·L001", "机要通信", "2021-05-20", 118000, 1600, 84600},
		{"样车二", "样A·L002", "应急保障", "2022-03-11", 176000, 1800, 61200},
		{"样车三", "样A·L003", "一般公务", "2019-06-18", 168000, 1800, 93500},
		{"样车四", "样A·L004", "新能源", "2024-09-02", 172000, 0, 22100},
	} {
		out = append(out, s.tell(v.name).starts("01-08 09:20", fleetNumber, "vehicle", fields{
			"title": v.name, "plate": v.plate, "purpose": v.purpose, "bought_on": v.bought, "price": v.price, "displacement": v.displacement,
			"mileage": v.mileage, "insured_until": s.days.date("2027-03-31"), "inspected_until": s.days.date("2027-06-30"),
		}).
			then("01-08 09:30", fleetNumber, "enter", nil).deeds...)
	}
	return out
}

func (s *stage) rooms() []deed {
	var out []deed
	for _, r := range []struct {
		name            string
		seats           int
		equipment, note string
		lines           string
	}{
		{"常委会议室", 24, "投影、话筒", "书记会、常委会专用优先", ""},
		{"第一会议室", 60, "投影、同声话筒、视频", "常务会、综合会", "视频会议终端一号，三级专线"},
		{"第二会议室", 20, "电视屏", "小型协调会", ""},
		{"视频会议室", 30, "三级视频", "上级视频会", "视频会议终端二号，三级专线"},
		{"接待室", 12, "空调、茶水", "会见优先", ""},
		{"大礼堂", 320, "扩音、灯光", "全县性大会", ""},
	} {
		out = append(out, s.tell(r.name).starts("01-08 10:00", "2101", "room", fields{
			"title": r.name, "seats": r.seats, "equipment": r.equipment, "note": r.note, "keeper": person(roomKeeper),
			"video": r.lines != "", "lines": r.lines,
		}).
			then("01-08 10:10", "2101", "enter", nil).deeds...)
	}
	return out
}

// supplies: the catalogue, and what was found in the store when the year's last quarter began.
func (s *stage) supplies() []deed {
	var out []deed
	var counted rows
	for _, g := range []struct {
		name, spec, measure, category string
		price, floor, stock           int
		exchange                      bool
	}{
		{"打印纸", "A4 70克", "包", "办公用品", 25, 20, 36, false},
		{"硒鼓", "通用型", "个", "耗材", 70, 3, 5, true},
		{"签字笔", "黑色0.5", "支", "办公用品", 2, 50, 140, false},
		{"档案盒", "A4 3厘米", "个", "办公用品", 6, 30, 85, false},
		{"扫帚", "竹制", "把", "清洁用品", 12, 5, 4, true},
	} {
		out = append(out, s.tell(g.name).starts("01-08 10:30", storeNumber, "supply", fields{
			"title": g.name, "spec": g.spec, "measure": g.measure, "category": g.category, "price": g.price, "floor_at": g.floor, "exchange": g.exchange,
		}).
			then("01-08 10:40", storeNumber, "enter", nil).deeds...)
		counted = append(counted, fields{"item": named(g.name), "counted": g.stock, "reason": "建账初盘", "action": "调账"})
	}
	count := s.tell("S-STOCK-00").
		starts("10-09 09:00", storeNumber, "stocktake", fields{"title": "第四季度办公用品建账盘点", "scope": "全部", "period": "季"}).
		then("10-09 09:10", storeNumber, "plan", nil).
		then("10-09 15:30", storeNumber, "count", fields{"items": counted, "counters": people{storeNumber, fleetNumber}, "counted_on": s.days.date("2026-10-09")})
	explain := deed{
		at: s.days.on("10-09 16:00"), who: storeNumber, matter: "S-STOCK-00", action: "explain",
		compute: keeps("items"),
	}
	count.deeds = append(count.deeds, explain)
	count.then("10-10 09:30", accountantNumber, "pass", nil, "差额为建账初盘，请批准入账。").
		then("10-10 11:00", governmentDirector, "agree", nil, "同意调账。")
	return append(out, count.deeds...)
}

// computers: PC-01 to PC-12, of which PC-07 is being mended.
func (s *stage) computers() []deed {
	var out []deed
	users := []struct{ number, place string }{
		{"2101", "秘书科"},
		{"2102", "秘书科"},
		{"2201", "综合科"},
		{"2202", "综合科"},
		{"2301", "信息科"},
		{"2401", "督查科"},
		{"2302", "信息科"},
		{"2602", "值班室"},
		{"3102", "文电科"},
		{"3103", "文电科"},
		{"3202", "行政科"},
		{"3302", "应急信访科"},
	}
	for i, u := range users {
		code := fmt.Sprintf("PC-%02d", i+1)
		t := s.tell(code).starts("01-09 09:00", storeNumber, "asset", fields{
			"title": "台式计算机", "code": code, "sort": "计算机", "model": "国产台式机", "details": "四核处理器，内存16G，硬盘512G", "printer": "科室共用",
			"desk": "1张", "chair": "1把", "network": "政务外网", "value": 4800, "bought_on": "2023-04-12", "location": u.place,
			"responsible_person": person(u.number), "taken_on": "2023-04-20",
		}).then("01-09 09:20", storeNumber, "enter", nil)
		if code == "PC-07" {
			t.then("11-16 15:10", u.number, "report", fields{"fault": "开机无显示，怀疑内存故障"})
		}
		out = append(out, t.deeds...)
	}
	return out
}
