package lint

import (
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// tenThousand is a document of ten thousand characters made of the clean ones.
func tenThousand(tb testing.TB) *gongwen.Document {
	tb.Helper()
	var b strings.Builder
	for _, name := range []string{"notice", "report", "request", "letter", "minutes"} {
		data, err := os.ReadFile("testdata/clean/" + name + ".txt")
		if err != nil {
			tb.Fatal(err)
		}
		b.Write(data)
	}
	doc := gongwen.Parse(strings.Repeat(b.String(), 4))
	n := 0
	for _, block := range doc.Body {
		n += utf8.RuneCountInString(block.Text)
	}
	for n < 10000 {
		doc.Body = append(doc.Body, doc.Body...)
		n *= 2
	}
	for n > 10400 {
		n -= utf8.RuneCountInString(doc.Body[len(doc.Body)-1].Text)
		doc.Body = doc.Body[:len(doc.Body)-1]
	}
	return doc
}

func BenchmarkCheckTenThousandCharacters(b *testing.B) {
	doc := tenThousand(b)
	Check(doc, Options{})
	b.ResetTimer()
	for b.Loop() {
		Check(doc, Options{})
	}
}

// Ten milliseconds are the promise; the test allows for a busy machine.
func TestCheckIsFast(t *testing.T) {
	doc := tenThousand(t)
	Check(doc, Options{})
	best := time.Hour
	for range 15 {
		start := time.Now()
		Check(doc, Options{})
		best = min(best, time.Since(start))
	}
	if best > 30*time.Millisecond {
		t.Errorf("10,000 characters took %v", best)
	}
}

func FuzzCheck(f *testing.F) {
	// Short seeds: the sentences of the rules reach all finders, and long ones only slow the fuzzer down.
	data, err := os.ReadFile("testdata/sentences.tsv")
	if err != nil {
		f.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if i%4 == 0 {
			f.Add(strings.ReplaceAll(line, "\t", "\n"))
		}
	}
	for _, s := range []string{"", "《", "一、", "附件1", "\xff\xfe", "（）（", "〔2026〕", "“”“", "2026年13月45日", "1.\n（一）\n①", "抄送：", "版式：信函\n标题：\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc, found := CheckText(text, Options{Office: &Office{Organs: []string{"临溪县水利局"}, Phrases: []string{"全面推进依法行政实施纲要"}}})
		for _, x := range found {
			if x.Place.Start < 0 || x.Place.End < x.Place.Start || !utf8.ValidString(x.Text) && utf8.ValidString(text) {
				t.Fatalf("impossible place: %+v", x)
			}
			if n := utf8.RuneCountInString(x.Text); n != x.Place.End-x.Place.Start {
				t.Fatalf("text and place differ: %+v", x)
			}
			_ = x.Explain()
		}
		FixAll(doc, Options{})
	})
}
