package finished_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
	"github.com/chengqi-oa/chengqi/gongwen/lint"
	"github.com/chengqi-oa/chengqi/gongwen/lint/finished"
)

// Our own typesetter keeps every rule of layout, for every kind of document.
func TestOwnPagesKeepTheRulesOfLayout(t *testing.T) {
	byLayout := map[string]bool{}
	for _, r := range lint.Rules() {
		byLayout[r.ID] = r.Evidence == lint.ByLayout
	}
	files, err := filepath.Glob("../../testdata/documents/*.txt")
	if err != nil || len(files) < 30 {
		t.Fatalf("only %d documents: %v", len(files), err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range finished.Check(gongwen.Parse(string(data)), lint.Options{}) {
				unsealed := f.ID == "S011" && strings.Contains(name, "unsealed") // these show how papers without seals are set
				if byLayout[f.ID] && !unsealed {
					t.Errorf("%s %s", f.ID, f.Explain())
				}
			}
		})
	}
}

// A spoiled page is noticed: the translation carries the places through.
func TestMovedThingsAreFound(t *testing.T) {
	data, err := os.ReadFile("../../testdata/documents/01-notice.txt")
	if err != nil {
		t.Fatal(err)
	}
	doc := gongwen.Parse(string(data))
	pages := layout.Lay(doc, font.Embedded(), layout.Options{})
	for i := range pages {
		for j := range pages[i].Rules {
			if pages[i].Rules[j].Element == layout.RedLine {
				pages[i].Rules[j].X1, pages[i].Rules[j].X2 = 20, 190
			}
		}
		for j := range pages[i].Seals {
			pages[i].Seals[j].X = 170
		}
	}
	found := map[string]bool{}
	for _, f := range lint.Check(doc, lint.Options{Geometry: finished.Of(doc, pages)}) {
		found[f.ID] = true
	}
	for _, id := range []string{"V007", "S015"} {
		if !found[id] {
			t.Errorf("%s not found", id)
		}
	}
}
