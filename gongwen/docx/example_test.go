package docx_test

import (
	"fmt"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/docx"
)

// A document is handed on to be edited in office software, and what comes back is recognised.
func ExampleRead() {
	doc := gongwen.Parse("版式：公文\n发文机关：临溪县水利局\n发文字号：临水发〔2026〕3号\n标题：临溪县水利局关于做好巡查工作的通知\n主送：各水管站\n\n请认真做好巡查工作。\n\n署名：临溪县水利局\n日期：2026年3月5日\n")
	file, err := docx.Write(doc, docx.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	back, err := docx.Read(file)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(back.Number, back.Title)
	fmt.Println(back.Recipients, back.Body[0].Text, back.Date)
	// Output:
	// 临水发〔2026〕3号 临溪县水利局关于做好巡查工作的通知
	// 各水管站 请认真做好巡查工作。 2026年3月5日
}
