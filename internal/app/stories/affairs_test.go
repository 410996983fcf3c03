package stories_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// at is an instant of the sample's November, as fields hold it.
func at(day, hour, minute int) string {
	return time.Date(2026, 11, day, hour, minute, 0, 0, db.Location).Format(time.RFC3339)
}

// registerLine is the line of a matter in its register, as it is printed.
func registerLine(t *testing.T, o *apptest.Office, who string, id db.ID) string {
	t.Helper()
	var cells []string
	book(t, o, who, o.Matter(id).Kind, func(p *engine.Procedure, lines []*engine.Matter, w engine.World) error {
		for _, m := range lines {
			if m.ID != id {
				continue
			}
			values, err := p.Values(p.Register.Columns, m, nil, w)
			if err != nil {
				return err
			}
			for _, v := range values {
				cells = append(cells, engine.ShowValue(v))
			}
		}
		return nil
	})
	return strings.Join(cells, "|")
}

// seal enters a seal in use, kept by 倪承远.
func seal(o *apptest.Office, title, level, code string, approvers ...string) db.ID {
	m := o.Create("3103", "seal-lifecycle", fields{
		"title": title, "code": "Y-" + level, "level": level, "issuer": o.Issuer(code), "approvers": o.People(approvers...), "keeper": o.Person("3103"),
		"location": "文电科保险柜", "enabled_on": "2021-07-05",
	})
	if level == "个人名章" {
		o.Do("3103", m, "enter", fields{"owner": o.Person(approvers[0])})
	} else {
		o.Do("3103", m, "enter", nil)
	}
	return m
}

// asks fills in a seal-use slip in the name of 阮清如.
func asks(o *apptest.Office, seal db.ID, more fields) db.ID {
	f := fields{"seal": seal.String(), "purpose": "报表", "reason": "报送报表", "title": "十一月值守统计表", "copies": 3, "complete": true}
	for k, v := range more {
		f[k] = v
	}
	return o.Create("3302", "seal-use", f)
}

func Test用印从申请到登记(t *testing.T) { // SEAL-01, SEAL-07, SEAL-28
	o := apptest.Open(t)
	office := seal(o, "临溪县人民政府办公室", "办公室", "临政办", "1010")
	blank := asks(o, office, fields{"complete": false})
	o.RefusedBecause("SEAL-21", "3302", blank, "submit", nil)

	m := asks(o, office, nil)
	if after := o.Do("3302", m, "submit", nil); after.Number != "用印〔2026〕1号" {
		t.Errorf("审批单号%s", after.Number)
	}
	o.RefusedBecause("没有这个动作", "3103", m, "seal", fields{"checked": true, "sealed_copies": 3}) // 没有批准不能盖
	o.Do("3301", m, "agree", nil)
	holds(t, o, m, "approve", "马骁原")
	o.Do("1010", m, "agree", nil, "同意用印")
	holds(t, o, m, "seal", "倪承远")
	o.RefusedBecause("SEAL-15", "3103", m, "seal", fields{"checked": true, "sealed_copies": 4})
	o.RefusedBecause("SEAL-26", "3103", m, "seal", fields{"checked": true, "sealed_copies": 3, "stamped_by": o.Person("3101")})
	o.Do("3103", m, "seal", fields{"checked": true, "sealed_copies": 3})
	if due := o.Matter(m).OpenTasks(engine.Handle)[0].Due.Format("01-02 15:04"); due != "11-18 17:30" { // SEAL-28
		t.Errorf("归柜%s提醒", due)
	}
	o.Until(time.Date(2026, 11, 18, 17, 31, 0, 0, db.Location))
	if n := notices(o, "3103"); !strings.Contains(n, "已于11月18日17时30分到期") { // SEAL-28
		t.Errorf("没有归柜的印章下班前没有提醒监印员：%s", n)
	}
	end := o.Do("3103", m, "put-back", nil)
	if end.Fields["back_by"] != o.Person("3103") || end.Fields["back_at"] == "" {
		t.Errorf("归柜没有记下何时何人：%v %v", end.Fields["back_at"], end.Fields["back_by"])
	}
	if end.State != engine.Closed || end.Fields["sealed_by"] != o.Person("3103") {
		t.Errorf("%s，监印人%v", end.State, end.Fields["sealed_by"])
	}
	line := registerLine(t, o, "3103", m)
	for _, want := range []string{"应急信访科", "临溪县人民政府办公室", "十一月值守统计表", "马骁原", "倪承远", "用印〔2026〕1号"} {
		if !strings.Contains(line, want) {
			t.Errorf("用印登记簿没有“%s”：%s", want, line)
		}
	}
}

