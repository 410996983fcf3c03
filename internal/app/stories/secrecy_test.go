package stories_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

// carrier is a line of the ledger, kept by the secrecy officer 2502: a number and what an office may know of it.
func carrier(o *apptest.Office, code, level string, years int) db.ID {
	m := o.Create("2502", "carrier", fields{
		"code": code, "copy_number": "0007", "level": level, "made_on": "2026-11-16", "years": years, "origin": "安澜市有关单位", "way": "机要交换",
		"received_on": "2026-11-18", "location": "1号柜", "scope": o.People("1001", "1002", "1007", "2402"),
	})
	o.Do("2502", m, "register", nil)
	return m
}

func Test涉密载体台账只登编号(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("2502", "carrier", fields{"code": "机-11", "level": "机密", "origin": "安澜市有关单位", "way": "机要交换", "location": "1号柜"})
	for _, years := range []struct {
		level string
		most  int
	}{{"秘密", 10}, {"机密", 20}, {"绝密", 30}} {
		if years.most < 30 { // SEC-01
			o.RefusedBecause("SEC-01", "2502", m, "register", fields{"level": years.level, "years": years.most + 1})
		}
	}
	o.RefusedBecause("SEC-31", "2502", m, "register", fields{"years": 20, "code": "《干部情况》"})
	o.RefusedBecause("SEC-31", "2502", m, "register", fields{"years": 20, "location": "关于某事项的通知放1号柜"})
	o.RefusedBecause("SEC-09", "2502", m, "register", fields{"years": 20, "location": "机密★20年"})
	o.RefusedBecause("DOC-IN-22", "2502", m, "register", fields{"years": 20, "keeper": o.Person("3302")})
	o.RefusedBecause("CIPHER-15", "2502", m, "register", fields{"years": 20, "level": "绝密", "way": "专人直送"})
	o.RefusedBecause("只能选", "2502", m, "register", fields{"years": 20, "way": "普通邮政"}) // SEC-07
	done := o.Do("2502", m, "register", fields{"years": 20, "scope": o.People("1001", "2402")})
	if done.Title != "机密级载体 机-11" || done.Number != "载〔2026〕1号" || done.Fields["expires"] != "2046-11-18" {
		t.Errorf("登成了%s %s，期满%v", done.Number, done.Title, done.Fields["expires"])
	}
	holds(t, o, m, "held", "安如絮")
	for _, kind := range []string{"incoming", "outgoing"} { // elsewhere a level lets in no title either
		if _, err := o.Engine.Create(t.Context(), o.Directory().ByUsername("3102").ID, kind, fields{"title": "关于某事的通知", "secrecy": "秘密"}, ""); err == nil {
			t.Errorf("%s里带密级的标题立成了草稿", kind)
		}
	}
}

func Test机密级载体只由专管员一人办(t *testing.T) {
	o := apptest.Open(t)
	secret, low := carrier(o, "机-12", "机密", 10), carrier(o, "秘-13", "秘密", 5)
	send := fields{"reader": o.Person("2402"), "place": "阅文室", "return_by": "2026-11-18"}
	o.RefusedBecause("DOC-IN-22", "2501", secret, "send", send)
	o.Away("2502", o.Now().Add(48*time.Hour), "2501", "培训")
	o.RefusedBecause("DOC-IN-22", "2501", secret, "send", send) // not even who stands in
	o.Do("2501", low, "send", send)
	o.RefusedBecause("DOC-CIR-15", "2502", secret, "send", fields{"reader": o.Person("3302"), "place": "阅文室", "return_by": "2026-11-18"})
	o.Refused("2502", secret, "correct", fields{"scope": o.People("3302")}, "扩大范围") // DOC-CIR-15: the scope cannot be widened
	o.Do("2502", secret, "send", send)
	o.RefusedBecause("SEC-35", "2502", secret, "take-back", fields{"intact": true})
	o.Do("2402", secret, "sign", nil)
	o.Refused("2501", secret, "take-back", fields{"intact": true})
	o.Do("2502", secret, "take-back", fields{"intact": true})
	o.RefusedBecause("DOC-CIR-15", "2502", secret, "convey", fields{"host": o.Person("1007"), "attendees": o.People("1001", "3302")})
	o.Do("2502", secret, "convey", fields{"host": o.Person("1007"), "attendees": o.People("1001", "1002")})
	m := o.Do("2502", secret, "recall", fields{"outcome_ref": "清退单3号"})
	if n := len(m.Fields["knowers"].([]any)); n != 3 { // SEC-35: everyone who came to know of it
		t.Errorf("知悉人登了%d人", n)
	}
	var links []string
	for _, r := range m.Fields["moves"].([]any) {
		links = append(links, r.(map[string]any)["link"].(string))
	}
	if got := strings.Join(links, "→"); got != "登记→传阅→保管→传达→清退" { // SEC-10
		t.Errorf("流转记成了%s", got)
	}
	if line := registerLine(t, o, "2501", secret); !strings.Contains(line, "机密|10年|2036年11月16日") || !strings.Contains(line, "清退 清退单3号") {
		t.Errorf("台账登成了%s", line)
	}
}

