package lint

import (
	"fmt"
	"regexp"
	"strings"
)

const noteClause, attachedClause = "GB/T 9704-2012 7.3.4", "GB/T 9704-2012 7.3.7"

// attachmentRules 附件说明和附件.
func attachmentRules() *chapter {
	return &chapter{"附件", noteClause, []rule{
		{"A001", Error, ByText, "“附件”后用全角冒号", "", typed(line{expr: `^[　 ]*附件(?P<x>:)[　 ]*(?:[1一]|\S{4,})`, once: true})},
		{"A002", Warn, ByText, "只有一个附件不编序号", practice, both(
			singleNumbered,
			noteLine(`^[1１][.．、]`, func(p *paper) bool { return len(p.doc.AttachmentNotes) == 1 }, drop),
		)},
		{"A003", Error, ByText, "多个附件用阿拉伯数字编号", "", both(
			typed(line{expr: `^[　 ]*附件[：:][　 ]*(?P<x>[一二三四五六][、.．])`, once: true}),
			noteLine(`^[一二三四五六七八九十]+、`, nil, drop),
		)},
		{"A004", Error, ByText, "附件名称后不加标点", "", noteLine(`[；，。,;]+$`, nil, drop)},
		{"A005", Info, ByText, "附件名称不加书名号", practice, noteLine(`^《[^《》]+》$`, nil, "")},
		{"A006", Error, ByText, "附件说明与附件标题不一致", attachedClause, noteTitle},
		{"A007", Error, ByText, "正文引用的附件号不存在", practice, missingAttachment},
		{"A008", Info, ByText, "列有附件而正文未提及", practice, unmentioned},
		{"A009", Warn, ByText, "附件页的“附件1”后不加冒号", attachedClause, typed(line{expr: `^[　 ]*附件[　 ]*[0-9]+(?P<x>[：:])[　 ]*$`})},
		{"A010", Warn, ByText, "附件编号用阿拉伯数字，不补零", "", both(
			typed(line{expr: `^[　 ]*附件[　 ]*(?P<x>[一二三四五六七八九十]+|0[0-9]+)(?:[：:；;　 ]|$)`}),
			match(pattern{near: "附件", in: inBody, expr: `附件(?P<x>[一二三四五六七八九]|0[1-9])(?:[^项类种份个级期批次同样致直定律般些部旦、是]|）)`}),
		)},
		{"A011", Error, ByLayout, "附件应另面编排", attachedClause, attachmentOwnPage},
		{"A012", Error, ByLayout, "附件应在版记之前", attachedClause, attachmentBeforeImprint},
		{"A013", Warn, ByLayout, "附件标题应居中编排在版心第三行", attachedClause, attachmentThirdLine},
		{"A014", Warn, ByText, "与正文分开装订的附件，首行应标发文字号和附件序号", attachedClause, looseAttachments},
		{"A016", Error, ByText, "附件说明应在正文之后、署名之前", "", noteAfterDate},
		{"A017", Info, ByLayout, "附件名称回行应与首字对齐", "", hangingNotes},
		{"A018", Error, ByText, "附件没有文件或者文件打不开", "GB/T 33480-2016；DA/T 70-2018", func(p *paper) {
			if p.opts.Source == nil {
				return
			}
			for _, f := range p.opts.Source.Files {
				if f.Size == 0 || !f.Readable {
					p.flag(WholeFile, "附件“"+f.Name+"”没有内容或者打不开")
				}
			}
		}},
	}}
}

// noteLine reports an expression in the names of 附件说明; drop makes its removal the correction, and a name
// wholly in book marks loses them.
func noteLine(expr string, when func(*paper) bool, fix string) finder {
	re := regexp.MustCompile(expr)
	return func(p *paper) {
		if when != nil && !when(p) {
			return
		}
		for s := range p.within(inNames) {
			m := re.FindStringIndex(s.text)
			switch {
			case m == nil:
			case fix == drop:
				p.mend(s, m[0], m[1], "", "")
			default:
				p.mend(s, m[0], m[1], "", strings.Trim(s.text[m[0]:m[1]], "《》"))
			}
		}
	}
}

var (
	noteOne = regexp.MustCompile(`^[　 ]*附件[：:][　 ]*([1１][.．、])[　 ]*\S{2,}`)
	noteTwo = regexp.MustCompile(`^[　 ]*[2２][.．、]`)
)

