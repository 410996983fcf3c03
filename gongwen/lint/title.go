package lint

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/chengqi-oa/chengqi/gongwen"
)

const practice = "公文写作惯例"

// titleRules 标题 (条例 art. 9(7), GB/T 9704-2012 7.3.1).
func titleRules() *chapter {
	return &chapter{"标题", "《党政机关公文处理工作条例》第九条第（七）项", []rule{
		{"T001", Error, ByText, "标题应含发文机关、事由和文种，这里只有事由", "", titleElements},
		{"T002", Error, ByText, "标题缺文种", "", titleKind},
		{"T003", Error, ByText, "标题缺事由", "", inTheTitle(`(人民政府|办公室|办公厅|局|委员会|厅)(通知|请示|报告|批复|函|决定|意见|通报)$`, func(t string) bool { return !strings.ContainsAny(t, "于《") })},
		{"T004", Warn, ByText, "标题的事由前缺“关于”", practice, titleAbout},
		{"T005", Warn, ByText, "标题的事由与文种之间缺“的”", practice, titleOf},
		{"T006", Error, ByText, "标题中“关于”重复", practice, match(pattern{near: "关于关于", expr: `关于(?P<x>关于)`, in: inTitle, fix: drop, titles: true})},
		{"T007", Warn, ByText, "标题层层转发、“通知”套叠，应直接转发最初的文件", practice, titleNested},
		{"T008", Error, ByText, "文种重叠：一份公文只用一个文种", "《党政机关公文处理工作条例》第八条", inTheTitle(`(请示报告|报告请示|请示汇报|请示函|函请示|通知函|意见通知|通报通知)$`, nil)},
		{"T009", Error, ByDictionary, "不是法定文种，应改用请示、函或者报告", "《党政机关公文处理工作条例》第八条", inTheTitle(`关于.+的?(申请|请求|汇报)$`, nil)},
		{"T010", Warn, ByText, "标题末尾不加标点", practice, both(titleTakenForBody, match(pattern{near: "。 ， ； ： 、 ！ . ; :", expr: `(?P<x>[。，；：、！.,;:]+)$`, in: inTitle, fix: drop, whole: true, titles: true}))},
		{"T011", Warn, ByText, "标题中一般不用逗号、句号、分号、叹号", practice, titleStops},
		{"T012", Warn, ByText, "“试行”“暂行”应放在书名号内", "GB/T 15834-2011", match(pattern{near: "》（", expr: `(?P<x>》（(试行|暂行|试点)）)`, in: inTitle | inProse, fix: "（$2）》", titles: true})},
		{"T013", Info, ByText, "标题过长，建议不超过50字、三行", practice, titleLength},
		{"T015", Warn, ByLayout, "多行标题应排成梯形或菱形", "GB/T 9704-2012 7.3.1", titleShape},
		{"T016", Error, ByText, "标题中年份应写全四位", "GB/T 15835-2011", inTheTitle(`(?:^|[^0-9〇一二三四五六七八九十百第])((?:[0-3][0-9]|9[0-9])年)(?:春|夏|秋|冬|度|全|上半|下半|工作|防|汛|第|一|二|三|四|[0-9]{1,2}月)`, nil)},
		{"T017", Error, ByText, "标题中的机关名称与版头不一致", "《党政机关公文处理工作条例》第九条", titleOrgan},
		{"T018", Warn, ByDictionary, "转发下级机关的文件用“批转”", "《党政机关公文处理工作条例》第八条第（八）项", titleForward},
		{"T019", Info, ByDictionary, "答复不相隶属机关来函，宜用“复函”", "《党政机关公文处理工作条例》第八条第（十四）项", inTheTitle(`关于(?:同意|不同意|原则同意|答复).+的(函)$`, nil)},
		{"T020", Info, ByText, "紧急程度标在版头，不写入标题", "GB/T 9704-2012 7.2.3", inTheTitle(`^([【\[（(〔]?(?:特急|加急|急件|特提|平急)[】\]）)〕]?)`, nil)},
		{"T021", Error, ByText, "书名号内再用书名号时用单书名号〈〉", "GB/T 15834-2011", nestedBooks(inTitle)},
	}}
}

