package docx

import (
	"fmt"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/gongwen"
)

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	namespaces  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
		`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
		`xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`

	ooxml    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	mainType = "application/vnd.openxmlformats-officedocument.wordprocessingml."

	contentTypes = declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + mainType + `document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="` + mainType + `styles+xml"/>` +
		`<Override PartName="/word/settings.xml" ContentType="` + mainType + `settings+xml"/>` +
		`<Override PartName="/word/fontTable.xml" ContentType="` + mainType + `fontTable+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="` + mainType + `footer+xml"/>` +
		`<Override PartName="/word/footer2.xml" ContentType="` + mainType + `footer+xml"/>` +
		`<Override PartName="/word/footer3.xml" ContentType="` + mainType + `footer+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

	packageRelations = declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + ooxml + `/officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

	relations = declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + ooxml + `/styles" Target="styles.xml"/>` +
		`<Relationship Id="rId2" Type="` + ooxml + `/settings" Target="settings.xml"/>` +
		`<Relationship Id="rId3" Type="` + ooxml + `/fontTable" Target="fontTable.xml"/>` +
		`<Relationship Id="rId4" Type="` + ooxml + `/footer" Target="footer1.xml"/>` +
		`<Relationship Id="rId5" Type="` + ooxml + `/footer" Target="footer2.xml"/>` +
		`<Relationship Id="rId6" Type="` + ooxml + `/footer" Target="footer3.xml"/>` +
		`<Relationship Id="rId7" Type="` + ooxml + `/image" Target="media/line.png"/></Relationships>`

	// Page numbers differ on odd and even pages (7.5).
	settings = declaration + `<w:settings ` + namespaces + `><w:zoom w:percent="100"/><w:evenAndOddHeaders/>` +
		`<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" ` +
		`w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`
)

// footerFromEdge is the distance of the page number from the lower edge of the paper in twips: the dash stands 7 mm
// below the text area (7.5), the rest of its line below it.
const footerFromEdge = 1475