// singleNumbered reads the line as typed, for the model drops the number.
func singleNumbered(p *paper) {
	if len(p.doc.AttachmentNotes) > 1 {
		return
	}
	for i := range p.typed {
		s := &p.typed[i]
		m := noteOne.FindStringSubmatchIndex(s.text)
		if m == nil || strings.Contains(s.text, "2.") || strings.Contains(s.text, "2．") {
			continue
		}
		for j := i + 1; ; j++ {
			if j < len(p.typed) && strings.TrimSpace(p.typed[j].text) == "" {
				continue
			}
			if j >= len(p.typed) || !noteTwo.MatchString(p.typed[j].text) {
				p.at(s, m[2], m[3], "")
			}
			return
		}
	}
}

func squeeze(s string) string {
	return strings.NewReplacer(" ", "", "　", "", "\n", "", "《", "", "》", "", "〈", "", "〉", "").Replace(s)
}

func noteTitle(p *paper) {
	if len(p.doc.AttachmentNotes) != len(p.doc.Attachments) {
		return
	}
	for i, a := range p.doc.Attachments {
		note := p.doc.AttachmentNotes[i]
		if a.Title == "" || strings.TrimRight(squeeze(note), "；，。,;") == squeeze(a.Title) {
			continue
		}
		p.at(&segment{place: Place{Part: AttachmentNote, Index: i + 1}, text: note}, 0, len(note),
			"附件说明“"+note+"”与附件标题“"+a.Title+"”不一致")
	}
}

var attachmentRef = regexp.MustCompile(`附件[　 ]*([0-9]{1,2})`)

func missingAttachment(p *paper) {
	count := max(len(p.doc.AttachmentNotes), len(p.doc.Attachments))
	if count == 0 {
		return
	}
	for _, s := range p.body {
		for _, m := range attachmentRef.FindAllStringSubmatchIndex(s.text, -1) {
			if n := number(s.text[m[2]:m[3]]); n > count && !quotedTitle(s.text, m[0]) {
				p.at(s, m[0], m[1], fmt.Sprintf("正文引用附件%d，只列有%d个附件", n, count))
			}
		}
	}
}

var issuesText = regexp.MustCompile(`印发|转发|批转|公布|发布|下达`)

func unmentioned(p *paper) {
	if len(p.doc.AttachmentNotes) == 0 || issuesText.MatchString(p.title) || len(p.typed) > 0 && !p.headed() {
		return
	}
	named := []string{"附件", "附表", "附后"}
	for _, note := range p.doc.AttachmentNotes { // or some words of their names
		r := []rune(squeeze(note))
		size := min(4, max(len(r)/2, 2))
		for i := 0; i+size <= len(r); i++ {
			named = append(named, string(r[i:i+size]))
		}
	}
	text := squeeze(p.joined(inBody))
	for _, n := range named {
		if strings.Contains(text, n) {
			return
		}
	}
	note := p.doc.AttachmentNotes[0]
	p.at(&segment{place: Place{Part: AttachmentNote, Index: 1}, text: note}, 0, len(note), "")
}

func looseAttachments(p *paper) {
	if p.opts.Source == nil {
		return
	}
	for i, head := range p.opts.Source.LooseHeads {
		want := fmt.Sprintf("%s附件%d", p.doc.Number, i+1)
		if one := p.doc.Number + "附件"; bare(head) != bare(want) && !(len(p.opts.Source.LooseHeads) == 1 && bare(head) == bare(one)) {
			p.flag(Attachment, "分开装订的附件首行应为“"+want+"”，现为“"+head+"”")
		}
	}
}

var (
	typedNote = regexp.MustCompile(`^[　 ]*附件[：:][　 ]*\S{3,}`)
	typedDate = regexp.MustCompile(`^[　 ]*(?:(?:成文)?日期[：:])?[　 ]*[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日(?:（拟）)?[　 ]*$`)
	fileName  = regexp.MustCompile(`\.(docx?|pdf|xlsx?|zip|rar|wps|et|ofd|jpg|png)`)
)

// noteAfterDate leaves alone what has no head: web pages put lists of downloads below the date.
func noteAfterDate(p *paper) {
	if !p.complete() {
		return
	}
	dated := false
	for i := range p.typed {
		s := &p.typed[i]
		if typedNote.MatchString(s.text) {
			if dated && !fileName.MatchString(s.text) {
				p.at(s, 0, len(s.text), "")
			}
			return
		}
		dated = dated || typedDate.MatchString(s.text)
	}
}
