package layout

import (
	"fmt"
	"slices"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

const indent = 2 * cell // 首行空二字

// mainText makes the pieces of 主体 from the title down to 附注.
func (s *setter) mainText() {
	d := s.doc
	s.titleLines(d.Title, Title, Source{Block: -1})
	after := 0.0 // blank lines between title and what follows
	if d.Title != "" {
		after = 1
	}
	if d.Recipients != "" && !d.RecipientsLast {
		boxes := s.boxes([]span{{d.Recipients + "：", font.FangSong}}, s.body())
		s.lines(breakLines(boxes, areaWidth, 0, 0), areaLeft, s.body(), Recipients, Source{Block: -1}, after, plainPiece)
		after = 0
	}
	s.blocks(d.Body, 0, Body, after)
	s.attachmentNotes()
	s.attendance()
	s.sign()
	if d.Note != "" {
		boxes := s.boxes([]span{{"（" + d.Note + "）", font.FangSong}}, s.body())
		s.lines(breakLines(boxes, areaWidth, indent, 0), areaLeft, s.body(), Note, Source{Block: -1}, 0, plainPiece)
	}
}

// blocks makes the pieces of a body.
func (s *setter) blocks(blocks []gongwen.Block, attachment int, el Element, blank float64) {
	for i, b := range blocks {
		src := Source{Attachment: attachment, Block: i}
		switch {
		case b.Kind == gongwen.TableBlock && b.Table != nil:
			s.table(b.Table, el, src, blank)
		case b.Kind == gongwen.ListBlock:
			for _, item := range b.Items {
				s.paragraph([]span{{item, font.FangSong}}, indent, indent, el, src, blank, bodyPiece)
				blank = 0
			}
		case b.Kind == gongwen.Quote:
			s.paragraph([]span{{b.Text, font.Kai}}, indent, 0, el, src, blank, bodyPiece)
		case b.Kind == gongwen.Centered:
			s.centered(b.Text, chapterRole(b.Text), el, src, blank)
		default:
			s.paragraph(spansOf(b), indent, 0, el, src, blank, kindOf(b))
		}
		blank = 0
	}
}

func (s *setter) paragraph(spans []span, first, hang float64, el Element, src Source, blank float64, kind pieceKind) {
	s.lines(breakLines(s.boxes(spans, s.body()), areaWidth, first, hang), areaLeft, s.body(), el, src, blank, kind)
}

func (s *setter) centered(text string, role font.Role, el Element, src Source, blank float64) {
	for _, l := range breakLines(s.boxes([]span{{text, role}}, s.body()), areaWidth, 0, 0) {
		l.gap, l.indent = 0, max(0, (areaWidth-widthOf(l.boxes))/2)
		s.lines([]lineOf{l}, areaLeft, s.body(), el, src, blank, headingPiece)
		blank = 0
	}
}

// chapterRole: chapters of attached rules in 黑体, their sections in 楷体 (practice).
func chapterRole(text string) font.Role {
	if strings.HasPrefix(text, "（") { // the date of adoption below a title
		return font.Kai
	}
	if gongwen.IsChapter(text) && strings.Contains(strings.Fields(text)[0], "节") {
		return font.Kai
	}
	return font.Hei
}

// levelRoles: 一、 in 黑体, （一） in 楷体, 1. and （1） in 仿宋 (7.3.3).
var levelRoles = [...]font.Role{font.FangSong, font.Hei, font.Kai, font.FangSong, font.FangSong}

// spansOf gives the fonts of a paragraph: its heading in the font of its level, what follows it in 仿宋.
func spansOf(b gongwen.Block) []span {
	if label := gongwen.ArticleLabel(b.Text); label != "" && b.Level == 0 {
		return []span{{label, font.Hei}, {b.Text[len(label):], font.FangSong}}
	}
	if b.Level <= 0 || b.Level >= len(levelRoles) {
		return []span{{b.Text, font.FangSong}}
	}
	heading, rest := gongwen.Heading(b.Text)
	return []span{{heading, levelRoles[b.Level]}, {rest, font.FangSong}}
}

func kindOf(b gongwen.Block) pieceKind {
	if b.Level == 1 || b.Level == 2 {
		if _, rest := gongwen.Heading(b.Text); rest == "" {
			return headingPiece
		}
	}
	return bodyPiece
}

// attachmentNotes sets 附件说明: one blank line below the body, two characters in; a wrapped name begins under
// the first character of the name (7.3.4).
func (s *setter) attachmentNotes() {
	st := s.body()
	label := s.boxes([]span{{"附件：", font.FangSong}}, st)
	start := indent + widthOf(label)
	for i, name := range s.doc.AttachmentNotes {
		number := ""
		if len(s.doc.AttachmentNotes) > 1 {
			number = fmt.Sprintf("%d.", i+1)
		}
		head := s.boxes([]span{{number, font.FangSong}}, st)
		boxes := slices.Concat(head, s.boxes([]span{{name, font.FangSong}}, st))
		in, blank := start, 0.0
		if i == 0 {
			boxes, in, blank = append(append([]box{}, label...), boxes...), indent, 1
		}
		hang := start + widthOf(head[:len([]rune(number))])
		s.lines(breakLines(boxes, areaWidth, in, hang), areaLeft, st, AttachmentNote, Source{Block: -1}, blank, plainPiece)
	}
}

// attendance sets 出席、请假、列席 of minutes (10.3).
func (s *setter) attendance() {
	st := s.body()
	for i, r := range s.doc.Attendance {
		label := s.boxes([]span{{r.Label + "：", font.Hei}}, st)
		hang := indent + widthOf(label)
		boxes := slices.Concat(label, glueNames(s.boxes([]span{{r.Names, font.FangSong}}, st)))
		blank := 0.0
		if i == 0 {
			blank = 1
		}
		s.lines(breakLines(boxes, areaWidth, indent, hang), areaLeft, st, Attendance, Source{Block: -1}, blank, plainPiece)
	}
}

// glueNames holds the names of people in a list together: the last three characters before each separator.
func glueNames(boxes []box) []box {
	start := 0
	for i := range boxes {
		if strings.ContainsRune("、，；。（", boxes[i].char) {
			for k := max(start+1, i-2); k < i; k++ {
				boxes[k].glued = true
			}
			start = i + 1
		}
	}
	for k := max(start+1, len(boxes)-2); k < len(boxes); k++ {
		boxes[k].glued = true
	}
	return boxes
}

// turnHead moves the label of an attachment, one piece, and its title, those from a piece on, to the turned page.
func (s *setter) turnHead(title int) {
	for i := range s.pieces {
		right := turnedLeft - areaLeft
		if i >= title {
			right += (areaHeight - areaWidth) / 2
		}
		s.pieces[i].turned = true
		for _, r := range s.pieces[i].runs {
			for g := range r.Glyphs {
				r.Glyphs[g].X += right
			}
		}
	}
}

// attachment makes the pieces of one attachment: its label on line 1, its title on line 3 (7.3.7).
func (s *setter) attachment(i int) {
	a := s.doc.Attachments[i]
	label := "附件"
	if len(s.doc.Attachments) > 1 {
		label = fmt.Sprintf("附件%d", i+1)
	}
	src := Source{Attachment: i + 1, Block: -1}
	boxes := s.boxes([]span{{label, font.Hei}}, s.body())
	s.lines(breakLines(boxes, areaWidth, 0, 0), areaLeft, s.body(), AttachmentLabel, src, 0, plainPiece)
	from := len(s.pieces)
	s.titleLines(a.Title, AttachmentTitle, src)
	if from < len(s.pieces) {
		s.pieces[from].blank = 1
	}
	if len(a.Blocks) > 0 && a.Blocks[0].Table != nil && a.Blocks[0].Table.Landscape {
		s.turnHead(from) // label and title stand on the turned page, with the table
	}
	s.blocks(a.Blocks, i+1, AttachmentBody, 1)
}
