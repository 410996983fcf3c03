package lint

import (
	"os"
	"path/filepath"
	"testing"
)

// The documents of the sample office are what a careful secretary writes: nothing may be found in them.
func TestCleanDocumentsAreSilent(t *testing.T) {
	files, err := filepath.Glob("testdata/clean/*.txt")
	if err != nil || len(files) < 9 {
		t.Fatalf("only %d clean documents: %v", len(files), err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			doc, found := CheckText(string(data), Options{})
			if doc.Title == "" || len(doc.Body) < 2 {
				t.Fatalf("not read as a document: %+v", doc)
			}
			for _, f := range found {
				t.Errorf("%s %s", f.ID, f.Explain())
			}
		})
	}
}