func Test不明确事项先按拟定密级保护(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("2502", "carrier", fields{
		"code": "拟-14", "level": "机密", "proposed": true, "years": 10, "origin": "督查科", "way": "本机关印制", "location": "2号柜", "scope": o.People("2402"),
	})
	o.Do("2502", m, "register", nil)
	holds(t, o, m, "define", "安如絮")
	if due := o.Matter(m).OpenTasks(engine.Handle)[0].Due.Format("01-02"); due != "12-02" { // SEC-36: ten working days
		t.Errorf("报定期限到%s", due)
	}
	o.Refused("2502", m, "send", fields{"reader": o.Person("2402")})
	o.RefusedBecause("SEC-01", "2502", m, "define", fields{"decision": "本机关已定密", "level": "秘密", "years": 20})
	o.Do("2502", m, "define", fields{"decision": "本机关已定密", "level": "秘密", "years": 5})
	holds(t, o, m, "held", "安如絮")
}

func Test定密三项同时确定标注后登台账(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("2402", "classification", fields{"code": "督-稿-3", "level": "机密", "ground": "范围目录3.2条"})
	o.RefusedBecause("SEC-01", "2402", m, "submit", fields{"years": 25, "scope": o.People("1001")})
	o.RefusedBecause("SEC-02", "2402", m, "submit", fields{"years": 10})
	o.RefusedBecause("SEC-31", "2402", m, "submit", fields{"years": 10, "scope": o.People("1001"), "ground": "关于某专项工作的报告所列事项"})
	o.Do("2402", m, "submit", fields{"years": 10, "scope": o.People("1001", "1007")})
	o.Do("2401", m, "agree", nil)
	holds(t, o, m, "decide", "贺庭山", "马骁原")
	o.Do("1007", m, "decide", fields{"years": 5})
	o.RefusedBecause("SEC-02", "2502", m, "mark", fields{"marked": false})
	o.Do("2502", m, "mark", fields{"marked": true})
	line := o.Begun(m, "carrier")
	if c := o.Matter(line); c.Fields["years"] != 5.0 || c.Fields["level"] != "机密" || c.Fields["code"] != "督-稿-3" {
		t.Errorf("登进台账的是%v", c.Fields)
	}
	o.Do("2502", line, "register", fields{"location": "3号柜", "keeper": o.Person("2502")})
}

func Test复制翻印按密级审批(t *testing.T) {
	o := apptest.Open(t)
	top, high := carrier(o, "绝-15", "绝密", 30), carrier(o, "机-16", "机密", 20)
	barred := o.Offers("2502", top)["copy"] // SEC-39: told with its clause before anything is tried
	if barred.Allowed || len(barred.Reasons) == 0 || barred.Reasons[0].Clause != "SEC-05" {
		t.Errorf("绝密级的复制事前没有说明：%+v", barred.Reasons)
	}
	m := o.Create("2402", "carrier-copy", fields{"how": "翻印", "reason": "传达学习", "copies": 3})
	o.RefusedBecause("SEC-05", "2402", m, "submit", fields{"carrier": top.String(), "receivers": o.People("1002")})
	o.RefusedBecause("SEC-03", "2402", m, "submit", fields{"carrier": high.String(), "receivers": o.People("1002")})
	o.RefusedBecause("DOC-CIR-15", "2402", m, "submit", fields{"carrier": high.String(), "consent": "复函7号", "receivers": o.People("3302")})
	o.RefusedBecause("SEC-04", "2402", m, "submit", fields{"carrier": high.String(), "consent": "复函7号"})
	o.Do("2402", m, "submit", fields{"carrier": high.String(), "consent": "复函7号", "receivers": o.People("1002")})
	o.Do("2401", m, "agree", nil)
	holds(t, o, m, "approve", "沈伯言") // SEC-03: the head of the agency
	o.Do("1001", m, "agree", nil)
	copying := fields{"place": "涉密文印室", "copier": o.Person("2502"), "codes": "机-16-复1至3", "noted": false}
	o.RefusedBecause("SEC-04", "2502", m, "done", copying)
	copying["noted"] = true
	o.Do("2502", m, "done", copying)
	if c := o.Matter(o.Begun(m, "carrier")); c.Fields["level"] != "机密" || c.Fields["copies"] != 3.0 {
		t.Errorf("复制件登成了%v", c.Fields)
	}
	moves := o.Matter(high).Fields["moves"].([]any)
	if last := moves[len(moves)-1].(map[string]any); last["link"] != "印制" || last["whom"] != "涉复〔2026〕1号" {
		t.Errorf("原件没有记下复制：%v", last)
	}
}

