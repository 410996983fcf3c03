package gongwen

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// The text form 文本格式. A document is typed as labelled lines, then a blank line, then the body with one
// paragraph a line, then labelled lines again, then the attachments:
//
//	版式：公文
//	发文机关：临溪县人民政府
//	发文字号：临政发〔2026〕12号
//	标题：临溪县人民政府关于做好防汛工作的通知
//	主送：各乡镇人民政府，县政府各部门
//
//	现将有关事项通知如下。
//	一、落实责任
//	（一）强化值守。各单位实行24小时值班。
//	表：任务分工表
//	| 序号 | 任务 | 责任单位 |
//	| 1 | 巡查 | 县水利局 |
//
//	附件：1.责任清单
//	　　　2.值班表
//	署名：临溪县人民政府
//	日期：2026年3月5日
//	印章：临溪县人民政府　45毫米
//	抄送：县委办公室
//	印发：临溪县人民政府办公室　2026年3月6日印发
//
//	附件1
//	标题：责任清单
//	第一条　……
//
// A body line that would be read as something else is written with a backslash and its level: `\0附件`.

var layoutNames = []struct {
	layout Layout
	name   string
}{
	{General, "公文"},
	{Upward, "上行文"},
	{Letter, "信函"},
	{Order, "命令"},
	{Minutes, "纪要"},
	{Plain, "白头"},
}

// Name gives the Chinese name of a layout, 公文 for an unknown one.
func (l Layout) Name() string {
	for _, n := range layoutNames {
		if n.layout == l {
			return n.name
		}
	}
	return layoutNames[0].name
}

func layoutOf(name string) (Layout, bool) {
	for _, n := range layoutNames {
		if n.name == name || string(n.layout) == name {
			return n.layout, true
		}
	}
	return General, false
}

const (
	none = "－"   // stands for an empty field among others of one line
	wide = "　"   // the ideographic space
	hang = "　　　" // continues a labelled line
)

var rollLabels = []string{"主持", "出席", "请假", "列席", "缺席", "参加", "记录"}

// Format 写成文本 writes the text form of a document. Parse reads it back to an equal document.
func Format(d *Document) string {
	var w writer
	w.head(d)
	w.WriteByte('\n')
	w.blocks(d.Body)
	w.WriteByte('\n')
	w.tail(d)
	w.attachments(d.Attachments)
	return w.String()
}

// FormatBody writes body and attachments alone, as a drafter types them into a form. ParseBody reads them back.
func FormatBody(body []Block, attachments []Attachment) string {
	var w writer
	w.blocks(body)
	w.attachments(attachments)
	return w.String()
}

type writer struct{ strings.Builder }

func (w *writer) attachments(all []Attachment) {
	for i, a := range all {
		if len(all) == 1 {
			w.WriteString("\n附件\n")
		} else {
			fmt.Fprintf(w, "\n附件%d\n", i+1)
		}
		w.must("标题", strings.ReplaceAll(a.Title, "\n", "\n"+hang))
		w.blocks(a.Blocks)
	}
}

func (w *writer) must(label, value string) { w.WriteString(label + "：" + value + "\n") }

func (w *writer) may(label, value string) {
	if value != "" {
		w.must(label, value)
	}
}

func (w *writer) head(d *Document) {
	w.must("版式", d.Layout.Name())
	if d.Profile == Strict {
		w.must("字格", "严格")
	}
	w.may("文种", string(d.Kind))
	w.may("份号", d.CopyNumber)
	w.may("密级", d.Secrecy.String())
	if d.WorkSecret {
		w.must(WorkSecretMark, "是")
	}
	w.may("紧急程度", d.Urgency)
	w.may("发文机关", strings.Join(d.Issuers, "、"))
	w.may("标志", strings.ReplaceAll(d.Mark, "\n", "\n"+hang))
	w.may("发文字号", d.Number)
	w.may("签发人", strings.Join(d.Signers, "、"))
	w.must("标题", strings.ReplaceAll(d.Title, "\n", "\n"+hang))
	w.may("主送", d.Recipients)
	if d.RecipientsLast {
		w.must("主送移至版记", "是")
	}
}

