package stories_test

import (
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
)

type fields = apptest.Fields

var (
	allChecked = []any{"报批程序完备", "确需行文", "合政策法规并与前文衔接", "措施可行", "部门已协商一致", "人名地名时间数字引文准确", "文种格式密级缓急和印发范围正确", "发布形式恰当"}
	allPoints  = []any{"行文关系与格式", "标题与内容相符", "密级与范围", "层次逻辑", "文词标点"}
	allRecheck = []any{"审批手续", "文种", "密级", "格式"}
	allProduct = []any{"字迹清晰", "版面整洁", "装订齐整", "印章骑年压月", "内容与原稿一致"}
	allPapers  = []any{"定稿", "正本", "有关材料", "电子件"}
)

const heating = "为保障今冬明春城乡居民温暖过冬，现就做好冬季供暖保障工作通知如下。\n一、落实供暖责任。各供热单位11月20日前完成试供热。\n二、备足应急力量。热源车等物资清单于11月20日前报备。"

// notice is the draft of a plain notice in the name of the government's office.
func notice(o *apptest.Office, more ...fields) fields {
	f := fields{
		"issuer": o.Issuer("临政办"), "doc_kind": "通知", "direction": "下行", "importance": "一般", "secrecy": "无", "urgency": "加急",
		"scope": "各乡镇人民政府，县政府各部门", "public": "公开", "copies": 80, "breadth": "专项文件",
		"title": "临溪县人民政府办公室关于做好冬季供暖保障工作的通知", "recipients": "各乡镇人民政府，县政府各部门、各直属单位", "body": heating,
	}
	for _, m := range more {
		for k, v := range m {
			f[k] = v
		}
	}
	return f
}

// drafted is a notice drafted by 阮清如 and sent for checking.
func drafted(o *apptest.Office, more ...fields) db.ID {
	m := o.Create("3302", "outgoing", nil)
	o.Do("3302", m, "submit", notice(o, more...))
	return m
}

// approved takes a draft through the section, the reviewer and the director, to the signer.
func approved(o *apptest.Office, m db.ID, more ...fields) {
	o.Do("3301", m, "agree", nil, "同意，请校核")
	reviewed(o, m)
	sent := fields{}
	for _, f := range more {
		for k, v := range f {
			sent[k] = v
		}
	}
	o.Do("1010", m, "agree", sent, "请审签")
}

func reviewed(o *apptest.Office, m db.ID) {
	o.Do("2202", m, "pass", fields{"merge_answer": "不能合并也不能再精简", "checklist": allChecked, "points": allPoints}, "已核")
}

// numbered takes a signed document through the recheck to its number.
func numbered(o *apptest.Office, m db.ID) *engine.Matter {
	o.Do("2201", m, "pass", fields{"recheck": allRecheck})
	return o.Do("3103", m, "number", nil)
}

func Test一份通知从拟稿到办结(t *testing.T) { // DOC-OUT-01, DOC-OUT-05, DOC-OUT-11, DOC-OUT-16, DOC-OUT-32
	o := apptest.Open(t)
	m := drafted(o)
	holds(t, o, m, "section-check", "雷振声")
	approved(o, m)
	holds(t, o, m, "sign", "马骁原") // 以办公室名义，由办公室主任签发
	o.Do("1010", m, "sign", nil, "同意，发")
	after := numbered(o, m)
	if after.Number != "临政办〔2026〕1号" {
		t.Errorf("文号是%s", after.Number)
	}
	if after.Fields["doc_date"] != "2026-11-18" {
		t.Errorf("成文日期是%v，应是签发日期", after.Fields["doc_date"])
	}
	o.Do("3104", m, "typeset", nil)
	o.Do("3302", m, "agree", nil)
	o.RefusedBecause("DOC-OUT-02", "3104", m, "print", fields{"printed_copies": 79})
	o.Do("3104", m, "print", fields{"printed_copies": 82})
	o.RefusedBecause("DOC-OUT-03", "3103", m, "seal", fields{"sealed_copies": 82})
	o.Do("3103", m, "seal", fields{"sealed_copies": 80})
	o.RefusedBecause("DOC-OUT-03", "3103", m, "pass", fields{"product": allProduct[:4]})
	o.Do("3103", m, "pass", fields{"product": allProduct})

	list := []any{
		fields{"unit": "枫渡镇人民政府", "copies": 2, "copy_number": "1-2", "channel": "集中交换"},
		fields{"unit": "县水利局", "copies": 1, "copy_number": "3", "channel": "单位自取"},
	}
	o.RefusedBecause("DOC-OUT-13", "3103", m, "hand-out", fields{"distribution": list, "kept_copies": 3})
	o.Do("3103", m, "hand-out", fields{"distribution": list})
	if kept := o.Matter(m).Fields["kept_copies"]; kept != 77.0 {
		t.Errorf("留存%v份，应是77份", kept)
	}
	o.RefusedBecause("枫渡镇人民政府还没有签收", "3103", m, "all-signed", fields{"distribution": list})
	for _, r := range list {
		r.(fields)["receiver"] = "梅景川"
	}
	o.Do("3103", m, "all-signed", fields{"distribution": list})
	o.RefusedBecause("ARCH-14", "3103", m, "close", fields{"materials": allPapers[:3]})
	end := o.Do("3103", m, "close", fields{"materials": allPapers, "pages": 3})
	if end.State != engine.Closed || !o.Sees("3104", m) {
		t.Errorf("此件%s；档案员看得到：%v", end.State, o.Sees("3104", m))
	}
}

// holds checks where a matter is and in whose hands.
func holds(t *testing.T, o *apptest.Office, m db.ID, step string, names ...string) {
	t.Helper()
	now := o.Matter(m)
	if now.Step != step {
		t.Fatalf("到了“%s”环节，应是“%s”", now.Step, step)
	}
	got := o.Holders(m)
	if len(got) != len(names) {
		t.Fatalf("“%s”在%v手里，应是%v", step, got, names)
	}
	for i := range names {
		if got[i] != names[i] {
			t.Fatalf("“%s”在%v手里，应是%v", step, got, names)
		}
	}
}
