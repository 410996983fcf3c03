package apptest

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"
)

// Printed reads the pages of a PDF back, in the order in which they were drawn, each on one line. Without poppler the test
// is passed over.
func Printed(t *testing.T, file []byte) []string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("没有pdftotext，不能读回")
	}
	cmd := exec.CommandContext(t.Context(), tool, "-raw", "-enc", "UTF-8", "-", "-")
	cmd.Stdin = bytes.NewReader(file)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	for i := range pages {
		pages[i] = strings.Join(strings.Fields(pages[i]), " ")
	}
	return pages
}
