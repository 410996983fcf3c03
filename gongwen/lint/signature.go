package lint

import (
	"strings"

	"github.com/chengqi-oa/chengqi/gongwen"
)

// signatureRules 署名和印章 (条例 art. 9(11)(13), GB/T 9704-2012 7.3.5).
func signatureRules() *chapter {
	return &chapter{"署名日期印章", "GB/T 9704-2012 7.3.5", []rule{
		{"S009", Error, ByText, "署名与发文机关不一致", regulation + "第九条第（十一）项", foreignSignature},
		{"S010", Error, ByText, "联合行文漏署机关，或者署名次序与版头不一致", "", jointSignatures},
		{"S011", Error, ByLayout, "有署名而未加盖印章（有特定发文机关标志的普发性公文和电报除外）", regulation + "第九条第（十三）项", sealMissing},
		{"S013", Error, ByLayout, "空白印章：印章应下压署名和成文日期", "GB/T 9704-2012 7.3.5.1", sealBlank},
		{"S014", Warn, ByLayout, "印章顶端应距正文（或附件说明）一行之内", "GB/T 9704-2012 7.3.5.1", sealTop},
		{"S015", Error, ByLayout, "印章之间不得相交、相切，两端不得超出版心", "GB/T 9704-2012 7.3.5.1", sealsApart},
		{"S016", Warn, ByLayout, "印章应与正文同处一面，可调整行距、字距", "GB/T 9704-2012 7.3.5.5", sealWithBody},
		{"S017", Warn, ByLayout, "加盖印章的公文，成文日期右空四字", "GB/T 9704-2012 7.3.5.1", dateRight},
		{"S018", Warn, ByLayout, "不加盖印章的公文，署名右空二字，成文日期首字比署名首字右移二字", "GB/T 9704-2012 7.3.5.2", unsealedSignature},
		{"S019", Warn, ByDictionary, "命令（令）由签发人加职务并加盖签名章", "GB/T 9704-2012 10.2", func(p *paper) {
			if p.doc.Layout == gongwen.Order && len(p.doc.Signatures) > 0 && !p.doc.Stamped() && strings.HasSuffix(p.doc.Signatures[0].Organ, "政府") {
				p.at(&segment{place: Place{Part: Signature, Index: 1}, text: p.doc.Signatures[0].Organ}, 0, len(p.doc.Signatures[0].Organ), "")
			}
		}},
	}}
}

// organSignatures gives the signing organs, none where a person signs.
func (p *paper) organSignatures() []string {
	var out []string
	for _, s := range p.doc.Signatures {
		if s.Name != "" || s.Title != "" {
			return nil
		}
		out = append(out, strings.TrimSpace(s.Organ))
	}
	return out
}

func foreignSignature(p *paper) {
	heads := p.doc.Issuers
	signed := p.organSignatures()
	if len(heads) == 0 || len(signed) != 1 || len(heads) > 1 {
		return
	}
	if !sameOrgan(heads[0], signed[0]) && !namedChief.MatchString(signed[0]) {
		p.at(&segment{place: Place{Part: Signature, Index: 1}, text: p.doc.Signatures[0].Organ}, 0, len(p.doc.Signatures[0].Organ),
			"署名“"+signed[0]+"”与发文机关“"+heads[0]+"”不一致")
	}
}

func jointSignatures(p *paper) {
	heads, signed := p.doc.Issuers, p.organSignatures()
	if len(heads) < 2 || len(signed) == 0 {
		return
	}
	for i, h := range heads {
		if i >= len(signed) || !sameOrgan(h, signed[i]) {
			p.flag(Signature, "版头列有"+itoa(len(heads))+"个机关，署名应依次为“"+strings.Join(heads, "”“")+"”")
			return
		}
	}
}
