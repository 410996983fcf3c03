package stories_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

const hour = time.Hour

func Test退回要写理由填过的内容都在(t *testing.T) {
	o := apptest.Open(t)
	m := drafted(o)
	o.Do("3301", m, "agree", nil)
	o.RefusedBecause("没有写明意见或理由", "2202", m, "return", fields{"return_to": "draft"})
	o.RefusedBecause("只能退回已经办过的环节", "2202", m, "return", fields{"return_to": "sign"}, "退")
	after := o.Do("2202", m, "return", fields{"return_to": "draft"}, "请补充数据")
	holds(t, o, m, "draft", "阮清如")
	if after.Fields["body"] != heating {
		t.Error("退回丢了正文")
	}
	o.Do("3302", m, "submit", nil) // 不用重填
	holds(t, o, m, "section-check", "雷振声")
}

func Test下一步没打开可以撤回打开了就不行(t *testing.T) {
	o := apptest.Open(t)
	m := drafted(o)
	o.Refused("3301", m, "withdraw", nil) // 不是本人送的
	o.Do("3302", m, "withdraw", nil)
	holds(t, o, m, "draft", "阮清如")
	o.Do("3302", m, "submit", nil)
	o.Open("3301", m)
	o.RefusedBecause("雷振声已经打开此件", "3302", m, "withdraw", nil)
}

func Test不同意的写理由结束前拟稿人知悉(t *testing.T) {
	o := apptest.Open(t)
	m := drafted(o)
	approved(o, m)
	o.RefusedBecause("没有写明意见或理由", "1010", m, "refuse", nil)
	o.Do("1010", m, "refuse", nil, "并入全县通知")
	holds(t, o, m, "refused", "阮清如")
	end := o.Do("3302", m, "accept", nil)
	if end.State != engine.Closed || end.Number != "" {
		t.Errorf("%s，文号%q", end.State, end.Number)
	}
}

func Test不是自己手里的件办不了(t *testing.T) {
	o := apptest.Open(t)
	m := drafted(o)
	o.RefusedBecause("现由雷振声办理", "1010", m, "agree", nil)
	if o.Sees("3207", m) {
		t.Error("接待员看到了无关的草稿")
	}
	_, err := o.Try("3207", m, "agree", nil)
	if errs.KindOf(err) != errs.NotFound {
		t.Errorf("看不到的件应答“没有找到”，答的是%v", err)
	}
}

func Test两人同时办后到的看最新情况再办(t *testing.T) {
	o := apptest.Open(t)
	m := drafted(o)
	o.Do("3301", m, "agree", nil)
	seen := o.Matter(m).Version
	act := func(who, action string, f fields, opinion string) error {
		_, err := o.Engine.Do(context.Background(), o.Directory().ByUsername(who).ID, engine.Command{Matter: m, Action: action, Version: seen, Fields: f, Opinion: opinion})
		return err
	}
	if err := act("2201", "revise", nil, "请核对日期"); err != nil {
		t.Fatal(err)
	}
	err := act("2202", "revise", nil, "请核对数字")
	if errs.KindOf(err) != errs.Conflict || !strings.Contains(err.Error(), "卢见山") {
		t.Errorf("应说明已由卢见山办过：%v", err)
	}
}

func Test连点两下只办一次(t *testing.T) { // DOC-OUT-51
	o := apptest.Open(t)
	m := drafted(o)
	approved(o, m)
	o.Do("1010", m, "sign", nil)
	o.Do("2201", m, "pass", fields{"recheck": allRecheck})
	cmd := engine.Command{Matter: m, Action: "number", Version: o.Matter(m).Version, Key: "一次点击"}
	by := o.Directory().ByUsername("3103").ID
	for range 3 {
		after, err := o.Engine.Do(context.Background(), by, cmd)
		if err != nil {
			t.Fatal(err)
		}
		if after.Number != "临政办〔2026〕1号" {
			t.Errorf("文号成了%s", after.Number)
		}
	}
	if n := issued(t, o); n != 1 {
		t.Errorf("占用了%d个文号", n)
	}
	cmd.Opinion = "改了内容"
	if _, err := o.Engine.Do(context.Background(), by, cmd); errs.KindOf(err) != errs.Refused {
		t.Errorf("同一请求号换了内容：%v", err)
	}
}