func Test没有清单不能销毁(t *testing.T) {
	o := apptest.Open(t)
	secret := carrier(o, "秘-17", "秘密", 5)
	if _, offered := o.Offers("2502", secret)["destroyed"]; offered { // DESTROY-11
		t.Error("台账上可以直接销毁")
	}
	old := letter(o, "关于借用除雪设备的函")
	m := o.Create("2502", "destruction", nil) // the keeper of the ledger lists what is on it, the archivist what was sent out
	row := func(f fields) fields { return fields{"items": []any{f}} }
	o.RefusedBecause("DESTROY-01", "2502", m, "submit", row(fields{"name": "剪报", "carrier": secret.String(), "copies": 1, "ground": "过期资料"}))
	o.RefusedBecause("DESTROY-01", "2502", m, "submit", row(fields{"name": "剪报", "ground": "过期资料"}))
	o.RefusedBecause("DESTROY-01", "2502", m, "submit", row(fields{"name": "旧简报来文", "source": old.String(), "copies": 1, "ground": "不需归档"})) // not seen by her
	o.RefusedBecause("DESTROY-06", "3104", o.Create("3104", "destruction", nil), "submit", row(fields{"name": "余件", "source": old.String(), "copies": 1, "ground": "立档余件"}))
	o.Do("2502", m, "submit", fields{"items": []any{
		fields{"carrier": secret.String(), "copies": 1, "ground": "超过保管期限"},
		fields{"name": "供暖通知余件", "copies": 12, "ground": "立档余件", "place": "文电科"},
	}})
	o.Do("2501", m, "agree", nil)
	holds(t, o, m, "director", "贺庭山", "马骁原")
	o.Do("1010", m, "agree", nil)
	holds(t, o, m, "leader", "陆怀谦")
	o.Do("1002", m, "agree", nil)
	place := fields{"firm": "本机关自行粉碎", "place": "市销毁中心", "supervisors": o.People("2501", "3104"), "way": "化浆"}
	o.RefusedBecause("DESTROY-03", "2502", m, "arrange", place)
	o.Refused("2502", m, "arrange", fields{"firm": "废品收购站", "place": "某处", "supervisors": o.People("2501", "3104")}) // DESTROY-03
	place["firm"] = "国家秘密载体销毁工作机构"
	place["supervisors"] = o.People("2501")
	o.RefusedBecause("DESTROY-01", "2502", m, "arrange", place)
	place["supervisors"] = o.People("2501", "3104")
	o.Do("2502", m, "arrange", place)
	o.RefusedBecause("DESTROY-01", "2501", m, "sign", fields{"on_site": false})
	o.Do("2501", m, "sign", fields{"on_site": true})
	if o.Matter(m).Step != "supervise" {
		t.Fatal("一个人就监销了")
	}
	o.Do("3104", m, "sign", fields{"on_site": true})
	o.RefusedBecause("DESTROY-03", "2502", m, "strike", nil)
	o.Do("2502", m, "strike", fields{"receipt": "销字第8号"})
	if c := o.Matter(secret); c.State != engine.Closed || c.Fields["outcome"] != "销毁" || c.Fields["outcome_ref"] != "销〔2026〕1号" {
		t.Errorf("载体没有随之注销：%s %v", c.State, c.Fields["outcome"])
	}
	burn(o, condemned(o, fields{"name": "旧简报来文", "source": old.String(), "copies": 1, "ground": "不需归档"}))
	loan := o.Create("3302", "document-loan", fields{"title": "旧简报来文", "source": old.String(), "secrecy": "无", "count": 1, "reason": "查考", "term": "当日归还", "place": "本人办公室"})
	o.RefusedBecause("DESTROY-11", "3302", loan, "submit", nil)
}

func Test四月的销毁到月底为止(t *testing.T) {
	o := apptest.Open(t)
	o.Until(time.Date(2027, 4, 6, 9, 0, 0, 0, db.Location))
	m := o.Create("3102", "destruction", nil)
	if due := o.Matter(m).Due.Format("2006-01-02"); due != "2027-04-30" { // DESTROY-02
		t.Errorf("销毁限到%s", due)
	}
}
