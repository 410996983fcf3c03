package stories_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/app/scaffold"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	"github.com/chengqi-oa/chengqi/workday"
)

// What rulebook, registers, bookings and stock promise to every definition, shown with definitions made for the
// purpose: no shipped one is leaned on.

func publish(t *testing.T, o *apptest.Office, kind, source string) {
	t.Helper()
	err := o.DB.Write(context.Background(), func(tx *db.Tx) error {
		_, err := o.Engine.Publish(tx, o.Definitions(), kind, source, o.Directory().ByUsername("9001").ID)
		return err
	})
	if err != nil {
		t.Fatalf("“%s”没有发布：%v", kind, err)
	}
}

func draft(t *testing.T, kind, name string) string {
	t.Helper()
	text, err := scaffold.Write(scaffold.Subject{Kind: kind, Name: name})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// later puts the clock on and lets the office see what has come into force since.
func later(t *testing.T, o *apptest.Office, at time.Time) {
	t.Helper()
	o.Until(at)
	if err := o.Engine.Refresh(context.Background(), o.Definitions()); err != nil {
		t.Fatal(err)
	}
}

func Test条款参数改了从生效日起按新的已有的照旧(t *testing.T) {
	o := apptest.Open(t)
	text := strings.Replace(draft(t, "query-slip", "查询单"), "limit: 3 workdays", `limit: param("DOC-IN-09", "normal")`, 1)
	publish(t, o, "query-slip", text)
	begun := func() *engine.Matter { return o.Matter(o.Create("3302", "query-slip", nil)) }
	before := begun()
	since := workday.Date(2026, time.November, 23)
	old, _ := o.Engine.Rules().Param("DOC-IN-09", "normal")
	amend(t, o, "DOC-IN-09", "normal", "2 workdays", since)

	if same := begun(); !same.Due.Equal(before.Due) {
		t.Errorf("还没到生效日，期限已由%s变为%s", before.Due, same.Due)
	}
	later(t, o, time.Date(2026, time.November, 23, 9, 0, 0, 0, db.Location))
	after := begun()
	if got, want := after.Due.Format(time.DateOnly), "2026-11-25"; got != want {
		t.Errorf("生效后两个工作日应到%s，是%s", want, got)
	}
	if kept := o.Matter(before.ID); !kept.Due.Equal(before.Due) {
		t.Errorf("已有的件期限由%s变为%s", before.Due, kept.Due)
	}
	if model, _ := o.Engine.Model().Param("DOC-IN-09", "normal"); model != old {
		t.Errorf("自带的条款成了%s", model)
	}
}

// amend changes one figure of a clause from a day on.
func amend(t *testing.T, o *apptest.Office, id, key, value string, since workday.Day) {
	t.Helper()
	c := o.Engine.Rules().Clause(id)
	e := rulebook.Edition{ID: id, Text: c.Text, Since: since, Reason: "县委办公会议2026年第9次会议", By: o.Directory().ByUsername("9001").ID}
	for _, p := range c.Params {
		if p.Key == key {
			p.Value = value
		}
		e.Params = append(e.Params, p)
	}
	err := o.DB.Write(context.Background(), func(tx *db.Tx) error {
		_, err := o.Engine.Rules().Amend(tx, e)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	later(t, o, o.Now())
}

func Test本单位改了定义新件按新的在办的按旧的停用后回到自带的(t *testing.T) {
	o := apptest.Open(t)
	shipped := o.Engine.Catalogue().Kind("brought-back")
	first := draft(t, "brought-back", "会议材料登记")
	publish(t, o, "brought-back", first)
	ask := func() db.ID {
		m := o.Create("3302", "brought-back", nil)
		o.Do("3302", m, "submit", fields{"subject": "全县经济工作会议材料"})
		return m
	}
	old := ask()

	second := strings.Replace(first, "        to: closed                # 办结\n", "        to: confirm\n", 1)
	second = strings.Replace(second, "\n# 登记簿：", "  confirm:\n    name: 确认\n    who: starter\n    actions:\n      confirm: {name: 确认收到, style: primary, to: closed}\n\n# 登记簿：", 1)
	publish(t, o, "brought-back", second)
	fresh := ask()
	if end := o.Do("3301", old, "agree", nil); end.State != engine.Closed {
		t.Errorf("旧件同意后应办结，在%s", end.Step)
	}
	o.Do("3301", fresh, "agree", nil)
	holds(t, o, fresh, "confirm", "阮清如")

	err := o.DB.Write(context.Background(), func(tx *db.Tx) error { return o.Engine.Withdraw(tx, o.Definitions(), "brought-back") })
	if err != nil {
		t.Fatal(err)
	}
	if p := o.Engine.Catalogue().Kind("brought-back"); p.Version != shipped.Version {
		t.Errorf("停用后应回到自带的“%s”，是“%s”", shipped.Name, p.Name)
	}
	if end := o.Do("3302", fresh, "confirm", nil); end.State != engine.Closed {
		t.Errorf("停用后在办的件办不完：%s", end.Step)
	}
}

func Test错误的定义发布不了在用的不受影响(t *testing.T) {
	o := apptest.Open(t)
	good := draft(t, "key-loan", "钥匙借用")
	publish(t, o, "key-loan", good)
	version := o.Engine.Catalogue().Kind("key-loan").Version
	err := o.DB.Write(context.Background(), func(tx *db.Tx) error {
		_, err := o.Engine.Publish(tx, o.Definitions(), "key-loan", strings.Replace(good, "to: approve", "to: aprove", 1), o.Directory().ByUsername("9001").ID)
		return err
	})
	if errs.KindOf(err) != errs.Refused || !strings.Contains(err.Error(), "aprove") {
		t.Errorf("应说明没有环节 aprove：%v", err)
	}
	if now := o.Engine.Catalogue().Kind("key-loan").Version; now != version {
		t.Errorf("在用的版本由%s变为%s", version, now)
	}
}

// hall and slot: a thing that can be booked, and the booking of it.
const hall = `kind: test-hall
name: 场地
group: 试验
title: title
start: duty("staff")
thing: in-use
fields:
  title: {name: 名称, type: text}
steps:
  enter:
    name: 登记
    actions:
      enter: {name: 登记, style: primary, to: in-use, fields: [title!]}
  in-use:
    name: 在用
    who: starter
    actions:
      retire: {name: 停用, to: closed}
register:
  name: 场地簿
  columns: [{name: 名称, value: title}]
`

const slot = `kind: test-slot
name: 场地订用
group: 试验
title: title
start: duty("staff")
fields:
  title: {name: 用途, type: text}
  hall:  {name: 场地, type: matter, of: test-hall, clause: ROOM-02}
  from:  {name: 起, type: datetime}
  until: {name: 止, type: datetime}
steps:
  apply:
    name: 申请
    actions:
      book: {name: 订用, style: primary, to: held, fields: [title!, hall!, from!, until!], do: ["book(hall,from,until)"]}
  held:
    name: 已订
    who: starter
    actions:
      move: {name: 改时间, style: primary, to: held, fields: [from!, until!], do: ["book(hall,from,until)"]}
      cancel: {name: 不用了, to: closed, do: [release]}
register:
  name: 场地订用簿
  columns: [{name: 用途, value: title}]
`

func hallOf(t *testing.T, o *apptest.Office) (db.ID, func(who, from, until string) fields) {
	t.Helper()
	publish(t, o, "test-hall", hall)
	publish(t, o, "test-slot", slot)
	h := o.Create("3302", "test-hall", nil)
	o.Do("3302", h, "enter", fields{"title": "第一会议室"})
	return h, func(title, from, until string) fields {
		return fields{"title": title, "hall": h.String(), "from": "2026-11-20 " + from, "until": "2026-11-20 " + until}
	}
}

func Test同一时间订不了两次并说明谁订在何时(t *testing.T) {
	o := apptest.Open(t)
	_, at := hallOf(t, o)
	mine := o.Create("3302", "test-slot", nil)
	o.Do("3302", mine, "book", at("调度会", "09:00", "11:00"))
	other := o.Create("3207", "test-slot", nil)
	for _, overlap := range [][2]string{{"10:30", "12:00"}, {"08:00", "09:01"}, {"09:30", "10:00"}, {"08:00", "12:00"}} {
		o.RefusedBecause("第一会议室 11月20日09:00至11:00已由阮清如订用", "3207", other, "book", at("学习", overlap[0], overlap[1]))
	}
	o.RefusedBecause("ROOM-02", "3207", other, "book", at("学习", "10:00", "11:30"))
	o.RefusedBecause("止要晚于起", "3207", other, "book", at("学习", "12:00", "12:00"))
	o.Do("3207", other, "book", at("学习", "11:00", "12:00")) // 前一场结束就可以用

	o.RefusedBecause("已由", "3302", mine, "move", fields{"from": "2026-11-20 09:30", "until": "2026-11-20 11:30"})
	o.Do("3302", mine, "move", fields{"from": "2026-11-20 08:30", "until": "2026-11-20 10:30"}) // 与自己原来的时间不算冲突
	third := o.Create("2402", "test-slot", nil)
	o.Do("2402", third, "book", at("约谈", "10:30", "11:00"))
	o.Do("3302", mine, "cancel", nil)
	again := o.Create("2402", "test-slot", nil)
	o.Do("2402", again, "book", at("约谈", "08:30", "10:30")) // 退订后别人可用
}

func Test几个人抢订一间只有一人订上(t *testing.T) {
	o := apptest.Open(t)
	_, at := hallOf(t, o)
	who := []string{"3302", "3207", "2402", "3301", "2202"}
	refused := together(o, who, func(number string) (db.ID, string, fields) {
		return o.Create(number, "test-slot", nil), "book", at("会议", "09:00", "10:00")
	})
	if len(refused) != len(who)-1 {
		t.Errorf("%d人里应有%d人订不上，是%d人：%v", len(who), len(who)-1, len(refused), refused)
	}
}

// together lets several people act in the same moment and gives the refusals.
func together(o *apptest.Office, who []string, what func(number string) (db.ID, string, fields)) []error {
	var mu sync.Mutex
	var refused []error
	var all sync.WaitGroup
	start := make(chan struct{})
	for _, number := range who {
		m, action, values := what(number)
		person, version := o.Directory().ByUsername(number).ID, o.Matter(m).Version
		all.Go(func() {
			<-start
			_, err := o.Engine.Do(context.Background(), person, engine.Command{Matter: m, Action: action, Version: version, Fields: values})
			if err != nil {
				mu.Lock()
				refused = append(refused, err)
				mu.Unlock()
			}
		})
	}
	close(start)
	all.Wait()
	return refused
}

// good and move: a thing that is kept in stock, and what comes in, goes out and is counted.
const good = `kind: test-good
name: 物资
group: 试验
title: title
start: duty("staff")
thing: kept
fields:
  title: {name: 品名, type: text}
steps:
  enter:
    name: 登记
    actions:
      enter: {name: 登记, style: primary, to: kept, fields: [title!]}
  kept:
    name: 在册
    who: starter
    actions:
      retire: {name: 停用, to: closed}
register:
  name: 物资簿
  columns: [{name: 品名, value: title}]
`

const move = `kind: test-move
name: 物资收发
group: 试验
title: title
start: duty("staff")
fields:
  title:    {name: 摘要, type: text}
  item:     {name: 品名, type: matter, of: test-good}
  quantity: {name: 数量, type: number, max: 1000}
  left:     {name: 结存, type: number, hidden: true}
steps:
  enter:
    name: 填写
    actions:
      take-in: {name: 入库, style: primary, to: closed, fields: [title!, item!, quantity!], do: ["stock-in(item,quantity)", "stock-balance(item,left)"]}
      give:    {name: 发出, style: primary, to: closed, fields: [title!, item!, quantity!], do: ["stock-out(item,quantity)", "stock-balance(item,left)"]}
      count:   {name: 盘点, style: primary, to: closed, fields: [title!, item!, quantity!], do: ["stock-count(item,quantity)", "stock-balance(item,left)"]}
register:
  name: 物资收发簿
  columns: [{name: 摘要, value: title}]
`

func Test库存不会成为负数账实一致(t *testing.T) {
	o := apptest.Open(t)
	publish(t, o, "test-good", good)
	publish(t, o, "test-move", move)
	paper := o.Create("3302", "test-good", nil)
	o.Do("3302", paper, "enter", fields{"title": "复印纸"})
	lines := func(quantity float64) fields {
		return fields{"title": "复印纸收发", "item": paper.String(), "quantity": quantity}
	}
	book := func(action string, quantity, left float64) {
		t.Helper()
		m := o.Do("3302", o.Create("3302", "test-move", nil), action, lines(quantity))
		if m.Fields["left"] != left {
			t.Errorf("%s %v 后结存%v，应为%v", action, quantity, m.Fields["left"], left)
		}
	}
	book("take-in", 8, 8)
	book("give", 3, 5)
	o.RefusedBecause("“复印纸”现存 5，不够发 6", "3302", o.Create("3302", "test-move", nil), "give", lines(6))
	book("count", 4, 4) // 盘点少一包，账随实物
	agreed(t, o, paper, 4)

	who := []string{"3302", "3207", "2402", "3301", "2202", "3102"}
	refused := together(o, who, func(number string) (db.ID, string, fields) {
		return o.Create(number, "test-move", nil), "give", lines(1)
	})
	if len(refused) != 2 {
		t.Errorf("四包纸六人各领一包，应有两人领不到，是%d人：%v", len(refused), refused)
	}
	agreed(t, o, paper, 0)
}

// agreed checks that the last balance and the sum of all moves are the same figure.
func agreed(t *testing.T, o *apptest.Office, thing db.ID, want int64) {
	t.Helper()
	read(t, o, func(tx *db.Tx) error {
		var last, sum int64
		if _, err := tx.Row(`SELECT balance FROM stock_moves WHERE thing_id = ? ORDER BY id DESC LIMIT 1`, []any{thing}, &last); err != nil {
			return err
		}
		_, err := tx.Row(`SELECT CAST(SUM(quantity) AS BIGINT) FROM stock_moves WHERE thing_id = ?`, []any{thing}, &sum)
		if last != want || sum != want {
			t.Errorf("账上结存%d，收发合计%d，应为%d", last, sum, want)
		}
		return err
	})
}

func Test停用的程序不能再新办登过的簿仍然在(t *testing.T) {
	o := apptest.Open(t)
	publish(t, o, "key-loan", draft(t, "key-loan", "钥匙借用"))
	m := o.Create("3302", "key-loan", nil)
	o.Do("3302", m, "submit", fields{"subject": "借用档案室钥匙"})
	err := o.DB.Write(context.Background(), func(tx *db.Tx) error { return o.Engine.Withdraw(tx, o.Definitions(), "key-loan") })
	if err != nil {
		t.Fatal(err)
	}
	clerk := o.Directory().ByUsername("3302").ID
	if _, err := o.Engine.Create(context.Background(), clerk, "key-loan", nil, ""); errs.KindOf(err) != errs.NotFound {
		t.Errorf("停用后还能新办：%v", err)
	}
	if !o.Sees("1010", m) {
		t.Error("停用后主任看不到了")
	}
	o.Do("3301", m, "agree", nil)
	book(t, o, "1010", "key-loan", func(_ *engine.Procedure, lines []*engine.Matter, _ engine.World) error {
		if len(lines) != 1 || lines[0].ID != m {
			t.Errorf("簿上有%d行", len(lines))
		}
		return nil
	})
	publish(t, o, "key-loan", draft(t, "key-loan", "钥匙借用"))
	if n := len(o.Engine.Catalogue().Kept()) - len(o.Engine.Catalogue().All()); n != 0 {
		t.Errorf("重新发布后仍有%d种算作停用", n)
	}
}
