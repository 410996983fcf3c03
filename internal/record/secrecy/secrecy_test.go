package secrecy_test

import (
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/record/secrecy"
)

func Test_有密级标志的一律拒绝(t *testing.T) { // SEC-09
	for _, text := range []string{"机密★20年", "绝 密★", "正文里夹着秘密 ★ 1年"} {
		if r := secrecy.Refuse(text, "", false); len(r) != 1 || r[0].Clause != "SEC-09" {
			t.Errorf("%q：%v", text, r)
		}
	}
	for _, text := range []string{"做好保密工作", "★号作物", "机密级载体清退"} {
		if r := secrecy.Refuse(text, "无", false); len(r) != 0 {
			t.Errorf("%q 被误拦：%v", text, r)
		}
	}
}

func Test_带密级的只收编号和名称(t *testing.T) { // SEC-31, SEC-35
	refused := []string{"《某专项规划》", "关于某专项工作的通知", "关于调整有关人员的请示（代拟稿）", "内部情况通报：" + strings.Repeat("略", 60)}
	allowed := []string{"机委〔2026〕7号", "载体编号M-11", "1号柜第3格", "安澜市有关单位", "同意，按时归还", "临溪县人民政府办公室"}
	for _, level := range []string{"秘密", "机密", "绝密"} {
		for _, text := range refused {
			if r := secrecy.Refuse(text, level, false); len(r) != 1 || r[0].Clause != "SEC-31" {
				t.Errorf("%s级旁边收进了 %q：%v", level, text, r)
			}
		}
		for _, text := range allowed {
			if r := secrecy.Refuse(text, level, false); len(r) != 0 {
				t.Errorf("%s级旁边拦了 %q：%v", level, text, r)
			}
		}
	}
	if r := secrecy.Refuse(refused[0], "", true); len(r) != 1 {
		t.Errorf("只登编号的台账收进了标题：%v", r)
	}
	for _, level := range []string{"", "无", "内部"} {
		if r := secrecy.Refuse(refused[1], level, false); len(r) != 0 {
			t.Errorf("不是国家秘密的“%s”也拦了标题：%v", level, r)
		}
	}
}
