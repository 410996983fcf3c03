package layout

import (
	"slices"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// Titles with the breaks a careful typist gives them: between issuer and 关于, after 关于 and its verb, between
// words; alternatives are parted by a bar.
var titles = []string{
	"临溪县人民政府/关于做好2026年防汛工作的通知",
	"临溪县教育局关于商请支持/校园周边交通秩序整治工作的函",
	"临溪县水利局　临溪县财政局关于申请拨付/石桥水库除险加固工程专项资金的请示|临溪县水利局　临溪县财政局/关于申请拨付石桥水库除险加固/工程专项资金的请示",
	"临溪县人民政府办公室关于印发/《临溪县公务用车管理办法（试行）》的通知",
	"临溪县人民政府/关于印发《临溪县国民经济和社会发展/第十五个五年规划纲要》的通知|临溪县人民政府关于印发/《临溪县国民经济和社会发展/第十五个五年规划纲要》的通知",
	"中共临溪县委办公室　临溪县人民政府办公室/关于印发《临溪县文件会议精简/控制办法（试行）》的通知",
	"临溪县人民政府关于加强森林草原防火工作的决定|临溪县人民政府/关于加强森林草原防火工作的决定",
	"临溪县人民政府/关于同意设立石桥镇工业园区的批复",
	"临溪县安全生产委员会办公室关于开展/2026年重大事故隐患专项排查整治行动的通知|临溪县安全生产委员会办公室关于开展2026年/重大事故隐患专项排查整治行动的通知",
	"关于进一步做好冬春季节安全生产工作的通知",
	"临溪县发展和改革局/关于2025年国民经济和社会发展/计划执行情况的报告",
	"临溪县人民政府/关于成立防汛抗旱指挥部的通知",
	"安澜市人民政府关于加快推进/政务服务标准化规范化便利化的实施意见",
	"临溪县人民政府办公室/转发县发展和改革局等部门/关于促进民营经济高质量发展若干措施的通知",
	"临溪县人民政府关于表彰/2025年度安全生产先进单位和先进个人的通报|临溪县人民政府关于表彰2025年度/安全生产先进单位和先进个人的通报",
	"临溪县财政局关于石桥镇人民政府/申请追加供水工程建设资金的复函",
}

func TestTitleBreaks(t *testing.T) {
	s := newSetter(&gongwen.Document{}, font.Embedded(), Options{})
	wrong := 0
	for _, want := range titles {
		accepted := strings.Split(want, "|")
		got := strings.Join(s.breakTitle(strings.ReplaceAll(accepted[0], "/", ""), s.style(font.Title, size2, Black)), "/")
		if !slices.Contains(accepted, got) {
			wrong++
			t.Logf("断行 %s，应为 %s", got, want)
		}
	}
	if wrong > 0 {
		t.Errorf("%d个标题中%d个断行不当", len(titles), wrong)
	}
}
