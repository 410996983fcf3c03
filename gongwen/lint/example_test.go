package lint_test

import (
	"fmt"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/lint"
)

const draft = `临溪县人民政府文件
临政发[2026]第012号
临溪县人民政府关于布署防汛工作的通知
各乡镇人民政府：
　　各镇要建立台帐，落实教育、卫生、等部门责任，2026年3月5日（星期三）前完成。
　　　　　　　　临溪县人民政府
　　　　　　　　2026年2月20日
`

func ExampleCheckText() {
	_, findings := lint.CheckText(draft, lint.Options{})
	for _, f := range findings {
		fmt.Println(f.ID, f.Severity, f.Explain())
	}
	// Output:
	// H001 error 发文字号：发文字号的年份用六角括号〔〕，不用方括号（“[2026]”，改为“〔2026〕”）〔GB/T 9704-2012 7.2.5〕
	// H004 error 发文字号：发文字号的顺序号前不加“第”（“第”，删去）〔GB/T 9704-2012 7.2.5〕
	// H005 error 发文字号：发文字号的顺序号不编虚位（“012”，改为“12”）〔GB/T 9704-2012 7.2.5〕
	// W002 error 标题：“布署”应为“部署”（“布署”，改为“部署”）〔现代汉语规范；公文写作惯例〕
	// W003 error 正文第1段：“台帐”应为“台账”（“台帐”，改为“台账”）〔现代汉语规范；公文写作惯例〕
	// P004 error 正文第1段：“等”前不加顿号（“、”，删去）〔GB/T 15834-2011〕
	// N023 error 正文第1段：2026年3月5日是星期四（“2026年3月5日（星期三”）〔公文写作惯例〕
}

func ExampleFix() {
	doc := gongwen.Parse(draft)
	fixed, n := lint.Fix(doc, lint.Check(doc, lint.Options{}))
	fmt.Println(n, fixed.Number, fixed.Title)
	fmt.Println(fixed.Body[0].Text)
	// Output:
	// 6 临政发〔2026〕12号 临溪县人民政府关于部署防汛工作的通知
	// 各镇要建立台账，落实教育、卫生等部门责任，2026年3月5日（星期三）前完成。
}
