package sheet

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen/font"
)

// spoken gives the words of a picture, as readers that speak find them.
func spoken(t *testing.T, picture string) string {
	t.Helper()
	var words strings.Builder
	d := xml.NewDecoder(strings.NewReader(picture))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return words.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "g" {
			continue
		}
		for _, a := range start.Attr {
			if a.Name.Local == "aria-label" {
				words.WriteString(a.Value)
			}
		}
	}
}

// characters sorts the characters of a text, as two readers take its pieces in different order.
func characters(s string) string {
	runes := []rune(squeeze(s))
	slices.Sort(runes)
	return string(runes)
}

// The screen shows the pages that print, with every character of them.
func TestScreenShowsWhatPrints(t *testing.T) {
	f := incomingSheet(t)
	f.Rows[8][0].Signs = []Sign{signedBy("陆怀谦", strings.Repeat("请水利局牵头研究办理，", 400), 15)}
	pages, w, h, err := f.Pages(font.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	if w != 210 || h != 297 {
		t.Errorf("纸张%v×%v", w, h)
	}
	printed := printText(t, "screen", func(out *bytes.Buffer) error { return f.WritePDF(out, font.Embedded()) })
	if n := strings.Count(printed, "\f"); n != len(pages) || n < 2 {
		t.Errorf("屏幕%d页，打印%d页", len(pages), n)
	}
	shown := ""
	for _, p := range pages {
		shown += spoken(t, p)
	}
	if characters(shown) != characters(printed) {
		t.Errorf("屏幕与打印的文字不同：\n%s\n%s", characters(shown), characters(printed))
	}
}

func TestBookShowsOnTheScreen(t *testing.T) {
	b := &Book{Title: "用印登记簿", Columns: []Column{{Name: "编号"}, {Name: "用印事由"}}, Rows: []Row{{Cells: []string{"1", "公函〔2026〕3号"}}}}
	pages, w, _, err := b.Pages(font.Embedded())
	if err != nil || len(pages) != 1 || w == 0 {
		t.Fatalf("%d页，%v", len(pages), err)
	}
	for _, want := range []string{"用印登记簿", "用印事由", "公函〔2026〕3号"} {
		if !strings.Contains(spoken(t, pages[0]), want) {
			t.Errorf("没有“%s”", want)
		}
	}
}
