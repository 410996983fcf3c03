package lint

import (
	"regexp"
	"strings"
)

// unitRules 计量单位 (GB 3100-1993, 计量法).
func unitRules() *chapter {
	return &chapter{"计量单位", "GB 3100-1993", []rule{
		{"U001", Warn, ByDictionary, "用法定计量单位", "《中华人民共和国计量法》；GB 3100-1993", match(pattern{near: "公尺 市斤 市尺 公分 华里 市里 英里 英尺 公担", in: inProse | inTables, expr: `[0-9一二三四五六七八九十百千万几两多]+(?P<x>公尺|市斤|市尺|公分|华里|市里|英里|英尺|公担)`})},
		{"U002", Warn, ByText, "“平方”“立方”后应写明单位", "", match(pattern{near: "平方 立方", in: inProse, expr: `[0-9]万?(?P<x>平方|立方)(?:$|[^米公厘分千英毫/])`, fix: "${x}米"})},
		{"U003", Warn, ByText, "单位符号的大小写错误", "", symbolCase},
		{"U004", Warn, ByText, "面积、体积单位的上标丢失", "", superscript},
		{"U005", Warn, ByText, "单位的中文名称与符号不混构", "", match(pattern{near: "/", in: inProse | inTables, expr: `[0-9](?P<x>(?:千米|公里|米|吨|千克|公斤|立方米|平方米|千瓦|毫克|升)/(?:h|s|min|d|m[23²³]?|L|l|kg|t|km)|(?:km|kg|mg|m³|m|t|g)/(?:小时|时|天|年|日|升|人|户|立方米|平方米))(?:$|[^A-Za-z])`})},
		{"U007", Warn, ByText, "金额缺“元”", practice, match(pattern{near: "万", in: inProse, expr: `(?:经费|资金|投资|补助|拨付|奖励|支出|金额|预算|拨款|概算)(?:约|共|为|达|计)?[0-9]+(?:\.[0-9]+)?(?P<x>万)(?:[、，。；）]|$)`})},
	}}
}

var (
	symbols = map[string]string{
		"KM": "km", "Km": "km", "KG": "kg", "Kg": "kg", "KWH": "kW·h", "KWh": "kW·h", "KwH": "kW·h", "kwh": "kW·h", "Kwh": "kW·h",
		"CM": "cm", "MM": "mm", "KW": "kW", "Kw": "kW", "kw": "kW", "KV": "kV", "kv": "kV", "Kv": "kV", "HZ": "Hz", "hz": "Hz", "ML": "mL",
	}
	symbol = regexp.MustCompile(`[0-9][ ]?(KM|Km|KG|Kg|KWH|KWh|KwH|kwh|Kwh|CM|MM|KW|Kw|kw|KV|kv|Kv|HZ|hz|ML)(?:$|[^A-Za-z0-9²³])`)
	power  = regexp.MustCompile(`[0-9][ ]?(km|cm|mm|m)([23])(?:$|[^0-9A-Za-z.²³])`)
)

func symbolCase(p *paper) {
	if !p.seen.digit {
		return
	}
	for s := range p.within(inProse | inTables) {
		if !strings.ContainsAny(s.text, "KkCMHh") {
			continue
		}
		for _, m := range symbol.FindAllStringSubmatchIndex(s.text, -1) {
			p.mend(s, m[2], m[3], "", symbols[s.text[m[2]:m[3]]])
		}
	}
}

func superscript(p *paper) {
	if !p.seen.digit {
		return
	}
	for s := range p.within(inProse | inTables) {
		if !strings.Contains(s.text, "m2") && !strings.Contains(s.text, "m3") {
			continue
		}
		for _, m := range power.FindAllStringSubmatchIndex(s.text, -1) {
			up := map[string]string{"2": "²", "3": "³"}[s.text[m[4]:m[5]]]
			p.mend(s, m[4], m[5], "", up)
		}
	}
}
