package render_test

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// The finished PDF is read back by programs that know nothing of ours: poppler's pdftotext gives the words and
// their boxes, pdftoppm the ink.

const ptMM = 25.4 / 72

// line is a line of text on a page, in mm. Top is the top of the em box of its Chinese characters.
type line struct {
	text                     string
	left, right, top, bottom float64
}

type sheet struct {
	lines []line
	ink   *picture
}

func poppler(t *testing.T) {
	t.Helper()
	for _, tool := range []string{"pdftotext", "pdftoppm"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("没有安装poppler，不能读回版面")
		}
	}
}

// readBack reads a PDF; ink is read for the pages asked for.
func readBack(t *testing.T, pdf []byte, ink bool) []sheet {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-bbox", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	sheets := parseWords(t, out)
	if !ink {
		return sheets
	}
	// 254 dots an inch: one dot is 0.1 mm.
	out, err = exec.Command("pdftoppm", "-r", "254", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(bytes.NewReader(out))
	for i := range sheets {
		if sheets[i].ink, err = readPPM(r); err != nil {
			t.Fatal(err)
		}
	}
	return sheets
}

func parseWords(t *testing.T, out []byte) []sheet {
	t.Helper()
	var sheets []sheet
	d := xml.NewDecoder(bytes.NewReader(out))
	d.Strict = false
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "page":
			sheets = append(sheets, sheet{})
		case "word":
			w := line{}
			for _, a := range start.Attr {
				var v float64
				fmt.Sscan(a.Value, &v)
				switch a.Name.Local {
				case "xMin":
					w.left = v * ptMM
				case "xMax":
					w.right = v * ptMM
				case "yMin":
					w.top = v * ptMM
				case "yMax":
					w.bottom = v * ptMM
				}
			}
			if err := d.DecodeElement(&w.text, &start); err != nil {
				t.Fatal(err)
			}
			s := &sheets[len(sheets)-1]
			s.lines = append(s.lines, w)
		}
	}
	for i := range sheets {
		sheets[i].lines = joinWords(sheets[i].lines)
	}
	return sheets
}

// joinWords puts the words of one baseline together where no more than a character is between them.
func joinWords(words []line) []line {
	sort.SliceStable(words, func(i, k int) bool {
		a, b := words[i], words[k]
		if d := (a.top + a.bottom) - (b.top + b.bottom); d < -3 || d > 3 {
			return d < 0
		}
		return a.left < b.left
	})
	var out []line
	for _, w := range words {
		if n := len(out); n > 0 {
			l := &out[n-1]
			same := (l.top+l.bottom)-(w.top+w.bottom) < 2 && (w.top+w.bottom)-(l.top+l.bottom) < 2
			if gap := w.left - l.right; same && gap > -2 && gap < 6.5 {
				l.text += w.text
				l.right = max(l.right, w.right)
				if isHan(w.text) && !isHan(l.text) {
					l.top, l.bottom = w.top, w.bottom
				}
				continue
			}
		}
		out = append(out, w)
	}
	return out
}

func isHan(s string) bool {
	for _, r := range s {
		if r >= 0x4E00 && r <= 0x9FFF {
			return true
		}
	}
	return false
}

// picture is a page as dots of 0.1 mm.
type picture struct {
	w, h int
	rgb  []byte
}

func readPPM(r *bufio.Reader) (*picture, error) {
	var p picture
	var depth int
	if _, err := fmt.Fscanf(r, "P6\n%d %d\n%d\n", &p.w, &p.h, &depth); err != nil {
		return nil, err
	}
	p.rgb = make([]byte, 3*p.w*p.h)
	_, err := io.ReadFull(r, p.rgb)
	return &p, err
}

func (p *picture) red(x, y int) bool {
	i := 3 * (y*p.w + x)
	return p.rgb[i] > 150 && p.rgb[i+1] < 150 && p.rgb[i+2] < 150
}

func (p *picture) black(x, y int) bool {
	i := 3 * (y*p.w + x)
	return p.rgb[i] < 130 && p.rgb[i+1] < 130 && p.rgb[i+2] < 130
}

// span gives the first and last row of a colour between heights and edges, all in mm.
func (p *picture) span(is func(x, y int) bool, left, right, top, bottom float64) (from, to float64, ok bool) {
	for y := int(top * 10); y < min(int(bottom*10), p.h); y++ {
		for x := int(left * 10); x < min(int(right*10), p.w); x++ {
			if is(x, y) {
				if !ok {
					from, ok = float64(y)/10, true
				}
				to = float64(y+1) / 10
				break
			}
		}
	}
	return from, to, ok
}

// rule is a horizontal line found in the picture.
type rule struct{ left, right, top, bottom float64 }

// rules finds the lines at least 140 mm long.
func (p *picture) rules(is func(x, y int) bool) []rule {
	var out []rule
	for y := range p.h {
		from, longest, start := -1, 0, 0
		for x := range p.w {
			if is(x, y) {
				if from < 0 {
					from = x
				}
				if x-from+1 > longest {
					longest, start = x-from+1, from
				}
			} else {
				from = -1
			}
		}
		if longest < 1400 {
			continue
		}
		top := float64(y) / 10
		if n := len(out); n > 0 && top-out[n-1].bottom < 0.05 {
			out[n-1].bottom = top + 0.1
			continue
		}
		out = append(out, rule{float64(start) / 10, float64(start+longest) / 10, top, top + 0.1})
	}
	return out
}

// find gives the line with exactly this text.
func (s sheet) find(text string) (line, bool) {
	text = strings.NewReplacer(" ", "", "　", "").Replace(text)
	for _, l := range s.lines {
		if l.text == text {
			return l, true
		}
	}
	return line{}, false
}
