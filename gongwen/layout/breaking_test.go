package layout

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

func linesOf(text string) []string {
	s := newSetter(&gongwen.Document{}, font.Embedded(), Options{})
	var out []string
	for _, l := range breakLines(s.boxes([]span{{text, font.FangSong}}, s.body()), areaWidth, indent, 0) {
		var b strings.Builder
		for _, x := range l.boxes {
			b.WriteRune(x.char)
		}
		out = append(out, b.String())
	}
	return out
}

// TestBreaks 避头尾、不拆数字：what must not part does not part, wherever the line ends.
func TestBreaks(t *testing.T) {
	for _, whole := range []string{
		"2026年", "〔2026〕12号", "……", "——", "12.5%", "24小时", "第3号", "1200万", "GB/T", "（一）", "。”",
	} {
		for n := range 40 {
			text := strings.Repeat("字", n) + whole + strings.Repeat("文", 40)
			found := false
			for _, l := range linesOf(text) {
				found = found || strings.Contains(l, whole)
			}
			if !found {
				t.Errorf("%q在%d字之后被拆开：%q", whole, n, linesOf(text))
			}
		}
	}
}

var lineAlphabet = []rune("临溪县人民政府公文处理工作，。、；：？！“”《》（）〔〕…—·2026年3月5日12.5%第号ABC /-")

// TestLinesKeepText: no character is lost or doubled, no line begins or ends with a mark that must not stand
// there, and none is longer than the text area.
func TestLinesKeepText(t *testing.T) {
	s := newSetter(&gongwen.Document{}, font.Embedded(), Options{})
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom(lineAlphabet), 1, 200, -1).Draw(t, "text")
		checkLines(t, s, text)
	})
}

type reporter interface {
	Errorf(format string, args ...any)
}

func checkLines(t reporter, s *setter, text string) {
	lines := breakLines(s.boxes([]span{{text, font.FangSong}}, s.body()), areaWidth, indent, 0)
	var joined strings.Builder
	for _, l := range lines {
		for _, b := range l.boxes {
			joined.WriteRune(b.char)
		}
	}
	without := func(s string) string { return strings.ReplaceAll(s, " ", "") }
	if without(joined.String()) != without(text) {
		t.Errorf("断行丢字：%q 变为 %q", text, joined.String())
	}
	for _, l := range lines {
		runs := l.place(areaLeft, 0, s.body(), Body, Source{})
		if len(runs) == 0 {
			continue
		}
		if right := runs[len(runs)-1].Right(); right > areaRight+cell/2+0.2 && len(l.boxes) > 1 {
			t.Errorf("行超出版心：%.2f %q", right, text)
		}
	}
}

func FuzzLines(f *testing.F) {
	f.Add("为做好2026年防汛工作，现将有关事项通知如下。")
	f.Add("“《（〔2026〕”……——%%,,,")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\n\r") {
			t.Skip()
		}
		s := newSetter(&gongwen.Document{}, font.Embedded(), Options{})
		checkLines(t, s, text)
		s.breakTitle(text, s.style(font.Title, size2, Black))
	})
}

// TestMarksAtLineEnds counts on ordinary prose, in which every rule can be kept.
func TestMarksAtLineEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(3, 20).Draw(t, "sentences") {
			b.WriteString(strings.Repeat("字", rapid.IntRange(1, 30).Draw(t, "n")))
			b.WriteString(rapid.SampledFrom([]string{"，", "。", "（字）", "“字。”", "《字字》", "……", "——", "、"}).Draw(t, "mark"))
		}
		lines := linesOf(b.String())
		for i, l := range lines {
			first, _ := utf8.DecodeRuneInString(l)
			last, _ := utf8.DecodeLastRuneInString(l)
			if i > 0 && strings.ContainsRune("，。、；：？！）”》〉〕", first) {
				t.Errorf("行首标点：%q", l)
			}
			if isOpening(last) {
				t.Errorf("行末前引号：%q", l)
			}
		}
	})
}
