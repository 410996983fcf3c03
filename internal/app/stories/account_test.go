package stories_test

import (
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

func Test档案统计台账五项逐笔登记账实一致(t *testing.T) { // ARCH-08, ARCH-06
	o := apptest.Open(t)
	letter(o, "关于借用除雪设备的函")
	letter(o, "关于借用除雪车的函")
	filing := o.Create("3102", "archive-filing", nil)
	o.Pack()
	o.Do("3102", filing, "gather", fields{"issuer": o.Issuer("临政办"), "file_year": 2026, "office_code": "BGS"})
	o.Do("3102", filing, "propose", nil)
	o.Do("3104", filing, "number", nil)
	o.Do("3102", filing, "box", fields{"per_box": 30})
	o.Pack()
	o.Do("3102", filing, "hand-over", fields{"tests": []any{"真实性", "完整性", "可用性", "安全性"}})

	m := o.Create("3104", "archive-account", nil)
	o.Do("3104", m, "open", fields{"issuer": o.Issuer("临政办"), "category": "WS 文书", "medium": "纸质和电子", "opening": 40})
	day := "2026-11-18"
	in := fields{"on": day, "pieces": 2, "source": filing.String(), "proof": "移交清册"}
	o.RefusedBecause("ARCH-04", "3104", m, "take-in", in) // not yet signed for
	o.Do("3104", filing, "receive", fields{"location": "库房一架二层"})
	o.RefusedBecause("ARCH-08", "3104", m, "take-in", without(in, "pieces", 3))
	o.Do("3104", m, "take-in", in)
	o.RefusedBecause("ARCH-08", "3104", m, "take-in", in) // a batch comes in once
	o.RefusedBecause("ARCH-08", "3104", m, "move-out", fields{"on": day, "pieces": 43, "other": "县档案馆", "proof": "交接文据1号"})
	o.Do("3104", m, "move-out", fields{"on": day, "pieces": 25, "other": "县档案馆", "proof": "交接文据1号"})
	o.Do("3104", m, "appraise", fields{"on": day, "pieces": 10, "proof": "鉴定报告1号"})

	use := o.Create("3301", "archive-use", nil)
	o.Do("3301", use, "submit", fields{"title": "2019年供热文件", "purpose": "起草供热办法", "way": "阅览", "term": "当日归还"})
	o.Do("2003", use, "agree", nil)
	o.Do("3104", use, "provide", fields{"trail_found": "归档文件目录", "count": 3, "pages": 61, "relevant": 3, "apt": 3})
	o.RefusedBecause("ARCH-08", "3104", m, "use", fields{"on": day, "pieces": 2, "loan": use.String()})
	o.Do("3104", m, "use", fields{"on": day, "pieces": 3, "loan": use.String()})
	list := o.Create("3102", "destruction", fields{"items": []any{fields{"name": "过期文件", "copies": 1, "ground": "超过保管期限"}}})
	o.RefusedBecause("DESTROY-11", "3104", m, "destroy", fields{"on": day, "pieces": 1, "list": list.String()})

	if line := registerLine(t, o, "3104", m); !strings.Contains(line, "|2|25|10|0|3|17|") || !strings.HasSuffix(line, "|相符") {
		t.Errorf("台账登成了%s", line)
	}
	if book := bookLines(t, o, "3104", m, "archive-entries"); len(book) != 5 || !strings.Contains(book[1], "收进|2|42|移交清册") || !strings.Contains(book[2], "移出|25|17|交接文据1号 县档案馆") || !strings.Contains(book[4], "利用|3|17|查档〔2026〕1号") {
		t.Errorf("登记簿是%v", book)
	}

	o.RefusedBecause("ARCH-08", "3104", m, "close", nil)
	o.Do("3104", m, "count", fields{"counted": 17})
	o.Do("3104", m, "count", fields{"counted": 16})
	holds(t, o, m, "explain", "古素华")
	o.Refused("3104", m, "take-in", fields{"on": day, "pieces": 1, "proof": "补"}) // nothing is entered until it is cleared up
	o.RefusedBecause("ARCH-08", "3104", m, "again", fields{"counted": 16})
	o.Do("3104", m, "report", nil, "漏登一笔移出")
	o.Do("1010", m, "agree", nil)
	after := o.Matter(m)
	if after.Step != "held" || after.Fields["held"] != 16.0 || after.Fields["differs"] != 0.0 {
		t.Errorf("调账后在%s，结存%v", after.Step, after.Fields["held"])
	}
	if book := bookLines(t, o, "3104", m, "archive-entries"); !strings.Contains(book[len(book)-1], "调账|-1|16|") {
		t.Errorf("调账记成了%s", book[len(book)-1])
	}
}

func Test会议文件三阶段收齐立卷督查报告领导阅后立卷(t *testing.T) { // ARCH-16, ARCH-17
	o := apptest.Open(t)
	m := o.Create("3102", "archive-volume", nil)
	paper := func(phase, name string, in bool) fields {
		return fields{"phase": phase, "name": name, "from": o.Person("3302"), "copies": 1, "in": in}
	}
	volume := func(papers ...any) fields {
		return fields{"held_on": "2026-11-17", "papers": papers}
	}
	o.Do("3102", m, "open", fields{"sort": "会议文件", "title": "全县供暖工作会议"})
	before, during := paper("会前", "会议通知和议程", true), paper("会中", "领导讲话", true)
	o.RefusedBecause("ARCH-16", "3102", m, "full", volume(before, during))
	o.RefusedBecause("ARCH-16", "3102", m, "full", volume(before, during, paper("会后", "会议纪要", false))) // still in somebody's hands
	o.Do("3102", m, "full", volume(before, during, paper("会后", "会议纪要", true)))
	bound := fields{"pages": 36, "retention": "永久", "keeper": o.Person("3302"), "place": "会议卷柜"}
	o.RefusedBecause("ARCH-16", "3102", m, "bind", bound)
	o.Do("3102", m, "bind", without(bound, "keeper", o.Person("3102")))
	holds(t, o, m, "kept", "何映雪")
	if due := o.Matter(m).OpenTasks(engine.Handle)[0].Due.In(db.Location).Format("2006-01-02"); due != "2027-03-31" {
		t.Errorf("移交限到%s", due)
	}
	o.Do("3102", m, "hand-over", nil)
	o.RefusedBecause("ARCH-17", "3104", m, "receive", fields{"volume_code": "2026-会-1", "complete": false})
	o.Do("3104", m, "receive", fields{"volume_code": "2026-会-1", "complete": true})

	in := received(o, fields{})
	r := o.Create("3102", "archive-volume", nil)
	about := fields{"sort": "督查办结报告", "title": "供暖督查", "source": in.String()}
	o.RefusedBecause("ARCH-17", "3102", r, "open", about) // a leader reads the report
	o.Do("3102", r, "open", without(about, "reader", o.Person("1006")))
	report := volume(paper("督查", "办结报告", true))
	o.RefusedBecause("ARCH-17", "3102", r, "full", report) // not closed yet
	handled(o, in)
	o.Do("3102", r, "full", report)
	holds(t, o, r, "leader", "郑跃川")
	o.Do("1006", r, "read", nil, "已阅，立卷")
	holds(t, o, r, "arrange", "何映雪")
}

func Test传输设备和电子印章只交给指定人员(t *testing.T) { // SEC-32
	o := apptest.Open(t)
	m := o.Create("3204", "asset", nil)
	f := fields{
		"title": "公文传输操作程序和软件", "code": "CS-02", "sort": "传输软件和操作程序", "model": "v3", "network": "政务外网", "bought_on": "2026-11-02", "location": "文电科",
		"responsible_person": o.Person("3302"), "taken_on": "2026-11-18",
	}
	o.RefusedBecause("SEC-32", "3204", m, "enter", f)
	o.Do("3204", m, "enter", without(f, "responsible_person", o.Person("3103")))
	o.RefusedBecause("SEC-32", "3204", m, "hand-over", fields{"responsible_person": o.Person("3301"), "location": "文电科"})
	after := o.Do("3204", m, "hand-over", fields{"responsible_person": o.Person("3102"), "location": "文电科"})
	if after.Fields["taken_on"] != "2026-11-18" || !strings.Contains(registerLine(t, o, "3204", m), "何映雪") {
		t.Errorf("领用没有登记：%s", registerLine(t, o, "3204", m))
	}
	s := o.Create("3103", "seal-lifecycle", fields{
		"title": "县政府办电子印章", "code": "Y-D1", "level": "办公室", "issuer": o.Issuer("临政办"), "approvers": o.People("1010"), "keeper": o.Person("3302"),
		"location": "文电科", "enabled_on": "2026-07-05", "electronic": true, "serial": "E-1", "device": "U-1",
	})
	o.RefusedBecause("SEC-32", "3103", s, "enter", nil)
	o.Do("3103", s, "enter", fields{"keeper": o.Person("3103")})
}