func Test用印份数以发文为准(t *testing.T) {
	o := apptest.Open(t)
	office := seal(o, "临溪县人民政府办公室", "办公室", "临政办", "1010")
	document := o.Create("3302", "outgoing", nil)
	m := asks(o, office, fields{"purpose": "发文", "document": document.String(), "document_number": "便函", "copies": 2})
	o.RefusedBecause("还没有签发编号", "3302", m, "submit", nil)
	o.Do("3302", m, "submit", fields{"document": letter(o, "关于借用除雪设备的函").String()})

	other := asks(o, office, fields{"purpose": "发文", "document": letter(o, "关于借用除雪车的函").String(), "document_number": "便函", "copies": 3})
	o.RefusedBecause("份数与发文批准的份数不一致", "3302", other, "submit", nil)
}

func Test哪级印章由哪级领导批(t *testing.T) { // SEAL-02, SEAL-05, SEAL-19, SEAL-24
	o := apptest.Open(t)
	party := seal(o, "中国共产党临溪县委员会", "党委", "临委", "1001", "1005")
	m := asks(o, party, nil)
	o.Do("3302", m, "submit", nil)
	o.Do("3301", m, "agree", nil)
	holds(t, o, m, "approve", "沈伯言", "秦以宁")

	name := seal(o, "陆怀谦（名章）", "个人名章", "临政", "1002")
	m = asks(o, name, nil)
	o.Do("3302", m, "submit", nil)
	o.Do("3301", m, "agree", nil)
	o.Away("1002", o.Now().Add(48*hour), "1006", "开会")
	o.RefusedBecause("SEAL-03", "1006", m, "agree", nil) // 名章不能代批
	o.Do("1002", m, "agree", nil)

	// 范围以外的由主要领导特批，协议合同三级签字缺一不可。
	office := seal(o, "临溪县人民政府办公室", "办公室", "临政办", "1010")
	m = asks(o, office, fields{"purpose": "其他"})
	o.Do("3302", m, "submit", nil)
	o.Do("3301", m, "agree", nil)
	o.Do("1010", m, "agree", nil)
	holds(t, o, m, "principal", "陆怀谦")
	contract := fields{"purpose": "协议合同", "partner": "安澜市煤炭储运公司", "term": "一年"}
	m = asks(o, office, contract)
	o.RefusedBecause("合法性审核", "3302", m, "submit", nil)
	o.Do("3302", m, "submit", fields{"legality": "条款合法"})
	o.Do("3301", m, "agree", nil)
	holds(t, o, m, "charge", "卓海宁")
	o.Do("2004", m, "agree", nil)
	holds(t, o, m, "principal", "陆怀谦")
	o.Do("1002", m, "agree", nil)
	holds(t, o, m, "approve", "马骁原")
}

func Test停用的印章不能再用(t *testing.T) { // SEAL-13, SEAL-14
	o := apptest.Open(t)
	old := seal(o, "临溪县河道整治指挥部（旧）", "临时机构", "临政办", "1010")
	m := asks(o, old, nil)
	o.Do("3302", m, "submit", nil)
	o.Do("3301", m, "agree", nil)
	o.Do("1010", m, "agree", nil)
	o.Do("3103", old, "recover", fields{"stop_reason": "机构撤并"})
	o.RefusedBecause("SEAL-21", "3103", m, "seal", fields{"checked": true, "sealed_copies": 3})
	again := asks(o, old, nil)
	o.RefusedBecause("没有在用", "3302", again, "submit", nil)

	o.Do("3103", old, "void", fields{"void_on": "2026-11-18", "void_basis": "临政办〔2026〕38号"})
	if due := o.Matter(old).OpenTasks(engine.Handle)[0].Due; due.Format("01-02") != "12-31" {
		t.Errorf("造册%s到期", due)
	}
	o.Do("3103", old, "compile", fields{"booklet": "2026-1"})
	o.Do("1010", old, "agree", nil)
	o.Do("3104", old, "deposit", fields{"archive_number": "L002-2026-Y-0001"})
	o.RefusedBecause("两人监销", "3103", old, "destroy", fields{"destroyed_on": "2026-11-18", "destroy_way": "熔毁", "destroyers": o.People("3103")})
	end := o.Do("3103", old, "destroy", fields{"destroyed_on": "2026-11-18", "destroy_way": "熔毁", "destroyers": o.People("3103", "3101")})
	if end.State != engine.Closed || end.Fields["status"] != "销毁" {
		t.Errorf("%s，状态%v", end.State, end.Fields["status"])
	}
}

