package lint

import (
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// optionCase is a rule that needs facts beyond the text, or a document too long to write out.
type optionCase struct {
	id        string
	bad, good *gongwen.Document
	opts      Options // for both; the good document or goodOpts must be innocent
	goodOpts  *Options
}

func notice(body ...string) *gongwen.Document {
	d := &gongwen.Document{Layout: gongwen.General, Title: typicalTitle, Date: "2026年3月5日"}
	for _, text := range body {
		d.Body = append(d.Body, gongwen.Block{Text: text, Level: gongwen.LevelOf(text)})
	}
	return d
}

func titled(title string, d *gongwen.Document) *gongwen.Document {
	d.Title = title
	return d
}

func long(chars int) string {
	var b strings.Builder
	for i := 0; b.Len() < chars*3; i++ {
		b.WriteString([]string{"各单位要落实责任。", "发现险情及时报告。", "有关情况逐级上报。"}[i%3])
	}
	return b.String()
}

func paragraphs(n, chars int) []string {
	var out []string
	for i := range n {
		out = append(out, inChinese(i+1)+"、"+long(chars))
	}
	return out
}

func optionCases() []optionCase {
	plain := notice("各单位要做好防汛工作。")
	office := &Office{
		Organs:  []string{"临溪县水利局", "临溪县教育局办公室", "县财政局"},
		Phrases: []string{"全面推进依法行政实施纲要"},
		Sets:    map[string][]string{"四个到位": {"认识到位", "责任到位", "措施到位", "落实到位"}},
		Places:  map[string]string{"城关镇": "城关街道"},
		Above:   map[string][]string{"临溪县税务局": {"安澜市税务局", "临溪县人民政府"}},
		Sharing: []string{"王伟"},
	}
	source := func(s Source) Options { return Options{Source: &s} }
	to := func(recipients string) *gongwen.Document {
		d := notice("各单位要做好防汛工作。")
		d.Recipients = recipients
		return d
	}
	report := func(copies string) *gongwen.Document {
		return &gongwen.Document{
			Layout: gongwen.Upward, Title: "临溪县税务局关于税收工作情况的报告", Recipients: "安澜市税务局",
			CopiesTo: copies, Body: []gongwen.Block{{Text: "特此报告。"}},
		}
	}
	numbered := notice("各单位要做好防汛工作。")
	numbered.Number = "临政发〔2026〕12号"
	var clean Options
	return []optionCase{
		{"B018", plain, plain, source(Source{Revisions: 2}), &clean},
		{"B020", notice("各单位要做好防汛工作。", "", "请认真执行。  "), plain, Options{}, nil},
		{"B023", notice(long(700)), notice(long(300)), Options{}, nil},
		{"A014", numbered, numbered, source(Source{LooseHeads: []string{"附件1", "附件2"}}), ptr(source(Source{LooseHeads: []string{"临政发〔2026〕12号附件1", "临政发〔2026〕12号附件2"}}))},
		{"A018", plain, plain, source(Source{Files: []File{{Name: "附件2.docx", Readable: true}}}), ptr(source(Source{Files: []File{{Name: "附件2.docx", Size: 12, Readable: true}}}))},
		{"C008", plain, plain, source(Source{Author: "林晓"}), &clean},
		{"C009", plain, notice("本件为工作秘密，不得外传。"), Options{WorkSecret: true}, nil},
		{"C003", notice("内部资料　注意保存"), notice("内部资料　注意保存"), Options{Publicity: "主动公开"}, &clean},
		{"K001", notice(paragraphs(13, 480)...), notice(paragraphs(8, 480)...), Options{}, nil},
		{"K004", notice(append([]string{long(540)}, paragraphs(3, 300)...)...), notice(append([]string{long(60)}, paragraphs(3, 300)...)...), Options{}, nil},
		{"K006", titled("临溪县水利局关于防汛隐患排查的报告", sent(notice(paragraphs(10, 480)...))), titled("临溪县水利局关于防汛隐患排查的报告", sent(notice(paragraphs(5, 480)...))), Options{}, nil},
		{"M011", to("县教体委办"), to("县财政局"), Options{Office: office}, nil},
		{"R019", report(""), report("临溪县人民政府"), Options{Office: office}, nil},
		{"O004", notice("由县水务局牵头。"), notice("由县水利局牵头。"), Options{Office: office}, nil},
		{"O008", notice("做到四个到位，即认识到位、责任到位、措施到位。"), notice("做到四个到位，即认识到位、责任到位、措施到位、落实到位。"), Options{Office: office}, nil},
		{"O009", notice("落实全面推进依法行实施纲要的要求。"), notice("落实全面推进依法行政实施纲要的要求。"), Options{Office: office}, nil},
		{"O014", notice("项目位于城关镇。"), notice("项目位于城关街道。"), Options{Office: office}, nil},
		{"O016", notice("由王伟负责。"), notice("由王伟（县财政局）负责。"), Options{Office: office}, nil},
		{"L008", notice("责任单位：县综改办。"), notice("责任单位：县水利局。"), Options{Office: office}, nil},
	}
}

func ptr(o Options) *Options { return &o }

func sent(d *gongwen.Document) *gongwen.Document {
	d.Recipients = "临溪县人民政府"
	return d
}

func TestRulesThatNeedMoreThanText(t *testing.T) {
	for _, c := range optionCases() {
		t.Run(c.id, func(t *testing.T) {
			if raised(Check(c.bad, c.opts), c.id) == nil {
				t.Errorf("not found; findings: %v", Check(c.bad, c.opts))
			}
			opts := c.opts
			if c.goodOpts != nil {
				opts = *c.goodOpts
			}
			if f := raised(Check(c.good, opts), c.id); f != nil {
				t.Errorf("false alarm: %v", f)
			}
		})
	}
}

func TestSkippedRulesAreSilent(t *testing.T) {
	d := notice("布署防汛工作。")
	if raised(Check(d, Options{}), "W002") == nil {
		t.Fatal("W002 not found")
	}
	if f := raised(Check(d, Options{Skip: []string{"W002"}}), "W002"); f != nil {
		t.Errorf("switched off, yet %v", f)
	}
}
