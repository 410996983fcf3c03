package gongwen

import (
	"regexp"
	"strconv"
	"strings"
)

// Parse 读取文本 reads a document from text: the text form as written by Format, or text pasted from
// anywhere, whose parts are recognised by their shape. It never fails; what it cannot place is body.
func Parse(text string) *Document {
	lines := splitLines(text)
	if labelled(lines) {
		p := parser{doc: &Document{Layout: General}, lines: lines}
		p.head()
		p.rest()
		if !p.signed {
			p.doc.takeTail()
		}
		return p.doc
	}
	return recognise(lines)
}

// splitLines gives the lines without trailing blanks; leading blanks stay, they mark continued lines.
func splitLines(text string) []string {
	text = strings.TrimPrefix(text, "\ufeff")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u2028", "\n", "\u0085", "\n",
		"\u00a0", " ", "\u200b", "", "\x00", "").Replace(strings.ToValidUTF8(text, ""))
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, blanks)
	}
	return lines
}

const blanks = " \t　"

func trim(s string) string { return strings.Trim(s, blanks) }

// labels are the words that make a labelled line, with the spellings clerks use for them.
var labels = map[string]string{
	"版式": "版式", "字格": "字格", "文种": "文种", "份号": "份号", "密级": "密级", "密级和保密期限": "密级", WorkSecretMark: WorkSecretMark,
	"紧急程度": "紧急程度", "缓急": "紧急程度", "发文机关": "发文机关", "标志": "标志", "发文机关标志": "标志",
	"发文字号": "发文字号", "文号": "发文字号", "令号": "发文字号", "签发人": "签发人", "标题": "标题",
	"主送": "主送", "主送机关": "主送", "主送移至版记": "主送移至版记",
	"附件": "附件", "署名": "署名", "签名章": "签名章", "日期": "日期", "成文日期": "日期", "印章": "印章",
	"附注": "附注", "名单": "名单", "抄送": "抄送", "抄送机关": "抄送", "印发": "印发",
	"主持": "主持", "出席": "出席", "请假": "请假", "列席": "列席", "缺席": "缺席", "参加": "参加", "记录": "记录",
	"表": "表", "横表": "横表", "居中": "居中",
}

// splitLabel splits 标题：… into its label and value.
func splitLabel(line string) (label, value string, ok bool) {
	for _, colon := range []string{"：", ":"} {
		if before, after, found := strings.Cut(line, colon); found {
			if l, known := labels[trim(before)]; known {
				return l, trim(after), true
			}
		}
	}
	return "", "", false
}

// labelled reports the text form: it begins with a labelled line and labels its title.
func labelled(lines []string) bool {
	for _, l := range lines {
		if trim(l) == "" {
			continue
		}
		if continued(l) {
			continue
		}
		label, _, ok := splitLabel(l)
		if !ok {
			return false
		}
		if label == "标题" || label == "版式" {
			return true
		}
	}
	return false
}

func continued(line string) bool {
	return line != "" && strings.TrimLeft(line, blanks) != line
}

type parser struct {
	doc   *Document
	lines []string
	pos   int

	titled bool // the title line, perhaps an empty one, has been read
	free   bool // the text is pasted: a label is only believed where it cannot be body
	signed bool // 署名 or 日期 was labelled
}

func (p *parser) next() (string, bool) {
	if p.pos >= len(p.lines) {
		return "", false
	}
	p.pos++
	return p.lines[p.pos-1], true
}

// more collects the continued lines of a labelled line.
func (p *parser) more(value string) string {
	for p.pos < len(p.lines) && continued(p.lines[p.pos]) {
		value += "\n" + trim(p.lines[p.pos])
		p.pos++
	}
	return strings.Trim(value, "\n")
}

// head reads labelled lines up to the first line that is not.
func (p *parser) head() {
	for {
		line, ok := p.next()
		if !ok {
			return
		}
		if line == "" && !p.titled {
			continue
		}
		label, value, ok := splitLabel(line)
		if !ok || !p.headField(label, value) {
			if line != "" {
				p.pos--
			}
			return
		}
	}
}

