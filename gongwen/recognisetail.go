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
	for len(d.Signatures) < 12 {
		text, ok := d.lastText()
		if !ok || !canBeSignature(text) {
			return
		}
		d.dropLast()
		var row []Signature
		for _, organ := range wideGap.Split(text, -1) {
			row = append(row, Signature{Organ: tighten(organ)})
		}
		d.Signatures = append(row, d.Signatures...)
	}
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
	if strings.HasPrefix(text, "（") && strings.HasSuffix(text, "）") && d.Body[n-1].Level == 0 {
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
		d.Printer, d.PrintDate = parsePrinting(b.Text)
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
