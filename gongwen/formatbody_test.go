package gongwen_test

import (
	"reflect"
	"testing"

	"github.com/chengqi-oa/chengqi/gongwen"
)

func TestFormatBodyRoundTrip(t *testing.T) {
	body := []gongwen.Block{
		{Text: "现将有关事项通知如下。"},
		{Level: 1, Text: "一、落实责任"},
		{Level: 2, Text: "（一）强化值守。"},
		{Kind: gongwen.ListBlock, Items: []string{"巡查", "值班"}},
		{Kind: gongwen.TableBlock, Table: &gongwen.Table{Caption: "任务分工表", Rows: [][]string{{"序号", "任务"}, {"1", "巡|查"}}}},
		{Text: "附件：见后"}, // a paragraph that reads like a label stays a paragraph
	}
	attachments := []gongwen.Attachment{
		{Title: "责任清单", Blocks: []gongwen.Block{{Text: "第一条　略"}}},
		{Title: "值班表", Blocks: []gongwen.Block{{Level: 3, Text: "1.白天"}}},
	}
	gotBody, gotAttachments := gongwen.ParseBody(gongwen.FormatBody(body, attachments))
	if !reflect.DeepEqual(gotBody, body) || !reflect.DeepEqual(gotAttachments, attachments) {
		t.Errorf("got %+v\n%+v\nfrom\n%s", gotBody, gotAttachments, gongwen.FormatBody(body, attachments))
	}
}
