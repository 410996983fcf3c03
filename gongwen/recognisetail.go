package gongwen

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// takeTail 落款: takes the note, the date and the signing organs off the end of the body.
func (d *Document) takeTail() {
	d.takeNote()
	if !d.takeDate() {
		return
	}
	if d.Layout == Order {
		d.takeStamp()
		return
	}
	for len(d.Signatures) < 12 {
		text, ok := d.lastText()
		if !ok || !canBeSignature(text) {
			return
		}
		d.dropLast()
		if m := stampPattern.FindStringSubmatch(text); m != nil {
			d.Signatures = append([]Signature{{Title: m[1], Name: tighten(m[2])}}, d.Signatures...)
			continue
		}
		var row []Signature
		for _, organ := range wideGap.Split(text, -1) {
			row = append(row, Signature{Organ: tighten(organ)})
		}
		d.Signatures = append(row, d.Signatures...)
	}
}

var stampPattern = regexp.MustCompile(`^(\S{0,15}(?:长|主任|书记|主席|总理|省长))[ 　\t]+(\S(?:[ 　]?\S){1,3})$`)

// takeStamp takes the office and name of the leader who signs an order.
func (d *Document) takeStamp() {
	text, ok := d.lastText()
	if !ok {
		return
	}
	if m := stampPattern.FindStringSubmatch(text); m != nil {
		d.dropLast()
		d.Signatures = []Signature{{Title: m[1], Name: tighten(m[2])}}
	}
}

// takeAttached parts off what follows the date without a line 附件: the attached text of a page pasted whole. It
// begins with a title, after an organ or leader and a date on lines of their own.
func (d *Document) takeAttached() {
	if len(d.Attachments) > 0 {
		return
	}
	for i := 1; i+1 < len(d.Body); i++ {
		if d.Body[i].Kind != Paragraph || !onlyDate(d.Body[i].Text) || d.Body[i-1].Level > 0 || !signs(d.Body[i-1].Text) {
			continue
		}
		next := i + 1
		if t := d.Body[next].Text; strings.HasPrefix(t, "（") && strings.HasSuffix(t, "）") {
			next++
		}
		if next+1 >= len(d.Body) || !canBeTitle(d.Body[next].Text, false) || d.Body[next].Kind != Paragraph {
			continue
		}
		d.Attachments = []Attachment{{Title: d.Body[next].Text, Blocks: d.Body[next+1:]}}
		d.Body = d.Body[:next:next]
		return
	}
}

var organEnd = regexp.MustCompile(`(政府|委员会|委|局|厅|办|办公室|办公厅|院|会|部|处|科|室|校|学|公司|中心|组|所|站|队|团|行|社|馆)$`)

// signs reports the name of an organ or the office and name of a leader, alone on its line.
func signs(s string) bool {
	return canBeSignature(s) && (organEnd.MatchString(s) || stampPattern.MatchString(s))
}

func onlyDate(s string) bool {
	m := datePattern.FindStringSubmatch(s)
	return m != nil && m[1] == ""
}

var wideGap = regexp.MustCompile(`[　 \t]{2,}|　|\t`)

func (d *Document) lastText() (string, bool) {
	if n := len(d.Body); n > 0 && d.Body[n-1].Kind == Paragraph && d.Body[n-1].Level == 0 {
		return d.Body[n-1].Text, true
	}
	return "", false
}

func (d *Document) dropLast() { d.Body = d.Body[:len(d.Body)-1] }

// takeNote takes the （…） below the date.
func (d *Document) takeNote() {
	n := len(d.Body)
	if n == 0 || d.Note != "" || d.Body[n-1].Kind != Paragraph {
		return
	}
	text := d.Body[n-1].Text
	opened := strings.HasPrefix(text, "（") || strings.HasPrefix(text, "(")
	closed := strings.HasSuffix(text, "）") || strings.HasSuffix(text, ")")
	if opened && closed && n > 1 && d.Body[n-1].Level == 0 {
		d.Note = strings.Trim(text, blanks+"（）()")
		d.dropLast()
	}
}

// takeDate takes the 成文日期, and an organ typed on the same line.
func (d *Document) takeDate() bool {
	text, ok := d.lastText()
	if !ok || d.Date != "" {
		return ok && d.Date != ""
	}
	m := datePattern.FindStringSubmatch(text)
	if m == nil || m[1] != "" && !canBeSignature(m[1]) {
		return false
	}
	d.dropLast()
	d.Date = tighten(m[2])
	if m[1] != "" {
		d.Signatures = []Signature{{Organ: tighten(m[1])}}
	}
	return true
}

// canBeSignature reports a short line without the punctuation of a sentence.
func canBeSignature(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= 2 && n <= 60 && !strings.ContainsAny(s, "。；;：:！!《》？?，,、…|") && LevelOf(s) == 0
}

// tighten takes the blanks out with which names are spaced in print.
func tighten(s string) string { return strings.NewReplacer(" ", "", "　", "", "\t", "").Replace(s) }

// takePrinting takes the 版记 of pasted text, which stands at the very end, after the attachments.
func (d *Document) takePrinting() {
	blocks := &d.Body
	if n := len(d.Attachments); n > 0 {
		blocks = &d.Attachments[n-1].Blocks
	}
	for n := len(*blocks); n > 0; n-- {
		b := (*blocks)[n-1]
		if d.Printer != "" || b.Kind != Paragraph || !printedPattern.MatchString(b.Text) {
			return
		}
		d.Printer, d.PrintDate = parsePrinting(printedPattern.FindStringSubmatch(b.Text)[1])
		*blocks = (*blocks)[:n-1]
	}
}

// sealByDefault: a signed document of an issuing organ carries its seal (条例 art. 9(13)); pasted text
// cannot show it. Minutes and orders are not sealed.
func (d *Document) sealByDefault() {
	if d.Layout == Plain || d.Layout == Minutes || d.Layout == Order {
		return
	}
	for _, s := range d.Signatures {
		if s.Name == "" {
			d.Seals = append(d.Seals, Seal{Organ: s.Organ})
		}
	}
}
