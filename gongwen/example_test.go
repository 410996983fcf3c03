package gongwen_test

import (
	"encoding/json"
	"fmt"

	"github.com/chengqi-oa/chengqi/gongwen"
)

const typed = `版式：公文
发文机关：临溪县人民政府
发文字号：临政发〔2026〕12号
标题：临溪县人民政府关于做好2026年防汛工作的通知
主送：各乡镇人民政府，县政府各部门

现将有关事项通知如下。
一、落实责任
（一）强化值守。各单位实行24小时值班。

署名：临溪县人民政府
日期：2026年3月5日
印章：临溪县人民政府　45毫米
`

// A clerk types a document as labelled lines and paragraphs.
func ExampleParse() {
	doc := gongwen.Parse(typed)
	fmt.Println(doc.KindOf(), doc.Number, doc.MarkText())
	for _, b := range doc.Body {
		fmt.Println(b.Level, b.Text)
	}
	// Output:
	// 通知 临政发〔2026〕12号 [临溪县人民政府文件]
	// 0 现将有关事项通知如下。
	// 1 一、落实责任
	// 2 （一）强化值守。各单位实行24小时值班。
}

// Text pasted from elsewhere has no labels; its parts are known by their shape.
func ExampleParse_pasted() {
	doc := gongwen.Parse(`临溪县水利局文件
临水〔2026〕15号　　　　签发人：周明远
临溪县水利局关于申请拨付水库除险加固资金的请示
临溪县人民政府：
　　石桥水库大坝渗漏，需除险加固。
　　妥否，请批示。
　　　　　　　　　　临溪县水利局
　　　　　　　　　　2026年3月5日
`)
	fmt.Println(doc.Layout.Name(), doc.KindOf(), doc.Signers, doc.Recipients, doc.Signatures[0].Organ, doc.Date)
	// Output:
	// 上行文 请示 [周明远] 临溪县人民政府 临溪县水利局 2026年3月5日
}

// Format writes what Parse reads.
func ExampleFormat() {
	fmt.Print(gongwen.Format(&gongwen.Document{
		Layout: gongwen.Letter, Issuers: []string{"临溪县教育局"}, Title: "关于商请支持的函", Recipients: "县公安局",
		Body: []gongwen.Block{{Text: "专此函达。"}}, AttachmentNotes: []string{"名单", "路线图"}, Date: "2026年4月2日",
	}))
	// Output:
	// 版式：信函
	// 发文机关：临溪县教育局
	// 标题：关于商请支持的函
	// 主送：县公安局
	//
	// 专此函达。
	//
	// 附件：1.名单
	// 　　　2.路线图
	// 日期：2026年4月2日
}

// A document is also plain JSON.
func ExampleDocument() {
	b, err := json.Marshal(gongwen.Document{Layout: gongwen.Order, Number: "第3号", Date: "2026年3月1日"})
	fmt.Println(string(b), err)
	// Output: {"layout":"order","number":"第3号","title":"","date":"2026年3月1日"} <nil>
}

func ExampleOrgans() {
	fmt.Println(gongwen.Organs("各乡镇党委、人民政府，县直各单位（含双管单位、驻县单位）"))
	// Output: [各乡镇党委 人民政府 县直各单位（含双管单位、驻县单位）]
}
