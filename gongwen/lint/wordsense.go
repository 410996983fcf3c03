package lint

// contextWordRules 易错字词 that are right elsewhere: only firm collocations are judged.
func contextWordRules() *chapter {
	in := inText
	return &chapter{"字词", wordBasis, []rule{
		{"W004", Warn, ByDictionary, "“截止”不带时间宾语，应为“截至”", "", match(pattern{near: "截止", in: in, whole: true, expr: `(?:^|[，。；（])(?P<x>截止到?)(?:[0-9]{4}年|[0-9]{1,2}月|今年|目前|去年)`, fix: "截至"})},
		{"W006", Info, ByDictionary, "抽象行为用“作出”", "", match(pattern{near: "做出", in: in, expr: `(?P<x>做出)(?:了)?[^，。；做]{0,6}(?:决定|批示|指示|决议|裁定|判决|处分)`, fix: "作出"})},
		{"W007", Info, ByDictionary, "具体事务用“做”", "", match(pattern{near: "作好", in: in, expr: `[把将][^，。；]{1,12}[^工合操协创动写运劳耕制著](?P<x>作好)`, fix: "做好"})},
		{"W008", Error, ByDictionary, "职权意义上用“权力”", "", match(pattern{near: "权利", in: in, expr: `(?P<x>权利)(?:运行|寻租|制约)|公(?P<y>权利)`, fix: "权力", unless: `办公权利`})},
		{"W009", Error, ByDictionary, "权益意义上用“权利”", "", match(pattern{near: "权力", in: in, expr: `(?:合法|正当|民主|财产|人身|公民|诉讼|知情|受教育|劳动|休息)(?P<x>权力)`, fix: "权利"})},
		{"W010", Warn, ByDictionary, "治理意义上用“法治”", "", match(pattern{near: "法制", in: in, expr: `(?P<x>法制)(?:政府|社会建设|化营商环境|轨道|思维)`, fix: "法治"})},
		{"W011", Warn, ByDictionary, "反映情况、意见用“反映”", "", match(pattern{near: "反应", in: in, expr: `(?:群众|社会|职工|居民|企业|家长|各方面?)(?P<x>反应)(?:强烈|突出|集中|较大|较多|的)|(?:^|[、，。；])(?P<y>反应)(?:情况|问题|意见|诉求)`, fix: "反映", unless: `应急反应|快速反应|不良反应|化学反应`})},
		{"W012", Error, ByDictionary, "“必须品”应为“必需品”", "", match(pattern{near: "必须", in: in, expr: `(?:生活|生产|防护|日常)(?P<x>必须)|(?P<y>必须)品(?:$|[^行德质格学])`, fix: "必需"})},
		{"W013", Warn, ByDictionary, "引出不好的结果用“以致”", "", match(pattern{near: "以至", in: in, expr: `，(?P<x>以至)(?:发生|造成|出现|引发|酿成|产生|影响|延误)`, fix: "以致"})},
		{"W014", Warn, ByDictionary, "用人用“起用”，用物用“启用”", "", match(pattern{near: "起用", in: in, expr: `(?:^|[^发提一引])(?P<x>起用)新?(?:印章|公章|系统|平台|设备|办公楼|场所|账户|域名|网站|文号)`, fix: "启用"})},
		{"W022", Warn, ByDictionary, "时间用“度过”", "", match(pattern{near: "渡过", in: in, expr: `(?P<x>渡过)(?:了)?[^，。；关难危河江海]{0,6}(?:汛期|春节|节日|假期|夏季|冬季|暑期|国庆|元旦|中秋|周末|寒冬|严冬|时光|晚年|一生|童年|新年|佳节)`, fix: "度过"})},
		{"W023", Warn, ByDictionary, "秘密、信息用“泄露”", "", match(pattern{near: "泄漏", in: in, expr: `(?P<x>泄漏)[^，。；、]{0,6}(?:秘密|机密|信息|隐私|数据|试题|内幕)|(?:秘密|机密|信息|隐私|数据|试题)(?P<y>泄漏)`, fix: "泄露"})},
		{"W027", Info, ByDictionary, "信息传递用“通信”", "", match(pattern{near: "应急通讯", in: in, expr: `应急(?P<x>通讯)(?:[^录员社]|$)`, fix: "通信"})},
		{"W029", Error, ByDictionary, "“象”应为“像”", "", match(pattern{near: "象", in: in, whole: true, expr: `(?:^|[，。；、就要])(?P<x>象)[^，。；、征]{1,12}(?:一样|似的|那样)`, fix: "像"})},
		{"W039", Warn, ByDictionary, "记载用“记录”，成绩用“纪录”", "", match(pattern{near: "纪录", in: in, expr: `(?:会议|谈话|值班|工作|台账|讨论|详细|如实|做好)(?P<x>纪录)(?:$|[^片])`, unless: `刷新|打破|创造|最高纪录`})},
		{"W042", Warn, ByDictionary, "会议、文件用“精简”", "", match(pattern{near: "精减", in: in, expr: `(?P<x>精减)(?:会议|文件|材料|程序|环节|流程|报表)`, fix: "精简"})},
		{"W043", Info, ByDictionary, "文字用“精练”", regulation + "第十九条", match(pattern{near: "精炼", in: in, expr: `(?:文字|语言|表述|文风)[^，。；]{0,3}(?P<x>精炼)`, fix: "精练"})},
		{"W058", Warn, ByDictionary, "职务、机构用“撤销”", "", swapBut("撤消费 撤消防 撤消毒", "撤消", "撤销")},
		{"W064", Warn, ByDictionary, "公开揭露用“曝光”", "", swapBut("引爆光 火爆光", "爆光", "曝光", "暴光", "曝光")},
		{"W080", Warn, ByDictionary, "实地了解用“考察”", "", match(pattern{near: "考查", in: in, expr: `(?:赴[^，。；]{1,10}|参观|外出|外地|实地)(?P<x>考查)|(?P<y>考查)学习`, fix: "考察"})},
		{"W081", Error, ByDictionary, "刑事案件用“侦查”", "", match(pattern{near: "侦察", in: in, expr: `(?:立案|刑事|公安机关|补充)(?P<x>侦察)|(?P<y>侦察)终结`, fix: "侦查"})},
		{"W082", Error, ByDictionary, "“法人”是组织，指个人用“法定代表人”", "", match(pattern{near: "法人", in: in, expr: `(?P<x>法人)(?:签字|签名|身份证|本人|姓名|[王李张刘陈杨赵黄周吴]某)`, fix: "法定代表人", unless: `其他组织`})},
		{"W084", Info, ByDictionary, "已成文件用“制定”，过程用“制订”", "", match(pattern{near: "制订了", in: in, expr: `(?P<x>制订)了[^，。；]{0,12}(?:办法|规定|细则|制度|条例)`, fix: "制定"})},
		{"W085", Warn, ByDictionary, "“颁布”用于法律法规，此处用“印发”或者“发布”", "", match(pattern{near: "颁布", in: in, expr: `(?P<x>颁布)[^，。；法令例章》的]{0,6}(?:通知|方案|计划|通报|纪要)`})},
		{"W091", Error, ByDictionary, "“防止……不再”否定失当", "", match(pattern{near: "防止 避免", in: in, expr: `(?:防止|避免)[^，。；]{0,14}不再(?:发生|出现)`})},
		{"W092", Error, ByDictionary, "“避免……不”否定失当", "", match(pattern{near: "避免不", in: in, expr: `避免(?P<x>不)(?:发生|出现|造成)`, fix: drop})},
		{"W097", Info, ByDictionary, "口语词，公文用书面语", "", match(pattern{near: "咱们 啥 搞起来 咋", in: in, expr: `咱们|[干为有]啥|搞起来|咋[样办]`, unless: `“[^”]*(咱们|啥|咋)`})},
	}}
}
