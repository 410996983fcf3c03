package render_test

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
	"github.com/chengqi-oa/chengqi/gongwen/render"
)

const tolerance = 0.3 // mm

// Lengths of GB/T 9704-2012 that expectations are written in.
var lengths = map[string]float64{
	"":  1,
	"c": 156.0 / 28,         // 一字
	"p": 225.0 / 22,         // 一行
	"g": 14 * ptMM,          // 四号字
	"h": 16 * ptMM,          // 三号字
	"t": 22 * ptMM,          // 二号字
	"l": 225.0/22 - 16*ptMM, // between two lines
}

type document struct {
	name  string
	model *gongwen.Document
	pdf   []byte
}

func documents(t *testing.T) []document {
	t.Helper()
	files, err := filepath.Glob("../testdata/documents/*.txt")
	if err != nil || len(files) < 40 {
		t.Fatalf("只有%d份样例公文：%v", len(files), err)
	}
	var out []document
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		d := document{name: strings.TrimSuffix(filepath.Base(f), ".txt"), model: gongwen.Parse(string(text))}
		if d.pdf, err = render.PDF(d.model, render.Options{Layout: layout.Options{NoSealArt: true}}); err != nil {
			t.Fatalf("%s：%v", d.name, err)
		}
		out = append(out, d)
	}
	return out
}

var term = regexp.MustCompile(`([+-]?)(?:\{([^}]+)\}\.(\w+)|([0-9.]+)([cpghtl]?))`)

// eval computes an expectation such as 184-4c or {2026年3月5日}.centre.
func eval(t *testing.T, s sheet, expr string) float64 {
	t.Helper()
	sum := 0.0
	for _, m := range term.FindAllStringSubmatch(expr, -1) {
		v := 0.0
		if m[2] != "" {
			l, ok := s.find(m[2])
			if !ok {
				t.Errorf("页面上没有%q", m[2])
			}
			v = l.edge(m[3])
		} else {
			n, err := strconv.ParseFloat(m[4], 64)
			if err != nil {
				t.Fatal(err)
			}
			v = n * lengths[m[5]]
		}
		if m[1] == "-" {
			v = -v
		}
		sum += v
	}
	return sum
}

func (l line) edge(name string) float64 {
	switch name {
	case "left":
		return l.left
	case "right":
		return l.right
	case "top":
		return l.top
	case "centre":
		return (l.left + l.right) / 2
	}
	return math.NaN()
}

