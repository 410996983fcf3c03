package docx

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// reader walks through the text part once.
type reader struct {
	file      *File
	styles    styles
	numbering *numbering

	stack  []string // names of the open elements
	para   *paragraph
	open   []*paragraph // paragraphs around a text box
	table  *table
	around []*table // tables around a table
	skip   int      // depth of the element being passed over, 0 none
	field  []bool   // open fields; true once their result has begun
	titled bool     // the last line is one of a title
}

// paragraph 段落 being read.
type paragraph struct {
	text     strings.Builder
	style    string
	num      string // numbering, "" of the style, "0" none
	level    int
	hasLevel bool
	align    string
	size     int // half points of the largest text
	red      bool
	hidden   bool
	run      run
}

// run is what applies to the text being read.
type run struct {
	hidden, red bool
	size        int // half points
}

// titleSize is what the text of a title has at least: in practice 二号, never below 小二.
const titleSize = 36

// passedOver are elements whose text is not part of the document: struck out, notes, the second form of the same
// text box, formulas of fields, phonetic guides.
var passedOver = map[string]bool{
	"Fallback": true, "del": true, "moveFrom": true, "instrText": true, "delText": true, "footnoteReference": true,
	"rt": true, "sectPrChange": true, "pPrChange": true, "rPrChange": true, "tblPrChange": true, "tcPrChange": true,
	"trPrChange": true, "tblGridChange": true, "numberingChange": true,
}

func (r *reader) read(d *xml.Decoder) error {
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			r.endAll()
			return nil
		}
		if err != nil {
			if len(r.file.Lines) > 0 || r.para != nil { // what came before the damage is still of use
				r.endAll()
				return nil
			}
			return ErrNotDOCX
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(r.stack) > mostDepth || len(r.file.Lines) > mostLines {
				return ErrTooLarge
			}
			r.stack = append(r.stack, t.Name.Local)
			r.start(t)
		case xml.EndElement:
			r.end(t.Name.Local)
		case xml.CharData:
			if r.para != nil && r.skip == 0 && r.inside() == "t" {
				r.write(string(t))
			}
		}
	}
}

func (r *reader) inside() string {
	if len(r.stack) == 0 {
		return ""
	}
	return r.stack[len(r.stack)-1]
}

func (r *reader) start(t xml.StartElement) {
	name := t.Name.Local
	if r.skip > 0 {
		return
	}
	if passedOver[name] {
		if name == "del" || name == "moveFrom" {
			r.file.Revisions++
		}
		r.skip = len(r.stack)
		return
	}
	switch name {
	case "p":
		if r.para != nil { // in a text box
			r.open = append(r.open, r.para)
		}
		r.para = &paragraph{}
	case "tbl":
		if r.table != nil {
			r.around = append(r.around, r.table)
		}
		r.table = &table{}
	case "tr":
		if r.table != nil {
			r.table.rows = append(r.table.rows, nil)
		}
	case "tc":
		r.table.cell()
	case "gridSpan":
		n, _ := strconv.Atoi(value(t))
		r.table.span(min(n, mostColumns) - 1)
	case "ins", "moveTo":
		r.file.Revisions++
	}
	if r.para != nil {
		r.inParagraph(name, t)
	}
}

// inParagraph reads properties and text of the open paragraph.
func (r *reader) inParagraph(name string, t xml.StartElement) {
	p := r.para
	switch name {
	case "pStyle":
		p.style = value(t)
	case "numId":
		p.num = value(t)
	case "ilvl":
		p.level, _ = strconv.Atoi(value(t))
		p.level = min(max(p.level, 0), 8)
		p.hasLevel = true
	case "jc":
		p.align = value(t)
	case "r":
		p.run = run{}
	case "vanish":
		if r.parent(1) == "rPr" && r.parent(2) == "r" {
			p.run.hidden = value(t) != "0" && value(t) != "false"
		}
	case "sz":
		if r.parent(2) == "r" {
			p.run.size, _ = strconv.Atoi(value(t))
		}
	case "color":
		if r.parent(2) == "r" {
			p.run.red = isRed(value(t))
		}
	case "tab", "ptab":
		if r.parent(1) == "r" {
			r.write("\t")
		}
	case "br", "cr":
		if kind := attribute(t, "type"); kind != "page" && kind != "column" {
			r.write("\n")
		}
	case "noBreakHyphen":
		r.write("-")
	case "sym":
		r.write(symbol(attribute(t, "font"), attribute(t, "char")))
	case "fldChar":
		r.fieldMark(attribute(t, "fldCharType"))
	}
}

// parent gives the name of an element around the present one.
func (r *reader) parent(up int) string {
	if i := len(r.stack) - 1 - up; i >= 0 {
		return r.stack[i]
	}
	return ""
}

// fieldMark follows a field such as PAGE: its formula is passed over, its result is text.
func (r *reader) fieldMark(kind string) {
	switch kind {
	case "begin":
		r.field = append(r.field, false)
	case "separate":
		if n := len(r.field); n > 0 {
			r.field[n-1] = true
		}
	case "end":
		if n := len(r.field); n > 0 {
			r.field = r.field[:n-1]
		}
	}
}

func (r *reader) write(s string) {
	p := r.para
	if n := len(r.field); n > 0 && !r.field[n-1] {
		return
	}
	if p.run.hidden {
		if strings.TrimSpace(s) != "" && !p.hidden {
			p.hidden = true
			r.file.Hidden++
		}
		return
	}
	p.text.WriteString(s)
	if strings.TrimSpace(s) != "" {
		p.size, p.red = max(p.size, p.run.size), p.red || p.run.red
	}
}

func (r *reader) end(name string) {
	if len(r.stack) == 0 {
		return
	}
	if r.inside() != name { // a tag left open: close up to it, if it is open at all
		at := len(r.stack) - 1
		for at >= 0 && r.stack[at] != name {
			at--
		}
		if at < 0 {
			return
		}
		for len(r.stack)-1 > at {
			r.end(r.inside())
		}
	}
	depth := len(r.stack)
	r.stack = r.stack[:depth-1]
	if r.skip > 0 {
		if depth == r.skip {
			r.skip = 0
		}
		return
	}
	switch name {
	case "p":
		r.endParagraph()
	case "tbl":
		r.endTable()
	}
}

// endAll closes what a damaged file left open.
func (r *reader) endAll() {
	for len(r.stack) > 0 {
		r.end(r.inside())
	}
}

func value(t xml.StartElement) string { return attribute(t, "val") }

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