func (w *writer) tail(d *Document) {
	switch {
	case len(d.AttachmentNotes) == 1:
		name := d.AttachmentNotes[0]
		if notePattern.MatchString(name) {
			name = "1." + name
		}
		w.must("附件", name)
	case len(d.AttachmentNotes) > 1:
		for i, name := range d.AttachmentNotes {
			label := hang
			if i == 0 {
				label = "附件："
			}
			fmt.Fprintf(w, "%s%d.%s\n", label, i+1, name)
		}
	}
	for _, s := range d.Signatures {
		switch {
		case s.Name == "" && s.Title == "":
			w.must("署名", s.Organ)
		case s.Organ == "" && len(fields(s.Title)) == 1 && len(fields(s.Name)) == 1:
			w.must("签名章", s.Title+wide+s.Name)
		default:
			w.must("签名章", orNone(s.Organ)+wide+orNone(s.Title)+wide+orNone(s.Name))
		}
	}
	w.must("日期", d.Date)
	for _, s := range d.Seals {
		value := orNone(s.Organ)
		if s.Diameter != 0 {
			value += wide + strconv.FormatFloat(s.Diameter, 'f', -1, 64) + "毫米"
		}
		w.must("印章", value)
	}
	w.may("附注", d.Note)
	for _, r := range d.Attendance {
		if isRollLabel(r.Label) {
			w.must(r.Label, r.Names)
		} else {
			w.must("名单", r.Label+"："+r.Names)
		}
	}
	w.may("抄送", d.CopiesTo)
	if d.Printer != "" || d.PrintDate != "" {
		value := orNone(d.Printer)
		if d.PrintDate != "" {
			value += wide + d.PrintDate + "印发"
		}
		w.must("印发", value)
	}
}

func orNone(s string) string {
	if s == "" {
		return none
	}
	return s
}

func isRollLabel(s string) bool {
	for _, l := range rollLabels {
		if l == s {
			return true
		}
	}
	return false
}

func (w *writer) blocks(blocks []Block) {
	for i, b := range blocks {
		if i > 0 && runsOn(blocks[i-1], b) {
			w.WriteByte('\n')
		}
		switch b.Kind {
		case TableBlock:
			w.table(b.Table)
		case ListBlock:
			for _, item := range b.Items {
				w.WriteString("- " + item + "\n")
			}
		case Quote:
			w.WriteString("> " + b.Text + "\n")
		case Centered:
			if !IsChapter(b.Text) {
				w.WriteString("居中：")
			}
			w.WriteString(b.Text + "\n")
		default:
			if !readsAsTyped(b) {
				fmt.Fprintf(w, `\%d`, b.Level)
			}
			w.WriteString(b.Text + "\n")
		}
	}
}

// runsOn reports two blocks that need a blank line between them to stay two.
func runsOn(a, b Block) bool {
	return a.Kind == ListBlock && b.Kind == ListBlock ||
		a.Kind == TableBlock && b.Kind == TableBlock && b.Table.Caption == "" && !b.Table.Landscape
}

func (w *writer) table(t *Table) {
	label := "表"
	if t.Landscape {
		label = "横表"
	}
	if t.Caption != "" || t.Landscape {
		w.must(label, t.Caption)
	}
	escape := strings.NewReplacer(`\`, `\\`, "|", `\|`, "\n", `\n`)
	for _, row := range t.Rows {
		w.WriteByte('|')
		for _, cell := range row {
			w.WriteString(" " + escape.Replace(cell) + " |")
		}
		w.WriteByte('\n')
	}
}

var attachmentStart = regexp.MustCompile(`^附[　 ]*件[　 ]*[0-9]{0,2}[：:]?$`)

// readsAsTyped reports a paragraph that Parse takes for what it is without being told.
func readsAsTyped(b Block) bool {
	if b.Text == "" || b.Level != LevelOf(b.Text) || IsChapter(b.Text) {
		return false
	}
	switch b.Text[0] {
	case '\\', '|', '-', '>':
		return false
	}
	_, _, labelled := splitLabel(b.Text)
	return !labelled && !attachmentStart.MatchString(b.Text)
}
