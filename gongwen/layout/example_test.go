package layout_test

import (
	"fmt"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
)

func ExampleLay() {
	doc := gongwen.Parse(`版式：公文
发文机关：临溪县人民政府
发文字号：临政发〔2026〕12号
标题：临溪县人民政府关于做好2026年防汛工作的通知

特此通知。
署名：临溪县人民政府
日期：2026年3月5日
`)
	for _, p := range layout.Lay(doc, font.Embedded(), layout.Options{}) {
		for _, r := range p.Runs {
			if r.Element == layout.Title {
				fmt.Printf("第%d页 标题 %s 左%.1f毫米 右%.1f毫米\n", p.Number, r.Text(), r.Left(), r.Right())
			}
		}
	}
	// Output:
	// 第1页 标题 临溪县人民政府 左78.8毫米 右133.2毫米
	// 第1页 标题 关于做好2026年防汛工作的通知 左51.7毫米 右160.3毫米
}
