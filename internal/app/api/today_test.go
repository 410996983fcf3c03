package api_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
)

// day reads what the workbench says of a person's day, a line each.
func day(t *testing.T, o *apptest.Office, who string) []string {
	t.Helper()
	got := get[struct {
		Today []struct {
			Matter      string `json:"matter_id"`
			KindName    string `json:"kind_name"`
			From, Until *time.Time
			Title       string
			Where       string
		} `json:"today"`
	}](enter(t, o, who), "/workbench").Today
	if got == nil {
		t.Fatal("没有事的一天也要是空的列表")
	}
	out := []string{}
	for _, l := range got {
		at := ""
		if l.From != nil && l.Until != nil {
			at = l.From.Format("15:04") + "—" + l.Until.Format("15:04")
		} else if l.From != nil {
			at = l.From.Format("15:04")
		}
		out = append(out, fmt.Sprintf("%s %s %s %s", at, l.KindName, l.Title, l.Where))
	}
	return out
}

// What is booked and called for today stands on the first page of whom it names, by time, and on nobody else's (CAL-01).
func Test_工作台写明自己今天的会议用车和会议室(t *testing.T) {
	o := apptest.Open(t)
	is := func(who string, want ...string) {
		t.Helper()
		if got := day(t, o, who); !slices.Equal(got, want) {
			t.Errorf("%s 的今天是\n  %q\n应是\n  %q", who, got, want)
		}
	}
	is("3102")
	today, tomorrow := o.Now().Format("2006-01-02"), o.Now().AddDate(0, 0, 1).Format("2006-01-02")

	hall := o.Create("2101", "room", nil)
	o.Do("2101", hall, "enter", apptest.Fields{"title": "第一会议室", "seats": 20, "keeper": o.Person("2102")})
	rooms := func(who, day, from, until string) db.ID {
		m := o.Create(who, "room-booking", apptest.Fields{"title": "科务会", "room": hall.String(), "from": day + " " + from, "until": day + " " + until, "attendees": 6})
		o.Do(who, m, "submit", nil)
		o.Do("2102", m, "agree", nil)
		return m
	}
	booked := rooms("2202", today, "15:00", "16:00")
	rooms("2202", tomorrow, "15:00", "16:00")
	is("2202", "15:00—16:00 会议室预订 科务会 第一会议室")
	is("2102") // 会议室管理人排期，会不是他的
	is("1010") // 主任看得见全部预订，会不是他的
	o.Do("2202", booked, "cancel", nil, "不开了")
	is("2202")

	car := o.Create("3205", "vehicle", nil)
	o.Do("3205", car, "enter", apptest.Fields{"title": "样车二", "plate": "样A·L002", "purpose": "应急保障", "bought_on": "2023-03-01", "price": 179000, "displacement": 1800, "mileage": 61200})
	ride := o.Create("3207", "vehicle-dispatch", apptest.Fields{"title": "送考察团", "user": o.Person("2302"), "to_place": "枫渡镇", "from": today + " 13:30", "until": today + " 17:30", "official": true, "scope": "区内"})
	o.Do("3207", ride, "submit", nil)
	o.Do("3201", ride, "agree", nil)
	o.Do("3205", ride, "assign", apptest.Fields{"vehicle": car.String(), "driver": o.Person("3206")})
	is("3206", "13:30—17:30 派车 送考察团 样车二")
	is("3207", "13:30—17:30 派车 送考察团 样车二")
	is("2302", "13:30—17:30 派车 送考察团 样车二") // 别人替他申请的
	is("3201")

	meeting := o.Create("1010", "office-meeting", apptest.Fields{"asked": o.Units("文电科"), "place": "小会议室"})
	o.Do("1010", meeting, "ask", nil)
	is("1010", " 办公例会 周一例会 小会议室")
	is("3101", " 办公例会 周一例会 小会议室")
	is("2101")
	o.Create("1010", "office-meeting", apptest.Fields{"asked": o.Units("文电科")}) // 没有送出的不算
	is("1010", " 办公例会 周一例会 小会议室")

	reception := o.Create("3302", "petition-duty", apptest.Fields{"day": today, "lead_by": o.Person("1001"), "cadre": o.Person("3301")})
	o.Do("3302", reception, "publish", nil)
	is("1001", " 接访排班 "+o.Matter(reception).Title+" 来访接待室")

	diary := o.Create("2101", "leader-diary", apptest.Fields{"who": o.Person("1002"), "follower": o.Person("2102"), "phone": "0000-6210032"})
	o.Do("2101", diary, "enter", nil)
	visit := o.Create("2101", "leader-activity", apptest.Fields{"title": "供暖调度会", "diary": diary.String(), "from": today + " 14:00", "until": today + " 15:00", "place": "常委会议室", "vehicle": "不用车", "activity": "会议", "coordinator": o.Person("2102")})
	o.Do("2101", visit, "submit", nil)
	is("1002") // 还没有排定
	o.Do("2102", visit, "agree", nil)
	is("1002", "14:00—15:00 领导活动 供暖调度会 常委会议室")
}

// A meeting of which only the number is kept stands on the day of those who have a part in it, nobody else's (SEC-12).
func Test_涉密会议只在有份的人的今天(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("2502", "secret-meeting", apptest.Fields{
		"code": "2026-03", "level": "机密", "meet_at": o.Now().Format("2006-01-02") + " 15:00", "place": "保密会议室", "chair": o.Person("1001"), "scope": o.People("1001", "1002"),
		"workers": o.People("2502"), "steward": o.Person("2502"),
	})
	o.Do("2502", m, "settle", nil)
	if got := day(t, o, "2502"); !slices.Equal(got, []string{"15:00 涉密会议检查 机密级会议 2026-03 保密会议室"}) {
		t.Errorf("办会的人的今天是 %q", got)
	}
	if got := day(t, o, "1002"); o.Sees("1002", m) || len(got) != 0 {
		t.Errorf("没有份的人看到 %q", got)
	}
}
