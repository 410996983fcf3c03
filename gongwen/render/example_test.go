package render_test

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/render"
)

func ExamplePDF() {
	doc := gongwen.Parse("版式：信函\n发文机关：临溪县教育局\n发文字号：临教函〔2026〕8号\n标题：关于商请支持的函\n主送：县公安局\n\n专此函达。\n")
	file, err := render.PDF(doc, render.Options{})
	fmt.Println(err, bytes.HasPrefix(file, []byte("%PDF-1.7")))
	pages, err := render.SVG(doc, render.Options{})
	fmt.Println(err, len(pages), strings.Contains(pages[0], `viewBox="0 0 210 297"`))
	// Output:
	// <nil> true
	// <nil> 1 true
}
