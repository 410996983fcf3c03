package gongwen

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var (
	copyPattern    = regexp.MustCompile(`^[0-9]{6}$`)
	secrecyPattern = regexp.MustCompile(`^(绝密|机密|秘密)(?:[★☆*].{0,12})?$`)
	urgencyPattern = regexp.MustCompile(`^(特急|加急|特提|平急|急件)$`)
	numberPattern  = regexp.MustCompile(`^[^，。：（(《〈]{0,24}[〔\[［【（(〈][0-9０-９]{2,4}[〕\]］】）)〉][ 　]*第?[ 　]*[0-9０-９×xX]{1,5}[ 　]*号?`)
	orderPattern   = regexp.MustCompile(`^[（(]?第[ 　]*[0-9一二三四五六七八九十百]+[ 　]*[号期][）)]?$`)
	signersPattern = regexp.MustCompile(`签[ 　]*发[ 　]*人[ 　]*[：:]?[ 　]*(.*)$`)
	printedPattern = regexp.MustCompile(`^(.{2,40}[ \t　]+[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)[ 　]*印发[ 　]*(?:[（(]共印[0-9]+份[）)])?$`)
	datePattern    = regexp.MustCompile(`^(.*?)[ \t　]*([0-9]{4}[ 　]*年[ 　]*[0-9]{1,2}[ 　]*月[ 　]*[0-9]{1,2}[ 　]*日|[二〇○零一三四五六七八九]{4}年[一二三四五六七八九十]+月[一二三四五六七八九十]+日)$`)
	kindEnd        = regexp.MustCompile(`(决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|方案|办法|规定|细则|规划|要点|总结|讲话|工作安排)(（[^）]{1,8}）)?$`)
)

// recognise 识别要素 places the lines of pasted text by their shape.
func recognise(lines []string) *Document {
	d := &Document{Layout: Plain}
	p := parser{doc: d, lines: parted(lines), free: true}
	mark := p.freeHead()
	p.title()
	p.numberBelow()
	d.settle(mark)
	p.recipients()
	p.rest()
	d.takePrinting()
	d.takeAttached()
	d.takeTail()
	d.sealByDefault()
	if len(d.Issuers) == 0 && d.Layout != Plain {
		for _, s := range d.Signatures {
			d.Issuers = append(d.Issuers, s.Organ)
		}
	}
	return d
}

// parted puts what stands on one line at both edges of the head on lines of its own: 000003　　临教函〔2026〕8号.
func parted(lines []string) []string {
	for i, l := range lines[:min(len(lines), 15)] {
		f := wideGap.Split(trim(l), -1)
		if len(f) < 2 || !numberPattern.MatchString(f[len(f)-1]) {
			continue
		}
		if first := f[0]; copyPattern.MatchString(first) || secrecyPattern.MatchString(first) || urgencyPattern.MatchString(first) {
			return slices.Replace(slices.Clone(lines), i, i+1, f...)
		}
	}
	return lines
}

// corner takes what stands in the upper left corner: copy number, level, the mark of a work secret, urgency.
func (p *parser) corner(tight string) bool {
	switch {
	case copyPattern.MatchString(tight):
		p.doc.CopyNumber = tight
	case secrecyPattern.MatchString(tight):
		p.doc.Secrecy = parseSecrecy(tight)
	case tight == WorkSecretMark:
		p.doc.WorkSecret = true
	case urgencyPattern.MatchString(tight):
		p.doc.Urgency = tight
	default:
		return false
	}
	return true
}

