package stories_test

import (
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office/typeset"
)

func Test工作秘密单独标识不列入密级(t *testing.T) { // SEC-38
	o := apptest.Open(t)
	if m := o.Matter(received(o, nil)); m.WorkSecret {
		t.Error("没有勾选的也成了工作秘密")
	}
	m := received(o, fields{"work_secret": true, "sender_number": "安政办〔2026〕62号", "title": "关于报送下步人事安排设想的函"})
	got := o.Matter(m)
	if !got.WorkSecret || got.Secrecy != "无" {
		t.Errorf("工作秘密 %v，密级“%s”", got.WorkSecret, got.Secrecy)
	}
	o.Do("3102", m, "pass", fields{"review": allReviewed})
	o.Do("1010", m, "circulate", fields{"leaders": o.People("1002")}, "送领导阅")
	if child := o.Matter(o.Begun(m, "circulation")); !child.WorkSecret {
		t.Error("由工作秘密件启动的传阅没有标识")
	}
	for _, p := range o.Engine.Catalogue().All() {
		if f := p.Field(p.Secrecy); f != nil && strings.Contains(strings.Join(f.Options, " "), gongwen.WorkSecretMark) {
			t.Errorf("%s把工作秘密列入了密级", p.Name)
		}
	}

	// On the document it stands in words of its own, without a level or a star.
	draft := o.Create("3302", "outgoing", nil)
	o.Do("3302", draft, "submit", notice(o, fields{"work_secret": true, "public": "不公开", "public_reason": "涉及工作秘密"}))
	read(t, o, func(tx *db.Tx) error {
		w, err := o.Engine.World(tx)
		doc := typeset.Document(o.Matter(draft).Fields, "", w)
		if text := gongwen.Format(doc); !doc.WorkSecret || !doc.Secrecy.IsZero() || !strings.Contains(text, "工作秘密：是") || strings.Contains(text, "★") {
			t.Errorf("公文上的标识：%s", text)
		}
		return err
	})
}

func Test工作秘密不外发(t *testing.T) { // SEC-38
	o := apptest.Open(t)
	m := o.Create("3302", "outgoing", nil)
	draft := notice(o, fields{"doc_kind": "会议通知", "title": "关于召开人事工作专题会议的通知", "copies": 3, "work_secret": true})
	o.RefusedBecause("SEC-38", "3302", m, "submit", draft) // 公开
	draft["public"], draft["public_reason"] = "依申请公开", "涉及工作秘密"
	o.RefusedBecause("SEC-38", "3302", m, "submit", draft)
	draft["public"] = "不公开"
	o.Do("3302", m, "submit", draft)
	o.Do("1010", m, "sign", nil)
	o.Do("3103", m, "number", nil)
	send := func(channel string) fields {
		return fields{"distribution": []any{fields{"unit": "县水利局", "copies": 1, "channel": channel}}}
	}
	if ask := o.Offers("3103", m)["ask"]; ask.Allowed || len(ask.Reasons) != 1 || ask.Reasons[0].Clause != "SEC-38" {
		t.Errorf("工作秘密还可以请核准电子发送：%v", ask.Reasons)
	}
	o.RefusedBecause("SEC-38", "3103", m, "hand-out", send("市内互寄"))
	o.RefusedBecause("SEC-38", "3103", m, "hand-out", send("电子传输"))
	o.Do("3103", m, "hand-out", send("单位自取"))
	o.RefusedBecause("SEC-38", "3103", m, "record", send("电子传输"))
	signed := send("单位自取")
	signed["distribution"].([]any)[0].(fields)["receiver"] = "梅景川"
	o.Do("3103", m, "all-signed", signed)
	o.RefusedBecause("SEC-38", "3103", m, "close", fields{"materials": allPapers, "pages": 1, "public": "公开"})
	o.Do("3103", m, "close", fields{"materials": allPapers, "pages": 1, "public": "不公开", "public_reason": "涉及工作秘密"})

	// Nor by any way round.
	open := o.Create("3302", "disclosure", nil)
	o.RefusedBecause("SEC-38", "3302", open, "submit", fields{
		"title": "人事工作专题会议", "source": m.String(), "formed_on": "2026-11-18", "subject": "人事信息", "channel": []any{"政府网站"},
	})
	story := o.Create("3302", "media-review", fields{
		"title": "人事工作专题会议召开", "media": "《安澜日报》", "manuscript": "会议召开。", "source": m.String(),
		"checked": []any{"事实属实", "称谓准确", "领导排序正确", "不含未公开的讲话批示和领导活动"},
	})
	o.RefusedBecause("SEC-38", "3302", story, "submit", nil)
	screen := o.Create("3302", "bulletin", fields{"title": "会议通知", "text": "会议召开。", "scope": "全机关", "until": at(20, 18, 0), "source": m.String(), "on_screen": true})
	o.RefusedBecause("SEC-38", "3302", screen, "submit", nil)
	out := o.Create("3302", "document-loan", nil)
	o.RefusedBecause("SEC-38", "3302", out, "submit", fields{
		"title": "会议通知", "source": m.String(), "secrecy": "无", "count": 1, "reason": "查阅", "term": "当日归还", "outside": true, "outside_unit": "县水利局",
		"outside_person": "梅景川", "credential": "介绍信", "place": "指定阅文室",
	})
	use := o.Create("3302", "archive-use", nil)
	o.RefusedBecause("SEC-38", "3302", use, "submit", fields{"title": "会议通知", "source": m.String(), "purpose": "查阅", "way": "阅览", "term": "当日归还", "outside": true, "user_unit": "县水利局"})
}

