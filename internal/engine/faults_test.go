package engine_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	"github.com/chengqi-oa/chengqi/procedures"
	rules "github.com/chengqi-oa/chengqi/rulebook"
)

// sound is a definition without fault; every case below spoils it in one place.
const sound = `kind: key-loan
name: 钥匙借用
group: 内务
basis: [SEAL-01]
title: purpose
party: borrower
secrecy: kind_of
unit: unit
start: duty("staff")
limit: 2 workdays
use: [return, withdraw]
sees: [director]
correct: [purpose]
number: {series: '"key"', text: '"钥〔" + string(year) + "〕{seq}号"', clause: SEAL-01}
fields:
  purpose: {name: 事由, type: text, max: 50}
  borrower: {name: 借用人, type: person}
  unit: {name: 科室, type: unit, default: me_unit}
  kind_of: {name: 种类, type: choice, options: [门, 柜]}
  count: {name: 把数, type: number, clause: SEAL-01}
  rows:
    name: 明细
    type: table
    columns:
      item: {name: 名称, type: text}
      many: {name: 数量, type: number}
  back_at: {name: 归还时刻, type: datetime}
steps:
  apply:
    name: 申请
    actions:
      submit:
        name: 提交
        to: approve
        fields: [purpose!, borrower!, kind_of, count, rows]
        checks:
          - {ok: count >= 1, say: 至少借一把, clause: SEAL-01, field: count}
        do: [number]
  approve:
    name: 审批
    who: head(unit)
    limit: 1 workday
    basis: [SEAL-01]
    actions:
      agree:
        name: 同意
        to:
          - {if: count > 3, to: keep}
          - {to: keep}
        opinion: required
  keep:
    name: 归还
    who: duty("clerk")
    mode: any
    actions:
      back:
        name: 已归还
        to: closed
        set: {back_at: now}
register:
  name: 钥匙借用登记簿
  paper: A4横
  columns:
    - {name: 事由, value: purpose, sort: title}
    - {name: 借用人, value: name(borrower)}
books:
  - key: key-lines
    name: 钥匙明细簿
    rows: rows
    columns:
      - {name: 名称, value: row.item}
sheets:
  key-sheet:
    name: 钥匙借用单
    rows:
      - {cells: [{label: 事由, value: purpose, span: 6}, {label: 审批, opinions: [approve], span: 6}]}
      - {cells: [{label: 明细, rows: rows, span: 12, columns: [{name: 品名, value: row.item}]}]}
tallies:
  - {name: 各人借用, by: borrower, across: kind_of, clause: SEAL-01}
  - {name: 各物数量, rows: rows, by: row.item, sum: row.many}
rates:
  - {name: 归还率, by: name(unit), when: 'state == "closed"', target: '100', clause: SEAL-01}
`

