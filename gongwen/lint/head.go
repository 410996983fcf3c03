package lint

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/chengqi-oa/chengqi/gongwen"
)

const (
	regulation  = "《党政机关公文处理工作条例》"
	secrecyLaw  = "《中华人民共和国保守国家秘密法》"
	secrecyMark = "国家秘密标志惯例"
)

// headRules 版头除发文字号外的要素 (GB/T 9704-2012 7.2).
func headRules() *chapter {
	return &chapter{"版头", regulation + "第九条", []rule{
		{"H015", Error, ByText, "上行文应标注签发人", regulation + "第九条第（六）项", signerMissing},
		{"H016", Warn, ByText, "平行文、下行文不标注签发人", regulation + "第九条第（六）项", signerNeedless},
		{"H017", Warn, ByText, "“签发人”后用全角冒号", "GB/T 9704-2012 7.2.6", typed(line{expr: `签发人(?P<x>:|[　 ]+)[　 ]*\p{Han}{2,4}`, once: true})},
		{"H018", Error, ByText, "联合上行文的签发人数与发文机关数不符", "GB/T 9704-2012 7.2.6", signerCount},
		{"H019", Error, ByText, "公文的紧急程度只有“特急”“加急”", regulation + "第九条第（三）项", urgencyWord},
		{"H020", Error, ByText, "密级与保密期限之间用“★”", secrecyMark, both(
			typed(line{expr: `^[　 ]*(?:密级[：:])?[　 ]*(?:绝密|机密|秘密)(?P<x>[　 *＊☆]+)[0-9一二三四五六七八九十]+(?:年|个月)`, once: true}),
			func(p *paper) {
				if s := p.part(SecrecyTerm); strings.IndexAny(s.text, "*＊☆★") == 0 {
					p.at(s, 0, len(s.text), "")
				}
			},
		)},
		{"H021", Error, ByText, "保密期限超过法定上限：绝密三十年、机密二十年、秘密十年", secrecyLaw + "第二十条", secrecyTerm},
		{"H022", Error, ByText, "涉密公文应标注份号", regulation + "第九条第（一）项", func(p *paper) {
			if classified(p.doc.Secrecy.Level) && p.doc.CopyNumber == "" {
				p.flag(SecrecyLevel, "")
			}
		}},
		{"H023", Warn, ByText, "份号一般用六位阿拉伯数字", "GB/T 9704-2012 7.2.1", copyDigits},
		{"H024", Error, ByText, "“内部”“工作秘密”不是国家秘密，不得标“★”", secrecyLaw + "第二十二条", both(
			typed(line{expr: `(?:内部|工作秘密|商业秘密|内部资料)[　 ]*★`}),
			func(p *paper) {
				if l := p.doc.Secrecy.Level; l != "" && !classified(l) {
					p.flag(SecrecyLevel, "")
				}
			},
		)},
		{"H025", Error, ByText, "左上角要素自上而下为份号、密级和保密期限、紧急程度", "GB/T 9704-2012 7.2.3", cornerOrder},
		{"H026", Warn, ByText, "信函格式的发文机关标志不带“文件”二字", "GB/T 9704-2012 10.1", func(p *paper) {
			if p.doc.Layout == gongwen.Letter && strings.HasSuffix(strings.TrimSpace(p.doc.Mark), "文件") {
				p.flag(Mark, "")
			}
		}},
		{"H027", Error, ByDictionary, "党政联合行文，党委在前", practice, partyFirst},
		{"H028", Error, ByText, "主题词已取消，不再标注", "GB/T 9704-2012 前言", subjectWords},
		{"H029", Error, ByText, "“特提”“平急”是电报的紧急程度，公文用“特急”“加急”", regulation + "第九条第（三）项", func(p *paper) {
			if s := p.part(Urgency); telegram(bare(s.text)) {
				p.at(s, 0, len(s.text), "")
			}
		}},
		{"H030", Warn, ByText, "保密期限用阿拉伯数字", "GB/T 9704-2012 7.2.2", func(p *paper) {
			s := p.part(SecrecyTerm)
			if m := chineseTerm.FindStringSubmatchIndex(s.text); m != nil {
				p.mend(s, m[2], m[3], "", strconv.Itoa(chineseNumber(s.text[m[2]:m[3]])))
			}
		}},
	}}
}

