package app_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	"github.com/chengqi-oa/chengqi/procedures"
	rules "github.com/chengqi-oa/chengqi/rulebook"
)

// What the rules say must stand on a form, in a book, in a list to choose from, and in what order a matter goes, is held
// here against the shipped definitions, clause by clause.

func shipped(t *testing.T) *engine.Catalogue {
	t.Helper()
	clauses, err := rulebook.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	catalogue, faults := engine.Load(engine.Proof{Rules: clauses, Effects: engine.WithBuiltIn(office.Effects(file.Store{}))}, procedures.Files)
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	return catalogue
}

// missing are the words of want that are not in have.
func missing(want, have []string) []string {
	return slices.DeleteFunc(slices.Clone(want), func(w string) bool { return slices.Contains(have, w) })
}

func Test_各种单上制度要求的项目一项不少(t *testing.T) {
	c := shipped(t)
	for _, f := range []struct {
		clause, kind, sheet string
		labels              []string
	}{
		{"FIRST-05", "assignment", "assignment-sheet", []string{"交办领导", "事项", "意图", "时限", "要求", "承办人", "办理结果"}},
		{"TEL-01", "phone-record", "phone-record", []string{"来电单位", "来电人姓名", "身份", "职务", "联系电话", "具体时间", "内容", "需进一步问明事项", "接话人"}},
		{"DOC-IN-08", "incoming", "incoming-sheet", []string{"拟办意见", "领导批示", "处理结果"}},
		{"DOC-IN-26", "incoming", "incoming-sheet", []string{"收文编号", "来文单位", "文号", "标题"}},
		{"DOC-IN-35", "incoming", "return-note", []string{"退文理由", "说明", "核准", "接收人", "退回日期"}},
		{"DOC-OUT-06", "outgoing", "outgoing-sheet", []string{"密级", "印发范围", "标题", "拟稿人", "签发"}},
		{"DOC-OUT-50", "outgoing", "outgoing-sheet", []string{"签发", "成文日期"}},
		{"SEAL-01", "seal-use", "seal-approval", []string{"用印事由", "文件名称", "份数", "审批人意见", "监印员"}},
		{"SEAL-13", "seal-lifecycle", "seal-impression", []string{"印模", "启用日期", "作废日期"}},
		{"SEAL-17", "seal-carry", "seal-carry", []string{"随行人", "带出时刻", "归还时刻", "审批意见"}},
		{"SEAL-18", "introduction-letter", "letter-approval", []string{"用途", "单位负责人意见", "审批意见", "有效期"}},
		{"SEAL-19", "seal-use", "contract-sheet", []string{"单位负责人", "分管领导", "主要领导"}},
		{"SEAL-31", "seal-use", "contract-sheet", []string{"合同名称", "对方", "金额", "期限"}},
		{"PET-23", "petition", "petition-opinion", []string{"诉求", "事实与依据", "处理意见", "法律依据", "送达回执"}},
		{"DUTY-08", "duty-shift", "duty-handover", []string{"所收信息", "处理情况", "未办事项", "交班人", "接班人"}},
		{"BORROW-01", "document-loan", "loan-slip", []string{"借阅人", "事由", "借期", "应还日期", "归还时刻"}},
		{"BORROW-03", "document-loan", "outside-loan-approval", []string{"单位", "借阅人", "阅读地点", "主管领导意见"}},
		{"WRITE-03", "manuscript", "drafting-slip", []string{"撰写人", "修改人", "科室审改", "主任审核", "领导阅签"}},
		{"PROP-02", "proposal", "proposal-progress", []string{"主办单位", "承办人", "答复期限", "办理进度", "查询电话"}},
		{"PET-15", "petition", "petition-supervision", []string{"承办单位", "督查协调", "报上级"}},
		{"SEC-17", "secrecy-evaluation", "secrecy-evaluation", []string{"评价年度", "全年检查结果", "评价等次", "主任审定"}},
		{"ATT-15", "absence-notice", "absence-notice", []string{"去向", "离开", "返回", "代行负责人", "联系方式"}},
	} {
		p := c.Kind(f.kind)
		var labels []string
		for _, s := range p.Sheets {
			if s.Key == f.sheet {
				for _, r := range s.Rows {
					for _, cell := range r.Cells {
						labels = append(labels, cell.Label)
					}
				}
			}
		}
		if m := missing(f.labels, labels); len(m) > 0 {
			t.Errorf("%s：“%s”的单 %s 缺%v", f.clause, p.Name, f.sheet, m)
		}
	}
}

