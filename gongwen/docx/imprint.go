package docx

import (
	"bytes"
	"fmt"
	"image"
	"image/png"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// Thickness of the lines of 版记 in mm (7.4.1).
const (
	imprintThick = 0.35
	imprintThin  = 0.25
	lineImprint  = 488               // twips
	em4          = 14 * font.PointMM // a character of 四号, its own 一字
)

// imprint writes 版记 as a frame that stands on the lower edge of the text area of the page it is on, and grows upwards
// when more is written (7.4). Its lines are pictures of their own paragraphs: the texts between stand one character
// in, so that their borders would be too short, and LibreOffice gives up frames in which only some have borders.
func (f *flow) imprint() {
	d := f.doc
	letter := d.Layout == gongwen.Letter // a letter has no lines and no printer (10.1)
	var lists []string
	if f.moved() && d.Recipients != "" {
		lists = append(lists, "主送："+d.Recipients+"。")
	}
	if d.CopiesTo != "" {
		lists = append(lists, "抄送："+d.CopiesTo+"。")
	}
	printed := !letter && d.Printer+d.PrintDate != ""
	if len(lists) == 0 && !printed {
		return
	}
	frame := fmt.Sprintf(`<w:framePr w:w="%d" w:hSpace="0" w:wrap="notBeside" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left" w:yAlign="bottom"/>`, twips(areaWidth))
	rule := func(width float64) {
		if !letter {
			f.para("Rule", look{frame: frame}, f.rule(areaWidth, width))
		}
	}
	rule(imprintThick)
	for _, text := range lists { // no line between 主送 and 抄送 (7.4.2)
		f.para("Imprint", look{frame: frame, indent: indent(4*em4, em4, em4)}, words(text, ""))
	}
	if printed {
		if len(lists) > 0 {
			rule(imprintThin)
		}
		date := d.PrintDate
		if date != "" {
			date += "印发"
		}
		tab := fmt.Sprintf(`<w:tab w:val="right" w:pos="%d"/>`, twips(areaWidth-em4))
		f.para("Imprint", look{frame: frame, tabs: tab, indent: indent(em4, em4, 0)}, words(d.Printer+"\t"+date, ""))
	}
	rule(imprintThick)
	f.para("Tiny", look{})
}

// emu are the units of drawings, 36,000 to the millimetre.
func emu(mm float64) int { return int(mm * 36000) }

// rule gives a black line in the text.
func (f *flow) rule(length, width float64) string {
	f.drawings++
	size := fmt.Sprintf(`cx="%d" cy="%d"`, emu(length), emu(width))
	return fmt.Sprintf(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent %s/><wp:docPr id="%d" name="线%d"/>`+
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name="线%d"/><pic:cNvPicPr/></pic:nvPicPr>`+
		`<pic:blipFill><a:blip r:embed="rId7"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext %s/></a:xfrm>`+
		`<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
		size, f.drawings, f.drawings, f.drawings, f.drawings, size)
}

// blackDot is the picture that a line is made of.
func blackDot() []byte {
	var out bytes.Buffer
	_ = png.Encode(&out, image.NewGray(image.Rect(0, 0, 8, 8))) // into memory: cannot fail
	return out.Bytes()
}
