package lint

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// segment 语段: one piece of text at one place of the document.
type segment struct {
	place Place
	text  string
	kind  gongwen.BlockKind
	level int  // of its numbering: 0 none, 1 一、 2 （一） 3 1. 4 （1） 5 ①
	n     int  // its number
	mark  int  // bytes of the numbering
	alone bool // a text so short that it was taken for a title; it is read as body too
}

// plain reports a paragraph of running text or a numbered heading, not a table, list or centred name.
func (s *segment) plain() bool { return s.kind == gongwen.Paragraph || s.kind == gongwen.Quote }

// scope 适用范围: the parts a rule looks at.
type scope uint8

const (
	inTitle scope = 1 << iota
	inBody
	inAttached // attachments and documents issued with this one
	inTables
	inNames // names of attachments
	inHead  // recipients, copies, signature

	inProse = inBody | inAttached
	inText  = inTitle | inProse | inNames
	inAll   = inText | inTables | inHead
)

// paper 待核稿件: one document under check.
type paper struct {
	doc  *gongwen.Document
	opts Options

	segs  []segment
	body  []*segment   // 正文
	texts [][]*segment // 正文, then each attachment: numbering and references stay within one
	seen  presence
	kind  gongwen.Kind
	title string // without line breaks
	date  day    // 成文日期; zero if absent or unreadable

	typed []segment // lines of Source.Text

	rule     *rule
	chapter  *chapter
	findings []Finding
}

func newPaper(doc *gongwen.Document, opts Options) *paper {
	p := &paper{doc: doc, opts: opts, kind: doc.KindOf(), title: strings.ReplaceAll(doc.Title, "\n", "")}
	p.single(Title, doc.Title)
	p.single(Recipients, doc.Recipients)
	bodyFrom := len(p.segs)
	p.blocks(Body, 0, doc.Body)
	starts := []int{bodyFrom, len(p.segs)}
	for i, a := range doc.Attachments {
		p.segs = append(p.segs, segment{place: Place{Part: Attachment, Attachment: i + 1}, text: a.Title, kind: gongwen.Centered})
		p.blocks(Attachment, i+1, a.Blocks)
		starts = append(starts, len(p.segs))
	}
	for i, name := range doc.AttachmentNotes {
		p.segs = append(p.segs, segment{place: Place{Part: AttachmentNote, Index: i + 1}, text: name})
	}
	for i, s := range doc.Signatures {
		p.segs = append(p.segs, segment{place: Place{Part: Signature, Index: i + 1}, text: s.Organ})
	}
	for _, s := range []struct {
		part Part
		text string
	}{{Note, doc.Note}, {CopiesTo, doc.CopiesTo}, {Printer, doc.Printer}} {
		p.single(s.part, s.text)
	}
	for i := 1; i < len(starts); i++ {
		var list []*segment
		for j := starts[i-1]; j < starts[i]; j++ {
			list = append(list, &p.segs[j])
		}
		p.texts = append(p.texts, list)
	}
	p.body = p.texts[0]
	if len(p.body) == 0 && doc.Title != "" && doc.Recipients == "" {
		p.segs[0].alone = true
		p.segs[0].level, p.segs[0].n, p.segs[0].mark = numbering(doc.Title)
		p.body = []*segment{&p.segs[0]}
		p.texts[0] = p.body
	}
	if opts.Source != nil {
		for i, l := range strings.Split(strings.ReplaceAll(opts.Source.Text, "\r\n", "\n"), "\n") {
			p.typed = append(p.typed, segment{place: Place{Part: Typed, Index: i + 1}, text: l})
		}
	}
	p.date = readDay(p.dateSegment().text)
	p.seen.learn(p.segs)
	return p
}

func (p *paper) single(part Part, text string) {
	if text != "" {
		p.segs = append(p.segs, segment{place: Place{Part: part}, text: text})
	}
}

func (p *paper) blocks(part Part, attachment int, blocks []gongwen.Block) {
	for i, b := range blocks {
		place := Place{Part: part, Attachment: attachment, Index: i + 1}
		switch {
		case b.Table != nil:
			p.segs = append(p.segs, segment{place: place, text: b.PlainText(), kind: gongwen.TableBlock})
		case len(b.Items) > 0:
			for j, item := range b.Items {
				place.Item = j + 1
				p.segs = append(p.segs, segment{place: place, text: item, kind: gongwen.ListBlock})
			}
		default:
			s := segment{place: place, text: b.Text, kind: b.Kind}
			s.level, s.n, s.mark = numbering(b.Text)
			p.segs = append(p.segs, s)
		}
	}
}

// within gives the segments of a scope.
func (p *paper) within(in scope) func(yield func(*segment) bool) {
	return func(yield func(*segment) bool) {
		for i := range p.segs {
			if s := &p.segs[i]; in&scopeOf(s) != 0 && !yield(s) {
				return
			}
		}
	}
}