func Test_各种簿上制度要求的栏目一栏不少(t *testing.T) {
	c := shipped(t)
	for _, f := range []struct {
		clause, kind, book string
		columns            []string
	}{
		{"DOC-IN-12", "incoming", "", []string{"承办单位", "去向", "办结日期"}},
		{"DOC-OUT-31", "outgoing", "", []string{"发文字号", "签发人", "印发范围", "份数"}},
		{"DOC-OUT-32", "outgoing", "dispatch-register", []string{"收件单位", "发送方式", "送出时刻", "收件人签字"}},
		{"DOC-CIR-06", "circulation", "circulation-register", []string{"阅文人", "送出时刻", "收回时刻", "停留天数", "经手人"}},
		{"DOC-CIR-11", "circulation", "circulation-register", []string{"阅文人", "意见", "送出时刻"}},
		{"BORROW-01", "document-loan", "", []string{"借阅人", "事由", "借期", "应还日期", "归还日期"}},
		{"ARCH-33", "archive-filing", "archive-catalogue", []string{"序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注"}},
		{"ARCH-32", "archive-filing", "archive-stamp", []string{"全宗号", "年度", "件号", "机构（问题）", "保管期限", "页数"}},
		{"ARCH-08", "archive-account", "", []string{"收进", "移出", "鉴定", "销毁", "利用", "结存", "账实"}},
		{"ARCH-04", "archive-filing", "filing-transfer", []string{"移交科室", "接收", "移交日期", "档号", "题名"}},
		{"ARCH-37", "archive-filing", "filing-todo", []string{"科室", "题名", "缺少的材料", "限归日期"}},
		{"SEAL-07", "seal-use", "", []string{"用印时间", "部门", "个人", "事由", "数量", "批准人", "经手人", "监印人"}},
		{"PET-01", "petition", "", []string{"姓名", "反映情况", "转办去向", "处理结果", "来源"}},
		{"FIRST-26", "assignment", "", []string{"首问责任人", "承办人", "限期", "办结时刻", "结果"}},
		{"RPT-09", "request-report", "", []string{"请示人", "被请示领导", "答复", "答复时刻"}},
		{"DUTY-02", "duty-shift", "", []string{"日期", "班次", "带班领导"}},
		{"OA-05", "bulletin", "", []string{"范围", "未回执", "撤回或下架"}},
		{"EVAL-21", "error-record", "", []string{"哪一误", "三办三务", "责任环节", "责任人", "整改", "通报"}},
		{"CAL-01", "leader-week", "leader-calendar", []string{"日期", "领导", "会议或活动", "地点", "车辆", "协调人"}},
	} {
		p := c.Kind(f.kind)
		columns := p.Register.Columns
		for _, b := range p.Books {
			if b.Key == f.book {
				columns = b.Columns
			}
		}
		var names []string
		for _, col := range columns {
			names = append(names, col.Name)
		}
		if m := missing(f.columns, names); len(m) > 0 {
			t.Errorf("%s：“%s”的簿 %s 缺%v", f.clause, p.Name, f.book, m)
		}
	}
}

