package font

import (
	"os"
	"slices"
	"testing"
)

func TestEmbeddedCoverage(t *testing.T) {
	set := Embedded()
	for _, role := range []Role{FangSong, Title, Hei, Kai} {
		for _, r := range "临溪县人民政府关于（）《》〔〕“”…—，。；：？！0123456789★·" {
			if !set.Font(role).Has(r) {
				t.Errorf("%s缺字%q", role, r)
			}
		}
	}
	for _, r := range "㛃喆堃翀䶮珺翯旻祎镕邨龢𬭎" { // in names of people, not in the main fonts
		if _, g := set.Pick(FangSong, r); g == 0 {
			t.Errorf("没有字体能显示%q", r)
		}
	}
	if f, g := set.Pick(FangSong, '\U0010FFFD'); f != set.Font(FangSong) || g != 0 {
		t.Error("没有的字应为该字体的缺字")
	}
}

func TestWidths(t *testing.T) {
	set := Embedded()
	if w := set.Width(FangSong, "临溪县", 16); w < 16.9 || w > 17 {
		t.Errorf("三个三号字宽%.3f毫米，应为16.933", w)
	}
	if w := set.Font(Song).Width("12", 14); w < 4.9 || w > 5 {
		t.Errorf("两个四号半角数字宽%.3f毫米，应为4.939", w)
	}
}

// TestCutKeepsOutlines: a glyph of a subset is drawn as in the whole font, though its subroutines are gone.
func TestCutKeepsOutlines(t *testing.T) {
	whole := Embedded().Font(Kai)
	chars := []rune("临溪县人民政府办公室关于印发《》（）〔2026〕12号")
	cut, err := Parse(whole.Cut(chars), 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range chars {
		a, b := whole.Outline(whole.Glyph(r)), cut.Outline(cut.Glyph(r))
		if len(a) == 0 || !slices.Equal(a, b) {
			t.Errorf("%q的轮廓在子集中不同", r)
		}
		if whole.Advance(whole.Glyph(r)) != cut.Advance(cut.Glyph(r)) {
			t.Errorf("%q的宽度在子集中不同", r)
		}
	}
	if cut.Has('乙') {
		t.Error("子集中有没有要的字")
	}
}

// TestWidthsAgree: the widths a PDF lists, from hmtx, are those in the embedded programs, as ISO 19005-2 6.2.11.5 wants.
func TestWidthsAgree(t *testing.T) {
	set := Embedded()
	for _, role := range []Role{FangSong, Title, Hei, Kai, Song} {
		f := set.Font(role)
		for g := GID(0); int(g) < f.glyphs; g += 7 {
			if got := f.cff.run(g).advance; got != float64(f.Advance(g)) {
				t.Fatalf("%s第%d个字形宽%v，表中为%d", f.Name(), g, got, f.Advance(g))
			}
		}
	}
}

func TestTrueTypeSubset(t *testing.T) {
	whole := Embedded().Font(Roman)
	glyphs := []GID{0}
	for _, r := range "A2é%" { // é is composite
		glyphs = append(glyphs, whole.Glyph(r))
	}
	s := whole.Subset(glyphs)
	cut, err := Parse(s.Data, 0)
	if err != nil || s.CFF {
		t.Fatal(err)
	}
	for i, g := range glyphs[1:] {
		if a, b := whole.Outline(g), cut.Outline(GID(i+1)); len(a) == 0 || !slices.Equal(a, b) {
			t.Errorf("第%d个字形在子集中不同", i+1)
		}
	}
	if len(s.Data) > len(whole.tables["glyf"])/4 {
		t.Errorf("子集有%d字节，太大", len(s.Data))
	}
}

func TestInkLiesInEmBox(t *testing.T) {
	f := Embedded().Font(FangSong)
	ink, ok := f.Ink(f.Glyph('国'))
	top, bottom := float64(f.Ascent()), float64(f.Descent())
	if !ok || ink.X0 < 0 || ink.X1 > 1000 || ink.Y0 < bottom || ink.Y1 > top || ink.X1-ink.X0 < 600 {
		t.Errorf("“国”的墨迹为%+v，字身为%v–%v", ink, bottom, top)
	}
	if middle := (ink.Y0 + ink.Y1) / 2; middle < (top+bottom)/2-30 || middle > (top+bottom)/2+30 {
		t.Errorf("“国”不在字身正中：%v", middle)
	}
}

// FuzzFont: whatever the file, reading it gives a font or an error, and drawing from it does not panic.
func FuzzFont(f *testing.F) {
	digits, err := os.ReadFile("files/FandolSong-Digits.otf")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(digits)
	roman := Embedded().Font(Roman)
	f.Add(roman.Subset([]GID{0, roman.Glyph('A'), roman.Glyph('é')}).Data)
	f.Fuzz(func(t *testing.T, data []byte) {
		for index := range 2 {
			face, err := Parse(data, index)
			if err != nil {
				continue
			}
			for _, r := range "05A—é\U00020000" {
				g := face.Glyph(r)
				face.Ink(g)
				face.Advance(g)
				face.Subset([]GID{0, g})
			}
			face.Outline(GID(len(data) % 70000))
		}
	})
}
