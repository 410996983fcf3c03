package docx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/docx"
)

// word packs parts as Word does; body goes into the document part.
func word(t testing.TB, body string, more ...string) []byte {
	t.Helper()
	parts := []string{
		"_rels/.rels", `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/word/document.xml"/></Relationships>`,
		"word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>` + body + `</w:body></w:document>`,
	}
	parts = append(parts, more...)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i+1 < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func p(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }

func styled(properties, run, text string) string {
	return `<w:p><w:pPr>` + properties + `</w:pPr><w:r><w:rPr>` + run + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}

func open(t *testing.T, data []byte) *docx.File {
	t.Helper()
	f, err := docx.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

const numbering = `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7">` +
	`<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>` +
	`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>` +
	`<w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>` +
	`<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>` +
	`<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>` +
	`<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>`

func item(num, level, text string) string {
	return styled(`<w:numPr><w:ilvl w:val="`+level+`"/><w:numId w:val="`+num+`"/></w:numPr>`, "", text)
}

// A document as an office types it in Word: a title broken by hand, automatic numbers, the number beside the signer
// in a table, 版记 as a table, the mark in a text box.
func TestReadAsOfficialsWrite(t *testing.T) {
	centre := `<w:jc w:val="center"/>`
	body := `<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>` +
		styled(centre, `<w:color w:val="FF0000"/><w:sz w:val="84"/>`, "临溪县水利局文件") +
		`</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>` + p("临溪县水利局文件") + `</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>` +
		`<w:tbl><w:tr><w:tc>` + p("　临水〔2026〕8号") + `</w:tc><w:tc>` + p("签发人：秦克勤") + `</w:tc></w:tr></w:tbl>` +
		styled(centre, `<w:sz w:val="44"/>`, "临溪县水利局关于申请追加防洪堤除险加固") + styled(centre, `<w:sz w:val="44"/>`, "工程资金的请示") +
		p("") + p("县人民政府：") + p("　　防洪堤二标段新增护脚，现将有关情况报告如下。") +
		item("2", "0", "基本情况") + item("2", "1", "工程进展。已完成八成。") + item("2", "1", "存在问题。资金不足。") +
		item("2", "0", "请示事项") + item("2", "2", "追加资金380万元。") + item("3", "0", "其他") +
		`<w:tbl><w:tr><w:tc>` + p("序号") + `</w:tc><w:tc>` + p("项目") + `</w:tc><w:tc>` + p("金额") + `</w:tc></w:tr>` +
		`<w:tr><w:tc>` + p("1") + `</w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>` + p("护脚|抛石") + `</w:tc></w:tr></w:tbl>` +
		p("妥否，请批示。") + p("") + p("附件：1.概算表") + p("　　　2.图纸") + p("") +
		`<w:p><w:r><w:t>临溪县水利局</w:t></w:r></w:p>` + p("2026年11月20日") + p("（联系人：秦克勤，电话：0000-0000000）") +
		`<w:tbl><w:tr><w:tc>` + p("抄送：县财政局。") + `</w:tc></w:tr><w:tr><w:tc>` + p("临溪县水利局办公室") + `</w:tc><w:tc>` + p("2026年11月20日印发") + `</w:tc></w:tr></w:tbl>` +
		`<w:sectPr/>`
	f := open(t, word(t, body, "word/numbering.xml", numbering))
	d := f.Document()
	want := &gongwen.Document{
		Layout: gongwen.Upward, Issuers: []string{"临溪县水利局"}, Number: "临水〔2026〕8号", Signers: []string{"秦克勤"},
		Title: "临溪县水利局关于申请追加防洪堤除险加固工程资金的请示", Recipients: "县人民政府",
		AttachmentNotes: []string{"概算表", "图纸"}, Date: "2026年11月20日", CopiesTo: "县财政局",
		Printer: "临溪县水利局办公室", PrintDate: "2026年11月20日", Note: "联系人：秦克勤，电话：0000-0000000",
		Signatures: []gongwen.Signature{{Organ: "临溪县水利局"}}, Seals: []gongwen.Seal{{Organ: "临溪县水利局"}},
		Body: []gongwen.Block{
			{Text: "防洪堤二标段新增护脚，现将有关情况报告如下。"},
			{Level: 1, Text: "一、基本情况"},
			{Level: 2, Text: "（一）工程进展。已完成八成。"},
			{Level: 2, Text: "（二）存在问题。资金不足。"},
			{Level: 1, Text: "二、请示事项"},
			{Level: 3, Text: "3.追加资金380万元。"},
			{Level: 1, Text: "五、其他"},
			{Kind: gongwen.TableBlock, Table: &gongwen.Table{Rows: [][]string{{"序号", "项目", "金额"}, {"1", "护脚|抛石", ""}}}},
			{Text: "妥否，请批示。"},
		},
	}
	if got, wanted := gongwen.Format(d), gongwen.Format(want); got != wanted {
		t.Errorf("读为：\n%s\n应为：\n%s\n行：\n%s", got, wanted, f.Text())
	}
}

// What is struck out, hidden or a formula is no text; what is inserted is. The file tells of them.
func TestReadLeavesOut(t *testing.T) {
	body := `<w:p><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>乙</w:delText></w:r></w:del><w:ins><w:r><w:t>丙</w:t></w:r></w:ins>` +
		`<w:r><w:rPr><w:vanish/></w:rPr><w:t>丁</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>` +
		`<w:r><w:t>公式</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>` +
		`<w:r><w:tab/><w:t>戊</w:t><w:br/><w:t>己</w:t><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>` +
		styled(`<w:numPr><w:ilvl w:val="3"/><w:numId w:val="2"/></w:numPr>`, "", "逐项") + p("|竖线") +
		styled(`<w:pStyle w:val="heading"/>`, "", "样式编号")
	f := open(t, word(t, body, "word/numbering.xml", numbering,
		"word/styles.xml", `<w:styles xmlns:w="w"><w:style w:styleId="base"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr></w:pPr></w:style><w:style w:styleId="heading"><w:basedOn w:val="base"/></w:style></w:styles>`,
		"word/comments.xml", `<w:comments><w:comment w:id="1"/></w:comments>`,
		"docProps/core.xml", `<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>苏砚秋</dc:creator></cp:coreProperties>`))
	want := "甲丙3\t戊\n己☑\n- 逐项\n\\0|竖线\n（一）样式编号"
	if f.Text() != want {
		t.Errorf("读为%q，应为%q", f.Text(), want)
	}
	if f.Revisions != 2 || f.Hidden != 1 || f.Comments != 1 || f.Author != "苏砚秋" {
		t.Errorf("痕迹%+v", f)
	}
}

func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"空文件":   {nil, docx.ErrNotDOCX},
		"旧版":    {[]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), docx.ErrOldWord},
		"别的压缩包": {word(t, "")[:40], docx.ErrNotDOCX},
		"过深":    {word(t, strings.Repeat("<w:p>", 400)), docx.ErrTooLarge},
	} {
		if _, err := docx.Read(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s：%v，应为%v", name, err, c.want)
		}
	}
	// What comes before the damage is still read.
	if f, err := docx.Open(word(t, p("完好的一段")+`<w:p><w:r><w:t>半段`+"<w:")); err != nil || !strings.Contains(f.Text(), "完好的一段\n半段") {
		t.Errorf("%v %+v", err, f)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(p("一"), numbering)
	f.Add(`<w:tbl><w:tr><w:tc>`+p("抄送：甲")+`<w:tbl><w:tr><w:tc></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>`, "")
	f.Add(item("2", "8", "乙")+`</w:p></w:r><w:txbxContent><w:p>`, numbering)
	f.Add(`<w:gridSpan w:val="-9"/><w:tr><w:tbl><w:tc><w:gridSpan w:val="99999"/></w:tr>`, `<w:numbering/>`)
	f.Fuzz(func(t *testing.T, body, numbers string) {
		file, err := docx.Open(word(t, body, "word/numbering.xml", numbers, "word/styles.xml", body))
		if err != nil {
			return
		}
		d := file.Document()
		if again := gongwen.Parse(gongwen.Format(d)); gongwen.Format(again) != gongwen.Format(d) {
			t.Errorf("文本往返不一致：%q", file.Text())
		}
	})
}
