package sheet

import (
	"fmt"
	"strings"
	"time"

	"github.com/chengqi-oa/chengqi/gongwen/draw"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/workday"
)

// Paper 纸张 names a sheet as the office does.
type Paper string

// The papers of the office's books and forms.
const (
	A4          Paper = "A4竖"
	A4Landscape Paper = "A4横"
	A3Landscape Paper = "A3横"
	A5          Paper = "A5竖"
	A5Landscape Paper = "A5横"
	A6Landscape Paper = "A6横"
)

// ParsePaper checks the name of a paper.
func ParsePaper(s string) (Paper, error) {
	if w, _ := Paper(s).size(); w == 0 {
		return "", fmt.Errorf("没有“%s”这种纸张，可用A4竖、A4横、A3横、A5竖、A5横、A6横", s)
	}
	return Paper(s), nil
}

// size gives width and height in mm.
func (p Paper) size() (w, h float64) {
	switch p {
	case A4:
		return 210, 297
	case A4Landscape:
		return 297, 210
	case A3Landscape:
		return 420, 297
	case A5:
		return 148, 210
	case A5Landscape:
		return 210, 148
	case A6Landscape:
		return 148, 105
	default:
		return 0, 0
	}
}

// Margins in mm; the sheets are bound at the left.
const (
	marginTop    = 20.0
	marginLeft   = 25.0
	marginBottom = 15.0
	marginRight  = 15.0
)

// Type sizes in points.
const (
	sizeTitle = 18.0 // 小二号
	sizeBody  = 10.5 // 五号
	sizeWrite = 12.0 // 小四号
	sizeSmall = 9.0  // 小五号
	sizeMark  = 14.0 // 四号: what stands above a sheet
)

// Lines in mm: the frame of a table is heavier than what divides it.
const (
	frameLine = 0.35
	innerLine = 0.18
)

// Printed 打印信息 says who printed a sheet and when; it stands at its foot.
type Printed struct {
	By string
	At time.Time
}

func (p Printed) String() string {
	if p.By == "" && p.At.IsZero() {
		return ""
	}
	return "打印：" + p.By + " " + p.At.In(workday.Zone()).Format("2006年1月2日15:04")
}

// leaf is one page being drawn.
type leaf struct {
	draw.Page
	w, h  float64
	right float64 // right edge of the area inside the margins
	fonts *font.Set
}

// press turns out the pages of one sheet or book, whatever they become.
type press struct {
	add    addPage
	fonts  *font.Set
	paper  Paper
	leaves []*leaf

	watermark []string
}

// addPage adds a page of a size to the file or the pictures being made.
type addPage func(w, h float64) draw.Page

// leaf begins a page.
func (p *press) leaf() *leaf {
	w, h := p.paper.size()
	l := &leaf{Page: p.add(w, h), w: w, h: h, right: w - marginRight, fonts: p.fonts}
	p.leaves = append(p.leaves, l)
	draw.Watermark(l, w, h, p.fonts, draw.Faint, p.watermark)
	return l
}

// foot writes what stands at the foot of every page: the printer at the right, the page number in the middle, the
// signer at the left. It comes last, when the number of pages is known.
func (p *press) foot(left string, printed Printed) {
	for i, l := range p.leaves {
		y := l.h - marginBottom + 6
		number := fmt.Sprintf("第%d页　共%d页", i+1, len(p.leaves))
		middle := (marginLeft + l.right) / 2
		l.centred(middle, y, font.FangSong, sizeSmall, number)
		if marginLeft+l.width(font.FangSong, sizeSmall, left) > middle-l.width(font.FangSong, sizeSmall, number)/2-2 {
			l.text(marginLeft, y+4, font.FangSong, sizeSmall, left) // a narrow sheet: below the page number
		} else {
			l.text(marginLeft, y, font.FangSong, sizeSmall, left)
		}
		l.flushRight(l.right, y, font.FangSong, sizeSmall, printed.String())
	}
}

// mark puts 样例 at the top right of every page of the sample office.
func (p *press) mark(sample bool) {
	const word, size = "样例", sizeMark
	for _, l := range p.leaves {
		if sample {
			w := l.width(font.Hei, size, word)
			l.flushRight(l.right-2, 12, font.Hei, size, word)
			l.Rect(l.right-w-4, 6.8, w+4, 7, frameLine)
		}
	}
}

func (l *leaf) width(role font.Role, size float64, s string) float64 {
	return l.fonts.Width(role, s, size)
}

// ticked is a box with a tick. No typeface of ours has it, so the tick is set over the empty box.
const (
	ticked = '☑'
	box    = "□"
	tick   = "√"
)

func (l *leaf) text(x, y float64, role font.Role, size float64, s string) {
	for s != "" {
		plain, rest, found := strings.Cut(s, string(ticked))
		if plain != "" {
			x += draw.Text(l, x, y, l.fonts, role, size, plain)
		}
		if found {
			draw.Text(l, x, y, l.fonts, role, size, tick)
			x += draw.Text(l, x, y, l.fonts, role, size, box)
		}
		s = rest
	}
}

func (l *leaf) centred(x, y float64, role font.Role, size float64, s string) {
	l.text(x-l.width(role, size, s)/2, y, role, size, s)
}

func (l *leaf) flushRight(x, y float64, role font.Role, size float64, s string) {
	l.text(x-l.width(role, size, s), y, role, size, s)
}