func scopeOf(s *segment) scope {
	if s.kind == gongwen.TableBlock {
		return inTables
	}
	switch s.place.Part {
	case Title:
		if s.alone {
			return inTitle | inBody
		}
		return inTitle
	case Body:
		return inBody
	case Attachment:
		return inAttached
	case AttachmentNote:
		return inNames
	}
	return inHead
}

// at reports a fault at bytes i to j of a segment.
func (p *paper) at(s *segment, i, j int, message string) { p.report(s, i, j, message, nil) }

// mend reports a fault whose correction is certain.
func (p *paper) mend(s *segment, i, j int, message, fix string) { p.report(s, i, j, message, &fix) }

// flag reports a whole part, present or missing.
func (p *paper) flag(part Part, message string) {
	s := segment{place: Place{Part: part}}
	if t := slot(p.doc, s.place); t != nil {
		s.text = *t
	}
	p.report(&s, 0, len(s.text), message, nil)
}

func (p *paper) report(s *segment, i, j int, message string, fix *string) {
	if message == "" {
		message = p.rule.title
	}
	place := s.place
	place.Start = utf8.RuneCountInString(s.text[:i])
	place.End = place.Start + utf8.RuneCountInString(s.text[i:j])
	p.findings = append(p.findings, Finding{
		ID: p.rule.id, Severity: p.rule.severity, Place: place, Text: s.text[i:j],
		Message: message, Basis: p.rule.basisIn(p.chapter), Fix: fix,
	})
}

// part gives the segment of a single element, also an empty one.
func (p *paper) part(part Part) *segment {
	s := &segment{place: Place{Part: part}}
	if t := slot(p.doc, s.place); t != nil {
		s.text = *t
	}
	return s
}

// is reports one of the kinds.
func (p *paper) is(kinds ...gongwen.Kind) bool {
	for _, k := range kinds {
		if p.kind == k {
			return true
		}
	}
	return false
}

// upward reports a document to a superior, which carries its signers (条例 art. 9(6)).
func (p *paper) upward() bool { return p.is(gongwen.Request, gongwen.Report) }

// complete reports a document with its head, so that what is missing there is really missing. A text pasted
// from a web page has lost its head and must not be blamed for it: at most it shows the number below the title.
func (p *paper) complete() bool {
	return p.doc.Number != "" && (p.doc.Mark != "" || len(p.doc.Issuers) > 0) && (len(p.typed) == 0 || p.headed())
}

// headed reports a text as typed in which something of the head stands above the title.
func (p *paper) headed() bool {
	title := []rune(p.title)
	begin := string(title[:min(len(title), 6)])
	for i := range p.typed {
		text := p.typed[i].text
		switch {
		case strings.HasPrefix(text, "版式：") || p.doc.Number != "" && strings.Contains(text, p.doc.Number):
			return true
		case begin != "" && strings.Contains(text, begin) && !strings.HasSuffix(strings.TrimSpace(text), "文件"):
			return false
		}
	}
	return false
}

// before reports a document known to be dated before the day: rules are not applied to their past.
func (p *paper) before(y, m, d int) bool {
	return p.date.valid() && p.date.compare(day{y, m, d}) < 0
}

// joined gives all text of the body, paragraph by paragraph.
func (p *paper) joined(in scope) string {
	var b strings.Builder
	for s := range p.within(in) {
		b.WriteString(s.text)
		b.WriteByte('\n')
	}
	return b.String()
}

// last gives the last plain paragraph of the body that is not a date or a contact line, or nil.
func (p *paper) last() *segment {
	for i := len(p.body) - 1; i >= 0; i-- {
		s := p.body[i]
		if !s.plain() || contactLine.MatchString(s.text) || utf8.RuneCountInString(s.text) < 4 || looseDate.MatchString(s.text) {
			continue
		}
		return s
	}
	return nil
}

var contactLine = regexp.MustCompile(`^[（(]?(联系人|联系电话|联系方式|附件|抄送|记录|出席)`)

// dateSegment gives the 成文日期, also one written so badly that it was taken for a paragraph of the body.
func (p *paper) dateSegment() *segment {
	if s := p.part(Date); s.text != "" {
		return s
	}
	for i := len(p.body) - 1; i >= 0 && i >= len(p.body)-5; i-- {
		if s := p.body[i]; s.level == 0 && looseDate.MatchString(strings.TrimSpace(s.text)) {
			return s
		}
	}
	return &segment{place: Place{Part: Date}}
}

var looseDate = regexp.MustCompile(`^([0-9]{2,4}[.\-/－．][0-9]{1,2}[.\-/－．][0-9]{1,2}|[0-9 　年]{0,8}[0-9]{1,2}[ 　]*月[ 　]*[0-9]{1,2}[ 　]*[日号]|[二一〇○零OＯ0][〇○零OＯ0一二三四五六七八九]{1,3}年[一二三四五六七八九十]+月[一二三四五六七八九十]+日)(（拟）)?$`)