// inTheTitle reports the first group, or the whole match, of an expression on the title.
func inTheTitle(expr string, also func(title string) bool) finder {
	re := regexp.MustCompile(expr)
	return func(p *paper) {
		s := p.part(Title)
		m := re.FindStringSubmatchIndex(s.text)
		if m == nil || also != nil && !also(s.text) {
			return
		}
		if len(m) > 2 && m[2] >= 0 {
			m = m[2:]
		}
		p.at(s, m[0], m[1], "")
	}
}

// genre ends the titles of documents and of the papers that travel with them; what ends otherwise is no title
// of a document and is not judged.
var (
	tailNote = regexp.MustCompile(`[（(〔][^（）()〔〕]{1,12}[）)〕]$`)
	genre    = regexp.MustCompile(`(决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|纪要|方案|办法|规定|细则|规则|条例|要点|计划|规划|总结|安排|制度|预案|说明|讲话|建议|提案|答复|公示|启事|声明|方法|清单|名单|目录|指南|指引|标准|规范|守则|章程|协议|合同|政策|措施|纲要|解读|简报|专报|汇报|申请|请求|提示|提醒|须知|情况|指示|布告|简章|记录|记要|规程|准则|倡议|批示|公约|大纲|台账|事项|问答|[函书表稿令报信电案])$`)
)

var stoppedTitle = regexp.MustCompile(`^[^。，；]{0,30}关于[^。；]{4,60}(通知|请示|报告|批复|函|意见|通报|决定|公告|通告|方案)([。.])$`)

// titleTakenForBody: with a full stop at its end the first line of a pasted text does not look like a title.
func titleTakenForBody(p *paper) {
	if p.doc.Title != "" || len(p.body) == 0 {
		return
	}
	if s := p.body[0]; stoppedTitle.MatchString(s.text) {
		m := stoppedTitle.FindStringSubmatchIndex(s.text)
		p.mend(s, m[4], m[5], "", "")
	}
}

func titleElements(p *paper) {
	if strings.HasPrefix(p.title, "关于") && !genre.MatchString(tailNote.ReplaceAllString(p.title, "")) {
		p.flag(Title, "")
	}
}

func titleKind(p *paper) {
	bare := tailNote.ReplaceAllString(p.title, "")
	if strings.Contains(bare, "关于") && !strings.HasPrefix(bare, "关于") && !strings.HasSuffix(bare, "》") && !genre.MatchString(strings.TrimRight(bare, "。！")) {
		p.flag(Title, "")
	}
}

var (
	aboutLess = regexp.MustCompile(`(?:人民政府|办公室|办公厅|局|委员会|厅)(开展|做好|加强|申请|调整|成立|召开|举办|进一步|商请|拨付|增加|解决|报送|组织|推进|切实|深入|全面|认真|同意|设立|建设|启用)[^《]*的(通知|请示|报告|批复|函|通报|决定|意见)$`)
	ofLess    = regexp.MustCompile(`关于.*[^的](通知|请示|批复|通告|通报|函)$`)
	compound  = regexp.MustCompile(`(任免|任职|任命|情况|表彰|处分|[复公便价证求询邀信来去介贺唁])(通知|请示|批复|通告|通报|函)$|的[^的]{1,6}(通知|请示|批复|通告|通报|函)$`)
)

func titleAbout(p *paper) {
	if !strings.Contains(p.title, "关于") && aboutLess.MatchString(p.title) {
		p.flag(Title, "")
	}
}

func titleOf(p *paper) {
	s := p.part(Title)
	m := ofLess.FindStringSubmatchIndex(s.text)
	if m == nil || compound.MatchString(s.text) || strings.Contains(s.text, "\n") {
		return
	}
	p.mend(s, m[2], m[3], "", "的"+s.text[m[2]:m[3]])
}

func titleNested(p *paper) {
	if strings.Count(p.title, "转发") >= 2 || strings.Count(p.title, "的通知") >= 3 {
		p.flag(Title, "")
	}
}

var booked = regexp.MustCompile(`《[^《》]*》|“[^“”]*”|（[^（）]*）`)

func titleStops(p *paper) {
	s := p.part(Title)
	blank := booked.ReplaceAllStringFunc(s.text, func(m string) string { return strings.Repeat(" ", len(m)) })
	if i := strings.IndexAny(blank, "，。；！"); i >= 0 && i < len(blank)-len("。") {
		p.at(s, i, i+len("，"), "")
	}
}