func issued(t *testing.T, o *apptest.Office) int {
	t.Helper()
	n := 0
	read(t, o, func(tx *db.Tx) error {
		_, err := tx.Row(`SELECT COUNT(*) FROM numbers WHERE series LIKE '临政办%'`, nil, &n)
		return err
	})
	return n
}

func Test作废的文号留在登记簿不再用(t *testing.T) { // DOC-OUT-51
	o := apptest.Open(t)
	m := drafted(o)
	approved(o, m)
	o.Do("1010", m, "sign", nil)
	numbered(o, m)
	o.RefusedBecause("没有写明意见或理由", "3103", m, "void", nil)
	gone := o.Do("3103", m, "void", nil, "情况变化，不再印发")
	if gone.State != engine.Void || gone.Number != "临政办〔2026〕1号" {
		t.Errorf("%s，文号%s", gone.State, gone.Number)
	}
	for key, offer := range o.Offers("1010", m) {
		if offer.Allowed {
			t.Errorf("作废后还能办“%s”", key)
		}
	}
	next := drafted(o)
	approved(o, next)
	o.Do("1010", next, "sign", nil)
	if n := numbered(o, next).Number; n != "临政办〔2026〕2号" {
		t.Errorf("下一件的文号是%s，作废号不能再用", n)
	}
}

func Test快到期提醒到期报主任(t *testing.T) { // DOC-IN-11, FIRST-12
	o := apptest.Open(t)
	m := drafted(o, fields{"urgency": "平件"}) // 部门审核一个工作日：11月19日下班前
	o.Until(time.Date(2026, 11, 18, 12, 0, 0, 0, db.Location))
	if n := notices(o, "3301"); n != "" {
		t.Errorf("还不到提醒的时候：%s", n)
	}
	o.Until(time.Date(2026, 11, 19, 10, 0, 0, 0, db.Location))
	if n := notices(o, "3301"); !strings.Contains(n, "到期，请抓紧办理") {
		t.Errorf("到期前没有提醒：%s", n)
	}
	o.Until(time.Date(2026, 11, 20, 9, 0, 0, 0, db.Location))
	if n := notices(o, "3301"); !strings.Contains(n, "请即办理") {
		t.Errorf("逾期没有提醒：%s", n)
	}
	if n := notices(o, "1010"); !strings.Contains(n, "在雷振声处") {
		t.Errorf("逾期没有报主任：%s", n)
	}
	o.Do("1010", m, "urge", fields{"urge_way": "电话", "urge_answer": "今天办"})
	if n := notices(o, "3301"); !strings.Contains(n, "马骁原催办") {
		t.Errorf("催办没有到人：%s", n)
	}
}

func Test等外单位答复时停表(t *testing.T) {
	o := apptest.Open(t)
	m := received(o, nil)
	due := o.Matter(m).Due
	o.RefusedBecause("没有写明意见或理由", "3102", m, "suspend", nil)
	o.Do("3102", m, "suspend", nil, "等待省厅检测报告")
	o.Refused("3102", m, "pass", fields{"review": allReviewed})
	o.Advance(14 * 24 * hour)
	if strings.Contains(notices(o, "3102"), "逾期") {
		t.Error("停表时报了逾期")
	}
	after := o.Do("3102", m, "resume", nil)
	if !after.Due.After(due) {
		t.Errorf("恢复后期限没有顺延：%s", after.Due)
	}
	holds(t, o, m, "review", "何映雪")
}

func Test移交只能给同科室或同岗的人(t *testing.T) {
	o := apptest.Open(t)
	m := drafted(o)
	o.RefusedBecause("ORG-20", "3301", m, "transfer", fields{"to_person": o.Person("3207")})
	o.Do("3301", m, "transfer", fields{"to_person": o.Person("3302")}, "请代为审核")
	holds(t, o, m, "section-check", "阮清如")
	if !o.Sees("3301", m) {
		t.Error("移交后原办理人看不到了")
	}
}