// bare takes out the blanks that printed forms put between the characters of short words.
func bare(s string) string { return strings.NewReplacer(" ", "", "　", "").Replace(s) }

func classified(level string) bool {
	switch bare(level) {
	case "绝密", "机密", "秘密":
		return true
	}
	return false
}

func telegram(urgency string) bool { return urgency == "特提" || urgency == "平急" }

func signerMissing(p *paper) {
	if p.upward() && p.complete() && len(p.doc.Signers) == 0 && p.doc.Layout != gongwen.Letter {
		p.flag(Number, "上行文应标注签发人：版头只有发文字号")
	}
}

func signerNeedless(p *paper) {
	down := p.is(gongwen.Notice, gongwen.Circular, gongwen.Reply, gongwen.LetterKind, gongwen.Announcement,
		gongwen.PublicNotice, gongwen.Decision, gongwen.Resolution)
	if down && len(p.doc.Signers) > 0 {
		p.report(&segment{place: Place{Part: Signer, Index: 1}, text: p.doc.Signers[0]}, 0, len(p.doc.Signers[0]), "", nil)
	}
}

func signerCount(p *paper) {
	if n := len(p.doc.Issuers); p.upward() && n > 1 && len(p.doc.Signers) > 0 && len(p.doc.Signers) != n {
		p.flag(Signer, "")
	}
}

func urgencyWord(p *paper) {
	s := p.part(Urgency)
	if u := bare(s.text); u != "" && u != "特急" && u != "加急" && !telegram(u) {
		p.at(s, 0, len(s.text), "")
	}
}

var (
	termYears   = regexp.MustCompile(`^[★☆*　 ]*([0-9一二三四五六七八九十]+)年`)
	chineseTerm = regexp.MustCompile(`^[★☆*　 ]*([一二三四五六七八九十]+)(年|个?月)`)
	sixDigits   = regexp.MustCompile(`^[0-9]{6}$`)
)

func secrecyTerm(p *paper) {
	longest := map[string]int{"绝密": 30, "机密": 20, "秘密": 10}
	m := termYears.FindStringSubmatch(p.doc.Secrecy.Term)
	limit, ok := longest[bare(p.doc.Secrecy.Level)]
	if ok && m != nil && chineseNumber(m[1]) > limit {
		p.flag(SecrecyTerm, "")
	}
}

func copyDigits(p *paper) {
	if c := p.doc.CopyNumber; c != "" && !sixDigits.MatchString(c) {
		p.flag(CopyNumber, "")
	}
}

var corner = []*regexp.Regexp{
	regexp.MustCompile(`^[　 ]*[0-9]{6}[　 ]*$`),
	regexp.MustCompile(`^[　 ]*(绝密|机密|秘密)([★☆*　 ].{0,8})?$`),
	regexp.MustCompile(`^[　 ]*(特[　 ]*急|加[　 ]*急)[　 ]*$`),
}

func cornerOrder(p *paper) {
	highest := 0
	for i := range p.typed {
		s := &p.typed[i]
		if i > 12 || utf8.RuneCountInString(s.text) > 30 {
			return
		}
		for rank, re := range corner {
			if !re.MatchString(s.text) {
				continue
			}
			if rank < highest {
				p.at(s, 0, len(s.text), "")
				return
			}
			highest = rank
		}
	}
}

// partyFirst compares only a Party committee and a government of the same place.
func partyFirst(p *paper) {
	government := ""
	for _, o := range p.doc.Issuers {
		if place, ok := strings.CutSuffix(o, "人民政府"); ok {
			government = place
		}
		if strings.HasPrefix(o, "中共") && government != "" && strings.Contains(o, government) {
			p.flag(Issuer, "")
			return
		}
	}
}

var subjectLine = regexp.MustCompile(`^[　 ]*主[　 ]*题[　 ]*词[　 ]*[：:]`)

// subjectWords: the element was law until 30 June 2012, and so it stands in documents of that time.
func subjectWords(p *paper) {
	if p.before(2012, 7, 1) {
		return
	}
	if len(p.typed) > 0 {
		for i := range p.typed {
			if s := &p.typed[i]; subjectLine.MatchString(s.text) {
				p.at(s, 0, len(s.text), "")
			}
		}
		return
	}
	for s := range p.within(inProse) {
		if subjectLine.MatchString(s.text) {
			p.at(s, 0, len(s.text), "")
		}
	}
}