// freeHead takes everything above the title. It returns the lines of the red mark.
func (p *parser) freeHead() (mark []string) {
	d := p.doc
	p.splitCorner()
	numberAt := p.findNumber()
	for {
		line, ok := p.next()
		if !ok {
			return mark
		}
		s := trim(line)
		tight := tighten(s)
		m := numberPattern.FindString(s)
		switch {
		case tight == "", tight == "★", p.corner(tight):
		case m != "" && p.pos-1 == numberAt:
			d.Number = trim(m)
			if rest := s[len(m):]; len(d.Signers) > 0 && !strings.Contains(rest, "签") {
				d.Signers = append(d.Signers, splitNames(rest)...) // beside the number stands the last of several
			} else {
				d.addSigners(rest)
			}
		case d.Number == "" && orderPattern.MatchString(tight):
			d.Number = tight
		case strings.HasPrefix(tight, "签发人"):
			d.addSigners(s)
		case d.Number == "" && (p.pos-1 < numberAt && !isTitleAbove(s) || isMark(s)):
			mark = append(mark, s)
		case len(d.Signers) > 0 && utf8.RuneCountInString(tight) <= 8 && !kindEnd.MatchString(tight):
			d.Signers = append(d.Signers, splitNames(s)...) // names wrapped below the first
		default:
			p.pos--
			return mark
		}
	}
}

var headDate = regexp.MustCompile(`^(\S.*?)[ \t　]{2,}([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)$`)

// minutesHead takes the line of organ and date that minutes carry above their red line.
func (p *parser) minutesHead() {
	if m := headDate.FindStringSubmatch(p.doc.Title); m != nil {
		p.doc.Title = ""
		p.doc.Issuers, p.doc.Date = []string{tighten(m[1])}, m[2]
	}
}

// splitCorner parts lines on which elements of the head stand side by side, such as 机密★5年　　特急.
func (p *parser) splitCorner() {
	for i, l := range p.lines[:min(len(p.lines), 12)] {
		parts := wideGap.Split(trim(l), -1)
		for _, s := range parts {
			if s = tighten(s); !copyPattern.MatchString(s) && !secrecyPattern.MatchString(s) && !urgencyPattern.MatchString(s) {
				parts = nil
			}
		}
		if len(parts) > 1 {
			p.lines = slices.Concat(p.lines[:i], parts, p.lines[i+1:])
			return
		}
	}
}

// isTitleAbove reports a title over the 发文字号, as web pages print them.
func isTitleAbove(s string) bool {
	return strings.Contains(s, "关于") || strings.Contains(s, "《") || kindEnd.MatchString(s) && !isMark(s) && !strings.HasSuffix(s, "纪要")
}

// numberBelow takes a 发文字号 that stands below the title, in brackets or not.
func (p *parser) numberBelow() {
	pos := p.pos
	for pos < len(p.lines) && trim(p.lines[pos]) == "" {
		pos++
	}
	if p.doc.Number != "" || p.doc.Title == "" || pos >= len(p.lines) {
		return
	}
	s := strings.TrimSuffix(strings.TrimPrefix(trim(p.lines[pos]), "（"), "）")
	if m := numberPattern.FindString(s); m != "" && m == s {
		p.doc.Number, p.pos = m, pos+1
	}
}

// findNumber gives the line of the 发文字号, or -1: among the first lines, above any full stop.
func (p *parser) findNumber() int {
	seen, signers := 0, false
	for i, l := range p.lines {
		s := trim(l)
		if s == "" {
			continue
		}
		if m := numberPattern.FindString(s); m != "" {
			rest := trim(s[len(m):])
			if rest == "" || strings.HasPrefix(rest, "签") || signers && utf8.RuneCountInString(rest) <= 12 {
				return i
			}
		}
		signers = signers || strings.HasPrefix(s, "签发人")
		seen++
		if seen > 12 || strings.ContainsAny(s, "。：") && !strings.Contains(s, "签发人") {
			break
		}
	}
	return -1
}

func isMark(s string) bool {
	return utf8.RuneCountInString(s) <= 40 && !strings.Contains(s, "关于") && !strings.ContainsAny(s, "《。，：") &&
		(strings.HasSuffix(s, "文件") || strings.HasSuffix(s, "令"))
}

func (d *Document) addSigners(s string) {
	if m := signersPattern.FindStringSubmatch(s); m != nil {
		d.Signers = append(d.Signers, splitNames(m[1])...)
	}
}