func Test在用的印章不算保管人的待办(t *testing.T) {
	o := apptest.Open(t)
	old := seal(o, "临溪县河道整治指挥部（旧）", "临时机构", "临政办", "1010")
	seal(o, "临溪县人民政府办公室", "办公室", "临政办", "1010")
	for _, want := range []int{0, 1} {
		read(t, o, func(tx *db.Tx) error {
			w, err := o.Engine.World(tx)
			if err != nil {
				return err
			}
			keeper := w.ActorOf(w.Dir.ByUsername("3103").ID)
			counts, err := o.Engine.CountTasks(tx, keeper, w)
			if err != nil {
				return err
			}
			page, err := o.Engine.ListTasks(tx, keeper, engine.TaskQuery{Box: engine.Todo, Limit: 10})
			if counts.Todo != want || len(page.Lines) != want {
				t.Errorf("待办计%d件、列%d件，应是%d件", counts.Todo, len(page.Lines), want)
			}
			return err
		})
		if want == 0 {
			o.Do("3103", old, "recover", fields{"stop_reason": "机构撤并"}) // 收回以后就有事要办了
		}
	}
}

func Test印章外带双人同行时间不重(t *testing.T) { // SEAL-17
	o := apptest.Open(t)
	government := seal(o, "临溪县人民政府", "政府", "临政", "1002")
	carry := func(from, until string) db.ID {
		return o.Create("3101", "seal-carry", fields{
			"seal": government.String(), "reason": "到市政府签订备忘录", "destination": "安澜市", "carriers": o.People("3103", "3101"), "from": from, "until": until,
		})
	}
	m := carry(at(20, 8, 30), at(20, 17, 0))
	o.RefusedBecause("双人同行", "3101", m, "submit", fields{"carriers": o.People("3103")})
	o.Do("3101", m, "submit", nil)
	holds(t, o, m, "approve", "陆怀谦")
	o.Do("1002", m, "agree", nil, "同意，双人同行")
	other := carry(at(20, 15, 0), at(20, 18, 0))
	o.Do("3101", other, "submit", nil)
	o.RefusedBecause("已由", "1002", other, "agree", nil, "同意")
	o.Do("3103", m, "take", nil)
	o.Do("3103", m, "bring-back", fields{"used_for": "备忘录4份", "intact": true})
	o.Do("1002", other, "agree", nil, "同意") // 归还以后时间就空出来了
}

func Test介绍信连号作废留号(t *testing.T) { // SEAL-18
	o := apptest.Open(t)
	letter := func() db.ID {
		m := o.Create("3302", "introduction-letter", fields{
			"bearer": "阮清如", "identity": "科员", "people_count": 2, "bearer_unit": "应急信访科", "purpose": "学习考察", "reason": "考察信访接待",
			"destination": "清禾县信访局", "days": 3, "issuer": o.Issuer("临政办"),
		})
		o.Do("3302", m, "submit", nil)
		o.Do("3301", m, "agree", nil)
		holds(t, o, m, "approve", "马骁原")
		o.Do("1010", m, "agree", nil)
		return m
	}
	m := letter()
	o.RefusedBecause("SEAL-36", "3103", m, "issue", fields{"receiver": "阮清如", "stub": false})
	first := o.Do("3103", m, "issue", fields{"receiver": "阮清如", "stub": true})
	if first.Number != "介〔2026〕1号" || first.Fields["valid_until"] != "2026-11-20" {
		t.Errorf("%s，有效期至%v", first.Number, first.Fields["valid_until"])
	}
	o.RefusedBecause("SEAL-36", "3103", m, "void", fields{"collected": false}, "写错")
	o.Do("3103", m, "void", fields{"collected": true}, "写错，重新开具")
	second := letter()
	if after := o.Do("3103", second, "issue", fields{"receiver": "阮清如", "stub": true}); after.Number != "介〔2026〕2号" {
		t.Errorf("作废的号又用了：%s", after.Number)
	}

	organ := o.Create("3302", "introduction-letter", fields{
		"bearer": "阮清如", "identity": "科员", "people_count": 1, "bearer_unit": "应急信访科", "purpose": "参会", "reason": "参会", "destination": "安澜市",
		"days": 3, "issuer": o.Issuer("临政"),
	})
	o.RefusedBecause("SEAL-20", "3302", organ, "submit", nil)
}
