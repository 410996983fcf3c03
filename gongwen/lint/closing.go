package lint

import (
	"regexp"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// closingRules 文种结语 and forms of address. Closing formulas are practice, not law: at most a warning,
// except where the regulation separates 请示 from 报告.
func closingRules() *chapter {
	return &chapter{"文种结语", practice, []rule{
		{"G001", Warn, ByText, "请示缺规范结语，如“妥否，请批示。”", "", requestClosing},
		{"G002", Error, ByText, "报告不用请示的结语", regulation + "第十五条第（四）项", reportClosing},
		{"G003", Warn, ByText, "函的结语与行文目的不符，商洽用“请予函复”，告知用“特此函告”，答复用“特此函复”", "", closingOf(gongwen.LetterKind, `特此(报告|通知|通报|请示|批复|公告)`)},
		{"G004", Warn, ByText, "批复、复函开头应引来文标题和发文字号", "", replyOpening},
		{"G006", Info, ByText, "“现通知如下”与“特此通知”前后重复", "", noticeTwice},
		{"G008", Error, ByDictionary, "议案由各级人民政府提请，部门不得提出", regulation + "第八条第（十三）项", motionBy},
		{"G009", Error, ByText, "请示正文不写“报告如下”", regulation + "第八条", bodyOf(gongwen.Request, `(报告)如下`, "请示")},
		{"G010", Warn, ByText, "请示的结语叠用", "", match(pattern{near: "否 请", in: inBody, expr: `(?:当否|妥否|可否)[，、]?(?:当否|妥否|可否)|请(?:审核|审批|批示|批准|批复){3,}|(?:批准批复|批示批复|审批批复)`})},
		{"G011", Warn, ByText, "下行文不用“贵”，用“你”", "", respectDown},
		{"G012", Warn, ByDictionary, "上行文对上级机关不用“你”，用“贵”或者机关名称", "", bodyOf(gongwen.Request, `(?:请|望|恳请|经|由|向)(你)(?:厅|部|局|委|市|省|县|办|机关|单位)`, "")},
		{"G013", Warn, ByText, "函不用指令口吻", "", bodyOf(gongwen.LetterKind, `(?:请)?遵照执行|不得有误|务必照办|坚决执行`, "")},
		{"G017", Info, ByDictionary, "上报的意见应以“以上意见如无不妥，请批转……执行”作结", "", opinionUp},
		{"G018", Warn, ByText, "方案、办法、要点等不是公文文种，应以通知印发", regulation + "第八条", bareScheme},
	}}
}

// bodyOf reports an expression, or its first group, in the body of one kind; fix, if any, is certain.
func bodyOf(kind gongwen.Kind, expr, fix string) finder {
	re := regexp.MustCompile(expr)
	return func(p *paper) {
		if !p.is(kind) {
			return
		}
		for _, s := range p.body {
			for _, m := range re.FindAllStringSubmatchIndex(s.text, -1) {
				if len(m) > 2 && m[2] >= 0 {
					m = m[2:]
				}
				switch {
				case quoted(s.text, m[0]) || quotedTitle(s.text, m[0]):
				case fix != "":
					p.mend(s, m[0], m[1], "", fix)
				default:
					p.at(s, m[0], m[1], "")
				}
			}
		}
	}
}

// closingOf reports an expression in the last paragraph of one kind.
func closingOf(kind gongwen.Kind, expr string) finder {
	re := regexp.MustCompile(expr)
	return func(p *paper) {
		s := p.last()
		if s == nil || !p.is(kind) {
			return
		}
		if m := re.FindStringIndex(s.text); m != nil {
			p.at(s, m[0], m[1], "")
		}
	}
}

var properRequest = regexp.MustCompile(`(妥否|当否|可否|是否妥当|如无不妥|请)[^。]{0,12}(批示|批复|审批|审批|批准|审议|核准|审定|审核|指示|批转)`)

func requestClosing(p *paper) {
	s := p.last()
	if !p.is(gongwen.Request) || s == nil || len(p.body) < 2 {
		return
	}
	if !properRequest.MatchString(p.joined(inBody)) {
		p.at(s, 0, len(s.text), "")
	}
}

func reportClosing(p *paper) {
	if !p.is(gongwen.Report) {
		return
	}
	for _, s := range p.body {
		if m := asksEnd.FindStringIndex(s.text); m != nil {
			p.at(s, m[0], len(s.text), "")
		}
	}
}

// namesRequest: the State Council names what it answers without book marks.
var namesRequest = regexp.MustCompile(`关于.{4,}的(请示|函|报告|来函)`)

func replyOpening(p *paper) {
	reply := p.is(gongwen.Reply) || strings.HasSuffix(p.title, "复函")
	if !reply || len(p.body) == 0 {
		return
	}
	first := p.body[0]
	if namesRequest.MatchString(first.text) {
		return
	}
	if !strings.ContainsAny(first.text, "》〔［[") && !strings.Contains(first.text, "号") {
		p.at(first, 0, len(first.text), "")
	}
}

var noticeBelow = regexp.MustCompile(`(现|将).{0,24}通知如下`)

func noticeTwice(p *paper) {
	s := p.last()
	if s == nil || !p.is(gongwen.Notice) || len(p.body) < 2 {
		return
	}
	i := strings.Index(s.text, "特此通知")
	if i < 0 {
		return
	}
	for _, b := range p.body {
		if noticeBelow.MatchString(b.text) {
			p.at(s, i, i+len("特此通知"), "")
			return
		}
	}
}

func motionBy(p *paper) {
	o, ok := readOrgan(p.sender())
	if ok && p.is(gongwen.Motion) && o.department() {
		p.flag(Title, "")
	}
}

var respected = near("贵镇 贵乡 贵街道 贵村 贵局 贵单位 贵办 贵校 贵公司", `(?:^|[请望由，。；与从向对])(贵)(?:镇|乡|街道|村|局|单位|办|校|公司)`)

// respectDown: a reply always goes down; a notice certainly does when it addresses townships.
func respectDown(p *paper) {
	if !p.is(gongwen.Reply, gongwen.Notice) || !respected.may(p) {
		return
	}
	for _, s := range p.body {
		for _, m := range respected.all(p, s.text) {
			word := s.text[m[2]:m[1]]
			if p.is(gongwen.Reply) || word == "贵镇" || word == "贵乡" || word == "贵街道" || word == "贵村" {
				p.mend(s, m[2], m[3], "", "你")
			}
		}
	}
}

func opinionUp(p *paper) {
	organs := p.recipients()
	if !p.is(gongwen.Opinion) || len(organs) != 1 || relate(p.sender(), organs[0]) != superior {
		return
	}
	if s := p.last(); s != nil && !strings.Contains(p.joined(inBody), "如无不妥") {
		p.at(s, 0, len(s.text), "")
	}
}

var scheme = regexp.MustCompile(`(方案|办法|要点|计划|细则|规定|规则|安排|规划|制度|预案)(（[^）]{1,8}）)?$`)

// bareScheme: orders 令 publish rules by themselves, so an order number excuses.
func bareScheme(p *paper) {
	number := p.doc.Number
	if strings.Contains(number, "〔") && !strings.Contains(number, "令") && scheme.MatchString(p.title) && !strings.Contains(p.title, "》") {
		p.flag(Title, "")
	}
}
