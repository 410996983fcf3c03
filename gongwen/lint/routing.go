package lint

import (
	"regexp"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// routingRules 行文规则 (条例 art. 13–17), as far as the document shows who writes to whom.
func routingRules() *chapter {
	return &chapter{"行文规则", regulation + "第十五条", []rule{
		{"R002", Error, ByText, "上行文原则上主送一个上级机关，其余用抄送", regulation + "第十五条第（一）项", manySuperiors},
		{"R003", Error, ByDictionary, "上行文不得抄送下级机关", regulation + "第十五条第（一）项", copiedBelow},
		{"R004", Error, ByDictionary, "越级行文应抄送被越过的机关", regulation + "第十四条", skippedLevel},
		{"R005", Error, ByText, "报告等非请示性公文中不得夹带请示事项", regulation + "第十五条第（四）项", requestInReport},
		{"R006", Error, ByText, "公文一般不主送领导个人", regulation + "第十五条第（五）项", toPerson},
		{"R007", Error, ByText, "不得以机关负责人个人名义向上级机关报送公文", regulation + "第十五条第（五）项", fromPerson},
		{"R008", Error, ByDictionary, "部门内设机构除办公厅（室）外不得对外正式行文", regulation + "第十七条", innerUnit},
		{"R009", Error, ByDictionary, "部门不得向下一级党委、政府发布指令性公文；经批准的应当注明", regulation + "第十六条第（二）项", orderToGovernment},
		{"R011", Error, ByDictionary, "对不相隶属机关不用请示，应用函", regulation + "第八条第（十四）项", kindBetween(peer, gongwen.Request)},
		{"R012", Warn, ByDictionary, "向直接上级请求批准不用函，应用请示", regulation + "第八条第（十一）项", kindBetween(superior, gongwen.LetterKind)},
		{"R013", Error, ByDictionary, "对不相隶属机关不用批复，应用复函", regulation + "第八条第（十二）项", kindBetween(peer, gongwen.Reply)},
		{"R014", Error, ByDictionary, "对上级机关不用通知，应用报告、请示或者函", regulation + "第八条", noticeUp},
		{"R015", Error, ByDictionary, "联合行文的机关应当同级", regulation + "第十七条", unequalIssuers},
		{"R019", Info, ByDictionary, "受双重领导的机关行文，必要时抄送另一上级机关", regulation + "第十五条第（六）项", otherSuperior},
	}}
}

func (p *paper) recipients() []string { return gongwen.Organs(p.doc.Recipients) }

func manySuperiors(p *paper) {
	organs := p.recipients()
	if !p.upward() || len(organs) < 2 {
		return
	}
	if p.is(gongwen.Report) && len(organs) == 2 { // 报告 to the Party committee and the government of one place
		a, ok1 := readOrgan(organs[0])
		b, ok2 := readOrgan(organs[1])
		if ok1 && ok2 && a.principal() && b.principal() {
			return
		}
	}
	p.flag(Recipients, "")
}

var below = regexp.MustCompile(`^各[^，、]{0,6}(乡|镇|街道|村|社区|科室|股室|学校|县|市区|县市|区县|直属)`)

func copiedBelow(p *paper) {
	if !p.upward() {
		return
	}
	for _, o := range gongwen.Organs(p.doc.CopiesTo) {
		if below.MatchString(o) {
			p.flag(CopiesTo, "上行文不得抄送下级机关：“"+o+"”")
			return
		}
	}
}

var townOfCounty = regexp.MustCompile(`([^省市]{1,8}[县区])[^县区]{1,8}[镇乡]人民政府$`)

// skippedLevel: a township that names its county writes to a city or province past it.
func skippedLevel(p *paper) {
	m := townOfCounty.FindStringSubmatch(p.sender())
	if !p.upward() || m == nil || !p.complete() {
		return
	}
	for _, r := range p.recipients() {
		if o, ok := readOrgan(r); ok && (o.level == "市" || o.level == "省") && !strings.ContainsAny(p.doc.CopiesTo, "县区") {
			p.flag(Recipients, "越级行文应抄送被越过的机关：“"+m[1]+"”未列入抄送")
		}
	}
}

var (
	asks    = regexp.MustCompile(`以上报告[^。]{0,8}(妥否|当否|请批)|请予(以)?(支持|解决|批准|拨付|审批|批复|批示)|恳请[^。；]{0,20}(支持|解决|批准|拨付|审批)|请(领导|市委|市政府|县委|县政府|省委|省政府)?[^。；，]{0,4}(审批|批准|批复)(?:[。，；]|$)|妥否，请`)
	asksEnd = regexp.MustCompile(`^(以上(意见|事项|请示)?[，]?)?(妥否|当否|可否|是否妥当)[，、]?请`)
)

func requestInReport(p *paper) {
	if !p.is(gongwen.Report) {
		return
	}
	for _, s := range p.body {
		if asksEnd.MatchString(s.text) { // the closing formula is G002
			continue
		}
		for _, m := range asks.FindAllStringIndex(s.text, -1) {
			if !quoted(s.text, m[0]) && !quotedTitle(s.text, m[0]) {
				p.at(s, m[0], m[1], "")
			}
		}
	}
}

var person = regexp.MustCompile(`^尊敬的|(?:^|[省市县区州镇乡局厅]|[\p{Han}])(省长|市长|县长|区长|州长|镇长|乡长|书记|局长|厅长|部长|总理|主席)$`)

func toPerson(p *paper) {
	for _, r := range p.recipients() {
		if person.MatchString(r) && !strings.HasPrefix(r, "各") {
			p.flag(Recipients, "")
			return
		}
	}
}

var namedChief = regexp.MustCompile(`(局长|县长|市长|区长|省长|镇长|乡长|主任|书记|主席|厅长|部长|院长|校长|董事长|经理)[　 ]*\p{Han}{1,2}[　 ]*\p{Han}{1,2}$`)

func fromPerson(p *paper) {
	if !p.upward() || p.doc.Recipients == "" {
		return
	}
	for i, s := range p.doc.Signatures {
		text := s.Organ
		if namedChief.MatchString(text) {
			p.at(&segment{place: Place{Part: Signature, Index: i + 1}, text: text}, 0, len(text), "")
		}
	}
}

var division = regexp.MustCompile(`(局|委员会|厅|委|部)[^局厅委部办]{1,10}(股|科|处)$`)

func innerUnit(p *paper) {
	for _, o := range p.doc.Issuers {
		if division.MatchString(o) && !strings.HasSuffix(o, "管理处") && !strings.HasSuffix(o, "办事处") {
			p.flag(Issuer, "")
			return
		}
	}
}

var (
	governments = regexp.MustCompile(`各[^，]{0,12}(乡镇|乡|镇|县|区|市)(\(|（|人民政府|党委|委)|各[^，]{0,12}人民政府`)
	strict      = regexp.MustCompile(`必须[于在][^，。；]{1,12}前|不得有误|责令|限[^，。；]{1,8}前(完成|上报)`)
	approved    = regexp.MustCompile(`经[^。]{0,16}(同意|批准|授权)`)
)

func orderToGovernment(p *paper) {
	if len(p.doc.Issuers) != 1 && p.sender() == "" {
		return
	}
	o, ok := readOrgan(p.sender())
	if !ok || !o.department() || !p.is(gongwen.Notice) || !governments.MatchString(p.doc.Recipients) {
		return
	}
	text := p.joined(inBody)
	if approved.MatchString(text) {
		return
	}
	for _, s := range p.body {
		if m := strict.FindStringIndex(s.text); m != nil {
			p.at(s, m[0], m[1], "")
			return
		}
	}
}

// kindBetween reports a kind that is wrong for the relation of sender and sole receiver.
func kindBetween(rel relation, kind gongwen.Kind) finder {
	return func(p *paper) {
		organs := p.recipients()
		if !p.is(kind) || len(organs) != 1 || strings.HasSuffix(p.title, "复函") {
			return
		}
		if relate(p.sender(), organs[0]) == rel {
			p.flag(Title, "")
		}
	}
}

func noticeUp(p *paper) {
	organs := p.recipients()
	if !p.is(gongwen.Notice) || len(organs) != 1 {
		return
	}
	switch relate(p.sender(), organs[0]) {
	case superior, sameTrade:
		p.flag(Title, "")
	}
}

func unequalIssuers(p *paper) {
	for i, a := range p.doc.Issuers {
		for _, b := range p.doc.Issuers[i+1:] {
			x, ok1 := readOrgan(a)
			y, ok2 := readOrgan(b)
			if ok1 && ok2 && x.samePlace(y) && (x.principal() && y.department() || y.principal() && x.department()) {
				p.flag(Issuer, "联合行文的机关应当同级：“"+a+"”与“"+b+"”")
				return
			}
		}
	}
}

// otherSuperior reads the office's own table of organs under dual leadership.
func otherSuperior(p *paper) {
	if p.opts.Office == nil || !p.upward() {
		return
	}
	for _, above := range p.opts.Office.Above[p.sender()] {
		if !strings.Contains(p.doc.Recipients, above) && !strings.Contains(p.doc.CopiesTo, above) {
			p.flag(CopiesTo, "必要时抄送另一上级机关“"+above+"”")
		}
	}
}
