package stories_test

import (
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

func vehicle(o *apptest.Office, title, plate string) db.ID {
	m := o.Create("3205", "vehicle", nil)
	o.Do("3205", m, "enter", fields{"title": title, "plate": plate, "purpose": "应急保障", "bought_on": "2023-03-01", "price": 179000, "displacement": 1800, "mileage": 61200})
	return m
}

func room(o *apptest.Office, title string, seats int) db.ID {
	m := o.Create("2101", "room", nil)
	o.Do("2101", m, "enter", fields{"title": title, "seats": seats, "keeper": o.Person("2102")})
	return m
}

func asksForCar(o *apptest.Office, who string, more fields) (db.ID, fields) {
	f := fields{
		"title": "送考察团", "user": o.Person(who), "passengers": 8, "to_place": "枫渡镇", "from": "2026-11-19 08:30", "until": "2026-11-19 17:30",
		"user_unit": o.Unit("行政科"), "from_place": "机关", "official": true, "scope": "区内",
	}
	for k, v := range more {
		f[k] = v
	}
	return o.Create(who, "vehicle-dispatch", nil), f
}

// Whoever a car is asked for sees the slip once it is sent, though somebody else wrote it, and no other (SEC-30).
func Test替别人申请的派车单用车人送出就看得到(t *testing.T) {
	o := apptest.Open(t)
	m, f := asksForCar(o, "3207", fields{"user": o.Person("2302")})
	other, g := asksForCar(o, "3207", nil)
	if o.Sees("2302", m) {
		t.Error("还没有送出的，用车人不该看得到")
	}
	o.Do("3207", m, "submit", f)
	o.Do("3207", other, "submit", g)
	for _, c := range []struct {
		who  string
		m    db.ID
		sees bool
	}{{"2302", m, true}, {"2302", other, false}, {"2402", m, false}} {
		if o.Sees(c.who, c.m) != c.sees {
			t.Errorf("%s看得到%s：应是%v", c.who, o.Matter(c.m).Number, c.sees)
		}
	}
	o.Do("3207", m, "withdraw", nil)
	o.Do("3207", m, "submit", without(f, "user", o.Person("2402")))
	if !o.Sees("2402", m) || !o.Sees("2302", m) {
		t.Error("改了用车人，新的看得到，看过的仍看得到")
	}
	o.Do("3201", m, "agree", nil)
	_, err := o.Engine.Agree(t.Context(), func(int) {}, func(text string) { t.Errorf("核对：%s", text) })
	if err != nil {
		t.Fatal(err)
	}
}

func Test派车从申请到乘车人确认(t *testing.T) {
	o := apptest.Open(t)
	car := vehicle(o, "样车二", "样A·L002")
	m, f := asksForCar(o, "3207", nil)
	o.RefusedBecause("CAR-03", "3207", m, "submit", without(f, "official", false))
	o.RefusedBecause("CAR-01", "3207", m, "submit", without(f, "scope", "出区"))
	o.RefusedBecause("提前两小时", "3207", m, "submit", without(f, "from", "2026-11-18 10:00"))
	o.Do("3207", m, "submit", f)
	o.Do("3201", m, "agree", nil, "同意派车")
	holds(t, o, m, "assign", "康志远")
	o.RefusedBecause("CAR-11", "3205", m, "assign", fields{"vehicle": car.String(), "driver": o.Person("3207")})
	o.Do("3205", m, "assign", fields{"vehicle": car.String(), "driver": o.Person("3206")})

	other, g := asksForCar(o, "3302", fields{"from": "2026-11-19 16:00", "until": "2026-11-19 18:00", "user_unit": o.Unit("应急信访科")})
	o.Do("3302", other, "submit", g)
	o.Do("3301", other, "agree", nil)
	o.RefusedBecause("已由柏依依订用", "3205", other, "assign", fields{"vehicle": car.String(), "driver": o.Person("3206")})

	o.RefusedBecause("CAR-05", "3206", m, "depart", fields{"start_km": 61200})
	o.RefusedBecause("CAR-05", "3206", m, "promise", fields{"sober": false})
	o.Do("3206", m, "promise", fields{"sober": true})
	o.RefusedBecause("CAR-12", "3206", m, "depart", fields{"start_km": 60000})
	o.Do("3206", m, "depart", fields{"start_km": 61200})
	o.RefusedBecause("CAR-11", "3206", m, "back", fields{"end_km": 61260, "parked": false})
	o.Do("3206", m, "back", fields{"end_km": 61260, "parked": true, "fuel": 12})
	if end := o.Do("3207", m, "confirm", nil); end.State != engine.Closed || end.Number != "派车〔2026〕1号" {
		t.Errorf("派车单%s，%s", end.Number, end.State)
	}
	o.Do("3205", other, "assign", fields{"vehicle": car.String(), "driver": o.Person("3206")}) // 车已收回
}

func Test节假日只派值班车(t *testing.T) {
	o := apptest.Open(t)
	m, f := asksForCar(o, "3302", fields{"from": "2026-11-21 09:00", "until": "2026-11-21 11:00", "user_unit": o.Unit("应急信访科")})
	o.Do("3302", m, "submit", f)
	o.Do("3301", m, "agree", nil)
	holds(t, o, m, "holiday", "卓海宁")
}

func Test出区用车先批后派一周内结算(t *testing.T) {
	o := apptest.Open(t)
	car := vehicle(o, "样车三", "样A·L003")
	m := o.Create("3207", "vehicle-outside", nil)
	o.Do("3207", m, "submit", fields{
		"title": "外县接站", "passengers": 2, "to_place": "清禾县", "from": "2026-11-19 08:00", "until": "2026-11-19 18:00",
		"user": o.Person("3207"), "user_unit": o.Unit("行政科"), "from_place": "机关", "official": true,
	})
	o.Do("3201", m, "agree", nil)
	holds(t, o, m, "approve", "卓海宁")
	o.Do("2004", m, "agree", nil, "同意，注意安全")
	trip := o.Begun(m, "vehicle-dispatch")
	o.Do("3207", trip, "submit", nil)
	holds(t, o, trip, "assign", "康志远") // 出区已批，不再经科室负责人
	o.Do("3205", trip, "assign", fields{"vehicle": car.String(), "driver": o.Person("3206")})
	o.Until(time.Date(2026, 11, 19, 8, 0, 0, 0, db.Location))
	o.Do("3206", trip, "promise", fields{"sober": true})
	o.Do("3206", trip, "depart", fields{"start_km": 61200})
	o.Until(time.Date(2026, 11, 19, 18, 0, 0, 0, db.Location))
	o.Do("3206", trip, "back", fields{"end_km": 61500, "parked": true, "tolls": 90})
	o.Do("3207", trip, "confirm", nil)
	settle := o.Matter(m)
	if settle.Step != "settle" || settle.Tasks[len(settle.Tasks)-1].Due.In(db.Location).Format("01-02") != "11-26" {
		t.Fatalf("收车后到%s，期限%v", settle.Step, settle.Tasks[len(settle.Tasks)-1].Due)
	}
	o.RefusedBecause("CAR-02", "3207", m, "settle", fields{"returned_on": "2026-11-19", "tolls": 90, "receipts": 2, "one_trip": false})
	o.Do("3207", m, "settle", fields{"returned_on": "2026-11-19", "tolls": 90, "fuel": 200, "receipts": 2, "one_trip": true})
	o.Do("3202", m, "accept", nil)
	claim := o.Matter(o.Begun(m, "expense"))
	if claim.Fields["amount"] != 290.0 || claim.Fields["source_number"] != settle.Number {
		t.Errorf("报销单是%v", claim.Fields)
	}
}

func Test会议室不重叠领导活动优先(t *testing.T) {
	o := apptest.Open(t)
	small := room(o, "第二会议室", 20)
	book := func(who, from, until string, more fields) (db.ID, fields) {
		f := fields{
			"title": "公文培训", "room": small.String(), "from": from, "until": until, "user_unit": o.Unit("信息科"), "attendees": 18,
			"layout": "课桌式", "by_whom": "本机关",
		}
		for k, v := range more {
			f[k] = v
		}
		return o.Create(who, "room-booking", nil), f
	}
	first, f := book("2302", "2026-11-20 14:00", "2026-11-20 16:00", nil)
	o.RefusedBecause("ROOM-04", "2302", first, "submit", without(f, "attendees", 30))
	o.Do("2302", first, "submit", f)
	o.Do("2102", first, "agree", nil)

	second, g := book("2402", "2026-11-20 15:00", "2026-11-20 17:00", fields{"title": "督查碰头"})
	o.RefusedBecause("已由石一磊订用", "2402", second, "submit", g) // 不用等排期才知道
	g = without(g, "from", "2026-11-20 16:00")
	o.Do("2402", second, "submit", g) // 首尾相接不算重叠
	third, l := book("2402", "2026-11-20 16:30", "2026-11-20 17:00", fields{"title": "先后送来"})
	o.Do("2402", third, "submit", l)
	o.Do("2102", second, "agree", nil)
	o.RefusedBecause("ROOM-02", "2102", third, "agree", nil)
	o.Do("2102", third, "refuse", nil, "建议改时间")

	meeting, h := book("2101", "2026-11-20 14:30", "2026-11-20 15:30", fields{"title": "领导会见", "leader_use": true, "attending": o.People("1001")})
	o.Do("2101", meeting, "submit", h)
	o.Do("2102", meeting, "agree", nil)
	holds(t, o, first, "apply", "石一磊")
	if why, _ := o.Matter(first).Fields["moved"].(string); why == "" {
		t.Error("没有告诉申请人为什么要改期")
	}
	holds(t, o, second, "set-up", "叶知夏") // 不冲突的不受影响

	another, k := book("2101", "2026-11-20 15:00", "2026-11-20 16:00", fields{"title": "另一场会见", "leader_use": true, "attending": o.People("1002")})
	o.Do("2101", another, "submit", k)
	o.RefusedBecause("已有领导活动", "2102", another, "agree", nil)

	o.Do("2302", first, "submit", fields{"from": "2026-11-20 17:00", "until": "2026-11-20 18:00"})
	o.Do("2102", first, "agree", nil)
	o.Do("2102", first, "ready", fields{"tested": true})
	o.RefusedBecause("ROOM-03", "2102", first, "clean", fields{"cleaned": false})
	if end := o.Do("2102", first, "clean", fields{"cleaned": true}); end.State != engine.Closed {
		t.Errorf("清理签认后%s", end.State)
	}
}

func Test会议室外借由分管主任特批(t *testing.T) { // ROOM-01
	o := apptest.Open(t)
	hall := room(o, "大礼堂", 320)
	m := o.Create("2101", "room-booking", nil)
	o.Do("2101", m, "submit", fields{
		"title": "企业年会", "room": hall.String(), "from": "2026-11-25 14:00", "until": "2026-11-25 16:00", "user_unit": o.Unit("秘书科"),
		"attendees": 200, "layout": "剧院式", "by_whom": "外单位", "borrower": "县工商联",
	})
	holds(t, o, m, "lend", "邵嘉树")
}

// without is a form with one entry changed.
func without(f fields, key string, v any) fields {
	out := fields{}
	for k, x := range f {
		out[k] = x
	}
	out[key] = v
	return out
}
