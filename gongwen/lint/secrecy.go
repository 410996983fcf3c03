package lint

import (
	"regexp"
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// secrecyRules 保密公开.
func secrecyRules() *chapter {
	return &chapter{"保密公开", secrecyLaw, []rule{
		{"C001", Error, ByText, "非涉密系统出现国家秘密标志，应立即停止并转保密渠道处置", secrecyLaw + "第三十一条", secretMark},
		{"C003", Error, ByText, "主动公开的公文带有密级或者内部标识", secrecyLaw + "第三十五条", publicYetInner},
		{"C006", Warn, ByText, "含身份证号、手机号、银行卡号等个人信息", "《中华人民共和国个人信息保护法》", personalData},
		{"C008", Warn, ByText, "文件属性、批注带出内部信息，公开前应清理", secrecyLaw + "第三十五条", func(p *paper) {
			s := p.opts.Source
			if s == nil || s.Author == "" && s.Path == "" {
				return
			}
			p.flag(WholeFile, "文件属性中有作者或者路径，公开前应清理")
		}},
		{"C009", Info, ByDictionary, "工作秘密件应按本单位办法标明管理要求，不加“★”", "《中华人民共和国保守国家秘密法实施条例》第七十三条", func(p *paper) {
			if p.opts.WorkSecret && !p.doc.WorkSecret && !strings.Contains(p.joined(inAll), gongwen.WorkSecretMark) {
				p.flag(Title, "")
			}
		}},
	}}
}

var starred = regexp.MustCompile(`(?:绝密|机密|秘密)[　 ]?★`)

func secretMark(p *paper) {
	if p.opts.Classified {
		return
	}
	if classified(p.doc.Secrecy.Level) {
		p.flag(SecrecyLevel, "")
		return
	}
	if !p.seen.may("★") {
		return
	}
	for s := range p.within(inAll) {
		if m := starred.FindStringIndex(s.text); m != nil && !quoted(s.text, m[0]) {
			p.at(s, m[0], m[1], "")
			return
		}
	}
}

var innerMark = regexp.MustCompile(`内部资料|内部文件|内部材料|注意保存|不得公开|不得外传|严禁外传`)

func publicYetInner(p *paper) {
	note := p.doc.Note
	if p.opts.Publicity != "主动公开" && !strings.Contains(note, "主动公开") && !strings.Contains(note, "公开发布") {
		return
	}
	if p.doc.Secrecy.Level != "" || p.doc.WorkSecret {
		p.flag(SecrecyLevel, "")
	}
	for i := range p.typed { // a mark stands on a line of its own; 不得公开 in a sentence is a subject
		if s := &p.typed[i]; innerMark.MatchString(s.text) && len(s.text) < 60 && !strings.Contains(s.text, "。") {
			p.at(s, 0, len(s.text), "")
			return
		}
	}
	for _, s := range p.body {
		if m := innerMark.FindStringIndex(s.text); m != nil && len(s.text) < 60 && len(p.typed) == 0 {
			p.at(s, m[0], m[1], "")
			return
		}
	}
}

var (
	identity = regexp.MustCompile(`(?:^|[^0-9A-Za-z])([1-9][0-9]{5}((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})[0-9]{3}[0-9Xx])(?:$|[^0-9A-Za-z])`)
	cellular = regexp.MustCompile(`(?:^|[^0-9A-Za-z.\-])(1[3-9][0-9]{9})(?:$|[^0-9A-Za-z.\-])`)
	bankCard = regexp.MustCompile(`(?:^|[^0-9A-Za-z])(6[0-9]{15,18})(?:$|[^0-9A-Za-z])`)
	official = regexp.MustCompile(`(联系|咨询|电话|手机|值班|举报|监督|热线)[^。；]{0,40}$`)
)

// personalData: the telephone numbers an office gives for itself are meant to be known.
func personalData(p *paper) {
	if !p.seen.digit {
		return
	}
	for s := range p.within(inAll) {
		if !longDigits(s.text, 11) {
			continue
		}
		for _, m := range identity.FindAllStringSubmatchIndex(s.text, -1) {
			if (day{number(group(s.text, m, 2)), number(group(s.text, m, 3)), number(group(s.text, m, 4))}).valid() {
				p.at(s, m[2], m[3], "含身份证号")
			}
		}
		for _, m := range cellular.FindAllStringSubmatchIndex(s.text, -1) {
			if !official.MatchString(s.text[:m[2]]) && s.kind != "table" {
				p.at(s, m[2], m[3], "含手机号")
			}
		}
		for _, m := range bankCard.FindAllStringSubmatchIndex(s.text, -1) {
			if luhn(s.text[m[2]:m[3]]) {
				p.at(s, m[2], m[3], "含银行卡号")
			}
		}
	}
}

// longDigits reports a run of at least n digits.
func longDigits(text string, n int) bool {
	run := 0
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			run = 0
		} else if run++; run >= n {
			return true
		}
	}
	return false
}

// luhn checks the last digit of a bank card (ISO/IEC 7812-1).
func luhn(digits string) bool {
	sum := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
