package lint

import (
	"slices"
	"strings"
	"sync"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// Severity 级别: how grave a breach is. Errors block numbering unless a reviewer overrules them.
type Severity string

const (
	Error Severity = "error" // 差错
	Warn  Severity = "warn"  // 提醒
	Info  Severity = "info"  // 建议
)

// Evidence 依据来源: what a rule needs to see.
type Evidence string

const (
	ByText       Evidence = "text"       // the document alone decides
	ByDictionary Evidence = "dictionary" // words and names that change with time, or the office's own
	ByLayout     Evidence = "layout"     // the finished pages: needs Options.Geometry
)

// Rule 规则: what is known of a rule without running it.
type Rule struct {
	ID       string   `json:"id"`
	Category string   `json:"category"`
	Title    string   `json:"title"` // the fault, in the words shown to the user
	Severity Severity `json:"severity"`
	Evidence Evidence `json:"evidence"`
	Basis    string   `json:"basis"`
}

// Finding 问题: one breach at one place.
type Finding struct {
	ID       string   `json:"id"`
	Severity Severity `json:"severity"`
	Place    Place    `json:"place"`
	Text     string   `json:"text,omitempty"` // the words at the place
	Message  string   `json:"message"`
	Basis    string   `json:"basis"`
	Fix      *string  `json:"fix,omitempty"` // what to put in the place of Text; nil unless certain
}

// Options 核校条件: facts beyond the document. The zero value checks the document by itself.
type Options struct {
	Geometry   Geometry // 版面; nil leaves the rules of layout silent
	Office     *Office  // 本单位维护的名录和词表
	Source     *Source  // 来稿文件的原始痕迹
	Publicity  string   // 公开属性: 主动公开, 依申请公开, 不予公开
	Classified bool     // 本系统经批准处理国家秘密
	WorkSecret bool     // 本件为工作秘密
	Skip       []string // rules this office has switched off
}

// Office 名录和词表: what one office maintains; the package ships none of it.
type Office struct {
	Organs  []string            // 机关名录: full names and registered short names
	Phrases []string            // 固定表述全称
	Sets    map[string][]string // 固定表述的分项, such as “四个…” to its four items
	Places  map[string]string   // 已撤并的行政区划 to what it is called now
	Above   map[string][]string // 受双重领导的机关 to its superiors
	Sharing []string            // 同名同姓的人员
}

// Source 来稿痕迹: what the model does not keep of the file a document came from.
type Source struct {
	Text       string   // the text as typed; enables the rules about marks the model normalises
	Revisions  int      // 修订
	Comments   int      // 批注
	Hidden     int      // 隐藏文字
	Author     string   // 文件属性中的作者
	Path       string   // 文件属性中的路径
	Files      []File   // 附件文件
	LooseHeads []string // first line of each attachment bound separately
}

// File 附件文件: a registered attachment as stored.
type File struct {
	Name     string
	Size     int64
	Readable bool
}

// Check finds the breaches in a document, in the order of its parts.
func Check(doc *gongwen.Document, opts Options) []Finding {
	if doc == nil {
		return nil
	}
	p := newPaper(doc, opts)
	for _, ch := range chapters() {
		for i := range ch.rules {
			r := &ch.rules[i]
			if slices.Contains(opts.Skip, r.id) {
				continue
			}
			p.rule, p.chapter = r, ch
			r.find(p)
		}
	}
	slices.SortStableFunc(p.findings, func(a, b Finding) int { return a.Place.compare(b.Place) })
	return p.findings
}

// CheckText parses a text as a clerk types or pastes it and checks it together with its marks as typed.
func CheckText(text string, opts Options) (*gongwen.Document, []Finding) {
	doc := gongwen.Parse(text)
	source := Source{}
	if opts.Source != nil {
		source = *opts.Source
	}
	source.Text = text
	opts.Source = &source
	return doc, Check(doc, opts)
}

// Rules lists every rule, chapter by chapter.
func Rules() []Rule {
	var out []Rule
	for _, ch := range chapters() {
		for i := range ch.rules {
			out = append(out, ch.rules[i].meta(ch))
		}
	}
	return out
}

// chapter 一类规则 with the basis its rules share.
type chapter struct {
	category string
	basis    string
	rules    []rule
}

// rule 规则 as written in the tables.
type rule struct {
	id       string
	severity Severity
	evidence Evidence
	title    string
	basis    string // empty: that of the chapter
	find     finder
}

// finder looks for one fault and reports it on the paper.
type finder func(p *paper)

func (r *rule) meta(ch *chapter) Rule {
	return Rule{
		ID: r.id, Category: ch.category, Title: r.title,
		Severity: r.severity, Evidence: r.evidence, Basis: r.basisIn(ch),
	}
}

func (r *rule) basisIn(ch *chapter) string {
	if r.basis != "" {
		return r.basis
	}
	return ch.basis
}

// chapters gives all tables in the order of a document from head to imprint, then its language.
var chapters = sync.OnceValue(func() []*chapter {
	return []*chapter{
		titleRules(), numberRules(), headRules(), routingRules(), closingRules(), recipientRules(),
		numberingRules(), bodyRules(), attachmentRules(), dateRules(), signatureRules(), imprintRules(),
		citationRules(), punctuationRules(), quantityRules(), timeRules(), unitRules(),
		wordRules(), contextWordRules(), nameRules(), logicRules(), secrecyRules(), styleRules(),
		paperRules(), imprintLayoutRules(),
	}
})

// Summary 小结 counts findings by severity, as shown above the list.
func Summary(findings []Finding) map[Severity]int {
	n := map[Severity]int{}
	for _, f := range findings {
		n[f.Severity]++
	}
	return n
}

// cut keeps the excerpt of a finding readable.
func cut(s string) string {
	const longest = 60
	r := []rune(strings.ReplaceAll(s, "\n", " "))
	if len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return string(r)
}
