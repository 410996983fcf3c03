package lint

import (
	"os"
	"path/filepath"
	"testing"
)

// The documents of the sample office are what a careful secretary writes, the published ones are written as
// offices of all levels put theirs on the web: nothing may be found in them.
func TestCleanDocumentsAreSilent(t *testing.T) {
	files, err := filepath.Glob("testdata/[cp]*/*.txt")
	if err != nil || len(files) < 16 {
		t.Fatalf("only %d clean documents: %v", len(files), err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			doc, found := CheckText(string(data), Options{})
			if doc.Title == "" && doc.Number == "" || len(doc.Body)+len(doc.Attachments) < 2 {
				t.Fatalf("not read as a document: %+v", doc)
			}
			for _, f := range found {
				t.Errorf("%s %s", f.ID, f.Explain())
			}
		})
	}
}

// Each sentence is right and looks like a mistake to a careless rule.
func TestInnocentSentences(t *testing.T) {
	for _, sentence := range lines(t, "testdata/innocent.txt") {
		_, found := CheckText(asDocument("", sentence), Options{})
		for _, f := range found {
			t.Errorf("%s: %s", f.ID, f.Explain())
		}
	}
}

// What older rules demanded and the standard of 2012 dropped must not be asked for.
func TestOutdatedThingsAreNotDemanded(t *testing.T) {
	clean := "版式：公文\n发文机关：临溪县人民政府\n发文字号：临政发〔2026〕12号\n标题：临溪县人民政府关于做好防汛工作的通知\n主送：各乡镇人民政府\n\n" +
		"各单位要落实责任，做好防汛工作。\n署名：临溪县人民政府\n日期：2026年3月5日\n抄送：县委办公室\n印发：临溪县人民政府办公室　2026年3月6日印发\n"
	doc, found := CheckText(clean, Options{})
	for _, f := range found { // no 主题词, an Arabic date, no 共印份数, no copy number, no urgency
		t.Errorf("%s: %s", f.ID, f.Explain())
	}
	for n := 2; n <= 4; n++ { // four small seals in one row are fine as long as they do not touch
		pages := without(2, func(it Item) bool { return it.Kind == SealItem })(sealedPages())
		for i := range n {
			x := areaLeft + 1 + float64(i)*38
			pages = add(2, Item{Kind: SealItem, X: x, Y: areaTop + 3.2*cellHeight, W: 37, H: 37},
				row(Signature, i+1, 0, 4, x+5, 27, "临溪县水利局", "仿宋"))(pages)
		}
		for _, id := range []string{"S013", "S015"} {
			if f := raised(Check(doc, Options{Geometry: pages}), id); f != nil {
				t.Errorf("%d seals in a row: %s", n, f.Explain())
			}
		}
	}
}

// Whole pages of a web site lack the head: what is not there must not be called missing.
func TestFragmentsAreNotBlamed(t *testing.T) {
	for _, text := range []string{
		"关于组织开展安全生产月活动的通知\n各镇（街道）安委会：\n　　现就有关事项通知如下：\n　　一、活动时间\n　　2026年6月1日至30日。\n　　二、活动内容\n　　（一）学习宣传\n　　各单位要组织学习。\n　　（二）咨询活动\n　　6月16日，集中开展咨询活动。\n",
		"临溪县水利局关于防汛工作情况的报告\n临溪县人民政府：\n　　今年汛情平稳。\n　　特此报告。\n",
		"临溪县人民政府\n2026年3月5日\n",
		"",
	} {
		_, found := CheckText(text, Options{})
		for _, f := range found {
			t.Errorf("%s: %s", f.ID, f.Explain())
		}
	}
}
