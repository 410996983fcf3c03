package docx

import (
	"fmt"
	"html"
	"strings"
)

// The watermark of a Word file stands in the header, where Word's own 水印 stands, and so lies under every page.
const (
	headerType     = `<Override PartName="/word/header1.xml" ContentType="` + mainType + `header+xml"/>`
	headerRelation = `<Relationship Id="rId8" Type="` + ooxml + `/header" Target="header1.xml"/>`

	headerReferences = `<w:headerReference w:type="default" r:id="rId8"/><w:headerReference w:type="even" r:id="rId8"/>` +
		`<w:headerReference w:type="first" r:id="rId8"/>`
)

// watermarkTops are where the repetitions begin, in points from the upper edge of the paper.
var watermarkTops = []int{120, 360, 600}

// header draws lines of text aslant over the page, as the shapes of WordArt that Word and WPS take for a watermark.
func header(lines []string) string {
	text := html.EscapeString(strings.Join(lines, "　"))
	var shapes strings.Builder
	for i, top := range watermarkTops {
		fmt.Fprintf(&shapes, `<v:shape id="watermark%d" type="#watermark" alt="水印" style="position:absolute;margin-left:0;margin-top:%dpt;`+
			`width:430pt;height:16pt;rotation:-25;z-index:-%d;mso-position-horizontal:center;mso-position-horizontal-relative:page;`+
			`mso-position-vertical-relative:page" fillcolor="#d6d6d6" stroked="f"><v:textpath style="font-family:&quot;%s&quot;;font-size:1pt" string="%s"/></v:shape>`,
			i+1, top, 1000+i, hei, text)
	}
	return declaration + `<w:hdr ` + namespaces + ` xmlns:v="urn:schemas-microsoft-com:vml"><w:p><w:pPr><w:pStyle w:val="Tiny"/></w:pPr><w:r><w:pict>` +
		`<v:shapetype id="watermark" coordsize="21600,21600" adj="10800" path="m@7,0l@8,0m@5,21600l@6,21600e" style="display:none">` +
		`<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>` +
		`<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>` +
		`<v:path textpathok="t"/><v:textpath on="t" fitshape="t"/></v:shapetype>` + shapes.String() + `</w:pict></w:r></w:p></w:hdr>`
}
