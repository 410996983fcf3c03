package render_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/render"
)

// FuzzPDF: any text gives a PDF, whatever it says.
func FuzzPDF(f *testing.F) {
	files, _ := filepath.Glob("../testdata/documents/*.txt")
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 20_000 {
			t.Skip()
		}
		out, err := render.PDF(gongwen.Parse(text), render.Options{})
		if err != nil || len(out) < 1000 {
			t.Fatalf("没有排出：%v", err)
		}
	})
}
