package stories_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// diary is the county head's diary, followed up by 叶知夏.
func diary(o *apptest.Office, leader, follower string) db.ID {
	m := o.Create("2101", "leader-diary", fields{"who": o.Person(leader), "follower": o.Person(follower), "phone": "0000-6210032"})
	o.Do("2101", m, "enter", nil)
	return m
}

func activity(o *apptest.Office, d db.ID, more ...fields) db.ID {
	f := fields{
		"title": "冬季供暖调度会", "diary": d.String(), "from": at(26, 9, 0), "until": at(26, 11, 0), "place": "第一会议室", "vehicle": "不用车",
		"activity": "会议", "coordinator": o.Person("2102"),
	}
	for _, m := range more {
		for k, v := range m {
			f[k] = v
		}
	}
	return o.Create("2101", "leader-activity", f)
}

func Test领导活动四要素齐全才排入日程时间不重叠(t *testing.T) { // CAL-01, CAL-03, CAL-06, FIRST-25, FIRST-27, OTH-22
	o := apptest.Open(t)
	head, deputy := diary(o, "1002", "2102"), diary(o, "1009", "2101") // 正职副职各有跟进人
	for _, missing := range []string{"title", "from", "place", "vehicle"} {
		m := activity(o, head, fields{missing: nil})
		o.Refused("2101", m, "submit", nil)
	}
	m := activity(o, head, fields{"speech": true})
	after := o.Do("2101", m, "submit", nil)
	if after.Fields["who"] != o.Person("1002") {
		t.Error("没有记下出席的领导")
	}
	holds(t, o, m, "schedule", "叶知夏")
	o.Do("2102", m, "agree", nil)
	task := o.Matter(o.Begun(m, "personal-task"))
	if task.Step != "doing" || task.Fields["day"] != "2026-11-19" || !strings.Contains(task.Title, "讲话稿") {
		t.Errorf("准备任务是%s《%s》%v，应提前五个工作日", task.Step, task.Title, task.Fields["day"])
	}

	clash := activity(o, head, fields{"title": "会见客商", "from": at(26, 10, 30), "until": at(26, 12, 0), "activity": "会见接待"})
	o.Do("2101", clash, "submit", nil)
	o.RefusedBecause("CAL-03", "2102", clash, "agree", nil)
	same := activity(o, deputy, fields{"title": "调研供热", "activity": "调研", "vehicle": "单位派车"}) // 别的领导同一时间可以
	o.Do("2101", same, "submit", nil)
	o.Do("2101", same, "agree", nil)

	o.RefusedBecause("CAL-05", "2102", m, "ready", fields{"prepared": []any{"时间地点已核对"}})
	moved := o.Do("2102", m, "move", fields{"from": at(27, 9, 0), "until": at(27, 11, 0), "changed": "市里有会"})
	if !strings.Contains(moved.Fields["earlier"].(string), "2026年11月26日 09:00") {
		t.Errorf("改期前的安排是%v", moved.Fields["earlier"])
	}
	o.Do("2102", clash, "agree", nil) // 改期以后原来的时间就空出来了
	o.Do("2102", m, "agree", nil)
	o.Do("2102", m, "ready", fields{"prepared": []any{"时间地点已核对", "材料已送"}})
	o.RefusedBecause("活动还没有开始", "2102", m, "held", fields{"result": "已开"})
	o.Until(time.Date(2026, 11, 27, 11, 30, 0, 0, db.Location))
	o.RefusedBecause("CAL-05", "2102", m, "held", fields{"result": "已开", "error": "材料差错"})
	o.Do("2102", m, "held", fields{"result": "部署供暖", "error": "无差错"})

	got := tallied(t, o, "1010", "leader-activity", "各位领导公务活动次数")
	if got["陆怀谦 会议"] != 1 || got["陆怀谦 会见接待"] != 1 || got["罗清禾 调研"] != 1 {
		t.Errorf("领导活动次数是%v", got)
	}
}

// tallied works out one tally of a kind as a person sees it: "line column" → figure.
func tallied(t *testing.T, o *apptest.Office, who, kind, name string) map[string]float64 {
	t.Helper()
	out := map[string]float64{}
	book(t, o, who, kind, func(p *engine.Procedure, lines []*engine.Matter, w engine.World) error {
		for i := range p.Tallies {
			if p.Tallies[i].Name != name {
				continue
			}
			table, err := p.Tally(&p.Tallies[i], lines, w)
			if err != nil {
				return err
			}
			for _, l := range table.Lines {
				out[l.Name] = l.Total
				for j, n := range l.Cells {
					out[l.Name+" "+table.Across[j]] = n
				}
			}
		}
		return nil
	})
	if len(out) == 0 {
		t.Fatalf("“%s”没有统计“%s”", kind, name)
	}
	return out
}

