package scaffold_test

import (
	"context"
	"os"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/app/scaffold"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office"
	"github.com/chengqi-oa/chengqi/internal/record/file"
	"github.com/chengqi-oa/chengqi/internal/record/rulebook"
	rules "github.com/chengqi-oa/chengqi/rulebook"
)

func Test_样稿不改就能通过检查(t *testing.T) {
	clauses, err := rulebook.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	common, err := os.ReadFile("../../../procedures/common.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []scaffold.Subject{
		{Kind: "key-loan", Name: "钥匙借用", Group: "后勤"},
		{Kind: "x", Name: "会议室（二楼）钥匙、门禁卡借用"},
		{Kind: "true", Name: "12345"}, // words that YAML would take for something else
	} {
		text, err := scaffold.Write(s)
		if err != nil {
			t.Fatal(err)
		}
		p, faults := engine.Parse(engine.Proof{Rules: clauses, Effects: engine.WithBuiltIn(office.Effects(file.Store{}))}, s.Kind, string(common), text)
		for _, f := range faults {
			t.Error(f)
		}
		if p == nil {
			continue
		}
		if p.Kind != s.Kind || p.Name != s.Name || len(p.Steps) != 2 || len(p.Register.Columns) == 0 || len(p.Sheets) != 1 {
			t.Errorf("样稿不全：%s %s", p.Kind, p.Name)
		}
	}
}

func Test_样稿发布后从填写办到登记(t *testing.T) {
	o := apptest.Open(t)
	text, err := scaffold.Write(scaffold.Subject{Kind: "key-loan", Name: "钥匙借用", Group: "后勤"})
	if err != nil {
		t.Fatal(err)
	}
	admin := o.Directory().ByUsername("9001").ID
	err = o.DB.Write(context.Background(), func(tx *db.Tx) error {
		_, err := o.Engine.Publish(tx, o.Definitions(), "key-loan", text, admin)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	m := o.Create("3302", "key-loan", nil)
	o.RefusedBecause("数量至少是 1", "3302", m, "submit", apptest.Fields{"subject": "借用档案室钥匙", "quantity": 0.0})
	o.Do("3302", m, "submit", apptest.Fields{"subject": "借用档案室钥匙", "quantity": 2.0})
	o.RefusedBecause("没有写明意见或理由", "3301", m, "refuse", nil)
	end := o.Do("3301", m, "agree", nil, "同意")
	if end.State != engine.Closed || end.Number != "钥匙借用〔2026〕1号" || end.Title != "借用档案室钥匙" {
		t.Errorf("办成了%s %s《%s》", end.State, end.Number, end.Title)
	}
	err = o.DB.Read(context.Background(), func(tx *db.Tx) error {
		w, err := o.Engine.World(tx)
		if err != nil {
			return err
		}
		lines, total, err := o.Engine.Lines(tx, o.Engine.Catalogue().Kind("key-loan"), w.ActorOf(o.Directory().ByUsername("3301").ID), w, engine.LineQuery{})
		if total != 1 || len(lines) != 1 || lines[0].ID != m {
			t.Errorf("登记簿上有 %d 行", total)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func Test_写不成样稿的说明原因(t *testing.T) {
	for _, s := range []scaffold.Subject{
		{Kind: "KeyLoan", Name: "钥匙借用"},
		{Kind: "钥匙", Name: "钥匙借用"},
		{Kind: "../key", Name: "钥匙借用"},
		{Kind: "key", Name: "钥"},
		{Kind: "key", Name: "钥匙: 借用"},
		{Kind: "key", Name: "钥匙借用", Group: "后勤\nstart: x"},
	} {
		if text, err := scaffold.Write(s); err == nil {
			t.Errorf("%+v 写成了：%.40s", s, text)
		}
	}
}
