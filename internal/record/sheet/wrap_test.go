package sheet

import (
	"slices"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen/font"
	"pgregory.net/rapid"
)

func TestWrap(t *testing.T) {
	f := newFace(font.Embedded(), font.FangSong, 12)
	for _, c := range []struct {
		text  string
		chars float64 // width in characters
		want  string
	}{
		{"关于做好工作的通知", 5, "关于做好工|作的通知"},
		{"请研究，速办", 3, "请研|究，速|办"},    // no comma at a line's beginning
		{"见《纪要》办理", 2, "见|《纪|要》|办理"}, // no opening mark at a line's end
		{"临政办〔2026〕12号", 7, "临政办|〔2026〕12号"},
		{"定于11月18日召开", 4, "定于|11月18日|召开"},
		{"2026年11月18日", 4, "2026年|11月18日"},
		{"Microsoft", 3, "Micros|oft"}, // too wide for any line
		{"一\n\n二\n", 5, "一||二"},
		{"", 5, ""},
	} {
		if got := strings.Join(f.wrap(c.text, c.chars*f.em()+0.1), "|"); got != c.want {
			t.Errorf("%q 宽%v字：%s，应为%s", c.text, c.chars, got, c.want)
		}
	}
}

func TestWrapKeepsAllAndStaysWithin(t *testing.T) {
	f := newFace(font.Embedded(), font.FangSong, 10.5)
	alphabet := []rune("关于做好防汛工作，。（）《》“”、 2026ab〔〕号日\n")
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom(alphabet), 0, 60, -1).Draw(t, "text")
		width := rapid.Float64Range(4*f.em(), 20*f.em()).Draw(t, "width")
		lines := f.wrap(text, width)
		if got, want := squeeze(strings.Join(lines, "")), squeeze(text); got != want {
			t.Fatalf("%q 折成 %q", text, lines)
		}
		for _, line := range lines {
			// Only a line of marks that may not be parted, or the spaces left at its end, may be wider.
			if f.width(strings.TrimRight(line, " ")) > width+0.02 && !strings.ContainsAny(line, noStart+noEnd) {
				t.Fatalf("%q 宽于 %v", line, width)
			}
		}
	})
}

func TestBalanceBreaksNamesEvenly(t *testing.T) {
	f := newFace(font.Embedded(), font.Hei, 10.5)
	if got := f.balance("要求答复及期限", 6*f.em()+0.1); !slices.Equal(got, []string{"要求答复", "及期限"}) {
		t.Errorf("%q", got)
	}
}

func TestShareFillsTheWidthExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(t, "n")
		need, want := make([]float64, n), make([]float64, n)
		for i := range need {
			need[i] = rapid.Float64Range(8, 30).Draw(t, "need")
			want[i] = need[i] + rapid.Float64Range(0, 60).Draw(t, "more")
		}
		widths := share(need, want, 257)
		if total := sum(widths); total < 256.99 || total > 257.01 {
			t.Fatalf("各栏共宽 %v", total)
		}
		for i, w := range widths {
			if sum(need) < 257 && w < need[i]-0.01 {
				t.Fatalf("第%d栏宽 %v，少于所需 %v", i, w, need[i])
			}
		}
	})
}
