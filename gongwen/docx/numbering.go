package docx

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// styles 样式: what a style says of numbering, with the one it is based on.
type styles map[string]styleOf

type styleOf struct {
	based, num string
	level      int
	align      string
	size       int // half points
	red        bool
}

func newStyles(data []byte) styles {
	var part struct {
		List []struct {
			ID    string   `xml:"styleId,attr"`
			Based valueOf  `xml:"basedOn"`
			Num   *valueOf `xml:"pPr>numPr>numId"`
			Level *valueOf `xml:"pPr>numPr>ilvl"`
			Align valueOf  `xml:"pPr>jc"`
			Size  valueOf  `xml:"rPr>sz"`
			Color valueOf  `xml:"rPr>color"`
		} `xml:"style"`
	}
	out := styles{}
	if xml.Unmarshal(data, &part) != nil {
		return out
	}
	for _, s := range part.List {
		of := styleOf{based: s.Based.Val, align: s.Align.Val, size: s.Size.number(0), red: isRed(s.Color.Val)}
		if s.Num != nil {
			of.num = s.Num.Val
		}
		if s.Level != nil {
			of.level = s.Level.number(0)
		}
		out[s.ID] = of
	}
	return out
}

// numberOf gives the list and level a style puts its paragraphs in.
func (s styles) numberOf(id string) (num string, level int) {
	for range 20 { // a style may be based on itself in a damaged file
		of, ok := s[id]
		if !ok {
			return "", 0
		}
		if of.num != "" {
			return of.num, min(max(of.level, 0), 8)
		}
		id = of.based
	}
	return "", 0
}

// shown gives the alignment, size and redness a style gives its paragraphs.
func (s styles) shown(id string) (align string, size int, red bool) {
	for range 20 {
		of, ok := s[id]
		if !ok {
			break
		}
		if align == "" {
			align = of.align
		}
		if size == 0 {
			size = of.size
		}
		red = red || of.red
		id = of.based
	}
	return align, size, red
}

type valueOf struct {
	Val string `xml:"val,attr"`
}

func (v valueOf) number(otherwise int) int {
	if n, err := strconv.Atoi(v.Val); err == nil {
		return n
	}
	return otherwise
}

// numbering 自动编号: the lists of a document and how far each has counted.
type numbering struct {
	lists  map[string]*list // by numId
	counts map[string]*[9]int
}

type list struct {
	abstract string // lists of one definition go on counting together
	levels   [9]level
	restart  [9]bool // a start of its own
}

type level struct {
	format, text string
	start        int
	legal        bool // all numbers as digits
}

type levelXML struct {
	Index  string   `xml:"ilvl,attr"`
	Start  valueOf  `xml:"start"`
	Format valueOf  `xml:"numFmt"`
	Text   valueOf  `xml:"lvlText"`
	Legal  *valueOf `xml:"isLgl"`
}

func (l levelXML) place() (int, bool) {
	n, err := strconv.Atoi(l.Index)
	return n, err == nil && n >= 0 && n < 9
}

func (l levelXML) level() level {
	return level{l.Format.Val, l.Text.Val, l.Start.number(1), l.Legal != nil}
}

func newNumbering(data []byte) *numbering {
	var part struct {
		Abstract []struct {
			ID     string     `xml:"abstractNumId,attr"`
			Levels []levelXML `xml:"lvl"`
		} `xml:"abstractNum"`
		Nums []struct {
			ID        string  `xml:"numId,attr"`
			Abstract  valueOf `xml:"abstractNumId"`
			Overrides []struct {
				Index string    `xml:"ilvl,attr"`
				Start *valueOf  `xml:"startOverride"`
				Level *levelXML `xml:"lvl"`
			} `xml:"lvlOverride"`
		} `xml:"num"`
	}
	n := &numbering{lists: map[string]*list{}, counts: map[string]*[9]int{}}
	if xml.Unmarshal(data, &part) != nil {
		return n
	}
	abstract := map[string][9]level{}
	for _, a := range part.Abstract {
		var levels [9]level
		for _, l := range a.Levels {
			if i, ok := l.place(); ok {
				levels[i] = l.level()
			}
		}
		abstract[a.ID] = levels
	}
	for _, num := range part.Nums {
		l := &list{abstract: num.Abstract.Val, levels: abstract[num.Abstract.Val]}
		for _, o := range num.Overrides {
			i, ok := levelXML{Index: o.Index}.place()
			if !ok {
				continue
			}
			if o.Level != nil {
				l.levels[i] = o.Level.level()
			}
			if o.Start != nil {
				l.levels[i].start, l.restart[i] = o.Start.number(1), true
			}
		}
		n.lists[num.ID] = l
	}
	return n
}

// next counts one paragraph of a list and gives its number as printed; a bullet gives the sign of a list item.
func (n *numbering) next(num string, at int) string {
	l := n.lists[num]
	if l == nil || at < 0 || at > 8 {
		return ""
	}
	key := l.abstract
	for _, own := range l.restart {
		if own {
			key = "num " + num
		}
	}
	counts := n.counts[key]
	if counts == nil {
		counts = &[9]int{}
		n.counts[key] = counts
	}
	counts[at]++
	for deeper := at + 1; deeper < 9; deeper++ {
		counts[deeper] = 0
	}
	switch l.levels[at].format {
	case "bullet":
		return "- "
	case "none", "":
		return ""
	}
	return l.write(at, counts)
}

// write fills %1 … %9 of the pattern.
func (l *list) write(at int, counts *[9]int) string {
	out := l.levels[at].text
	for i := range 9 {
		mark := "%" + strconv.Itoa(i+1)
		if !strings.Contains(out, mark) {
			continue
		}
		count := l.levels[i].start + max(counts[i], 1) - 1
		format := l.levels[i].format
		if l.levels[at].legal {
			format = "decimal"
		}
		out = strings.ReplaceAll(out, mark, numeral(format, count))
	}
	return out
}
