package stories_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

func loan(o *apptest.Office, who string, more ...fields) db.ID {
	f := fields{"title": "全市信息工作会议材料", "secrecy": "无", "count": 2, "reason": "起草总结", "term": "3天", "place": "本人办公室"}
	for _, m := range more {
		for k, v := range m {
			f[k] = v
		}
	}
	m := o.Create(who, "document-loan", nil)
	o.Do(who, m, "submit", f)
	return m
}

func Test借阅文件三天逾期催还并报主任(t *testing.T) {
	o := apptest.Open(t)
	m := loan(o, "2301")
	holds(t, o, m, "approve", "何映雪")
	o.Do("3102", m, "agree", nil, "同意")
	out := o.Do("3102", m, "lend", fields{"pages": 24, "copy_number": "07"})
	if out.Number != "借〔2026〕1号" || out.Fields["due_day"] != "2026-11-21" {
		t.Errorf("登记号%s，应还%v", out.Number, out.Fields["due_day"])
	}
	holds(t, o, m, "out", "江晚晴")
	o.Until(time.Date(2026, 11, 21, 9, 0, 0, 0, db.Location)) // 当天先提醒
	o.Until(time.Date(2026, 11, 23, 9, 0, 0, 0, db.Location))
	if n := notices(o, "2301"); !strings.Contains(n, "已于") {
		t.Errorf("没有催还借阅人：%s", n)
	}
	if n := notices(o, "1007"); !strings.Contains(n, "逾期") {
		t.Errorf("没有报主任：%s", n)
	}
	o.RefusedBecause("BORROW-07", "2301", m, "renew", fields{"renew_reason": "没有看完", "new_term": "1天"})
	o.RefusedBecause("BORROW-15", "3102", m, "take-back", fields{"condition": "完好", "pages_back": 23})
	if o.Offers("2301", m)["take-back"].Allowed {
		t.Error("借阅人自己销了借阅")
	}
	end := o.Do("3102", m, "take-back", fields{"condition": "完好", "pages_back": 24})
	if end.State != engine.Closed {
		t.Errorf("归还后%s", end.State)
	}
}

func Test借阅到期前续借要重新批准(t *testing.T) {
	o := apptest.Open(t)
	m := loan(o, "2301", fields{"term": "1天"})
	o.Do("3102", m, "agree", nil)
	o.Do("3102", m, "lend", fields{"pages": 24})
	o.Advance(24 * time.Hour)
	o.Do("2301", m, "renew", fields{"renew_reason": "起草未完", "new_term": "2天"})
	holds(t, o, m, "renew", "何映雪")
	back := o.Do("3102", m, "agree", nil)
	if back.Fields["due_day"] != "2026-11-21" || back.Fields["renewals"] != 1.0 {
		t.Errorf("续借到%v，第%v次", back.Fields["due_day"], back.Fields["renewals"])
	}
	holds(t, o, m, "out", "江晚晴")
}

func Test密级件由主任批外单位由主管领导批(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("2301", "document-loan", nil)
	secret := fields{"title": "载体编号M-11", "secrecy": "秘密", "count": 1, "reason": "办理督查件", "term": "当日归还", "place": "本人办公室"}
	o.RefusedBecause("BORROW-02", "2301", m, "submit", secret)
	secret["place"] = "指定阅文室"
	o.Do("2301", m, "submit", secret)
	for _, h := range o.Holders(m) {
		if h != "贺庭山" && h != "马骁原" {
			t.Errorf("密级件到了%s手里", h)
		}
	}
	after := o.Do("1007", m, "agree", nil, "同意，只准阅看")
	if s, _ := after.Fields["terms"].(string); !strings.Contains(s, "不得摘抄") {
		t.Errorf("批准书没有写明要求：%q", s)
	}

	m = o.Create("2301", "document-loan", nil)
	outside := fields{"title": "供热文件汇编", "secrecy": "无", "count": 1, "reason": "编写县志", "term": "1天", "place": "本人办公室", "outside": true}
	reasons := o.Refused("2301", m, "submit", outside)
	if len(reasons) != 5 {
		t.Errorf("应一次说清五条理由：%v", reasons)
	}
	outside["term"], outside["place"] = "当日归还", "指定阅文室"
	outside["outside_unit"], outside["outside_person"], outside["credential"] = "县志编纂办公室", "向学文", "介〔2026〕26号"
	o.Do("2301", m, "submit", outside)
	for _, h := range o.Holders(m) {
		if h == "何映雪" || h == "贺庭山" {
			t.Errorf("外单位借阅到了%s手里，应由主管领导批", h)
		}
	}
}
