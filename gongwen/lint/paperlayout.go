package lint

import (
	"strings"
	"unicode/utf8"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// paperRules 版式: paper, text area, head, fonts and tables (GB/T 9704-2012 clauses 5, 7.2, 8, 10).
func paperRules() *chapter {
	return &chapter{"版式", "GB/T 9704-2012", []rule{
		{"V001", Error, ByLayout, "纸张应为A4型（210毫米×297毫米）", "GB/T 9704-2012 5.1", paperSize},
		{"V002", Error, ByLayout, "天头应为37毫米±1毫米，订口应为28毫米±1毫米", "GB/T 9704-2012 5.2.1", margins},
		{"V003", Error, ByLayout, "版心应为156毫米×225毫米", "GB/T 9704-2012 5.2.1", textArea},
		{"V004", Warn, ByLayout, "一般每面22行、每行28字", "GB/T 9704-2012 5.2.3", grid},
		{"V005", Error, ByLayout, "发文机关标志上边缘应距版心上边缘35毫米", "GB/T 9704-2012 7.2.4", markAt(areaTop+35, gongwen.General, gongwen.Upward, gongwen.Minutes)},
		{"V006", Error, ByLayout, "命令标志应距版心上边缘20毫米，信函标志应距上页边30毫米", "GB/T 9704-2012 10", both(markAt(areaTop+20, gongwen.Order), markAt(30, gongwen.Letter))},
		{"V007", Error, ByLayout, "红色分隔线应在发文字号之下4毫米、与版心等宽", "GB/T 9704-2012 7.2.7", redLine},
		{"V008", Error, ByLayout, "信函双线应长170毫米，下线距下页边20毫米", "GB/T 9704-2012 10.1", letterLines},
		{"V009", Warn, ByLayout, "标题一般用2号小标宋体字", "GB/T 9704-2012 7.3.1", eachSpot(TextItem, Title, func(_ *paper, s spot) bool {
			return !strings.Contains(s.Font, "小标宋") || !closeTo(s.Size, 22, 0.6)
		})},
		{"V010", Warn, ByLayout, "正文一般用3号仿宋体字", levelClause, eachSpot(TextItem, Body, func(_ *paper, s spot) bool {
			return s.Level == 0 && (!strings.Contains(s.Font, "仿宋") || s.Size < 15.6 || s.Size > 16.1)
		})},
		{"V011", Warn, ByLayout, "缺少字体，已被其他字体替换", practice, func(p *paper) {
			for _, s := range p.spots(TextItem) {
				if s.Replaced {
					p.onSpot(s)
					return
				}
			}
		}},
		{"V012", Warn, ByLayout, "文中文字应为黑色", "GB/T 9704-2012 5.2.4", eachSpot(TextItem, Body, func(_ *paper, s spot) bool { return s.Colour != "" })},
		{"V013", Warn, ByLayout, "表格不应超出版心", "GB/T 9704-2012 8", func(p *paper) {
			for _, s := range p.spots(TableItem) {
				if s.Head == "" && (s.X < areaLeft-0.5 || s.right() > areaRight+0.5) {
					p.onSpot(s)
				}
			}
		}},
		// Seen upright, the binding edge of an odd page and the outer edge of an even page are both on the left.
		{"V014", Warn, ByLayout, "横排表格，单页码表头在订口一边，双页码表头在切口一边", "GB/T 9704-2012 8", func(p *paper) {
			for _, s := range p.spots(TableItem) {
				if s.Head != "" && s.Head != "left" {
					p.onSpot(s)
				}
			}
		}},
		{"V015", Warn, ByLayout, "签名章应下空二行、右空四字，职务在其左空二字处", "GB/T 9704-2012 7.3.5.3", nameStamp},
		{"V016", Info, ByLayout, "纪要的“出席”等用黑体，依次列出席、请假、列席", "GB/T 9704-2012 10.3", rolls},
	}}
}

func (p *paper) sheets() []Sheet {
	if p.opts.Geometry == nil {
		return nil
	}
	return p.opts.Geometry.Sheets()
}

func paperSize(p *paper) {
	for i, s := range p.sheets() {
		if !closeTo(s.Width, paperWidth, 1) || !closeTo(s.Height, paperHeight, 1) {
			p.onPage(i+1, "", "")
			return
		}
	}
}

// margins are read off the wrapped lines of the body, which begin at the edge, and the top lines of pages
// after the first.
func margins(p *paper) {
	top := map[int]float64{}
	first := map[int]bool{}
	for _, s := range p.spots(TextItem, Body) {
		if s.Line > 0 && s.Level != InsetLevel && !closeTo(s.X, areaLeft, 1.05) {
			p.onSpot(s)
			return
		}
		if y, ok := top[s.sheet]; !ok || s.Y < y {
			top[s.sheet] = s.Y
		}
		first[s.sheet] = true
	}
	for i := range p.sheets() {
		sheet := i + 1
		if sheet > 1 && first[sheet] && top[sheet] < areaTop-1.05 {
			p.onPage(sheet, "", "")
			return
		}
	}
}

const letterGap = 16 * 25.4 / 72 * 7 / 8 // 7/8 of a size-3 character

func textArea(p *paper) {
	for _, s := range p.spots(TextItem, Body, Recipients, Title, Signature, Date, AttachmentNote) {
		bottom := areaBottom
		if p.doc.Layout == gongwen.Letter && s.sheet == 1 { // text may come down to the lower double line (10.1)
			bottom = paperHeight - 20 - letterGap
		}
		if s.right()-blankEnd(s) > areaRight+1 || s.bottom() > bottom+1 || s.X < areaLeft-1 {
			p.onSpot(s)
			return
		}
	}
}

// blankEnd is the empty half of a closing mark that ends a line: its ink, not its cell, has to keep inside the area.
func blankEnd(s spot) float64 {
	if last, _ := utf8.DecodeLastRuneInString(s.Text); strings.ContainsRune("，。、；：！？）》〉」』”’】〕", last) {
		return s.Size * 25.4 / 72 / 2
	}
	return 0
}

// grid counts the lines of pages that are all body, and the characters of their lines.
func grid(p *paper) {
	sheets := p.sheets()
	for i, sheet := range sheets {
		lines, pure := 0, i > 0 && i < len(sheets)-1
		for j := range sheet.Items {
			it := &sheet.Items[j]
			switch {
			case it.Kind == TextItem && it.Part == Body:
				lines++
				if n := utf8.RuneCountInString(it.Text); n > 31 && !strings.ContainsAny(it.Text, "0123456789.") {
					p.onPage(i+1, it.Text, "")
					return
				}
			case it.Kind == TextItem && it.Part != PageNumber, it.Kind == TableItem:
				pure = false
			}
		}
		if pure && (lines < 20 || lines > 22) {
			p.onPage(i+1, "", "本面"+itoa(lines)+"行，一般每面22行、每行28字")
			return
		}
	}
}

func markAt(y float64, layouts ...gongwen.Layout) finder {
	return func(p *paper) {
		for _, l := range layouts {
			if p.doc.Layout != l {
				continue
			}
			if marks := p.spots(TextItem, Mark); len(marks) > 0 && !closeTo(marks[0].Y, y, 1) {
				p.onSpot(marks[0])
			}
		}
	}
}

func redLine(p *paper) {
	if p.doc.Layout != gongwen.General && p.doc.Layout != gongwen.Upward {
		return
	}
	numbers := p.spots(TextItem, Number)
	for _, s := range p.spots(RuleItem, Number) {
		good := closeTo(s.X, areaLeft, 0.5) && closeTo(s.W, areaWidth, 1)
		if len(numbers) > 0 && numbers[0].sheet == s.sheet {
			good = good && closeTo(s.Y-numbers[0].bottom(), 4, 1)
		}
		if !good {
			p.onSpot(s)
		}
	}
}

func letterLines(p *paper) {
	if p.doc.Layout != gongwen.Letter {
		return
	}
	for _, s := range p.spots(RuleItem, Mark) {
		low := s.Y > paperHeight/2
		if !closeTo(s.W, 170, 1) || !closeTo(s.X, 20, 1) || low && !closeTo(s.Y, paperHeight-20, 1.5) {
			p.onSpot(s)
			return
		}
	}
}

// nameStamp: several stamps stand below one another in one column, the widest at the margin.
func nameStamp(p *paper) {
	stamps := p.spots(StampItem)
	for i, s := range stamps {
		aligned := closeTo(s.right(), areaRight-4*cellWidth, 1.5) || len(stamps) > 1 && closeTo(s.X, stamps[0].X, 0.5) && s.right() < areaRight-4*cellWidth+1.5
		last, ok := p.lastBody(s.sheet)
		if !aligned || i == 0 && ok && !closeTo(s.Y-last.bottom(), 2*cellHeight, cellHeight) {
			p.onSpot(s)
			return
		}
		for _, title := range p.spots(TextItem, Signature) {
			if title.sheet == s.sheet && title.overlapsRow(s.Item) && !closeTo(s.X-title.right(), 2*cellWidth, 1.5) {
				p.onSpot(title)
				return
			}
		}
	}
}

func (i *Item) overlapsRow(j *Item) bool { return i.Y < j.bottom() && j.Y < i.bottom() }

// lastBody gives the lowest line of the body, table or 附件说明 on a page.
func (p *paper) lastBody(sheet int) (spot, bool) {
	var low spot
	for _, s := range append(p.spots(TextItem, Body, AttachmentNote), p.spots(TableItem)...) {
		if s.sheet == sheet && (low.Item == nil || s.bottom() > low.bottom()) {
			low = s
		}
	}
	return low, low.Item != nil
}

func rolls(p *paper) {
	order := []string{"出席", "请假", "列席"}
	highest := 0
	for _, s := range p.spots(TextItem, Attendance) {
		for i, label := range order {
			if !strings.HasPrefix(s.Text, label) {
				continue
			}
			if i < highest || !strings.Contains(s.Font, "黑体") {
				p.onSpot(s)
				return
			}
			highest = i
		}
	}
}