func Test事后标为工作秘密的要先改为不公开(t *testing.T) { // SEC-38
	o := apptest.Open(t)
	m := letter(o, "关于商请借用除雪设备的函")
	o.RefusedBecause("SEC-38", "3103", m, "correct", fields{"work_secret": true}, "漏标")
	after := o.Do("3103", m, "correct", fields{"work_secret": true, "public": "不公开", "public_reason": "涉及工作秘密"}, "漏标")
	if !after.WorkSecret || after.State != engine.Closed {
		t.Errorf("更正后工作秘密 %v，%s", after.WorkSecret, after.State)
	}
}

func Test打不上水印的文件不得放进工作秘密件(t *testing.T) { // SEC-38
	o := apptest.Open(t)
	clerk := o.Directory().ByUsername("3102")
	put := func(name, text string) string {
		f, err := o.Files.Put(t.Context(), o.DB, clerk.Agency, clerk.ID, name, strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		return f.ID.String()
	}
	entry := func(file string, secret bool) fields {
		return fields{
			"title": "关于报送下步人事安排设想的函", "doc_date": "2026-11-15", "type": "报批", "secrecy": "无", "urgency": "平件", "copies": 1, "pages": 1,
			"attachment_number": "无", "work_secret": secret, "files": []any{file},
		}
	}
	arrived := func() db.ID {
		m := o.Create("3102", "incoming", fields{"sender": "安澜市委组织部", "addressee": o.Issuer("临政办"), "channel": "机要交换"})
		o.Do("3102", m, "sign", fields{"copies_ok": true, "routing_ok": true, "seal_ok": true})
		return m
	}
	note := put("来文.txt", "关于人事安排的设想")
	m := arrived()
	reasons := o.Refused("3102", m, "register", entry(note, true))
	if len(reasons) != 1 || reasons[0].Clause != "SEC-38" || reasons[0].Field != "files" || !strings.Contains(reasons[0].Text, "转成 PDF") {
		t.Errorf("拒绝的理由是 %v", reasons)
	}
	o.Do("3102", m, "register", entry(put("来文.pdf", "%PDF-1.4\n%%EOF\n"), true))

	// What was there before stays, and the mark may still be set.
	before := arrived()
	o.Do("3102", before, "register", entry(note, false))
	if after := o.Do("3102", before, "correct", fields{"work_secret": true}, "漏标"); !after.WorkSecret {
		t.Error("登记后标不上工作秘密")
	}
}