// title takes the lines down to the one that ends with a kind, or to what cannot be a title.
func (p *parser) title() {
	var title []string
	blank := false
	for p.pos < len(p.lines) && len(title) < 5 {
		s := trim(p.lines[p.pos])
		if s == "" {
			blank = len(title) > 0
			p.pos++
			continue
		}
		if !canBeTitle(s, len(title) > 0 && blank) {
			break
		}
		title = append(title, s)
		p.pos++
		blank = false
		if kindEnd.MatchString(s) && !p.titleGoesOn() {
			break
		}
	}
	if len(title) > 1 && !kindEnd.MatchString(title[len(title)-1]) && p.doc.Number == "" {
		p.pos -= len(title) - 1 // the further lines are no title after all
		for p.pos > 0 && trim(p.lines[p.pos-1]) != title[0] {
			p.pos--
		}
		title = title[:1]
	}
	p.doc.Title = strings.Join(title, "")
	p.minutesHead()
	p.doc.Title = wideGap.ReplaceAllString(p.doc.Title, wide)
}

func canBeTitle(s string, afterBlank bool) bool {
	if utf8.RuneCountInString(s) > 70 || LevelOf(s) > 0 || strings.HasPrefix(s, "|") || attachmentStart.MatchString(s) {
		return false
	}
	if strings.HasSuffix(s, "：") || strings.HasSuffix(s, ":") || strings.ContainsAny(s, "。；") {
		return false
	}
	return !afterBlank || kindEnd.MatchString(s)
}

// titleGoesOn reports that the next line still belongs to the title, such as 的通知 alone.
func (p *parser) titleGoesOn() bool {
	if p.pos >= len(p.lines) {
		return false
	}
	s := trim(p.lines[p.pos])
	return s != "" && canBeTitle(s, false) && kindEnd.MatchString(s) && strings.HasPrefix(s, "的")
}

// longestList is more than any list of recipients has, in bytes.
const longestList = 20_000

// recipients takes the 主送机关: the lines below the title up to one that ends with a colon.
func (p *parser) recipients() {
	start, joined := p.pos, ""
	for p.pos < len(p.lines) {
		s := trim(p.lines[p.pos])
		p.pos++
		if s == "" && joined == "" {
			continue
		}
		joined += s
		if strings.HasSuffix(s, "：") || strings.HasSuffix(s, ":") {
			names := strings.TrimRight(joined, "：:")
			if !strings.ContainsAny(names, "。！") && !strings.Contains(names, "如下") && !strings.HasSuffix(names, "附件") {
				p.doc.Recipients = strings.Trim(names, blanks+"：:")
				return
			}
			break
		}
		if !strings.HasSuffix(s, "，") && !strings.HasSuffix(s, "、") || len(joined) > longestList {
			break
		}
	}
	p.pos = start
}

// settle tells the layout by the mark, the signers and the kind.
func (d *Document) settle(mark []string) {
	kind := d.KindOf()
	joined := strings.Join(mark, "")
	last := ""
	if len(mark) > 0 {
		last = mark[len(mark)-1]
	}
	switch {
	case strings.HasSuffix(last, "纪要"):
		d.Layout, d.Mark = Minutes, joined
	case strings.HasSuffix(last, "令") && orderPattern.MatchString(d.Number):
		d.Layout, d.Mark = Order, joined
		d.Issuers = []string{strings.TrimSuffix(joined, "令")}
	case d.Number == "" && len(mark) == 0:
	case len(d.Signers) > 0 || kind == Request || kind == Report:
		d.Layout = Upward
	case len(mark) == 1 && !strings.HasSuffix(last, "文件"):
		d.Layout = Letter
	default:
		d.Layout = General
	}
	if d.Layout == Plain || d.Layout == Minutes || d.Layout == Order {
		return
	}
	for _, m := range wholeNames(mark) {
		if m = trim(strings.TrimSuffix(m, "文件")); m != "" {
			d.Issuers = append(d.Issuers, splitNames(m)...)
		}
	}
}

// wholeNames puts the two lines of a long name together: what does not end as an organ's name goes on.
func wholeNames(mark []string) []string {
	var out []string
	for i, m := range mark {
		if n := len(out); i > 0 && !organEnd.MatchString(trim(strings.TrimSuffix(out[n-1], "文件"))) {
			out[n-1] += m
			continue
		}
		out = append(out, m)
	}
	return out
}