func (p *parser) headField(label, value string) bool {
	d := p.doc
	switch label {
	case "版式":
		d.Layout, _ = layoutOf(value)
	case "字格":
		if value == "严格" {
			d.Profile = Strict
		}
	case "文种":
		d.Kind = Kind(value)
	case "份号":
		d.CopyNumber = value
	case "密级":
		d.Secrecy = parseSecrecy(value)
	case WorkSecretMark:
		d.WorkSecret = value == "是"
	case "紧急程度":
		d.Urgency = value
	case "发文机关":
		d.Issuers = splitNames(value)
	case "标志":
		d.Mark = p.more(value)
	case "发文字号":
		d.Number = value
	case "签发人":
		d.Signers = splitNames(value)
	case "标题":
		p.titled = true
		d.Title = p.more(value)
	case "主送":
		d.Recipients = strings.Trim(value, blanks+"：:")
	case "主送移至版记":
		d.RecipientsLast = value == "是"
	default:
		return false
	}
	return true
}

func parseSecrecy(s string) Secrecy {
	for _, star := range []string{"★", "☆", "*", " "} {
		if level, term, ok := strings.Cut(s, star); ok {
			return Secrecy{trim(level), trim(term)}
		}
	}
	return Secrecy{Level: s}
}

func splitNames(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、，,；; 　\t\n", r) })
}

var diameterPattern = regexp.MustCompile(`^(.*?)[　 \t]+([0-9]{1,3}(?:\.[0-9]+)?)(?:毫米|mm)$`)

// tailField reads one labelled line after the body.
func (p *parser) tailField(label, value string) bool {
	d := p.doc
	switch label {
	case "附件":
		d.AttachmentNotes = append(d.AttachmentNotes, p.notes(value)...)
	case "署名":
		p.signed = true
		if value != "" {
			d.Signatures = append(d.Signatures, Signature{Organ: value})
		}
	case "签名章":
		p.signed = true
		f := fields(value)
		for len(f) < 3 {
			f = append([]string{""}, f...)
		}
		d.Signatures = append(d.Signatures, Signature{Organ: f[0], Title: f[1], Name: strings.Join(f[2:], wide)})
	case "日期":
		p.signed = true
		d.Date = value
	case "印章":
		d.Seals = append(d.Seals, parseSeal(value))
	case "附注":
		d.Note = strings.Trim(value, blanks+"（）()")
	case "主送": // moved to 版记 (GB/T 9704-2012 7.3.2)
		if d.Recipients != "" {
			return false
		}
		d.Recipients, d.RecipientsLast = strings.TrimRight(value, "。：:"), true
	case "抄送":
		d.CopiesTo = strings.TrimRight(value, blanks+"。.")
	case "印发":
		d.Printer, d.PrintDate = parsePrinting(value)
	case "名单":
		l, names, _ := strings.Cut(value, "：")
		d.Attendance = append(d.Attendance, Roll{l, names})
	default:
		if !isRollLabel(label) {
			return false
		}
		d.Attendance = append(d.Attendance, Roll{label, value})
	}
	return true
}

// fields splits at ideographic spaces and reads － as an empty field.
func fields(s string) []string {
	f := strings.FieldsFunc(s, func(r rune) bool { return r == '　' || r == ' ' || r == '\t' })
	for i := range f {
		if f[i] == none {
			f[i] = ""
		}
	}
	return f
}

func parseSeal(value string) Seal {
	seal := Seal{Organ: value}
	if m := diameterPattern.FindStringSubmatch(value); m != nil {
		seal.Organ = m[1]
		seal.Diameter, _ = strconv.ParseFloat(m[2], 64)
	}
	if seal.Organ == none {
		seal.Organ = ""
	}
	return seal
}

var printPattern = regexp.MustCompile(`^(.*?)[ \t　]*([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日|[二〇○零一三四五六七八九十]+年[^ 　]+日)?[ \t　]*(?:印发)?$`)

func parsePrinting(value string) (organ, date string) {
	m := printPattern.FindStringSubmatch(value)
	if m == nil {
		return value, ""
	}
	organ, date = m[1], m[2]
	if organ == none {
		organ = ""
	}
	return organ, date
}

var notePattern = regexp.MustCompile(`^([0-9]{1,2})[.．、][　 ]*`)

// notes reads the names of attachments, numbered ones as far as the numbers go on.
func (p *parser) notes(value string) []string {
	m := notePattern.FindStringSubmatch(value)
	switch {
	case value == "":
		return nil
	case m == nil || m[1] != "1" || m[0] == value:
		return []string{value}
	}
	names := []string{value[len(m[0]):]}
	for p.pos < len(p.lines) {
		line := trim(p.lines[p.pos])
		m := notePattern.FindStringSubmatch(line)
		if m == nil || m[1] != strconv.Itoa(len(names)+1) || m[0] == line {
			break
		}
		names = append(names, line[len(m[0]):])
		p.pos++
	}
	return names
}
