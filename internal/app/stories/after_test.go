package stories_test

import (
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

func Test文稿有差错送不出去确属无误要写理由(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("3302", "outgoing", nil)
	wrong := notice(o, fields{"body": heating + "\n四、加强督查通报。按周调度进展。"}) // 漏了“三、”
	o.RefusedBecause("DOC-OUT-21", "3302", m, "submit", wrong)
	wrong["keep_reason"] = "三、另行印发"
	o.Do("3302", m, "submit", wrong)
}

func Test废止的公文在登记簿上标明(t *testing.T) {
	o := apptest.Open(t)
	old := letter(o, "关于借用除雪设备的函")
	open := drafted(o)
	m := o.Create("3302", "document-void", nil)
	o.RefusedBecause("DOC-OUT-53", "3302", m, "submit", fields{"source": open.String(), "treatment": "废止", "reason": "被新文件替代", "effective": "2026-12-01"})
	o.Do("3302", m, "submit", fields{"source": old.String(), "treatment": "废止", "reason": "被新文件替代", "effective": "2026-12-01"})
	o.Do("2202", m, "pass", fields{"impact": "无"})
	holds(t, o, m, "approve", "马骁原") // 原签发领导
	o.Do("1010", m, "agree", nil, "同意")
	o.Do("3103", m, "finish", fields{"notified": "电话", "recalled": "已收回"})
	if s := o.Matter(old).Fields["status"]; s != "废止" {
		t.Errorf("原文的状态是%v", s)
	}
	again := o.Create("3302", "document-void", nil)
	o.RefusedBecause("已经废止", "3302", again, "submit", fields{"source": old.String(), "treatment": "撤销", "reason": "有误", "effective": "2026-12-01"})
}

func Test代拟稿经部门审签送办公室不能直送领导(t *testing.T) { // DOC-OUT-22
	o := apptest.Open(t)
	m := o.Create("4004", "draft-on-behalf", nil)
	o.Do("4004", m, "submit", fields{
		"title": "关于加强寒假前安全教育的通知", "issue_name": "临溪县人民政府办公室", "doc_kind": "通知", "direction": "下行", "urgency": "平件",
		"secrecy": "无", "recipients": "各中小学", "body": "现就加强寒假前安全教育通知如下。", "reason": "年度工作安排",
	})
	o.Do("4004", m, "agree", nil)
	o.RefusedBecause("DOC-OUT-23", "4004", m, "sign", fields{"office": o.Unit("县政府")}, "同意")
	o.Do("4004", m, "sign", fields{"office": o.Unit("综合科")}, "同意，请县政府办公室审核")
	holds(t, o, m, "receive", "卢见山")
	if end := o.Do("2201", m, "accept", nil); end.State != engine.Closed {
		t.Errorf("收稿后%s", end.State)
	}
	out := o.Begun(m, "outgoing")
	holds(t, o, out, "draft", "卢见山")
	if body := o.Matter(out).Fields["body"]; body != "现就加强寒假前安全教育通知如下。" {
		t.Errorf("转入发文的正文是%v", body)
	}
}

func Test复文与所答复的来文互相查得到(t *testing.T) {
	o := apptest.Open(t)
	in := received(o, nil)
	m := o.Create("3102", "outgoing", nil)
	o.RefusedBecause("DOC-IN-36", "3102", m, "submit", notice(o, fields{"reply_to": m.String()}))
	o.Do("3102", m, "submit", notice(o, fields{"reply_to": in.String()}))
	if o.Begun(in, "outgoing") != m {
		t.Error("来文上查不到复文")
	}
}
