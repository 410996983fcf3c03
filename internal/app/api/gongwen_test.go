package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen"
	"github.com/chengqi-oa/chengqi/gongwen/docx"
	"github.com/chengqi-oa/chengqi/internal/app/apptest"
)

const draft = `版式：上行文
文种：请示
发文机关：临溪县人民政府
发文字号：临政〔2026〕9号
签发人：陆怀谦
标题：临溪县人民政府关于将枫渡河治理项目列入省级计划的请示
主送：安澜市人民政府

枫渡河是我县境内主要河流，现就有关事项请示如下。
一、基本情况
（一）河道概况。枫渡河全长32公里。
妥否，请批示。

附件：1.项目清单
　　　2.资金测算表
署名：临溪县人民政府
日期：2026年11月5日
附注：联系人：项临渊，联系电话：0000-6220103
抄送：安澜市水利局
`

type draftAnswer struct {
	Fields   map[string]string
	Findings []struct{ Severity, Part, Text string }
	Reasons  []struct{ Text, Clause string }
}

// bring uploads a draft and gives the answer.
func (v *visitor) bring(name string, data []byte, want int) draftAnswer {
	v.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		v.t.Fatal(err)
	}
	if _, err := part.Write(data); err != nil {
		v.t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		v.t.Fatal(err)
	}
	res, err := v.http.Post(v.base+"/gongwen/import", form.FormDataContentType(), &body)
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	out, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	if res.StatusCode != want {
		v.t.Fatalf("%s 应答 %d：%s", name, res.StatusCode, out)
	}
	var a draftAnswer
	if err := json.Unmarshal(out, &a); err != nil {
		v.t.Fatal(err)
	}
	return a
}

func wordOf(t *testing.T, text string) []byte {
	t.Helper()
	data, err := docx.Write(gongwen.Parse(text), docx.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func Test从Word导入的文稿各归其栏(t *testing.T) {
	o := apptest.Open(t)
	got := enter(t, o, "3302").bring("请示.docx", wordOf(t, draft), http.StatusOK)
	for field, want := range map[string]string{
		"title": "临溪县人民政府关于将枫渡河治理项目列入省级计划的请示", "doc_kind": "请示", "direction": "上行", "issuer": o.Issuer("临政"),
		"recipients": "安澜市人民政府", "copies_to": "安澜市水利局", "annotation": "联系人：项临渊，联系电话：0000-6220103",
		"attachment_names": "项目清单\n资金测算表",
		"body":             "枫渡河是我县境内主要河流，现就有关事项请示如下。\n一、基本情况\n（一）河道概况。枫渡河全长32公里。\n妥否，请批示。",
	} {
		if got.Fields[field] != want {
			t.Errorf("%s是%q，应是%q", field, got.Fields[field], want)
		}
	}
	if _, there := got.Fields["number"]; there {
		t.Error("文号由编号登记给出，不从文稿里带入")
	}
}

func Test导入文本时指出差错(t *testing.T) {
	o := apptest.Open(t)
	wrong := strings.Replace(draft, "临政〔2026〕9号", "临政[2026]09号", 1)
	got := enter(t, o, "3302").bring("请示.txt", []byte(wrong), http.StatusOK)
	if !slices.ContainsFunc(got.Findings, func(f struct{ Severity, Part, Text string }) bool { return f.Part == "number" }) {
		t.Errorf("没有指出文号的差错：%v", got.Findings)
	}
}

func Test有密级的和读不出的文稿不导入(t *testing.T) {
	o := apptest.Open(t)
	clerk := enter(t, o, "3302")
	for name, text := range map[string]string{
		"标密的.txt":  strings.Replace(draft, "文种", "密级：机密★5年\n文种", 1),
		"正文里标.txt": strings.Replace(draft, "妥否", "此件秘密★1年\n妥否", 1),
		"无期限的.txt": strings.Replace(draft, "文种", "密级：秘密\n文种", 1),
	} {
		if got := clerk.bring(name, []byte(text), http.StatusUnprocessableEntity); len(got.Reasons) != 1 || got.Reasons[0].Clause != "SEC-09" {
			t.Errorf("%s：%v", name, got.Reasons)
		}
	}
	clerk.bring("标密的.docx", wordOf(t, strings.Replace(draft, "文种", "密级：机密★5年\n文种", 1)), http.StatusUnprocessableEntity)
	clerk.bring("旧版.doc", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), http.StatusUnprocessableEntity)
	clerk.bring("模型.json", []byte(`{"title":"关于防汛的通知"}`), http.StatusUnprocessableEntity)
	clerk.bring("太长.txt", []byte(strings.Repeat("长", 200_001)), http.StatusUnprocessableEntity)
	enter(t, o, "9001").bring("请示.docx", wordOf(t, draft), http.StatusForbidden)
}

func Test公文可下载OFD和Word(t *testing.T) {
	o := apptest.Open(t)
	m := o.Create("3302", "outgoing", apptest.Fields{"title": "临溪县人民政府办公室关于做好供暖工作的通知", "recipients": "各乡镇人民政府", "body": "现通知如下。"})
	clerk := enter(t, o, "3302")
	for _, ext := range []string{"ofd", "docx"} {
		got := clerk.do(http.MethodGet, "/matters/"+m.String()+"/paper."+ext+"?sheet=document", nil, http.StatusOK)
		if !bytes.HasPrefix(got, []byte("PK\x03\x04")) {
			t.Errorf("%s 的开头是%q", ext, got[:min(8, len(got))])
		}
	}
	clerk.do(http.MethodGet, "/matters/"+m.String()+"/paper.ofd?sheet=outgoing-sheet", nil, http.StatusNotFound)
	enter(t, o, "3207").do(http.MethodGet, "/matters/"+m.String()+"/paper.docx?sheet=document", nil, http.StatusNotFound)
}
