package gongwen

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var (
	wordGen  = rapid.StringOfN(rapid.RuneFrom([]rune(`临溪县人民政府关于做好防汛工作的通知一二（）1.2、。，：附件表日期|\->《》〔2026〕号主送`)), 1, 24, -1)
	organGen = rapid.StringOfN(rapid.RuneFrom([]rune("临溪县人民政府办公室教育局水利")), 2, 12, -1)
)

func textGen() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string { return wordGen.Draw(t, "text") })
}

func blockGen() *rapid.Generator[Block] {
	return rapid.Custom(func(t *rapid.T) Block {
		text := textGen().Draw(t, "text")
		switch rapid.IntRange(0, 7).Draw(t, "kind") {
		case 0:
			return Block{Kind: Quote, Text: text}
		case 1:
			return Block{Kind: Centered, Text: text}
		case 2:
			return Block{Kind: ListBlock, Items: rapid.SliceOfN(textGen(), 1, 3).Draw(t, "items")}
		case 3:
			cols := rapid.IntRange(1, 3).Draw(t, "cols")
			rows := rapid.SliceOfN(rapid.SliceOfN(textGen(), cols, cols), 1, 3).Draw(t, "rows")
			if isRule(rows[0]) {
				rows[0][0] = "序号"
			}
			for _, r := range rows {
				if isRule(r) {
					r[0] = "序号"
				}
			}
			return Block{Kind: TableBlock, Table: &Table{
				Caption: rapid.SampledFrom([]string{"", "任务表"}).Draw(t, "caption"), Landscape: rapid.Bool().Draw(t, "turned"), Rows: rows,
			}}
		}
		return Block{Level: rapid.IntRange(0, 4).Draw(t, "level"), Text: text}
	})
}

func documentGen() *rapid.Generator[*Document] {
	return rapid.Custom(func(t *rapid.T) *Document {
		d := &Document{
			Layout:     rapid.SampledFrom([]Layout{General, Upward, Letter, Order, Minutes, Plain}).Draw(t, "layout"),
			Profile:    rapid.SampledFrom([]Profile{"", Strict}).Draw(t, "profile"),
			CopyNumber: rapid.SampledFrom([]string{"", "000012"}).Draw(t, "copy"),
			Secrecy:    rapid.SampledFrom([]Secrecy{{}, {"机密", "5年"}, {"秘密", ""}}).Draw(t, "secrecy"),
			Urgency:    rapid.SampledFrom([]string{"", "特急"}).Draw(t, "urgency"),
			Issuers:    rapid.SliceOfN(organGen, 1, 3).Draw(t, "issuers"),
			Number:     "临政发〔2026〕12号",
			Title:      strings.Join(rapid.SliceOfN(textGen(), 1, 3).Draw(t, "title"), "\n"),
			Body:       rapid.SliceOfN(blockGen(), 1, 6).Draw(t, "body"),
			Date:       rapid.SampledFrom([]string{"", "2026年3月5日"}).Draw(t, "date"),
			Note:       rapid.SampledFrom([]string{"", "此件公开发布"}).Draw(t, "note"),
			CopiesTo:   rapid.SampledFrom([]string{"", "县委办公室，县人大常委会办公室"}).Draw(t, "copies"),
			Printer:    rapid.SampledFrom([]string{"", "临溪县人民政府办公室"}).Draw(t, "printer"),
			PrintDate:  rapid.SampledFrom([]string{"", "2026年3月6日"}).Draw(t, "printed"),
		}
		d.AttachmentNotes = some(textGen(), 3).Draw(t, "notes")
		for _, organ := range some(organGen, 3).Draw(t, "signatures") {
			d.Signatures = append(d.Signatures, rapid.SampledFrom([]Signature{
				{Organ: organ}, {Organ: organ, Title: "县长", Name: "周明远"}, {Title: "县长", Name: "周明远"},
			}).Draw(t, "signature"))
			d.Seals = append(d.Seals, Seal{Organ: organ, Diameter: rapid.SampledFrom([]float64{0, 42, 45.5}).Draw(t, "mm")})
		}
		for range rapid.IntRange(0, 2).Draw(t, "attachments") {
			d.Attachments = append(d.Attachments, Attachment{
				Title: textGen().Draw(t, "title"), Blocks: rapid.SliceOfN(blockGen(), 1, 4).Draw(t, "blocks"),
			})
		}
		return d
	})
}

