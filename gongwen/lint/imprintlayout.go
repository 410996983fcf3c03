package lint

import (
	"slices"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// imprintLayoutRules 版记和页码的版面 (GB/T 9704-2012 7.4, 7.5, 10.1).
func imprintLayoutRules() *chapter {
	return &chapter{"附注版记页码", "GB/T 9704-2012 7.4.1", []rule{
		{"F006", Warn, ByLayout, "版记的首条和末条分隔线用粗线（推荐0.35毫米），中间用细线（推荐0.25毫米）", "", imprintWeights},
		{"F007", Error, ByLayout, "版记应在最后一面底部，末条分隔线与版心下边缘重合", "", imprintBottom},
		{"F009", Warn, ByLayout, "单页码居右空一字，双页码居左空一字", "GB/T 9704-2012 7.5", numberSide},
		{"F010", Error, ByLayout, "信函格式首页不显示页码", "GB/T 9704-2012 10.1", func(p *paper) {
			if s := p.sheets(); p.doc.Layout == gongwen.Letter && len(s) > 0 && s[0].Number > 0 {
				p.onPage(1, itoa(s[0].Number), "")
			}
		}},
		{"F011", Error, ByLayout, "信函格式的版记不加印发机关和印发日期、分隔线", "GB/T 9704-2012 10.1", func(p *paper) {
			if p.doc.Layout != gongwen.Letter {
				return
			}
			for _, s := range append(p.spots(RuleItem, Printer), p.spots(TextItem, Printer, PrintDate)...) {
				p.onSpot(s)
				return
			}
		}},
		{"F012", Warn, ByLayout, "版记中主送与抄送之间不加分隔线", "GB/T 9704-2012 7.4.2", lineBetween},
		{"F014", Warn, ByLayout, "空白页不编页码", "GB/T 9704-2012 7.5", func(p *paper) {
			for i, s := range p.sheets() {
				empty := true
				for _, it := range s.Items {
					empty = empty && it.Part == PageNumber
				}
				if empty && s.Number > 0 {
					p.onPage(i+1, itoa(s.Number), "")
				}
			}
		}},
		{"F015", Warn, ByLayout, "附件与正文一起装订的，页码应连续编排", "GB/T 9704-2012 7.5", func(p *paper) {
			last := 0
			for i, s := range p.sheets() {
				if s.Number > 0 && s.Number <= last {
					p.onPage(i+1, itoa(s.Number), "")
					return
				}
				last = max(last, s.Number)
			}
		}},
	}}
}

func (p *paper) imprintLines() []spot {
	lines := p.spots(RuleItem, Printer)
	slices.SortStableFunc(lines, func(a, b spot) int {
		switch {
		case a.sheet != b.sheet:
			return a.sheet - b.sheet
		case a.Y < b.Y:
			return -1
		case a.Y > b.Y:
			return 1
		}
		return 0
	})
	return lines
}

func imprintWeights(p *paper) {
	lines := p.imprintLines()
	for i, s := range lines {
		want := 0.25
		if i == 0 || i == len(lines)-1 {
			want = 0.35
		}
		if !closeTo(s.H, want, 0.06) {
			p.onSpot(s)
			return
		}
	}
}

func imprintBottom(p *paper) {
	lines := p.imprintLines()
	if len(lines) == 0 || p.doc.Layout == gongwen.Letter {
		return
	}
	if s := lines[len(lines)-1]; s.sheet != len(p.sheets()) || !closeTo(s.Y+s.H/2, areaBottom, 0.6) {
		p.onSpot(s)
	}
}

// numberSide: the number keeps one character of its own size from the edge of the text area.
func numberSide(p *paper) {
	const one, slack = 14 * 25.4 / 72, 3.0
	for _, s := range p.spots(TextItem, PageNumber) {
		odd := p.sheets()[s.sheet-1].Number%2 == 1
		if odd && !closeTo(s.right(), areaRight-one, slack) || !odd && !closeTo(s.X, areaLeft+one, slack) {
			p.onSpot(s)
			return
		}
	}
}

func lineBetween(p *paper) {
	lines := p.imprintLines()
	for _, main := range p.spots(TextItem, Recipients) {
		if len(lines) == 0 || main.sheet != lines[0].sheet || main.Y < lines[0].Y {
			continue // at its usual place, not in 版记
		}
		for _, copies := range p.spots(TextItem, CopiesTo) {
			for _, line := range lines {
				if line.sheet == main.sheet && copies.sheet == main.sheet && line.Y > main.Y && line.Y < copies.Y {
					p.onSpot(line)
					return
				}
			}
		}
	}
}
