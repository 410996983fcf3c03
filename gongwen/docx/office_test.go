package docx_test

import (
	"encoding/xml"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/gongwen/layout"
)

// LibreOffice shows as many pages as the layout has; mark, number, title and recipients stand where the layout puts
// them, and 版记 on the lower edge of the text area. It is an office program that knows nothing of ours.
func TestLibreOfficeShowsTheSame(t *testing.T) {
	for _, tool := range []string{"soffice", "mutool"} {
		if _, err := exec.LookPath(tool); err != nil || testing.Short() {
			t.Skip("没有安装" + tool)
		}
	}
	dir := t.TempDir()
	docs := documents(t)
	args := []string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", "pdf", "--outdir", dir}
	for name, d := range docs {
		file := filepath.Join(dir, name+".docx")
		if err := os.WriteFile(file, written(t, d), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	if out, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("%v：%s", err, out)
	}
	other := 0
	for name, d := range docs {
		pages := layout.Lay(d, font.Embedded(), layout.Options{})
		shown := baselines(t, filepath.Join(dir, name+".pdf"))
		if len(shown) != len(pages) {
			t.Logf("%s：LibreOffice %d页，应为%d页", name, len(shown), len(pages))
			other++
			continue
		}
		for i, p := range pages {
			for _, r := range p.Runs {
				within := 0.0
				switch r.Element {
				case layout.Mark, layout.Number, layout.Signers:
					within = 0.3
				case layout.Title, layout.Recipients:
					within = 1.2
				case layout.CopiesTo, layout.Printing, layout.PageNumber:
					within = 1.2
				}
				if within > 0 && !near(shown[i], r.Y, within) {
					t.Errorf("%s第%d页：“%s”的基线应在%.1f毫米，页上有%.1f", name, i+1, r.Text(), r.Y, shown[i])
					break
				}
			}
		}
	}
	// It spaces digits and characters apart whatever the file says, so that a long table may run on.
	if other > len(docs)/20 {
		t.Errorf("%d件公文的页数不同", other)
	}
}

func near(list []float64, y, within float64) bool {
	for _, v := range list {
		if math.Abs(v-y) <= within {
			return true
		}
	}
	return false
}

// notXML are references to characters XML does not know, which mutool writes for glyphs without text.
var notXML = regexp.MustCompile(`&#x?[0-9a-fA-F]+;`)

// baselines gives the heights in mm at which characters stand, page by page.
func baselines(t *testing.T, file string) [][]float64 {
	t.Helper()
	out, err := exec.Command("mutool", "draw", "-q", "-F", "stext", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	var pages [][]float64
	d := xml.NewDecoder(strings.NewReader(notXML.ReplaceAllString(string(out), "?")))
	for {
		token, err := d.Token()
		if err != nil {
			return pages
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "page":
			pages = append(pages, nil)
		case "char":
			for _, a := range start.Attr {
				if y, err := strconv.ParseFloat(a.Value, 64); a.Name.Local == "y" && err == nil && len(pages) > 0 {
					pages[len(pages)-1] = append(pages[len(pages)-1], y*font.PointMM)
				}
			}
		}
	}
}
