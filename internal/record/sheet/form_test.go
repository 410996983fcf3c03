package sheet

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"regexp"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen/font"
	"github.com/chengqi-oa/chengqi/workday"
)

func formText(t *testing.T, name string, f *Form) string {
	t.Helper()
	return printText(t, name, func(out *bytes.Buffer) error { return f.WritePDF(out, font.Embedded()) })
}

func signedBy(name, opinion string, hour int) Sign {
	return Sign{Name: name, Opinion: opinion, At: workday.Date(2026, 11, 17).At(workday.Clock(hour*60 + 20)), Minute: true}
}

// handwriting is a picture of a signature.
func handwriting(t *testing.T) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 100, 40))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for x := 10; x < 90; x++ {
		for y := range 3 {
			img.SetGray(x, 10+(x*x/17)%20+y, color.Gray{})
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// incomingSheet is the 文件处理单 with opinions of every kind: written, by stand-in, by hand, not yet given.
func incomingSheet(t *testing.T) *Form {
	written := signedBy("陆怀谦", "请跃川同志牵头，水利局、财政局研究提出意见，于11月25日前报我。", 15)
	written.Image = handwriting(t)
	stand := signedBy("叶知秋", "拟请陆怀谦县长阅示，建议由水利局主办、财政局协办。", 10)
	stand.For = "闻子衡"
	return &Form{
		Office: "临溪县人民政府办公室", Title: "文件处理单", Number: "临政办收〔2026〕312号", Sample: true, Printed: printed,
		Check: Check{Number: "临政办收〔2026〕312号", Value: "7F3A-21BC"},
		Rows: []FormRow{
			{{Label: "来文单位", Text: "枫渡镇人民政府"}, {Label: "文号", Text: "枫政〔2026〕45号"}},
			{{Label: "收文时间", Text: "2026年11月17日09:10"}, {Label: "办结时限", Text: "2026年11月26日17:30"}},
			{{Label: "份数", Text: "2"}, {Label: "页数", Text: "4"}, {Label: "缓急", Text: "加急"}},
			{{Label: "标题", Text: "枫渡镇人民政府关于申请追加枫渡镇防洪堤除险加固工程资金的请示"}},
			{{Label: "不符项", Text: "□份数　□行文关系　☑印章手续　□其他"}},
			{{Label: "内容摘要", Text: "防洪堤二标段新增抛石护脚1.2公里，概算增加380万元，申请县财政追加。"}},
			{{Label: "拟办意见", Kind: Opinions, Signs: []Sign{stand}}},
			{{Label: "主任意见", Kind: Opinions, Signs: []Sign{signedBy("闻子衡", "同意拟办意见。", 11)}}},
			{{Label: "领导批示", Kind: Opinions, Signs: []Sign{written}}},
			{{Label: "处理结果", Kind: Opinions}},
			{{Label: "归档号", Text: ""}, {Label: "注办", Kind: Signatures, Signs: []Sign{{Name: "苏砚秋", At: printed.At}}}},
		},
	}
}

func TestIncomingSheet(t *testing.T) {
	text := squeeze(formText(t, "incoming-sheet", incomingSheet(t)))
	for _, want := range []string{
		"临溪县人民政府办公室", "文件处理单", "编号：临政办收〔2026〕312号", "枫政〔2026〕45号", "标题", "□份数□行文关系", "其他",
		"叶知秋（代闻子衡）2026年11月17日10:20（系统签批）", "2026年11月17日15:20（系统签批）", "签名年月日",
		"第1页共1页", "打印：苏砚秋2026年11月18日09:30", "查验码", "7F3A-21BC", "样例",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("没有“%s”：\n%s", want, text)
		}
	}
}

// A form with a cell for its number says it there, and at the head of every page that follows.
func TestTheNumberIsSaidOnce(t *testing.T) {
	f := incomingSheet(t)
	f.Check = Check{}
	f.Rows[0][0].Text = f.Number
	if n := strings.Count(squeeze(formText(t, "numbered", f)), f.Number); n != 1 {
		t.Errorf("编号写了%d遍", n)
	}
	f.Rows[8][0].Signs = []Sign{signedBy("陆怀谦", strings.Repeat("请有关部门研究办理，", 200), 15)}
	if text := squeeze(formText(t, "numbered-long", f)); strings.Count(text, f.Number) != strings.Count(text, "（续页）")+1 {
		t.Errorf("续页上没有编号：%s", text)
	}
}

// Nothing of a long opinion is lost when it goes on overleaf.
func TestLongOpinionsGoOnOverleaf(t *testing.T) {
	f := incomingSheet(t)
	var all []string
	for i := range 120 {
		all = append(all, fmt.Sprintf("意见之第%d条，请有关部门研究办理", i))
	}
	f.Rows[8][0].Signs = []Sign{signedBy("陆怀谦", strings.Join(all, "，"), 15), signedBy("郑跃川", "已阅。", 16)}
	text := formText(t, "long", f)
	if n := strings.Count(text, "\f"); n < 2 {
		t.Fatalf("应不止一页，得%d页", n)
	}
	// Poppler puts the name beside the lines into their midst; foot and head stand between two pages.
	between := regexp.MustCompile(`(?:查验码|打印：|第\d页共).*?编号：临政办收〔2026〕312号`)
	flat := between.ReplaceAllString(strings.ReplaceAll(squeeze(text), "领导批示", ""), "")
	for _, part := range all {
		if !strings.Contains(flat, part) {
			t.Errorf("丢了“%s”", part)
		}
	}
	for _, want := range []string{"文件处理单（续页）", "已阅。", "郑跃川", "第2页共"} {
		if !strings.Contains(squeeze(text), want) {
			t.Errorf("没有“%s”", want)
		}
	}
}

// readSheet prints the readers in rank order, one line each, some still to sign.
func readSheet(readers int) *Form {
	names := strings.Split("沈伯言 陆怀谦 顾长松 谢敏岚 郑跃川 秦以宁 闻子衡 邵嘉树", " ")
	entries := Cell{Label: "传阅情况", Kind: Entries, Height: 14, Columns: []Column{
		{Name: "阅示人", Width: 24}, {Name: "阅示意见"}, {Name: "日期", Width: 25}, {Name: "送出时刻", Width: 28}, {Name: "收回时刻", Width: 28},
	}}
	for i := range readers {
		row := Row{Cells: []string{names[i%len(names)]}}
		if i < 3 {
			row.Cells = append(row.Cells, "已阅。请政府办研究贯彻意见。", "2026-11-17", "11-17 09:30", "11-17 16:00")
		}
		entries.Entries = append(entries.Entries, row)
	}
	return &Form{
		Office: "中共临溪县委办公室", Title: "送阅文件单", Number: "临委办收〔2026〕88号", Printed: printed,
		Rows: []FormRow{
			{{Label: "来文单位", Text: "中共安澜市委"}, {Label: "文号", Text: "安委〔2026〕31号"}},
			{{Label: "标题", Text: "关于印发《安澜市加强基层党建若干措施》的通知"}},
			{entries},
			{{Label: "批示转办", Kind: Opinions}},
		},
	}
}

func TestReadSheetRepeatsItsHeadingOverleaf(t *testing.T) {
	one := squeeze(formText(t, "read-sheet", readSheet(8)))
	for _, want := range []string{"传阅情况", "阅示人", "邵嘉树", "11-1716:00", "批示转办"} {
		if !strings.Contains(one, want) {
			t.Errorf("没有“%s”", want)
		}
	}
	pages := strings.Split(formText(t, "read-sheet-long", readSheet(30)), "\f")
	for i, page := range pages[:2] {
		if !strings.Contains(squeeze(page), "阅示意见") {
			t.Errorf("第%d页没有重复表头", i+1)
		}
	}
}

func TestSmallSheets(t *testing.T) {
	leave := &Form{
		Office: "临溪县人民政府办公室", Title: "请假条", Number: "请假〔2026〕67号", Paper: A5Landscape, Printed: printed,
		Check: Check{Number: "请假〔2026〕67号", Value: "A1B2-C3D4"},
		Rows: append(Flow([]Cell{
			{Label: "请假人", Text: "卢见山"},
			{Label: "科室", Text: "综合科"},
			{Label: "类别", Text: "年假"},
			{Label: "天数", Text: "3"},
			{Label: "事由", Text: "回乡探望父母"},
			{Label: "起止时间", Text: "2026年11月23日至11月25日"},
		}), FormRow{
			{Label: "科室负责人意见", Kind: Opinions, Signs: []Sign{{Name: "卢见山", Opinion: "同意", At: printed.At}}},
			{Label: "审批意见", Kind: Opinions},
		}),
	}
	slip := &Form{
		Office: "临溪县人民政府办公室", Title: "访客条", Number: "访〔2026〕1204号", Paper: A6Landscape, Printed: printed,
		Check: Check{Number: "访〔2026〕1204号", Value: "11AA-22BB"},
		Rows: []FormRow{
			{{Label: "姓名", Text: "甄访客"}, {Label: "被访人", Text: "龚大有"}},
			{{Label: "时间", Text: "11月18日10:00"}, {Label: "离开时刻"}},
			{{Label: "被访人签字", Kind: Signatures}},
		},
	}
	for name, f := range map[string]*Form{"leave": leave, "slip": slip} {
		text := formText(t, name, f)
		if strings.Count(text, "\f") != 1 || !strings.Contains(squeeze(text), f.Check.Value) {
			t.Errorf("%s应为一页：%s", f.Title, text)
		}
	}
}

// A cell without a name takes the whole width, as a line of explanation does.
func TestCellWithoutName(t *testing.T) {
	f := &Form{Title: "无记名测评票", Paper: A5, Rows: []FormRow{
		{{Text: "请在同意的档次下打“√”，不打不计。", Align: Centre}},
		{{Label: "评价", Text: "□优秀　□称职", Align: Centre}},
	}}
	if text := squeeze(formText(t, "ballot", f)); !strings.Contains(text, "请在同意的档次下打“√”，不打不计。") || !strings.Contains(text, "□优秀□称职") {
		t.Error(text)
	}
}

func TestDamagedSignatureIsAnError(t *testing.T) {
	f := incomingSheet(t)
	f.Rows[6][0].Signs[0].Image = []byte("不是图片")
	if err := f.WritePDF(&bytes.Buffer{}, font.Embedded()); err == nil || !strings.Contains(err.Error(), "文件处理单") {
		t.Errorf("损坏的签名图像应报错：%v", err)
	}
}

func TestFlowPairsShortCells(t *testing.T) {
	rows := Flow([]Cell{
		{Label: "一", Text: "短"},
		{Label: "二", Text: "短"},
		{Label: "三", Text: "短"},
		{Label: "四", Text: strings.Repeat("长", 30)},
		{Label: "五", Kind: Opinions},
		{Label: "六", Text: "短"},
		{Label: "七", Kind: Signatures},
	})
	var got []string
	for _, row := range rows {
		labels := ""
		for _, c := range row {
			labels += c.Label
		}
		got = append(got, labels)
	}
	if strings.Join(got, " ") != "一二 三 四 五 六 七" {
		t.Errorf("%v", got)
	}
}