// footer writes the page number: odd pages at the right, even ones at the left, one character from the edge.
func footer(side string) string {
	const field = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
		`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
	const dash = `<w:r><w:t xml:space="preserve">%s</w:t></w:r>`
	return fmt.Sprintf(declaration+`<w:ftr %s><w:p><w:pPr><w:pStyle w:val="PageNumber"/><w:jc w:val="%s"/></w:pPr>%s%s%s</w:p></w:ftr>`,
		namespaces, side, fmt.Sprintf(dash, "— "), field, fmt.Sprintf(dash, " —"))
}

// style 样式: paragraph styles are based on 正文.
type style struct {
	id, name     string
	para, run    string
	character    bool
	outlineLevel int // 1 … for headings
}

func fonts(eastAsia, latin string) string {
	return fmt.Sprintf(`<w:rFonts w:ascii="%s" w:hAnsi="%s" w:cs="%s" w:eastAsia="%s"/>`, latin, latin, latin, eastAsia)
}

func size(half int) string { return fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, half, half) }

func exact(line int) string { return fmt.Sprintf(`<w:spacing w:line="%d" w:lineRule="exact"/>`, line) }

const (
	flush = `<w:ind w:firstLineChars="0" w:firstLine="0"/>`
	red   = `<w:color w:val="FF0000"/>`
)

// The names of typefaces that offices use; a machine without them shows its own of the kind (see fontTable).
const (
	fangSong = "仿宋_GB2312"
	kai      = "楷体_GB2312"
	hei      = "黑体"
	xiaoSong = "方正小标宋简体"
	song     = "宋体"
	western  = "Times New Roman"
)

func styleTable() []style {
	heiFont, kaiFont, titleFont := fonts(hei, hei), fonts(kai, western), fonts(xiaoSong, xiaoSong)
	centre := flush + `<w:jc w:val="center"/>`
	// A title has its line ends already; room to both sides keeps a full line from breaking again.
	wideCentre := `<w:ind w:left="-284" w:right="-284" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>`
	return []style{
		{id: "Blank", name: "空行", para: flush},
		{id: "Flush", name: "顶格", para: flush + `<w:jc w:val="both"/>`},
		{id: "Mark", name: "发文机关标志", para: centre, run: titleFont + red + `<w:spacing w:val="0"/>`},
		{id: "Title", name: "Title", para: exact(lineTitle) + wideCentre, run: titleFont + `<w:spacing w:val="0"/>` + size(44)},
		{id: "Heading1", name: "heading 1", para: `<w:keepNext/>`, run: heiFont, outlineLevel: 1},
		{id: "Heading2", name: "heading 2", para: `<w:keepNext/>`, run: kaiFont, outlineLevel: 2},
		{id: "Heading3", name: "heading 3", outlineLevel: 3},
		{id: "Heading4", name: "heading 4", outlineLevel: 4},
		{id: "Chapter", name: "章节", para: `<w:keepNext/>` + centre, run: heiFont},
		{id: "Quote", name: "Quote", run: kaiFont},
		{id: "Caption", name: "caption", para: `<w:keepNext/>` + centre, run: heiFont},
		{id: "TableText", name: "表格文字", para: exact(324) + centre, run: `<w:spacing w:val="0"/>` + size(24)},
		{id: "Imprint", name: "版记", para: exact(lineImprint) + flush, run: `<w:spacing w:val="0"/>` + size(28)},
		{id: "PageNumber", name: "页码", para: exact(280) + `<w:ind w:left="280" w:right="280" w:firstLineChars="0" w:firstLine="0"/>`, run: fonts(song, song) + `<w:spacing w:val="0"/>` + size(28)},
		{id: "Rule", name: "版记分隔线", para: `<w:spacing w:line="240" w:lineRule="auto"/>` + flush, run: size(2)},
		{id: "Tiny", name: "隐行", para: exact(20) + flush, run: size(2)},
		{id: "Hei", name: "黑体字", run: heiFont, character: true},
		{id: "Kai", name: "楷体字", run: kaiFont, character: true},
		{id: "Stamp", name: "签名章", run: kaiFont + red + size(44), character: true},
	}
}

func stylesPart() string {
	var b strings.Builder
	// 16 pt drawn together by a quarter point: 28 characters to a line of 156 mm.
	fmt.Fprintf(&b, declaration+`<w:styles %s><w:docDefaults><w:rPrDefault><w:rPr>%s<w:spacing w:val="-5"/>%s<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`,
		namespaces, fonts(fangSong, western), size(32))
	fmt.Fprintf(&b, `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="0"/>`+
		`<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>%s<w:ind w:firstLineChars="200" w:firstLine="%d"/><w:jc w:val="both"/></w:pPr></w:style>`, exact(lineBody), twips(2*cell))
	b.WriteString(`<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>`)
	b.WriteString(`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>`)
	for _, s := range styleTable() {
		kind, based := "paragraph", "Normal"
		if s.character {
			kind, based = "character", "DefaultParagraphFont"
		}
		outline := ""
		if s.outlineLevel > 0 {
			outline = fmt.Sprintf(`<w:outlineLvl w:val="%d"/>`, s.outlineLevel-1)
		}
		fmt.Fprintf(&b, `<w:style w:type="%s" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="%s"/><w:qFormat/>`, kind, s.id, s.name, based)
		if s.para+outline != "" {
			fmt.Fprintf(&b, `<w:pPr>%s%s</w:pPr>`, s.para, outline)
		}
		fmt.Fprintf(&b, `<w:rPr>%s</w:rPr></w:style>`, s.run)
	}
	b.WriteString(`<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
	}
	b.WriteString(`</w:tblBorders><w:tblCellMar>`)
	for _, side := range []string{"top", "left", "bottom", "right"} {
		fmt.Fprintf(&b, `<w:%s w:w="%d" w:type="dxa"/>`, side, twips(1.2))
	}
	b.WriteString(`</w:tblCellMar></w:tblPr></w:style></w:styles>`)
	return b.String()
}

// fontTable names for each typeface those that stand in for it on other systems.
func fontTable() string {
	var b strings.Builder
	b.WriteString(declaration + `<w:fonts ` + namespaces + `>`)
	for _, f := range []struct{ name, others, family string }{
		{fangSong, "仿宋,FangSong,方正仿宋_GBK,华文仿宋,FandolFang R,Noto Serif CJK SC", "modern"},
		{kai, "楷体,KaiTi,方正楷体_GBK,华文楷体,FandolKai,LXGW WenKai", "modern"},
		{hei, "SimHei,方正黑体_GBK,华文黑体,FandolHei,Noto Sans CJK SC", "swiss"},
		{xiaoSong, "方正小标宋_GBK,华文中宋,FandolSong,Noto Serif CJK SC", "roman"},
		{song, "SimSun,方正书宋_GBK,华文宋体,FandolSong,Noto Serif CJK SC", "roman"},
	} {
		fmt.Fprintf(&b, `<w:font w:name="%s"><w:altName w:val="%s"/><w:charset w:val="86"/><w:family w:val="%s"/><w:pitch w:val="default"/></w:font>`, f.name, f.others, f.family)
	}
	return b.String() + `<w:font w:name="` + western + `"><w:altName w:val="Liberation Serif"/><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`
}

// coreProperties names no author: what is handed on tells nobody who typed it.
func coreProperties(doc *gongwen.Document, created time.Time) string {
	when := ""
	if !created.IsZero() {
		when = `<dcterms:created xsi:type="dcterms:W3CDTF">` + created.UTC().Format(time.RFC3339) + `</dcterms:created>`
	}
	return declaration + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escape(strings.ReplaceAll(doc.Title, "\n", "")) + `</dc:title><dc:subject>` + escape(doc.Number) + `</dc:subject>` +
		when + `</cp:coreProperties>`
}