var spoiled = []struct{ name, old, new, say string }{
	{"比率只写了分子", "when: 'state == \"closed\"', target", "part: count, target", "分子（part）和分母（whole）要一起写"},
	{"比率的分子写错", "when: 'state == \"closed\"', target", "part: counts, whole: count, target", "表达式"},
	{"以各类事项为分母却不按科室", "by: name(unit), when", "by: name(unit), all_kinds: true, when", "要按科室字段分（by）"},
	{"比率写了两样目标", "target: '100'", "target: '100', most: '0'", "只写一样"},
	{"统计没写按什么分", "by: borrower, ", "", "按什么分（by）"},
	{"统计条款不存在", "across: kind_of, clause: SEAL-01", "across: kind_of, clause: SEAL-77", "没有条款“SEAL-77”"},
	{"统计的行不是表格", "rows: rows, by", "rows: count, by", "要指明一个表格字段"},
	{"统计写错栏目", "sum: row.many", "sum: line.many", "表达式"},
	{"分簿的条件写错", "    rows: rows\n", "    rows: rows\n    when: line.item == 1\n", "表达式"},
	{"到期动作不是系统办的", "    limit: 1 workday\n", "    limit: 1 workday\n    overdue: agree\n", "要是本环节由系统办"},
	{"按行启动的不是表格", "        opinion: required\n", "        opinion: required\n        begin: [{kind: circulation, rows: count}]\n", "要指明一个表格字段"},
	{"程序代号没写", "kind: key-loan\n", "", "缺少 kind"},
	{"程序名称没写", "name: 钥匙借用\n", "", "缺少 name"},
	{"门类没写", "group: 内务\n", "", "缺少 group"},
	{"标题没指明", "title: purpose\n", "", "要指明哪个字段是标题"},
	{"标题指错字段", "title: purpose", "title: purpos", "没有字段“purpos”"},
	{"标题指到数字", "title: purpose", "title: count", "类型不合适"},
	{"来文单位指错", "party: borrower", "party: borower", "没有字段“borower”"},
	{"承办科室不是科室", "unit: unit\n", "unit: purpose\n", "类型不合适"},
	{"工作秘密指错字段", "title: purpose\n", "title: purpose\nwork_secret: secret\n", "没有字段“secret”"}, // SEC-38
	{"工作秘密不是是否字段", "title: purpose\n", "title: purpose\nwork_secret: count\n", "类型不合适，这里要用 flag"},
	{"工作秘密列入密级", "options: [门, 柜]", "options: [门, 工作秘密]", "工作秘密不是密级"},
	{"条款不存在", "basis: [SEAL-01]\ntitle", "basis: [SEAL-99]\ntitle", "没有条款“SEAL-99”"},
	{"字段条款不存在", "type: number, clause: SEAL-01", "type: number, clause: SEAL-0l", "没有条款“SEAL-0l”"},
	{"编号条款不存在", "号\"', clause: SEAL-01", "号\"', clause: KEY-01", "没有条款“KEY-01”"},
	{"校验条款不存在", "say: 至少借一把, clause: SEAL-01", "say: 至少借一把, clause: NO-1", "没有条款“NO-1”"},
	{"环节条款不存在", "limit: 1 workday\n    basis: [SEAL-01]", "limit: 1 workday\n    basis: [X-1]", "没有条款“X-1”"},
	{"谁可开始没写", "start: duty(\"staff\")\n", "", "谁可以开始办理"},
	{"开始表达式写错", "start: duty(\"staff\")", "start: dutty(\"staff\")", "表达式"},
	{"开始表达式少引号", "start: duty(\"staff\")", "start: duty(staff)", "表达式"},
	{"表达式数出一长列", "start: duty(\"staff\")", "start: len(1..900000) > 1", "数出一长列"},
	{"表达式成倍重复", "start: duty(\"staff\")", "start: len(repeat(\"甲\", 900000)) > 1", "不能用 repeat"},
	{"循环套得太深", "start: duty(\"staff\")", "start: 'let a = [1, 2]; all(a, all(a, all(a, all(a, # > 0))))'", "最多套三层"},
	{"一段拼了又拼", "start: duty(\"staff\")", "start: 'let a = \"甲\" + \"乙\" + \"丙\" + \"丁\" + \"戊\" + starter; let b = a+a+a+a+a+a+a+a; let c = b+b+b+b+b+b+b+b; let d = c+c+c+c+c+c+c+c; len(d+d) > 1'", "拼接了太多次"},
	{"期限写错", "limit: 2 workdays", "limit: 2 workdayz", "表达式"},
	{"环节期限写错", "limit: 1 workday\n", "limit: one day\n", "表达式"},
	{"通用动作不存在", "use: [return, withdraw]", "use: [return, withdrew]", "没有通用动作“withdrew”"},
	{"职责不存在", "sees: [director]", "sees: [directer]", "没有岗位职责“directer”"},
	{"更正字段不存在", "correct: [purpose]", "correct: [reason]", "没有字段“reason”"},
	{"编号表达式写错", "text: '\"钥〔\" + string(year)", "text: '\"钥〔\" + string(yeer)", "表达式"},
	{"要编号没有规则", "number: {series: '\"key\"', text: '\"钥〔\" + string(year) + \"〕{seq}号\"', clause: SEAL-01}\n", "", "没有写编号规则"},
	{"字段没有名称", "purpose: {name: 事由, type: text, max: 50}", "purpose: {type: text, max: 50}", "缺少名称"},
	{"字段类型写错", "type: text, max: 50", "type: txt, max: 50", "没有这一种，是不是“text”？"},
	{"字段类型漏写", "borrower: {name: 借用人, type: person}", "borrower: {name: 借用人}", "没有这一种"},
	{"选项没写", "type: choice, options: [门, 柜]", "type: choice", "要写出可选的内容"},
	{"表格没写栏目", "    columns:\n      item: {name: 名称, type: text}\n      many: {name: 数量, type: number}\n", "", "表格要写栏目"},
	{"文字写了栏目", "type: number, clause: SEAL-01}", "type: number, columns: {x: {name: 甲, type: text}}}", "表格要写栏目"},
	{"栏目没有名称", "item: {name: 名称, type: text}", "item: {type: text}", "缺少名称"},
	{"默认值写错", "default: me_unit", "default: my_unit", "表达式"},
	{"最大值不是数", "max: 50", "max: 五十", "要写整数"},
	{"字段写了两次", "  count: {name: 把数, type: number, clause: SEAL-01}\n", "  count: {name: 把数, type: number}\n  count: {name: 把数, type: number}\n", "写了两次"},
	{"字段用了固定词", "  kind_of: {name: 种类, type: choice, options: [门, 柜]}\n", "  kind_of: {name: 种类, type: choice, options: [门, 柜]}\n  number: {name: 号, type: text}\n", "固定词"},
	{"字段没人填", "  back_at: {name: 归还时刻, type: datetime}\n", "  back_at: {name: 归还时刻, type: datetime}\n  note: {name: 说明, type: text}\n", "没有填写或赋值"},
	{"比率没写怎样算办成", "by: name(unit), when: 'state == \"closed\"'", "by: name(unit)", "怎样算办成"},
	{"比率按什么分写错", "归还率, by: name(unit)", "归还率, by: name(units)", "表达式"},
	{"比率条款不存在", "target: '100', clause: SEAL-01", "target: '100', clause: SEAL-98", "没有条款“SEAL-98”"},
	{"只登编号却让填标题", "title: purpose\n", "title: purpose\nnumbers_only: true\n", "标题由系统写"},
	{"只登编号却有文件", "  back_at: {name: 归还时刻, type: datetime}\n", "  back_at: {name: 归还时刻, type: datetime}\n  scan: {name: 扫描件, type: files, default: '[]'}\nnumbers_only: true\n", "不能有长文字和文件"},
	{"本人办写错", "    mode: any\n", "    mode: any\n    in_person: leval == 1\n", "表达式"},
	{"不认识的字段属性", "type: text, max: 50", "type: text, maxx: 50", "不认识“maxx”，是不是“max”？"},
	{"不认识的程序属性", "sees: [director]", "seen: [director]", "不认识“seen”，是不是“sees”？"},
	{"不认识的环节属性", "    who: head(unit)\n", "    whom: head(unit)\n", "不认识“whom”，是不是“who”？"},
	{"不认识的动作属性", "        opinion: required", "        opnion: required", "不认识“opnion”，是不是“opinion”？"},
	{"环节没有名称", "  approve:\n    name: 审批\n", "  approve:\n", "缺少名称"},
	{"环节没写由谁办", "    who: head(unit)\n", "", "没有写明由谁办"},
	{"由谁办写错", "who: head(unit)", "who: haed(unit)", "表达式"},
	{"由谁办用了没有的字段", "who: head(unit)", "who: head(section)", "表达式"},
	{"办理方式写错", "mode: any", "mode: every", "办理方式只能是"},
	{"环节走不到", "  keep:\n    name: 归还", "  lost:\n    name: 挂失\n    who: duty(\"clerk\")\n    actions:\n      end: {name: 结束, to: closed}\n  keep:\n    name: 归还", "走不到：没有哪个动作通向它"},
	{"环节走不出去", "        to: closed\n", "        to: keep\n", "走不到办结"},
	{"动作没有名称", "      back:\n        name: 已归还\n", "      back:\n", "缺少名称"},
	{"动作没有去向", "        name: 已归还\n        to: closed\n", "        name: 已归还\n", "没有写明去向"},
	{"去向写错", "to: approve", "to: aprove", "没有环节“aprove”，是不是“approve”？"},
	{"最后一个去向带条件", "          - {to: keep}\n", "", "最后一个去向不要写条件"},
	{"去向条件不是真假", "if: count > 3", "if: count", "表达式"},
	{"意见写错", "opinion: required", "opinion: must", "意见只能写"},
	{"填写的字段不存在", "fields: [purpose!, borrower!", "fields: [purpose!, borower!", "没有字段“borower”，是不是“borrower”？"},
	{"校验不是真假", "ok: count >= 1", "ok: count", "表达式"},
	{"校验拿文字比数", "ok: count >= 1", "ok: count >= \"1\"", "表达式"},
	{"校验没有提示", "say: 至少借一把, ", "", "校验要写条件"},
	{"校验字段不存在", "clause: SEAL-01, field: count}", "clause: SEAL-01, field: counts}", "没有字段“counts”"},
	{"赋值字段不存在", "set: {back_at: now}", "set: {backat: now}", "没有字段“backat”"},
	{"赋值表达式写错", "set: {back_at: now}", "set: {back_at: nwo}", "表达式"},
	{"效果不存在", "do: [number]", "do: [numbr]", "没有效果“numbr”"},
	{"逐人办写在单办环节", "        to: closed\n        set", "        to: closed\n        each: true\n        set", "才能写 each"},
	{"启动的程序不存在", "        set: {back_at: now}", "        set: {back_at: now}\n        begin:\n          - {kind: nothing, relation: 关联}", "没有“nothing”这个办理程序"},
	{"启动时给了没有的字段", "        set: {back_at: now}", "        set: {back_at: now}\n        begin:\n          - {kind: circulation, relation: 关联, fields: {titel: purpose}}", "没有字段“titel”"},
	{"登记簿没有栏目", "  columns:\n    - {name: 事由, value: purpose, sort: title}\n    - {name: 借用人, value: name(borrower)}\nbooks", "books", "登记簿要写栏目"},
	{"栏目内容写错", "value: name(borrower)", "value: nmae(borrower)", "表达式"},
	{"栏目排序写错", "sort: title", "sort: titel", "不能按“titel”排序"},
	{"分簿不是表格", "    rows: rows\n", "    rows: purpose\n", "要指明一个表格字段"},
	{"单的宽度不对", "value: purpose, span: 6", "value: purpose, span: 5", "合计要等于 12，现在是 11"},
	{"单的意见环节不存在", "opinions: [approve]", "opinions: [aprove]", "没有环节“aprove”"},
	{"单的内容写错", "label: 事由, value: purpose", "label: 事由, value: purpos", "表达式"},
	{"单里的表不是表格", "label: 明细, rows: rows", "label: 明细, rows: purpose", "要指明一个表格字段"},
	{"单里的表没有栏目", ", columns: [{name: 品名, value: row.item}]", "", "没有写栏目"},
	{"单里的表旁边有格子", "{label: 明细, rows: rows, span: 12,", "{label: 把数, value: count, span: 4}, {label: 明细, rows: rows, span: 8,", "自占一行"},
	{"单里的表又写内容", "label: 明细, rows: rows,", "label: 明细, rows: rows, value: count,", "只写栏目"},
	{"单里的表栏目写错", "value: row.item}]", "value: row.itme}]", "表格没有栏目“itme”，是不是“item”？"},
	{"真假写成文字", "        do: [number]\n", "        do: [number]\n        final: 对\n", "只能写 true 或 false"},
	{"缩进写错", "    name: 申请\n    actions:", "    name: 申请\n   actions:", "格式写错了"},
	{"引号没有收尾", "name: 钥匙借用\n", "name: \"钥匙借用\n", "格式写错了"},
	{"括号没有收尾", "sees: [director]", "sees: [director", "格式写错了"},
	{"列表写成一段", "steps:\n  apply:", "steps: 申请\nother:\n  apply:", "要写列表"},
}

