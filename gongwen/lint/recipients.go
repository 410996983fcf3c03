package lint

import (
	"regexp"
	"slices"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// recipientRules 主送和抄送机关 (条例 art. 9(8)(16), GB/T 9704-2012 7.3.2, 7.4.2).
func recipientRules() *chapter {
	return &chapter{"主送抄送", regulation + "第九条第（八）（十六）项", []rule{
		{"M001", Error, ByText, "主送机关末尾用全角冒号", "GB/T 9704-2012 7.3.2", recipientColon},
		{"M002", Warn, ByDictionary, "同类机关间用顿号，不同类机关间用逗号", practice, mixedRecipients},
		{"M003", Error, ByText, "主送机关与抄送机关重复", "", sentTwice},
		{"M004", Error, ByText, "抄送机关末尾用句号", "GB/T 9704-2012 7.4.2", copiesStop},
		{"M005", Error, ByText, "“抄送”后用全角冒号", "GB/T 9704-2012 7.4.2", typed(line{expr: `^[　 ]*抄[　 ]?送(?P<x>:|[　 ]+)[^：]{4,}`, once: true})},
		{"M006", Error, ByText, "用“抄送”，不用“抄报”“报送”“分送”", "", typed(line{expr: `^[　 ]*(?P<x>抄报|报送|分送|主报|抄发)[　 ]*[：:]`})},
		{"M007", Warn, ByDictionary, "抄送机关按党委、人大、政府、政协、监委、法院、检察院的次序排列", practice, copiesOrder},
		{"M008", Warn, ByText, "抄送机关不含发文机关自身", "", copiedSelf},
		{"M009", Info, ByText, "主送机关用“各有关单位”而未列名单", "", func(p *paper) {
			if r := strings.TrimRight(p.doc.Recipients, "：: "); r == "各有关单位" || r == "有关单位" || r == "各相关单位" {
				p.flag(Recipients, "")
			}
		}},
		{"M010", Error, ByDictionary, "机关名称已撤并，应用现名", "", oldOrgans(inHead, Recipients, CopiesTo)},
		{"M011", Warn, ByDictionary, "机关简称不在本单位规范简称之列", "", unregistered},
		{"M012", Warn, ByLayout, "主送机关应顶格，回行仍顶格", "GB/T 9704-2012 7.3.2", flushLeft(Recipients)},
		{"M013", Error, ByLayout, "主送机关过多使首页不能显示正文的，移至版记", "GB/T 9704-2012 7.3.2", crowdedOut},
		{"M014", Warn, ByDictionary, "公告、通告、命令没有特定受文机关，不列主送", practice, publicAddress},
	}}
}

var unstopped = typed(line{expr: `^[　 ]*抄[　 ]*送[　 ]*[：:][^。]*(?P<x>[^。　 ，、；：])[　 ]*$`, once: true})

// copiesStop: in the labelled text form the full stop is the typesetter's.
func copiesStop(p *paper) {
	for i := range p.typed {
		if strings.HasPrefix(p.typed[i].text, "版式：") || strings.HasPrefix(p.typed[i].text, "标题：") {
			return
		}
	}
	unstopped(p)
}

func recipientColon(p *paper) {
	if s := p.part(Recipients); strings.HasSuffix(s.text, ":") || strings.HasSuffix(s.text, "：") {
		if strings.HasSuffix(s.text, ":") {
			p.at(s, len(s.text)-1, len(s.text), "")
		}
		return
	}
	if p.doc.Recipients == "" {
		return
	}
	joined := ""
	for i := range p.typed {
		s := &p.typed[i]
		joined = strings.TrimSpace(s.text)
		if strings.HasSuffix(joined, ":") && strings.HasSuffix(p.doc.Recipients, strings.TrimSuffix(joined, ":")) {
			at := strings.LastIndex(s.text, ":")
			p.at(s, at, at+1, "")
			return
		}
	}
}

var unlike = regexp.MustCompile(`(?:人民政府|党委|乡镇|街道)(?P<x>、)(?:省|市|州|县|区|国务院)(?:人民政府|政府|委)各(?:部门|部委|委办局)`)

func mixedRecipients(p *paper) {
	s := p.part(Recipients)
	if m := unlike.FindStringSubmatchIndex(s.text); m != nil && !strings.Contains(s.text, "，") {
		p.at(s, m[2], m[3], "")
	}
}

func sentTwice(p *paper) {
	copies := gongwen.Organs(p.doc.CopiesTo)
	for _, o := range p.recipients() {
		if slices.Contains(copies, o) {
			p.flag(CopiesTo, "“"+o+"”已是主送机关，不再抄送")
			return
		}
	}
}

func copiedSelf(p *paper) {
	for _, o := range gongwen.Organs(p.doc.CopiesTo) {
		if slices.Contains(p.doc.Issuers, o) {
			p.flag(CopiesTo, "“"+o+"”是发文机关，不列入抄送")
			return
		}
	}
}

// copyRanks: only the order all handbooks agree on; army and mass organisations differ from place to place.
var copyRanks = []*regexp.Regexp{
	regexp.MustCompile(`^[省市县区州旗]委(办公室|办公厅|各部门|办)?$`),
	regexp.MustCompile(`^[省市县区州旗]?(人大|人大常委会|政府|人民政府|政协|监委|监察委员会)(办公室|办公厅)?$`),
	regexp.MustCompile(`^[省市县区州旗](人民)?(法院|检察院)$`),
}

func copiesOrder(p *paper) {
	highest := 0
	for _, o := range gongwen.Organs(p.doc.CopiesTo) {
		for i, re := range copyRanks {
			if !re.MatchString(o) {
				continue
			}
			if i < highest {
				p.flag(CopiesTo, "抄送次序：“"+o+"”应在前")
				return
			}
			highest = i
		}
	}
}

func unregistered(p *paper) {
	if p.opts.Office == nil || len(p.opts.Office.Organs) == 0 {
		return
	}
	for _, part := range []Part{Recipients, CopiesTo} {
		s := p.part(part)
		for _, o := range gongwen.Organs(s.text) {
			if strings.HasPrefix(o, "各") || strings.HasPrefix(o, "有关") || slices.Contains(p.opts.Office.Organs, o) {
				continue
			}
			if i := strings.Index(s.text, o); i >= 0 {
				p.at(s, i, i+len(o), "“"+o+"”不在机关名录内")
			}
		}
	}
}

var ownOrgans = regexp.MustCompile(`人民政府|各部门|各单位|直属|各(乡镇|县|市|区)|局[、，]`)

func publicAddress(p *paper) {
	if p.is(gongwen.Announcement, gongwen.PublicNotice, gongwen.Command) && ownOrgans.MatchString(p.doc.Recipients) {
		p.flag(Recipients, "")
	}
}
