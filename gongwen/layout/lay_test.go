package layout

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/font"
)

func anyText(t *rapid.T, label string, most int) string {
	return strings.TrimSpace(rapid.StringOfN(rapid.RuneFrom(lineAlphabet), 1, most, -1).Draw(t, label)) + "字"
}

func anyDocument(t *rapid.T) *gongwen.Document {
	d := &gongwen.Document{
		Layout: rapid.SampledFrom([]gongwen.Layout{
			gongwen.General, gongwen.Upward, gongwen.Letter, gongwen.Order, gongwen.Minutes, gongwen.Plain, "",
		}).Draw(t, "layout"),
		Profile:    rapid.SampledFrom([]gongwen.Profile{gongwen.Office, gongwen.Strict}).Draw(t, "profile"),
		Number:     rapid.SampledFrom([]string{"", "临政发〔2026〕12号"}).Draw(t, "number"),
		Title:      rapid.SampledFrom([]string{"", "关于X的通知", anyText(t, "title", 90)}).Draw(t, "titled"),
		Recipients: rapid.SampledFrom([]string{"", anyText(t, "recipients", 400)}).Draw(t, "to"),
		Note:       rapid.SampledFrom([]string{"", anyText(t, "note", 60)}).Draw(t, "noted"),
		CopiesTo:   rapid.SampledFrom([]string{"", anyText(t, "copies", 200)}).Draw(t, "cc"),
		Printer:    rapid.SampledFrom([]string{"", anyText(t, "printer", 30)}).Draw(t, "by"),
		Date:       rapid.SampledFrom([]string{"", "2026年3月5日"}).Draw(t, "date"),
	}
	for range rapid.IntRange(0, 14).Draw(t, "organs") {
		organ := anyText(t, "organ", 30)
		d.Issuers = append(d.Issuers, organ)
		d.Signatures = append(d.Signatures, gongwen.Signature{Organ: organ})
		d.Signers = append(d.Signers, "周明远")
		if rapid.Bool().Draw(t, "sealed") {
			d.Seals = append(d.Seals, gongwen.Seal{Organ: organ, Diameter: rapid.SampledFrom([]float64{0, 42, 60, 500}).Draw(t, "mm")})
		}
	}
	for range rapid.IntRange(0, 12).Draw(t, "blocks") {
		switch rapid.IntRange(0, 5).Draw(t, "kind") {
		case 0:
			d.Body = append(d.Body, gongwen.Block{Kind: gongwen.TableBlock, Table: &gongwen.Table{
				Caption: rapid.SampledFrom([]string{"", "表名"}).Draw(t, "caption"), Landscape: rapid.Bool().Draw(t, "turned"),
				Rows: [][]string{{"序号", "任务"}, {"1", anyText(t, "cell", 2000)}, {anyText(t, "cell", 50)}},
			}})
		case 1:
			d.Body = append(d.Body, gongwen.Block{Kind: gongwen.ListBlock, Items: []string{anyText(t, "item", 80)}})
		default:
			d.Body = append(d.Body, gongwen.Block{Level: rapid.IntRange(0, 5).Draw(t, "level"), Text: anyText(t, "text", 600)})
		}
	}
	if rapid.Bool().Draw(t, "attached") {
		d.AttachmentNotes = []string{anyText(t, "name", 80), "二"}
		d.Attachments = []gongwen.Attachment{{Title: anyText(t, "name", 80), Blocks: d.Body}, {}}
	}
	return d
}

// TestNothingLost: whatever a document says, every character of its body is printed once, on the paper, above the
// lower edge of the text area, and the pages are numbered in order.
func TestNothingLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDocument(t)
		pages := Lay(d, font.Embedded(), Options{})
		var printed strings.Builder
		for i, p := range pages {
			if p.Number != i+1 {
				t.Fatalf("第%d页编为%d", i+1, p.Number)
			}
			for _, r := range p.Runs {
				if r.Element == Body && !r.Turned {
					if r.Y > areaBottom+0.5 && !(d.Layout == gongwen.Letter && i == 0) || r.Y < areaTop {
						t.Fatalf("第%d页正文越出版心：%.1f %s", i+1, r.Y, r.Text())
					}
				}
				if r.Element == Body && (r.Left() < 0 || r.Right() > PageHeight) {
					t.Fatalf("第%d页越出纸面：%s", i+1, r.Text())
				}
			}
		}
		for n, b := range d.Body {
			printed.Reset()
			for _, p := range pages {
				for _, r := range p.Runs {
					if r.Element == Body && r.Source == (Source{0, n, r.Source.From}) {
						printed.WriteString(r.Text())
					}
				}
			}
			if b.Table != nil { // its head is printed again on each page
				continue
			}
			without := func(s string) string { return strings.ReplaceAll(s, " ", "") }
			if got, want := without(printed.String()), without(b.PlainText()); got != want {
				t.Fatalf("正文第%d段印成%q，应为%q", n+1, got, want)
			}
		}
	})
}
