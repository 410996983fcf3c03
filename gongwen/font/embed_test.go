package font_test

import (
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// A font embedded for its characters shows each of them as the whole font does, also those beyond the basic plane.
func TestEmbedKeepsShapes(t *testing.T) {
	fonts := font.Embedded()
	for role, text := range map[font.Role]string{
		font.FangSong: "临溪县人民政府〔2026〕12号", font.Roman: "0123456789 Åé", font.Title: "文件",
	} {
		whole := fonts.Font(role)
		shapes := map[rune]font.GID{}
		for _, r := range text {
			shapes[r] = whole.Glyph(r)
		}
		part, err := font.Parse(whole.Embed(shapes), 0)
		if err != nil {
			t.Fatalf("%s：%v", role, err)
		}
		same(t, whole, part, shapes)
	}
	rare, g := fonts.Pick(font.FangSong, '\U00020164') // 𠅤 of 通用规范汉字表
	if g == 0 {
		t.Fatal("没有字体能画𠅤")
	}
	shapes := map[rune]font.GID{'\U00020164': g, '周': rare.Glyph(' ')}
	part, err := font.Parse(rare.Embed(shapes), 0)
	if err != nil {
		t.Fatal(err)
	}
	same(t, rare, part, shapes)
}

func same(t *testing.T, whole, part *font.Font, shapes map[rune]font.GID) {
	t.Helper()
	for r, g := range shapes {
		got := part.Glyph(r)
		if got == 0 {
			t.Errorf("“%c”没有字形", r)
			continue
		}
		if a, b := whole.Advance(g), part.Advance(got); a != b {
			t.Errorf("“%c”宽%d，应为%d", r, b, a)
		}
		a, okA := whole.Ink(g)
		b, okB := part.Ink(got)
		if a != b || okA != okB {
			t.Errorf("“%c”的墨迹%v，应为%v", r, b, a)
		}
	}
}