func Test_选项正是制度列的几种(t *testing.T) {
	c := shipped(t)
	statutory := []string{"决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "函", "纪要"}
	for _, f := range []struct {
		clause, kind, field string
		options             []string
		only                bool // nothing else may be chosen
	}{
		{"DOC-OUT-52", "outgoing", "doc_kind", statutory, false},
		{"DOC-OUT-12", "outgoing", "distribution.channel", []string{"集中交换", "直接递送", "市内互寄", "单位自取", "电子传输"}, true},
		{"DOC-OUT-32", "outgoing", "distribution.channel", []string{"集中交换", "直接递送", "市内互寄", "单位自取", "电子传输"}, true},
		{"ARCH-06", "archive-filing", "items.category", []string{"WS 文书", "KJ 科技", "KU 会计", "ZP 照片", "LY 录音", "LX 录像", "RS 人事", "SW 实物"}, true},
		{"ARCH-06", "archive-account", "category", []string{"WS 文书", "KJ 科技", "KU 会计", "ZP 照片", "LY 录音", "LX 录像", "RS 人事", "SW 实物"}, true},
		{"ARCH-16", "archive-volume", "papers.phase", []string{"会前", "会中", "会后"}, false},
		{"DOC-IN-21", "incoming", "type", []string{"报批", "送阅"}, false},
		{"FIRST-07", "assignment", "type", []string{"传达指示", "查询办理", "催要情况和结果", "临时会议通知"}, true},
		{"FIRST-20", "assignment", "four", []string{"领导交办急办", "服务领导主动办", "服务基层上门办", "跨部门协调办"}, true},
		{"FIRST-24", "assignment", "urgency", []string{"缓件", "平件", "加急", "特急"}, true},
		{"FIRST-14", "coordination", "direction", []string{"纵向", "横向", "斜向"}, true},
		{"FIRST-14", "coordination", "sort", []string{"政策", "关系", "办文", "办会", "应急"}, true},
		{"FIRST-14", "coordination", "way", []string{"电话", "文件", "会议"}, true},
		{"RPT-03", "request-report", "category", []string{"重要活动与计划进展", "交办难解决事项", "部门经办转领导的请示", "重大失误事故", "其他应报"}, true},
		{"TEL-07", "phone-record", "way", []string{"按批示办", "通知"}, false},
		{"PET-01", "petition", "source", []string{"来信", "来访", "来电", "网络"}, false},
		{"OPEN-19", "outgoing", "public", []string{"公开", "依申请公开", "不公开"}, true},
		{"EVAL-21", "error-record", "kind_of", []string{"误文", "误会", "误事"}, false},
	} {
		p := c.Kind(f.kind)
		field := p.Field(f.field)
		if field == nil { // a column of a table
			table, column, _ := strings.Cut(f.field, ".")
			for i := range p.Field(table).Columns {
				if col := &p.Field(table).Columns[i]; col.Key == column {
					field = col
				}
			}
		}
		if m := missing(f.options, field.Options); len(m) > 0 {
			t.Errorf("%s：“%s·%s”缺%v", f.clause, p.Name, field.Name, m)
		}
		if m := missing(field.Options, f.options); f.only && len(m) > 0 {
			t.Errorf("%s：“%s·%s”多了%v", f.clause, p.Name, field.Name, m)
		}
	}
}

func Test_项目不全办不下去(t *testing.T) {
	c := shipped(t)
	for _, f := range []struct {
		clause, kind, step, action string
		required                   []string
	}{
		{"DOC-IN-01", "incoming", "register", "register", []string{"type", "sender", "secrecy", "urgency"}},
		{"DOC-IN-28", "incoming", "receive", "sign", []string{"received_at", "sender"}},
		{"DOC-OUT-06", "outgoing", "draft", "submit", []string{"secrecy", "scope", "issuer", "doc_kind", "title", "body"}},
		{"DOC-OUT-45", "outgoing", "draft", "submit", []string{"issuer"}},
		{"DOC-IN-35", "incoming", "review", "return-document", []string{"return_reason", "return_note"}},
		{"BORROW-01", "document-loan", "apply", "submit", []string{"title", "reason", "term"}},
		{"CAL-03", "leader-activity", "plan", "submit", []string{"title", "from", "vehicle", "place"}},
		{"OA-18", "decision-data", "report", "submit", []string{"domain", "period", "source", "as_of"}},
		{"SEAL-09", "seal-lifecycle", "apply", "submit", []string{"applicant", "institution", "reason"}},
		{"ARCH-04", "archive-filing", "receive", "receive", []string{"location"}},
		{"PET-23", "petition", "handle", "finish", []string{"facts", "conclusion", "law"}},
		{"FIRST-20", "assignment", "register", "hand-over", []string{"four", "type", "given_at", "lead_unit"}},
		{"RPT-09", "request-report", "draft", "submit", []string{"title", "basis", "target"}},
		{"DOC-CHK-02", "outgoing", "review", "not-issue", []string{"no_issue"}},
	} {
		p := c.Kind(f.kind)
		var required []string
		for _, a := range p.Step(f.step).Actions {
			if a.Key == f.action {
				for _, e := range a.Fields {
					if e.Required {
						required = append(required, e.Field)
					}
				}
			}
		}
		if m := missing(f.required, required); len(m) > 0 {
			t.Errorf("%s：“%s·%s”不填%v也能办", f.clause, p.Name, f.action, m)
		}
	}
}

func Test_环节按制度的次序一步接一步(t *testing.T) {
	c := shipped(t)
	for _, f := range []struct {
		clause, kind string
		steps        []string
	}{
		{"DOC-IN-17", "incoming", []string{"receive", "register", "review", "propose", "instruct", "distribute", "handle", "reply", "collect"}},
		{"DOC-IN-05", "incoming", []string{"register", "review", "propose", "distribute", "handle"}},
		{"DOC-OUT-01", "outgoing", []string{"draft", "section-check", "countersign", "review", "office-approve", "sign", "recheck", "number", "typeset", "proof", "print", "seal", "inspect", "dispatch", "receipt", "file"}},
		{"DOC-OUT-11", "outgoing", []string{"recheck", "number", "typeset", "proof", "print", "seal", "inspect", "dispatch"}},
		{"DOC-OUT-26", "joint-issue", []string{"office-approve", "cosign", "sign", "recheck", "number"}},
		{"DOC-OUT-22", "draft-on-behalf", []string{"draft", "secretary", "chief", "receive"}},
		{"DOC-CIR-02", "circulation", []string{"send", "sign-off", "collect", "send"}},
		{"SEAL-09", "seal-lifecycle", []string{"apply", "charge", "approve", "police", "carve", "collect", "impress", "in-use"}},
		{"SEAL-14", "seal-lifecycle", []string{"in-use", "recovered", "compile", "review", "deposit", "destroy"}},
		{"PET-02", "petition", []string{"register", "decide", "instruct", "receive", "notify", "handle", "deliver", "conclude"}},
		{"TEL-04", "phone-record", []string{"record", "instruct", "inform", "handle"}},
		{"FIRST-06", "assignment", []string{"register", "handle", "check"}},
		{"FIRST-03", "assignment", []string{"register", "receive", "handle", "check"}},
		{"RECV-04", "reception", []string{"register", "instruct", "plan", "approve", "prepare", "receive", "settle", "audit", "review"}},
		{"ARCH-01", "archive-filing", []string{"collect", "terms", "verify", "box", "hand-over", "receive"}},
		{"ARCH-16", "archive-volume", []string{"open", "collect", "arrange", "kept", "receive"}},
		{"ARCH-17", "archive-volume", []string{"open", "collect", "leader", "arrange", "kept", "receive"}},
		{"RPT-04", "coordination", []string{"begin", "contact", "gather", "deputy", "director", "lead", "follow"}},
		{"WRITE-01", "manuscript", []string{"intent", "study", "outline", "write"}},
		{"WRITE-02", "manuscript", []string{"write", "proof", "proof-again", "section", "review", "sign", "print"}},
		{"CAL-01", "leader-week", []string{"compile", "approve", "read-all"}},
	} {
		p := c.Kind(f.kind)
		for i := range f.steps[1:] {
			from, to := p.Step(f.steps[i]), f.steps[i+1]
			if from == nil || !slices.ContainsFunc(from.Actions, func(a engine.Action) bool {
				return slices.ContainsFunc(a.To, func(b engine.Branch) bool { return b.To == to })
			}) && !leadsBack(p, to) {
				t.Errorf("%s：“%s”的%s之后到不了%s", f.clause, p.Name, f.steps[i], to)
			}
		}
	}
}

// leadsBack tells whether an action that is always there leads to a step.
func leadsBack(p *engine.Procedure, to string) bool {
	return slices.ContainsFunc(p.Always, func(a engine.Action) bool {
		return slices.ContainsFunc(a.To, func(b engine.Branch) bool { return b.To == to })
	})
}

// A rule of prohibition is kept where there is no way at all: nobody else begins, registers or hands on.
func Test_只此一处没有第二个口子(t *testing.T) {
	c := shipped(t)
	for _, f := range []struct{ clause, what, who, want string }{
		{"DOC-IN-15", "登记收文", c.Kind("incoming").Step("register").Who.Text, `duty("clerk")`},
		{"DOC-CIR-01", "办理传阅", c.Kind("circulation").Start.Text, `duty("clerk")`},
		{"DOC-CIR-04", "送下一位", c.Kind("circulation").Step("send").Who.Text, `duty("clerk")`},
		{"SEAL-10", "刻制印章", c.Kind("seal-lifecycle").Start.Text, `duty("seal-keeper")`},
		{"SEAL-23", "留作废印模", c.Kind("seal-lifecycle").Step("recovered").Who.Text, `duty("seal-keeper")`},
		{"ARCH-21", "接收归档", c.Kind("archive-filing").Step("receive").Who.Text, `len(duty("archivist")) > 0 ? duty("archivist") : people(director(issuer))`},
	} {
		if f.who != f.want {
			t.Errorf("%s：%s由%s办，应是%s", f.clause, f.what, f.who, f.want)
		}
	}
	for _, a := range c.Kind("circulation").Step("sign-off").Actions { // 阅毕先回到文书 DOC-CIR-02
		for _, b := range a.To {
			if b.To == "sign-off" {
				t.Errorf("签阅后可以直接到下一位：%s", a.Name)
			}
		}
	}
}

// What is headed 日期 says the day: an hour behind it would be set small or push the line.
func Test_名为日期的栏目不带时分(t *testing.T) {
	for _, p := range shipped(t).All() {
		held := func(where, label string, value engine.Expr) {
			if f := p.Field(value.Text); f != nil && f.Type == engine.DateTime && strings.HasSuffix(label, "日期") {
				t.Errorf("%s%s的“%s”写的是时刻（%s）", p.Name, where, label, value.Text)
			}
		}
		for _, c := range p.Register.Columns {
			held("登记簿", c.Name, c.Value)
		}
		for _, b := range p.Books {
			for _, c := range b.Columns {
				held(b.Name, c.Name, c.Value)
			}
		}
		for _, s := range p.Sheets {
			for _, r := range s.Rows {
				for _, c := range r.Cells {
					held(s.Name, c.Label, c.Value)
				}
			}
		}
	}
}