// some draws up to n values, and nil rather than an empty slice.
func some[T any](g *rapid.Generator[T], n int) *rapid.Generator[[]T] {
	return rapid.Custom(func(t *rapid.T) []T {
		if s := rapid.SliceOfN(g, 0, n).Draw(t, "some"); len(s) > 0 {
			return s
		}
		return nil
	})
}

func TestTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := documentGen().Draw(t, "document")
		text := Format(want)
		got := Parse(text)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("文本形式读回不一致 (-写出 +读回):\n%s\n%s", diff, text)
		}
		if again := Format(got); again != text {
			t.Fatalf("再次写出不同:\n%s\n---\n%s", text, again)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add("版式：公文\n标题：关于X的通知\n\n正文。\n|a|b|\n")
	f.Add(pastedNotice)
	f.Fuzz(func(t *testing.T, text string) {
		once := Format(Parse(text))
		if twice := Format(Parse(once)); twice != once {
			t.Errorf("写出再读不稳定:\n%q\n%q", once, twice)
		}
	})
}

const pastedNotice = `000012
机密★1年
特急

临溪县人民政府文件

临政发〔2026〕12号

临溪县人民政府
关于做好2026年防汛工作的通知

各乡镇人民政府，县政府各部门：

    为做好今年防汛工作，现就有关事项通知如下。
    一、落实责任
    （一）强化值守。各单位实行24小时值班。
    1.巡查堤防；
    （1）每日两次。
    特此通知。

    附件：1.责任清单
          2.值班表

                 临溪县人民政府
                  2026年3月5日
    （此件公开发布）

附件1
责任清单
第一章　总则
第一条　为了规范防汛工作，制定本清单。

附件2
值班表
| 日期 | 人员 |
| --- | --- |
| 3月6日 | 周明远 |

抄送：县委办公室，县人大常委会办公室。
临溪县人民政府办公室    2026年3月6日印发
`

func TestRecognisePasted(t *testing.T) {
	want := &Document{
		Layout: General, CopyNumber: "000012", Secrecy: Secrecy{"机密", "1年"}, Urgency: "特急",
		Issuers: []string{"临溪县人民政府"}, Number: "临政发〔2026〕12号",
		Title: "临溪县人民政府关于做好2026年防汛工作的通知", Recipients: "各乡镇人民政府，县政府各部门",
		Body: []Block{
			{Text: "为做好今年防汛工作，现就有关事项通知如下。"},
			{Level: 1, Text: "一、落实责任"},
			{Level: 2, Text: "（一）强化值守。各单位实行24小时值班。"},
			{Level: 3, Text: "1.巡查堤防；"},
			{Level: 4, Text: "（1）每日两次。"},
			{Text: "特此通知。"},
		},
		AttachmentNotes: []string{"责任清单", "值班表"},
		Signatures:      []Signature{{Organ: "临溪县人民政府"}}, Date: "2026年3月5日",
		Seals: []Seal{{Organ: "临溪县人民政府"}}, Note: "此件公开发布",
		Attachments: []Attachment{
			{Title: "责任清单", Blocks: []Block{{Kind: Centered, Text: "第一章　总则"}, {Text: "第一条　为了规范防汛工作，制定本清单。"}}},
			{Title: "值班表", Blocks: []Block{{Kind: TableBlock, Table: &Table{Rows: [][]string{{"日期", "人员"}, {"3月6日", "周明远"}}}}}},
		},
		CopiesTo: "县委办公室，县人大常委会办公室", Printer: "临溪县人民政府办公室", PrintDate: "2026年3月6日",
	}
	if diff := cmp.Diff(want, Parse(pastedNotice)); diff != "" {
		t.Error(diff)
	}
}
