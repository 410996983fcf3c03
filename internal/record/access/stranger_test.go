package access_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/record/access"
	"github.com/chengqi-oa/chengqi/internal/record/journal"
)

// unknown are the contents of the entries about numbers that nobody has, in the chain the audit administrator reads.
func (d desk) unknown() (all []map[string]any) {
	d.t.Helper()
	auditor := d.Directory().ByUsername("9003")
	err := d.DB.Read(context.Background(), func(tx *db.Tx) error {
		return tx.Query(`SELECT body FROM journal WHERE topic = 'login' AND chain = ? ORDER BY seq`, []any{auditor.Agency}, func(scan func(...any) error) error {
			var body []byte
			var e journal.Entry
			if err := scan(&body); err != nil {
				return err
			}
			if err := json.Unmarshal(body, &e); err != nil || e.Action != "unknown-failed" {
				return err
			}
			content := map[string]any{}
			all = append(all, content)
			return json.Unmarshal(e.Content, &content)
		})
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return all
}

func Test没有的工号来登录也留痕错填的密码不留(t *testing.T) {
	d := open(t)
	for _, typed := range []string{" 8888 ", apptest.Password, "20261118", "wanglei", ""} {
		_, err := d.try(typed, "随便", "")
		d.refused("不对", err)
	}
	_, err := d.Door.Vouched(t.Context(), access.Attempt{Username: "7777", From: "10.1.2.4"})
	d.refused("没有可用的账号", err)
	var numbers []string
	for _, c := range d.unknown() {
		numbers = append(numbers, fmt.Sprint(c["number"], "|", c["from"], "|", c["means"]))
	}
	if want := []string{
		"8888|10.1.2.3|password", "|10.1.2.3|password", "|10.1.2.3|password", "|10.1.2.3|password", "|10.1.2.3|password", "7777|10.1.2.4|oidc",
	}; !slices.Equal(numbers, want) {
		t.Errorf("记下的是 %q", numbers)
	}
	err = d.DB.Read(t.Context(), func(tx *db.Tx) error {
		return tx.Query(`SELECT body FROM journal`, nil, func(scan func(...any) error) error {
			var body []byte
			err := scan(&body)
			for _, typed := range []string{apptest.Password, "20261118", "wanglei"} {
				if strings.Contains(string(body), typed) {
					t.Errorf("留痕里有错填的“%s”", typed)
				}
			}
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func Test乱试工号撑不满留痕次数照样记下(t *testing.T) {
	d := open(t)
	stranger := func(n int) {
		_, err := d.Door.Vouched(t.Context(), access.Attempt{Username: "7777", From: fmt.Sprint("10.9.0.", n%30)})
		d.refused("没有可用的账号", err)
	}
	tell := func() {
		t.Helper()
		if err := d.Door.TellUnknown(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 1000 {
		stranger(n)
		tell()
	}
	if n := len(d.unknown()); n != 20 {
		t.Errorf("一下来了一千次，记了 %d 条", n)
	}
	d.Advance(time.Minute)
	tell()
	tell()
	all := d.unknown()
	last := all[len(all)-1]
	if len(all) != 21 || fmt.Sprint(last["times"]) != "980" || len(last["addresses"].([]any)) != 10 {
		t.Errorf("过一分钟应合记一条 980 次，却是第 %d 条 %v", len(all), last)
	}
	d.Advance(time.Minute)
	stranger(1)
	if n := len(d.unknown()); n != 22 {
		t.Errorf("后来的一次没有记：%d 条", n)
	}
}

func Test试不出有没有这个工号(t *testing.T) { // GB/T 22239-2019 8.1.4.1 b
	d := open(t)
	p := d.Door.Policy()
	for round := range 2 {
		for n := range p.Tries + 2 {
			_, known := d.try(who, "错的", "")
			_, unknown := d.try("3999", "错的", "")
			if known == nil || unknown == nil || known.Error() != unknown.Error() || errs.KindOf(known) != errs.KindOf(unknown) {
				t.Fatalf("第%d轮第%d次：有的工号答“%v”，没有的答“%v”", round+1, n+1, known, unknown)
			}
			if locked := errs.KindOf(known) == errs.Locked; locked != (n >= p.Tries) {
				t.Errorf("第%d次，锁定是%v", n+1, locked)
			}
		}
		d.Advance(p.LockFor + time.Minute)
	}
	asked := ""
	d.Door.Outside = func(_ context.Context, number, _ string) (bool, error) {
		asked = number
		return false, errs.New(errs.Unavailable, "目录服务暂时连不上")
	}
	_, known := d.try("3301", "错的", "")
	_, unknown := d.try("3998", "错的", "")
	if asked != "3998" || known == nil || unknown == nil || known.Error() != unknown.Error() {
		t.Errorf("目录服务问到%q；有的工号答“%v”，没有的答“%v”", asked, known, unknown)
	}
}