// titleLength counts neither the issuing organs nor the names of other documents: neither can be shortened.
func titleLength(p *paper) {
	matter := booked.ReplaceAllString(p.title, "")
	if _, after, ok := strings.Cut(matter, "关于"); ok {
		matter = after
	}
	if utf8.RuneCountInString(matter) > 48 {
		p.flag(Title, "")
	}
}

// titleOrgans gives the organs before 关于.
func (p *paper) titleOrgans() []string {
	before, _, ok := strings.Cut(p.title, "关于")
	if !ok {
		return nil
	}
	return strings.FieldsFunc(before, func(r rune) bool { return r == ' ' || r == '　' || r == '、' || r == '，' })
}

func titleOrgan(p *paper) {
	heads := slices.Clone(p.doc.Issuers)
	if p.doc.Mark != "" {
		heads = nil
		for _, m := range strings.Split(p.doc.Mark, "\n") {
			heads = append(heads, strings.TrimSuffix(strings.TrimSuffix(m, "文件"), "令"))
		}
	}
	if len(heads) != 1 || p.doc.Layout == gongwen.Minutes {
		return
	}
	for _, o := range p.titleOrgans() {
		if sameOrgan(o, heads[0]) {
			return
		}
	}
	if organs := p.titleOrgans(); len(organs) == 1 {
		s := p.part(Title)
		p.at(s, 0, max(strings.Index(s.text, "关于"), 0), "标题中的机关“"+organs[0]+"”与版头“"+heads[0]+"”不一致")
	}
}

// organWords brings the usual short forms of the same words together.
var organWords = strings.NewReplacer(" ", "", "　", "", "\n", "", "中国共产党", "", "中共", "", "文件", "",
	"人民政府", "政府", "委员会", "委", "办公室", "办", "办公厅", "办", "管理局", "局")

// sameOrgan reports two spellings of one organ. A short name keeps the order of the characters of the full
// one, as 县发改局 does of 临溪县发展和改革局; but whole words left out of the middle, as 教育体育局 has one more
// than 教育局, make another organ.
func sameOrgan(a, b string) bool {
	short, long := []rune(organWords.Replace(a)), []rune(organWords.Replace(b))
	if len(short) > len(long) {
		short, long = long, short
	}
	i, gaps, inner := 0, 0, 0
	for j, r := range long {
		switch {
		case i < len(short) && short[i] == r:
			i++
		case i > 0 && i < len(short):
			inner++
			if short[i-1] == long[j-1] {
				gaps++
			}
		}
	}
	return i == len(short) && (inner < 2 || gaps > 1)
}

var forwards = regexp.MustCompile(`关于(转发)([省市县区州旗])[^《》关]{1,12}(局|委员会|委|厅|办)`)

// titleForward: a government forwards the papers of its own departments by 批转.
func titleForward(p *paper) {
	s := p.part(Title)
	m := forwards.FindStringSubmatchIndex(s.text)
	if m == nil {
		return
	}
	own := strings.TrimSuffix(s.text[:m[0]], "人民政府")
	if own != s.text[:m[0]] && strings.HasSuffix(own, s.text[m[4]:m[5]]) {
		p.at(s, m[2], m[3], "")
	}
}

// nestedBooks finds 《》 inside 《》.
func nestedBooks(in scope) finder {
	return func(p *paper) {
		if !p.seen.may("《") {
			return
		}
		for s := range p.within(in) {
			depth, outer := 0, 0
			from, to := -1, -1
			for i, r := range s.text {
				switch r {
				case '《':
					if depth++; depth == 1 {
						outer = i
					} else if from < 0 {
						from = i
					}
				case '》':
					if depth == 2 {
						to = i + len("》")
					}
					depth = max(depth-1, 0)
				}
			}
			if from < 0 || to < from {
				continue
			}
			if depth == 0 && strings.Count(s.text[outer:], "《") == 2 && !strings.ContainsAny(s.text[outer:], "〈〉") {
				inner := strings.NewReplacer("《", "〈", "》", "〉").Replace(s.text[from:to])
				p.mend(s, from, to, "", inner)
			} else {
				p.at(s, from, to, "")
			}
		}
	}
}