func Test领导日程表按周汇集审定后各领导各科室阅知(t *testing.T) { // CAL-01
	o := apptest.Open(t)
	d := diary(o, "1002", "2102")
	for _, title := range []string{"冬季供暖调度会", "县长办公会"} {
		hour := 9
		if title == "县长办公会" {
			hour = 15
		}
		m := activity(o, d, fields{"title": title, "from": at(26, hour, 0), "until": at(26, hour+1, 0)})
		o.Do("2101", m, "submit", nil)
		o.Do("2102", m, "agree", nil)
	}
	week := o.Create("2101", "leader-week", fields{"since": "2026-11-23", "until": "2026-11-29"})
	o.Do("2101", week, "gather", nil)
	list := table(o.Do("2101", week, "gather", nil), "items") // 再汇集一次也不重复
	if len(list) != 2 || list[0]["title"] != "冬季供暖调度会" || list[1]["vehicle"] != "不用车" || list[0]["who"] != o.Person("1002") {
		t.Fatalf("汇集到%v", list)
	}
	list[1]["place"] = ""
	o.RefusedBecause("CAL-03", "2101", week, "submit", fields{"items": rows(list)})
	o.Do("2101", week, "submit", nil)
	holds(t, o, week, "approve", "贺庭山")
	o.Do("1007", week, "agree", nil)
	readers := strings.Join(o.Holders(week), "、")
	for _, name := range []string{"陆怀谦", "叶知夏", "雷振声", "祝云帆"} {
		if !strings.Contains(readers, name) {
			t.Errorf("日程表没有印发给%s：%s", name, readers)
		}
	}
	o.Do("2101", week, "reissue", nil, "县长办公会改期，收回重排") // OTH-22
	holds(t, o, week, "compile", "闻子衡")
	if len(o.Holders(week)) != 1 {
		t.Error("旧表没有收回")
	}
}

func Test个人待办没有做完的自动顺延插入急件排在前面(t *testing.T) { // FIRST-12, FIRST-23, FIRST-24, FIRST-28, OTH-20, OTH-23
	o := apptest.Open(t)
	write := func(title, level string) db.ID {
		m := o.Create("3302", "personal-task", fields{"title": title, "level": level})
		o.Do("3302", m, "begin", nil)
		return m
	}
	plain := write("整理信访月报", "平件")
	write("订文件夹", "缓件")
	urgent := write("回复市信访局", "特急") // 后来的急件
	var order []string
	for _, m := range owed(t, o, "3302") {
		order = append(order, m.Title)
	}
	if got := strings.Join(order, " "); got != "回复市信访局 整理信访月报 订文件夹" {
		t.Errorf("待办的次序是%s", got)
	}
	o.Do("3302", urgent, "done", fields{"result": "已回复", "next": "跟踪回访", "next_day": "2026-11-20"})
	if next := o.Matter(o.Begun(urgent, "personal-task")); next.Step != "doing" || next.Title != "跟踪回访" {
		t.Errorf("接着做的是%s《%s》", next.Step, next.Title)
	}
	o.Until(time.Date(2026, 11, 18, 17, 0, 0, 0, db.Location))
	o.Until(time.Date(2026, 11, 18, 18, 0, 0, 0, db.Location))
	rolled := o.Matter(plain)
	if rolled.Fields["day"] != "2026-11-19" || rolled.Fields["rolled"] != 1.0 || rolled.Step != "doing" {
		t.Errorf("没有顺延到次日：%v，%v次", rolled.Fields["day"], rolled.Fields["rolled"])
	}
	if n := notices(o, "3302"); !strings.Contains(n, "整理信访月报》到期没有办完，已自动顺延") {
		t.Errorf("没有告诉本人：%s", n)
	}
	if n := notices(o, "1010"); strings.Contains(n, "整理信访月报") {
		t.Errorf("自己顺延的小事报到了主任：%s", n)
	}
	if got := tallied(t, o, "3301", "personal-task", "谁办了多少"); got["阮清如 已做"] != 1 || got["阮清如 未做"] != 3 {
		t.Errorf("谁办了多少：%v", got)
	}
}

func Test登记时的缓急更正了待办里的次序跟着变(t *testing.T) { // FIRST-24, FIRST-28
	o := apptest.Open(t)
	first := received(o, fields{"urgency": "平件", "sender_number": "安政办〔2026〕62号", "title": "关于报送年度总结的通知"})
	second := received(o, fields{"urgency": "平件", "sender_number": "安政办〔2026〕63号", "title": "关于报送防汛情况的通知"})
	todo := func() (out []db.ID) {
		for _, m := range owed(t, o, "3102") {
			out = append(out, m.ID)
		}
		return out
	}
	if got := todo(); !slices.Equal(got, []db.ID{first, second}) {
		t.Fatalf("两件都是平件，先到的不在前：%v", got)
	}
	o.Do("3102", second, "correct", fields{"urgency": "特急"}, "登记有误，予以更正")
	if got := todo(); !slices.Equal(got, []db.ID{second, first}) {
		t.Errorf("改为特急的没有排到前面：%v", got)
	}
}

// owed are the matters somebody has to act on, in the order of their list.
func owed(t *testing.T, o *apptest.Office, who string) (out []engine.Matter) {
	t.Helper()
	read(t, o, func(tx *db.Tx) error {
		w, err := o.Engine.World(tx)
		if err != nil {
			return err
		}
		page, err := o.Engine.ListTasks(tx, w.ActorOf(o.Directory().ByUsername(who).ID), engine.TaskQuery{Box: engine.Todo, Limit: 10})
		for i := range page.Lines {
			out = append(out, page.Lines[i].Matter)
		}
		return err
	})
	return out
}