func TestSoundDefinition(t *testing.T) {
	if faults := prove(t, sound); len(faults) > 0 {
		t.Fatalf("the sound definition has faults: %v", faults)
	}
}

// Each fault is told at its own line, in words its author understands (issue: at least sixty).
func TestFaultsAreToldAtTheirLine(t *testing.T) {
	if len(spoiled) < 60 {
		t.Fatalf("only %d faults in the collection", len(spoiled))
	}
	for _, c := range spoiled {
		t.Run(c.name, func(t *testing.T) {
			if strings.Count(sound, c.old) == 0 {
				t.Fatalf("the case spoils nothing: %q", c.old)
			}
			text := strings.Replace(sound, c.old, c.new, 1)
			first := strings.Count(text[:strings.Index(sound, c.old)], "\n") + 1
			last := first + strings.Count(c.old, "\n") + strings.Count(c.new, "\n") + 1
			for _, f := range prove(t, text) {
				if strings.Contains(f.Text, c.say) {
					if whole := c.new == "" || strings.Contains(c.say, "走不") || strings.Contains(c.say, "格式") || strings.Contains(c.say, "填写或赋值"); !whole && (f.Line < first-3 || f.Line > last) {
						t.Errorf("told at line %d, the fault is at %d–%d: %s", f.Line, first, last, f.Text)
					}
					if f.File == "" {
						t.Errorf("no file is named: %v", f)
					}
					return
				}
			}
			t.Errorf("not told: want %q, got %v", c.say, prove(t, text))
		})
	}
}

