package ofd_test

import (
	"bytes"
	"fmt"

	"github.com/chengqi-oa/chengqi/gongwen/draw"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/ofd"
)

// Any page can be drawn as OFD.
func Example() {
	doc := ofd.New(ofd.Options{Title: "收文登记簿"})
	page := doc.AddPage(210, 297)
	draw.Text(page, 28, 45, font.Embedded(), font.FangSong, 16, "临溪县人民政府") // y is the baseline
	page.Line(28, 60, 184, 60, 0.35)
	var file bytes.Buffer
	_, err := doc.WriteTo(&file)
	fmt.Println(err, file.Len() > 0)
	// Output: <nil> true
}
