package render_test

import (
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
	"github.com/chengqi-oa/chengqi/gongwen/render"
)

const prose = `一、总体要求
近年来，我县各级各部门认真落实安全生产责任，事故起数和死亡人数持续下降，但部分行业领域风险隐患仍然突出，个别企业主体责任落实不到位。
（一）强化责任落实。各乡镇、各部门要充分认识当前形势的严峻性，坚持人民至上、生命至上，把防范化解重大风险摆在更加突出的位置，按照“谁主管、谁负责”的原则抓好落实。
1.县水利局要会同县应急管理局、县气象局加强监测预警，汛期实行24小时值班制度，重要雨情水情10分钟内报告县防汛抗旱指挥部。
（1）对排查发现的问题，要建立清单、明确责任，限期整改到位；对逾期未改的，依据《临溪县安全生产责任制考核办法》（临政发〔2025〕7号）严肃处理。
`

// long gives a notice of about so many pages.
func long(pages int) *gongwen.Document {
	return gongwen.Parse("版式：公文\n发文机关：临溪县人民政府\n发文字号：临政发〔2026〕12号\n" +
		"标题：临溪县人民政府关于进一步加强安全生产和防灾减灾救灾工作的通知\n主送：各乡镇人民政府，县政府各部门\n\n" +
		strings.Repeat(prose, pages*22/14) + "\n署名：临溪县人民政府\n日期：2026年3月5日\n印章：临溪县人民政府　45毫米\n")
}

func benchmark(b *testing.B, pages int) {
	doc := long(pages)
	font.Embedded()
	n := len(layout.Lay(doc, font.Embedded(), layout.Options{}))
	b.ResetTimer()
	for b.Loop() {
		if _, err := render.PDF(doc, render.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n), "pages")
}

func BenchmarkFivePages(b *testing.B)    { benchmark(b, 5) }
func BenchmarkHundredPages(b *testing.B) { benchmark(b, 100) }

func BenchmarkPreviewFivePages(b *testing.B) {
	doc := long(5)
	for b.Loop() {
		if _, err := render.SVG(doc, render.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