// One slip of the pen is one fault, not a list of what follows from it.
func TestAMisspeltTargetIsToldOnce(t *testing.T) {
	faults := prove(t, strings.Replace(sound, "to: approve", "to: aprove", 1))
	if len(faults) != 1 || !strings.Contains(faults[0].Text, "没有环节“aprove”") {
		t.Errorf("told: %v", faults)
	}
}

// A word nobody knows hides nothing that is wrong further down; one that is nearly right is read as it was meant.
func TestAStrangeWordHidesNoOtherFault(t *testing.T) {
	text := strings.Replace(sound, "to: approve", "to: aprove", 1)
	faults := prove(t, strings.Replace(text, "name: 钥匙借用\n", "name: 钥匙借用\ncolour: red\n", 1))
	if len(faults) != 2 || !strings.Contains(faults[0].Text, "不认识“colour”") || !strings.Contains(faults[1].Text, "没有环节“aprove”") {
		t.Errorf("told: %v", faults)
	}
	if faults := prove(t, strings.Replace(sound, "\nsteps:\n", "\nstep:\n", 1)); len(faults) != 1 || !strings.Contains(faults[0].Text, "是不是“steps”") {
		t.Errorf("told: %v", faults)
	}
}

func prove(t *testing.T, text string) []engine.Fault {
	t.Helper()
	book, err := rulebook.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{"own/key-loan.yaml": {Data: []byte(text)}}
	for _, name := range []string{"common.yaml", "documents/circulation.yaml"} {
		raw, err := procedures.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: raw}
	}
	_, faults := engine.Load(engine.Proof{Rules: book, Effects: engine.WithBuiltIn(office.Effects(file.Store{}))}, files)
	var out []engine.Fault
	for _, f := range faults {
		if strings.Contains(f.File, "key-loan") {
			out = append(out, f)
		}
	}
	return out
}
