package font

import (
	_ "embed" // the fonts below
	"fmt"
	"sync"
)

// Role 字体用途: what a typeface is used for in an official document.
type Role string

const (
	FangSong Role = "fangsong" // 仿宋: body and most elements
	Title    Role = "title"    // 小标宋: mark and title
	Hei      Role = "hei"      // 黑体: first level, secrecy, urgency
	Kai      Role = "kai"      // 楷体: second level, names of signers
	Song     Role = "song"     // 宋体: digits of the page number
	Roman    Role = "roman"    // 西文: digits and Latin letters within 仿宋 and 楷体
)

// Set 字体集: one font for each role, and fonts that draw the characters the others lack.
type Set struct {
	fonts    map[Role]*Font
	fallback []*Font
}

// The fonts are read where they lie in the program, each under a name of its own: out of an embed.FS they would be copied
// into memory, 31 MB of it.
var (
	//go:embed files/FandolFang-Regular.otf
	fangSong []byte
	//go:embed files/FandolSong-Bold.otf
	songBold []byte
	//go:embed files/FandolHei-Regular.otf
	hei []byte
	//go:embed files/FandolKai-Regular.otf
	kai []byte
	//go:embed files/FandolSong-Digits.otf
	songDigits []byte
	//go:embed files/LiberationSerif-Regular.ttf
	liberationSerif []byte
	//go:embed files/NotoSerifCJKsc-Rare.otf
	rareSerif []byte
)

// Embedded gives the open fonts shipped with the program.
var Embedded = sync.OnceValue(func() *Set {
	s, err := embedded()
	if err != nil {
		panic("the embedded fonts are damaged: " + err.Error()) // a broken build
	}
	return s
})

func embedded() (*Set, error) {
	s := &Set{fonts: map[Role]*Font{}}
	for role, data := range map[Role][]byte{FangSong: fangSong, Title: songBold, Hei: hei, Kai: kai, Song: songDigits, Roman: liberationSerif} {
		f, err := Parse(data, 0)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", role, err)
		}
		s.fonts[role] = f
	}
	rare, err := Parse(rareSerif, 0)
	s.fallback = []*Font{rare}
	return s, err
}

// With gives a set in which a role is taken by another font, such as one an office has licensed.
func (s *Set) With(role Role, f *Font) *Set {
	t := &Set{fonts: map[Role]*Font{}, fallback: s.fallback}
	for r, old := range s.fonts {
		t.fonts[r] = old
	}
	if old := s.fonts[role]; old != nil { // the one it replaces still draws what it lacks
		t.fallback = append([]*Font{old}, s.fallback...)
	}
	t.fonts[role] = f
	return t
}

// Font gives the font of a role.
func (s *Set) Font(role Role) *Font {
	if f := s.fonts[role]; f != nil {
		return f
	}
	return s.fonts[FangSong]
}

// Pick gives the font and glyph a character is drawn with: the font of the role, or else the first
// other one that has it, or glyph 0 of the role's font.
func (s *Set) Pick(role Role, r rune) (*Font, GID) {
	main := s.Font(role)
	if g := main.Glyph(r); g != 0 {
		return main, g
	}
	for _, f := range s.fallback {
		if g := f.Glyph(r); g != 0 {
			return f, g
		}
	}
	for _, other := range []Role{FangSong, Title, Hei, Kai} {
		if f := s.fonts[other]; f != nil {
			if g := f.Glyph(r); g != 0 {
				return f, g
			}
		}
	}
	return main, 0
}

// Width gives the length of a text in mm at a size in points, each character in the font that draws it.
func (s *Set) Width(role Role, text string, sizePt float64) float64 {
	w := 0.0
	for _, r := range text {
		f, g := s.Pick(role, r)
		w += float64(f.Advance(g)) / float64(f.upm)
	}
	return w * sizePt * PointMM
}
