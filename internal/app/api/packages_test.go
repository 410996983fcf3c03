package api

import (
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/base/errs"
	"github.com/chengqi-oa/chengqi/internal/office/archive"
)

func Test归档包由档案员文书主任保管别人只看得到有没有(t *testing.T) { // ARCH-28, ARCH-21
	o := apptest.Open(t)
	s := newServer(o.App, fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}}, Options{})
	who := func(number string) caller { return caller{person: o.Directory().ByUsername(number).ID} }
	clerk := o.Directory().ByUsername("3102")
	scan, err := o.Files.Put(t.Context(), o.DB, clerk.Agency, clerk.ID, "来文.txt", strings.NewReader("关于做好供暖工作的通知"))
	if err != nil {
		t.Fatal(err)
	}
	type fields = apptest.Fields
	m := o.Create("3102", "incoming", fields{"sender": "安澜市人民政府办公室", "addressee": o.Issuer("临政办")})
	o.Do("3102", m, "sign", fields{"copies_ok": true, "routing_ok": true, "seal_ok": true})
	o.Do("3102", m, "register", fields{
		"title": "关于做好供暖工作的通知", "doc_date": "2026-11-15", "copies": 1, "pages": 1, "attachment_number": "无", "files": []any{scan.ID.String()},
	})
	o.Do("3102", m, "pass", fields{"review": []any{"属本机关办理", "符合行文规则", "文种格式正确", "已协商会签", "附件齐全"}})
	o.Do("1010", m, "assign", fields{"lead_unit": o.Unit("应急信访科")}, "请应急信访科办理")
	o.Do("3102", m, "hand-out", nil)
	o.Do("3301", m, "finish", fields{"result": "已办"})
	o.Do("3102", m, "close", fields{"original_back": true})

	in := &IDPath{ID: m}
	v, err := s.packages(t.Context(), who("3301"), in)
	if err != nil || !v.Due || len(v.Packages) != 0 || v.Mine {
		t.Errorf("刚办结时应是正在形成：%+v %v", v, err)
	}
	page, leave := o.Hub.Listen(o.Directory().ByUsername("3301").ID)
	defer leave()
	o.Pack()
	select {
	case ev := <-page.Events:
		if ev.Matter != m || ev.Version != 0 {
			t.Errorf("归档包做好了，告诉页面的是%+v", ev)
		}
	default:
		t.Error("归档包做好了，开着的页面不知道")
	}
	v, err = s.packages(t.Context(), who("3301"), in)
	if err != nil || v.Due || len(v.Packages) != 1 || !v.Packages[0].Agrees || v.Packages[0].Tested == nil || len(v.Packages[0].Faults) > 0 {
		t.Errorf("承办人看到的是%+v %v", v, err)
	}
	for _, number := range []string{"3301", "1001"} { // who handled it; who may not see it at all
		want := map[string]errs.Kind{"3301": errs.Denied, "1001": errs.NotFound}[number]
		if _, err := s.testPackage(t.Context(), who(number), in); errs.KindOf(err) != want {
			t.Errorf("%s检验归档包：%v", number, err)
		}
		if _, _, err := s.keeper(t.Context(), who(number).person, m); errs.KindOf(err) != want {
			t.Errorf("%s下载归档包：%v", number, err)
		}
	}
	var made []*archive.Package
	if err := o.DB.Read(t.Context(), func(tx *db.Tx) (err error) { made, err = archive.Packages(tx, m); return err }); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.readable(t.Context(), who("3301").person, made[0].File.ID); errs.KindOf(err) != errs.NotFound {
		t.Errorf("归档包可以当附件取走：%v", err)
	}
	for _, number := range []string{"3102", "1010", "3104"} {
		tested, err := s.testPackage(t.Context(), who(number), in)
		if err != nil || !tested.Mine || len(tested.Packages[0].Faults) > 0 {
			t.Errorf("%s检验：%+v %v", number, tested, err)
		}
	}

	// Of a work secret it stays in: what is sealed cannot carry a watermark (SEC-38).
	o.Do("3102", m, "correct", fields{"work_secret": true}, "漏标")
	err = s.packageFile(t.Context(), who("3102"), &packageInput{IDPath: *in}, httptest.NewRecorder(), nil)
	if errs.KindOf(err) != errs.Refused {
		t.Errorf("工作秘密件的归档包给了出去：%v", err)
	}
}