// TestGeometry 版面位置：成品PDF中各要素的位置与国标所定之差不超过0.3毫米。
func TestGeometry(t *testing.T) {
	poppler(t)
	f, err := os.Open("../testdata/geometry.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	sheets := map[string][]sheet{}
	for _, d := range documents(t) {
		sheets[d.name] = readBack(t, d.pdf, false)
	}
	for i, row := range rows[1:] {
		doc, text, edge, expr := row[0], row[2], row[3], row[4]
		page, _ := strconv.Atoi(row[1])
		if page < 1 || page > len(sheets[doc]) {
			t.Errorf("第%d行：%s没有第%d页", i+2, doc, page)
			continue
		}
		s := sheets[doc][page-1]
		l, ok := s.find(text)
		if !ok {
			t.Errorf("%s第%d页没有%q，有：%s", doc, page, text, s.text())
			continue
		}
		if got, want := l.edge(edge), eval(t, s, expr); math.Abs(got-want) > tolerance {
			t.Errorf("%s第%d页 %s 的%s为%.2f，应为%s=%.2f", doc, page, text, edge, got, expr, want)
		}
	}
}

func (s sheet) text() string {
	var b strings.Builder
	for _, l := range s.lines {
		b.WriteString(l.text + " | ")
	}
	return b.String()
}

// TestInk 红线、版记、页码：量成品PDF上的墨迹。
func TestInk(t *testing.T) {
	poppler(t)
	var wait sync.WaitGroup
	gate := make(chan bool, 2)
	for _, d := range documents(t) {
		wait.Add(1)
		gate <- true
		go func() {
			defer func() { <-gate; wait.Done() }()
			sheets := readBack(t, d.pdf, true)
			checkHead(t, d, sheets[0])
			checkImprint(t, d, sheets)
			for i, s := range sheets {
				checkPageNumber(t, d, i+1, s)
				checkInside(t, d, i+1, s)
			}
		}()
	}
	wait.Wait()
}

func near(t *testing.T, doc, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > tolerance {
		t.Errorf("%s：%s为%.2f毫米，应为%.2f毫米", doc, what, got, want)
	}
}

// checkHead: where the ink of the mark begins, and the red lines (7.2.4, 7.2.7, 10.1–10.3).
func checkHead(t *testing.T, d document, s sheet) {
	top, _, marked := s.ink.span(s.ink.red, 20, 190, 0, 200)
	rules := s.ink.rules(s.ink.red)
	if marked != (d.model.Layout != gongwen.Plain) {
		t.Errorf("%s：发文机关标志不该如此：%v", d.name, marked)
		return
	}
	switch d.model.Layout {
	case gongwen.Letter:
		near(t, d.name, "标志上边缘", top, 30)
		if len(rules) != 4 {
			t.Errorf("%s：信函应有上下两组双线，有%d条", d.name, len(rules))
			return
		}
		_, low, _ := s.ink.span(s.ink.red, 20, 190, 0, rules[0].top-1)
		near(t, d.name, "标志到双线", rules[0].top-low, 4)
		near(t, d.name, "下双线中心", (rules[2].top+rules[3].bottom)/2, 277)
		for _, r := range rules {
			near(t, d.name, "双线左端", r.left, 20)
			near(t, d.name, "双线右端", r.right, 190)
		}
		if rules[0].bottom-rules[0].top <= rules[1].bottom-rules[1].top || rules[2].bottom-rules[2].top >= rules[3].bottom-rules[3].top {
			t.Errorf("%s：双线应上粗下细、下组上细下粗：%v", d.name, rules)
		}
		l, _ := s.find(d.model.Number)
		near(t, d.name, "文号到上双线", l.top-rules[1].bottom, 16*ptMM*7/8)
	case gongwen.Order:
		near(t, d.name, "标志上边缘", top, 57)
		_, low, _ := s.ink.span(s.ink.red, 28, 184, 40, 100)
		l, _ := s.find(d.model.Number)
		near(t, d.name, "标志到令号", l.top-low, 2*lengths["p"])
	case gongwen.General, gongwen.Upward, gongwen.Minutes:
		near(t, d.name, "标志上边缘", top, 72)
		if len(rules) != 1 {
			t.Errorf("%s：红线应为一条，有%d条", d.name, len(rules))
			return
		}
		near(t, d.name, "红线左端", rules[0].left, 28)
		near(t, d.name, "红线右端", rules[0].right, 184)
		l, ok := s.find(d.model.Number)
		if !ok {
			t.Errorf("%s：没有发文字号：%s", d.name, s.text())
			return
		}
		_, low, _ := s.ink.span(s.ink.black, l.left, l.right, l.top, rules[0].top-1)
		near(t, d.name, "文号到红线", rules[0].top-low, 4)
		if d.model.Title != "" {
			first := s.below(rules[0].bottom)
			near(t, d.name, "红线到标题", first.top-rules[0].bottom, 2*lengths["p"])
		}
	}
}

// below gives the first line of text under a height.
func (s sheet) below(y float64) line {
	best := line{top: math.Inf(1)}
	for _, l := range s.lines {
		if l.top > y && l.top < best.top {
			best = l
		}
	}
	return best
}

// checkImprint: 版记 ends on the lower edge of the text area; thick, thin, thick (7.4). A letter has no lines.
func checkImprint(t *testing.T, d document, sheets []sheet) {
	s := sheets[len(sheets)-1]
	rules := s.ink.rules(s.ink.black)
	var imprint []rule
	for _, r := range rules {
		if r.top > 240 || d.model.RecipientsLast {
			imprint = append(imprint, r)
		}
	}
	entries := 0
	for _, e := range []string{d.model.CopiesTo, d.model.Printer} {
		if e != "" {
			entries++
		}
	}
	if d.model.Layout == gongwen.Letter || entries == 0 {
		if len(imprint) > 0 {
			t.Errorf("%s：不应有版记线：%v", d.name, imprint)
		}
		return
	}
	if len(imprint) == 0 {
		t.Errorf("%s：没有版记线", d.name)
		return
	}
	last := imprint[len(imprint)-1]
	near(t, d.name, "版记末线", (last.top+last.bottom)/2, 262)
	near(t, d.name, "版记线左端", last.left, 28)
	near(t, d.name, "版记线右端", last.right, 184)
	if w := last.bottom - last.top; w < 0.25 || w > 0.45 {
		t.Errorf("%s：版记末线粗%.2f毫米，应为0.35", d.name, w)
	}
}

// checkPageNumber: 7 mm below the text area, odd right, even left, one character in (7.5).
func checkPageNumber(t *testing.T, d document, n int, s sheet) {
	l, ok := s.find(fmt.Sprintf("—%d—", n))
	if !ok {
		if imprintOnly := len(s.lines) <= 4 || d.name == "31-recipients-moved"; !imprintOnly && (n > 1 || d.model.Layout != gongwen.Letter) {
			t.Errorf("%s：第%d页没有页码", d.name, n)
		}
		return
	}
	if n == 1 && d.model.Layout == gongwen.Letter {
		t.Errorf("%s：信函首页不显示页码", d.name)
	}
	top, _, _ := s.ink.span(s.ink.grey, l.left, l.left+2, 264, 275)
	near(t, d.name, "页码一字线", top, 269)
	if n%2 == 1 {
		near(t, d.name, "单页码右端", l.right, 184-lengths["g"])
	} else {
		near(t, d.name, "双页码左端", l.left, 28+lengths["g"])
	}
}

// grey takes thin strokes too.
func (p *picture) grey(x, y int) bool { return p.rgb[3*(y*p.w+x)] < 230 }

// checkInside: no text outside the text area but the page number (5.2).
func checkInside(t *testing.T, d document, n int, s sheet) {
	for _, l := range s.lines {
		if l.top > 264 || len([]rune(l.text)) < 2 || d.model.Layout == gongwen.Letter && n == 1 {
			continue
		}
		right := 184 + tolerance
		if strings.ContainsAny(lastOf(l.text), "，。、；：）》”") { // the blank half of a mark may stand outside
			right += lengths["c"] / 2
		}
		if l.left < 28-tolerance || l.right > right || l.top < 37-tolerance || l.bottom > 262+tolerance {
			t.Errorf("%s第%d页：%s 越出版心：%.2f–%.2f, %.2f–%.2f", d.name, n, l.text, l.left, l.right, l.top, l.bottom)
		}
	}
}

func lastOf(s string) string {
	r := []rune(s)
	return string(r[len(r)-1:])
}

// TestGrid 版心22行28字：整面都是汉字时恰好22行，每行28字。
func TestGrid(t *testing.T) {
	poppler(t)
	for _, d := range documents(t) {
		if d.name != "04-grid" && d.name != "34-strict" {
			continue
		}
		s := readBack(t, d.pdf, false)[1]
		rows := 0
		for _, l := range s.lines {
			if l.top > 262 {
				continue
			}
			near(t, d.name, fmt.Sprintf("第%d行上边缘", rows+1), l.top, 37+float64(rows)*lengths["p"])
			rows++
			if n := len([]rune(l.text)); n == 28 {
				near(t, d.name, "行首", l.left, 28)
				near(t, d.name, "行尾", l.right, 184)
			} else if n > 28 {
				t.Errorf("%s：第%d行有%d字", d.name, rows, n)
			}
		}
		if rows != 22 {
			t.Errorf("%s：整面%d行，应为22行", d.name, rows)
		}
	}
}
