package gongwen

import (
	"regexp"
	"strings"
)

// adoptionPattern is the line under the title of a decision or of rules: （2026年1月20日县人民代表大会通过）.
var adoptionPattern = regexp.MustCompile(`^（[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日[^）]{0,60}）$`)

// rest reads the body, the labelled lines after it and the attachments.
func (p *parser) rest() {
	blocks := &p.doc.Body
	for {
		line, ok := p.next()
		if !ok {
			return
		}
		line = trim(line)
		if attachmentStart.MatchString(line) {
			p.doc.Attachments = append(p.doc.Attachments, Attachment{Title: p.attachmentTitle()})
			blocks = &p.doc.Attachments[len(p.doc.Attachments)-1].Blocks
			continue
		}
		if label, value, ok := splitLabel(line); ok && p.believes(label) && p.tailField(label, value) {
			continue
		}
		if b, ok := p.block(line); ok {
			*blocks = append(*blocks, b)
		}
	}
}

// believes reports whether a label ends the body here. Pasted text has paragraphs like 日期：…
func (p *parser) believes(label string) bool {
	if !p.free {
		return true
	}
	switch label {
	case "附件", "主送", "抄送", "印发":
		return true
	}
	return isRollLabel(label) && p.doc.Layout == Minutes
}

// attachmentTitle reads 标题：… or, as pasted, the first line with text.
func (p *parser) attachmentTitle() string {
	for {
		line, ok := p.next()
		if !ok {
			return ""
		}
		if trim(line) == "" {
			continue
		}
		if label, value, ok := splitLabel(line); ok {
			if label == "标题" {
				return p.more(value)
			}
			p.pos--
			return ""
		}
		if LevelOf(trim(line)) > 0 || strings.HasSuffix(line, "。") || strings.HasPrefix(trim(line), "|") {
			p.pos--
			return ""
		}
		return trim(line)
	}
}

// block reads one block that begins with the given line.
func (p *parser) block(line string) (Block, bool) {
	switch {
	case line == "":
		return Block{}, false
	case line[0] == '\\':
		if len(line) > 1 && line[1] >= '0' && line[1] <= '4' {
			return Block{Level: int(line[1] - '0'), Text: trim(line[2:])}, trim(line[2:]) != ""
		}
		return Block{Text: trim(line[1:])}, trim(line[1:]) != ""
	case line[0] == '|':
		p.pos--
		rows := p.rows()
		return Block{Kind: TableBlock, Table: &Table{Rows: rows}}, rows != nil
	case strings.HasPrefix(line, "- "):
		p.pos--
		return Block{Kind: ListBlock, Items: p.items()}, true
	case strings.HasPrefix(line, "> "):
		return Block{Kind: Quote, Text: trim(line[2:])}, true
	}
	if label, value, ok := splitLabel(line); ok {
		switch label {
		case "居中":
			return Block{Kind: Centered, Text: value}, value != ""
		case "表", "横表":
			if rows := p.rows(); rows != nil {
				return Block{Kind: TableBlock, Table: &Table{Caption: value, Landscape: label == "横表", Rows: rows}}, true
			}
		}
	}
	if IsChapter(line) || p.free && len(p.doc.Body) == 0 && adoptionPattern.MatchString(line) {
		return Block{Kind: Centered, Text: line}, true
	}
	return Block{Level: LevelOf(line), Text: line}, true
}

func (p *parser) rows() [][]string {
	var rows [][]string
	for p.pos < len(p.lines) {
		line := trim(p.lines[p.pos])
		if !strings.HasPrefix(line, "|") {
			break
		}
		p.pos++
		if cells := splitCells(line); len(cells) > 0 && !isRule(cells) {
			rows = append(rows, cells)
		}
	}
	return rows
}

// isRule reports the |---|---| line that editors put under a table head.
func isRule(cells []string) bool {
	for _, c := range cells {
		if strings.Trim(c, "-: ") != "" || !strings.Contains(c, "--") {
			return false
		}
	}
	return len(cells) > 0
}

func splitCells(line string) []string {
	var cells []string
	var cell strings.Builder
	escaped := false
	for _, r := range line[1:] {
		switch {
		case escaped:
			if r == 'n' {
				r = '\n'
			}
			cell.WriteRune(r)
			escaped = false
		case r == '\\':
			escaped = true
		case r == '|':
			cells = append(cells, trim(cell.String()))
			cell.Reset()
		default:
			cell.WriteRune(r)
		}
	}
	if s := trim(cell.String()); s != "" {
		cells = append(cells, s)
	}
	return cells
}

func (p *parser) items() []string {
	var items []string
	for p.pos < len(p.lines) {
		rest, ok := strings.CutPrefix(trim(p.lines[p.pos]), "- ")
		if !ok {
			break
		}
		p.pos++
		items = append(items, trim(rest))
	}
	return items
}
